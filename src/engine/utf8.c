/* What the engine needs to know of Unicode: small wrappers around libunistring that answer ASCII without it. */
#include "engine/utf8.h"

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

size_t
utf8_write(uint32_t code_point, char *out)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

uint32_t
utf8_fold(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point;
    if (code_point == 0x2019 || code_point == 0x2018 || code_point == 0x02BC || code_point == 0x00B4)
        return '\'';
    return uc_tolower(code_point);
}

bool
utf8_is_word(uint32_t code_point)
{
    if (code_point < 0x80)
        return (code_point >= 'a' && code_point <= 'z') || (code_point >= '0' && code_point <= '9') ||
               (code_point >= 'A' && code_point <= 'Z');
    return uc_is_alnum(code_point) || uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_M);
}

bool
utf8_is_single(uint32_t code_point)
{
    if (code_point < 0x0E00)
        return false;
    return code_point <= 0x0EFF || (code_point >= 0x1780 && code_point <= 0x17FF) ||
           (code_point >= 0x3040 && code_point <= 0x30FF) || (code_point >= 0x3400 && code_point <= 0x9FFF) ||
           (code_point >= 0x20000 && code_point <= 0x3FFFF);
}

uint32_t
utf8_base(uint32_t code_point)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

    while (code_point >= 0xC0 && code_point < 0x2000 && (code_point < 0x250 || code_point >= 0x1E00)) {
        if (code_point >= 0x1F00 || uc_canonical_decomposition(code_point, parts) < 1)
            break;
        code_point = parts[0];
    }
    return code_point;
}

bool
utf8_is_ignorable(uint32_t code_point)
{
    return code_point == 0xAD || (code_point >= 0x200B && code_point <= 0x200F) || (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2060 && code_point <= 0x206F) || (code_point >= 0xFE00 && code_point <= 0xFE0F) || code_point == 0xFEFF;
}
