/* A tender before it is published: made from an entry of the list, edited, its lots. */
#include "core/service/draft.h"

#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/acceptance.h"
#include "core/service/call.h"
#include "core/service/forms.h"
#include "core/service/source.h"
#include "core/service/titles.h"
#include "core/service/words.h"

struct draft_body {
    const char *entry, *title, *summary, *scheme, *options, *scheme_options, *appropriation, *roll,
        *acceptance, *copy_of, *contact_person, *contact_phone;
    int32_t category;
    bool has_category;
    linli_money budget, ceiling;
    int64_t electorate, years, most_bids, most_awards;
    bool shared_pool, has_shared_pool;
    bool has_acceptance, has_ceiling, has_electorate, has_roll, has_most_bids, has_most_awards;
    linli_list lots, sources;
};

static const char *const categories[] = {"goods", "works", "services", "public_good", NULL};
static const linli_text category_labels[] = {
    {"货物", "goods"}, {"工程", "works"}, {"服务", "services"}, {"公益项目", "public good"}, {NULL, NULL}};

/* clang-format off */
static const linli_option lot_rows[] = {
    ROW_LINE(draft_lot, title, true, 200, "采购包名称", "title of the lot"),
    ROW_MONEY(draft_lot, budget, true, "预算", "budget"),
    ROW_MONEY(draft_lot, ceiling, false, "最高限价", "ceiling"),
};
#define SOURCES_ROW                                                                                 \
    ROW_LIST(draft_body, sources, false, 2, 20, source_rows, source_item, "资金来源", "appropriations that pay for it together, instead of one")
#define DRAFT_ROWS                                                                                  \
    ROW_LINE(draft_body, title, false, 200, "项目名称", "title"),                                    \
    ROW_TEXT(draft_body, summary, false, 20000, "需求说明", "what is bought or funded"),              \
    ROW_LINE(draft_body, contact_person, false, 60, "项目联系人", "who answers about this project"),         \
    ROW_LINE(draft_body, contact_phone, false, 40, "项目联系电话", "telephone of who answers"),       \
    { .name = "category", .type = LINLI_OPT_CHOICE, .high = 3, .codes = categories,                 \
      .choices = category_labels, .offset = offsetof(struct draft_body, category),                  \
      .present = offsetof(struct draft_body, has_category), .label = {"类别", "category"},           \
      .help = {"不填则为服务", "services where left out"} },                                          \
    ROW_CODE(draft_body, scheme, false, "评审方法", "scheme by which bids are compared"),              \
    ROW_OBJECT(draft_body, options, false, "采购方式的选项", "options of the mechanism"),              \
    ROW_OBJECT(draft_body, scheme_options, false, "评审方法的选项", "options of the scheme"),         \
    ROW_CLEARS(draft_body, acceptance, FORM_OBJECT, 0, 0, "验收评价办法", "evaluation of what is delivered",    \
               "验收评价办法", "scheme and options by which what is delivered is evaluated"),                 \
    ROW_ID(draft_body, appropriation, false, "预算指标", "appropriation it is paid from; left out: the one of this year that fits the entry, if only one does"), \
    SOURCES_ROW,                                                                                    \
    ROW_MONEY(draft_body, budget, false, "预算", "budget; the entry's where left out"),              \
    ROW_CLEARS(draft_body, ceiling, LINLI_OPT_MONEY, 1, INT64_C(100000000000000), "最高限价", "ceiling", "最高限价", "ceiling"), \
    ROW_CLEARS(draft_body, electorate, LINLI_OPT_COUNT, 1, 100000000, "有投票权人数", "who may vote", "有投票权人数", "who may vote"), \
    ROW_CLEARS(draft_body, roll, LINLI_OPT_ID, 0, 0, "选民名册", "roll of voters", "选民名册", "roll of voters"), \
    ROW_SAID(draft_body, years, COUNT, false, 1, 3, NULL, "合同年数", "yearly contracts",                   \
             "一招三年：一次采购、逐年签订的合同数，上一年考核合格方可续签；不填为一份合同",                         \
             "contracts of a year each under one award, each after the year before was found good; left out: one"), \
    ROW_CLEARS(draft_body, most_bids, LINLI_OPT_COUNT, 1, 100, "最多投标包数", "most lots to bid for",        \
               "同一组织最多可投的采购包数；不填不限", "of one organisation; left out: any number"),          \
    ROW_CLEARS(draft_body, most_awards, LINLI_OPT_COUNT, 1, 100, "最多中标包数", "most lots to win",          \
             "同一组织最多可中的采购包数（1 即兼投不兼中）；不填不限",                                          \
             "of one organisation, in the order of the lots; left out: any number"),                       \
    { .name = "shared_pool", .type = LINLI_OPT_BOOL,                                                \
      .offset = offsetof(struct draft_body, shared_pool),                                           \
      .present = offsetof(struct draft_body, has_shared_pool),                                      \
      .label = {"各包共用预算", "lots share the budget"},                                             \
      .help = {"各包预算为上限，合计可以超过项目预算", "each up to its own; together they may exceed the tender's"} }, \
    ROW_LIST(draft_body, lots, false, 1, 100, lot_rows, draft_lot, "采购包", "lots; one where left out")

static const linli_option create_rows[] = {
    ROW_ID(draft_body, entry, true, "清单项", "entry of the purchase list"),
    ROW_ID(draft_body, copy_of, false, "照抄的采购项目", "tender it takes over what is left out here"),
    DRAFT_ROWS
};
static const linli_option edit_rows[] = { DRAFT_ROWS };
static const linli_option call_rows[] = {
    ROW_LINE(draft_body, title, true, 200, "项目名称", "title"),
    ROW_TEXT(draft_body, summary, true, 20000, "需求说明", "what is called off"),
    ROW_MONEY(draft_body, budget, true, "预算", "budget, within what the agreements leave"),
    ROW_OBJECT(draft_body, options, true, "采购方式的选项", "options the agreements leave open"),
    ROW_ID(draft_body, appropriation, false, "预算指标", "appropriation it is paid from"),
    SOURCES_ROW,
    ROW_COUNT(draft_body, electorate, false, 1, 100000000, "服务对象人数", "who may choose"),
    ROW_ID(draft_body, roll, false, "服务对象名册", "roll of those served, where they choose"),
};
static const linli_option supplement_rows[] = {
    ROW_LINE(draft_body, title, false, 200, "项目名称", "title"),
    ROW_TEXT(draft_body, summary, false, 20000, "需求说明", "what is asked for; as in the first call where left out"),
};
/* clang-format on */
const struct form form_supplement_create = FORM(supplement_rows, struct draft_body);
const struct form form_tender_create = FORM(create_rows, struct draft_body);
const struct form form_tender_edit = FORM(edit_rows, struct draft_body);
const struct form form_create_preview = FORM(create_rows, struct draft_body);
const struct form form_edit_preview = FORM(edit_rows, struct draft_body);
const struct form form_call_create = FORM(call_rows, struct draft_body);

/* ---- what must fit, in a draft and at publication ---------------------------- */

void point_into(struct err *err, const char *prefix)
{
    if (err && err->at_count > 0 && err->detail[0] == '/') {
        char detail[sizeof err->detail], zh[sizeof err->zh];
        memcpy(detail, err->detail, sizeof detail);
        memcpy(zh, err->zh, sizeof zh);
        snprintf(err->detail, sizeof err->detail, "%s%.400s", prefix, detail);
        if (zh[0] == '/')
            snprintf(err->zh, sizeof err->zh, "%s%.400s", prefix, zh);
    }
    for (int i = 0; err && i < err->at_count; i++) {
        char old[sizeof err->at[i].pointer];
        memcpy(old, err->at[i].pointer, sizeof old);
        snprintf(err->at[i].pointer, sizeof err->at[i].pointer, "%s%.100s", prefix, old);
    }
}

int draft_unfit(struct err *err, const char *pointer, const char *text, const char *zh)
{
    return err_member(err, pointer, "choice", text, zh);
}

/* In statutory procurement the method is evaluated by what its law names: 财政部令第87号 §53, 第74号 §35,
 * 财库〔2014〕214号 §23. */
static int method_fits(const struct tender *t, struct err *err)
{
    const char *const *methods = t->regime == LINLI_STATUTORY ? plugin_methods(t->mechanism) : NULL;
    char list[200] = "";
    size_t n = 0;

    for (size_t i = 0; methods && methods[i]; i++) {
        if (strcmp(methods[i], plugin_about(t->scheme)->id) == 0)
            return 0;
        n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", i ? ", " : "", methods[i]);
        n = n < sizeof list ? n : sizeof list - 1;
    }
    if (!methods)
        return 0;
    err_set(err, E_INVALID, "body/invalid",
            "in statutory procurement this mechanism is evaluated by one of: %s", list);
    err_zh(err, "政府采购中，该方式只能采用以下评审方法：%s", list);
    err_at(err, "/scheme", "choice", "the law does not let this mechanism be evaluated by it",
           "法律不允许该方式采用这种评审方法");
    return E_INVALID;
}

static int plugins_fit(const struct tender *t, struct err *err)
{
    const linli_mechanism *m = plugin_mechanism(t->mechanism);

    if (!(m->regimes & (UINT32_C(1) << t->regime)))
        return draft_unfit(err, "/entry", "the mechanism does not serve the entry's regime",
                           "该方式不适用于此类项目");
    if (!(m->takes & plugin_scheme(t->scheme)->gives))
        return draft_unfit(err, "/scheme", "the mechanism cannot award from what the scheme gives",
                           "该评审方法不能与此方式配合");
    if (t->shared_pool && plugin_scheme(t->scheme)->gives == LINLI_SET)
        return draft_unfit(err, "/shared_pool", "what a scheme chooses as a set cannot share a budget",
                           "成组选定的评审办法不能共用预算");
    return method_fits(t, err);
}

/* The scheme is checked beside the plan that these options make: what qualifies a bid may not be scored as
 * well.  A plan that cannot be made yet is no fault of the scheme's. */
static linli_facts with_plan(struct act *a, const struct tender *t, const linli_facts *facts)
{
    linli_facts with = *facts;
    struct err ignored = {0};

    if (!with.plan && ask_plan(t->mechanism, a->arena, t->options, facts, &with.plan, NULL, &ignored))
        with.plan = NULL;
    return with;
}

/* Several years under one award: of services, and no more of them than a service may last. */
static int years_fit(const struct tender *t, struct err *err)
{
    const linli_rule *rule = rule_find(t->rules.rules, t->rules.count, "service_term_max");

    if (t->years < 2)
        return 0;
    if (t->category != LINLI_SERVICES || t->under || t->supplements ||
        (rule && rule->period.unit == LINLI_MONTHS && rule->period.count < t->years * 12))
        return draft_unfit(err, "/years",
                           "contracts of several years are for services, as long as the rules let them last",
                           "逐年签订合同仅限服务类项目，合计不超过规定期限");
    return 0;
}

/* A scheme that gives an order or a set by its options: which of them these give shows when it is asked about
 * nobody. */
static int kind_fits(struct act *a, const struct tender *t, const linli_facts *facts, struct err *err)
{
    const uint32_t takes = plugin_mechanism(t->mechanism)->takes, gives = plugin_scheme(t->scheme)->gives;
    const linli_admissions nobody = {0};
    const linli_evaluation *e;
    char *json;
    int status;

    if ((gives & takes) == gives)
        return 0;
    status = ask_evaluate(t->scheme, a->arena, t->scheme_options, facts, &nobody, &e, &json, err);
    if (status || ((uint32_t)e->kind & takes))
        return status;
    return draft_unfit(err, "/scheme_options",
                       "with these options the scheme sets amounts, which the mechanism cannot award from",
                       "按这些选项，评审方法会确定金额，该方式不能据此授予");
}

int draft_check(struct act *a, struct tender *t, struct err *err)
{
    struct lot_facts facts;
    linli_facts planned;
    char *canonical;
    int status = plugins_fit(t, err);

    if (status || (status = years_fit(t, err)) || (status = lot_facts_load(a, t, NULL, &facts, err)))
        return status;
    status = plugin_options(t->mechanism, a->arena, t->options_json, strlen(t->options_json), facts.facts,
                            &t->options, &canonical, err);
    if (status) {
        point_into(err, "/options");
        return status;
    }
    t->options_json = canonical;
    planned = with_plan(a, t, facts.facts);
    status = plugin_options(t->scheme, a->arena, t->scheme_options_json, strlen(t->scheme_options_json),
                            &planned, &t->scheme_options, &canonical, err);
    if (status) {
        point_into(err, "/scheme_options");
        return status;
    }
    t->scheme_options_json = canonical;
    if ((status = kind_fits(a, t, &planned, err)))
        return status;
    return acceptance_check(a, facts.facts, &t->acceptance, err);
}

/* ---- the entry it is made from -------------------------------------------------- */

static int entry_find(struct act *a, const char *entry, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_entry_load, ret, err, P_INT(a->office), P_TEXT(entry));

    if (status || rows_count(*ret))
        return status;
    return err_set(err, E_ABSENT, "entry/absent", "the office has no entry %s", entry);
}

int entry_ready(struct act *a, const char *entry, bool follows, struct rows **ret, struct err *err)
{
    int status = entry_find(a, entry, ret, err);

    if (status)
        return status;
    if (strcmp(row_text(*ret, 0, "list_state"), "published") != 0) {
        err_set(err, E_REFUSED, "state/refused", "its list is not published");
        err_zh(err, "该项所在清单尚未公布或已办结");
        return E_REFUSED;
    }
    if (strcmp(row_text(*ret, 0, "state"), "planned") == 0 || follows)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the entry is %s", row_text(*ret, 0, "state"));
    err_zh(err, "该清单项已停止、取消或已进入采购");
    return E_REFUSED;
}

int entry_of_draft(struct act *a, const struct tender *t, struct rows **ret, struct err *err)
{
    return t->under || t->supplements ? entry_find(a, t->entry_id, ret, err)
                                      : entry_ready(a, t->entry_id, t->follows != NULL, ret, err);
}

/* ---- create ---------------------------------------------------------------------- */

int draft_plugins(const struct act *a, struct tender *t, const char *mechanism, const char *scheme,
                  struct err *err)
{
    t->mechanism = host_find(a->service->host, PLUGIN_MECHANISM, mechanism, NULL);
    t->scheme = host_find(a->service->host, PLUGIN_SCHEME, scheme, NULL);
    if (!t->mechanism)
        return draft_unfit(err, "/entry", "the entry's mechanism is not on this server",
                           "没有该清单项的采购方式");
    if (t->scheme)
        return 0;
    const char *choices = plugin_choices(a, PLUGIN_SCHEME);

    err_set(err, E_INVALID, "body/invalid", "there is no scheme %s; there are: %s", scheme, choices);
    err_zh(err, "没有评审方法 %s，可选：%s", scheme, choices);
    err_at(err, "/scheme", "choice", "there is no such scheme", "没有这种评审方法");
    return E_INVALID;
}

static int money_fits(const struct tender *t, int64_t most_fen, const linli_list *lots, struct err *err)
{
    const struct draft_lot *item = lots->items;
    int64_t sum = 0;

    if (t->budget_fen > most_fen)
        return draft_unfit(err, "/budget", "more than the entry's budget", "超过清单项的预算");
    if (t->ceiling_fen > t->budget_fen)
        return draft_unfit(err, "/ceiling", "more than the budget", "最高限价超过预算");
    for (size_t i = 0; i < lots->count; i++) {
        sum += item[i].budget.minor;
        if (item[i].budget.minor > t->budget_fen)
            return draft_unfit(err, "/lots", "a lot's budget is more than the tender's",
                               "某包预算超过项目预算");
        if (item[i].ceiling.minor > item[i].budget.minor)
            return draft_unfit(err, "/lots", "a ceiling is more than its lot's budget",
                               "最高限价超过该包预算");
    }
    if (lots->count && t->shared_pool && sum < t->budget_fen)
        return draft_unfit(err, "/lots", "the budgets of the lots do not exhaust the tender's",
                           "各包预算之和不足项目预算");
    if (lots->count && !t->shared_pool && sum != t->budget_fen)
        return draft_unfit(err, "/lots", "the budgets of the lots must add up to the tender's",
                           "各包预算之和应等于项目预算");
    return 0;
}

static int lot_add(struct act *a, const struct tender *t, int32_t no, const struct draft_lot *item,
                   struct err *err)
{
    char id[UUID_TEXT];

    id_new(t->office, id);
    return tx_run(a->tx, Q_lot_add, NULL, err, P_INT(t->office), P_TEXT(id), P_TEXT(t->id), P_INT(no),
                  P_TEXT(item->title), P_INT(item->budget.minor), p_some(item->ceiling.minor));
}

int draft_lots(struct act *a, const struct tender *t, const linli_list *lots, struct err *err)
{
    const struct draft_lot *item = lots->items;
    const struct draft_lot whole = {t->title, {t->budget_fen}, {t->ceiling_fen}};
    int status = lots->count ? 0 : lot_add(a, t, 1, &whole, err);

    for (size_t i = 0; status == 0 && i < lots->count; i++)
        status = lot_add(a, t, (int32_t)i + 1, &item[i], err);
    return status;
}

/* The draft's members from the body, or what the tender has already. */
static void take_body(struct tender *t, const struct draft_body *b)
{
    t->title = b->title ? b->title : t->title;
    t->summary = b->summary ? b->summary : t->summary;
    t->options_json = b->options ? b->options : t->options_json;
    t->scheme_options_json = b->scheme_options ? b->scheme_options : t->scheme_options_json;
    t->roll_id = b->roll || b->has_roll ? b->roll : t->roll_id;
    t->budget_fen = b->budget.minor ? b->budget.minor : t->budget_fen;
    t->ceiling_fen = b->has_ceiling ? b->ceiling.minor : t->ceiling_fen;
    t->electorate = b->electorate || b->has_electorate ? b->electorate : t->electorate;
    t->years = b->years ? (int32_t)b->years : t->years ? t->years : 1;
    t->most_bids = b->has_most_bids ? b->most_bids : t->most_bids;
    t->most_awards = b->has_most_awards ? b->most_awards : t->most_awards;
    t->shared_pool = b->has_shared_pool ? b->shared_pool : t->shared_pool;
    t->category = b->has_category ? b->category + LINLI_GOODS : t->category;
    if (b->has_acceptance && !b->acceptance)
        t->acceptance = (struct acceptance){0};
}

int draft_rules(struct act *a, struct tender *t, struct err *err)
{
    const struct rule_set *set = NULL;
    int status = rules_here(a, t->regime, &set, err);

    if (set)
        t->rules = *set;
    return status;
}

int draft_options_kept(struct act *a, struct tender *t, const char *old, struct err *err)
{
    const linli_mechanism *m = plugin_mechanism(t->mechanism);
    const char **names = ARENA_NEW(a->arena, const char *, m->option_count + 1);
    struct rows *r = NULL;
    int status;

    for (uint32_t i = 0; i < m->option_count; i++)
        names[i] = m->options[i].name;
    status = tx_run(a->tx, Q_options_keep, &r, err, P_TEXT(old), P_TEXTS(names, m->option_count));
    if (!status)
        t->options_json = row_text(r, 0, "options");
    return status;
}

/* What tender_add and tender_edit have in common; who drew it up, and when, is only said once. */
int draft_store(struct act *a, const struct tender *t, enum statement_id q, struct err *err)
{
    const struct param params[] = {P_INT(t->office),
                                   P_TEXT(t->id),
                                   P_TEXT(t->entry_id),
                                   P_TEXT(t->title),
                                   P_TEXT(t->summary),
                                   P_TEXT(category_code(t->category)),
                                   P_TEXT(regime_code(t->regime)),
                                   P_TEXT(plugin_about(t->mechanism)->id),
                                   P_TEXT(plugin_about(t->scheme)->id),
                                   P_TEXT(t->options_json),
                                   P_TEXT(t->scheme_options_json),
                                   P_INT(t->budget_fen),
                                   p_some(t->ceiling_fen),
                                   P_INT(t->electorate),
                                   P_TEXT(t->roll_id),
                                   P_BOOL(t->shared_pool),
                                   P_INT(t->years ? t->years : 1),
                                   p_some(t->most_bids),
                                   p_some(t->most_awards),
                                   P_TEXT(acceptance_write(a, &t->acceptance, false)),
                                   P_TIME(a->now_us),
                                   P_TEXT(a->actor->person),
                                   P_TEXT(t->follows),
                                   P_TEXT(t->under),
                                   P_TEXT(t->supplements)};

    if (q == Q_tender_edit)
        return tx_run_v(a->tx, q, params, LENGTH(params) - 5, NULL, err);
    int status = tx_run_v(a->tx, q, params, LENGTH(params), NULL, err);
    return status ? status : invitation_promise(a, t, err);
}

/* Who answers about it, where the body says. */
static int contact_store(struct act *a, const struct tender *t, const struct draft_body *b, struct err *err)
{
    return b->contact_person || b->contact_phone
               ? tx_run(a->tx, Q_tender_contact, NULL, err, P_INT(t->office), P_TEXT(t->id),
                        P_TEXT(b->contact_person), P_TEXT(b->contact_phone))
               : 0;
}

int contact_copy(struct act *a, const struct tender *t, const char *from, struct err *err)
{
    return tx_run(a->tx, Q_tender_contact_copy, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(from));
}

/* ---- a call-off, under agreements ---------------------------------------------------- */

/* Within the agreements' budget, under their options and what the body adds to them. */
static int call_fits(struct act *a, struct tender *t, const struct draft_body *b, struct err *err)
{
    struct tender *agreement;
    struct lot *lot;
    int status = call_agreement(a, t->under, &agreement, &lot, err);

    if (!status)
        status = call_budget(a, t, lot, err);
    return status || !b->options ? status : call_options(a, agreement, b->options, &t->options_json, err);
}

int act_call_create(struct act *a, struct err *err)
{
    const struct draft_body *b = a->body;
    struct tender *of, t;
    struct lot *lot;
    char id[UUID_TEXT];
    int status = call_agreement(a, a->subject, &of, &lot, err);

    if (status)
        return status;
    id_new(a->office, id);
    t = (struct tender){.id = arena_dup(a->arena, id),
                        .office = a->office,
                        .under = a->subject,
                        .entry_id = of->entry_id,
                        .category = of->category,
                        .regime = of->regime,
                        .scheme_options_json = of->scheme_options_json,
                        .acceptance = of->acceptance};
    take_body(&t, b);
    if ((status = draft_plugins(a, &t, plugin_about(of->mechanism)->id, plugin_about(of->scheme)->id, err)) ||
        (status = call_fits(a, &t, b, err)) || (status = draft_rules(a, &t, err)) ||
        (status = draft_check(a, &t, err)) || (status = draft_store(a, &t, Q_tender_add, err)) ||
        (status = contact_copy(a, &t, of->id, err)) ||
        (status = source_write(a, &t, b->appropriation, &b->sources, err)))
        return status;
    json_key(&a->payload, "under");
    json_string(&a->payload, t.under);
    a->subject = a->tender_id = t.id;
    return draft_lots(a, &t, &b->lots, err);
}

/* ---- a supplementary call, beside agreements of whom too few are left ------------------- */

int act_supplement_create(struct act *a, struct err *err)
{
    const struct draft_body *b = a->body;
    struct addition more = {0};
    struct tender t;
    char id[UUID_TEXT];
    int status = supplement_of(a, a->subject, &more, err);

    if (status)
        return status;
    if (more.under_way)
        return err_both(err, E_REFUSED, "state/refused", "another supplementary call is under way",
                        "已有进行中的补充征集");
    id_new(a->office, id);
    t = (struct tender){.id = arena_dup(a->arena, id),
                        .office = a->office,
                        .supplements = a->subject,
                        .entry_id = more.of->entry_id,
                        .title = arena_printf(a->arena, "%s（补充征集）", more.of->title),
                        .summary = more.of->summary,
                        .category = more.of->category,
                        .regime = more.of->regime,
                        .budget_fen = more.lot->budget_fen,
                        .ceiling_fen = more.lot->ceiling_fen,
                        .options_json = more.options_json,
                        .scheme_options_json = more.of->scheme_options_json,
                        .acceptance = more.of->acceptance};
    take_body(&t, b);
    if ((status = draft_plugins(a, &t, plugin_about(more.of->mechanism)->id,
                                plugin_about(more.of->scheme)->id, err)) ||
        (status = draft_rules(a, &t, err)) || (status = draft_check(a, &t, err)) ||
        (status = draft_store(a, &t, Q_tender_add, err)) ||
        (status = contact_copy(a, &t, more.of->id, err)) ||
        (status = tx_run(a->tx, Q_source_copy, NULL, err, P_INT(t.office), P_TEXT(more.of->id), P_TEXT(t.id),
                         P_INT(t.budget_fen))))
        return status;
    json_key(&a->payload, "supplements");
    json_string(&a->payload, t.supplements);
    a->subject = a->tender_id = t.id;
    return draft_lots(a, &t, &b->lots, err);
}

/* All but its words is as in the first call (财政部令第110号 §19). */
static int supplement_keeps(const struct tender *t, const struct draft_body *b, struct err *err)
{
    const char *said = b->options                           ? "/options"
                       : b->scheme                          ? "/scheme"
                       : b->scheme_options                  ? "/scheme_options"
                       : b->acceptance                      ? "/acceptance"
                       : b->lots.count                      ? "/lots"
                       : b->budget.minor || b->has_category ? "/budget"
                       : b->has_ceiling                     ? "/ceiling"
                                                            : NULL;

    return t->supplements && said
               ? draft_unfit(err, said, "as in the first call", "条件、程序、评审方法应与初次征集相同")
               : 0;
}

/* ---- edit ------------------------------------------------------------------------ */

int draft_load(struct act *a, struct tender **ret, struct err *err)
{
    int status = tender_load(a, a->subject, ret, err);

    if (status || strcmp((*ret)->state, "draft") == 0)
        return status;
    err_set(err, E_REFUSED, "state/refused", "the tender is published: amend it");
    err_zh(err, "项目已发布，请使用更正");
    return E_REFUSED;
}

/* Lots keep their numbers; a draft with fewer of them is another draft. */
static int lots_edit(struct act *a, const struct tender *t, const linli_list *lots, struct err *err)
{
    const struct draft_lot *item = lots->items;
    int status = 0;

    if (lots->count && lots->count < t->lot_count)
        return draft_unfit(err, "/lots", "lots cannot be taken away: cancel the draft",
                           "不能减少采购包，请取消草案");
    for (size_t i = 0; status == 0 && i < lots->count; i++)
        status = i < t->lot_count ? tx_run(a->tx, Q_lot_edit, NULL, err, P_INT(t->office),
                                           P_TEXT(t->lots[i].id), P_TEXT(item[i].title),
                                           P_INT(item[i].budget.minor), p_some(item[i].ceiling.minor))
                                  : lot_add(a, t, (int32_t)i + 1, &item[i], err);
    if (status == 0 && lots->count == 0 && t->lot_count == 1)
        status = tx_run(a->tx, Q_lot_edit, NULL, err, P_INT(t->office), P_TEXT(t->lots[0].id),
                        P_TEXT(t->title), P_INT(t->budget_fen), p_some(t->ceiling_fen));
    return status;
}

int act_tender_edit(struct act *a, struct err *err)
{
    const struct draft_body *b = a->body;
    struct tender *t;
    struct rows *r;
    int status = draft_load(a, &t, err);

    if (status || (status = entry_of_draft(a, t, &r, err)) || (status = supplement_keeps(t, b, err)))
        return status;
    if (b->scheme && (status = draft_plugins(a, t, plugin_about(t->mechanism)->id, b->scheme, err)))
        return status;
    take_body(t, b);
    if (b->acceptance && (status = acceptance_read(a, b->acceptance, "/acceptance", &t->acceptance, err)))
        return status;
    if ((t->under && (status = call_fits(a, t, b, err))) || (status = draft_rules(a, t, err)) ||
        (status = money_fits(t, row_int(r, 0, "budget_fen"), &b->lots, err)) ||
        (status = draft_check(a, t, err)) || (status = draft_store(a, t, Q_tender_edit, err)) ||
        (status = contact_store(a, t, b, err)) ||
        (status = source_write(a, t, b->appropriation, &b->sources, err)))
        return status;
    return lots_edit(a, t, &b->lots, err);
}

/* ---- create, also as a copy of another ------------------------------------------------- */

static int required(struct err *err, const char *pointer)
{
    err_set(err, E_INVALID, "body/invalid", "%s is required", pointer);
    err_at(err, pointer, "required", "required where no tender is copied", "未照抄其他项目的必填");
    return E_INVALID;
}

/* What the body leaves out of another tender of the office: options that fit, criteria, acceptance, lots,
 * limits. */
static int copy_from(struct act *a, struct tender *t, struct draft_body *b, struct err *err)
{
    struct tender *old = NULL;
    int status = tender_load(a, b->copy_of, &old, err);

    if (status == E_ABSENT)
        err_at(err, "/copy_of", "absent", "no such tender at this office", "本单位没有该项目");
    if (status)
        return status;
    if (!b->scheme && !b->scheme_options)
        t->scheme_options_json = old->scheme_options_json;
    b->scheme = b->scheme ? b->scheme : plugin_about(old->scheme)->id;
    t->summary = old->summary;
    t->acceptance = old->acceptance;
    t->category = old->category;
    t->shared_pool = old->shared_pool;
    t->years = old->years;
    t->most_bids = old->most_bids;
    t->most_awards = old->most_awards;
    t->options_json = old->options_json;
    if (b->lots.count == 0 && old->lot_count > 1) {
        struct draft_lot *items = ARENA_NEW(a->arena, struct draft_lot, old->lot_count);
        for (size_t i = 0; i < old->lot_count; i++)
            items[i] =
                (struct draft_lot){old->lots[i].title, {old->lots[i].budget_fen}, {old->lots[i].ceiling_fen}};
        b->lots = (linli_list){items, old->lot_count};
    }
    return 0;
}

/* The one appropriation the entry can be paid from this year; none or several: somebody has to name it. */
static int find_money(struct act *a, const struct tender *t, struct draft_body *b, struct err *err)
{
    struct rows *r = NULL;
    int year, month, day, status;

    if (b->appropriation || b->sources.count)
        return 0;
    date_split(day_of(a->now_us), &year, &month, &day);
    status = tx_run(a->tx, Q_appropriation_fits, &r, err, P_INT(t->office), P_TEXT(t->entry_id),
                    P_TEXT(regime_code(t->regime)), P_INT(year));
    if (!status && rows_count(r) == 1)
        b->appropriation = row_text(r, 0, "id");
    return status;
}

int act_tender_create(struct act *a, struct err *err)
{
    struct draft_body body = *(const struct draft_body *)a->body, *b = &body;
    struct tender t = {
        .office = a->office, .category = LINLI_SERVICES, .scheme_options_json = "{}", .entry_id = b->entry};
    struct rows *r;
    char id[UUID_TEXT];
    int status = entry_ready(a, b->entry, false, &r, err);

    if (!status && !b->copy_of && (!b->summary || !b->scheme || !b->options))
        status = required(err, !b->summary ? "/summary" : !b->scheme ? "/scheme" : "/options");
    if (!status && b->copy_of)
        status = copy_from(a, &t, b, err);
    if (status || (status = draft_plugins(a, &t, row_text(r, 0, "method"), b->scheme, err)))
        return status;
    if (b->copy_of && !b->options && (status = draft_options_kept(a, &t, t.options_json, err)))
        return status;
    id_new(a->office, id);
    t.id = a->subject = a->tender_id = arena_dup(a->arena, id);
    t.title = row_text(r, 0, "name");
    t.budget_fen = row_int(r, 0, "budget_fen");
    t.regime = regime_of(row_text(r, 0, "regime"));
    if (!t.regime)
        return err_set(err, E_BROKEN, "server/broken", "entry %s has a regime that is none", b->entry);
    take_body(&t, b);
    if (b->acceptance && (status = acceptance_read(a, b->acceptance, "/acceptance", &t.acceptance, err)))
        return status;
    if ((status = draft_rules(a, &t, err)) || (status = find_money(a, &t, b, err)) ||
        (status = money_fits(&t, row_int(r, 0, "budget_fen"), &b->lots, err)) ||
        (status = draft_check(a, &t, err)) || (status = draft_store(a, &t, Q_tender_add, err)) ||
        (b->copy_of && (status = contact_copy(a, &t, b->copy_of, err))) ||
        (status = contact_store(a, &t, b, err)) ||
        (status = source_write(a, &t, b->appropriation, &b->sources, err)) ||
        (b->copy_of && (status = tx_run(a->tx, Q_scoring_copy, NULL, err, P_INT(t.office), P_TEXT(b->copy_of),
                                        P_TEXT(t.id)))))
        return status;
    return draft_lots(a, &t, &b->lots, err);
}

int act_create_preview(struct act *a, struct err *err)
{
    return act_tender_create(a, err);
}

int act_edit_preview(struct act *a, struct err *err)
{
    return act_tender_edit(a, err);
}
