/* See api/cli/admin.h. */
#include "api/cli/admin.h"

#include <sodium.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/cli.h"

int admin_open(struct admin *a, const char *file)
{
    struct err err = {0};
    /* An audit reads the whole ledger of a city in one statement. */
    struct store_config store = {
        .role = "linli_act", .connections = 2, .wait_ms = 5000, .statement_ms = 600000, .lock_ms = 5000};

    *a = (struct admin){.arena = arena_new(0)};
    MUST(sodium_init() >= 0);
    if (config_load(a->arena, file, NULL, 0, &a->config, &err)) {
        cli_fault(NULL, &err);
        admin_close(a);
        return EX_CONFIG;
    }
    store.url = a->config.database_url;
    if (store_open(&store, &a->service.store, &err) || store_ping(a->service.store, &err) ||
        routes_open(&err)) {
        cli_fault("database", &err);
        admin_close(a);
        return EX_UNAVAILABLE;
    }
    /* The offset of a sandbox is a row that a real database does not have. */
    a->service.sandbox = true;
    return EX_OK;
}

void admin_close(struct admin *a)
{
    store_close(a->service.store);
    routes_close();
    arena_free(a->arena);
}

int admin_exit(int status)
{
    switch (status) {
    case 0:
        return EX_OK;
    case E_BUSY:
        return EX_UNAVAILABLE;
    case E_BROKEN:
        return EX_SOFTWARE;
    default:
        return EX_DATAERR;
    }
}

int admin_act(struct admin *a, const char *op, const char *const *path, const struct buf *body,
              struct act_answer *ret, struct err *err)
{
    const struct route *r = route_find(op);
    struct act_spec spec = r->act;
    const struct act_request request = {.spec = &spec,
                                        .path = path,
                                        .path_count = path ? (size_t)r->param_count : 0,
                                        .body = body ? body->data : NULL,
                                        .body_bytes = body ? body->size : 0};

    MUST(r->kind == ROUTE_ACT);
    spec.roles = ROLES_ANY;
    spec.if_match = false;
    if (!path)
        spec.subject = SUBJECT_NONE;
    return act_run(&a->service, a->arena, &request, ret, err);
}

int admin_ask(struct admin *a, enum statement_id q, const struct param *params, size_t count,
              struct rows **ret, struct err *err)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    int status = tx_begin(a->service.store, a->arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = tx_run_v(tx, q, params, count, ret, err);
    tx_rollback(tx);
    return status;
}

/* ---- CSV ---- */

static int quoted(struct csv *csv, struct buf *out, struct err *err)
{
    for (csv->at++;; csv->at++) {
        if (!*csv->at)
            return err_set(err, E_MALFORMED, "body/malformed", "line %d: a quote is not closed", csv->line);
        if (*csv->at == '"' && *++csv->at != '"')
            return 0;
        csv->line += *csv->at == '\n';
        buf_char(out, *csv->at);
    }
}

static int field(struct csv *csv, struct arena *arena, const char **ret, struct err *err)
{
    CLEANUP(buf_free) struct buf out = {0};
    int status = 0;

    if (*csv->at == '"') {
        status = quoted(csv, &out, err);
        if (!status && *csv->at && !strchr(",\r\n", *csv->at))
            status = err_set(err, E_MALFORMED, "body/malformed", "line %d: text after a quote", csv->line);
    } else {
        size_t size = strcspn(csv->at, ",\r\n");

        buf_add(&out, csv->at, size);
        csv->at += size;
    }
    if (!status && !utf8_ok(out.data ? out.data : "", out.size, true))
        status = err_set(err, E_MALFORMED, "body/malformed", "line %d: not UTF-8 text", csv->line);
    if (!status)
        *ret = arena_ndup(arena, out.data ? out.data : "", out.size);
    return status;
}

int csv_next(struct csv *csv, struct arena *arena, const char **fields, int most, int *ret_count,
             struct err *err)
{
    int count = 0;

    if (csv->line++ == 0 && strncmp(csv->at, "\xef\xbb\xbf", 3) == 0)
        csv->at += 3;
    *ret_count = 0;
    for (size_t blank; (blank = strspn(csv->at, "\r")), csv->at[blank] == '\n'; csv->line++)
        csv->at += blank + 1;
    if (!*csv->at)
        return 0;
    for (;;) {
        int status;

        if (count == most)
            return err_set(err, E_MALFORMED, "body/malformed", "line %d: more than %d fields", csv->line,
                           most);
        status = field(csv, arena, &fields[count++], err);
        if (status)
            return status;
        if (*csv->at != ',')
            break;
        csv->at++;
    }
    csv->at += *csv->at == '\r';
    csv->at += *csv->at == '\n';
    *ret_count = count;
    return 0;
}
