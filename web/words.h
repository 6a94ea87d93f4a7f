/*
 * What people read on the pages, in Chinese and English: texts of templates,
 * names of members, words for codes (web/words.def).  Everything the forms of the
 * API name already is not repeated there.
 */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Words follow the regime: what is 投标 and 中标 in bidding is 响应 and 成交 in
 * talks, 申报 and 立项 in grants.  Such a way of speaking is a manner; its words
 * stand in web/words.def as "manner.key", and where it has none of its own, those of
 * the manner it belongs to, then the plain ones.  A static text; NULL: the plain words.
 */
const char *words_manner(const char *regime, const char *mechanism);
enum { WORDS_MANNERS = 10 };
const char *words_manner_at(size_t i);

/* NULL where web/words.def has none. */
const char *words_text(const char *manner, const char *key, bool chinese);
const char *words_member(const char *manner, const char *name, bool chinese);
/* A code of a member: "state", "bidding".  Words for any member stand under "". */
const char *words_code(const char *manner, const char *member, const char *code, bool chinese);

#endif
