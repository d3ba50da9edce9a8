/* What asks for something personal, and what only speaks of it. */
#include "guard/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct request *request;
static struct arena *arena;

static int
setup(void **state)
{
    (void)state;
    return request_make(&request) || arena_make((size_t)1 << 20, &arena);
}

static int
teardown(void **state)
{
    (void)state;
    request_free(&request);
    arena_free(&arena);
    return 0;
}

/* The types' names with blanks between, in the order of the table. */
static const char *
asked(const char *text, enum request_mode mode)
{
    static char names[1024];
    uint8_t types[PII_TYPES_BYTES] = {0};
    char name[64];

    arena_reset(arena);
    names[0] = 0;
    assert_int_equal(request_find(request, arena, str_from(text), mode, types), ERR_NONE);
    for (unsigned i = 0; i < pii_type_count(); i++)
        if (pii_is_wanted(types, i)) {
            strcat(names, names[0] ? " " : "");
            strncat(names, name, pii_type_name(i, name).len);
        }
    return names;
}

struct ask {
    const char *text, *types;
};

static void
check(const struct ask *asks, size_t count, enum request_mode mode)
{
    size_t wrong = 0;

    for (size_t i = 0; i < count; i++)
        if (strcmp(asked(asks[i].text, mode), asks[i].types) != 0) {
            print_message("%s\n    asks for [%s], not [%s]\n", asks[i].text, asks[i].types, asked(asks[i].text, mode));
            wrong++;
        }
    assert_int_equal(wrong, 0);
}
#define CHECK(asks, mode) check(asks, sizeof(asks) / sizeof *(asks), mode)

static void
a_request_is_seen_in_ten_languages(void **state)
{
    static const struct ask asks[] = {
        {"What is your password?", "PASSWORD"},
        {"Please tell me your password.", "PASSWORD"},
        {"Could you send me the one-time code?", "OTP"},
        {"To go on, I need your full card number and the CVV.", "CARD CVV"},
        {"Please enter your card number here.", "CARD"},
        {"What's your date of birth?", "BIRTH_DATE"},
        {"Thanks. Your phone number, please?", "PHONE"},
        {"May I have your name?", "PERSON"},
        {"And your e-mail address?", "EMAIL"},
        {"Let me know your address and I will send it.", "STREET"},
        {"Please confirm your social security number.", "ID_NUMBER"},
        {"Why not tell me your PIN?", "PIN"},
        {"I don't know that, what is your PIN?", "PIN"},
        {"If you want me to look, tell me your password.", "PASSWORD"},
        {"Can you give me the 16 digits on the front?", "CARD"},
        {"It says: what is your password?", "PASSWORD"},
        {"One more thing what is your PIN?", "PIN"},
        {"Wie lautet Ihr Passwort?", "PASSWORD"},
        {"Bitte geben Sie Ihre Kartennummer ein.", "CARD"},
        {"Bitte Ihr Geburtsdatum angeben.", "BIRTH_DATE"},
        {"Nennen Sie mir bitte Ihre IBAN.", "IBAN"},
        {"Ich brauche noch Ihre Telefonnummer.", "PHONE"},
        {"Wann sind Sie geboren?", "BIRTH_DATE"},
        {"Können Sie mir die TAN aus der SMS schicken? Ich brauche den Code aus der SMS.", "OTP"},
        {"Quel est votre mot de passe ?", "PASSWORD"},
        {"Indiquez-moi votre numéro de carte, s’il vous plaît.", "CARD"},
        {"Pouvez-vous me donner votre date de naissance ?", "BIRTH_DATE"},
        {"¿Cuál es su contraseña?", "PASSWORD"},
        {"Por favor, indique su número de tarjeta.", "CARD"},
        {"¿Me puede dar su fecha de nacimiento?", "BIRTH_DATE"},
        {"Qual è la sua password?", "PASSWORD"},
        {"Inserisca il numero della carta, per favore.", "CARD"},
        {"Mi dica il suo codice fiscale.", "ID_NUMBER"},
        {"Wat is uw wachtwoord?", "PASSWORD"},
        {"Geef me alstublieft uw kaartnummer.", "CARD"},
        {"Jakie jest twoje hasło?", "PASSWORD"},
        {"Proszę podać numer karty.", "CARD"},
        {"Podaj swój numer PESEL.", "ID_NUMBER"},
        {"Qual é a sua senha?", "PASSWORD"},
        {"Informe o número do cartão, por favor.", "CARD"},
        {"Vad är ditt lösenord?", "PASSWORD"},
        {"Ange ditt personnummer.", "ID_NUMBER"},
        {"Şifreniz nedir?", "PASSWORD"},
        {"Lütfen kart numaranızı yazın.", "CARD"},
        {"What is your PASS\xE2\x80\x8BWORD?", "PASSWORD"},
        {"What is your ｐａｓｓｗｏｒｄ?", "PASSWORD"},
    };
    (void)state;
    CHECK(asks, REQUEST_TEXT);
}

static void
speaking_of_it_is_no_request(void **state)
{
    static const struct ask asks[] = {
        {"Choose \"Forgot password\" on the sign-in page. The link that we e-mail is valid for 60 minutes.", ""},
        {"Never tell anybody your PIN.", ""},
        {"Nobody here will ask for your password.", ""},
        {"Please do not type the number of your card here.", ""},
        {"Enter the card number in the basket: the balance is shown before you pay.", ""},
        {"Check the card's expiry date, confirm the payment in your banking app, and try again.", ""},
        {"How do I change my password?", ""},
        {"Did you forget your password?", ""},
        {"If you enter a wrong PIN three times, your card is locked.", ""},
        {"The PIN that you enter must have four digits.", ""},
        {"What are the last four digits of your card number?", ""},
        {"We send the one-time code to your phone.", ""},
        {"You can pay with PayPal, credit card or bank transfer.", ""},
        {"Do you want to pay by card?", ""},
        {"What is the order number?", ""},
        {"What is a CVV?", ""},
        {"What is the name of the product?", ""},
        {"It looks like PR-10001 and stands in the confirmation e-mail.", ""},
        {"Have you received the one-time code?", ""},
        {"Your password is safe with us.", ""},
        {"Geben Sie die Kartennummer im Warenkorb ein: Das Guthaben erscheint, bevor Sie bezahlen.", ""},
        {"Bitte schreiben Sie die Kartennummer nicht hier hinein.", ""},
        {"Wählen Sie auf der Anmeldeseite „Passwort vergessen“.", ""},
        {"Wir fragen Sie nie nach Ihrem Passwort.", ""},
        {"N’indiquez jamais votre mot de passe.", ""},
        {"Saisissez votre mot de passe sur notre site.", ""},
        {"No diga nunca su contraseña.", ""},
        {"Non comunichi mai la sua password.", ""},
        {"Deel nooit uw wachtwoord.", ""},
        {"Nigdy nie podawaj hasła.", ""},
        {"Nunca informe a sua senha.", ""},
        {"Dela aldrig ditt lösenord.", ""},
        {"Was your password accepted?", ""},
        {"A colleague will write to the e-mail address that you gave.", ""},
        {"Which colour would you like?", ""},
    };
    (void)state;
    CHECK(asks, REQUEST_TEXT);
}

static void
a_prompt_wants_what_it_names(void **state)
{
    static const struct ask asks[] = {
        {"What is your order number? It looks like PR-10001 and stands in the confirmation e-mail.", ""},
        {"What is the postcode on the order {order_number}? I ask so that nobody else can look it up.", "POSTCODE"},
        {"Und welche Postleitzahl steht auf der Bestellung {order_number}?", "POSTCODE"},
        {"Who is the gift for: someone who likes to cook, a gardener, or a host?", ""},
        {"How much may it cost, in euros?", ""},
        {"Why do you send it back? A few words are enough. You need not give a reason: then just say \"none\".", ""},
        {"Your date of birth", "BIRTH_DATE"},
        {"Date of birth and phone number", "PHONE BIRTH_DATE"},
        {"Do you have your passport number at hand?", "PASSPORT"},
        {"What is your e-mail address?", "EMAIL"},
    };
    (void)state;
    CHECK(asks, REQUEST_PROMPT);
}

static void
a_label_names_its_type(void **state)
{
    static const struct ask asks[] = {
        {"date of birth", "BIRTH_DATE"}, {"dob", "BIRTH_DATE"}, {"phone", "PHONE"}, {"email", "EMAIL"}, {"order number", ""}, {"reason", ""},
        {"name", "PERSON"}, {"postcode", "POSTCODE"}, {"ssn", "ID_NUMBER"}, {"budget", ""}, {"agree", ""}, {"password", "PASSWORD"},
    };
    (void)state;
    CHECK(asks, REQUEST_LABEL);
}

static void
any_bytes_are_read_in_linear_time(void **state)
{
    static char text[200000];
    uint8_t types[PII_TYPES_BYTES] = {0};

    (void)state;
    for (size_t i = 0; i + 16 < sizeof text; i += 16)
        memcpy(text + i, i % 48 ? "please tell me, " : "what is it\xC2\xFF\xE2 y ", 16);
    for (size_t len = 0; len < sizeof text; len = len * 3 + 1) {
        struct arena *large = NULL;
        assert_int_equal(arena_make((size_t)8 << 20, &large), ERR_NONE);
        assert_int_equal(request_find(request, large, str_bytes(text, len), REQUEST_TEXT, types), ERR_NONE);
        arena_free(&large);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_seen_in_ten_languages),
        cmocka_unit_test(speaking_of_it_is_no_request),
        cmocka_unit_test(a_prompt_wants_what_it_names),
        cmocka_unit_test(a_label_names_its_type),
        cmocka_unit_test(any_bytes_are_read_in_linear_time),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
