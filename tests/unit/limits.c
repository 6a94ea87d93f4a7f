/*
 * What callers may send to the acts on money, as tests/data/money_limits.csv promises it: of a text how short
 * and how long, of a number how small and how great, of a list how many, and what has to be there.  Whoever
 * changes a limit changes the promise with it.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/options.h"

/* clang-format off */
#define FORMS(X) \
    X(appropriation_create) X(appropriation_last_day) X(appropriation_supplement) X(bank_file_read) \
    X(batch_day) X(batch_make) X(batch_refuse) X(batch_result) X(bond_add) X(bond_keep) X(bond_return) \
    X(budget_account) X(budget_set) X(budget_shift) X(budget_shift_refuse) X(column_map_set) \
    X(contract_late_rate) X(contract_renew) X(deduction_add) X(deduction_refuse) X(evidence_enter) \
    X(evidence_refuse) X(fee_add) X(fund_account_add) X(fund_create) X(gift_record) X(gift_reverse) X(hold_lift) \
    X(hold_place) X(payment_order) X(payment_refuse) X(payment_return) X(payment_settle) X(promise_record) X(promise_withdraw) \
    X(recovery_approve) X(recovery_demand) X(recovery_receive) X(recovery_refuse) X(recovery_set_off) \
    X(recovery_write_off) X(renewal_refuse) X(reversal_propose) X(shares_fix) X(transfer_propose) \
    X(transfer_refuse) X(voucher_add) X(voucher_reverse)
/* clang-format on */
#define DECLARED(name) extern const struct form form_##name;
FORMS(DECLARED)

static void tell(FILE *out, const char *of, const linli_option *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const linli_option *r = &rows[i];
        char name[200];

        snprintf(name, sizeof name, "%s.%s", of, r->name);
        fprintf(out, "%s,%s,%lld,%lld\n", name, r->required ? "required" : "", (long long)r->low,
                (long long)r->high);
        if (r->item)
            tell(out, name, r->item, r->item_count);
    }
}

Test(limits, of_money)
{
    char *text = NULL, path[] = SOURCE_DIR "/tests/data/money_limits.csv", line[300];
    size_t size = 0;
    FILE *told = open_memstream(&text, &size), *promised = fopen(path, "r");

    cr_assert(told && promised);
#define TOLD(name) tell(told, #name, form_##name.rows, form_##name.count);
    FORMS(TOLD)
    cr_assert_eq(fclose(told), 0);
    cr_assert(fgets(line, sizeof line, promised)); /* its heading */
    for (const char *at = text; *at;) {
        const size_t n = strcspn(at, "\n") + 1;

        cr_assert(fgets(line, sizeof line, promised), "not promised: %.*s", (int)n, at);
        cr_assert(strlen(line) == n && memcmp(line, at, n) == 0, "promised %sis %.*s", line, (int)n, at);
        at += n;
    }
    cr_assert_not(fgets(line, sizeof line, promised), "gone: %s", line);
    fclose(promised);
    free(text);
}
