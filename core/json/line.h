/* Lines of a JSON text, for people who wrote it by hand. */
#ifndef CORE_JSON_LINE_H
#define CORE_JSON_LINE_H

#include <stddef.h>

/* The line, from 1, on which the value at a JSON Pointer begins in a text that
 * json_strict took; that of the nearest value around it where it is not there. */
int json_line(const char *json, size_t bytes, const char *pointer);

/* The closing quote of the string that opens at `at`. */
const char *json_string_end(const char *at, const char *end);

#endif
