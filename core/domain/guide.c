/* The rows of guide.def against four answers. */
#include "core/domain/guide.h"

#include "core/base/attr.h"
#include "core/base/text.h"

#define BIT(x)  (1u << (x))
#define R(name) BIT(LINLI_##name)
enum {
    ANY = 0x7f,
    SERVICE = BIT(GUIDE_SERVICE),
    BUYS = BIT(GUIDE_SERVICE) | BIT(GUIDE_GOODS),
    GRANT = BIT(GUIDE_GRANT),
    CULTIVATE = BIT(GUIDE_CULTIVATE),
    RESIDENTS = BIT(GUIDE_RESIDENTS),
    PLAIN = BIT(GUIDE_PLAIN),
    REPEATED = BIT(GUIDE_REPEATED),
    NOT_PLAIN = BIT(GUIDE_NOT_PLAIN),
    ONLY_ONE = BIT(GUIDE_ONLY_ONE),
    FEW = BIT(GUIDE_FEW),
    URGENT = BIT(GUIDE_URGENT),
    PLATFORM = BIT(GUIDE_PLATFORM),
};
enum { BELOW_OPEN = 1, OPEN = 2, ANY_SIZE = 3 };

struct row {
    unsigned purposes, specials, regimes, size;
    struct guide_way way;
};

#define GUIDE(purposes, specials, regimes, size, mechanism, scheme, article, zh, en)                         \
    {purposes, specials, regimes, size, {#mechanism, #scheme, article, {zh, en}}},
static const struct row rows[] = {
#include "core/domain/guide.def"
};

static void find_regime(const struct guide_question *q, struct guide_answer *ret)
{
    const bool buys = BIT(q->purpose) & BUYS;

    if (q->money == GUIDE_CHARITY) {
        ret->regime = LINLI_CHARITY;
        ret->regime_article = "慈善法";
        ret->regime_why = (linli_text){"捐赠的钱按募捐方案和捐赠协议使用，适用慈善资金制度",
                                       "gifts are used as the campaign and the donor said: charity"};
    } else if (!buys) {
        ret->regime = LINLI_GRANTS;
        ret->regime_article = "地方项目资助办法（建议值）";
        ret->regime_why = (linli_text){"资助组织或居民自己的项目，不是购买服务，适用项目资助制度",
                                       "projects of others are supported, nothing is bought: grants"};
    } else if (!q->threshold || q->budget_fen >= q->threshold->value) {
        ret->regime = LINLI_STATUTORY;
        ret->regime_article = "政府采购法 §2";
        ret->regime_why =
            (linli_text){"财政资金购买，达到采购限额标准，适用政府采购法",
                         "bought with public money, from the purchase threshold on: statutory procurement"};
    } else {
        ret->regime = LINLI_SUB_THRESHOLD;
        ret->regime_article = q->threshold->source;
        ret->regime_why =
            (linli_text){"财政资金购买，低于采购限额标准，按本单位内部控制制度办理",
                         "bought with public money, below the purchase threshold: the office's own rules"};
    }
}

void guide_find(const struct guide_question *q, struct guide_answer *ret)
{
    const bool open = q->open_threshold && q->budget_fen >= q->open_threshold->value;

    *ret = (struct guide_answer){0};
    find_regime(q, ret);
    for (size_t i = 0; i < LENGTH(rows) && ret->count < GUIDE_WAYS; i++)
        if (rows[i].purposes & BIT(q->purpose) && rows[i].specials & BIT(q->special) &&
            rows[i].regimes & BIT(ret->regime) && rows[i].size & (open ? OPEN : BELOW_OPEN))
            ret->ways[ret->count++] = rows[i].way;
}
