/*
 * What people read on the pages, in Chinese and English: texts of templates,
 * names of members, words for codes (web/words.def).  Everything the forms of the
 * API name already is not repeated there.
 */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* NULL where web/words.def has none. */
const char *words_text(const char *key, bool chinese);
const char *words_member(const char *name, bool chinese);
/* A code of a member: "state", "bidding".  Words for any member stand under "". */
const char *words_code(const char *member, const char *code, bool chinese);

#endif
