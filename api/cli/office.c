/* linli office: the first hour's offices, straight on the database. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/admin.h"
#include "api/cli/cli.h"

int cli_office(int argc, char **argv);

struct options {
    const char *verb, *file, *name, *name_en, *kind, *code, *parent;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_CONFIG(options),
    CLI_TEXT(options, name, "name", 'n', "NAME", "name in Chinese"),
    CLI_TEXT(options, name_en, "name-en", 'e', "NAME", "name in English; the Chinese one where not given"),
    CLI_TEXT(options, kind, "kind", 'k', "KIND", "city, district, street or community"),
    CLI_TEXT(options, code, "code", 'd', "CODE", "division code, 6 to 12 digits"),
    CLI_TEXT(options, parent, "parent", 'p', "NUMBER", "the office above"),
    CLI_ARGUMENT(options, verb, "add|list"),
};
/* clang-format on */

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "add|list",
    .help = "Add or list offices."
            "\vExit: 0 done, 64 usage, 65 it was not taken, 69 the database does not answer, 70 a fault of "
            "ours, 78 the "
            "configuration is wrong.",
};

static int add(struct admin *a, const struct options *o, struct err *err)
{
    CLEANUP(buf_free) struct buf body = {0};
    struct act_answer answer;
    int status;

    json_open(&body, '{');
    json_both(&body, "name", o->name, o->name_en ? o->name_en : o->name);
    json_key(&body, "kind");
    json_string(&body, o->kind);
    json_key(&body, "code");
    json_string(&body, o->code);
    json_close(&body, '}');
    status = admin_act(a, "office_create", o->parent ? &o->parent : NULL, &body, &answer, err);
    if (!status)
        cli_print_json(stdout, answer.json, false);
    return status;
}

enum { PAGE = 1000 };

static int list(struct admin *a, struct err *err)
{
    struct rows *rows = NULL;
    int64_t last = 0;
    int status;

    do {
        const struct param params[] = {P_INT(last), P_INT(PAGE), P_NULL, P_NULL};

        status = admin_ask(a, Q_office_page, params, LENGTH(params), &rows, err);
        for (size_t i = 0; !status && i < rows_count(rows); i++) {
            last = row_int(rows, i, "office_id");
            printf("%-6s %-6s %-10s %-13s %s\n", row_text(rows, i, "office_id"),
                   row_null(rows, i, "parent_id") ? "-" : row_text(rows, i, "parent_id"),
                   row_text(rows, i, "kind"), row_text(rows, i, "code"), row_text(rows, i, "name"));
        }
    } while (!status && rows_count(rows) == PAGE);
    return status;
}

int cli_office(int argc, char **argv)
{
    struct options o = {0};
    struct admin admin;
    struct err err = {0};
    int status;

    cli_parse(&command, argc, argv, &o);
    if (strcmp(o.verb, "list") != 0 && (strcmp(o.verb, "add") != 0 || !o.name || !o.kind || !o.code)) {
        cli_say("add needs --name, --kind and --code; else say list");
        return EX_USAGE;
    }
    const int closed = admin_open(&admin, o.file);
    if (closed)
        return closed;
    status = strcmp(o.verb, "add") == 0 ? add(&admin, &o, &err) : list(&admin, &err);
    if (status)
        cli_fault(NULL, &err);
    admin_close(&admin);
    return admin_exit(status);
}
