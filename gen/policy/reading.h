#ifndef SALESPAY_POLICY_READING_H
#define SALESPAY_POLICY_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/element.h"
#include "policy/formula.h"
#include "policy/names.h"
#include "policy/policy.h"

/*
 * Reading a policy, in three passes over its elements: declare (everything
 * that has a name, in order of writing), link (what names another thing: key
 * columns, refs, grades, tables), compile (all formulas, when all names and
 * types are known). Mistakes are reported and the thing is kept as well as it
 * can be, so that what names it does not look wrong too.
 */
struct pending { /* a formula waiting for its names */
	struct formula *formula;
	struct formula_scope scope;
};
struct linked { /* a thing of the policy with the element it came from */
	const struct element *element;
	void *object;
};
struct linked_list {
	struct linked *all;
	size_t count, room;
};
struct reading {
	const struct policy_reader *reader;
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct policy *policy;
	struct sources sources;
	struct article *article; /* where the walk is */
	struct map *articles; /* by number */
	size_t table_room, parameter_room, set_room, rates_room, tiers_room, item_room, movement_room, chart_room,
		export_room, example_room, block_room;
	struct linked_list columns, grades, lines, totals, checks, movements, exports, examples, charts;
	struct pending *pending;
	size_t pending_count, pending_room;
};

void reading_link(struct reading *reading, struct linked_list *list, const struct element *element, void *object);
/* A block of the article (or the body) where the walk is. */
struct block *reading_block(struct reading *reading, enum block_kind kind, const void *object);
/* The formula of an element's text, or of an attribute (NULL if absent), to be compiled at the end. */
struct formula *reading_formula(struct reading *reading, const struct element *element, const char *attribute,
	struct formula_scope scope);
/* Paragraph text: line breaks and runs of blanks become one blank, or none between Chinese characters. */
const char *reading_flow(const struct reading *reading, const char *text);
/* A number as a message's argument. */
const char *reading_number(const struct reading *reading, long number);
const char *reading_where(const struct reading *reading, struct place place); /* FILE:LINE */
/* Reports that a name was written before. what: "grade" … as the policy calls it. */
void reading_doubled(const struct reading *reading, struct place at, const char *what, const char *name, struct place first);
/* One literal of a type; false and an error at the place. A blank one is an error too. */
struct literal {
	const char *text; /* trimmed */
	struct place place;
};
bool reading_value(const struct reading *reading, enum value_type type, struct literal literal, struct value *out);
/* A bound: a number, or a percent where it ends with one. */
bool reading_bound(const struct reading *reading, struct literal literal, struct decimal *out);
/* "a, b，c" parted by the signs (ASCII or full-width comma, or |), trimmed and interned. */
const char **reading_list(const struct reading *reading, const char *text, char sign, size_t *count);
/* A type attribute in the order of enum value_type; VALUE_NONE where it is wrong. */
enum value_type reading_type(const struct element *element, enum value_type fallback);

/* The table of that name, or NULL and an error at the attribute. */
const struct table_spec *reading_table(const struct reading *reading, const struct element *element, const char *attribute);
const struct column *reading_column(const struct reading *reading, const struct element *element, const char *attribute,
	const struct table_spec *table);
/* The grade of that id or title; NULL and an error at the place. */
const struct grade *reading_grade(const struct reading *reading, const char *name, struct place at);

/* read_tables.c */
void read_table(struct reading *reading, const struct element *element);
void link_tables(struct reading *reading);
/* read_numbers.c */
void read_parameter(struct reading *reading, const struct element *element);
void read_rates(struct reading *reading, const struct element *element);
void read_tiers(struct reading *reading, const struct element *element);
/* read_grades.c: link_grades before what names a grade */
void read_grades(struct reading *reading, const struct element *element);
void link_grades(struct reading *reading);
/* read_items.c */
void read_figure(struct reading *reading, const struct element *element);
void read_line(struct reading *reading, const struct element *element);
void read_total(struct reading *reading, const struct element *element);
void read_scorecard(struct reading *reading, const struct element *element);
void read_check(struct reading *reading, const struct element *element);
void link_items(struct reading *reading);
/* read_check.c: after names_build */
void link_checks(struct reading *reading);
/* read_movement.c */
void read_movement(struct reading *reading, const struct element *element);
void link_movements(struct reading *reading);
/* read_export.c */
void read_export(struct reading *reading, const struct element *element);
void link_exports(struct reading *reading);
/* read_chart.c: link_charts after names_build */
void read_chart(struct reading *reading, const struct element *element);
void link_charts(struct reading *reading);
/* read_example.c: link_examples after names_build */
void read_example(struct reading *reading, const struct element *element);
void link_examples(struct reading *reading);

#endif
