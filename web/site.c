/* The parts pages share. */
#include "web/site.h"

#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/base/digest.h"
#include "core/base/text.h"
#include "web/pdf.h"

enum {
    WAIT_S = 30,
    ASSETS_MAX = 64,
    ASSET_BYTES = 4 << 20,
    TAG_BYTES = 6,
    PERSON_LINE = 400,
    HEAVY_SHARE = 8
};

struct site {
    struct spec *spec;
    struct templates *templates;
    struct asset assets[ASSETS_MAX];
    size_t asset_count;
    char asset_path[sizeof "/assets/" + 2 * TAG_BYTES];
    struct arena *arena;
    pthread_mutex_t lock;
    struct asker *spare[64];
    int spare_count, spare_max;
    atomic_int heavy;
    int heavy_max;
    const char *api, *uploads, *url, *contact;
    struct pdf *pdf, *docx;
    bool sandbox;
    json_t *people;
};

int site_pdf(struct site *s, const struct buf *html, struct buf *out, struct err *err)
{
    return pdf_make(s->pdf, html, NULL, out, err);
}

int site_docx(struct site *s, const struct buf *html, const char *reference, struct buf *out, struct err *err)
{
    return pdf_make(s->docx, html, reference, out, err);
}

const char *site_url(const struct site *s)
{
    return s->url;
}

const char *site_api(const struct site *s)
{
    return s->api;
}

const char *site_contact(const struct site *s)
{
    return s->contact;
}

bool site_sandbox(const struct site *s)
{
    return s->sandbox;
}

const json_t *site_people(const struct site *s)
{
    return s->sandbox ? s->people : NULL;
}

const struct spec *site_spec(const struct site *s)
{
    return s->spec;
}

const struct templates *site_templates(const struct site *s)
{
    return s->templates;
}

const char *site_assets(const struct site *s)
{
    return s->asset_path;
}

/* ---- files ---- */

static const char *type_of(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {{".css", "text/css; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".mjs", "text/javascript; charset=utf-8"},
                 {".svg", "image/svg+xml"},
                 {".png", "image/png"}};
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < LENGTH(types); i++)
        if (strcmp(dot, types[i].end) == 0)
            return types[i].type;
    return NULL;
}

static int read_file(struct site *s, const char *path, struct asset *a, struct err *err)
{
    FILE *f = fopen(path, "rb");
    char *data = NULL;

    if (f) {
        data = arena_alloc(s->arena, ASSET_BYTES + 1, 1);
        a->size = fread(data, 1, ASSET_BYTES + 1, f);
        fclose(f);
    }
    if (!f || a->size > ASSET_BYTES)
        return err_set(err, E_BROKEN, "server/broken", "cannot read %s", path);
    a->data = data;
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct asset *)a)->name, ((const struct asset *)b)->name);
}

/* Pages name their files by the digest of all of them, so that browsers may keep them for ever. */
static void name_assets(struct site *s)
{
    CLEANUP(buf_free) struct buf all = {0};
    uint8_t hash[SHA256_BYTES];

    qsort(s->assets, s->asset_count, sizeof *s->assets, by_name);
    for (size_t i = 0; i < s->asset_count; i++) {
        buf_text(&all, s->assets[i].name);
        buf_add(&all, s->assets[i].data, s->assets[i].size);
    }
    sha256_of(all.size ? all.data : "", all.size, hash);
    strcpy(s->asset_path, "/assets/");
    for (size_t i = 0; i < TAG_BYTES; i++)
        sprintf(s->asset_path + sizeof "/assets/" - 1 + 2 * i, "%02x", hash[i]);
}

static int read_assets(struct site *s, const char *folder, struct err *err)
{
    DIR *d = opendir(folder);
    const struct dirent *e;
    int status = 0;

    if (!d)
        return err_set(err, E_BROKEN, "server/broken", "there is no folder %s", folder);
    while (!status && (e = readdir(d))) {
        const char *type = type_of(e->d_name);
        struct asset *a = &s->assets[s->asset_count];

        if (!type || s->asset_count == ASSETS_MAX)
            continue;
        a->name = arena_dup(s->arena, e->d_name);
        a->type = type;
        status = read_file(s, arena_printf(s->arena, "%s/%s", folder, e->d_name), a, err);
        s->asset_count++;
    }
    closedir(d);
    if (!status)
        name_assets(s);
    return status;
}

const struct asset *site_asset(const struct site *s, const char *name)
{
    for (size_t i = 0; i < s->asset_count; i++)
        if (strcmp(s->assets[i].name, name) == 0)
            return &s->assets[i];
    return NULL;
}

/* ---- the API ---- */

static struct asker *take_asker(struct site *s)
{
    struct asker *a = NULL;

    pthread_mutex_lock(&s->lock);
    if (s->spare_count)
        a = s->spare[--s->spare_count];
    pthread_mutex_unlock(&s->lock);
    return a ? a : asker_new(s->api);
}

static void give_asker(struct site *s, struct asker *a)
{
    pthread_mutex_lock(&s->lock);
    if (s->spare_count < s->spare_max) {
        s->spare[s->spare_count++] = a;
        a = NULL;
    }
    pthread_mutex_unlock(&s->lock);
    asker_free(a);
}

int site_ask(struct site *s, struct arena *arena, const struct question *q, struct answer *ret,
             struct err *err)
{
    struct asker *a = take_asker(s);
    const int status = ask(a, arena, q, ret, err);

    give_asker(s, a);
    return status;
}

int site_heavy_begin(struct site *s, struct err *err)
{
    if (atomic_fetch_add(&s->heavy, 1) < s->heavy_max)
        return 0;
    site_heavy_end(s);
    return err_set(err, E_BUSY, "server/busy", "other long lists are being read");
}

void site_heavy_end(struct site *s)
{
    atomic_fetch_sub(&s->heavy, 1);
}

int site_upload(struct site *s, struct arena *arena, struct upload *u, struct answer *ret, struct err *err)
{
    struct asker *a = take_asker(s);
    int status;

    u->url = s->uploads;
    status = ask_upload(a, arena, u, ret, err);
    give_asker(s, a);
    return status;
}

/* A city's own mechanism or scheme is called what its plug-in calls it. */
static int learn_names(struct site *s, const char *path, const char *const *members, struct err *err)
{
    const struct question q = {.method = "GET", .path = path};
    struct answer answer = {0};
    const int status = site_ask(s, s->arena, &q, &answer, err);
    const json_t *items = status ? NULL : json_object_get(answer.json, "items"), *item;
    size_t i;

    json_array_foreach(items, i, item) for (const char *const *m = members; *m; m++)
        spec_name(s->spec, *m, json_string_value(json_object_get(item, "id")), json_object_get(item, "name"));
    answer_free(&answer);
    return status;
}

static int learn(struct site *s, struct err *err)
{
    const struct question q = {.method = "GET", .path = "/openapi.json"};
    struct answer answer = {0};
    int status = 0;

    for (int i = 0; i < WAIT_S * 5; i++) {
        status = site_ask(s, s->arena, &q, &answer, err);
        if (!status && answer.status == 200 && answer.json)
            return spec_open(answer.json, &s->spec, err);
        answer_free(&answer);
        nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    }
    return status ? status
                  : err_set(err, E_BROKEN, "server/broken", "the API answers %d to its description",
                            answer.status);
}

/* What only a sandbox has; nothing else ever shows it. */
static int learn_sandbox(struct site *s, const char *people, struct err *err)
{
    const struct question q = {.method = "GET", .path = "/clock"};
    char line[PERSON_LINE], *parts[4];
    struct answer answer = {0};
    const int status = site_ask(s, s->arena, &q, &answer, err);
    FILE *f;

    s->sandbox = !status && json_is_true(json_object_get(answer.json, "sandbox"));
    answer_free(&answer);
    if (status || !s->sandbox || !people)
        return status;
    f = fopen(people, "r");
    if (!f)
        return err_set(err, E_BROKEN, "server/broken", "cannot read %s", people);
    s->people = json_array();
    while (fgets(line, sizeof line, f)) {
        size_t i = 0;

        for (char *rest = line, *part; i < LENGTH(parts) && (part = strsep(&rest, "\t\n")); i++)
            parts[i] = part;
        if (i == LENGTH(parts))
            json_array_append_new(s->people, json_pack("{s:s, s:s, s:s, s:s}", "login", parts[0], "password",
                                                       parts[1], "zh", parts[2], "en", parts[3]));
    }
    fclose(f);
    return 0;
}

int site_open(const struct site_config *config, struct site **ret, struct err *err)
{
    struct site *s = calloc(1, sizeof *s);
    int status;

    MUST(s);
    s->arena = arena_new(0);
    s->api = config->api;
    s->uploads = config->uploads;
    s->url = config->url;
    s->contact = config->contact;
    s->pdf = pdf_new(config->pdf, config->pdf_styles, MAKES_PDF);
    s->docx = pdf_new(config->docx, config->docx_reference, MAKES_DOCX);
    s->heavy_max = (config->threads + HEAVY_SHARE - 1) / HEAVY_SHARE;
    s->spare_max = config->threads < (int)LENGTH(s->spare) ? config->threads : (int)LENGTH(s->spare);
    pthread_mutex_init(&s->lock, NULL);
    status = templates_open(config->templates, &s->templates, err);
    if (!status)
        status = read_assets(s, config->assets, err);
    if (!status)
        status = learn(s, err);
    if (!status)
        status = learn_sandbox(s, config->people, err);
    if (!status)
        status = learn_names(s, "/mechanisms", (const char *const[]){"mechanism", "method", NULL}, err);
    if (!status)
        status = learn_names(s, "/schemes", (const char *const[]){"scheme", NULL}, err);
    if (status)
        site_close(s);
    else
        *ret = s;
    return status;
}

void site_close(struct site *s)
{
    if (!s)
        return;
    while (s->spare_count)
        asker_free(s->spare[--s->spare_count]);
    pthread_mutex_destroy(&s->lock);
    pdf_free(s->pdf);
    json_decref(s->people);
    pdf_free(s->docx);
    templates_close(s->templates);
    spec_close(s->spec);
    arena_free(s->arena);
    free(s);
}
