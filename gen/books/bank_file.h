#ifndef SALESPAY_BOOKS_BANK_FILE_H
#define SALESPAY_BOOKS_BANK_FILE_H

#include "calc/results.h"

struct arena;
struct diag;

/*
 * What the exports pay out. A column of an export with one row a person pays
 * if in every scheme that the export serves it is nothing but a net figure or
 * the total of section net; exports that name an account go before others, and
 * no figure is paid twice.
 */
struct bank_sums {
	bool has_file;
	struct decimal paid; /* the amounts of those columns, as the files in `folder` have them */
	bool has_rest;
	struct decimal rest; /* net figures that are in no file, of the people who are paid */
};
void bank_sums_read(const struct results *results, const char *folder, struct bank_sums *out, struct arena *arena,
	struct diag *diag);

#endif
