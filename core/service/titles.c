/* See core/service/titles.h. */
#include "core/service/titles.h"

#include <string.h>

#include "acts.h"
#include "core/domain/names.h"

struct titled {
    const char *op;
    linli_text title;
};
#define X(op, zh, en) {#op, {zh, en}},
static const struct titled titles[] = {ACT_TITLES(X)};
#undef X

/* The act of the API by which each act of a plan is usually done. */
static const char *const done_by[LINLI_ACTS] = {
    [LINLI_QUESTION] = "question_ask",   [LINLI_ANSWER] = "question_answer",
    [LINLI_AMEND] = "tender_amend",      [LINLI_SUBMIT] = "bid_submit",
    [LINLI_WITHDRAW] = "bid_withdraw",   [LINLI_OPEN] = "tender_open",
    [LINLI_CHECK] = "checks_add",        [LINLI_CLARIFY] = "paper_ask",
    [LINLI_REQUOTE] = "bid_requote",     [LINLI_ASSIGN] = "panel_assign",
    [LINLI_MARK] = "marks_put",          [LINLI_VOTE] = "ballot_cast",
    [LINLI_REPORT] = "panel_report",     [LINLI_DRAW] = "lot_draw",
    [LINLI_CHOOSE] = "lot_decide",       [LINLI_ANNOUNCE] = "lot_announce",
    [LINLI_OBJECT] = "objection_file",   [LINLI_RESOLVE] = "objection_answer",
    [LINLI_APPROVE] = "lot_approve",     [LINLI_SIGN] = "contract_sign",
    [LINLI_DELIVER] = "delivery_report", [LINLI_ACCEPT] = "tranche_accept",
    [LINLI_PAY] = "payment_order",       [LINLI_ADVANCE] = "lot_advance",
    [LINLI_CANCEL] = "tender_cancel",
};

static const linli_text *title_find(const char *op)
{
    for (size_t i = 0; op && i < LENGTH(titles); i++)
        if (strcmp(titles[i].op, op) == 0)
            return &titles[i].title;
    return NULL;
}

linli_text act_title(const char *op, int act)
{
    const linli_text *title = title_find(op);

    if (!title && act >= 0 && act < LINLI_ACTS)
        title = title_find(done_by[act]);
    return title ? *title : (linli_text){"此操作", "this"};
}

void acts_allowed(const linli_phase *phase, uint32_t roles, bool zh, struct buf *out)
{
    uint64_t may = 0;

    for (int r = 0; r < LINLI_ROLES; r++)
        may |= roles & (UINT32_C(1) << r) ? phase->may[r] : 0;
    buf_text(out, "");
    for (int act = 0; act < LINLI_ACTS; act++) {
        const linli_text *title = may & LINLI_MAY(act) ? title_find(done_by[act]) : NULL;

        if (!title)
            continue;
        if (out->size)
            buf_text(out, zh ? "、" : ", ");
        buf_text(out, zh ? title->zh : title->en);
    }
}

struct choosing {
    enum plugin_kind kind;
    struct buf ids;
    const char *last;
};

static void choice_add(const struct plugin *plugin, void *arg)
{
    struct choosing *c = arg;
    const char *id = plugin_about(plugin)->id;

    if (plugin_kind(plugin) != c->kind || (c->last && strcmp(c->last, id) == 0))
        return;
    buf_printf(&c->ids, "%s%s", c->last ? ", " : "", id);
    c->last = id;
}

const char *plugin_choices(const struct act *a, enum plugin_kind kind)
{
    struct choosing c = {.kind = kind};

    buf_text(&c.ids, "");
    host_each(a->service->host, choice_add, &c);
    const char *ids = arena_ndup(a->arena, c.ids.data, c.ids.size);
    buf_free(&c.ids);
    return ids;
}
