/* entity_private.h - compiled grammars and what runs them; for entity_*.c alone. */
#ifndef ENGINE_ENTITY_PRIVATE_H
#define ENGINE_ENTITY_PRIVATE_H

#include "engine/entity_grammar.h"

#define GRAMMAR_NONE UINT16_MAX
#define GRAMMAR_NAMES_MAX 96
#define GRAMMAR_CHILDREN_MAX 8
#define GRAMMAR_WORDS_MAX ((size_t)4096)

enum grammar_item_kind { ITEM_WORD, ITEM_NAME, ITEM_GROUP };

struct grammar_item {
    uint8_t kind;
    bool is_glued, is_optional;
    bool is_not, is_ahead; /* must not follow, must follow: nothing is read */
    uint16_t arg;   /* word, name, or the first alternative */
    uint16_t count; /* of alternatives */
};

struct grammar_alternative {
    uint16_t begin, end; /* items */
};

struct grammar_effect {
    uint8_t field; /* enum entity_field, or one of the following */
    bool is_number; /* the number that was read */
    double value;
    str name;
};
enum { EFFECT_NUMBER = FIELD_COUNT, EFFECT_ADD, EFFECT_TIMES, EFFECT_NAME, EFFECT_YEAR_SHORT };

struct grammar_rule {
    uint16_t name, begin, end;
    uint16_t effect, effect_count;
    uint8_t op;    /* enum entity_op_kind */
};

/* A rule in the list of what it may begin with. */
struct grammar_first {
    uint16_t name, rule;
};

/* What a word is to numbers. */
enum { NUMBER_NONE, NUMBER_CARDINAL, NUMBER_ORDINAL, NUMBER_AND, NUMBER_POINT, NUMBER_MINUS, NUMBER_END, NUMBER_WEAK, NUMBER_PLAIN };

struct grammar_word {
    str folded;
    uint16_t next;     /* of its bucket */
    uint8_t number;    /* NUMBER_* */
    bool is_part;      /* only inside a joined number word */
    bool is_sense;     /* a rule begins with it, so that it is not taken apart into a number */
    double value;
};

enum { NAME_INT, NAME_NUM, NAME_ORD, NAME_D1, NAME_D, NAME_DD, NAME_D4, NAME_DIGITS, NAME_OTHER, NAME_NATIVE_COUNT };

struct entity_grammar {
    str names[GRAMMAR_NAMES_MAX];
    size_t name_count;
    uint16_t goals[GOAL_COUNT];
    struct grammar_word *words;
    size_t word_count, word_room;
    uint16_t *buckets;
    size_t bucket_count;
    struct grammar_item *items;
    size_t item_count, item_room;
    struct grammar_alternative *alternatives;
    size_t alternative_count, alternative_room;
    struct grammar_rule *rules;
    size_t rule_count, rule_room;
    struct grammar_effect *effects;
    size_t effect_count, effect_room;
    uint32_t *first;       /* of each word, of numbers, of other words: where its rules begin in first_rules; entity_first.c */
    struct grammar_first *first_rules; /* by name, then as they stand in the text */
    char decimal;       /* ',' or '.' */
    bool is_joined;     /* numbers are written as one word: einundzwanzig */
    bool is_blank_group; /* 1 234 567 */
    bool is_eighty;      /* quatre-vingt-dix */
    unsigned and_least; /* "and" joins to what is at least so much: 100 in English, 20 in Spanish */
};

/* entity_grammar.c */
uint16_t entity_grammar_word(const struct entity_grammar *grammar, str folded);

/* entity_first.c */
/* entity_first_make - the lists of rules by what they begin with. Errs: ERR_INPUT  a rule may read nothing; ERR_LIMIT. */
enum err entity_first_make(struct arena *arena, struct arena *room, struct entity_grammar *grammar) MUST_CHECK;
#define ENTITY_FIRST_LISTS_MAX 2
/* entity_first_lists - which lists hold what may begin with the token. */
size_t entity_first_lists(const struct entity_grammar *grammar, const struct entity_token *token, size_t lists[ENTITY_FIRST_LISTS_MAX]);

/* entity_number.c: a number in digits or words at token i. */
struct entity_number {
    double value;
    size_t end; /* token behind it */
    bool is_integer, is_ordinal, is_words;
    bool is_weak; /* one, ein, une: an article as often as a number */
};
bool entity_number_read(const struct entity_grammar *grammar, const struct entity_tokens *tokens, size_t i, struct entity_number *out);

/* entity_op.c */
enum entity_op_kind {
    OP_NONE, OP_DURATION, OP_AHEAD, OP_AGO, OP_RANGE, OP_UNTIL, OP_SINCE, OP_BEFORE, OP_AFTER, OP_NEXT_SPAN, OP_LAST_SPAN, OP_TO, OP_HALF_TO,
    OP_TO_HALF, OP_PAST_HALF, OP_PAIR, OP_FROM, OP_SLASH, OP_CENTS, OP_BY, OP_COUNT
};
extern const char *const entity_op_names[OP_COUNT];
/* entity_op_run - what a rule makes of its parts, which are joined in *out already; false: the rule does not fit. */
bool entity_op_run(enum entity_op_kind op, const struct entity_now *now, const struct entity_meaning *parts, size_t count,
                   struct entity_meaning *out);
/* entity_op_join - the fields of both; false when they contradict each other. */
bool entity_op_join(struct entity_meaning *to, const struct entity_meaning *part);
bool entity_op_has(const struct entity_meaning *meaning, enum entity_field field);

/* entity_match.c */
struct entity_match {
    enum entity_goal goal;
    size_t end;
    struct entity_meaning meaning;
};
/* entity_match_take - what runs grammars over these tokens. Errs: ERR_LIMIT. */
struct entity_matcher;
enum err entity_match_take(struct arena *arena, const struct entity_grammar *grammar, const struct entity_tokens *tokens,
                           const struct entity_now *now, struct entity_matcher **out) MUST_CHECK;
/* entity_match_find - the furthest reading at token i. */
bool entity_match_find(struct entity_matcher *matcher, size_t i, struct entity_match *out);

/* entity_time.c */
/* entity_time_span - the days or the time that a meaning names; false when it names none, or none that exists. */
bool entity_time_span(const struct entity_meaning *meaning, const struct entity_now *now, struct entity_span *out);
int64_t entity_time_days(int64_t year, int month, int day); /* since 1970 */
void entity_time_civil(int64_t days, int *year, int *month, int *day);
int entity_time_month_days(int64_t year, int month);

#endif
