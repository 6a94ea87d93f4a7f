/*
 * On behalf (代办): what came on paper, by telephone or over the counter is entered by one person of the
 * office with a scan beside it, and takes effect as the act it asks for once another has confirmed it.  Done
 * as whoever sent it, so that the act itself finds what it would find of them on line.
 */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/actor.h"
#include "core/service/attachment.h"
#include "core/service/draft.h"
#include "core/service/forms.h"
#include "core/service/road.h"
#include "core/service/tender.h"

enum {
    BACK_DAYS = 31,
    BY_ORGANISATION = 1,
    BY_RESIDENT = 2,
    BY_EVALUATOR = 4,
    BY_PUBLIC = BY_ORGANISATION | BY_RESIDENT
};

static const struct act_spec handed_in = {
    .op = "need_submit", .run = act_need_submit, .roles = ROLES_PERSON, .subject = SUBJECT_NEED, .reply = -1};

/* What may be entered so.  receipt: its time counts from when it was received, and what came by post was in
 * time if it was posted in time (财政部令第94号 §42). */
static const struct behalf_act {
    struct act_spec spec;
    const char *target; /* what it is done to; NULL: the office */
    int by;
    bool receipt;
    const struct act_spec *then; /* what follows at once, since paper is not handed in as a draft */
} behalf_acts[] = {
/* clang-format off */
#define ON_BEHALF(op_, subject_, secret_) .spec = {.op = #op_, .run = act_##op_, .form = &form_##op_, .roles = ROLES_PERSON, .subject = SUBJECT_##subject_, .secret = (secret_), .reply = -1}
    {ON_BEHALF(need_create, OFFICE, false), .by = BY_PUBLIC, .then = &handed_in},
    {ON_BEHALF(proposal_create, TENDER_BESIDE, false), .target = "tender", .by = BY_PUBLIC},
    {ON_BEHALF(question_ask, NONE, false), .target = "tender", .by = BY_PUBLIC},
    {ON_BEHALF(objection_file, LOT_BESIDE, false), .target = "lot", .by = BY_PUBLIC, .receipt = true},
    {ON_BEHALF(objection_review, OBJECTION, false), .target = "objection", .by = BY_PUBLIC, .receipt = true},
    {.spec = {.op = "objection_withdraw", .run = act_objection_withdraw, .roles = ROLES_PERSON, .subject = SUBJECT_OBJECTION, .reply = -1}, .target = "objection", .by = BY_PUBLIC},
    {ON_BEHALF(tranche_accept, TRANCHE, false), .target = "tranche", .by = BY_RESIDENT},
    {ON_BEHALF(delivery_report, TRANCHE, false), .target = "tranche", .by = BY_ORGANISATION},
    {ON_BEHALF(paper_give, BID, false), .target = "bid", .by = BY_ORGANISATION},
    {ON_BEHALF(opening_answer, BID, false), .target = "bid", .by = BY_ORGANISATION},
    {ON_BEHALF(bid_explain, BID, false), .target = "bid", .by = BY_ORGANISATION},
    {ON_BEHALF(marks_put, LOT, true), .target = "lot", .by = BY_EVALUATOR},
};
static const char *const act_codes[] = {"need_create", "proposal_create", "question_ask", "objection_file", "objection_review", "objection_withdraw", "tranche_accept",
                                        "delivery_report", "paper_give", "opening_answer", "bid_explain", "marks_put", NULL};
static const linli_text act_labels[] = {{"需求或项目建议", "a need or a proposal for the library"}, {"申报、提案", "an application or proposal"}, {"提问", "a question"},
                                        {"质疑或异议", "an objection"}, {"复核申请", "asking for a review"}, {"撤回质疑或异议", "withdrawing an objection"}, {"居民验收意见、满意度", "a resident's opinion of what was delivered"},
                                        {"完成情况报告", "a report of what was done"}, {"补正材料", "papers asked for"}, {"开标记录确认或异议", "the answer to the record of the opening"},
                                        {"报价说明", "explaining a price"}, {"评分表", "a score sheet"}, {NULL, NULL}};
static const char *const channels[] = {"paper", "phone", "visit", NULL};
static const linli_text channel_labels[] = {{"纸质或信函", "on paper, by letter"}, {"电话", "by telephone"}, {"来访口述", "by word of mouth"}, {NULL, NULL}};

struct behalf_body {
    int32_t act, channel;
    const char *target, *organisation, *person, *sender, *contact, *sha256, *content;
    linli_time received, posted;
};
static const linli_option enter_rows[] = {
    ROW_CHOICE(behalf_body, act, true, act_codes, act_labels, NULL, "代录事项", "what is entered"),
    ROW_SAID(behalf_body, target, ID, false, 0, 0, NULL, "针对", "about", "项目、采购包、期次、投标或质疑的编号；需求不填", "the tender, lot, tranche, bid or objection; not for a need"),
    ROW_LINE(behalf_body, sender, true, 100, "来件人姓名", "who sent it"),
    ROW_LINE(behalf_body, contact, false, 100, "联系方式", "how to reach them"),
    ROW_SAID(behalf_body, organisation, ID, false, 0, 0, NULL, "所代表的组织", "organisation", "以组织名义提交的填写", "where it is sent for one"),
    ROW_SAID(behalf_body, person, ID, false, 0, 0, NULL, "系统内的本人", "person", "来件人已有账号的填写；评分表必填", "where the sender has an account; for a score sheet always"),
    ROW_CHOICE(behalf_body, channel, true, channels, channel_labels, NULL, "来件方式", "how it came"),
    ROW_TIME(behalf_body, received, true, "收到时间", "received"),
    ROW_TIME(behalf_body, posted, false, "寄出时间（邮戳）", "posted, by its postmark, where it came by post"),
    ROW_SAID(behalf_body, sha256, STRING, false, 64, 64, "line", "扫描件", "scan", "纸质来件的扫描件：已上传文件的SHA-256", "of the scan that was uploaded, where it came on paper"),
    ROW_OBJECT(behalf_body, content, true, "来件内容", "what it says: the body of the act"),
};
const struct form form_behalf_enter = FORM(enter_rows, struct behalf_body);

struct confirm_body { const char *content; };
static const linli_option confirm_rows[] = {
    {.name = "content", .type = FORM_OBJECT, .offset = offsetof(struct confirm_body, content), .label = {"再次录入的内容", "typed in again"},
     .help = {"评分表须由第二人再录一遍；其他事项可不填", "a score sheet is typed in a second time; else it may be left out"}},
};
const struct form form_behalf_confirm = FORM(confirm_rows, struct confirm_body);

struct refuse_body { const char *reason; };
static const linli_option refuse_rows[] = {ROW_TEXT(refuse_body, reason, true, 2000, "理由", "reason")};
const struct form form_behalf_refuse = FORM(refuse_rows, struct refuse_body);
/* clang-format on */

/* NULL: a row that another version or another hand wrote. */
static const struct behalf_act *behalf_find(const char *op)
{
    for (size_t i = 0; i < LENGTH(behalf_acts); i++)
        if (strcmp(behalf_acts[i].spec.op, op) == 0)
            return &behalf_acts[i];
    return NULL;
}

/* ---- entering ---- */

static int received_fits(const struct act *a, const struct behalf_body *b, struct err *err)
{
    if (b->posted.us && (strcmp(channels[b->channel], "paper") != 0 || b->posted.us > b->received.us ||
                         b->posted.us <= b->received.us - BACK_DAYS * TIME_DAY))
        return err_member(err, "/posted", "choice",
                          "of what came by post, within the 31 days before it was received",
                          "仅限邮寄来件，应在收到前 31 天内");
    if (b->received.us <= a->now_us && b->received.us > a->now_us - BACK_DAYS * TIME_DAY)
        return 0;
    return err_member(err, "/received", "choice", "within the last 31 days, and not later than now",
                      "应为最近 31 天内，且不晚于现在");
}

/* For whom: an organisation, a person with the role, or just a name. */
static int sender_fits(struct act *a, const struct behalf_act *what, const struct behalf_body *b,
                       struct err *err)
{
    struct rows *r = NULL;
    const bool evaluator = what->by == BY_EVALUATOR;

    if (b->organisation ? !(what->by & BY_ORGANISATION) || b->person != NULL : !(what->by & ~BY_ORGANISATION))
        return err_member(err, "/organisation", "choice", "not for this, or not beside a person",
                          "与代录事项不符，或与“系统内的本人”重复");
    if (evaluator && !b->person)
        return err_member(err, "/person", "choice", "whose sheet it is", "请选择是谁的评分表");
    int status =
        tx_run(a->tx, Q_behalf_for, &r, err, P_INT(a->office), P_TEXT(b->organisation), P_TEXT(b->person),
               P_TEXT(evaluator ? "evaluator" : "resident"), P_DATE(day_of(a->now_us)));

    if (!status && !row_bool(r, 0, "organisation"))
        return err_member(err, "/organisation", "choice", "there is no such organisation", "没有该组织");
    if (!status && !row_bool(r, 0, "person"))
        return err_member(err, "/person", "choice", "no such person holds that role here",
                          "该人在本单位没有相应角色");
    return status;
}

static int target_find(struct act *a, const struct behalf_act *what, const struct behalf_body *b,
                       struct rows **ret, struct err *err)
{
    int status;

    if (!what->target != !b->target)
        return err_member(err, "/target", "choice",
                          what->target ? "say what it is about" : "about nothing but the office",
                          what->target ? "请填写所针对的事项" : "该事项不针对具体项目");
    status = tx_run(a->tx, Q_behalf_target, ret, err, P_INT(a->office),
                    P_TEXT(what->target ? what->target : ""), P_TEXT(b->target));
    if (status || !what->target || rows_count(*ret))
        return status;
    return err_member(err, "/target", "choice", "there is no such thing at this office", "本单位没有该事项");
}

/* As the act itself would store it. */
static int content_read(struct act *a, const struct behalf_act *what, const char *content, const char **ret,
                        struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    void *data = NULL;
    int status;

    if (!what->spec.form) {
        *ret = "{}";
        return strcmp(content, *ret) == 0
                   ? 0
                   : err_member(err, "/content", "choice", "nothing: {}", "该事项没有内容，应为 {}");
    }
    status = form_read(what->spec.form, a->arena, content, strlen(content), &data, err);

    if (status) {
        point_into(err, "/content");
        return status;
    }
    form_write(what->spec.form, data, &text);
    *ret = arena_ndup(a->arena, text.data, text.size);
    return 0;
}

static int scan_keep(struct act *a, const struct behalf_body *b, struct err *err)
{
    const struct attachment_new scan = {"behalf", a->subject, channel_labels[b->channel].zh, "scan",
                                        b->sha256};

    if (!b->sha256 && b->channel == 0)
        return err_member(err, "/sha256", "choice", "what came on paper is entered with its scan",
                          "纸质来件应附扫描件");
    return b->sha256 ? attachment_keep(a, &scan, err) : 0;
}

static void digest_of(const char *text, uint8_t digest[SHA256_BYTES])
{
    sha256_of(text, strlen(text), digest);
}

/* The event of an entry: what came, when and how; of what it says the digest, and not that where few things
 * can be said, as of marks, which the digest would tell before their time. */
static void told(struct act *a, const struct behalf_act *what, const char *number,
                 const uint8_t digest[SHA256_BYTES])
{
    const struct behalf_body *b = a->body;
    const struct {
        const char *key, *value;
    } said[] = {{"act", what->spec.op},
                {"number", number},
                {"channel", channels[b->channel]},
                {"target", b->target},
                {"organisation", b->organisation},
                {"scan", b->sha256}};
    char hex[2 * SHA256_BYTES + 1];

    for (size_t i = 0; i < LENGTH(said); i++)
        if (said[i].value) {
            json_key(&a->payload, said[i].key);
            json_string(&a->payload, said[i].value);
        }
    json_key(&a->payload, "received");
    json_time(&a->payload, b->received.us);
    if (b->posted.us) {
        json_key(&a->payload, "posted");
        json_time(&a->payload, b->posted.us);
    }
    if (what->spec.secret)
        return;
    hex_print(digest, SHA256_BYTES, hex);
    json_key(&a->payload, "content_sha256");
    json_string(&a->payload, hex);
}

static int entry_store(struct act *a, const struct behalf_act *what, const struct rows *target,
                       const char *content, struct err *err)
{
    const struct behalf_body *b = a->body;
    uint8_t digest[SHA256_BYTES];
    const char *number;
    int year, month, day, status;
    int32_t no = 0;

    date_split(day_of(a->now_us), &year, &month, &day);
    if ((status = series_next(a, "behalf", year, &no, err)))
        return status;
    number = arena_printf(a->arena, "%d-DB-%04d", year, (int)no);
    const char *id = act_makes(a);
    a->tender_id = what->target ? row_text(target, 0, "tender_id") : NULL;
    digest_of(content, digest);
    told(a, what, number, digest);
    return tx_run(
        a->tx, Q_behalf_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(number), P_TEXT(what->spec.op),
        P_TEXT(b->target), P_TEXT(a->tender_id), P_TEXT(what->target ? row_text(target, 0, "lot_id") : NULL),
        P_TEXT(b->organisation), P_TEXT(b->person), P_TEXT(b->sender), P_TEXT(b->contact),
        P_TEXT(channels[b->channel]), P_TIME(b->received.us), P_TEXT(what->spec.secret ? NULL : content),
        P_BYTES(digest, sizeof digest), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TIME(b->posted.us));
}

int act_behalf_enter(struct act *a, struct err *err)
{
    const struct behalf_body *b = a->body;
    const struct behalf_act *what = behalf_find(act_codes[b->act]);
    const char *content = NULL;
    struct rows *target = NULL;
    int status = received_fits(a, b, err);

    if (!status)
        status = sender_fits(a, what, b, err);
    if (!status)
        status = target_find(a, what, b, &target, err);
    if (!status)
        status = content_read(a, what, b->content, &content, err);
    if (!status)
        status = entry_store(a, what, target, content, err);
    return status ? status : scan_keep(a, b, err);
}

/* ---- confirming ---- */

static int entry_load(struct act *a, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_behalf_load, ret, err, P_INT(a->office), P_TEXT(a->subject));

    if (status || strcmp(row_text(*ret, 0, "state"), "entered") == 0)
        return status;
    return err_both(err, E_REFUSED, "state/refused", "it was confirmed or refused already",
                    "该代录件已确认或已退回");
}

/* What the second person typed is what the first one did; of a secret act there is nothing else. */
static int typed_twice(struct act *a, const struct behalf_act *what, const struct rows *entry,
                       const char **ret, struct err *err)
{
    const struct confirm_body *b = a->body;
    uint8_t digest[SHA256_BYTES];
    const uint8_t *first;
    int status;

    if (!b->content && !what->spec.secret) {
        *ret = row_text(entry, 0, "content");
        return 0;
    }
    if (!b->content)
        return err_member(err, "/content", "choice", "a score sheet is typed in by two people",
                          "评分表须由两人分别录入");
    if ((status = content_read(a, what, b->content, ret, err)))
        return status;
    digest_of(*ret, digest);
    if ((status = row_fixed(entry, 0, "content_hash", SHA256_BYTES, &first, err)))
        return status;
    return memcmp(first, digest, SHA256_BYTES) == 0
               ? 0
               : err_member(err, "/content", "choice", "it is not what was typed in first",
                            "与第一次录入的内容不一致");
}

/* Who it is from, with no more rights than they have on line. */
static struct actor sender_of(struct act *a, const struct behalf_act *what, const struct rows *entry)
{
    const char *organisation = row_text(entry, 0, "organisation_id"),
               *person = row_text(entry, 0, "person_id");
    struct membership *m = ARENA_NEW(a->arena, struct membership, 1);

    if (organisation)
        *m = (struct membership){0, organisation, ROLE(ORGANISATION)};
    else
        *m =
            (struct membership){a->office, NULL, what->by == BY_EVALUATOR ? ROLE(EVALUATOR) : ROLE(RESIDENT)};
    return (struct actor){.person = person ? person : row_text(entry, 0, "entered_by"),
                          .memberships = m,
                          .membership_count = 1,
                          .strong = true};
}

static int second_person(const struct act *a, const struct rows *entry, struct err *err)
{
    const char *person = row_text(entry, 0, "person_id");

    if (strcmp(row_text(entry, 0, "entered_by"), a->actor->person) != 0 &&
        (!person || strcmp(person, a->actor->person) != 0))
        return 0;
    return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                    "须由录入人和来件人以外的另一人确认");
}

/* What follows is done by the same sender to what was just made. */
static int go_on(struct act *a, const struct act_spec *then, const struct actor *sender, const char *made,
                 struct err *err)
{
    const struct act_within within = {
        .spec = then, .actor = sender, .path = made, .on_behalf = a->subject, .now_us = a->now_us};
    const char *subject;

    return then ? act_within(a, &within, &subject, err) : 0;
}

static int take_effect(struct act *a, const struct behalf_act *what, const struct rows *entry,
                       const char *content, struct err *err)
{
    const struct actor sender = sender_of(a, what, entry);
    const char *target = row_text(entry, 0, "target"), *made = NULL;
    const struct act_within within = {.spec = &what->spec,
                                      .actor = &sender,
                                      .path = target ? target : arena_printf(a->arena, "%d", (int)a->office),
                                      .body = what->spec.form ? content : NULL,
                                      .on_behalf = a->subject,
                                      .sent_us = what->receipt ? row_time(entry, 0, "posted") : 0,
                                      .now_us = what->receipt ? row_time(entry, 0, "received") : a->now_us};
    int status = act_within(a, &within, &made, err);

    if (!status)
        status = go_on(a, what->then, &sender, made, err);
    json_key(&a->payload, "made");
    json_string(&a->payload, made ? made : "");
    return status ? status
                  : tx_run(a->tx, Q_behalf_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TEXT("confirmed"), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(NULL),
                           P_TEXT(made));
}

int act_behalf_confirm(struct act *a, struct err *err)
{
    const struct behalf_act *what;
    const char *content = NULL;
    struct rows *entry = NULL;
    int status = entry_load(a, &entry, err);

    if (!status)
        status = second_person(a, entry, err);
    if (status)
        return status;
    if (!(what = behalf_find(row_text(entry, 0, "act"))))
        return err_set(err, E_BROKEN, "server/broken", "nothing like this is entered on behalf");
    status = typed_twice(a, what, entry, &content, err);
    return status ? status : take_effect(a, what, entry, content, err);
}

int act_behalf_refuse(struct act *a, struct err *err)
{
    const struct refuse_body *b = a->body;
    struct rows *entry = NULL;
    int status = entry_load(a, &entry, err);

    return status ? status
                  : tx_run(a->tx, Q_behalf_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TEXT("refused"), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reason),
                           P_TEXT(NULL));
}
