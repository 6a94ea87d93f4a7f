/* One JSON object a line on stderr, each written at once so that threads do not mix lines. */
#include "core/base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/text.h"
#include "core/base/time.h"

static atomic_int level_least = LOG_INFO;

void log_set_level(enum log_level least)
{
    atomic_store(&level_least, (int)least);
}

/* What came in from outside must not make a line unreadable. */
static void ascii_only(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x7F)
            *text = '?';
}

void log_event(enum log_level level, const char *what, const char *format, ...)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    CLEANUP(buf_free) struct buf line = {0};
    char *text;
    va_list args;

    if ((int)level < atomic_load(&level_least))
        return;
    va_start(args, format);
    int size = vasprintf(&text, format, args);
    va_end(args);
    MUST(size >= 0);
    if (!utf8_ok(text, (size_t)size, true))
        ascii_only(text);
    json_open(&line, '{');
    json_key(&line, "at");
    json_time(&line, time_real());
    json_key(&line, "level");
    json_string(&line, names[level]);
    json_key(&line, "what");
    json_string(&line, what);
    json_key(&line, "text");
    json_string(&line, text);
    json_close(&line, '}');
    free(text);
    buf_char(&line, '\n');
    if (write(STDERR_FILENO, line.data, line.size) < 0)
        return; /* there is nowhere left to say so */
}
