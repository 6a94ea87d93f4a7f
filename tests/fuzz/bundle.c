/* A bundle from anywhere: what is read holds together, and nothing in it passes for what a log of other
 * entries commits to. */
#include <string.h>

#include "core/trust/bundle_check.h"
#include "core/trust/bundle_find.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t entries[4 * ENTRY_BYTES];
    struct arena *arena = arena_new(0);
    const char *text = arena_ndup(arena, (const char *)data, size);
    const char *gap = memmem(text, size, "\n\n", 2);
    const size_t head = gap ? (size_t)(gap - text) + 1 : 0;
    struct bundle_tender tender;
    struct bundle_decision decision;
    const struct receipt receipt = {.tender = "0192f0c4-a000-7000-8000-00000000a001"};
    const struct hash digest = {{3}};

    if (bundle_tender_parse(arena, text, head, &tender, NULL) != 0)
        tender = (struct bundle_tender){.tender = "0192f0c4-a000-7000-8000-00000000a001", .level = "public"};
    if (bundle_events_parse(arena, text + head, size - head, &tender, NULL) == 0) {
        for (size_t i = 0; i < tender.count; i++)
            MUST(tender.events[i].doc && (i == 0 || tender.events[i - 1].index < tender.events[i].index));
        MUST(tender.count == tender.withheld || bundle_payloads(arena, &tender, entries, 4, NULL) != 0);
        (void)bundle_complete(&tender, entries, 4, NULL);
        struct checking c = {.arena = arena, .b = &tender};
        (void)bundle_receipt(&c, &receipt, NULL);
        MUST(bundle_acts(&tender, "log_decision") <= tender.count);
        (void)bundle_logged(&tender, "log_decision", receipt.tender, &digest);
    }
    if (bundle_decision_parse(arena, text, size, &decision, NULL) == 0)
        MUST(decision.facts[0] == '{' && strlen(decision.sha256) == SHA256_TEXT - 1);
    arena_free(arena);
    return 0;
}
