/* The text of merged statements. */
#include "core/store/merge.h"

#include <criterion/criterion.h>
#include <string.h>

Test(merge, every_parameter_is_asked_for_each)
{
    struct merge m;

    cr_assert(merge_make("one",
                         "SELECT t.x -- $9 isn't one\nFROM t WHERE t.office_id = $1::integer AND t.id = "
                         "$2::uuid AND t.y <> '$3' AND $1 > 0",
                         2, &m));
    cr_assert_str_eq(m.name, "one_many");
    cr_assert_str_eq(m.text, "SELECT asked_found.*, asked._asked FROM unnest($1::integer[], $2::uuid[]) WITH "
                             "ORDINALITY asked(p1, p2, _asked)\n"
                             "CROSS JOIN LATERAL (SELECT * FROM (\n"
                             "SELECT t.x -- $9 isn't one\nFROM t WHERE t.office_id = asked.p1::integer AND "
                             "t.id = asked.p2::uuid AND t.y <> '$3' AND asked.p1 > 0"
                             "\n) asked_one LIMIT ALL) asked_found");
    merge_free(&m);
    cr_assert_null(m.text);
}

Test(merge, some_cannot_be)
{
    static const struct {
        const char *text;
        int parameters;
    } wrong[] = {
        {"SELECT 1", 0},                          /* nothing differs */
        {"SELECT x FROM t LIMIT $1::integer", 1}, /* LIMIT takes no variable */
        {"SELECT x FROM t WHERE id > $1::uuid\nORDER BY id LIMIT\n$2::integer", 2},
        {"SELECT x FROM t WHERE id = $1", 1},                             /* no type */
        {"SELECT x FROM t WHERE id = ANY ($1::uuid[])", 1},               /* arrays of arrays have no NULL */
        {"SELECT x FROM t WHERE id = $1::uuid", 2},                       /* $2 is nowhere */
        {"SELECT x FROM t WHERE id = $2::uuid", 1},                       /* more than it takes */
        {"SELECT x FROM t WHERE n < $1::int AND m = $2::int LIMIT $1", 2} /* a limit that is compared too */
    };
    struct merge m;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_not(merge_make("wrong", wrong[i].text, wrong[i].parameters, &m), "%s", wrong[i].text);
}
