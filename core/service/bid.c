/* Withdrawing a bid, and proposals that are open from the start.  Sealed bids come in by the intake, later
 * quotes in talks.c. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/bid_file.h"
#include "core/service/call.h"
#include "core/service/forms.h"
#include "core/service/open.h"
#include "core/service/words.h"

int bid_load(struct act *a, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_bid_load, ret, err, P_INT(a->office), P_TEXT(a->subject));

    if (status || rows_count(*ret))
        return status;
    return err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", a->subject);
}

bool bid_own(const struct act *a, const struct rows *r)
{
    const char *organisation = row_text(r, 0, "organisation_id");

    if (organisation)
        return actor_of_organisation(a->actor, organisation);
    return strcmp(row_text(r, 0, "person_id"), a->actor->person) == 0;
}

bool office_may(const struct act *a, const struct tender *t, const struct lot *l, int act)
{
    const linli_phase *phase = tender_phase(t, l->phase);

    for (int role = 0; phase && role < LINLI_ROLES; role++)
        if (a->roles & ROLES_OFFICE & (UINT32_C(1) << role) && phase->may[role] & LINLI_MAY(act))
            return true;
    return false;
}

/* Somebody else's bid does not exist.  Quotes a clerk collects are the office's own to correct; what came
 * over the counter it takes out for its sender, but nobody alone: not who typed it in. */
static int withdraws(const struct act *a, const struct tender *t, const struct lot *l, const struct rows *r,
                     struct err *err)
{
    const char *typed_by = row_text(r, 0, "typed_by");
    const bool first = typed_by && strcmp(typed_by, a->actor->person) == 0;
    const bool office = t->plan && t->plan->sealing == LINLI_OPEN_BIDS && office_may(a, t, l, LINLI_WITHDRAW);

    if (bid_own(a, r) && (!first || !row_null(r, 0, "organisation_id")))
        return 0;
    if (office && t->plan->contract != LINLI_GRANT)
        return 0;
    if (office && typed_by)
        return first ? err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                                "须由录入人以外的另一人撤回")
                     : 0;
    return err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", a->subject);
}

int act_bid_withdraw(struct act *a, struct err *err)
{
    struct tender *t;
    struct lot *l;
    struct rows *r;
    int status = bid_load(a, &r, err);

    if (status)
        return status;
    if ((status = tender_load(a, row_text(r, 0, "tender_id"), &t, err)) ||
        (status = tender_lot(t, (int32_t)row_int(r, 0, "lot_no"), &l, err)) ||
        (status = withdraws(a, t, l, r, err)) || (status = lot_may(a, t, l, LINLI_WITHDRAW, a->subject, err)))
        return status;
    if (!row_null(r, 0, "withdrawn") || !row_null(r, 0, "replaced_by")) {
        err_set(err, E_REFUSED, "state/refused", "the bid is %s already", row_text(r, 0, "state"));
        err_zh(err, "该投标已撤回或已被替换");
        return E_REFUSED;
    }
    a->sealed = t->plan->sealing != LINLI_OPEN_BIDS && t->opened_us == 0;
    return tx_run(a->tx, Q_bid_withdraw, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us));
}

/* ---- before one is handed in ----------------------------------------------------- */

/* Read as it will be at the opening, where what is at fault voids it and nobody can mend it any more. */
int act_bid_preview(struct act *a, struct err *err)
{
    struct bid_content content = *(const struct bid_content *)a->body;
    struct tender *t;
    struct lot *l;
    char price[MONEY_TEXT];
    int status = tender_load(a, a->path[0], &t, err);

    if (status)
        return status;
    if (!t->plan)
        return err_set(err, E_ABSENT, "tender/absent", "there is no tender %s", a->path[0]);
    if ((status = tender_lot(t, (int32_t)content.lot, &l, err)) ||
        (status = bid_check(a->arena, t->plan, &content, err)))
        return status;
    json_open(&a->answer, '{');
    json_key(&a->answer, "lot");
    json_int(&a->answer, content.lot);
    if (content.price_fen) {
        money_print(content.price_fen, price);
        json_key(&a->answer, "price");
        json_string(&a->answer, price);
    }
    json_close(&a->answer, '}');
    return 0;
}

/* ---- proposals ----------------------------------------------------------------- */

struct proposal_body {
    const char *title, *body, *place, *beneficiaries, *proposer, *fields;
    linli_money cost;
    int64_t lot;
    bool organisation;
};
/* clang-format off */
static const linli_option proposal_rows[] = {
    ROW_LINE(proposal_body, title, true, 200, "名称", "title"),
    ROW_TEXT(proposal_body, body, true, 20000, "内容", "what is proposed"),
    ROW_LINE(proposal_body, place, true, 200, "地点", "place"),
    ROW_LINE(proposal_body, beneficiaries, false, 200, "受益对象", "who benefits"),
    ROW_LINE(proposal_body, proposer, false, 100, "提案人（代录时）", "who proposes, where a clerk enters it"),
    ROW_MONEY(proposal_body, cost, true, "预算金额", "cost"),
    ROW_OBJECT(proposal_body, fields, false, "其他填报值", "further fields of the plan"),
    { .name = "lot", .type = LINLI_OPT_COUNT, .low = 1, .high = 1000, .initial = "1", .offset = offsetof(struct proposal_body, lot),
      .label = {"板块", "lot"}, .help = {"不填为第一板块", "the first where left out"} },
    ROW_BOOL(proposal_body, organisation, "以组织名义提交", "on behalf of the actor's organisation"),
};
/* clang-format on */
const struct form form_proposal_create = FORM(proposal_rows, struct proposal_body);

/* The fields of the plan, the cost among them, as one JSON object. */
static const char *fields_json(struct act *a, const linli_plan *plan, const struct proposal_body *b)
{
    const char *priced = plan_priced(plan), *more = b->fields ? b->fields : "{}";
    char cost[MONEY_TEXT];

    if (!priced)
        return more;
    money_print(b->cost.minor, cost);
    return arena_printf(a->arena, "{\"%s\":\"%s\"%s%s", priced, cost, strcmp(more, "{}") == 0 ? "" : ",",
                        more + 1);
}

static void content_member(struct buf *out, const char *key, const char *text)
{
    if (!text)
        return;
    json_key(out, key);
    json_string(out, text);
}

static const char *content_json(struct act *a, const struct proposal_body *b, const char *fields)
{
    CLEANUP(buf_free) struct buf out = {0};

    json_open(&out, '{');
    content_member(&out, "beneficiaries", b->beneficiaries);
    content_member(&out, "body", b->body);
    json_key(&out, "fields");
    json_raw(&out, fields, strlen(fields));
    content_member(&out, "linli", "bid/1");
    json_key(&out, "lot");
    json_int(&out, b->lot);
    content_member(&out, "place", b->place);
    content_member(&out, "proposer", b->proposer);
    content_member(&out, "title", b->title);
    json_close(&out, '}');
    return arena_ndup(a->arena, out.data, out.size);
}

static int proposal_store(struct act *a, const struct tender *t, const struct proposal_body *b,
                          struct err *err)
{
    const char *fields = fields_json(a, t->plan, b);
    const struct open_bid bid = {b->lot, b->organisation ? actor_organisation(a->actor) : NULL, fields,
                                 content_json(a, b, fields)};
    int status = open_bid_store(a, t, &bid, err);

    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "bid/duplicate", "the organisation has a proposal already");
        err_zh(err, "该组织已有提案");
    }
    return status;
}

/* As many as one resident may hand in; what came over the counter two people stand for. */
static int within_many(struct act *a, const struct tender *t, const struct proposal_body *b, struct err *err)
{
    const struct service *s = a->service;
    struct rows *r;
    int status;

    if (b->organisation || a->on_behalf || a->roles & ROLES_OFFICE)
        return 0;
    status = tx_run(a->tx, Q_proposals_by, &r, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(a->actor->person),
                    P_TIME(day_end(day_of(a->now_us) - 1)));
    if (status)
        return status;
    if (s->proposals_per_tender && row_int(r, 0, "here") >= s->proposals_per_tender) {
        err_set(err, E_REFUSED, "bid/limit", "one resident may hand in %lld proposals here",
                (long long)s->proposals_per_tender);
        err_zh(err, "每位居民在本项目中最多可提交 %lld 份提案", (long long)s->proposals_per_tender);
        return E_REFUSED;
    }
    if (!s->proposals_per_day || row_int(r, 0, "today") < s->proposals_per_day)
        return 0;
    err_set(err, E_REFUSED, "bid/limit", "one resident may hand in %lld proposals a day at this office",
            (long long)s->proposals_per_day);
    err_zh(err, "每位居民每天在本单位最多可提交 %lld 份提案", (long long)s->proposals_per_day);
    return E_REFUSED;
}

/* As many lots as one organisation may bid for; the tender is locked. */
static int within_limit(struct act *a, const struct tender *t, const struct proposal_body *b, struct err *err)
{
    struct rows *r;
    int status;

    if (!b->organisation || !t->most_bids)
        return 0;
    status = tx_run(a->tx, Q_bid_lots, &r, err, P_INT(t->office), P_TEXT(t->id),
                    P_TEXT(actor_organisation(a->actor)), P_INT(b->lot));
    if (status || row_int(r, 0, "lots") < t->most_bids)
        return status;
    err_set(err, E_REFUSED, "bid/limit", "one organisation may bid for %lld lots", (long long)t->most_bids);
    err_zh(err, "同一组织最多可投 %lld 个采购包", (long long)t->most_bids);
    return E_REFUSED;
}

/* Who left an agreement may join it again; with whom the office ended it may not. */
static int may_join(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    const struct proposal_body *b = a->body;
    const char *why = NULL;
    int status = b->organisation && makes_agreements(t)
                     ? agreement_barred(a, l->id, actor_organisation(a->actor), &why, err)
                     : 0;

    if (status || !why || strcmp(why, "struck") != 0)
        return status;
    err_both(err, E_REFUSED, "bid/not-entitled",
             "the office ended its agreement here: it may not apply again",
             "已被取消入围资格或者解除框架协议，不得重新申请加入");
    err_article(err, "财政部令第110号 §16");
    return E_REFUSED;
}

int act_proposal_create(struct act *a, struct err *err)
{
    const struct proposal_body *b = a->body;
    struct tender *t;
    struct lot *l;
    char id[UUID_TEXT];
    int status = tender_load(a, a->subject, &t, err);

    if (status || (status = tender_lot(t, (int32_t)b->lot, &l, err)) ||
        (status = lot_may(a, t, l, LINLI_SUBMIT, NULL, err)))
        return status;
    if (t->plan->sealing != LINLI_OPEN_BIDS) {
        err_set(err, E_REFUSED, "state/refused", "bids of this tender are sealed: hand in a file");
        err_zh(err, "本项目的投标须密封提交");
        return E_REFUSED;
    }
    if (b->organisation && !actor_organisation(a->actor))
        return err_set(err, E_FORBIDDEN, "auth/forbidden", "you act for no organisation");
    if ((status = within_many(a, t, b, err)) || (status = within_limit(a, t, b, err)) ||
        (status = may_join(a, t, l, err)))
        return status;
    id_new(t->office, id);
    a->subject = arena_dup(a->arena, id);
    return proposal_store(a, t, b, err);
}
