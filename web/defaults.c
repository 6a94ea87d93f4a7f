/* What a new form begins with, where nearly everybody says the same: in sight, and changed like the rest. */
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "web/page.h"
#include "web/words.h"

/* By the office's own calendar; 0 where no clock could be asked. */
static long year_here(struct page *p)
{
    char local[TIME_TEXT];
    int64_t us;

    if (!time_parse(page_now(p), &us))
        return 0;
    time_print_shanghai(us, local);
    return strtol(local, NULL, 10);
}

static json_t *this_year(struct page *p, const json_t *schema)
{
    const long year = year_here(p);

    (void)schema;
    return year ? json_integer(year) : NULL;
}

static json_t *list_title(struct page *p, const json_t *schema)
{
    const long year = year_here(p);

    (void)schema;
    return year ? json_string(arena_printf(p->view.arena, "%s%ld%s", view_text(&p->view, "list_title_before"),
                                           year, view_text(&p->view, "list_title_after")))
                : NULL;
}

static json_t *the_only(struct page *p, const json_t *schema)
{
    const json_t *all = json_object_get(schema, "enum");

    (void)p;
    return json_array_size(all) == 1 ? json_incref(json_array_get(all, 0)) : NULL;
}

/* Who lives here and works for no office speaks for nobody else. */
static json_t *whose_need(struct page *p, const json_t *schema)
{
    const struct op *office = spec_find(p->view.spec, "need_review");
    const struct op *resident = spec_find(p->view.spec, "proposal_support");

    (void)schema;
    return resident && page_may(p, resident) && office && !page_may(p, office) ? json_string("resident")
                                                                               : NULL;
}

static const struct {
    const char *act, *member;
    json_t *(*say)(struct page *p, const json_t *schema);
} defaults[] = {
    {"list_create", "year", this_year},          {"list_create", "title", list_title},
    {"appropriation_create", "year", this_year}, {"tender_create", "appropriation", the_only},
    {"need_create", "source", whose_need},
};

void defaults_put(struct page *p, const struct op *op, const json_t *schema, json_t *now)
{
    for (size_t i = 0; i < LENGTH(defaults); i++) {
        const json_t *property = json_object_get(json_object_get(schema, "properties"), defaults[i].member);

        if (strcmp(defaults[i].act, op->id) == 0 && property && !json_object_get(now, defaults[i].member))
            json_object_set_new(now, defaults[i].member, defaults[i].say(p, property));
    }
}
