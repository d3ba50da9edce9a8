/* Understands one text: words, language, small talk, entities, intent, and what knowledge and products would answer. */
#include "engine/bot_private.h"

#include <string.h>

#define GRASP_SURE 0.0f  /* a margin from which the model says yes */
#define GRASP_LIKELY -0.35f

static void
grasp_json_blank(str *rest)
{
    *rest = str_trim(*rest);
}

/* A string without escapes: payloads are written by the author. */
static bool
grasp_json_string(str *rest, str *out)
{
    grasp_json_blank(rest);
    if (rest->len < 2 || rest->at[0] != '"')
        return false;
    str body = str_slice(*rest, 1, rest->len);
    size_t end = str_find(body, STR("\""));
    if (end == SIZE_MAX || str_find(str_slice(body, 0, end), STR("\\")) != SIZE_MAX)
        return false;
    *out = str_slice(body, 0, end);
    *rest = str_slice(body, end + 1, body.len);
    return true;
}

static void
grasp_payload_slots(str rest, struct grasp *out)
{
    str name, value;

    rest = str_slice(rest, 1, rest.len);
    while (grasp_json_string(&rest, &name)) {
        grasp_json_blank(&rest);
        if (rest.len == 0 || rest.at[0] != ':')
            return;
        rest = str_trim(str_slice(rest, 1, rest.len));
        if (!grasp_json_string(&rest, &value)) {
            size_t len = 0;
            while (len < rest.len && rest.at[len] != ',' && rest.at[len] != '}')
                len++;
            value = str_trim(str_slice(rest, 0, len));
            rest = str_slice(rest, len, rest.len);
        }
        if (out->entity_count < GRASP_ENTITIES_MAX && value.len <= 400)
            out->entities[out->entity_count++] = (struct grasp_entity){name, value, 0, 0};
        grasp_json_blank(&rest);
        if (rest.len == 0 || rest.at[0] != ',')
            return;
        rest = str_slice(rest, 1, rest.len);
    }
}

/* Is it a payload that this bot knows? */
static bool
grasp_payload(const struct bot *bot, str payload, struct grasp *out)
{
    size_t end = 1;

    if (payload.len < 2 || payload.at[0] != '/' || !str_is_utf8(payload))
        return false;
    while (end < payload.len && payload.at[end] != '{')
        end++;
    str intent = str_trim(str_slice(payload, 1, end - 1));
    size_t class = bot_find_intent(bot, intent);
    bool is_own = str_is(intent, STR("knowledge")) || str_is(intent, STR("person")) || str_is(intent, STR("bot"));
    if (class == BOT_NONE && !is_own)
        return false;
    out->is_payload = out->is_known = true;
    out->intent = intent;
    out->class = class;
    out->score_ratio = 1;
    out->is_person = str_is(intent, STR("person"));
    out->is_bot_question = str_is(intent, STR("bot"));
    if (end < payload.len)
        grasp_payload_slots(str_slice(payload, end, payload.len), out);
    return true;
}

static enum err
grasp_intent(const struct bot *bot, struct arena *arena, struct grasp *out)
{
    struct nlu_result result;

    TRY(nlu_find(bot->nlu, arena, out->words, &result));
    float gap = result.score - result.second_score;
    out->class = result.intent;
    out->intent = bot->intents[result.intent].name;
    out->runner_up = bot->intents[result.second].name;
    out->score_ratio = result.score < -1 ? 0 : result.score > 1 ? 1 : (result.score + 1) / 2;
    out->runner_up_ratio = result.second_score < -1 ? 0 : result.second_score > 1 ? 1 : (result.second_score + 1) / 2;
    out->is_known = result.known_ratio >= 0.34f &&
                    (result.score > GRASP_SURE || (result.score > GRASP_LIKELY && gap > 0.2f && result.known_ratio >= 0.6f));
    if (!out->is_known && out->score_ratio >= 0.10f)
        out->score_ratio = 0.09f;
    return ERR_NONE;
}

static enum err
grasp_knowledge(const struct bot *bot, struct arena *arena, struct grasp *out)
{
    struct kb_hit hits[KB_HITS_MAX];
    size_t count = 0;
    void *piece = NULL;

    TRY(arena_take(arena, 1, sizeof(struct kb_hits), &piece));
    struct kb_hits *found = piece;
    out->knowledge = found;
    if (!bot->knowledge)
        return ERR_NONE;
    TRY(kb_find(bot->knowledge, arena, out->words, bot->languages[out->language], hits, &count));
    if (count == 0)
        TRY(kb_find(bot->knowledge, arena, out->words, (str){"", 0}, hits, &count));
    for (size_t i = 0; i < count; i++) {
        size_t section = bot->document_section[hits[i].document], k = 0;
        while (k < found->count && found->section[k] != section)
            k++;
        if (k < found->count)
            continue;
        found->section[found->count] = section;
        found->ratio[found->count++] = hits[i].ratio;
    }
    return ERR_NONE;
}

/* A pressed suggestion names its section. */
static void
grasp_section(const struct bot *bot, struct grasp *out)
{
    struct kb_hits *found = NULL;

    memcpy(&found, &out->knowledge, sizeof found);
    for (size_t i = 0; i < bot->section_count && out->entity_count > 0; i++) {
        str title = bot->sections[i].title.len > 0 ? bot->sections[i].title : bot->sections[i].article;
        if (str_is(title, out->entities[0].value) && bot->sections[i].language == out->language) {
            *found = (struct kb_hits){.section = {i}, .ratio = {1}, .count = 1};
            return;
        }
    }
}

enum err
grasp_run(const struct bot *bot, struct arena *arena, const struct grasp_input *input, const struct dialogue *dialogue,
          struct grasp *out)
{
    str text = input->text, payload = input->payload;
    struct grasp grasp = {.text = text, .intent = STR("unknown"), .runner_up = STR("unknown"), .class = BOT_NONE};
    void *words = NULL, *ask = NULL;

    (void)dialogue;
    if (!str_is_utf8(text))
        return err_raise(ERR_INPUT, "grasp: not UTF-8");
    TRY(arena_take(arena, 1, sizeof(struct words), &words));
    TRY(arena_take(arena, 1, sizeof(struct catalog_ask), &ask));
    grasp.words = words;
    grasp.ask = ask;
    grasp.language = bot_language_find(bot, input->language);
    TRY(words_take(arena, text, bot->languages[grasp.language], words));
    size_t shown = smalltalk_language(bot, words);
    if (shown != BOT_NONE && shown != grasp.language) {
        grasp.language = shown;
        TRY(words_take(arena, text, bot->languages[shown], words));
    }
    if (!grasp_payload(bot, payload, &grasp)) {
        grasp.is_bot_question = smalltalk_is_bot_question(words);
        grasp.is_person = !grasp.is_bot_question && smalltalk_is_person(words);
        entity_find(bot, words, text, &grasp);
        TRY(grasp_intent(bot, arena, &grasp));
    }
    TRY(grasp_knowledge(bot, arena, &grasp));
    if (grasp.is_payload && str_is(grasp.intent, STR("knowledge")))
        grasp_section(bot, &grasp);
    TRY(catalog_read(bot, arena, &grasp, ask));
    if (grasp.is_bot_question || grasp.is_person)
        grasp.intent = grasp.is_person ? STR("person") : STR("bot");
    *out = grasp;
    return ERR_NONE;
}
