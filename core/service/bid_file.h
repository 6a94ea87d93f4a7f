/*
 * A bid file: one JSON object, read strictly against the fields of the plan.
 *
 *   {"linli": "bid/1", "organisation": "<uuid>", "lot": 1,
 *    "fields": {"price": "480000.00"},
 *    "parties": [{"name", "uscc", "part": "member", "share": "30%", "work"}],
 *    "declarations": {"small_enterprise": true},
 *    "files": [{"name": "technical.pdf", "sha256": "<hex>", "bytes": 1234},
 *              {"name": "agreement.pdf", "kind": "joint_agreement", "sha256": "<hex>", "bytes": 1234}]}
 *
 * With a member beside the lead (联合体) every one of them has its code and share, the shares add up to the whole,
 * and a file is the joint agreement.  Subcontractors do what is the lead's; their shares are part of its own.
 *
 * Where bids are in two envelopes, `fields` are those of the technical one alone; the others stand in price.json:
 *
 *   {"linli": "price/1", "organisation": "<uuid>", "lot": 1, "fields": {"price": "480000.00"}, "files": [...]}
 *
 * The same reading is done at opening and by `linli bid check` beforehand.
 * Pure: no files are looked for here.
 */
#ifndef CORE_SERVICE_BID_FILE_H
#define CORE_SERVICE_BID_FILE_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "linli/plugin.h"

enum { BID_FILE_MAX = 1024 * 1024 };

struct bid_value { int64_t value; bool given; };                /* in the unit of the field */
struct bid_party { const char *name, *uscc, *work; int32_t part; linli_rate share; };   /* part: 0 lead, 1 member, 2 subcontractor */
struct bid_attached { const char *name, *kind, *sha256; int64_t bytes; };     /* kind NULL: just a file of the bid */

struct bid_content {
    const char *format, *organisation;
    int64_t     lot;
    const char *fields, *declarations;      /* JSON objects; declarations NULL: none */
    linli_list  parties, files;             /* of bid_party, bid_attached */
    const struct bid_value *values;         /* one for each field of the plan */
    int64_t     price_fen;                  /* of the priced field; 0: there is none */
};

/* E_MALFORMED bid/malformed, E_INVALID bid/invalid with the members at fault. */
int bid_read(struct arena *arena, const linli_plan *plan, const char *json, size_t bytes, struct bid_content *ret,
             struct err *err) MUST_USE;
/* The same of one that was read as a form already: what is beyond the form. */
int bid_check(struct arena *arena, const linli_plan *plan, struct bid_content *content, struct err *err) MUST_USE;
/* A price.json: parties and declarations stay empty.  As bid_read. */
int price_read(struct arena *arena, const linli_plan *plan, const char *json, size_t bytes, struct bid_content *ret,
               struct err *err) MUST_USE;
/* Only the fields, of one envelope or both, as a JSON object of their own; values has plan->field_count members. */
int bid_fields_read(struct arena *arena, const linli_plan *plan, const char *json, const struct bid_value **ret_values,
                    int64_t *ret_price_fen, struct err *err) MUST_USE;
/* What others state about a bid (linli_field.by), as a JSON object of its own. */
int bid_figures_read(struct arena *arena, const linli_plan *plan, const char *json, const struct bid_value **ret_values,
                     struct err *err) MUST_USE;
/* What is at fault, in one line, Chinese where somebody wrote it: the reason a bid is void. */
const char *bid_fault(struct arena *arena, const struct err *err);

/* "lead", "member", "subcontractor" */
const char *bid_part_code(int part);

#endif
