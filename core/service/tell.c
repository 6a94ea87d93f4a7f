/* Notices that no other act leads to: a call to be prequalified, and what an authority decided that looked
 * into a tender. */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/draft.h"
#include "core/service/forms.h"
#include "core/service/words.h"

static void member(struct buf *out, const char *key, const char *text)
{
    if (!text || !*text)
        return;
    json_key(out, key);
    json_string(out, text);
}

/* ---- what an authority decided (监督检查处理结果) ---------------------------------- */

struct supervision_body {
    const char *authority, *reference, *about, *basis, *decision;
    linli_date decided;
};
static const linli_option supervision_rows[] = {
    ROW_LINE(supervision_body, authority, true, 100, "作出决定的部门", "the authority that decided"),
    ROW_LINE(supervision_body, reference, true, 200, "文号", "number of the decision"),
    ROW_SAID(supervision_body, about, STRING, true, 1, 4000, "text", "基本情况", "what was looked into",
             "公布：不写个人信息和商业秘密", "published: nothing about persons, no business secrets"),
    ROW_TEXT(supervision_body, basis, true, 2000, "处理依据", "what the decision rests on"),
    ROW_TEXT(supervision_body, decision, true, 4000, "处理结果", "what was decided"),
    ROW_WITH(supervision_body, decided, DATE, true, .label = {"决定日期", "the day it was decided"},
             .help = {"不晚于今天", "not later than today"}),
};
const struct form form_supervision_tell = FORM(supervision_rows, struct supervision_body);

static int not_decided_yet(struct err *err)
{
    err_both(err, E_INVALID, "body/invalid", "it cannot have been decided yet", "决定日期不得晚于今天");
    err_at(err, "/decided", "range", "not later than today", "不得晚于今天");
    return E_INVALID;
}

int act_supervision_tell(struct act *a, struct err *err)
{
    const struct supervision_body *b = a->body;
    CLEANUP(buf_free) struct buf body = {0};
    struct tender *t = NULL;
    int status = tender_load(a, a->subject, &t, err);

    if (status)
        return status;
    if (!t->published_us)
        return err_both(err, E_REFUSED, "state/refused", "the tender is not published", "项目尚未发布");
    if (b->decided.day > day_of(a->now_us))
        return not_decided_yet(err);
    json_open(&body, '{');
    member(&body, "about", b->about);
    member(&body, "authority", b->authority);
    member(&body, "basis", b->basis);
    json_key(&body, "decided");
    json_date(&body, b->decided.day);
    member(&body, "decision", b->decision);
    member(&body, "number", t->number);
    member(&body, "project", t->title);
    member(&body, "reference", b->reference);
    json_close(&body, '}');
    return notice_make(a, t->id, "supervision_result", notice_title(a, t, "supervision_result"), body.data, 0,
                       err);
}

/* ---- a call to be prequalified (资格预审) ------------------------------------------ */

struct prequalification_body {
    const char *needs, *conditions, *where;
    linli_time due;
};
static const linli_option prequalification_rows[] = {
    ROW_TEXT(prequalification_body, needs, true, 4000, "采购需求", "what is to be bought"),
    ROW_TEXT(prequalification_body, conditions, true, 4000, "资格要求", "what a supplier has to show"),
    ROW_LINE(prequalification_body, where, true, 400, "提交申请文件的地点和方式",
             "where and how applications are handed in"),
    ROW_TIME(prequalification_body, due, true, "提交申请文件的截止时间", "until when they are handed in"),
};
const struct form form_prequalification_tell = FORM(prequalification_rows, struct prequalification_body);

/* Applications are taken for so many working days from the notice (政府采购法实施条例 §21). */
static int long_enough(struct act *a, const struct tender *t, int64_t due_us, struct err *err)
{
    const struct rule_set *set = NULL;
    const linli_rule *rule = NULL;
    bool provisional = false;
    int64_t end_us = 0;
    int status = rules_here(a, t->regime, &set, err);

    if (!status)
        rule = set ? rule_find(set->rules, set->count, "prequal_notice") : NULL;
    if (!status && !rule)
        return err_both(err, E_REFUSED, "state/refused", "the rules for this tender know no prequalification",
                        "该项目适用的规则没有资格预审程序");
    if (!status)
        status = calendar_span(a->law->calendar, a->now_us, rule->period, LINLI_ROLL_REST, &end_us,
                               &provisional, err);
    if (status || due_us >= end_us)
        return status;
    err_both(err, E_REFUSED, "rule/refused", "applications are taken for too short a time",
             "提交资格预审申请文件的时间不足");
    err_at(err, "/due", "range", "earlier than the rules allow", "早于规定的最短期限");
    err_article(err, rule->source);
    return E_REFUSED;
}

/* Tendering alone knows it, and there it leads to invitations; elsewhere nothing would follow. */
static int of_invitation(const struct tender *t, struct err *err)
{
    return strcmp(plugin_about(t->mechanism)->id, "invited_bidding") == 0
               ? 0
               : err_both(err, E_REFUSED, "state/refused",
                          "it is called for before inviting to bid, and this tender invites nobody",
                          "资格预审公告在邀请招标前发布，本项目不是邀请招标");
}

/* Once, while nobody is invited yet, and by another person than who drew the tender up. */
static int may_call(struct act *a, const struct tender *t, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_prequalification_stand, &rows, err, P_INT(t->office), P_TEXT(t->id));

    if (status)
        return status;
    if (row_bool(rows, 0, "invited") || !row_null(rows, 0, "ends"))
        return err_both(err, E_REFUSED, "state/refused",
                        "it was called already, or those invited are fixed: correct the notice",
                        "资格预审公告已经发布或受邀供应商已经确定，有误的请更正公告");
    return strcmp(t->created_by, a->actor->person) != 0
               ? 0
               : err_both(err, E_REFUSED, "approval/same-person",
                          "the tender was drawn up by the same person", "经办人不能发布自己编制的项目");
}

int act_prequalification_tell(struct act *a, struct err *err)
{
    const struct prequalification_body *b = a->body;
    CLEANUP(buf_free) struct buf body = {0};
    struct tender *t = NULL;
    int status = draft_load(a, &t, err);

    if (!status)
        status = of_invitation(t, err);
    if (!status)
        status = may_call(a, t, err);
    if (!status)
        status = long_enough(a, t, b->due.us, err);
    if (status)
        return status;
    json_open(&body, '{');
    json_key(&body, "budget");
    json_fen(&body, t->budget_fen);
    member(&body, "conditions", b->conditions);
    json_key(&body, "due");
    json_time(&body, b->due.us);
    member(&body, "mechanism", plugin_about(t->mechanism)->id);
    member(&body, "needs", b->needs);
    member(&body, "project", t->title);
    member(&body, "regime", regime_code(t->regime));
    member(&body, "where", b->where);
    json_close(&body, '}');
    return notice_make(a, t->id, "prequalification", notice_title(a, t, "prequalification"), body.data,
                       b->due.us, err);
}
