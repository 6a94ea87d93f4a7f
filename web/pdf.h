/*
 * PDF by a program of its own (web/pdf): HTML on its stdin, PDF on its stdout,
 * within a time limit.
 */
#ifndef WEB_PDF_H
#define WEB_PDF_H

#include "core/base/buf.h"
#include "core/base/err.h"

enum { PDF_SECONDS = 60 };

struct pdf;

/* Word documents are made the same way (web/docx), with a reference document in the place of styles. */
enum pdf_makes { MAKES_PDF, MAKES_DOCX };
struct pdf *pdf_new(const char *program, const char *styles, enum pdf_makes makes);
void pdf_free(struct pdf *p);
/* One at a time; the last ones made are kept, by their HTML.  styles: others than those of pdf_new, or NULL.  E_BUSY: another is being made, or it failed or took too
 * long; E_ABSENT: the program, or what it needs, is not installed. */
int pdf_make(struct pdf *p, const struct buf *html, const char *styles, struct buf *out, struct err *err) MUST_USE;

#endif
