/* What drafting and publishing a tender share. */
#ifndef CORE_SERVICE_DRAFT_H
#define CORE_SERVICE_DRAFT_H

#include "core/service/tender.h"

/* a->subject as a draft; E_REFUSED state/refused where it is published. */
int draft_load(struct act *a, struct tender **ret, struct err *err) MUST_USE;
/* Mechanism, scheme and regime fit; the options pass against t->rules.  Fills the
 * options afresh.  Findings point into /options and /scheme_options. */
int draft_check(struct act *a, struct tender *t, struct err *err) MUST_USE;
/* Findings of a plug-in point into its options; the body has them under `prefix`. */
void point_into(struct err *err, const char *prefix);
/* The entry as a row of entry_load, if a tender may be made from it; `follows`: one
 * that takes up what failed, whatever became of the entry's other lots. */
int entry_ready(struct act *a, const char *entry, bool follows, struct rows **ret, struct err *err) MUST_USE;
/* The same for the entry of a draft; a call-off has that of its agreements, however it stands. */
int entry_of_draft(struct act *a, const struct tender *t, struct rows **ret, struct err *err) MUST_USE;

/* One lot of a body. */
struct draft_lot {
    const char *title;
    linli_money budget, ceiling;
};

/* For those that make drafts of another kind, in this order.  draft_unfit: E_INVALID body/invalid at a member of it. */
int draft_unfit(struct err *err, const char *pointer, const char *text, const char *zh);
int draft_plugins(const struct act *a, struct tender *t, const char *mechanism, const char *scheme, struct err *err) MUST_USE;
/* The legal numbers of the day, for draft_check. */
int draft_rules(struct act *a, struct tender *t, struct err *err) MUST_USE;
/* Of the old options those the mechanism knows too. */
int draft_options_kept(struct act *a, struct tender *t, const char *old, struct err *err) MUST_USE;
/* By Q_tender_add or Q_tender_edit. */
int draft_store(struct act *a, const struct tender *t, enum statement_id q, struct err *err) MUST_USE;
/* Person and telephone of the project, of the tender that it comes from. */
int contact_copy(struct act *a, const struct tender *t, const char *from, struct err *err) MUST_USE;
/* Its lots, of struct draft_lot; none: one lot that is the whole. */
int draft_lots(struct act *a, const struct tender *t, const linli_list *lots, struct err *err) MUST_USE;

/* Makes the secret by which those invited to a new draft will be drawn; its digest goes into the event. */
int invitation_promise(struct act *a, const struct tender *t, struct err *err) MUST_USE;

#endif
