#include <stdlib.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/diag.h"
#include "calc/eval.h"

/*
 * A scheme's `when` needs only the staff row, parameters and literals: it is
 * evaluated before there are facts, over made-up ones of that one person.
 */
bool calc_staff_fits(const struct formula *when, const struct rulebook *rulebook, const struct table *staff, size_t row,
	struct text_pool *pool)
{
	const struct column *grade = table_spec_role(staff->spec, ROLE_GRADE);
	const struct value *own = grade ? table_cell(staff, row, grade->index) : NULL;
	struct table **tables = calloc(rulebook->table_count, sizeof(struct table *));
	struct person person = { .id = "", .name = "", .row = row, .unit = SIZE_MAX, .policy = when->policy,
		.grade = own && !own->missing ? own->text : NULL };
	struct facts facts = { .rulebook = rulebook, .month = rulebook->month, .people = &person, .person_count = 1,
		.tables = tables, .pool = pool };
	struct arena *scratch = arena_new();
	struct diag *aside = diag_new(scratch); /* a row without rate fits nothing: who fits no scheme is told */
	struct calculation run = { .facts = &facts, .rulebook = rulebook, .arena = scratch, .diag = aside, .errors = aside };
	struct eval eval = eval_start(&run, when->policy, 0);
	bool fits;

	if (!tables)
		bug("out of memory");
	tables[staff->spec->index] = (struct table *)(uintptr_t)staff;
	facts.pay_date = eval_pay_date(&run, facts.month);
	fits = eval_when(&eval, when);
	free(tables);
	diag_free(aside);
	arena_free(scratch);
	return fits;
}
