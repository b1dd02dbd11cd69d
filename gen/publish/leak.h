#ifndef SALESPAY_PUBLISH_LEAK_H
#define SALESPAY_PUBLISH_LEAK_H

#include <stdbool.h>
#include <stddef.h>

struct diag;

/*
 * The last look before publishing: does any byte of the intranet pages hold
 * an identity number, an account or an address of this company? Texts shorter
 * than five bytes prove nothing and are passed over.
 */
struct leak_search;
struct leak_search *leak_search_new(void);
void leak_search_free(struct leak_search *search);
/* kind is a word for the message; both must outlive the search. */
void leak_search_add(struct leak_search *search, const char *text, const char *kind);
/* False if anything was found (an error a file names it, never the secret itself) or could not be read. */
bool leak_search_folder(struct leak_search *search, const char *folder, struct diag *diag);

#endif
