/* Declared fields. The table holds sealed values only; nobody but the operator's command line, which has the key file, opens one. */
#include "rights/field.h"

static const char *const field_tables[] = {"field", NULL};

static enum err
field_erase(struct driver *driver, str site, str conversation)
{
    return driver_run(driver, "DELETE FROM field WHERE site = ? AND conversation = ?", NULL, NULL, DRIVER_TEXT(site),
                      DRIVER_BLOB(conversation.at, conversation.len));
}

const struct holder field_holder = {"field", field_tables, field_erase};

enum err
field_where(struct buf *out, const unsigned char slot[32], str conversation, str name)
{
    TRY(buf_add(out, slot, 32));
    TRY(buf_add_str(out, conversation));
    return buf_add_str(out, name);
}

enum err
field_add(struct driver *driver, const struct field *field)
{
    return driver_run(driver,
                      "INSERT INTO field (site, conversation, name, day, until_day, sealed) VALUES (?, ?, ?, ?, ?, ?)"
                      " ON CONFLICT (site, conversation, name, day) DO UPDATE SET until_day = excluded.until_day,"
                      " sealed = excluded.sealed",
                      NULL, NULL, DRIVER_TEXT(field->site), DRIVER_BLOB(field->conversation.at, field->conversation.len),
                      DRIVER_TEXT(field->name), DRIVER_INT(field->day), DRIVER_INT(field->until_day),
                      DRIVER_BLOB(field->sealed.at, field->sealed.len));
}

enum err
field_retain(struct driver *driver, int64_t today, uint64_t *count)
{
    const struct driver_value values[] = {DRIVER_INT(today)};
    struct driver_query query = {"DELETE FROM field WHERE until_day < ?", values, 1, NULL, NULL};
    return driver->ops->run(driver, &query, count);
}

struct field_walk {
    enum err (*each)(void *context, const struct field *field);
    void *context;
};

static enum err
field_row(void *context, const struct driver_value *columns, size_t count)
{
    struct field_walk *walk = context;
    struct field field = {columns[0].bytes, columns[1].bytes, columns[2].bytes, columns[3].number, columns[4].number,
                          columns[5].bytes, columns[6].number};
    (void)count;
    return walk->each(walk->context, &field);
}

enum err
field_each(struct driver *driver, enum err (*each)(void *context, const struct field *field), void *context)
{
    struct field_walk walk = {each, context};
    struct driver_query query = {"SELECT f.site, f.conversation, f.name, f.day, f.until_day, f.sealed, c.slot FROM field f JOIN conversation c"
                                 " ON c.site = f.site AND c.conversation = f.conversation ORDER BY f.day, f.site",
                                 NULL, 0, field_row, &walk};
    return driver->ops->run(driver, &query, NULL);
}
