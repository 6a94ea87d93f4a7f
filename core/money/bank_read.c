/* ISO 20022 answers of a bank, by expat. */
#include "core/money/bank_read.h"

#include <expat.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/money/bank_csv.h"

enum { DEPTH_MAX = 32, PATH_MAX_BYTES = 512, TEXT_MAX = 4096 };

struct reading {
    XML_Parser parser;
    struct arena *arena;
    enum bank_format format;
    struct bank_list list;
    struct bank_entry now;     /* of the transaction one is in */
    char path[PATH_MAX_BYTES]; /* local names, each with a slash before it */
    size_t ends[DEPTH_MAX];    /* where the path ended, level by level */
    int depth;
    struct buf text;
    const char *message, *fault, *fault_zh;
    struct bank_entry group; /* pain: what is said of all, of the message or of its one block */
    bool named;              /* pain: payments are named */
    bool foreign;            /* the element one is in */
    /* camt: of the entry that contains the transactions */
    struct bank_entry entry;
    int details;
    bool credit, booked, reversal, details_returned;
};

static void stop(struct reading *r, const char *fault, const char *zh)
{
    if (!r->fault)
        r->fault = fault, r->fault_zh = zh;
    XML_StopParser(r->parser, XML_FALSE);
}

static bool at(const struct reading *r, const char *tail)
{
    const size_t size = strlen(r->path), wanted = strlen(tail);

    return size >= wanted && strcmp(r->path + size - wanted, tail) == 0;
}

static void doctype(void *arg, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id,
                    int internal)
{
    (void)name, (void)system_id, (void)public_id, (void)internal;
    stop(arg, "a document type is not allowed", "不接受文档类型声明");
}

/* Sums are compared as yuan: the number of another currency would fit by chance. */
static bool in_foreign(const XML_Char **attributes)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], "Ccy") == 0)
            return strcmp(attributes[1], "CNY") != 0;
    return false;
}

static void begin(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct reading *r = arg;
    const char *colon = strrchr(name, ':'), *local = colon ? colon + 1 : name;
    const size_t size = strlen(r->path);

    if (r->depth == DEPTH_MAX || size + strlen(local) + 2 > PATH_MAX_BYTES) {
        stop(r, "it is nested too deep", "嵌套过深");
        return;
    }
    r->ends[r->depth++] = size;
    strcat(strcat(r->path, "/"), local);
    buf_clear(&r->text);
    r->foreign = in_foreign(attributes);
    if (at(r, "/TxInfAndSts"))
        r->now = (struct bank_entry){.outcome = BANK_OTHER};
    if (at(r, "/Ntry")) {
        r->entry = (struct bank_entry){.outcome = BANK_OTHER};
        r->details = 0;
        r->credit = r->booked = r->reversal = false;
    }
    if (at(r, "/NtryDtls/TxDtls")) {
        r->now = (struct bank_entry){.outcome = BANK_OTHER};
        r->details_returned = false;
    }
}

static void characters(void *arg, const XML_Char *text, int count)
{
    struct reading *r = arg;

    if (r->text.size + (size_t)count > TEXT_MAX)
        stop(r, "an element is too long", "元素内容过长");
    else
        buf_add(&r->text, text, (size_t)count);
}

static void add(struct reading *r, const struct bank_entry *e)
{
    if (!bank_list_add(&r->list, e))
        stop(r, "it has too many entries", "记录过多");
}

static void day_read(struct reading *r, const char *text, int32_t *ret)
{
    char day[DATE_TEXT] = "";

    strncpy(day, text, 10);
    if (!date_parse(day, ret))
        stop(r, "a date cannot be read", "日期无法读取");
}

static void fen_read(struct reading *r, const char *text, struct bank_entry *e)
{
    char full[MONEY_TEXT];
    const char *dot = strchr(text, '.');

    /* Banks write 5, 5.0 and 5.00. */
    if (strlen(text) > 18)
        full[0] = '\0';
    else
        strcat(strcpy(full, text), !dot ? ".00" : strlen(dot) == 2 ? "0" : "");
    e->foreign = r->foreign;
    if (!money_parse(full, false, &e->fen))
        stop(r, "an amount cannot be read", "金额无法读取");
}

/* ACSC: settled; RJCT: refused; anything between says nothing yet. */
static enum bank_outcome pain_outcome(const char *text)
{
    return strcmp(text, "ACSC") == 0 || strcmp(text, "ACCC") == 0 ? BANK_SETTLED
           : strcmp(text, "RJCT") == 0                            ? BANK_FAILED
                                                                  : BANK_OTHER;
}

static void reason_add(struct reading *r, struct bank_entry *e, const char *text)
{
    e->reason = e->reason ? arena_printf(r->arena, "%s %s", e->reason, text) : text;
}

/* A reference of nothing is none, lest two of them be one. */
static const char *said_or_none(const char *text)
{
    return text[0] ? text : NULL;
}

static void pain_text(struct reading *r, const char *text)
{
    if (at(r, "/OrgnlGrpInfAndSts/OrgnlMsgId"))
        r->message = said_or_none(text);
    else if (at(r, "/TxInfAndSts/OrgnlEndToEndId"))
        r->now.reference = said_or_none(text);
    else if (at(r, "/TxInfAndSts/TxSts"))
        r->now.outcome = pain_outcome(text);
    else if (at(r, "/OrgnlGrpInfAndSts/GrpSts") || at(r, "/OrgnlPmtInfAndSts/PmtInfSts"))
        r->group.outcome = r->group.outcome == BANK_OTHER ? pain_outcome(text) : r->group.outcome;
    else if (at(r, "/TxInfAndSts/AcctSvcrRef"))
        r->now.bank_ref = said_or_none(text);
    else if (at(r, "/StsRsnInf/Rsn/Cd") || at(r, "/StsRsnInf/Rsn/Prtry") || at(r, "/StsRsnInf/AddtlInf"))
        reason_add(r, strstr(r->path, "/TxInfAndSts/") ? &r->now : &r->group, text);
    else if (at(r, "/TxInfAndSts/OrgnlTxRef/Amt/InstdAmt"))
        fen_read(r, text, &r->now);
}

static void camt_text(struct reading *r, const char *text)
{
    if (at(r, "/Ntry/Amt"))
        fen_read(r, text, &r->entry);
    else if (at(r, "/Ntry/CdtDbtInd"))
        r->credit = strcmp(text, "CRDT") == 0;
    else if (at(r, "/Ntry/RvslInd"))
        r->reversal = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
    else if (at(r, "/Ntry/Sts") || at(r, "/Ntry/Sts/Cd"))
        r->booked = r->booked || strcmp(text, "BOOK") == 0;
    else if (at(r, "/Ntry/BookgDt/Dt") || at(r, "/Ntry/BookgDt/DtTm"))
        day_read(r, text, &r->entry.day);
    else if (at(r, "/Ntry/AcctSvcrRef"))
        r->entry.bank_ref = said_or_none(text);
    else if (at(r, "/TxDtls/Refs/EndToEndId"))
        r->now.reference = said_or_none(text);
    else if (at(r, "/TxDtls/Refs/AcctSvcrRef"))
        r->now.bank_ref = said_or_none(text);
    else if (at(r, "/TxDtls/Amt") || at(r, "/TxDtls/AmtDtls/TxAmt/Amt"))
        fen_read(r, text, &r->now);
    else if (at(r, "/RtrInf/Rsn/Cd") || at(r, "/RtrInf/Rsn/Prtry") || at(r, "/RtrInf/AddtlInf"))
        reason_add(r, &r->now, text);
}

static void transaction(struct reading *r, struct bank_entry e)
{
    if (!e.bank_ref)
        e.bank_ref =
            arena_printf(r->arena, "%s/%s", r->message ? r->message : "-", e.reference ? e.reference : "-");
    add(r, &e);
}

/* A bank that takes or refuses a message as one names none of its payments. */
static void whole_message(struct reading *r)
{
    if (r->named || r->group.outcome == BANK_OTHER)
        return;
    r->group.reference = r->message;
    r->group.whole = true;
    transaction(r, r->group);
}

/* Money that left is settled; money that came back with a reason of return, or as what was booked before
 * taken back, is returned.  A credit taken back says nothing of what we paid. */
static void detail(struct reading *r)
{
    struct bank_entry e = r->now;

    r->details++;
    if (r->booked)
        e.outcome = !r->credit                           ? (r->reversal ? BANK_OTHER : BANK_SETTLED)
                    : r->reversal || r->details_returned ? BANK_RETURNED
                                                         : BANK_OTHER;
    e.day = r->entry.day;
    if (!e.fen) {
        e.fen = r->entry.fen;
        e.foreign = r->entry.foreign;
    }
    if (!e.bank_ref)
        e.bank_ref = r->details == 1     ? r->entry.bank_ref
                     : r->entry.bank_ref ? arena_printf(r->arena, "%s/%d", r->entry.bank_ref, r->details)
                                         : NULL;
    transaction(r, e);
}

static void end(void *arg, const XML_Char *name)
{
    struct reading *r = arg;
    size_t bytes;
    buf_text(&r->text, "");
    const char *from = text_trimmed(r->text.data, &bytes), *text = arena_ndup(r->arena, from, bytes);

    (void)name;
    if (r->format == BANK_PAIN_002)
        pain_text(r, text);
    else
        camt_text(r, text);
    if (at(r, "/TxInfAndSts") && r->format == BANK_PAIN_002) {
        r->named = true;
        transaction(r, r->now);
    }
    if (at(r, "/CstmrPmtStsRpt") && r->format == BANK_PAIN_002)
        whole_message(r);
    if (at(r, "/TxDtls/RtrInf"))
        r->details_returned = true;
    if (at(r, "/NtryDtls/TxDtls"))
        detail(r);
    if (at(r, "/Ntry") && r->details == 0 && r->format == BANK_CAMT_054)
        transaction(r, r->entry);
    buf_clear(&r->text);
    r->path[r->ends[--r->depth]] = '\0';
}

static int xml_read(struct reading *r, const char *bytes, size_t count, struct err *err)
{
    static const char *const roots[] = {
        [BANK_PAIN_002] = "CstmrPmtStsRpt", [BANK_CAMT_054] = "BkToCstmrDbtCdtNtfctn"};
    int status = 0;

    r->parser = XML_ParserCreate(NULL);
    MUST(r->parser);
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, begin, end);
    XML_SetCharacterDataHandler(r->parser, characters);
    XML_SetStartDoctypeDeclHandler(r->parser, doctype);
    if (!memmem(bytes, count, roots[r->format], strlen(roots[r->format])))
        status = err_both(err, E_INVALID, "file/unreadable", "it is another kind of message", "报文类型不符");
    else if (XML_Parse(r->parser, bytes, (int)count, 1) != XML_STATUS_OK)
        status =
            err_set(err, E_INVALID, "file/unreadable", "line %lu: %s", XML_GetCurrentLineNumber(r->parser),
                    r->fault ? r->fault : XML_ErrorString(XML_GetErrorCode(r->parser)));
    if (status)
        err_zh(err, "报文无法读取（第 %lu 行）：%s", XML_GetCurrentLineNumber(r->parser),
               r->fault ? r->fault_zh : "类型不符或者不是合法的XML");
    XML_ParserFree(r->parser);
    buf_free(&r->text);
    return status;
}

int bank_read(enum bank_format format, struct arena *arena, const char *bytes, size_t count,
              const struct bank_columns *columns, const struct bank_entry **ret, size_t *ret_count,
              struct err *err)
{
    struct reading r = {
        .arena = arena, .format = format, .list = {.arena = arena}, .group = {.outcome = BANK_OTHER}};
    int status;

    if (count > BANK_FILE_MAX)
        return err_both(err, E_INVALID, "file/unreadable", "it is too large", "文件过大");
    status = format == BANK_CSV    ? bank_csv_read(&r.list, bytes, count, columns, err)
             : format == BANK_XLSX ? bank_xlsx_read(&r.list, bytes, count, columns, err)
                                   : xml_read(&r, bytes, count, err);
    *ret = r.list.items;
    *ret_count = r.list.count;
    return status;
}
