/* pii_private.h - what the extractors of the detector share: words with their cues, what stands near, what was found. */
#ifndef GUARD_PII_PRIVATE_H
#define GUARD_PII_PRIVATE_H

#include "guard/fold.h"
#include "guard/number.h"
#include "guard/pii.h"

/* What a word or phrase announces. Those up to CUE_NAMING_LAST name a kind of value; the nearest of them wins. */
enum pii_cue_bit {
    CUE_CARD, CUE_CVV, CUE_EXPIRY, CUE_IBAN, CUE_BIC, CUE_ACCOUNT, CUE_ROUTING, CUE_MAIL, CUE_PHONE, CUE_IP, CUE_MAC, CUE_IMEI,
    CUE_GPS, CUE_WALLET, CUE_PASSWORD, CUE_PIN, CUE_OTP, CUE_KEY, CUE_BIRTH, CUE_AGE, CUE_STREET, CUE_POSTCODE, CUE_CITY, CUE_NAME,
    CUE_USER, CUE_PLATE, CUE_VIN, CUE_PASSPORT, CUE_LICENCE, CUE_ID, CUE_TAX, CUE_HEALTH_NO, CUE_SOCIAL, CUE_ROW,
    CUE_ORDER, CUE_MONEY, CUE_VERSION, CUE_NAMING_LAST = CUE_VERSION,
    CUE_NUMBER, CUE_IS, CUE_MONTH, CUE_WAY_BEFORE, CUE_WAY_AFTER, CUE_UNIT, CUE_BOX, CUE_TITLE, CUE_GREET, CUE_BYE, CUE_AT, CUE_DOT,
    CUE_UNDER, CUE_DIGIT, CUE_HEALTH, CUE_RELIGION, CUE_POLITICS, CUE_SEX, CUE_UNION, CUE_YEARS, CUE_NOT, CUE_INTRO, CUE_SURNAME,
    CUE_TWICE
};
#define CUE(bit) (UINT64_C(1) << CUE_##bit)
#define CUES_NAMING ((UINT64_C(2) << CUE_NAMING_LAST) - 1)
#define CUES_AGAINST (CUE(ORDER) | CUE(MONEY) | CUE(VERSION))

#define PII_ROW_NONE ((uint16_t)0xFFFF)
#define PII_NEAR_WORDS 8

struct pii_cue {
    uint64_t hash, mask;
    uint16_t rows;  /* where in pii.lists the numbers that it names begin; 0: none */
    uint8_t value;  /* of a digit word or a month */
    uint8_t longest; /* words of the longest phrase that begins with this one */
};

/* Sets of words that are asked for often. */
enum pii_set { PII_SET_MEDIA = 1, PII_SET_ENGLISH = 2, PII_SET_FAME = 4 };
#define PII_SET_ALL 7u
#define PII_SETS ((size_t)512)

/* The tables, made by pii_make. */
struct pii {
    struct pii_cue *cue; /* open addressing, PII_CUES places */
    uint32_t *typo;      /* hash of a word less one letter (high bits) and the place of its cue */
    uint8_t *typo_filter; /* a bit per hash: small enough to stay near the processor */
    uint8_t *cue_filter;  /* the same for words that begin a cue */
    uint16_t *lists;     /* lists of rows, each ended by PII_ROW_NONE */
    size_t list_len;
    uint16_t *trigger; /* buckets of four: which words open the gate */
    uint32_t *name;    /* open addressing: 24 bits of a name's hash, 8 of its classes */
    uint32_t set[PII_SETS]; /* open addressing: 29 bits of a word's hash and the sets that it is in */
    /* For runs of digits [0] and of digits and letters [1], by length: the rows that may fit, those that stand alone first. */
    uint16_t *by_length[2][NUMBER_LENGTH_MAX + 1];
    uint16_t *by_length_room;
    uint8_t alone[2][NUMBER_LENGTH_MAX + 1];
};
#define PII_CUES ((size_t)1 << 13)
#define PII_CUE_BITS ((uint64_t)1 << 17)
#define PII_TYPOS ((size_t)1 << 16)
#define PII_TYPO_BITS ((uint64_t)1 << 17)
#define PII_TYPO_LETTERS 24
#define PII_TRIGGERS ((size_t)1 << 18)
#define PII_NAMES ((size_t)1 << 18)
/* A word that opens the gate by itself, when a digit stands anywhere in the text, or with others of its kind. */
enum pii_trigger { PII_TRIGGER_ALONE = 1, PII_TRIGGER_DIGIT = 2, PII_TRIGGER_SPOKEN = 4 };

/* A run of letters or a run of digits. */
struct pii_word {
    uint64_t hash, cue;
    uint64_t key; /* the hash of the word that was meant, when one letter of it is wrong; else hash */
    uint32_t at;
    uint16_t len, rows;
    uint8_t value;
    uint8_t class;  /* in the gazetteer of names (name_tagger.h) */
    uint8_t phrase; /* words of the phrase that begins here; 0: inside one that began before */
    bool is_digits, is_glued /* no gap before it */, is_break /* a sentence ended before it */, is_upper, is_capital;
    bool has_capital_inside;
};

struct pii_found {
    uint32_t at, end; /* folded bytes */
    uint16_t type;
    uint8_t score;
};

struct pii_scan {
    const struct pii *pii;
    struct arena *arena;
    const struct pii_input *input;
    struct fold fold;
    struct pii_word *word;
    size_t word_count;
    uint64_t cues, asked; /* of all words of the text; of the question */
    bool is_cased;        /* both cases are used: a capital letter says something */
    bool has_digits;
    unsigned marks; /* enum pii_mark, of the whole text */
    uint16_t asked_rows[8];
    size_t asked_row_count;
    struct pii_found *found;
    size_t found_count, found_max;
};

/* Bytes without which some extractors have nothing to look for. */
enum pii_mark { PII_MARK_COLON = 1, PII_MARK_DASH = 2, PII_MARK_DOT = 4, PII_MARK_CODE = 8 /* % or & */ };

/* What stands near a value. */
struct pii_near {
    uint64_t first, all, after, asked; /* the nearest naming cue before; all before; all behind; of the question */
    size_t first_word;                 /* index of the nearest naming cue before, or SIZE_MAX */
};

/* pii.c */
void pii_add(struct pii_scan *scan, size_t at, size_t end, unsigned type, unsigned score);

/* pii_make.c. On failure what was made is left to pii_free. */
enum err pii_make_tables(struct pii *pii) MUST_CHECK;

/* pii_words.c */
enum err pii_words_take(const struct pii *pii, struct arena *arena, str folded, struct pii_word **out, size_t *count) MUST_CHECK;
uint64_t pii_words_hash(str word);
uint64_t pii_words_join(uint64_t a, uint64_t b);
/* pii_words_typos - hashes of the word less each letter, and of the word: len + 1, or 0 for words of no fitting length. */
size_t pii_words_typos(str word, uint64_t out[PII_TYPO_LETTERS + 1]);
const struct pii_cue *pii_words_cue(const struct pii *pii, uint64_t hash);
/* pii_words_is_in - is word i, any case, in the list? It has a blank before and behind each of its words. */
bool pii_words_is_in(const struct pii_scan *scan, size_t i, const char *list);
/* pii_words_set_add - the words of a list with blanks between join a set. pii_words_is_in_set - is word i in one of the sets? */
void pii_words_set_add(struct pii *pii, const char *list, enum pii_set set);
bool pii_words_is_in_set(const struct pii_scan *scan, size_t i, enum pii_set set);
/* pii_words_near - around words [first, last]: pii_words_before fills all but `after`, which pii_words_after does. */
void pii_words_before(const struct pii_scan *scan, size_t first, struct pii_near *near);
void pii_words_after(const struct pii_scan *scan, size_t last, struct pii_near *near);
void pii_words_near(const struct pii_scan *scan, size_t first, size_t last, struct pii_near *out);
/* pii_words_announces - 0 no, 1 somewhere near or behind, 2 the bot asked for it, 3 it is the nearest. */
unsigned pii_words_announces(const struct pii_near *near, uint64_t bits);
/* pii_words_names_row - the same for one kind of national number. */
unsigned pii_words_names_row(const struct pii_scan *scan, size_t first, size_t last, const struct pii_near *near, unsigned row);

/* pii_cue.c: one row per kind of cue and language. */
struct pii_cue_row {
    uint64_t mask;
    const char *words; /* divided by | */
    uint8_t value;
};
size_t pii_cue_count(void);
const struct pii_cue_row *pii_cue_get(size_t i);

/* pii_gate.c - false: the text can't hold anything that is looked for. */
bool pii_gate_is_open(const struct pii *pii, str folded);
void pii_gate_add(struct pii *pii, uint32_t hash, unsigned kind);

/* The extractors. Each adds what it finds. */
void pii_mail_find(struct pii_scan *scan);
void pii_net_find(struct pii_scan *scan);
void pii_token_find(struct pii_scan *scan);
void pii_digits_find(struct pii_scan *scan);
bool pii_digits_is_card(str digits);
void pii_value_find(struct pii_scan *scan, size_t first, size_t last, str compact, const struct pii_near *near);
void pii_phrase_find(struct pii_scan *scan);
void pii_date_find(struct pii_scan *scan);
void pii_street_find(struct pii_scan *scan);
enum err pii_name_find(struct pii_scan *scan) MUST_CHECK;
void pii_name_load(struct pii *pii); /* its sets of words */
void pii_hint_find(struct pii_scan *scan);
/* pii_loose.c - the text as it reads when spaced-out and spoken characters are joined; ERR_ABSENT when it is the same. */
enum err pii_loose_take(const struct pii_scan *scan, struct fold *out) MUST_CHECK;
/* pii_loose_take_words - the same for names and streets: "J o h n S m i t h", "byJohn Smith". */
enum err pii_loose_take_words(const struct pii_scan *scan, struct fold *out) MUST_CHECK;

static inline str
pii_word_str(const struct pii_scan *scan, size_t i)
{
    return (str){scan->fold.at + scan->word[i].at, scan->word[i].len};
}

static inline size_t
pii_word_end(const struct pii_scan *scan, size_t i)
{
    return scan->word[i].at + scan->word[i].len;
}

/* The byte at i, or a blank outside. */
static inline char
pii_byte(const struct pii_scan *scan, size_t i)
{
    return i < scan->fold.len ? scan->fold.at[i] : ' ';
}

static inline bool
pii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool
pii_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static inline bool
pii_is_alnum(char c)
{
    return pii_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

#endif
