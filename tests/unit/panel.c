/* Make-up of panels and interests: boundary 4, boundary 5, boundary 13. */
#include <criterion/criterion.h>

#include "core/base/time.h"
#include "core/domain/panel.h"

static const linli_panel law = {
    .at_least = 5, .experts = 2, .of = 3, .odd = true, .source = "财政部令第87号 §47"};

/* `size` seats, the first `experts` of them experts, the first one in the chair. */
static int sit(const linli_panel *rule, size_t size, size_t experts)
{
    static const char *const people[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    struct seat seats[9];
    struct err err;

    for (size_t i = 0; i < size; i++)
        seats[i] = (struct seat){people[i], people[i], i < experts, i == 0, true, false};
    return panel_fits(rule, seats, size, &err);
}

Test(panel, two_thirds_are_experts_exactly)
{
    cr_assert_eq(sit(&law, 5, 3), E_REFUSED);
    cr_assert_eq(sit(&law, 5, 4), 0);
    cr_assert_eq(sit(&law, 7, 4), E_REFUSED);
    cr_assert_eq(sit(&law, 7, 5), 0);
    cr_assert_eq(sit(&law, 9, 5), E_REFUSED);
    cr_assert_eq(sit(&law, 9, 6), 0);
    cr_assert_eq(sit(&(linli_panel){.at_least = 3, .experts = 2, .of = 3, .odd = true}, 3, 2), 0);
    cr_assert_eq(sit(&(linli_panel){.at_least = 3, .experts = 2, .of = 3, .odd = true}, 3, 1), E_REFUSED);
}

Test(panel, size_is_odd_and_large_enough)
{
    cr_assert_eq(sit(&law, 6, 6), E_REFUSED);
    cr_assert_eq(sit(&law, 3, 3), E_REFUSED);
    cr_assert_eq(sit(&(linli_panel){.at_least = 7, .experts = 2, .of = 3, .odd = true}, 5, 5), E_REFUSED);
    cr_assert_eq(sit(&(linli_panel){.at_least = 2}, 2, 1), 0);
}

Test(panel, who_sits_where)
{
    struct err err;
    struct seat seats[5] = {{"a", "a", true, false, true, false},
                            {"b", "b", true, false, true, false},
                            {"c", "c", true, false, true, false},
                            {"d", "d", true, false, true, false},
                            {"e", "e", false, true, true, true}};

    cr_assert_eq(panel_fits(&law, seats, 5, &err), E_REFUSED, "a representative in the chair");
    cr_assert_str_eq(err.at[0].pointer, "/members/4");
    seats[4].chair = false;
    cr_assert_eq(panel_fits(&law, seats, 5, &err), E_REFUSED, "nobody in the chair");
    seats[0].chair = true;
    cr_assert_eq(panel_fits(&law, seats, 5, &err), 0);
    seats[4].expert = true;
    cr_assert_eq(panel_fits(&law, seats, 5, &err), E_REFUSED, "the buyer's own people are no experts");
    seats[4].own = false;
    seats[4].evaluator = false;
    cr_assert_eq(panel_fits(&law, seats, 5, &err), E_REFUSED, "no evaluator");
    seats[4] = seats[0];
    cr_assert_eq(panel_fits(&law, seats, 5, &err), E_REFUSED, "sits twice");
    cr_assert_str_eq(err.at[0].code, "duplicate");
    seats[4] = (struct seat){.person = "a", .expert = true, .vacant = true};
    cr_assert_eq(panel_fits(&law, seats, 5, &err), 0, "who left a place does not sit twice");
    seats[0].chair = false;
    seats[4].chair = true;
    cr_assert_eq(panel_fits(&law, seats, 5, &err), 0, "the chair may be yet to come");
}

Test(panel, an_interest_lasts_three_years)
{
    const linli_date today = {date_of(2026, 11, 21)};
    struct tie tie = {"p", "o", "membership", {date_of(2023, 11, 22)}};

    cr_assert(tie_holds(&tie, 3, today), "2 years and 364 days ago");
    tie.until.day = date_of(2023, 11, 21);
    cr_assert(tie_holds(&tie, 3, today), "three years to the day");
    tie.until.day = date_of(2023, 11, 20);
    cr_assert_not(tie_holds(&tie, 3, today), "3 years and 1 day ago");
    tie.until.day = 0;
    cr_assert(tie_holds(&tie, 0, today), "still there");
    tie.until.day = date_of(2024, 2, 29);
    cr_assert(tie_holds(&tie, 1, (linli_date){date_of(2025, 2, 28)}));
    cr_assert_not(tie_holds(&tie, 1, (linli_date){date_of(2025, 3, 1)}));
    cr_assert(tie_holds(&tie, 76, (linli_date){date_of(2100, 2, 28)}));
    cr_assert_not(tie_holds(&tie, 76, (linli_date){date_of(2100, 3, 1)}), "2100 has no 29 February");
    cr_assert(tie_holds(&tie, 376, (linli_date){date_of(2400, 2, 29)}), "2400 has one");
    cr_assert_not(tie_holds(&tie, 376, (linli_date){date_of(2400, 3, 1)}));
    tie.until.day = date_of(2025, 1, 29);
    cr_assert(tie_holds(&tie, 1, (linli_date){date_of(2026, 1, 29)}), "the 29th of another month stays");
    tie.until.day = today.day;
    cr_assert(tie_holds(&tie, 0, today), "its last day");
}
