/* inject_table.h - tables/guard/inject.bin as data of the program; inject_table_data.c is made from it when the program is built. */
#ifndef GUARD_INJECT_TABLE_H
#define GUARD_INJECT_TABLE_H

#include <stddef.h>

extern const unsigned char inject_table[];
extern const size_t inject_table_len;

#endif
