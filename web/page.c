/* Who asks, in which language, and the frame around every page. */
#include "web/office.h"
#include "web/paper.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

#include "web/words.h"

/* What a page is called that the API said nothing of. */
static const char *title_of(int status, bool chinese)
{
    static const struct {
        int status;
        const char *zh, *en;
    } titles[] = {
        {400, "表单内容不对，请重新打开页面再试", "The form is not as it was given, please open it again"},
        {401, "请先登录", "Please log in first"},
        {413, "一次最多提交 16 个文件、共 256 MB，文字不超过 2 MB；请分次提交",
         "At most 16 files, 256 MB in all and 2 MB of text at a time; please send them in parts"},
        {403, "您不能这样做", "This is not yours to do"},
        {503, "系统忙，请稍后再试", "Busy, please try again"}};

    for (size_t i = 0; i < LENGTH(titles); i++)
        if (titles[i].status == status)
            return chinese ? titles[i].zh : titles[i].en;
    return chinese ? "页面不存在" : "There is no such page";
}

static struct question question_of(const struct page *p, const char *method, const char *path)
{
    return (struct question){.method = method,
                             .path = path,
                             .cookie = p->visit->cookie,
                             .address = p->visit->address,
                             .chinese = p->view.chinese};
}

int page_ask(struct page *p, const char *path, struct answer *ret, struct err *err)
{
    const struct question q = question_of(p, "GET", path);

    return site_ask(p->site, p->view.arena, &q, ret, err);
}

struct answer page_asked(struct page *p, const char *path)
{
    struct answer answer = {0};
    struct err err;

    return page_ask(p, path, &answer, &err) ? (struct answer){0} : answer;
}

const json_t *answer_items(const struct answer *answer)
{
    return answer->status == 200 ? json_object_get(answer->json, "items") : NULL;
}

json_t *page_read(struct page *p, const char *path)
{
    struct answer answer = {0};
    struct err err;
    json_t *json = NULL;

    if (!page_ask(p, path, &answer, &err) && answer.status == 200)
        json = json_incref(answer.json);
    answer_free(&answer);
    return json;
}

int page_tell(struct page *p, struct question *q, struct answer *ret, struct err *err)
{
    const struct question as = question_of(p, q->method, q->path);

    q->cookie = as.cookie;
    q->address = as.address;
    q->chinese = as.chinese;
    return site_ask(p->site, p->view.arena, q, ret, err);
}

const char *page_now(struct page *p)
{
    struct answer answer = {0};
    struct err err;

    if (p->now)
        return p->now;
    p->now = "";
    if (!page_ask(p, "/clock", &answer, &err))
        p->now = arena_dup(p->view.arena, page_text(answer.json, "now"));
    answer_free(&answer);
    return p->now;
}

const char *page_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    return text ? text : "";
}

const char *page_link(const struct page *p, const char *thing, const json_t *object)
{
    const struct op *op = spec_thing(p->view.spec, thing);
    const char *id = page_text(object, "id");

    return view_path(&p->view, op && *id ? op_path(op, &id, p->view.arena) : "/");
}

/* ---- roles ---- */

bool page_may(const struct page *p, const struct op *op)
{
    return op_may(op, p->me, 0);
}

bool page_may_at(const struct page *p, const struct op *op, const char *office)
{
    return op_may(op, p->me, office ? strtol(office, NULL, 10) : 0);
}

long page_office_of(const struct page *p, const char *id)
{
    return strtol(arena_ndup(p->view.arena, id, 8), NULL, 16);
}

const char *page_office(const struct page *p, const struct op *op, const char *const *values)
{
    static const char *const without[] = {"organisations", "people", "erasures", "tokens"};

    if (op->param_count == 0)
        return NULL;
    if (strcmp(op->segments[0], "offices") == 0)
        return values[0];
    for (size_t i = 0; i < LENGTH(without); i++)
        if (strcmp(op->segments[0], without[i]) == 0)
            return NULL;
    /* An id that carries its office is a uuid; names of schemes and mechanisms are none. */
    return strlen(values[0]) != 36 || values[0][8] != '-'
               ? NULL
               : arena_printf(p->view.arena, "%ld", page_office_of(p, values[0]));
}

/* An old cookie is as good as none. */
bool site_brings(void *arg, const struct visit *v)
{
    struct site *s = arg;
    const struct question q = {.method = "GET", .path = "/me", .cookie = v->cookie, .address = v->address};
    struct answer answer = {0};
    struct err err;
    const bool known = !site_ask(s, v->arena, &q, &answer, &err) && answer.status == 200;

    answer_free(&answer);
    return known;
}

static bool brings_session(const struct visit *v)
{
    return v->cookie && strstr(v->cookie, "linli=");
}

static void load_me(struct page *p)
{
    struct answer answer = {0};
    struct err err;

    if (!brings_session(p->visit) || page_ask(p, "/me", &answer, &err))
        return;
    if (answer.status == 200) {
        p->me = answer.json;
        p->view.me = p->me;
        p->csrf = json_string_value(json_object_get(p->me, "csrf"));
    } else {
        answer_free(&answer);
    }
}

/* ---- the frame ---- */

/* Large type is a cookie, for whoever wants it. */
static bool large(const struct visit *v)
{
    return v->cookie && strstr(v->cookie, "linli_type=large");
}

static json_t *frame(struct page *p, const char *title, const char *body)
{
    const char *other = p->view.chinese ? "/en" : "/zh";
    json_t *f = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "title", title, "body", body, "assets",
                          site_assets(p->site), "root", p->view.chinese ? "/zh" : "/en", "other",
                          visit_address(p->visit, arena_printf(p->view.arena, "%s%s", other, p->path)),
                          "here", visit_address(p->visit, view_path(&p->view, p->path)));

    json_object_set_new(f, "large", json_boolean(large(p->visit)));
    json_object_set_new(f, "who", json_string(page_text(p->me, "person")));
    sandbox_put(p, f);
    if (p->me)
        json_object_set_new(
            f, "me",
            json_pack("{s:O, s:s}", "name", json_object_get(p->me, "name"), "csrf", p->csrf ? p->csrf : ""));
    else
        json_object_set_new(f, "nobody", json_true());
    return f;
}

void page_show(struct page *p, int status, const char *name, const char *title, json_t *data)
{
    CLEANUP(buf_free) struct buf body = {0};
    struct err err = {0};
    json_t *f;
    int failed;

    json_object_set_new(data, "csrf", json_string(p->csrf ? p->csrf : ""));
    json_object_set_new(data, "root", json_string(p->view.chinese ? "/zh" : "/en"));
    json_object_set_new(data, "title", json_string(title));
    failed =
        template_render(site_templates(p->site), name, p->view.chinese, p->view.manner, data, &body, &err);
    json_decref(data);
    f = frame(p, title, body.size ? body.data : "");
    buf_clear(&p->visit->out);
    if (!failed)
        failed =
            template_render(site_templates(p->site), "frame", p->view.chinese, NULL, f, &p->visit->out, &err);
    json_decref(f);
    p->visit->status = failed ? 500 : status;
    if (failed)
        buf_text(&p->visit->out, err.detail);
    /* Not by p->me: where /me alone met a busy moment, the other answers are still this person's. */
    p->visit->packs = !brings_session(p->visit);
    visit_header(p->visit, "Cache-Control", brings_session(p->visit) ? "no-store" : "no-cache");
    visit_header(p->visit, "Vary", "Cookie");
}

void page_show_bare(struct page *p, const char *name, json_t *data)
{
    struct err err = {0};

    json_object_set_new(data, "assets", json_string(site_assets(p->site)));
    p->visit->status = 200;
    if (template_render(site_templates(p->site), name, p->view.chinese, p->view.manner, data, &p->visit->out,
                        &err)) {
        p->visit->status = 500;
        buf_text(&p->visit->out, err.detail);
    }
    json_decref(data);
    visit_header(p->visit, "Cache-Control", p->me ? "no-store" : "no-cache");
    visit_header(p->visit, "Vary", "Cookie");
}

void page_problem(struct page *p, const struct answer *answer, const struct err *err)
{
    const json_t *j = answer->json;
    const char *title = json_string_value(json_object_get(j, "title"));
    const char *detail = json_string_value(json_object_get(j, "detail"));
    const char *article = json_string_value(json_object_get(j, "article"));
    const bool pdf = err && err->code && strncmp(err->type, "pdf/", 4) == 0;
    const int status = pdf && err->code == E_ABSENT ? 501
                       : err && err->code           ? 503
                       : answer->status             ? answer->status
                                                    : 404;
    json_t *data = json_object();

    if (pdf)
        title = p->view.chinese ? err->zh : err->detail;
    if (!title)
        title = title_of(status, p->view.chinese);
    json_object_set_new(data, "status", json_integer(status));
    json_object_set_new(data, "detail", json_string(detail ? detail : ""));
    json_object_set_new(data, "article", json_string(article ? article : ""));
    json_object_set_new(data, "login", json_boolean(status == 401));
    json_object_set_new(data, "lost", json_boolean(status == 404));
    json_object_set_new(data, "next", json_string(visit_address(p->visit, p->path)));
    page_show(p, status, "problem", title, data);
}

/* ---- which page ---- */

static void show_asset(struct site *s, struct visit *v)
{
    const char *name = strrchr(v->url, '/') + 1;
    const struct asset *a = site_asset(s, name);

    if (!a) {
        v->status = 404;
        v->type = "text/plain; charset=utf-8";
        buf_text(&v->out, "404\n");
        return;
    }
    v->status = 200;
    v->type = a->type;
    v->packs = true;
    buf_add(&v->out, a->data, a->size);
    visit_header(v, "Cache-Control", "public, max-age=31536000, immutable");
}

typedef void form_fn(struct page *p, const struct op *op, const char *const *values);

/* Acts with a page of their own. */
static form_fn *form_page(const struct op *op)
{
    static const struct {
        const char *op;
        form_fn *fn;
    } own[] = {{"bid_submit", page_bid},
               {"ballot_cast", page_vote},
               {"marks_put", page_marks},
               {"scheme_try", page_whatif}};

    for (size_t i = 0; i < LENGTH(own); i++)
        if (strcmp(own[i].op, op->id) == 0)
            return own[i].fn;
    return page_do;
}

const char *page_next(const struct page *p)
{
    const char *next = visit_value(p->visit->post ? &p->visit->fields : &p->visit->query, "next");
    bool ours = next && next[0] == '/' && next[1] != '/' && next[1] != '\\';

    for (const char *c = next; ours && *c; c++)
        ours = (unsigned char)*c >= ' ' && *c != '\x7f';
    if (!ours)
        return view_path(&p->view, "/");
    return (strncmp(next, "/zh", 3) == 0 || strncmp(next, "/en", 3) == 0) && strchr("/?", next[3])
               ? next
               : view_path(&p->view, next);
}

void page_size(struct page *p)
{
    visit_header(p->visit, "Set-Cookie",
                 large(p->visit) ? "linli_type=; Path=/; Max-Age=0; SameSite=Lax"
                                 : "linli_type=large; Path=/; Max-Age=31536000; SameSite=Lax");
    visit_to(p->visit, page_next(p));
}

static void show_page(struct page *p)
{
    const char *doing = visit_value(&p->visit->query, "do");
    const struct op *op = doing ? spec_find(p->view.spec, doing) : NULL;
    const char *values[OP_PARAMS];

    if (strcmp(p->path, "/") == 0)
        page_home(p);
    else if (strcmp(p->path, "/login") == 0)
        page_login(p);
    else if (strcmp(p->path, "/register") == 0)
        page_register(p);
    else if (strcmp(p->path, "/logout") == 0)
        page_logout(p);
    else if (strcmp(p->path, "/size") == 0)
        page_size(p);
    else if (strcmp(p->path, "/saved") == 0)
        page_saved(p);
    else if (strcmp(p->path, "/sandbox") == 0 && site_sandbox(p->site))
        page_sandbox(p);
    else if (strcmp(p->path, "/open-data") == 0)
        page_open_data(p);
    else if (page_notice(p) || page_feed(p) || page_report(p) || (!op && page_paper(p)))
        return;
    else if (op && strcmp(op->method, "get") != 0 && op_fits(op, p->path, values, p->view.arena))
        form_page(op)(p, op, values);
    else if (visit_value(&p->visit->query, "sheet") && (op = spec_find(p->view.spec, "entry_create")) &&
             op_fits(op, p->path, values, p->view.arena))
        page_import(p, values[0]);
    else if ((op = spec_find(p->view.spec, "guide")) && op_fits(op, p->path, values, p->view.arena))
        page_guide(p, op, values);
    else
        page_thing(p);
}

static bool prefers_english(const struct visit *v)
{
    const char *zh = v->language ? strstr(v->language, "zh") : NULL;
    const char *en = v->language ? strstr(v->language, "en") : NULL;

    return en && (!zh || en < zh);
}

void site_visit(void *arg, struct visit *v)
{
    struct site *s = arg;
    const bool chinese = strncmp(v->url, "/zh", 3) == 0, english = strncmp(v->url, "/en", 3) == 0;
    struct page p = {.site = s, .visit = v, .view = {site_spec(s), v->arena, chinese, NULL}};

    if (strncmp(v->url, "/assets/", 8) == 0) {
        show_asset(s, v);
    } else if (strncmp(v->url, "/api/", 5) == 0) {
        /* Where no proxy stands before both, the API is at its own address. */
        visit_to(v, arena_printf(v->arena, "%s%s", site_api(s), visit_address(v, v->url)));
    } else if (page_for_programs(&p)) {
        visit_header(v, "Cache-Control", "max-age=3600");
    } else if ((chinese || english) && (v->url[3] == '/' || !v->url[3])) {
        p.path = v->url[3] ? v->url + 3 : "/";
        load_me(&p);
        if (v->fault)
            page_problem(&p, &(struct answer){.status = v->fault}, NULL);
        else
            show_page(&p);
        json_decref(p.me);
    } else {
        visit_to(
            v, arena_printf(v->arena, "%s%s", prefers_english(v) ? "/en" : "/zh", visit_address(v, v->url)));
        visit_header(v, "Vary", "Accept-Language");
    }
}
