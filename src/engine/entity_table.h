/* entity_table.h - the tables of tables/entity and tables/catalog, embedded when the program is built. */
#ifndef ENGINE_ENTITY_TABLE_H
#define ENGINE_ENTITY_TABLE_H

#include <stddef.h>

extern const unsigned char entity_table_common[], entity_table_de[], entity_table_en[], entity_table_es[], entity_table_fr[], entity_table_it[],
    entity_table_nl[], entity_table_pt[], catalog_table_words[];
extern const size_t entity_table_common_len, entity_table_de_len, entity_table_en_len, entity_table_es_len, entity_table_fr_len, entity_table_it_len,
    entity_table_nl_len, entity_table_pt_len, catalog_table_words_len;

#endif
