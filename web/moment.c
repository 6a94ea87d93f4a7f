/*
 * When an act can be done, as far as the API's answer about its thing tells: by its state, and around a
 * deadline.  It is no check (the API has that one), only what keeps a page from offering what would be
 * refused; what is not listed is offered.
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
    {"tender_invite", "state", "!void|cancelled|closed"},
    {"tender_cancel", "state", "!void|cancelled|closed"},
    {"tender_amend", "state", "!draft|void|cancelled|closed"},
    {"tender_extend", "state", "!draft|void|cancelled|closed"},
    {"tender_open", "state", "!draft|void|cancelled|closed"},
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
    {"ballot_cast", "phase_kind", "voting"},
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

/* Bids come before the deadline, and are opened after it. */
static const char *by_deadline(struct page *p, const char *op, const json_t *thing)
{
    const bool before = strcmp(op, "bid_submit") == 0, after = strcmp(op, "tender_open") == 0;
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

    return why ? why : by_deadline(p, op->id, thing);
}
