/*
 * Which mechanism and regime fit what an office is about to do: four answers in, the ways that fit out, each with its
 * reason and article (core/domain/guide.def).  The amounts that divide regimes and methods are rules of the office's
 * place and day; nobody is bound by what is proposed.
 */
#ifndef CORE_DOMAIN_GUIDE_H
#define CORE_DOMAIN_GUIDE_H

#include "core/domain/rules.h"

enum guide_purpose { GUIDE_SERVICE, GUIDE_GOODS, GUIDE_GRANT, GUIDE_CULTIVATE, GUIDE_RESIDENTS };
enum guide_money { GUIDE_PUBLIC, GUIDE_CHARITY };
enum guide_special { GUIDE_PLAIN, GUIDE_REPEATED, GUIDE_NOT_PLAIN, GUIDE_ONLY_ONE, GUIDE_FEW, GUIDE_URGENT, GUIDE_PLATFORM };

struct guide_question {
    enum guide_purpose purpose;
    enum guide_money money;
    enum guide_special special;
    int64_t budget_fen;
    const linli_rule *threshold, *open_threshold;       /* of statutory procurement; NULL: none holds there */
};

struct guide_way { const char *mechanism, *scheme, *article; linli_text why; };
enum { GUIDE_WAYS = 8 };

struct guide_answer {
    int regime;                         /* LINLI_STATUTORY .. */
    linli_text regime_why;
    const char *regime_article;
    struct guide_way ways[GUIDE_WAYS];  /* the first is proposed */
    size_t count;
};

void guide_find(const struct guide_question *q, struct guide_answer *ret);

#endif
