/* The API's description: OpenAPI 3.1 from routes, forms and the columns of statements. */
#include "api/openapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/handlers.h"
#include "core/base/digest.h"
#include "core/service/actor.h"

/* ---- small words of JSON ---- */

static void member(struct buf *out, const char *key, const char *text)
{
    json_key(out, key);
    json_string(out, text);
}

static void raw(struct buf *out, const char *key, const char *json)
{
    json_key(out, key);
    json_raw(out, json, strlen(json));
}

static void open_at(struct buf *out, const char *key)
{
    json_key(out, key);
    json_open(out, '{');
}

static void reference(struct buf *out, const char *kind, const char *name, const char *suffix)
{
    json_open(out, '{');
    json_key(out, "$ref");
    buf_printf(out, "\"#/components/%s/%s%s\"", kind, name, suffix);
    json_close(out, '}');
}

/* ---- parts of an operation ---- */

/* The noun a route is about: what follows /api/v1/, offices' own things by the last noun. */
static void tag_of(const struct route *r, char out[32])
{
    const char *p = strncmp(r->path, "/api/v1/", 8) == 0 ? r->path + 8 : NULL;

    snprintf(out, 32, "%s", "house");
    if (!p)
        return;
    if (strncmp(p, "offices/{office}/", 17) == 0)
        p += 17;
    snprintf(out, 32, "%.*s", (int)strcspn(p, "/."), p);
}

static const char *value_schema(enum value_type type)
{
    switch (type) {
    case VALUE_INT:
        return "{\"type\":\"integer\",\"format\":\"int32\"}";
    case VALUE_LONG:
        return "{\"type\":\"integer\",\"format\":\"int64\"}";
    case VALUE_BOOL:
        return "{\"type\":\"boolean\"}";
    case VALUE_ID:
        return "{\"type\":\"string\",\"format\":\"uuid\"}";
    case VALUE_TIME:
        return "{\"type\":\"string\",\"format\":\"date-time\"}";
    case VALUE_DATE:
        return "{\"type\":\"string\",\"format\":\"date\"}";
    case VALUE_CODE:
        return "{\"type\":\"string\",\"pattern\":\"^[a-z][a-z0-9_]{0,39}$\"}";
    case VALUE_SHA256:
        return "{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{64}$\"}";
    case VALUE_LINE:
    case VALUE_NUMBER:
        break;
    }
    return "{\"type\":\"string\",\"maxLength\":200}";
}

static void words_schema(struct buf *out, const char *words)
{
    json_key(out, "schema");
    buf_text(out, "{\"type\":\"string\",\"enum\":[\"");
    for (const char *p = words; *p; p++)
        if (*p == '|')
            buf_text(out, "\",\"");
        else
            buf_char(out, *p);
    buf_text(out, "\"]}");
}

static void parameter(struct buf *out, const char *in, const struct named *n)
{
    json_open(out, '{');
    member(out, "name", n->name);
    member(out, "in", in);
    if (strcmp(in, "path") == 0)
        raw(out, "required", "true");
    if (n->words)
        words_schema(out, n->words);
    else
        raw(out, "schema", value_schema(n->type));
    json_close(out, '}');
}

static void common_parameter(struct buf *out, const char *name)
{
    reference(out, "parameters", name, "");
}

static bool needs_key(const struct route *r)
{
    return r->method == METHOD_POST &&
           ((r->kind == ROUTE_ACT && !(r->flags & NOKEY)) || strcmp(r->op, "bid_submit") == 0);
}

/* What a question answers carries a tag, and need not be sent again. */
static bool has_etag(const struct route *r)
{
    return r->kind == ROUTE_LOOP || r->kind == ROUTE_READ || strcmp(r->op, "openapi") == 0;
}

static void parameters(struct buf *out, const struct route *r)
{
    json_key(out, "parameters");
    json_open(out, '[');
    for (int i = 0; i < r->param_count; i++)
        parameter(out, "path", &r->params[i]);
    for (int i = 0; i < r->query_count; i++)
        parameter(out, "query", &r->queries[i]);
    if (r->pages) {
        common_parameter(out, "limit");
        common_parameter(out, "cursor");
    }
    if (needs_key(r))
        common_parameter(out, "key");
    if (r->flags & MATCH)
        common_parameter(out, "match");
    if (has_etag(r))
        common_parameter(out, "known");
    common_parameter(out, "language");
    json_close(out, ']');
}

static void body(struct buf *out, const struct route *r)
{
    if (!r->form)
        return;
    open_at(out, "requestBody");
    raw(out, "required", "true");
    open_at(out, "content");
    open_at(out, "application/json");
    json_key(out, "schema");
    reference(out, "schemas", r->op, "_form");
    json_close(out, '}');
    json_close(out, '}');
    json_close(out, '}');
}

/* ---- answers ---- */

static int row_statement(const struct route *r)
{
    if (r->kind == ROUTE_LOOP || r->kind == ROUTE_READ)
        return r->statement;
    return r->kind == ROUTE_ACT ? r->act.reply : -1;
}

static void answer_schema(struct buf *out, const struct route *r)
{
    const int q = row_statement(r);

    if (q < 0) {
        buf_text(out, "{\"type\":\"object\"}");
        return;
    }
    if ((r->kind != ROUTE_LOOP && r->kind != ROUTE_READ) || r->shape == SHAPE_ONE) {
        reference(out, "schemas", statements[q].name, "");
        return;
    }
    buf_text(out, "{\"type\":\"object\",\"required\":[\"items\"],\"properties\":{\"items\":{\"type\":"
                  "\"array\",\"items\":");
    buf_printf(out, "{\"$ref\":\"#/components/schemas/%s\"}}", statements[q].name);
    if (r->pages)
        buf_text(out, ",\"next\":{\"type\":[\"string\",\"null\"],\"description\":\"cursor of the next page, "
                      "which may follow a short or an empty one; null at the end\"}");
    else
        buf_text(out, ",\"truncated\":{\"const\":true,\"description\":\"there are more than the thousand "
                      "that are shown\"}");
    buf_text(out, "}}");
}

/* The media type of what is no JSON; NULL: JSON. */
static const char *file_type(const struct route *r)
{
    static const struct {
        const char *op, *type;
    } files[] = {
        {"metrics", "text/plain"},
        {"attachment_file", "*/*"},
        {"certificate_file", "*/*"},
        {"container_file", "application/octet-stream"},
        {"bid_file", "*/*"}, /* JSON, or a container */
        {"bid_receipt", "text/plain"},
        {"tender_archive", "application/zip"},
        {"office_archive", "application/zip"},
        {"tender_bundle", "application/zip"},
        {"year_bundle", "application/zip"},
        {"batch_file", "*/*"}, /* as the format says that was asked for */
        {"overdue_file", "*/*"},
        {"statement_file", "*/*"},
        {"nonprofit_file", "*/*"},
        {"fee_file", "*/*"},
    };

    for (size_t i = 0; i < LENGTH(files); i++)
        if (strcmp(files[i].op, r->op) == 0)
            return files[i].type;
    return NULL;
}

static void answers(struct buf *out, const struct route *r)
{
    const bool makes = (r->kind == ROUTE_ACT && r->flags & MAKES) || strcmp(r->op, "bid_submit") == 0 ||
                       strcmp(r->op, "session_create") == 0;
    const bool empty = strcmp(r->op, "session_end") == 0;
    const char *file = file_type(r);

    open_at(out, "responses");
    open_at(out, empty ? "204" : makes ? "201" : "200");
    member(out, "description", empty ? "Done / 已完成" : makes ? "Made / 已创建" : "The answer / 结果");
    if (!empty) {
        open_at(out, "content");
        open_at(out, file ? file : "application/json");
        json_key(out, "schema");
        if (file)
            json_raw(out, "{\"type\":\"string\"}", 17);
        else
            answer_schema(out, r);
        json_close(out, '}');
        json_close(out, '}');
    }
    json_close(out, '}');
    if (has_etag(r)) {
        json_key(out, "304");
        reference(out, "responses", "unchanged", "");
    }
    json_key(out, "4XX");
    reference(out, "responses", "problem", "");
    json_key(out, "5XX");
    reference(out, "responses", "problem", "");
    json_close(out, '}');
}

static void rights(struct buf *out, const struct route *r)
{
    json_key(out, "security");
    buf_text(out, r->roles == ROLES_ANY ? "[]" : "[{\"bearer\":[]},{\"session\":[]}]");
    if (r->roles == ROLES_ANY)
        return;
    json_key(out, "x-roles");
    json_open(out, '[');
    if (r->roles & ROLES_PERSON)
        json_string(out, "any account");
    for (int i = 1; i < LINLI_CLOCK; i++)
        if (r->roles & (UINT32_C(1) << i))
            json_string(out, role_name(i));
    json_close(out, ']');
}

static void operation(struct buf *out, const struct route *r)
{
    static const char *const methods[METHODS] = {"get", "post", "put", "patch", "delete"};
    char tag[32];

    tag_of(r, tag);
    open_at(out, methods[r->method]);
    member(out, "operationId", r->op);
    member(out, "summary", r->en);
    member(out, "description", r->zh);
    if (r->flags & SECRET) {
        json_key(out, "x-secret");
        buf_text(out, "true");
    }
    json_key(out, "tags");
    json_open(out, '[');
    json_string(out, tag);
    json_close(out, ']');
    rights(out, r);
    parameters(out, r);
    body(out, r);
    answers(out, r);
    json_close(out, '}');
}

/* ---- the document ---- */

static bool path_seen(size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(route_at(i)->path, route_at(before)->path) == 0)
            return true;
    return false;
}

static const char uploads_json[] =
    "\"/api/v1/blobs/{sha256}\":{\"servers\":[{\"url\":\"/\",\"description\":\"the upload daemon; a proxy "
    "sends these paths "
    "to "
    "it\"}],\"parameters\":[{\"name\":\"sha256\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":"
    "\"string\","
    "\"pattern\":\"^[0-9a-f]{64}$\"}}],\"put\":{\"operationId\":\"blob_put\",\"summary\":\"upload a file, or "
    "go on with "
    "one\",\"description\":\"上传文件，可断点续传\",\"tags\":[\"blobs\"],\"security\":[{\"bearer\":[]},{"
    "\"session\":[]}],"
    "\"parameters\":[{\"name\":\"Content-Range\",\"in\":\"header\",\"schema\":{\"type\":\"string\"},"
    "\"description\":\"bytes "
    "a-b/total, to go on where it "
    "stopped\"}],\"requestBody\":{\"required\":true,\"content\":{\"application/octet-stream\":"
    "{\"schema\":{\"type\":\"string\",\"maxLength\":";
static const char uploads_rest[] =
    "}}}},\"responses\":{\"201\":{\"description\":\"The whole is here / "
    "已完整接收\",\"content\":{\"application/"
    "json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"sha256\":{\"type\":"
    "\"string\"},\"bytes\":{\"type\":\"integer\"},\"type\":{\"type\":\"string\"}}}}}},\"202\":{"
    "\"description\":\"A part is "
    "here; Upload-Offset tells how much / "
    "已接收部分\"},\"4XX\":{\"$ref\":\"#/components/responses/problem\"},\"5XX\":{"
    "\"$ref\":\"#/components/responses/"
    "problem\"}}},\"head\":{\"operationId\":\"blob_look\",\"summary\":\"how far an upload "
    "has "
    "come\",\"description\":\"查询上传进度\",\"tags\":[\"blobs\"],\"security\":[{\"bearer\":[]},{\"session\":"
    "[]}],"
    "\"responses\":{\"200\":{\"description\":\"Upload-Offset, Upload-Complete / "
    "已接收字节数\"},\"4XX\":{\"$ref\":"
    "\"#/components/responses/problem\"}}}}";

static void paths(const struct api *api, struct buf *out)
{
    open_at(out, "paths");
    for (size_t i = 0; i < routes_count(); i++) {
        if (path_seen(i))
            continue;
        open_at(out, route_at(i)->path);
        for (size_t k = i; k < routes_count(); k++)
            if (strcmp(route_at(k)->path, route_at(i)->path) == 0)
                operation(out, route_at(k));
        json_close(out, '}');
    }
    buf_char(out, ',');
    buf_printf(out, "%s%lld%s", uploads_json, (long long)api->config.upload_bytes, uploads_rest);
    json_close(out, '}');
}

static void tags(struct buf *out)
{
    char seen[128][32], tag[32];
    int count = 0;

    json_key(out, "tags");
    json_open(out, '[');
    for (size_t i = 0; i <= routes_count(); i++) {
        int k = 0;

        if (i < routes_count())
            tag_of(route_at(i), tag);
        else
            snprintf(tag, sizeof tag, "blobs");
        while (k < count && strcmp(seen[k], tag) != 0)
            k++;
        if (k < count || count == (int)LENGTH(seen))
            continue;
        memcpy(seen[count++], tag, sizeof tag);
        json_open(out, '{');
        member(out, "name", tag);
        member(out, "description", tag);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static const char common_json[] =
    "\"parameters\":{"
    "\"limit\":{\"name\":\"limit\",\"in\":\"query\",\"description\":\"page "
    "size\",\"schema\":{\"type\":\"integer\","
    "\"minimum\":1,\"maximum\":100,\"default\":20}},"
    "\"cursor\":{\"name\":\"cursor\",\"in\":\"query\",\"description\":\"member next of the page "
    "before\",\"schema\":{\"type\":"
    "\"string\",\"maxLength\":800}},"
    "\"key\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":true,\"description\":\"the same "
    "key gets the same "
    "answer\",\"schema\":{\"type\":\"string\",\"minLength\":16,\"maxLength\":64}},"
    "\"match\":{\"name\":\"If-Match\",\"in\":\"header\",\"required\":true,\"description\":\"ETag of what was "
    "seen\",\"schema\":{"
    "\"type\":\"string\"}},"
    "\"known\":{\"name\":\"If-None-Match\",\"in\":\"header\",\"description\":\"ETag of what is "
    "here already\",\"schema\":{\"type\":\"string\"}},"
    "\"language\":{\"name\":\"Accept-Language\",\"in\":\"header\",\"description\":\"zh-CN (default) or en, "
    "for problems\","
    "\"schema\":{\"type\":\"string\"}}},"
    "\"responses\":{\"unchanged\":{\"description\":\"As it is here already / "
    "未变化\"},\"problem\":{\"description\":\"A problem (RFC 9457) / "
    "出错\",\"content\":{\"application/problem+json\":{"
    "\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}},"
    "\"securitySchemes\":{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"},\"session\":{\"type\":"
    "\"apiKey\",\"in\":"
    "\"cookie\",\"name\":\"__Host-linli\",\"description\":\"changes need X-CSRF-Token, too\"}}";

static const char problem_schema[] = "{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\"],"
                                     "\"properties\":{\"type\":{\"type\":\"string\","
                                     "\"format\":\"uri\"},\"title\":{\"type\":\"string\"},\"status\":{"
                                     "\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
                                     "\"instance\":{\"type\":\"string\"},\"article\":{\"type\":\"string\"},"
                                     "\"why\":{},\"errors\":{\"type\":\"array\",\"items\":"
                                     "{\"type\":\"object\",\"properties\":{\"pointer\":{\"type\":\"string\"},"
                                     "\"code\":{\"type\":\"string\"},\"detail\":{"
                                     "\"type\":\"string\"}}}}}}";

static void schemas(struct buf *out, const struct buf rows[Q_COUNT])
{
    char name[80];

    open_at(out, "schemas");
    raw(out, "problem", problem_schema);
    for (size_t i = 0; i < routes_count(); i++) {
        const struct route *r = route_at(i);

        if (!r->form)
            continue;
        snprintf(name, sizeof name, "%s_form", r->op);
        json_key(out, name);
        option_schema(out, r->form->rows, r->form->count);
    }
    for (int q = 0; q < Q_COUNT; q++)
        if (rows[q].data)
            raw(out, statements[q].name, rows[q].data);
    json_close(out, '}');
}

static int describe(struct api *api, struct buf rows[Q_COUNT], struct err *err)
{
    const struct store_config config = {.url = api->config.database,
                                        .role = "linli_act",
                                        .connections = 1,
                                        .statement_ms = 30000,
                                        .lock_ms = 5000};
    enum statement_id *wanted = calloc(Q_COUNT, sizeof *wanted);
    struct buf *found = calloc(Q_COUNT, sizeof *found);
    bool seen[Q_COUNT] = {false};
    size_t count = 0;
    int status;

    MUST(wanted && found);
    for (size_t i = 0; i < routes_count(); i++) {
        const int q = row_statement(route_at(i));

        if (q >= 0 && !seen[q]) {
            seen[q] = true;
            wanted[count++] = (enum statement_id)q;
        }
    }
    status = store_schemas(&config, wanted, count, found, err);
    for (size_t i = 0; i < count; i++) {
        rows[wanted[i]] = found[i];
        if (!found[i].data)
            buf_text(&rows[wanted[i]], "{\"type\":\"object\"}");
    }
    free(found);
    free(wanted);
    return status;
}

static void openapi_tag(struct api *api)
{
    char tag[HASH_SHORT_TEXT];

    hash_short(api->openapi, api->openapi_bytes, tag);
    snprintf(api->openapi_etag, sizeof api->openapi_etag, "\"%s\"", tag);
}

int openapi_make(struct api *api, struct err *err)
{
    struct buf out = {0}, *rows = calloc(Q_COUNT, sizeof *rows);
    int status;

    MUST(rows);
    status = describe(api, rows, err);
    json_open(&out, '{');
    member(&out, "openapi", "3.1.0");
    raw(&out, "info",
        "{\"title\":\"Linli 邻里\",\"version\":\"" LINLI_VERSION
        "\",\"description\":\"How a street office buys services "
        "from social organisations and funds them. "
        "街道办事处购买社会组织服务与资助。\",\"license\":{\"name\":\"Apache-2.0\","
        "\"identifier\":\"Apache-2.0\"},\"contact\":{\"name\":\"Linli "
        "maintainers\",\"email\":\"maintainers@linli.example\"}}");
    raw(&out, "servers", "[{\"url\":\"/\"}]");
    tags(&out);
    paths(api, &out);
    open_at(&out, "components");
    schemas(&out, rows);
    buf_char(&out, ',');
    buf_text(&out, common_json);
    json_close(&out, '}');
    json_close(&out, '}');
    for (int q = 0; q < Q_COUNT; q++)
        buf_free(&rows[q]);
    free(rows);
    api->openapi = buf_take(&out, &api->openapi_bytes);
    openapi_tag(api);
    return status;
}

int api_openapi(struct request *rq, struct err *err)
{
    (void)err;
    if (request_unchanged(rq, rq->api->openapi_etag))
        return 0;
    rq->shared = rq->api->openapi;
    rq->shared_bytes = rq->api->openapi_bytes;
    request_answer(rq, 200);
    return 0;
}
