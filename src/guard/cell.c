/* The beginning of a cell, as a spreadsheet reads it. It changes nothing itself. */
#include "guard/cell.h"

/* +3, -2.5, -1,000.00: digits, points and commas alone behind the sign. */
static bool
cell_is_number(str text)
{
    for (size_t i = 1; i < text.len; i++)
        if ((text.at[i] < '0' || text.at[i] > '9') && text.at[i] != '.' && text.at[i] != ',')
            return false;
    return text.len > 1;
}

bool
cell_is_formula(str text)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}; /* U+FF1D, FF0B, FF0D, FF20 */
    str rest = text;
    bool skips = true;

    while (skips && rest.len > 0) {
        unsigned char c = (unsigned char)rest.at[0];
        size_t blank = c <= ' ' ? 1 : str_has_prefix(rest, STR("\xC2\xA0")) ? 2 : str_has_prefix(rest, STR("\xEF\xBB\xBF")) ? 3 : 0;
        rest = str_slice(rest, blank, rest.len - blank);
        skips = blank > 0;
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (str_has_prefix(rest, str_from(wide[i])))
            return true;
    if (rest.len == 0)
        return false;
    if (rest.at[0] == '=' || rest.at[0] == '@')
        return true;
    return (rest.at[0] == '+' || rest.at[0] == '-') && !cell_is_number(rest);
}
