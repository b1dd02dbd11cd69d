#ifndef SALESPAY_POLICY_LIBRARY_H
#define SALESPAY_POLICY_LIBRARY_H

#include <stdbool.h>

struct arena;
struct diag;

/*
 * Where policies stand: the company's own folder and, for files that it does
 * not have, the library that comes with the program (templates/policies:
 * statutory pay). A company that keeps a copy of a library's file at the same
 * place below policies/ is computed by its copy. Nothing else is read.
 */
struct policy_roots {
	const char *own; /* the company's policies/ */
	const char *library; /* NULL: none */
};

/*
 * The file that a document means by an href= or file= relative to itself:
 * the company's if it has one of that name, else the library's. NULL if it
 * would lie outside both; there need be no such file.
 */
const char *policy_file(const struct policy_roots *roots, const char *document, const char *given, struct arena *arena);

/*
 * Calls found for each file of the library, below it, that the document or
 * what it includes from the library names; a file that several name comes
 * several times. Documents that cannot be read have none.
 */
typedef bool library_fn(const char *path, const char *below, void *context);
bool library_each_used(const struct policy_roots *roots, const char *document, library_fn *found, void *context);

#endif
