/* See core/trust/bundle_checking.h. */
#include <string.h>

#include "core/trust/bundle_checking.h"

int contradicts(struct err *err, uint64_t index, const char *what, const char *zh)
{
    err_set(err, E_REFUSED, "log/contradiction", "entry %llu: %s", (unsigned long long)index, what);
    err_zh(err, "第 %llu 条：%s", (unsigned long long)index, zh);
    return E_REFUSED;
}

int contradiction(struct err *err, const char *en, const char *zh, const char *id)
{
    CLEANUP(buf_free) struct buf a = {0}, b = {0};

    id = id ? id : "?";
    for (const char *p = en; *p; p++)
        p[0] == '%' ? buf_text(&a, id) : buf_char(&a, *p);
    for (const char *p = zh; *p; p++)
        p[0] == '%' ? buf_text(&b, id) : buf_char(&b, *p);
    err_set(err, E_REFUSED, "log/contradiction", "%s", a.data);
    err_zh(err, "%s", b.data);
    return E_REFUSED;
}

int act_wrong(struct checking *c, const struct bundle_event *e, const char *what, const char *zh,
              struct err *err)
{
    c->by = e;
    return contradicts(err, e->index, what, zh);
}

const char *some_hidden(struct checking *c)
{
    return arena_printf(c->arena, "%zu events are not shown at this level / 本级别不公开 %zu 条事件",
                        c->b->withheld, c->b->withheld);
}

const struct doc *bundle_plan(struct checking *c)
{
    struct bundle_decision d;
    struct doc *answer;
    const char *id;
    size_t at = 0;

    if (!c->plan_read && bundle_decision_next(c->b, c->arena, "plan", &at, &id, &d) &&
        !doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL))
        c->plan = answer;
    c->plan_read = true;
    return c->plan;
}

const char *bundle_priced_field(struct checking *c)
{
    const struct doc *plan = bundle_plan(c);

    for (size_t i = 0; plan && i < doc_count(plan, "/fields"); i++) {
        const char *code = doc_text(plan, arena_printf(c->arena, "/fields/%zu/code", i));
        if (code && doc_is(plan, arena_printf(c->arena, "/fields/%zu/priced", i), "true"))
            return code;
    }
    return "price";
}
