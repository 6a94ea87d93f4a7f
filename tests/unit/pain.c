/* pain.001.001.09: element by element as its message definition orders them, and as short as it asks. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/money/pain.h"

static char *text;
static size_t size;
static FILE *file;

static void setup(void)
{
    file = open_memstream(&text, &size);
    cr_assert(file);
}

static const char *said(void)
{
    cr_assert_eq(fclose(file), 0);
    return text;
}

static void teardown(void)
{
    free(text);
}
TestSuite(pain, .init = setup, .fini = teardown);

Test(pain, a_batch)
{
    struct pain_head h = {
        .id = "B1", .count = 2, .sum_fen = 50150, .payer = "街道办", .payer_account = "6222001"};

    cr_assert(time_parse("2028-01-05T16:30:00Z", &h.made_us));
    cr_assert(date_parse("2028-01-07", &h.day));
    h.payer_bank = "工商银行", h.payer_bank_code = "102290000001";
    pain_begin(file, &h);
    pain_order(file, &(struct pain_order){.id = "E1",
                                          .fen = 50000,
                                          .payee = "机构甲",
                                          .payee_account = "6222099",
                                          .payee_bank = "建设银行",
                                          .purpose = "首期"});
    pain_order(file, &(struct pain_order){.id = "E2",
                                          .fen = 150,
                                          .payee = "机构乙",
                                          .payee_account = "6222098",
                                          .payee_bank = "",
                                          .payee_bank_code = ""});
    pain_end(file);
    cr_expect_str_eq(
        said(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn>\n"
        "<GrpHdr><MsgId>B1</MsgId><CreDtTm>2028-01-06T00:30:00+08:00</CreDtTm><NbOfTxs>2</NbOfTxs>"
        "<CtrlSum>501.50</CtrlSum><InitgPty><Nm>街道办</Nm></InitgPty></GrpHdr>\n"
        "<PmtInf><PmtInfId>B1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>2</NbOfTxs><CtrlSum>501.50</CtrlSum>"
        "<ReqdExctnDt><Dt>2028-01-07</Dt></ReqdExctnDt><Dbtr><Nm>街道办</Nm></Dbtr>"
        "<DbtrAcct><Id><Othr><Id>6222001</Id></Othr></Id><Ccy>CNY</Ccy></DbtrAcct>"
        "<DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>102290000001</MmbId>"
        "</ClrSysMmbId><Nm>工商银行</Nm></FinInstnId></DbtrAgt>\n"
        "<CdtTrfTxInf><PmtId><InstrId>E1</InstrId><EndToEndId>E1</EndToEndId></PmtId>"
        "<Amt><InstdAmt Ccy=\"CNY\">500.00</InstdAmt></Amt>"
        "<CdtrAgt><FinInstnId><Nm>建设银行</Nm></FinInstnId></CdtrAgt><Cdtr><Nm>机构甲</Nm></Cdtr>"
        "<CdtrAcct><Id><Othr><Id>6222099</Id></Othr></Id></CdtrAcct>"
        "<RmtInf><Ustrd>首期</Ustrd></RmtInf></CdtTrfTxInf>\n"
        "<CdtTrfTxInf><PmtId><InstrId>E2</InstrId><EndToEndId>E2</EndToEndId></PmtId>"
        "<Amt><InstdAmt Ccy=\"CNY\">1.50</InstdAmt></Amt><CdtrAgt><FinInstnId></FinInstnId></CdtrAgt>"
        "<Cdtr><Nm>机构乙</Nm></Cdtr><CdtrAcct><Id><Othr><Id>6222098</Id></Othr></Id></CdtrAcct>"
        "<RmtInf><Ustrd></Ustrd></RmtInf></CdtTrfTxInf>\n"
        "</PmtInf>\n</CstmrCdtTrfInitn></Document>\n");
}

Test(pain, texts_escaped_and_cut)
{
    char id[41], number[41], name[3 * 150 + 1] = "", expected[4000], cut[3 * 140 + 1];

    memset(id, 'i', 40), memset(number, '7', 40);
    id[40] = number[40] = '\0';
    for (int i = 0; i < 150; i++)
        strcat(name, "名");
    memcpy(cut, name, sizeof cut - 1);
    cut[sizeof cut - 1] = '\0';
    pain_order(file, &(struct pain_order){.id = id,
                                          .fen = 1,
                                          .payee = name,
                                          .payee_account = number,
                                          .payee_bank = "a<b>&\"c\"\x1f\x01 ~",
                                          .purpose = name});
    snprintf(expected, sizeof expected,
             "<CdtTrfTxInf><PmtId><InstrId>%.35s</InstrId><EndToEndId>%.35s</EndToEndId></PmtId>"
             "<Amt><InstdAmt Ccy=\"CNY\">0.01</InstdAmt></Amt><CdtrAgt><FinInstnId>"
             "<Nm>a&lt;b&gt;&amp;&quot;c&quot;   ~</Nm></FinInstnId></CdtrAgt><Cdtr><Nm>%s</Nm></Cdtr>"
             "<CdtrAcct><Id><Othr><Id>%.34s</Id></Othr></Id></CdtrAcct><RmtInf><Ustrd>%s</Ustrd></RmtInf>"
             "</CdtTrfTxInf>\n",
             id, id, cut, number, cut);
    cr_expect_str_eq(said(), expected);
}

Test(pain, the_batch_and_its_payer_cut)
{
    char id[41], number[41], expected[300];

    memset(id, 'i', 40), memset(number, '7', 40);
    id[40] = number[40] = '\0';
    pain_begin(file,
               &(struct pain_head){.id = id, .payer = "p", .payer_account = "1", .payer_bank_code = number});
    said();
    snprintf(expected, sizeof expected, "<MsgId>%.35s</MsgId>", id);
    cr_expect(strstr(text, expected), "%s", text);
    snprintf(expected, sizeof expected, "<PmtInfId>%.35s</PmtInfId>", id);
    cr_expect(strstr(text, expected), "%s", text);
    snprintf(expected, sizeof expected, "<MmbId>%.34s</MmbId></ClrSysMmbId></FinInstnId>", number);
    cr_expect(strstr(text, expected), "%s", text);
}
