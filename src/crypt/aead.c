/* AES-256-GCM by libcrypto's EVP. One context per thread: making one costs more than sealing a short record. It never
 * gives out plaintext whose tag did not fit, and wipes the key schedule after each call. */
#include "crypt/aead.h"

#include <limits.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>

static pthread_key_t context_key;
static pthread_once_t context_once = PTHREAD_ONCE_INIT;
static const EVP_CIPHER *cipher;

static void
aead_context_free(void *context)
{
    EVP_CIPHER_CTX_free(context);
}

static void
aead_start(void)
{
    /* Fetched once: EVP_aes_256_gcm() looks the algorithm up again in each init. */
    cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    must(cipher && pthread_key_create(&context_key, aead_context_free) == 0);
}

static EVP_CIPHER_CTX *
aead_context(void)
{
    pthread_once(&context_once, aead_start);
    EVP_CIPHER_CTX *context = pthread_getspecific(context_key);
    if (context)
        return context;
    context = EVP_CIPHER_CTX_new();
    if (context && pthread_setspecific(context_key, context) != 0) {
        EVP_CIPHER_CTX_free(context);
        return NULL;
    }
    return context;
}

static bool
aead_seal_in(EVP_CIPHER_CTX *context, str aad, str plain, unsigned char *out)
{
    int len = 0, rest = 0;

    return EVP_EncryptUpdate(context, NULL, &len, (const unsigned char *)aad.at, (int)aad.len) == 1 &&
           EVP_EncryptUpdate(context, out, &len, (const unsigned char *)plain.at, (int)plain.len) == 1 &&
           EVP_EncryptFinal_ex(context, out + len, &rest) == 1 && (size_t)(len + rest) == plain.len &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, (int)AEAD_TAG_BYTES, out + plain.len) == 1;
}

enum err
aead_seal(const unsigned char key[32], const unsigned char nonce[12], str aad, str plain, unsigned char *out)
{
    EVP_CIPHER_CTX *context = aead_context();

    if (!context)
        return err_raise(ERR_MEMORY, "aead: no context");
    if (aad.len > INT_MAX || plain.len > INT_MAX - AEAD_TAG_BYTES)
        return err_raise(ERR_LIMIT, "aead: too long");
    bool done = EVP_EncryptInit_ex2(context, cipher, key, nonce, NULL) == 1 && aead_seal_in(context, aad, plain, out);
    EVP_CIPHER_CTX_reset(context);
    return done ? ERR_NONE : err_raise(ERR_BUG, "aead: libcrypto does not seal");
}

static bool
aead_open_in(EVP_CIPHER_CTX *context, str aad, str sealed, unsigned char *out)
{
    int len = 0, rest = 0;
    int text_len = (int)(sealed.len - AEAD_TAG_BYTES);
    unsigned char tag[16];

    for (size_t i = 0; i < sizeof tag; i++)
        tag[i] = (unsigned char)sealed.at[(size_t)text_len + i];
    return EVP_DecryptUpdate(context, NULL, &len, (const unsigned char *)aad.at, (int)aad.len) == 1 &&
           EVP_DecryptUpdate(context, out, &len, (const unsigned char *)sealed.at, text_len) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, (int)sizeof tag, tag) == 1 &&
           EVP_DecryptFinal_ex(context, out + len, &rest) == 1;
}

enum err
aead_open(const unsigned char key[32], const unsigned char nonce[12], str aad, str sealed, unsigned char *out)
{
    EVP_CIPHER_CTX *context = aead_context();

    if (!context)
        return err_raise(ERR_MEMORY, "aead: no context");
    if (sealed.len < AEAD_TAG_BYTES || sealed.len > INT_MAX || aad.len > INT_MAX)
        return err_raise(ERR_INPUT, "aead: length");
    bool done = EVP_DecryptInit_ex2(context, cipher, key, nonce, NULL) == 1 && aead_open_in(context, aad, sealed, out);
    EVP_CIPHER_CTX_reset(context);
    if (done)
        return ERR_NONE;
    sodium_memzero(out, sealed.len - AEAD_TAG_BYTES);
    return err_raise(ERR_INPUT, "aead: the tag does not fit");
}

enum err
aead_init(void)
{
    static const unsigned char key[32], nonce[12];
    unsigned char sealed[1 + 16], plain[1];

    TRY(aead_seal(key, nonce, STR(""), STR("x"), sealed));
    return aead_open(key, nonce, STR(""), str_bytes(sealed, sizeof sealed), plain);
}
