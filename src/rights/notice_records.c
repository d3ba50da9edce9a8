/* The records, one activity after the other: the conversation, which every bot has, and each declared field. It promises nothing that
 * the notice does not. */
#include "rights/notice_records.h"

/* What the author wrote, on one line. */
static enum err
records_item(struct buf *out, const char *name, str value)
{
    TRY(buf_add_text(out, "- %s: ", name));
    for (size_t i = 0; i < value.len; i++)
        TRY(buf_add_u8(out, (unsigned char)value.at[i] < 0x20 ? ' ' : (uint8_t)value.at[i]));
    return buf_add_u8(out, '\n');
}

static enum err
records_conversation(const struct notice *notice, struct buf *out)
{
    BUF_SCOPE(days, 256);

    TRY(buf_add_str(out, STR("\n## Activity: the conversation\n")));
    TRY(records_item(out, "purpose", STR("answering what visitors ask")));
    TRY(records_item(out, "legal basis", STR("GDPR article 6(1)(b): the visitor asks for an answer, having been shown the notice")));
    TRY(records_item(out, "categories of data subjects", STR("visitors of the website")));
    TRY(records_item(out, "categories of personal data", STR("what visitors write, sealed to their own device; payment cards, passwords, identity "
                                                             "numbers and other secrets are taken out before anything is kept")));
    TRY(records_item(out, "recipients", STR("none")));
    TRY(buf_add_text(&days, "%u days after the last message, or at once when the visitor deletes it", notice->days));
    return records_item(out, "time limit for erasure", buf_str(&days));
}

static enum err
records_field(const struct purpose *field, struct buf *out)
{
    BUF_SCOPE(line, 8192);

    TRY(buf_add_str(out, STR("\n## Activity: ")));
    TRY(buf_add_str(out, field->name));
    TRY(buf_add_u8(out, '\n'));
    TRY(records_item(out, "purpose", field->text));
    TRY(buf_add_text(&line, "GDPR article %s", purpose_basis_article(field->basis)));
    TRY(records_item(out, "legal basis", buf_str(&line)));
    TRY(records_item(out, "categories of data subjects", STR("visitors of the website who use this part of the chat")));
    buf_reset(&line);
    TRY(buf_add_text(&line, "%.*s (", STR_ARG(field->label)));
    TRY(purpose_types_write(field->types, &line));
    TRY(buf_add_u8(&line, ')'));
    TRY(records_item(out, "categories of personal data", buf_str(&line)));
    TRY(records_item(out, "recipients", field->recipients.len > 0 ? field->recipients : STR("none")));
    buf_reset(&line);
    TRY(field->days > 0 ? buf_add_text(&line, "%u days, or at once when the visitor deletes the conversation", field->days)
                        : buf_add_text(&line, "not kept; carried by the visitor's own browser for the length of the chat"));
    return records_item(out, "time limit for erasure", buf_str(&line));
}

enum err
notice_records_write(const struct notice *notice, str bot, struct buf *out)
{
    TRY(buf_add_str(out, STR("# Records of processing activities (GDPR article 30(1)): the chatbot ")));
    TRY(buf_add_str(out, bot));
    TRY(buf_add_str(out, STR("\n\n")));
    TRY(records_item(out, "controller", notice->operator));
    TRY(records_item(out, "contact", notice->contact.len > 0 ? notice->contact : STR("(none is set)")));
    TRY(records_item(out, "transfers to third countries or international organisations",
                     STR("none: the program runs on the controller's own server and sends nothing out")));
    TRY(records_conversation(notice, out));
    for (size_t i = 0; i < notice->field_count; i++)
        TRY(records_field(&notice->fields[i], out));
    TRY(buf_add_str(out, STR("\n## Technical and organisational security measures (article 32(1))\n")));
    TRY(records_item(out, "encryption", STR("messages are sealed between browser and program; each stored conversation to the visitor's device; "
                                            "declared fields under a key that only the vault process holds")));
    TRY(records_item(out, "minimisation", STR("the guard takes secrets out of every message before it is stored, logged or passed on; no IP address, "
                                              "cookie or browser name is kept")));
    TRY(records_item(out, "confinement", STR("five processes with the least rights each; no outgoing connection")));
    return records_item(out, "erasure", STR("by destroying the conversation's own key, so that backups do not bring it back"));
}
