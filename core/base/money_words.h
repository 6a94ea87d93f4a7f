/*
 * An amount in the financial numerals of vouchers (正确填写票据和结算凭证的基本规定):
 * 10,000.05 is 壹万元零伍分, 0.50 is 伍角整.  Where the rule lets a 零 be left out it is
 * written between the groups of four and left out before the 角.
 */
#ifndef CORE_BASE_MONEY_WORDS_H
#define CORE_BASE_MONEY_WORDS_H

#include "core/base/buf.h"

/* 0 <= fen <= 10^17. */
void money_words(int64_t fen, struct buf *out);

#endif
