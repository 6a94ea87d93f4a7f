/*
 * Publishing a tender: the moment its plan, options, rules and plug-in versions
 * are frozen and its money is reserved; and what may change afterwards: the
 * corrected notice, the later deadline, the cancellation.
 */
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/host/facts.h"
#include "core/json/canon.h"
#include "core/money/ledger.h"
#include "core/service/acceptance.h"
#include "core/service/call.h"
#include "core/service/dates.h"
#include "core/service/draft.h"
#include "core/service/forms.h"
#include "core/service/openers.h"
#include "core/service/panel.h"
#include "core/service/sheet.h"
#include "core/service/source.h"
#include "core/service/words.h"

/* ---- deadlines and windows --------------------------------------------------------- */

static int out_of_window(const linli_window *w, int64_t edge_us, bool early, struct err *err)
{
    char text[TIME_TEXT];

    time_print_shanghai(edge_us, text);
    err_set(err, E_REFUSED, "rule/refused", "%s: the deadline may be %s at the %s", w->name.en, text,
            early ? "earliest" : "latest");
    err_zh(err, "%s：截止时间最%s为 %s", w->name.zh, early ? "早" : "迟", text);
    if (w->source)
        err_article(err, w->source);
    if (early)
        err_at(err, "/deadline", "range", "earlier than the rules allow", "早于规定的最短期限");
    else
        err_at(err, "/deadline", "range", "later than the rules allow", "晚于规定的最长期限");
    return E_REFUSED;
}

/* Every window of the plan from that event to the deadline holds. */
static int windows_hold(struct act *a, const struct tender *t, int from, int64_t deadline_us, struct err *err)
{
    bool provisional;
    int64_t end;

    for (size_t i = 0; i < t->plan->window_count; i++) {
        const linli_window *w = &t->plan->windows[i];
        int status = 0;
        if (w->from != from || w->until != LINLI_BIDS_DUE)
            continue;
        if (w->least.count) {
            status = calendar_span(a->law->calendar, a->now_us, w->least, w->roll, &end, &provisional, err);
            if (status == 0 && deadline_us < end)
                status = out_of_window(w, end, true, err);
        }
        if (status == 0 && w->most.count) {
            status = calendar_span(a->law->calendar, a->now_us, w->most, w->roll, &end, &provisional, err);
            if (status == 0 && deadline_us > end)
                status = out_of_window(w, end, false, err);
        }
        if (status)
            return status;
    }
    return 0;
}

static int in_future(const struct act *a, int64_t deadline_us, struct err *err)
{
    if (deadline_us > a->now_us)
        return 0;
    err_set(err, E_INVALID, "body/invalid", "the deadline has passed already");
    err_at(err, "/deadline", "range", "must lie in the future", "应晚于当前时间");
    return E_INVALID;
}

/* A day that no official calendar covers yet. */
static bool past_calendar(const struct act *a, int64_t us)
{
    return day_of(us) > a->law->calendar->official_until;
}

/* ---- rules ------------------------------------------------------------------------- */

/* Adds the codes that are missing, or in use though unverified. */
static void needs_of(const struct plugin *plugin, const struct rule_set *set, struct buf *missing,
                     struct buf *unverified)
{
    const char *const *needs = plugin_needs(plugin);

    for (size_t i = 0; needs && needs[i]; i++) {
        const linli_rule *rule = rule_find(set->rules, set->count, needs[i]);
        struct buf *out = !rule ? missing : rule->unverified ? unverified : NULL;
        if (!out)
            continue;
        buf_text(out, out->size ? ", " : "");
        buf_text(out, needs[i]);
    }
}

/* Nobody confirmed anything: a change that is not verified is not in force for this tender. */
static int changes_wait(struct act *a, struct tender *t, struct err *err)
{
    const struct rule_set *set = NULL;
    int status = rules_unconfirmed_here(a, t->regime, &set, err);

    if (!status && set)
        t->rules = *set;
    return status;
}

static int rules_fit(struct act *a, struct tender *t, bool confirmed, struct err *err)
{
    CLEANUP(buf_free) struct buf missing = {0}, unverified = {0};
    const struct rule_set *set = NULL;
    int status = rules_here(a, t->regime, &set, err);

    if (status)
        return status;
    if (!set) {
        err_set(err, E_REFUSED, "rule/absent", "no rule set for %s is in force", regime_code(t->regime));
        err_zh(err, "没有适用的规则");
        return E_REFUSED;
    }
    t->rules = *set;
    needs_of(t->mechanism, set, &missing, &unverified);
    needs_of(t->scheme, set, &missing, &unverified);
    if (missing.size) {
        err_set(err, E_REFUSED, "rule/absent", "rule set %s lacks %s", set->code, missing.data);
        err_zh(err, "规则集 %s 缺少：%s", set->code, missing.data);
        return E_REFUSED;
    }
    if (!unverified.size)
        return confirmed ? 0 : changes_wait(a, t, err);
    if (!confirmed) {
        err_set(err, E_REFUSED, "rule/unverified", "confirm the unverified rules: %s", unverified.data);
        err_zh(err, "请确认未经核实的规则数字：%s", unverified.data);
        err_at(err, "/confirm_unverified", "required", "an approver must confirm them", "须由审批人确认");
        return E_REFUSED;
    }
    json_key(&a->payload, "confirmed_rules");
    json_string(&a->payload, unverified.data);
    return 0;
}

/* ---- publish ------------------------------------------------------------------------ */

struct publish_body {
    linli_time deadline;
    bool confirm_unverified;
};
static const linli_option publish_rows[] = {
    ROW_TIME(publish_body, deadline, true, "截止时间", "deadline for bids"),
    ROW_BOOL(publish_body, confirm_unverified, "确认未核实的规则", "confirm rules that are not verified"),
};
const struct form form_tender_publish = FORM(publish_rows, struct publish_body);
const struct form form_publish_preview = FORM(publish_rows, struct publish_body);

static int another_person(struct act *a, const struct tender *t, struct err *err)
{
    if (strcmp(t->created_by, a->actor->person) != 0)
        return 0;
    err_set(err, E_REFUSED, "approval/same-person", "the tender was drawn up by the same person");
    err_zh(err, "经办人不能发布自己编制的项目");
    return E_REFUSED;
}

/* A vote needs somebody who may vote.  The roll is locked: nobody is added to it any more once this is
 * published. */
static int voters_known(struct act *a, const struct tender *t, struct err *err)
{
    struct rows *rows = NULL;
    bool voted = false;
    int status = 0;

    for (size_t i = 0; i < t->plan->phase_count; i++)
        voted |= t->plan->phases[i].kind == LINLI_VOTING;
    if (voted && t->roll_id)
        status = tx_run(a->tx, Q_roll_hold, &rows, err, P_INT(a->office), P_TEXT(t->roll_id));
    if (status || !voted || (rows && rows_count(rows) && row_bool(rows, 0, "filled")))
        return status;
    err_both(err, E_REFUSED, "state/refused", "there is a vote, and nobody on its roll",
             "该项目要投票，但没有选民名册或者名册为空");
    err_at(err, "/roll", "required", "a roll with somebody on it", "须有已录入的选民名册");
    return E_REFUSED;
}

/* The plan as it will be read back ever after. */
static int freeze_plan(struct act *a, struct tender *t, char **ret_json, struct err *err)
{
    struct lot_facts facts;
    const linli_plan *plan;
    int status = lot_facts_load(a, t, NULL, &facts, err);

    if (status == 0)
        status = ask_plan(t->mechanism, a->arena, t->options, facts.facts, &plan, ret_json, err);
    if (status == 0)
        status = decision_store(
            a, t, NULL, &(struct decided){"plan", t->mechanism, facts.facts, .answer_json = *ret_json}, NULL,
            err);
    if (status == 0)
        status = plan_read(a->arena, *ret_json, strlen(*ret_json), &t->plan, err);
    if (status == 0 && t->plan->entry == LINLI_INVITED && facts.facts->invited_count == 0 && !t->under) {
        err_set(err, E_REFUSED, "state/refused", "nobody is invited yet");
        err_zh(err, "尚未确定受邀供应商");
        return E_REFUSED;
    }
    return status ? status : voters_known(a, t, err);
}

static int number_give(struct act *a, struct tender *t, struct err *err)
{
    struct rows *r;
    int year, month, day;
    int32_t n;
    int status = tx_run(a->tx, Q_office_code, &r, err, P_INT(a->office));

    if (status)
        return status;
    date_split(day_of(a->now_us), &year, &month, &day);
    if ((status = series_next(a, "tender", year, &n, err)))
        return status;
    t->number = arena_printf(a->arena, "%s-%04d-%04d", row_text(r, 0, "code"), year, n);
    return 0;
}

static void body_lots(const struct tender *t, struct buf *out)
{
    json_key(out, "lots");
    json_open(out, '[');
    for (size_t i = 0; i < t->lot_count; i++) {
        json_open(out, '{');
        json_key(out, "budget");
        json_fen(out, t->lots[i].budget_fen);
        json_key(out, "no");
        json_int(out, t->lots[i].no);
        json_key(out, "title");
        json_string(out, t->lots[i].title);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void member(struct buf *out, const char *key, const char *text)
{
    json_key(out, key);
    json_string(out, text);
}

/* The very build that binds the tender from now on. */
/* A plug-in as the log is told of it, with the digest of what it is asked with: nobody weighs otherwise once
 * bids are known. */
static int asked_member(struct act *a, const char *key, const struct plugin *plugin, const char *options,
                        struct err *err)
{
    struct buf *out = &a->payload;
    uint8_t digest[SHA256_BYTES];
    char hex[SHA256_TEXT], *canonical;
    int status = json_canonical(a->arena, options, strlen(options), &canonical, err);

    if (status)
        return status;
    sha256_of(canonical, strlen(canonical), digest);
    hex_print(digest, SHA256_BYTES, hex);
    json_key(out, key);
    json_open(out, '{');
    member(out, "id", plugin_about(plugin)->id);
    member(out, "version", plugin_about(plugin)->version);
    member(out, "sha256", plugin_sha256(plugin));
    member(out, "options", hex);
    json_close(out, '}');
    return 0;
}

static int asked_members(struct act *a, const struct tender *t, struct err *err)
{
    int status = asked_member(a, "mechanism", t->mechanism, t->options_json, err);

    if (!status)
        status = asked_member(a, "scheme", t->scheme, t->scheme_options_json, err);
    if (!status && t->acceptance.scheme)
        status = asked_member(a, "acceptance", t->acceptance.scheme, t->acceptance.options_json, err);
    return status;
}

/* Does its call run as publicity of the one supplier it is meant for (财政部令第74号 §38)? */
static bool is_publicity(const struct tender *t)
{
    const char *const *needs = plugin_needs(t->mechanism);

    while (needs && *needs && strcmp(*needs, "single_source_publicity") != 0)
        needs++;
    for (size_t i = 0; needs && *needs && i < t->plan->window_count; i++)
        if (t->plan->windows[i].until == LINLI_BIDS_DUE)
            return true;
    return false;
}

/* Who it is meant for, which such a notice names with the address. */
static int suppliers_tell(struct act *a, const struct tender *t, struct buf *body, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_invited_tell, &rows, err, P_INT(t->office), P_TEXT(t->id));

    if (status)
        return status;
    json_key(body, "suppliers");
    json_raw(body, row_text(rows, 0, "suppliers"), strlen(row_text(rows, 0, "suppliers")));
    return 0;
}

static int tender_notice(struct act *a, const struct tender *t, const char *plan_json, struct err *err)
{
    CLEANUP(buf_free) struct buf body = {0};
    const bool publicity = is_publicity(t);
    int status;

    json_open(&body, '{');
    if (t->acceptance.scheme) {
        const char *acceptance = acceptance_write(a, &t->acceptance, true);

        json_key(&body, "acceptance");
        json_raw(&body, acceptance, strlen(acceptance));
    }
    json_key(&body, "budget");
    json_fen(&body, t->budget_fen);
    if (t->ceiling_fen) {
        json_key(&body, "ceiling");
        json_fen(&body, t->ceiling_fen);
    }
    json_key(&body, "deadline");
    json_time(&body, t->deadline_us);
    body_lots(t, &body);
    member(&body, "mechanism", plugin_about(t->mechanism)->id);
    member(&body, "number", t->number);
    json_key(&body, "options");
    json_raw(&body, t->options_json, strlen(t->options_json));
    json_key(&body, "plan");
    json_raw(&body, plan_json, strlen(plan_json));
    member(&body, "rule_set", t->rules.code);
    member(&body, "scheme", plugin_about(t->scheme)->id);
    json_key(&body, "scheme_options");
    json_raw(&body, t->scheme_options_json, strlen(t->scheme_options_json));
    if ((status = source_tell(a, t, &body, err)))
        return status;
    member(&body, "summary", t->summary);
    if (publicity && (status = suppliers_tell(a, t, &body, err)))
        return status;
    json_close(&body, '}');
    return publicity ? notice_publish(a, t->id, "single_source", notice_title(a, t, "single_source"),
                                      body.data, t->deadline_us, err)
                     : notice_publish(a, t->id, "tender", t->title, body.data, 0, err);
}

static int freeze(struct act *a, const struct tender *t, const char *plan_json, struct err *err)
{
    return tx_run(a->tx, Q_tender_publish, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(t->number),
                  P_TEXT(plugin_about(t->mechanism)->version), P_TEXT(plugin_sha256(t->mechanism)),
                  P_TEXT(plugin_about(t->scheme)->version), P_TEXT(plugin_sha256(t->scheme)),
                  P_TEXT(t->options_json), P_TEXT(t->scheme_options_json), P_TEXT(t->rules.code),
                  P_TEXT(t->rules.json), P_TEXT(plan_json), P_TEXT(sealing_code(t->plan->sealing)),
                  P_TIME(a->now_us), P_TIME(t->deadline_us), P_BOOL(past_calendar(a, t->deadline_us)),
                  P_INT(t->electorate), P_TEXT(acceptance_write(a, &t->acceptance, true)));
}

static int start(struct act *a, struct tender *t, struct err *err)
{
    const linli_criteria *criteria = NULL;
    int status = milestone_add(a, t, NULL, "published", NULL, err);

    if (status == 0)
        status = milestone_add(a, t, NULL, "documents_issued", NULL, err);
    for (size_t i = 0; status == 0 && i < t->lot_count; i++)
        if ((status = criteria_store(a, t, &t->lots[i], &criteria, err)) == 0 &&
            (status = scoring_check(t, criteria, err)) == 0 &&
            (status = draw_promise(a, &t->lots[i], err)) == 0 &&
            (status = panel_promise(a, &t->lots[i], err)) == 0 &&
            (!t->under || (status = call_carry(a, t, &t->lots[i], err)) == 0))
            status = lot_enter(a, t, &t->lots[i], t->plan->phases[0].code, err);
    return status || t->under || t->supplements ? status
                                                : tx_run(a->tx, Q_entry_state, NULL, err, P_INT(t->office),
                                                         P_TEXT(t->entry_id), P_TEXT("in_tender"));
}

/* The list may have been adjusted since the draft was made from its entry. */
static int entry_holds(const struct tender *t, const struct rows *entry, struct err *err)
{
    const char *method = row_text(entry, 0, "method"), *member = NULL;

    if (t->under || t->supplements)
        return 0;
    if (regime_of(row_text(entry, 0, "regime")) != t->regime)
        member = "/regime";
    else if (!t->follows && strcmp(plugin_about(t->mechanism)->id, method) != 0)
        member = "/method";
    else if (t->budget_fen > row_int(entry, 0, "budget_fen"))
        member = "/budget";
    if (!member)
        return 0;
    err_both(err, E_REFUSED, "state/refused", "the entry of the list has changed since this was drawn up",
             "清单项已经调整，与本草案不一致");
    err_at(err, member, "choice", "not as the published entry says", "与已公布的清单项不一致");
    return E_REFUSED;
}

/* The draft as it would read with this deadline: checked, planned by the rules of today, numbered, frozen. */
static int draft_freeze(struct act *a, struct tender *t, struct rows **ret_entry, char **ret_plan,
                        struct err *err)
{
    const struct publish_body *b = a->body;
    int status = entry_of_draft(a, t, ret_entry, err);

    if (status || (status = entry_holds(t, *ret_entry, err)) ||
        (t->under && (status = call_ready(a, t, err))) ||
        (t->supplements && (status = supplement_ready(a, t, err))) ||
        (status = in_future(a, b->deadline.us, err)) ||
        (status = rules_fit(a, t, b->confirm_unverified, err)))
        return status;
    t->published_us = a->now_us;
    t->deadline_us = b->deadline.us;
    if ((status = draft_check(a, t, err)) || (status = freeze_plan(a, t, ret_plan, err)) ||
        (status = windows_hold(a, t, LINLI_PUBLISHED, t->deadline_us, err)) ||
        (status = number_give(a, t, err)))
        return status;
    return freeze(a, t, *ret_plan, err);
}

int act_tender_publish(struct act *a, struct err *err)
{
    struct tender *t;
    struct rows *entry;
    char *plan;
    int status = draft_load(a, &t, err);

    if (status || (status = another_person(a, t, err)) || (status = draft_freeze(a, t, &entry, &plan, err)))
        return status;
    t->state = "published";
    member(&a->payload, "number", t->number);
    member(&a->payload, "rule_set", t->rules.code);
    if ((status = asked_members(a, t, err)) || (status = openers_settle(a, t, err)) ||
        (!makes_agreements(t) && (status = source_reserve(a, t, row_text(entry, 0, "fund_id"), err))) ||
        (status = tender_notice(a, t, plan, err)))
        return status;
    return start(a, t, err);
}

/* Nobody else has any business with a notice that may yet change. */
static int may_preview(const struct act *a, const struct tender *t, struct err *err)
{
    if (a->roles & ROLE(OFFICE_APPROVER) || strcmp(t->created_by, a->actor->person) == 0)
        return 0;
    return err_both(err, E_FORBIDDEN, "auth/forbidden",
                    "for who drew the tender up, and for who publishes it", "仅供编制人和发布人预览");
}

int act_publish_preview(struct act *a, struct err *err)
{
    struct tender *t;
    struct rows *entry;
    char *plan;
    int status = draft_load(a, &t, err);

    if (status || (status = may_preview(a, t, err)) || (status = draft_freeze(a, t, &entry, &plan, err)))
        return status;
    return tender_notice(a, t, plan, err);
}

/* ---- amend, extend -------------------------------------------------------------------- */

struct amend_body {
    const char *body;
    bool affects_bids;
    linli_time deadline;
};
/* clang-format off */
static const linli_option amend_rows[] = {
    ROW_TEXT(amend_body, body, true, 20000, "更正内容", "what is corrected"),
    { .name = "affects_bids", .type = LINLI_OPT_BOOL, .offset = offsetof(struct amend_body, affects_bids), .initial = "true",
      .label = {"影响投标文件编制", "affects the bids"}, .help = {"影响的，距截止时间不得少于规定期限", "then the window before the deadline must hold"} },
    ROW_TIME(amend_body, deadline, false, "新的截止时间", "new deadline"),
};
static const linli_option extend_rows[] = {
    ROW_TEXT(amend_body, body, true, 20000, "理由", "why the deadline moves"),
    ROW_TIME(amend_body, deadline, true, "新的截止时间", "new deadline"),
};
/* clang-format on */
const struct form form_tender_amend = FORM(amend_rows, struct amend_body);
const struct form form_tender_extend = FORM(extend_rows, struct amend_body);
const struct form form_amend_preview = FORM(amend_rows, struct amend_body);
const struct form form_extend_preview = FORM(extend_rows, struct amend_body);

/* A deadline never moves forward. */
static int move_deadline(struct act *a, struct tender *t, int64_t deadline_us, struct err *err)
{
    if (deadline_us == 0)
        return 0;
    if (deadline_us <= t->deadline_us) {
        err_set(err, E_INVALID, "body/invalid", "the deadline can only move to a later time");
        err_at(err, "/deadline", "range", "must be later than it is", "只能延后");
        return E_INVALID;
    }
    return deadline_move(a, t, deadline_us, past_calendar(a, deadline_us), err);
}

/* Says what moves with the deadline, where it was another before. */
static int correction(struct act *a, const struct tender *t, int64_t before_us, const char *text,
                      struct err *err)
{
    CLEANUP(buf_free) struct buf body = {0};
    int status = 0;

    json_open(&body, '{');
    member(&body, "body", text);
    json_key(&body, "deadline");
    json_time(&body, t->deadline_us);
    if (before_us != t->deadline_us) {
        json_key(&body, "moves");
        status = dates_list(a, t, before_us, &body, err);
    }
    member(&body, "number", t->number);
    json_close(&body, '}');
    return status ? status : notice_publish(a, t->id, "correction", t->title, body.data, 0, err);
}

int deadline_recount(struct act *a, struct tender *t, struct err *err)
{
    int64_t at_us = t->deadline_us;

    for (size_t i = 0; i < t->plan->window_count; i++) {
        const linli_window *w = &t->plan->windows[i];
        bool provisional;
        int64_t end;
        if (w->from != LINLI_PUBLISHED || w->until != LINLI_BIDS_DUE || !w->least.count)
            continue;
        int status =
            calendar_span(a->law->calendar, t->published_us, w->least, w->roll, &end, &provisional, err);
        if (status)
            return status;
        at_us = end > at_us ? end : at_us;
    }
    const int64_t before_us = t->deadline_us;
    int status = deadline_move(a, t, at_us, past_calendar(a, at_us), err);
    if (status || at_us == before_us)
        return status;
    return correction(a, t, before_us,
                      "工作日历公布，截止时间按规定的最短期限顺延 / put off by the calendar published since",
                      err);
}

/* In talks the needs of a lot change by lot_change; the deadline of bids that are open does not move. */
static int may_amend(struct act *a, struct tender **ret, struct err *err)
{
    int status = tender_load(a, a->subject, ret, err);
    const struct tender *t = *ret;

    if (!status)
        status = lot_may(a, t, NULL, LINLI_AMEND, NULL, err);
    for (size_t i = 0; !status && i < t->lot_count; i++) {
        const struct lot *l = &t->lots[i];
        if (l->phase_kind && (strcmp(l->phase_kind, "tendering") == 0 || lot_rolls(t, l)))
            return 0;
    }
    return status ? status
                  : err_both(err, E_REFUSED, "state/refused", "no bids are taken any more",
                             "已不再接受投标，不得更正或者延期");
}

int act_tender_amend(struct act *a, struct err *err)
{
    const struct amend_body *b = a->body;
    struct tender *t;
    int status = may_amend(a, &t, err);
    const int64_t before_us = status ? 0 : t->deadline_us;

    if (status || (status = move_deadline(a, t, b->deadline.us, err)))
        return status;
    if (b->affects_bids && ((status = windows_hold(a, t, LINLI_AMENDED, t->deadline_us, err)) ||
                            (status = milestone_add(a, t, NULL, "amended", NULL, err))))
        return status;
    return correction(a, t, before_us, b->body, err);
}

int act_tender_extend(struct act *a, struct err *err)
{
    const struct amend_body *b = a->body;
    struct tender *t;
    int status = may_amend(a, &t, err);
    const int64_t before_us = status ? 0 : t->deadline_us;

    if (status || (status = move_deadline(a, t, b->deadline.us, err)) ||
        (status = milestone_add(a, t, NULL, "extended", NULL, err)))
        return status;
    return correction(a, t, before_us, b->body, err);
}

int act_amend_preview(struct act *a, struct err *err)
{
    const struct amend_body *b = a->body;
    struct tender *t;
    int status = may_amend(a, &t, err);
    const int64_t before_us = status ? 0 : t->deadline_us;

    if (status || (status = move_deadline(a, t, b->deadline.us, err)) ||
        (b->affects_bids && (status = windows_hold(a, t, LINLI_AMENDED, t->deadline_us, err))))
        return status;
    return dates_tell(a, t, before_us, err);
}

int act_extend_preview(struct act *a, struct err *err)
{
    const struct amend_body *b = a->body;
    struct tender *t;
    int status = may_amend(a, &t, err);
    const int64_t before_us = status ? 0 : t->deadline_us;

    if (status || (status = move_deadline(a, t, b->deadline.us, err)))
        return status;
    return dates_tell(a, t, before_us, err);
}

/* ---- cancel ----------------------------------------------------------------------------- */

static const char *const cancel_codes[] = {"other", "task_gone", "unlawful", NULL};
static const linli_text cancel_labels[] = {
    {"其他", "other"},
    {"重大变故，采购任务取消", "a major change: the task is cancelled"},
    {"出现影响采购公正的违法、违规行为", "unlawful acts that harm its fairness"},
    {NULL, NULL}};
struct cancel_body {
    int32_t ground;
    const char *reason;
};
static const linli_option cancel_rows[] = {
    ROW_CHOICE(cancel_body, ground, false, cancel_codes, cancel_labels, "other", "情形", "ground"),
    ROW_TEXT(cancel_body, reason, true, 2000, "理由", "reason"),
};
const struct form form_tender_cancel = FORM(cancel_rows, struct cancel_body);

/* Where the law names the grounds, one of them. */
static int cancel_ground(struct act *a, const struct tender *t, struct err *err)
{
    const struct cancel_body *b = a->body;
    const linli_rule *rule = tender_rule(a, t, "cancel_grounds");

    if (!rule || b->ground)
        return 0;
    err_set(err, E_INVALID, "body/invalid", "a tender is cancelled on a ground of the law only");
    err_zh(err, "只能因法定情形终止采购活动");
    err_at(err, "/ground", "choice", "a ground of the law", "应为法定情形");
    err_article(err, rule->source);
    return E_INVALID;
}

/* Every lot that is still open lets it happen, and no contract is signed. */
static int may_cancel(struct act *a, const struct tender *t, struct err *err)
{
    bool open = false;

    for (size_t i = 0; i < t->lot_count; i++) {
        const struct lot *l = &t->lots[i];
        struct rows *rows = NULL;
        int status;

        if (strcmp(l->state, "void") == 0 || strcmp(l->state, "cancelled") == 0)
            continue;
        open = true;
        if ((status = lot_may(a, t, l, LINLI_CANCEL, NULL, err)) ||
            (status = tx_run(a->tx, Q_lot_signed, &rows, err, P_INT(a->office), P_TEXT(l->id))))
            return status;
        if (row_int(rows, 0, "signed") > 0)
            return err_both(err, E_REFUSED, "state/refused", "a contract is signed: end that first",
                            "合同已签订，应先终止合同");
    }
    return open ? 0 : lot_may(a, t, NULL, LINLI_CANCEL, NULL, err);
}

static int termination(struct act *a, const struct tender *t, const char *reason, struct err *err)
{
    const struct cancel_body *b = a->body;
    CLEANUP(buf_free) struct buf body = {0};

    json_open(&body, '{');
    json_key(&body, "after_deadline");
    json_bool(&body, a->now_us >= t->deadline_us);
    member(&body, "ground", cancel_codes[b->ground]);
    member(&body, "number", t->number);
    member(&body, "reason", reason);
    json_close(&body, '}');
    return notice_publish(a, t->id, "termination", t->title, body.data, 0, err);
}

int act_tender_cancel(struct act *a, struct err *err)
{
    const struct cancel_body *b = a->body;
    struct tender *t;
    int status = tender_load(a, a->subject, &t, err);
    bool draft = status == 0 && strcmp(t->state, "draft") == 0;

    if (status || (!draft && ((status = may_cancel(a, t, err)) || (status = cancel_ground(a, t, err)))))
        return status;
    if (!draft)
        status = termination(a, t, b->reason, err);
    return status ? status : tender_end(a, t, b->reason, err);
}
