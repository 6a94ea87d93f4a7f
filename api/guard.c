/* What libmicrohttpd lets through and must not come in; see api/guard.h. */
#include "api/guard.h"

#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"

enum { URI_BYTES = 4096, FIELDS_MAX = 64 };

struct head {
    struct request *rq;
    int lengths, encodings, fields;
    const char *encoding, *length, *accept_language;
    const char *begin, *end; /* of the head, in the library's buffer */
    bool bad, lines_bad;
};

static const struct {
    const char *name;
    size_t offset;
} kept[] = {
    {"Authorization", offsetof(struct request, authorization)},
    {"Cookie", offsetof(struct request, cookie)},
    {"X-CSRF-Token", offsetof(struct request, csrf)},
    {"Idempotency-Key", offsetof(struct request, key)},
    {"If-Match", offsetof(struct request, if_match)},
    {"If-None-Match", offsetof(struct request, if_none_match)},
    {"Content-Type", offsetof(struct request, content_type)},
    {"Content-Range", offsetof(struct request, content_range)},
    {"Host", offsetof(struct request, host)},
    {"Origin", offsetof(struct request, origin)},
    {"X-Forwarded-For", offsetof(struct request, forwarded)},
};

/* The library takes a bare LF or CR for the end of a line, where another server on the road may not.  It puts
 * a NUL for each byte of an end, so one byte tells of a bare one.  A folded value is kept elsewhere, where
 * nothing can be told. */
static bool line_ended(const struct head *h, const char *text, size_t size)
{
    const char *end = text + size;

    if (text < h->begin || end + 1 >= h->end || end[0] != '\0' || end[1] != '\0')
        return false;
    if (end + 4 >= h->end) /* the last: an empty line follows */
        return end + 4 == h->end && end[2] == '\0' && end[3] == '\0';
    return end[2] != '\0';
}

/* RFC 9110, 5.6.2: what the name of a field is made of; "Transfer-Encoding " is none. */
static bool is_token(const char *name)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";

    return *name && name[strspn(name, letters)] == '\0';
}

/* The library joins a folded line to the name where the value was empty: "Transfer-Encoding:", " chunked"
 * comes as "Transfer-Encodingchunked", which another server on the road may have read as it was meant. */
static bool says_length_oddly(const char *name)
{
    static const char *const names[] = {"Transfer-Encoding", "Content-Length"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (strncasecmp(name, names[i], strlen(names[i])) == 0 && name[strlen(names[i])] != '\0')
            return true;
    return false;
}

static enum MHD_Result on_field(void *arg, enum MHD_ValueKind kind, const char *key, size_t key_size,
                                const char *value, size_t value_size)
{
    struct head *h = arg;
    struct request *rq = h->rq;

    (void)kind;
    if (++h->fields > FIELDS_MAX || !value || strlen(key) != key_size || strlen(value) != value_size ||
        !utf8_ok(value, value_size, false)) {
        h->bad = true;
        return MHD_YES;
    }
    h->lines_bad |= !line_ended(h, value, value_size);
    if (!is_token(key) || says_length_oddly(key)) {
        h->bad = true;
        return MHD_YES;
    }
    for (size_t i = 0; i < LENGTH(kept); i++) {
        const char **at = (const char **)(void *)((char *)rq + kept[i].offset);

        if (strcasecmp(key, kept[i].name) != 0)
            continue;
        h->bad |= *at != NULL;
        *at = arena_ndup(rq->arena, value, value_size);
        return MHD_YES;
    }
    if (strcasecmp(key, "Content-Length") == 0) {
        h->lengths++;
        h->length = value;
    } else if (strcasecmp(key, "Transfer-Encoding") == 0) {
        h->encodings++;
        h->encoding = value;
    } else if (strcasecmp(key, "Accept-Language") == 0) {
        h->accept_language = value;
    }
    return MHD_YES;
}

/* zh-CN unless English comes first; one of quality 0 is not wanted. */
static bool wants_chinese(const char *accept)
{
    int best = 0;
    bool chinese = true;

    for (const char *p = accept; p && *p; p = strchr(p, ',')) {
        p += strspn(p, ", \t");
        const int quality = quality_of(p, strcspn(p, ","));

        if (strncasecmp(p, "zh", 2) == 0 && quality > best) {
            best = quality;
            chinese = true;
        } else if (strncasecmp(p, "en", 2) == 0 && quality > best) {
            best = quality;
            chinese = false;
        }
    }
    return chinese;
}

static int bad_request(const char *what, struct err *err)
{
    return err_set(err, E_MALFORMED, "request/malformed", "%s", what);
}

int guard_head(struct request *rq, struct MHD_Connection *mc, const struct head_line *line,
               int64_t *ret_length, struct err *err)
{
    const union MHD_ConnectionInfo *head =
        MHD_get_connection_info(mc, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    struct head h = {.rq = rq, .begin = line->method, .end = line->method + (head ? head->header_size : 0)};
    int64_t length = 0;

    MHD_get_connection_values_n(mc, MHD_HEADER_KIND, on_field, &h);
    rq->chinese = wants_chinese(h.accept_language);
    rq->url = utf8_ok(line->url, strlen(line->url), false) ? line->url : "/";
    *ret_length = -1;
    if (line->bad_uri || rq->url != line->url)
        return bad_request("the address is not one", err);
    if (h.bad)
        return bad_request("a header field is repeated, too many, or not text", err);
    if (strcmp(line->version, MHD_HTTP_VERSION_1_1) != 0)
        return bad_request("HTTP/1.1 is spoken here", err);
    if (strspn(line->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen(line->method))
        return bad_request("the method is not one", err);
    if (h.lines_bad || !line_ended(&h, line->version, strlen(line->version)))
        return bad_request("a line of the head does not end with CR LF, or is folded", err);
    if (!rq->host)
        return bad_request("Host is missing", err);
    if (h.lengths > 1 || h.encodings > 1 || (h.lengths && h.encodings))
        return bad_request("the length of the body is said twice", err);
    if (h.encoding && strcasecmp(h.encoding, "chunked") != 0)
        return bad_request("Transfer-Encoding other than chunked", err);
    if (h.length && !int_parse(h.length, 0, INT64_MAX, &length))
        return bad_request("Content-Length is not a length", err);
    *ret_length = h.length ? length : h.encoding ? -1 : 0;
    return 0;
}

bool guard_uri(const char *uri)
{
    const size_t path = strcspn(uri, "?");

    return uri[0] != '/' || strlen(uri) > URI_BYTES || memchr(uri, '%', path) || strstr(uri, "%00");
}
