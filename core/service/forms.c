/* Rows that more than one form has. */
#include "core/service/forms.h"

const linli_option witness_row[1] = {{.name = "",
                                      .type = LINLI_OPT_STRING,
                                      .required = true,
                                      .low = 1,
                                      .high = 80,
                                      .format = "line",
                                      .label = {"见证人", "witness"},
                                      .help = {"见证人", "witness"}}};

const char *witnesses_line(struct arena *arena, const linli_list *witnesses)
{
    const char *const *names = witnesses->items;
    const char *line = witnesses->count ? names[0] : NULL;

    for (size_t i = 1; i < witnesses->count; i++)
        line = arena_printf(arena, "%s、%s", line, names[i]);
    return line;
}
