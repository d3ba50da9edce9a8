/* What does the person want? Every recogniser looks once; decide.c says which of them wins. It never changes the dialogue. */
#include "engine/bot_private.h"

#include "base/clock.h"

#include <string.h>

/* A quick reply's payload: /intent or /intent{"slot":"value",…}, as its author wrote it in bot.yaml. */
static void
grasp_payload(const struct bot *bot, str payload, struct grasp *out)
{
    str name = str_slice(payload, 1, payload.len), rest;
    size_t brace = str_find(name, STR("{"));

    rest = brace == SIZE_MAX ? (str){"", 0} : str_slice(name, brace + 1, name.len);
    name = brace == SIZE_MAX ? name : str_slice(name, 0, brace);
    size_t intent = bot_find_intent(bot, name);
    out->is_person = str_is(name, STR("person"));
    out->is_bot_question = str_is(name, STR("bot"));
    out->is_payload = intent != BOT_NONE || out->is_person || out->is_bot_question;
    if (intent != BOT_NONE) {
        out->class = intent;
        out->intent = bot->intents[intent].name;
        out->is_known = true;
    }
    /* A button of agreement is a yes, whatever stands on it. */
    if (str_is(name, STR("affirm")) || str_is(name, STR("deny")))
        out->talk = str_is(name, STR("affirm")) ? SMALLTALK_YES : SMALLTALK_NO;
    /* "slot":"value" pairs; anything else in the braces is not looked at. */
    for (str part; out->is_payload && str_split(&rest, ',', &part) && out->entity_count < GRASP_ENTITIES_MAX;) {
        str quoted, key, value;
        str_split(&part, '"', &quoted);
        if (!part.at || !str_split(&part, '"', &key) || !part.at || !str_split(&part, '"', &quoted) || !part.at ||
            !str_split(&part, '"', &value))
            continue;
        out->entities[out->entity_count++] = (struct grasp_entity){key, value, 0, 0};
    }
}

static enum err
grasp_knowledge(const struct bot *bot, struct arena *arena, struct grasp *out)
{
    struct kb_hit hits[KB_HITS_MAX];
    size_t count = 0;
    void *piece = NULL;

    TRY(arena_take(arena, 1, sizeof(struct kb_hits), &piece));
    struct kb_hits *found = piece;
    TRY(kb_find(bot->knowledge, arena, out->words, bot->languages[out->language], hits, &count));
    for (size_t i = 0; i < count; i++) {
        found->section[i] = hits[i].document;
        found->ratio[i] = hits[i].ratio;
    }
    found->count = count;
    float next = 0;
    for (size_t i = 1; i < count && next == 0; i++)
        next = str_is(bot->sections[found->section[i]].article, bot->sections[found->section[0]].article) ? 0 : found->ratio[i];
    found->is_answer = count > 0 && kb_is_answer(found->ratio[0], next);
    out->knowledge = found;
    return ERR_NONE;
}

static enum err
grasp_intent(const struct bot *bot, struct arena *arena, struct grasp *out)
{
    struct nlu_result result;

    TRY(nlu_find(bot->nlu, arena, out->words, &result));
    out->class = result.intent[0];
    out->intent = bot->intents[result.intent[0]].name;
    out->runner_up = result.guess_count > 1 ? bot->intents[result.intent[1]].name : STR("");
    out->score_ratio = result.ratio[0];
    out->runner_up_ratio = result.ratio[1];
    out->is_known = result.is_known;
    out->guess_count = result.guess_count;
    for (size_t i = 0; i < result.guess_count; i++) {
        out->guesses[i] = result.intent[i];
        out->guess_ratio[i] = result.ratio[i];
    }
    return ERR_NONE;
}

enum err
grasp_run(const struct bot *bot, struct arena *arena, const struct grasp_input *input, const struct dialogue *dialogue,
          struct grasp *out)
{
    str text = input->text, payload = input->payload;
    struct grasp grasp = {.text = text, .intent = STR("unknown"), .runner_up = STR(""), .now_ms = input->now_ms ? input->now_ms : clock_unix_ms()};
    void *piece = NULL;

    if (!str_is_utf8(text))
        return err_raise(ERR_INPUT, "grasp: not UTF-8");
    TRY(arena_take(arena, 1, sizeof(struct words), &piece));
    struct words *words = piece;
    /* "3" and a name are of no language: it goes on in that of the last reply. */
    grasp.language = dialogue->has_language ? dialogue->language : bot_language_find(bot, input->language);
    TRY(words_take(arena, text, bot->languages[grasp.language], words));
    size_t shown = language_find(bot->language, words, grasp.language);
    if (shown != LANGUAGE_UNSURE && shown != grasp.language) {
        grasp.language = shown;
        TRY(words_take(arena, text, bot->languages[shown], words));
    }
    grasp.words = words;
    grasp.talk = smalltalk_find(bot->smalltalk, words);
    if (payload.len > 1 && payload.at[0] == '/')
        grasp_payload(bot, payload, &grasp);
    if (!grasp.is_payload) {
        grasp.is_bot_question = (grasp.talk & SMALLTALK_BOT) && !(grasp.talk & SMALLTALK_THING);
        grasp.is_person = grasp.talk & SMALLTALK_PERSON;
        TRY(grasp_intent(bot, arena, &grasp));
        TRY(mention_find(bot, arena, input, &grasp));
    }
    TRY(grasp_knowledge(bot, arena, &grasp));
    TRY(arena_take(arena, 1, sizeof(struct catalog_ask), &piece));
    TRY(catalog_ask_read(bot, arena, &grasp, dialogue, piece));
    grasp.ask = piece;
    *out = grasp;
    return ERR_NONE;
}
