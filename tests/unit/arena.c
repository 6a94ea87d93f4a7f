/* Arenas: alignment, zeroed memory, limits, deferred calls. */
#include "core/base/arena.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdalign.h>
#include <string.h>

Test(arena, pieces_are_aligned_zeroed_and_apart)
{
    struct arena *arena = arena_new(0);
    char *last = NULL;

    for (size_t size = 1; size < 5000; size = size * 2 + 1) {
        char *piece = arena_alloc(arena, 1, size);
        cr_assert_eq((uintptr_t)piece % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            cr_assert_eq(piece[i], 0);
        memset(piece, 0xA5, size);
        cr_assert_neq(piece, last);
        last = piece;
    }
    arena_reset(arena);
    cr_assert_eq(arena_used(arena), 0);
    char *again = arena_alloc(arena, 100, 10);
    for (size_t i = 0; i < 1000; i++)
        cr_assert_eq(again[i], 0);
    arena_free(arena);
    arena_free(NULL);
}

Test(arena, try_keeps_alignment_and_says_no)
{
    struct arena *arena = arena_new(10000);

    for (size_t align = 1; align <= 256; align *= 2)
        cr_assert_eq((uintptr_t)arena_try(arena, 3, 1, align) % align, 0);
    cr_assert_not_null(arena_try(arena, 0, 8, 8), "a count of 0 gives a valid pointer");
    cr_assert_null(arena_try(arena, SIZE_MAX / 2, 3, 8), "an overflow is no small piece");
    cr_assert_null(arena_try(arena, SIZE_MAX, 1, 16));
    size_t used = arena_used(arena);
    cr_assert_null(arena_try(arena, 10001 - used, 1, 1));
    cr_assert_eq(arena_used(arena), used);
    cr_assert_not_null(arena_try(arena, 10000 - used, 1, 1), "the limit itself is allowed");
    cr_assert_null(arena_try(arena, 1, 1, 1));
    arena_free(arena);
}

Test(arena, alloc_aborts_at_the_limit, .signal = SIGABRT)
{
    struct arena *arena = arena_new(100);

    void *piece = arena_alloc(arena, 1, 101);
    cr_assert_fail("got %p", piece);
}

Test(arena, copies)
{
    struct arena *arena = arena_new(0);

    cr_assert_str_eq(arena_dup(arena, "邻里"), "邻里");
    cr_assert_null(arena_dup(arena, NULL));
    cr_assert_null(arena_ndup(arena, NULL, 0));
    cr_assert_str_eq(arena_ndup(arena, "street", 3), "str");
    cr_assert_str_eq(arena_printf(arena, "%s-%04d", "2026", 7), "2026-0007");
    arena_free(arena);
}

static char order[8];

static void note(void *arg)
{
    strncat(order, arg, 1);
}

Test(arena, deferred_calls_run_last_first_and_once)
{
    struct arena *arena = arena_new(0);

    arena_defer(arena, note, "a");
    arena_defer(arena, note, "b");
    arena_reset(arena);
    cr_assert_str_eq(order, "ba");
    arena_defer(arena, note, "c");
    arena_free(arena);
    cr_assert_str_eq(order, "bac");
}
