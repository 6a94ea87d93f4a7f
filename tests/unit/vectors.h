/* tests/data/trust/vectors.json, looked into by JSON Pointers. */
#ifndef TESTS_UNIT_VECTORS_H
#define TESTS_UNIT_VECTORS_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/json/doc.h"

static inline struct doc *vectors_read(struct arena *arena)
{
    static char json[1 << 16];
    FILE *file = fopen(SOURCE_DIR "/tests/data/trust/vectors.json", "re");
    struct doc *doc;
    struct err err = {0};

    cr_assert(file);
    size_t bytes = fread(json, 1, sizeof(json), file);
    fclose(file);
    cr_assert_eq(doc_read(arena, json, bytes, &doc, &err), 0, "%s", err.detail);
    return doc;
}

static inline const char *vector_text(const struct doc *doc, const char *pointer)
{
    const char *text = doc_text(doc, pointer);

    cr_assert(text, "%s", pointer);
    return text;
}

/* Hexadecimal digits as bytes in the arena. */
static inline uint8_t *vector_bytes(const struct doc *doc, struct arena *arena, const char *pointer, size_t *ret_count)
{
    const char *hex = vector_text(doc, pointer);
    size_t count = strlen(hex) / 2;
    uint8_t *bytes = ARENA_NEW(arena, uint8_t, count + 1);

    cr_assert(hex_parse(hex, bytes, count), "%s", pointer);
    if (ret_count)
        *ret_count = count;
    return bytes;
}

#endif
