/* One question to a plug-in: bounded memory, the answer checked, copied and recorded. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/plugin.h"
#include "core/host/shapes.h"

struct form plugin_form(const struct plugin *p)
{
    return p->kind == PLUGIN_MECHANISM
               ? (struct form){p->mechanism->options, p->mechanism->option_count, p->mechanism->options_size}
               : (struct form){p->scheme->options, p->scheme->option_count, p->scheme->options_size};
}

static void *ask_memory(linli_ask *ask, size_t count, size_t size, size_t align)
{
    return arena_try(ask->host, count ? count : 1, size ? size : 1, align);
}

static linli_text status_text(linli_status status)
{
    static const linli_text text[] = {
        {"", ""},
        {"超出一次询问的内存", "it ran out of the memory of a question"},
        {"数值超出范围", "a number left its range"},
        {"事实不足以作答，有缺项或者数值超出范围，例如某一投标没有报价",
         "these facts allow no answer: something is missing or out of bounds, such as the price of a bid"},
        {"选项不符合其自身的检查", "it finds the options against its own check"}};

    return status < 0 && status >= LINLI_OPTIONS
               ? text[-status]
               : (linli_text){"返回了不存在的状态", "it gave a status that there is not"};
}

static int failed_as(const struct plugin *p, const struct question *q, linli_text what, struct err *err)
{
    const char *id = plugin_about(p)->id;

    err_set(err, E_REFUSED, "plugin/failed", "%s %s: %s: %s", id, plugin_about(p)->version,
            question_names[q->kind], what.en);
    err_zh(err, "%s（%s）未能回答“%s”：%s", plugin_about(p)->name.zh, id, question_names[q->kind], what.zh);
    return E_REFUSED;
}

/* What only the author of a plug-in can mend is said in one language. */
static int failed(const struct plugin *p, const struct question *q, const char *what, struct err *err)
{
    return failed_as(p, q, (linli_text){what, what}, err);
}

/* The answer in the memory of `room`; *ret_status is the plug-in's own. */
static void *answer_in(const struct question *q, struct arena *room, linli_status *ret_status)
{
    linli_ask ask = {room, ask_memory};
    void *out = arena_alloc(room, 1, question_shapes[q->kind]->size);

    *ret_status = question_call(q, &ask, out);
    return out;
}

static void *copy_out(const struct form *form, const void *answer, struct arena *arena)
{
    void *copy = arena_alloc(arena, 1, form->size);

    MUST(form_copy(form, answer, copy, form_memory_arena, arena));
    return copy;
}

/* ---- in this process ---- */

static int ask_here(const struct plugin *p, const struct question *q, struct arena *arena, void **ret,
                    struct err *err)
{
    struct arena *room = arena_new(p->limits->arena_bytes);
    CLEANUP(buf_free) struct buf fault = {0};
    linli_status status;
    int result = 0;

    void *answer = answer_in(q, room, &status);
    if (status != LINLI_OK)
        result = failed_as(p, q, status_text(status), err);
    else if (!answer_ok(q, answer, &fault))
        result = failed(p, q, fault.data, err);
    else
        *ret = copy_out(question_shapes[q->kind], answer, arena);
    arena_free(room);
    return result;
}

/* ---- in a child ---- */

/* Lies at the start of the memory shared with the child; the answer follows. */
struct shared {
    const struct question *q;
    size_t arena_bytes, room, used;
    linli_status status;
    char fault[256];
    _Alignas(max_align_t) char bytes[];
};

static void *shared_memory(void *from, size_t count, size_t size)
{
    struct shared *s = from;
    size_t at = (s->used + 15) & ~(size_t)15, bytes;

    if (__builtin_mul_overflow(count, size, &bytes) || at > s->room || bytes > s->room - at)
        return NULL;
    s->used = at + bytes;
    return s->bytes + at;
}

static void answer_in_child(void *arg)
{
    struct shared *s = arg;
    const struct form *form = question_shapes[s->q->kind];
    struct arena *room = arena_new(s->arena_bytes);
    struct buf fault = {0};

    child_sandbox();
    void *answer = answer_in(s->q, room, &s->status);
    if (s->status != LINLI_OK)
        return;
    if (!answer_ok(s->q, answer, &fault)) {
        snprintf(s->fault, sizeof s->fault, "%s", fault.data);
        return;
    }
    void *copy = shared_memory(s, 1, form->size);
    if (!copy || !form_copy(form, answer, copy, shared_memory, s))
        s->status = LINLI_NOMEM;
}

/* No more than the question had, however often the answer names the same bytes. */
struct bounded {
    struct arena *arena;
    size_t left;
};

static void *bounded_memory(void *from, size_t count, size_t size)
{
    struct bounded *b = from;
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes) || bytes > b->left)
        return NULL;
    b->left -= bytes;
    return arena_alloc(b->arena, count, size);
}

/* What a child left may be anything: only what lies in its own memory and keeps the contract is an answer. */
static int answer_take(const struct plugin *p, const struct question *q, const struct shared *s, size_t bytes,
                       struct arena *arena, void **ret, struct err *err)
{
    const struct form *form = question_shapes[q->kind];
    CLEANUP(buf_free) struct buf fault = {0};
    struct bounded bounded = {arena, p->limits->arena_bytes};
    char said[sizeof s->fault];
    void *copy;

    memcpy(said, s->fault, sizeof said);
    said[sizeof said - 1] = '\0';
    if (s->status != LINLI_OK)
        return failed_as(p, q, status_text(s->status), err);
    if (said[0])
        return failed(p, q, said, err);
    copy = arena_alloc(arena, 1, form->size);
    if (!form_copy_within(form, s->bytes, s, bytes, copy, bounded_memory, &bounded))
        return failed(p, q, "its answer lies elsewhere than in its own memory", err);
    if (!answer_ok(q, copy, &fault))
        return failed(p, q, fault.data, err);
    *ret = copy;
    return 0;
}

static int ask_child(const struct plugin *p, const struct question *q, struct arena *arena, void **ret,
                     struct err *err)
{
    size_t bytes = sizeof(struct shared) + p->limits->arena_bytes;
    struct shared *s = child_memory(bytes);
    int result;

    if (!s)
        return err_set(err, E_BUSY, "server/busy", "there is no memory for a question");
    *s = (struct shared){.q = q, .arena_bytes = p->limits->arena_bytes, .room = p->limits->arena_bytes};
    result = child_run(answer_in_child, s, s, bytes, p->limits, err);
    if (result == E_REFUSED) {
        char what[sizeof err->detail];
        snprintf(what, sizeof what, "%s", err ? err->detail : "it died");
        result = failed(p, q, what, err);
    } else if (result == 0) {
        result = answer_take(p, q, s, bytes, arena, ret, err);
    }
    child_memory_free(s, bytes);
    return result;
}

/* ---- the record ---- */

static char *answer_json(const struct question *q, const void *answer, struct arena *arena)
{
    struct words words = question_words(q);
    CLEANUP(buf_free) struct buf out = {0};

    form_write_with(question_shapes[q->kind], answer, &words, &out);
    return arena_ndup(arena, out.data, out.size);
}

int plugin_ask(const struct plugin *p, struct question *q, struct arena *arena, void **ret, char **ret_json,
               struct err *err)
{
    void *answer = NULL;

    q->mechanism = p->mechanism;
    q->scheme = p->scheme;
    int result = p->apart ? ask_child(p, q, arena, &answer, err) : ask_here(p, q, arena, &answer, err);
    if (result)
        return result;
    *ret = answer;
    if (ret_json)
        *ret_json = answer_json(q, answer, arena);
    return 0;
}

#define ASK(q)                                                                                               \
    do {                                                                                                     \
        void *answer = NULL;                                                                                 \
        int status = plugin_ask(p, &(q), arena, &answer, ret_json, err);                                     \
        if (status == 0)                                                                                     \
            *ret = answer;                                                                                   \
        return status;                                                                                       \
    } while (0)

int ask_check(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
              const linli_findings **ret, char **ret_json, struct err *err)
{
    struct question q = {.kind = ASK_CHECK, .options = options, .facts = facts};

    ASK(q);
}

int ask_plan(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
             const linli_plan **ret, char **ret_json, struct err *err)
{
    struct question q = {.kind = ASK_PLAN, .options = options, .facts = facts};

    ASK(q);
}

int ask_step(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
             const linli_step **ret, char **ret_json, struct err *err)
{
    struct question q = {.kind = ASK_STEP, .options = options, .facts = facts};

    ASK(q);
}

int ask_admit(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
              const linli_admissions **ret, char **ret_json, struct err *err)
{
    struct question q = {.kind = ASK_ADMIT, .options = options, .facts = facts};

    ASK(q);
}

int ask_award(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
              const linli_awards **ret, char **ret_json, struct err *err)
{
    struct question q = {.kind = ASK_AWARD, .options = options, .facts = facts};

    ASK(q);
}

int ask_schedule(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
                 const linli_award *award, const linli_schedule **ret, char **ret_json, struct err *err)
{
    struct question q = {.kind = ASK_SCHEDULE, .options = options, .facts = facts, .award = award};

    ASK(q);
}

int ask_release(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
                const linli_award *award, const linli_tranche *tranche, const linli_release **ret,
                char **ret_json, struct err *err)
{
    struct question q = {
        .kind = ASK_RELEASE, .options = options, .facts = facts, .award = award, .tranche = tranche};

    ASK(q);
}

int ask_refuse(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
               int role, uint64_t actor, int act, uint64_t bid, const linli_verdict **ret, char **ret_json,
               struct err *err)
{
    struct question q = {.kind = ASK_REFUSE,
                         .options = options,
                         .facts = facts,
                         .role = role,
                         .actor = actor,
                         .act = act,
                         .bid = bid};

    ASK(q);
}

int ask_criteria(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
                 const linli_criteria **ret, char **ret_json, struct err *err)
{
    struct question q = {.kind = ASK_CRITERIA, .options = options, .facts = facts};

    ASK(q);
}

int ask_evaluate(const struct plugin *p, struct arena *arena, const void *options, const linli_facts *facts,
                 const linli_admissions *admitted, const linli_evaluation **ret, char **ret_json,
                 struct err *err)
{
    struct question q = {.kind = ASK_EVALUATE, .options = options, .facts = facts, .admitted = admitted};

    ASK(q);
}

/* ---- options ---- */

static int findings_err(const struct question *q, const linli_findings *found, struct err *err)
{
    struct words words = question_words(q);

    for (size_t i = 0; i < found->count; i++) {
        CLEANUP(buf_free) struct buf en = {0}, zh = {0};
        const linli_line *line = &found->items[i].line;
        buf_text(&en, "");
        buf_text(&zh, "");
        words_print(&words, line, false, &en);
        words_print(&words, line, true, &zh);
        if (i == 0) {
            const char *source = words.messages[line->message].source;
            err_set(err, E_INVALID, "options/invalid", "%s: %s", found->items[i].path,
                    en.data ? en.data : "");
            err_zh(err, "%s：%s", found->items[i].path, zh.data ? zh.data : "");
            err_article(err, source);
        }
        err_at(err, found->items[i].path, words.messages[line->message].code, en.data ? en.data : "",
               zh.data ? zh.data : "");
    }
    return found->count ? E_INVALID : 0;
}

int plugin_options(const struct plugin *p, struct arena *arena, const char *json, size_t bytes,
                   const linli_facts *facts, const void **ret_options, char **ret_canonical, struct err *err)
{
    struct form form = plugin_form(p);
    void *options = NULL, *found = NULL;
    int status = form_read_as(&form, arena, json, bytes, 1 << 20, "options", &options, err);

    if (status)
        return status;
    if (facts) {
        struct question q = {.kind = ASK_CHECK, .options = options, .facts = facts};
        status = plugin_ask(p, &q, arena, &found, NULL, err);
        if (status == 0)
            status = findings_err(&q, found, err);
        if (status)
            return status;
    }
    *ret_options = options;
    if (ret_canonical) {
        CLEANUP(buf_free) struct buf out = {0};
        form_write(&form, options, &out);
        *ret_canonical = arena_ndup(arena, out.data, out.size);
    }
    return 0;
}
