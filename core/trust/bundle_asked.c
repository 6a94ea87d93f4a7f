/* Checks of core/trust/bundle_check.h: of whom decisions were asked, and with what. */
#include <string.h>

#include "core/json/canon.h"
#include "core/trust/bundle_checking.h"

/* Who answers a question. */
static const struct answering {
    const char *question, *by;
} answering[] = {{"plan", "mechanism"},   {"step", "mechanism"},     {"admit", "mechanism"},
                 {"award", "mechanism"},  {"schedule", "mechanism"}, {"release", "mechanism"},
                 {"refuse", "mechanism"}, {"criteria", "scheme"},    {"evaluate", "scheme"},
                 {"preview", "scheme"},   {"accept", "acceptance"}};

static const char *by_whom(const char *question)
{
    for (size_t i = 0; i < LENGTH(answering); i++)
        if (strcmp(answering[i].question, question) == 0)
            return answering[i].by;
    return NULL;
}

static bool digest_is(struct checking *c, const struct bundle_event *e, const char *pointer, const char *json)
{
    uint8_t digest[SHA256_BYTES];
    char hex[SHA256_TEXT], *canonical;

    if (json_canonical(c->arena, json, strlen(json), &canonical, NULL))
        return false;
    sha256_of(canonical, strlen(canonical), digest);
    hex_print(digest, SHA256_BYTES, hex);
    return doc_is(e->doc, pointer, hex);
}

/* The rules that the plan was asked with, and what it is; NULL: it is not shown. */
struct then {
    const char *rules;
    struct doc *plan;
};

static struct then then_of(struct checking *c)
{
    struct bundle_decision d;
    struct doc *facts;
    struct then then = {0};
    const char *id;
    size_t at = 0;

    if (!bundle_decision_next(c->b, c->arena, "plan", &at, &id, &d))
        return then;
    if (!doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL))
        then.rules = doc_json(facts, "/rules");
    if (doc_read(c->arena, d.answer, strlen(d.answer), &then.plan, NULL))
        then.plan = NULL;
    return then;
}

static bool plan_same(struct checking *c, const struct bundle_decision *d, const struct doc *plan)
{
    struct doc *facts;

    return !plan || strcmp(d->question, "plan") == 0 || strcmp(d->question, "accept") == 0 ||
           doc_read(c->arena, d->facts, strlen(d->facts), &facts, NULL) || !doc_has(facts, "/plan") ||
           doc_alike(facts, "/plan", plan, "");
}

static bool rules_same(struct checking *c, const struct bundle_decision *d, const char *then)
{
    struct doc *facts;
    const char *now;

    if (strcmp(d->question, "accept") == 0 || doc_read(c->arena, d->facts, strlen(d->facts), &facts, NULL))
        return true; /* what cannot be read is V19's to say; a delivery is evaluated on its own indicators */
    now = doc_json(facts, "/rules");
    return (!now && !then) || (now && then && strcmp(now, then) == 0);
}

static int asked_so(struct checking *c, const struct bundle_event *published, const char *id,
                    const struct bundle_decision *d, struct err *err)
{
    const char *by = by_whom(d->question);
    const char *of = arena_printf(c->arena, "/payload/%s", by ? by : "");

    if (!by || !doc_is(published->doc, arena_printf(c->arena, "%s/id", of), d->plugin))
        return contradiction(err, "decision % was asked of another plug-in than the one published for it",
                             "决定 % 所问的插件与发布时不同", id);
    if (!doc_is(published->doc, arena_printf(c->arena, "%s/sha256", of), d->sha256))
        return contradiction(err, "decision % was made by another build than the one published",
                             "决定 % 所用插件文件与发布时不同", id);
    if (!digest_is(c, published, arena_printf(c->arena, "%s/options", of), d->options))
        return contradiction(err, "decision % was asked with other options than those published",
                             "决定 % 所用选项与发布时不同", id);
    return 0;
}

int bundle_builds(struct checking *c, struct err *err)
{
    const struct bundle_event *published = bundle_first(c->b, "tender_publish");
    const struct then then = then_of(c);
    const char *id;
    struct bundle_decision d;
    size_t at = 0;

    while (published && bundle_decision_next(c->b, c->arena, NULL, &at, &id, &d)) {
        int status = asked_so(c, published, id, &d, err);
        if (status)
            return status;
        c->checked++;
        if (then.rules && !rules_same(c, &d, then.rules))
            return contradiction(err, "decision % rests on other rules than the plan",
                                 "决定 % 所依据的规则与方案确定时不同", id);
        if (!plan_same(c, &d, then.plan))
            return contradiction(err, "decision % rests on another plan than the one answered",
                                 "决定 % 所依据的方案与所答复的方案不同", id);
    }
    return 0;
}
