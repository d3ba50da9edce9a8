/* Keys and tokens by their beginnings, after the documentation of the services that give them out. To add one: a row with the
 * beginning, the alphabet and the length of the rest. It judges by form alone and never tries a key. */
#include "guard/token_prefix.h"

#include <string.h>

struct token_prefix {
    const char *begins;
    char alphabet; /* h hex, n letters and digits, w those and - _, u upper case and digits, b base64 and . */
    unsigned short shortest, longest; /* of the rest */
};

static const struct token_prefix token_prefixes[] = {
    {"AKIA", 'u', 16, 16}, {"ASIA", 'u', 16, 16}, {"ABIA", 'u', 16, 16}, {"ACCA", 'u', 16, 16}, {"AGPA", 'u', 16, 16},
    {"AIDA", 'u', 16, 16}, {"AROA", 'u', 16, 16}, {"AIPA", 'u', 16, 16}, {"ANPA", 'u', 16, 16}, {"ANVA", 'u', 16, 16},
    {"ABSK", 'b', 100, 160}, {"bedrock-api-key-", 'b', 40, 900},
    {"ghp_", 'n', 30, 255}, {"gho_", 'n', 30, 255}, {"ghu_", 'n', 30, 255}, {"ghs_", 'n', 30, 255}, {"ghr_", 'n', 30, 255},
    {"github_pat_", 'w', 22, 255}, {"glpat-", 'w', 20, 60}, {"glptt-", 'h', 40, 40}, {"gldt-", 'w', 20, 60}, {"glrt-", 'w', 20, 60},
    {"glcbt-", 'w', 20, 80}, {"glft-", 'w', 20, 60}, {"glimt-", 'w', 20, 60}, {"glagent-", 'w', 40, 60}, {"gloas-", 'h', 64, 64},
    {"glsoat-", 'w', 20, 60}, {"glffct-", 'w', 20, 60}, {"GR1348941", 'w', 20, 20}, {"glrtr-", 'w', 20, 60},
    {"xoxb-", 'w', 20, 255}, {"xoxp-", 'w', 20, 255}, {"xoxa-", 'w', 20, 255}, {"xoxr-", 'w', 20, 255}, {"xoxs-", 'w', 20, 255},
    {"xoxo-", 'w', 20, 255}, {"xoxc-", 'w', 20, 255}, {"xoxd-", 'b', 20, 400}, {"xoxe-", 'w', 20, 400}, {"xoxe.xoxp-", 'w', 20, 400},
    {"xoxe.xoxb-", 'w', 20, 400}, {"xapp-", 'w', 20, 255}, {"xwfp-", 'w', 20, 255},
    {"sk_live_", 'n', 10, 255}, {"sk_test_", 'n', 10, 255}, {"rk_live_", 'n', 10, 255}, {"rk_test_", 'n', 10, 255},
    {"pk_live_", 'n', 10, 255}, {"pk_test_", 'n', 10, 255}, {"whsec_", 'b', 20, 80}, {"sk_prod_", 'n', 10, 99}, {"rk_prod_", 'n', 10, 99},
    {"SG.", 'b', 60, 70}, {"key-", 'h', 32, 32}, {"pubkey-", 'h', 32, 32}, {"AIza", 'w', 35, 35}, {"ya29.", 'b', 20, 400},
    {"GOCSPX-", 'w', 28, 28}, {"1//0", 'w', 30, 120}, {"sk-ant-", 'w', 20, 120}, {"sk-proj-", 'w', 20, 200}, {"sk-svcacct-", 'w', 20, 200},
    {"sk-admin-", 'w', 20, 200}, {"sk-or-v1-", 'h', 64, 64}, {"sk-", 'w', 20, 200}, {"hf_", 'n', 30, 40}, {"api_org_", 'n', 30, 40},
    {"gsk_", 'n', 40, 60}, {"xai-", 'n', 60, 90}, {"pplx-", 'n', 40, 60}, {"r8_", 'n', 37, 37}, {"co_", 'n', 38, 42}, {"nvapi-", 'w', 50, 80},
    {"fw_", 'n', 22, 30}, {"tgp_v1_", 'w', 40, 50}, {"lsv2_pt_", 'w', 40, 60}, {"lsv2_sk_", 'w', 40, 60}, {"ls__", 'h', 32, 32},
    {"pcsk_", 'w', 40, 80}, {"jina_", 'w', 50, 70}, {"tvly-", 'w', 25, 60}, {"voyage-", 'w', 40, 60}, {"cpk_", 'w', 40, 99},
    {"npm_", 'n', 36, 36}, {"pypi-", 'w', 50, 400}, {"rubygems_", 'h', 48, 48}, {"cio", 'n', 32, 32}, {"oy2", 'n', 43, 43},
    {"dckr_pat_", 'w', 24, 40}, {"dckr_oat_", 'w', 24, 60}, {"dop_v1_", 'h', 64, 64}, {"doo_v1_", 'h', 64, 64}, {"dor_v1_", 'h', 64, 64},
    {"shpat_", 'h', 32, 32}, {"shpca_", 'h', 32, 32}, {"shppa_", 'h', 32, 32}, {"shpss_", 'h', 32, 32}, {"shptka_", 'h', 32, 32},
    {"sq0atp-", 'w', 22, 60}, {"sq0csp-", 'w', 43, 60}, {"sq0idp-", 'w', 22, 60}, {"EAAA", 'w', 56, 70}, {"EAACEdEose0cBA", 'n', 20, 255},
    {"EAAG", 'n', 60, 255}, {"access_token$production$", 'n', 30, 60}, {"amzn.mws.", 'w', 36, 36}, {"amzn1.oa2-cs.v1.", 'h', 64, 64},
    {"atlasv1.", 'w', 60, 80}, {"ATATT3", 'b', 150, 250}, {"ATCTT3", 'b', 150, 250}, {"ATBB", 'n', 32, 40}, {"BBDC-", 'b', 40, 60},
    {"hvs.", 'w', 24, 140}, {"hvb.", 'w', 90, 300}, {"hvr.", 'w', 24, 140}, {"s.", 'n', 24, 24}, {"b.AAAAAQ", 'w', 100, 300},
    {"pul-", 'h', 40, 40}, {"dp.pt.", 'n', 40, 44}, {"dp.st.", 'b', 40, 80}, {"dp.ct.", 'n', 40, 44}, {"dp.sa.", 'n', 40, 44},
    {"dp.scim.", 'n', 40, 44}, {"dp.audit.", 'n', 40, 44}, {"doppler_", 'n', 40, 60}, {"lin_api_", 'n', 40, 40}, {"lin_oauth_", 'h', 64, 64},
    {"ntn_", 'n', 40, 50}, {"secret_", 'n', 43, 43}, {"figd_", 'w', 40, 60}, {"figo_", 'w', 40, 60}, {"PMAK-", 'w', 59, 59},
    {"PMAT-", 'w', 26, 60}, {"NRAK-", 'u', 27, 27}, {"NRIQ-", 'w', 32, 32}, {"NRJS-", 'h', 19, 19}, {"NRII-", 'w', 32, 32}, {"NRRA-", 'h', 42, 42},
    {"NRSP-", 'h', 30, 40}, {"glc_", 'b', 32, 400}, {"glsa_", 'w', 41, 41}, {"eyJrIjoi", 'b', 70, 400}, {"dt0c01.", 'w', 80, 100},
    {"dt0s01.", 'w', 80, 100}, {"sntrys_", 'b', 80, 400}, {"sntryu_", 'h', 64, 64}, {"phc_", 'n', 43, 43}, {"phx_", 'n', 43, 43},
    {"pdl_live_", 'w', 30, 80}, {"pdl_sdbx_", 'w', 30, 80}, {"rzp_live_", 'n', 14, 24}, {"rzp_test_", 'n', 14, 24}, {"FLWSECK-", 'w', 20, 60},
    {"FLWPUBK-", 'w', 20, 60}, {"FLWSECK_TEST-", 'w', 12, 60}, {"sk_sandbox_", 'n', 20, 60}, {"live_", 'n', 30, 60}, {"test_", 'n', 30, 60},
    {"EZAK", 'n', 54, 54}, {"EZTK", 'n', 54, 54}, {"shippo_live_", 'h', 40, 40}, {"shippo_test_", 'h', 40, 40}, {"duffel_live_", 'w', 43, 43},
    {"duffel_test_", 'w', 43, 43}, {"xkeysib-", 'w', 70, 90}, {"xsmtpsib-", 'w', 70, 90}, {"mlsn.", 'h', 64, 64}, {"re_", 'w', 30, 40},
    {"postmark-", 'w', 36, 36}, {"pat-na1-", 'w', 36, 36}, {"pat-eu1-", 'w', 36, 36}, {"CFPAT-", 'w', 43, 43}, {"cf_", 'n', 37, 60},
    {"v1.0-", 'h', 140, 180}, {"fo1_", 'w', 43, 43}, {"fm1_", 'b', 40, 900}, {"fm2_", 'b', 40, 900}, {"FlyV1", 'b', 40, 900},
    {"nfp_", 'n', 36, 44}, {"vercel_", 'n', 24, 60}, {"rnd_", 'n', 28, 40}, {"railway_", 'w', 36, 60}, {"HRKU-", 'w', 36, 80},
    {"sbp_", 'h', 40, 40}, {"sb_secret_", 'w', 20, 60}, {"sb_publishable_", 'w', 20, 60}, {"pscale_tkn_", 'w', 32, 64},
    {"pscale_pw_", 'w', 32, 64}, {"pscale_oauth_", 'w', 32, 64}, {"neon_", 'n', 40, 80}, {"napi_", 'n', 40, 80}, {"xau_", 'n', 30, 60},
    {"AKCp", 'n', 69, 69}, {"cmVmd", 'n', 59, 59}, {"databricks", 'w', 30, 40}, {"dapi", 'h', 32, 34}, {"dsapi", 'h', 32, 34},
    {"dkea", 'h', 32, 32}, {"tskey-", 'w', 20, 80}, {"ops_eyJ", 'b', 100, 900}, {"A3-", 'w', 30, 40}, {"p8e-", 'n', 32, 32},
    {"sgp_", 'w', 40, 70}, {"sgd_", 'w', 40, 70}, {"slk_", 'h', 64, 64}, {"sl.", 'w', 130, 160}, {"rdme_", 'n', 70, 70}, {"squ_", 'h', 40, 40},
    {"sqp_", 'h', 40, 40}, {"sqa_", 'h', 40, 40}, {"CCIPAT_", 'w', 40, 99}, {"bkua_", 'h', 40, 40}, {"bkpt_", 'h', 40, 40},
    {"cr_", 'n', 40, 60}, {"lc_", 'n', 40, 60}, {"airtable_", 'w', 30, 99}, {"pat", 'b', 80, 82}, {"API-", 'u', 26, 26},
    {"adbkey_", 'w', 30, 60}, {"aio_", 'n', 28, 28}, {"duo_", 'n', 40, 60}, {"intkey_", 'w', 30, 60}, {"AGE-SECRET-KEY-1", 'u', 58, 58},
    {"SK", 'h', 32, 32}, {"AC", 'h', 32, 32}, {"MTA", 'b', 55, 70}, {"mfa.", 'w', 84, 84}, {"EAAAE", 'w', 59, 60}, {"LTAI", 'n', 12, 24},
    {"AKID", 'n', 32, 40}, {"AQVN", 'w', 35, 38}, {"t1.", 'b', 80, 300}, {"y0_", 'w', 39, 60}, {"AQAAAA", 'w', 30, 40}, {"vk1.a.", 'w', 80, 250},
    {"settings.", 'w', 60, 60}, {"IGQV", 'w', 60, 255}, {"ctp_", 'w', 30, 60}, {"snyk_", 'w', 36, 60}, {"sha256~", 'w', 43, 43},
    {"waka_", 'w', 36, 36}, {"ion_", 'w', 42, 42}, {"sdk-", 'w', 36, 36}, {"api-", 'w', 36, 36}, {"mob-", 'w', 36, 36}, {"ffk_", 'w', 30, 60},
    {"sm-", 'w', 40, 60}, {"pnu_", 'n', 36, 36}, {"apify_api_", 'n', 36, 36}, {"typeform_", 'w', 40, 70}, {"tfp_", 'w', 59, 59},
    {"sumo_", 'w', 30, 70}, {"zpka_", 'w', 30, 70}, {"bot", 'n', 43, 60}, {"riot_", 'w', 30, 60}, {"RGAPI-", 'w', 36, 36}, {"trello_", 'w', 32, 80},
    {"ATTA", 'h', 64, 80}, {"PRIVATE-", 'w', 32, 64}, {"ZS-", 'w', 30, 60}, {"wkr_", 'w', 30, 60}, {"clojars_", 'b', 60, 68},
    {"CLOJARS_", 'h', 60, 60}, {"cargo_", 'n', 32, 60}, {"PSK", 'n', 40, 60}, {"harness_", 'w', 30, 80}, {"pat.", 'w', 60, 70}, {"sat.", 'w', 60, 70},
};

#define TOKEN_PREFIXES (sizeof token_prefixes / sizeof *token_prefixes)

size_t
token_prefix_count(void)
{
    return TOKEN_PREFIXES;
}

static bool
token_prefix_holds(char alphabet, char c)
{
    bool digit = c >= '0' && c <= '9', upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';

    switch (alphabet) {
    case 'h':
        return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case 'u':
        return digit || upper;
    case 'n':
        return digit || upper || lower;
    case 'w':
        return digit || upper || lower || c == '-' || c == '_';
    default:
        return digit || upper || lower || strchr("-_.=/+~%", c);
    }
}

/* A random rest has digits and letters; words joined by dashes and underscores have no digits. */
static bool
token_prefix_is_random(str rest)
{
    size_t digits = 0, upper = 0, lower = 0;

    for (size_t i = 0; i < rest.len; i++) {
        digits += rest.at[i] >= '0' && rest.at[i] <= '9';
        upper += rest.at[i] >= 'A' && rest.at[i] <= 'Z';
        lower += rest.at[i] >= 'a' && rest.at[i] <= 'z';
    }
    return (digits > 0 || (upper > 1 && lower > 1) || (lower == 0 && upper >= 16)) && upper + lower > 0;
}

bool
token_prefix_is(str token)
{
    for (size_t i = 0; i < TOKEN_PREFIXES; i++) {
        const struct token_prefix *row = &token_prefixes[i];
        if (token.at[0] != row->begins[0])
            continue;
        size_t head = strlen(row->begins), len = 0;
        if (token.len < head + row->shortest || memcmp(token.at, row->begins, head) != 0)
            continue;
        while (head + len < token.len && token_prefix_holds(row->alphabet, token.at[head + len]))
            len++;
        if (head + len == token.len && len >= row->shortest && len <= row->longest &&
            token_prefix_is_random(str_slice(token, head, len)))
            return true;
    }
    return false;
}
