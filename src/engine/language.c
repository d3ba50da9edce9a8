/* Counts of hashed words and letter triples per language; after sealing, log probabilities. It keeps no text. */
#include "engine/language.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

#define LANGUAGE_BUCKETS ((uint32_t)1 << 13)
#define LANGUAGE_SEED_COUNT 40.0f /* a small word of the list weighs like so many in the author's texts */
#define LANGUAGE_LETTERS_WEIGHT 0.25f
#define LANGUAGE_SURE 2.5f        /* e^2.5 : 1 */
#define LANGUAGE_EXPECTED 3.0f /* twenty to one for the page's own language */
#define LANGUAGE_WORDS_MAX 64

struct language {
    size_t count;
    float *weight; /* bucket × LANGUAGE_MAX: counts, sealed: log probabilities */
    float total[LANGUAGE_MAX];
};

static const struct {
    const char *tag, *words;
} language_seeds[] = {
    {"en", "the a an and or is are was were be been i you he she it we they my your his her our their me him us them this that these those "
           "to of in on at for with from by about as not no yes do does did have has had can could will would should may what where when "
           "who why how which there here please thanks hello hi want need get if but so than then any some"},
    {"de", "der die das den dem des ein eine einen einem einer und oder ist sind war waren sein ich du er sie es wir ihr mein meine dein "
           "ihre ihren unser mir mich dir dich uns euch dieser diese dieses zu von in im auf an am für mit aus bei über als nicht kein keine "
           "nein ja kann können könnte will möchte muss soll haben hat habe hatte wird werden was wo wann wer warum wie welche gibt hier "
           "bitte danke hallo wenn aber doch noch schon auch nur"},
    {"fr", "le la les l un une des du de et ou est sont était je tu il elle nous vous ils mon ma mes ton ta votre vos notre leur ce cette "
           "ces à au aux en dans sur pour avec par chez comme pas ne non oui peux peut pouvez voudrais veux dois ai as avons avez ont que "
           "qui quoi où quand pourquoi comment quel quelle combien merci bonjour salut si mais plus très bien y est-ce qu jai cest sil"},
    {"es", "el la los las un una unos unas y o es son era soy estoy está yo tú él ella nosotros ustedes mi mis tu su sus este esta estos de "
           "del al en con por para desde como no sí puedo puede podría quiero quisiera necesito tengo tiene hay qué quién dónde cuándo "
           "cómo cuál cuánto gracias hola si pero más muy me te se lo le que favor"},
    {"it", "il lo la i gli le un uno una e o è sono era io tu lui lei noi voi mio mia tuo suo questo questa di del della dei a al alla da dal "
           "in nel con su per tra come non no sì posso può potrei vorrei voglio devo ho ha abbiamo avete che chi cosa dove quando perché "
           "quale quanto quanti grazie ciao buongiorno se ma più molto mi ti si ci"},
    {"nl", "de het een en of is zijn was waren ik jij je u hij zij wij we jullie mijn jouw uw zijn haar ons dit dat deze die te van in op aan "
           "voor met uit bij over als niet geen nee ja kan kunt kunnen wil wilt moet mag heb hebt heeft hebben wat waar wanneer wie waarom "
           "hoe welke er hier graag bedankt dank hallo als maar ook nog naar"},
    {"pt", "o a os as um uma uns umas e ou é são era sou estou está eu tu você ele ela nós vocês meu minha seu sua este esta isto de do da "
           "dos das ao à em no na nos com por para pelo pela como não sim posso pode poderia quero queria preciso tenho tem há que quem "
           "onde quando porque qual quanto quantos obrigado obrigada olá oi se mas mais muito me"},
};

static uint32_t
language_bucket(const char *at, size_t len)
{
    uint32_t hash = 0x811C9DC5u;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)at[i]) * 0x01000193u;
    return (hash ^ hash >> 15) % LANGUAGE_BUCKETS;
}

enum err
language_make(const str *tags, size_t count, struct language **out)
{
    void *piece = NULL, *weight = NULL;

    if (count > LANGUAGE_MAX)
        return err_raise(ERR_LIMIT, "language: too many languages");
    TRY(alloc_make(1, sizeof(struct language), &piece));
    struct language *language = piece;
    enum err err = alloc_make((size_t)LANGUAGE_BUCKETS * LANGUAGE_MAX, sizeof(float), &weight);
    if (err != ERR_NONE) {
        alloc_free(&piece);
        return err;
    }
    language->weight = weight;
    language->count = count;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof language_seeds / sizeof *language_seeds; k++) {
            str rest = str_from(language_seeds[k].words), word;
            while (str_has_prefix(tags[i], str_from(language_seeds[k].tag)) && str_split(&rest, ' ', &word))
                language->weight[language_bucket(word.at, word.len) * LANGUAGE_MAX + i] += LANGUAGE_SEED_COUNT;
        }
    *out = language;
    return ERR_NONE;
}

void
language_free(struct language **language)
{
    if (!*language)
        return;
    alloc_free(&(*language)->weight);
    alloc_free(language);
}

/* Triples of letters of a word with its blanks: borders by bytes are fine for counting. */
static size_t
language_triples(str word)
{
    return word.len < WORDS_LETTERS_MAX ? word.len : WORDS_LETTERS_MAX;
}

enum err
language_add(struct language *language, size_t which, const struct words *words)
{
    must(which < language->count);
    for (size_t i = 0; i < words->count; i++) {
        str word = words->word[i];
        language->weight[language_bucket(word.at, word.len) * LANGUAGE_MAX + which] += 1;
        for (size_t k = 0; k < language_triples(word); k++)
            language->weight[language_bucket(word.at - 1 + k, 3) * LANGUAGE_MAX + which] += LANGUAGE_LETTERS_WEIGHT;
    }
    return ERR_NONE;
}

void
language_seal(struct language *language)
{
    for (uint32_t b = 0; b < LANGUAGE_BUCKETS; b++)
        for (size_t i = 0; i < language->count; i++)
            language->total[i] += language->weight[b * LANGUAGE_MAX + i];
    for (uint32_t b = 0; b < LANGUAGE_BUCKETS; b++)
        for (size_t i = 0; i < language->count; i++) {
            float *weight = &language->weight[b * LANGUAGE_MAX + i];
            *weight = logf((*weight + 0.5f) / (language->total[i] + 0.5f * (float)LANGUAGE_BUCKETS));
        }
}

static void
language_vote(const struct language *language, uint32_t bucket, float by, float *sum)
{
    for (size_t i = 0; i < language->count; i++)
        sum[i] += by * language->weight[bucket * LANGUAGE_MAX + i];
}

size_t
language_find(const struct language *language, const struct words *words, size_t expected)
{
    float sum[LANGUAGE_MAX] = {0};
    size_t best = 0;

    for (size_t i = 0; i < words->count && i < LANGUAGE_WORDS_MAX; i++) {
        str word = words->word[i];
        language_vote(language, language_bucket(word.at, word.len), 1, sum);
        for (size_t k = 0; k < language_triples(word); k++)
            language_vote(language, language_bucket(word.at - 1 + k, 3), LANGUAGE_LETTERS_WEIGHT, sum);
    }
    if (expected < language->count)
        sum[expected] += LANGUAGE_EXPECTED;
    for (size_t i = 1; i < language->count; i++)
        best = sum[i] > sum[best] ? i : best;
    for (size_t i = 0; i < language->count; i++)
        if (i != best && sum[best] - sum[i] < LANGUAGE_SURE)
            return LANGUAGE_UNSURE;
    return language->count > 1 ? best : LANGUAGE_UNSURE;
}
