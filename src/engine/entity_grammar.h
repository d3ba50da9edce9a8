/* entity_grammar.h - how a language writes numbers, dates, times, money and measures: tables/entity/LANG.txt, compiled.
 *
 *   %number one 1 two 2          words of numbers; other lines that begin with % stand at the head of entity_grammar.c
 *   weekday: monday|mon -> weekday=1
 *   date: next <weekday> -> rel=1 unit=W
 *   date: <weekday>? ,? (the)? <day> of? <month>
 *
 * NAME: what stands in the text, alternatives parted by |. A word or sign stands for itself, written as people write it; case and accents do
 * not matter. <name> is another rule, !<name> says that it must not follow and &<name> that it must, without reading it, ~ before something says that no blank stands before it, ? behind it that it may be missing,
 * ( | ) groups. Behind -> stands what it means: FIELD=VALUE, FIELD=# (the number that was read), and at most one operation of entity_op.h.
 * Names that are built in: <num>, <int> a whole one, <ord> an ordinal in words; digits <d1> one, <d> one or two, <dd> two, <d4> four, <digits> up
 * to nine; <other> a word that no rule has. Fields of the parts are joined. Of several rules with one name the one that reads furthest wins, of equal ones the first. Inside a rule
 * nothing is tried twice: the first alternative of a group that fits is taken.
 */
#ifndef ENGINE_ENTITY_GRAMMAR_H
#define ENGINE_ENTITY_GRAMMAR_H

#include "engine/entity_token.h"

/* What a rule may set. d_* is a length of time, plus_* a distance from now. */
enum entity_field {
    FIELD_YEAR, FIELD_MONTH, FIELD_WEEK, FIELD_DAY, FIELD_WEEKDAY, /* week: of ISO 8601 */
    FIELD_HOUR, FIELD_MINUTE, FIELD_SECOND,
    FIELD_MERIDIEM, /* 1 before noon, 2 after noon */
    FIELD_PART,     /* of the day: enum entity_part */
    FIELD_LOOSE,    /* the hour is one of twelve: 1 "at three", until 6 in the afternoon; 2 "um 3 Uhr", until 5 */
    FIELD_NTH,      /* first monday; -1 last */
    FIELD_REL,      /* this unit 0, the next 1, the last -1 */
    FIELD_UNIT,     /* s m h D W M Q Y, E for a weekend */
    FIELD_THIRD,    /* 1 begin, 2 middle, 3 end of a month or year */
    FIELD_PLUS_MONTHS, FIELD_PLUS_DAYS, FIELD_PLUS_SECONDS,
    FIELD_D_YEARS, FIELD_D_MONTHS, FIELD_D_WEEKS, FIELD_D_DAYS, FIELD_D_HOURS, FIELD_D_MINUTES, FIELD_D_SECONDS,
    FIELD_COUNT
};

enum entity_part { PART_NONE, PART_MORNING, PART_AFTERNOON, PART_EVENING, PART_NIGHT };

/* Local time in seconds since 1970, as if the visitor's zone were UTC. Ends are part of it when they are days. */
struct entity_span {
    int64_t from, to;
    bool has_from, has_to, is_clock, is_day; /* is_clock: times without a day */
};

struct entity_meaning {
    uint32_t set; /* bit per field */
    int32_t field[FIELD_COUNT];
    bool has_number, has_second, has_third, has_span;
    double number, second, third; /* the other end of a range of amounts; the sides of "40 x 60 cm" */
    str name;              /* of a unit, a currency, a colour, a size */
    struct entity_span span;
};

struct entity_now {
    int64_t local_s;      /* entity_span's time */
    bool is_month_first;  /* 3/4 is the fourth of March */
};

struct entity_grammar;

/* What is looked for, in this order when several read equally far. */
enum entity_goal { GOAL_WHEN, GOAL_ORDER, GOAL_DURATION, GOAL_MONEY, GOAL_QUANTITY, GOAL_SIZE, GOAL_COLOUR, GOAL_ORDINAL, GOAL_NUMBER, GOAL_COUNT };

/* entity_grammar_make - compiles texts that belong together, the language's own first.
 * Out:   line  of the first mistake, and which text, when ERR_INPUT
 * Errs:  ERR_INPUT  a mistake in a text; ERR_LIMIT, ERR_MEMORY */
struct entity_place {
    size_t text;
    unsigned line;
    const char *what;
};
enum err entity_grammar_make(struct arena *arena, const str *texts, size_t count, struct entity_place *place,
                             struct entity_grammar **out) MUST_CHECK;
/* entity_grammar_read - numbers the tokens' words. */
void entity_grammar_read(const struct entity_grammar *grammar, struct entity_tokens *tokens);

#endif
