/* asset.h - the browser's side, bundled and compressed by web/build.mjs into asset_data.c when the program is built. */
#ifndef FRONT_ASSET_H
#define FRONT_ASSET_H

#include <stddef.h>

struct asset {
    const char *path; /* "/v1/loader-….js", "/v1/loader.js", "/w" (the widget's document) */
    const char *type;
    const char *sha384; /* base64 */
    const unsigned char *plain;
    size_t plain_length;
    const unsigned char *brotli;
    size_t brotli_length;
    const unsigned char *gzip;
    size_t gzip_length;
};

extern const struct asset asset_table[];
extern const size_t asset_count;
extern const char asset_script_hash[]; /* 'sha256-…' of the widget's inline script */
extern const char asset_style_hash[];
extern const char asset_loader_path[];
extern const char asset_loader_version[];

#endif
