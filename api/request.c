/* What every handler does with a request: headers, problems, forms. */
#include "api/request.h"

#include <string.h>
#include <strings.h>

#include "api/problem.h"
#include "core/base/log.h"

void request_header(struct request *rq, const char *name, const char *value)
{
    MUST(rq->header_count < ANSWER_HEADERS);
    rq->headers[rq->header_count].name = name;
    rq->headers[rq->header_count++].value = value;
}

void request_answer(struct request *rq, int status)
{
    rq->status = status;
}

void request_problem(struct request *rq, const struct err *err)
{
    const int status = problem_status(err);

    if (err->code == E_BROKEN)
        log_event(LOG_ERROR, "request.broken", "%s: %s: %s", rq->route ? rq->route->op : "-", err->type,
                  err->detail);
    buf_clear(&rq->out);
    rq->header_count = 0;
    problem_json(err, rq->url, rq->chinese, &rq->out);
    rq->type = "application/problem+json";
    rq->private_answer = true;
    request_header(rq, "Content-Language", rq->chinese ? "zh-CN" : "en");
    if (status == 503 || status == 429)
        request_header(rq, "Retry-After",
                       arena_printf(rq->arena, "%d", err->retry_after_s > 0 ? (int)err->retry_after_s : 1));
    if (status == 401)
        request_header(rq, "WWW-Authenticate", "Bearer realm=\"linli\"");
    rq->status = status;
}

bool request_unchanged(struct request *rq, const char *etag)
{
    request_header(rq, "ETag", etag);
    if (!rq->if_none_match || (!strstr(rq->if_none_match, etag) && strcmp(rq->if_none_match, "*") != 0))
        return false;
    buf_clear(&rq->out);
    rq->status = 304;
    return true;
}

int request_form(struct request *rq, const struct form *form, void **ret, struct err *err)
{
    return form_read(form, rq->arena, rq->body.data ? rq->body.data : "", rq->body.size, ret, err);
}

const char *request_key(struct request *rq)
{
    const size_t size = rq->key ? strlen(rq->key) : 0;

    if (size >= 2 && rq->key[0] == '"' && rq->key[size - 1] == '"')
        return arena_ndup(rq->arena, rq->key + 1, size - 2);
    return rq->key;
}
