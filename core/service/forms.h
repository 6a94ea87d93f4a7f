/* Rows of request bodies, and parameters where a member was left out. */
#ifndef CORE_SERVICE_FORMS_H
#define CORE_SERVICE_FORMS_H

#include "core/host/form.h"
#include "core/store/store.h"

/* One member of `struct T`, named as its column in JSON; ROW_SAID with a help of its own beside the label. */
#define ROW_SAID(T, member, kind, need, least, most, check, zh, en, zh_help, en_help)                      \
    {.name = #member, .type = LINLI_OPT_##kind, .required = (need), .offset = offsetof(struct T, member), \
     .low = (least), .high = (most), .format = (check), .label = {zh, en}, .help = {zh_help, en_help}}
/* The rest as designated members: .choices, .present, .initial and the like. */
#define ROW_WITH(T, member, kind, need, ...) \
    {.name = #member, .type = LINLI_OPT_##kind, .required = (need), .offset = offsetof(struct T, member), __VA_ARGS__}
#define ROW(T, member, kind, need, least, most, check, zh, en) \
    ROW_SAID(T, member, kind, need, least, most, check, zh, en, zh, en)
#define ROW_LINE(T, member, need, most, zh, en)  ROW(T, member, STRING, need, 1, most, "line", zh, en)
#define ROW_TEXT(T, member, need, most, zh, en)  ROW(T, member, STRING, need, 1, most, "text", zh, en)
/* What exists once: a number of a paper or of a bank, the same with a blank before or behind it. */
#define ROW_NUMBER(T, member, need, most, zh, en) ROW(T, member, STRING, need, 1, most, FORM_NUMBER, zh, en)
#define ROW_MONEY(T, member, need, zh, en)       ROW(T, member, MONEY, need, 1, INT64_C(100000000000000), NULL, zh, en)
#define ROW_COUNT(T, member, need, least, most, zh, en) ROW(T, member, COUNT, need, least, most, NULL, zh, en)
#define ROW_ID(T, member, need, zh, en)          ROW(T, member, ID, need, 0, 0, NULL, zh, en)
#define ROW_CODE(T, member, need, zh, en)        ROW(T, member, CODE, need, 0, 0, NULL, zh, en)
#define ROW_BOOL(T, member, zh, en)              ROW(T, member, BOOL, false, 0, 0, NULL, zh, en)
#define ROW_TIME(T, member, need, zh, en)        ROW(T, member, TIME, need, 0, 0, NULL, zh, en)
#define ROW_CHOICE(T, member, need, table, labels_, first, zh, en)                                         \
    {.name = #member, .type = LINLI_OPT_CHOICE, .required = (need), .offset = offsetof(struct T, member), \
     .high = LENGTH(table) - 2, .initial = (first), .codes = (table), .choices = (labels_),               \
     .label = {zh, en}, .help = {zh, en}}
#define ROW_LIST(T, member, need, least, most, rows_, U, zh, en)                                           \
    {.name = #member, .type = LINLI_OPT_LIST, .required = (need), .offset = offsetof(struct T, member),   \
     .low = (least), .high = (most), .item = (rows_), .item_count = LENGTH(rows_),                        \
     .item_size = sizeof(struct U), .label = {zh, en}, .help = {zh, en}}
#define ROW_OBJECT(T, member, need, zh, en)                                                                \
    {.name = #member, .type = FORM_OBJECT, .required = (need), .offset = offsetof(struct T, member),      \
     .label = {zh, en}, .help = {zh, en}}

/* A member that null empties, where what is left out stays; has_<member> tells that it was said. */
#define ROW_CLEARS(T, member, kind, least, most, zh, en, zh_help, en_help)                                  \
    {.name = #member, .type = kind, .offset = offsetof(struct T, member), .low = (least), .high = (most),  \
     .present = offsetof(struct T, has_##member), .format = FORM_CLEARS, .label = {zh, en},                \
     .help = {zh_help, en_help}}

/* Those who saw a draw, in the order they were named. */
extern const linli_option witness_row[1];
#define ROW_WITNESSES(T, member, least, en, help_zh, help_en)                                              \
    {.name = #member, .type = LINLI_OPT_LIST, .required = (least) > 0, .offset = offsetof(struct T, member), \
     .low = (least), .high = 20, .item = witness_row, .item_count = 1, .item_size = sizeof(const char *),  \
     .label = {"见证人", en}, .help = {help_zh, help_en}}
/* Their names in one line, of the arena; NULL where there are none. */
const char *witnesses_line(struct arena *arena, const linli_list *witnesses);

/* A number that 0 leaves out. */
static inline struct param p_some(int64_t n)
{
    return n ? P_INT(n) : P_NULL;
}

#endif
