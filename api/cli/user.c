/* linli user: people, one at a time or from a CSV file, straight on the database. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/admin.h"
#include "api/cli/cli.h"

int cli_user(int argc, char **argv);

enum { FIELDS = 8 };

struct options {
    const char *verb, *argument, *file, *name, *employer, *role, *office, *organisation;
    bool subtree, go_on;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_CONFIG(options),
    CLI_TEXT(options, name, "name", 'n', "NAME", "name of the person"),
    CLI_TEXT(options, employer, "employer", 'e', "NAME", "employer, for conflicts of interest"),
    CLI_TEXT(options, role, "role", 'r', "ROLE", "role at the office: office_clerk, office_approver, evaluator, resident, administrator ..."),
    CLI_TEXT(options, office, "office", 'o', "NUMBER", "the office"),
    CLI_FLAG(options, subtree, "subtree", 's', "the role holds at every office below, too"),
    CLI_FLAG(options, go_on, "go-on", 'G', "add, import: take up who is there under the same name where an earlier one left off"),
    CLI_TEXT(options, organisation, "organisation", 'g', "ID", "a member of this organisation"),
    CLI_ARGUMENT(options, verb, "add|link|block|unblock|list|import"),
    CLI_MAYBE(options, argument, "LOGIN"),
};
/* clang-format on */

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "add LOGIN|link LOGIN|block LOGIN|unblock LOGIN|list|import FILE.csv",
    .help = "Add, list and block people.  A new person gets a one-time link code to set a password with; it "
            "is printed once."
            "\vimport reads a CSV file with a head line: login, name, and any of employer, role, office, "
            "family (separated by \";\"); --role and --office serve where a line has none.  It ends "
            "at the first line that is not taken; mend the line and import the file again with --go-on.\n"
            "Exit: 0 done, 64 usage, 65 it was not taken, 69 the database does not answer, 70 a fault of "
            "ours, 78 the "
            "configuration is wrong.",
};

struct newcomer {
    const char *login, *name, *employer, *role, *office, *organisation, *family;
    bool subtree;
};

static void member(struct buf *body, const char *key, const char *value)
{
    if (!value || !value[0])
        return;
    json_key(body, key);
    json_string(body, value);
}

static int create(struct admin *a, const struct newcomer *n, const char **ret_id, struct err *err)
{
    CLEANUP(buf_free) struct buf body = {0};
    struct act_answer answer;
    int status;

    json_open(&body, '{');
    member(&body, "login", n->login);
    member(&body, "name", n->name);
    member(&body, "employer", n->employer);
    if (n->family && n->family[0]) {
        json_key(&body, "family");
        json_open(&body, '[');
        for (const char *at = n->family; *at;) {
            size_t size = strcspn(at, ";");

            if (size > 0)
                json_stringn(&body, at, size);
            at += size + (at[size] == ';');
        }
        json_close(&body, ']');
    }
    json_close(&body, '}');
    status = admin_act(a, "person_create", NULL, &body, &answer, err);
    if (!status)
        *ret_id = answer.subject;
    return status;
}

static int grant(struct admin *a, const struct newcomer *n, const char *person, struct err *err)
{
    CLEANUP(buf_free) struct buf body = {0};
    struct act_answer answer;

    if (!n->role || !n->role[0])
        return 0;
    json_open(&body, '{');
    member(&body, "person", person);
    member(&body, "role", n->role);
    json_key(&body, "subtree");
    json_bool(&body, n->subtree);
    json_close(&body, '}');
    return admin_act(a, "membership_grant", &n->office, &body, &answer, err);
}

static int join(struct admin *a, const struct newcomer *n, const char *person, struct err *err)
{
    CLEANUP(buf_free) struct buf body = {0};
    struct act_answer answer;

    if (!n->organisation)
        return 0;
    json_open(&body, '{');
    member(&body, "person", person);
    json_close(&body, '}');
    return admin_act(a, "organisation_member", &n->organisation, &body, &answer, err);
}

/* {"login", "person", "link", "expires"} on one line: what the newcomer is given. */
static int give_link(struct admin *a, const char *login, const char *person, struct err *err)
{
    CLEANUP(buf_free) struct buf line = {0};
    struct act_answer answer;
    int status = admin_act(a, "person_link", &person, NULL, &answer, err);

    if (status)
        return status;
    json_open(&line, '{');
    member(&line, "login", login);
    member(&line, "person", person);
    buf_printf(&line, ",%.*s", (int)answer.bytes - 1, answer.json + 1);
    cli_print_json(stdout, line.data, false);
    return 0;
}

static int role_placed(const struct newcomer *n, struct err *err)
{
    if (n->role && n->role[0] && !(n->office && n->office[0]))
        return err_set(err, E_INVALID, "config/invalid", "a role needs --office");
    return 0;
}

static int add(struct admin *a, const struct newcomer *n, struct err *err)
{
    const char *id = NULL;
    int status = role_placed(n, err);

    if (!status)
        status = create(a, n, &id, err);
    if (status)
        return status;
    status = grant(a, n, id, err);
    if (!status)
        status = join(a, n, id, err);
    if (!status)
        status = give_link(a, n->login, id, err);
    if (status)
        cli_say("the account \"%s\" is there all the same: mend the rest and add it again with --go-on",
                n->login);
    return status;
}

/* The same, of who may be there since an earlier time: only what is missing is done.  A login of another
 * name is left to create(), which says that it is taken. */
static int add_rest(struct admin *a, const struct newcomer *n, struct err *err)
{
    const char *id;
    int64_t office = 0;
    struct rows *rows = NULL;
    int status = role_placed(n, err);

    (void)!int_parse(n->office ? n->office : "", 1, INT32_MAX, &office);
    const struct param params[] = {P_TEXT(n->login), P_TEXT(n->role), P_INT(office), P_TEXT(n->organisation)};
    if (!status)
        status = admin_ask(a, Q_person_standing, params, LENGTH(params), &rows, err);
    if (status)
        return status;
    if (rows_count(rows) == 0 || strcmp(row_text(rows, 0, "name"), n->name) != 0)
        return add(a, n, err);
    id = row_text(rows, 0, "id");
    if (!row_bool(rows, 0, "granted"))
        status = grant(a, n, id, err);
    if (!status && !row_bool(rows, 0, "member"))
        status = join(a, n, id, err);
    return status || row_bool(rows, 0, "linked") ? status : give_link(a, n->login, id, err);
}

/* A column that nobody knows is a role or office that somebody would miss. */
static int heads_check(const char *const *heads, int count, struct err *err)
{
    static const char *const known[] = {"login", "name", "employer", "role", "office", "family", NULL};
    bool login = false, name = false;

    for (int i = 0; i < count; i++) {
        if (!is_one_of(heads[i], known))
            return err_set(err, E_MALFORMED, "body/malformed",
                           "the head line has \"%s\": login, name, employer, role, office, family", heads[i]);
        for (int k = 0; k < i; k++)
            if (strcmp(heads[i], heads[k]) == 0)
                return err_set(err, E_MALFORMED, "body/malformed", "the head line has \"%s\" twice",
                               heads[i]);
        login |= strcmp(heads[i], "login") == 0;
        name |= strcmp(heads[i], "name") == 0;
    }
    return login && name ? 0
                         : err_set(err, E_MALFORMED, "body/malformed", "the head line needs login and name");
}

static int column(const char *const *heads, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(heads[i], name) == 0)
            return i;
    return -1;
}

static const char *cell(const char *const *fields, int count, int at, const char *otherwise)
{
    return at >= 0 && at < count && fields[at][0] ? fields[at] : otherwise;
}

static int import(struct admin *a, const struct options *o, struct err *err)
{
    const char *heads[FIELDS], *fields[FIELDS];
    char *text = NULL;
    size_t bytes = 0;
    int head_count = 0, count = 0, status, people = 0;

    if (!cli_read(a->arena, o->argument, &text, &bytes) || strlen(text) != bytes)
        return err_set(err, E_MALFORMED, "body/malformed", "%s cannot be read", o->argument);
    struct csv csv = {.at = text};
    status = csv_next(&csv, a->arena, heads, FIELDS, &head_count, err);
    if (!status)
        status = heads_check(heads, head_count, err);
    if (status)
        return status;
    while (!status && !(status = csv_next(&csv, a->arena, fields, FIELDS, &count, err)) && count > 0) {
        const struct newcomer n = {
            .login = cell(fields, count, column(heads, head_count, "login"), ""),
            .name = cell(fields, count, column(heads, head_count, "name"), ""),
            .employer = cell(fields, count, column(heads, head_count, "employer"), NULL),
            .family = cell(fields, count, column(heads, head_count, "family"), NULL),
            .role = cell(fields, count, column(heads, head_count, "role"), o->role),
            .office = cell(fields, count, column(heads, head_count, "office"), o->office)};

        status = count > head_count
                     ? err_set(err, E_MALFORMED, "body/malformed", "more fields than the head line has")
                 : o->go_on ? add_rest(a, &n, err)
                            : add(a, &n, err);
        if (status)
            cli_say("line %d was not taken, nor what follows", csv.line);
        else
            people++;
    }
    cli_say("%d people", people);
    return status;
}

static int list(struct admin *a, const struct options *o, struct err *err)
{
    int64_t office = 0; /* all */
    struct rows *rows = NULL;

    if (o->office && !int_parse(o->office, 1, INT32_MAX, &office))
        return err_set(err, E_INVALID, "config/invalid", "--office takes the number of an office");
    const struct param params[] = {P_INT(office)};
    int status = admin_ask(a, Q_person_all, params, LENGTH(params), &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++)
        printf("%s %-20s %s%s\n", row_text(rows, i, "id"), row_text(rows, i, "login"),
               row_text(rows, i, "name"), row_bool(rows, i, "blocked") ? " (blocked)" : "");
    return status;
}

/* link, block, unblock: acts on a person named by login. */
static int on_person(struct admin *a, const struct options *o, struct err *err)
{
    const struct param params[] = {P_TEXT(o->argument)};
    struct rows *rows = NULL;
    struct act_answer answer;
    const char *id;
    int status = admin_ask(a, Q_person_login, params, 1, &rows, err);

    if (!status && rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "user/absent", "no login \"%s\"", o->argument);
    if (status)
        return status;
    id = row_text(rows, 0, "id");
    if (strcmp(o->verb, "link") == 0)
        return give_link(a, o->argument, id, err);
    return admin_act(a, strcmp(o->verb, "block") == 0 ? "person_block" : "person_unblock", &id, NULL, &answer,
                     err);
}

static int run(struct admin *a, const struct options *o, struct err *err)
{
    const struct newcomer one = {.login = o->argument,
                                 .name = o->name,
                                 .employer = o->employer,
                                 .role = o->role,
                                 .office = o->office,
                                 .organisation = o->organisation,
                                 .subtree = o->subtree};

    if (strcmp(o->verb, "add") == 0)
        return o->go_on ? add_rest(a, &one, err) : add(a, &one, err);
    if (strcmp(o->verb, "import") == 0)
        return import(a, o, err);
    return strcmp(o->verb, "list") == 0 ? list(a, o, err) : on_person(a, o, err);
}

static bool verb_ok(const struct options *o)
{
    static const char *const named[] = {"add", "link", "block", "unblock", "import"};

    if (strcmp(o->verb, "list") == 0)
        return !o->argument;
    if (strcmp(o->verb, "add") == 0 && !o->role && (o->office || o->subtree))
        return false;
    for (size_t i = 0; i < LENGTH(named); i++)
        if (strcmp(o->verb, named[i]) == 0)
            return o->argument && (i > 0 || o->name);
    return false;
}

int cli_user(int argc, char **argv)
{
    struct options o = {0};
    struct admin admin;
    struct err err = {0};
    int status;

    cli_parse(&command, argc, argv, &o);
    if (!verb_ok(&o)) {
        cli_say("add LOGIN --name NAME [--role ROLE --office NUMBER], link LOGIN, block LOGIN, unblock "
                "LOGIN, list, or import "
                "FILE.csv");
        return EX_USAGE;
    }
    const int closed = admin_open(&admin, o.file);
    if (closed)
        return closed;
    status = run(&admin, &o, &err);
    if (status)
        cli_fault(NULL, &err);
    admin_close(&admin);
    return admin_exit(status);
}
