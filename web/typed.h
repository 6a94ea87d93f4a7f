/*
 * What people type where the API wants one form: "480，000元", "４８万" and "15" as
 * "480000.00", "480000.00" and "15%".  What is no such thing stays the text it is, so
 * that the API says what is wrong with it.  web/assets/bid.mjs reads the same way.
 */
#ifndef WEB_TYPED_H
#define WEB_TYPED_H

#include "core/base/arena.h"

/* Yuan, to the fen; 万 and 亿 are counted in. */
const char *typed_money(const char *text, struct arena *arena);
/* Per cent.  Below 1 nobody knows whether "0.15" is meant to be 15 %: it stays. */
const char *typed_rate(const char *text, struct arena *arena);
/* Digits with or without a point. */
const char *typed_number(const char *text, struct arena *arena);

#endif
