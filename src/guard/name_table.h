/* name_table.h - tables/guard/ as data of the program; name_table_data.c is made from it when the program is built. */
#ifndef GUARD_NAME_TABLE_H
#define GUARD_NAME_TABLE_H

#include <stddef.h>

extern const unsigned char name_table_words[];
extern const size_t name_table_words_len;
extern const unsigned char name_table_weights[];
extern const size_t name_table_weights_len;

#endif
