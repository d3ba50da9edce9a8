/* Regular expressions by Pike's machine: one step per instruction and letter, whatever the expression. It never goes back in the text, so
 * that no message can make it slow. */
#include "engine/pattern_private.h"

#include "engine/utf8.h"

#include <string.h>

static bool
pattern_class_has(const struct pattern *pattern, const struct pattern_step *step, uint32_t letter)
{
    for (size_t i = step->a; i < (size_t)step->a + step->b; i++)
        if (letter >= pattern->ranges[i].from && letter <= pattern->ranges[i].to)
            return true;
    return false;
}

/* `letter` as it stands; without regard to case. */
static bool
pattern_step_takes(const struct pattern *pattern, const struct pattern_step *step, uint32_t letter)
{
    uint32_t low = utf8_fold(letter);

    if (step->kind == PATTERN_ANY)
        return letter != '\n';
    if (step->kind == PATTERN_LETTER)
        return low == step->letter;
    uint32_t high = low >= 'a' && low <= 'z' ? low - 32 : letter;
    bool has = pattern_class_has(pattern, step, letter) || pattern_class_has(pattern, step, low) || pattern_class_has(pattern, step, high);
    return has != (step->letter != 0);
}

struct pattern_run {
    const struct pattern *pattern;
    str text;
    size_t at;
    bool is_inside_before, is_inside_behind; /* a letter or digit stands before the place, behind it */
    struct pattern_list {
        size_t count;
        struct {
            uint16_t step, start;
        } threads[PATTERN_STEPS_MAX + 1];
    } lists[2];
    uint32_t mark[PATTERN_STEPS_MAX + 1]; /* number of the round in which a step was added */
    uint32_t round;
    uint16_t stack[PATTERN_STEPS_MAX * 2 + 2];
};

static bool
pattern_holds(const struct pattern_run *run, uint16_t kind)
{
    bool border = run->is_inside_before != run->is_inside_behind;

    switch (kind) {
    case PATTERN_BEGIN:
        return run->at == 0;
    case PATTERN_END:
        return run->at == run->text.len;
    case PATTERN_EDGE:
        return !(run->is_inside_before && run->is_inside_behind);
    case PATTERN_BORDER:
        return border;
    default:
        return !border;
    }
}

/* Adds what can be reached without a letter, in the order of preference. */
static void
pattern_follow(struct pattern_run *run, struct pattern_list *list, uint16_t first, uint16_t start)
{
    size_t depth = 0;

    run->stack[depth++] = first;
    while (depth > 0) {
        uint16_t at = run->stack[--depth];
        const struct pattern_step *step = &run->pattern->steps[at];
        if (run->mark[at] == run->round)
            continue;
        run->mark[at] = run->round;
        switch (step->kind) {
        case PATTERN_JUMP:
            run->stack[depth++] = step->a;
            break;
        case PATTERN_FORK:
            run->stack[depth++] = step->b;
            run->stack[depth++] = step->a;
            break;
        case PATTERN_LETTER:
        case PATTERN_ANY:
        case PATTERN_CLASS:
        case PATTERN_MATCH:
            list->threads[list->count].step = at;
            list->threads[list->count++].start = start;
            break;
        default:
            if (pattern_holds(run, step->kind))
                run->stack[depth++] = (uint16_t)(at + 1);
        }
    }
}

static void
pattern_look(struct pattern_run *run)
{
    size_t at = run->at;

    run->is_inside_behind = at < run->text.len && utf8_is_word(utf8_next(run->text, &at));
}

/* Letters of ASCII that may begin a match, so that the others are passed over. */
static void
pattern_firsts(struct pattern *pattern, struct pattern_run *run)
{
    for (unsigned variant = 0; variant < 8; variant++) {
        /* Whatever may stand around: each border holds in one of the variants. */
        run->at = variant & 1;
        run->is_inside_behind = variant & 2;
        run->is_inside_before = variant & 4;
        run->lists[0].count = 0;
        run->round++;
        pattern_follow(run, &run->lists[0], 0, 0);
        for (size_t i = 0; i < run->lists[0].count; i++) {
            const struct pattern_step *step = &pattern->steps[run->lists[0].threads[i].step];
            for (uint32_t c = 0; c < 128; c++)
                pattern->first[c] = pattern->first[c] || (step->kind != PATTERN_MATCH && pattern_step_takes(pattern, step, c));
        }
    }
}

enum err
pattern_parse(struct arena *arena, str text, struct pattern **out, const char **what)
{
    struct pattern_run run = {.text = STR("  ")};
    struct pattern draft = {.step_count = 0};
    void *piece = NULL, *steps = NULL, *ranges = NULL;
    ARENA_SCOPE(room);

    TRY(arena_make(PATTERN_STEPS_MAX * sizeof *draft.steps + PATTERN_RANGES_MAX * sizeof *draft.ranges + 4096, &room));
    TRY(arena_take(room, PATTERN_STEPS_MAX, sizeof *draft.steps, &steps));
    TRY(arena_take(room, PATTERN_RANGES_MAX, sizeof *draft.ranges, &ranges));
    draft.steps = steps;
    draft.ranges = ranges;
    TRY(pattern_read_run(text, &draft, what));
    run.pattern = &draft;
    pattern_firsts(&draft, &run);
    TRY(arena_take(arena, 1, sizeof draft, &piece));
    TRY(arena_take(arena, draft.step_count, sizeof *draft.steps, &steps));
    TRY(arena_take(arena, draft.range_count + 1, sizeof *draft.ranges, &ranges));
    memcpy(steps, draft.steps, draft.step_count * sizeof *draft.steps);
    memcpy(ranges, draft.ranges, draft.range_count * sizeof *draft.ranges);
    draft.steps = steps;
    draft.ranges = ranges;
    *(struct pattern *)piece = draft;
    *out = piece;
    return ERR_NONE;
}

/* One letter: which threads go on? A match of at least one letter ends those that are less preferred. */
static bool
pattern_round(struct pattern_run *run, const struct pattern_list *now, struct pattern_list *next, uint32_t letter, size_t *start)
{
    next->count = 0;
    run->round++;
    for (size_t i = 0; i < now->count; i++) {
        const struct pattern_step *step = &run->pattern->steps[now->threads[i].step];
        if (step->kind == PATTERN_MATCH) {
            if (now->threads[i].start == run->at)
                continue;
            *start = now->threads[i].start;
            return true;
        }
        if (run->at == run->text.len || !pattern_step_takes(run->pattern, step, letter))
            continue;
        /* The place behind the letter decides on borders there. */
        size_t at = run->at;
        bool before = run->is_inside_before, behind = run->is_inside_behind;
        (void)utf8_next(run->text, &run->at);
        run->is_inside_before = behind;
        pattern_look(run);
        pattern_follow(run, next, (uint16_t)(now->threads[i].step + 1), now->threads[i].start);
        run->at = at;
        run->is_inside_before = before;
        run->is_inside_behind = behind;
    }
    return false;
}

/* Begins at a byte with what stands before it. */
static void
pattern_begin(struct pattern_run *run, const struct pattern *pattern, str text, size_t from)
{
    size_t back = from;

    run->pattern = pattern;
    run->text = text;
    run->at = from;
    while (back > 0 && ((unsigned char)text.at[--back] & 0xC0) == 0x80)
        continue;
    run->is_inside_before = from > 0 && utf8_is_word(utf8_next(text, &back));
}

bool
pattern_find(const struct pattern *pattern, str text, size_t from, size_t *start, size_t *end)
{
    struct pattern_run run = {.round = 0};
    struct pattern_list *now = &run.lists[0], *next = &run.lists[1];
    bool found = false;

    if (from > text.len)
        return false;
    pattern_begin(&run, pattern, str_slice(text, 0, PATTERN_TEXT_MAX), from < PATTERN_TEXT_MAX ? from : PATTERN_TEXT_MAX);
    for (;;) {
        size_t behind = run.at;
        uint32_t letter = run.at < run.text.len ? utf8_next(run.text, &behind) : 0;
        pattern_look(&run);
        if (now->count == 0)
            run.round++; /* the marks are of the last place */
        if (!found && run.at < run.text.len && (letter >= 128 || pattern->first[letter]))
            pattern_follow(&run, now, 0, (uint16_t)run.at);
        next->count = 0;
        if (now->count > 0 && pattern_round(&run, now, next, letter, start)) {
            found = true;
            *end = run.at;
        }
        if (run.at == run.text.len || (found && next->count == 0))
            return found;
        struct pattern_list *swap = now;
        now = next;
        next = swap;
        run.is_inside_before = run.is_inside_behind;
        run.at = behind;
    }
}
