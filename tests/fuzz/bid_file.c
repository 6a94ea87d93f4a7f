/* Bid files from anywhere: read or void with a reason; what is read keeps the bounds of its fields. */
#include <stdint.h>

#include "core/service/bid_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const linli_field fields[] = {
    {.code = "price",
     .name = {"报价", "price"},
     .unit = LINLI_UNIT_MONEY,
     .low = 1,
     .high = 100000000,
     .required = true,
     .priced = true},
    {.code = "months", .name = {"月", "months"}, .unit = LINLI_UNIT_MONTHS, .low = 1, .high = 36},
    {.code = "local", .name = {"本地", "local"}, .unit = LINLI_UNIT_YES_NO, .low = 0, .high = 1},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const linli_plan plan = {.fields = fields, .field_count = LENGTH(fields)};
    struct arena *arena = arena_new(0);
    struct bid_content content = {0};
    struct err err = {0};

    if (bid_read(arena, &plan, (const char *)data, size, &content, &err)) {
        MUST(bid_fault(arena, &err)[0]);
    } else {
        MUST(content.price_fen >= 1 && content.price_fen <= 100000000);
        MUST(!content.values[1].given || (content.values[1].value >= 1 && content.values[1].value <= 36));
        MUST(content.values[2].value == 0 || content.values[2].value == 1);
    }
    arena_free(arena);
    return 0;
}
