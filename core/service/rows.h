/* Short ways to write the option rows of a request body. */
#ifndef CORE_SERVICE_ROWS_H
#define CORE_SERVICE_ROWS_H

#include "core/host/options.h"

/* The member of struct s called m, of type LINLI_OPT_<kind>; more designators may follow. */
#define ROW(s, m, kind, ...) {.name = #m, .type = LINLI_OPT_##kind, .offset = offsetof(struct s, m), __VA_ARGS__}
#define SAYS(zh, en) .label = {zh, en}, .help = {zh, en}
#define LINE(most) .low = 1, .high = (most), .format = "line"
#define TEXT(most) .low = 1, .high = (most), .format = "text"
/* A list of structs t described by `rows`; of bare values where the one row has no name. */
#define ITEMS(rows, t, least, most)                                                                          \
    .item = (rows), .item_count = sizeof(rows) / sizeof((rows)[0]), .item_size = sizeof(t), .low = (least),  \
    .high = (most)

#endif
