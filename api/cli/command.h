/*
 * A subcommand of linli: its options and arguments as rows that say where each value goes, so that none reads them by itself.
 *
 *     static const struct cli_option arguments[] = {
 *         CLI_NEED(signing, key, "key", 'k', "FILE", "a key file"),
 *         CLI_ARGUMENT(signing, file, "FILE"),
 *     };
 *     static const struct cli_command command = {CLI_ROWS(arguments), .arguments = "FILE", .help = "Prints ..."};
 */
#ifndef API_CLI_COMMAND_H
#define API_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/attr.h"

struct argp_state;

enum cli_kind {
    CLI_IS_OWN,                 /* the command's `take` is asked */
    CLI_IS_TEXT,                /* const char * */
    CLI_IS_FLAG,                /* bool */
    CLI_IS_NUMBER,              /* int64_t, from `least` to `most` */
    CLI_IS_LIST,                /* const char *[most], counted in a size_t */
    CLI_IS_REST,                /* char **, of argv, counted in an int: every argument from here on */
};

struct cli_option {
    const char   *name;         /* NULL: an argument; those are taken in the order of their rows */
    int           key;
    const char   *value;        /* what usage calls the value; NULL: it takes none */
    const char   *help;
    enum cli_kind kind;
    bool          needed;
    size_t        at, count_at; /* in the struct of the command's options */
    int64_t       least, most;
    int           flags;        /* of argp */
};

/* The value goes to member m of struct T. */
#define CLI_ROW(T, m, kind_, name_, key_, value_, help_, ...) \
    {.name = (name_), .key = (key_), .value = (value_), .help = (help_), .kind = CLI_IS_##kind_, .at = offsetof(struct T, m), __VA_ARGS__}
#define CLI_TEXT(T, m, name, key, value, help) CLI_ROW(T, m, TEXT, name, key, value, help, .needed = false)
#define CLI_NEED(T, m, name, key, value, help) CLI_ROW(T, m, TEXT, name, key, value, help, .needed = true)
#define CLI_FLAG(T, m, name, key, help)        CLI_ROW(T, m, FLAG, name, key, NULL, help, .needed = false)
#define CLI_NUMBER(T, m, least_, most_, name, key, value, help) \
    CLI_ROW(T, m, NUMBER, name, key, value, help, .least = (least_), .most = (most_))
/* As many as member m, an array, has room for. */
#define CLI_LIST(T, m, count, name, key, value, help) \
    CLI_ROW(T, m, LIST, name, key, value, help, .count_at = offsetof(struct T, count), .most = LENGTH(((struct T *)0)->m))
#define CLI_OWN(name_, key_, value_, help_)    {.name = (name_), .key = (key_), .value = (value_), .help = (help_)}
/* Arguments are needed. */
#define CLI_ARGUMENT(T, m, value)              CLI_ROW(T, m, TEXT, NULL, 0, value, NULL, .needed = true)
#define CLI_MAYBE(T, m, value)                 CLI_ROW(T, m, TEXT, NULL, 0, value, NULL, .needed = false)
#define CLI_ARGUMENTS(T, m, count, value)      \
    CLI_ROW(T, m, LIST, NULL, 0, value, NULL, .needed = true, .count_at = offsetof(struct T, count), \
            .most = LENGTH(((struct T *)0)->m))
#define CLI_REST(T, m, count, value)           \
    CLI_ROW(T, m, REST, NULL, 0, value, NULL, .needed = true, .count_at = offsetof(struct T, count))

/* What many commands take, in members `file` and `passphrase`. */
#define CLI_CONFIG(T)     CLI_TEXT(T, file, "config", 'c', "FILE", "read FILE instead of /etc/linli/linli.conf")
#define CLI_PASSPHRASE(T) \
    CLI_TEXT(T, passphrase, "passphrase", 'p', "FILE", "its passphrase is the first line of FILE: 口令文件")

struct cli_command {
    const struct cli_option *rows;
    size_t                   row_count;
    const char              *arguments, *help;  /* as argp shows them */
    const struct cli_command *more;             /* rows shared by several commands; they fill what `options` begins with */
    /* The value of a row of kind OWN; says what is wrong with it by argp_error. */
    void (*take)(void *options, int key, const char *value, struct argp_state *state);
    /* What the rows cannot say, of all of them together; by argp_error. */
    void (*check)(const void *options, struct argp_state *state);
};
#define CLI_ROWS(table) .rows = (table), .row_count = LENGTH(table)

/* Fills `options` from the arguments.  What is wrong with them is said, and ends the program with EX_USAGE. */
void cli_parse(const struct cli_command *command, int argc, char **argv, void *options);

/* As cli_parse, then runs with an arena of its own; gives the exit code. */
typedef int cli_fn(struct arena *arena, void *options);
int cli_run(const struct cli_command *command, int argc, char **argv, void *options, cli_fn *run);

/* Prints on stderr how it is called; gives EX_USAGE. */
int cli_usage(const struct cli_command *command, const char *name);

#endif
