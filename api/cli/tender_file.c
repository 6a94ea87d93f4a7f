/* See api/cli/tender_file.h. */
#include "api/cli/tender_file.h"

#include <string.h>

#include "core/host/facts.h"
#include "core/host/form.h"

enum { TENDER_FILE_MAX = 16 << 20 };

struct answer {
    const char *number, *rules, *plan;
    linli_time published, deadline;
    linli_list lots;
};

static const linli_option lot_rows[] = {
    {.name = "no",
     .type = LINLI_OPT_COUNT,
     .required = true,
     .low = 1,
     .high = 1000,
     .offset = offsetof(struct tender_lot, no)},
    {.name = "budget",
     .type = LINLI_OPT_MONEY,
     .required = true,
     .offset = offsetof(struct tender_lot, budget)},
    {.name = "ceiling", .type = LINLI_OPT_MONEY, .offset = offsetof(struct tender_lot, ceiling)},
};

int tender_file_read(struct arena *arena, const char *json, size_t bytes, struct tender_file *ret,
                     struct err *err)
{
    static const char *const passed[] = {"id",
                                         "category",
                                         "regime",
                                         "budget",
                                         "ceiling",
                                         "mechanism",
                                         "mechanism_version",
                                         "mechanism_sha256",
                                         "scheme",
                                         "scheme_version",
                                         "scheme_sha256",
                                         "options",
                                         "scheme_options",
                                         "acceptance",
                                         "rule_set"};
    const linli_option read[] = {
        {.name = "number", .type = LINLI_OPT_STRING, .high = 60, .offset = offsetof(struct answer, number)},
        {.name = "published", .type = LINLI_OPT_TIME, .offset = offsetof(struct answer, published)},
        {.name = "deadline", .type = LINLI_OPT_TIME, .offset = offsetof(struct answer, deadline)},
        {.name = "lots",
         .type = LINLI_OPT_LIST,
         .item = lot_rows,
         .item_count = LENGTH(lot_rows),
         .item_size = sizeof(struct tender_lot),
         .offset = offsetof(struct answer, lots)},
        {.name = "rules", .type = FORM_OBJECT, .required = true, .offset = offsetof(struct answer, rules)},
        {.name = "plan", .type = FORM_OBJECT, .required = true, .offset = offsetof(struct answer, plan)}};
    linli_option *rows = ARENA_NEW(arena, linli_option, LENGTH(passed) + LENGTH(read));
    const struct form form = {rows, LENGTH(passed) + LENGTH(read), sizeof(struct answer)};
    void *data;

    for (size_t i = 0; i < LENGTH(passed); i++)
        rows[i] = (linli_option){.name = passed[i], .type = FORM_LINES};
    memcpy(&rows[LENGTH(passed)], read, sizeof(read));
    int status = form_read_as(&form, arena, json, bytes, TENDER_FILE_MAX, "tender", &data, err);
    if (status)
        return status;
    const struct answer *a = data;
    *ret = (struct tender_file){
        .number = a->number, .published_us = a->published.us, .deadline_us = a->deadline.us, .lots = a->lots};
    status = plan_read(arena, a->plan, strlen(a->plan), &ret->plan, err);
    return status ? status : rules_read(arena, a->rules, strlen(a->rules), &ret->rules, err);
}
