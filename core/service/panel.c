/* The panel of a lot: named, signed in, declared, replaced; its report and signatures. */
#include "core/service/panel.h"
#include "core/service/opening.h"

#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/panel.h"
#include "core/service/forms.h"

enum { PANEL_MOST = 51 };

static const char *const kind_codes[] = {"expert", "representative", NULL};
static const linli_text kind_labels[] = {
    {"评审专家", "expert"}, {"采购人代表", "representative"}, {NULL, NULL}};

/* ---- reading ---- */

int members_load(struct act *a, const struct lot *l, struct members *ret, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_panel_members, &rows, err, P_INT(a->office), P_TEXT(l->id));
    size_t count = status ? 0 : rows_count(rows);
    struct member *items = ARENA_NEW(a->arena, struct member, count);

    for (size_t i = 0; i < count; i++)
        items[i] = (struct member){.id = row_text(rows, i, "id"),
                                   .person = row_text(rows, i, "person_id"),
                                   .state = row_text(rows, i, "state"),
                                   .dissent = row_text(rows, i, "dissent"),
                                   .no = (int32_t)row_int(rows, i, "no"),
                                   .expert = strcmp(row_text(rows, i, "kind"), "expert") == 0,
                                   .chair = row_bool(rows, i, "chair"),
                                   .declared = !row_null(rows, i, "declared"),
                                   .vacant = row_bool(rows, i, "vacant"),
                                   .unblinded = !row_null(rows, i, "unblinded"),
                                   .signed_report = !row_null(rows, i, "report_signed")};
    *ret = (struct members){items, count};
    return status;
}

static const struct member *member_of(const struct members *members, const char *person)
{
    for (size_t i = 0; person && i < members->count; i++)
        if (strcmp(members->items[i].person, person) == 0)
            return &members->items[i];
    return NULL;
}

static const struct member *member_by_id(const struct members *members, const char *id)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->items[i].id, id) == 0)
            return &members->items[i];
    return NULL;
}

static bool is_present(const struct member *m)
{
    return strcmp(m->state, "present") == 0;
}

size_t members_present(const struct members *members)
{
    size_t n = 0;

    for (size_t i = 0; i < members->count; i++)
        n += is_present(&members->items[i]);
    return n;
}

static int not_a_member(struct err *err)
{
    err_set(err, E_FORBIDDEN, "auth/forbidden", "you do not sit on this panel");
    err_zh(err, "您不是该评审小组成员");
    return E_FORBIDDEN;
}

int member_acting(struct act *a, const struct members *members, const struct member **ret, struct err *err)
{
    const struct member *m = member_of(members, a->actor ? a->actor->person : NULL);

    if (!m || strcmp(m->state, "replaced") == 0)
        return not_a_member(err);
    if (strcmp(m->state, "excused") == 0) {
        err_set(err, E_REFUSED, "conflict/interest", "you were excused from this panel");
        err_zh(err, "您已回避该项目评审");
        return E_REFUSED;
    }
    if (!is_present(m) || !m->declared) {
        err_set(err, E_REFUSED, "state/refused", "sign in and declare your interests first");
        err_zh(err, "请先签到并声明利害关系");
        return E_REFUSED;
    }
    *ret = m;
    return 0;
}

int evaluator_sits(struct act *a, const struct lot *l, struct err *err)
{
    struct rows *rows = NULL;
    int status;

    if (!(a->roles & ROLE(EVALUATOR)))
        return 0;
    status =
        tx_run(a->tx, Q_panel_sits, &rows, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(a->actor->person));
    if (status || rows_count(rows) > 0)
        return status;
    a->roles &= ~ROLE(EVALUATOR);
    if (a->roles & ROLES_OFFICE)
        return 0;
    err_set(err, E_FORBIDDEN, "auth/forbidden",
            "you do not sit on this panel, or have not declared your interests");
    err_zh(err, "您不是本项目评审小组成员，或者尚未签到并声明利害关系");
    return E_FORBIDDEN;
}

int sitting_load(struct act *a, const struct lot *l, struct sitting *ret, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_sitting_get, &rows, err, P_INT(a->office), P_TEXT(l->id));

    if (!status)
        *ret = (struct sitting){row_time(rows, 0, "locked"), row_time(rows, 0, "evaluated"),
                                row_time(rows, 0, "reported")};
    return status;
}

int sitting_store(struct act *a, const struct lot *l, int64_t locked_us, int64_t evaluated_us,
                  struct err *err)
{
    return tx_run(a->tx, Q_sitting_set, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TIME(locked_us),
                  P_TIME(evaluated_us));
}

int report_drop(struct act *a, const struct lot *l, struct err *err)
{
    int status =
        tx_run(a->tx, Q_panel_report_drop, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TIME(a->now_us));

    if (!status)
        status = tx_run(a->tx, Q_panel_unsign, NULL, err, P_INT(a->office), P_TEXT(l->id));
    return status;
}

bool report_complete(const struct members *members, const struct sitting *sitting)
{
    size_t present = 0;

    if (!sitting->reported_us)
        return false;
    for (size_t i = 0; i < members->count; i++) {
        if (!is_present(&members->items[i]))
            continue;
        if (!members->items[i].signed_report)
            return false;
        present++;
    }
    return present > 0;
}

/* ---- make-up and interests ---- */

/* Years an ended tie still counts in the tender's rule set; without the rule only present ones do. */
static int64_t conflict_years(const struct tender *t)
{
    const linli_rule *rule = rule_find(t->rules.rules, t->rules.count, "conflict_years");

    if (!rule)
        return 0;
    return rule->unit ? rule->value : rule->period.count / (rule->period.unit == LINLI_MONTHS ? 12 : 1);
}

static struct tie tie_of(const struct rows *rows, size_t row)
{
    return (struct tie){row_text(rows, row, "person_id"),
                        row_text(rows, row, "organisation"),
                        row_text(rows, row, "tie"),
                        {row_date(rows, row, "until")}};
}

static bool tie_counts(const struct act *a, const struct tender *t, const struct tie *tie)
{
    return tie_holds(tie, conflict_years(t), (linli_date){day_of(a->now_us)});
}

/* Who bids is not known before the opening. */
static bool ties_unseen(const struct tender *t)
{
    return !t->opened_us && t->plan->sealing != LINLI_OPEN_BIDS;
}

static int interest_found(const struct tender *t, const struct tie *tie, struct err *err)
{
    const linli_rule *rule = rule_find(t->rules.rules, t->rules.count, "conflict_years");

    err_set(err, E_REFUSED, "conflict/interest", "a member is tied to the bidder %s (%s)", tie->organisation,
            tie->kind);
    err_zh(err, "评审人员与投标人%s存在利害关系，应当回避", tie->organisation);
    if (rule)
        err_article(err, rule->source);
    return E_REFUSED;
}

/* The bids a member may not judge. */
struct tied {
    const char **bids;
    size_t count;
};

/* Nobody with an interest.  Who bids is not known before opening: until then nothing is looked at, so that no
 * refusal can tell, and it is done when the member signs in.  Where the plan lets members sit out single
 * bids, `ret_bids` gets them and nobody is refused. */
static int interests_check(struct act *a, const struct tender *t, const struct lot *l,
                           const char *const *people, size_t count, struct tied *ret, struct err *err)
{
    struct rows *rows = NULL;
    int status;

    if (ties_unseen(t) || (t->plan->panel.recuse && !ret))
        return 0;
    status = tx_run(a->tx, Q_panel_ties, &rows, err, P_INT(a->office), P_TEXT(t->id), P_INT(l->no),
                    P_TEXTS(people, count));
    if (!status && ret)
        *ret = (struct tied){ARENA_NEW(a->arena, const char *, rows_count(rows)), 0};
    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        const struct tie tie = tie_of(rows, i);

        if (!tie_counts(a, t, &tie))
            continue;
        if (!t->plan->panel.recuse)
            return interest_found(t, &tie, err);
        ret->bids[ret->count++] = row_text(rows, i, "bid_id");
    }
    return status;
}

int people_tied(struct act *a, const struct tender *t, const struct lot *l, const char *const *people,
                size_t count, bool *tied, struct err *err)
{
    struct rows *rows = NULL;
    int status;

    if (ties_unseen(t) || t->plan->panel.recuse)
        return 0;
    status = tx_run(a->tx, Q_panel_ties, &rows, err, P_INT(a->office), P_TEXT(t->id), P_INT(l->no),
                    P_TEXTS(people, count));
    for (size_t r = 0; !status && r < rows_count(rows); r++) {
        const struct tie tie = tie_of(rows, r);

        for (size_t i = 0; tie_counts(a, t, &tie) && i < count; i++)
            tied[i] = tied[i] || strcmp(people[i], tie.person) == 0;
    }
    return status;
}

int person_tied(struct act *a, const struct tender *t, const struct lot *l, const char *person, bool *ret,
                struct err *err)
{
    *ret = false;
    return people_tied(a, t, l, &person, 1, ret, err);
}

int actor_untied(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    bool tied = false;
    int status = person_tied(a, t, l, a->actor->person, &tied, err);

    return status || !tied ? status
                           : err_both(err, E_REFUSED, "conflict/interest",
                                      "who is tied to a bidder has no part in the decision",
                                      "与投标人有利害关系的人员应当回避，不得参与审查、定标和公告");
}

/* Who sits; in a vacant seat nobody does. */
static size_t sitting_people(const struct seat *seats, size_t count, const char **ret)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (!seats[i].vacant)
            ret[n++] = seats[i].person;
    return n;
}

/* Fills in what is known of the people of the seats. */
static int seats_know(struct act *a, struct seat *seats, size_t count, struct err *err)
{
    const char **people = ARENA_NEW(a->arena, const char *, count);
    const size_t n = sitting_people(seats, count, people);
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_panel_people, &rows, err, P_INT(a->office), P_TEXTS(people, n),
                        P_DATE(day_of(a->now_us)));

    for (size_t r = 0; !status && r < rows_count(rows); r++)
        for (size_t i = 0; i < count; i++)
            if (!seats[i].vacant && strcmp(seats[i].person, row_text(rows, r, "id")) == 0) {
                seats[i].name = row_text(rows, r, "name");
                seats[i].evaluator = row_bool(rows, r, "evaluator") && !row_bool(rows, r, "blocked");
                seats[i].own = row_bool(rows, r, "own");
            }
    return status;
}

int person_sits(struct act *a, const struct tender *t, const struct lot *l, const char *person, bool *ret,
                struct err *err)
{
    struct seat seat = {.person = person};
    bool tied = false;
    int status = seats_know(a, &seat, 1, err);

    if (!status)
        status = person_tied(a, t, l, person, &tied, err);
    *ret = seat.evaluator && !tied;
    return status;
}

int panel_check(struct act *a, const struct tender *t, const struct lot *l, struct seat *seats, size_t count,
                struct err *err)
{
    const char **people = ARENA_NEW(a->arena, const char *, count);
    const size_t n = sitting_people(seats, count, people);
    int status = seats_know(a, seats, count, err);

    if (!status)
        status = panel_fits(&t->plan->panel, seats, count, err);
    if (!status)
        status = interests_check(a, t, l, people, n, NULL, err);
    return status;
}

int panel_complete(struct act *a, const struct tender *t, const struct members *members, struct err *err)
{
    struct seat *seats = ARENA_NEW(a->arena, struct seat, members->count);
    size_t n = 0;

    for (size_t i = 0; i < members->count; i++) {
        const struct member *m = &members->items[i];

        if (is_present(m) && m->declared)
            seats[n++] =
                (struct seat){.person = m->person, .expert = m->expert, .chair = m->chair, .evaluator = true};
    }
    return t->plan->panel.at_least > 0 ? panel_fits(&t->plan->panel, seats, n, err) : 0;
}

/* ---- naming ---- */

struct new_member {
    const char *person;
    int32_t kind;
    bool chair;
};
struct panel_assign {
    linli_list members;
};

static const linli_option member_rows[] = {
    ROW_ID(new_member, person, true, "人员", "person"),
    ROW_CHOICE(new_member, kind, true, kind_codes, kind_labels, NULL, "身份", "kind"),
    ROW_BOOL(new_member, chair, "组长", "chair"),
};
static const linli_option assign_rows[] = {
    ROW_LIST(panel_assign, members, true, 1, PANEL_MOST, member_rows, new_member, "成员", "members"),
};
const struct form form_panel_assign = FORM(assign_rows, struct panel_assign);

int panel_seat_add(struct act *a, const struct tender *t, const struct lot *l, const struct vacancy *v,
                   struct err *err)
{
    char id[UUID_TEXT];

    id_new(a->office, id);
    return tx_run(a->tx, Q_panel_member_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t->id),
                  P_TEXT(l->id), P_TEXT(v->person), P_TEXT(kind_codes[!v->expert]), P_BOOL(v->chair),
                  P_INT(v->no), P_TEXT(v->replaces));
}

static struct vacancy named_at(const struct new_member *m, size_t no)
{
    return (struct vacancy){
        .person = m->person, .expert = m->kind == 0, .chair = m->chair, .no = (int32_t)no};
}

int panel_unmet(const struct members *members, struct err *err)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->items[i].state, "assigned") != 0 &&
            strcmp(members->items[i].state, "replaced") != 0) {
            err_set(err, E_REFUSED, "state/refused", "the panel has met; members can only be replaced now");
            err_zh(err, "评审小组已开始工作，只能个别更换成员");
            return E_REFUSED;
        }
    return 0;
}

int panel_load(struct act *a, int act, struct tender **ret_t, struct lot **ret_l, struct members *ret,
               struct err *err)
{
    int status = tender_of_lot(a, a->subject, ret_t, ret_l, err);

    if (!status)
        status = lot_may(a, *ret_t, *ret_l, act, NULL, err);
    return status ? status : members_load(a, *ret_l, ret, err);
}

/* Once a pool is fixed no expert is named otherwise while somebody of it may still be drawn. */
static int not_drawn(struct act *a, const struct lot *l, bool expert, struct err *err)
{
    bool drawn = false, left = false;
    int status = panel_drawn(a, l, &drawn, &left, err);

    if (status || !expert || !left)
        return status;
    return err_both(err, E_REFUSED, "state/refused",
                    drawn ? "this panel was drawn: the next one drawn takes a place"
                          : "the pool is fixed: the experts of this panel are drawn",
                    drawn ? "本评审小组由抽取产生，由下一顺位专家递补"
                          : "抽取名单已经固定，专家应当抽取产生");
}

int act_panel_assign(struct act *a, struct err *err)
{
    const struct panel_assign *body = a->body;
    const struct new_member *named = body->members.items;
    size_t count = body->members.count;
    struct seat *seats = ARENA_NEW(a->arena, struct seat, count);
    struct members members = {0};
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = panel_load(a, LINLI_ASSIGN, &t, &l, &members, err);

    if (!status)
        status = panel_unmet(&members, err);
    if (!status)
        status = not_drawn(a, l, true, err);
    if (!status)
        status = prices_newcomer(a, l, err);
    for (size_t i = 0; i < count; i++)
        seats[i] =
            (struct seat){.person = named[i].person, .expert = named[i].kind == 0, .chair = named[i].chair};
    if (!status)
        status = panel_check(a, t, l, seats, count, err);
    if (!status)
        status = tx_run(a->tx, Q_panel_clear, NULL, err, P_INT(a->office), P_TEXT(l->id));
    for (size_t i = 0; !status && i < count; i++) {
        const struct vacancy v = named_at(&named[i], members.count + i + 1);

        status = panel_seat_add(a, t, l, &v, err);
    }
    if (!status) {
        json_key(&a->payload, "size");
        json_int(&a->payload, (int64_t)count);
    }
    return status;
}

struct panel_replace {
    const char *member, *person, *reason;
    int32_t kind;
    bool chair;
};
static const linli_option replace_rows[] = {
    ROW_ID(panel_replace, member, true, "被更换的成员", "the member that leaves"),
    ROW_ID(panel_replace, person, true, "接替人员", "who comes instead"),
    ROW_CHOICE(panel_replace, kind, true, kind_codes, kind_labels, NULL, "身份", "kind"),
    ROW_BOOL(panel_replace, chair, "组长", "chair"),
    ROW_TEXT(panel_replace, reason, true, 2000, "原因", "reason"),
};
const struct form form_panel_replace = FORM(replace_rows, struct panel_replace);

/* The panel as it would be with `old` gone and the new one in; other places that are empty count as to be
 * filled, and a chair may come into one of them. */
static int replaced_fits(struct act *a, const struct tender *t, const struct lot *l,
                         const struct members *members, const struct member *old, struct err *err)
{
    const struct panel_replace *body = a->body;
    struct seat *seats = ARENA_NEW(a->arena, struct seat, members->count + 1);
    bool chair = body->chair;
    size_t n = 0;

    for (size_t i = 0; i < members->count; i++) {
        const struct member *m = &members->items[i];

        if (m == old || (strcmp(m->state, "replaced") == 0 && !m->vacant))
            continue;
        seats[n++] = (struct seat){
            .person = m->person, .expert = m->expert, .chair = !m->vacant && m->chair, .vacant = m->vacant};
        chair = chair || seats[n - 1].chair;
    }
    for (size_t i = 0; i < n && !chair; i++)
        chair = seats[i].chair = seats[i].vacant && seats[i].expert;
    seats[n++] = (struct seat){.person = body->person, .expert = body->kind == 0, .chair = body->chair};
    return panel_check(a, t, l, seats, n, err);
}

int act_panel_replace(struct act *a, struct err *err)
{
    const struct panel_replace *body = a->body;
    const struct member *old = NULL;
    struct members members = {0};
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = panel_load(a, LINLI_ASSIGN, &t, &l, &members, err);

    if (status)
        return status;
    old = member_by_id(&members, body->member);
    if (member_of(&members, body->person)) {
        err_set(err, E_REFUSED, "panel/unfit", "who comes instead sits, or sat, on this panel");
        err_zh(err, "接替人员已是或曾是本组成员");
        return E_REFUSED;
    }
    if (!old || (strcmp(old->state, "replaced") == 0 && !old->vacant))
        return err_set(err, E_ABSENT, "panel/absent", "no member %s of this panel", body->member);
    status = not_drawn(a, l, old->expert, err);
    if (!status)
        status = prices_newcomer(a, l, err);
    if (!status)
        status = replaced_fits(a, t, l, &members, old, err);
    if (!status)
        status = tx_run(a->tx, Q_panel_replaced, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(old->id),
                        P_TEXT(body->reason));
    if (!status)
        status = panel_seat_add(a, t, l,
                                &(struct vacancy){.person = body->person,
                                                  .expert = body->kind == 0,
                                                  .chair = body->chair,
                                                  .no = (int32_t)members.count + 1,
                                                  .replaces = old->id},
                                err);
    if (!status)
        status = sitting_store(a, l, 0, 0, err);
    if (!status)
        status = report_drop(a, l, err);
    if (!status) {
        json_key(&a->payload, "views_void_of");
        json_string(&a->payload, old->id);
    }
    return status;
}

/* ---- coming ---- */

int panel_of_actor(struct act *a, struct tender **t, struct lot **l, const struct member **ret,
                   struct err *err)
{
    struct members members = {0};
    int status = tender_of_lot(a, a->subject, t, l, err);

    if (!status)
        status = members_load(a, *l, &members, err);
    if (status)
        return status;
    *ret = member_of(&members, a->actor->person);
    return *ret && strcmp((*ret)->state, "replaced") != 0 ? 0 : not_a_member(err);
}

/* Its sheets of these bids are not waited for and not taken. */
static int recuse(struct act *a, const struct member *m, const struct tied *tied, const char *reason,
                  struct err *err)
{
    if (tied->count == 0)
        return 0;
    json_key(&a->payload, "sits_out");
    json_int(&a->payload, (int64_t)tied->count);
    return tx_run(a->tx, Q_recusal_add, NULL, err, P_INT(a->office), P_TEXT(m->id),
                  P_TEXTS(tied->bids, tied->count), P_TEXT(reason), P_TIME(a->now_us));
}

/* Of a drawn panel who has an interest leaves, and the next one drawn comes; of a named one the office has to
 * replace it. */
static int interest_replaces(struct act *a, const struct tender *t, const struct lot *l,
                             const struct member *m, struct err *err)
{
    struct err asked = {0};
    bool drawn = false, left = false;
    int status = panel_drawn(a, l, &drawn, &left, &asked);

    if (!status && (!drawn || !m->expert))
        return err->code;
    *err = asked;
    return status ? status : panel_leaves(a, t, l, m, "存在利害关系", err);
}

int act_panel_enter(struct act *a, struct err *err)
{
    const struct member *m = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    struct tied tied = {0};
    int status = panel_of_actor(a, &t, &l, &m, err);

    if (!status)
        status = lot_may(a, t, l, LINLI_READ_BIDS, NULL, err);
    if (!status)
        status = prices_newcomer(a, l, err);
    if (status)
        return status;
    if (strcmp(m->state, "assigned") != 0) {
        err_set(err, E_REFUSED, "state/refused", "you signed in already, or were excused");
        err_zh(err, "您已签到，或已回避");
        return E_REFUSED;
    }
    status = interests_check(a, t, l, &m->person, 1, &tied, err);
    if (status == E_REFUSED)
        return interest_replaces(a, t, l, m, err);
    if (!status)
        status = recuse(a, m, &tied, "与申报单位存在利害关系", err);
    if (!status)
        status = tx_run(a->tx, Q_panel_enter, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(m->id),
                        P_TIME(a->now_us));
    return status;
}

struct panel_declare {
    bool conflict;
    const char *reason;
    linli_list bids;
};
int interests_renew(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct members members = {0};
    struct tied tied = {0};
    int status = members_load(a, l, &members, err);
    const struct member *m = status ? NULL : member_of(&members, a->actor->person);

    if (status || !m)
        return status;
    status = interests_check(a, t, l, &m->person, 1, &tied, err);
    return status ? status : recuse(a, m, &tied, "与申报单位存在利害关系", err);
}

static const linli_option bid_row[] = {
    {.name = "", .type = LINLI_OPT_ID, .required = true, .label = {"投标", "bid"}, .help = {"投标", "bid"}},
};
static const linli_option declare_rows[] = {
    ROW(panel_declare, conflict, BOOL, true, 0, 0, NULL, "是否存在利害关系", "is there an interest"),
    ROW_TEXT(panel_declare, reason, false, 2000, "说明", "what it is"),
    {.name = "bids",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct panel_declare, bids),
     .low = 0,
     .high = 200,
     .item = bid_row,
     .item_count = 1,
     .item_size = sizeof(const char *),
     .label = {"只回避这些投标（方案允许时）", "only these bids, where the plan lets a member sit out"},
     .help = {"不填则回避整个项目", "left out: the member leaves the panel"}},
};
const struct form form_panel_declare = FORM(declare_rows, struct panel_declare);

/* It stays for the other bids. */
static int sits_out(struct act *a, const struct tender *t, const struct lot *l, const struct member *m,
                    struct err *err)
{
    const struct panel_declare *body = a->body;
    const char *const *bids = body->bids.items;
    struct lot_facts f = {0};
    struct tied tied = {ARENA_NEW(a->arena, const char *, body->bids.count), body->bids.count};
    int status = lot_facts_load(a, t, l, &f, err);

    for (size_t i = 0; !status && i < tied.count; i++) {
        tied.bids[i] = bids[i];
        if (!body->conflict || !t->plan->panel.recuse || !lot_bid_key(&f, bids[i])) {
            status = err_set(err, E_INVALID, "body/invalid", "no bid one may sit out alone");
            err_at(err, "/bids", "choice", "not a bid of this lot, or the plan wants the member to leave",
                   "不是本板块的申报，或者方案要求整体回避");
        }
    }
    return status ? status : recuse(a, m, &tied, body->reason, err);
}

/* Who leaves a drawn panel by its own declaration. */
static int excused_follows(struct act *a, const struct tender *t, const struct lot *l, const struct member *m,
                           struct err *err)
{
    bool drawn = false, left = false;
    int status = panel_drawn(a, l, &drawn, &left, err);

    return status || !drawn || !m->expert ? status : panel_leaves(a, t, l, m, "声明存在利害关系", err);
}

int act_panel_declare(struct act *a, struct err *err)
{
    const struct panel_declare *body = a->body;
    const struct member *m = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = panel_of_actor(a, &t, &l, &m, err);

    if (status)
        return status;
    if (!is_present(m)) {
        err_set(err, E_REFUSED, "state/refused", "sign in first");
        err_zh(err, "请先签到");
        return E_REFUSED;
    }
    if (body->conflict && !body->reason) {
        err_set(err, E_INVALID, "body/invalid", "say what the interest is");
        err_at(err, "/reason", "required", "say what the interest is", "请说明利害关系");
        return E_INVALID;
    }
    if (body->conflict && ((status = panel_moves(t, l, err)) || (status = prices_unseen(a, l, err))))
        return status;
    if (body->bids.count && (status = sits_out(a, t, l, m, err)))
        return status;
    status = tx_run(a->tx, Q_panel_declare, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(m->id),
                    P_TIME(a->now_us), P_BOOL(body->conflict && body->bids.count == 0), P_TEXT(body->reason));
    if (!status && body->conflict)
        status = sitting_store(a, l, 0, 0, err);
    if (!status && body->conflict)
        status = report_drop(a, l, err);
    return !status && body->conflict && body->bids.count == 0 ? excused_follows(a, t, l, m, err) : status;
}

/* ---- the report ---- */

struct panel_report {
    const char *summary;
};
static const linli_option report_rows[] = {
    ROW_TEXT(panel_report, summary, true, 20000, "评审情况与结论", "what the panel found"),
};
const struct form form_panel_report = FORM(report_rows, struct panel_report);

int act_panel_report(struct act *a, struct err *err)
{
    const struct panel_report *body = a->body;
    const struct member *m = NULL;
    struct members members = {0};
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = panel_load(a, LINLI_REPORT, &t, &l, &members, err);

    if (!status)
        status = member_acting(a, &members, &m, err);
    if (!status)
        status = panel_complete(a, t, &members, err);
    if (status)
        return status;
    if (!m->chair) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "the chair writes the report");
        err_zh(err, "评审报告由组长起草");
        return E_FORBIDDEN;
    }
    status = sitting_need(a, t, l, &members, err);
    if (!status)
        status = prices_unseen(a, l, err);
    if (!status)
        status = report_drop(a, l, err);
    if (!status)
        status = tx_run(a->tx, Q_panel_report_set, NULL, err, P_INT(a->office), P_TEXT(l->id),
                        P_TEXT(body->summary), P_TIME(a->now_us), P_TEXT(m->person));
    return status;
}

struct panel_sign {
    const char *dissent;
};
static const linli_option sign_rows[] = {
    ROW_TEXT(panel_sign, dissent, false, 8000, "不同意见及理由（没有则视为同意）", "dissent; none: agreed"),
};
const struct form form_panel_sign = FORM(sign_rows, struct panel_sign);

int act_panel_sign(struct act *a, struct err *err)
{
    const struct panel_sign *body = a->body;
    const struct member *m = NULL;
    struct members members = {0};
    struct sitting sitting = {0};
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = panel_load(a, LINLI_REPORT, &t, &l, &members, err);

    if (!status)
        status = member_acting(a, &members, &m, err);
    if (!status)
        status = sitting_load(a, l, &sitting, err);
    if (status)
        return status;
    if (!sitting.reported_us || m->signed_report) {
        err_set(err, E_REFUSED, "state/refused", "%s",
                m->signed_report ? "you signed already" : "there is no report yet");
        err_zh(err, "%s", m->signed_report ? "您已签署" : "评审报告尚未提交");
        return E_REFUSED;
    }
    status = tx_run(a->tx, Q_panel_sign, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(m->id),
                    P_TIME(a->now_us), P_TEXT(body->dissent));
    return status ? status : evaluation_settle(a, t, l, err);
}
