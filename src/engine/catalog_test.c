/* Catalogues as files: JSON lines, relations, baskets, and limits over more products than a search gives. */
#include "engine/bot_private.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char folder[64], path[128];
static struct arena *arena;

static int
folder_begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/privet-catalog-XXXXXX");
    return mkdtemp(folder) && arena_make((size_t)4 << 20, &arena) == ERR_NONE ? 0 : -1;
}

static int
folder_end(void **state)
{
    char command[128];

    (void)state;
    arena_free(&arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static FILE *
file_open(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    return file;
}

static void
file_put(const char *name, const char *text)
{
    FILE *file = file_open(name);
    fputs(text, file);
    fclose(file);
}

static const char bot_text[] = "version: \"1\"\nname: Test\nlanguages: [en, de]\nintents:\n- intent: look\n  examples: |\n    - where is the shop\n    - opening hours\n";

static void
must_be_refused(const char *name, const char *text, unsigned line, const char *why)
{
    struct bot *bot = NULL;
    struct bot_fault fault;

    file_put(name, text);
    assert_int_equal(bot_make(folder, &fault, &bot), ERR_INPUT);
    assert_string_equal(fault.file, name);
    assert_int_equal(fault.line, line);
    assert_non_null(strstr(fault.text, why));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(remove(path), 0);
}

static const char lines[] = "{\"id\":\"A1\",\"title\":{\"en\":\"Blue mug\",\"de\":\"Blaue Tasse\"},\"price\":12.5,\"stock\":3,\"goes_with\":[\"A2\"],\"rating\":4.5}\n\n"
                            "{\"id\":\"A2\",\"title\":\"Saucer\",\"price\":\"4.00\",\"material\":[\"oak\",\"tin\"]}\n"
                            "{\"id\":\"A3\",\"title\":\"Spoon\",\"price\":2}\n{\"id\":\"A4\",\"title\":\"Fork\",\"price\":2}\n";

static void
json_lines_are_a_catalogue(void **state)
{
    struct bot *bot = NULL;
    struct bot_fault fault;

    (void)state;
    file_put("bot.yaml", bot_text);
    file_put("products.jsonl", lines);
    file_put("baskets.csv", "basket,product\n1,A3\n1,A4\n2,A3\n2,A4\n3,A1\n3,A3\n4,gone\n4,A3\n");
    if (bot_make(folder, &fault, &bot) != ERR_NONE)
        fail_msg("%s:%u %s", fault.file, fault.line, fault.text);
    assert_int_equal(bot->product_count, 4);
    assert_true(str_is(bot->products[0].title.at[1], STR("Blaue Tasse")));
    assert_true(bot->products[0].price == 12.5 && bot->products[0].stock == 3 && bot->products[0].rating == 4.5);
    assert_true(bot->products[1].price == 4 && bot->products[1].stock == -1);
    size_t material = csv_find(&bot->product_table, STR("material"));
    assert_true(str_is(bot->product_table.cell[1 * bot->product_table.column_count + material], STR("oak, tin")));
    /* A1 names A2; A3 and A4 were bought together twice, A1 and A3 once, which may be chance. */
    assert_int_equal(bot->products[0].related_count, 1);
    assert_int_equal(bot->products[0].related[0], 1);
    assert_int_equal(bot->products[2].related_count, 1);
    assert_int_equal(bot->products[2].related[0], 3);
    bot_free(&bot);
}

static void
mistakes_are_named_by_file_and_line(void **state)
{
    (void)state;
    file_put("bot.yaml", bot_text);
    must_be_refused("products.jsonl", "{\"id\":\"A\",\"title\":\"B\",\"price\":1}\n[1]\n", 2, "one JSON object");
    must_be_refused("products.jsonl", "{\"id\":\"A\",\"title\":\"B\",\"price\":1}\n{\"id\":\"A\"\n", 2, "one JSON object");
    must_be_refused("products.jsonl", "{\"id\":\"A\",\"title\":{\"en\":{\"x\":1}},\"price\":1}\n", 1, "not read");
    must_be_refused("products.jsonl", "{\"id\":\"A\",\"title\":\"B\",\"price\":1,\"goes_with\":\"C\"}\n", 1, "no product has");
    must_be_refused("products.csv", "id,title,price,rating\nA,B,1,4.5\nC,D,1,9\n", 3, "from 0 to 5");
    file_put("products.csv", "id,title,price\nA,B,1\n");
    must_be_refused("baskets.csv", "basket,product,customer\n1,A,Ann\n", 1, "who bought it");
}

static void
ask(const struct bot *bot, const char *text, struct dialogue *dialogue, struct grasp *grasp, struct recall *recall)
{
    struct decision decision;
    BUF_SCOPE(json, 65536);

    assert_int_equal(grasp_run(bot, arena, &(struct grasp_input){.text = str_from(text), .language = bot->languages[0]}, dialogue, grasp), ERR_NONE);
    assert_int_equal(decide_run(bot, arena, grasp, dialogue, &decision), ERR_NONE);
    assert_int_equal(recall_run(bot, arena, grasp, &decision, recall), ERR_NONE);
    assert_int_equal(reply_write(bot, grasp, &decision, recall, dialogue, &json), ERR_NONE);
}

/* Two thousand mugs, of which the ten best by text are not the two that are cheap. */
static void
a_limit_looks_at_the_whole_catalogue(void **state)
{
    struct bot *bot = NULL;
    struct bot_fault fault;
    struct dialogue *dialogue = NULL;
    struct grasp grasp;
    struct recall recall;

    (void)state;
    file_put("bot.yaml", bot_text);
    FILE *file = file_open("products.csv");
    fputs("id,title,price,brand\n", file);
    for (int i = 0; i < 2000; i++)
        fprintf(file, "M%d,Stoneware mug %d,%s,%s\n", i, i, i == 1500 || i == 1900 ? "4.50" : "14.90", i % 2 ? "Tonwerk" : "Ofenhaus");
    fclose(file);
    assert_int_equal(bot_make(folder, &fault, &bot), ERR_NONE);
    assert_int_equal(dialogue_parse(arena, bot, STR(""), &dialogue), ERR_NONE);
    uint64_t before = clock_cpu_ns();
    ask(bot, "do you have mugs under 10 euros", dialogue, &grasp, &recall);
    print_message("%.1f ms over 2,000 products\n", (double)(clock_cpu_ns() - before) / 1e6);
    assert_int_equal(recall.product_count, 2);
    assert_true(bot->products[recall.products[0]].price < 10 && bot->products[recall.products[1]].price < 10);
    ask(bot, "anything from Tonwerk", dialogue, &grasp, &recall);
    assert_true(recall.product_count > 0);
    for (size_t i = 0; i < recall.product_count; i++)
        assert_true(str_is(bot->products[recall.products[i]].brand, STR("Tonwerk")));
    bot_free(&bot);
}

/* Each language's own phrases: a search with a limit, then what goes on from it. */
static const struct {
    const char *language, *mug, *under, *compare, *similar, *along, *colour, *stock, *cheaper, *best;
} phrases[] = {
    {"en", "Mug", "do you have mugs under 20 euros", "compare the first and the second", "something similar", "what goes with it", "in blue instead",
     "only what is in stock", "anything cheaper", "the best rated"},
    {"de", "Tasse", "haben Sie Tassen unter 20 Euro", "vergleiche die erste und die zweite", "etwas Ähnliches", "was passt dazu", "lieber in Blau",
     "nur was auf Lager ist", "gibt es etwas Günstigeres", "die am besten bewertete"},
    {"fr", "Tasse", "avez-vous des tasses à moins de 20 euros", "comparez la première et la deuxième", "quelque chose de semblable", "qu'est-ce qui va avec",
     "plutôt en bleu", "seulement ce qui est en stock", "moins cher s'il vous plaît", "les mieux notés"},
    {"es", "Taza", "¿tienen tazas por menos de 20 euros?", "compare la primera y la segunda", "algo parecido", "¿qué combina con eso?", "mejor en azul",
     "solo lo disponible", "algo más barato", "las mejor valorados"},
    {"it", "Tazza", "avete tazze a meno di 20 euro", "confronta la prima e la seconda", "qualcosa di simile", "cosa si abbina", "meglio in blu",
     "solo quelle disponibili", "qualcosa di più economico", "le migliori recensioni"},
    {"nl", "Mok", "heeft u mokken onder 20 euro", "vergelijk de eerste en de tweede", "iets vergelijkbaars", "wat past erbij", "liever in blauw",
     "alleen op voorraad", "iets goedkopers", "de best beoordeelde"},
    {"pt", "Caneca", "têm canecas por menos de 20 euros", "compare a primeira e a segunda", "algo parecido", "o que combina com isto", "antes em azul",
     "só o que está disponível", "mais barato por favor", "as mais populares"},
};

static void
every_language_has_its_phrases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        struct bot *bot = NULL;
        struct bot_fault fault;
        struct dialogue *dialogue = NULL;
        struct grasp grasp;
        struct recall recall;
        const char *mug = phrases[i].mug;
        FILE *file = file_open("bot.yaml");
        fprintf(file, "version: \"1\"\nname: Test\nlanguages: [%s]\nintents:\n- intent: look\n  examples: |\n    - xyzzy\n    - plugh\n", phrases[i].language);
        fclose(file);
        file = file_open("products.csv");
        fprintf(file, "id,title,price,colour,stock,rating,goes_with,category\nA,%s 1,12,red,3,4.1,D,x\nB,%s 2,14,blue,3,4.9,D,x\nC,%s 3,19,green,0,4.0,D,x\nD,Zzyzx,5,red,3,3,,y\n", mug, mug, mug);
        fclose(file);
        assert_int_equal(bot_make(folder, &fault, &bot), ERR_NONE);
        assert_int_equal(dialogue_parse(arena, bot, STR(""), &dialogue), ERR_NONE);
        print_message("%s\n", phrases[i].language);
        ask(bot, phrases[i].under, dialogue, &grasp, &recall);
        assert_true(grasp.ask->filter.price_max == 20 && recall.product_count == 3);
        struct dialogue shown = *dialogue;
        ask(bot, phrases[i].compare, dialogue, &grasp, &recall);
        assert_true(grasp.ask->want == CATALOG_COMPARE && recall.product_count == 2);
        *dialogue = shown;
        ask(bot, phrases[i].similar, dialogue, &grasp, &recall);
        assert_true(grasp.ask->want == CATALOG_SIMILAR && recall.product_count > 0);
        *dialogue = shown;
        ask(bot, phrases[i].along, dialogue, &grasp, &recall);
        assert_true(grasp.ask->want == CATALOG_ALONG && recall.product_count == 1 && recall.products[0] == 3);
        *dialogue = shown;
        ask(bot, phrases[i].colour, dialogue, &grasp, &recall);
        assert_true(grasp.ask->is_refined && recall.product_count == 1 && recall.products[0] == 1);
        *dialogue = shown;
        ask(bot, phrases[i].stock, dialogue, &grasp, &recall);
        assert_true(grasp.ask->is_refined && recall.product_count == 2);
        *dialogue = shown;
        ask(bot, phrases[i].cheaper, dialogue, &grasp, &recall);
        assert_true(grasp.ask->is_refined && recall.product_count == 2 && bot->products[recall.products[0]].price < 19);
        *dialogue = shown;
        ask(bot, phrases[i].best, dialogue, &grasp, &recall);
        assert_true(grasp.ask->is_refined && recall.product_count == 3 && recall.products[0] == 1);
        bot_free(&bot);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(json_lines_are_a_catalogue, folder_begin, folder_end),
        cmocka_unit_test_setup_teardown(mistakes_are_named_by_file_and_line, folder_begin, folder_end),
        cmocka_unit_test_setup_teardown(a_limit_looks_at_the_whole_catalogue, folder_begin, folder_end),
        cmocka_unit_test_setup_teardown(every_language_has_its_phrases, folder_begin, folder_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
