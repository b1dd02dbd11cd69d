#ifndef SALESPAY_MODEL_CHART_H
#define SALESPAY_MODEL_CHART_H

#include "model/build.h"

/*
 * Charts that policies declare, to <chart> documents (templates/MODEL.md):
 * one for the company, one a unit or region where the kind has those. charts.c
 * lists and opens them; a kind is a row of its table and a builder in a file
 * of its own, chart_KIND.c.
 */
struct chart_region { /* of a gantt's table */
	const char *name, *slug;
};
struct chart_plan {
	const struct declared_chart *declared; /* the first scheme's that has it */
	const struct declared_chart **of_scheme; /* the same chart in each scheme; NULL where it has none */
	const char *id; /* names the files */
	bool *drawn; /* by person: their policy declares it and its `when` fits them */
	bool is_cycles; /* its page is cycles.html */
	const struct chart_region *regions;
	size_t region_count;
};

/* One chart being built. */
struct chart_scope {
	const struct chart_plan *plan;
	const struct declared_chart *declared;
	size_t unit; /* SIZE_MAX: the company */
	size_t region; /* SIZE_MAX: all */
	struct group people; /* of the unit and below, whose policy declares the chart and whom its `when` fits; by unit, then id */
	const struct item *item; /* figures[0], NULL if none */
	size_t column; /* its ledger column; SIZE_MAX */
};

/* ---- what builders share ---- */
/* Title, subtitle "measure, month, n people" and footnote. count: people drawn; the others of the scope are left out. */
void chart_head(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const char *finding, size_t count);
void chart_subtitle_add(xmlNode *chart, const char *text); /* behind what chart_head wrote */
const char *chart_measure(struct pen *pen, const struct item *item); /* "业绩（元）" */
const char *chart_unit_word(struct pen *pen, enum value_type type); /* "元", "%" or "" */
/* The figure of a person; missing where their policy has none. */
const struct value *chart_value(struct pen *pen, size_t person, size_t column);
/* What a figure's number says: percents as 92.5, so that scales and values are in the unit printed. */
struct decimal chart_number(const struct value *value);
const char *chart_text(struct pen *pen, struct decimal number, enum value_type type); /* two decimals for money, at most two else */
struct decimal chart_round(struct decimal number); /* to 0.01 */
/* numbers ascend; by linear interpolation (as QUARTILE.INC does), to 0.01. quarters 0 … 4 */
struct decimal chart_quartile(const struct decimal *sorted, size_t count, size_t quarters);
void chart_sort(struct decimal *numbers, size_t count);
/* <scale> in words of the type: 20%, 1,000 */
void chart_scale(struct pen *pen, xmlNode *parent, const struct span *span, enum value_type type);
/* A node with value= and at= on the span, and its text. */
xmlNode *chart_put(struct pen *pen, xmlNode *parent, const char *name, const struct span *span, struct decimal number,
	enum value_type type);
/* The data table: <data>, its <column>s, then entries of <cell>s. */
xmlNode *chart_data(struct pen *pen, xmlNode *chart, const char *title);
void chart_column(xmlNode *data, const char *head, bool is_number);
void chart_cell(xmlNode *entry, const char *text);

/* ---- chart_rows.c: the rows of a chart of people ---- */
struct chart_row_of {
	const char *label; /* unique: a name, with the number where two bear it; a unit's with its number of people */
	const char *id;
	struct group people; /* one person, or a unit's */
	bool is_namesake;
	bool has_value; /* what chart_rows_sort sorts by; set by the builder */
	struct decimal value;
};
struct chart_rows {
	struct chart_row_of *rows;
	size_t count;
	bool of_units;
};
struct chart_rows chart_rows_of_people(struct pen *pen, struct group people);
struct chart_rows chart_rows_of_units(struct pen *pen, struct group people); /* people by unit, as a scope has them */
struct chart_rows chart_rows_of(struct pen *pen, struct group people, size_t most); /* units if there are more people */
void chart_rows_add_all(struct pen *pen, struct chart_rows *rows, const struct chart_scope *scope); /* before units, if several: all together */
void chart_row_head(xmlNode *node, const struct chart_row_of *row); /* @label, @id */
void chart_rows_sort(struct chart_rows *rows); /* greatest value first, those without last, then by id */
/* Mean of the figure over those who have it, to 0.01 (of one person the value itself); false if nobody has. */
bool chart_mean(struct pen *pen, struct group people, size_t column, struct decimal *out);

/* ---- chart_bullets.c: the same for the pages of units and the overview ---- */
void chart_add_targets(struct pen *pen, xmlNode *parent, const struct chart_scope *scope); /* <targets>; nothing where nobody has one */

/* ---- the kinds ---- */
typedef void chart_build(struct pen *pen, xmlNode *chart, const struct chart_scope *scope);
chart_build chart_build_bullets, chart_build_change, chart_build_composition, chart_build_distribution, chart_build_gantt,
	chart_build_heatmap, chart_build_sparklines, chart_build_trend, chart_build_waterfall;

#endif
