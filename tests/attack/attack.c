/* The thief. Every stolen value of 32 bytes, every window of the small files, and everything that HKDF makes of them with the protocol's
 * own labels is tried as every kind of key: AHK for the wraps, chain key and entry key for the entries, EK and c for the handshakes,
 * traffic keys for the records. It never gives up early: what it counts is what a patient thief has. */
#include "attack.h"

#include "base/alloc.h"
#include "channel/entry.h"
#include "channel/handshake.h"
#include "channel/pad.h"
#include "channel/record.h"
#include "crypt/aead.h"
#include "crypt/hkdf.h"
#include "crypt/hpke.h"

#include <sodium.h>
#include <string.h>

#define ATTACK_GUESSES_MAX ((size_t)400000)
#define ATTACK_WINDOWS_BYTES ((size_t)1024) /* files up to this size are tried window by window: keys, notes, few SLOTs */

struct guesses {
    unsigned char (*at)[32];
    size_t count;
};

/* ---- guesses ---- */

static void
guess_add(struct guesses *guesses, const unsigned char *bytes)
{
    if (guesses->count < ATTACK_GUESSES_MAX)
        memcpy(guesses->at[guesses->count++], bytes, 32);
}

/* Keys, and what stands where a key could stand. */
static void
guess_keys(const struct loot *loot, struct guesses *guesses)
{
    unsigned char pair[32] = {0}, curve[32], wide[64], public[32];

    guess_add(guesses, pair);
    for (size_t i = 0; i < loot->key_count; i++) {
        guess_add(guesses, loot->keys[i].bytes);
        crypto_sign_seed_keypair(public, wide, loot->keys[i].bytes); /* an Ed25519 seed has an X25519 key */
        if (crypto_sign_ed25519_sk_to_curve25519(curve, wide) == 0)
            guess_add(guesses, curve);
    }
    for (size_t i = 0; i < loot->conversation_count; i++) {
        const struct loot_conversation *row = &loot->conversations[i];
        guess_add(guesses, row->tag);
        guess_add(guesses, row->last_hash);
        guess_add(guesses, row->slot);
        memcpy(pair, row->id, 16);
        memcpy(pair + 16, row->id, 16);
        guess_add(guesses, pair);
    }
}

static void
guess_columns(const struct loot *loot, struct guesses *guesses)
{
    unsigned char pair[32];

    for (size_t i = 0; i < loot->entry_count; i++) {
        guess_add(guesses, loot->entries[i].commit);
        memcpy(pair, loot->entries[i].message, 16);
        memcpy(pair + 16, loot->entries[i].id, 16);
        guess_add(guesses, pair);
    }
    for (size_t i = 0; i < loot->wrap_count; i++) {
        guess_add(guesses, loot->wraps[i].wrap);
        guess_add(guesses, loot->wraps[i].wrap + 32);
    }
}

/* What HKDF makes of a stolen value with the protocol's labels. */
static void
guess_derive(const struct loot *loot, struct guesses *guesses, const unsigned char base[32])
{
    static const char *const labels[] = {"privet/1 device tag", "privet/1 state key", "privet/1 field key", "privet/1 psk", "privet/1 wrap",
                                         "privet/1 turn", "privet/1 traffic", "next", "ck", "c2s", "s2c", "mk"};
    unsigned char out[32];
    str none = {"", 0};

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        str label = str_from(labels[i]);
        hkdf_expand(str_bytes(base, 32), &label, 1, out, 32);
        guess_add(guesses, out);
    }
    hkdf_extract(none, str_bytes(base, 32), out);
    guess_add(guesses, out);
    for (size_t i = 0; i < loot->conversation_count; i++) {
        str id = str_bytes(loot->conversations[i].id, 16), tag = str_bytes(loot->conversations[i].tag, 32);
        hkdf_mac(str_bytes(base, 32), &id, 1, out);
        guess_add(guesses, out);
        hkdf_expand(str_bytes(base, 32), HKDF_PIECES(STR("privet/1 state key"), tag), out, 32);
        guess_add(guesses, out);
        hkdf_extract(str_bytes(loot->conversations[i].slot, 32), str_bytes(base, 32), out);
        guess_add(guesses, out);
    }
}

static enum err
guesses_make(const struct loot *loot, struct guesses *out)
{
    void *piece = NULL;

    TRY(alloc_make(ATTACK_GUESSES_MAX, 32, &piece));
    out->at = piece;
    out->count = 0;
    guess_keys(loot, out);
    size_t keys = out->count;
    for (size_t i = 0; i < keys; i++)
        guess_derive(loot, out, out->at[i]);
    guess_columns(loot, out);
    for (size_t i = 0; i < loot->file_count; i++)
        for (size_t at = 0; loot->files[i].len <= ATTACK_WINDOWS_BYTES && at + 32 <= loot->files[i].len; at++)
            guess_add(out, loot->files[i].at + at);
    return ERR_NONE;
}

/* ---- at rest ---- */

static const struct loot_conversation *
attack_conversation(const struct loot *loot, const unsigned char id[16])
{
    for (size_t i = 0; i < loot->conversation_count; i++)
        if (memcmp(loot->conversations[i].id, id, 16) == 0)
            return &loot->conversations[i];
    return NULL;
}

/* Walks the chain from entry `first` on with a chain key; how many entries it opens. */
static size_t
attack_chain(struct loot *loot, size_t first, const unsigned char key[32])
{
    struct loot_entry *entry = &loot->entries[first];
    const struct loot_conversation *conversation = attack_conversation(loot, entry->id);
    struct entry_chain chain = {.n = entry->n};
    size_t opened = 0;
    BUF_SCOPE(text, 1 << 20);

    if (!conversation)
        return 0;
    memcpy(chain.conversation, entry->id, 16);
    memcpy(chain.slot, conversation->slot, 32);
    memcpy(chain.key, key, 32);
    if (entry->n > 0 && first > 0)
        hkdf_hash(&loot->entries[first - 1].ct, 1, chain.previous);
    for (size_t i = first; i < loot->entry_count && memcmp(loot->entries[i].id, entry->id, 16) == 0; i++) {
        struct loot_entry *one = &loot->entries[i];
        if (entry_open(&chain, one->author, one->commit, one->ct, &text) != ERR_NONE)
            break;
        opened += !one->is_open;
        one->is_open = true;
    }
    return opened;
}

/* A guess as AHK: does it open wraps, and what follows from them? */
static void
attack_wraps(struct loot *loot, const unsigned char guess[32], struct attack *out)
{
    for (size_t i = 0; i < loot->wrap_count; i++) {
        const struct loot_wrap *wrap = &loot->wraps[i];
        struct entry_chain chain = {.n = wrap->from};
        memcpy(chain.conversation, wrap->id, 16);
        if (entry_unwrap(&chain, guess, wrap->from, wrap->wrap) != ERR_NONE)
            continue;
        out->wraps++;
        for (size_t at = 0; at < loot->entry_count; at++)
            if (loot->entries[at].n == wrap->from && memcmp(loot->entries[at].id, wrap->id, 16) == 0)
                out->turns += attack_chain(loot, at, chain.key);
    }
}

/* A guess as chain key and as entry key. */
static void
attack_entries(struct loot *loot, const unsigned char guess[32], struct attack *out)
{
    static const unsigned char nonce[12];
    static unsigned char plain[PAD_BUCKET_MAX];
    unsigned char aad[86] = {1};

    for (size_t i = 0; i < loot->entry_count; i++) {
        struct loot_entry *entry = &loot->entries[i];
        out->turns += attack_chain(loot, i, guess);
        if (entry->is_open || entry->ct.len > sizeof plain)
            continue;
        memcpy(aad + 1, entry->id, 16);
        for (int b = 0; b < 4; b++)
            aad[17 + b] = (unsigned char)(entry->n >> (24 - 8 * b));
        aad[21] = (unsigned char)entry->author;
        memset(aad + 22, 0, 32);
        if (entry->n > 0 && i > 0)
            hkdf_hash(&loot->entries[i - 1].ct, 1, aad + 22);
        memcpy(aad + 54, entry->commit, 32);
        if (aead_open(guess, nonce, str_bytes(aad, sizeof aad), entry->ct, plain) == ERR_NONE) {
            entry->is_open = true;
            out->turns++;
        }
    }
}

/* As the key of a field, and as MASTER, from which that key comes with the conversation's SLOT (rights/field.h). */
static void
attack_fields(struct loot *loot, const unsigned char guess[32], struct attack *out)
{
    static unsigned char plain[8192];
    unsigned char key[32];

    for (size_t i = 0; i < loot->field_count; i++) {
        struct loot_field *field = &loot->fields[i];
        const struct loot_conversation *conversation = attack_conversation(loot, field->id);
        if (field->is_open || !conversation || field->sealed.len < 12 + AEAD_TAG_BYTES || field->sealed.len > sizeof plain)
            continue;
        hkdf_expand(str_bytes(guess, 32), HKDF_PIECES(STR("privet/1 field key"), str_bytes(conversation->slot, 32), str_bytes(field->id, 16), field->name),
                    key, 32);
        const unsigned char *keys[] = {key, guess};
        for (size_t k = 0; k < 2 && !field->is_open; k++)
            field->is_open = aead_open(keys[k], (const unsigned char *)field->sealed.at, STR(""), str_slice(field->sealed, 12, SIZE_MAX), plain) == ERR_NONE ||
                             aead_open(keys[k], (const unsigned char *)field->sealed.at, field->name, str_slice(field->sealed, 12, SIZE_MAX), plain) == ERR_NONE;
        out->fields += field->is_open;
    }
}

/* Two entries that commit to one key, or begin with the same bytes, were sealed under one key and nonce. */
static size_t
attack_reused(const struct loot *loot)
{
    size_t reused = 0;
    for (size_t i = 0; i < loot->entry_count; i++)
        for (size_t j = 0; j < i; j++)
            reused += memcmp(loot->entries[i].commit, loot->entries[j].commit, 32) == 0 ||
                      memcmp(loot->entries[i].ct.at, loot->entries[j].ct.at, 16) == 0;
    return reused;
}

/* Names of members that only plaintext has. */
static size_t
attack_leaks(const struct loot *loot)
{
    static const char *const marks[] = {"\"text\":\"", "\"kind\":\"", "\"messages\":", "\"blocks\":", "\"proof\":\""};
    size_t leaks = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        leaks += loot_has(loot, str_from(marks[i])) != NULL;
    return leaks;
}

/* ---- on the wire ---- */

/* The records of a session under traffic keys that belong to its first turn. */
static void
attack_session(struct loot *loot, struct session *session, struct attack *out)
{
    struct session server = *session;
    struct arena *arena = NULL;

    if (arena_make(1 << 20, &arena) != ERR_NONE)
        return;
    for (size_t i = 0; i < loot->exchange_count; i++) {
        struct loot_exchange *exchange = &loot->exchanges[i];
        struct record_request request;
        enum refusal why = REFUSAL_NONE;
        unsigned char id[16];
        BUF_SCOPE(reply, 1 << 20);
        if (!str_is(exchange->path, STR("/v1/turn")) || record_session_id(exchange->request, id) != ERR_NONE || memcmp(id, server.id, 16) != 0)
            continue;
        bool is_open = record_open(&server, arena, exchange->request, &request, &why) == ERR_NONE;
        if (is_open)
            is_open = record_reply_open(&server, request.request_hash, exchange->reply, &reply) == ERR_NONE; /* steps both ratchets */
        out->live_turns += is_open && !exchange->is_open;
        exchange->is_open = exchange->is_open || is_open;
        arena_reset(arena);
    }
    arena_free(&arena);
}

/* A guess as c: M2 opens with it and the psk, and gives the traffic keys. */
static void
attack_accept(struct loot *loot, const struct loot_exchange *open, const unsigned char guess[32], const unsigned char psk[32], struct attack *out)
{
    unsigned char info[16 + 32 + 16], plain[256];
    const unsigned char *m2 = (const unsigned char *)open->reply.at;
    struct session session = {.turn = 0};
    struct hpke hpke;

    memcpy(info, "privet/1 accept\0", 16);
    hkdf_hash(&open->request, 1, info + 16);
    memcpy(info + 48, m2 + 1, 16);
    if (hpke_receive(guess, m2 + 17, str_bytes(info, sizeof info), (struct hpke_psk){str_bytes(psk, 32), STR("privet/1")}, &hpke) != ERR_NONE)
        return;
    bool is_open = hpke_open(&hpke, str_slice(open->reply, 0, 49), str_slice(open->reply, 49, 272), plain) == ERR_NONE;
    memcpy(session.id, m2 + 1, 16);
    handshake_keys(&hpke, open->request, open->reply, &session);
    if (is_open)
        attack_session(loot, &session, out);
}

/* A guess as EK. True when M1 opens; then its psk. */
static bool
attack_first_flight(const struct loot *loot, const struct loot_exchange *open, const unsigned char guess[32], unsigned char psk[32])
{
    unsigned char info[14 + 32], plain[512];
    struct hpke hpke;

    memcpy(info, "privet/1 open\0", 14);
    hkdf_hash(&loot->key_note, 1, info + 14);
    if (hpke_receive(guess, (const unsigned char *)open->request.at + 11, str_bytes(info, sizeof info), (struct hpke_psk){{"", 0}, {"", 0}}, &hpke) != ERR_NONE)
        return false;
    bool is_open = hpke_open(&hpke, str_slice(open->request, 0, 43), str_slice(open->request, 43, 528), plain) == ERR_NONE;
    hpke_export(&hpke, STR("privet/1 psk"), psk, 32);
    return is_open;
}

static void
attack_handshake(struct loot *loot, const struct loot_exchange *open, const struct guesses *guesses, struct attack *out)
{
    unsigned char psk[32] = {0}, other[32];

    for (size_t i = 0; i < guesses->count; i++)
        if (attack_first_flight(loot, open, guesses->at[i], other)) {
            memcpy(psk, other, 32);
            out->first_flights++;
            break;
        }
    for (size_t i = 0; i < guesses->count; i++)
        attack_accept(loot, open, guesses->at[i], psk, out);
}

/* A guess as the traffic keys of one turn. */
static bool
attack_record(const struct loot_exchange *exchange, struct session *session, struct arena *arena)
{
    struct record_request request = {.request_hash = {0}};
    enum refusal why = REFUSAL_NONE;
    BUF_SCOPE(reply, 1 << 20);

    bool is_open = record_open(session, arena, exchange->request, &request, &why) == ERR_NONE ||
                   record_reply_open(session, request.request_hash, exchange->reply, &reply) == ERR_NONE;
    arena_reset(arena);
    return is_open;
}

/* Guesses as traffic keys, without a handshake that opens. */
static void
attack_records(struct loot *loot, const struct guesses *guesses, struct attack *out)
{
    struct arena *arena = NULL;

    if (arena_make(1 << 20, &arena) != ERR_NONE)
        return;
    for (size_t i = 0; i < loot->exchange_count; i++) {
        struct loot_exchange *exchange = &loot->exchanges[i];
        struct session session = {.turn = 0};
        if (exchange->is_open || !str_is(exchange->path, STR("/v1/turn")) || exchange->request.len < 29 ||
            record_session_id(exchange->request, session.id) != ERR_NONE)
            continue;
        for (int b = 0; b < 4; b++)
            session.turn = session.turn << 8 | (unsigned char)exchange->request.at[4 + 17 + b];
        for (size_t g = 0; g < guesses->count && !exchange->is_open; g++) {
            struct session one = session;
            memcpy(one.up, guesses->at[g], 32);
            memcpy(one.dn, guesses->at[g], 32);
            exchange->is_open = attack_record(exchange, &one, arena);
            out->live_turns += exchange->is_open;
        }
    }
    arena_free(&arena);
}

enum err
attack_run(struct loot *loot, struct attack *out)
{
    struct guesses guesses;

    *out = (struct attack){.reused = attack_reused(loot), .leaks = attack_leaks(loot)};
    TRY(guesses_make(loot, &guesses));
    out->guesses = guesses.count;
    for (size_t i = 0; i < guesses.count; i++) {
        attack_wraps(loot, guesses.at[i], out);
        attack_entries(loot, guesses.at[i], out);
        attack_fields(loot, guesses.at[i], out);
    }
    for (size_t i = 0; i < loot->exchange_count; i++) {
        const struct loot_exchange *open = &loot->exchanges[i];
        if (str_is(open->path, STR("/v1/open")) && open->request.len == VAULT_M1_BYTES && open->reply.len == HANDSHAKE_M2_BYTES)
            attack_handshake(loot, open, &guesses, out);
    }
    attack_records(loot, &guesses, out);
    alloc_free(&guesses.at);
    return ERR_NONE;
}
