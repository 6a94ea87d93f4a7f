/* A failed lot is tendered anew, along the way an approver chose; and so is the rest of a contract that ended
 * before its time. */
#include <string.h>

#include "acts.h"
#include "core/service/draft.h"
#include "core/service/forms.h"

struct switch_body {
    const char *way, *ground, *mechanism, *scheme, *options, *scheme_options;
};
static const linli_option switch_rows[] = {
    ROW_CODE(switch_body, way, true, "后续处理", "the way that was chosen"),
    ROW_TEXT(switch_body, ground, true, 4000, "理由和依据", "ground"),
    ROW_CODE(switch_body, mechanism, false, "采购方式", "the other method, where the way leaves it open"),
    ROW_CODE(switch_body, scheme, false, "评审方法", "scheme; as before where left out"),
    ROW_OBJECT(switch_body, options, false, "采购方式的选项", "options; those that fit where left out"),
    ROW_OBJECT(switch_body, scheme_options, false, "评审方法的选项",
               "options of the scheme; as before where left out"),
};
const struct form form_tender_switch = FORM(switch_rows, struct switch_body);

/* What is left to buy of a lot that way: all of one that failed, where a second person chose it; the rest of
 * one whose contract two people ended before its time. 0: nothing. */
static int left_of(struct act *a, const struct lot *l, const char *way, int64_t *ret_fen, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_lot_followed, &r, err, P_INT(a->office), P_TEXT(l->id));

    *ret_fen = 0;
    if (status || rows_count(r) > 0)
        return status;
    if (strcmp(way, "rest") != 0) {
        *ret_fen = strcmp(l->state, "void") == 0 && l->way && strcmp(l->way, way) == 0 ? l->budget_fen : 0;
        return 0;
    }
    status = tx_run(a->tx, Q_lot_rest, &r, err, P_INT(a->office), P_TEXT(l->id));
    if (!status)
        *ret_fen = row_int(r, 0, "rest_fen");
    return status;
}

/* The lots that may go that way, and that nobody took up yet. */
static int lots_to_switch(struct act *a, const struct tender *old, const struct switch_body *b,
                          linli_list *ret, const char ***ret_ids, struct err *err)
{
    struct draft_lot *items = ARENA_NEW(a->arena, struct draft_lot, old->lot_count);
    const char **ids = ARENA_NEW(a->arena, const char *, old->lot_count);
    bool own = false;
    size_t n = 0;

    for (size_t i = 0; i < old->lot_count; i++) {
        const struct lot *l = &old->lots[i];
        int64_t left_fen;
        int status = left_of(a, l, b->way, &left_fen, err);

        if (status)
            return status;
        if (left_fen == 0)
            continue;
        own |= l->way_by && strcmp(l->way_by, a->actor->person) == 0;
        items[n] =
            (struct draft_lot){l->title, {left_fen}, {l->ceiling_fen < left_fen ? l->ceiling_fen : left_fen}};
        ids[n++] = l->id;
    }
    if (own) {
        err_set(err, E_REFUSED, "approval/same-person", "who chose the way does not draw up the tender");
        err_zh(err, "选定后续处理与编制新项目不能为同一人");
        return E_REFUSED;
    }
    *ret = (linli_list){items, n};
    *ret_ids = ids;
    if (n)
        return 0;
    err_set(err, E_REFUSED, "tender/switch", "no failed lot waits to go that way");
    err_zh(err, "没有经审批按此方式处理、尚未重新发起的采购包");
    return E_REFUSED;
}

/* A way is "retender", "other_method", or the method it leads to. */
static int method_of_way(const struct switch_body *b, const char *old, const char **ret, struct err *err)
{
    bool same = strcmp(b->way, "retender") == 0 || (strcmp(b->way, "rest") == 0 && !b->mechanism);
    bool open = strcmp(b->way, "other_method") == 0 || (strcmp(b->way, "rest") == 0 && b->mechanism);

    *ret = same ? old : open ? b->mechanism : b->way;
    if (open && !b->mechanism)
        return draft_unfit(err, "/mechanism", "say which method", "请写明采购方式");
    if (open && strcmp(b->mechanism, old) == 0 && strcmp(b->way, "rest") != 0)
        return draft_unfit(err, "/mechanism", "that is the method that failed", "与原采购方式相同");
    if (b->mechanism && strcmp(b->mechanism, *ret) != 0)
        return draft_unfit(err, "/mechanism", "the way does not lead to this method",
                           "不是该后续处理所指的方式");
    return 0;
}

static int64_t budget_of(const linli_list *lots)
{
    const struct draft_lot *item = lots->items;
    int64_t sum = 0;

    for (size_t i = 0; i < lots->count; i++)
        sum += item[i].budget.minor;
    return sum;
}

/* The new tender as a copy of the old one's entries, as far as its failed lots go. */
static int switch_draft(struct act *a, const struct tender *old, const linli_list *lots, struct tender *t,
                        struct err *err)
{
    const struct switch_body *b = a->body;
    const char *method = NULL;
    char id[UUID_TEXT];
    int status = method_of_way(b, plugin_about(old->mechanism)->id, &method, err);

    if (!status)
        status = draft_plugins(a, t, method, b->scheme ? b->scheme : plugin_about(old->scheme)->id, err);
    if (status)
        return status;
    id_new(t->office, id);
    t->id = arena_dup(a->arena, id);
    t->follows = old->id;
    t->budget_fen = budget_of(lots);
    if (t->budget_fen > old->budget_fen)
        t->budget_fen = old->budget_fen; /* of a shared pool */
    t->ceiling_fen = lots->count == old->lot_count ? old->ceiling_fen : 0;
    if (t->ceiling_fen > t->budget_fen)
        t->ceiling_fen = t->budget_fen;
    t->options_json = b->options;
    t->scheme_options_json = b->scheme_options ? b->scheme_options
                             : b->scheme       ? "{}"
                                               : old->scheme_options_json;
    if ((status = draft_rules(a, t, err)) ||
        (!b->options && (status = draft_options_kept(a, t, old->options_json, err))))
        return status;
    return draft_check(a, t, err);
}

static int lots_follow(struct act *a, const struct tender *t, const char *const *olds, size_t count,
                       struct err *err)
{
    int status = 0;

    for (size_t i = 0; status == 0 && i < count; i++)
        status = tx_run(a->tx, Q_lot_follow, NULL, err, P_INT(t->office), P_TEXT(t->id),
                        P_INT((int64_t)i + 1), P_TEXT(olds[i]));
    return status;
}

int act_tender_switch(struct act *a, struct err *err)
{
    const struct switch_body *b = a->body;
    const char **ids = NULL;
    struct tender *old, t;
    struct rows *entry = NULL;
    linli_list lots;
    int status = tender_load(a, a->subject, &old, err);

    if (!status)
        status = lots_to_switch(a, old, b, &lots, &ids, err);
    if (!status)
        status = entry_ready(a, old->entry_id, true, &entry, err);
    if (status)
        return status;
    t = *old;
    t.plan = NULL;
    if ((status = switch_draft(a, old, &lots, &t, err)) || (status = draft_store(a, &t, Q_tender_add, err)) ||
        (status = contact_copy(a, &t, old->id, err)) ||
        (status = tx_run(a->tx, Q_source_copy, NULL, err, P_INT(t.office), P_TEXT(old->id), P_TEXT(t.id),
                         P_INT(t.budget_fen))) ||
        (status = draft_lots(a, &t, &lots, err)) || (status = lots_follow(a, &t, ids, lots.count, err)))
        return status;
    json_key(&a->payload, "follows");
    json_string(&a->payload, old->id);
    a->subject = t.id;
    return tx_run(a->tx, Q_scoring_copy, NULL, err, P_INT(t.office), P_TEXT(old->id), P_TEXT(t.id));
}
