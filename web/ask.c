/* The API's client, on libcurl. */
#include "web/ask.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/base/buf.h"

/* An act may ask a plug-in, which has twice limits.ask_ms and five seconds; a file is made before its first
 * byte comes (archives, bundles of a year). */
enum { CONNECT_MS = 2000, ANSWER_MS = 20000, ACT_MS = 75000, FILE_MS = 600000, ANSWER_BYTES = 128 << 20 };

struct asker {
    CURL *curl;
    const char *url;
};

struct asker *asker_new(const char *url)
{
    struct asker *a = calloc(1, sizeof *a);

    MUST(a);
    a->curl = curl_easy_init();
    MUST(a->curl);
    a->url = url;
    return a;
}

void asker_free(struct asker *a)
{
    if (!a)
        return;
    curl_easy_cleanup(a->curl);
    free(a);
}

FILE *spool_open(void)
{
    char path[] = P_tmpdir "/linli-XXXXXX";
    const int file = mkostemp(path, O_CLOEXEC);
    FILE *f = file < 0 ? NULL : fdopen(file, "w+b");

    if (file >= 0)
        unlink(path);
    if (file >= 0 && !f)
        close(file);
    return f;
}

struct reply {
    CURL *curl;
    struct arena *arena;
    struct answer *answer;
    struct buf body;
    bool file;
};

static void reply_free(struct reply *r)
{
    buf_free(&r->body);
}

/* A file's refusal is JSON like any other. */
static bool is_file(const struct reply *r)
{
    long status = 0;

    curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &status);
    return r->file && status == 200;
}

static size_t on_body(char *data, size_t one, size_t count, void *arg)
{
    struct reply *r = arg;
    struct answer *a = r->answer;

    if (is_file(r)) {
        if (!a->file)
            a->file = spool_open();
        a->file_size += one * count;
        return a->file ? one * fwrite(data, one, count, a->file) : 0;
    }
    if (r->body.size + one * count > ANSWER_BYTES)
        return 0;
    buf_add(&r->body, data, one * count);
    return one * count;
}

static size_t on_head(char *data, size_t one, size_t count, void *arg)
{
    struct reply *h = arg;
    const size_t size = one * count;
    const char **const to[] = {&h->answer->etag, &h->answer->location, &h->answer->set_cookie,
                               &h->answer->type, &h->answer->disposition};
    static const char *const names[] = {
        "etag:", "location:", "set-cookie:", "content-type:", "content-disposition:"};

    for (size_t i = 0; i < LENGTH(names); i++) {
        const size_t name = strlen(names[i]);

        if (size <= name || strncasecmp(data, names[i], name) != 0)
            continue;
        size_t from = name, to_end = size;
        while (from < to_end && data[from] == ' ')
            from++;
        while (to_end > from && (data[to_end - 1] == '\r' || data[to_end - 1] == '\n'))
            to_end--;
        *to[i] = arena_ndup(h->arena, data + from, to_end - from);
    }
    return size;
}

static void header(struct curl_slist **list, struct arena *arena, const char *name, const char *value)
{
    struct curl_slist *more;

    /* What no header may hold was never given out by us: it is as good as not sent. */
    for (const char *c = value; c && *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return;
    if (!value)
        return;
    more = curl_slist_append(*list, arena_printf(arena, "%s: %s", name, value));
    MUST(more);
    *list = more;
}

static struct curl_slist *headers(struct arena *arena, const struct question *q)
{
    struct curl_slist *list = NULL;

    header(&list, arena, "Accept-Language", q->chinese ? "zh-CN" : "en");
    header(&list, arena, "Cookie", q->cookie);
    header(&list, arena, "X-CSRF-Token", q->csrf);
    header(&list, arena, "Idempotency-Key", q->key);
    header(&list, arena, "If-Match", q->if_match);
    header(&list, arena, "X-Forwarded-For", q->address);
    header(&list, arena, "Content-Type", q->body ? "application/json" : NULL);
    return list;
}

static void prepare(struct asker *a, const char *url, struct curl_slist *list, struct reply *reply)
{
    curl_easy_reset(a->curl);
    curl_easy_setopt(a->curl, CURLOPT_URL, url);
    curl_easy_setopt(a->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(a->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(a->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(a->curl, CURLOPT_TIMEOUT_MS, (long)(reply->file ? FILE_MS : ANSWER_MS));
    curl_easy_setopt(a->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(a->curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(a->curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(a->curl, CURLOPT_WRITEDATA, reply);
    curl_easy_setopt(a->curl, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(a->curl, CURLOPT_HEADERDATA, reply);
}

static int perform(struct asker *a, struct curl_slist *list, const struct reply *reply, struct err *err)
{
    struct answer *ret = reply->answer;
    const CURLcode code = curl_easy_perform(a->curl);
    long status = 0;

    curl_slist_free_all(list);
    if (code != CURLE_OK)
        return err_set(err, E_BUSY, "server/busy", "the API does not answer: %s", curl_easy_strerror(code));
    curl_easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &status);
    ret->status = (int)status;
    if (reply->body.size && ret->type && strstr(ret->type, "json")) /* and its kinds: problem+json */
        ret->json = json_loadb(reply->body.data, reply->body.size, 0, NULL);
    if (ret->file && fflush(ret->file) != 0)
        return err_set(err, E_BUSY, "server/busy", "there is no room for the file");
    return 0;
}

int ask(struct asker *a, struct arena *arena, const struct question *q, struct answer *ret, struct err *err)
{
    CLEANUP(reply_free) struct reply reply = {a->curl, arena, ret, {0}, q->file};
    struct curl_slist *list = headers(arena, q);

    *ret = (struct answer){0};
    prepare(a, arena_printf(arena, "%s/api/v1%s", a->url, q->path), list, &reply);
    if (strcmp(q->method, "HEAD") == 0) {
        curl_easy_setopt(a->curl, CURLOPT_NOBODY, 1L);
    } else if (strcmp(q->method, "GET") != 0) {
        curl_easy_setopt(a->curl, CURLOPT_CUSTOMREQUEST, q->method);
        curl_easy_setopt(a->curl, CURLOPT_TIMEOUT_MS, (long)(q->file ? FILE_MS : ACT_MS));
    }
    if (q->body)
        curl_easy_setopt(a->curl, CURLOPT_COPYPOSTFIELDS, q->body);
    else if (strcmp(q->method, "POST") == 0)
        curl_easy_setopt(a->curl, CURLOPT_POSTFIELDS, "");
    return perform(a, list, &reply, err);
}

int ask_upload(struct asker *a, struct arena *arena, const struct upload *u, struct answer *ret,
               struct err *err)
{
    CLEANUP(reply_free) struct reply reply = {a->curl, arena, ret, {0}, false};
    struct curl_slist *list =
        headers(arena, &(struct question){.cookie = u->cookie, .csrf = u->csrf, .chinese = u->chinese});

    *ret = (struct answer){0};
    header(&list, arena, "Expect", "");
    rewind(u->data);
    prepare(a, arena_printf(arena, "%s/api/v1/blobs/%s", u->url, u->sha256), list, &reply);
    curl_easy_setopt(a->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(a->curl, CURLOPT_READDATA, u->data);
    curl_easy_setopt(a->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)u->size);
    curl_easy_setopt(a->curl, CURLOPT_TIMEOUT_MS, (long)FILE_MS);
    return perform(a, list, &reply, err);
}

void answer_free(struct answer *answer)
{
    json_decref(answer->json);
    answer->json = NULL;
    if (answer->file)
        fclose(answer->file);
    answer->file = NULL;
}
