/* The table of types and their defaults. Defaults are the safe ones: what opens an account or names a person in a register is
 * redacted, what points to a person is a pseudonym, what merely describes is tagged. */
#include "guard/pii_type.h"

#include "guard/number.h"

#include <stdio.h>
#include <string.h>

static const struct pii_type pii_type_rows[PII_TYPE_OWN] = {
    [PII_CARD] = {"CARD", "payment card number (ISO/IEC 7812)", PII_REDACT, true},
    [PII_CVV] = {"CVV", "card security code", PII_REDACT, true},
    [PII_CARD_EXPIRY] = {"CARD_EXPIRY", "expiry of a card", PII_REDACT, true},
    [PII_IBAN] = {"IBAN", "international bank account number (ISO 13616)", PII_MASK, false},
    [PII_BIC] = {"BIC", "bank identifier, SWIFT code (ISO 9362)", PII_TAG, false},
    [PII_BANK_ACCOUNT] = {"BANK_ACCOUNT", "bank account number, with its words near", PII_MASK, false},
    [PII_BANK_ROUTING] = {"BANK_ROUTING", "bank routing number, sort code or Bankleitzahl", PII_TAG, false},
    [PII_EMAIL] = {"EMAIL", "e-mail address, also spelled out", PII_ALIAS, false},
    [PII_PHONE] = {"PHONE", "telephone number of any country (ITU-T E.164)", PII_ALIAS, false},
    [PII_IP] = {"IP", "IPv4 or IPv6 address", PII_ALIAS, false},
    [PII_MAC] = {"MAC", "hardware address of a network card (IEEE 802)", PII_REDACT, false},
    [PII_IMEI] = {"IMEI", "number of a mobile phone (3GPP TS 23.003)", PII_REDACT, false},
    [PII_URL] = {"URL", "web address", PII_TAG, false},
    [PII_URL_CREDENTIALS] = {"URL_CREDENTIALS", "web address with a name and password or a token in it", PII_REDACT, true},
    [PII_GPS] = {"GPS", "coordinates of a place", PII_REDACT, false},
    [PII_WALLET] = {"WALLET", "address of a cryptocurrency", PII_REDACT, false},
    [PII_PASSWORD] = {"PASSWORD", "password, after a word that announces it", PII_REDACT, true},
    [PII_PIN] = {"PIN", "PIN, after a word that announces it", PII_REDACT, true},
    [PII_OTP] = {"OTP", "one-time code", PII_REDACT, true},
    [PII_API_KEY] = {"API_KEY", "key or token of a service", PII_REDACT, true},
    [PII_PRIVATE_KEY] = {"PRIVATE_KEY", "private key in PEM and like forms", PII_REDACT, true},
    [PII_JWT] = {"JWT", "JSON web token (RFC 7519)", PII_REDACT, true},
    [PII_BIRTH_DATE] = {"BIRTH_DATE", "date of birth", PII_REDACT, false},
    [PII_AGE] = {"AGE", "age of a person", PII_TAG, false},
    [PII_STREET] = {"STREET", "street and house number, PO box", PII_ALIAS, false},
    [PII_POSTCODE] = {"POSTCODE", "postal code", PII_TAG, false},
    [PII_CITY] = {"CITY", "town that a person lives in or comes from", PII_TAG, false},
    [PII_PERSON] = {"PERSON", "name of a person", PII_ALIAS, false},
    [PII_USERNAME] = {"USERNAME", "user name or handle", PII_ALIAS, false},
    [PII_PLATE] = {"PLATE", "licence plate of a vehicle", PII_REDACT, false},
    [PII_VIN] = {"VIN", "vehicle identification number (ISO 3779)", PII_REDACT, false},
    [PII_PASSPORT] = {"PASSPORT", "passport number", PII_REDACT, true},
    [PII_LICENCE] = {"LICENCE", "driving licence number", PII_REDACT, true},
    [PII_ID_NUMBER] = {"ID_NUMBER", "identity number, tax or social, of no known form, after a word that announces it", PII_REDACT, true},
    [PII_HEALTH] = {"HEALTH", "hint at health (GDPR article 9)", PII_TAG, false},
    [PII_RELIGION] = {"RELIGION", "hint at religion or belief (GDPR article 9)", PII_TAG, false},
    [PII_POLITICS] = {"POLITICS", "hint at political opinion (GDPR article 9)", PII_TAG, false},
    [PII_SEX_LIFE] = {"SEX_LIFE", "hint at sex life or orientation (GDPR article 9)", PII_TAG, false},
    [PII_UNION] = {"UNION", "hint at trade union membership (GDPR article 9)", PII_TAG, false},
};

static const char *const pii_type_actions[] = {"allow", "tag", "pseudonymise", "mask", "redact", "refuse"};

unsigned
pii_type_count(void)
{
    return PII_TYPE_OWN + (unsigned)number_count();
}

struct pii_type
pii_type_get(unsigned type)
{
    if (type < PII_TYPE_OWN)
        return pii_type_rows[type];
    const struct number_row *row = number_get(type - PII_TYPE_OWN);
    bool company = row->kind == NUMBER_COMPANY;
    return (struct pii_type){row->name, row->about, company ? PII_TAG : row->kind == NUMBER_BANK ? PII_MASK : PII_REDACT,
                             !company && row->kind != NUMBER_BANK};
}

str
pii_type_name(unsigned type, char out[64])
{
    int len = type < PII_TYPE_OWN ? snprintf(out, 64, "%s", pii_type_rows[type].name)
                                  : snprintf(out, 64, "%s_%s", number_get(type - PII_TYPE_OWN)->country,
                                             number_get(type - PII_TYPE_OWN)->name);
    return (str){out, len < 0 ? 0 : (size_t)len};
}

enum err
pii_type_find(str name, unsigned *out)
{
    char text[64];

    for (unsigned i = 0; i < pii_type_count(); i++)
        if (str_is_nocase(pii_type_name(i, text), name)) {
            *out = i;
            return ERR_NONE;
        }
    return err_raise(ERR_ABSENT, "pii: no such type");
}

enum err
pii_type_action_find(str name, enum pii_action *out)
{
    for (size_t i = 0; i < sizeof pii_type_actions / sizeof *pii_type_actions; i++)
        if (str_is_nocase(str_from(pii_type_actions[i]), name)) {
            *out = (enum pii_action)i;
            return ERR_NONE;
        }
    return err_raise(ERR_ABSENT, "pii: no such action");
}
