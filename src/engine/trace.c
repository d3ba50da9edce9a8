/* A turn in the open. What a word is worth is found by leaving it out: that is true of any model, and needs to know none. */
#include "engine/trace.h"

#include "engine/bot_private.h"
#include "engine/words.h"

#define TRACE_WORDS_MAX ((size_t)24)

/* The ratio of an intent for a text; 0 when it is none of the guesses. */
static enum err
trace_ratio(const struct bot *bot, struct arena *arena, const struct words *words, size_t intent, float *out)
{
    struct nlu_result result;

    TRY(nlu_find(bot->nlu, arena, words, &result));
    *out = 0;
    for (size_t i = 0; i < result.guess_count; i++)
        if (result.intent[i] == intent)
            *out = result.ratio[i];
    return ERR_NONE;
}

/* The folded text without word i. */
static enum err
trace_without(const struct bot *bot, struct arena *arena, const struct grasp *grasp, size_t i, struct words *out)
{
    str word = grasp->words->word[i], all = grasp->words->folded, text;
    size_t at = (size_t)(word.at - all.at);

    TRY(arena_take_text(arena, &text, "%.*s %.*s", STR_ARG(str_slice(all, 0, at)), STR_ARG(str_slice(all, at + word.len, all.len))));
    return words_take(arena, text, bot->languages[grasp->language], out);
}

static enum err
trace_words(const struct bot *bot, const struct grasp *grasp, struct buf *out)
{
    ARENA_SCOPE(arena);
    float whole = 0, part = 0;
    struct words less;

    TRY(buf_add_text(out, "  language  %.*s\n", STR_ARG(bot->languages[grasp->language])));
    if (grasp->is_payload)
        return buf_add_text(out, "  button    %.*s\n", STR_ARG(grasp->intent));
    TRY(arena_make(ENGINE_ARENA_BYTES, &arena));
    TRY(trace_ratio(bot, arena, grasp->words, grasp->class, &whole));
    TRY(buf_add_text(out, "  words    "));
    for (size_t i = 0; i < grasp->words->count && i < TRACE_WORDS_MAX; i++) {
        arena_reset(arena);
        TRY(trace_without(bot, arena, grasp, i, &less));
        part = 0;
        if (less.count > 0)
            TRY(trace_ratio(bot, arena, &less, grasp->class, &part));
        TRY(buf_add_text(out, " %.*s%+.2f", STR_ARG(grasp->words->word[i]), (double)(whole - part)));
    }
    return buf_add_text(out, grasp->words->count > TRACE_WORDS_MAX ? " …\n" : "\n");
}

static enum err
trace_grasp(const struct bot *bot, const struct grasp *grasp, struct buf *out)
{
    if (grasp->is_bot_question || grasp->is_person)
        TRY(buf_add_text(out, "  phrase    %s\n", grasp->is_bot_question ? "are you a machine?" : "a person is wanted"));
    if (!grasp->is_payload) {
        TRY(buf_add_text(out, "  intents  "));
        for (size_t i = 0; i < grasp->guess_count; i++)
            TRY(buf_add_text(out, " %.*s %.2f", STR_ARG(bot->intents[grasp->guesses[i]].name), (double)grasp->guess_ratio[i]));
        TRY(buf_add_text(out, grasp->is_known ? ", in scope\n" : ", out of scope\n"));
    }
    for (size_t i = 0; i < grasp->entity_count; i++)
        TRY(buf_add_text(out, "%s %.*s=%.*s%s", i == 0 ? "  entities " : "", STR_ARG(grasp->entities[i].entity), STR_ARG(grasp->entities[i].value),
                         i + 1 == grasp->entity_count ? "\n" : ""));
    for (size_t i = 0; i < grasp->knowledge->count && i < 3; i++)
        TRY(buf_add_text(out, "%s %.*s %.2f%s", i == 0 ? "  passages " : " |", STR_ARG(bot->sections[grasp->knowledge->section[i]].title),
                         (double)grasp->knowledge->ratio[i], i + 1 == grasp->knowledge->count || i == 2 ? grasp->knowledge->is_answer ? ", an answer\n" : ", no answer\n" : ""));
    if (grasp->ask->is_ask)
        TRY(buf_add_text(out, "  products  asked for%s, %zu found by words\n", grasp->ask->is_strong ? " by name or kind" : "", grasp->ask->hit_count));
    return ERR_NONE;
}

static enum err
trace_steps(const struct bot *bot, const struct decision *decision, struct buf *out)
{
    for (size_t i = 0; i < decision->step_count; i++) {
        const struct decision_step *at = &decision->steps[i];
        const struct bot_flow *flow = &bot->flows[at->flow];
        const struct bot_step *step = &flow->steps[at->step];
        const char *key = flow_key(step->kind);
        TRY(buf_add_text(out, "  flow      %.*s step %u%s%.*s (%s, bot.yaml:%u): %s\n", STR_ARG(flow->id), (unsigned)at->step + 1, step->id.len > 0 ? " " : "",
                         STR_ARG(step->id), key ? key : "goes on", step->line, flow_event_name((enum flow_event)at->event)));
    }
    return ERR_NONE;
}

enum err
trace_write(const struct bot *bot, const struct trace_turn *turn, struct buf *out)
{
    static const char *const kinds[] = {"response", "passage", "next passage", "did you mean", "offer", "products"};
    const struct decision *decision = turn->decision;
    const struct dialogue *dialogue = turn->dialogue;

    TRY(trace_words(bot, turn->grasp, out));
    TRY(trace_grasp(bot, turn->grasp, out));
    TRY(buf_add_text(out, "  decision  %.*s%s:", STR_ARG(decision->intent), decision->is_answered ? "" : ", no answer"));
    for (size_t i = 0; i < decision->say_count; i++) {
        const struct say *say = &decision->says[i];
        bool named = say->response < bot->response_count;
        TRY(buf_add_text(out, "%s %s%s%.*s", i > 0 ? "," : "", kinds[say->kind], named ? " " : "", STR_ARG(named ? bot->responses[say->response].name : STR(""))));
    }
    TRY(buf_add_text(out, "\n"));
    TRY(trace_steps(bot, decision, out));
    for (size_t i = 0; i < dialogue->depth; i++)
        TRY(buf_add_text(out, "  waiting   %.*s, step %zu%s\n", STR_ARG(bot->flows[dialogue->frames[i].flow].id), dialogue->frames[i].step + 1,
                         i + 1 < dialogue->depth ? dialogue->frames[i + 1].is_called ? ", for the flow that it called" : ", interrupted" : ""));
    for (size_t i = 0; i < bot->slot_count; i++)
        if (dialogue->slots[i].len > 0 && !dialogue->is_done[i])
            TRY(buf_add_text(out, "  slot      %.*s = %.*s\n", STR_ARG(bot->slots[i].name), STR_ARG(str_slice(dialogue->slots[i], 0, 200))));
    return ERR_NONE;
}
