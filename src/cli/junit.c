/* Writes JUnit's XML. Text of any kind becomes text: what XML can't hold is left out. */
#include "cli/junit.h"

#include <stdio.h>

#define JUNIT_BYTES_MAX ((size_t)16 << 20)

void
junit_init(struct junit *junit)
{
    *junit = (struct junit){.tests = 0};
    buf_init(&junit->cases, JUNIT_BYTES_MAX);
}

void
junit_done(struct junit *junit)
{
    buf_done(&junit->cases);
}

static enum err
junit_text(struct buf *out, str text)
{
    bool good = str_is_utf8(text);

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '&' || c == '<' || c == '>' || c == '"')
            TRY(buf_add_str(out, c == '&' ? STR("&amp;") : c == '<' ? STR("&lt;") : c == '>' ? STR("&gt;") : STR("&quot;")));
        else if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f && (good || c < 0x80)))
            TRY(buf_add_u8(out, c));
    }
    return ERR_NONE;
}

enum err
junit_add(struct junit *junit, const struct junit_case *one)
{
    struct buf *out = &junit->cases;

    junit->tests++;
    junit->failures += one->failure.len > 0;
    TRY(buf_add_str(out, STR("  <testcase classname=\"")));
    TRY(junit_text(out, one->suite));
    TRY(buf_add_str(out, STR("\" name=\"")));
    TRY(junit_text(out, one->name));
    TRY(buf_add_text(out, "\" time=\"%.6f\">", (double)one->took_ns / 1e9));
    if (one->failure.len > 0) {
        TRY(buf_add_str(out, STR("<failure message=\"")));
        TRY(junit_text(out, str_slice(one->failure, 0, 200)));
        TRY(buf_add_str(out, STR("\">")));
        TRY(junit_text(out, one->failure));
        TRY(buf_add_str(out, STR("</failure>")));
    }
    if (one->output.len > 0) {
        TRY(buf_add_str(out, STR("<system-out>")));
        TRY(junit_text(out, one->output));
        TRY(buf_add_str(out, STR("</system-out>")));
    }
    return buf_add_str(out, STR("</testcase>\n"));
}

enum err
junit_write(const struct junit *junit, str name, const char *path)
{
    BUF_SCOPE(all, JUNIT_BYTES_MAX + 4096);

    TRY(buf_add_str(&all, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"")));
    TRY(junit_text(&all, name));
    TRY(buf_add_text(&all, "\" tests=\"%u\" failures=\"%u\" errors=\"0\">\n", junit->tests, junit->failures));
    TRY(buf_add_str(&all, buf_str(&junit->cases)));
    TRY(buf_add_str(&all, STR("</testsuite>\n")));
    FILE *file = fopen(path, "we");
    if (!file)
        return err_raise(ERR_IO, "junit: the file can't be written");
    bool good = fwrite(all.at, 1, all.len, file) == all.len;
    good = fclose(file) == 0 && good;
    return good ? ERR_NONE : err_raise(ERR_IO, "junit: the file can't be written");
}
