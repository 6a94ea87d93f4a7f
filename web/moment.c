/*
 * When an act can be done, as far as the API's answers about its thing and the plan tell: by its state, by
 * the phase, and around a deadline.  It is no check (the API has that one), only what keeps a page from
 * offering what would be refused; what is not listed is offered.
 */
#include <string.h>

#include "web/page.h"

/* In which states; after '!', in which not. */
static const struct {
    const char *op, *member, *states;
} rules[] = {
    {"list_approve", "state", "draft"},
    {"list_publish", "state", "approved"},
    {"list_adjust", "state", "published"},
    {"list_close", "state", "published"},
    {"entry_create", "state", "draft"},
    {"entries_add", "state", "draft"},
    {"entry_edit", "list_state", "draft"},
    {"entry_drop", "list_state", "draft"},
    {"tender_create", "list_state", "published"},
    {"tender_edit", "state", "draft"},
    {"tender_publish", "state", "draft"},
    {"prequalification_tell", "state", "draft"},
    {"prequalification_tell", "mechanism", "invited_bidding"},
    {"supervision_tell", "state", "!draft"},
    {"tender_invite", "state", "!void|cancelled|closed"},
    {"tender_cancel", "state", "!void|cancelled|closed"},
    {"tender_amend", "state", "!draft|void|cancelled|closed"},
    {"tender_extend", "state", "!draft|void|cancelled|closed"},
    {"tender_open", "state", "!draft|void|cancelled|closed"},
    {"openers_set", "state", "draft"},
    {"shares_promise", "state", "!draft|void|cancelled|closed"},
    {"shares_post", "state", "!draft|void|cancelled|closed"},
    {"opener_key", "state", "!draft|void|cancelled|closed"},
    {"question_ask", "state", "!draft|void|cancelled|closed"},
    {"proposal_create", "state", "!draft|void|cancelled|closed"},
    {"quote_add", "state", "!draft|void|cancelled|closed"},
    {"bid_submit", "state", "bidding"},
    {"proposal_support", "state", "open"},
    {"support_withdraw", "state", "open"},
    {"bid_withdraw", "state", "!withdrawn|replaced"},
    {"checks_add", "state", "!void|cancelled|closed"},
    {"lot_advance", "state", "!void|cancelled|closed"},
    {"panel_assign", "state", "!void|cancelled|closed"},
    {"panel_replace", "state", "!void|cancelled|closed"},
    {"panel_freeze", "state", "!void|cancelled|closed"},
    {"panel_draw", "state", "!void|cancelled|closed"},
    {"panel_next", "state", "!void|cancelled|closed"},
    {"panel_decline", "state", "!void|cancelled|closed"},
    {"panel_enter", "state", "!void|cancelled|closed"},
    {"panel_declare", "state", "!void|cancelled|closed"},
    {"panel_report", "state", "!void|cancelled|closed"},
    {"panel_sign", "state", "!void|cancelled|closed"},
    {"marks_put", "state", "!void|cancelled|closed"},
    {"marks_lock", "state", "!void|cancelled|closed"},
    {"marks_commit", "state", "!void|cancelled|closed"},
    {"marks_reveal", "state", "!void|cancelled|closed"},
    {"lot_evaluate", "state", "!void|cancelled|closed"},
    {"lot_draw", "state", "!void|cancelled|closed"},
    {"lot_decide", "state", "!void|cancelled|closed"},
    {"lot_confirm", "state", "!void|cancelled|closed"},
    {"lot_announce", "state", "!void|cancelled|closed"},
    {"ballots_enter", "state", "!void|cancelled|closed"},
    {"lot_change", "phase_kind", "negotiating"},
    {"lot_evaluate", "phase_kind", "evaluating"},
    {"lot_decide", "phase_kind", "deciding|contracting"},
    {"lot_confirm", "phase_kind", "deciding|contracting"},
    {"lot_announce", "phase_kind", "deciding|contracting"},
    {"lot_unwitnessed", "phase_kind", "deciding|contracting"},
    {"lot_review_ask", "phase_kind", "deciding|notice|contracting"},
    {"lot_restart", "phase_kind", "contracting"},
    {"ballots_enter", "phase_kind", "voting"},
    {"ballot_cast", "phase_kind", "voting"},
    {"delivery_report", "state", "planned|reported|accepted|refused"},
    {"tranche_accept", "state", "reported|accepted|refused"},
    {"tranche_release", "state", "planned|reported|accepted|refused"},
    {"payment_order", "state", "released"},
    {"payment_approve", "state", "ordered|approved"},
    {"payment_refuse", "state", "ordered|approved"},
    {"payment_settle", "state", "sent"},
    {"need_edit", "state", "draft|returned"},
    {"need_submit", "state", "draft|returned"},
    {"need_review", "state", "submitted"},
    {"need_return", "state", "submitted|reviewed"},
    {"need_merge", "state", "submitted|reviewed"},
    {"need_accept", "state", "submitted|reviewed"},
    {"need_refuse", "state", "submitted|reviewed"},
    {"project_close", "state", "!closed"},
    {"approval_give", "state", "open"},
    {"approval_withdraw", "state", "open"},
    {"behalf_confirm", "state", "entered"},
    {"behalf_refuse", "state", "entered"},
    {"registration_check", "state", "waiting"},
    {"registration_confirm", "state", "checked"},
    {"registration_refuse", "state", "waiting|checked"},
    {"certificate_retire", "state", "!retired"},
};

static bool one_of(const char *words, const char *word)
{
    const size_t size = strlen(word);

    for (const char *at = words; at; at = strchr(at, '|'), at += at != NULL)
        if (strncmp(at, word, size) == 0 && (at[size] == '|' || !at[size]))
            return true;
    return false;
}

/* "草案、已退回" of "draft|returned". */
static const char *said(const struct page *p, const char *member, const char *words)
{
    const char *all = "";

    for (const char *at = words; at; at = strchr(at, '|'), at += at != NULL) {
        const char *word = arena_ndup(p->view.arena, at, strcspn(at, "|"));

        all = arena_printf(p->view.arena, "%s%s%s", all, *all ? p->view.chinese ? "、" : ", " : "",
                           view_word(&p->view, member, word));
    }
    return all;
}

/* What everybody reads of an entry does not say that its list is published: it is. */
static const char *standing(const json_t *thing, const char *member)
{
    const char *is = page_text(thing, member);

    return !*is && strcmp(member, "list_state") == 0 && *page_text(thing, "list") ? "published" : is;
}

static const char *by_state(const struct page *p, const char *op, const json_t *thing)
{
    for (size_t i = 0; i < LENGTH(rules); i++) {
        const char *states = rules[i].states, *is = standing(thing, rules[i].member);
        const bool without = *states == '!';

        if (strcmp(rules[i].op, op) != 0 || !*is || one_of(states + without, is) != without)
            continue;
        if (without)
            return arena_printf(p->view.arena, p->view.chinese ? "现为“%s”，不能再办" : "not any more: %s",
                                view_word(&p->view, rules[i].member, is));
        return arena_printf(p->view.arena, p->view.chinese ? "在“%s”时办理" : "only while: %s",
                            said(p, rules[i].member, states));
    }
    return NULL;
}

/* ---- by the plan of a lot ---- */

/* What the plan calls the acts that an op does; later: also outside of its phases, in a re-evaluation. */
static const struct {
    const char *op, *acts;
    bool later;
} planned[] = {
    {"lot_advance", "advance", false},
    {"checks_add", "check", true},
    {"lot_change", "amend", false},
    {"lot_evaluate", "report|advance|choose|draw", false},
    {"lot_decide", "choose|announce|draw|resolve", false},
    {"lot_confirm", "choose|approve", false},
    {"lot_announce", "announce|choose|sign", false},
    {"objection_file", "object", false},
};

static bool holds(const struct page *p, const char *role)
{
    const json_t *membership, *held;
    size_t i, k;

    if (strcmp(role, "public") == 0)
        return true;
    json_array_foreach(json_object_get(p->me, "memberships"), i, membership)
        json_array_foreach(json_object_get(membership, "roles"), k,
                           held) if (strcmp(json_string_value(held), role) == 0) return true;
    return false;
}

static bool phase_lets(const struct page *p, const json_t *phase, const char *acts)
{
    const char *role;
    const json_t *may, *act;
    size_t i;

    json_object_foreach(json_object_get((json_t *)phase, "may"), role, may) json_array_foreach(
        may, i, act) if (holds(p, role) && one_of(acts, json_string_value(act))) return true;
    return false;
}

/* "only while: 资格审查、评审" of the phases in which whoever looks may do it. */
static const char *in_phases(const struct page *p, const char *acts)
{
    const json_t *phase;
    const char *all = "";
    size_t i;

    json_array_foreach(json_object_get(p->view.plan, "phases"), i, phase) if (phase_lets(p, phase, acts))
        all = arena_printf(p->view.arena, "%s%s%s", all, *all ? p->view.chinese ? "、" : ", " : "",
                           view_said(json_object_get(phase, "name"), p->view.chinese));
    if (!*all)
        return p->view.chinese ? "本项目没有由您办理的这一环节" : "not yours to do in this procedure";
    return arena_printf(p->view.arena, p->view.chinese ? "在“%s”时办理" : "only while: %s", all);
}

static const json_t *phase_of(const struct page *p, const json_t *lot)
{
    const json_t *phase;
    size_t i;

    json_array_foreach(json_object_get(p->view.plan, "phases"), i,
                       phase) if (strcmp(page_text(phase, "code"), page_text(lot, "phase")) ==
                                  0) return phase;
    return NULL;
}

static const char *by_plan(const struct page *p, const char *op, const json_t *lot)
{
    const json_t *phase = phase_of(p, lot);

    for (size_t i = 0; phase && i < LENGTH(planned); i++)
        if (strcmp(planned[i].op, op) == 0 && !phase_lets(p, phase, planned[i].acts) &&
            !(planned[i].later && one_of("deciding|notice|contracting", page_text(phase, "kind"))))
            return in_phases(p, planned[i].acts);
    return NULL;
}

/* Does its panel do more in a phase than read? */
static bool panel_works(const json_t *phase)
{
    const json_t *act;
    size_t i;

    json_array_foreach(json_object_get(json_object_get(phase, "may"), "evaluator"), i,
                       act) if (one_of("check|mark|report|vote", json_string_value(act))) return true;
    return false;
}

/* A panel is named as long as there is something for it to do. */
static const char *by_panel(const struct page *p, const char *op, const json_t *lot)
{
    const json_t *here = phase_of(p, lot), *phase;
    bool reached = false;
    size_t i;

    if (!here || !one_of("panel_assign|panel_freeze|panel_draw|panel_next", op))
        return NULL;
    json_array_foreach(json_object_get(p->view.plan, "phases"), i, phase)
    {
        reached = reached || phase == here;
        if (reached && panel_works(phase))
            return NULL;
    }
    return p->view.chinese ? "已没有需要评审小组的环节" : "nothing is left for a panel to do";
}

/* What a lot waits for, or what kind of contract it makes. */
static const char *by_need(const struct page *p, const char *op, const json_t *lot)
{
    const char *waiting = page_text(lot, "waiting");
    const bool ways = json_array_size(json_object_get(lot, "ways")) && !*page_text(lot, "way");

    if (!*page_text(lot, "phase_kind"))
        return NULL;
    if (strcmp(op, "lot_draw") == 0 && strcmp(waiting, "draw") != 0)
        return p->view.chinese ? "需要公开抽取时办理" : "only where something is to be drawn";
    if (strcmp(op, "lot_approve") == 0 && !ways)
        return p->view.chinese ? "有待选定的后续处理时办理" : "only where a way on is to be chosen";
    if (one_of("call_create|supplement_create", op) && p->view.plan &&
        strcmp(page_text(p->view.plan, "contract"), "framework") != 0)
        return p->view.chinese ? "只用于框架协议" : "of framework agreements alone";
    return NULL;
}

bool moment_seated(struct page *p, const char *lot)
{
    json_t *panel;

    if (!p->seat_asked || strcmp(p->seat_asked, lot) != 0) {
        panel = page_read(p, arena_printf(p->view.arena, "/lots/%s/panel", lot));
        p->seat_asked = arena_dup(p->view.arena, lot);
        p->seated = panel != NULL;
        json_decref(panel);
    }
    return p->seated;
}

/* What members of a panel do, others are not asked to; to them there is none until the result. */
static const char *by_seat(struct page *p, const char *op, const json_t *lot)
{
    static const char members[] = "panel_enter|panel_declare|panel_report|panel_sign|marks_put|"
                                  "marks_lock|marks_commit|marks_reveal";

    if (!*page_text(lot, "phase_kind") || !one_of(members, op) || moment_seated(p, page_text(lot, "id")))
        return NULL;
    return p->view.chinese ? "您不在本项目的评审小组" : "you are not on its panel";
}

/* Support is asked for as long as it counts. */
static const char *by_support(struct page *p, const char *op, const json_t *thing)
{
    if (!one_of("proposal_support|support_withdraw", op) || !*page_text(thing, "tender") ||
        proposal_counts(p, thing))
        return NULL;
    return p->view.chinese ? "在提案征集和审核期间办理"
                           : "while proposals come in and until they are checked";
}

/* Bids come before the deadline; after it they are opened, and who opens them says how. */
static const char *by_deadline(struct page *p, const char *op, const json_t *thing)
{
    const bool before = strcmp(op, "bid_submit") == 0,
               after = one_of("tender_open|shares_promise|shares_post|opener_key", op);
    const char *deadline = page_text(thing, "deadline");

    if ((!before && !after) || !*deadline ||
        (view_countdown(&p->view, page_now(p), deadline) != NULL) == before)
        return NULL;
    if (before)
        return arena_printf(p->view.arena, p->view.chinese ? "截止时间 %s 已过" : "the deadline was %s",
                            view_time(&p->view, deadline));
    return arena_printf(p->view.arena, p->view.chinese ? "截止时间 %s 之后办理" : "after the deadline, %s",
                        view_time(&p->view, deadline));
}

const char *moment_missed(struct page *p, const struct op *op, const json_t *thing)
{
    const char *why = by_state(p, op->id, thing);

    why = why ? why : by_need(p, op->id, thing);
    why = why ? why : by_plan(p, op->id, thing);
    why = why ? why : by_panel(p, op->id, thing);
    why = why ? why : by_seat(p, op->id, thing);
    why = why ? why : by_support(p, op->id, thing);
    return why ? why : by_deadline(p, op->id, thing);
}
