/* pii_type.h - the kinds of personal data that the guard knows, and what is done with each when nobody says otherwise.
 *
 * Types below PII_TYPE_OWN are in the enum; from there on each is a row of number.h, so that a new number is a new type.
 */
#ifndef GUARD_PII_TYPE_H
#define GUARD_PII_TYPE_H

#include "base/str.h"

enum pii_type_id {
    PII_CARD, PII_CVV, PII_CARD_EXPIRY, PII_IBAN, PII_BIC, PII_BANK_ACCOUNT, PII_BANK_ROUTING, PII_EMAIL, PII_PHONE, PII_IP, PII_MAC,
    PII_IMEI, PII_URL, PII_URL_CREDENTIALS, PII_GPS, PII_WALLET, PII_PASSWORD, PII_PIN, PII_OTP, PII_API_KEY, PII_PRIVATE_KEY,
    PII_JWT, PII_BIRTH_DATE, PII_AGE, PII_STREET, PII_POSTCODE, PII_CITY, PII_PERSON, PII_USERNAME, PII_PLATE, PII_VIN, PII_PASSPORT,
    PII_LICENCE, PII_ID_NUMBER, PII_HEALTH, PII_RELIGION, PII_POLITICS, PII_SEX_LIFE, PII_UNION,
    PII_TYPE_OWN
};

/* What the policy does with a find; from harmless to strict. */
enum pii_action {
    PII_ALLOW,  /* nothing */
    PII_TAG,    /* reported, left as it is */
    PII_ALIAS,  /* a pseudonym that this conversation, and nobody else, can turn back */
    PII_MASK,   /* all but the last four letters or digits becomes * */
    PII_REDACT, /* [TYPE] */
    PII_REFUSE  /* the whole message is turned away */
};

struct pii_type {
    const char *name;
    const char *about;
    enum pii_action action;
    bool is_secret; /* never reaches storage, log, model or CRM, whatever a policy says */
};

/* pii_type_count, pii_type_get - all types, in a fixed order. */
unsigned pii_type_count(void);
struct pii_type pii_type_get(unsigned type);
/* pii_type_name - the name, written into `out` (64 bytes suffice for each), zero-terminated. */
str pii_type_name(unsigned type, char out[64]);
/* pii_type_find - by name, any case. Errs: ERR_ABSENT. */
enum err pii_type_find(str name, unsigned *out) MUST_CHECK;
/* pii_type_action_find - "allow", "tag", "pseudonymise", "mask", "redact", "refuse". Errs: ERR_ABSENT. */
enum err pii_type_action_find(str name, enum pii_action *out) MUST_CHECK;

#endif
