/* The widget's manifest. It is written in one form and read in that form only. It proves what was published and by whom, and never
 * that a browser runs it: that limit stands in protocol/channel.md, section 2. */
#include "trust/manifest.h"

#include "crypt/base64.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <string.h>

static bool
manifest_path_is_good(str path)
{
    if (path.len < 1 || path.len > MANIFEST_PATH_MAX_BYTES || path.at[0] != '/')
        return false;
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.at[i] <= ' ' || (unsigned char)path.at[i] >= 0x7F)
            return false;
    return true;
}

static bool
manifest_version_is_good(str version)
{
    str part;
    uint64_t number = 0;
    int parts = 0;

    while (str_split(&version, '.', &part)) {
        if (str_parse_u64(part, UINT32_MAX, &number) != ERR_NONE || (part.len > 1 && part.at[0] == '0'))
            return false;
        parts++;
    }
    return parts == 3;
}

/* Bytewise, as memcmp, a shorter one before what it begins. */
static bool
manifest_is_before(str a, str b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
    return order < 0 || (order == 0 && a.len < b.len);
}

enum err
manifest_write(struct buf *buf, const struct manifest *manifest)
{
    if (manifest->file_count == 0 || manifest->file_count > MANIFEST_FILES_MAX || !manifest_version_is_good(manifest->version))
        return err_raise(ERR_INPUT, "manifest: no file, too many, or a bad version");
    TRY(buf_add_text(buf, "privet-widget/1\nname %.*s\nserial %" PRIu64 "\nversion %.*s\n", STR_ARG(manifest->name),
                     manifest->serial, STR_ARG(manifest->version)));
    for (size_t i = 0; i < manifest->file_count; i++) {
        const struct manifest_file *file = &manifest->files[i];
        if (!manifest_path_is_good(file->path) || (i > 0 && !manifest_is_before(file[-1].path, file->path)))
            return err_raise(ERR_INPUT, "manifest: a bad path, or not in order");
        TRY(buf_add_text(buf, "file %.*s sha384-", STR_ARG(file->path)));
        TRY(base64_write(buf, BASE64_PLAIN, str_bytes(file->hash, sizeof file->hash)));
        TRY(buf_add_u8(buf, '\n'));
    }
    return ERR_NONE;
}

static enum err
manifest_parse_file(str line, struct manifest_file *out)
{
    str mark = STR("sha384-");

    if (!str_split(&line, ' ', &out->path) || !line.at || !str_has_prefix(line, mark))
        return err_raise(ERR_INPUT, "manifest: bad file line");
    return base64_parse_exact(BASE64_PLAIN, str_slice(line, mark.len, SIZE_MAX), out->hash, sizeof out->hash);
}

static enum err
manifest_parse(str text, struct manifest *out)
{
    str rest = text, value;

    TRY(note_line(&rest, STR("privet-widget/1"), NULL));
    TRY(note_line(&rest, STR("name"), &out->name));
    TRY(note_line(&rest, STR("serial"), &value));
    TRY(str_parse_u64(value, INT64_MAX, &out->serial));
    TRY(note_line(&rest, STR("version"), &out->version));
    while (rest.len > 0) {
        TRY(note_line(&rest, STR("file"), &value));
        if (out->file_count == MANIFEST_FILES_MAX)
            return err_raise(ERR_INPUT, "manifest: too many files");
        TRY(manifest_parse_file(value, &out->files[out->file_count++]));
    }
    return ERR_NONE;
}

enum err
manifest_open(str note, const struct note_key *online, struct manifest *out)
{
    struct manifest manifest = {.serial = 0};
    str text;
    BUF_SCOPE(again, NOTE_MAX_BYTES);

    TRY(note_open(note, online, &text));
    TRY(manifest_parse(text, &manifest));
    TRY(manifest_write(&again, &manifest));
    bool is_name = str_has_prefix(online->name, manifest.name) &&
                   str_is(str_slice(online->name, manifest.name.len, SIZE_MAX), STR("/online"));
    if (!str_is(buf_str(&again), text) || !is_name)
        return err_raise(ERR_INPUT, "manifest: not canonical");
    *out = manifest;
    return ERR_NONE;
}

enum err
manifest_find(const struct manifest *manifest, str path, const struct manifest_file **out)
{
    for (size_t i = 0; i < manifest->file_count; i++) {
        if (str_is(manifest->files[i].path, path)) {
            *out = &manifest->files[i];
            return ERR_NONE;
        }
    }
    return err_raise(ERR_ABSENT, "manifest: no such file");
}

enum err
manifest_hash(str bytes, unsigned char out[48])
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (EVP_Digest(bytes.at, bytes.len, hash, &len, EVP_sha384(), NULL) != 1 || len != MANIFEST_HASH_BYTES)
        return err_raise(ERR_BUG, "manifest: libcrypto does not hash");
    memcpy(out, hash, MANIFEST_HASH_BYTES);
    return ERR_NONE;
}
