#ifndef SALESPAY_POLICY_POLICY_H
#define SALESPAY_POLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/chart_kind.h"
#include "policy/library.h"
#include "table/spec.h"
#include "value/value.h"
#include "xml/xml.h"

struct arena;
struct text_pool;
struct diag;
struct formula; /* policy/formula.h */
struct names; /* policy/names.h */
struct article;

/*
 * A policy as read: the regulation's articles with what stands in them. No
 * rule of any company, country or year is in C: everything here comes from the
 * document. Names are interned, so they compare by pointer. Immutable once
 * policy_read has returned, but for the indexes that rulebook_build sets.
 */

/* Dated constant: the value of the latest `from` not after the month; before the first it is missing. */
struct parameter {
	const char *name;
	enum value_type type;
	struct dated { int32_t from; struct value value; struct place place; } *values; /* ascending */
	size_t value_count;
	struct place place;
	struct article *article; /* or NULL */
};

struct grade_set {
	const char *name;
	enum value_type type;
	struct place place;
};
struct grade {
	const char *id, *title, *track;
	int order;
	struct value *sets; /* one for each policy->grade_sets; missing where the grade does not set it */
	struct place place;
};

struct rate {
	const char **keys; /* NULL entry: * */
	struct value value;
	struct place place;
};
struct rates {
	const char *name;
	const char **keys; /* what the arguments are called, for messages and the report */
	size_t key_count;
	enum value_type type;
	struct rate *rows;
	size_t row_count;
	bool has_otherwise;
	struct value otherwise;
	struct place place;
	struct article *article;
};

enum tiers_mode { TIERS_MARGINAL, TIERS_WHOLE, TIERS_VALUE, TIERS_LINEAR };
enum tiers_negative { NEGATIVE_ERROR, NEGATIVE_ZERO, NEGATIVE_FIRST };
struct tier {
	struct decimal bound;
	bool over; /* x > bound; else x >= bound */
	struct value entry;
	struct place place;
};
struct tiers {
	const char *name;
	enum tiers_mode mode;
	enum value_type type; /* of the entries */
	enum tiers_negative negative;
	struct tier *rows; /* bounds ascend strictly */
	size_t row_count;
	struct place place;
	struct article *article;
};

enum section { SECTION_FACTS, SECTION_SCORE, SECTION_EARNINGS, SECTION_DEDUCTIONS, SECTION_EMPLOYER, SECTION_NET };
const char *section_name(enum section section); /* "facts" … as in policies */

/* What is computed. All but lines and checks are columns of the ledger. */
enum item_kind { ITEM_FIGURE, ITEM_TOTAL, ITEM_SCORECARD, ITEM_KPI, ITEM_ADJUST, ITEM_LINE, ITEM_CHECK };
enum when_missing { MISSING_ERROR, MISSING_ZERO, MISSING_RENORMALISE };

/* A check's text: literal text, or a {figure} where item is set. */
struct check_piece {
	const char *text;
	const struct item *item;
	const char *name; /* as written, before resolving */
	struct place place;
};

struct item {
	enum item_kind kind;
	const char *name;
	const char *label; /* what slips and pages call it; the name if not given */
	enum value_type type; /* lines too; checks: VALUE_TEXT */
	enum section section;
	struct formula *formula; /* NULL for totals, scorecards, checks */
	struct formula *when; /* NULL: always */
	bool rounds; /* money always; others when round= is given */
	struct decimal step;
	enum rounding rounding;
	const char *audience; /* as written: "managers", "slip" …; NULL if not given */
	const char *print; /* as written or NULL */
	struct article *article; /* innermost; NULL outside any */
	struct place place; /* of the element's start tag */
	const char *source; /* the formula as written, trimmed; NULL if none */

	enum section total_of; /* ITEM_TOTAL */
	/* ITEM_SCORECARD: its parts, in order of writing. ITEM_KPI, ITEM_ADJUST: parent. */
	struct item **kpis, **adjusts;
	size_t kpi_count, adjust_count;
	struct item *parent;
	enum when_missing when_missing; /* scorecard */
	struct decimal weight; /* kpi */
	struct formula *actual, *target; /* kpi: what its page sets side by side; NULL: not said */
	bool has_cap, has_floor; /* scorecard, kpi */
	struct decimal cap, floor;

	/* ITEM_LINE */
	const struct table_spec *table;
	const struct column *key, *split, *split_weight; /* split ones may be NULL */

	/* ITEM_CHECK */
	bool is_error;
	struct check_piece *pieces;
	size_t piece_count;

	/* Set by rulebook_build. */
	size_t column; /* of the ledger; SIZE_MAX for lines and checks */
	size_t line; /* among the rulebook's lines; SIZE_MAX for others */
};

enum movement_kind { MOVE_PROMOTION, MOVE_DEMOTION, MOVE_CONFIRMATION, MOVE_REMOVAL, MOVE_CERTIFICATION };
enum movement_to { TO_NOTHING, TO_GRADE, TO_NEXT, TO_PREVIOUS };
struct criterion {
	const char *name;
	struct formula *formula;
	const char *source;
	struct place place;
};
struct movement {
	enum movement_kind kind;
	const char *title;
	const char **from; /* grade ids; count 0: any */
	size_t from_count;
	enum movement_to to;
	const char *to_grade; /* id; TO_GRADE */
	struct formula *when; /* or NULL */
	struct criterion *criteria;
	size_t criterion_count;
	struct article *article;
	struct place place;
};

/* A chart as declared, its names resolved; which of these a kind has says policy/chart_kind.h. */
struct chart_target { /* nothing set: none */
	const struct item *item;
	const struct parameter *parameter; /* by the month drawn */
	bool is_literal;
	struct decimal literal;
};
struct declared_chart {
	const struct chart_kind *kind;
	const char *id, *title; /* id NULL if not given */
	const struct item **figures;
	size_t figure_count;
	struct chart_target target;
	struct decimal *bands; /* parts of the target, ascending */
	size_t band_count;
	bool has_pass;
	struct decimal pass;
	size_t by, audience; /* places among the kind's words; 0 where it has none */
	const struct table_spec *table;
	const struct column *columns[CHART_COLUMNS];
	struct formula *when; /* NULL: everyone */
	struct place place;
	struct article *article;
};

struct export_column {
	const char *title;
	struct formula *formula;
};
struct export {
	const char *file, *title, *encoding; /* encoding "UTF-8" or "GB18030" */
	bool bom;
	const struct table_spec *of; /* one row a line of that table; NULL: one row a person */
	struct export_column *columns;
	size_t column_count;
	struct place place;
};

struct given { /* <given> and <expect> */
	const char *name; /* 列, 表.列 or a figure, as written */
	const char *text;
	struct place place;
};
struct past {
	int32_t month;
	struct given *givens;
	size_t given_count;
	struct place place;
};
struct example_rows {
	const struct table_spec *table;
	struct xml_text text; /* CSV with header */
	struct place place;
};
struct example {
	const char *title;
	const char *grade; /* id or NULL */
	int32_t month; /* the policy's first if not given */
	int pay_day; /* with pay_next_month in place of the company's rule; 0: that one */
	bool pay_next_month;
	struct given *givens, *expects;
	size_t given_count, expect_count;
	struct example_rows *rows;
	size_t rows_count;
	struct past *pasts;
	size_t past_count;
	struct article *article;
	struct place place;
};

/* An article's content in reading order, for the report. */
enum block_kind {
	BLOCK_PARAGRAPH, BLOCK_LIST, BLOCK_ARTICLE, BLOCK_ITEM, BLOCK_RATES, BLOCK_TIERS, BLOCK_PARAMETER,
	BLOCK_MOVEMENT, BLOCK_EXAMPLE, BLOCK_CHART, BLOCK_EXPORT, BLOCK_TABLE, BLOCK_GRADES
};
struct block {
	enum block_kind kind;
	const char *text; /* BLOCK_PARAGRAPH */
	const char **entries; /* BLOCK_LIST */
	size_t entry_count;
	bool ordered;
	const void *object; /* the struct article, item, rates … itself */
};
struct article {
	const char *number, *title;
	struct article *parent; /* NULL at the top */
	struct block *blocks;
	size_t block_count;
	struct place place;
};

struct replacement {
	const char *name, *reason;
	struct place place, replaced; /* the local rule, the included one */
};

struct policy {
	const char *id, *title, *version, *currency;
	const char *path; /* as company.xml or the user names it */
	int32_t first_month; /* earliest date of a parameter, else from= in company.xml; examples' default */
	struct table_spec **tables; size_t table_count;
	struct parameter **parameters; size_t parameter_count;
	struct grade_set *grade_sets; size_t grade_set_count;
	struct grade *grades; size_t grade_count;
	struct rates **rates; size_t rates_count;
	struct tiers **tiers; size_t tiers_count;
	struct item **items; size_t item_count; /* in policy order: a scorecard's kpis and adjustments before it */
	struct movement **movements; size_t movement_count;
	struct declared_chart **charts; size_t chart_count;
	struct export **exports; size_t export_count;
	struct example **examples; size_t example_count;
	struct article *body; /* root without number: top-level articles and what stands outside any */
	struct replacement *replacements; size_t replacement_count;
	const char **files; size_t file_count; /* every file read: the document, includes, tables of numbers */
	const struct table_spec *staff; /* the one with role staff; never NULL after policy_read */
	const struct table_spec *units; /* or NULL */
	struct names *names;
	struct arena *arena;
};

struct policy_reader {
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct policy_roots roots; /* nothing outside may be read */
	int32_t from; /* from= of company.xml, for first_month */
};
/*
 * Reads the document with its includes and tables of numbers, checks
 * everything that can be checked without data and compiles all formulas.
 * Every mistake is reported; NULL if there was any. Examples are run by
 * calc/example.
 */
struct policy *policy_read(const char *path, const struct policy_reader *reader);

const struct grade *policy_grade(const struct policy *policy, const char *id_or_title); /* NULL if none */
/* Next or previous by order within the track; NULL if none. */
const struct grade *policy_grade_step(const struct policy *policy, const struct grade *grade, int direction);
const struct value *parameter_at(const struct parameter *parameter, int32_t month); /* NULL before the first */

#endif
