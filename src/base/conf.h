/* conf.h - every setting, in one table: parser, environment, explanation and docs/config.md come from it.
 *
 * A value comes from the environment (PRIVET_ and the name in upper case), else from the YAML file (flat, `name: value`), else
 * from the table. It is read once and const from then on. Relative paths count from the file's folder.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include "base/buf.h"

#define CONF_TEXT_MAX ((size_t)1024)

/* One member per row of the table in conf.c, of the same name. */
struct conf {
    char data[CONF_TEXT_MAX], bot[CONF_TEXT_MAX], site[CONF_TEXT_MAX], origin[CONF_TEXT_MAX], origins[CONF_TEXT_MAX], home[CONF_TEXT_MAX];
    char listen[CONF_TEXT_MAX], tls_cert[CONF_TEXT_MAX], tls_key[CONF_TEXT_MAX], key_file[CONF_TEXT_MAX];
    char root[CONF_TEXT_MAX], operator[CONF_TEXT_MAX], contact[CONF_TEXT_MAX], run_as[CONF_TEXT_MAX], landlock[CONF_TEXT_MAX];
    char proxies[CONF_TEXT_MAX];
    int64_t port, threads_core, turns_max, sessions_max, queue_max, retention_days, connections_max, connections_per_address, handshakes_per_s, idle_timeout_s, request_timeout_s;
    int64_t answer_step_ms, site_handshakes_per_s, work_bits, requests_per_min, device_messages_per_day, cost_per_day, program_turns_per_s;
};

/* Where a mistake is and what to write instead. */
struct conf_fault {
    char file[256];
    unsigned line, column; /* 1-based; 0 when it is in the environment */
    char text[512];
};

/* conf_read - path NULL: environment and defaults alone. Errs: ERR_INPUT with *fault filled; ERR_IO. */
enum err conf_read(const char *path, struct conf *out, struct conf_fault *fault) MUST_CHECK;
/* conf_explain - one setting for a person. ERR_ABSENT when there is no such setting. */
enum err conf_explain(str name, struct buf *out) MUST_CHECK;
/* conf_list - all names, one per line. conf_document - docs/config.md. */
enum err conf_list(struct buf *out) MUST_CHECK;
enum err conf_document(struct buf *out) MUST_CHECK;

#endif
