/* Memory of one lifetime: bump allocation in chunks, or one malloc a piece for sanitizers. */
#include "core/base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

struct chunk {
    struct chunk *next; /* the one made before */
    size_t room, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*fn)(void *);
    void *arg;
};

struct arena {
    struct chunk *last;
    struct deferred *deferred;
    size_t limit, used;
};

struct arena *arena_new(size_t limit)
{
    struct arena *arena = calloc(1, sizeof(*arena));

    MUST(arena);
    arena->limit = limit;
    return arena;
}

/* `arena->used` includes what alignment costs, so that the limit bounds memory. */
static bool arena_charge(struct arena *arena, size_t bytes)
{
    size_t used;

    if (__builtin_add_overflow(arena->used, bytes, &used) || (arena->limit != 0 && used > arena->limit))
        return false;
    arena->used = used;
    return true;
}

#ifdef LINLI_ARENA_MALLOC

/* The chunk is only the list's link; the piece is a block of its own, found
 * through `bytes`, so that its end is the end of a malloc. */
static void *piece_new(struct arena *arena, size_t bytes, size_t align)
{
    struct chunk *chunk = malloc(sizeof(*chunk) + sizeof(void *));
    void *piece = NULL;

    if (!chunk || posix_memalign(&piece, align < sizeof(void *) ? sizeof(void *) : align, bytes) != 0) {
        free(chunk);
        return NULL;
    }
    memset(piece, 0, bytes);
    memcpy(chunk->bytes, &piece, sizeof(piece));
    chunk->next = arena->last;
    arena->last = chunk;
    return piece;
}

static void chunk_free(struct chunk *chunk)
{
    void *piece;

    memcpy(&piece, chunk->bytes, sizeof(piece));
    free(piece);
    free(chunk);
}

static void chunks_drop(struct arena *arena)
{
    for (struct chunk *chunk = arena->last, *next; chunk; chunk = next) {
        next = chunk->next;
        chunk_free(chunk);
    }
    arena->last = NULL;
}

#else

static struct chunk *chunk_new(struct arena *arena, size_t bytes)
{
    size_t room = arena->last ? arena->last->room * 2 : FIRST_CHUNK - sizeof(struct chunk);

    if (room > LARGEST_CHUNK)
        room = LARGEST_CHUNK;
    if (room < bytes)
        room = bytes;
    if (room > SIZE_MAX - sizeof(struct chunk))
        return NULL;
    struct chunk *chunk = malloc(sizeof(*chunk) + room);
    if (!chunk)
        return NULL;
    chunk->next = arena->last;
    chunk->room = room;
    chunk->used = 0;
    arena->last = chunk;
    return chunk;
}

static void *chunk_take(struct chunk *chunk, size_t bytes, size_t align)
{
    uintptr_t base = (uintptr_t)chunk->bytes;
    size_t at = (size_t)(((base + chunk->used + align - 1) & ~(uintptr_t)(align - 1)) - base);

    if (at > chunk->room || bytes > chunk->room - at)
        return NULL;
    chunk->used = at + bytes;
    return memset(chunk->bytes + at, 0, bytes);
}

static void *piece_new(struct arena *arena, size_t bytes, size_t align)
{
    void *piece = arena->last ? chunk_take(arena->last, bytes, align) : NULL;

    if (piece)
        return piece;
    struct chunk *chunk = bytes > SIZE_MAX - align ? NULL : chunk_new(arena, bytes + align);
    return chunk ? chunk_take(chunk, bytes, align) : NULL;
}

/* Keeps the chunk made first. */
static void chunks_drop(struct arena *arena)
{
    while (arena->last && arena->last->next) {
        struct chunk *next = arena->last->next;
        free(arena->last);
        arena->last = next;
    }
    if (arena->last)
        arena->last->used = 0;
}

#endif

void *arena_try(struct arena *arena, size_t count, size_t size, size_t align)
{
    size_t bytes;

    MUST(align != 0 && (align & (align - 1)) == 0);
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    if (bytes == 0)
        bytes = 1;
    size_t charge = bytes;
    if (__builtin_add_overflow(charge, align - 1, &charge) || !arena_charge(arena, charge & ~(align - 1)))
        return NULL;
    void *piece = piece_new(arena, bytes, align);
    if (!piece)
        arena->used -= charge & ~(align - 1);
    return piece;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    void *piece = arena_try(arena, count, size, alignof(max_align_t));

    MUST(piece);
    return piece;
}

void arena_reset(struct arena *arena)
{
    while (arena->deferred) {
        struct deferred *deferred = arena->deferred;
        arena->deferred = deferred->next;
        deferred->fn(deferred->arg);
        free(deferred);
    }
    chunks_drop(arena);
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    arena_reset(arena);
    free(arena->last);
    free(arena);
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

char *arena_ndup(struct arena *arena, const char *bytes, size_t count)
{
    char *copy;

    if (!bytes)
        return NULL;
    MUST(count < SIZE_MAX);
    copy = arena_try(arena, count + 1, 1, 1);
    MUST(copy);
    if (count > 0)
        memcpy(copy, bytes, count);
    return copy;
}

char *arena_dup(struct arena *arena, const char *text)
{
    return text ? arena_ndup(arena, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    MUST(size >= 0);
    char *text = arena_try(arena, (size_t)size + 1, 1, 1);
    MUST(text);
    vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text;
}

void arena_defer(struct arena *arena, void (*fn)(void *), void *arg)
{
    struct deferred *deferred = malloc(sizeof(*deferred));

    MUST(deferred);
    *deferred = (struct deferred){.next = arena->deferred, .fn = fn, .arg = arg};
    arena->deferred = deferred;
}
