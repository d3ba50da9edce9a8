/* What a visitor of the site is told. */
#include "chat/site.h"

void
site_notice(const struct site *site, const struct bot *bot, str language, struct notice *out)
{
    *out = (struct notice){.operator = site->operator, .contact = site->contact, .language = language, .days = site->retention_days};
    for (size_t i = 0; i < bot_field_count(bot) && i < NOTICE_FIELDS_MAX; i++)
        bot_field_purpose(bot, i, language, &out->fields[out->field_count++]);
}

enum err
site_notice_version(const struct site *site, const struct bot *bot, unsigned char version[8])
{
    struct notice notice;

    site_notice(site, bot, STR("en"), &notice);
    return notice_version(&notice, version);
}
