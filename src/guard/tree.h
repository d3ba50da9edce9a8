/* tree.h - reads a reply as the tree that the widget draws (protocol/channel.md, section 7), and nothing else.
 *
 * MESSAGE objects in a list, with the members named there, each at most once, without blanks: as this program writes them. Whatever is
 * not in the tree, markup of any kind among it, is an error and not a text.
 */
#ifndef GUARD_TREE_H
#define GUARD_TREE_H

#include "base/buf.h"

enum tree_kind {
    TREE_TEXT,    /* what a person reads: paragraphs, prices */
    TREE_TITLE,   /* the same, of a section, a product, a source, a quick reply: a visitor's words, or a name */
    TREE_CODE,    /* the same, set as code */
    TREE_LINK,    /* where a link leads */
    TREE_IMAGE,   /* where an image comes from */
    TREE_PAYLOAD, /* of a quick reply */
    TREE_ID,      /* of a product */
    TREE_END      /* what was read since the last one belongs together: a block, a card, a quick reply, a source; raw is empty */
};

struct tree_part {
    enum tree_kind kind;
    str raw; /* a view of the JSON: the inside of a string, its escapes untouched */
};

/* tree_walk - each part in order; the first failure of `each` ends the walk.
 * Errs: ERR_INPUT  not the tree; else what `each` gave.    Cost: O(json), no memory. */
enum err tree_walk(str json, enum err (*each)(void *context, const struct tree_part *part), void *context) MUST_CHECK;
/* tree_text - adds a part's text, its escapes read. Errs: ERR_INPUT a bad escape; those of buf_add. */
enum err tree_text(str raw, struct buf *out) MUST_CHECK;

#endif
