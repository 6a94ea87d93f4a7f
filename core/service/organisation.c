/* Organisations: whoever may bid.  They exist once for the platform. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/service/actor.h"
#include "core/service/forms.h"
#include "core/service/paying.h"

static const linli_text kind_labels[] = {{"登记的社会组织", "registered body"},
                                         {"企业", "enterprise"},
                                         {"事业单位", "public institution"},
                                         {"备案的社区组织", "filed body"},
                                         {NULL, NULL}};
static const char *const kind_codes[] = {"registered", "enterprise", "public_institution", "filed", NULL};
enum { KIND_FILED = 3 };

struct organisation_body {
    const char *name, *name_en, *uscc, *host, *representative, *address, *phone, *bank_name, *bank_code,
        *bank_account;
    linli_date founded;
    int32_t kind;
};

/* clang-format off */
#define LINE(member, most, zh, en) ROW(organisation_body, member, STRING, false, 0, most, "line", zh, en)
#define PROFILE \
    LINE(name_en, 200, "英文名称", "name in English"), LINE(representative, 60, "法定代表人", "legal representative"), \
    LINE(address, 200, "地址", "address"), LINE(phone, 40, "电话", "telephone"), LINE(bank_name, 100, "开户行", "bank"), \
    LINE(bank_code, 12, "联行号", "bank code"), LINE(bank_account, 34, "账号", "account number")
/* clang-format on */

static const linli_option create_rows[] = {
    ROW_SAID(organisation_body, name, STRING, true, 1, 100, "line", "名称", "name", "登记的全称",
             "the registered name"),
    {.name = "kind",
     .type = LINLI_OPT_CHOICE,
     .required = true,
     .offset = offsetof(struct organisation_body, kind),
     .high = 3,
     .choices = kind_labels,
     .codes = kind_codes,
     .label = {"类别", "kind"},
     .help = {"承接主体类别", "what it is"}},
    ROW_SAID(organisation_body, uscc, STRING, false, 18, 18, "uscc", "统一社会信用代码", "social credit code",
             "备案组织可不填", "not needed for a filed body"),
    ROW_SAID(organisation_body, host, ID, false, 0, 0, NULL, "托管组织", "host", "备案组织通过其承接",
             "the organisation a filed body bids through"),
    ROW(organisation_body, founded, DATE, false, 0, 0, NULL, "成立日期", "day it was founded"),
    PROFILE,
};
const struct form form_organisation_create = FORM(create_rows, struct organisation_body);
const struct form form_organisation_preview = FORM(create_rows, struct organisation_body);

static const linli_option update_rows[] = {PROFILE};
const struct form form_organisation_update = FORM(update_rows, struct organisation_body);

static struct param line(const char *text)
{
    return text && text[0] ? P_TEXT(text) : P_NULL;
}

static int check_code(const struct organisation_body *b, struct err *err)
{
    const bool filed = b->kind == KIND_FILED;

    if (!filed && !(b->uscc && b->uscc[0])) {
        err_set(err, E_INVALID, "body/invalid", "a unified social credit code is required");
        err_at(err, "/uscc", "required", "required unless the body is filed", "除备案组织外必填");
        return E_INVALID;
    }
    if (filed && !(b->host && b->host[0])) {
        err_set(err, E_INVALID, "body/invalid", "a filed body has a host");
        err_at(err, "/host", "required", "required for a filed body", "备案组织必填");
        return E_INVALID;
    }
    return 0;
}

int bank_fits(const char *code, const char *code_at, const char *account, const char *account_at,
              struct err *err)
{
    if (code && code[0] && !digits_ok(code, 12)) {
        err_both(err, E_INVALID, "body/invalid", "a bank code has 12 digits", "联行号为12位数字");
        err_at(err, code_at, "format", "12 digits", "12位数字");
        return E_INVALID;
    }
    if (account && account[0] && !bank_account_ok(account)) {
        err_both(err, E_INVALID, "body/invalid",
                 "an account number is of digits and capital letters, 34 at the most",
                 "账号由数字和大写字母组成，最多34位");
        err_at(err, account_at, "format", "digits and capital letters", "数字和大写字母");
        return E_INVALID;
    }
    return 0;
}

static bool differs(const char *given, const char *now)
{
    return given && given[0] && (!now || strcmp(given, now) != 0);
}

/* Where nothing could be paid before, the account holds at once; any other waits for a second person. */
static int account_ask(struct act *a, const struct organisation_body *b, struct err *err)
{
    struct rows *r = NULL;
    char id[UUID_TEXT];
    bool first;
    int status = bank_fits(b->bank_code, "/bank_code", b->bank_account, "/bank_account", err);

    if (!status)
        status = tx_run(a->tx, Q_account_now, &r, err, P_TEXT(a->subject), P_TIME(a->now_us));
    if (status || !(differs(b->bank_name, row_text(r, 0, "bank_name")) ||
                    differs(b->bank_code, row_text(r, 0, "bank_code")) ||
                    differs(b->bank_account, row_text(r, 0, "account"))))
        return status;
    if (row_bool(r, 0, "waits"))
        return err_both(err, E_REFUSED, "account/waiting", "a change of the account waits already",
                        "已有账户变更等待复核或生效");
    first = row_null(r, 0, "account");
    uuid_new(id);
#define KEPT(member, column) line(b->member && b->member[0] ? b->member : row_text(r, 0, column))
    return tx_run(a->tx, Q_account_add, NULL, err, P_TEXT(id), P_TEXT(a->subject),
                  KEPT(bank_name, "bank_name"), KEPT(bank_code, "bank_code"), KEPT(bank_account, "account"),
                  P_TEXT(first ? "agreed" : "proposed"), P_TIME(a->now_us), P_TEXT(a->actor->person),
                  first ? P_TIME(a->now_us) : P_NULL);
#undef KEPT
}

int act_organisation_create(struct act *a, struct err *err)
{
    const struct organisation_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status = check_code(b, err);

    if (status)
        return status;
    uuid_new(id);
    a->subject = id;
    if (b->uscc && b->uscc[0]) {
        status = tx_run(a->tx, Q_claim_add, NULL, err, P_TEXT("uscc"), P_TEXT(b->uscc), P_TEXT(id));
        if (status == E_CONFLICT) {
            err_set(err, E_CONFLICT, "value/taken", "an organisation with this code is registered");
            err_at(err, "/uscc", "taken", "already registered", "已登记");
        }
        if (status)
            return status;
    }
    const struct param params[] = {
        P_TEXT(id),        P_TEXT(b->name),
        line(b->name_en),  P_TEXT(kind_codes[b->kind]),
        line(b->uscc),     P_BOOL(b->uscc && b->uscc[0] && uscc_check(b->uscc) == 0),
        line(b->host),     line(b->representative),
        line(b->address),  line(b->phone),
        P_TIME(a->now_us), P_DATE(b->founded.day)};
    status = tx_run_v(a->tx, Q_organisation_add, params, LENGTH(params), NULL, err);
    return status ? status : account_ask(a, b, err);
}

int act_organisation_preview(struct act *a, struct err *err)
{
    return act_organisation_create(a, err);
}

/* Its own people; as long as there are none, and for the platform as a whole, who holds the role at an
 * office. */
static int check_own(struct act *a, uint32_t role, struct err *err)
{
    struct rows *rows = NULL;
    int64_t *offices;
    size_t count;
    int status;

    if (!a->actor || actor_of_organisation(a->actor, a->path[0]))
        return 0;
    count = actor_offices(a->actor, role, a->arena, &offices);
    status = tx_run(a->tx, Q_organisation_reach, &rows, err, P_TEXT(a->path[0]), P_INTS(offices, count));
    if (status || (count && row_bool(rows, 0, "reached")))
        return status;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "this organisation is not yours");
    err_zh(err, "只有该组织自己的人员可以进行此操作");
    return E_FORBIDDEN;
}

int act_organisation_update(struct act *a, struct err *err)
{
    const struct organisation_body *b = a->body;
    int status = check_own(a, ROLE(ADMINISTRATOR), err);

    if (status)
        return status;
    status = tx_run(a->tx, Q_organisation_set, NULL, err, P_TEXT(a->subject), line(b->name_en),
                    line(b->representative), line(b->address), line(b->phone));
    return status ? status : account_ask(a, b, err);
}

/* ---- a changed account: a second person, and two days in which somebody may notice ---- */

enum { ACCOUNT_WAIT_DAYS = 2 };

/* Who was let in a moment ago speaks for nobody yet: as many days as the others have to notice. */
static int settled(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status;

    if (!actor_of_organisation(a->actor, a->path[0]))
        return 0;
    status = tx_run(a->tx, Q_organisation_since, &r, err, P_TEXT(a->path[0]), P_TEXT(a->actor->person),
                    P_DATE(day_of(a->now_us)));
    if (status ||
        (!row_null(r, 0, "since") && row_date(r, 0, "since") <= day_of(a->now_us) - ACCOUNT_WAIT_DAYS))
        return status;
    return err_both(err, E_REFUSED, "state/refused",
                    "whoever was added less than two days ago does not do this yet",
                    "加入组织不足两日的成员暂不能办理此事");
}

static bool still_waits(const struct act *a, const struct rows *r)
{
    return strcmp(row_text(r, 0, "state"), "agreed") == 0 && row_time(r, 0, "valid_from") > a->now_us;
}

static int account_decide(struct act *a, const char *state, int64_t from_us, struct err *err)
{
    struct rows *r = NULL;
    int status = check_own(a, ROLE(ADMINISTRATOR), err);

    if (!status)
        status = tx_run(a->tx, Q_account_load, &r, err, P_TEXT(a->path[1]), P_TEXT(a->path[0]));
    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_both(err, E_ABSENT, "account/absent", "no such account", "没有这个账户");
    if (strcmp(row_text(r, 0, "state"), "proposed") != 0 && (from_us || !still_waits(a, r)))
        return err_both(err, E_REFUSED, "state/refused", "it was decided already", "该账户变更已办结");
    if (from_us && strcmp(row_text(r, 0, "proposed_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    if (from_us && (status = settled(a, err)))
        return status;
    return tx_run(a->tx, Q_account_decide, NULL, err, P_TEXT(a->path[1]), P_TEXT(a->path[0]), P_TEXT(state),
                  P_TIME(a->now_us), P_TEXT(a->actor->person), P_TIME(from_us));
}

int act_organisation_account_agree(struct act *a, struct err *err)
{
    return account_decide(a, "agreed", a->now_us + ACCOUNT_WAIT_DAYS * TIME_DAY, err);
}

int act_organisation_account_refuse(struct act *a, struct err *err)
{
    return account_decide(a, "refused", 0, err);
}

struct member_body {
    const char *person;
};

static const linli_option member_rows[] = {
    ROW_SAID(member_body, person, ID, true, 0, 0, NULL, "人员", "person", "人员编号", "who"),
};
const struct form form_organisation_member = FORM(member_rows, struct member_body);

int act_organisation_member(struct act *a, struct err *err)
{
    const struct member_body *b = a->body;
    char id[UUID_TEXT];
    int status = check_own(a, ROLE(SECURITY), err);

    if (status)
        return status;
    uuid_new(id);
    status =
        tx_run(a->tx, Q_membership_add, NULL, err, P_TEXT(id), P_TEXT(b->person), P_NULL, P_TEXT(a->path[0]),
               P_TEXT("organisation"), P_BOOL(false), P_DATE(day_of(a->now_us)), P_NULL);
    if (status == E_INVALID) {
        err_set(err, E_ABSENT, "user/absent", "no such person");
        return E_ABSENT;
    }
    return status;
}

/* Somebody is taken out from today on: by themselves, by the others, or by who may let somebody in.  One
 * stays. */
int act_organisation_member_end(struct act *a, struct err *err)
{
    const char *person = a->path[1];
    struct rows *r = NULL;
    int status = check_own(a, ROLE(SECURITY), err);

    if (!status && a->actor && strcmp(person, a->actor->person) != 0)
        status = settled(a, err);
    if (!status)
        status = tx_run(a->tx, Q_organisation_since, &r, err, P_TEXT(a->path[0]), P_TEXT(person),
                        P_DATE(day_of(a->now_us)));
    if (status)
        return status;
    if (row_null(r, 0, "since"))
        return err_both(err, E_ABSENT, "membership/absent", "this person is not of the organisation",
                        "该人员不是本组织成员");
    if (row_int(r, 0, "others") == 0)
        return err_both(err, E_REFUSED, "user/only", "nobody would be left to act for the organisation",
                        "该组织将无人办理事务，请先增加成员");
    json_key(&a->payload, "person");
    json_string(&a->payload, person);
    return tx_run(a->tx, Q_organisation_member_end, NULL, err, P_TEXT(a->path[0]), P_TEXT(person),
                  P_DATE(day_of(a->now_us) - 1));
}

/* ---- renamed, merged, deregistered ---------------------------------------------- */

static int change_keep(struct act *a, const char *kind, const char *other, const char *reason,
                       struct err *err)
{
    char id[UUID_TEXT];

    uuid_new(id);
    return tx_run(a->tx, Q_organisation_change_add, NULL, err, P_TEXT(a->subject), P_TEXT(id), P_TEXT(kind),
                  P_TEXT(reason), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(other));
}

struct rename_body {
    const char *name, *name_en, *reason;
};
static const linli_option rename_rows[] = {
    ROW_LINE(rename_body, name, true, 200, "新名称", "its new name"),
    ROW_LINE(rename_body, name_en, false, 200, "英文名称", "in English"),
    ROW_TEXT(rename_body, reason, true, 2000, "核准变更登记的依据", "what the change rests on"),
};
const struct form form_organisation_rename = FORM(rename_rows, struct rename_body);

int act_organisation_rename(struct act *a, struct err *err)
{
    const struct rename_body *b = a->body;
    int status = check_own(a, ROLE(ADMINISTRATOR), err);

    if (!status)
        status = change_keep(a, "renamed", NULL, b->reason, err);

    return status ? status
                  : tx_run(a->tx, Q_organisation_rename, NULL, err, P_TEXT(a->subject), P_TEXT(b->name),
                           P_TEXT(b->name_en));
}

struct end_body {
    linli_date last_day;
    const char *successor, *reason;
};
static const linli_option end_rows[] = {
    ROW(end_body, last_day, DATE, true, 0, 0, NULL, "注销、合并之日", "the last day it is there"),
    ROW_ID(end_body, successor, false, "合并后的承继主体，注销的不填",
           "who it was merged into; none: deregistered"),
    ROW_TEXT(end_body, reason, true, 2000, "依据", "what it rests on"),
};
const struct form form_organisation_end = FORM(end_rows, struct end_body);

static int successor_fits(struct act *a, const char *successor, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_organisation_known, &r, err, P_TEXT(successor));

    if (status || (rows_count(r) == 1 && row_null(r, 0, "ended") && strcmp(successor, a->subject) != 0))
        return status;
    err_set(err, E_INVALID, "body/invalid", "no other organisation that is still there");
    err_at(err, "/successor", "unknown", "no other organisation that is still there",
           "没有这个存续的其他组织");
    return E_INVALID;
}

/* Nobody acts for it any more; its contracts are for the offices to end or to pass on to the successor. */
struct divide_body {
    const char *successor, *reason;
};
static const linli_option divide_rows[] = {
    ROW_ID(divide_body, successor, true, "分立出的组织", "who carries part of it on"),
    ROW_TEXT(divide_body, reason, true, 2000, "核准分立的依据", "what it rests on"),
};
const struct form form_organisation_divide = FORM(divide_rows, struct divide_body);

/* It stays, and another carries on part of what it did: its contracts may be passed on to that one. */
int act_organisation_divide(struct act *a, struct err *err)
{
    const struct divide_body *b = a->body;
    int status = check_own(a, ROLE(ADMINISTRATOR), err);

    if (!status)
        status = successor_fits(a, b->successor, err);
    return status ? status : change_keep(a, "divided", b->successor, b->reason, err);
}

int act_organisation_end(struct act *a, struct err *err)
{
    const struct end_body *b = a->body;
    struct rows *r = NULL;
    int status = check_own(a, ROLE(ADMINISTRATOR), err);

    if (!status)
        status = tx_run(a->tx, Q_organisation_known, &r, err, P_TEXT(a->subject));
    if (!status && !row_null(r, 0, "ended"))
        return err_both(err, E_REFUSED, "state/refused", "it is no more already", "该组织已注销或者合并");
    if (!status && b->last_day.day > day_of(a->now_us)) {
        err_set(err, E_INVALID, "body/invalid", "that day is still to come");
        err_at(err, "/last_day", "range", "lies in the future", "晚于今日");
        return E_INVALID;
    }
    if (!status && b->successor)
        status = successor_fits(a, b->successor, err);
    if (!status)
        status = change_keep(a, b->successor ? "merged" : "deregistered", NULL, b->reason, err);
    return status ? status
                  : tx_run(a->tx, Q_organisation_end, NULL, err, P_TEXT(a->subject), P_DATE(b->last_day.day),
                           P_TEXT(b->successor));
}
