/* Workbooks from anywhere: a row has the cells it says it has, in the order of the sheet. */
#include <stdint.h>
#include <string.h>

#include "core/base/xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int on_row(void *arg, size_t line, const char *const *cells, size_t count, struct err *err)
{
    size_t *last = arg;

    (void)err;
    MUST(line > *last && count > 0 && count <= XLSX_COLUMNS_MAX && cells[count - 1][0]);
    for (size_t i = 0; i < count; i++)
        MUST(strlen(cells[i]) <= XLSX_CELL_MAX);
    *last = line;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    size_t last = 0;

    if (xlsx_read(data, size, on_row, &last, &err))
        MUST(err.code == E_INVALID && err.detail[0]);
    return 0;
}
