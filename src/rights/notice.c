/* The notice, in the visitor's language, made from the settings and the bot's declared fields: it can't promise what the program
 * does not do. It never names a visitor. */
#include "rights/notice.h"

#include "crypt/hkdf.h"

#include <string.h>

const char notice_style[] = ":root{color-scheme:light dark}body{font:17px/1.6 system-ui,sans-serif;margin:0;background:light-dark(#fbfcfa,#14201a);"
                            "color:light-dark(#16241c,#e9f1ec)}main{max-width:42em;margin-inline:auto;padding:24px}h1{line-height:1.25}"
                            "a{color:light-dark(#1f6b45,#8fd6ae)}li{margin-block:.5em}";

static const struct notice_texts {
    const char *language, *direction, *disclosure, *sealed, *days, *field, *kept, *chat, *basis[6], *goes, *nothing, *erase, *title, *who, *contact;
} texts[] = {
    {"en", "ltr", "You are talking to a machine, not to a person.",
     "This conversation, sealed to your device: once written, only this browser can read it back.",
     "It is deleted %u days after your last message.", "%.*s: %.*s. ", "Kept for %u days.", "Used in this chat only, not kept.",
     {" You decide (consent).", " Needed for what you ask for (contract).", " Required by law.", " To protect somebody's life.",
      " For a task in the public interest.", " In the legitimate interest of who runs this chat; you can object."},
     " Goes to: %.*s.",
     "No cookie, no IP address, no name of your browser is kept.",
     "You can delete the conversation at any time, in the chat's menu.", "What this chat keeps", "Who runs it: %.*s.",
     "Questions and complaints: %.*s."},
    {"de", "ltr", "Sie sprechen mit einer Maschine, nicht mit einem Menschen.",
     "Dieses Gespräch, versiegelt für Ihr Gerät: Einmal geschrieben, kann nur dieser Browser es wieder lesen.",
     "Es wird %u Tage nach Ihrer letzten Nachricht gelöscht.", "%.*s: %.*s. ", "Aufbewahrt für %u Tage.",
     "Nur in diesem Chat verwendet, nicht aufbewahrt.",
     {" Sie entscheiden (Einwilligung).", " Nötig für das, worum Sie bitten (Vertrag).", " Gesetzlich vorgeschrieben.", " Um ein Leben zu schützen.",
      " Für eine Aufgabe im öffentlichen Interesse.", " Im berechtigten Interesse des Betreibers; Sie können widersprechen."},
     " Geht an: %.*s.",
     "Kein Cookie, keine IP-Adresse und kein Name Ihres Browsers wird gespeichert.",
     "Sie können das Gespräch jederzeit im Menü des Chats löschen.", "Was dieser Chat speichert", "Betrieben von: %.*s.",
     "Fragen und Beschwerden: %.*s."},
    {"ar", "rtl", "أنت تتحدث مع آلة، وليس مع إنسان.", "هذه المحادثة مختومة لجهازك: بعد كتابتها لا يستطيع قراءتها إلا هذا المتصفح.",
     "تُحذف بعد %u يومًا من آخر رسالة لك.", "%.*s: %.*s. ", "يُحفظ لمدة %u يومًا.", "يُستخدم في هذه الدردشة فقط ولا يُحفظ.",
     {" القرار لك (موافقة).", " لازم لما تطلبه (عقد).", " يفرضه القانون.", " لحماية حياة إنسان.", " لمهمة في المصلحة العامة.",
      " لمصلحة مشروعة للمشغّل، ولك أن تعترض."},
     " يُرسل إلى: %.*s.",
     "لا نحفظ ملفات تعريف الارتباط ولا عنوان IP ولا اسم متصفحك.", "يمكنك حذف المحادثة في أي وقت من قائمة الدردشة.",
     "ما الذي تحفظه هذه الدردشة", "المشغّل: %.*s.", "للأسئلة والشكاوى: %.*s."},
};

static const struct notice_texts *
notice_texts_of(str language)
{
    for (size_t i = 1; i < sizeof texts / sizeof *texts; i++)
        if (str_has_prefix(language, str_from(texts[i].language)))
            return &texts[i];
    return &texts[0];
}

str
notice_disclosure(str language)
{
    return str_from(notice_texts_of(language)->disclosure);
}

enum err
notice_json(struct buf *json, str s)
{
    TRY(buf_add_u8(json, '"'));
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < 0x20)
            TRY(buf_add_text(json, "\\u%04x", c));
        else if (c == '"' || c == '\\')
            TRY(buf_add_text(json, "\\%c", c));
        else
            TRY(buf_add_u8(json, c));
    }
    return buf_add_u8(json, '"');
}

/* Formats come from the table above; the compiler can't see that they fit. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* What it is, what for, how long, on which basis, for whom else. */
static enum err
notice_field(const struct notice_texts *t, const struct purpose *field, struct buf *line)
{
    str purpose = field->text;

    if (str_has_suffix(purpose, STR(".")))
        purpose.len--;
    TRY(buf_add_text(line, t->field, STR_ARG(field->label), STR_ARG(purpose)));
    TRY(field->days > 0 ? buf_add_text(line, t->kept, field->days) : buf_add_text(line, "%s", t->chat));
    TRY(buf_add_text(line, "%s", t->basis[field->basis]));
    return field->recipients.len > 0 ? buf_add_text(line, t->goes, STR_ARG(field->recipients)) : ERR_NONE;
}

static enum err
notice_line(const struct notice *notice, size_t i, struct buf *line)
{
    const struct notice_texts *t = notice_texts_of(notice->language);

    if (i == 0)
        return buf_add_text(line, "%s", t->sealed);
    if (i == 1)
        return buf_add_text(line, t->days, notice->days);
    if (i < 2 + notice->field_count) {
        return notice_field(t, &notice->fields[i - 2], line);
    }
    return buf_add_text(line, "%s", i == 2 + notice->field_count ? t->nothing : t->erase);
}

static enum err
notice_line_page(const char *format, str value, struct buf *line)
{
    return buf_add_text(line, format, STR_ARG(value));
}

#pragma GCC diagnostic pop

enum err
notice_list(const struct notice *notice, struct buf *json)
{
    TRY(buf_add_u8(json, '['));
    for (size_t i = 0; i < notice->field_count + 4; i++) {
        BUF_SCOPE(line, 4096);
        TRY(notice_line(notice, i, &line));
        if (i > 0)
            TRY(buf_add_u8(json, ','));
        TRY(notice_json(json, buf_str(&line)));
    }
    return buf_add_u8(json, ']');
}

enum err
notice_version(const struct notice *notice, unsigned char version[8])
{
    unsigned char hash[32];
    BUF_SCOPE(text, 65536);

    TRY(notice_list(notice, &text));
    TRY(buf_add_text(&text, "%.*s\n%.*s", STR_ARG(notice->operator), STR_ARG(notice->contact)));
    str all = buf_str(&text);
    hkdf_hash(&all, 1, hash);
    memcpy(version, hash, 8);
    return ERR_NONE;
}

static enum err
notice_escape(struct buf *html, str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'')
            TRY(buf_add_text(html, "&#%d;", c));
        else
            TRY(buf_add_u8(html, (uint8_t)c));
    }
    return ERR_NONE;
}

enum err
notice_page(const struct notice *notice, struct buf *html)
{
    const struct notice_texts *t = notice_texts_of(notice->language);
    BUF_SCOPE(who, 4096);
    BUF_SCOPE(contact, 4096);

    TRY(buf_add_text(html,
                     "<!doctype html><html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                     "content=\"width=device-width\"><title>%s</title><style>%s</style></head><body><main><h1>%s</h1><p>%s</p><ul>",
                     t->language, t->direction, t->title, notice_style, t->title, t->disclosure));
    for (size_t i = 0; i < notice->field_count + 4; i++) {
        BUF_SCOPE(line, 4096);
        TRY(notice_line(notice, i, &line));
        TRY(buf_add_str(html, STR("<li>")));
        TRY(notice_escape(html, buf_str(&line)));
        TRY(buf_add_str(html, STR("</li>")));
    }
    TRY(notice_line_page(t->who, notice->operator, &who));
    TRY(buf_add_str(html, STR("</ul><p>")));
    TRY(notice_escape(html, buf_str(&who)));
    TRY(buf_add_str(html, STR("</p>")));
    if (notice->contact.len > 0) {
        TRY(notice_line_page(t->contact, notice->contact, &contact));
        TRY(buf_add_str(html, STR("<p>")));
        TRY(notice_escape(html, buf_str(&contact)));
        TRY(buf_add_str(html, STR("</p>")));
    }
    return buf_add_str(html, STR("</main></body></html>"));
}
