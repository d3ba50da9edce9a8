/* rasa_private.h - what a Rasa project is made of, while it is read; for rasa*.c alone. Everything lies in one arena. */
#ifndef CLI_RASA_PRIVATE_H
#define CLI_RASA_PRIVATE_H

#include "base/arena.h"
#include "cli/rasa.h"

#include <yaml.h>

#define RASA_ARENA_BYTES ((size_t)32 << 20) /* a project of 20,000 examples fits */
#define RASA_STEPS_MAX 20000
#define RASA_DEPTH_MAX 24

enum rasa_use { RASA_UNSEEN, RASA_READ, RASA_LEFT }; /* left: with all below it */

struct rasa_file {
    const char *path; /* relative to the project */
    yaml_document_t document;
    bool has_document, is_test;
    unsigned char *used; /* per node of the document: RASA_READ, RASA_LEFT */
    struct rasa_file *next;
};

/* A node and where it is. node NULL: there is none. */
struct rasa_at {
    struct rasa_file *file;
    yaml_node_t *node;
};

struct rasa_place {
    const char *file;
    unsigned line;
};

struct rasa_note {
    enum rasa_note_kind kind;
    struct rasa_place place;
    str text;
    struct rasa_note *next;
};

struct rasa_example {
    str text; /* with its marks, as written */
    struct rasa_place place;
    struct rasa_example *next;
};

struct rasa_intent {
    str name, out; /* in the project, in bot.yaml */
    struct rasa_place place;
    struct rasa_example *examples, **examples_end;
    size_t example_count;
    bool is_declared, is_person, is_bot; /* Privet understands those two by itself */
    str action;             /* response that answers it; empty: none */
    struct rasa_flow *flow; /* that it begins */
    struct rasa_intent *next;
};

struct rasa_word {
    str value, word;
    struct rasa_word *next;
};

struct rasa_entity {
    str name;
    struct rasa_place place;
    struct rasa_word *words, **words_end; /* value and word; of regexes word alone */
    str regex;
    bool has_closed_list, is_kept; /* a lookup or a categorical slot names all of its values */
    struct rasa_entity *next;
};

struct rasa_synonym {
    str value;
    struct rasa_place place;
    struct rasa_word *words, **words_end;
    bool is_used;
    struct rasa_synonym *next;
};

enum rasa_slot_kind { RASA_TEXT, RASA_NUMBER, RASA_BOOL, RASA_EMAIL, RASA_MONEY, RASA_PHONE, RASA_URL, RASA_DURATION, RASA_LIST };

struct rasa_slot {
    str name, type;
    struct rasa_place place;
    enum rasa_slot_kind kind;
    struct rasa_entity *entity; /* RASA_LIST */
    str from_entity, affirmed;  /* affirmed: the value that an intent of agreement gives */
    bool has_text, has_yes, has_no, is_asked, is_named, has_values; /* is_named: in a condition */
    str min, max;
    struct rasa_slot *next;
};

struct rasa_button {
    str title, payload;
    struct rasa_button *next;
};

struct rasa_variant {
    str text, image;
    struct rasa_button *buttons;
    struct rasa_place place;
    struct rasa_variant *next;
};

struct rasa_response {
    str name, out;
    struct rasa_place place;
    struct rasa_variant *variants, **variants_end;
    str remark; /* a comment before it; empty: none */
    struct rasa_response *next;
};

struct rasa_form {
    str name;
    struct rasa_place place;
    struct rasa_name *slots, **slots_end;
    struct rasa_form *next;
};

struct rasa_name {
    str name;
    struct rasa_place place;
    struct rasa_name *next;
};

enum rasa_step_kind { RASA_INTENT, RASA_ACTION, RASA_LOOP, RASA_SLOTS, RASA_CHECKPOINT, RASA_SAID };

/* A slot that has a value: of a rule's condition, or of a story. An empty value with is_null: it has none. */
struct rasa_test {
    str slot, value;
    bool is_null, is_any; /* any: filled, with whatever */
    struct rasa_test *next;
};

struct rasa_step {
    enum rasa_step_kind kind;
    str name; /* intent, action, form (empty: none is under way any more) */
    struct rasa_name *others; /* with `or`: more intents */
    str text; /* what the user said in a test, without marks */
    struct rasa_test *tests;
    struct rasa_place place;
    bool is_built_in; /* Privet understands it by itself */
    struct rasa_step *next;
};

enum rasa_story_kind { RASA_RULE, RASA_STORY, RASA_TEST };

struct rasa_story {
    enum rasa_story_kind kind;
    str name;
    struct rasa_place place;
    str loop; /* of a rule's condition: the form that is under way */
    struct rasa_test *tests;
    struct rasa_step *steps, **steps_end;
    struct rasa_story *next;
};

/* A flow as it is written. */
enum rasa_do_kind { RASA_DO_NOTHING, RASA_DO_COLLECT, RASA_DO_SAY, RASA_DO_SET, RASA_DO_CALL }; /* set: what is a YAML map */

struct rasa_rule {
    str condition, target; /* condition empty: else */
    struct rasa_rule *next;
};

struct rasa_do {
    enum rasa_do_kind kind;
    str id, what, ask; /* ask: the question of a collect, when it is another than utter_ask_SLOT */
    struct rasa_rule *rules, **rules_end;
    str remark;
    struct rasa_do *next;
};

struct rasa_flow {
    str id, description, form;
    struct rasa_place place;
    struct rasa_name *starts, **starts_end;
    struct rasa_do *steps, **steps_end;
    struct rasa_flow *next;
};

struct rasa {
    struct arena *arena;
    char folder[4096];
    const struct rasa_answers *answers;
    str language;
    struct rasa_file *files, **files_end;
    struct rasa_note *notes, **notes_end;
    struct rasa_intent *intents, **intents_end;
    struct rasa_entity *entities, **entities_end;
    struct rasa_synonym *synonyms, **synonyms_end;
    struct rasa_slot *slots, **slots_end;
    struct rasa_response *responses, **responses_end;
    struct rasa_form *forms, **forms_end;
    struct rasa_name *actions, **actions_end; /* declared, Rasa's own left out */
    struct rasa_story *stories, **stories_end;
    struct rasa_flow *flows, **flows_end;
    str fields; /* lines of bot.yaml */
    size_t step_count;
};

/* A zeroed T at the end of a list: RASA_ADD(rasa, intent, intents) declares `intent`. */
#define RASA_ADD(rasa, type, name, owner, list)                                                    \
    void *name##_piece = NULL;                                                                     \
    TRY(arena_take((rasa)->arena, 1, sizeof(type), &name##_piece));                                \
    type *name = name##_piece;                                                                     \
    if (!(owner)->list##_end)                                                                      \
        (owner)->list##_end = &(owner)->list;                                                      \
    *(owner)->list##_end = name;                                                                   \
    (owner)->list##_end = &name->next

/* rasa_yaml.c: reading marks what was read. */
enum err rasa_yaml_load(struct rasa *rasa, struct rasa_file *file, str text, char fault[512]) MUST_CHECK;
struct rasa_at rasa_yaml_root(struct rasa_file *file);
struct rasa_at rasa_yaml_get(struct rasa_at map, const char *key);
struct rasa_at rasa_yaml_pair(struct rasa_at map, size_t i, str *key, struct rasa_place *place);
struct rasa_at rasa_yaml_item(struct rasa_at list, size_t i);
size_t rasa_yaml_count(struct rasa_at at);
bool rasa_yaml_is_map(struct rasa_at at);
bool rasa_yaml_is_list(struct rasa_at at);
bool rasa_yaml_is_null(struct rasa_at at);
/* rasa_yaml_text - of a scalar; empty for anything else. */
str rasa_yaml_text(struct rasa_at at);
struct rasa_place rasa_yaml_place(struct rasa_at at);
/* rasa_yaml_leave - everything below was dealt with. */
void rasa_yaml_leave(struct rasa_at at);
/* rasa_yaml_lines - each line "- text" of a block, or each item of a list: the text, and where. */
struct rasa_reader {
    enum err (*use)(struct rasa *rasa, void *context, str line, struct rasa_place place);
    void *context;
};
enum err rasa_yaml_lines(struct rasa *rasa, struct rasa_at at, struct rasa_reader reader) MUST_CHECK;
/* rasa_yaml_sweep - a note for each node that nothing has read. */
enum err rasa_yaml_sweep(struct rasa *rasa) MUST_CHECK;

/* rasa.c */
enum err rasa_note(struct rasa *rasa, enum rasa_note_kind kind, struct rasa_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5))) MUST_CHECK;
struct rasa_intent *rasa_find_intent(const struct rasa *rasa, str name);
struct rasa_entity *rasa_find_entity(const struct rasa *rasa, str name);
struct rasa_slot *rasa_find_slot(const struct rasa *rasa, str name);
struct rasa_response *rasa_find_response(const struct rasa *rasa, str name);
struct rasa_form *rasa_find_form(const struct rasa *rasa, str name);
/* rasa_name - letters, digits, _ and - alone. */
enum err rasa_clean(struct rasa *rasa, str name, str *out) MUST_CHECK;
enum err rasa_intent_add(struct rasa *rasa, str name, struct rasa_place place, struct rasa_intent **out) MUST_CHECK;
enum err rasa_entity_add(struct rasa *rasa, str name, struct rasa_place place, struct rasa_entity **out) MUST_CHECK;
enum err rasa_word_add(struct rasa *rasa, struct rasa_entity *entity, str value, str word) MUST_CHECK;
enum err rasa_response_add(struct rasa *rasa, str name, struct rasa_place place, struct rasa_response **out) MUST_CHECK;
enum err rasa_slot_add(struct rasa *rasa, str name, struct rasa_place place, struct rasa_slot **out) MUST_CHECK;

/* The parts of a file; each looks for its own keys. */
enum err rasa_nlu_read(struct rasa *rasa, struct rasa_at top) MUST_CHECK;
enum err rasa_domain_read(struct rasa *rasa, struct rasa_at top) MUST_CHECK;
enum err rasa_story_read(struct rasa *rasa, struct rasa_at top) MUST_CHECK;
enum err rasa_setup_read(struct rasa *rasa, struct rasa_at top) MUST_CHECK;

/* rasa_nlu.c: "[x](y)" in an example. rasa_mark_next - the next mark of a line; *before is what stands before it. */
struct rasa_mark {
    str before, word, entity, value, role, group;
};
bool rasa_nlu_mark(str *rest, struct rasa_mark *out);
enum err rasa_nlu_plain(struct rasa *rasa, str line, str *out) MUST_CHECK;

/* rasa_flow.c, rasa_calm.c, rasa_field.c: after everything was read */
enum err rasa_flow_settle(struct rasa *rasa) MUST_CHECK;
/* rasa_flow_of_action - an intent that one response answers begins a flow that says it. */
enum err rasa_flow_of_action(struct rasa *rasa, struct rasa_intent *intent) MUST_CHECK;
/* rasa_flow_gaps - last: forms that nothing begins, names in texts that nothing fills. */
enum err rasa_flow_gaps(struct rasa *rasa) MUST_CHECK;
enum err rasa_calm_settle(struct rasa *rasa) MUST_CHECK;
enum err rasa_field_settle(struct rasa *rasa) MUST_CHECK;
/* rasa_flow_do - one more step. */
enum err rasa_flow_do(struct rasa *rasa, struct rasa_flow *flow, enum rasa_do_kind kind, str what, struct rasa_do **out) MUST_CHECK;
enum err rasa_flow_rule(struct rasa *rasa, struct rasa_do *step, str condition, str target) MUST_CHECK;
/* rasa_flow_collect - own: the response that asks here; may be empty. */
enum err rasa_flow_collect(struct rasa *rasa, struct rasa_flow *flow, const struct rasa_name *slot, str own) MUST_CHECK;
enum err rasa_flow_say(struct rasa *rasa, struct rasa_flow *flow, str action, struct rasa_place place) MUST_CHECK;

#endif
