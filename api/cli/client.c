/* See client.h. */
#include "api/cli/client.h"

#include <curl/curl.h>
#include <string.h>
#include <strings.h>

#include "core/base/buf.h"
#include "core/base/digest.h"

enum { ANSWER_S = 120 };

struct client {
    struct arena *arena;
    CURL *curl;
    const char *base, *uploads;
};

struct taken {
    struct buf body;
    char etag[64];
    char cookie[512];
};

int client_open(struct arena *arena, const char *base, const char *uploads, struct client **ret,
                struct err *err)
{
    struct client *client = ARENA_NEW(arena, struct client, 1);

    *client = (struct client){arena, curl_easy_init(), base, uploads};
    if (!client->curl)
        return err_set(err, E_BROKEN, "server/broken", "libcurl does not start");
    *ret = client;
    return 0;
}

void client_close(struct client *client)
{
    if (client)
        curl_easy_cleanup(client->curl);
}

static size_t take_body(char *data, size_t size, size_t count, void *arg)
{
    struct taken *taken = arg;

    buf_add(&taken->body, data, size * count);
    return size * count;
}

static void take_value(char *out, size_t room, const char *data, size_t size)
{
    while (size > 0 && (*data == ' ' || *data == '\t'))
        data++, size--;
    while (size > 0 && (data[size - 1] == '\r' || data[size - 1] == '\n'))
        size--;
    if (size < room) {
        memcpy(out, data, size);
        out[size] = '\0';
    }
}

static size_t take_header(char *data, size_t size, size_t count, void *arg)
{
    struct taken *taken = arg;
    const size_t bytes = size * count;

    if (bytes > 5 && strncasecmp(data, "ETag:", 5) == 0)
        take_value(taken->etag, sizeof taken->etag, data + 5, bytes - 5);
    if (bytes > 11 && strncasecmp(data, "Set-Cookie:", 11) == 0) {
        take_value(taken->cookie, sizeof taken->cookie, data + 11, bytes - 11);
        taken->cookie[strcspn(taken->cookie, ";")] = '\0';
    }
    return bytes;
}

static struct curl_slist *header(struct client *client, struct curl_slist *list, const char *name,
                                 const char *value)
{
    return value ? curl_slist_append(list, arena_printf(client->arena, "%s: %s", name, value)) : list;
}

static struct curl_slist *headers_of(struct client *client, const struct ask *ask)
{
    const struct pass *as = ask->as;
    struct curl_slist *list = NULL;
    char id[UUID_TEXT];

    if (as && as->token)
        list = header(client, list, "Authorization", arena_printf(client->arena, "Bearer %s", as->token));
    if (as && as->cookie) {
        list = header(client, list, "Cookie", as->cookie);
        list = header(client, list, "X-CSRF-Token", as->csrf);
    }
    if (strcmp(ask->method, "POST") == 0) {
        uuid_new(id);
        list = header(client, list, "Idempotency-Key", id);
    }
    list = header(client, list, "Content-Type", ask->json ? "application/json" : NULL);
    list = header(client, list, "If-Match", ask->etag);
    return header(client, list, "Expect", "");
}

/* The exchange itself; `body` may hold any bytes. */
static int exchange(struct client *client, const char *url, const struct ask *ask, const void *body,
                    size_t bytes, struct taken *taken, long *ret_status, struct err *err)
{
    struct curl_slist *headers = headers_of(client, ask);
    CURLcode code;

    curl_easy_reset(client->curl);
    curl_easy_setopt(client->curl, CURLOPT_URL, url);
    curl_easy_setopt(client->curl, CURLOPT_CUSTOMREQUEST, ask->method);
    curl_easy_setopt(client->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(client->curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(client->curl, CURLOPT_WRITEDATA, taken);
    curl_easy_setopt(client->curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(client->curl, CURLOPT_HEADERDATA, taken);
    curl_easy_setopt(client->curl, CURLOPT_TIMEOUT, (long)ANSWER_S);
    curl_easy_setopt(client->curl, CURLOPT_NOSIGNAL, 1L);
    if (body) {
        curl_easy_setopt(client->curl, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(client->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)bytes);
    }
    code = curl_easy_perform(client->curl);
    curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, ret_status);
    curl_slist_free_all(headers);
    return code == CURLE_OK ? 0
                            : err_set(err, E_BUSY, "server/busy", "%s: %s", url, curl_easy_strerror(code));
}

/* What the server said is wrong. */
static int refused(const struct ask *ask, const struct reply *reply, struct err *err)
{
    const char *detail = reply->body ? doc_text(reply->body, "/detail") : NULL;
    const char *type = reply->body ? doc_text(reply->body, "/type") : NULL;
    const char *title = reply->body ? doc_text(reply->body, "/title") : NULL;
    const char *stem = type ? strstr(type, "/problems/") : NULL;

    err_set(err, E_REFUSED, stem ? stem + 10 : "server/broken", "%s %s: %d %s%s%s", ask->method, ask->path,
            reply->status, title ? title : "", detail ? ": " : "", detail ? detail : "");
    for (size_t i = 0; reply->body && i < doc_count(reply->body, "/errors"); i++) {
        char at[64], pointer[128] = "";
        const char *text;

        snprintf(at, sizeof at, "/errors/%zu/pointer", i);
        if ((text = doc_text(reply->body, at)))
            snprintf(pointer, sizeof pointer, "%s", text);
        snprintf(at, sizeof at, "/errors/%zu/detail", i);
        text = doc_text(reply->body, at);
        err_at(err, pointer, "refused", text ? text : "", text ? text : "");
    }
    return E_REFUSED;
}

int client_ask(struct client *client, const struct ask *ask, struct reply *ret, struct err *err)
{
    const char *url = arena_printf(client->arena, "%s%s", client->base, ask->path);
    struct taken taken = {0};
    long http = 0;
    int status = exchange(client, url, ask, ask->json, ask->json ? strlen(ask->json) : 0, &taken, &http, err);

    *ret = (struct reply){.status = (int)http};
    if (!status) {
        ret->etag = taken.etag[0] ? arena_dup(client->arena, taken.etag) : NULL;
        ret->text = arena_ndup(client->arena, taken.body.data ? taken.body.data : "", taken.body.size);
        if (taken.body.size && doc_read(client->arena, ret->text, taken.body.size, &ret->body, err))
            ret->body = NULL;
        status = http >= 200 && http < 300 ? 0 : refused(ask, ret, err);
    }
    buf_free(&taken.body);
    return status;
}

int client_put(struct client *client, const struct pass *as, const void *bytes, size_t count,
               char ret_sha256[65], struct err *err)
{
    uint8_t hash[SHA256_BYTES];
    struct taken taken = {0};
    long http = 0;
    int status;

    sha256_of(bytes, count, hash);
    hex_print(hash, sizeof hash, ret_sha256);
    const struct ask ask = {
        .method = "PUT", .path = arena_printf(client->arena, "/api/v1/blobs/%s", ret_sha256), .as = as};
    status = exchange(client, arena_printf(client->arena, "%s%s", client->uploads, ask.path), &ask, bytes,
                      count, &taken, &http, err);
    if (!status && (http < 200 || http >= 300))
        status = err_set(err, E_REFUSED, "blob/mismatch", "PUT %s: %ld %.300s", ask.path, http,
                         taken.body.data ? taken.body.data : "");
    buf_free(&taken.body);
    return status;
}

int client_login(struct client *client, const char *login, const char *password, struct pass *ret,
                 struct err *err)
{
    struct buf json = {0};
    struct taken taken = {0};
    struct doc *doc = NULL;
    const struct ask ask = {.method = "POST", .path = "/api/v1/sessions", .json = "{}"};
    long http = 0;
    int status;

    json_open(&json, '{');
    json_key(&json, "login");
    json_string(&json, login);
    json_key(&json, "password");
    json_string(&json, password);
    json_close(&json, '}');
    status = exchange(client, arena_printf(client->arena, "%s%s", client->base, ask.path), &ask, json.data,
                      json.size, &taken, &http, err);
    if (!status && http != 201 && http != 200)
        status = err_set(err, E_UNKNOWN, "auth/wrong", "%s cannot log in (%ld)", login, http);
    if (!status)
        status = doc_read(client->arena, taken.body.data ? taken.body.data : "", taken.body.size, &doc, err);
    if (!status)
        *ret =
            (struct pass){.cookie = arena_dup(client->arena, taken.cookie), .csrf = doc_text(doc, "/csrf")};
    buf_free(&json);
    buf_free(&taken.body);
    return status;
}
