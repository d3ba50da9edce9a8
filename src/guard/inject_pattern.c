/* What the readers of markup, queries, commands, templates, sheets and chats react to, as rows of text and points. A kind is there when its
 * rows bring INJECT_POINTS together, each counted once. To add one, add a row. Nothing here decides what is done with a message. */
#include "guard/inject_private.h"

#include "guard/pii_private.h"

#include <string.h>

struct pattern {
    uint8_t kind, points;
    const char *text; /* lower case, one blank at most and none beside a sign */
};

/* clang-format off */
static const struct pattern patterns[] = {
    {INJECT_MARKUP, 10, "<script"}, {INJECT_MARKUP, 10, "</script"}, {INJECT_MARKUP, 10, "javascript:"}, {INJECT_MARKUP, 10, "vbscript:"},
    {INJECT_MARKUP, 10, "data:text/html"}, {INJECT_MARKUP, 10, "<svg"}, {INJECT_MARKUP, 10, "<img"}, {INJECT_MARKUP, 10, "<iframe"},
    {INJECT_MARKUP, 10, "<object"}, {INJECT_MARKUP, 10, "<embed"}, {INJECT_MARKUP, 10, "<style"}, {INJECT_MARKUP, 10, "<meta"},
    {INJECT_MARKUP, 10, "<base"}, {INJECT_MARKUP, 10, "<marquee"}, {INJECT_MARKUP, 10, "<![cdata["}, {INJECT_MARKUP, 10, "<?xml"},
    {INJECT_MARKUP, 10, "<!doctype"}, {INJECT_MARKUP, 10, "<!entity"}, {INJECT_MARKUP, 10, "onerror="}, {INJECT_MARKUP, 10, "onload="},
    {INJECT_MARKUP, 10, "onmouseover="}, {INJECT_MARKUP, 10, "onfocus="}, {INJECT_MARKUP, 10, "ontoggle="}, {INJECT_MARKUP, 10, "onbegin="},
    {INJECT_MARKUP, 10, "onanimationstart="}, {INJECT_MARKUP, 10, "srcdoc="}, {INJECT_MARKUP, 10, "document.cookie"},
    {INJECT_MARKUP, 10, "document.domain"}, {INJECT_MARKUP, 10, "fromcharcode"}, {INJECT_MARKUP, 10, "](javascript"},
    {INJECT_MARKUP, 10, "xlink:href"}, {INJECT_MARKUP, 10, "expression("}, {INJECT_MARKUP, 10, "<isindex"}, {INJECT_MARKUP, 10, "<template"},
    {INJECT_MARKUP, 10, "<noscript"}, {INJECT_MARKUP, 10, "<textarea"}, {INJECT_MARKUP, 10, "<xmp"}, {INJECT_MARKUP, 10, "<plaintext"},
    {INJECT_MARKUP, 10, "-moz-binding"}, {INJECT_MARKUP, 10, "@import"},
    {INJECT_MARKUP, 8, "<body"}, {INJECT_MARKUP, 8, "<a href"}, {INJECT_MARKUP, 8, "<form"}, {INJECT_MARKUP, 8, "<input"},
    {INJECT_MARKUP, 8, "<link"}, {INJECT_MARKUP, 8, "<details"}, {INJECT_MARKUP, 8, "<video"}, {INJECT_MARKUP, 8, "<audio"},
    {INJECT_MARKUP, 8, "<math"}, {INJECT_MARKUP, 8, "<div"}, {INJECT_MARKUP, 8, "<!--"}, {INJECT_MARKUP, 8, "onclick="},
    {INJECT_MARKUP, 8, "window.location"}, {INJECT_MARKUP, 8, "innerhtml"}, {INJECT_MARKUP, 8, "<button"}, {INJECT_MARKUP, 8, "<select"},
    {INJECT_MARKUP, 8, "<keygen"}, {INJECT_MARKUP, 8, "<html"}, {INJECT_MARKUP, 8, "<head"}, {INJECT_MARKUP, 8, "<title"}, {INJECT_MARKUP, 8, "<p>"},
    {INJECT_MARKUP, 8, "<table"},
    {INJECT_MARKUP, 7, "alert("}, {INJECT_MARKUP, 7, "prompt(1"}, {INJECT_MARKUP, 7, "confirm(1"}, {INJECT_MARKUP, 7, "eval("},
    {INJECT_MARKUP, 5, "<b>"}, {INJECT_MARKUP, 5, "<i>"}, {INJECT_MARKUP, 5, "<u>"}, {INJECT_MARKUP, 5, "</"}, {INJECT_MARKUP, 5, "/>"},
    {INJECT_MARKUP, 5, "&#x"}, {INJECT_MARKUP, 5, "!["}, {INJECT_MARKUP, 5, "](http"}, {INJECT_MARKUP, 5, "formaction"},
    {INJECT_MARKUP, 5, "autofocus"},
    {INJECT_SQL, 10, "union select"}, {INJECT_SQL, 10, "union all select"}, {INJECT_SQL, 10, "'or 1=1"}, {INJECT_SQL, 10, "'or'1'='1"},
    {INJECT_SQL, 10, "or 1=1"}, {INJECT_SQL, 10, "and 1=1"}, {INJECT_SQL, 10, "or true--"}, {INJECT_SQL, 10, "'or true"}, {INJECT_SQL, 10, ";drop "},
    {INJECT_SQL, 10, ";delete "}, {INJECT_SQL, 10, ";insert "}, {INJECT_SQL, 10, ";update "}, {INJECT_SQL, 10, ";shutdown"},
    {INJECT_SQL, 10, "select*from"}, {INJECT_SQL, 10, "select count("}, {INJECT_SQL, 10, "information_schema"}, {INJECT_SQL, 10, "sqlite_master"},
    {INJECT_SQL, 10, "xp_cmdshell"}, {INJECT_SQL, 10, "waitfor delay"}, {INJECT_SQL, 10, "pg_sleep("}, {INJECT_SQL, 10, "or sleep("},
    {INJECT_SQL, 10, "load_file("}, {INJECT_SQL, 10, "into outfile"}, {INJECT_SQL, 10, "into dumpfile"}, {INJECT_SQL, 10, "having 1=1"},
    {INJECT_SQL, 10, "exec sp_"}, {INJECT_SQL, 10, "@@version"}, {INJECT_SQL, 10, "extractvalue("}, {INJECT_SQL, 10, "updatexml("},
    {INJECT_SQL, 10, "utl_http"}, {INJECT_SQL, 10, "1'='1"}, {INJECT_SQL, 10, "'a'='a"}, {INJECT_SQL, 10, "'x'='x"}, {INJECT_SQL, 10, "admin'#"},
    {INJECT_SQL, 10, "admin'--"}, {INJECT_SQL, 10, "'or''='"}, {INJECT_SQL, 10, "\"or\"\"=\""}, {INJECT_SQL, 10, "load_extension"},
    {INJECT_SQL, 10, "dbms_pipe"}, {INJECT_SQL, 10, "randomblob("}, {INJECT_SQL, 10, "sqlite_version"}, {INJECT_SQL, 10, "pragma table_info"},
    {INJECT_SQL, 10, "attach database"}, {INJECT_SQL, 10, "select version("}, {INJECT_SQL, 10, "select password"}, {INJECT_SQL, 10, "select pass"},
    {INJECT_SQL, 10, "from users"}, {INJECT_SQL, 10, "from mysql"}, {INJECT_SQL, 10, "from dual"},
    {INJECT_SQL, 8, "drop database"}, {INJECT_SQL, 8, "drop table if"}, {INJECT_SQL, 8, "declare @"}, {INJECT_SQL, 8, "convert(int"},
    {INJECT_SQL, 8, "or 1--"}, {INJECT_SQL, 8, "'or 1"}, {INJECT_SQL, 8, "\"or 1"},
    {INJECT_SQL, 7, "1=1"}, {INJECT_SQL, 7, "'||"}, {INJECT_SQL, 7, "||'"}, {INJECT_SQL, 7, "benchmark("},
    {INJECT_SQL, 6, "'or'"}, {INJECT_SQL, 6, "\"or\""}, {INJECT_SQL, 6, "'--"}, {INJECT_SQL, 6, "\"--"}, {INJECT_SQL, 6, "'#"},
    {INJECT_SQL, 6, ";--"}, {INJECT_SQL, 6, "drop table"}, {INJECT_SQL, 6, "delete from"}, {INJECT_SQL, 6, "insert into"}, {INJECT_SQL, 6, "exec("},
    {INJECT_SQL, 6, "char(0x"}, {INJECT_SQL, 6, "or'"}, {INJECT_SQL, 6, "'and"}, {INJECT_SQL, 6, "ascii(substr"}, {INJECT_SQL, 6, "select "},
    {INJECT_SQL, 5, "values("}, {INJECT_SQL, 5, "sleep("}, {INJECT_SQL, 5, "concat("}, {INJECT_SQL, 5, "order by 1"}, {INJECT_SQL, 5, "'='"},
    {INJECT_SQL, 5, " where "}, {INJECT_SQL, 5, "/**/"}, {INJECT_SQL, 5, "null,null"}, {INJECT_SQL, 5, "group_concat"},
    {INJECT_SQL, 5, "substring("},
    {INJECT_SHELL, 10, "/etc/passwd"}, {INJECT_SHELL, 10, "/etc/shadow"}, {INJECT_SHELL, 10, "../.."}, {INJECT_SHELL, 10, "..\\.."},
    {INJECT_SHELL, 10, "%2e%2e"}, {INJECT_SHELL, 10, "..%2f"}, {INJECT_SHELL, 10, ";rm "}, {INJECT_SHELL, 10, "rm -rf"},
    {INJECT_SHELL, 10, "rm -fr"}, {INJECT_SHELL, 10, ";cat "}, {INJECT_SHELL, 10, "|cat "}, {INJECT_SHELL, 10, "|bash"}, {INJECT_SHELL, 10, "|sh"},
    {INJECT_SHELL, 10, "nc -e"}, {INJECT_SHELL, 10, "/bin/sh"}, {INJECT_SHELL, 10, "/bin/bash"}, {INJECT_SHELL, 10, "bash -i"},
    {INJECT_SHELL, 10, "/dev/tcp"}, {INJECT_SHELL, 10, "${ifs}"}, {INJECT_SHELL, 10, "(){:;}"}, {INJECT_SHELL, 10, "(){:|:"},
    {INJECT_SHELL, 10, "$(id"}, {INJECT_SHELL, 10, "`id`"}, {INJECT_SHELL, 10, "$(whoami"}, {INJECT_SHELL, 10, "$(cat"},
    {INJECT_SHELL, 10, "$(curl"}, {INJECT_SHELL, 10, "$(wget"}, {INJECT_SHELL, 10, "`whoami`"}, {INJECT_SHELL, 10, "`cat "},
    {INJECT_SHELL, 10, "`curl"}, {INJECT_SHELL, 10, "/windows/system32"}, {INJECT_SHELL, 10, "windows\\system"}, {INJECT_SHELL, 10, "c:\\windows"},
    {INJECT_SHELL, 10, "file:///"}, {INJECT_SHELL, 10, "%0d%0a"}, {INJECT_SHELL, 10, "\\\\127.0"}, {INJECT_SHELL, 10, "/proc/self"},
    {INJECT_SHELL, 10, "boot.ini"}, {INJECT_SHELL, 10, "web.config"}, {INJECT_SHELL, 10, "/.ssh/"}, {INJECT_SHELL, 10, "id_rsa"},
    {INJECT_SHELL, 10, "$(sleep"}, {INJECT_SHELL, 10, "`sleep"}, {INJECT_SHELL, 10, "|nc "}, {INJECT_SHELL, 10, "|wget"},
    {INJECT_SHELL, 10, "|curl"}, {INJECT_SHELL, 10, "....//"}, {INJECT_SHELL, 10, "..;/"}, {INJECT_SHELL, 10, ":|:&"}, {INJECT_SHELL, 10, "mkfifo"},
    {INJECT_SHELL, 10, "|ping"}, {INJECT_SHELL, 10, "$(rm"}, {INJECT_SHELL, 10, "$(touch"}, {INJECT_SHELL, 10, "`rm "}, {INJECT_SHELL, 10, "php://"},
    {INJECT_SHELL, 10, "expect://"}, {INJECT_SHELL, 10, "gopher://"},
    {INJECT_SHELL, 8, "cmd.exe"}, {INJECT_SHELL, 8, "cmd/c"}, {INJECT_SHELL, 8, "powershell -"}, {INJECT_SHELL, 8, "powershell.exe"},
    {INJECT_SHELL, 8, "%00"}, {INJECT_SHELL, 8, "ping -c"}, {INJECT_SHELL, 8, ">/dev/null"}, {INJECT_SHELL, 8, "2>&1"}, {INJECT_SHELL, 8, "/.git/"},
    {INJECT_SHELL, 8, "/.env"}, {INJECT_SHELL, 8, "../"}, {INJECT_SHELL, 8, "..\\"},
    {INJECT_SHELL, 6, "whoami"}, {INJECT_SHELL, 6, ";ls"}, {INJECT_SHELL, 6, ";id"}, {INJECT_SHELL, 6, "curl http"}, {INJECT_SHELL, 6, "wget http"},
    {INJECT_SHELL, 6, "$("}, {INJECT_SHELL, 6, " nc "}, {INJECT_SHELL, 6, "uname -a"}, {INJECT_SHELL, 6, "&&cat"}, {INJECT_SHELL, 6, "&&rm"},
    {INJECT_SHELL, 6, "&&curl"}, {INJECT_SHELL, 6, "|id"}, {INJECT_SHELL, 6, "|ls"}, {INJECT_SHELL, 6, ";sleep"}, {INJECT_SHELL, 6, ";wget"},
    {INJECT_SHELL, 6, ";curl"}, {INJECT_SHELL, 6, ";ping"}, {INJECT_SHELL, 6, "&ping"},
    {INJECT_SHELL, 5, "&&"}, {INJECT_SHELL, 5, "||"}, {INJECT_SHELL, 5, "/bin/"}, {INJECT_SHELL, 5, "chmod "}, {INJECT_SHELL, 5, "sudo "},
    {INJECT_SHELL, 5, "%0a"},
    {INJECT_TEMPLATE, 10, "{{7*7}}"}, {INJECT_TEMPLATE, 10, "${7*7}"}, {INJECT_TEMPLATE, 10, "#{7*7}"}, {INJECT_TEMPLATE, 10, "<%=7*7%>"},
    {INJECT_TEMPLATE, 10, "{{config"}, {INJECT_TEMPLATE, 10, "{{self"}, {INJECT_TEMPLATE, 10, "{{''."}, {INJECT_TEMPLATE, 10, "{{\"\"."},
    {INJECT_TEMPLATE, 10, "{{()"}, {INJECT_TEMPLATE, 10, "{{[]"}, {INJECT_TEMPLATE, 10, "{{request"}, {INJECT_TEMPLATE, 10, "{{constructor"},
    {INJECT_TEMPLATE, 10, "{{this"}, {INJECT_TEMPLATE, 10, "{{="}, {INJECT_TEMPLATE, 10, "{%for"}, {INJECT_TEMPLATE, 10, "{%if"},
    {INJECT_TEMPLATE, 10, "{%import"}, {INJECT_TEMPLATE, 10, "{%include"}, {INJECT_TEMPLATE, 10, "{%set"}, {INJECT_TEMPLATE, 10, "{%debug"},
    {INJECT_TEMPLATE, 10, "${jndi:"}, {INJECT_TEMPLATE, 10, "${t("}, {INJECT_TEMPLATE, 10, "#{t("}, {INJECT_TEMPLATE, 10, "[[${"},
    {INJECT_TEMPLATE, 10, "*{t("}, {INJECT_TEMPLATE, 10, "__class__"}, {INJECT_TEMPLATE, 10, "__mro__"}, {INJECT_TEMPLATE, 10, "__globals__"},
    {INJECT_TEMPLATE, 10, "__builtins__"}, {INJECT_TEMPLATE, 10, "__import__"}, {INJECT_TEMPLATE, 10, "__subclasses__"},
    {INJECT_TEMPLATE, 10, "#set("}, {INJECT_TEMPLATE, 10, "<#assign"}, {INJECT_TEMPLATE, 10, "<#list"}, {INJECT_TEMPLATE, 10, "%s%s%s"},
    {INJECT_TEMPLATE, 10, "%n%n"}, {INJECT_TEMPLATE, 10, "%x%x%x"}, {INJECT_TEMPLATE, 10, "%p%p%p"}, {INJECT_TEMPLATE, 10, "%08x"},
    {INJECT_TEMPLATE, 10, "%1$s"}, {INJECT_TEMPLATE, 10, "%1$n"}, {INJECT_TEMPLATE, 10, "${{"}, {INJECT_TEMPLATE, 10, "#{system"},
    {INJECT_TEMPLATE, 10, "<%="}, {INJECT_TEMPLATE, 10, "<%@"}, {INJECT_TEMPLATE, 10, "{php}"}, {INJECT_TEMPLATE, 10, "@{7*7}"},
    {INJECT_TEMPLATE, 10, "~["}, {INJECT_TEMPLATE, 10, "${env:"}, {INJECT_TEMPLATE, 10, "${sys:"}, {INJECT_TEMPLATE, 10, "${java"},
    {INJECT_TEMPLATE, 10, "lipsum."}, {INJECT_TEMPLATE, 10, "cycler."}, {INJECT_TEMPLATE, 10, "{{range"}, {INJECT_TEMPLATE, 10, ".getruntime("},
    {INJECT_TEMPLATE, 10, "__proto__"},
    {INJECT_TEMPLATE, 8, "java.lang"}, {INJECT_TEMPLATE, 8, "process.env"}, {INJECT_TEMPLATE, 8, "process.mainmodule"},
    {INJECT_TEMPLATE, 8, "child_process"}, {INJECT_TEMPLATE, 8, "%n%s"}, {INJECT_TEMPLATE, 8, "%s%n"}, {INJECT_TEMPLATE, 8, "%d%d%d"},
    {INJECT_TEMPLATE, 8, ".constructor("}, {INJECT_TEMPLATE, 8, "{$smarty"}, {INJECT_TEMPLATE, 8, "{{#with"},
    {INJECT_TEMPLATE, 6, "require('"}, {INJECT_TEMPLATE, 6, "require(\""}, {INJECT_TEMPLATE, 6, "<%"}, {INJECT_TEMPLATE, 6, "{%"},
    {INJECT_TEMPLATE, 5, "{{"}, {INJECT_TEMPLATE, 5, "}}"}, {INJECT_TEMPLATE, 5, "${"}, {INJECT_TEMPLATE, 5, "#{"}, {INJECT_TEMPLATE, 5, "%>"},
    {INJECT_TEMPLATE, 5, "%}"}, {INJECT_TEMPLATE, 5, "7*7"},
    {INJECT_FORMULA, 10, "=cmd|"}, {INJECT_FORMULA, 10, "+cmd|"}, {INJECT_FORMULA, 10, "-cmd|"}, {INJECT_FORMULA, 10, "@cmd|"},
    {INJECT_FORMULA, 10, "=hyperlink("}, {INJECT_FORMULA, 10, "=importxml("}, {INJECT_FORMULA, 10, "=importdata("},
    {INJECT_FORMULA, 10, "=importrange("}, {INJECT_FORMULA, 10, "=importfeed("}, {INJECT_FORMULA, 10, "=webservice("}, {INJECT_FORMULA, 10, "=dde("},
    {INJECT_FORMULA, 10, "=image("}, {INJECT_FORMULA, 10, "=rtd("}, {INJECT_FORMULA, 10, "=msexcel|"}, {INJECT_FORMULA, 10, "=exec("},
    {INJECT_FORMULA, 10, "=filterxml("}, {INJECT_FORMULA, 10, "=call("}, {INJECT_FORMULA, 10, "=register("}, {INJECT_FORMULA, 10, "@sum(1+"},
    {INJECT_FORMULA, 10, "+hyperlink("}, {INJECT_FORMULA, 10, "=2+5+cmd"}, {INJECT_FORMULA, 10, "-2+3+cmd"}, {INJECT_FORMULA, 10, "!a0"},
    {INJECT_FORMULA, 10, "!'a0"},
    {INJECT_FORMULA, 8, "=sum("}, {INJECT_FORMULA, 8, "=concatenate("}, {INJECT_FORMULA, 8, "=indirect("},
    {INJECT_FORMULA, 5, "|'/c"}, {INJECT_FORMULA, 5, "calc'"},
    {INJECT_PROMPT, 10, "<|im_start|>"}, {INJECT_PROMPT, 10, "<|im_end|>"}, {INJECT_PROMPT, 10, "<|system|>"}, {INJECT_PROMPT, 10, "<|endoftext|>"},
    {INJECT_PROMPT, 10, "<|user|>"}, {INJECT_PROMPT, 10, "<|assistant|>"}, {INJECT_PROMPT, 10, "[/inst]"}, {INJECT_PROMPT, 10, "<<sys>>"},
    {INJECT_PROMPT, 10, "<</sys>>"}, {INJECT_PROMPT, 10, "[/system]"}, {INJECT_PROMPT, 10, "</system>"}, {INJECT_PROMPT, 10, "###system"},
    {INJECT_PROMPT, 10, "\"role\":\"system\""}, {INJECT_PROMPT, 10, "<|eot_id|>"}, {INJECT_PROMPT, 10, "<|start_header_id|>"},
    {INJECT_PROMPT, 10, "<start_of_turn>"}, {INJECT_PROMPT, 10, "begin system prompt"}, {INJECT_PROMPT, 10, "[system override]"},
    {INJECT_PROMPT, 8, "###instruction"}, {INJECT_PROMPT, 8, "###new instruction"}, {INJECT_PROMPT, 8, "[system]"}, {INJECT_PROMPT, 8, "<system>"},
    {INJECT_PROMPT, 8, "[inst]"}, {INJECT_PROMPT, 8, "###sistem"}, {INJECT_PROMPT, 8, "###syst"},
    {INJECT_PROMPT, 5, "<|"}, {INJECT_PROMPT, 5, "|>"},
};
/* clang-format on */
#define PATTERNS (sizeof patterns / sizeof *patterns)

/* By first byte: chains through the rows. */
struct pattern_index {
    uint16_t first[256], next[PATTERNS];
    uint8_t length[PATTERNS];
};

size_t
inject_pattern_count(void)
{
    return PATTERNS;
}

static bool
pattern_is_sign(char c)
{
    return c != ' ' && !pii_is_alnum(c) && (unsigned char)c < 0x80 && c != '-' && c != '/' && c != '.' && c != '@' && c != '%' && c != '&';
}

/* One blank for many, none beside a sign: "' OR  1 = 1" and "'or 1=1" are the same; a comment of SQL is a blank. */
static size_t
pattern_squeeze(str folded, char *to)
{
    size_t used = 0;

    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        if (c == '/' && i + 3 < folded.len && memcmp(folded.at + i, "/**/", 4) == 0) {
            c = ' ';
            i += 3;
        }
        c = c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
        if (c == ' ' && (used == 0 || to[used - 1] == ' ' || pattern_is_sign(to[used - 1])))
            continue;
        if (pattern_is_sign(c) && used > 0 && to[used - 1] == ' ')
            used--;
        to[used++] = c;
    }
    return used;
}

static void
pattern_index_make(struct pattern_index *index)
{
    memset(index->first, 0xFF, sizeof index->first);
    for (size_t i = PATTERNS; i-- > 0;) {
        unsigned char first = (unsigned char)patterns[i].text[0];
        index->next[i] = index->first[first];
        index->first[first] = (uint16_t)i;
        index->length[i] = (uint8_t)strlen(patterns[i].text);
    }
}

enum err
inject_pattern_find(struct arena *arena, str folded, uint16_t *kinds)
{
    struct pattern_index index;
    uint8_t seen[PATTERNS] = {0};
    unsigned points[INJECT_KINDS] = {0};
    void *piece = NULL;

    TRY(arena_take(arena, folded.len + 1, 1, &piece));
    str text = str_bytes(piece, pattern_squeeze(folded, piece));
    pattern_index_make(&index);
    for (size_t i = 0; i < text.len; i++)
        for (uint16_t k = index.first[(unsigned char)text.at[i]]; k != UINT16_MAX; k = index.next[k]) {
            if (seen[k] || index.length[k] > text.len - i || memcmp(text.at + i, patterns[k].text, index.length[k]) != 0)
                continue;
            seen[k] = 1;
            points[patterns[k].kind] += patterns[k].points;
        }
    for (unsigned kind = 0; kind < INJECT_KINDS; kind++)
        if (points[kind] >= INJECT_POINTS)
            *kinds = (uint16_t)(*kinds | 1u << kind);
    return ERR_NONE;
}
