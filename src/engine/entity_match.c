/* Runs a grammar over tokens: of the rules of a name the one that reads furthest. Each name keeps its last reading, so that rules which begin
 * alike do not read twice. Depth, parts and steps have bounds; nothing is tried twice within a rule. */
#include "engine/entity_private.h"

#include <string.h>

#define MATCH_DEPTH_MAX 12
#define MATCH_STEPS_MAX 200000 /* in one text; beyond it nothing more is found */

struct match_memo {
    size_t at, end; /* at SIZE_MAX: empty; end 0: it does not read here */
    struct entity_meaning meaning;
};

/* Of a name that is being read, instead of large variables, which would be cleared at each call. */
struct match_frame {
    struct match_memo best;
    struct entity_meaning meaning;
    uint16_t rule; /* that read best */
};

struct entity_matcher {
    const struct entity_grammar *grammar;
    const struct entity_tokens *tokens;
    const struct entity_now *now;
    unsigned steps, depth;
    struct match_memo *memos;      /* of each name */
    struct entity_meaning *parts;  /* of the rules under way, one above the other */
    size_t part_count, part_first; /* part_first: of the innermost rule */
    struct match_frame frames[MATCH_DEPTH_MAX];
};
#define MATCH_PARTS_MAX ((size_t)40) /* of all rules under way; the last is room for what no part is made of */

enum err
entity_match_take(struct arena *arena, const struct entity_grammar *grammar, const struct entity_tokens *tokens, const struct entity_now *now,
                  struct entity_matcher **out)
{
    void *piece = NULL, *memos = NULL, *parts = NULL;

    TRY(arena_take(arena, 1, sizeof(struct entity_matcher), &piece));
    TRY(arena_take(arena, grammar->name_count, sizeof(struct match_memo), &memos));
    TRY(arena_take(arena, MATCH_PARTS_MAX, sizeof(struct entity_meaning), &parts));
    struct entity_matcher *matcher = piece;
    *matcher = (struct entity_matcher){.grammar = grammar, .tokens = tokens, .now = now, .memos = memos, .parts = parts};
    for (size_t i = 0; i < grammar->name_count; i++)
        matcher->memos[i].at = SIZE_MAX;
    *out = matcher;
    return ERR_NONE;
}

static size_t match_name(struct entity_matcher *matcher, uint16_t name, size_t i, struct entity_meaning *out);
static size_t match_items(struct entity_matcher *matcher, size_t begin, size_t end, size_t i);

static size_t
match_item(struct entity_matcher *matcher, const struct grammar_item *item, size_t i)
{
    const struct entity_tokens *tokens = matcher->tokens;

    if (matcher->part_count + 1 == MATCH_PARTS_MAX)
        return 0;
    if (item->is_not || item->is_ahead) {
        bool follows = i < tokens->count && match_name(matcher, item->arg, i, &matcher->parts[matcher->part_count]) > 0;
        return follows == item->is_ahead ? i : 0;
    }
    if (i >= tokens->count || tokens->at[i].is_blocked || (item->is_glued && !tokens->at[i].is_glued))
        return 0;
    if (item->kind == ITEM_WORD)
        return tokens->at[i].word == item->arg ? i + 1 : 0;
    if (item->kind == ITEM_NAME) {
        if (matcher->part_count - matcher->part_first == GRAMMAR_CHILDREN_MAX)
            return 0;
        size_t end = match_name(matcher, item->arg, i, &matcher->parts[matcher->part_count]);
        /* Names that only stand for words, such as those for "until", are no parts. */
        const struct entity_meaning *part = &matcher->parts[matcher->part_count];
        matcher->part_count += end > 0 && (part->set || part->has_number || part->has_span || part->name.len > 0);
        return end;
    }
    for (uint16_t k = 0; k < item->count; k++) {
        const struct grammar_alternative *one = &matcher->grammar->alternatives[item->arg + k];
        size_t before = matcher->part_count, end = match_items(matcher, one->begin, one->end, i);
        if (end > 0)
            return end;
        matcher->part_count = before;
    }
    return 0;
}

/* Token behind the items, 0 when they do not read. */
static size_t
match_items(struct entity_matcher *matcher, size_t begin, size_t end, size_t i)
{
    for (size_t k = begin; k < end; k++) {
        const struct grammar_item *item = &matcher->grammar->items[k];
        if (++matcher->steps > MATCH_STEPS_MAX)
            return 0;
        size_t next = match_item(matcher, item, i);
        if (next == 0 && !item->is_optional)
            return 0;
        i = next > 0 ? next : i;
    }
    return i;
}

static bool
match_range(enum entity_field field, double value)
{
    static const struct {
        int from, to;
    } ranges[FIELD_COUNT] = {[FIELD_YEAR] = {1900, 2199}, [FIELD_MONTH] = {1, 12}, [FIELD_WEEK] = {1, 53}, [FIELD_DAY] = {1, 31}, [FIELD_HOUR] = {0, 24},
                             [FIELD_MINUTE] = {0, 59}, [FIELD_SECOND] = {0, 59}};
    return field > FIELD_SECOND || ranges[field].to == 0 || (value >= ranges[field].from && value <= ranges[field].to && value == (int)value);
}

static bool
match_effects(const struct entity_grammar *grammar, const struct grammar_rule *rule, struct entity_meaning *out)
{
    for (size_t i = rule->effect; i < (size_t)rule->effect + rule->effect_count; i++) {
        const struct grammar_effect *effect = &grammar->effects[i];
        double value = effect->is_number ? out->number : effect->value;
        if (effect->is_number && (!out->has_number || value > 1e6 || value < -1e6))
            return false;
        if (effect->field == EFFECT_NAME) {
            out->name = effect->name;
        } else if (effect->field == EFFECT_NUMBER || effect->field == EFFECT_ADD || effect->field == EFFECT_TIMES) {
            double have = out->has_number ? out->number : 0;
            out->number = effect->field == EFFECT_NUMBER ? value : effect->field == EFFECT_ADD ? have + value : (out->has_number ? have : 1) * value;
            out->has_number = true;
        } else {
            bool is_short = effect->field == EFFECT_YEAR_SHORT;
            enum entity_field field = is_short ? FIELD_YEAR : (enum entity_field)effect->field;
            value += is_short ? (value < 70 ? 2000 : 1900) : 0;
            if (!match_range(field, value))
                return false;
            out->field[field] = (int32_t)value;
            out->set |= 1u << field;
            out->has_number = out->has_number && !effect->is_number;
        }
    }
    return true;
}

/* What the rule makes of the parts that it has read. */
static bool
match_means(struct entity_matcher *matcher, const struct grammar_rule *rule, struct entity_meaning *out)
{
    const struct entity_meaning *parts = matcher->parts + matcher->part_first;
    size_t count = matcher->part_count - matcher->part_first;
    bool is_apart = rule->op == OP_RANGE || rule->op == OP_PAIR || rule->op == OP_SLASH || rule->op == OP_CENTS; /* their parts contradict each other */

    *out = (struct entity_meaning){.set = 0};
    for (size_t i = 0; i < count && !is_apart; i++)
        if (!entity_op_join(out, &parts[i]))
            return false;
    return match_effects(matcher->grammar, rule, out) && entity_op_run(rule->op, matcher->now, parts, count, out);
}

static size_t
match_rule(struct entity_matcher *matcher, const struct grammar_rule *rule, size_t i, struct entity_meaning *out)
{
    size_t first = matcher->part_first;

    matcher->part_first = matcher->part_count;
    size_t end = match_items(matcher, rule->begin, rule->end, i);
    if (end > 0 && !match_means(matcher, rule, out))
        end = 0;
    matcher->part_count = matcher->part_first;
    matcher->part_first = first;
    return end;
}

static size_t
match_native(struct entity_matcher *matcher, uint16_t name, size_t i, struct entity_meaning *out)
{
    const struct entity_token *token = &matcher->tokens->at[i];
    struct entity_number number;

    *out = (struct entity_meaning){.has_number = true};
    if (name == NAME_INT || name == NAME_NUM || name == NAME_ORD) {
        if (!entity_number_read(matcher->grammar, matcher->tokens, i, &number) || number.is_ordinal != (name == NAME_ORD) ||
            (name != NAME_NUM && !number.is_integer))
            return 0;
        out->number = number.value;
        return number.end;
    }
    if (name == NAME_OTHER) {
        *out = (struct entity_meaning){.set = 0};
        return token->kind == ENTITY_WORD && token->word == ENTITY_WORD_NONE ? i + 1 : 0;
    }
    bool fits = token->kind == ENTITY_DIGITS && (name == NAME_D1   ? token->len == 1
                                                 : name == NAME_D  ? token->len <= 2
                                                 : name == NAME_DD ? token->len == 2
                                                 : name == NAME_D4 ? token->len == 4
                                                                   : token->len <= 9);
    for (size_t k = 0; fits && k < token->len; k++)
        out->number = out->number * 10 + (token->folded.at[k] - '0');
    return fits ? i + 1 : 0;
}

/* The first rule of this name in a list, or its end; names stand in it one after the other. */
static const struct grammar_first *
match_first(const struct entity_grammar *grammar, size_t list, uint16_t name)
{
    const struct grammar_first *low = grammar->first_rules + grammar->first[list], *high = grammar->first_rules + grammar->first[list + 1];

    while (low < high) {
        const struct grammar_first *middle = low + (high - low) / 2;
        if (middle->name < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void
match_list(struct entity_matcher *matcher, size_t list, uint16_t name, size_t i, struct match_frame *frame)
{
    const struct entity_grammar *grammar = matcher->grammar;
    const struct grammar_first *at = match_first(grammar, list, name), *end = grammar->first_rules + grammar->first[list + 1];
    struct match_memo *best = &frame->best;

    for (; at < end && at->name == name; at++) {
        size_t behind = match_rule(matcher, &grammar->rules[at->rule], i, &frame->meaning);
        if (behind > best->end || (behind == best->end && behind > 0 && at->rule < frame->rule)) {
            best->end = behind;
            best->meaning = frame->meaning;
            frame->rule = at->rule;
        }
    }
}

static size_t
match_name(struct entity_matcher *matcher, uint16_t name, size_t i, struct entity_meaning *out)
{
    const struct entity_token *token = &matcher->tokens->at[i];
    struct match_memo *memo = &matcher->memos[name];
    size_t lists[ENTITY_FIRST_LISTS_MAX];

    if (memo->at != i) {
        if (matcher->depth == MATCH_DEPTH_MAX || token->is_blocked)
            return 0;
        struct match_frame *frame = &matcher->frames[matcher->depth++];
        frame->rule = GRAMMAR_NONE;
        frame->best.end = name < NAME_NATIVE_COUNT ? match_native(matcher, name, i, &frame->best.meaning) : 0;
        size_t count = entity_first_lists(matcher->grammar, token, lists);
        for (size_t k = 0; k < count; k++)
            match_list(matcher, lists[k], name, i, frame);
        matcher->depth--;
        memo->at = i;
        memo->end = frame->best.end;
        if (memo->end > 0)
            memo->meaning = frame->best.meaning;
    }
    if (memo->end > 0)
        *out = memo->meaning;
    return memo->end;
}

/* Does it end where a word does? 20 in 20x does not. */
static bool
match_ends(const struct entity_tokens *tokens, size_t end)
{
    return !entity_token_is_glued(tokens, end) || tokens->at[end].kind == ENTITY_SIGN || tokens->at[end - 1].kind == ENTITY_SIGN;
}

bool
entity_match_find(struct entity_matcher *matcher, size_t i, struct entity_match *out)
{
    const struct entity_tokens *tokens = matcher->tokens;
    struct entity_meaning *meaning = &matcher->parts[0];

    out->end = 0;
    if (tokens->at[i].is_blocked || (tokens->at[i].is_glued && i > 0 && tokens->at[i].kind != ENTITY_SIGN && tokens->at[i - 1].kind != ENTITY_SIGN))
        return false;
    for (unsigned goal = 0; goal < GOAL_COUNT; goal++) {
        size_t end = match_name(matcher, matcher->grammar->goals[goal], i, meaning);
        if (end > out->end && match_ends(tokens, end)) {
            out->goal = (enum entity_goal)goal;
            out->end = end;
            out->meaning = *meaning;
        }
    }
    return out->end > 0;
}
