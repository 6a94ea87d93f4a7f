/*
 * Words follow the regime: how each way of buying or granting calls a bid, who
 * hands it in and how it wins (the terms of 政府采购法, order 87, order 74, 财库〔2014〕214号,
 * order 110 and of 公益创投 practice).
 */
#include <criterion/criterion.h>

#include "web/words.h"

static const struct {
    const char *regime, *mechanism, *bid, *bidder, *won, *lost, *failed;
} cases[] = {
    {"statutory", "public_bidding", "投标", "投标人", "中标", "未中标", "已废标"},
    {"statutory", "invited_bidding", "投标", "投标人", "中标", "未中标", "已废标"},
    {"sub_threshold", "public_bidding", "投标", "投标人", "中标", "未中标", "已终止"},
    {"statutory", "negotiation", "响应", "供应商", "成交", "未成交", "已终止"},
    {"statutory", "consultation", "响应", "供应商", "成交", "未成交", "已终止"},
    {"statutory", "single_source", "响应", "供应商", "成交", "未成交", "已终止"},
    {"statutory", "framework", "响应", "供应商", "入围", "未入围", "已终止"},
    {"sub_threshold", "open_comparison", "报价", "供应商", "成交", "未成交", "已终止"},
    {"grants", "venture_philanthropy", "申报", "申报单位", "立项", "未立项", "已终止"},
    {"charity", "cultivation_grant", "申报", "申报单位", "立项", "未立项", "已终止"},
    {"charity", "community_fund", "提案", "提案人", "入选", "未入选", "已终止"},
};

Test(manners, each_regime_has_its_words)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *manner = words_manner(cases[i].regime, cases[i].mechanism);

        cr_assert(manner, "%s", cases[i].mechanism);
        cr_expect_str_eq(words_text(manner, "bid", true), cases[i].bid, "%s", cases[i].mechanism);
        cr_expect_str_eq(words_text(manner, "bidder", true), cases[i].bidder, "%s", cases[i].mechanism);
        cr_expect_str_eq(words_member(manner, "bidder", true), cases[i].bidder, "%s", cases[i].mechanism);
        cr_expect_str_eq(words_code(manner, "standing", "winner", true), cases[i].won, "%s",
                         cases[i].mechanism);
        cr_expect_str_eq(words_text(manner, "not_chosen", true), cases[i].lost, "%s", cases[i].mechanism);
        cr_expect_str_eq(words_code(manner, "state", "void", true), cases[i].failed, "%s",
                         cases[i].mechanism);
    }
}

Test(manners, panels_and_notices)
{
    cr_expect_str_eq(words_text("bidding", "panel", true), "评标委员会");
    cr_expect_str_eq(words_text("negotiation", "panel", true), "谈判小组");
    cr_expect_str_eq(words_text("consultation", "panel", true), "磋商小组");
    cr_expect_str_eq(words_text("grant", "panel", true), "评审组");
    cr_expect_str_eq(words_code("fund", "notice", "result", true), "立项公示");
    cr_expect_str_eq(words_code("bidding", "notice", "result", true), "中标结果公告");
    cr_expect_str_eq(words_code(words_manner("statutory", "public_bidding"), "notice", "tender", true), "招标公告");
    cr_expect_str_eq(words_code(words_manner("statutory", "invited_bidding"), "notice", "tender", true), "投标邀请书");
    cr_expect_str_eq(words_code(words_manner("statutory", "invited_bidding"), "notice", "result", true), "中标结果公告");
    cr_expect_str_eq(words_code("negotiation", "notice", "result", true), "成交结果公告");
    cr_expect_str_eq(words_code("consultation", "notice", "tender", true), "竞争性磋商公告");
    cr_expect_str_eq(words_code("framework", "notice", "tender", true), "征集公告");
    cr_expect_str_eq(words_code("framework", "notice", "result", true), "入围结果公告");
    cr_expect_str_eq(words_code("grant", "notice", "tender", true), "征集公告");
    cr_expect_str_eq(words_code("fund", "notice", "closing", true), "结项公告");
    cr_expect_str_eq(words_text("fund", "lots", true), "板块");
}

/* What has no words of its own is told in the plain ones; no manner leaves a text out. */
Test(manners, the_rest_is_plain)
{
    cr_expect_null(words_manner("statutory", "external_procedure"));
    cr_expect_null(words_manner("sub_threshold", "of_a_city"));
    for (size_t i = 0; i < WORDS_MANNERS; i++) {
        cr_expect_not_null(words_text(words_manner_at(i), "panel", true));
        cr_expect_str_eq(words_text(words_manner_at(i), "name", true), "邻里");
        cr_expect_null(words_text(words_manner_at(i), "no such text", true));
    }
    cr_expect_str_eq(words_code(NULL, "state", "void", true), "已终止");
}
