/* Checks of core/trust/bundle_check.h: contracts against awards, and the ledger played again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/trust/bundle_checking.h"

/* What does not fit is surely not what was awarded. */
void fen_add(int64_t *sum, int64_t fen)
{
    if (__builtin_add_overflow(*sum, fen, sum))
        *sum = INT64_MAX;
}

/* ---- the journals ------------------------------------------------------------------------ */

static int64_t moved(const struct bundle_row *journal)
{
    int64_t sum = 0, fen;
    char at[64];

    for (size_t i = 0; i < doc_count(journal->doc, "/lines"); i++) {
        snprintf(at, sizeof(at), "/lines/%zu/side", i);
        bool debit = doc_is(journal->doc, at, "D");
        snprintf(at, sizeof(at), "/lines/%zu/fen", i);
        if (debit && doc_fen(journal->doc, at, &fen))
            fen_add(&sum, fen);
    }
    return sum;
}

/* What journals of a kind moved for one source, and how many there are. */
static int64_t moved_for(const struct bundle_tender *b, const char *kind, const char *source,
                         size_t *ret_count)
{
    int64_t sum = 0;
    size_t count = 0, at = 0;
    const struct bundle_row *journal;

    while ((journal = bundle_journal_next(b, source, &at)))
        if (doc_is(journal->doc, "/kind", kind)) {
            fen_add(&sum, moved(journal));
            count++;
        }
    if (ret_count)
        *ret_count = count;
    return sum;
}

/* Rows of a kind by the row that they belong to, so that nobody looks through all of them for each. */
struct owned {
    const char *by;
    const struct bundle_row *row;
};
struct owning {
    struct owned *all;
    size_t count;
};

static int by_owner(const void *a, const void *b)
{
    const struct owned *x = a, *y = b;

    return strcmp(x->by, y->by);
}

static struct owning owned_all(struct checking *c, const char *kind, const char *pointer)
{
    struct owning o = {ARENA_NEW(c->arena, struct owned, c->b->row_count + 1), 0};

    for (size_t i = 0; i < c->b->row_count; i++) {
        const struct bundle_row *row = &c->b->rows[i];
        const char *by = strcmp(row->kind, kind) == 0 ? doc_text(row->doc, pointer) : NULL;
        if (by)
            o.all[o.count++] = (struct owned){by, row};
    }
    if (o.count)
        qsort(o.all, o.count, sizeof(*o.all), by_owner);
    return o;
}

/* Those of one owner, and how many. */
static const struct owned *owned_by(const struct owning *o, const char *owner, size_t *ret_count)
{
    const struct owned wanted = {owner, NULL};
    const struct owned *found =
        owner && o->count ? bsearch(&wanted, o->all, o->count, sizeof(*o->all), by_owner) : NULL;
    const struct owned *end = found;

    while (found && found > o->all && by_owner(found - 1, &wanted) == 0)
        found--;
    while (end && end < o->all + o->count && by_owner(end, &wanted) == 0)
        end++;
    *ret_count = found ? (size_t)(end - found) : 0;
    return found;
}

/* ---- V20 --------------------------------------------------------------------------------- */

/* What was approved for a contract, as its events say. */
struct changes {
    const char *party; /* who took it over last; NULL: nobody */
    int64_t more_fen;  /* by supplements */
    bool schedule;     /* its tranches may be others */
    bool any;
};

const struct bundle_event *bundle_change_next(const struct bundle_tender *b, const char *contract, size_t *at)
{
    while (*at < b->count) {
        const struct bundle_event *e = &b->events[(*at)++];
        if (event_is(e, "contract_change_approve") && doc_is(e->doc, "/payload/contract", contract))
            return e;
    }
    return NULL;
}

static struct changes changes_of(const struct bundle_tender *b, const char *contract)
{
    static const char *const reschedule[] = {"change", "supplement", "terminate", "revoke"};
    struct changes all = {0};

    const struct bundle_event *e;
    size_t at = 0;

    while ((e = bundle_change_next(b, contract, &at))) {
        const struct doc *doc = e->doc;
        int64_t fen;
        all.any = true;
        if (doc_is(doc, "/payload/kind", "succeed"))
            all.party = doc_text(doc, "/payload/organisation");
        if (doc_is(doc, "/payload/kind", "supplement") && doc_yuan(doc, "/payload/amount", &fen))
            fen_add(&all.more_fen, fen);
        for (size_t k = 0; k < LENGTH(reschedule); k++)
            all.schedule = all.schedule || doc_is(doc, "/payload/kind", reschedule[k]);
    }
    return all;
}

static bool signed_then(const struct bundle_tender *b, const struct bundle_row *row)
{
    int64_t signed_us;
    const char *text = doc_text(row->doc, "/signed");
    const struct bundle_event *e;
    size_t at = 0;

    if (!text || !time_parse(text, &signed_us))
        return false;
    while ((e = bundle_about_next(b, row->id, &at)))
        if (event_is(e, "contract_sign") && e->at_us == signed_us)
            return true;
    return false;
}

/* A filed team is no legal person: its host signs for it, as the draft of this contract said. */
static bool hosted(const struct bundle_tender *b, const char *contract, const char *team, const char *host)
{
    for (size_t i = 0; host && i < b->count; i++)
        if (event_is(&b->events[i], "contract_draft") && doc_is(b->events[i].doc, "/subject", contract) &&
            doc_is(b->events[i].doc, "/payload/team", team) &&
            doc_is(b->events[i].doc, "/payload/host", host))
            return true;
    return false;
}

static const char changes_hidden[] =
    "changes of contracts are not shown at this level / 本级别不公开合同变更";

/* With whom it is: who won, or who took it over. */
static int party_check(struct checking *c, const struct bundle_row *row, const char *won,
                       const struct changes *changes, struct err *err)
{
    const char *with = doc_text(row->doc, "/organisation");

    if (!won || (with && (changes->party ? strcmp(with, changes->party) == 0
                                         : strcmp(with, won) == 0 || hosted(c->b, row->id, won, with))))
        return 0; /* who undertakes a resident's project is named later */
    if (!c->b->withheld)
        return contradiction(err, "contract % is with another than who won", "合同 % 的对方并非中标人",
                             row->id);
    c->not_checked = changes_hidden;
    return 0;
}

/* What was reserved for the tender is bound by its contracts. */
static bool reserved(const struct bundle_tender *b)
{
    for (size_t i = 0; i < b->journal_count; i++)
        if (doc_is(b->journals[i].doc, "/kind", "reserve"))
            return true;
    return false;
}

/* The last act that drew it up for another year; NULL: there is none, or it is not shown. */
static const struct bundle_event *drawn_up(const struct bundle_tender *b, const char *contract)
{
    const struct bundle_event *e, *drawn = NULL;

    for (size_t at = 0; (e = bundle_about_next(b, contract, &at));)
        drawn = event_is(e, "contract_renew") ? e : drawn;
    return drawn;
}

/* What a contract begins with: what was awarded; of another year what was agreed for it; an agreement spends
 * nothing. */
static bool agreed(const struct bundle_event *drawn, const struct doc *plan, int64_t awarded, int64_t *ret)
{
    *ret = !drawn && plan && doc_is(plan, "/contract", "framework") ? 0 : awarded;
    return !drawn || !doc_text(drawn->doc, "/payload/request/amount") ||
           doc_yuan(drawn->doc, "/payload/request/amount", ret);
}

/* What it comes to: what was agreed, which is bound where anything is, and what was added. */
static int amount_check(struct checking *c, const struct bundle_row *row, int64_t awarded,
                        const struct changes *changes, struct err *err)
{
    size_t commits, years;
    int64_t fen, base, bound = moved_for(c->b, "commit", row->id, &commits);
    const struct bundle_event *drawn = drawn_up(c->b, row->id);
    const struct doc *plan = bundle_plan(c);

    fen_add(&bound, moved_for(c->b, "renew", row->id, &years));
    const bool read = agreed(drawn, plan, awarded, &base),
               agreement = !plan && commits + years == 0; /* for all that is shown */
    if ((years > 0 || agreement) && !drawn && c->b->withheld) {
        c->not_checked = changes_hidden;
        return 0;
    }
    if (!read || ((commits + years > 0 || (base > 0 && reserved(c->b))) && bound != base))
        return contradiction(err, "contract % bound another sum than was awarded",
                             "合同 % 所占资金与中标金额不同", row->id);
    fen_add(&base, changes->more_fen);
    if (doc_fen(row->doc, "/fen", &fen) && fen == base)
        return 0;
    if (!c->b->withheld)
        return contradiction(err, "contract % has another amount than was awarded",
                             "合同 % 金额与中标金额不同", row->id);
    c->not_checked = changes_hidden;
    return 0;
}

static int contract_check(struct checking *c, const struct bundle_row *row, struct err *err)
{
    const struct bundle_tender *b = c->b;
    const struct bundle_row *award = bundle_row(b, "award", doc_text(row->doc, "/award"));
    const struct bundle_row *bid = award ? bundle_row(b, "bid", doc_text(award->doc, "/bid")) : NULL;
    const struct changes changes = changes_of(b, row->id);
    int64_t awarded;

    if (!award || !doc_fen(award->doc, "/fen", &awarded))
        return contradiction(err, "contract % rests on no award", "合同 % 没有对应的结果", row->id);
    if (!doc_is(award->doc, "/standing", "winner"))
        return contradiction(err, "contract % is of a candidate that did not win",
                             "合同 % 的对方是未中标的候选人", row->id);
    int status = party_check(c, row, bid ? doc_text(bid->doc, "/organisation") : NULL, &changes, err);
    c->checked++;
    if (!status)
        status = amount_check(c, row, awarded, &changes, err);
    if (!status && !b->withheld && !signed_then(b, row))
        return contradiction(err, "contract % was not signed when it says", "合同 % 的签订时间与日志不符",
                             row->id);
    return status;
}

int bundle_contracts(struct checking *c, struct err *err)
{
    int status = 0;

    for (size_t i = 0; i < c->b->row_count && !status; i++)
        if (strcmp(c->b->rows[i].kind, "contract") == 0)
            status = contract_check(c, &c->b->rows[i], err);
    if (!status && c->checked == 0)
        c->not_checked = "there is no contract yet / 尚无合同";
    return status;
}

/* ---- V21: what was posted is what the rows and the acts say ------------------------------ */

/* What happens once a source happened once. */
static int once(const struct bundle_tender *b, struct err *err)
{
    static const char *const kinds[] = {"reserve", "commit", "payable", "settle", "withdraw"};

    for (size_t i = 0; i < b->journal_count; i++)
        for (size_t k = 0; k < LENGTH(kinds); k++) {
            size_t count;
            const char *source = doc_text(b->journals[i].doc, "/source");
            if (!doc_is(b->journals[i].doc, "/kind", kinds[k]) || !source)
                continue;
            (void)moved_for(b, kinds[k], source, &count);
            if (count > 1)
                return contradiction(err, "% was posted twice", "% 重复记账", source);
        }
    return 0;
}

static int tranches(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    const struct owning payments = owned_all(c, "payment", "/tranche");

    for (size_t i = 0; i < b->row_count; i++) {
        const struct bundle_row *row = &b->rows[i];
        int64_t released, paid, settled = 0, fen;
        size_t many = 0;
        if (strcmp(row->kind, "tranche") != 0)
            continue;
        if (!doc_fen(row->doc, "/released", &released) || !doc_fen(row->doc, "/paid", &paid) ||
            !doc_fen(row->doc, "/fen", &fen) || released > fen)
            return contradiction(err, "more than tranche % was let out", "期次 % 超额核定", row->id);
        const struct owned *mine = owned_by(&payments, row->id, &many);
        for (size_t k = 0; k < many; k++) {
            fen_add(&settled, moved_for(b, "settle", mine[k].row->id, NULL));
            fen_add(&settled, -moved_for(b, "bounce", mine[k].row->id, NULL));
        }
        if (moved_for(b, "payable", row->id, NULL) - moved_for(b, "withdraw", row->id, NULL) != released)
            return contradiction(err, "tranche % was let out by another sum than was posted",
                                 "期次 % 的核定金额与账目不符", row->id);
        if (settled != paid || paid > released)
            return contradiction(err, "tranche % was paid by another sum than was posted",
                                 "期次 % 的支付金额与账目不符", row->id);
    }
    return 0;
}

static int sums(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    const struct owning tranches_of = owned_all(c, "tranche", "/contract");

    for (size_t i = 0; i < b->row_count; i++) {
        int64_t contract, sum = 0, fen;
        size_t many = 0;
        if (strcmp(b->rows[i].kind, "contract") != 0 || !doc_fen(b->rows[i].doc, "/fen", &contract))
            continue;
        const struct owned *mine = owned_by(&tranches_of, b->rows[i].id, &many);
        for (size_t k = 0; k < many; k++)
            if (doc_fen(mine[k].row->doc, "/fen", &fen))
                fen_add(&sum, fen);
        if (sum > contract)
            return contradiction(err, "the tranches of contract % come to more than it",
                                 "合同 % 的期次合计超过合同金额", b->rows[i].id);
    }
    return 0;
}

/* The tranches of a contract nobody changed are those that were answered for it. */
static int scheduled(struct checking *c, const struct owning *tranches_of, const struct bundle_row *contract,
                     struct err *err)
{
    const struct bundle_tender *b = c->b;
    struct bundle_decision d;
    struct doc *answer;
    const char *id;
    size_t at = 0, asked = 0, mine = 0;
    const struct owned *own = owned_by(tranches_of, contract->id, &mine);

    while (bundle_decision_next(c->b, c->arena, "schedule", &at, &id, &d)) {
        if (doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL))
            continue;
        size_t same = 0, items = doc_count(answer, "/items");
        asked++;
        for (size_t i = 0; i < mine && items == mine; i++) {
            const struct bundle_row *row = own[i].row;
            int64_t no, fen, told;
            if (!doc_fen(row->doc, "/no", &no) || !doc_fen(row->doc, "/fen", &fen))
                continue;
            const char *item = arena_printf(c->arena, "/items/%lld", (long long)no - 1);
            same += no > 0 &&
                    doc_is(answer, arena_printf(c->arena, "%s/code", item), doc_text(row->doc, "/code")) &&
                    doc_yuan(answer, arena_printf(c->arena, "%s/amount", item), &told) && told == fen;
        }
        if (same == items && items == mine)
            return 0;
    }
    return asked == 0 || b->withheld || changes_of(b, contract->id).schedule
               ? 0
               : contradiction(err, "the tranches of contract % are not those the mechanism answered",
                               "合同 % 的期次与机制的答案不同", contract->id);
}

/* What was bound or let out was bound or let out for something. */
static int sources(const struct bundle_tender *b, struct err *err)
{
    static const char *const kinds[][2] = {
        {"settle", "payment"}, {"payable", "tranche"}, {"withdraw", "tranche"}, {"commit", "contract"}};

    for (size_t i = 0; i < b->journal_count; i++)
        for (size_t k = 0; k < LENGTH(kinds); k++)
            if (doc_is(b->journals[i].doc, "/kind", kinds[k][0]) &&
                !bundle_row(b, kinds[k][1], doc_text(b->journals[i].doc, "/source")))
                return contradiction(err, "journal % was posted for what is not there",
                                     "凭证 % 没有对应的合同、期次或付款", b->journals[i].id);
    return 0;
}

static bool settled_then(const struct bundle_tender *b, const struct bundle_row *payment)
{
    const struct bundle_event *e = bundle_about(b, "payment_settle", payment->id);

    return !e || doc_is(e->doc, "/at", doc_text(payment->doc, "/settled"));
}

static int payments(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    const struct owning tranches_of = owned_all(c, "tranche", "/contract");

    for (size_t i = 0; i < b->row_count; i++) {
        const struct bundle_row *row = &b->rows[i];
        int64_t fen;
        if (strcmp(row->kind, "payment") != 0)
            continue;
        if (!doc_fen(row->doc, "/fen", &fen) || moved_for(b, "settle", row->id, NULL) != fen)
            return contradiction(err, "payment % was settled by another sum than was posted",
                                 "付款 % 的金额与账目不符", row->id);
        if (!settled_then(b, row))
            return contradiction(err, "payment % was not settled when it says", "付款 % 的到账时间与日志不符",
                                 row->id);
    }
    for (size_t i = 0; i < b->row_count; i++) {
        int status =
            strcmp(b->rows[i].kind, "contract") == 0 ? scheduled(c, &tranches_of, &b->rows[i], err) : 0;
        if (status)
            return status;
    }
    return sources(b, err);
}

static bool asked_about(struct checking *c, const struct doc *facts, const struct bundle_row *bid)
{
    const char *asked = bundle_asked_bid(c->b, c->arena, facts, doc_text(facts, "/asked/award"));

    return asked && strcmp(asked, bid->id) == 0;
}

/* The mechanism let out so much of the tranche, or more: what a contract takes off is off that. */
static bool answered(struct checking *c, const struct bundle_row *tranche, const struct bundle_row *bid,
                     int64_t released, int64_t until_us)
{
    const char *code = doc_text(tranche->doc, "/code"), *id;
    struct bundle_decision d;
    struct doc *facts, *answer;
    int64_t fen;

    for (size_t at = 0; bundle_decision_next(c->b, c->arena, "release", &at, &id, &d);)
        if (c->b->events[at - 1].at_us <= until_us &&
            !doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL) &&
            doc_yuan(answer, "/amount", &fen) && fen >= released &&
            !doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL) &&
            doc_is(facts, "/tender/lot", doc_text(bid->doc, "/lot")) && asked_about(c, facts, bid) &&
            doc_is(facts, "/asked/tranche", code))
            return true;
    return false;
}

/* Where nothing of the contract was changed, no more was let out than was answered. */
static int let_out(struct checking *c, const struct bundle_event *e, const char *tranche, int64_t released,
                   struct err *err)
{
    const struct bundle_row *row = bundle_row(c->b, "tranche", tranche),
                            *contract =
                                row ? bundle_row(c->b, "contract", doc_text(row->doc, "/contract")) : NULL,
                            *award = contract ? bundle_row(c->b, "award", doc_text(contract->doc, "/award"))
                                              : NULL,
                            *bid = award ? bundle_row(c->b, "bid", doc_text(award->doc, "/bid")) : NULL;

    if (c->b->withheld || !bid || released == 0 || changes_of(c->b, contract->id).any ||
        answered(c, row, bid, released, e->at_us))
        return 0;
    return contradiction(err, "more of tranche % was let out than the mechanism answered",
                         "期次 % 核定的金额超过机制的答复", tranche);
}

/* Two people pay: one who orders it and another who approves. */
static bool ordered_too(const struct bundle_tender *b, const struct bundle_event *approved)
{
    const char *payment = doc_text(approved->doc, "/subject");
    const struct bundle_event *e;

    for (size_t at = 0; (e = bundle_about_next(b, payment, &at));)
        if (event_is(e, "payment_order") && doc_is(e->doc, "/actor", doc_text(approved->doc, "/actor")))
            return true;
    return false;
}

/* What the acts told is what was posted. */
static int acts(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;

    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        const char *subject = doc_text(e->doc, "/subject");
        int64_t fen;
        if (event_is(e, "tranche_release") && subject && doc_yuan(e->doc, "/payload/released", &fen) &&
            moved_for(b, "payable", subject, NULL) != fen)
            return contradiction(err, "tranche % was let out by another sum than the act said",
                                 "期次 % 的核定金额与操作记录不符", subject);
        if (event_is(e, "tranche_release") && subject && doc_yuan(e->doc, "/payload/released", &fen) &&
            let_out(c, e, subject, fen, err))
            return E_REFUSED;
        if (event_is(e, "payment_approve") && ordered_too(b, e))
            return act_wrong(c, e, "a payment was approved by who had ordered it", "付款由经办人本人审批",
                             err);
        if (event_is(e, "payment_settle") && subject && moved_for(b, "settle", subject, NULL) == 0)
            return contradiction(err, "payment % was settled and not posted", "付款 % 已确认到账而未记账",
                                 subject);
    }
    return 0;
}

int bundle_ledger(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    int status = bundle_journals(c, err);

    c->checked = b->journal_count;
    if (status || (status = once(b, err)) || (status = tranches(c, err)) || (status = sums(c, err)) ||
        (status = payments(c, err)))
        return status;
    return acts(c, err);
}
