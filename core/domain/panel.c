/* Make-up of panels and interests. */
#include "core/domain/panel.h"

#include <stdio.h>
#include <string.h>

#include "core/base/time.h"

static void seat_at_fault(struct err *err, size_t seat, const char *code, const char *text, const char *zh)
{
    char pointer[32];

    snprintf(pointer, sizeof pointer, "/members/%zu", seat);
    err_at(err, pointer, code, text, zh);
}

static int unfit(struct err *err, const linli_panel *rule, const char *text, const char *zh)
{
    err_set(err, E_REFUSED, "panel/unfit", "%s", text);
    err_zh(err, "%s", zh);
    if (rule->source)
        err_article(err, rule->source);
    return E_REFUSED;
}

static int seats_fit(const linli_panel *rule, const struct seat *seats, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        const char *code = NULL, *text = NULL, *zh = NULL;

        if (seats[i].vacant)
            continue;
        for (size_t j = 0; j < i; j++)
            if (!seats[j].vacant && strcmp(seats[i].person, seats[j].person) == 0)
                code = "duplicate", text = "sits twice", zh = "同一人不能重复";
        if (!seats[i].evaluator)
            code = "role", text = "is no evaluator here", zh = "不是本单位可用的评审人员";
        else if (seats[i].expert && seats[i].own)
            code = "own", text = "works for the buyer and sits as its representative",
            zh = "本单位人员只能作为采购人代表";
        else if (seats[i].chair && !seats[i].expert)
            code = "chair", text = "a representative may not chair", zh = "采购人代表不得担任组长";
        if (!code)
            continue;
        unfit(err, rule, "the panel may not be made up like this", "评审小组成员不符合规定");
        seat_at_fault(err, i, code, text, zh);
        return E_REFUSED;
    }
    return 0;
}

int panel_fits(const linli_panel *rule, const struct seat *seats, size_t count, struct err *err)
{
    int64_t experts = 0, chairs = 0;
    int status = seats_fit(rule, seats, count, err);

    if (status)
        return status;
    for (size_t i = 0; i < count; i++) {
        experts += seats[i].expert;
        chairs += seats[i].chair;
    }
    if ((int64_t)count < rule->at_least) {
        err_set(err, E_REFUSED, "panel/unfit", "the panel has %zu members and needs at least %lld", count,
                (long long)rule->at_least);
        err_zh(err, "评审小组现有 %zu 人，至少应有 %lld 人", count, (long long)rule->at_least);
        if (rule->source)
            err_article(err, rule->source);
        return E_REFUSED;
    }
    if (rule->odd && count % 2 == 0)
        return unfit(err, rule, "the panel must have an odd number", "评审小组人数应当为单数");
    if (rule->of > 0 && experts * rule->of < (int64_t)count * rule->experts)
        return unfit(err, rule, "there are too few outside experts", "评审专家比例不足");
    if (chairs != 1)
        return unfit(err, rule, "the panel needs one chair", "评审小组应当有一名组长");
    return 0;
}

bool tie_holds(const struct tie *tie, int64_t years, linli_date today)
{
    int year, month, day, last;

    if (tie->until.day == 0 || tie->until.day >= today.day)
        return true;
    date_split(tie->until.day, &year, &month, &day);
    year += (int)years;
    last = month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0)) ? 28 : day;
    return today.day <= date_of(year, month, last);
}
