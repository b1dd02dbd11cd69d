#ifndef SALESPAY_TESTS_CALCULATED_H
#define SALESPAY_TESTS_CALCULATED_H

#include "calc/results.h"

#include "month.h"

/* A month computed, and what its ledger says. */
struct calculated {
	struct month month;
	struct results *results;
};

static inline bool calculated_run(struct calculated *c, const char *month, bool hold)
{
	c->results = month_read(&c->month, month, calc_staff_fits) ?
		calc_run(c->month.facts, hold, c->month.arena, c->month.diag) : NULL;
	return c->results && !diag_errors(c->month.diag);
}

static inline size_t calculated_column(const struct calculated *c, const char *figure)
{
	for (size_t i = 0; i < c->month.rulebook->column_count; i++)
		if (!strcmp(c->month.rulebook->columns[i].name, figure))
			return i;
	g_error("no figure '%s'", figure);
}

/* The ledger's cell: "" if it is missing. */
static inline const char *calculated_cell(const struct calculated *c, const char *id, const char *figure)
{
	size_t person = month_person(&c->month, id);
	const struct value *value;
	char room[VALUE_TEXT_SIZE];

	if (person == SIZE_MAX)
		return "nobody";
	value = results_value(c->results, person, calculated_column(c, figure));
	return value->missing ? "" : arena_strdup(c->month.arena, value_format(value, room));
}

/* One cell of one person: what the ledger must say. */
struct wanted {
	const char *id, *figure, *text;
};

static inline void calculated_check(const struct calculated *c, const struct wanted *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *found = calculated_cell(c, rows[i].id, rows[i].figure);

		if (strcmp(found, rows[i].text) != 0)
			g_test_message("%s %s: '%s', wanted '%s'", rows[i].id, rows[i].figure, found, rows[i].text);
		g_assert_cmpstr(found, ==, rows[i].text);
	}
}
#define CALCULATED_CHECK(c, ...) do { \
	const struct wanted rows_[] = { __VA_ARGS__ }; \
	calculated_check(c, rows_, G_N_ELEMENTS(rows_)); \
} while (0)

/* Computed without any error, which is printed otherwise. */
static inline bool calculated_good(struct calculated *c, const char *month)
{
	bool good = calculated_run(c, month, false);

	if (!good)
		month_print(&c->month);
	g_assert_true(good);
	return good;
}

#endif
