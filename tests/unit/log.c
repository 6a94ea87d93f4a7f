/* The log: one readable JSON object a line, whatever came in. */
#include "core/base/log.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"

static int ends[2];

static void begin(void)
{
    cr_assert_eq(pipe(ends), 0);
    cr_assert_geq(dup2(ends[1], STDERR_FILENO), 0);
    close(ends[1]);
}

TestSuite(log, .init = begin);

static const char *written(void)
{
    static char text[8192];

    close(STDERR_FILENO);
    ssize_t size = read(ends[0], text, sizeof(text) - 1);
    text[size > 0 ? size : 0] = '\0';
    return text;
}

Test(log, one_object_a_line)
{
    log_event(LOG_INFO, "server.ready", "port %d, \"邻里\"\nready", 8080);
    const char *text = written();
    cr_assert_not_null(
        strstr(
            text,
            "\"level\":\"info\",\"what\":\"server.ready\",\"text\":\"port 8080, \\\"邻里\\\"\\nready\"}\n"),
        "%s", text);
    cr_assert(strncmp(text, "{\"at\":\"20", 9) == 0);
}

Test(log, level_and_bad_bytes)
{
    char wide[3001] = "";

    log_set_level(LOG_WARN);
    log_event(LOG_INFO, "quiet", "%s", "unseen");
    memset(wide, 'x', 3000);
    log_event(LOG_ERROR, "long", "%s", wide);
    log_event(LOG_ERROR, "bytes", "%s", "a\xFF\x80z");
    const char *text = written();
    cr_assert_null(strstr(text, "quiet"));
    cr_assert_not_null(strstr(text, wide));
    cr_assert_not_null(strstr(text, "\"a??z\""));
    cr_assert(utf8_ok(text, strlen(text), true));
}
