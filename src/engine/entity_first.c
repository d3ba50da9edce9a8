/* Which rules may begin with a token: a list of them for each word of a grammar, one for numbers and one for words that no rule has, so that a
 * token costs only the rules that it can begin. Computed once, when a grammar is compiled. */
#include "engine/entity_private.h"

#include <string.h>

struct first_set {
    uint64_t words[GRAMMAR_WORDS_MAX / 64];
    bool has_number, has_other;
};

struct first {
    const struct entity_grammar *grammar;
    struct first_set *names, row; /* what each name may begin with; room for one row */
};

static bool
first_join(struct first_set *to, const struct first_set *from)
{
    bool grew = (from->has_number && !to->has_number) || (from->has_other && !to->has_other);

    for (size_t i = 0; i < GRAMMAR_WORDS_MAX / 64; i++) {
        grew = grew || (from->words[i] & ~to->words[i]) != 0;
        to->words[i] |= from->words[i];
    }
    to->has_number = to->has_number || from->has_number;
    to->has_other = to->has_other || from->has_other;
    return grew;
}

/* Adds what the items may begin with; true when they may read nothing at all. */
static bool
first_row(const struct first *first, size_t begin, size_t end, struct first_set *out)
{
    for (size_t i = begin; i < end; i++) {
        const struct grammar_item *item = &first->grammar->items[i];
        bool is_empty = item->is_optional || item->is_not || item->is_ahead;
        if (item->is_not || item->is_ahead)
            continue;
        if (item->kind == ITEM_WORD)
            out->words[item->arg / 64] |= (uint64_t)1 << item->arg % 64;
        if (item->kind == ITEM_NAME)
            (void)first_join(out, &first->names[item->arg]);
        for (size_t k = item->arg; item->kind == ITEM_GROUP && k < (size_t)item->arg + item->count; k++)
            is_empty = first_row(first, first->grammar->alternatives[k].begin, first->grammar->alternatives[k].end, out) || is_empty;
        if (!is_empty)
            return false;
    }
    return true;
}

/* The next list from this one on that the set names; one more than there are when there is none. */
static size_t
first_next(const struct first_set *set, size_t from, size_t word_count)
{
    for (size_t k = from; k < word_count; k = (k / 64 + 1) * 64) {
        uint64_t rest = set->words[k / 64] >> k % 64;
        if (rest)
            return k + (size_t)__builtin_ctzll(rest);
    }
    from = from > word_count ? from : word_count;
    if (from == word_count && !set->has_number)
        from++;
    return from == word_count + 1 && !set->has_other ? from + 1 : from;
}

/* Until nothing is added: names stand for each other. */
static enum err
first_names(struct first *first)
{
    bool grew = true;

    for (size_t i = 0; i < NAME_NATIVE_COUNT; i++)
        *(i == NAME_OTHER ? &first->names[i].has_other : &first->names[i].has_number) = true;
    while (grew) {
        grew = false;
        for (size_t i = 0; i < first->grammar->rule_count; i++) {
            const struct grammar_rule *rule = &first->grammar->rules[i];
            first->row = (struct first_set){.has_number = false};
            if (first_row(first, rule->begin, rule->end, &first->row))
                return err_raise(ERR_INPUT, "entity: a rule may read nothing");
            grew = first_join(&first->names[rule->name], &first->row) || grew;
        }
    }
    return ERR_NONE;
}

/* Each list in the order of names and of the text. */
static enum err
first_lists(struct first *first, struct arena *arena, struct entity_grammar *grammar)
{
    size_t lists = grammar->word_count + 2, total = 0;
    void *piece = NULL;

    TRY(arena_take(arena, lists + 1, sizeof *grammar->first, &piece));
    grammar->first = piece;
    for (int is_fill = 0; is_fill < 2; is_fill++) {
        for (size_t name = 0; name < grammar->name_count; name++)
            for (size_t i = 0; i < grammar->rule_count; i++) {
                if (grammar->rules[i].name != name)
                    continue;
                first->row = (struct first_set){.has_number = false};
                (void)first_row(first, grammar->rules[i].begin, grammar->rules[i].end, &first->row);
                for (size_t k = first_next(&first->row, 0, grammar->word_count); k < lists; k = first_next(&first->row, k + 1, grammar->word_count)) {
                    if (is_fill)
                        grammar->first_rules[grammar->first[k]] = (struct grammar_first){(uint16_t)name, (uint16_t)i};
                    grammar->first[k]++;
                }
            }
        if (is_fill)
            break;
        for (size_t k = 0; k < lists; k++) {
            size_t count = grammar->first[k];
            grammar->first[k] = (uint32_t)total;
            total += count;
        }
        TRY(arena_take(arena, total + 1, sizeof *grammar->first_rules, &piece));
        grammar->first_rules = piece;
    }
    /* Each now stands at its end, which is where the next begins. */
    memmove(grammar->first + 1, grammar->first, lists * sizeof *grammar->first);
    grammar->first[0] = 0;
    return ERR_NONE;
}

enum err
entity_first_make(struct arena *arena, struct arena *room, struct entity_grammar *grammar)
{
    struct first *first = NULL;
    void *piece = NULL;

    TRY(arena_take(room, 1, sizeof *first, &piece));
    first = piece;
    TRY(arena_take(room, grammar->name_count, sizeof *first->names, &piece));
    first->grammar = grammar;
    first->names = piece;
    TRY(first_names(first));
    return first_lists(first, arena, grammar);
}

/* In a joined language any longer word may be a number. */
static bool
first_may_be_number(const struct entity_grammar *grammar, const struct entity_token *token)
{
    if (token->kind == ENTITY_DIGITS || str_is(token->folded, STR("-")))
        return true;
    if (token->word != ENTITY_WORD_NONE && grammar->words[token->word].number != NUMBER_NONE)
        return true;
    return token->kind == ENTITY_WORD && grammar->is_joined && token->folded.len >= 5;
}

size_t
entity_first_lists(const struct entity_grammar *grammar, const struct entity_token *token, size_t lists[ENTITY_FIRST_LISTS_MAX])
{
    size_t count = 0;

    if (token->word != ENTITY_WORD_NONE)
        lists[count++] = token->word;
    else if (token->kind == ENTITY_WORD)
        lists[count++] = grammar->word_count + 1;
    if (first_may_be_number(grammar, token))
        lists[count++] = grammar->word_count;
    return count;
}
