/* Reading a bid file against the fields of its plan. */
#include "core/service/bid_file.h"

#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/base/buf.h"
#include "core/base/digest.h"
#include "core/json/doc.h"
#include "core/service/forms.h"

static const char *const parts[] = {"lead", "member", "subcontractor", NULL};
static const linli_text part_labels[] = {
    {"牵头人", "lead"}, {"联合体成员", "member"}, {"分包单位", "subcontractor"}, {NULL, NULL}};

/* clang-format off */
static const linli_option party_rows[] = {
    ROW_LINE(bid_party, name, true, 200, "名称", "name"),
    ROW(bid_party, uscc, STRING, false, 18, 18, "uscc", "统一社会信用代码", "unified social credit code"),
    ROW_CHOICE(bid_party, part, true, parts, part_labels, NULL, "角色", "part"),
    ROW(bid_party, share, RATE, false, 0, 1000000, NULL, "份额", "share"),
    ROW_TEXT(bid_party, work, false, 2000, "承担内容", "work"),
};
static const linli_option file_rows[] = {
    ROW_LINE(bid_attached, name, true, 200, "文件名", "name"),
    ROW_CODE(bid_attached, kind, false, "种类；联合协议为 joint_agreement", "kind; joint_agreement for the agreement of the parties"),
    ROW(bid_attached, sha256, STRING, true, 64, 64, "line", "SHA-256", "SHA-256"),
    ROW_COUNT(bid_attached, bytes, true, 1, INT64_C(1) << 40, "字节数", "bytes"),
};
static const linli_option rows[] = {
    { .name = "linli", .type = LINLI_OPT_STRING, .required = true, .low = 5, .high = 5, .format = "line",
      .offset = offsetof(struct bid_content, format), .label = {"格式", "format"}, .help = {"bid/1", "bid/1"} },
    ROW_ID(bid_content, organisation, false, "投标人", "organisation; left out by a resident"),
    ROW_COUNT(bid_content, lot, true, 1, 1000, "采购包", "lot"),
    ROW_OBJECT(bid_content, fields, true, "填报值", "what is offered"),
    ROW_LIST(bid_content, parties, false, 0, 20, party_rows, bid_party, "各方", "parties"),
    ROW_OBJECT(bid_content, declarations, false, "声明", "declarations"),
    ROW_LIST(bid_content, files, false, 0, 200, file_rows, bid_attached, "附件", "files"),
};
/* clang-format on */
static const struct form form = FORM(rows, struct bid_content);
const struct form form_bid_preview = FORM(rows, struct bid_content);

/* clang-format off */
static const linli_option price_rows[] = {
    { .name = "linli", .type = LINLI_OPT_STRING, .required = true, .low = 7, .high = 7, .format = "line",
      .offset = offsetof(struct bid_content, format), .label = {"格式", "format"}, .help = {"price/1", "price/1"} },
    ROW_ID(bid_content, organisation, false, "投标人", "organisation; left out by a resident"),
    ROW_COUNT(bid_content, lot, true, 1, 1000, "采购包", "lot"),
    ROW_OBJECT(bid_content, fields, true, "报价", "what is asked for it"),
    ROW_LIST(bid_content, files, false, 0, 200, file_rows, bid_attached, "附件", "files"),
};
/* clang-format on */
static const struct form price_form = FORM(price_rows, struct bid_content);

const char *bid_part_code(int part)
{
    return parts[part];
}

static linli_option field_row(const linli_field *field, size_t at)
{
    static const int types[] = {
        [LINLI_UNIT_POINTS] = LINLI_OPT_POINTS, [LINLI_UNIT_MONEY] = LINLI_OPT_MONEY,
        [LINLI_UNIT_COUNT] = LINLI_OPT_COUNT,   [LINLI_UNIT_YES_NO] = LINLI_OPT_BOOL,
        [LINLI_UNIT_RATE] = LINLI_OPT_RATE,     [LINLI_UNIT_MONTHS] = LINLI_OPT_COUNT};
    size_t base = at * sizeof(struct bid_value);

    return (linli_option){.name = field->code,
                          .type = types[field->unit],
                          .required = field->required,
                          .offset = (uint32_t)(base + offsetof(struct bid_value, value)),
                          .present = (uint32_t)(base + offsetof(struct bid_value, given)),
                          .low = field->low,
                          .high = field->high,
                          .label = field->name,
                          .help = field->name};
}

/* Pointers of the fields become pointers of the bid file. */
static void point_into_fields(struct err *err)
{
    for (int i = 0; err && i < err->at_count; i++) {
        char old[sizeof err->at[i].pointer];
        memcpy(old, err->at[i].pointer, sizeof old);
        snprintf(err->at[i].pointer, sizeof err->at[i].pointer, "/fields%.100s", old);
    }
}

/* Which fields: those the bidder states, of one envelope or all; or those others state about its bid. */
enum which { OF_ALL, OF_TECHNICAL, OF_PRICE, BY_OTHERS };

static bool is_asked(const linli_field *f, enum which which)
{
    if (which == BY_OTHERS || f->by != 0)
        return (which == BY_OTHERS) == (f->by != 0) && f->by != LINLI_CLOCK;
    return which == OF_ALL || (which == OF_PRICE) == (f->envelope == 2);
}

static int fields_read(struct arena *arena, const linli_plan *plan, const char *json, enum which which,
                       const struct bid_value **ret, struct err *err)
{
    linli_option *table = ARENA_NEW(arena, linli_option, plan->field_count);
    struct form fields = {table, 0, (uint32_t)(plan->field_count * sizeof(struct bid_value))};
    void *data;

    for (size_t i = 0; i < plan->field_count; i++)
        if (is_asked(&plan->fields[i], which))
            table[fields.count++] = field_row(&plan->fields[i], i);
    int status = form_read_as(&fields, arena, json, strlen(json), BID_FILE_MAX, "bid", &data, err);
    if (status)
        point_into_fields(err);
    else
        *ret = data;
    return status;
}

int bid_figures_read(struct arena *arena, const linli_plan *plan, const char *json,
                     const struct bid_value **ret_values, struct err *err)
{
    return fields_read(arena, plan, json, BY_OTHERS, ret_values, err);
}

/* What the bidder states, and the price where that is among it. */
static int stated_read(struct arena *arena, const linli_plan *plan, const char *json, enum which which,
                       const struct bid_value **ret_values, int64_t *ret_price_fen, struct err *err)
{
    const struct bid_value *values = NULL;
    int status = fields_read(arena, plan, json, which, &values, err);

    if (status)
        return status;
    *ret_values = values;
    *ret_price_fen = 0;
    for (size_t i = 0; i < plan->field_count; i++)
        if (plan->fields[i].priced && values[i].given)
            *ret_price_fen = values[i].value;
    return 0;
}

int bid_fields_read(struct arena *arena, const linli_plan *plan, const char *json,
                    const struct bid_value **ret_values, int64_t *ret_price_fen, struct err *err)
{
    return stated_read(arena, plan, json, OF_ALL, ret_values, ret_price_fen, err);
}

static int fault(struct err *err, const char *pointer, const char *text, const char *zh)
{
    err_set(err, E_INVALID, "bid/invalid", "%s %s", pointer, text);
    err_at(err, pointer, "format", text, zh);
    return E_INVALID;
}

/* Joint bids are taken but where the call says that they are not (财政部令第87号 §19). */
static int check_joint(const linli_plan *plan, const struct bid_content *c, struct err *err)
{
    const struct bid_party *party = c->parties.items;

    for (size_t i = 0; plan->no_joint && i < c->parties.count; i++)
        if (party[i].part == 1)
            return fault(err, "/parties", "the call takes no joint bids", "本项目不接受联合体");
    return 0;
}

/* Exactly one lead where parties are named; of a consortium, what the law wants: everyone known by its code,
 * the whole shared out, and an agreement (政府采购法 §24). */
static int check_parties(const struct bid_content *c, struct err *err)
{
    enum { LEAD, MEMBER, SUBCONTRACTOR, PARTS };
    const struct bid_party *party = c->parties.items;
    int64_t shares[PARTS] = {0}, count[PARTS] = {0};
    bool known = true, shared = true;

    for (size_t i = 0; i < c->parties.count; i++) {
        const struct bid_party *p = &party[i];

        shares[p->part] += p->share.ppm;
        count[p->part]++;
        if (p->part == SUBCONTRACTOR)
            continue;
        shared &= p->share.ppm > 0;
        known &= p->part == LEAD || (p->uscc && p->uscc[0]);
        for (size_t j = 0; j < i; j++)
            if (p->uscc && p->uscc[0] && party[j].uscc && strcmp(p->uscc, party[j].uscc) == 0)
                return fault(err, "/parties", "one party is named twice", "同一单位重复列出");
    }
    if (c->parties.count && count[LEAD] != 1)
        return fault(err, "/parties", "there must be one lead", "须有且只有一个牵头人");
    if (shares[LEAD] + shares[MEMBER] > 1000000 || shares[SUBCONTRACTOR] > 1000000)
        return fault(err, "/parties", "the shares are more than the whole", "份额合计超过 100%");
    if (count[MEMBER] == 0)
        return 0;
    if (!known)
        return fault(err, "/parties", "every member has its unified social credit code",
                     "联合体各方须填写统一社会信用代码");
    if (!shared || shares[LEAD] + shares[MEMBER] != 1000000)
        return fault(err, "/parties", "the shares of the parties do not add up to 100%",
                     "联合体各方份额合计应为 100%");
    return 0;
}

static bool is_agreement(const struct bid_attached *file)
{
    return file->kind && strcmp(file->kind, "joint_agreement") == 0;
}

static int check_files(const struct bid_content *c, struct err *err)
{
    const struct bid_party *party = c->parties.items;
    const struct bid_attached *file = c->files.items;
    uint8_t digest[SHA256_BYTES];
    bool joint = false, agreed = false;

    for (size_t i = 0; i < c->files.count; i++) {
        if (!hex_parse(file[i].sha256, digest, SHA256_BYTES))
            return fault(err, "/files", "a digest is not lower-case hex", "文件摘要应为小写十六进制");
        agreed |= is_agreement(&file[i]);
    }
    for (size_t i = 0; i < c->parties.count; i++)
        joint |= party[i].part == 1;
    if (joint && !agreed)
        return fault(err, "/files", "a joint bid has a file of kind joint_agreement",
                     "联合体投标应附联合协议（joint_agreement）");
    return 0;
}

/* The form is at fault: what is at fault in the fields is said along with it, not after the next try. */
static void add_field_faults(struct arena *arena, const linli_plan *plan, const char *json, size_t bytes,
                             enum which which, struct err *err)
{
    struct err of_fields = {0};
    const struct bid_value *values;
    struct doc *doc;

    if (doc_read(arena, json, bytes, &doc, NULL))
        return;
    const char *fields = doc_object(doc, "/fields");
    if (!fields || !fields_read(arena, plan, fields, which, &values, &of_fields))
        return;
    for (int i = 0; i < of_fields.at_count; i++)
        err_at(err, of_fields.at[i].pointer, of_fields.at[i].code, of_fields.at[i].text, of_fields.at[i].zh);
}

static int content_check(struct arena *arena, const linli_plan *plan, enum which which, struct bid_content *c,
                         struct err *err)
{
    const bool price = which == OF_PRICE;
    int status;

    if (strcmp(c->format, price ? "price/1" : "bid/1") != 0)
        return price ? fault(err, "/linli", "must be price/1", "应为 price/1")
                     : fault(err, "/linli", "must be bid/1", "应为 bid/1");
    if ((status = check_joint(plan, c, err)) || (status = check_parties(c, err)) ||
        (status = check_files(c, err)))
        return status;
    return stated_read(arena, plan, c->fields, which, &c->values, &c->price_fen, err);
}

/* Of a plan in two envelopes bid.json is the technical one. */
static enum which in_bid(const linli_plan *plan)
{
    return plan->sealing == LINLI_TWO_ENVELOPES ? OF_TECHNICAL : OF_ALL;
}

int bid_check(struct arena *arena, const linli_plan *plan, struct bid_content *content, struct err *err)
{
    return content_check(arena, plan, in_bid(plan), content, err);
}

static int content_read(struct arena *arena, const linli_plan *plan, const char *json, size_t bytes,
                        enum which which, struct bid_content *ret, struct err *err)
{
    const bool price = which == OF_PRICE;
    void *data;
    int status =
        form_read_as(price ? &price_form : &form, arena, json, bytes, BID_FILE_MAX, "bid", &data, err);

    if (status) {
        if (status == E_INVALID && err)
            add_field_faults(arena, plan, json, bytes, which, err);
        return status;
    }
    *ret = *(const struct bid_content *)data;
    return content_check(arena, plan, which, ret, err);
}

int bid_read(struct arena *arena, const linli_plan *plan, const char *json, size_t bytes,
             struct bid_content *ret, struct err *err)
{
    return content_read(arena, plan, json, bytes, in_bid(plan), ret, err);
}

int price_read(struct arena *arena, const linli_plan *plan, const char *json, size_t bytes,
               struct bid_content *ret, struct err *err)
{
    return content_read(arena, plan, json, bytes, OF_PRICE, ret, err);
}

const char *bid_fault(struct arena *arena, const struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};

    for (int i = 0; i < err->at_count; i++)
        buf_printf(&text, "%s%s %s", i ? "；" : "", err->at[i].pointer,
                   err->at[i].zh[0] ? err->at[i].zh : err->at[i].text);
    if (text.size == 0)
        buf_text(&text, err->zh[0] ? err->zh : err->detail);
    return arena_ndup(arena, text.data, text.size);
}
