/* How values are said. Conditions and tables see the canonical value; this is for replies alone. */
#include "engine/reply_value.h"

#include "engine/entity.h"

struct value_calendar {
    const char *language, *format; /* %1 weekday, %2 day, %3 month, %4 year */
    const char *weekdays[7], *months[12];
};

static const struct value_calendar value_calendars[] = {
    {"en", "1 2 3 4", {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
     {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}},
    {"de", "1, 2. 3 4", {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
     {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}},
    {"fr", "1 2 3 4", {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
     {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}},
    {"es", "1, 2 de 3 de 4", {"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
     {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}},
    {"it", "1 2 3 4", {"domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"},
     {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"}},
    {"nl", "1 2 3 4", {"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
     {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}},
    {"pt", "1, 2 de 3 de 4", {"domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado"},
     {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"}},
};

/* 2026-03-24, and nothing else. */
static bool
value_date(str value, unsigned *year, unsigned *month, unsigned *day)
{
    uint64_t y = 0, m = 0, d = 0;

    if (value.len != 10 || value.at[4] != '-' || value.at[7] != '-' || str_parse_u64(str_slice(value, 0, 4), 9999, &y) != ERR_NONE ||
        str_parse_u64(str_slice(value, 5, 2), 12, &m) != ERR_NONE || str_parse_u64(str_slice(value, 8, 2), 31, &d) != ERR_NONE || m == 0 || d == 0)
        return false;
    *year = (unsigned)y;
    *month = (unsigned)m;
    *day = (unsigned)d;
    return true;
}

/* Sakamoto's rule: 0 is Sunday. */
static unsigned
value_weekday(unsigned year, unsigned month, unsigned day)
{
    static const unsigned shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    unsigned y = month < 3 ? year - 1 : year;

    return (y + y / 4 - y / 100 + y / 400 + shift[month - 1] + day) % 7;
}

static enum err
value_write_date(const struct value_calendar *calendar, str value, struct buf *out)
{
    unsigned year = 0, month = 0, day = 0;

    if (!value_date(value, &year, &month, &day) || year == 0)
        return buf_add_str(out, value);
    for (const char *c = calendar->format; *c; c++) {
        if (*c == '1')
            TRY(buf_add_str(out, str_from(calendar->weekdays[value_weekday(year, month, day)])));
        else if (*c == '2')
            TRY(buf_add_text(out, "%u", day));
        else if (*c == '3')
            TRY(buf_add_str(out, str_from(calendar->months[month - 1])));
        else if (*c == '4')
            TRY(buf_add_text(out, "%u", year));
        else
            TRY(buf_add_u8(out, (unsigned char)*c));
    }
    return ERR_NONE;
}

enum err
reply_value_write(const struct bot *bot, size_t slot, str value, size_t language, struct buf *out)
{
    const struct bot_slot_kind *kind = &bot->slots[slot];
    const struct bot_entity *entity = kind->type == SLOT_ENTITY ? &bot->entities[kind->entity] : NULL;
    const struct value_calendar *calendar = NULL;

    for (size_t i = 0; entity && i < entity->label_count; i++)
        if (str_is(entity->labels[i].value, value))
            return buf_add_str(out, bot_text_get(&entity->labels[i].text, language));
    for (size_t i = 0; i < sizeof value_calendars / sizeof *value_calendars; i++)
        if (str_is(str_slice(bot->languages[language], 0, 2), str_from(value_calendars[i].language)))
            calendar = &value_calendars[i];
    bool is_date = entity && entity->is_built_in && str_has_prefix(entity->name, STR("date"));
    if (!is_date || !calendar)
        return buf_add_str(out, value);
    TRY(value_write_date(calendar, str_slice(value, 0, 10), out));
    return value.len > 11 ? buf_add_text(out, ", %.*s", STR_ARG(str_slice(value, 11, value.len))) : ERR_NONE;
}
