/* What plug-ins are here, and what their options are: the rows that linli plugin schema prints, for
 * everybody. */
#include <string.h>

#include "api/handlers.h"
#include "api/server.h"
#include "core/domain/names.h"
#include "core/host/host.h"
#include "core/host/plugin.h"

static void regimes(struct buf *out, uint32_t served)
{
    json_key(out, "regimes");
    json_open(out, '[');
    for (int r = LINLI_STATUTORY; r <= LINLI_CHARITY; r++)
        if (served & (UINT32_C(1) << r))
            json_string(out, regime_codes[r - LINLI_STATUTORY]);
    json_close(out, ']');
}

static void about(const struct plugin *p, struct buf *out)
{
    const linli_about *of = plugin_about(p);

    json_key(out, "id");
    json_string(out, of->id);
    json_key(out, "version");
    json_string(out, of->version);
    json_key(out, "sha256");
    json_string(out, plugin_sha256(p));
    json_both(out, "name", of->name.zh, of->name.en);
    if (plugin_mechanism(p))
        regimes(out, plugin_mechanism(p)->regimes);
}

/* The option schema, and bodies of `options` that fit it. */
static void options(const struct plugin *p, struct buf *out)
{
    const linli_mechanism *m = plugin_mechanism(p);
    const char *const *examples = m ? m->examples : plugin_scheme(p)->examples;
    const struct form form = plugin_form(p);

    json_key(out, "options");
    option_schema(out, form.rows, form.count);
    json_key(out, "examples");
    json_open(out, '[');
    for (size_t i = 0; examples && examples[i]; i++)
        json_raw(out, examples[i], strlen(examples[i]));
    json_close(out, ']');
}

struct listing {
    enum plugin_kind kind;
    const struct host *host;
    struct buf *out;
};

static void item(const struct plugin *p, void *arg)
{
    struct listing *l = arg;

    if (plugin_kind(p) != l->kind || host_find(l->host, l->kind, plugin_about(p)->id, NULL) != p)
        return;
    json_open(l->out, '{');
    about(p, l->out);
    json_close(l->out, '}');
}

static int list(struct request *rq, enum plugin_kind kind)
{
    struct listing l = {kind, rq->api->service.host, &rq->out};

    json_open(&rq->out, '{');
    json_key(&rq->out, "items");
    json_open(&rq->out, '[');
    host_each(l.host, item, &l);
    json_close(&rq->out, ']');
    json_close(&rq->out, '}');
    request_answer(rq, 200);
    return 0;
}

static int one(struct request *rq, enum plugin_kind kind, struct err *err)
{
    const struct plugin *p = host_find(rq->api->service.host, kind, rq->path[0], NULL);

    if (!p) {
        err_set(err, E_ABSENT, "plugin/absent", "there is no plug-in %s of this kind", rq->path[0]);
        err_zh(err, "没有这种插件：%s", rq->path[0]);
        return E_ABSENT;
    }
    json_open(&rq->out, '{');
    about(p, &rq->out);
    options(p, &rq->out);
    json_close(&rq->out, '}');
    request_answer(rq, 200);
    return 0;
}

int api_mechanism_list(struct request *rq, struct err *err)
{
    (void)err;
    return list(rq, PLUGIN_MECHANISM);
}

int api_scheme_list(struct request *rq, struct err *err)
{
    (void)err;
    return list(rq, PLUGIN_SCHEME);
}

int api_mechanism_get(struct request *rq, struct err *err)
{
    return one(rq, PLUGIN_MECHANISM, err);
}

int api_scheme_get(struct request *rq, struct err *err)
{
    return one(rq, PLUGIN_SCHEME, err);
}
