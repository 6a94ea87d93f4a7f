/* Compiler attributes behind short names; nothing else. */
#ifndef CORE_BASE_ATTR_H
#define CORE_BASE_ATTR_H

#define MUST_USE        __attribute__((warn_unused_result))
#define PRINTF(fmt, va) __attribute__((format(printf, fmt, va)))
#define CLEANUP(fn)     __attribute__((cleanup(fn)))
#define NORETURN        __attribute__((noreturn))
#define LENGTH(array)   (sizeof(array) / sizeof((array)[0]))

#endif
