/* A whole file as text, for calendars and rule sets. */
#include "core/domain/data_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { DATA_MAX = 1 << 20 };

int data_file_read(const char *path, const struct data_kind *kind, struct buf *ret, struct err *err)
{
    FILE *in = fopen(path, "re");

    if (!in)
        return err_set(err, E_ABSENT, kind->absent, "%s: %s", path, strerror(errno));
    buf_reserve(ret, DATA_MAX + 2);
    ret->size = fread(ret->data, 1, DATA_MAX + 1, in);
    bool good = !ferror(in) && ret->size <= DATA_MAX && !memchr(ret->data, '\0', ret->size);
    fclose(in);
    if (!good)
        return err_set(err, E_MALFORMED, kind->malformed, "%s: not a %s of at most 1 MiB", path, kind->noun);
    ret->data[ret->size] = '\0';
    return 0;
}
