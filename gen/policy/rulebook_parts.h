#ifndef SALESPAY_POLICY_RULEBOOK_PARTS_H
#define SALESPAY_POLICY_RULEBOOK_PARTS_H

#include <stdbool.h>

#include "policy/company.h"

/*
 * Parts of rulebook_build, in the order they are called: tables, columns and
 * lines over all schemes; then what formulas use. False after an error.
 */
bool rulebook_list_tables(struct rulebook *rulebook, struct arena *arena, struct diag *diag);
bool rulebook_list_items(struct rulebook *rulebook, struct arena *arena, struct diag *diag);
void rulebook_note_uses(struct rulebook *rulebook, struct arena *arena);

#endif
