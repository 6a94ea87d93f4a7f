/*
 * Talks with bidders (谈判、磋商、协商): quotes after the first, and needs that change
 * and are told to all at once.  Where a phase of talks has a due moment, what is
 * quoted in it counts as a round of the lot, the last before the moment counts, and
 * nobody reads it until then.
 */
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"
#include "core/service/open.h"
#include "core/service/words.h"

static bool in_talks(const struct lot *l)
{
    return l->phase_kind && strcmp(l->phase_kind, "negotiating") == 0;
}

bool quotes_sealed(const struct act *a, const struct lot *l)
{
    return in_talks(l) && l->phase_due_us && a->now_us < l->phase_due_us;
}

int quotes_settle(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    const char *field = plan_priced(t->plan);

    if (!field || !in_talks(l) || !l->phase_due_us || quotes_sealed(a, l))
        return 0;
    return tx_run(a->tx, Q_quotes_settle, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no),
                  P_TEXT(field));
}

/* ---- another quote ---------------------------------------------------------------- */

struct requote_body {
    const char *fields, *reason;
};
static const linli_option requote_rows[] = {
    ROW_OBJECT(requote_body, fields, true, "新的填报值", "what is offered now"),
    ROW_TEXT(requote_body, reason, false, 2000, "说明", "why"),
};
const struct form form_bid_requote = FORM(requote_rows, struct requote_body);

/* The round a quote belongs to: in talks with a due moment one for the whole lot, else the next of this bid.
 */
static int quote_round(struct act *a, const struct tender *t, const struct lot *l, int64_t *ret,
                       struct err *err)
{
    struct rows *r;
    int status = quotes_sealed(a, l)
                     ? tx_run(a->tx, Q_offer_round_lot, &r, err, P_INT(a->office), P_TEXT(t->id),
                              P_INT(l->no), P_TIME(l->phase_since_us))
                     : tx_run(a->tx, Q_offer_round, &r, err, P_INT(a->office), P_TEXT(a->subject));

    if (status == 0)
        *ret = row_int(r, 0, "round") + 1;
    return status;
}

/* Fields that are left out stay as they were last offered. */
static int offers_again(struct act *a, const struct tender *t, const struct lot *l,
                        const struct bid_value *values, struct err *err)
{
    int64_t round = 0;
    int status = quote_round(a, t, l, &round, err);

    for (size_t i = 0; status == 0 && i < t->plan->field_count; i++) {
        const linli_field *field = &t->plan->fields[i];
        if (!values[i].given)
            continue;
        status =
            tx_run(a->tx, Q_offer_put, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(field->code),
                   P_INT(round), P_TEXT(unit_code(field->unit)), P_INT(values[i].value), P_TIME(a->now_us));
        if (status == 0 && field->priced && !quotes_sealed(a, l))
            status = tx_run(a->tx, Q_bid_price, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                            P_INT(values[i].value));
    }
    a->sealed = quotes_sealed(a, l);
    return status;
}

/* The plan's fields, none of them required: a quote names what changes. */
static int requote_read(struct act *a, const linli_plan *plan, const struct bid_value **ret, struct err *err)
{
    const struct requote_body *b = a->body;
    linli_plan loose = *plan;
    linli_field *fields = ARENA_NEW(a->arena, linli_field, plan->field_count);
    int64_t price_fen;

    for (size_t i = 0; i < plan->field_count; i++) {
        fields[i] = plan->fields[i];
        fields[i].required = false;
    }
    loose.fields = fields;
    return bid_fields_read(a->arena, &loose, b->fields, ret, &price_fen, err);
}

int act_bid_requote(struct act *a, struct err *err)
{
    const struct bid_value *values;
    struct tender *t;
    struct lot *l;
    struct rows *r;
    int status = bid_load(a, &r, err);

    if (status)
        return status;
    if (!bid_own(a, r) && !(a->roles & ROLES_OFFICE))
        return err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", a->subject);
    if ((status = tender_load(a, row_text(r, 0, "tender_id"), &t, err)) ||
        (status = tender_lot(t, (int32_t)row_int(r, 0, "lot_no"), &l, err)) ||
        (status = lot_may(a, t, l, LINLI_REQUOTE, a->subject, err)))
        return status;
    if (!bid_own(a, r) && !office_may(a, t, l, LINLI_REQUOTE))
        return err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", a->subject);
    if (strcmp(row_text(r, 0, "state"), "open") != 0) {
        err_set(err, E_REFUSED, "state/refused", "the bid is %s", row_text(r, 0, "state"));
        err_zh(err, "该投标当前状态不能再次报价");
        return E_REFUSED;
    }
    status = requote_read(a, t->plan, &values, err);
    return status ? status : offers_again(a, t, l, values, err);
}

/* ---- needs that change ------------------------------------------------------------ */

struct change_body {
    const char *body, *clause, *representative;
    bool technical, service, terms;
};
/* clang-format off */
static const linli_option change_rows[] = {
    ROW_TEXT(change_body, body, true, 20000, "变动内容", "what changes, as all are told"),
    ROW_LINE(change_body, clause, true, 400, "采购文件载明可能变动的条款", "clause of the documents that said it might change"),
    ROW_LINE(change_body, representative, true, 80, "确认变动的采购人代表", "representative of the office who confirmed it"),
    ROW_BOOL(change_body, technical, "涉及技术要求", "technical requirements"),
    ROW_BOOL(change_body, service, "涉及服务要求", "requirements of the service"),
    ROW_BOOL(change_body, terms, "涉及合同草案条款", "terms of the contract"),
};
/* clang-format on */
const struct form form_lot_change = FORM(change_rows, struct change_body);

static int change_notice(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    const struct change_body *b = a->body;
    CLEANUP(buf_free) struct buf body = {0};

    json_open(&body, '{');
    json_key(&body, "body");
    json_string(&body, b->body);
    json_key(&body, "clause");
    json_string(&body, b->clause);
    json_key(&body, "lot");
    json_int(&body, l->no);
    json_key(&body, "number");
    json_string(&body, t->number);
    json_key(&body, "representative");
    json_string(&body, b->representative);
    json_key(&body, "round");
    json_int(&body, l->round);
    json_close(&body, '}');
    return notice_publish(a, t->id, "change", t->title, body.data, 0, err);
}

/* Only the needs and the terms may change in talks, and all are told by one notice. */
int act_lot_change(struct act *a, struct err *err)
{
    const struct change_body *b = a->body;
    struct tender *t;
    struct lot *l;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (status || (status = lot_may(a, t, l, LINLI_AMEND, NULL, err)))
        return status;
    if (!in_talks(l)) {
        err_set(err, E_REFUSED, "state/refused", "there are no talks now: amend the tender");
        err_zh(err, "当前不在谈判或磋商阶段，请使用更正");
        return E_REFUSED;
    }
    if (!b->technical && !b->service && !b->terms) {
        err_set(err, E_INVALID, "body/invalid", "say what the change concerns");
        err_at(err, "/technical", "required", "technical, service or terms",
               "须说明涉及技术、服务要求或合同条款");
        return E_INVALID;
    }
    status = milestone_add(a, t, l, "amended", NULL, err);
    return status ? status : change_notice(a, t, l, err);
}
