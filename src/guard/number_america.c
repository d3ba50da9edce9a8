/* The Americas' national numbers, one row each, in the order of countries. Special sums stand above the table. It looks at
 * characters only, never at who asks. */
#include "guard/number_private.h"
#include "guard/number_sum.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool
number_america_is_same(const char *s, size_t len)
{
    for (size_t i = 1; i < len; i++)
        if (s[i] != s[0])
            return false;
    return true;
}

/* Two check digits, each 11 less a weighted sum, 10 and 11 written 0: CPF and CNPJ. */
static bool
number_america_br(const char *s, size_t len, unsigned longest)
{
    for (size_t end = len - 2; end < len; end++) {
        unsigned sum = 0, weight = 2;
        for (size_t i = end; i-- > 0; weight = weight == longest ? 2 : weight + 1)
            sum += (number_sum_value(s[i]) > 9 ? (unsigned)(s[i] - '0') : number_sum_value(s[i])) * weight;
        if ((sum % 11 < 2 ? 0 : 11 - sum % 11) != number_sum_value(s[end]))
            return false;
    }
    return !number_america_is_same(s, len);
}

static bool
number_america_cpf(const char *s, size_t len)
{
    return number_america_br(s, len, 11);
}

static bool
number_america_cnpj(const char *s, size_t len)
{
    return number_america_br(s, len, 9);
}

static bool
number_america_pis(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(3, 2, 9, 8, 7, 6, 5, 4, 3, 2), 11);

    return (sum < 2 ? 0 : 11 - sum) == number_sum_value(s[len - 1]) && !number_america_is_same(s, len);
}

/* Service Canada: 0 and 8 are never a person's first digit. */
static bool
number_america_sin(const char *s, size_t len)
{
    return s[0] != '0' && s[0] != '8' && number_sum_luhn(s, len);
}

static bool
number_america_phn(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s + 1, len - 2, NUMBER_WEIGHTS(2, 4, 8, 5, 10, 9, 7, 3), 11);

    return s[0] == '9' && (11 - sum) % 11 == number_sum_value(s[len - 1]);
}

static bool
number_america_luhn(const char *s, size_t len)
{
    return number_sum_luhn(s, len);
}

/* Chile: modulo 11 from the right, weights 2..7, K for 10. */
static bool
number_america_rut(const char *s, size_t len)
{
    unsigned sum = 0, weight = 2;

    for (size_t i = len - 1; i-- > 0; weight = weight == 7 ? 2 : weight + 1)
        sum += number_sum_value(s[i]) * weight;
    return "0K987654321"[sum % 11] == s[len - 1];
}

/* Colombia, DIAN: primes from the right. */
static bool
number_america_nit(const char *s, size_t len)
{
    static const unsigned char weights[] = {3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};
    unsigned sum = 0;

    for (size_t i = len - 1, k = 0; i-- > 0 && k < COUNT(weights); k++)
        sum += number_sum_value(s[i]) * weights[k];
    return "01987654321"[sum % 11] == s[len - 1];
}

static bool
number_america_cu(const char *s, size_t len)
{
    (void)len;
    return number_sum_is_date(s, 0, 2, 4, false);
}

/* Ecuador: a province, a third digit below 7, Luhn. */
static bool
number_america_ec(const char *s, size_t len)
{
    unsigned long province = number_sum_part(s, 0, 2);

    return ((province >= 1 && province <= 24) || province == 30 || province == 50) && s[2] < '7' && number_sum_luhn(s, len);
}

static bool
number_america_gt(const char *s, size_t len)
{
    unsigned long region = number_sum_part(s, 9, 2), city = number_sum_part(s, 11, 2);
    unsigned sum = number_sum_weigh(s, 8, NUMBER_WEIGHTS(2, 3, 4, 5, 6, 7, 8, 9), 11);

    (void)len;
    return region >= 1 && region <= 22 && city >= 1 && city <= 33 && sum == number_sum_value(s[8]);
}

/* RENAPO's instruction: every place weighs 18 less its index; Ñ apart, letters count from A = 10, those after N one more. */
static bool
number_america_curp(const char *s, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i + 1 < len; i++) {
        unsigned value = number_sum_value(s[i]);
        sum += (value > 23 ? value + 1 : value) * (unsigned)(18 - i);
    }
    return number_sum_is_date(s, 4, 6, 8, false) && strchr("HMX", s[10]) && (10 - sum % 10) % 10 == number_sum_value(s[len - 1]);
}

static bool
number_america_rfc(const char *s, size_t len)
{
    return number_sum_is_date(s, len - 9, len - 7, len - 5, false);
}

static bool
number_america_pe(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(5, 4, 3, 2, 7, 6), 11);

    return (s[0] == '1' || s[0] == '2') && (11 - sum) % 10 == number_sum_value(s[len - 1]);
}

static bool
number_america_py(const char *s, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i + 1 < len; i++)
        sum += number_sum_value(s[len - 2 - i]) * (unsigned)(i + 2);
    return (11 - sum % 11) % 11 % 10 == number_sum_value(s[len - 1]);
}

static bool
number_america_sv(const char *s, size_t len)
{
    unsigned old = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2), 11) % 10;
    unsigned new = (11 - number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), 11)) % 11 % 10;

    return (number_sum_part(s, 10, 3) <= 100 ? old : new) == number_sum_value(s[len - 1]);
}

/* SSA, "Social Security Number Randomization": never 000, 666 or 9xx, group 00, serial 0000; two numbers that advertisements used. */
static bool
number_america_ssn(const char *s, size_t len)
{
    unsigned long area = number_sum_part(s, 0, 3);

    (void)len;
    return area != 0 && area != 666 && area < 900 && number_sum_part(s, 3, 2) != 0 && number_sum_part(s, 5, 4) != 0 &&
           strncmp(s, "219099999", 9) != 0 && !number_america_is_same(s, 9);
}

/* IRS publication 1915: 9xx and a group of 50-65, 70-88, 90-92, 94-99. */
static bool
number_america_itin(const char *s, size_t len)
{
    unsigned long group = number_sum_part(s, 3, 2);

    (void)len;
    return s[0] == '9' && group >= 50 && group != 89 && group != 93 && (group <= 65 || group >= 70);
}

static bool
number_america_npi(const char *s, size_t len)
{
    char whole[15] = "80840";

    memcpy(whole + 5, s, 10);
    return len == 10 && (s[0] == '1' || s[0] == '2') && number_sum_luhn(whole, 15);
}

/* DEA 21 CFR 1301: digits 1, 3, 5 and twice 2, 4, 6. */
static bool
number_america_dea(const char *s, size_t len)
{
    unsigned odd = number_sum_value(s[2]) + number_sum_value(s[4]) + number_sum_value(s[6]);
    unsigned even = number_sum_value(s[3]) + number_sum_value(s[5]) + number_sum_value(s[7]);

    (void)len;
    return strchr("ABCDEFGHJKLMPRSTUX", s[0]) && (odd + 2 * even) % 10 == number_sum_value(s[8]);
}

/* CMS, "Understanding the MBI": letters without S, L, O, I, B, Z. */
static bool
number_america_mbi(const char *s, size_t len)
{
    static const char shape[] = "C*X#@X#@@##";

    for (size_t i = 0; i < len; i++)
        if ((shape[i] == '@' || shape[i] == 'X' || shape[i] == '*') && strchr("SLOIBZ", s[i]))
            return false;
    return s[0] != '0';
}

static bool
number_america_uy(const char *s, size_t len)
{
    return (10 - number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(2, 9, 8, 7, 6, 3, 4), 10)) % 10 == number_sum_value(s[len - 1]);
}

static bool
number_america_ve(const char *s, size_t len)
{
    static const char kinds[] = "VEJPG";
    static const unsigned char start[] = {4, 8, 12, 16, 20};
    const char *kind = strchr(kinds, s[0]);
    unsigned sum = kind ? start[kind - kinds] + number_sum_weigh(s + 1, 8, NUMBER_WEIGHTS(3, 2, 7, 6, 5, 4, 3, 2), 11) : 0;

    return kind && "00987654321"[sum % 11] == s[len - 1];
}

static const struct number_row number_america_rows[] = {
    {"AR", "CUIT", "#11", "##-########-#", "cuit|cuil|clave unica", "Argentina, tax number", "AFIP RG 10/1997",
     NUMBER_WEIGHTS(5, 4, 3, 2, 7, 6, 5, 4, 3, 2), "09987654321", NULL, NUMBER_TAX, NUMBER_GUARDED},
    {"AR", "DNI", "#7|#8", "##.###.###", "dni|documento nacional de identidad|documento", "Argentina, identity number", "Ley 17.671",
     NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"BO", "CI", "#7|#8|#7@2|#8@2", NULL, "cedula de identidad|carnet de identidad|ci", "Bolivia, identity card", "Ley 145", NULL,
     NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"BR", "CPF", "#11", "###.###.###-##", "cpf|cadastro de pessoas fisicas", "Brazil, tax number of a person",
     "IN RFB 1548/2015", NULL, NULL, number_america_cpf, NUMBER_TAX, NUMBER_GUARDED},
    {"BR", "CNPJ", "*12#2", "##.###.###/####-##", "cnpj", "Brazil, tax number of a company", "IN RFB 2229/2024", NULL, NULL,
     number_america_cnpj, NUMBER_COMPANY, NUMBER_GUARDED},
    {"BR", "RG", "#8|#9|#8X", "##.###.###-*", "rg|registro geral|carteira de identidade", "Brazil, identity card", "Lei 7.116/1983",
     NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"BR", "PIS", "#11", "###.#####.##-#", "pis|pasep|nit|pis/pasep", "Brazil, social number", "Caixa Econômica Federal", NULL,
     NULL, number_america_pis, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"BR", "CNS", "#15", NULL, "cns|cartao sus|cartao nacional de saude", "Brazil, health card", "Portaria 940/2011", NULL, NULL,
     NULL, NUMBER_HEALTH, NUMBER_WEAK},
    {"CA", "SIN", "#9", "###-###-###", "sin|social insurance|social insurance number|nas|numero d'assurance sociale",
     "Canada, social insurance number", "Employment Insurance Act, section 138", NULL, NULL, number_america_sin, NUMBER_SOCIAL,
     NUMBER_GUARDED},
    {"CA", "BC_PHN", "#10", NULL, "phn|personal health number|care card", "Canada, health number of British Columbia",
     "Medicare Protection Act", NULL, NULL, number_america_phn, NUMBER_HEALTH, NUMBER_GUARDED},
    {"CA", "OHIP", "#10@2|#10", NULL, "ohip|health card|health card number", "Canada, health card of Ontario",
     "Health Insurance Act; Luhn", NULL, NULL, NULL, NUMBER_HEALTH, NUMBER_WEAK},
    {"CL", "RUT", "#7*1|#8*1", "##.###.###-*", "rut|run|rol unico", "Chile, tax and identity number", "D.F.L. 3/1969", NULL, NULL,
     number_america_rut, NUMBER_ID, NUMBER_GUARDED},
    {"CO", "NIT", "#9|#10", "###.###.###-#", "nit", "Colombia, tax number", "Decreto 2460/2013", NULL, NULL, number_america_nit,
     NUMBER_TAX, NUMBER_GUARDED},
    {"CO", "CC", "#8|#10|#6|#7", NULL, "cedula de ciudadania|cedula|cc", "Colombia, identity card", "Ley 39/1961", NULL, NULL, NULL,
     NUMBER_ID, NUMBER_WEAK},
    {"CR", "CPF", "#9|0#9", "#-####-####", "cedula de persona fisica|cedula|cedula de identidad", "Costa Rica, identity card",
     "Ley 3504", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"CU", "NI", "#11", NULL, "carne de identidad|numero de identidad", "Cuba, identity number", "Decreto-Ley 248", NULL, NULL,
     number_america_cu, NUMBER_ID, NUMBER_WEAK},
    {"DO", "CEDULA", "#11", "###-#######-#", "cedula", "Dominican Republic, identity card", "Ley 6125", NULL, NULL,
     number_america_luhn, NUMBER_ID, NUMBER_GUARDED},
    {"EC", "CI", "#10", NULL, "cedula|cedula de identidad|cedula de ciudadania", "Ecuador, identity card", "Ley Orgánica de Gestión "
     "de la Identidad", NULL, NULL, number_america_ec, NUMBER_ID, NUMBER_GUARDED},
    {"GT", "CUI", "#13", "#### ##### ####", "cui|dpi", "Guatemala, identity number", "Decreto 90-2005", NULL, NULL,
     number_america_gt, NUMBER_ID, NUMBER_GUARDED},
    {"MX", "CURP", "@4#6@6*1#1", NULL, "curp", "Mexico, population register key", "DOF 18 October 2021", NULL, NULL,
     number_america_curp, NUMBER_ID, NUMBER_ALONE},
    {"MX", "RFC", "@4#6*3|@3#6*3", NULL, "rfc|registro federal de contribuyentes", "Mexico, tax number",
     "Código Fiscal, article 27", NULL, NULL, number_america_rfc, NUMBER_TAX, NUMBER_GUARDED},
    {"MX", "CLABE", "#18", NULL, "clabe|clabe interbancaria", "Mexico, bank account", "Banxico, circular 3/2012",
     NUMBER_WEIGHTS(3, 7, 1), "0987654321", NULL, NUMBER_BANK, NUMBER_GUARDED},
    {"MX", "NSS", "#11", NULL, "nss|numero de seguro social|imss|seguro social", "Mexico, social security number", "Ley del Seguro "
     "Social", NULL, NULL, number_america_luhn, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"PE", "DNI", "#8", NULL, "dni", "Peru, identity number", "Ley 26497", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"PE", "RUC", "#11", NULL, "ruc", "Peru, tax number", "Decreto Legislativo 943", NULL, NULL, number_america_pe, NUMBER_TAX,
     NUMBER_GUARDED},
    {"PY", "RUC", "#6|#7|#8|#9", "#######-#", "ruc", "Paraguay, tax number", "Ley 125/1991", NULL, NULL, number_america_py, NUMBER_TAX,
     NUMBER_GUARDED},
    {"PY", "CI", "#7|#6", NULL, "cedula de identidad|cedula", "Paraguay, identity card", "Ley 1266/1987", NULL, NULL, NULL,
     NUMBER_ID, NUMBER_WEAK},
    {"SV", "NIT", "#14", "####-######-###-#", "nit", "El Salvador, tax number", "Código Tributario, article 86", NULL, NULL,
     number_america_sv, NUMBER_TAX, NUMBER_GUARDED},
    {"US", "SSN", "#9", "###-##-####", "ssn|social security|social security number|ss number|social|soc sec|social security no",
     "United States, social security number", "42 USC 405(c)(2)", NULL, NULL, number_america_ssn, NUMBER_SOCIAL, NUMBER_GUARDED},
    {"US", "ITIN", "#9", "###-##-####", "itin|taxpayer identification|tax id|taxpayer id", "United States, taxpayer number",
     "26 CFR 301.6109-1", NULL, NULL, number_america_itin, NUMBER_TAX, NUMBER_GUARDED},
    {"US", "EIN", "#9", "##-#######", "ein|employer identification|employer id|fein|employer identification number",
     "United States, employer number", "26 CFR 301.7701-12", NULL, NULL, NULL, NUMBER_COMPANY, NUMBER_WEAK},
    {"US", "MBI", "#1@1*1#1@1*1#1@2#2", "#@*#-@*#-@@##", "medicare|mbi|medicare number|medicare id|beneficiary",
     "United States, Medicare number", "CMS, MBI format", NULL, NULL, number_america_mbi, NUMBER_HEALTH, NUMBER_ALONE},
    {"US", "NPI", "#10", NULL, "npi|national provider", "United States, provider number", "45 CFR 162.406", NULL, NULL,
     number_america_npi, NUMBER_HEALTH, NUMBER_GUARDED},
    {"US", "DEA", "@1*1#7", NULL, "dea|dea number", "United States, prescriber number", "21 CFR 1301", NULL, NULL,
     number_america_dea, NUMBER_HEALTH, NUMBER_GUARDED},
    {"UY", "CI", "#8", "#.###.###-#", "cedula|cedula de identidad|ci", "Uruguay, identity card", "Ley 19.696", NULL, NULL,
     number_america_uy, NUMBER_ID, NUMBER_GUARDED},
    {"UY", "RUT", "#12", NULL, "rut", "Uruguay, tax number", "Código Tributario",
     NUMBER_WEIGHTS(4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), "0-987654321", NULL, NUMBER_COMPANY, NUMBER_GUARDED},
    {"VE", "RIF", "@1#9", "@-########-#", "rif", "Venezuela, tax number", "Providencia 0048", NULL, NULL, number_america_ve,
     NUMBER_TAX, NUMBER_GUARDED},
    {"VE", "CI", "V#7|V#8|E#7|E#8|#7|#8", "@-########", "cedula|cedula de identidad", "Venezuela, identity card", "Ley Orgánica de "
     "Identificación", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
};

size_t
number_america_count(void)
{
    return COUNT(number_america_rows);
}

const struct number_row *
number_america_get(size_t i)
{
    return &number_america_rows[i];
}
