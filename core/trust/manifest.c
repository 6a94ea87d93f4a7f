/* See core/trust/manifest.h. */
#include "core/trust/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/json/doc.h"

static bool name_ok(const char *name)
{
    size_t bytes = strlen(name);

    return bytes >= 1 && bytes <= MANIFEST_NAME_MAX && utf8_ok(name, bytes, false) && !strchr(name, '/') &&
           strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static bool manifest_ok(const struct manifest *m)
{
    if (m->count > MANIFEST_FILES_MAX || !uuid_ok(m->tender) || (m->priced && m->price_fen < 0) ||
        strlen(m->bidder) > MANIFEST_NAME_MAX || !utf8_ok(m->bidder, strlen(m->bidder), false))
        return false;
    for (size_t i = 0; i < m->count; i++) {
        if (!name_ok(m->files[i].name) || m->files[i].bytes > INT32_MAX)
            return false;
        for (size_t k = 0; k < i; k++)
            if (strcmp(m->files[i].name, m->files[k].name) == 0)
                return false;
    }
    return true;
}

static void file_print(struct buf *out, const struct manifest_file *file)
{
    char hex[SHA256_TEXT];

    hex_print(file->sha256, SHA256_BYTES, hex);
    json_open(out, '{');
    json_key(out, "name");
    buf_json_string(out, file->name);
    json_key(out, "sha256");
    buf_json_string(out, hex);
    json_key(out, "size");
    json_int(out, (int64_t)file->bytes);
    json_close(out, '}');
}

int manifest_print(const struct manifest *m, struct buf *out, struct err *err)
{
    char price[24];

    if (!manifest_ok(m))
        return err_both(err, E_INVALID, "manifest/invalid",
                        "names of files are 1 to 255 bytes without slashes, no two alike, at most 200",
                        "文件名为1至255字节，不含斜杠，不得重复，至多200个");
    json_open(out, '{');
    json_key(out, "bidder");
    buf_json_string(out, m->bidder);
    json_key(out, "currency");
    buf_json_string(out, "CNY");
    json_key(out, "files");
    json_open(out, '[');
    for (size_t i = 0; i < m->count; i++)
        file_print(out, &m->files[i]);
    json_close(out, ']');
    if (m->priced) {
        snprintf(price, sizeof(price), "%" PRId64, m->price_fen);
        json_key(out, "price_fen");
        buf_json_string(out, price);
    }
    json_key(out, "tender");
    buf_json_string(out, m->tender);
    json_key(out, "v");
    json_int(out, 1);
    json_close(out, '}');
    return 0;
}

/* ---- reading: what is there is printed again, and must come out the same ----------------- */

static bool file_parse(struct arena *arena, const struct doc *doc, size_t i, struct manifest_file *ret)
{
    const char *name = doc_text(doc, arena_printf(arena, "/files/%zu/name", i));
    const char *hex = doc_text(doc, arena_printf(arena, "/files/%zu/sha256", i));
    const char *size = doc_text(doc, arena_printf(arena, "/files/%zu/size", i));
    int64_t bytes;

    if (!name || !hex || !size || !hex_parse(hex, ret->sha256, SHA256_BYTES) ||
        !int_parse(size, 0, INT32_MAX, &bytes))
        return false;
    ret->name = name;
    ret->bytes = (uint64_t)bytes;
    return true;
}

static bool parsed(struct arena *arena, const struct doc *doc, struct manifest *m)
{
    const char *tender = doc_text(doc, "/tender"), *price = doc_text(doc, "/price_fen");
    struct manifest_file *files;

    m->bidder = doc_text(doc, "/bidder");
    m->count = doc_count(doc, "/files");
    m->priced = price != NULL;
    if (!m->bidder || !tender || !uuid_ok(tender) || m->count > MANIFEST_FILES_MAX ||
        (price && !int_parse(price, 0, INT64_MAX, &m->price_fen)))
        return false;
    memcpy(m->tender, tender, UUID_TEXT);
    m->files = files = ARENA_NEW(arena, struct manifest_file, m->count + 1);
    for (size_t i = 0; i < m->count; i++)
        if (!file_parse(arena, doc, i, &files[i]))
            return false;
    return true;
}

int manifest_parse(struct arena *arena, const char *json, size_t bytes, struct manifest *ret, struct err *err)
{
    CLEANUP(buf_free) struct buf again = {0};
    struct manifest m = {0};
    struct doc *doc;

    if (bytes > MANIFEST_BYTES_MAX || doc_read(arena, json, bytes, &doc, NULL) || !parsed(arena, doc, &m) ||
        manifest_print(&m, &again, NULL) || again.size != bytes || memcmp(again.data, json, bytes) != 0)
        return err_both(err, E_MALFORMED, "manifest/malformed", "this is no manifest of a sealed bid",
                        "不是密封投标的清单");
    *ret = m;
    return 0;
}
