/* See api/cli/command.h. */
#include "api/cli/command.h"

#include <argp.h>
#include <stdlib.h>
#include <sysexits.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/text.h"

enum { ROWS_MAX = 32 };

struct parsing {
    const struct cli_command *command;
    void *options;
};

/* The rows of a command, then those it shares. */
static const struct cli_option *row_at(const struct cli_command *command, size_t i)
{
    if (i < command->row_count)
        return &command->rows[i];
    i -= command->row_count;
    return command->more && i < command->more->row_count ? &command->more->rows[i] : NULL;
}

static void *place(const struct parsing *p, size_t at)
{
    return (char *)p->options + at;
}

static void list_add(const struct parsing *p, const struct cli_option *row, const char *value,
                     struct argp_state *state)
{
    const char **list = place(p, row->at);
    size_t *count = place(p, row->count_at);

    if (*count == (size_t)row->most)
        argp_error(state, "at most %lld %s%s", (long long)row->most, row->name ? "--" : "",
                   row->name ? row->name : row->value);
    list[(*count)++] = value;
}

static void rest_take(const struct parsing *p, const struct cli_option *row, struct argp_state *state)
{
    char ***rest = place(p, row->at);
    int *count = place(p, row->count_at);

    *rest = state->argv + state->next - 1;
    *count = state->argc - state->next + 1;
    state->next = state->argc;
}

static void row_take(const struct parsing *p, const struct cli_option *row, char *value,
                     struct argp_state *state)
{
    switch (row->kind) {
    case CLI_IS_OWN:
        p->command->take(p->options, row->key, value, state);
        return;
    case CLI_IS_TEXT:
        *(const char **)place(p, row->at) = value;
        return;
    case CLI_IS_FLAG:
        *(bool *)place(p, row->at) = true;
        return;
    case CLI_IS_NUMBER:
        if (!int_parse(value, row->least, row->most, place(p, row->at)))
            argp_error(state, "--%s takes a number from %lld to %lld", row->name, (long long)row->least,
                       (long long)row->most);
        return;
    case CLI_IS_LIST:
        list_add(p, row, value, state);
        return;
    case CLI_IS_REST:
        rest_take(p, row, state);
        return;
    }
}

/* An argument goes to the row of its place, or to the list that is the last. */
static void argument_take(const struct parsing *p, char *value, struct argp_state *state)
{
    const struct cli_option *row = NULL, *next;
    unsigned at = 0;

    for (size_t i = 0; (next = row_at(p->command, i)) && at <= state->arg_num; i++)
        if (!next->name) {
            row = next;
            at++;
        }
    if (!row)
        argp_usage(state);
    else if (at <= state->arg_num && row->kind != CLI_IS_LIST && row->kind != CLI_IS_OWN)
        argp_error(state, "one %s is enough", row->value);
    else
        row_take(p, row, value, state);
}

static bool row_there(const struct parsing *p, const struct cli_option *row)
{
    switch (row->kind) {
    case CLI_IS_TEXT:
        return *(const char **)place(p, row->at);
    case CLI_IS_NUMBER:
        return *(int64_t *)place(p, row->at) != 0;
    case CLI_IS_LIST:
        return *(size_t *)place(p, row->count_at) > 0;
    case CLI_IS_REST:
        return *(int *)place(p, row->count_at) > 0;
    case CLI_IS_OWN:
    case CLI_IS_FLAG:
        break;
    }
    return true;
}

/* Where one that is needed is not there, all of them are named: "--key, --member and SHEETS are needed". */
static void needed_check(const struct parsing *p, struct argp_state *state)
{
    CLEANUP(buf_free) struct buf names = {0};
    const struct cli_option *row;
    unsigned needed = 0, named = 0;
    bool there = true;

    for (size_t i = 0; (row = row_at(p->command, i)); i++) {
        needed += row->needed;
        there = there && (!row->needed || row_there(p, row));
    }
    if (there)
        return;
    for (size_t i = 0; (row = row_at(p->command, i)); i++)
        if (row->needed) {
            const char *between = named == 0 ? "" : named + 1 < needed ? ", " : " and ";
            buf_printf(&names, "%s%s%s", between, row->name ? "--" : "", row->name ? row->name : row->value);
            named++;
        }
    argp_error(state, "%s %s needed", names.data, needed == 1 ? "is" : "are");
}

static error_t parse(int key, char *value, struct argp_state *state)
{
    const struct parsing *p = state->input;
    const struct cli_option *row;

    switch (key) {
    case ARGP_KEY_ARG:
        argument_take(p, value, state);
        return 0;
    case ARGP_KEY_END:
        needed_check(p, state);
        if (p->command->check)
            p->command->check(p->options, state);
        return 0;
    default:
        break;
    }
    for (size_t i = 0; (row = row_at(p->command, i)); i++)
        if (row->name && row->key == key) {
            row_take(p, row, value, state);
            return 0;
        }
    return ARGP_ERR_UNKNOWN;
}

/* What argp is to know of a command, as long as `known` is there. */
static struct argp argp_of(const struct cli_command *command, struct argp_option known[ROWS_MAX + 1])
{
    const struct cli_option *row;
    size_t count = 0;

    for (size_t i = 0; (row = row_at(command, i)); i++) {
        MUST(count < ROWS_MAX);
        if (row->name)
            known[count++] = (struct argp_option){row->name, row->key, row->value, row->flags, row->help, 0};
    }
    known[count] = (struct argp_option){0};
    return (struct argp){known, parse, command->arguments, command->help, NULL, NULL, NULL};
}

void cli_parse(const struct cli_command *command, int argc, char **argv, void *options)
{
    struct parsing p = {command, options};
    struct argp_option known[ROWS_MAX + 1];
    const struct argp argp = argp_of(command, known);

    argp_parse(&argp, argc, argv, 0, NULL, &p);
}

int cli_run(const struct cli_command *command, int argc, char **argv, void *options, cli_fn *run)
{
    cli_parse(command, argc, argv, options);
    struct arena *arena = arena_new(0);
    int code = run(arena, options);
    arena_free(arena);
    return code;
}

int cli_usage(const struct cli_command *command, const char *name)
{
    struct argp_option known[ROWS_MAX + 1];
    const struct argp argp = argp_of(command, known);

    argp_help(&argp, stderr, ARGP_HELP_STD_USAGE, (char *)(uintptr_t)name);
    return EX_USAGE;
}
