/* Security headers, as one table. No answer of Privet ever sets a cookie. */
#include "front/headers.h"

#include "crypt/base64.h"
#include "crypt/hkdf.h"
#include "front/asset.h"
#include "rights/notice.h"

#include <microhttpd.h>
#include <stdio.h>

#define HEADERS_POLICY_BYTES ((size_t)4096)

static char policy_widget[HEADERS_POLICY_BYTES], policy_chat[HEADERS_POLICY_BYTES], policy_page[HEADERS_POLICY_BYTES];
static bool has_tls;

#define HEADERS_FRAME (1u << HEADERS_WIDGET | 1u << HEADERS_CHAT)

static const struct {
    unsigned kinds;
    const char *name, *value;
} rows[] = {
    {~0u, "X-Content-Type-Options", "nosniff"},
    {HEADERS_FRAME | 1u << HEADERS_PAGE | 1u << HEADERS_API, "Referrer-Policy", "no-referrer"},
    {HEADERS_FRAME | 1u << HEADERS_PAGE | 1u << HEADERS_API, "Cache-Control", "no-store"},
    {1u << HEADERS_LOADER, "Access-Control-Allow-Origin", "*"}, /* SRI needs it */
    {1u << HEADERS_LOADER | HEADERS_FRAME, "Cross-Origin-Resource-Policy", "cross-origin"},
    {1u << HEADERS_PAGE | 1u << HEADERS_API, "Cross-Origin-Resource-Policy", "same-origin"},
    {HEADERS_FRAME, "Cross-Origin-Embedder-Policy", "require-corp"},
    {HEADERS_FRAME, "Origin-Agent-Cluster", "?1"},
    {HEADERS_FRAME, "Permissions-Policy",
     "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=(), "
     "publickey-credentials-get=(), publickey-credentials-create=(), clipboard-read=(), browsing-topics=()"},
    {1u << HEADERS_PAGE, "Content-Security-Policy", policy_page},
    {1u << HEADERS_WIDGET, "Content-Security-Policy", policy_widget},
    {1u << HEADERS_CHAT, "Content-Security-Policy", policy_chat},
};

static enum err
headers_policy(char *out, const char *ancestors)
{
    int len = snprintf(out, HEADERS_POLICY_BYTES,
                       "default-src 'none'; script-src '%s'; style-src '%s'; connect-src 'self'; img-src 'self' blob:; "
                       "media-src 'self'; font-src 'none'; object-src 'none'; frame-src 'none'; worker-src 'none'; "
                       "manifest-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors %s; "
                       "require-trusted-types-for 'script'; trusted-types 'none'",
                       asset_script_hash, asset_style_hash, ancestors[0] ? ancestors : "'none'");
    return len > 0 && (size_t)len < HEADERS_POLICY_BYTES ? ERR_NONE : err_raise(ERR_LIMIT, "headers: too many origins");
}

/* Privet's own pages: no script at all, and one style, by its hash. */
static enum err
headers_policy_page(void)
{
    unsigned char hash[32];
    str style = str_from(notice_style);
    BUF_SCOPE(text, 64);

    hkdf_hash(&style, 1, hash);
    TRY(base64_write(&text, BASE64_PLAIN, str_bytes(hash, sizeof hash)));
    snprintf(policy_page, sizeof policy_page,
             "default-src 'none'; style-src 'sha256-%.*s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", STR_ARG(buf_str(&text)));
    return ERR_NONE;
}

enum err
headers_init(const struct conf *conf)
{
    has_tls = conf->tls_cert[0] != 0;
    TRY(headers_policy_page());
    TRY(headers_policy(policy_widget, conf->origins));
    return headers_policy(policy_chat, "'none'");
}

enum err
headers_add(struct MHD_Response *response, enum headers_kind kind, bool is_frozen)
{
    bool done = true;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kinds & 1u << kind)
            done = done && MHD_add_response_header(response, rows[i].name, rows[i].value) == MHD_YES;
    if (kind == HEADERS_LOADER)
        done = done && MHD_add_response_header(response, "Cache-Control",
                                               is_frozen ? "public, max-age=31536000, immutable" : "public, max-age=3600") == MHD_YES;
    if (has_tls)
        done = done && MHD_add_response_header(response, "Strict-Transport-Security", "max-age=63072000") == MHD_YES;
    return done ? ERR_NONE : err_raise(ERR_MEMORY, "headers: no memory");
}
