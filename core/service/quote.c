/* Quotes a clerk types in for those who sent them by letter, mail or word of mouth (三方比价, 平台外结果). */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/forms.h"
#include "core/service/open.h"

struct quote_body {
    const char *organisation, *fields, *source;
    int64_t lot;
};
/* clang-format off */
static const linli_option quote_rows[] = {
    ROW_ID(quote_body, organisation, true, "报价的组织", "organisation that quotes"),
    ROW_OBJECT(quote_body, fields, true, "报价和其他填报值", "the price and further fields of the plan"),
    ROW_LINE(quote_body, source, true, 200, "来源（书面、邮件等，及日期）", "how and when it came"),
    ROW_WITH(quote_body, lot, COUNT, false, .low = 1, .high = 1000, .initial = "1",
             .label = {"采购包", "lot"}, .help = {"不填为第一包", "the first where left out"}),
};
/* clang-format on */
const struct form form_quote_add = FORM(quote_rows, struct quote_body);

static const char *content_json(struct act *a, const struct quote_body *b)
{
    CLEANUP(buf_free) struct buf out = {0};

    json_open(&out, '{');
    json_key(&out, "fields");
    json_raw(&out, b->fields, strlen(b->fields));
    json_key(&out, "linli");
    json_string(&out, "bid/1");
    json_key(&out, "lot");
    json_int(&out, b->lot);
    json_key(&out, "organisation");
    json_string(&out, b->organisation);
    json_key(&out, "source");
    json_string(&out, b->source);
    json_close(&out, '}');
    return arena_ndup(a->arena, out.data, out.size);
}

static int organisation_known(struct act *a, const struct quote_body *b, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_organisation_get, &r, err, P_INT(a->office), P_TEXT(b->organisation));

    if (status || rows_count(r))
        return status;
    err_set(err, E_INVALID, "body/invalid", "there is no organisation %s", b->organisation);
    err_at(err, "/organisation", "choice", "not a registered organisation", "没有该组织");
    return E_INVALID;
}

static int quote_store(struct act *a, const struct tender *t, const struct quote_body *b, struct err *err)
{
    const struct open_bid bid = {b->lot, b->organisation, b->fields, content_json(a, b)};
    int status = open_bid_store(a, t, &bid, err);

    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "bid/duplicate", "the organisation has a quote already: withdraw it first");
        err_zh(err, "该组织已有报价，请先撤回");
    }
    return status;
}

int act_quote_add(struct act *a, struct err *err)
{
    const struct quote_body *b = a->body;
    struct tender *t;
    struct lot *l;
    char id[UUID_TEXT];
    int status = tender_load(a, a->subject, &t, err);

    if (status || (status = tender_lot(t, (int32_t)b->lot, &l, err)) ||
        (status = lot_may(a, t, l, LINLI_SUBMIT, NULL, err)))
        return status;
    if (t->plan->sealing != LINLI_OPEN_BIDS || t->plan->contract == LINLI_GRANT) {
        err_set(err, E_REFUSED, "state/refused", "who bids here hands in its bid itself");
        err_zh(err, "本项目由供应商自行提交，不得代录");
        return E_REFUSED;
    }
    if ((status = organisation_known(a, b, err)))
        return status;
    id_new(t->office, id);
    a->subject = arena_dup(a->arena, id);
    return quote_store(a, t, b, err);
}
