/* The national numbers of Asia, Africa and Oceania, one row each, in the order of countries. Special sums stand above the table.
 * It looks at characters only, never at who asks. */
#include "guard/number_private.h"
#include "guard/number_sum.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool
number_world_luhn(const char *s, size_t len)
{
    return number_sum_luhn(s, len);
}

/* Emirates: 784, a year, seven digits, Luhn. */
static bool
number_world_ae(const char *s, size_t len)
{
    return strncmp(s, "784", 3) == 0 && (s[3] == '1' || s[3] == '2') && number_sum_luhn(s, len);
}

static bool
number_world_au_tax(const char *s, size_t len)
{
    return number_sum_weigh(s, len, len == 9 ? NUMBER_WEIGHTS(1, 4, 3, 7, 5, 8, 6, 9, 10) : NUMBER_WEIGHTS(10, 7, 8, 4, 6, 3, 5, 1),
                            11) == 0;
}

/* The first digit counts one less. Australian Business Register. */
static bool
number_world_au_abn(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, len, NUMBER_WEIGHTS(10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19), 89);

    return s[0] != '0' && (sum + 89 - 10) % 89 == 0;
}

static bool
number_world_au_medicare(const char *s, size_t len)
{
    (void)len;
    return s[0] >= '2' && s[0] <= '6' &&
           number_sum_weigh(s, 8, NUMBER_WEIGHTS(1, 3, 7, 9, 1, 3, 7, 9), 10) == number_sum_value(s[8]);
}

/* GB 11643-1999: region, date of birth, sequence, ISO 7064 mod 11-2. */
static bool
number_world_cn(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), 11);

    return s[0] != '0' && (strncmp(s + 6, "19", 2) == 0 || strncmp(s + 6, "20", 2) == 0) && number_sum_is_date(s, 8, 10, 12, false) &&
           "10X98765432"[sum] == s[len - 1];
}

static bool
number_world_eg(const char *s, size_t len)
{
    (void)len;
    return (s[0] == '2' || s[0] == '3') && number_sum_is_date(s, 1, 3, 5, false);
}

static bool
number_world_hk(const char *s, size_t len)
{
    unsigned sum = len == 8 ? 36 * 9 : 0, weight = len == 8 ? 8 : 9;

    for (size_t i = 0; i + 1 < len; i++)
        sum += number_sum_value(s[i]) * weight--;
    return "0A987654321"[sum % 11] == s[len - 1];
}

static bool
number_world_id(const char *s, size_t len)
{
    unsigned long day = number_sum_part(s, 6, 2) % 40, month = number_sum_part(s, 8, 2), province = number_sum_part(s, 0, 2);

    (void)len;
    return province >= 11 && province <= 96 && day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

static bool
number_world_npwp(const char *s, size_t len)
{
    return len == 16 || number_sum_luhn(s, 9);
}

/* UIDAI: Verhoeff, a first digit of 2 to 9, no palindrome. */
static bool
number_world_aadhaar(const char *s, size_t len)
{
    bool mirror = true;

    for (size_t i = 0; i < len / 2; i++)
        mirror &= s[i] == s[len - 1 - i];
    return s[0] >= '2' && !mirror && number_sum_verhoeff(s, len);
}

static bool
number_world_pan(const char *s, size_t len)
{
    (void)len;
    return strchr("ABCFGHJLPTK", s[3]) && strncmp(s + 5, "0000", 4) != 0;
}

/* CBIC: digits of base 36, sums of quotient and rest. */
static bool
number_world_gstin(const char *s, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i + 1 < len; i++) {
        unsigned product = number_sum_value(s[i]) * (i % 2 == 0 ? 1 : 2);
        sum += product / 36 + product % 36;
    }
    unsigned long state = number_sum_part(s, 0, 2);
    return state >= 1 && state <= 38 && (36 - sum % 36) % 36 == number_sum_value(s[len - 1]);
}

static bool
number_world_jp(const char *s, size_t len)
{
    unsigned sum = 0;

    for (unsigned n = 1; n <= 11; n++)
        sum += number_sum_value(s[11 - n]) * (n <= 6 ? n + 1 : n - 5);
    (void)len;
    return (sum % 11 <= 1 ? 0 : 11 - sum % 11) == number_sum_value(s[11]);
}

/* Before October 2020 the last digit was a check digit; since then it is drawn. Dates and the seventh digit always hold. */
static bool
number_world_kr(const char *s, size_t len)
{
    (void)len;
    return number_sum_is_date(s, 0, 2, 4, false) && s[6] >= '0' && s[6] <= '9';
}

static bool
number_world_kz(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), 11);

    if (sum == 10)
        sum = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2), 11);
    return number_sum_is_date(s, 0, 2, 4, false) && s[6] <= '6' && sum == number_sum_value(s[len - 1]);
}

static bool
number_world_lk(const char *s, size_t len)
{
    unsigned long day = number_sum_part(s, len == 10 ? 2 : 4, 3) % 500;

    return day >= 1 && day <= 366 && (len == 12 || s[9] == 'V' || s[9] == 'X');
}

static bool
number_world_my(const char *s, size_t len)
{
    unsigned long place = number_sum_part(s, 6, 2);

    (void)len;
    return number_sum_is_date(s, 0, 2, 4, false) && place != 0 && place != 17 && place != 18 && place != 19 && place != 20 &&
           place != 69 && place != 70 && place != 73 && place != 80 && place != 81;
}

static bool
number_world_verhoeff(const char *s, size_t len)
{
    return number_sum_verhoeff(s, len);
}

/* New Zealand, Inland Revenue: a second row of weights when the first leaves 10. */
static bool
number_world_ird(const char *s, size_t len)
{
    char full[9] = "0";
    unsigned long value = number_sum_part(s, 0, len);

    memcpy(full + 9 - len, s, len);
    unsigned sum = (11 - number_sum_weigh(full, 8, NUMBER_WEIGHTS(3, 2, 7, 6, 5, 4, 3, 2), 11)) % 11;
    if (sum == 10)
        sum = (11 - number_sum_weigh(full, 8, NUMBER_WEIGHTS(7, 4, 3, 2, 5, 2, 7, 6), 11)) % 11;
    return value > 10000000 && value < 150000000 && sum == number_sum_value(full[8]);
}

/* HISO 10046: letters without I and O. */
static bool
number_world_nhi(const char *s, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i + 1 < len && i < 6; i++) {
        unsigned value = number_sum_value(s[i]);
        if (value > 9)
            value = value - 9 - (s[i] > 'I') - (s[i] > 'O');
        sum += value * (unsigned)(7 - i);
    }
    for (size_t i = 0; i < 3; i++)
        if (s[i] == 'I' || s[i] == 'O')
            return false;
    return s[6] > '9' || (sum % 11 != 0 && (11 - sum % 11) % 10 == number_sum_value(s[6]));
}

static bool
number_world_pk(const char *s, size_t len)
{
    (void)len;
    return s[0] >= '1' && s[0] <= '7' && s[12] != '0';
}

/* Singapore, ICA: weights 2 7 6 5 4 3 2; T and G four more, M three more. */
static bool
number_world_sg(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s + 1, 7, NUMBER_WEIGHTS(2, 7, 6, 5, 4, 3, 2), 11);

    (void)len;
    switch (s[0]) {
    case 'S':
        return "JZIHGFEDCBA"[sum] == s[8];
    case 'T':
        return "JZIHGFEDCBA"[(sum + 4) % 11] == s[8];
    case 'F':
        return "XWUTRQPNMLK"[sum] == s[8];
    case 'G':
        return "XWUTRQPNMLK"[(sum + 4) % 11] == s[8];
    case 'M':
        return "KLJNPQRTUWX"[10 - (sum + 3) % 11] == s[8];
    default:
        return false;
    }
}

static bool
number_world_th(const char *s, size_t len)
{
    unsigned sum = number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2), 11);

    return s[0] != '0' && s[0] != '9' && (11 - sum) % 10 == number_sum_value(s[len - 1]);
}

/* Taiwan: the letter as two digits by the order in which places were numbered. */
static bool
number_world_tw(const char *s, size_t len)
{
    static const char order[] = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    unsigned value = (unsigned)(strchr(order, s[0]) - order) + 10;
    unsigned sum = value / 10 + value % 10 * 9 + (s[1] > '9' ? (unsigned)(s[1] - 'A') : number_sum_value(s[1])) * 8;

    for (unsigned i = 2; i < 9; i++)
        sum += number_sum_value(s[i]) * (9 - i);
    (void)len;
    return (s[1] == '1' || s[1] == '2' || s[1] == '8' || s[1] == '9' || (s[1] >= 'A' && s[1] <= 'D')) &&
           (sum + number_sum_value(s[9])) % 10 == 0;
}

static bool
number_world_za(const char *s, size_t len)
{
    return number_sum_is_date(s, 0, 2, 4, false) && (s[10] == '0' || s[10] == '1') && number_sum_luhn(s, len);
}

static bool
number_world_sa(const char *s, size_t len)
{
    return (s[0] == '1' || s[0] == '2') && number_sum_luhn(s, len);
}

static const struct number_row number_world_rows[] = {
    {"AE", "EID", "#15", "###-####-#######-#", "emirates id|eid|رقم الهوية", "United Arab Emirates, identity card",
     "Federal law 9/2006; Luhn", NULL, NULL, number_world_ae, NUMBER_ID, NUMBER_ALONE},
    {"AM", "PSN", "#10", NULL, "psn|public services number", "Armenia, public services number", "Law HO-288-N", NULL, NULL, NULL,
     NUMBER_ID, NUMBER_WEAK},
    {"AO", "BI", "#9@2#3", NULL, "bilhete de identidade|bi", "Angola, identity card", "Lei 4/09", NULL, NULL, NULL, NUMBER_ID,
     NUMBER_GUARDED},
    {"AU", "TFN", "#8|#9", "### ### ###", "tfn|tax file number", "Australia, tax file number",
     "Taxation Administration Act 1953, part VA", NULL, NULL, number_world_au_tax, NUMBER_TAX, NUMBER_GUARDED},
    {"AU", "ABN", "#11", "## ### ### ###", "abn|australian business number", "Australia, business number",
     "A New Tax System (ABN) Act 1999", NULL, NULL, number_world_au_abn, NUMBER_COMPANY, NUMBER_GUARDED},
    {"AU", "MEDICARE", "#10|#11", "#### ##### #", "medicare|medicare number|medicare card", "Australia, Medicare number",
     "Health Insurance Act 1973", NULL, NULL, number_world_au_medicare, NUMBER_HEALTH, NUMBER_GUARDED},
    {"AZ", "FIN", "*7", NULL, "fin|fin kod|fin code", "Azerbaijan, personal number", "Law on the Population Register", NULL, NULL,
     NULL, NUMBER_ID, NUMBER_WEAK},
    {"BD", "NID", "#10|#13|#17", NULL, "nid|national id|voter id", "Bangladesh, identity number",
     "National Identity Registration Act 2010", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"BH", "CPR", "#9", NULL, "cpr|cpr number|personal number", "Bahrain, personal number", "Law 46/2006", NULL, NULL, NULL,
     NUMBER_ID, NUMBER_WEAK},
    {"CN", "RIC", "#17*1", NULL, "身份证|身份证号|id card|shenfenzheng|公民身份号码", "China, resident identity number",
     "GB 11643-1999; ISO 7064 mod 11-2", NULL, NULL, number_world_cn, NUMBER_ID, NUMBER_ALONE},
    {"DZ", "NIN", "#18", NULL, "nin|numero d'identification national", "Algeria, identity number", "Décret 10-210", NULL, NULL, NULL,
     NUMBER_ID, NUMBER_WEAK},
    {"EG", "NID", "#14", NULL, "الرقم القومي|national id|raqam qawmi", "Egypt, identity number", "Law 143/1994", NULL, NULL,
     number_world_eg, NUMBER_ID, NUMBER_GUARDED},
    {"GE", "PN", "#11", NULL, "პირადი ნომერი|personal number|piradi nomeri", "Georgia, personal number", "Law on Identity Cards",
     NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"GH", "CARD", "GHA#10", "GHA-#########-#", "ghana card|ghana card number", "Ghana, identity card",
     "National Identity Register Act 750/2008", NULL, NULL, NULL, NUMBER_ID, NUMBER_ALONE},
    {"GH", "TIN", "P#9*1|C#9*1|G#9*1|Q#9*1|V#9*1", NULL, "tin|tax identification", "Ghana, tax number", "Act 632/2002", NULL, NULL,
     NULL, NUMBER_TAX, NUMBER_WEAK},
    {"HK", "HKID", "@1#6*1|@2#6*1", "@######(*)", "hkid|hong kong id|hong kong identity card|身份證|身份證號碼",
     "Hong Kong, identity card", "Cap. 177", NULL, NULL, number_world_hk, NUMBER_ID, NUMBER_GUARDED},
    {"ID", "NIK", "#16", NULL, "nik|ktp|nomor ktp|nomor induk kependudukan", "Indonesia, identity number", "UU 24/2013", NULL, NULL,
     number_world_id, NUMBER_ID, NUMBER_GUARDED},
    {"ID", "NPWP", "#15|#16", "##.###.###.#-###.###", "npwp|nomor pokok wajib pajak", "Indonesia, tax number", "PMK 112/2022", NULL,
     NULL, number_world_npwp, NUMBER_TAX, NUMBER_GUARDED},
    {"IL", "ID", "#9|#8", NULL, "teudat zehut|mispar zehut|תעודת זהות|מספר זהות|ת.ז", "Israel, identity number",
     "Population Registry Law 1965", NULL, NULL, number_world_luhn, NUMBER_ID, NUMBER_GUARDED},
    {"IN", "AADHAAR", "#12", "#### #### ####", "aadhaar|aadhar|adhaar|uidai|aadhaar number|आधार", "India, Aadhaar",
     "Aadhaar Act 2016; Verhoeff", NULL, NULL, number_world_aadhaar, NUMBER_ID, NUMBER_GUARDED},
    {"IN", "PAN", "@5#4@1", NULL, "pan|pan card|pan number|permanent account number|pan no", "India, tax account number",
     "Income-tax Rules 1962, rule 114", NULL, NULL, number_world_pan, NUMBER_TAX, NUMBER_GUARDED},
    {"IN", "VOTER", "@3#7", NULL, "voter id|voter|epic|epic number", "India, voter card", "Representation of the People Act 1951",
     NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"IN", "GSTIN", "#2@5#4@1*1Z*1", NULL, "gstin|gst|gst number", "India, sales tax number", "CGST Rules 2017, rule 10", NULL, NULL,
     number_world_gstin, NUMBER_COMPANY, NUMBER_ALONE},
    {"IQ", "NID", "#12", NULL, "national card|البطاقة الوطنية", "Iraq, identity number", "Law 3/2016", NULL, NULL, NULL, NUMBER_ID,
     NUMBER_WEAK},
    {"IR", "MELLI", "#10", NULL, "code melli|kode melli|کد ملی", "Iran, identity number", "Civil Registration Organisation",
     NUMBER_WEIGHTS(10, 9, 8, 7, 6, 5, 4, 3, 2), "01987654321", NULL, NUMBER_ID, NUMBER_GUARDED},
    {"JO", "NID", "#10", NULL, "الرقم الوطني|national number", "Jordan, identity number", "Civil Status Law 9/2001", NULL, NULL, NULL,
     NUMBER_ID, NUMBER_WEAK},
    {"JP", "MYNUMBER", "#12", "#### #### ####", "my number|マイナンバー|個人番号|mynumber", "Japan, individual number",
     "Act 27/2013; ordinance 85/2014", NULL, NULL, number_world_jp, NUMBER_ID, NUMBER_GUARDED},
    {"KE", "PIN", "A#9@1|P#9@1", NULL, "kra pin|kra|pin number", "Kenya, tax number", "Tax Procedures Act 2015", NULL, NULL, NULL,
     NUMBER_TAX, NUMBER_GUARDED},
    {"KE", "ID", "#7|#8", NULL, "national id|kitambulisho|huduma", "Kenya, identity card", "Registration of Persons Act", NULL, NULL,
     NULL, NUMBER_ID, NUMBER_WEAK},
    {"KR", "RRN", "#13", "######-#######", "rrn|resident registration|주민등록번호|주민번호|외국인등록번호",
     "South Korea, resident registration number", "Resident Registration Act, article 7-2", NULL, NULL, number_world_kr, NUMBER_ID,
     NUMBER_GUARDED},
    {"KR", "BRN", "#10", "###-##-#####", "brn|business registration|사업자등록번호", "South Korea, business number",
     "VAT Act, article 8", NULL, NULL, NULL, NUMBER_COMPANY, NUMBER_WEAK},
    {"KW", "CIVIL", "#12", NULL, "civil id|الرقم المدني", "Kuwait, civil number", "Law 32/1982",
     NUMBER_WEIGHTS(2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "--987654321", NULL, NUMBER_ID, NUMBER_GUARDED},
    {"KZ", "IIN", "#12", NULL, "iin|иин|жсн", "Kazakhstan, individual number", "Law 223-III", NULL, NULL, number_world_kz, NUMBER_ID,
     NUMBER_ALONE},
    {"LK", "NIC", "#9@1|#12", NULL, "nic|nic number|national identity card", "Sri Lanka, identity card",
     "Registration of Persons Act 32/1968", NULL, NULL, number_world_lk, NUMBER_ID, NUMBER_GUARDED},
    {"MA", "CNIE", "@1#6|@2#6|@1#5|@2#5", NULL, "cin|cnie|carte nationale", "Morocco, identity card", "Law 04-20", NULL, NULL, NULL,
     NUMBER_ID, NUMBER_WEAK},
    {"MY", "NRIC", "#12", "######-##-####", "mykad|nric|ic number|kad pengenalan|no ic", "Malaysia, identity card",
     "National Registration Regulations 1990", NULL, NULL, number_world_my, NUMBER_ID, NUMBER_GUARDED},
    {"MZ", "NUIT", "#9", NULL, "nuit", "Mozambique, tax number", "Lei 2/2006", NUMBER_WEIGHTS(8, 9, 4, 5, 6, 7, 8, 9),
     "01234567891", NULL, NUMBER_TAX, NUMBER_GUARDED},
    {"NG", "NIN", "#11", NULL, "nin|national identification number|nimc", "Nigeria, identity number", "NIMC Act 2007; Verhoeff", NULL,
     NULL, number_world_verhoeff, NUMBER_ID, NUMBER_GUARDED},
    {"NG", "BVN", "22#9", NULL, "bvn|bank verification number", "Nigeria, bank verification number", "CBN, BVN framework", NULL, NULL,
     NULL, NUMBER_BANK, NUMBER_WEAK},
    {"NP", "PAN", "#9", NULL, "pan number|pan|pan no", "Nepal, tax number", "Income Tax Act 2058", NULL, NULL, NULL, NUMBER_TAX,
     NUMBER_WEAK},
    {"NZ", "IRD", "#8|#9", "##-###-###", "ird|ird number", "New Zealand, tax number", "Tax Administration Act 1994", NULL, NULL,
     number_world_ird, NUMBER_TAX, NUMBER_GUARDED},
    {"NZ", "NHI", "@3#4|@3#2@1#1|@3#2@2", NULL, "nhi|nhi number|national health index", "New Zealand, health number", "HISO 10046",
     NULL, NULL, number_world_nhi, NUMBER_HEALTH, NUMBER_GUARDED},
    {"PH", "TIN", "#9|#12", "###-###-###-###", "tin|tin number|bir", "Philippines, tax number", "NIRC section 236", NULL, NULL, NULL,
     NUMBER_TAX, NUMBER_WEAK},
    {"PH", "SSS", "#10", "##-#######-#", "sss|sss number", "Philippines, social security number", "RA 11199", NULL, NULL, NULL,
     NUMBER_SOCIAL, NUMBER_WEAK},
    {"PH", "PHILSYS", "#12|#16", "####-####-####-####", "philsys|psn|national id", "Philippines, identity number", "RA 11055", NULL,
     NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"PK", "CNIC", "#13", "#####-#######-#", "cnic|nicop|nadra", "Pakistan, identity card", "NADRA Ordinance 2000", NULL, NULL,
     number_world_pk, NUMBER_ID, NUMBER_GUARDED},
    {"QA", "QID", "2#10|3#10", NULL, "qid|qatar id", "Qatar, identity number", "Law 21/2015", NULL, NULL, NULL, NUMBER_ID,
     NUMBER_WEAK},
    {"SA", "NID", "#10", NULL, "iqama|national id|رقم الهوية|الاقامة|iqama number", "Saudi Arabia, identity and residence number",
     "Royal decree M/7; Luhn", NULL, NULL, number_world_sa, NUMBER_ID, NUMBER_GUARDED},
    {"SG", "NRIC", "@1#7@1", NULL, "nric|fin|nric number|fin number", "Singapore, identity card", "National Registration Act", NULL,
     NULL, number_world_sg, NUMBER_ID, NUMBER_ALONE},
    {"TH", "ID", "#13", "#-####-#####-##-#", "บัตรประชาชน|เลขบัตรประชาชน|thai id|เลขประจำตัวประชาชน", "Thailand, identity number",
     "Identification Card Act 2526", NULL, NULL, number_world_th, NUMBER_ID, NUMBER_GUARDED},
    {"TN", "CIN", "#8", NULL, "cin|carte d'identite nationale", "Tunisia, identity card", "Law 27/1993", NULL, NULL, NULL, NUMBER_ID,
     NUMBER_WEAK},
    {"TW", "ID", "@1#9|@2#8", NULL, "身分證|身分證字號|taiwan id|arc number", "Taiwan, identity number", "Household Registration Act",
     NULL, NULL, number_world_tw, NUMBER_ID, NUMBER_GUARDED},
    {"TZ", "NIDA", "#20", "########-#####-#####-##", "nida|nida number", "Tanzania, identity number", "Act 11/1986", NULL, NULL, NULL,
     NUMBER_ID, NUMBER_WEAK},
    {"UG", "NIN", "CM*12|CF*12", NULL, "nin|national identification number", "Uganda, identity number",
     "Registration of Persons Act 2015", NULL, NULL, NULL, NUMBER_ID, NUMBER_GUARDED},
    {"UZ", "PINFL", "#14", NULL, "pinfl|jshshir|пинфл", "Uzbekistan, personal number", "Law ZRU-1107", NUMBER_WEIGHTS(7, 3, 1),
     "0123456789", NULL, NUMBER_ID, NUMBER_GUARDED},
    {"VN", "CCCD", "0#11|#9", NULL, "cccd|cmnd|can cuoc|can cuoc cong dan", "Vietnam, identity card", "Law 26/2023/QH15", NULL, NULL,
     NULL, NUMBER_ID, NUMBER_WEAK},
    {"ZA", "ID", "#13", NULL, "sa id|south african id|rsa id|identity number|id number", "South Africa, identity number",
     "Identification Act 68/1997; Luhn", NULL, NULL, number_world_za, NUMBER_ID, NUMBER_ALONE},
    {"ZM", "NRC", "#9", "######/##/#", "nrc|nrc number|national registration card", "Zambia, registration card",
     "National Registration Act", NULL, NULL, NULL, NUMBER_ID, NUMBER_WEAK},
    {"ZW", "NID", "#8@1#2|#9@1#2", "##-######-@-##", "zimbabwe id|national id", "Zimbabwe, identity number",
     "National Registration Act", NULL, NULL, NULL, NUMBER_ID, NUMBER_GUARDED},
};

size_t
number_world_count(void)
{
    return COUNT(number_world_rows);
}

const struct number_row *
number_world_get(size_t i)
{
    return &number_world_rows[i];
}
