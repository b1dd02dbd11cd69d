#ifndef SALESPAY_BASE_BUG_H
#define SALESPAY_BASE_BUG_H

/*
 * Our own mistake: says where and aborts. Never for wrong input (that is a
 * diag) and never for a failing world (that is a bool with its reason in diag).
 */
#define bug(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)

_Noreturn void bug_at(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
