/* What a text asks of the catalogue: words that name a thing, limits, an order, and whether it goes on from what was shown ("in red instead",
 * "cheaper"). It looks products up by text; whether they fit is for catalog_find.c. */
#include "engine/catalog_word.h"
#include "engine/lexicon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ASK_NAMED_RATIO 0.3f   /* a product that fits so well is the one that is named */
#define ASK_SOME_RATIO 0.15f
#define ASK_STRONG_RATIO 0.35f
#define ASK_SURE_RATIO 0.5f

struct ask_reader {
    const struct bot *bot;
    struct arena *arena;
    const struct grasp *grasp;
    const struct catalog_memory *memory;
    struct catalog_ask *out;
    str said;        /* folded words of phrases, then of limits and values: they name no thing */
    size_t cues_len; /* of the phrases */
};

static const struct grasp_entity *
ask_entity(const struct grasp *grasp, const char *name)
{
    for (size_t i = 0; i < grasp->entity_count; i++)
        if (str_is(grasp->entities[i].entity, str_from(name)))
            return &grasp->entities[i];
    return NULL;
}

static str
ask_value(const struct grasp *grasp, const char *name)
{
    const struct grasp_entity *entity = ask_entity(grasp, name);
    return entity ? entity->value : (str){"", 0};
}

static bool
ask_number(str text, double *out)
{
    char digits[32], *end = NULL;

    if (text.len == 0 || text.len >= sizeof digits)
        return false;
    memcpy(digits, text.at, text.len);
    digits[text.len] = 0;
    *out = strtod(digits, &end);
    return *end == 0 && isfinite(*out) && *out >= 0;
}

/* Amounts of money, else numbers that no unit follows. */
static size_t
ask_amounts(const struct grasp *grasp, bool is_money, double amounts[2])
{
    size_t count = 0;

    for (size_t i = 0; i < grasp->entity_count && count < 2; i++) {
        const struct grasp_entity *entity = &grasp->entities[i];
        str value = entity->value, currency;
        bool is_measure = false;
        if (is_money && str_is(entity->entity, STR("money")) && str_split(&value, ' ', &currency))
            count += ask_number(value, &amounts[count]);
        if (is_money || !str_is(entity->entity, STR("number")))
            continue;
        for (size_t k = 0; k < grasp->entity_count; k++)
            is_measure = is_measure || (str_is(grasp->entities[k].entity, STR("quantity")) && grasp->entities[k].from == entity->from);
        if (!is_measure)
            count += ask_number(value, &amounts[count]);
    }
    return count;
}

static void
ask_read_price(struct ask_reader *reader)
{
    const struct grasp *grasp = reader->grasp;
    struct catalog_filter *filter = &reader->out->filter;
    double amounts[2] = {0, 0};
    size_t count = ask_amounts(grasp, true, amounts);
    bool is_money = count > 0;

    if (!is_money)
        count = ask_amounts(grasp, false, amounts);
    if (count == 0)
        return;
    if (!is_money && catalog_word_has(grasp, CUE_STARS) && amounts[0] <= 5) {
        filter->rating_min = amounts[0];
        return;
    }
    if (count == 2 && amounts[0] <= amounts[1] && (is_money || catalog_word_has(grasp, CUE_BETWEEN))) {
        filter->price_min = amounts[0];
        filter->price_max = amounts[1];
    } else if (catalog_word_has(grasp, CUE_BELOW)) {
        filter->price_max = amounts[0];
    } else if (catalog_word_has(grasp, CUE_ABOVE)) {
        filter->price_min = amounts[0];
    } else if (is_money && catalog_word_has(grasp, CUE_ABOUT)) {
        filter->price_min = amounts[0] * 0.75;
        filter->price_max = amounts[0] * 1.25;
    }
}

static void
ask_read_filter(struct ask_reader *reader)
{
    const struct grasp *grasp = reader->grasp;
    struct catalog_filter *filter = &reader->out->filter;

    filter->price_max = INFINITY;
    ask_read_price(reader);
    filter->colour = ask_value(grasp, "colour");
    filter->category = ask_value(grasp, "category");
    filter->brand = ask_value(grasp, "brand");
    filter->size = ask_value(grasp, "size");
    filter->is_in_stock = catalog_word_has(grasp, CUE_STOCK);
    if (catalog_word_has(grasp, CUE_CHEAPEST))
        filter->order = CATALOG_CHEAPEST;
    else if (catalog_word_has(grasp, CUE_DEAREST))
        filter->order = CATALOG_DEAREST;
    else if (catalog_word_has(grasp, CUE_BEST))
        filter->order = CATALOG_BEST_RATED;
}

static bool
ask_is_limited(const struct catalog_filter *filter)
{
    return filter->price_min > 0 || isfinite(filter->price_max) || filter->rating_min > 0;
}

#define ASK_SAID_MAX ((size_t)2000)

/* The words of a stretch of the text, with single blanks between and around; what has no room is looked for as any word. */
static enum err
ask_say(struct ask_reader *reader, char *to, size_t from, size_t len)
{
    str folded;

    TRY(words_fold(reader->arena, str_slice(reader->grasp->text, from, len), &folded));
    if (reader->said.len + folded.len + 2 > ASK_SAID_MAX)
        return ERR_NONE;
    to[reader->said.len] = ' ';
    memcpy(to + reader->said.len + 1, folded.at, folded.len);
    to[reader->said.len + 1 + folded.len] = ' ';
    reader->said.len += folded.len + 2;
    return ERR_NONE;
}

static enum err
ask_read_said(struct ask_reader *reader)
{
    static const char *const limits[] = {"money", "number", "ordinal", "colour", "size", NULL};
    const struct grasp *grasp = reader->grasp;
    void *to = NULL;

    TRY(arena_take(reader->arena, ASK_SAID_MAX, 1, &to));
    reader->said = (str){to, 0};
    for (size_t i = 0; i < grasp->cue_count; i++)
        TRY(ask_say(reader, to, grasp->cues[i].from, grasp->cues[i].len));
    reader->cues_len = reader->said.len;
    for (size_t i = 0; i < grasp->entity_count; i++)
        for (size_t k = 0; limits[k]; k++)
            if (str_is(grasp->entities[i].entity, str_from(limits[k])) && grasp->entities[i].len > 0)
                TRY(ask_say(reader, to, grasp->entities[i].from, grasp->entities[i].len));
    return ERR_NONE;
}

static bool
ask_is_said(str said_words, str word)
{
    for (size_t from = 0; from + word.len < said_words.len;) {
        size_t at = str_find(str_slice(said_words, from, said_words.len), word);
        if (at == SIZE_MAX)
            return false;
        at += from;
        if (at > 0 && said_words.at[at - 1] == ' ' && said_words.at[at + word.len] == ' ')
            return true;
        from = at + 1;
    }
    return false;
}

/* Of words `from` to `to` those that name a thing; for one thing among others its colour and its size do too. */
static enum err
ask_words(const struct ask_reader *reader, size_t from, size_t to, bool is_one, struct words *out)
{
    str dropped = str_slice(reader->said, 0, is_one ? reader->cues_len : reader->said.len);
    const struct words *all = reader->grasp->words;
    void *word = NULL, *bare = NULL, *stem = NULL, *joined = NULL, *elided = NULL;

    TRY(arena_take(reader->arena, all->count + 1, sizeof(str), &word));
    TRY(arena_take(reader->arena, all->count + 1, sizeof(str), &bare));
    TRY(arena_take(reader->arena, all->count + 1, sizeof(str), &stem));
    TRY(arena_take(reader->arena, all->count + 1, sizeof(bool), &joined));
    TRY(arena_take(reader->arena, all->count + 1, 1, &elided));
    *out = (struct words){.folded = all->folded, .word = word, .bare = bare, .stem = stem, .is_joined = joined, .elided = elided};
    for (size_t i = from; i < to; i++) {
        str one = all->word[i];
        bool is_digit = one.at[0] >= '0' && one.at[0] <= '9' && !is_one;
        if (is_digit || ask_is_said(dropped, one) || lexicon_find(reader->bot->fillers, one) != LEXICON_NONE)
            continue;
        out->word[out->count] = one;
        out->bare[out->count] = all->bare[i];
        out->is_joined[out->count] = all->is_joined[i];
        out->elided[out->count] = all->elided[i];
        out->stem[out->count++] = all->stem[i];
    }
    return ERR_NONE;
}

/* The product that some words name; BOT_NONE when none fits so well. */
static enum err
ask_named(const struct ask_reader *reader, size_t from, size_t to, float least, size_t *out)
{
    struct words words;
    struct kb_hit hits[KB_HITS_MAX];
    size_t count = 0;

    *out = BOT_NONE;
    TRY(ask_words(reader, from, to, true, &words));
    if (words.count > 0)
        TRY(kb_find(reader->bot->catalog, reader->arena, &words, (str){"", 0}, hits, &count));
    if (count > 0 && hits[0].ratio >= least)
        *out = hits[0].document;
    return ERR_NONE;
}

/* "the first and the third" of those in the last reply. */
static void
ask_numbered(struct ask_reader *reader)
{
    const struct catalog_memory *memory = reader->memory;
    double number;

    for (size_t i = 0; i < reader->grasp->entity_count && reader->out->base_count < 2; i++) {
        const struct grasp_entity *entity = &reader->grasp->entities[i];
        if (str_is(entity->entity, STR("ordinal")) && ask_number(entity->value, &number) && number >= 1 && number <= (double)memory->last_count)
            reader->out->base[reader->out->base_count++] = memory->shown[memory->shown_count - memory->last_count + (size_t)number - 1];
    }
}

static enum err
ask_read_compare(struct ask_reader *reader)
{
    static const char *const between[] = {"and", "or", "vs", "versus", "with", "to", "und", "oder", "mit", "et", "ou", "avec", "y", "o", "con", "e", "en", "of", "met", "com", NULL};
    const struct words *words = reader->grasp->words;
    struct catalog_ask *out = reader->out;

    for (size_t i = 1; i + 1 < words->count && out->base_count < 2; i++) {
        bool is_between = false;
        size_t left, right;
        for (size_t k = 0; between[k] && !is_between; k++)
            is_between = str_is(words->word[i], str_from(between[k]));
        if (!is_between)
            continue;
        TRY(ask_named(reader, 0, i, ASK_NAMED_RATIO, &left));
        TRY(ask_named(reader, i + 1, words->count, ASK_NAMED_RATIO, &right));
        if (left == BOT_NONE || right == BOT_NONE || left == right)
            continue;
        out->base[0] = left;
        out->base[1] = right;
        out->base_count = 2;
    }
    if (out->base_count < 2) {
        out->base_count = 0;
        ask_numbered(reader);
    }
    for (size_t i = 0; i < 2 && out->base_count < 2 && reader->memory->last_count > 1; i++) {
        size_t shown = reader->memory->shown[reader->memory->shown_count - reader->memory->last_count + i];
        if (out->base_count == 0 || out->base[0] != shown)
            out->base[out->base_count++] = shown;
    }
    return ERR_NONE;
}

static enum err
ask_read_base(struct ask_reader *reader)
{
    struct catalog_ask *out = reader->out;
    const struct catalog_memory *memory = reader->memory;
    size_t named;

    TRY(ask_named(reader, 0, reader->grasp->words->count, memory->last_count > 0 ? ASK_SURE_RATIO : ASK_NAMED_RATIO, &named));
    if (named != BOT_NONE)
        out->base[out->base_count++] = named;
    else
        ask_numbered(reader);
    if (out->base_count == 0 && memory->last_count > 0)
        out->base[out->base_count++] = memory->shown[memory->shown_count - memory->last_count];
    out->base_count = out->base_count > 0 ? 1 : 0;
    return ERR_NONE;
}

/* "compare", "similar", "goes with": false when there is nothing that it could be about. */
static enum err
ask_read_relation(struct ask_reader *reader, bool *is_read)
{
    const struct grasp *grasp = reader->grasp;
    struct catalog_ask *out = reader->out;

    if (catalog_word_has(grasp, CUE_COMPARE)) {
        TRY(ask_read_compare(reader));
        out->want = CATALOG_COMPARE;
        *is_read = out->base_count == 2;
    } else if (catalog_word_has(grasp, CUE_SIMILAR) || catalog_word_has(grasp, CUE_ALONG)) {
        TRY(ask_read_base(reader));
        out->want = catalog_word_has(grasp, CUE_SIMILAR) ? CATALOG_SIMILAR : CATALOG_ALONG;
        *is_read = out->base_count == 1;
    } else {
        *is_read = false;
    }
    if (!*is_read) {
        out->want = CATALOG_SEARCH;
        out->base_count = 0;
    }
    out->is_ask = out->is_strong = *is_read;
    return ERR_NONE;
}

/* What was looked for before, with what is new now. */
static void
ask_merge(const struct ask_reader *reader, struct catalog_filter *filter)
{
    const struct catalog_filter *old = &reader->memory->filter;
    const struct catalog_memory *memory = reader->memory;
    double least = INFINITY, most = 0;

    for (size_t i = memory->shown_count - memory->last_count; i < memory->shown_count; i++) {
        least = fmin(least, reader->bot->products[memory->shown[i]].price);
        most = fmax(most, reader->bot->products[memory->shown[i]].price);
    }
    if (!ask_is_limited(filter)) {
        filter->price_min = old->price_min;
        filter->price_max = old->price_max;
        filter->rating_min = old->rating_min;
    }
    if (catalog_word_has(reader->grasp, CUE_CHEAPER)) {
        filter->price_max = most - 0.005;
        filter->price_min = 0;
        filter->order = CATALOG_CHEAPEST;
    }
    if (catalog_word_has(reader->grasp, CUE_DEARER)) {
        filter->price_min = least + 0.005;
        filter->price_max = INFINITY;
    }
    filter->colour = filter->colour.len > 0 ? filter->colour : old->colour;
    filter->category = filter->category.len > 0 ? filter->category : old->category;
    filter->brand = filter->brand.len > 0 ? filter->brand : old->brand;
    filter->size = filter->size.len > 0 ? filter->size : old->size;
    filter->is_in_stock = filter->is_in_stock || old->is_in_stock;
    filter->order = filter->order != CATALOG_FITTEST ? filter->order : old->order;
}

static enum err
ask_refine(struct ask_reader *reader, bool is_sure)
{
    struct catalog_ask *out = reader->out;
    struct words words;

    out->words = reader->memory->words;
    TRY(words_take(reader->arena, out->words, reader->bot->languages[reader->grasp->language], &words));
    out->hit_count = 0;
    if (words.count > 0)
        TRY(kb_find(reader->bot->catalog, reader->arena, &words, (str){"", 0}, out->hits, &out->hit_count));
    ask_merge(reader, &out->filter);
    out->is_other = catalog_word_has(reader->grasp, CUE_OTHER);
    out->is_refined = out->is_ask = true;
    out->is_strong = is_sure;
    return ERR_NONE;
}

static bool
ask_is_refining(const struct ask_reader *reader)
{
    const struct catalog_filter *filter = &reader->out->filter;

    for (unsigned cue = CUE_COMPARE; cue <= CUE_OTHER; cue++)
        if (catalog_word_has(reader->grasp, (enum catalog_cue)cue))
            return true;
    return ask_is_limited(filter) || filter->colour.len > 0 || filter->brand.len > 0 || filter->size.len > 0 || filter->is_in_stock ||
           filter->order != CATALOG_FITTEST;
}

static enum err
ask_keep_words(struct ask_reader *reader, const struct words *words)
{
    void *piece = NULL;
    size_t used = 0;

    TRY(arena_take(reader->arena, CATALOG_WORDS_MAX + 1, 1, &piece));
    char *to = piece;
    for (size_t i = 0; i < words->count && used + words->word[i].len + 1 < CATALOG_WORDS_MAX; i++) {
        if (i > 0)
            to[used++] = ' ';
        memcpy(to + used, words->word[i].at, words->word[i].len);
        used += words->word[i].len;
    }
    reader->out->words = str_bytes(to, used);
    return ERR_NONE;
}

enum err
catalog_ask_read(const struct bot *bot, struct arena *arena, const struct grasp *grasp, const struct dialogue *dialogue, struct catalog_ask *out)
{
    static const struct catalog_memory nothing;
    struct ask_reader reader = {bot, arena, grasp, dialogue ? &dialogue->products : &nothing, out, {"", 0}, 0};
    struct words words;
    bool is_related = false;

    *out = (struct catalog_ask){.want = CATALOG_SEARCH, .memory = reader.memory};
    if (bot->product_count == 0)
        return ERR_NONE;
    ask_read_filter(&reader);
    TRY(ask_read_said(&reader));
    TRY(ask_words(&reader, 0, grasp->words->count, false, &words));
    out->is_sure = words.count == 0 && reader.memory->last_count > 0 && ask_is_refining(&reader);
    TRY(ask_read_relation(&reader, &is_related));
    if (is_related)
        return ERR_NONE;
    TRY(ask_keep_words(&reader, &words));
    TRY(kb_find(bot->catalog, arena, &words, (str){"", 0}, out->hits, &out->hit_count));
    float best = out->hit_count > 0 ? out->hits[0].ratio : 0;
    if (reader.memory->last_count > 0 && (words.count == 0 || (words.count <= 2 && best < ASK_SOME_RATIO)) && ask_is_refining(&reader))
        return ask_refine(&reader, words.count == 0);
    const struct catalog_filter *filter = &out->filter;
    bool is_limited = ask_is_limited(filter), is_kind = filter->category.len > 0;
    bool is_wished = is_limited || catalog_word_has(grasp, CUE_WISH) || filter->order != CATALOG_FITTEST || filter->colour.len > 0 || is_kind;
    /* Where all are mugs the word tells little of one, and yet it is asked for. */
    bool is_named = best < ASK_SOME_RATIO && is_wished && words.count > 0 && out->hit_count > 0 && catalog_find_is_named(bot, arena, out->hits[0].document, &words);
    out->is_ask = (best >= ASK_SOME_RATIO || is_named || is_kind || filter->brand.len > 0) && (is_wished || best >= ASK_SURE_RATIO);
    out->is_strong = out->is_ask && (is_limited || is_kind || best >= ASK_STRONG_RATIO);
    return ERR_NONE;
}
