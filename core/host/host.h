/*
 * The host: loads plug-ins, checks them, asks them, and checks what they say.
 *
 * A plug-in here is one mechanism or one scheme in one version.  Loaded ones
 * are never unloaded; a reload only adds.  All functions may be called on any
 * thread; answers live in the caller's arena.
 */
#ifndef CORE_HOST_HOST_H
#define CORE_HOST_HOST_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "linli/plugin.h"

enum plugin_kind { PLUGIN_MECHANISM = 1, PLUGIN_SCHEME };

struct host_config {
    const char *const *folders; /* NULL-ended; every *.so in them is a candidate */
    const char *state;          /* copies are kept here by SHA-256; NULL: a private temporary folder */
    size_t arena_bytes;         /* memory of one question; 0: 256 MiB */
    int cpu_seconds;            /* of a question asked in a child; 0: 60 */
    const char *own;            /* what does not lie in here is asked in a child; NULL: only what is LINLI_EXACT */
    bool unchecked;             /* instrumented builds: skip the purity check and the child's check */
    bool quick;                 /* read files as ELF but do not question them: for one decision and out */
};

struct host;
struct plugin;

/* A question asked in a child, of so many seconds of processor time, is ended after so long by the clock. */
int host_patience_s(int cpu_seconds);

/* Opens the host and loads the folders (host_reload).  `report`, which may be
 * NULL, gets one line for each file taken or refused, saying why. */
int host_open(const struct host_config *config, struct host **ret_host, struct buf *report,
              struct err *err) MUST_USE;
void host_close(struct host *host); /* NULL is fine */
/* Looks at the folders again: new files are copied, read as ELF, checked in a
 * child and let in; what was loaded stays.  Also loads again every copy of the
 * state folder, so that running tenders find the version they began with. */
int host_reload(struct host *host, struct buf *report, struct err *err) MUST_USE;
/* How many files of the folders, and no copies of former ones, were found good at the last look. */
size_t host_offered(struct host *host);

/* The newest version where `version` is NULL.  NULL: not there. */
const struct plugin *host_find(const struct host *host, enum plugin_kind kind, const char *id,
                               const char *version);
/* The very build that something began with, by the digest of its file; any of that version where sha256 is NULL. */
const struct plugin *host_find_build(const struct host *host, enum plugin_kind kind, const char *id,
                                     const char *version, const char *sha256);
/* Calls fn for every plug-in, sorted by kind, id, version; earlier builds of a version before the one that new
 * things get. */
void host_each(const struct host *host, void (*fn)(const struct plugin *, void *), void *arg);

/* What a plug-in says of itself.  Strings live as long as the host. */
enum plugin_kind plugin_kind(const struct plugin *plugin);
const linli_about *plugin_about(const struct plugin *plugin);
const char *plugin_sha256(const struct plugin *plugin);               /* hex, of the file */
const linli_mechanism *plugin_mechanism(const struct plugin *plugin); /* NULL for a scheme */
const linli_scheme *plugin_scheme(const struct plugin *plugin);
const char *const *plugin_needs(const struct plugin *plugin); /* NULL-ended, or NULL */
/* The schemes the law lets a mechanism be evaluated by in statutory procurement; NULL-ended, NULL: any. */
const char *const *plugin_methods(const struct plugin *mechanism);

/* Options of a plug-in: the JSON text is read against its table (core/host/options.h),
 * every default is filled in, `ret_options` points at its struct and
 * `ret_canonical` at the same as canonical JSON (sorted keys, all defaults), the
 * form in which options are stored and published.  E_INVALID names the members
 * at fault; the plug-in's own check() is part of it when `facts` is not NULL. */
int plugin_options(const struct plugin *plugin, struct arena *arena, const char *json, size_t bytes,
                   const linli_facts *facts, const void **ret_options, char **ret_canonical,
                   struct err *err) MUST_USE;

/*
 * The questions.  Each runs the plug-in with a bounded arena (in a child with
 * CPU and memory limits where it is LINLI_EXACT or did not come with Linli), checks the answer against the
 * contract (a plan closed and ending, shares adding up, awards within budget
 * and of admitted bids, totals the sums of their parts ...) and copies it into
 * `arena`.  `ret_json`, which may be NULL, gets the answer as canonical JSON
 * with every line in both languages: the record that is stored.
 *
 * E_REFUSED  plugin/failed: no answer, or one that breaks the contract; detail says which
 */
int ask_plan(const struct plugin *m, struct arena *arena, const void *options, const linli_facts *facts,
             const linli_plan **ret, char **ret_json, struct err *err) MUST_USE;
int ask_step(const struct plugin *m, struct arena *arena, const void *options, const linli_facts *facts,
             const linli_step **ret, char **ret_json, struct err *err) MUST_USE;
int ask_admit(const struct plugin *m, struct arena *arena, const void *options, const linli_facts *facts,
              const linli_admissions **ret, char **ret_json, struct err *err) MUST_USE;
int ask_award(const struct plugin *m, struct arena *arena, const void *options, const linli_facts *facts,
              const linli_awards **ret, char **ret_json, struct err *err) MUST_USE;
int ask_schedule(const struct plugin *m, struct arena *arena, const void *options, const linli_facts *facts,
                 const linli_award *award, const linli_schedule **ret, char **ret_json,
                 struct err *err) MUST_USE;
int ask_release(const struct plugin *m, struct arena *arena, const void *options, const linli_facts *facts,
                const linli_award *award, const linli_tranche *tranche, const linli_release **ret,
                char **ret_json, struct err *err) MUST_USE;
/* What the plug-in's own check() finds wrong with options that its table accepts. */
int ask_check(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
              const linli_findings **ret, char **ret_json, struct err *err) MUST_USE;
/* A plug-in without refuse() never refuses. */
int ask_refuse(const struct plugin *m, struct arena *arena, const void *options, const linli_facts *facts,
               int role, uint64_t actor, int act, uint64_t bid, const linli_verdict **ret, char **ret_json,
               struct err *err) MUST_USE;
int ask_criteria(const struct plugin *s, struct arena *arena, const void *options, const linli_facts *facts,
                 const linli_criteria **ret, char **ret_json, struct err *err) MUST_USE;
int ask_evaluate(const struct plugin *s, struct arena *arena, const void *options, const linli_facts *facts,
                 const linli_admissions *admitted, const linli_evaluation **ret, char **ret_json,
                 struct err *err) MUST_USE;

/* The contract checks of `linli plugin check`: one line for each failure goes to
 * `report`; gives how many failed, or -1 where the file could not be read. */
int plugin_check_file(const char *path, struct buf *report);

/* JSON Schema (2020-12) of a table of option rows, labels in both languages. */
void option_schema(struct buf *out, const linli_option *rows, size_t count);

#endif
