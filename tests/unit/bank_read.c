/*
 * What banks send back: pain.002 and camt.054 element by element as their message definitions have them,
 * tables as the counters of Chinese banks give them out, and what no bank would send.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/money/bank_read.h"

static struct arena *arena;
static struct buf seen;
static struct err err;
static const struct bank_entry *entries;
static size_t count;

static void setup(void)
{
    arena = arena_new(0);
}

static void teardown(void)
{
    buf_free(&seen);
    arena_free(arena);
}
TestSuite(bank_read, .init = setup, .fini = teardown);

static const char *const fields[] = {"reference", "amount", "outcome", "bank_ref", "booked", "reason"};
static const char *const titles[] = {"备注", "金额", "处理结果", "交易流水号", "交易日期", "失败原因"};
static const struct bank_columns columns = {fields, titles, LENGTH(fields)};

/* "reference|bank_ref|outcome|fen|day|reason;" of each, or what is wrong. */
static const char *read_bytes(enum bank_format format, const void *bytes, size_t size)
{
    static const char *const outcomes[] = {"settled", "failed", "returned", "other"};
    char day[DATE_TEXT];

    buf_clear(&seen);
    buf_text(&seen, "");
    entries = NULL, count = 0;
    err = (struct err){0};
    if (bank_read(format, arena, bytes, size, &columns, &entries, &count, &err)) {
        cr_expect(err.code == E_INVALID && strcmp(err.type, "file/unreadable") == 0 && err.zh[0], "%s: %s",
                  err.type, err.detail);
        return err.detail;
    }
    for (size_t i = 0; i < count && i < 100; i++) {
        const struct bank_entry *e = &entries[i];

        date_print(e->day, day);
        buf_printf(&seen, "%s|%s|%s|%lld|%s|%s;", e->reference ? e->reference : "", e->bank_ref,
                   outcomes[e->outcome], (long long)e->fen, e->day ? day : "", e->reason ? e->reason : "");
    }
    return seen.data;
}

static const char *read_text(enum bank_format format, const char *text)
{
    return read_bytes(format, text, strlen(text));
}

struct row {
    const char *text, *said;
};

static void all_said(enum bank_format format, const char *before, const struct row *rows, size_t n,
                     const char *after)
{
    for (size_t i = 0; i < n; i++)
        cr_expect_str_eq(read_text(format, arena_printf(arena, "%s%s%s", before, rows[i].text, after)),
                         rows[i].said, "%zu: %s", i, rows[i].text);
}

/* ---- pain.002 ---- */

#define STATUS(id, status, more)                                                                             \
    "<TxInfAndSts><OrgnlEndToEndId>" id "</OrgnlEndToEndId><TxSts>" status "</TxSts>" more "</TxInfAndSts>"

Test(bank_read, what_became_of_orders)
{
    static const struct row rows[] = {
        {STATUS("e1", "ACSC", ""), "e1|M1/e1|settled|0||;"},
        {STATUS("e1", "ACCC", ""), "e1|M1/e1|settled|0||;"},
        /* A number is the same with blanks around it, and no number where there are but blanks. */
        {STATUS("\n e1 ", " ACSC\n", "<AcctSvcrRef> B7\n</AcctSvcrRef>"), "e1|B7|settled|0||;"},
        {STATUS("e1", "ACSC", "<AcctSvcrRef> </AcctSvcrRef>"), "e1|M1/e1|settled|0||;"},
        {STATUS("e1", "ACSC", "<AcctSvcrRef/>"), "e1|M1/e1|settled|0||;"},
        {STATUS("e1", "RJCT", ""), "e1|M1/e1|failed|0||;"},
        {STATUS("e1", "PDNG", "") STATUS("e2", "ACSP", ""), "e1|M1/e1|other|0||;e2|M1/e2|other|0||;"},
        /* Nothing of one is kept for the next. */
        {STATUS(
             "e1", "RJCT",
             "<AcctSvcrRef>B7</AcctSvcrRef><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>账户已销户</AddtlInf>"
             "</StsRsnInf><OrgnlTxRef><Amt><InstdAmt Ccy='CNY'>1.5</InstdAmt></Amt></OrgnlTxRef>")
             STATUS("e2", "ACSC", ""),
         "e1|B7|failed|150||AC04 账户已销户;e2|M1/e2|settled|0||;"},
        {STATUS("e1", "RJCT", "<StsRsnInf><Rsn><Prtry>99</Prtry></Rsn></StsRsnInf>"),
         "e1|M1/e1|failed|0||99;"},
        {"<TxInfAndSts><TxSts>ACSC</TxSts></TxInfAndSts>", "|M1/-|settled|0||;"},
        /* Said of all at once: refused or taken as one, unless payments are named or nothing is said yet. */
        {"<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>AM10</Cd></Rsn></StsRsnInf>",
         "M1|M1/M1|failed|0||AM10;"},
        {"<PmtInfSts>ACSC</PmtInfSts>", "M1|M1/M1|settled|0||;"},
        {"<PmtInfSts>RJCT</PmtInfSts>" STATUS("e1", "RJCT", ""), "e1|M1/e1|failed|0||;"},
        {"<PmtInfSts>PDNG</PmtInfSts>", ""},
        /* What camt has is nothing here. */
        {"<Ntry><Amt>1</Amt></Ntry>", ""},
        {"", ""},
    };

    all_said(BANK_PAIN_002,
             "<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId></OrgnlGrpInfAndSts>"
             "<OrgnlPmtInfAndSts>",
             rows, LENGTH(rows), "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>");
    /* Names without anything around them. */
    cr_expect_str_eq(read_text(BANK_CAMT_054, "<BkToCstmrDbtCdtNtfctn/>"), "");
    cr_expect_str_eq(
        read_text(BANK_PAIN_002, "<CstmrPmtStsRpt>" STATUS("e1", "ACSC", "") "</CstmrPmtStsRpt>"),
        "e1|-/e1|settled|0||;");
}

/* ---- camt.054 ---- */

#define ENTRY(amount, way, status, more)                                                                     \
    "<n:Ntry><n:Amt Ccy='CNY'>" amount "</n:Amt><n:CdtDbtInd>" way "</n:CdtDbtInd>" status                   \
    "<n:BookgDt><n:Dt>2028-01-06</n:Dt></n:BookgDt><n:AcctSvcrRef>B1</n:AcctSvcrRef>" more "</n:Ntry>"
#define BOOKED           "<n:Sts><n:Cd>BOOK</n:Cd></n:Sts>"
#define DETAILS(more)    "<n:NtryDtls>" more "</n:NtryDtls>"
#define DETAIL(id, more) "<n:TxDtls><n:Refs><n:EndToEndId>" id "</n:EndToEndId></n:Refs>" more "</n:TxDtls>"
#define RETURN           "<n:RtrInf><n:Rsn><n:Cd>AC01</n:Cd></n:Rsn><n:AddtlInf>户名不符</n:AddtlInf></n:RtrInf>"
#define CAMT_BEGIN       "<n:Document xmlns:n='urn:x'><n:BkToCstmrDbtCdtNtfctn><n:Ntfctn>"
#define CAMT_END         "</n:Ntfctn></n:BkToCstmrDbtCdtNtfctn></n:Document>"

Test(bank_read, what_was_booked)
{
    static const struct row rows[] = {
        {ENTRY("5", "DBIT", BOOKED, DETAILS(DETAIL("e1", ""))), "e1|B1|settled|500|2028-01-06|;"},
        {ENTRY("5.0", "DBIT", "<n:Sts>BOOK</n:Sts>", DETAILS(DETAIL("e1", ""))),
         "e1|B1|settled|500|2028-01-06|;"},
        {ENTRY("5.00", "DBIT", "<n:Sts>PDNG</n:Sts>", DETAILS(DETAIL("e1", ""))),
         "e1|B1|other|500|2028-01-06|;"},
        {ENTRY("5.00", "DBIT", "", DETAILS(DETAIL("e1", ""))), "e1|B1|other|500|2028-01-06|;"},
        {ENTRY("5.00", "CRDT", BOOKED, DETAILS(DETAIL("e1", RETURN))),
         "e1|B1|returned|500|2028-01-06|AC01 户名不符;"},
        {ENTRY("5.00", "CRDT", BOOKED,
               DETAILS(DETAIL("e1", "<n:RtrInf><n:Rsn><n:Prtry>Q</n:Prtry></n:Rsn></n:RtrInf>"))),
         "e1|B1|returned|500|2028-01-06|Q;"},
        {ENTRY("5.00", "CRDT", BOOKED, DETAILS(DETAIL("e1", ""))), "e1|B1|other|500|2028-01-06|;"},
        {ENTRY("5.00", "CRDT", "<n:Sts>PDNG</n:Sts>", DETAILS(DETAIL("e1", RETURN))),
         "e1|B1|other|500|2028-01-06|AC01 户名不符;"},
        {ENTRY("5.00", "DBIT", "<n:Sts><n:Prtry>BOOK</n:Prtry></n:Sts>", DETAILS(DETAIL("e1", ""))),
         "e1|B1|other|500|2028-01-06|;"},
        /* What was booked before is taken back: our payment comes back; a credit that was taken back is none.
         */
        {ENTRY("5.00", "CRDT", "<n:RvslInd>true</n:RvslInd>" BOOKED, DETAILS(DETAIL("e1", ""))),
         "e1|B1|returned|500|2028-01-06|;"},
        {ENTRY("5.00", "CRDT", "<n:RvslInd>1</n:RvslInd>" BOOKED, DETAILS(DETAIL("e1", ""))),
         "e1|B1|returned|500|2028-01-06|;"},
        {ENTRY("5.00", "CRDT", "<n:RvslInd>false</n:RvslInd>" BOOKED, DETAILS(DETAIL("e1", ""))),
         "e1|B1|other|500|2028-01-06|;"},
        {ENTRY("5.00", "DBIT", "<n:RvslInd>true</n:RvslInd>" BOOKED, DETAILS(DETAIL("e1", ""))),
         "e1|B1|other|500|2028-01-06|;"},
        {ENTRY("5.00", "DBIT", "<n:RvslInd>true</n:RvslInd>" BOOKED, DETAILS(DETAIL("e1", "")))
             ENTRY("6.00", "DBIT", BOOKED, DETAILS(DETAIL("e2", ""))),
         "e1|B1|other|500|2028-01-06|;e2|B1|settled|600|2028-01-06|;"},
        /* As people lay it out. */
        {"\n <n:Ntry>\n  <n:Amt>5</n:Amt>\n  <n:AcctSvcrRef>B1</n:AcctSvcrRef>\n  <n:NtryDtls>\n   "
         "<n:TxDtls>\n    "
         "<n:Refs>\n     <n:EndToEndId>e1</n:EndToEndId>\n    </n:Refs>\n   </n:TxDtls>\n  </n:NtryDtls>\n "
         "</n:Ntry>\n",
         "e1|B1|other|500||;"},
        /* Without details the entry itself. */
        {ENTRY("5.00", "DBIT", BOOKED, ""), "|B1|other|500|2028-01-06|;"},
        {"<n:Ntry><n:Amt>5</n:Amt></n:Ntry>", "|-/-|other|500||;"},
        {"<n:Ntry><n:NtryDtls><n:TxDtls/></n:NtryDtls></n:Ntry>", "|-/-|other|0||;"},
        /* Several in one entry, of which the bank gives one number: each has one of its own. */
        {ENTRY("7.00", "CRDT", BOOKED,
               DETAILS(DETAIL("e1", "<n:Amt>3.00</n:Amt>" RETURN)
                           DETAIL("e2", "<n:AmtDtls><n:TxAmt><n:Amt>4.00</n:Amt></n:TxAmt></n:AmtDtls>"))),
         "e1|B1|returned|300|2028-01-06|AC01 户名不符;e2|B1/2|other|400|2028-01-06|;"},
        {ENTRY("7.00", "DBIT", BOOKED,
               DETAILS("<n:TxDtls><n:Refs><n:AcctSvcrRef>B8</n:AcctSvcrRef></n:Refs></n:TxDtls>")),
         "|B8|settled|700|2028-01-06|;"},
        {ENTRY("7.00", "DBIT", BOOKED,
               DETAILS("<n:TxDtls><n:Refs><n:EndToEndId>\t e1</n:EndToEndId><n:AcctSvcrRef> B8\n"
                       "</n:AcctSvcrRef></n:Refs></n:TxDtls>")),
         "e1|B8|settled|700|2028-01-06|;"},
        /* Nothing of one entry is kept for the next. */
        {ENTRY("5.00", "CRDT", BOOKED, DETAILS(DETAIL("e1", RETURN))) "<n:Ntry><n:NtryDtls>" DETAIL(
             "e2", "") "</n:NtryDtls></n:Ntry><n:Ntry><n:Amt>2</n:Amt></n:Ntry>",
         "e1|B1|returned|500|2028-01-06|AC01 户名不符;e2|-/e2|other|0||;|-/-|other|200||;"},
        {ENTRY("5.00", "DBIT", BOOKED, DETAILS(DETAIL("e1", "")))
             ENTRY("6.00", "DBIT", "", DETAILS(DETAIL("e2", ""))),
         "e1|B1|settled|500|2028-01-06|;e2|B1|other|600|2028-01-06|;"},
        {ENTRY("5.00", "CRDT", BOOKED,
               DETAILS(DETAIL("e1", ""))) "<n:Ntry>" BOOKED DETAILS(DETAIL("e2", "")) "</n:Ntry>",
         "e1|B1|other|500|2028-01-06|;e2|-/e2|settled|0||;"},
        {"<n:Ntry><n:BookgDt><n:DtTm>2028-02-29T08:00:00+08:00</n:DtTm></n:BookgDt></n:Ntry>",
         "|-/-|other|0|2028-02-29|;"},
        /* What pain has is nothing here. */
        {"<n:TxInfAndSts><n:TxSts>ACSC</n:TxSts></n:TxInfAndSts>", ""},
    };

    all_said(BANK_CAMT_054, CAMT_BEGIN, rows, LENGTH(rows), CAMT_END);
}

Test(bank_read, amounts_and_days_of_a_message)
{
    static const struct row amounts[] = {
        {"1000000000000.00", "|-/-|other|100000000000000||;"},
        {"1000000000000.01", "line 1: an amount cannot be read"},
        {"1000000000000000.00", "line 1: an amount cannot be read"},
        {"00000000000000000005", "line 1: an amount cannot be read"},
        {"0.01", "|-/-|other|1||;"},
        {"5.000", "line 1: an amount cannot be read"},
        {"5.", "line 1: an amount cannot be read"},
        {"-5", "line 1: an amount cannot be read"},
        {"5,000.00", "line 1: an amount cannot be read"},
        {"1111111111222222222233333333334444444444", "line 1: an amount cannot be read"},
        {"", "line 1: an amount cannot be read"},
    };
    static const struct row days[] = {
        {"2028-02-30", "line 1: a date cannot be read"},
        {"20280106", "line 1: a date cannot be read"},
        {"", "line 1: a date cannot be read"},
    };

    all_said(BANK_CAMT_054, CAMT_BEGIN "<n:Ntry><n:Amt>", amounts, LENGTH(amounts),
             "</n:Amt></n:Ntry>" CAMT_END);
    all_said(BANK_CAMT_054, CAMT_BEGIN "<n:Ntry><n:BookgDt><n:Dt>", days, LENGTH(days),
             "</n:Dt></n:BookgDt></n:Ntry>" CAMT_END);
}

/* ---- no bank sends that ---- */

/* `n` elements of `size` letters, each in the one before. */
static const char *nested(const char *root, size_t n, size_t size)
{
    struct buf b = {0};

    buf_printf(&b, "<%s>", root);
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "<%0*d>", (int)size, 0);
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "</%0*d>", (int)size, 0);
    buf_printf(&b, "</%s>", root);
    for (size_t i = 0; i < b.size; i++)
        if (b.data[i] == '0')
            b.data[i] = 'a';
    const char *text = arena_ndup(arena, b.data, b.size);
    buf_free(&b);
    return text;
}

Test(bank_read, limits_of_a_message)
{
    static const char *const deep = "line 1: it is nested too deep";
    const char *root = "CstmrPmtStsRpt"; /* 14 letters and a slash */
    char *bytes;

    cr_expect_str_eq(read_text(BANK_PAIN_002, nested(root, 31, 1)), "");
    cr_expect_str_eq(read_text(BANK_PAIN_002, nested(root, 32, 1)), deep);
    /* The path of names: 511 bytes and its end. */
    cr_expect_str_eq(read_text(BANK_PAIN_002, nested(root, 1, 495)), "");
    cr_expect_str_eq(read_text(BANK_PAIN_002, nested(root, 1, 496)), deep);
    cr_expect_str_eq(read_text(BANK_PAIN_002, nested(root, 8, 61)), "");
    cr_expect_str_eq(read_text(BANK_PAIN_002, nested(root, 8, 62)), deep);
    /* The content of one element. */
    cr_expect_str_eq(read_text(BANK_PAIN_002, arena_printf(arena, "<%s><a>%04096d</a></%s>", root, 0, root)),
                     "");
    cr_expect_str_eq(read_text(BANK_PAIN_002, arena_printf(arena, "<%s><a>%04097d</a></%s>", root, 0, root)),
                     "line 1: an element is too long");
    /* The file. */
    bytes = malloc(BANK_FILE_MAX + 1);
    cr_assert(bytes);
    memset(bytes, ' ', BANK_FILE_MAX + 1);
    memcpy(bytes, "<CstmrPmtStsRpt/>", 17);
    cr_expect_str_eq(read_bytes(BANK_PAIN_002, bytes, BANK_FILE_MAX), "");
    cr_expect_str_eq(read_bytes(BANK_PAIN_002, bytes, BANK_FILE_MAX + 1), "it is too large");
    free(bytes);
}

Test(bank_read, not_a_message)
{
    static const struct row rows[] = {
        {"<?xml version='1.0'?>\n<!DOCTYPE d [<!ENTITY a 'b'>]>\n<CstmrPmtStsRpt>&a;</CstmrPmtStsRpt>",
         "line 2: a document type is not allowed"},
        {"<BkToCstmrDbtCdtNtfctn/>", "it is another kind of message"},
        {"", "it is another kind of message"},
        {"<CstmrPmtStsRpt>\n<a></CstmrPmtStsRpt>", "line 2: mismatched tag"},
        {"<CstmrPmtStsRpt>", "line 1: no element found"},
        {"<CstmrPmtStsRpt/><b/>", "line 1: junk after document element"},
        {"<CstmrPmtStsRpt>&b;</CstmrPmtStsRpt>", "line 1: undefined entity"},
    };

    all_said(BANK_PAIN_002, "", rows, LENGTH(rows), "");
    cr_expect_str_eq(read_text(BANK_CAMT_054, "<CstmrPmtStsRpt/>"), "it is another kind of message");
    cr_expect_str_eq(err.zh, "报文无法读取（第 1 行）：类型不符或者不是合法的XML");
}

/* ---- tables ---- */

Test(bank_read, tables)
{
    static const struct row rows[] = {
        {"e1,\"500.00\",成功,C-1,20280106,\r\n", "e1|C-1|settled|50000|2028-01-06|;"},
        {"e1,\"1,234,567.5\",已支付,C-1,2028-02-29,\r\n", "e1|C-1|settled|123456750|2028-02-29|;"},
        {"e1,5,交易成功,,2028-01-06T10:00:00,\n", "e1|-/e1|settled|500|2028-01-06|;"},
        {"e1,5,settled,,,", "e1|-/e1|settled|500||;"},
        {"e1,5,失败,,,户名不符", "e1|-/e1|failed|500||户名不符;"},
        {"e1,5,交易失败,,,", "e1|-/e1|failed|500||;"},
        {"e1,5,failed,,,", "e1|-/e1|failed|500||;"},
        {"e1,5,退票,,,", "e1|-/e1|returned|500||;"},
        {"e1,5,退回,,,", "e1|-/e1|returned|500||;"},
        {"e1,5,returned,,,", "e1|-/e1|returned|500||;"},
        {"e1,5,处理中,,,", "e1|-/e1|other|500||;"},
        {"e1,5,支付成功,,,", "e1|-/e1|settled|500||;"},
        {"e1,5,拒绝,,,", "e1|-/e1|failed|500||;"},
        {"e1,5,支付异常,,,", "row 2: an outcome is a word nobody knows"},
        {"e1,5,,,,", "row 2: its outcome is missing"},
        {"e1,5,成功\r\ne2,5", "row 3: its outcome is missing"},
        {"合计,,,,,", "row 2: its outcome is missing"},
        {",5,,,,", "|-|other|500||;"},
        {"e1,,成功,,,", "e1|-/e1|settled|0||;"},
        {",5,成功,,,", "|-|settled|500||;"},
        /* Our own guard against formulas; nothing of one row is kept for the next; empty rows are none. */
        {"'e1,'5,'失败,'C-1,'20280106,'=a\r\n,,,,,\r\n\r\ne2,,成功,,,\r\n",
         "e1|C-1|failed|500|2028-01-06|=a;e2|-/e2|settled|0||;"},
        {"\" e1 \",5,成功,\" C-1\t\",,", "e1|C-1|settled|500||;"},
        {",5,成功,\" \",,", "|-|settled|500||;"},
        {"e1,5,成功,\" \",,", "e1|-/e1|settled|500||;"},
        {"e1,1000000000000.00,成功", "e1|-/e1|settled|100000000000000||;"},
        {"e1,1000000000000.01,成功", "row 2: an amount cannot be read"},
        {"e1,\"1,000,000,000,000,000,000.00\",成功", "row 2: an amount cannot be read"},
        {"e1,1111111111222222222233333333334444444444,成功", "row 2: an amount cannot be read"},
        {"e1,1,成功\r\ne2,abc,成功\r\ne3,x,成功", "row 3: an amount cannot be read"},
        {"e1,-5,成功", "row 2: an amount cannot be read"},
        {"e1,5.,成功", "row 2: an amount cannot be read"},
        {"e1,1,成功,,2028-02-30", "row 2: a date cannot be read"},
        {"e1,1,成功,,20280230", "row 2: a date cannot be read"},
        {"e1,1,成功,,2028/1/6", "row 2: a date cannot be read"},
        {"e1,\"a\"b,成功", "row 2: a quote is out of place"},
        {"e1,1,成功\r\n\"e2,1,成功", "row 3: a quote is out of place"},
    };

    all_said(BANK_CSV, "备注,金额,处理结果,交易流水号,交易日期,失败原因\r\n", rows, LENGTH(rows), "");
    /* A column nobody asked for may hold anything; the guard is in titles too. */
    cr_expect_str_eq(read_text(BANK_CSV, "'处理结果,余额,备注\r\n成功,abc,e1\r\n"), "e1|-/e1|settled|0||;");
    cr_expect_str_eq(read_text(BANK_CSV, "\xEF\xBB\xBF备注,处理结果\r\ne1,成功\r\n"), "e1|-/e1|settled|0||;");
    cr_expect_str_eq(read_text(BANK_CSV, "\xEF\xBB\xBF备注,处理结果\ne1,成功"), "e1|-/e1|settled|0||;");
    cr_expect_str_eq(read_text(BANK_CSV, "\xB1\xB8\xD7\xA2,\xB4\xA6\xC0\xED\xBD\xE1\xB9\xFB\r\ne1,"
                                         "\xB3\xC9\xB9\xA6\r\n"),
                     "e1|-/e1|settled|0||;", "GB18030: %s", err.detail);
    cr_expect_str_eq(read_text(BANK_CSV, "\xFF\xFF"), "neither UTF-8 nor GB18030");
    cr_expect_str_eq(read_text(BANK_CSV, "备注,金额\r\ne1,5"),
                     "row 1: its first row has not the titles of the map");
    cr_expect_str_eq(read_text(BANK_CSV, "处理结果,金额\r\n成功,5"),
                     "row 1: its first row has not the titles of the map");
    cr_expect_str_eq(read_text(BANK_CSV, ""), "row 1: its first row has not the titles of the map");
    cr_expect_str_eq(err.zh, "第 1 行：首行没有列名映射中的标题");
    cr_expect_str_eq(read_text(BANK_CSV, "\xEF"), "neither UTF-8 nor GB18030");
}

Test(bank_read, limits_of_a_table)
{
    static const char *const full = "row 2: it has too many columns, or a cell is too long";
    const char *head = "备注,处理结果,失败原因\r\n";
    struct buf b = {0};

    cr_expect_str_eq(read_text(BANK_CSV, arena_printf(arena, "%se1,成功,%01000d", head, 0)),
                     arena_printf(arena, "e1|-/e1|settled|0||%01000d;", 0));
    cr_expect_str_eq(read_text(BANK_CSV, arena_printf(arena, "%se1,成功,%01001d", head, 0)), full);
    /* A hundred columns, the last one named; and one more. */
    for (int i = 0; i < 98; i++)
        buf_char(&b, ',');
    const char *commas = arena_ndup(arena, b.data, b.size);
    cr_expect_str_eq(read_text(BANK_CSV, arena_printf(arena, "备注,%s处理结果\ne1,%s成功", commas, commas)),
                     "e1|-/e1|settled|0||;");
    cr_expect_str_eq(read_text(BANK_CSV, arena_printf(arena, "备注,处理结果,%s\ne1,成功", commas)),
                     "row 1: it has too many columns, or a cell is too long");
    cr_expect_str_eq(read_text(BANK_CSV, arena_printf(arena, "备注,处理结果,%s备注\ne1,成功", commas)),
                     "row 1: it has too many columns, or a cell is too long");
    /* A hundred thousand entries; and one more. */
    buf_clear(&b);
    buf_text(&b, head);
    for (int i = 0; i < BANK_ENTRIES_MAX; i++)
        buf_printf(&b, "%d,成功,\n", i);
    cr_expect_str_neq(read_text(BANK_CSV, b.data), err.detail);
    cr_assert_eq(count, BANK_ENTRIES_MAX);
    for (int i = 0; i < BANK_ENTRIES_MAX; i++)
        cr_assert(atoi(entries[i].reference) == i && entries[i].outcome == BANK_SETTLED, "%d", i);
    buf_text(&b, "x,成功,\n");
    cr_expect_str_eq(read_text(BANK_CSV, b.data), "row 100002: it has too many entries");
    buf_free(&b);
}

/* A message as long. */
Test(bank_read, entries_of_a_message)
{
    struct buf b = {0};

    buf_text(&b, "<CstmrPmtStsRpt>");
    for (int i = 0; i < BANK_ENTRIES_MAX; i++)
        buf_text(&b, "<TxInfAndSts/>");
    const size_t size = b.size;
    buf_text(&b, "</CstmrPmtStsRpt>");
    (void)read_text(BANK_PAIN_002, b.data);
    cr_expect(err.code == 0 && count == BANK_ENTRIES_MAX, "%zu, %s", count, err.detail);
    b.size = size;
    buf_text(&b, "<TxInfAndSts/></CstmrPmtStsRpt>");
    cr_expect_str_eq(read_text(BANK_PAIN_002, b.data), "line 1: it has too many entries");
    buf_free(&b);
}

/* ---- workbooks ---- */

struct cell {
    uint32_t row;
    uint16_t column;
    const char *text;
};

static const char *booked(const struct cell *cells, size_t n)
{
    char path[] = "/tmp/linli-bank-XXXXXX", *bytes = malloc(BANK_FILE_MAX);
    const int file = mkstemp(path);
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    const char *said;

    cr_assert(file >= 0 && bytes && sheet);
    for (size_t i = 0; i < n; i++)
        worksheet_write_string(sheet, cells[i].row, cells[i].column, cells[i].text, NULL);
    cr_assert_eq(workbook_close(book), LXW_NO_ERROR);
    const ssize_t size = read(file, bytes, BANK_FILE_MAX);
    cr_assert(size > 0);
    said = read_bytes(BANK_XLSX, bytes, (size_t)size);
    close(file);
    unlink(path);
    free(bytes);
    return said;
}
#define BOOK(...) booked((const struct cell[]){__VA_ARGS__}, LENGTH(((const struct cell[]){__VA_ARGS__})))

/* ---- and what a text that is said once, and named often, may come to ---- */

static const char *kept(size_t last)
{
    enum { WHOLE = 67108 };
    struct cell *cells = malloc((WHOLE + 4) * sizeof *cells);
    static char thousand[1001], rest[1001];
    const char *said;

    cr_assert(cells);
    memset(thousand, 'a', 1000);
    memset(rest, 'b', 1000);
    rest[last] = '\0';
    cells[0] = (struct cell){0, 0, "失败原因"}, cells[1] = (struct cell){0, 1, "处理结果"};
    cells[2] = (struct cell){0, 2, "备注"};
    for (uint32_t i = 0; i < WHOLE; i++)
        cells[3 + i] = (struct cell){i + 1, 0, thousand};
    cells[3 + WHOLE] = (struct cell){WHOLE + 1, 0, rest};
    said = booked(cells, WHOLE + 4);
    free(cells);
    return said;
}

Test(bank_read, workbooks)
{
    cr_expect_str_eq(BOOK({0, 0, "备注"}, {0, 2, "处理结果"}, {3, 0, "e1"}, {3, 2, "成功"}, {4, 2, "失败"}),
                     "e1|-/e1|settled|0||;|-|failed|0||;");
    cr_expect_str_eq(BOOK({0, 0, "备注"}, {0, 1, "处理结果"}, {0, 2, "金额"}, {4, 2, "x"}, {6, 2, "y"}),
                     "row 5: an amount cannot be read");
    cr_expect_str_eq(BOOK({2, 0, "备注"}, {2, 1, "处理结果"}, {3, 0, "e1"}, {3, 1, "成功"}),
                     "e1|-/e1|settled|0||;");
    cr_expect_str_eq(BOOK({2, 0, "备注"}, {2, 1, "金额"}),
                     "row 1: its first row has not the titles of the map");
    cr_expect_str_eq(read_text(BANK_XLSX, "PK"), "it is no XLSX file with a sheet");
    /* 64 MiB of texts; and a byte more. */
    (void)kept(864);
    cr_expect(err.code == 0 && count == 67109, "%zu, %s", count, err.detail);
    cr_expect_str_eq(kept(865), "row 67110: it holds too much");
}
