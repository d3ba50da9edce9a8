/* Training data: intents and their examples, synonyms, regular expressions, lookup tables. Marks in examples give entities their values. */
#include "cli/rasa_private.h"

#include <string.h>

/* The value of "key": "value" in the braces behind a marked word. */
static str
rasa_nlu_member(str braces, const char *key)
{
    str rest = braces, piece;

    while (str_split(&rest, '"', &piece)) {
        str name, colon, value;
        if (!rest.at || !str_split(&rest, '"', &name) || !rest.at)
            break;
        if (!str_split(&rest, '"', &colon) || !rest.at)
            break;
        if (!str_is(str_trim(colon), STR(":")))
            continue;
        if (!str_split(&rest, '"', &value))
            break;
        if (str_is(name, str_from(key)))
            return value;
    }
    return (str){"", 0};
}

bool
rasa_nlu_mark(str *rest, struct rasa_mark *out)
{
    for (size_t from = 0; from < rest->len; from++) {
        str tail = str_slice(*rest, from, rest->len);
        size_t close = tail.at[0] == '[' ? str_find(tail, STR("]")) : SIZE_MAX;
        if (close == SIZE_MAX || close + 1 >= tail.len || (tail.at[close + 1] != '(' && tail.at[close + 1] != '{'))
            continue;
        bool is_braces = tail.at[close + 1] == '{';
        str mark = str_slice(tail, close + 1, tail.len);
        size_t end = str_find(mark, is_braces ? STR("}") : STR(")"));
        if (end == SIZE_MAX)
            continue;
        mark = str_slice(mark, 0, end + 1);
        *out = (struct rasa_mark){.before = str_slice(*rest, 0, from), .word = str_slice(tail, 1, close - 1)};
        if (is_braces) {
            out->entity = rasa_nlu_member(mark, "entity");
            out->value = rasa_nlu_member(mark, "value");
            out->role = rasa_nlu_member(mark, "role");
            out->group = rasa_nlu_member(mark, "group");
        } else {
            str inner = str_slice(mark, 1, mark.len - 2);
            (void)str_split(&inner, ':', &out->entity); /* [London](city:Greater London), as older Rasa wrote it */
            out->value = inner.at ? inner : (str){"", 0};
        }
        out->value = out->value.len > 0 ? out->value : out->word;
        *rest = str_slice(tail, close + 1 + mark.len, tail.len);
        return true;
    }
    return false;
}

enum err
rasa_nlu_plain(struct rasa *rasa, str line, str *out)
{
    BUF_SCOPE(text, RASA_BYTES_MAX);
    struct rasa_mark mark;

    while (rasa_nlu_mark(&line, &mark)) {
        TRY(buf_add_str(&text, mark.before));
        TRY(buf_add_str(&text, mark.word));
    }
    TRY(buf_add_str(&text, line));
    return arena_take_str(rasa->arena, buf_str(&text), out);
}

static enum err
rasa_nlu_example(struct rasa *rasa, void *context, str line, struct rasa_place place)
{
    struct rasa_intent *intent = context;
    struct rasa_mark mark;
    str rest = line;

    RASA_ADD(rasa, struct rasa_example, example, intent, examples);
    example->text = line;
    example->place = place;
    intent->example_count++;
    while (rasa_nlu_mark(&rest, &mark)) {
        struct rasa_entity *entity = NULL;
        if (mark.entity.len == 0)
            continue;
        TRY(rasa_entity_add(rasa, mark.entity, place, &entity));
        TRY(rasa_word_add(rasa, entity, mark.value, mark.word));
        if (mark.role.len > 0 || mark.group.len > 0)
            TRY(rasa_note(rasa, RASA_LOST, place, "the %s \"%.*s\" of the entity \"%.*s\"; the entity itself is kept", mark.role.len > 0 ? "role" : "group",
                          STR_ARG(mark.role.len > 0 ? mark.role : mark.group), STR_ARG(mark.entity)));
    }
    return ERR_NONE;
}

static enum err
rasa_nlu_synonym_line(struct rasa *rasa, void *context, str line, struct rasa_place place)
{
    struct rasa_synonym *synonym = context;
    (void)place;

    RASA_ADD(rasa, struct rasa_word, word, synonym, words);
    word->value = synonym->value;
    word->word = line;
    return ERR_NONE;
}

static enum err
rasa_nlu_lookup_line(struct rasa *rasa, void *context, str line, struct rasa_place place)
{
    (void)place;
    return rasa_word_add(rasa, context, line, line);
}

/* Python's expressions, written as POSIX has them: \d, \w, \s, groups. What POSIX has no word for is noted. */
static enum err
rasa_nlu_translate(str pattern, struct buf *out, const char **what)
{
    static const struct {
        const char *from, *to;
    } pairs[] = {{"\\d", "[0-9]"}, {"\\w", "[A-Za-z0-9_]"}, {"\\s", "[[:space:]]"}, {"\\b", ""}, {"(?:", "("}, {"(?i)", ""}, {"^", ""}, {"$", ""}};
    bool in_set = false;

    for (size_t i = 0; i < pattern.len;) {
        str rest = str_slice(pattern, i, pattern.len);
        size_t k = 0;
        while (k < 8 && (!str_has_prefix(rest, str_from(pairs[k].from)) || (in_set && k >= 3)))
            k++;
        if (k < 8) {
            str to = str_from(pairs[k].to);
            TRY(buf_add_str(out, in_set ? str_slice(to, 1, to.len - 2) : to));
            i += strlen(pairs[k].from);
            continue;
        }
        if (str_has_prefix(rest, STR("(?")) || (rest.at[0] == '\\' && (rest.len < 2 || !strchr(".+*?()[]{}|\\/-^$\"'", rest.at[1]) || !rest.at[1])) ||
            (strchr("*+?}", rest.at[0]) && rest.len > 1 && rest.at[1] == '?' && !in_set)) {
            *what = "has a part that Privet's expressions do not have (only sets, groups, |, ?, *, +, {n,m}, \\d, \\w, \\s)";
            return err_raise(ERR_INPUT, "rasa: an expression");
        }
        in_set = rest.at[0] == '[' ? true : (rest.at[0] == ']' ? false : in_set);
        size_t len = rest.at[0] == '\\' ? 2 : 1;
        TRY(len == 2 && (rest.at[1] == '/' || rest.at[1] == '-' || strchr("\"'", rest.at[1])) ? buf_add_u8(out, (unsigned char)rest.at[1])
                                                                                              : buf_add_str(out, str_slice(rest, 0, len)));
        i += len;
    }
    return ERR_NONE;
}

static enum err
rasa_nlu_regex_line(struct rasa *rasa, void *context, str line, struct rasa_place place)
{
    struct rasa_entity *entity = context;
    const char *what = "";
    BUF_SCOPE(pattern, 65536);

    if (entity->regex.len > 0) {
        TRY(buf_add_str(&pattern, entity->regex));
        TRY(buf_add_u8(&pattern, '|'));
    }
    enum err err = rasa_nlu_translate(line, &pattern, &what);
    if (err == ERR_INPUT)
        return rasa_note(rasa, RASA_LOST, place, "the expression %.*s %s", STR_ARG(str_slice(line, 0, 80)), what);
    TRY(err);
    return arena_take_str(rasa->arena, buf_str(&pattern), &entity->regex);
}

static enum err
rasa_nlu_item(struct rasa *rasa, struct rasa_at item)
{
    struct rasa_at examples = rasa_yaml_get(item, "examples"), intent_at = rasa_yaml_get(item, "intent"), synonym_at = rasa_yaml_get(item, "synonym");
    struct rasa_at regex_at = rasa_yaml_get(item, "regex"), lookup_at = rasa_yaml_get(item, "lookup");
    struct rasa_intent *intent = NULL;
    struct rasa_entity *entity = NULL;

    if (rasa_yaml_text(intent_at).len > 0) {
        TRY(rasa_intent_add(rasa, rasa_yaml_text(intent_at), rasa_yaml_place(intent_at), &intent));
        return rasa_yaml_lines(rasa, examples, (struct rasa_reader){rasa_nlu_example, intent});
    }
    if (rasa_yaml_text(synonym_at).len > 0) {
        RASA_ADD(rasa, struct rasa_synonym, synonym, rasa, synonyms);
        synonym->value = rasa_yaml_text(synonym_at);
        synonym->place = rasa_yaml_place(synonym_at);
        return rasa_yaml_lines(rasa, examples, (struct rasa_reader){rasa_nlu_synonym_line, synonym});
    }
    if (rasa_yaml_text(lookup_at).len > 0) {
        TRY(rasa_entity_add(rasa, rasa_yaml_text(lookup_at), rasa_yaml_place(lookup_at), &entity));
        entity->has_closed_list = true;
        return rasa_yaml_lines(rasa, examples, (struct rasa_reader){rasa_nlu_lookup_line, entity});
    }
    if (rasa_yaml_text(regex_at).len > 0) {
        TRY(rasa_entity_add(rasa, rasa_yaml_text(regex_at), rasa_yaml_place(regex_at), &entity));
        return rasa_yaml_lines(rasa, examples, (struct rasa_reader){rasa_nlu_regex_line, entity});
    }
    return ERR_NONE; /* the sweep names it */
}

enum err
rasa_nlu_read(struct rasa *rasa, struct rasa_at top)
{
    struct rasa_at list = rasa_yaml_get(top, "nlu");

    for (size_t i = 0; rasa_yaml_is_list(list) && i < rasa_yaml_count(list); i++) {
        struct rasa_at item = rasa_yaml_item(list, i);
        if (rasa_yaml_is_map(item))
            TRY(rasa_nlu_item(rasa, item));
    }
    return ERR_NONE;
}
