/* bot_private.h - what a bot is made of; for the engine alone. Everything lies in one arena and ends with it. */
#ifndef ENGINE_BOT_PRIVATE_H
#define ENGINE_BOT_PRIVATE_H

#include "engine/catalog.h"
#include "engine/csv.h"
#include "engine/engine.h"
#include "engine/entity.h"
#include "engine/entity_list.h"
#include "engine/flow.h"
#include "engine/kb.h"
#include "engine/language.h"
#include "engine/nlu.h"
#include "engine/pattern.h"
#include "guard/output.h"
#include "guard/policy.h"
#include "rights/purpose.h"

#define BOT_NONE SIZE_MAX
#define BOT_LANGUAGES_MAX ((size_t)16)
#define BOT_FLOWS_MAX ((size_t)500)
#define BOT_STEPS_MAX ((size_t)200)
#define BOT_ARENA_BYTES ((size_t)64 << 20) /* and eight times the files; address space, only what is used becomes memory */

/* One text in every language of the bot; an empty one falls back to the first. */
struct bot_text {
    str at[BOT_LANGUAGES_MAX];
};

struct bot_intent {
    str name;
    size_t action; /* response */
    size_t flow;   /* that it begins */
    size_t example_count;
    bool is_built_in;
    unsigned line;
};

/* A phrase that means a value of an entity. */
struct bot_synonym {
    str value, phrase, language; /* language empty: any */
    struct bot_synonym *next;
};

/* How a value of an entity is said. */
struct bot_label {
    str value;
    struct bot_text text;
};

struct bot_entity {
    str name;
    struct bot_label *labels;
    size_t label_count;
    const struct pattern *pattern; /* NULL none */
    struct bot_synonym *synonyms, **synonyms_end;
    bool is_built_in;
};

enum slot_type { SLOT_TEXT, SLOT_NUMBER, SLOT_BOOL, SLOT_EMAIL, SLOT_ENTITY };

struct bot_slot_kind {
    str name;
    struct bot_text label; /* as people call it; may be empty */
    enum slot_type type;
    size_t entity;
    bool has_min, has_max;
    double min, max;
};

struct bot_field {
    str name;
    size_t slot, consent; /* consent BOT_NONE: its basis is another */
    struct bot_text label, purpose, recipients;
    uint8_t types[PII_TYPES_BYTES];
    enum purpose_basis basis;
    unsigned days; /* 0: for the chat only */
    unsigned line, column;
};

struct bot_table {
    str name;
    struct csv csv;
    size_t key_slots[8], key_columns[8], key_count;
};

struct bot_button {
    struct bot_text title;
    str payload;
};

struct bot_variant {
    struct bot_text text;
    str image; /* a path of the chat's own origin, or a link; empty: none */
    unsigned line, column;
    struct bot_button *buttons;
    size_t button_count;
};

struct bot_response {
    str name;
    struct bot_variant *variants;
    size_t variant_count;
    unsigned line;
    bool is_built_in, is_used;
};

struct bot_section {
    str title, article, url, blocks, text;
    size_t language;
    str file; /* relative to the bot's folder */
};

struct bot_product {
    str id, url, image, currency, category, colour, brand, size;
    struct bot_text title, description;
    double price, rating; /* rating -1 unknown */
    long stock;           /* -1 unknown */
    size_t row;           /* of the bot's product_table */
    size_t related[CATALOG_RELATED_MAX], related_count; /* products that go with it, nearest first */
};

/* Responses that the engine itself uses, in the order of bot_builtin.c. */
enum bot_known {
    KNOWN_UNKNOWN, KNOWN_DIFFERENTLY, KNOWN_BOT, KNOWN_PERSON, KNOWN_SUGGEST, KNOWN_CANCELLED, KNOWN_NO_PRODUCTS,
    KNOWN_PRODUCTS, KNOWN_GREET, KNOWN_THANKS, KNOWN_BYE, KNOWN_HELP, KNOWN_WRONG,
    KNOWN_BACK, KNOWN_ASIDE, KNOWN_CORRECTED, KNOWN_LAPSED, KNOWN_COUNT
};

struct bot {
    struct arena *arena;
    str folder;
    uint64_t hash; /* over all files; ties a dialogue's numbers to this bot */
    str name;
    str languages[BOT_LANGUAGES_MAX];
    size_t language_count;
    struct bot_text disclosure;
    struct bot_intent *intents;
    size_t intent_count;
    struct nlu_example *examples;
    unsigned *example_lines; /* of bot.yaml; 0: built in */
    size_t example_count;
    struct nlu_lesson lesson;
    struct nlu *nlu;
    struct smalltalk *smalltalk;
    struct language *language;
    struct bot_entity *entities; /* the author's, then those that are built in and that no author's has the name of */
    size_t entity_count, own_entity_count;
    const struct entity_grammar *grammars[BOT_LANGUAGES_MAX];
    struct entity_list *lists; /* NULL: no entity has values */
    str country;               /* ISO 3166, or empty */
    struct bot_slot_kind *slots;
    size_t slot_count;
    struct bot_field *fields;
    size_t field_count;
    struct bot_table *tables;
    size_t table_count;
    struct bot_response *responses;
    size_t response_count;
    size_t known[KNOWN_COUNT];
    struct bot_endpoint *endpoints;
    size_t endpoint_count;
    struct bot_flow *flows;
    size_t flow_count;
    size_t person_flow;
    struct policy policy;
    str *links; /* hosts that a link may lead to, beside the site's own */
    size_t link_count;
    struct output_canary *canaries;
    size_t canary_count;
    struct output_rules rules; /* bot_check.c fills them in */
    bool has_rules;
    struct bot_section *sections;
    size_t section_count;
    struct kb *knowledge; /* document = section */
    struct kb_synonym *synonyms;
    size_t synonym_count;
    struct bot_product *products;
    size_t product_count;
    struct csv product_table;  /* the file, for columns that are not known by name */
    const char *product_file;  /* its name */
    struct kb *catalog;        /* document = product */
    struct lexicon *fillers;   /* words that name no product */
    struct bot_text catalog_texts[CATALOG_TEXTS];
};

/* bot_text_get - in a language, or in the first. */
str bot_text_get(const struct bot_text *text, size_t language);
/* bot_read_file - a file of the bot's folder, into the arena. Errs: ERR_ABSENT, ERR_LIMIT, ERR_IO. */
enum err bot_read_file(struct bot *bot, str name, str *out) MUST_CHECK;
size_t bot_find_intent(const struct bot *bot, str name);
size_t bot_find_slot(const struct bot *bot, str name);
size_t bot_find_response(const struct bot *bot, str name);
size_t bot_find_entity(const struct bot *bot, str name);
size_t bot_find_table(const struct bot *bot, str name);
size_t bot_find_flow(const struct bot *bot, str name);
size_t bot_find_endpoint(const struct bot *bot, str name);

/* bot_yaml.c and its parts */
enum err bot_yaml_load(struct bot *bot, struct bot_fault *fault) MUST_CHECK;
/* bot_builtin.c */
enum err bot_builtin_responses(struct bot *bot) MUST_CHECK; /* room for KNOWN_COUNT more is there */
enum err bot_builtin_intents(struct bot *bot) MUST_CHECK;
#define BOT_BUILTIN_INTENTS ((size_t)8)
#define BOT_BUILTIN_EXAMPLES ((size_t)1024) /* 16 languages may share columns */
/* bot_learn.c */
/* bot_learn_run - the intent model and the languages, from all that the author wrote. Errs: ERR_MEMORY, ERR_LIMIT. */
enum err bot_learn_run(struct bot *bot) MUST_CHECK;
/* knowledge.c */
enum err knowledge_load(struct bot *bot, struct bot_fault *fault) MUST_CHECK;

/* condition.c */
struct condition;
/* condition_parse - Errs: ERR_INPUT with *what. */
enum err condition_parse(struct arena *arena, const struct bot *bot, str text, struct condition **out, const char **what) MUST_CHECK;
bool condition_is_true(const struct condition *condition, const struct bot *bot, const struct dialogue *dialogue);

#define DIALOGUE_PASSAGES_MAX ((size_t)4)

struct dialogue {
    const struct bot *bot;
    struct flow_frame frames[FLOW_FRAMES_MAX]; /* the last one runs */
    size_t depth;
    unsigned wrong, aside; /* answers that did not fit, and digressions, since the question was first asked */
    uint64_t minute;       /* of the last turn, since 1970; 0 unknown */
    str *slots;        /* bot->slot_count; empty: not filled */
    bool *is_done;     /* not carried on: its flow is at its end */
    size_t *rows;      /* per table: row found, BOT_NONE none */
    bool *is_looked;   /* per table */
    bool is_found;
    unsigned *turns;   /* per response: how often it was said */
    size_t passages[DIALOGUE_PASSAGES_MAX];
    size_t passage_count; /* sections that were not shown yet */
    size_t last;          /* response said last, BOT_NONE */
    bool has_language;    /* something was said */
    size_t language;      /* of the last reply */
    struct catalog_memory products;
};
/* dialogue_value - of "name", "found" or "table.column"; empty when there is none. */
str dialogue_value(const struct bot *bot, const struct dialogue *dialogue, str name);
/* dialogue_lookup - finds the row by the slots. */
void dialogue_lookup(struct dialogue *dialogue, size_t table);

/* mention.c */
/* mention_add - a phrase of an entity, before mention_load. */
enum err mention_add(struct bot *bot, size_t entity, str value, str phrase, str language) MUST_CHECK;
/* mention_load - the grammars of the bot's languages, and the index of its lists. */
enum err mention_load(struct bot *bot) MUST_CHECK;
/* mention_find - what the text mentions. Errs: ERR_LIMIT  arena full. */
enum err mention_find(const struct bot *bot, struct arena *arena, const struct grasp_input *input, struct grasp *out) MUST_CHECK;

/* smalltalk.c */
enum { SMALLTALK_BOT = 1, SMALLTALK_PERSON = 2, SMALLTALK_THING = 4, SMALLTALK_YES = 8, SMALLTALK_NO = 16 };
struct smalltalk;
enum err smalltalk_make(struct smalltalk **out) MUST_CHECK;
void smalltalk_free(struct smalltalk **talk);
/* smalltalk_find - which kinds of phrases stand in the text, at word borders: a set of SMALLTALK_. Cost: a look per word. */
unsigned smalltalk_find(const struct smalltalk *talk, const struct words *words);
/* smalltalk_answer - 1 yes, -1 no, 0 neither, of what smalltalk_find found. */
int smalltalk_answer(unsigned found, const struct words *words);

struct kb_hits {
    size_t section[KB_HITS_MAX];
    float ratio[KB_HITS_MAX];
    size_t count;
    bool is_answer; /* the first one: kb_is_answer */
};


#endif
