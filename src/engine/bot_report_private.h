/* bot_report_private.h - for the parts of the report. */
#ifndef ENGINE_BOT_REPORT_PRIVATE_H
#define ENGINE_BOT_REPORT_PRIVATE_H

#include "engine/bot_report.h"

/* bot_report_add - a finding in the author's words. */
enum err bot_report_add(const struct bot_report *report, enum bot_finding_kind kind, bool is_warning, unsigned line, const char *format, ...)
    __attribute__((format(printf, 5, 6))) MUST_CHECK;
/* bot_lint.c - what can be seen without a model. */
enum err bot_lint_run(const struct bot_report *report) MUST_CHECK;
/* bot_twins.c - examples that are nearly the same. */
enum err bot_twins_run(const struct bot_report *report) MUST_CHECK;

#endif
