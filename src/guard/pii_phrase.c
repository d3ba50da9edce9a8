/* Passwords, user names and keys that a sentence gives away: "my password is hunter2", "login: jdoe_88", "token=…". What follows the word
 * must look like a value, or be set off by a colon, an equals sign or quotes: "my password is wrong" gives nothing away. */
#include "guard/pii_private.h"

#include <string.h>

#define PHRASE_VALUE_MAX ((size_t)256)

enum phrase_bond { PHRASE_NONE, PHRASE_IS, PHRASE_MARK };

/* What people say of passwords and logins rather than give them. */
static const char phrase_plain[] =
    " not wrong incorrect invalid expired weak strong too the a an my your our his her their its this that it is are was were be been being "
    "and or but if so to of for from in on at by with without as no yes please help me i we you they can cannot can't could will would "
    "should do does did don't doesn't didn't have has had need needs want changed reset forgotten forgot lost working work works locked "
    "correct right same different new old secure required necessary case sensitive still again never always also just already saved stored "
    "hidden visible shown empty blank missing needed asking ask keeps fine ok okay good bad hard easy long short unknown valid accepted rejected "
    "stolen compromised hacked leaked reset? page link field box form manager policy change recovery protected screen prompt requirements email "
    "falsch nicht abgelaufen vergessen ungultig richtig zu der die das mein dein ist und oder weg gesperrt neu alt korrekt unbekannt "
    "incorrect oublie expire pas le la les mon ma est et ou un une perdu bloque incorrecta incorrecto olvidada olvidado no es el los mi una "
    "sbagliata errata scaduta non il mio dimenticata verkeerd niet fout vergeten verlopen het een mijn bledne niepoprawne nie moje zapomnialem "
    "errada esqueci nao minha fel inte glomt mitt mina ar yanlis degil unuttum benim correcta correcto expirada expirado invalida invalido "
    "what how why where when who which there here now about into out up down off over under than then because after before ";

static bool
phrase_is_plain(str token)
{
    char key[40] = " ";

    if (token.len > 30)
        return false;
    for (size_t i = 0; i < token.len; i++)
        key[i + 1] = token.at[i] >= 'A' && token.at[i] <= 'Z' ? (char)(token.at[i] + 32) : token.at[i];
    key[token.len + 1] = ' ';
    return strstr(phrase_plain, key) != NULL;
}

/* The run without blanks at `at`, or what stands between quotes; *end behind it. */
static str
phrase_token(const struct pii_scan *scan, size_t at, size_t *end)
{
    const char *text = scan->fold.at;
    char quote = pii_byte(scan, at);
    size_t i = at;

    if (quote == '"' || quote == '\'' || quote == '`') {
        for (i = at + 1; i < scan->fold.len && i - at < PHRASE_VALUE_MAX && text[i] != quote && text[i] != '\n';)
            i++;
        if (i < scan->fold.len && text[i] == quote && i > at + 1) {
            *end = i;
            return (str){text + at + 1, i - at - 1};
        }
        at++;
        i = at;
    }
    while (i < scan->fold.len && (unsigned char)text[i] > ' ' && i - at < PHRASE_VALUE_MAX)
        i++;
    size_t stop = i;
    while (stop > at && strchr(".,;:)\"'", text[stop - 1]))
        stop--;
    /* One mark at the end of the text may belong to the password; more of them, or one before another word, end a sentence. */
    *end = stop;
    return (str){text + at, stop - at};
}

/* Skips from behind the cue to where a value may begin; says what bound them. SIZE_MAX: a negation or a question stands between. */
static size_t
phrase_value_at(const struct pii_scan *scan, size_t word, enum phrase_bond *bond)
{
    size_t next = word + (scan->word[word].phrase > 0 ? scan->word[word].phrase : 1), at = pii_word_end(scan, next - 1);

    *bond = PHRASE_NONE;
    for (size_t skipped = 0; skipped < 6;) {
        while (at < scan->fold.len && strchr(" :=>-\t", scan->fold.at[at])) {
            if ((scan->fold.at[at] == ':' || scan->fold.at[at] == '=') && *bond != PHRASE_MARK)
                *bond = PHRASE_MARK;
            at++;
        }
        while (next < scan->word_count && scan->word[next].at < at)
            next++;
        if (next >= scan->word_count || scan->word[next].at != at || scan->word[next].is_break || *bond == PHRASE_MARK)
            return at;
        const struct pii_word *here = &scan->word[next];
        bool whole = !pii_is_alnum(pii_byte(scan, pii_word_end(scan, next))) && pii_byte(scan, pii_word_end(scan, next)) != '_';
        if (here->cue & CUE(NOT))
            return whole ? SIZE_MAX : at;
        if (!whole || !(here->cue & (CUE(IS) | CUE(NUMBER) | CUE(PASSWORD) | CUE(USER) | CUE(KEY))))
            return at;
        *bond = (here->cue & CUE(IS)) ? PHRASE_IS : *bond;
        at = pii_word_end(scan, next);
        skipped++;
    }
    return at;
}

struct phrase_look {
    size_t digits, letters, upper, marks;
};

static struct phrase_look
phrase_look(str token)
{
    struct phrase_look look = {0, 0, 0, 0};

    for (size_t i = 0; i < token.len; i++) {
        look.digits += pii_is_digit(token.at[i]);
        look.letters += pii_is_letter(token.at[i]);
        look.upper += i > 0 && token.at[i] >= 'A' && token.at[i] <= 'Z';
        look.marks += !pii_is_digit(token.at[i]) && !pii_is_letter(token.at[i]);
    }
    return look;
}

static unsigned
phrase_password_score(const struct pii_scan *scan, str token, size_t end, enum phrase_bond bond)
{
    struct phrase_look look = phrase_look(token);
    bool odd = look.digits > 0 || look.marks > 0 || (look.upper > 0 && look.upper + 1 < token.len);
    bool quoted = token.at > scan->fold.at && strchr("\"'`", token.at[-1]);

    if (token.len < 3 || (phrase_is_plain(token) && !quoted))
        return 0;
    if (bond == PHRASE_MARK || quoted)
        return odd || quoted ? 95 : 85;
    if (bond == PHRASE_IS) {
        while (end < scan->fold.len && strchr(" .,!\"'", scan->fold.at[end]))
            end++;
        bool last = end >= scan->fold.len || scan->fold.at[end] == '\n' || scan->fold.at[end] == ';';
        return odd && token.len >= 4 ? 94 : last && token.len >= 4 ? 78 : 45;
    }
    return look.digits > 0 && look.letters > 0 && token.len >= 5 ? 80 : 0;
}

static unsigned
phrase_user_score(str token, enum phrase_bond bond)
{
    struct phrase_look look = phrase_look(token);

    if (token.len < 3 || token.len > 40 || phrase_is_plain(token) || look.letters == 0)
        return 0;
    for (size_t i = 0; i < token.len; i++)
        if (!pii_is_alnum(token.at[i]) && (unsigned char)token.at[i] < 0x80 && !strchr("._-@#+", token.at[i]))
            return 0;
    if (bond != PHRASE_NONE)
        return look.digits + look.marks > 0 || bond == PHRASE_MARK ? 84 : 62;
    return (look.digits > 0 && look.letters > 2) || memchr(token.at, '_', token.len) || token.at[0] == '@' ? 72 : 0;
}

static void
phrase_at(struct pii_scan *scan, size_t word)
{
    enum phrase_bond bond;
    uint64_t cue = scan->word[word].cue;
    size_t at = phrase_value_at(scan, word, &bond), end = 0;

    if (at == SIZE_MAX || at >= scan->fold.len)
        return;
    str token = phrase_token(scan, at, &end);
    if (token.len == 0)
        return;
    size_t from = (size_t)(token.at - scan->fold.at);
    if (cue & CUE(PASSWORD))
        pii_add(scan, from, from + token.len, PII_PASSWORD, phrase_password_score(scan, token, end, bond));
    struct phrase_look look = phrase_look(token);
    if ((cue & CUE(KEY)) && bond != PHRASE_NONE && token.len >= 8 && look.digits > 0 && look.letters > 0)
        pii_add(scan, from, from + token.len, PII_API_KEY, 82);
    if (cue & CUE(USER))
        pii_add(scan, from, from + token.len, PII_USERNAME, phrase_user_score(token, bond));
}

/* The bot asked for it: a short answer is it. Its last token, for "it's hunter2". */
static void
phrase_answer(struct pii_scan *scan)
{
    const char *text = scan->fold.at;
    size_t end = scan->fold.len, blanks = 0;

    while (end > 0 && strchr(" .\n\r\t", text[end - 1]))
        end--;
    size_t from = end;
    while (from > 0 && (unsigned char)text[from - 1] > ' ')
        from--;
    for (size_t i = 0; i < end; i++)
        blanks += text[i] == ' ';
    str token = {text + from, end - from};
    if (token.len < 3 || blanks > 4 || phrase_is_plain(token))
        return;
    if (scan->asked & CUE(PASSWORD))
        pii_add(scan, from, end, PII_PASSWORD, 88);
    if ((scan->asked & CUE(USER)) && blanks <= 3)
        pii_add(scan, from, end, PII_USERNAME, phrase_user_score(token, PHRASE_MARK) > 0 ? 76 : 0);
}

void
pii_phrase_find(struct pii_scan *scan)
{
    uint64_t cues = CUE(PASSWORD) | CUE(USER) | CUE(KEY);

    if (scan->asked & (CUE(PASSWORD) | CUE(USER)))
        phrase_answer(scan);
    for (size_t i = 0; (scan->cues & cues) && i < scan->word_count; i++)
        if ((scan->word[i].cue & cues) && (i == 0 || !(scan->word[i - 1].cue & cues & scan->word[i].cue) || scan->word[i].at > pii_word_end(scan, i - 1) + 1))
            phrase_at(scan, i);
}
