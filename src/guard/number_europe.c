/* Europe's national numbers, one row each, in the order of countries. Special sums stand above the table; what a weighted sum can
 * say is said in the row. It looks at characters only, never at who asks. */
#include "guard/number_private.h"
#include "guard/number_sum.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool
number_europe_yymmdd(const char *s, size_t len)
{
    (void)len;
    return number_sum_is_date(s, 0, 2, 4, true);
}

static bool
number_europe_ddmmyy(const char *s, size_t len)
{
    (void)len;
    return number_sum_is_date(s, 4, 2, 0, false);
}

/* One digit of sex and century, then yymmdd. */
static bool
number_europe_gyymmdd(const char *s, size_t len)
{
    (void)len;
    return s[0] != '0' && number_sum_is_date(s, 1, 3, 5, false);
}

/* Austria, tax: every second digit doubled and its digits added. */
static bool
number_europe_at_tax(const char *s, size_t len)
{
    return number_sum_luhn(s, len);
}

/* Belgium: 97 less the rest of the first nine, with a 2 before them for births since 2000. */
static bool
number_europe_be(const char *s, size_t len)
{
    unsigned long front = number_sum_part(s, 0, 9), check = number_sum_part(s, 9, 2);
    unsigned long month = number_sum_part(s, 2, 2) % 20, day = number_sum_part(s, 4, 2);

    (void)len;
    return month <= 12 && day <= 31 && (97 - front % 97 == check || 97 - (2000000000UL + front) % 97 == check);
}

static bool
number_europe_ch(const char *s, size_t len)
{
    return strncmp(s, "756", 3) == 0 && number_sum_weigh(s, len, NUMBER_WEIGHTS(1, 3), 10) == 0;
}

/* Czechia and Slovakia: ten digits divide by 11 (a rest of 10 was written 0 before 1985). Nine digits, before 1954, have no check. */
static bool
number_europe_cz(const char *s, size_t len)
{
    return number_sum_is_date(s, 0, 2, 4, true) &&
           (len == 9 || number_sum_part(s, 0, 9) % 11 % 10 == number_sum_part(s, 9, 1));
}

/* The repeat rule: among the first ten digits one stands twice or three times. BZSt, "Steuer-IdNr". */
static bool
number_europe_de_tax(const char *s, size_t len)
{
    unsigned seen[10] = {0}, most = 0;

    for (size_t i = 0; i < 10; i++) {
        unsigned count = ++seen[(size_t)(s[i] - '0')];
        most = count > most ? count : most;
    }
    return s[0] != '0' && (most == 2 || most == 3) && number_sum_hybrid(s, len);
}

/* VKVV § 4: the letter as two digits, sums of digits of products. */
static bool
number_europe_de_pension(const char *s, size_t len)
{
    static const unsigned weights[12] = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    unsigned letter = (unsigned)(s[8] - 'A') + 1, sum = 0, k = 0;
    unsigned digits[12];

    for (size_t i = 0; i < len - 1; i++) {
        if (i == 8) {
            digits[k++] = letter / 10;
            digits[k++] = letter % 10;
        } else {
            digits[k++] = number_sum_value(s[i]);
        }
    }
    for (size_t i = 0; i < 12; i++)
        sum += digits[i] * weights[i] / 10 + digits[i] * weights[i] % 10;
    unsigned long day = number_sum_part(s, 2, 2), month = number_sum_part(s, 4, 2);
    return day <= 81 && month >= 1 && month <= 12 && sum % 10 == number_sum_value(s[len - 1]);
}

/* § 290 SGB V: the letter as two digits, weights 1 and 2, sums of digits. */
static bool
number_europe_de_health(const char *s, size_t len)
{
    unsigned letter = (unsigned)(s[0] - 'A') + 1, sum = letter / 10 + (letter % 10 * 2) / 10 + letter % 10 * 2 % 10;

    for (size_t i = 1; i < len - 1; i++) {
        unsigned product = number_sum_value(s[i]) * (i % 2 == 1 ? 1 : 2);
        sum += product / 10 + product % 10;
    }
    return sum % 10 == number_sum_value(s[len - 1]);
}

/* Estonia and Lithuania: a second row of weights when the first leaves 10. */
static bool
number_europe_two_stage(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(1, 2, 3, 4, 5, 6, 7, 8, 9, 1), 11);

    if (sum == 10)
        sum = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(3, 4, 5, 6, 7, 8, 9, 1, 2, 3), 11) % 10;
    return sum == number_sum_value(s[len - 1]) && number_europe_gyymmdd(s, len);
}

static bool
number_europe_es_letter(const char *s, size_t len)
{
    unsigned long value = 0;

    for (size_t i = 0; i + 1 < len; i++)
        value = value * 10 + (s[i] >= 'X' ? (unsigned)(s[i] - 'X') : number_sum_value(s[i]));
    return "TRWAGMYFPDXBNJZSQVHLCKE"[value % 23] == s[len - 1];
}

static bool
number_europe_es_social(const char *s, size_t len)
{
    unsigned long province = number_sum_part(s, 0, 2);

    (void)len;
    return province >= 1 && (province <= 53 || province == 66) && number_sum_part(s, 0, 10) % 97 == number_sum_part(s, 10, 2);
}

/* The century mark is taken out with the separators when it is - or +; letters stay. */
static bool
number_europe_fi(const char *s, size_t len)
{
    size_t mark = len == 11 ? 1 : 0;
    unsigned long value = number_sum_part(s, 0, 6) * 1000 + number_sum_part(s, 6 + mark, 3);

    return number_europe_ddmmyy(s, len) && (mark == 0 || strchr("ABCDEFYXWVU", s[6])) &&
           "0123456789ABCDEFHJKLMNPRSTUVWXY"[value % 31] == s[len - 1];
}

static bool
number_europe_fr_tax(const char *s, size_t len)
{
    (void)len;
    return s[0] <= '3' && number_sum_part(s, 0, 10) > 0 && number_sum_part(s, 0, 10) % 511 == number_sum_part(s, 10, 3);
}

/* Corsica's 2A and 2B count as 19 and 18. Month 20 and above: unknown in the register. */
static bool
number_europe_fr_social(const char *s, size_t len)
{
    char plain[16];
    unsigned long month = number_sum_part(s, 3, 2);

    if (s[5] != '2' && s[6] > '9')
        return false;
    memcpy(plain, s, len);
    if (s[6] == 'A' || s[6] == 'B') {
        plain[5] = '1';
        plain[6] = s[6] == 'A' ? '9' : '8';
    } else if (s[6] > '9') {
        return false;
    }
    return strchr("123478", s[0]) && month >= 1 && (month <= 12 || month >= 20) &&
           97 - number_sum_part(plain, 0, 13) % 97 == number_sum_part(plain, 13, 2);
}

static bool
number_europe_luhn(const char *s, size_t len)
{
    return number_sum_luhn(s, len);
}

static bool
number_europe_hybrid(const char *s, size_t len)
{
    return number_sum_hybrid(s, len);
}

/* HMRC, NIM39110: letters that are never used, and pairs that are never issued. */
static bool
number_europe_gb_nino(const char *s, size_t len)
{
    static const char *const never[] = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};

    for (size_t i = 0; i < COUNT(never); i++)
        if (strncmp(s, never[i], 2) == 0)
            return false;
    return !strchr("DFIQUV", s[0]) && !strchr("DFIQUVO", s[1]) && (len == 8 || s[8] <= 'D');
}

static bool
number_europe_gr_amka(const char *s, size_t len)
{
    return number_europe_ddmmyy(s, len) && number_sum_luhn(s, len);
}

static bool
number_europe_gr_tax(const char *s, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i + 1 < len; i++)
        sum = sum * 2 + number_sum_value(s[i]);
    return sum > 0 && sum * 2 % 11 % 10 == number_sum_value(s[len - 1]);
}

/* Ireland: mod 23 over seven digits and the second letter. */
static bool
number_europe_ie(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, 7, NUMBER_WEIGHTS(8, 7, 6, 5, 4, 3, 2), 23);

    if (len == 9 && s[8] != 'W')
        sum += ((unsigned)(s[8] - 'A') + 1) * 9;
    return "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == s[7];
}

static bool
number_europe_is(const char *s, size_t len)
{
    unsigned long day = number_sum_part(s, 0, 2) % 40, month = number_sum_part(s, 2, 2);

    return day >= 1 && day <= 31 && month >= 1 && month <= 12 && (s[9] == '9' || s[9] == '0' || s[9] == '8') &&
           number_sum_weigh(s, len, NUMBER_WEIGHTS(3, 2, 7, 6, 5, 4, 3, 2, 1, 0), 11) == 0;
}

/* D.M. 23 December 1976; digits may be written as letters (omocodia). */
static bool
number_europe_it(const char *s, size_t len)
{
    static const unsigned char odd[26] = {1,  0,  5,  7,  9,  13, 15, 17, 19, 21, 2,  4,  18,
                                          20, 11, 3,  6,  8,  12, 14, 16, 10, 22, 25, 24, 23};
    static const char months[] = "ABCDEHLMPRST";
    unsigned sum = 0;

    for (size_t i = 0; i + 1 < len; i++) {
        unsigned value = number_sum_value(s[i]), rank = value > 9 ? value - 10 : value;
        sum += i % 2 == 0 ? odd[rank] : rank;
    }
    for (size_t i = 6; i < 15; i++)
        if (i != 8 && i != 11 && s[i] > '9' && !strchr("LMNPQRSTUV", s[i]))
            return false;
    return strchr(months, s[8]) && (unsigned)(s[len - 1] - 'A') == sum % 26;
}

static bool
number_europe_jmbg(const char *s, size_t len)
{
    unsigned sum = 11 - number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(7, 6, 5, 4, 3, 2), 11);

    return number_sum_is_date(s, 5, 2, 0, false) && (s[4] == '9' || s[4] == '0' || s[4] == '8') &&
           (sum > 9 ? 0 : sum) == number_sum_value(s[len - 1]);
}

/* Latvia since 2017 gives numbers that begin with 32 and say nothing. */
static bool
number_europe_lv(const char *s, size_t len)
{
    unsigned sum = 1 + number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(10, 5, 8, 4, 2, 1, 6, 3, 7, 9), 11);

    if (s[0] == '3' && s[1] == '2')
        return true;
    return number_europe_ddmmyy(s, len) && s[6] <= '2' && sum % 11 % 10 == number_sum_value(s[len - 1]);
}

static bool
number_europe_lu(const char *s, size_t len)
{
    (void)len;
    return (strncmp(s, "19", 2) == 0 || strncmp(s, "20", 2) == 0) && number_sum_is_date(s, 2, 4, 6, false) &&
           number_sum_luhn(s, 12);
}

static bool
number_europe_nl(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, len, NUMBER_WEIGHTS(9, 8, 7, 6, 5, 4, 3, 2, -1), 11);

    return sum == 0 && strncmp(s, "000000000", 9) != 0;
}

static bool
number_europe_no(const char *s, size_t len)
{
    unsigned one = (11 - number_sum_weigh(s, 9, NUMBER_WEIGHTS(3, 7, 6, 1, 8, 9, 4, 5, 2), 11)) % 11;
    unsigned two = (11 - number_sum_weigh(s, 10, NUMBER_WEIGHTS(5, 4, 3, 2, 7, 6, 5, 4, 3, 2), 11)) % 11;
    unsigned long day = number_sum_part(s, 0, 2) % 40, month = number_sum_part(s, 2, 2) % 40;

    (void)len;
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 && one == number_sum_value(s[9]) && two == number_sum_value(s[10]);
}

static bool
number_europe_pl_card(const char *s, size_t len)
{
    return number_sum_weigh(s, len, NUMBER_WEIGHTS(7, 3, 1, 9, 7, 3, 1, 7, 3), 10) == 0;
}

/* Portugal's citizen card: Luhn over digits and letters from the right, letters from A = 10. */
static bool
number_europe_pt_card(const char *s, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned value = number_sum_value(s[i]);
        if ((len - i) % 2 == 0)
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

static bool
number_europe_ru_inn(const char *s, size_t len)
{
    unsigned one = number_sum_weigh(s, 10, NUMBER_WEIGHTS(7, 2, 4, 10, 3, 5, 9, 4, 6, 8), 11) % 10;
    unsigned two = number_sum_weigh(s, 11, NUMBER_WEIGHTS(3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8), 11) % 10;

    (void)len;
    return one == number_sum_value(s[10]) && two == number_sum_value(s[11]);
}

static bool
number_europe_ru_snils(const char *s, size_t len)
{
    unsigned sum = 0;

    (void)len;
    for (unsigned i = 0; i < 9; i++)
        sum += number_sum_value(s[i]) * (9 - i);
    return sum % 101 % 100 == number_sum_part(s, 9, 2);
}

static bool
number_europe_se(const char *s, size_t len)
{
    const char *ten = s + (len - 10);
    unsigned long day = number_sum_part(ten, 4, 2) % 60, month = number_sum_part(ten, 2, 2);

    return day >= 1 && day <= 31 && month >= 1 && month <= 12 && number_sum_luhn(ten, 10);
}

static bool
number_europe_tr(const char *s, size_t len)
{
    unsigned odd = 0, even = 0;

    for (size_t i = 0; i < 9; i++)
        *(i % 2 == 0 ? &odd : &even) += number_sum_value(s[i]);
    unsigned ten = (odd * 7 + 90 - even) % 10, eleven = (odd + even + ten) % 10;
    (void)len;
    return s[0] != '0' && ten == number_sum_value(s[9]) && eleven == number_sum_value(s[10]);
}

static bool
number_europe_tr_tax(const char *s, size_t len)
{
    unsigned sum = 0;

    for (unsigned i = 0; i + 1 < len; i++) {
        unsigned value = (number_sum_value(s[i]) + 9 - i) % 10, twice = value;
        for (unsigned k = i; k < 9; k++)
            twice = twice * 2 % 9;
        sum += value == 0 ? 0 : twice == 0 ? 9 : twice;
    }
    return (10 - sum % 10) % 10 == number_sum_value(s[len - 1]);
}

static bool
number_europe_by(const char *s, size_t len)
{
    (void)len;
    return s[0] >= '1' && s[0] <= '6' && number_sum_is_date(s, 5, 3, 1, false) &&
           number_sum_weigh(s, 13, NUMBER_WEIGHTS(7, 3, 1), 10) == number_sum_value(s[13]);
}

static const struct number_row number_europe_rows[] = {
    {"AD", "NRT", "@1#6@1", "@-######-@", "nrt|numero de registre tributari", "Andorra, tax number", "Llei 21/2014, article 31",
     NULL, NULL, NULL, NUMBER_TAX, NUMBER_WEAK},
    {"AL", "NID", "@1#8@1", NULL, "numri personal|nid|numri i identitetit|nipt", "Albania, identity number", "Law 8952/2002", NULL,
     NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"AT", "SVNR", "#10", "#### ######", "svnr|sv nummer|sozialversicherungsnummer|versicherungsnummer",
     "Austria, social insurance number", "§ 30c ASVG", NULL, NULL, NULL, NUMBER_SOCIAL, NUMBER_WEAK},
    {"AT", "TAX", "#9", "##-###/####", "steuernummer|abgabenkontonummer", "Austria, tax number", "§ 90a BAO", NULL, NULL,
     number_europe_at_tax, NUMBER_TAX, NUMBER_GUARDED},
    {"BA", "JMBG", "#13", NULL, "jmbg|maticni broj|jedinstveni maticni broj", "Bosnia and Herzegovina, personal number",
     "Zakon o jedinstvenom matičnom broju 32/01", NULL, NULL, number_europe_jmbg, NUMBER_ID, NUMBER_ALONE},
    {"BE", "NN", "#11", "##.##.##-###.##", "rijksregisternummer|numero national|registre national|insz|niss|nationaal nummer",
     "Belgium, national register number", "Royal decree of 3 April 1984", NULL, NULL, number_europe_be, NUMBER_ID, NUMBER_ALONE},
    {"BG", "EGN", "#10", NULL, "egn|единен граждански номер|егн", "Bulgaria, civil number", "Civil Registration Act, article 11",
     NUMBER_WEIGHTS(2, 4, 8, 5, 10, 9, 7, 3, 6), "01234567890", number_europe_yymmdd, NUMBER_ID, NUMBER_GUARDED},
    {"BG", "LNCH", "#10", NULL, "lnch|лнч|личен номер на чужденец", "Bulgaria, number of a foreigner", "Foreigners Act, article 53",
     NUMBER_WEIGHTS(21, 19, 17, 13, 11, 9, 7, 3, 1), "0123456789", NULL, NUMBER_ID, NUMBER_GUARDED},
    {"BY", "ID", "#7@1#3@2#1", NULL, "идентификационный номер|identification number", "Belarus, identification number",
     "Presidential decree 294/2008", NULL, NULL, number_europe_by, NUMBER_ID, NUMBER_ALONE},
    {"CH", "AHV", "#13", "###.####.####.##", "ahv|avs|ahv nummer|numero avs|sozialversicherungsnummer|numero avs",
     "Switzerland, social insurance number", "AHVG article 50c; EAN-13", NULL, NULL, number_europe_ch, NUMBER_SOCIAL, NUMBER_ALONE},
    {"CY", "TIC", "#8@1", NULL, "tic|tax identification code|αφμ", "Cyprus, tax code", "Assessment and Collection of Taxes Law",
     NULL, NULL, NULL, NUMBER_TAX, NUMBER_WEAK},
    {"CZ", "RC", "#9|#10", "######/####", "rodne cislo|rc", "Czechia, birth number", "Act 133/2000, § 13", NULL, NULL,
     number_europe_cz, NUMBER_ID, NUMBER_GUARDED},
    {"DE", "TAX_ID", "#11", "## ### ### ###", "steuer id|steuerid|steueridentifikationsnummer|steuer identifikationsnummer|idnr|"
     "steuerliche identifikationsnummer|tin", "Germany, tax identification number", "§ 139b AO; ISO 7064 mod 11,10", NULL, NULL,
     number_europe_de_tax, NUMBER_TAX, NUMBER_GUARDED},
    {"DE", "TAX_NUMBER", "#10|#11|#13", "###/####/####", "steuernummer|steuer nr|st nr", "Germany, tax number of an office",
     "§ 139a AO; ELSTER", NULL, NULL, NULL, NUMBER_TAX, NUMBER_WEAK},
    {"DE", "PENSION", "#8@1#3", "## ###### @ ###", "rentenversicherungsnummer|sozialversicherungsnummer|rvnr|sv nummer|svnr|"
     "versicherungsnummer", "Germany, pension insurance number", "VKVV § 2, § 4", NULL, NULL, number_europe_de_pension,
     NUMBER_SOCIAL, NUMBER_ALONE},
    {"DE", "HEALTH", "@1#9", NULL, "krankenversichertennummer|kvnr|versichertennummer|krankenkasse|gesundheitskarte|"
     "krankenversicherungsnummer", "Germany, health insurance number", "§ 290 SGB V", NULL, NULL, number_europe_de_health,
     NUMBER_HEALTH, NUMBER_GUARDED},
    {"DE", "ID_CARD", "@1*8#1|@1*8", NULL, "personalausweis|personalausweisnummer|ausweisnummer|ausweis", "Germany, identity card",
     "PAuswG § 5; ICAO 9303", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"DE", "VAT", "DE#9", NULL, "ust id|ustid|ust idnr|umsatzsteuer id|vat", "Germany, VAT number", "§ 27a UStG", NULL, NULL, NULL,
     NUMBER_COMPANY, NUMBER_WEAK},
    {"DK", "CPR", "#10", "######-####", "cpr|cpr nummer|cpr nr|personnummer", "Denmark, personal number", "CPR-loven § 3", NULL,
     NULL, number_europe_ddmmyy, NUMBER_ID, NUMBER_GUARDED},
    {"EE", "IK", "#11", NULL, "isikukood", "Estonia, personal code", "Population Register Act § 47", NULL, NULL,
     number_europe_two_stage, NUMBER_ID, NUMBER_ALONE},
    {"ES", "DNI", "#8@1", NULL, "dni|nif|documento nacional de identidad|documento de identidad", "Spain, identity number",
     "Real Decreto 1553/2005", NULL, NULL, number_europe_es_letter, NUMBER_ID, NUMBER_GUARDED},
    {"ES", "NIE", "X#7@1|Y#7@1|Z#7@1", NULL, "nie|numero de identidad de extranjero", "Spain, number of a foreigner",
     "Real Decreto 557/2011, article 206", NULL, NULL, number_europe_es_letter, NUMBER_ID, NUMBER_ALONE},
    {"ES", "NSS", "#12", "##/########/##", "numero de la seguridad social|seguridad social|nss|numero de afiliacion",
     "Spain, social security number", "Real Decreto 84/1996", NULL, NULL, number_europe_es_social, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"FI", "HETU", "#6@1#3*1|#9*1", "######-###*", "hetu|henkilotunnus|personbeteckning|sotu", "Finland, personal identity code",
     "Act 661/2009; decree 690/2022", NULL, NULL, number_europe_fi, NUMBER_ID, NUMBER_GUARDED},
    {"FR", "NIR", "#5*2#8", NULL, "nir|numero de securite sociale|securite sociale|numero secu|secu|insee",
     "France, social security number", "Decree 82-103; key modulo 97", NULL, NULL, number_europe_fr_social, NUMBER_SOCIAL,
     NUMBER_ALONE},
    {"FR", "SPI", "#13", "## ## ### ### ###", "numero fiscal|spi|nif|reference fiscale", "France, tax number",
     "Article L287 LPF", NULL, NULL, number_europe_fr_tax, NUMBER_TAX, NUMBER_GUARDED},
    {"FR", "SIREN", "#9|#14", "### ### ###", "siren|siret", "France, company number", "Code de commerce R123-220", NULL, NULL,
     number_europe_luhn, NUMBER_COMPANY, NUMBER_GUARDED},
    {"FR", "CNI", "#12", NULL, "carte d'identite|carte nationale d'identite|cni|carte identite", "France, identity card",
     "Decree 55-1397", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"GB", "NINO", "@2#6@1|@2#6", "@@ ## ## ## @", "national insurance|national insurance number|nino|ni number|ni no",
     "United Kingdom, national insurance number", "HMRC NIM39110", NULL, NULL, number_europe_gb_nino, NUMBER_SOCIAL,
     NUMBER_GUARDED},
    {"GB", "NHS", "#10", "### ### ####", "nhs|nhs number|nhs no|chi number", "United Kingdom, health number",
     "NHS Data Dictionary, NHS NUMBER", NUMBER_WEIGHTS(10, 9, 8, 7, 6, 5, 4, 3, 2), "0-987654321", NULL, NUMBER_HEALTH,
     NUMBER_GUARDED},
    {"GB", "UTR", "#10", NULL, "utr|unique taxpayer reference|self assessment|tax reference", "United Kingdom, tax reference",
     "HMRC", NULL, NULL, NULL, NUMBER_TAX, NUMBER_WEAK},
    {"GR", "AMKA", "#11", NULL, "amka|αμκα", "Greece, social security number", "Law 3655/2008, article 153", NULL, NULL,
     number_europe_gr_amka, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"GR", "AFM", "#9", NULL, "afm|αφμ|a.f.m", "Greece, tax number", "Law 4174/2013", NULL, NULL, number_europe_gr_tax, NUMBER_TAX,
     NUMBER_GUARDED},
    {"HR", "OIB", "#11", NULL, "oib|osobni identifikacijski broj", "Croatia, personal number", "NN 60/2008; ISO 7064 mod 11,10",
     NULL, NULL, number_europe_hybrid, NUMBER_ID, NUMBER_GUARDED},
    {"HU", "TAJ", "#9", "### ### ###", "taj|taj szam|tarsadalombiztositasi", "Hungary, social security number", "Act XX of 1996",
     NUMBER_WEIGHTS(3, 7), "0123456789", NULL, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"HU", "TAX_ID", "8#9", NULL, "adoazonosito|adoazonosito jel", "Hungary, tax number of a person", "Act XX of 1996",
     NUMBER_WEIGHTS(1, 2, 3, 4, 5, 6, 7, 8, 9), "0123456789-", NULL, NUMBER_TAX, NUMBER_GUARDED},
    {"IE", "PPS", "#7@1|#7@2", NULL, "pps|ppsn|pps number|personal public service", "Ireland, public service number",
     "Social Welfare Consolidation Act 2005, section 262", NULL, NULL, number_europe_ie, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"IS", "KT", "#10", "######-####", "kennitala|kt", "Iceland, personal number", "Act 140/2019", NULL, NULL, number_europe_is,
     NUMBER_ID, NUMBER_ALONE},
    {"IT", "CF", "@6*2@1*2@1*3@1", NULL, "codice fiscale|cod fiscale|cf|c.f", "Italy, fiscal code", "D.M. 23 December 1976", NULL,
     NULL, number_europe_it, NUMBER_TAX, NUMBER_ALONE},
    {"IT", "PIVA", "#11", NULL, "partita iva|p.iva|p iva|piva", "Italy, VAT number", "D.P.R. 633/1972, article 35", NULL, NULL,
     number_europe_luhn, NUMBER_COMPANY, NUMBER_GUARDED},
    {"IT", "ID_CARD", "@2#5@2|@2#7", NULL, "carta d'identita|carta identita|cie|numero carta d'identita", "Italy, identity card",
     "D.M. 23 December 2015", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"LT", "AK", "#11", NULL, "asmens kodas", "Lithuania, personal code", "Population Register Law, article 8", NULL, NULL,
     number_europe_two_stage, NUMBER_ID, NUMBER_ALONE},
    {"LU", "MATRICULE", "#13", NULL, "matricule|numero d'identification national", "Luxembourg, identity number",
     "Law of 19 June 2013", NULL, NULL, number_europe_lu, NUMBER_ID, NUMBER_ALONE},
    {"LV", "PK", "#11", "######-#####", "personas kods", "Latvia, personal code", "Register of Natural Persons Law", NULL, NULL,
     number_europe_lv, NUMBER_ID, NUMBER_GUARDED},
    {"MD", "IDNP", "#13", NULL, "idnp|idno", "Moldova, personal number", "Law 273/1994", NUMBER_WEIGHTS(7, 3, 1), "0123456789",
     NULL, NUMBER_ID, NUMBER_GUARDED},
    {"ME", "JMBG", "#13", NULL, "jmb|jmbg", "Montenegro, personal number", "Law on the Central Population Register", NULL, NULL,
     number_europe_jmbg, NUMBER_ID, NUMBER_ALONE},
    {"MK", "EMBG", "#13", NULL, "embg|ембг|матичен број", "North Macedonia, personal number", "Law on the Personal Number", NULL,
     NULL, number_europe_jmbg, NUMBER_ID, NUMBER_ALONE},
    {"MT", "ID", "#7@1|#6@1|#5@1|#4@1|#3@1", NULL, "karta tal identita|id card number|maltese id", "Malta, identity card",
     "Identity Card Act, chapter 258", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"NL", "BSN", "#9", NULL, "bsn|burgerservicenummer|burger service nummer|sofinummer", "Netherlands, citizen service number",
     "Wet algemene bepalingen burgerservicenummer", NULL, NULL, number_europe_nl, NUMBER_ID, NUMBER_GUARDED},
    {"NO", "FNR", "#11", "###### #####", "fodselsnummer|fnr|personnummer|d nummer", "Norway, birth number",
     "Folkeregisterloven § 2-2", NULL, NULL, number_europe_no, NUMBER_ID, NUMBER_ALONE},
    {"PL", "PESEL", "#11", NULL, "pesel|numer pesel", "Poland, personal number", "Act on population registration, article 15",
     NUMBER_WEIGHTS(1, 3, 7, 9), "0987654321", number_europe_yymmdd, NUMBER_ID, NUMBER_GUARDED},
    {"PL", "NIP", "#10", "###-###-##-##", "nip|numer identyfikacji podatkowej", "Poland, tax number", "Act of 13 October 1995",
     NUMBER_WEIGHTS(6, 5, 7, 2, 3, 4, 5, 6, 7), "0123456789-", NULL, NUMBER_TAX, NUMBER_GUARDED},
    {"PL", "ID_CARD", "@3#6", NULL, "dowod osobisty|numer dowodu|dowod|dowodu osobistego", "Poland, identity card",
     "Act on identity cards", NULL, NULL, number_europe_pl_card, NUMBER_ID, NUMBER_GUARDED},
    {"PT", "NIF", "#9", NULL, "nif|numero de contribuinte|contribuinte|numero fiscal", "Portugal, tax number",
     "Decreto-Lei 14/2013", NUMBER_WEIGHTS(9, 8, 7, 6, 5, 4, 3, 2), "00987654321", NULL, NUMBER_TAX, NUMBER_GUARDED},
    {"PT", "CC", "#9@2#1|#9*2#1", NULL, "cartao de cidadao|cartao cidadao|numero do cartao de cidadao", "Portugal, citizen card",
     "Lei 7/2007", NULL, NULL, number_europe_pt_card, NUMBER_ID, NUMBER_GUARDED},
    {"PT", "NISS", "#11", NULL, "niss|seguranca social|numero da seguranca social", "Portugal, social security number",
     "Decreto-Lei 8/2000", NUMBER_WEIGHTS(29, 23, 19, 17, 13, 11, 7, 5, 3, 2), "9876543210", NULL, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"RO", "CNP", "#13", NULL, "cnp|cod numeric personal", "Romania, personal number", "Law 105/1996",
     NUMBER_WEIGHTS(2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9), "01234567891", number_europe_gyymmdd, NUMBER_ID, NUMBER_ALONE},
    {"RS", "JMBG", "#13", NULL, "jmbg|јмбг|maticni broj", "Serbia, personal number", "Law on the Personal Number 24/2018", NULL,
     NULL, number_europe_jmbg, NUMBER_ID, NUMBER_ALONE},
    {"RU", "INN", "#12", NULL, "inn|инн", "Russia, tax number of a person", "FNS order ED-7-14/559", NULL, NULL,
     number_europe_ru_inn, NUMBER_TAX, NUMBER_GUARDED},
    {"RU", "SNILS", "#11", "###-###-### ##", "snils|снилс", "Russia, pension number", "Federal law 27-FZ", NULL, NULL,
     number_europe_ru_snils, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"SE", "PNR", "#10|#12", "######-####", "personnummer|pnr|personnr|samordningsnummer", "Sweden, personal number",
     "Folkbokföringslag § 18", NULL, NULL, number_europe_se, NUMBER_ID, NUMBER_GUARDED},
    {"SI", "EMSO", "#13", NULL, "emso|maticna stevilka", "Slovenia, personal number", "Central Population Register Act", NULL, NULL,
     number_europe_jmbg, NUMBER_ID, NUMBER_ALONE},
    {"SI", "TAX", "#8", NULL, "davcna stevilka|davcna", "Slovenia, tax number", "ZDavP-2", NUMBER_WEIGHTS(8, 7, 6, 5, 4, 3, 2),
     "-0987654321", NULL, NUMBER_TAX, NUMBER_GUARDED},
    {"SK", "RC", "#9|#10", "######/####", "rodne cislo", "Slovakia, birth number", "Act 301/1995", NULL, NULL, number_europe_cz,
     NUMBER_ID, NUMBER_GUARDED},
    {"TR", "TCKN", "#11", NULL, "tckn|tc kimlik|tc kimlik no|kimlik no|kimlik numarasi|tc no|tc kimlik numarasi|tc",
     "Turkey, identity number", "Law 5490", NULL, NULL, number_europe_tr, NUMBER_ID, NUMBER_GUARDED},
    {"TR", "VKN", "#10", NULL, "vkn|vergi no|vergi kimlik|vergi numarasi", "Turkey, tax number", "Law 213, article 8", NULL, NULL,
     number_europe_tr_tax, NUMBER_TAX, NUMBER_GUARDED},
    {"UA", "RNOKPP", "#10", NULL, "рнокпп|інн|inn|ipn|іпн|rnokpp", "Ukraine, tax number of a person", "Tax Code, article 70",
     NUMBER_WEIGHTS(-1, 5, 7, 9, 4, 6, 10, 5, 7), "01234567890", NULL, NUMBER_TAX, NUMBER_GUARDED},
};

size_t
number_europe_count(void)
{
    return COUNT(number_europe_rows);
}

const struct number_row *
number_europe_get(size_t i)
{
    return &number_europe_rows[i];
}
