/*
 * linli rules: which legal numbers hold on a day and whence, whether a file of
 * them is sound, and why each number of a tender is what it is.
 */
#include <argp.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/cli.h"
#include "api/cli/client.h"
#include "api/cli/tender_file.h"
#include "core/base/config.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/domain/law.h"
#include "core/service/words.h"

int cli_rules(int argc, char **argv);

enum { KEY_SERVER = 256, KEY_LEVEL, KEY_JSON, KEY_CALENDAR };

struct rules {
    const char *act, *subject, *regime, *folder, *calendar, *server;
    struct rule_place place;
    int32_t day;
    bool json;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_OWN("on", 'o', "DATE", "the day; today where it is not given"),
    CLI_OWN("regime", 'r', "REGIME", "statutory, sub_threshold, grants or charity; all where it is not given"),
    CLI_TEXT(rules, place.area, "area", 'a', "CODE", "division code of the office; the national numbers where it is not given"),
    CLI_TEXT(rules, place.level, "level", KEY_LEVEL, "LEVEL", "of the office: city, district, street or community"),
    CLI_FLAG(rules, json, "json", KEY_JSON, "as it is frozen with a tender"),
    CLI_TEXT(rules, folder, "folder", 'f', "DIR", "of the rule sets, instead of the configured one"),
    CLI_TEXT(rules, calendar, "calendar", KEY_CALENDAR, "DIR", "of the working days, instead of the configured one"),
    CLI_TEXT(rules, server, "server", KEY_SERVER, "URL", "whom explain asks; http://127.0.0.1:8080 where it is not given"),
    CLI_MAYBE(rules, act, "ACT"),
    CLI_MAYBE(rules, subject, "TENDER"),
};
/* clang-format on */

static void take(void *options, int key, const char *value, struct argp_state *state)
{
    struct rules *r = options;

    if (key == 'o' && !date_parse(value, &r->day))
        argp_error(state, "\"%s\" is no day; write 2026-02-01", value);
    if (key == 'r') {
        r->regime = value;
        if (regime_of(value) == 0)
            argp_error(state, "unknown regime \"%s\": statutory, sub_threshold, grants or charity", value);
    }
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "show\ncheck\nexplain TENDER",
    .help = "Shows the legal numbers in force, each with its article and whence it came; checks the folder "
            "they are in; says why each number of a published tender is what it is."
            "\vTENDER is its id, asked of a server, or a file with the answer of GET "
            "/api/v1/tenders/{tender}/plan.\n"
            "Exit: 0 done, 64 usage, 65 rules or tender at fault, 66 no such file, 69 no such tender, or "
            "nobody answers.",
    .take = take,
};

/* ---- show ---- */

static void value_print(const linli_rule *rule, char out[MONEY_TEXT])
{
    static const char *const tail[] = {"", "h", "d", "wd", "m"};

    switch (rule->unit) {
    case LINLI_UNIT_MONEY:
        money_print(rule->value, out);
        break;
    case LINLI_UNIT_RATE:
        rate_print(rule->value, out);
        break;
    case LINLI_UNIT_POINTS:
        points_print(rule->value, out);
        break;
    case LINLI_UNIT_YES_NO:
        snprintf(out, MONEY_TEXT, "%s", rule->value ? "yes" : "no");
        break;
    case LINLI_UNIT_COUNT:
        snprintf(out, MONEY_TEXT, "%lld", (long long)rule->value);
        break;
    default:
        snprintf(out, MONEY_TEXT, "%d%s", rule->period.count, tail[rule->period.unit]);
    }
}

static void print_set(const struct rule_set *set)
{
    printf("%s  %s %s\n", set->code, set->title.zh, set->title.en);
    for (size_t i = 0; i < set->count; i++) {
        const linli_rule *rule = &set->rules[i];
        char value[MONEY_TEXT], from[DATE_TEXT], until[DATE_TEXT] = "";
        value_print(rule, value);
        date_print(set->origins[i].from, from);
        if (set->origins[i].until != RULE_OPEN_END)
            date_print(set->origins[i].until, until);
        printf("  %-32s %12s  %s %s..%s  %s%s  %s %s\n", rule->code, value, set->origins[i].set, from, until,
               rule->source, rule->unverified ? "（未核实 unverified）" : "", set->names[i].zh,
               set->names[i].en);
    }
}

static int show(struct arena *arena, const struct rules *r, const struct law *law)
{
    int shown = 0;

    for (int regime = LINLI_STATUTORY; regime <= LINLI_CHARITY; regime++) {
        const struct rule_set *set = rules_on(law->rules, regime, r->place, r->day, arena);
        if (!set || (r->regime && regime_of(r->regime) != regime))
            continue;
        if (r->json)
            printf("%s\n", set->json);
        else
            print_set(set);
        shown++;
    }
    if (shown)
        return EX_OK;
    cli_say("当日没有适用的规则 / nothing is in force on that day");
    return EX_DATAERR;
}

/* ---- explain ---- */

static void print_period(const char *what, linli_period p)
{
    const linli_rule rule = {.period = p};
    char text[MONEY_TEXT];

    if (!p.count)
        return;
    value_print(&rule, text);
    printf(" %s %s", what, text);
}

/* Where the window begins at an instant the tender itself knows, its end is worked out. */
static void print_end(const struct law *law, const struct tender_file *t, const linli_window *w)
{
    linli_period period = w->least.count ? w->least : w->most;
    int64_t from = w->from == LINLI_PUBLISHED || w->from == LINLI_DOCUMENTS_ISSUED ? t->published_us
                   : w->from == LINLI_BIDS_DUE                                     ? t->deadline_us
                                                                                   : 0;
    char text[TIME_TEXT];
    bool provisional;
    int64_t end;

    if (!from || !period.count ||
        calendar_span(law->calendar, from, period, w->roll, &end, &provisional, NULL) != 0)
        return;
    time_print_shanghai(end, text);
    printf("  → %s%s", text, provisional ? "（暂定 provisional）" : "");
}

static void print_windows(const struct law *law, const struct tender_file *t)
{
    char published[TIME_TEXT], deadline[TIME_TEXT];

    time_print_shanghai(t->published_us, published);
    time_print_shanghai(t->deadline_us, deadline);
    printf("%s  发布 published %s  截止 deadline %s\n", t->number ? t->number : "", published, deadline);
    for (size_t i = 0; i < t->plan->window_count; i++) {
        const linli_window *w = &t->plan->windows[i];
        printf("  %-32s %s %s", w->code, w->name.zh, w->name.en);
        print_period("≥", w->least);
        print_period("≤", w->most);
        print_end(law, t, w);
        printf("  %s\n", w->source ? w->source : "");
    }
}

static bool plan_text(struct arena *arena, const struct rules *r, char **ret, size_t *ret_bytes,
                      int *ret_code)
{
    const struct pass nobody = {0};
    struct client *client = NULL;
    struct reply reply = {0};
    struct err err = {0};

    *ret_code = EX_NOINPUT;
    if (!uuid_ok(r->subject))
        return cli_read(arena, r->subject, ret, ret_bytes);
    *ret_code = EX_UNAVAILABLE;
    const struct ask ask = {
        .method = "GET", .path = arena_printf(arena, "/api/v1/tenders/%s/plan", r->subject), .as = &nobody};
    int status = client_open(arena, r->server, r->server, &client, &err);
    if (!status)
        status = client_ask(client, &ask, &reply, &err);
    if (status)
        cli_fault(r->subject, &err);
    else
        *ret = arena_dup(arena, reply.text), *ret_bytes = strlen(reply.text);
    client_close(client);
    return status == 0;
}

static int explain(struct arena *arena, const struct rules *r, const struct law *law)
{
    struct tender_file t = {0};
    struct err err = {0};
    size_t bytes;
    char *text;
    int code;

    if (!plan_text(arena, r, &text, &bytes, &code))
        return code;
    if (tender_file_read(arena, text, bytes, &t, &err)) {
        cli_fault(r->subject, &err);
        return EX_DATAERR;
    }
    print_windows(law, &t);
    print_set(&t.rules);
    return EX_OK;
}

/* ---- all ---- */

static int run(struct arena *arena, struct rules *r)
{
    const struct law *law = NULL;
    struct config config = {0};
    struct err err = {0};

    if (!(r->calendar && r->folder) && config_load(arena, NULL, NULL, 0, &config, &err)) {
        cli_fault("configuration", &err);
        return EX_CONFIG;
    }
    if (law_load(r->calendar ? r->calendar : config_folder(arena, config.data_calendar),
                 r->folder ? r->folder : config_folder(arena, config.data_rules), arena, &law, &err)) {
        cli_fault("rules", &err);
        return EX_DATAERR;
    }
    if (strcmp(r->act, "show") == 0)
        return show(arena, r, law);
    return r->subject ? explain(arena, r, law) : EX_OK;
}

int cli_rules(int argc, char **argv)
{
    struct rules r = {.server = "http://127.0.0.1:8080", .day = day_of(time_real())};

    cli_parse(&command, argc, argv, &r);
    bool alone = r.act && (strcmp(r.act, "show") == 0 || strcmp(r.act, "check") == 0);
    if (!alone && (!r.act || strcmp(r.act, "explain") != 0))
        return cli_usage(&command, argv[0]);
    if (alone == (r.subject != NULL)) {
        cli_say("%s %s", r.act, alone ? "takes no argument" : "needs a TENDER");
        return EX_USAGE;
    }
    struct arena *arena = arena_new(0);
    int code = run(arena, &r);
    arena_free(arena);
    return code;
}
