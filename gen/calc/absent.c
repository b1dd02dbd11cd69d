#include "calc/absent.h"

#include <string.h>

#include "base/arena.h"
#include "calc/eval.h"
#include "policy/lint.h"

static bool *told_at(struct calculation *run, size_t person, size_t table)
{
	size_t tables = run->rulebook->table_count;

	if (!run->absent_told)
		run->absent_told = arena_array(run->arena, run->facts->person_count * tables + 1, sizeof(*run->absent_told));
	return &run->absent_told[person * tables + table];
}

void absent_told(struct calculation *run, size_t person, const struct table *table)
{
	*told_at(run, person, table->spec->index) = true;
}

/* Which tables the formulas of a policy read, by index. */
static void mark_table(const struct node *node, void *context)
{
	bool *read = context;

	if (node->table)
		read[node->table->index] = true;
}

static void mark_formula(const struct formula *formula, const struct item *item, void *context)
{
	(void)item;
	node_walk(formula->root, mark_table, context);
}

static bool is_wanted(const struct table *table)
{
	return table->spec->required && table->spec->one_row && table->spec->person && table->spec->role == TABLE_PLAIN &&
		table->file_count;
}

static void report_table(struct calculation *run, size_t scheme, const struct table *table)
{
	const struct facts *facts = run->facts;
	const struct table *staff = facts->tables[run->rulebook->staff->index];
	const char *slash = strrchr(table->files[0].path, '/');

	for (size_t i = 0; i < facts->person_count; i++) {
		const struct person *person = &facts->people[i];

		if (person->state == PERSON_EXCLUDED || person->scheme != scheme ||
			facts_own_row(facts, table->spec->index, i) != SIZE_MAX || *told_at(run, i, table->spec->index))
			continue;
		diag_add(run->diag, MSG_ROW_ABSENT, table_place(staff, person->row, NULL, run->arena), eval_person_name(run, i),
			slash ? slash + 1 : table->files[0].path, NULL);
	}
}

void absent_report(struct calculation *run)
{
	const struct rulebook *rulebook = run->rulebook;

	if (run->facts->only) /* of the others no rows were read */
		return;
	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		bool *read = arena_array(run->arena, rulebook->table_count + 1, sizeof(*read));

		policy_formulas(rulebook->schemes[s].policy, mark_formula, read);
		for (size_t i = 0; i < rulebook->table_count; i++)
			if (read[i] && is_wanted(run->facts->tables[i]))
				report_table(run, s, run->facts->tables[i]);
	}
}
