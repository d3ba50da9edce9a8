/* The conditions of flows: read once into a tree, asked in every turn.
 *
 *   or = and {"or" and}   and = not {"and" not}   not = ["not"] test   test = "(" or ")" | value [comparison value] */
#include "engine/bot_private.h"

#include <stdlib.h>
#include <string.h>

#define CONDITION_DEPTH_MAX 32

enum condition_kind { CONDITION_OR, CONDITION_AND, CONDITION_NOT, CONDITION_SLOT, CONDITION_COMPARE };

struct condition {
    enum condition_kind kind;
    struct condition *left, *right;
    char sign[3];
    str name, value; /* slot, and what it is compared with */
};

struct condition_reader {
    struct arena *arena;
    const struct bot *bot;
    str rest;
    const char *what;
    unsigned depth;
};

static enum err condition_or(struct condition_reader *reader, struct condition **out);

static enum err
condition_refuse(struct condition_reader *reader, const char *what)
{
    reader->what = what;
    return err_raise(ERR_INPUT, "condition: not readable");
}

static bool
condition_take(struct condition_reader *reader, str word)
{
    reader->rest = str_trim(reader->rest);
    if (!str_has_prefix(reader->rest, word))
        return false;
    char last = word.at[word.len - 1], next = reader->rest.len > word.len ? reader->rest.at[word.len] : ' ';
    if (last >= 'a' && last <= 'z' && next != ' ' && next != '(')
        return false;
    reader->rest = str_slice(reader->rest, word.len, reader->rest.len);
    return true;
}

static enum err
condition_new(struct condition_reader *reader, enum condition_kind kind, struct condition *left, struct condition **out)
{
    void *piece = NULL;

    TRY(arena_take(reader->arena, 1, sizeof(struct condition), &piece));
    *out = piece;
    (*out)->kind = kind;
    (*out)->left = left;
    return ERR_NONE;
}

static enum err
condition_value(struct condition_reader *reader, str *out)
{
    size_t len = 0;

    reader->rest = str_trim(reader->rest);
    str rest = reader->rest;
    if (rest.len > 0 && (rest.at[0] == '"' || rest.at[0] == '\'')) {
        for (len = 1; len < rest.len && rest.at[len] != rest.at[0];)
            len++;
        if (len >= rest.len)
            return condition_refuse(reader, "a quote is not closed in the condition; write slots.x == \"text\"");
        *out = str_slice(rest, 1, len - 1);
        reader->rest = str_slice(rest, len + 1, rest.len);
        return ERR_NONE;
    }
    while (len < rest.len && !strchr(" ()", rest.at[len]))
        len++;
    if (len == 0)
        return condition_refuse(reader, "a value is missing in the condition; write slots.x == \"text\" or a number");
    *out = str_slice(rest, 0, len);
    reader->rest = str_slice(rest, len, rest.len);
    return ERR_NONE;
}

static bool
condition_is_name(const struct bot *bot, str name)
{
    str rest = name, table = {"", 0};

    if (str_is(name, STR("found")) || bot_find_slot(bot, name) != BOT_NONE)
        return true;
    if (!str_split(&rest, '.', &table) || rest.at == NULL)
        return false;
    size_t found = bot_find_table(bot, table);
    return found != BOT_NONE && csv_find(&bot->tables[found].csv, rest) != SIZE_MAX;
}

static enum err
condition_test(struct condition_reader *reader, struct condition **out)
{
    static const char *const signs[] = {"==", "!=", "<=", ">=", "<", ">"};
    size_t len = 0;

    if (condition_take(reader, STR("("))) {
        TRY(condition_or(reader, out));
        return condition_take(reader, STR(")")) ? ERR_NONE : condition_refuse(reader, "a parenthesis is not closed in the condition; write \")\"");
    }
    if (!str_has_prefix(reader->rest, STR("slots.")))
        return condition_refuse(reader, "a condition compares slots; write slots.NAME, slots.found or slots.TABLE.COLUMN");
    reader->rest = str_slice(reader->rest, 6, reader->rest.len);
    while (len < reader->rest.len && !strchr(" ()=!<>", reader->rest.at[len]))
        len++;
    TRY(condition_new(reader, CONDITION_SLOT, NULL, out));
    (*out)->name = str_slice(reader->rest, 0, len);
    if (!condition_is_name(reader->bot, (*out)->name))
        return condition_refuse(reader, "the condition names a slot that does not exist; add it to \"slots\"");
    reader->rest = str_trim(str_slice(reader->rest, len, reader->rest.len));
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (str_has_prefix(reader->rest, str_from(signs[i]))) {
            (*out)->kind = CONDITION_COMPARE;
            memcpy((*out)->sign, signs[i], strlen(signs[i]));
            reader->rest = str_slice(reader->rest, strlen(signs[i]), reader->rest.len);
            return condition_value(reader, &(*out)->value);
        }
    return ERR_NONE;
}

static enum err
condition_not(struct condition_reader *reader, struct condition **out)
{
    struct condition *inner = NULL;

    if (++reader->depth > CONDITION_DEPTH_MAX)
        return condition_refuse(reader, "the condition is too long; use more steps");
    if (!condition_take(reader, STR("not")))
        return condition_test(reader, out);
    TRY(condition_not(reader, &inner));
    return condition_new(reader, CONDITION_NOT, inner, out);
}

static enum err
condition_chain(struct condition_reader *reader, bool is_or, struct condition **out)
{
    struct condition *left = NULL, *node = NULL;

    TRY(is_or ? condition_chain(reader, false, &left) : condition_not(reader, &left));
    while (condition_take(reader, is_or ? STR("or") : STR("and"))) {
        TRY(condition_new(reader, is_or ? CONDITION_OR : CONDITION_AND, left, &node));
        TRY(is_or ? condition_chain(reader, false, &node->right) : condition_not(reader, &node->right));
        left = node;
    }
    *out = left;
    return ERR_NONE;
}

static enum err
condition_or(struct condition_reader *reader, struct condition **out)
{
    return condition_chain(reader, true, out);
}

enum err
condition_parse(struct arena *arena, const struct bot *bot, str text, struct condition **out, const char **what)
{
    struct condition_reader reader = {arena, bot, text, "", 0};
    struct condition *root = NULL;
    enum err err = condition_or(&reader, &root);

    if (err == ERR_NONE && str_trim(reader.rest).len > 0)
        err = condition_refuse(&reader, "the condition goes on after its end; join tests with \"and\" or \"or\"");
    if (err != ERR_NONE) {
        *what = reader.what;
        return err;
    }
    *out = root;
    return ERR_NONE;
}

static bool
condition_number(str text, double *out)
{
    char digits[32], *end = NULL;

    if (text.len == 0 || text.len >= sizeof digits)
        return false;
    memcpy(digits, text.at, text.len);
    digits[text.len] = 0;
    *out = strtod(digits, &end);
    return *end == 0;
}

static bool
condition_compare(const struct condition *condition, str have)
{
    double left = 0, right = 0;
    int order;

    if (condition_number(have, &left) && condition_number(condition->value, &right))
        order = left < right ? -1 : left > right;
    else
        order = str_is_nocase(have, condition->value) ? 0 : 2;
    switch (condition->sign[0]) {
    case '=':
        return order == 0;
    case '!':
        return order != 0;
    case '<':
        return order == -1 || (condition->sign[1] && order == 0);
    default:
        return order == 1 || (condition->sign[1] && order == 0);
    }
}

bool
condition_is_true(const struct condition *condition, const struct bot *bot, const struct dialogue *dialogue)
{
    switch (condition->kind) {
    case CONDITION_OR:
        return condition_is_true(condition->left, bot, dialogue) || condition_is_true(condition->right, bot, dialogue);
    case CONDITION_AND:
        return condition_is_true(condition->left, bot, dialogue) && condition_is_true(condition->right, bot, dialogue);
    case CONDITION_NOT:
        return !condition_is_true(condition->left, bot, dialogue);
    case CONDITION_SLOT:
    case CONDITION_COMPARE:
        break;
    }
    str value = dialogue_value(bot, dialogue, condition->name);
    if (condition->kind == CONDITION_COMPARE)
        return condition_compare(condition, value);
    return value.len > 0 && !str_is(value, STR("false"));
}
