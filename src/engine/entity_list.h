/* entity_list.h - the author's lists of values, found in a text: as written, in another form of the word, with typing errors. */
#ifndef ENGINE_ENTITY_LIST_H
#define ENGINE_ENTITY_LIST_H

#include "engine/entity_token.h"

#define ENTITY_LIST_WORDS_MAX ((size_t)8) /* of a phrase; a longer one is not found */

struct entity_list;

struct entity_list_hit {
    uint32_t entity;
    str value;
    size_t from, end; /* tokens */
};

/* entity_list_make - an empty one; phrases are added, then words that are known and mean themselves, then it is sealed. Errs: ERR_MEMORY. */
enum err entity_list_make(struct entity_list **out) MUST_CHECK;
void entity_list_free(struct entity_list **list);
/* entity_list_add - `phrase` in `language` means `value` (borrowed) of an entity. An empty language has no other forms of the word.
 * Errs: ERR_LIMIT, ERR_MEMORY. */
enum err entity_list_add(struct entity_list *list, uint32_t entity, str phrase, str value, str language) MUST_CHECK;
/* entity_list_know - the words of a text are no typing errors. */
enum err entity_list_know(struct entity_list *list, str text) MUST_CHECK;
enum err entity_list_seal(struct entity_list *list) MUST_CHECK;
/* entity_list_find - the longest phrase of each entity at each place, in the order of the text; at most `max`. A word of five letters or more
 * that nobody knows may be a mistyped one of the list. */
size_t entity_list_find(const struct entity_list *list, const struct entity_tokens *tokens, str language, struct entity_list_hit *hits, size_t max);
size_t entity_list_bytes(const struct entity_list *list);

#endif
