/*
 * participatory_budget - 参与式预算: which projects residents fund, from their
 * ballots.  One option says by which rule; `equal_shares` and `most_votes` are
 * the same scheme under the names of the two rules most asked for, chosen
 * already.
 */
#include "budget.h"

/* clang-format off */
static const linli_text rule_labels[] = { { "得票", "votes" }, { "得票与所需资金之比", "votes per cost" }, { "弗拉格门顺序法", "sequential Phragmen" }, { "均等份额法", "equal shares" }, { NULL, NULL } };
static const char *const rule_codes[] = { "votes", "votes_per_cost", "phragmen", "equal_shares", NULL };
static const linli_text ballot_labels[] = { { "认可", "approval" }, { "累积打分", "cumulative" }, { "逐项打分", "scoring" }, { "排序", "ordinal" }, { NULL, NULL } };
static const char *const ballot_codes[] = { "approval", "cumulative", "scoring", "ordinal", NULL };
static const linli_text fit_labels[] = { { "跳过", "pass over" }, { "到此为止", "end there" }, { NULL, NULL } };
static const char *const fit_codes[] = { "skip", "stop", NULL };
static const linli_text utility_labels[] = { { "按资金", "cost" }, { "按项目数", "cardinality" }, { "按人均资金", "effort" }, { NULL, NULL } };
static const char *const utility_codes[] = { "cost", "cardinality", "effort", NULL };
static const linli_text completion_labels[] = { { "不补足", "none" }, { "余款按票数", "the rest by votes" }, { "余款按弗拉格门法", "the rest by Phragmen's rule" }, { "增加份额", "raise the shares" }, { "增加份额，余款按票数", "raise the shares, the rest by votes" }, { NULL, NULL } };
static const char *const completion_codes[] = { "none", "votes", "phragmen", "add1", "add1u", NULL };
static const linli_text reading_labels[] = { { "超出预算前的最后结果", "the last outcome within the budget" }, { "首个余款不足以再支持任何项目的结果", "the first outcome that exhausts the budget" }, { NULL, NULL } };
static const char *const reading_codes[] = { "last_within_budget", "first_exhaustive", NULL };
static const linli_text tie_labels[] = { { "所需资金少者", "lower cost" }, { "所需资金多者", "higher cost" }, { "得票多者", "more votes" }, { "编号小者", "lower number" }, { "公开抽签", "public draw" }, { NULL, NULL } };

static const linli_option tie_item[] = {
    { .name = "", .type = LINLI_OPT_CHOICE, .required = true, .low = 0, .high = 4, .choices = tie_labels, .codes = tie_codes,
      .label = { "规则", "rule" }, .help = { "前一规则仍并列时适用", "used where the one before leaves a tie" } },
};

/* The options of each name: they differ in whether a rule is chosen already. */
#define OPTIONS(...) { \
    { .name = "rule", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, rule), .low = 0, .high = 3, __VA_ARGS__, \
      .choices = rule_labels, .codes = rule_codes, \
      .label = { "选取规则", "rule" }, .help = { "怎样由选票得出资助的项目", "how ballots make a set of projects" } }, \
    { .name = "ballots", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, ballots), .low = 0, .high = 3, .initial = "approval", \
      .choices = ballot_labels, .codes = ballot_codes, \
      .label = { "选票", "ballots" }, .help = { "居民勾选、打分或者排序", "residents approve, give points or put in order" } }, \
    { .name = "points", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, points), .low = 1, .high = 1000000, .initial = "10", \
      .label = { "分数", "points" }, .help = { "累积打分：每票共有几分；逐项打分：每项至多几分", "cumulative: what a ballot has in all; scoring: the most for a project" } }, \
    { .name = "votes_min", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, votes_min), .low = 1, .high = 100000000, .initial = "1", \
      .label = { "最低票数", "votes needed" }, .help = { "低于此数不资助", "with fewer a project is not funded" } }, \
    { .name = "fit", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, fit), .low = 0, .high = 1, .initial = "skip", \
      .choices = fit_labels, .codes = fit_codes, \
      .label = { "放不下时", "what does not fit" }, .help = { "所需超过余款的项目如何处理（均等份额法不用）", "a project that costs more than is left; not for equal shares" } }, \
    { .name = "utility", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, utility), .low = 0, .high = 2, .initial = "cost", \
      .choices = utility_labels, .codes = utility_codes, \
      .label = { "效用", "utility" }, .help = { "居民所给的每票或每分值多少：项目资金，一，或资金除以支持者人数（均等份额法）", "what a vote or point is worth: the cost of the project, one, or the cost for each supporter; equal shares only" } }, \
    { .name = "completion", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, completion), .low = 0, .high = 4, .initial = "add1", \
      .choices = completion_labels, .codes = completion_codes, \
      .label = { "补足", "completion" }, .help = { "余款如何使用（均等份额法）", "what becomes of the money left over; equal shares only" } }, \
    { .name = "compare", .type = LINLI_OPT_BOOL, .offset = offsetof(struct options, compare), .initial = "false", \
      .label = { "与得票比较", "compare with votes" }, .help = { "更多居民从按得票选取的结果得到更多时，采用该结果（均等份额法）", "where more voters get more from the outcome by votes, that one stands; equal shares only" } }, \
    { .name = "reading", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, reading), .low = 0, .high = 1, .initial = "last_within_budget", \
      .choices = reading_labels, .codes = reading_codes, \
      .label = { "停止条件", "reading" }, .help = { "增加份额到何时为止", "where raising the shares ends" } }, \
    { .name = "increment", .type = LINLI_OPT_MONEY, .offset = offsetof(struct options, increment), .low = 1, .high = INT64_C(100000000000000), .initial = "1.00", \
      .label = { "每次增加额", "increment" }, .help = { "每票份额每次增加多少；不同增加额可能得出不同结果", "how much each share grows in a step; the outcome may depend on it" } }, \
    { .name = "ties", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, ties), .low = 1, .high = 5, .initial = "[\"low_cost\",\"votes\",\"draw\"]", \
      .item = tie_item, .item_count = 1, .item_size = sizeof(int32_t), \
      .label = { "并列规则", "ties" }, .help = { "依次适用，须以编号或抽签结尾", "applied in order; the last must be number or draw" } }, \
}

static const linli_option to_choose[] = OPTIONS(.required = true);
static const linli_option by_shares[] = OPTIONS(.initial = "equal_shares");
static const linli_option by_votes[]  = OPTIONS(.initial = "votes");
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    size_t count;
    const int32_t *rules = tie_rules(options, &count);
    linli_report found;

    (void)facts;
    if (!linli_report_new(ask, count + 1, &found))
        return LINLI_NOMEM;
    if (rules[count - 1] != BY_NUMBER && rules[count - 1] != BY_DRAW)
        linli_find(&found, "/ties", (linli_line){.message = M_TIES_END});
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (rules[i] == rules[j]) {
                linli_find(&found, "/ties", LINLI_LINE(M_TIES_TWICE, linli_named(tie_codes[rules[i]])));
                break;
            }
    *out = linli_found_all(&found);
    return LINLI_OK;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;
    linli_criterion *votes = LINLI_NEW(ask, linli_criterion, 1);
    bool points = o->ballots == BALLOT_CUMULATIVE || o->ballots == BALLOT_SCORING;

    (void)facts;
    if (!votes)
        return LINLI_NOMEM;
    *votes = (linli_criterion){.code = "votes",
                               .name = {"支持", "support"},
                               .by = LINLI_BY_BALLOTS,
                               .unit = points ? LINLI_UNIT_COUNT : LINLI_UNIT_YES_NO,
                               .weight = {LINLI_WHOLE},
                               .low = 0,
                               .high = points ? o->points : 1,
                               .step = 1};
    *out = (linli_criteria){.items = votes, .count = 1};
    if (o->ballots == BALLOT_CUMULATIVE)
        out->ballot_sum = o->points;
    return LINLI_OK;
}

static int decide(struct count *c, struct shares_end *end, struct phragmen **by_load)
{
    bool stop = c->o->fit == FIT_STOP;

    switch (c->o->rule) {
    case RULE_PHRAGMEN:
        return phragmen(c, stop, by_load);
    case RULE_SHARES:
        return shares(c, end);
    default:
        return greedy(c, c->o->rule == RULE_PER_COST, stop, false);
    }
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    struct count c = {.ask = ask, .o = options, .facts = facts};
    struct shares_end end = {0};
    struct phragmen *by_load = NULL;
    linli_status status = count_gather(&c, facts, admitted);
    int done;

    if (status != LINLI_OK)
        return status;
    c.draw = draw_find(facts, &c);
    mpq_init(c.scratch);
    mpq_init(c.sum);
    done = decide(&c, &end, &by_load);
    if (done == NO_MEMORY || done == OUT_OF_RANGE)
        status = done == NO_MEMORY ? LINLI_NOMEM : LINLI_RANGE;
    else
        status = explain(&c, done, &end, by_load, out);
    phragmen_release(by_load);
    phragmen_release(end.rest);
    shares_release(end.shares);
    mpq_clear(c.scratch);
    mpq_clear(c.sum);
    return status;
}

/* clang-format off */
#define ABOUT(id_, ...) { \
    .id = (id_), .version = "2.1.0", .opens = "2.0.0", __VA_ARGS__, \
    .author = "Linli maintainers", .licence = "Apache-2.0", \
}
#define SHARES_BASIS { "Method of Equal Shares（Peters、Pierczyński、Skowron，2021）", "Method of Equal Shares (Peters, Pierczynski, Skowron, 2021)" }

static const linli_about about_budget = ABOUT("participatory_budget",
    .name    = { "参与式预算", "participatory budget" },
    .summary = { "按居民选票选出预算内的项目：得票、得票与资金之比、弗拉格门顺序法或均等份额法", "a set of projects from residents' ballots: by votes, votes per cost, sequential Phragmen or equal shares" },
    .basis   = { "居民投票办法；Phragmén（1894）；Method of Equal Shares（2021）", "local rules of residents' votes; Phragmen (1894); Method of Equal Shares (2021)" });
static const linli_about about_shares = ABOUT("equal_shares",
    .name    = { "均等份额法", "method of equal shares" },
    .summary = { "每位居民均分预算，支持者合力支付项目；有理数精确计算", "residents share the budget equally and pay for projects together; computed in exact fractions" },
    .basis   = SHARES_BASIS);
static const linli_about about_votes = ABOUT("most_votes",
    .name    = { "多数票", "most votes" },
    .summary = { "按得票多少依次资助，放得下就入选", "by number of votes, funded while it fits" },
    .basis   = { "居民投票办法；得票多者优先", "local rules of residents' votes; more votes go first" });

static const char *const budget_examples[] = {
    "{\"rule\":\"votes_per_cost\"}",
    "{\"rule\":\"phragmen\",\"fit\":\"stop\",\"ties\":[\"votes\",\"number\"]}",
    "{\"rule\":\"equal_shares\",\"ballots\":\"cumulative\",\"points\":5,\"utility\":\"cardinality\",\"completion\":\"votes\"}",
    "{\"rule\":\"votes\",\"ballots\":\"ordinal\"}",
    "{\"rule\":\"equal_shares\",\"ballots\":\"scoring\",\"utility\":\"effort\",\"completion\":\"phragmen\",\"compare\":true}",
    NULL
};
static const char *const shares_examples[] = {
    "{}",
    "{\"utility\":\"cardinality\",\"completion\":\"none\",\"ties\":[\"number\"]}",
    "{\"completion\":\"add1u\",\"reading\":\"first_exhaustive\",\"increment\":\"10.00\",\"ties\":[\"votes\",\"low_cost\",\"draw\"]}",
    NULL
};
static const char *const votes_examples[] = { "{}", "{\"votes_min\":10,\"fit\":\"stop\",\"ties\":[\"number\"]}", "{\"rule\":\"votes_per_cost\"}", NULL };

#define SCHEME(about_, options_, examples_) { \
    .size = sizeof(linli_scheme), .gives = LINLI_SET, .flags = LINLI_EXACT, .about = &(about_), \
    .options = (options_), .option_count = sizeof (options_) / sizeof (options_)[0], .options_size = sizeof(struct options), \
    .messages = messages, .message_count = MESSAGES, .examples = (examples_), \
    .check = check, .criteria = criteria, .evaluate = evaluate, \
}

static const linli_scheme participatory_budget = SCHEME(about_budget, to_choose, budget_examples);
static const linli_scheme equal_shares = SCHEME(about_shares, by_shares, shares_examples);
static const linli_scheme most_votes = SCHEME(about_votes, by_votes, votes_examples);
/* clang-format on */

static const linli_scheme *const schemes[] = {&participatory_budget, &equal_shares, &most_votes, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
