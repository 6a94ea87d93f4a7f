/*
 * Memory of one lifetime: a request, a question to a plug-in, start-up.
 * Everything taken from an arena dies with it; there is no free().
 */
#ifndef CORE_BASE_ARENA_H
#define CORE_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"

struct arena;

/* An arena that may grow to `limit` bytes (0: no limit).  Built with
 * -DLINLI_ARENA_MALLOC each piece is a malloc of its own, so that sanitizers
 * see every overrun. */
struct arena *arena_new(size_t limit) MUST_USE;
void          arena_free(struct arena *arena);      /* NULL is fine */
void          arena_reset(struct arena *arena);     /* forgets all pieces, keeps the first chunk */
size_t        arena_used(const struct arena *arena);

/* Zeroed memory.  arena_alloc never gives NULL: it aborts when the limit is
 * reached or memory is out, since inputs are limited at the door.  arena_try
 * gives NULL instead; the allocator of plug-ins is made of it. */
void *arena_alloc(struct arena *arena, size_t count, size_t size) MUST_USE;
void *arena_try(struct arena *arena, size_t count, size_t size, size_t align) MUST_USE;

#define ARENA_NEW(arena, type, count) ((type *)arena_alloc((arena), (size_t)(count), sizeof(type)))

/* Copies; the result is NUL-terminated.  A NULL text gives NULL. */
char *arena_dup(struct arena *arena, const char *text) MUST_USE;
char *arena_ndup(struct arena *arena, const char *bytes, size_t count) MUST_USE;
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3) MUST_USE;

/* Calls fn(arg) when the arena is reset or freed, last registered first. */
void arena_defer(struct arena *arena, void (*fn)(void *), void *arg);

#endif
