/* pattern.h - an author's regular expression, matched in time that grows with the text alone.
 *
 * Alternatives | and groups (...), (?:...), (?P<name>...); . and [a-z], [^...], [:digit:] and its like; \d \w \s \D \W \S \b \B; ^ $;
 * * + ? {m} {m,} {m,n} {,n}, each lazy with a ? behind it. Letters are matched without regard to case; a match begins and ends at the
 * border of a word. What can't be matched in linear time, or is not read here, is refused: look-around, back references.
 *
 * Why not Vectorscan, which is as linear: 5.4.9, Debian 12's, ends the process when ".*ab" reads 400 bytes and the start of a match is wanted (a buffer
 * of 255 bytes, mended upstream in April 2026); it refuses \w+ and \b where letters are Unicode's, and its messages name no remedy.
 *
 * From: Thompson 1968; Pike's ordering of threads, as in Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009.
 */
#ifndef ENGINE_PATTERN_H
#define ENGINE_PATTERN_H

#include "base/arena.h"

#define PATTERN_STEPS_MAX ((size_t)1000) /* of the compiled form; x{500} has five hundred */
#define PATTERN_TEXT_MAX ((size_t)4096)  /* bytes of a text that are looked at */

struct pattern;

/* pattern_parse - the compiled form, in the arena.
 * Errs: ERR_INPUT with *what, one sentence for the author    ERR_LIMIT  arena full */
enum err pattern_parse(struct arena *arena, str text, struct pattern **out, const char **what) MUST_CHECK;
/* pattern_find - the first match at or behind byte `from`, at least one byte long; of those that begin there the one that the expression
 * prefers. Cost: length of the text × steps. */
bool pattern_find(const struct pattern *pattern, str text, size_t from, size_t *start, size_t *end);

#endif
