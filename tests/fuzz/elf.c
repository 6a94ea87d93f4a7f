/* Files that want to be plug-ins: read as ELF, never run. */
#include <stdint.h>

#include "core/host/loader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct candidate candidate = {.path = "fuzz", .bytes = (uint8_t *)(uintptr_t)data, .size = size};
    struct buf why = {0};
    bool exact;

    if (!candidate_pure(&candidate, &exact, &why))
        MUST(why.size > 0);
    buf_free(&why);
    return 0;
}
