/* Corrections of earlier answers, while a question waits. A value that the question itself takes is its answer, unless the visitor says
 * that it is not. It looks for the words of a correction in the text as it was typed, so that what follows them can be the value. */
#include "engine/bot_private.h"

#include "engine/words.h"

#include <string.h>

#define CORRECT_SLOTS_MAX ((size_t)32)

/* "no, I meant …": what follows is the value. Folded words. */
static const char *const correct_cues[] = {
    /* en */ "i meant", "i mean", "i wanted to say", "should have been", "should be", "make it", "make that", "change it to", "change that to",
    "correction", "actually", "or rather", "rather", "instead",
    /* de */ "ich meinte", "ich meine", "ich wollte sagen", "gemeint war", "sollte heissen", "sollte heißen", "muss heißen", "korrektur", "doch lieber",
    "lieber doch", "besser gesagt", "vielmehr", "stattdessen", "eigentlich", "sondern",
    /* fr */ "je voulais dire", "je veux dire", "plutôt", "plutot", "en fait", "correction", "au lieu",
    /* es */ "quería decir", "queria decir", "quise decir", "mejor", "en realidad", "corrección", "correccion",
    /* it */ "volevo dire", "intendevo", "anzi", "piuttosto", "correzione", "in realtà", "in realta",
    /* nl */ "ik bedoelde", "ik bedoel", "ik wilde zeggen", "correctie", "eigenlijk", "liever", "toch maar",
    /* pt */ "queria dizer", "quis dizer", "aliás", "alias", "na verdade", "correção", "correcao", NULL};

/* With the name of a slot: this answer was wrong. */
static const char *const correct_changes[] = {"change", "wrong", "different", "another", "incorrect", "ändern", "falsch", "andere", "anderen", "anderes",
    "anderer", "stimmt nicht", "changer", "modifier", "autre", "faux", "fausse", "incorrecte", "cambiar", "otro", "otra", "cambiare", "altro", "altra",
    "sbagliato", "sbagliata", "wijzigen", "veranderen", "verkeerd", "fout", "andere", "mudar", "alterar", "outro", "outra", "errado", "errada", NULL};

struct correct {
    struct arena *arena;
    const struct grasp *grasp;
    struct dialogue *dialogue;
    const struct bot_step *pending;
    bool is_cued;  /* "I meant" */
    bool is_named; /* "change the", "no" */
    size_t frame[CORRECT_SLOTS_MAX], step[CORRECT_SLOTS_MAX], slot[CORRECT_SLOTS_MAX]; /* answers that can change, the latest first */
    size_t count;
};

static bool
correct_has(const struct words *words, const char *const *phrases)
{
    for (; *phrases; phrases++)
        if (words_has(words, str_from(*phrases)))
            return true;
    return false;
}

bool
flow_correct_is_said(const struct words *words)
{
    return correct_has(words, correct_cues);
}

/* One answer, when it was given and is not what is asked for now. */
static void
correct_add(struct correct *correct, size_t frame, size_t step, size_t slot)
{
    if (correct->dialogue->slots[slot].len == 0 || (correct->pending->kind == STEP_COLLECT && correct->pending->what == slot))
        return;
    for (size_t i = 0; i < correct->count; i++)
        if (correct->slot[i] == slot)
            return;
    if (correct->count == CORRECT_SLOTS_MAX)
        return;
    correct->frame[correct->count] = frame;
    correct->step[correct->count] = step;
    correct->slot[correct->count++] = slot;
}

/* What a called flow has collected, the last first: it is asked again by calling it again. */
static void
correct_called(struct correct *correct, size_t frame, size_t call, size_t flow)
{
    const struct bot_flow *called = &correct->dialogue->bot->flows[flow];

    for (size_t i = called->step_count; i-- > 0;) {
        if (called->steps[i].kind == STEP_COLLECT)
            correct_add(correct, frame, call, called->steps[i].what);
        if (called->steps[i].kind == STEP_CALL)
            correct_called(correct, frame, call, called->steps[i].what);
    }
}

/* What the flow under way and its callers have collected; not what an interrupted one has. */
static void
correct_list(struct correct *correct)
{
    const struct dialogue *dialogue = correct->dialogue;

    for (size_t f = dialogue->depth; f-- > 0;) {
        const struct flow_frame *frame = &dialogue->frames[f];
        const struct bot_flow *flow = &dialogue->bot->flows[frame->flow];
        /* From the question back, then from the end: that is the order in which they were likely given. */
        for (size_t i = 0; i < flow->step_count; i++) {
            size_t at = (frame->step + flow->step_count - i) % flow->step_count;
            if (flow->steps[at].kind == STEP_COLLECT)
                correct_add(correct, f, at, flow->steps[at].what);
            /* A call that waits lies in a frame of its own. */
            if (flow->steps[at].kind == STEP_CALL && !(at == frame->step && f + 1 < dialogue->depth))
                correct_called(correct, f, at, flow->steps[at].what);
        }
        if (!frame->is_called)
            return;
    }
}

/* The slot that the text names by its label; BOT_NONE when it names none. */
static size_t
correct_named(const struct correct *correct)
{
    for (size_t i = 0; i < correct->count; i++) {
        const struct bot_text *label = &correct->dialogue->bot->slots[correct->slot[i]].label;
        str folded;
        if (bot_text_get(label, correct->grasp->language).len > 0 &&
            words_fold(correct->arena, bot_text_get(label, correct->grasp->language), &folded) == ERR_NONE && words_has(correct->grasp->words, str_trim(folded)))
            return i;
    }
    return BOT_NONE;
}

/* May a new value come without words of correction? Only where it cannot be part of the answer. */
static bool
correct_is_plain(const struct correct *correct, size_t i, str value)
{
    const struct bot *bot = correct->dialogue->bot;
    const struct bot_slot_kind *kind = &bot->slots[correct->slot[i]];
    bool is_confirm = correct->pending->kind == STEP_CONFIRM;

    if (correct->is_cued || (correct->is_named && is_confirm))
        return true;
    if (kind->type != SLOT_ENTITY)
        return false;
    if (is_confirm || bot->slots[correct->pending->what].type != SLOT_TEXT)
        return true;
    return value.len * 2 > correct->grasp->text.len;
}

/* Mentions of another value of an earlier answer. The question's own values are answers, but after "I meant". */
static bool
correct_mention(const struct correct *correct, size_t named, size_t *which, str *value)
{
    const struct dialogue *dialogue = correct->dialogue;
    str own = {"", 0};
    bool is_asked = correct->pending->kind == STEP_COLLECT && dialogue->bot->slots[correct->pending->what].type != SLOT_TEXT &&
                    flow_fill_value(dialogue, correct->pending->what, correct->grasp, &own);

    for (size_t i = 0; i < correct->count; i++) {
        enum slot_type type = dialogue->bot->slots[correct->slot[i]].type;
        if ((named != BOT_NONE && i != named) || type == SLOT_TEXT || type == SLOT_BOOL ||
            !flow_fill_value(dialogue, correct->slot[i], correct->grasp, value) || str_is(*value, dialogue->slots[correct->slot[i]]))
            continue;
        if ((is_asked && str_is(own, *value) && !correct->is_cued) || !correct_is_plain(correct, i, *value))
            continue;
        *which = i;
        return true;
    }
    return false;
}

/* What stands behind the words of correction, as it was typed. */
static str
correct_rest(const struct correct *correct)
{
    str text = correct->grasp->text, rest = {"", 0};

    for (const char *const *cue = correct_cues; *cue; cue++)
        for (size_t at = 0; at + strlen(*cue) < text.len; at++) {
            char before = at > 0 ? text.at[at - 1] : ' ', after = text.at[at + strlen(*cue)];
            if (strchr(" ,.;:!-", before) && strchr(" ,.;:!-", after) && str_is_nocase(str_slice(text, at, strlen(*cue)), str_from(*cue)))
                rest = str_slice(text, at + strlen(*cue), text.len);
        }
    while (rest.len > 0 && strchr(" ,.;:!-", rest.at[0]))
        rest = str_slice(rest, 1, rest.len);
    while (rest.len > 0 && strchr(" ,.;:!", rest.at[rest.len - 1]))
        rest = str_slice(rest, 0, rest.len - 1);
    return rest;
}

/* Free text has no mentions: the latest text answer gets what stands behind "I meant". */
static bool
correct_text(const struct correct *correct, size_t named, size_t *which, str *value)
{
    str rest = correct->is_cued ? correct_rest(correct) : (str){"", 0};
    size_t i = named != BOT_NONE ? named : 0;

    if (rest.len == 0 || correct->count == 0)
        return false;
    const struct bot_slot_kind *kind = &correct->dialogue->bot->slots[correct->slot[i]];
    double length = (double)str_utf8_count(rest);
    if (kind->type != SLOT_TEXT || (kind->has_min && length < kind->min) || (kind->has_max && length > kind->max))
        return false;
    *which = i;
    *value = rest;
    return true;
}

static void
correct_go(const struct correct *correct, size_t which, struct decision *out)
{
    struct dialogue *dialogue = correct->dialogue;
    size_t frame = correct->frame[which], step = correct->step[which];

    dialogue->depth = frame + 1;
    if (step < dialogue->frames[frame].step)
        dialogue->frames[frame].step = step;
    dialogue->wrong = dialogue->aside = 0;
    flow_note(out, &(struct flow_frame){dialogue->frames[frame].flow, step, false}, FLOW_CORRECTED);
    if (dialogue->slots[correct->slot[which]].len > 0)
        flow_say(out, SAY_RESPONSE, dialogue->bot->known[KNOWN_CORRECTED]);
    flow_go(dialogue, out);
}

enum err
flow_correct_run(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out, bool *done)
{
    struct correct correct = {.arena = arena, .grasp = grasp, .dialogue = dialogue, .pending = flow_pending(dialogue)};
    size_t which = BOT_NONE;
    str value = {"", 0};

    *done = false;
    correct_list(&correct);
    if (correct.count == 0)
        return ERR_NONE;
    correct.is_cued = flow_correct_is_said(grasp->words);
    correct.is_named = correct_has(grasp->words, correct_changes) || (grasp->talk & SMALLTALK_NO);
    size_t named = correct_named(&correct);
    bool is_cleared = false;
    if (!correct_mention(&correct, named, &which, &value) && !correct_text(&correct, named, &which, &value)) {
        is_cleared = named != BOT_NONE && (correct.is_cued || correct.is_named) && grasp->words->count <= 8;
        which = named;
    }
    if (which == BOT_NONE || (value.len == 0 && !is_cleared))
        return ERR_NONE;
    if (is_cleared)
        value = (str){"", 0};
    TRY(arena_take_str(arena, value, &dialogue->slots[correct.slot[which]]));
    dialogue->is_done[correct.slot[which]] = false;
    correct_go(&correct, which, out);
    *done = true;
    return ERR_NONE;
}
