/* Facts from anywhere: read or refused; what is read is written and reads the same. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/host/facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    const linli_facts *facts = NULL, *again = NULL;
    struct buf first = {0}, second = {0};
    struct err err = {0};

    if (facts_read(arena, (const char *)data, size, &facts, &err) == 0) {
        facts_write(facts, &first);
        if (facts_read(arena, first.data, first.size, &again, &err) != 0) {
            fprintf(stderr, "%s\n%s\n", err.detail, first.data);
            NEVER("what was written does not read");
        }
        facts_write(again, &second);
        MUST(strcmp(first.data, second.data) == 0);
    }
    buf_free(&first);
    buf_free(&second);
    arena_free(arena);
    return 0;
}
