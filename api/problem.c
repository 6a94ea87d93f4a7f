/* Errors as RFC 9457 problems. */
#include "api/problem.h"

#include <string.h>

#include "core/base/log.h"

static const struct {
    int code, status;
} statuses[] = {
    {E_INVALID, 422},   {E_MALFORMED, 400}, {E_ABSENT, 404},      {E_REFUSED, 409},  {E_FORBIDDEN, 403},
    {E_UNKNOWN, 401},   {E_STALE, 412},     {E_CONDITION, 428},   {E_CONFLICT, 409}, {E_BUSY, 503},
    {E_TOO_LARGE, 413}, {E_TOO_MANY, 429},  {E_UNSUPPORTED, 415}, {E_RETRY, 503},    {E_BROKEN, 500},
};

int problem_status(const struct err *err)
{
    if (strcmp(err->type, "method/absent") == 0)
        return 405;
    if (strcmp(err->type, "idempotency/missing") == 0)
        return 400;
    for (size_t i = 0; i < LENGTH(statuses); i++)
        if (statuses[i].code == err->code)
            return statuses[i].status;
    return 500;
}

static void errors_json(const struct err *err, bool chinese, struct buf *out)
{
    json_key(out, "errors");
    json_open(out, '[');
    for (int i = 0; i < err->at_count; i++) {
        const char *text = chinese && err->at[i].zh[0] ? err->at[i].zh : err->at[i].text;

        json_open(out, '{');
        json_key(out, "pointer");
        json_string(out, err->at[i].pointer);
        json_key(out, "code");
        json_string(out, err->at[i].code);
        if (text[0]) {
            json_key(out, "detail");
            json_string(out, text);
        }
        json_close(out, '}');
    }
    json_close(out, ']');
}

/* The name of a constraint is for the acts, which say what it means; who asks gets a type of the catalogue.
 */
static const char *type_of(const struct err *err)
{
    if (err->code == E_BROKEN || err->code == E_RETRY || !err->type[0])
        return "server/broken";
    if (strncmp(err->type, "constraint/", strlen("constraint/")) != 0)
        return err->type;
    log_event(LOG_WARN, "request.constraint", "%s", err->type);
    return err->code == E_CONFLICT ? "value/taken" : "body/invalid";
}

void problem_json(const struct err *err, const char *instance, bool chinese, struct buf *out)
{
    /* What broke on our side is for the log, not for the asker. */
    const bool ours = err->code == E_BROKEN || err->code == E_RETRY;
    const char *type = type_of(err);
    const char *detail = ours ? "" : chinese && err->zh[0] ? err->zh : err->detail;

    json_open(out, '{');
    json_key(out, "type");
    buf_printf(out, "\"" PROBLEM_BASE "%s\"", type);
    json_key(out, "title");
    json_string(out, problem_title(type, chinese));
    json_key(out, "status");
    json_int(out, problem_status(err));
    if (detail[0]) {
        json_key(out, "detail");
        json_string(out, detail);
    }
    if (instance) {
        json_key(out, "instance");
        json_string(out, instance);
    }
    if (err->at_count > 0)
        errors_json(err, chinese, out);
    if (err->article[0]) {
        json_key(out, "article");
        json_string(out, err->article);
    }
    if (err->why_json) {
        json_key(out, "why");
        json_raw(out, err->why_json, strlen(err->why_json));
    }
    json_close(out, '}');
}
