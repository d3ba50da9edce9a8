/* A Snowball stemmer holds the word that it works on, so two threads may not share one. A few are made with the bot and lent
 * by an atomic mark; a turn borrows one for some microseconds. Nothing is made while turns run. */
#include "engine/stem.h"

#include "base/alloc.h"

#include <libstemmer.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

#define STEM_LOANS ((size_t)16)
#define STEM_TRIES 100000
#define STEM_WORD_BYTES_MAX ((size_t)64)

struct stem_loan {
    atomic_flag taken;
    struct sb_stemmer *stemmer;
};

struct stem {
    size_t count;
    struct stem_loan *loans;
};

void
stem_free(struct stem **stem)
{
    if (!*stem)
        return;
    for (size_t i = 0; i < (*stem)->count; i++)
        sb_stemmer_delete((*stem)->loans[i].stemmer);
    alloc_free(&(*stem)->loans);
    alloc_free(stem);
}

enum err
stem_make(str language, struct stem **out)
{
    char name[16] = {0};
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct stem), &piece));
    struct stem *stem = piece;
    enum err failed = alloc_make(STEM_LOANS, sizeof *stem->loans, &piece);
    if (failed) {
        stem_free(&stem);
        return failed;
    }
    stem->loans = piece;
    memcpy(name, language.at, language.len < 2 ? language.len : 2);
    for (size_t i = 0; i < STEM_LOANS; i++) {
        atomic_flag_clear(&stem->loans[i].taken);
        stem->loans[i].stemmer = sb_stemmer_new(name, "UTF_8");
        if (!stem->loans[i].stemmer)
            break;
        stem->count = i + 1;
    }
    *out = stem;
    return ERR_NONE;
}

struct stem_loan *
stem_take(const struct stem *stem)
{
    if (stem->count == 0)
        return NULL;
    for (size_t try = 0; try < STEM_TRIES; try++) {
        struct stem_loan *loan = &stem->loans[try % stem->count];
        if (!atomic_flag_test_and_set_explicit(&loan->taken, memory_order_acquire))
            return loan;
        if (try % stem->count == stem->count - 1)
            sched_yield();
    }
    return NULL;
}

void
stem_release(struct stem_loan **loan)
{
    if (*loan)
        atomic_flag_clear_explicit(&(*loan)->taken, memory_order_release);
    *loan = NULL;
}

str
stem_get(struct stem_loan *loan, str word)
{
    if (!loan || word.len == 0 || word.len > STEM_WORD_BYTES_MAX)
        return word;
    const sb_symbol *got = sb_stemmer_stem(loan->stemmer, (const sb_symbol *)word.at, (int)word.len);
    if (!got)
        return word;
    return (str){(const char *)got, (size_t)sb_stemmer_length(loan->stemmer)};
}
