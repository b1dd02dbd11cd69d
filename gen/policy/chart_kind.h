#ifndef SALESPAY_POLICY_CHART_KIND_H
#define SALESPAY_POLICY_CHART_KIND_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The kinds of <chart> and what each takes, one row a kind. A company declares
 * a chart by naming figures, or a table with its columns; what a kind looks
 * like is the report's to know. templates/policy.rng and gen/man/policy.md say
 * the same for other programs and for people.
 */
enum chart_id {
	CHART_RANKING, CHART_CHANGE, CHART_BULLETS, CHART_DISTRIBUTION, CHART_COMPOSITION, CHART_HEATMAP, CHART_GANTT,
	CHART_WATERFALL, CHART_TREND, CHART_SPARKLINES
};

/* The columns of a table that a chart draws, whatever they are called. */
enum chart_column {
	CHART_CUSTOMER, CHART_REGION, CHART_FROM, CHART_TO, CHART_ORDER, CHART_PAYMENT, CHART_STAGE, CHART_LOST, CHART_MONTH,
	CHART_AMOUNT, CHART_COLUMNS
};

/* What an attribute's value means. */
enum chart_takes {
	CHART_TAKES_FIGURE, /* the name of one figure */
	CHART_TAKES_FIGURES, /* of several, parted by commas */
	CHART_TAKES_TARGET, /* a figure, a parameter or a literal of the figure's type */
	CHART_TAKES_NUMBER,
	CHART_TAKES_BANDS, /* percents of the target, rising, at most three */
	CHART_TAKES_WORD, /* one of values; its place among them is kept */
	CHART_TAKES_TABLE,
	CHART_TAKES_COLUMN,
	CHART_TAKES_CONDITION /* a formula: the people who are drawn */
};

/* Types that fit, as bits 1 << enum value_type (figures) or 1 << enum column_type (columns). */
struct chart_attribute {
	const char *name;
	enum chart_takes takes;
	bool required;
	unsigned types;
	const char *values; /* CHART_TAKES_WORD: parted by |, the first if absent */
	enum chart_column column; /* CHART_TAKES_COLUMN */
};

struct chart_kind {
	enum chart_id id;
	const char *name;
	const struct chart_attribute *attributes; /* ends with a NULL name */
};

const struct chart_kind *chart_kind_find(const char *name); /* NULL if none */
const struct chart_attribute *chart_kind_attribute(const struct chart_kind *kind, const char *name); /* NULL if none */

#endif
