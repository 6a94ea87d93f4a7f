/*
 * The yearly purchase list (购买服务项目清单): drafted, approved by another person,
 * published as edition 1, adjusted in dated editions, closed with what became
 * of each entry.
 */
#include "core/service/list.h"

#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/names.h"
#include "core/service/forms.h"
#include "core/service/tender.h"
#include "core/service/titles.h"
#include "core/service/words.h"

struct list_body {
    int64_t year;
    const char *title, *copy_of;
};
static const linli_option create_rows[] = {
    ROW_COUNT(list_body, year, true, 2000, 2100, "年度", "year"),
    ROW_LINE(list_body, title, true, 200, "清单名称", "title"),
    ROW_ID(list_body, copy_of, false, "照抄的清单", "list whose entries it begins with"),
};
const struct form form_list_create = FORM(create_rows, struct list_body);

/* The sum from which purchases of a year are statutory, as the rules in force say; 0: they do not. */
static int threshold_find(struct act *a, int64_t *ret_fen, struct err *err)
{
    const struct rule_set *set = NULL;
    int status = rules_here(a, LINLI_SUB_THRESHOLD, &set, err);
    const linli_rule *rule = set ? rule_find(set->rules, set->count, "threshold_purchase") : NULL;

    *ret_fen = rule && rule->unit == LINLI_UNIT_MONEY ? rule->value : 0;
    return status;
}

int list_load(struct act *a, const char *id, struct list *ret, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_list_load, &r, err, P_INT(a->office), P_TEXT(id));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_set(err, E_ABSENT, "list/absent", "there is no list %s", id);
    *ret = (struct list){id,
                         row_text(r, 0, "title"),
                         row_text(r, 0, "state"),
                         row_text(r, 0, "created_by"),
                         (int32_t)row_int(r, 0, "year"),
                         (int32_t)row_int(r, 0, "edition")};
    return 0;
}

static int list_in(struct act *a, const char *id, const char *state, struct list *ret, struct err *err)
{
    int status = list_load(a, id, ret, err);

    if (status || strcmp(ret->state, state) == 0)
        return status;
    err_set(err, E_REFUSED, "state/refused", "the list is %s, not %s", ret->state, state);
    err_zh(err, "清单当前状态不允许此操作");
    return E_REFUSED;
}

/* ---- entries ------------------------------------------------------------------ */

struct entry_body {
    const char *entry, *number, *project, *name, *department, *field, *beneficiaries, *place, *fund,
        *budget_item, *catalogue_code, *method, *officer, *reason;
    linli_money budget;
    int32_t regime;
    bool has_regime, has_project, has_fund;
    int64_t planned_month, term_months;
};

struct entries_body {
    linli_list entries;
};

#define ENTRY_ROWS(need)                                                                                     \
    ROW_LINE(entry_body, number, false, 20, "序号", "number in the list"),                                   \
        ROW_CLEARS(entry_body, project, LINLI_OPT_ID, 0, 0, "项目库项目", "project of the library",          \
                   "项目库项目", "project of the library"),                                                  \
        ROW_LINE(entry_body, name, need, 200, "项目名称", "name"),                                           \
        ROW_LINE(entry_body, department, need, 100, "需求科室", "department"),                               \
        ROW_LINE(entry_body, field, need, 60, "服务领域", "field of service"),                               \
        ROW_LINE(entry_body, beneficiaries, need, 200, "受益对象", "beneficiaries"),                         \
        ROW_LINE(entry_body, place, need, 200, "实施地点", "place"),                                         \
        ROW_MONEY(entry_body, budget, need, "预算金额", "budget"),                                           \
        ROW_CLEARS(entry_body, fund, LINLI_OPT_ID, 0, 0, "专项资金", "fund", "专项资金", "fund"),            \
        ROW_LINE(entry_body, budget_item, need, 60, "预算科目", "budget item"),                              \
        ROW_LINE(entry_body, catalogue_code, need, 20, "目录编码", "code of the catalogue of services"),     \
        {.name = "regime",                                                                                   \
         .type = LINLI_OPT_CHOICE,                                                                           \
         .required = (need),                                                                                 \
         .high = 3,                                                                                          \
         .codes = regime_codes,                                                                              \
         .choices = regime_labels,                                                                           \
         .offset = offsetof(struct entry_body, regime),                                                      \
         .present = offsetof(struct entry_body, has_regime),                                                 \
         .label = {"适用制度", "regime"},                                                                    \
         .help = {"适用制度", "which rules bind it"}},                                                       \
        ROW_CODE(entry_body, method, need, "方式", "mechanism it is to be bought by"),                       \
        ROW_COUNT(entry_body, planned_month, need, 1, 12, "计划月份", "planned month"),                      \
        ROW_COUNT(entry_body, term_months, need, 1, 60, "服务期限（月）", "term in months"),                 \
        ROW_LINE(entry_body, officer, need, 100, "联系人", "officer in charge")

/* clang-format off */
static const linli_option entry_rows[] = { ENTRY_ROWS(true) };
static const linli_option edit_rows[] = { ENTRY_ROWS(false) };
static const linli_option change_rows[] = {
    ROW_ID(entry_body, entry, true, "清单项", "entry that is changed"), ENTRY_ROWS(false)
};
static const linli_option many_rows[] = {
    ROW_LIST(entries_body, entries, true, 1, 200, entry_rows, entry_body, "清单项", "entries")
};
static const linli_option drop_rows[] = {
    ROW_ID(entry_body, entry, true, "清单项", "entry"),
    ROW_TEXT(entry_body, reason, true, 2000, "理由", "reason"),
};
static const linli_option reason_rows[] = { ROW_TEXT(entry_body, reason, true, 2000, "理由", "reason") };
/* clang-format on */
const struct form form_entry_create = FORM(entry_rows, struct entry_body);
/* One row of a list before any is added: checked by the very same table. */
const struct form form_entry_check = FORM(entry_rows, struct entry_body);
const struct form form_entries_add = FORM(many_rows, struct entries_body);
const struct form form_entry_edit = FORM(edit_rows, struct entry_body);
const struct form form_entry_drop = FORM(reason_rows, struct entry_body);

/* A fund serves the regimes it was set up for. */
static int fund_fits(struct act *a, const char *fund, const char *regime, struct err *err)
{
    struct rows *r;
    int status;

    if (!fund ||
        (status = tx_run(a->tx, Q_fund_serves, &r, err, P_INT(a->office), P_TEXT(fund), P_TEXT(regime))))
        return fund ? status : 0;
    if (rows_count(r) == 0)
        return err_set(err, E_ABSENT, "fund/absent", "there is no fund %s", fund);
    if (row_bool(r, 0, "serves"))
        return 0;
    err_set(err, E_REFUSED, "fund/purpose", "the fund is not for %s", regime);
    err_zh(err, "该资金的限定用途不包括此类项目");
    err_at(err, "/fund", "purpose", "the fund serves other purposes", "用途与资金限定不符");
    return E_REFUSED;
}

static int method_known(struct act *a, const char *method, struct err *err)
{
    if (!method || host_find(a->service->host, PLUGIN_MECHANISM, method, NULL))
        return 0;
    const char *choices = plugin_choices(a, PLUGIN_MECHANISM);

    err_set(err, E_INVALID, "body/invalid", "there is no mechanism %s; there are: %s", method, choices);
    err_zh(err, "没有采购方式 %s，可选：%s", method, choices);
    err_at(err, "/method", "choice", "not a mechanism of this server", "没有这种方式");
    return E_INVALID;
}

static int entry_taken(int status, struct err *err)
{
    if (status != E_CONFLICT)
        return status;
    err_set(err, E_CONFLICT, "value/taken", "the number is taken in this list");
    err_at(err, "/number", "duplicate", "another entry has it", "与其他项重复");
    return E_CONFLICT;
}

static int entry_add(struct act *a, const char *list, const struct entry_body *b, const char **ret_id,
                     struct err *err)
{
    const char *regime = regime_codes[b->regime];
    char id[UUID_TEXT];
    int status = method_known(a, b->method, err);

    if (status || (status = fund_fits(a, b->fund, regime, err)))
        return status;
    id_new(a->office, id);
    *ret_id = arena_dup(a->arena, id);
    status = tx_run(a->tx, Q_entry_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(list),
                    P_TEXT(b->number), P_TEXT(b->project), P_TEXT(b->name), P_TEXT(b->department),
                    P_TEXT(b->field), P_TEXT(b->beneficiaries), P_TEXT(b->place), P_INT(b->budget.minor),
                    P_TEXT(b->fund), P_TEXT(b->budget_item), P_TEXT(b->catalogue_code), P_TEXT(regime),
                    P_TEXT(b->method), P_INT(b->planned_month), P_INT(b->term_months), P_TEXT(b->officer));
    if (status == 0 && b->project)
        status = tx_run(a->tx, Q_project_listed, NULL, err, P_INT(a->office), P_TEXT(b->project),
                        P_TIME(a->now_us));
    return entry_taken(status, err);
}

static int entry_update(struct act *a, const char *id, const struct entry_body *b, struct err *err)
{
    struct rows *r;
    int status = method_known(a, b->method, err);

    if (status)
        return status;
    status = tx_run(
        a->tx, Q_entry_edit, &r, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->number), P_TEXT(b->project),
        P_TEXT(b->name), P_TEXT(b->department), P_TEXT(b->field), P_TEXT(b->beneficiaries), P_TEXT(b->place),
        p_some(b->budget.minor), P_TEXT(b->fund), P_TEXT(b->budget_item), P_TEXT(b->catalogue_code),
        P_TEXT(b->has_regime ? regime_codes[b->regime] : NULL), P_TEXT(b->method), p_some(b->planned_month),
        p_some(b->term_months), P_TEXT(b->officer), P_BOOL(b->has_project), P_BOOL(b->has_fund));
    if (status)
        return entry_taken(status, err);
    if (rows_count(r) == 0) {
        err_set(err, E_REFUSED, "state/refused", "the entry is in a tender, done or dropped");
        err_zh(err, "该项已进入采购、完成或删除，不能更改");
        return E_REFUSED;
    }
    return fund_fits(a, row_text(r, 0, "fund_id"), row_text(r, 0, "regime"), err);
}

static int entry_gone(struct act *a, const char *id, const char *reason, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_entry_drop, &r, err, P_INT(a->office), P_TEXT(id), P_TEXT(reason));

    if (status || rows_count(r))
        return status;
    err_set(err, E_REFUSED, "state/refused", "the entry is in a tender, done or dropped");
    err_zh(err, "该项已进入采购、完成或删除");
    return E_REFUSED;
}

/* What the negative list forbids stands in the list, stopped, with the reason. */
static int stop_forbidden(struct act *a, const char *list, struct err *err)
{
    return tx_run(a->tx, Q_entry_stop, NULL, err, P_INT(a->office), P_TEXT(list));
}

int act_entry_create(struct act *a, struct err *err)
{
    const char *list_id = a->subject;
    struct list list;
    int status = list_in(a, list_id, "draft", &list, err);

    if (status || (status = entry_add(a, list_id, a->body, &a->subject, err)))
        return status;
    json_key(&a->payload, "list");
    json_string(&a->payload, list_id);
    return stop_forbidden(a, list_id, err);
}

/* Taken as it would be, and taken back (DRY). */
int act_entry_check(struct act *a, struct err *err)
{
    const int status = act_entry_create(a, err);

    if (!status)
        buf_text(&a->answer, "{\"fits\":true}");
    return status;
}

/* A whole sheet, all or none. */
int act_entries_add(struct act *a, struct err *err)
{
    const struct entries_body *b = a->body;
    const struct entry_body *items = b->entries.items;
    struct list list;
    const char *id;
    int status = list_in(a, a->subject, "draft", &list, err);

    for (size_t i = 0; !status && i < b->entries.count; i++)
        status = entry_add(a, a->subject, &items[i], &id, err);
    json_key(&a->payload, "entries");
    json_int(&a->payload, (int64_t)b->entries.count);
    return status ? status : stop_forbidden(a, a->subject, err);
}

/* The list of the entry, which must be a draft. */
static int entry_list(struct act *a, struct list *ret, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_entry_load, &r, err, P_INT(a->office), P_TEXT(a->subject));

    return status ? status : list_in(a, row_text(r, 0, "list_id"), "draft", ret, err);
}

int act_entry_edit(struct act *a, struct err *err)
{
    struct list list;
    int status = entry_list(a, &list, err);

    if (status || (status = entry_update(a, a->subject, a->body, err)))
        return status;
    return stop_forbidden(a, list.id, err);
}

int act_entry_drop(struct act *a, struct err *err)
{
    const struct entry_body *b = a->body;
    struct list list;
    int status = entry_list(a, &list, err);

    return status ? status : entry_gone(a, a->subject, b->reason, err);
}

/* ---- drawn up, also from another ------------------------------------------------- */

/* Entries as they were planned; what has been forbidden since is stopped again. */
static int entries_copy(struct act *a, const char *from, struct err *err)
{
    struct list old;
    struct rows *r = NULL;
    char id[UUID_TEXT];
    int status = list_load(a, from, &old, err);

    if (status == E_ABSENT)
        err_at(err, "/copy_of", "absent", "no such list at this office", "本单位没有该清单");
    if (!status)
        status = tx_run(a->tx, Q_entries_to_copy, &r, err, P_INT(a->office), P_TEXT(from));
    for (size_t i = 0; !status && i < rows_count(r); i++) {
        id_new(a->office, id);
        status = tx_run(a->tx, Q_entry_copy, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->subject),
                        P_TEXT(row_text(r, i, "id")));
    }
    return status ? status : stop_forbidden(a, a->subject, err);
}

int act_list_create(struct act *a, struct err *err)
{
    const struct list_body *b = a->body;
    const char *id = act_makes(a);
    int64_t threshold_fen;
    int status = threshold_find(a, &threshold_fen, err);
    if (status)
        return status;
    status = tx_run(a->tx, Q_list_add, NULL, err, P_INT(a->office), P_TEXT(id), P_INT(b->year),
                    P_TEXT(b->title), p_some(threshold_fen), P_TEXT(a->actor->person), P_TIME(a->now_us));
    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "value/taken", "the office has a list for %lld already", (long long)b->year);
        err_zh(err, "本单位已有 %lld 年度清单", (long long)b->year);
        err_at(err, "/year", "duplicate", "there is a list for that year", "该年度已有清单");
    }
    return status || !b->copy_of ? status : entries_copy(a, b->copy_of, err);
}

/* ---- the list's life ------------------------------------------------------------ */

int act_list_approve(struct act *a, struct err *err)
{
    struct list list;
    int status = list_in(a, a->subject, "draft", &list, err);

    if (status)
        return status;
    if (strcmp(list.created_by, a->actor->person) == 0) {
        err_set(err, E_REFUSED, "approval/same-person", "the list was drawn up by the same person");
        err_zh(err, "编制人不能审批自己编制的清单");
        return E_REFUSED;
    }
    if ((status = stop_forbidden(a, list.id, err)))
        return status;
    return tx_run(a->tx, Q_list_approve, NULL, err, P_INT(a->office), P_TEXT(list.id),
                  P_TEXT(a->actor->person));
}

/* What is meant to be bought by statutory procurement is told apart, at first and as often as some of it is
 * another. */
static int intention_publish(struct act *a, const struct list *list, int32_t edition, struct err *err)
{
    struct rows *rows = NULL;
    int status =
        tx_run(a->tx, Q_intention_tell, &rows, err, P_INT(a->office), P_TEXT(list->id), P_INT(edition));

    if (status || !row_bool(rows, 0, "fresh"))
        return status;
    return notice_publish_list(a, list->id, "intention",
                               arena_printf(a->arena, "%s 政府采购意向", list->title),
                               row_text(rows, 0, "body"), err);
}

static int edition_add(struct act *a, const struct list *list, int32_t edition, const char *reason,
                       struct err *err)
{
    CLEANUP(buf_free) struct buf body = {0};
    int status = tx_run(a->tx, Q_list_edition_add, NULL, err, P_INT(a->office), P_TEXT(list->id),
                        P_INT(edition), P_TIME(a->now_us), P_TEXT(reason), P_TEXT(a->actor->person));

    if (status)
        return status;
    json_open(&body, '{');
    json_key(&body, "edition");
    json_int(&body, edition);
    json_key(&body, "list");
    json_string(&body, list->id);
    json_key(&body, "reason");
    json_string(&body, reason);
    json_key(&body, "year");
    json_int(&body, list->year);
    json_close(&body, '}');
    json_key(&a->payload, "edition");
    json_int(&a->payload, edition);
    status = notice_publish_list(a, list->id, edition == 1 ? "list" : "list_adjustment", list->title,
                                 body.data, err);
    return status ? status : intention_publish(a, list, edition, err);
}

int act_list_publish(struct act *a, struct err *err)
{
    struct list list;
    int status = list_in(a, a->subject, "approved", &list, err);

    if (status || (status = stop_forbidden(a, list.id, err)))
        return status;
    status = tx_run(a->tx, Q_list_publish, NULL, err, P_INT(a->office), P_TEXT(list.id), P_TIME(a->now_us));
    return status ? status : edition_add(a, &list, 1, "首次公布", err);
}

struct adjust_body {
    const char *reason;
    linli_list add, change, drop;
};
/* clang-format off */
static const linli_option adjust_rows[] = {
    ROW_TEXT(adjust_body, reason, true, 2000, "调整理由", "why the list is adjusted"),
    ROW_LIST(adjust_body, add, false, 0, 200, entry_rows, entry_body, "新增", "entries added"),
    ROW_LIST(adjust_body, change, false, 0, 200, change_rows, entry_body, "变更", "entries changed"),
    ROW_LIST(adjust_body, drop, false, 0, 200, drop_rows, entry_body, "取消", "entries dropped"),
};
/* clang-format on */
const struct form form_list_adjust = FORM(adjust_rows, struct adjust_body);

static int of_list(struct act *a, const char *entry, const char *list, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_entry_load, &r, err, P_INT(a->office), P_TEXT(entry));

    if (status || (rows_count(r) && strcmp(row_text(r, 0, "list_id"), list) == 0))
        return status;
    return err_set(err, E_ABSENT, "entry/absent", "the list has no entry %s", entry);
}

static int adjust(struct act *a, const struct list *list, const struct adjust_body *b, struct err *err)
{
    const struct entry_body *add = b->add.items, *change = b->change.items, *drop = b->drop.items;
    const char *id;
    int status = 0;

    for (size_t i = 0; status == 0 && i < b->drop.count; i++)
        if ((status = of_list(a, drop[i].entry, list->id, err)) == 0)
            status = entry_gone(a, drop[i].entry, drop[i].reason, err);
    for (size_t i = 0; status == 0 && i < b->change.count; i++)
        if ((status = of_list(a, change[i].entry, list->id, err)) == 0)
            status = entry_update(a, change[i].entry, &change[i], err);
    for (size_t i = 0; status == 0 && i < b->add.count; i++)
        status = entry_add(a, list->id, &add[i], &id, err);
    return status;
}

int act_list_adjust(struct act *a, struct err *err)
{
    const struct adjust_body *b = a->body;
    struct list list;
    int status = list_in(a, a->subject, "published", &list, err);

    if (status)
        return status;
    if (b->add.count + b->change.count + b->drop.count == 0) {
        err_set(err, E_INVALID, "body/invalid", "nothing is adjusted");
        err_at(err, "", "required", "one of add, change, drop", "至少新增、变更或取消一项");
        return E_INVALID;
    }
    if ((status = adjust(a, &list, b, err)) || (status = stop_forbidden(a, list.id, err)))
        return status;
    status = tx_run(a->tx, Q_list_edition_next, NULL, err, P_INT(a->office), P_TEXT(list.id));
    return status ? status : edition_add(a, &list, list.edition + 1, b->reason, err);
}

struct outcome_item {
    const char *entry, *outcome;
};
struct close_body {
    linli_list outcomes;
};
static const linli_option outcome_rows[] = {
    ROW_ID(outcome_item, entry, true, "清单项", "entry"),
    ROW_TEXT(outcome_item, outcome, true, 2000, "结果", "what became of it"),
};
static const linli_option close_rows[] = {
    ROW_LIST(close_body, outcomes, true, 0, 1000, outcome_rows, outcome_item, "各项结果",
             "what became of each entry"),
};
const struct form form_list_close = FORM(close_rows, struct close_body);

int act_list_close(struct act *a, struct err *err)
{
    const struct close_body *b = a->body;
    const struct outcome_item *item = b->outcomes.items;
    struct list list;
    struct rows *r;
    int status = list_in(a, a->subject, "published", &list, err);

    for (size_t i = 0; status == 0 && i < b->outcomes.count; i++)
        if ((status = of_list(a, item[i].entry, list.id, err)) == 0)
            status = tx_run(a->tx, Q_entry_outcome, NULL, err, P_INT(a->office), P_TEXT(item[i].entry),
                            P_TEXT(item[i].outcome));
    if (status ||
        (status = tx_run(a->tx, Q_list_close, &r, err, P_INT(a->office), P_TEXT(list.id), P_TIME(a->now_us))))
        return status;
    if (rows_count(r))
        return 0;
    err_set(err, E_INVALID, "body/invalid", "an entry has no outcome yet");
    err_zh(err, "清单中还有未说明结果的项");
    err_at(err, "/outcomes", "required", "every entry needs one", "每一项都须说明结果");
    return E_INVALID;
}

/* ---- what may not be bought -------------------------------------------------------- */

struct negative_body {
    const char *code, *reason;
};
static const linli_option negative_rows[] = {
    ROW_LINE(negative_body, code, true, 20, "目录编码前缀", "prefix of catalogue codes"),
    ROW_TEXT(negative_body, reason, true, 500, "理由", "reason"),
};
const struct form form_negative_add = FORM(negative_rows, struct negative_body);

int act_negative_add(struct act *a, struct err *err)
{
    const struct negative_body *b = a->body;

    json_open(&a->answer, '{');
    json_key(&a->answer, "code");
    json_string(&a->answer, b->code);
    json_key(&a->answer, "reason");
    json_string(&a->answer, b->reason);
    json_close(&a->answer, '}');
    return tx_run(a->tx, Q_negative_add, NULL, err, P_INT(a->office), P_TEXT(b->code), P_TEXT(b->reason));
}
