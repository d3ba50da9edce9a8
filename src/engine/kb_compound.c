/* Splits by trying every first part, longest first, and then the rest in the same way. Depth and length are bounded. */
#include "engine/kb_compound.h"

#define COMPOUND_PART_BYTES ((size_t)4)
#define COMPOUND_WORD_BYTES_MAX ((size_t)64)

bool
kb_compound_has(str language)
{
    return str_has_prefix(language, STR("de")) || str_has_prefix(language, STR("nl"));
}

/* A known word, also in its other form: with a letter that a plural adds. */
static uint32_t
compound_find(const struct spell *spell, str part)
{
    static const char *const links[] = {"", "s", "es", "n", "en", "er", "e"};

    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        str link = str_from(links[i]);
        if (part.len < COMPOUND_PART_BYTES + link.len || !str_has_suffix(part, link))
            continue;
        uint32_t found = spell_find_exact(spell, str_slice(part, 0, part.len - link.len));
        if (found != UINT32_MAX)
            return found;
    }
    return UINT32_MAX;
}

static size_t
compound_rest(const struct spell *spell, str word, uint32_t *parts, size_t room)
{
    uint32_t whole = spell_find_exact(spell, word);

    if (whole != UINT32_MAX) {
        parts[0] = whole;
        return 1;
    }
    for (size_t len = room > 1 ? word.len : 0; len >= 2 * COMPOUND_PART_BYTES; len--) {
        size_t first = len - COMPOUND_PART_BYTES;
        parts[0] = compound_find(spell, str_slice(word, 0, first));
        if (parts[0] == UINT32_MAX)
            continue;
        size_t count = compound_rest(spell, str_slice(word, first, word.len), parts + 1, room - 1);
        if (count > 0)
            return count + 1;
    }
    return 0;
}

size_t
kb_compound_split(const struct spell *spell, str word, uint32_t parts[KB_PARTS_MAX])
{
    if (word.len > COMPOUND_WORD_BYTES_MAX)
        return 0;
    for (size_t len = word.len; len >= 2 * COMPOUND_PART_BYTES; len--) {
        size_t first = len - COMPOUND_PART_BYTES;
        parts[0] = compound_find(spell, str_slice(word, 0, first));
        if (parts[0] == UINT32_MAX)
            continue;
        size_t count = compound_rest(spell, str_slice(word, first, word.len), parts + 1, KB_PARTS_MAX - 1);
        if (count > 0)
            return count + 1;
    }
    return 0;
}
