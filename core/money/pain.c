/* Element by element in the order of the message definition. */
#include "core/money/pain.h"

#include <string.h>

#include "core/base/time.h"

enum { NAME_MAX_POINTS = 140, ACCOUNT_MAX_POINTS = 34 };

/* Escaped, and no longer than the message allows: cut between characters, never inside one. */
static void say(FILE *f, const char *element, const char *text, int most)
{
    fprintf(f, "<%s>", element);
    for (const unsigned char *p = (const unsigned char *)(text ? text : ""); *p; p++) {
        if ((*p & 0xC0) != 0x80 && most-- <= 0)
            break;
        switch (*p) {
        case '&':
            fputs("&amp;", f);
            break;
        case '<':
            fputs("&lt;", f);
            break;
        case '>':
            fputs("&gt;", f);
            break;
        case '"':
            fputs("&quot;", f);
            break;
        default:
            fputc(*p < ' ' ? ' ' : *p, f);
        }
    }
    fprintf(f, "</%s>", element);
}

static void money(FILE *f, const char *open, int64_t fen, const char *close)
{
    char text[MONEY_TEXT];

    money_print(fen, text);
    fprintf(f, "%s%s%s", open, text, close);
}

static void agent(FILE *f, const char *element, const char *name, const char *code)
{
    fprintf(f, "<%s><FinInstnId>", element);
    if (code && code[0]) {
        fputs("<ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId>", f);
        say(f, "MmbId", code, ACCOUNT_MAX_POINTS);
        fputs("</ClrSysMmbId>", f);
    }
    if (name && name[0])
        say(f, "Nm", name, NAME_MAX_POINTS);
    fprintf(f, "</FinInstnId></%s>", element);
}

static void account(FILE *f, const char *element, const char *number, const char *currency)
{
    fprintf(f, "<%s><Id><Othr>", element);
    say(f, "Id", number, ACCOUNT_MAX_POINTS);
    fprintf(f, "</Othr></Id>%s</%s>", currency, element);
}

static void party(FILE *f, const char *element, const char *name)
{
    fprintf(f, "<%s>", element);
    say(f, "Nm", name, NAME_MAX_POINTS);
    fprintf(f, "</%s>", element);
}

static void totals(FILE *f, const struct pain_head *h)
{
    fprintf(f, "<NbOfTxs>%lld</NbOfTxs>", (long long)h->count);
    money(f, "<CtrlSum>", h->sum_fen, "</CtrlSum>");
}

void pain_begin(FILE *f, const struct pain_head *h)
{
    char at[TIME_TEXT], day[DATE_TEXT];

    time_print_shanghai(h->made_us, at);
    date_print(h->day, day);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn>\n<GrpHdr>",
          f);
    say(f, "MsgId", h->id, 35);
    fprintf(f, "<CreDtTm>%s</CreDtTm>", at);
    totals(f, h);
    party(f, "InitgPty", h->payer);
    fputs("</GrpHdr>\n<PmtInf>", f);
    say(f, "PmtInfId", h->id, 35);
    fputs("<PmtMtd>TRF</PmtMtd>", f);
    totals(f, h);
    fprintf(f, "<ReqdExctnDt><Dt>%s</Dt></ReqdExctnDt>", day);
    party(f, "Dbtr", h->payer);
    account(f, "DbtrAcct", h->payer_account, "<Ccy>CNY</Ccy>");
    agent(f, "DbtrAgt", h->payer_bank, h->payer_bank_code);
    fputc('\n', f);
}

void pain_order(FILE *f, const struct pain_order *o)
{
    fputs("<CdtTrfTxInf><PmtId>", f);
    say(f, "InstrId", o->id, 35);
    say(f, "EndToEndId", o->id, 35);
    money(f, "</PmtId><Amt><InstdAmt Ccy=\"CNY\">", o->fen, "</InstdAmt></Amt>");
    agent(f, "CdtrAgt", o->payee_bank, o->payee_bank_code);
    party(f, "Cdtr", o->payee);
    account(f, "CdtrAcct", o->payee_account, "");
    fputs("<RmtInf>", f);
    say(f, "Ustrd", o->purpose, NAME_MAX_POINTS);
    fputs("</RmtInf></CdtTrfTxInf>\n", f);
}

void pain_end(FILE *f)
{
    fputs("</PmtInf>\n</CstmrCdtTrfInitn></Document>\n", f);
}
