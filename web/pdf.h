/*
 * PDF by a program of its own (web/pdf): HTML on its stdin, PDF on its stdout,
 * within a time limit.
 */
#ifndef WEB_PDF_H
#define WEB_PDF_H

#include "core/base/buf.h"
#include "core/base/err.h"

enum { PDF_SECONDS = 60 };

/* E_BUSY: it failed or took too long; E_ABSENT: the program, or what it needs, is not installed. */
int pdf_make(const char *program, const char *styles, const struct buf *html, struct buf *out, struct err *err) MUST_USE;

#endif
