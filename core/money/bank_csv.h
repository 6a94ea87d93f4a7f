/* The tables of bank_read.h, and the list all its readers fill. */
#ifndef CORE_MONEY_BANK_CSV_H
#define CORE_MONEY_BANK_CSV_H

#include "core/money/bank_read.h"

struct bank_list {
    struct arena *arena;
    struct bank_entry *items;
    size_t count, room;
};
/* False: it has BANK_ENTRIES_MAX already. */
bool bank_list_add(struct bank_list *list, const struct bank_entry *e);

/* UTF-8 with or without a BOM, else GB18030.  The first row has the titles. */
int bank_csv_read(struct bank_list *list, const char *bytes, size_t count, const struct bank_columns *columns,
                  struct err *err) MUST_USE;
/* The first sheet. */
int bank_xlsx_read(struct bank_list *list, const char *bytes, size_t count, const struct bank_columns *columns,
                   struct err *err) MUST_USE;

#endif
