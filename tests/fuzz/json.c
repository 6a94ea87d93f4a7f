/* JSON from anywhere: what is read strictly has one canonical form, which is its own, and reads the same
 * again. */
#include <string.h>

#include "core/json/canon.h"
#include "core/json/doc.h"
#include "core/json/strict.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    const char *text = arena_ndup(arena, (const char *)data, size);
    char *once, *twice;
    struct doc *doc;
    json_t *root = NULL;
    const int strict = json_strict(text, size, 1 << 20, "body/malformed", &root, NULL);

    if (json_canonical(arena, text, size, &once, NULL) == 0) {
        MUST(json_canonical(arena, once, strlen(once), &twice, NULL) == 0 && strcmp(once, twice) == 0);
        if (strict == 0) {
            AUTO_JSON json_t *again = NULL;
            MUST(json_strict(once, strlen(once), 1 << 21, "body/malformed", &again, NULL) == 0);
            MUST(json_equal(root, again));
        }
    } else {
        MUST(strict != 0);
    }
    if (doc_read(arena, text, size, &doc, NULL) == 0) {
        (void)doc_text(doc, "/items/0/id");
        (void)doc_object(doc, "/a");
        MUST(doc_count(doc, "/items") <= size);
    }
    json_release(&root);
    arena_free(arena);
    return 0;
}
