/* Every kind of number by an example. Examples come from the issuers' own documents where those print one, else from generators whose
 * validator is not ours, else they hold the row as it is. */
#include "base/err.h"
#include "guard/number.h"
#include "guard/number_sum.h"
#include "guard/pii_type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *type, *valid;
} examples[] = {
    {"AD_NRT", "X463753W"}, {"AE_EID", "784182060832712"}, {"AL_NID", "J07807127H"}, {"AM_PSN", "6284736560"},
    {"AO_BI", "370068489AM790"}, {"AR_CUIT", "20449285655"}, {"AR_DNI", "0945412"}, {"AT_SVNR", "1630280101"},
    {"AT_TAX", "651749426"}, {"AU_ABN", "23058379463"}, {"AU_MEDICARE", "2123456701"}, {"AU_TFN", "490998787"},
    {"AZ_FIN", "YYRETUN"}, {"BA_JMBG", "0507985524812"}, {"BD_NID", "80152388725704608"}, {"BE_NN", "70030634692"},
    {"BG_EGN", "6108261108"}, {"BG_LNCH", "5613404867"}, {"BH_CPR", "884663503"}, {"BO_CI", "7677443AD"},
    {"BR_CNPJ", "76418226000179"}, {"BR_CNS", "552580068564672"}, {"BR_CPF", "39053344705"}, {"BR_PIS", "34450872283"},
    {"BR_RG", "90033472"}, {"BY_ID", "2191297G670YE2"}, {"CA_BC_PHN", "9746970947"}, {"CA_OHIP", "3854924396VN"},
    {"CA_SIN", "130692544"}, {"CH_AHV", "7569217076985"}, {"CL_RUT", "330567694"}, {"CN_RIC", "11010519491231002X"},
    {"CO_CC", "7600706"}, {"CO_NIT", "741780835"}, {"CR_CPF", "0925998037"}, {"CU_NI", "78121959382"},
    {"CY_TIC", "52233499O"}, {"CZ_RC", "8801233562"}, {"DE_HEALTH", "A000500015"}, {"DE_ID_CARD", "XYFWS8778"},
    {"DE_PENSION", "12280176H809"}, {"DE_TAX_ID", "86095742719"}, {"DE_TAX_NUMBER", "33961292127"},
    {"DE_VAT", "DE194264421"}, {"DK_CPR", "1301573638"}, {"DO_CEDULA", "00545321341"}, {"DZ_NIN", "378371814813272230"},
    {"EC_CI", "1704920873"}, {"EE_IK", "36310248480"}, {"EG_NID", "30302242132039"}, {"ES_DNI", "12345678Z"},
    {"ES_NIE", "X3090274V"}, {"ES_NSS", "281682290538"}, {"FI_HETU", "131052308T"}, {"FR_CNI", "951228389223"},
    {"FR_NIR", "255081416802538"}, {"FR_SIREN", "369176441"}, {"FR_SPI", "0518960031184"}, {"GB_NHS", "9434765919"},
    {"GB_NINO", "AB083022C"}, {"GB_UTR", "7626997679"}, {"GE_PN", "83211642338"}, {"GH_CARD", "GHA5105620843"},
    {"GH_TIN", "Q8460492985"}, {"GR_AFM", "819518104"}, {"GR_AMKA", "15118200441"}, {"GT_CUI", "8122400140101"},
    {"HK_HKID", "A1234563"}, {"HR_OIB", "30673859744"}, {"HU_TAJ", "371927573"}, {"HU_TAX_ID", "8550225355"},
    {"ID_NIK", "4743660101319777"}, {"ID_NPWP", "019946334000000"}, {"IE_PPS", "0925476K"}, {"IL_ID", "566002978"},
    {"IN_AADHAAR", "234123412346"}, {"IN_GSTIN", "35SUZLU5951XBZ7"}, {"IN_PAN", "PIOPU9525Y"}, {"IN_VOTER", "UDT8414625"},
    {"IQ_NID", "908995048134"}, {"IR_MELLI", "3890301517"}, {"IS_KT", "0205632739"}, {"IT_CF", "RSSMRA85T10A562S"},
    {"IT_ID_CARD", "SR4178816"}, {"IT_PIVA", "15243341706"}, {"JO_NID", "2557288660"}, {"JP_MYNUMBER", "123456789018"},
    {"KE_ID", "10119459"}, {"KE_PIN", "A137435053I"}, {"KR_BRN", "7829163335"}, {"KR_RRN", "8311141195386"},
    {"KW_CIVIL", "307220231085"}, {"KZ_IIN", "071103238978"}, {"LK_NIC", "476051103843"}, {"LT_AK", "37509159058"},
    {"LU_MATRICULE", "2064061036821"}, {"LV_PK", "24096410916"}, {"MA_CNIE", "MO396589"}, {"MD_IDNP", "9232413967552"},
    {"ME_JMBG", "1909985871436"}, {"MK_EMBG", "0503985489973"}, {"MT_ID", "84827X"}, {"MX_CLABE", "872107197656527696"},
    {"MX_CURP", "BOXW310820HNERXN09"}, {"MX_NSS", "38658568225"}, {"MX_RFC", "GODE880526GR8"}, {"MY_NRIC", "650819148416"},
    {"MZ_NUIT", "217144248"}, {"NG_BVN", "22580136346"}, {"NG_NIN", "00393890555"}, {"NL_BSN", "111222333"},
    {"NO_FNR", "15108695088"}, {"NP_PAN", "158303796"}, {"NZ_IRD", "49091850"}, {"NZ_NHI", "HHS6392"},
    {"PE_DNI", "08767519"}, {"PE_RUC", "10905310343"}, {"PH_PHILSYS", "0387970196196657"}, {"PH_SSS", "8310022532"},
    {"PH_TIN", "070369553"}, {"PK_CNIC", "3892563248781"}, {"PL_ID_CARD", "FIS082281"}, {"PL_NIP", "3764726787"},
    {"PL_PESEL", "44051401359"}, {"PT_CC", "795134140ZZ2"}, {"PT_NIF", "280104634"}, {"PT_NISS", "92803686017"},
    {"PY_CI", "7539825"}, {"PY_RUC", "05744458"}, {"QA_QID", "32072592537"}, {"RO_CNP", "1931105124543"},
    {"RS_JMBG", "2610985218935"}, {"RU_INN", "299123104009"}, {"RU_SNILS", "72536516298"}, {"SA_NID", "1250619366"},
    {"SE_PNR", "8112189876"}, {"SG_NRIC", "S1234567D"}, {"SI_EMSO", "1002985500491"}, {"SI_TAX", "12371599"},
    {"SK_RC", "7604278737"}, {"SV_NIT", "06141002531016"}, {"TH_ID", "1160169637619"}, {"TN_CIN", "66564081"},
    {"TR_TCKN", "10000000146"}, {"TR_VKN", "8446297933"}, {"TW_ID", "PA89411406"}, {"TZ_NIDA", "17679280618862763046"},
    {"UA_RNOKPP", "2988416953"}, {"UG_NIN", "CFWEW3UDLMLBBB"}, {"US_DEA", "AP5836727"}, {"US_EIN", "120445643"},
    {"US_ITIN", "978529559"}, {"US_MBI", "7M84PD3FM63"}, {"US_NPI", "1234567893"}, {"US_SSN", "397272041"},
    {"UY_CI", "60377649"}, {"UY_RUT", "804437684168"}, {"UZ_PINFL", "95291639238557"}, {"VE_CI", "V5171385"},
    {"VE_RIF", "V319723010"}, {"VN_CCCD", "046065455433"}, {"ZA_ID", "8001015009087"}, {"ZM_NRC", "909896008"},
    {"ZW_NID", "59087845S83"},
};
#define EXAMPLES (sizeof examples / sizeof *examples)

static const struct number_row *
row_of(const char *type)
{
    char name[64];

    for (size_t i = 0; i < number_count(); i++)
        if (str_is(pii_type_name(PII_TYPE_OWN + (unsigned)i, name), str_from(type)))
            return number_get(i);
    return NULL;
}

static void
every_row_has_an_example_that_it_accepts(void **state)
{
    char name[64];
    size_t found = 0;

    (void)state;
    for (size_t i = 0; i < number_count(); i++) {
        str type = pii_type_name(PII_TYPE_OWN + (unsigned)i, name);
        bool has = false;
        for (size_t k = 0; k < EXAMPLES && !has; k++)
            has = str_is(type, str_from(examples[k].type));
        if (!has)
            print_error("%s has no example\n", name);
        found += has;
    }
    assert_int_equal(found, number_count());
    for (size_t k = 0; k < EXAMPLES; k++) {
        const struct number_row *row = row_of(examples[k].type);
        assert_non_null(row);
        if (!number_is_valid(row, str_from(examples[k].valid)))
            fail_msg("%s refuses %s", examples[k].type, examples[k].valid);
    }
}

/* Of all ways to change one digit, a check digit lets few by. */
static void
a_guarded_row_refuses_nearly_every_changed_digit(void **state)
{
    (void)state;
    for (size_t k = 0; k < EXAMPLES; k++) {
        const struct number_row *row = row_of(examples[k].type);
        char text[32];
        size_t tried = 0, passed = 0, len = strlen(examples[k].valid);
        if (!row->weights)
            continue;
        memcpy(text, examples[k].valid, len + 1);
        for (size_t i = 0; i < len; i++)
            for (char c = '0'; c <= '9' && examples[k].valid[i] <= '9'; c++) {
                text[i] = c;
                if (c != examples[k].valid[i]) {
                    tried++;
                    passed += number_is_valid(row, (str){text, len});
                }
                text[i] = examples[k].valid[i];
            }
        if (passed * 6 > tried)
            fail_msg("%s accepts %zu of %zu changed numbers", examples[k].type, passed, tried);
    }
}

static void
sixty_countries_and_more_have_a_row_that_is_more_than_a_shape(void **state)
{
    char seen[512][3] = {{0}};
    size_t countries = 0;

    (void)state;
    for (size_t i = 0; i < number_count(); i++) {
        const struct number_row *row = number_get(i);
        bool known = !row->weights && !row->check;
        for (size_t k = 0; k < countries && !known; k++)
            known = strcmp(seen[k], row->country) == 0;
        if (!known)
            snprintf(seen[countries++], 3, "%s", row->country);
    }
    assert_true(countries >= 60);
}

static void
every_row_names_its_source_and_its_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < number_count(); i++) {
        const struct number_row *row = number_get(i);
        assert_int_equal(strlen(row->country), 2);
        assert_true(strlen(row->source) > 2);
        assert_true(strlen(row->cues) > 1);
        assert_true(strlen(row->about) > 5);
    }
}

static void
sums_agree_with_printed_examples(void **state)
{
    (void)state;
    assert_true(number_sum_luhn("79927398713", 11));     /* ISO/IEC 7812-1 */
    assert_false(number_sum_luhn("79927398710", 11));
    assert_true(number_sum_verhoeff("2363", 4));
    assert_false(number_sum_verhoeff("2364", 4));
    assert_int_equal(number_sum_mod97("3214282912345698765432161182", 28), 1); /* ISO 13616, GB82 WEST */
    assert_true(number_sum_hybrid("07945", 5));           /* ISO 7064 */
    assert_true(number_sum_icao("L898902C36", 10));      /* ICAO 9303-4 */
    assert_true(number_sum_is_date("850229", 0, 2, 4, false));
    assert_false(number_sum_is_date("851329", 0, 2, 4, false));
    assert_true(number_sum_is_date("858129", 0, 2, 4, true));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_an_example_that_it_accepts),
        cmocka_unit_test(a_guarded_row_refuses_nearly_every_changed_digit),
        cmocka_unit_test(sixty_countries_and_more_have_a_row_that_is_more_than_a_shape),
        cmocka_unit_test(every_row_names_its_source_and_its_words),
        cmocka_unit_test(sums_agree_with_printed_examples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
