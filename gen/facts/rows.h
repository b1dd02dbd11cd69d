#ifndef SALESPAY_FACTS_ROWS_H
#define SALESPAY_FACTS_ROWS_H

#include "facts/facts.h"

/* Indexes over the tables: facts_rows and the like read them. Rows of unknown people and unknown references are left out. */
void rows_build(struct facts *facts);
void rows_release(struct facts *facts);

#endif
