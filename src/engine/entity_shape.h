/* entity_shape.h - what is known by its shape in every language: addresses of mail and pages, telephone and order numbers. */
#ifndef ENGINE_ENTITY_SHAPE_H
#define ENGINE_ENTITY_SHAPE_H

#include "engine/entity_token.h"

#define ENTITY_SHAPES_MAX ((size_t)12)
#define ENTITY_SHAPE_TEXT_MAX ((size_t)200) /* of a value; longer ones are none */

enum entity_shape_kind { SHAPE_EMAIL, SHAPE_URL, SHAPE_PHONE, SHAPE_ORDER };

struct entity_shape {
    enum entity_shape_kind kind;
    size_t from, len; /* bytes of the text */
    char value[ENTITY_SHAPE_TEXT_MAX + 1]; /* mail: lower-case host; url: with its scheme; phone: E.164; order: upper case without # */
};

/* entity_shape_find - in the order of the text; the tokens that belong to one are blocked. `region` is ISO 3166, for numbers as dialled there;
 * empty: only international ones. */
size_t entity_shape_find(struct entity_tokens *tokens, str region, struct entity_shape out[ENTITY_SHAPES_MAX]);

#endif
