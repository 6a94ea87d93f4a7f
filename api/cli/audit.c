/* linli audit: looks at all the money there is, and names each place where a promise of the ledger is broken.
 */
#include <stdio.h>
#include <sysexits.h>

#include "api/cli/admin.h"
#include "api/cli/cli.h"

int cli_audit(int argc, char **argv);

/* Each statement gives a row for each violation: office_id and what, in a sentence. */
static const struct {
    enum statement_id statement;
    const char *name, *zh, *en;
} promises[] = {
    {Q_audit_balanced, "balanced", "每笔凭证借贷相等",
     "every journal has two lines or more, as much debit as credit"},
    {Q_audit_overdraft, "overdraft", "除来源外任何时点余额不为负",
     "no account but authority was ever below zero"},
    {Q_audit_conserved, "conserved", "各项之和等于下达金额",
     "the accounts of an appropriation add up to what was granted"},
    {Q_audit_totals, "totals", "余额等于分录之和", "what an account holds is the sum of its lines"},
    {Q_audit_reversed, "reversed", "冲正一次且金额相符",
     "a journal is reversed once, by its mirror image, by two people"},
    {Q_audit_sealed, "sealed", "凭证入账后未增改", "no journal was added to or changed after it was posted"},
    {Q_audit_tranches, "tranches", "各期合计等于合同金额", "the tranches of a contract add up to it"},
    {Q_audit_payments, "payments", "每期至多一笔有效付款",
     "a tranche has one live payment, a bank reference one payment"},
    {Q_audit_persons, "persons", "经办与审批不是同一人", "who made a thing did not approve it"},
    {Q_audit_contracts, "contracts", "合同金额等于占用、支付与退还之和",
     "what a contract bound, let out, paid and got back agrees with its tranches"},
    {Q_audit_renewed, "renewed", "逐年续签的合同，上年考核合格，由当年预算支付",
     "another year follows one that was found good, from the money of its own year"},
    {Q_audit_crossing, "crossing", "凭证在各预算指标内平衡，资金不跨指标",
     "no journal carries money from one appropriation to another"},
    {Q_audit_transfers, "transfers", "调剂与收回经两人同意，改变限定用途有捐赠人同意",
     "money moves to another appropriation or lapses as two people agreed, with the donor's consent"},
    {Q_audit_batches, "batches", "批次金额、笔数、状态与明细一致",
     "a batch has as many payments, as much money and the state that its lines say"},
    {Q_audit_amounts, "amounts", "金额在 1 分至 10^15 分之间", "every amount is 1 fen to 10^15 fen"},
    {Q_audit_keys, "keys", "同一幂等键只有一个回答", "a key was answered once"},
    {Q_audit_logged, "logged", "每笔凭证都有事件", "every journal has its event"},
    {Q_audit_entitled, "entitled", "付款有立项、合同与验收",
     "nothing is paid without award, contract, release and acceptance"},
};

static void cut(size_t i, const struct err *err)
{
    printf("CUT   %-10s 未能检查：%s could not be checked: %s\n", promises[i].name, err->zh, err->detail);
}

/* How many times this promise is broken; -1: it could not be asked. */
static long look(struct admin *admin, size_t i)
{
    struct rows *rows = NULL;
    struct err err = {0};

    if (admin_ask(admin, promises[i].statement, NULL, 0, &rows, &err)) {
        cut(i, &err);
        return -1;
    }
    if (rows_count(rows) == 0)
        printf("ok    %-10s %s %s\n", promises[i].name, promises[i].zh, promises[i].en);
    for (size_t r = 0; r < rows_count(rows); r++)
        printf("FAIL  %-10s office %lld: %s\n", promises[i].name, (long long)row_int(rows, r, "office_id"),
               row_text(rows, r, "what"));
    return (long)rows_count(rows);
}

/* Asks them all; where the database is gone, those that are left are named. */
static size_t look_all(struct admin *admin, long *ret_broken)
{
    struct err gone = {0};
    size_t asked = 0;
    bool away = false;

    for (size_t i = 0; i < LENGTH(promises); i++) {
        const long found = away ? -1 : look(admin, i);

        if (away)
            cut(i, &gone);
        else if (found < 0)
            away = store_ping(admin->service.store, &gone) != 0;
        asked += found >= 0;
        *ret_broken += found > 0 ? found : 0;
    }
    return asked;
}

struct audit {
    const char *file;
};

int cli_audit(int argc, char **argv)
{
    static const struct cli_option arguments[] = {CLI_CONFIG(audit)};
    static const struct cli_command command = {
        CLI_ROWS(arguments),
        .help = "Checks every promise of the ledger over the whole database and names each violation (at "
                "most 1000 of a kind)."
                "\vExit: 0 all hold, 65 one is broken, 69 the database could not be opened, 75 cut off: not "
                "all could be checked (each is named, CUT), 78 the configuration is wrong.",
    };
    struct audit options = {0};
    struct admin admin;
    long broken = 0;

    cli_parse(&command, argc, argv, &options);
    const int closed = admin_open(&admin, options.file);
    if (closed)
        return closed;
    setvbuf(stdout, NULL, _IOLBF, 0); /* a city takes an hour, and what was found is to be seen */
    const size_t asked = look_all(&admin, &broken);
    admin_close(&admin);
    if (asked < LENGTH(promises)) {
        printf("%zu of %zu promises checked, %ld violations: cut off\n", asked, LENGTH(promises), broken);
        return EX_TEMPFAIL;
    }
    printf("%zu promises, %ld violations\n", LENGTH(promises), broken);
    return broken ? EX_DATAERR : EX_OK;
}
