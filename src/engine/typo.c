/* Edit distance on small words, bounded, on the stack. */
#include "engine/typo.h"

#include "engine/utf8.h"

static size_t
typo_read(str word, uint32_t out[TYPO_LETTERS_MAX])
{
    size_t count = 0;

    for (size_t at = 0; at < word.len;) {
        if (count == TYPO_LETTERS_MAX)
            return SIZE_MAX;
        out[count++] = utf8_next(word, &at);
    }
    return count;
}

static unsigned
typo_least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned
typo_distance(str a, str b, unsigned max)
{
    uint32_t x[TYPO_LETTERS_MAX], y[TYPO_LETTERS_MAX];
    unsigned rows[3][TYPO_LETTERS_MAX + 1];
    size_t n = typo_read(a, x), m = typo_read(b, y);

    if (n == SIZE_MAX || m == SIZE_MAX || (n > m ? n - m : m - n) > max)
        return max + 1;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned *now = rows[i % 3], *up = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        unsigned least = now[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned best = typo_least(typo_least(up[j], now[j - 1]) + 1, up[j - 1] + (x[i - 1] != y[j - 1]));
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                best = typo_least(best, before[j - 2] + 1);
            now[j] = best;
            least = typo_least(least, best);
        }
        if (least > max)
            return max + 1;
    }
    return typo_least(rows[n % 3][m], max + 1);
}

uint32_t
typo_mask(str word)
{
    uint32_t mask = 0;

    for (size_t at = 0; at < word.len;)
        mask |= (uint32_t)1 << (utf8_next(word, &at) & 31);
    return mask;
}
