/* What a page does, as a line for a shell: the same act by an organisation's own program. */
#include <stdlib.h>
#include <string.h>

#include "web/page.h"

/* In single quotes, as any shell reads it. */
static void put_quoted(struct buf *out, const char *text)
{
    buf_text(out, "'");
    for (const char *c = text; *c; c++)
        if (*c == '\'')
            buf_text(out, "'\\''");
        else
            buf_add(out, c, 1);
    buf_text(out, "'");
}

/* A sandbox has no proxy that would stand before both. */
static const char *base_of(const struct page *p)
{
    return site_sandbox(p->site) ? site_api(p->site) : site_url(p->site);
}

static void put_header(struct buf *out, const char *name, const char *value)
{
    buf_text(out, " \\\n  -H ");
    if (strcmp(name, "Authorization") == 0)
        buf_text(out, value);
    else {
        CLEANUP(buf_free) struct buf line = {0};

        buf_text(&line, name);
        buf_text(&line, ": ");
        buf_text(&line, value);
        put_quoted(out, line.data);
    }
}

const char *curl_command(struct page *p, const struct op *op, const char *etag, const json_t *body)
{
    CLEANUP(buf_free) struct buf out = {0};
    /* A shell keeps what was typed, and shows it to whoever lists what runs. */
    char *text = body && !op->secret ? json_dumps(body, JSON_COMPACT) : NULL;

    buf_text(&out, arena_printf(p->view.arena, "curl -X %s ", act_method(op, p->view.arena)));
    put_quoted(&out, arena_printf(p->view.arena, "%s/api/v1%s", base_of(p), p->path));
    put_header(&out, "Authorization", "\"Authorization: Bearer $LINLI_TOKEN\"");
    if (op->keyed)
        put_header(&out, "Idempotency-Key", page_key(p));
    if (op->matched)
        put_header(&out, "If-Match", etag && *etag ? etag : "*");
    if (body) {
        put_header(&out, "Content-Type", "application/json");
        buf_text(&out, " \\\n  ");
        buf_text(&out, text ? "--data-raw " : "--data-binary @body.json");
    }
    if (text)
        put_quoted(&out, text);
    free(text);
    return arena_ndup(p->view.arena, out.data, out.size);
}

const char *curl_question(struct page *p, const char *token, const char *path)
{
    return arena_printf(
        p->view.arena,
        "export LINLI_TOKEN='%s'\ncurl -H \"Authorization: Bearer $LINLI_TOKEN\" '%s/api/v1%s'", token,
        base_of(p), path);
}
