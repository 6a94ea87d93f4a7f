/*
 * linli import: what others have kept, brought in through the API like anybody
 * else would.
 *
 *   pabulib FILE.pb   a participatory budget as a community fund: roll, tender,
 *                     proposals, paper ballots, decision
 *   roll FILE.csv     a roll of voters: number[,area] a line
 */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/cli.h"
#include "api/cli/import.h"
#include "core/base/time.h"

int cli_import(int argc, char **argv);

enum { KEY_UPLOADS = 256, KEY_APPROVER, KEY_SCHEME, KEY_SCHEME_OPTIONS, KEY_REGIME };

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NUMBER(import, office, 1, INT32_MAX, "office", 'o', "N", "number of the office (required)"),
    CLI_TEXT(import, url, "url", 'u', "URL", "address of the API (http://127.0.0.1:8080)"),
    CLI_TEXT(import, login, "login", 'l', "NAME", "who acts for the office as clerk; password in LINLI_PASSWORD, else asked"),
    CLI_TEXT(import, approver_login, "approver", KEY_APPROVER, "NAME", "who approves; password in LINLI_APPROVER_PASSWORD, else asked"),
    CLI_TEXT(import, name, "name", 'n', "TEXT", "title of the tender or roll (as the file says)"),
    CLI_TEXT(import, scheme, "scheme", KEY_SCHEME, "ID", "how projects are chosen (equal_shares)"),
    CLI_TEXT(import, scheme_options, "scheme-options", KEY_SCHEME_OPTIONS, "JSON", "its options; without: as the file declares"),
    CLI_TEXT(import, regime, "regime", KEY_REGIME, "CODE", "charity or grants (charity)"),
    CLI_TEXT(import, appropriation, "appropriation", 'a', "ID", "whose money it is; without: a fund made for it"),
    CLI_FLAG(import, quiet, "quiet", 'q', "print only the result"),
    CLI_ARGUMENT(import, kind, "pabulib|roll"),
    CLI_ARGUMENT(import, file, "FILE"),
};
/* clang-format on */

static bool known_kind(const char *kind)
{
    return strcmp(kind, "pabulib") == 0 || strcmp(kind, "roll") == 0;
}

static void check(const void *options, struct argp_state *state)
{
    const struct import *im = options;

    if (!im->office || !known_kind(im->kind))
        argp_error(state, "a kind (pabulib or roll), a FILE and --office are needed");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "pabulib FILE.pb\nroll FILE.csv",
    .help = "Brings in what was kept elsewhere, through the API."
            "\vWho acts: bearer tokens in LINLI_TOKEN (clerk) and LINLI_APPROVER_TOKEN (approver), or "
            "--login and --approver.  pabulib plays the whole vote and moves the clock, so it wants a "
            "sandbox.\n"
            "Exit: 0 done, 64 usage, 65 the file is at fault, 66 no such file, 69 the server refused, 77 "
            "cannot log in.",
    .check = check,
};

/* ---- who acts ---- */

static const char *password_of(struct arena *arena, const char *variable, const char *login)
{
    const char *given = getenv(variable);

    if (given)
        return given;
    /* getpass keeps it off the screen; it is no longer than a terminal line. */
    return arena_dup(arena, getpass(arena_printf(arena, "%s: ", login)));
}

static int pass_of(struct import *im, const char *token, const char *variable, const char *login,
                   struct pass *ret, struct err *err)
{
    if (login) {
        const char *password = password_of(im->arena, variable, login);
        return client_login(im->client, login, password ? password : "", ret, err);
    }
    *ret = (struct pass){.token = getenv(token)};
    if (ret->token)
        return 0;
    return err_set(err, E_UNKNOWN, "auth/unknown", "say who acts: --login, or a token in %s", token);
}

static int passes(struct import *im, struct err *err)
{
    int status = pass_of(im, "LINLI_TOKEN", "LINLI_PASSWORD", im->login, &im->clerk, err);

    if (status || strcmp(im->kind, "roll") == 0)
        return status;
    return pass_of(im, "LINLI_APPROVER_TOKEN", "LINLI_APPROVER_PASSWORD", im->approver_login, &im->approver,
                   err);
}

/* ---- the conversation ---- */

int import_ask(struct import *im, const struct pass *as, const char *method, const char *path,
               const char *json, struct err *err)
{
    const struct ask ask = {.method = method, .path = path, .json = json, .as = as, .etag = im->etag};
    int status = client_ask(im->client, &ask, &im->reply, err);

    im->etag = NULL;
    return status;
}

const char *import_text(const struct import *im, const char *pointer)
{
    const char *text = im->reply.body ? doc_text(im->reply.body, pointer) : NULL;

    return text ? text : "";
}

void import_say(const struct import *im, const char *format, ...)
{
    va_list values;

    if (im->quiet)
        return;
    va_start(values, format);
    vprintf(format, values);
    va_end(values);
    putchar('\n');
    fflush(stdout);
}

/* ---- rolls ---- */

static int roll_send(struct import *im, struct buf *json, size_t *waiting, struct err *err)
{
    char *path = arena_printf(im->arena, "/api/v1/rolls/%s/entries", im->roll);
    int status;

    if (*waiting == 0)
        return 0;
    json_close(json, ']');
    json_close(json, '}');
    status = import_ask(im, &im->clerk, "POST", path, json->data, err);
    buf_clear(json);
    *waiting = 0;
    return status;
}

int import_roll_start(struct import *im, const char *name, struct err *err)
{
    struct buf json = {0};
    int status;

    json_open(&json, '{');
    json_key(&json, "name");
    json_string(&json, name);
    json_close(&json, '}');
    status = import_ask(im, &im->clerk, "POST",
                        arena_printf(im->arena, "/api/v1/offices/%d/rolls", (int)im->office), json.data, err);
    buf_free(&json);
    if (!status)
        im->roll = arena_dup(im->arena, import_text(im, "/id"));
    return status;
}

int import_roll_add(struct import *im, const char *number, const char *area, struct err *err)
{
    struct buf *json = &im->entries;

    if (im->waiting == 0) {
        json_open(json, '{');
        json_key(json, "entries");
        json_open(json, '[');
    }
    json_open(json, '{');
    json_key(json, "number");
    json_string(json, number);
    if (area && *area) {
        json_key(json, "area");
        json_string(json, area);
    }
    json_close(json, '}');
    return ++im->waiting < IMPORT_BATCH ? 0 : roll_send(im, json, &im->waiting, err);
}

int import_roll_end(struct import *im, struct err *err)
{
    return roll_send(im, &im->entries, &im->waiting, err);
}

struct roll_line {
    const char *number, *area;
};

/* Reads the whole file before anything is sent. */
static int roll_lines(struct import *im, char *text, struct roll_line **ret, size_t *ret_count,
                      struct err *err)
{
    struct roll_line *lines = ARENA_NEW(im->arena, struct roll_line, strlen(text) / 2 + 1);
    size_t line = 0, count = 0;

    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0) /* as a spreadsheet saves it */
        text += 3;
    for (char *at = text, *next; *at; at = next) {
        char *end = at + strcspn(at, "\n"), *comma;

        next = *end ? end + 1 : end;
        *end = '\0';
        at[strcspn(at, "\r")] = '\0';
        line++;
        if (!*at || (line == 1 && strncmp(at, "number", 6) == 0))
            continue;
        comma = strchr(at, ',');
        if (comma)
            *comma++ = '\0';
        if (!*at || !utf8_ok(at, strlen(at), false) || (comma && strchr(comma, ',')))
            return err_set(err, E_MALFORMED, "roll/malformed", "line %zu is not number[,area]", line);
        lines[count++] = (struct roll_line){at, comma};
    }
    *ret = lines;
    *ret_count = count;
    return 0;
}

static int import_roll(struct import *im, char *text, struct err *err)
{
    struct roll_line *lines = NULL;
    size_t count = 0;
    int status = roll_lines(im, text, &lines, &count, err);

    if (!status)
        status = import_roll_start(im, im->name ? im->name : im->file, err);
    for (size_t i = 0; !status && i < count; i++)
        status = import_roll_add(im, lines[i].number, lines[i].area, err);
    if (!status)
        status = import_roll_end(im, err);
    if (!status)
        printf("%s\t%zu\n", im->roll, count);
    return status;
}

/* ---- the command ---- */

static int exit_code(int status)
{
    switch (status) {
    case 0:
        return EX_OK;
    case E_MALFORMED:
        return EX_DATAERR;
    case E_UNKNOWN:
        return EX_NOPERM;
    default:
        return EX_UNAVAILABLE;
    }
}

int cli_import(int argc, char **argv)
{
    struct arena *arena = arena_new(0);
    struct import im = {
        .arena = arena, .url = "http://127.0.0.1:8080", .scheme = "equal_shares", .regime = "charity"};
    struct err err = {0};
    char *text = NULL;
    size_t bytes = 0;
    int status;

    cli_parse(&command, argc, argv, &im);
    if (!cli_read(arena, im.file, &text, &bytes)) {
        arena_free(arena);
        return EX_NOINPUT;
    }
    status = client_open(arena, im.url, im.url, &im.client, &err);
    if (!status)
        status = passes(&im, &err);
    if (!status)
        status = strcmp(im.kind, "roll") == 0 ? import_roll(&im, text, &err)
                                              : import_pabulib(&im, text, bytes, &err);
    if (status)
        cli_fault(im.file, &err);
    client_close(im.client);
    buf_free(&im.entries);
    arena_free(arena);
    return exit_code(status);
}
