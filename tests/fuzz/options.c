/* A form with every type, read from anywhere; what is read is written and reads the same. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/host/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct inner {
    const char *code;
    linli_rate share;
};
struct sample {
    bool yes, given;
    int64_t count;
    linli_money price;
    linli_points points;
    linli_rate rate;
    linli_period window;
    linli_text name;
    linli_list parts, numbers;
    linli_time at;
    linli_date on;
    const char *note, *id, *mail, *uscc, *phone;
    struct inner inner;
    linli_bytes hash;
};

#define ROW(member, kind) .name = #member, .type = (kind), .offset = offsetof(struct sample, member)

/* clang-format off */
static const linli_option inner_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct inner, code) },
    { .name = "share", .type = LINLI_OPT_RATE, .offset = offsetof(struct inner, share), .initial = "5%" },
};
static const linli_option number_row[] = { { .name = "", .type = LINLI_OPT_COUNT, .low = 1, .high = 9 } };
static const linli_option rows[] = {
    { ROW(yes, LINLI_OPT_BOOL) }, { ROW(count, LINLI_OPT_COUNT) }, { ROW(price, LINLI_OPT_MONEY), .low = -100, .high = 100000 },
    { ROW(points, LINLI_OPT_POINTS) }, { ROW(rate, LINLI_OPT_RATE) }, { ROW(window, LINLI_OPT_PERIOD), .initial = "20d" },
    { ROW(name, LINLI_OPT_TEXT) }, { ROW(at, LINLI_OPT_TIME) }, { ROW(on, LINLI_OPT_DATE), .present = offsetof(struct sample, given) },
    { ROW(parts, LINLI_OPT_LIST), .item = inner_rows, .item_count = 2, .item_size = sizeof(struct inner) },
    { ROW(numbers, LINLI_OPT_LIST), .item = number_row, .item_count = 1, .item_size = sizeof(int64_t) },
    { ROW(note, LINLI_OPT_STRING), .format = "text" }, { ROW(id, LINLI_OPT_ID) }, { ROW(mail, LINLI_OPT_STRING), .format = "email" },
    { ROW(uscc, LINLI_OPT_STRING), .format = "uscc" }, { ROW(phone, LINLI_OPT_STRING), .format = "phone" },
    { ROW(inner, LINLI_OPT_OBJECT), .item = inner_rows, .item_count = 2, .item_size = sizeof(struct inner) },
    { ROW(hash, LINLI_OPT_BYTES) },
};
/* clang-format on */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct form form = FORM(rows, struct sample);
    struct arena *arena = arena_new(0);
    struct buf first = {0}, second = {0};
    struct err err = {0};
    void *out = NULL;

    if (form_read(&form, arena, (const char *)data, size, &out, &err) == 0) {
        form_write(&form, out, &first);
        MUST(form_read(&form, arena, first.data, first.size, &out, &err) == 0);
        form_write(&form, out, &second);
        MUST(strcmp(first.data, second.data) == 0);
    }
    buf_free(&first);
    buf_free(&second);
    arena_free(arena);
    return 0;
}
