/* api/cli/bounded: what a command leaves that is stopped in the middle. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/cli/bounded.h"
#include "api/cli/cli.h"

enum { OVER = 42 };

int cli_end(int code)
{
    return code;
}

void cli_say(const char *format, ...)
{
    (void)format;
}

static size_t entries(const char *path)
{
    size_t count = 0;
    DIR *dir = opendir(path);

    cr_assert(dir);
    for (const struct dirent *e; (e = readdir(dir));)
        count += e->d_name[0] != '.';
    closedir(dir);
    return count;
}

static int leave_some(struct arena *arena, void *with)
{
    char *path = arena_printf(arena, "%s/left-XXXXXX", getenv("TMPDIR"));
    FILE *file;

    if (!mkdtemp(path) || !(file = fopen(arena_printf(arena, "%s/file", path), "w")))
        return EXIT_FAILURE;
    fclose(file);
    if (with)
        for (volatile unsigned turns = 0;; turns++)
            continue;
    return 7;
}

static void left_nothing(void *with, int expected)
{
    char folder[] = "/tmp/linli-bounded-XXXXXX";
    struct arena *arena = arena_new(0);
    const struct bounds bounds = {1, BOUND_MEBIBYTES};

    cr_assert(mkdtemp(folder));
    setenv("TMPDIR", folder, 1);
    cr_expect_eq(bounded(leave_some, arena, with, &bounds, OVER), expected);
    cr_expect_eq(entries(folder), 0);
    cr_expect_str_eq(getenv("TMPDIR"), folder);
    rmdir(folder);
    arena_free(arena);
}

Test(bounded, who_is_stopped_leaves_nothing)
{
    left_nothing(&(int){1}, OVER);
}

Test(bounded, who_ends_leaves_nothing)
{
    left_nothing(NULL, 7);
}
