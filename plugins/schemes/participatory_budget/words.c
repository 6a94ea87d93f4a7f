/* Every sentence of participatory_budget. */
#include "budget.h"

/* clang-format off */
const linli_message messages[MESSAGES] = {
    [M_TIES_END]     = { "ties_end", { "并列规则须以 number（编号）或 draw（抽签）结尾", "the tie rules must end with number or draw" }, NULL },
    [M_TIES_TWICE]   = { "ties_twice", { "并列规则 {1} 重复", "tie rule {1} is named twice" }, NULL },

    [M_VOTES]        = { "votes", { "{1} 票支持", "{1} votes" }, NULL },
    [M_POINTS]       = { "points", { "{1} 票支持，共得 {2} 分", "{1} votes give it {2} points" }, NULL },
    [M_PER_COST]     = { "per_cost", { "{1} ÷ 所需资金 {2}", "{1} / its cost {2}" }, NULL },
    [M_NOBODY]       = { "no_votes", { "没有人支持", "nobody supports it" }, NULL },
    [M_FEW]          = { "few_votes", { "得票 {1}，不足 {2}", "{1} votes where {2} are needed" }, NULL },
    [M_ABOVE]        = { "above_budget", { "所需 {1} 超过全部预算 {2}", "it costs {1}, more than the whole budget of {2}" }, NULL },
    [M_NO_USE]       = { "no_cost", { "所需资金为零，按资金效用不参与购买", "it costs nothing and so has no cost utility" }, NULL },

    [M_FITS]         = { "fits", { "第 {1} 名，所需 {2} 不超过余款 {3}", "place {1}: its cost {2} fits into the {3} left" }, NULL },
    [M_NO_FIT]       = { "no_fit", { "第 {1} 名，所需 {2} 超过余款 {3}，差 {4}", "place {1}: its cost {2} is over the {3} left: {4} are lacking" }, NULL },
    [M_ENDED]        = { "ended", { "前面的项目已放不下，到此为止", "one before it did not fit, and the list ends there" }, NULL },

    [M_LOADED]       = { "loaded", { "第 {1} 个入选：{2} 票共同承担 {3}，连同此前所承担的，每票累计 {4}", "bought as number {1}: {2} votes carry {3}; with what they carried before that makes {4} each" }, NULL },
    [M_LOAD_OVER]    = { "load_over", { "每票累计将为 {1}；轮到时余款 {2} 不足所需 {3}，差 {4}", "it would make {1} each; in its turn {2} were left and it costs {3}: {4} are lacking" }, NULL },
    [M_LOAD_ENDED]   = { "load_ended", { "每票累计将为 {1}；前面的项目已放不下，到此为止", "it would make {1} each; one before it, or equal to it, did not fit, and the count ends there" }, NULL },

    [M_CHOSEN]       = { "chosen", { "第 {1} 个入选：{2} 票共同承担 {3}，每票至多 {4}", "bought as number {1}: {2} votes pay {3}, each at most {4}" }, NULL },
    [M_CHOSEN_POINTS] = { "chosen_points", { "第 {1} 个入选：{2} 票共同承担 {3}，所给的每分至多 {4}", "bought as number {1}: {2} votes pay {3}, at most {4} for each point given" }, NULL },
    [M_POOR]         = { "poor", { "其中 {1} 票余额不足，付出全部余额，共 {2}", "{1} of them have less and give all they have left, {2} together" }, NULL },
    [M_EFFECTIVE]    = { "effective", { "有效票数 {1}", "effective votes {1}" }, NULL },
    [M_FRACTION]     = { "effective_fraction", { "有效票数 {1}（{2}/{3}）", "effective votes {1} ({2}/{3})" }, NULL },
    [M_SHORT]        = { "short", { "支持者余额合计 {1}，不足所需 {2}，差 {3}", "its supporters have {1} left and it costs {2}: {3} are lacking" }, NULL },
    [M_REST]         = { "by_rest", { "第 {1} 个入选：按得票数使用余款，余款 {2}，所需 {3}", "taken as number {1} from what was left, by votes: {2} left, cost {3}" }, NULL },
    [M_NO_ROOM]      = { "no_room", { "余款 {1} 不足所需 {2}，差 {3}", "{1} is left over and it costs {2}: {3} are lacking" }, NULL },

    [M_BY_LOW_COST]  = { "by_low_cost", { "并列，所需资金少者在先", "equal: the lower cost goes first" }, NULL },
    [M_BY_HIGH_COST] = { "by_high_cost", { "并列，所需资金多者在先", "equal: the higher cost goes first" }, NULL },
    [M_BY_VOTES]     = { "by_votes", { "并列，得票多者在先", "equal: more votes go first" }, NULL },
    [M_BY_NUMBER]    = { "by_number", { "并列，编号小者在先", "equal: the lower number goes first" }, NULL },
    [M_BY_DRAW]      = { "by_draw", { "并列，按公开抽签的次序", "equal: as publicly drawn" }, NULL },

    [M_SHARE]        = { "share", { "{1} 票均分预算 {2}，每票 {3}", "{1} votes share the budget of {2} equally: {3} each" }, NULL },
    [M_NO_VOTERS]    = { "no_voters", { "没有选票", "there are no ballots" }, NULL },
    [M_RAISED]       = { "raised", { "每票份额逐次增加 {1}，采用第 {2} 次的结果，每票 {3}", "the share was raised by {1} again and again; the outcome of step {2} stands, with {3} each" }, NULL },
    [M_STOP_ABOVE]   = { "stop_above", { "再增加一次，入选项目将超出预算", "one more step would exceed the budget" }, NULL },
    [M_STOP_FULL]    = { "stop_exhaustive", { "余款已不足以再支持任何项目", "what is left pays for no further project" }, NULL },
    [M_STOP_ALL]     = { "stop_all", { "可以入选的项目均已入选", "every project that may be bought is in" }, NULL },
    [M_KEPT]         = { "kept", { "与按得票选取的结果比较：{1} 票在本结果中得到更多，{2} 票在按得票的结果中得到更多，维持本结果", "compared with the outcome by votes: {1} votes get more from this one and {2} from that; this one stands" }, NULL },
    [M_OUTVOTED]     = { "outvoted", { "{1} 票在均等份额法的结果中得到更多，{2} 票在按得票的结果中得到更多，采用按得票的结果", "{1} votes get more from the outcome of equal shares and {2} from the one by votes, which takes its place" }, NULL },
    [M_TOTAL]        = { "total", { "入选 {1} 项，合计 {2}，结余 {3}", "{1} projects for {2} in all, {3} left over" }, NULL },
    [M_DRAW]         = { "draw", { "条件完全相同，待公开抽签；一次抽签定全部次序", "equal in everything: a public draw is needed, one for all projects and all steps" }, NULL },
    [M_TOO_LONG]     = { "too_long", { "份额增加 {1} 次仍无结果：每次增加额 {2} 过小，未作决定", "{1} steps brought no end: steps of {2} are too small, nothing was decided" }, NULL },
};
/* clang-format on */
