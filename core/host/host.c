/*
 * The registry: which plug-ins there are.  A reload makes a new list and puts it
 * in the place of the old one at once, so readers never wait.
 */
#include "core/host/host.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/host/loader.h"
#include "core/host/plugin.h"

enum { ARENA_BYTES = 256 << 20, CPU_SECONDS = 60 };

struct list {
    struct list *before; /* kept until the host is closed */
    size_t count;
    const struct plugin *items[];
};

struct host {
    struct host_config config;
    struct limits limits;
    struct arena *arena; /* plug-ins and texts; changed under `lock` */
    pthread_mutex_t lock;
    _Atomic(struct list *) now;
    char *state;
    bool state_is_ours;
    size_t offered; /* files of the folders that are in use */
};

/* ---- what a plug-in says of itself ------------------------------------------- */

enum plugin_kind plugin_kind(const struct plugin *p)
{
    return p->kind;
}

const linli_about *plugin_about(const struct plugin *p)
{
    return p->kind == PLUGIN_MECHANISM ? p->mechanism->about : p->scheme->about;
}

const char *plugin_sha256(const struct plugin *p)
{
    return p->sha256;
}

const linli_mechanism *plugin_mechanism(const struct plugin *p)
{
    return p->mechanism;
}

const linli_scheme *plugin_scheme(const struct plugin *p)
{
    return p->scheme;
}

const char *const *plugin_needs(const struct plugin *p)
{
    return p->kind == PLUGIN_MECHANISM ? p->mechanism->needs : p->scheme->needs;
}

const char *const *plugin_methods(const struct plugin *p)
{
    const linli_mechanism *m = p->mechanism;

    return m->size >= offsetof(linli_mechanism, methods) + sizeof m->methods ? m->methods : NULL;
}

/* ---- the list ---------------------------------------------------------------- */

/* 1.10.0 comes after 1.9.3. */
static int version_order(const char *a, const char *b)
{
    while (*a || *b) {
        char *end_a, *end_b;
        unsigned long x = strtoul(a, &end_a, 10), y = strtoul(b, &end_b, 10);
        if (x != y)
            return x < y ? -1 : 1;
        if (end_a == a || end_b == b)
            return strcmp(a, b);
        a = end_a + (*end_a == '.');
        b = end_b + (*end_b == '.');
    }
    return 0;
}

static int plugin_order(const struct plugin *a, const struct plugin *b)
{
    int by = (a->kind > b->kind) - (a->kind < b->kind);

    by = by ? by : strcmp(plugin_about(a)->id, plugin_about(b)->id);
    return by ? by : version_order(plugin_about(a)->version, plugin_about(b)->version);
}

const struct plugin *host_find(const struct host *host, enum plugin_kind kind, const char *id,
                               const char *version)
{
    const struct list *list = atomic_load(&host->now);

    for (size_t i = list->count; i-- > 0;) {
        const struct plugin *p = list->items[i];
        if (p->kind == kind && strcmp(plugin_about(p)->id, id) == 0 &&
            (!version || strcmp(plugin_about(p)->version, version) == 0))
            return p;
    }
    return NULL;
}

const struct plugin *host_find_build(const struct host *host, enum plugin_kind kind, const char *id,
                                     const char *version, const char *sha256)
{
    const struct list *list = atomic_load(&host->now);

    if (!sha256)
        return host_find(host, kind, id, version);
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->kind == kind && strcmp(list->items[i]->sha256, sha256) == 0 &&
            strcmp(plugin_about(list->items[i])->id, id) == 0)
            return list->items[i];
    return NULL;
}

void host_each(const struct host *host, void (*fn)(const struct plugin *, void *), void *arg)
{
    const struct list *list = atomic_load(&host->now);

    for (size_t i = 0; i < list->count; i++)
        fn(list->items[i], arg);
}

/* `former`: before what is there of its version, which is found first. */
static void list_add(struct host *host, const struct plugin *p, bool former)
{
    struct list *old = atomic_load(&host->now);
    struct list *list = malloc(sizeof *list + (old->count + 1) * sizeof *list->items);
    size_t at = old->count;

    MUST(list);
    list->before = old;
    list->count = old->count + 1;
    while (at > 0 && plugin_order(old->items[at - 1], p) > (former ? -1 : 0))
        at--;
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = i < at ? old->items[i] : i == at ? p : old->items[i - 1];
    atomic_store(&host->now, list);
}

static bool sha_known(const struct host *host, const char *sha256)
{
    const struct list *list = atomic_load(&host->now);

    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i]->sha256, sha256) == 0)
            return true;
    return false;
}

/* ---- letting one in ------------------------------------------------------------ */

static const struct plugin *plugin_new(struct host *host, const linli_mechanism *m, const linli_scheme *s,
                                       const struct candidate *c)
{
    const bool exact = ((m ? m->flags : s->flags) & LINLI_EXACT) != 0;
    struct plugin *p = ARENA_NEW(host->arena, struct plugin, 1);

    *p = (struct plugin){m ? PLUGIN_MECHANISM : PLUGIN_SCHEME, m, s, &host->limits, "", exact || c->apart};
    memcpy(p->sha256, c->sha256, sizeof p->sha256);
    return p;
}

/* Whether it is in the list now. */
static bool let_in(struct host *host, const struct candidate *c, bool kept, const linli_mechanism *m,
                   const linli_scheme *s, struct buf *report)
{
    const struct plugin *p = plugin_new(host, m, s, c);
    const linli_about *about = plugin_about(p);
    const struct plugin *same = host_find(host, p->kind, about->id, about->version);

    if (same && !kept) {
        buf_printf(report,
                   "refused %s: %s %s is loaded already from another file (%.12s, this is %.12s); a change "
                   "needs a new version\n",
                   c->path, about->id, about->version, same->sha256, p->sha256);
        return false;
    }
    list_add(host, p, same != NULL);
    if (same) /* the folder's goes first, but what began with this one goes on with it */
        buf_printf(report, "kept an earlier build of %s %s %s: %s\n", m ? "mechanism" : "scheme", about->id,
                   about->version, c->path);
    else
        buf_printf(report, "loaded %s %s %s from %s\n", m ? "mechanism" : "scheme", about->id, about->version,
                   c->path);
    return true;
}

/* A new file is copied, questioned in a child, and only then kept; what is in the
 * state folder already went through that. */
static bool keep(struct host *host, struct candidate *c, bool exact, struct buf *why)
{
    CLEANUP(buf_free) struct buf faults = {0};

    if (candidate_settled(c, host->state))
        return true;
    if (!candidate_keep(c, host->state, why))
        return false;
    if (!host->config.unchecked && !host->config.quick && module_check(c->copy, exact, &faults, false) != 0) {
        candidate_drop(c);
        buf_printf(why, "fails the contract checks:\n%s", faults.data ? faults.data : "");
        return false;
    }
    return candidate_settle(c, why);
}

static bool admit(struct host *host, struct candidate *c, bool kept, struct buf *report, struct buf *why)
{
    const bool known = !kept && candidate_settled(c, host->state);
    bool exact = false, in = false;

    if (!host->config.unchecked && !candidate_pure(c, &exact, why))
        return false;
    if (kept)
        snprintf(c->copy, sizeof c->copy, "%s", c->path);
    else if (!keep(host, c, exact, why))
        return false;
    const linli_module *module = module_open(c->copy, exact, why);
    if (!module)
        return false;
    for (const linli_mechanism *const *m = module->mechanisms; m && *m; m++)
        in |= let_in(host, c, kept, *m, NULL, report);
    for (const linli_scheme *const *s = module->schemes; s && *s; s++)
        in |= let_in(host, c, kept, NULL, *s, report);
    if (!in && !kept && !known)
        candidate_drop(c); /* nothing began with it: it is not to come back with the next start */
    return true;
}

/* The tests of those that came with Linli have answered for them; of any other nobody knows what it does with
 * facts it was not checked with. */
static bool is_foreign(const struct host *host, const char *folder)
{
    struct stat own, here;

    return host->config.own && (stat(host->config.own, &own) != 0 || stat(folder, &here) != 0 ||
                                own.st_dev != here.st_dev || own.st_ino != here.st_ino);
}

/* `kept`: a copy of ours, whose name must be the digest of its content. */
static void load_file(struct host *host, const char *folder, const char *name, bool kept, struct buf *report)
{
    CLEANUP(buf_free) struct buf why = {0};
    char path[4096];
    struct candidate c;

    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path)
        return;
    if (!candidate_read(path, &c, &why)) {
        buf_printf(report, "refused %s: it %s\n", path, why.data);
        return;
    }
    c.apart = is_foreign(host, folder);
    if (kept && strncmp(name, c.sha256, SHA256_TEXT - 1) != 0)
        buf_printf(report, "refused %s: its content is not what its name says\n", path);
    else if (!sha_known(host, c.sha256) && !admit(host, &c, kept, report, &why))
        buf_printf(report, "refused %s: it %s\n", path, why.data ? why.data : "was not good");
    host->offered += !kept && sha_known(host, c.sha256);
    candidate_free(&c);
}

static int is_object(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);

    return size > 3 && entry->d_name[0] != '.' && strcmp(entry->d_name + size - 3, ".so") == 0;
}

static void load_folder(struct host *host, const char *folder, bool kept, struct buf *report)
{
    struct dirent **names = NULL;
    int count = scandir(folder, &names, is_object, alphasort);

    if (count < 0 && report)
        buf_printf(report, "skipped folder %s: %s\n", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        load_file(host, folder, names[i]->d_name, kept, report);
        free(names[i]);
    }
    free(names);
}

/* ---- the host ------------------------------------------------------------------ */

static int state_open(struct host *host, struct err *err)
{
    const char *temporary = getenv("TMPDIR");

    if (host->config.state) {
        host->state = arena_dup(host->arena, host->config.state);
        if (mkdir(host->state, 0755) != 0 && errno != EEXIST)
            return err_set(err, E_BROKEN, "config/invalid", "cannot make the folder %s: %s", host->state,
                           strerror(errno));
        const char *inside = arena_printf(host->arena, "%s/.", host->state);
        if (access(inside, R_OK | W_OK | X_OK) != 0)
            return err_set(err, E_BROKEN, "config/invalid", "no copies of plug-ins can be kept in %s: %s",
                           host->state, strerror(errno));
        return 0;
    }
    host->state =
        arena_printf(host->arena, "%s/linli-XXXXXX", temporary && temporary[0] ? temporary : "/tmp");
    if (!mkdtemp(host->state))
        return err_set(err, E_BROKEN, "config/invalid", "cannot make the folder %s: %s", host->state,
                       strerror(errno));
    host->state_is_ours = true;
    return 0;
}

static const char *const *folders_copy(struct arena *arena, const char *const *folders)
{
    size_t count = 0;

    while (folders && folders[count])
        count++;
    const char **copy = ARENA_NEW(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        copy[i] = arena_dup(arena, folders[i]);
    return copy;
}

int host_open(const struct host_config *config, struct host **ret_host, struct buf *report, struct err *err)
{
    struct host *host = calloc(1, sizeof *host);
    struct list *none = calloc(1, sizeof *none);

    MUST(host && none);
    host->config = *config;
    host->limits = (struct limits){config->arena_bytes ? config->arena_bytes : ARENA_BYTES,
                                   config->cpu_seconds ? config->cpu_seconds : CPU_SECONDS};
    host->arena = arena_new(0);
    host->config.folders = folders_copy(host->arena, config->folders);
    host->config.own = config->own ? arena_dup(host->arena, config->own) : NULL;
    pthread_mutex_init(&host->lock, NULL);
    atomic_store(&host->now, none);
    int status = state_open(host, err);
    if (status == 0)
        status = host_reload(host, report, err);
    if (status) {
        host_close(host);
        return status;
    }
    *ret_host = host;
    return 0;
}

int host_reload(struct host *host, struct buf *report, struct err *err)
{
    CLEANUP(buf_free) struct buf nobody = {0};

    (void)err;
    report = report ? report : &nobody;
    pthread_mutex_lock(&host->lock);
    host->offered = 0;
    for (const char *const *folder = host->config.folders; folder && *folder; folder++)
        load_folder(host, *folder, false, report);
    if (!host->state_is_ours)
        load_folder(host, host->state, true, report);
    pthread_mutex_unlock(&host->lock);
    return 0;
}

size_t host_offered(struct host *host)
{
    pthread_mutex_lock(&host->lock);
    const size_t offered = host->offered;
    pthread_mutex_unlock(&host->lock);
    return offered;
}

static int is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static void folder_remove(const char *folder)
{
    struct dirent **names = NULL;
    int count = scandir(folder, &names, is_entry, alphasort);
    char path[4096];

    for (int i = 0; i < count; i++) {
        if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name) < sizeof path)
            unlink(path);
        free(names[i]);
    }
    free(names);
    rmdir(folder);
}

void host_close(struct host *host)
{
    if (!host)
        return;
    if (host->state_is_ours)
        folder_remove(host->state);
    for (struct list *list = atomic_load(&host->now), *before; list; list = before) {
        before = list->before;
        free(list);
    }
    pthread_mutex_destroy(&host->lock);
    arena_free(host->arena);
    free(host);
}
