/*
 * What a bank or the treasury says became of payments: pain.002, camt.054, and CSV or XLSX by a
 * map of columns.
 *
 * Files come from outside.  XML is read as a stream, without a document type, entities or references beyond
 * those of XML itself, at most 32 deep; a file has at most 16 MiB and 100,000 entries.
 */
#ifndef CORE_MONEY_BANK_READ_H
#define CORE_MONEY_BANK_READ_H

#include "core/base/arena.h"
#include "core/base/err.h"

enum bank_format { BANK_PAIN_002, BANK_CAMT_054, BANK_CSV, BANK_XLSX };
enum bank_outcome { BANK_SETTLED, BANK_FAILED, BANK_RETURNED, BANK_OTHER };
enum { BANK_FILE_MAX = 16 << 20, BANK_ENTRIES_MAX = 100000 };

struct bank_entry {
    const char *reference; /* end to end, as we gave it; NULL: none */
    const char *bank_ref;  /* of the bank; where it gives none, one made of the message and our reference */
    const char *reason;    /* or NULL */
    enum bank_outcome outcome;
    bool    whole; /* said of the whole message `reference` and of none of its payments by name (pain.002) */
    bool    foreign; /* `fen` is of another currency than yuan: nothing of ours */
    int64_t fen; /* 0: not told (pain.002) */
    int32_t day; /* booked; 0: not told */
};
/* Columns of a CSV or XLSX: titles[i] holds fields[i], of reference, amount, outcome, bank_ref, booked, reason. */
struct bank_columns {
    const char *const *fields, *const *titles;
    size_t count;
};

/* E_INVALID file/unreadable, naming the line or what is wrong. */
int bank_read(enum bank_format format, struct arena *arena, const char *bytes, size_t count,
              const struct bank_columns *columns, const struct bank_entry **ret, size_t *ret_count,
              struct err *err) MUST_USE;

#endif
