/* Hints at what GDPR article 9 guards: single words and phrases that speak of health, belief, politics, sex life or a union. They are
 * tagged, so that storage and models can be more careful with the message; they are no proof of anything. */
#include "guard/pii_private.h"

void
pii_hint_find(struct pii_scan *scan)
{
    static const struct {
        uint64_t cue;
        uint16_t type;
    } hints[] = {{CUE(HEALTH), PII_HEALTH}, {CUE(RELIGION), PII_RELIGION}, {CUE(POLITICS), PII_POLITICS}, {CUE(SEX), PII_SEX_LIFE},
                 {CUE(UNION), PII_UNION}};
    uint64_t any = CUE(HEALTH) | CUE(RELIGION) | CUE(POLITICS) | CUE(SEX) | CUE(UNION);

    for (size_t i = 0; (scan->cues & any) && i < scan->word_count; i++)
        for (size_t k = 0; k < sizeof hints / sizeof *hints; k++)
            if (scan->word[i].cue & hints[k].cue)
                pii_add(scan, scan->word[i].at, pii_word_end(scan, i + scan->word[i].phrase - (scan->word[i].phrase > 0)), hints[k].type, 55);
}
