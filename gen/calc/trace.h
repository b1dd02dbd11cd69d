#ifndef SALESPAY_CALC_TRACE_H
#define SALESPAY_CALC_TRACE_H

#include "calc/results.h"

struct text_buffer;
struct history_row;
struct history_line;

/*
 * How a figure came about: every part of its formula that was evaluated, with
 * the value met there, down to cells, policy lines and earlier months. It is
 * recorded by the evaluator itself while it evaluates, so it cannot differ
 * from what is computed; slips, pages and `explain` all read this one
 * structure. Parts that were not looked at (the other side of an if, what
 * stands behind a no in a chain of ands) have no node.
 */
enum trace_kind {
	TRACE_NODE, /* a node of a formula; below it what was evaluated of it, in order */
	TRACE_ROW, /* one row an aggregate looked at: table and row; fits: its condition holds */
	TRACE_MONTH, /* one month a history function looked at; fits: the person has a ledger row there */
	TRACE_PERSON, /* one person a group function looked at */
	TRACE_ENTRY /* a line's value of an earlier month (entry) or of a row of this month (table, row), added up by paid and earned */
};

struct trace_node {
	enum trace_kind kind;
	const struct node *node; /* TRACE_NODE */
	const struct formula *formula; /* whose text node->start and end count in */
	struct value value;
	size_t person; /* whose value */
	int32_t month; /* for which month */
	bool past; /* an earlier month: figures, grade and unit come from its ledger */
	bool fits;
	/* The cell a name was read from; row SIZE_MAX: the person has none. */
	const struct table *table;
	size_t row;
	const struct column *column;
	/* Where in the policy: a parameter's value, the grade, the rate. file NULL: nowhere. */
	struct place place;
	const struct grade *grade; /* of a grade's value */
	size_t index; /* the rate that matched (row_count: otherwise), the tier x falls into; SIZE_MAX none */
	const struct history_line *entry;
	size_t refers; /* a figure or line of this person and month: index of its item in the trace; SIZE_MAX none */
	struct trace_node *first, *last, *next; /* children; the next beside */
	size_t count; /* of children */
};

/* A figure that another one is put together from: of a total, a scorecard, a check's text; a row that a split shares with. */
struct trace_part {
	const struct item *item;
	size_t refers; /* SIZE_MAX: not traced */
	bool applies;
	bool counts; /* of a scorecard's kpi: its weight is among those that the sum is divided by; true of its adjustments */
	struct trace_node *when; /* NULL: always */
	size_t person, row; /* of a split */
	struct value value; /* the item's, as the results have it */
	struct value weight, part; /* of a scorecard the part is the points: weight × value ÷ weights, an adjustment's value */
};

struct trace_item {
	const struct item *item;
	size_t row; /* of a line, in its table; else SIZE_MAX */
	struct value value; /* as the results have it */
	struct value exact; /* before rounding, cut to 30 digits; of a split the part; missing if it has none */
	struct value whole; /* of a split line: the order's value, rounded */
	bool applies; /* else its value is 0, no or missing, for when says no */
	bool agrees; /* evaluated again it gives the results' value */
	struct trace_node *card_when; /* of a kpi or adjustment: its scorecard's condition */
	struct trace_node *when; /* NULL: none, or card_when said no */
	struct trace_node *root; /* NULL: no formula, or not applied */
	struct trace_part *parts; size_t part_count;
	struct decimal weights; /* of a scorecard: Σ of those that count, 100 or less */
};

/* Why a movement is or is not recommended. */
struct trace_movement {
	const struct movement *movement;
	const struct grade *from, *to;
	bool from_fits, has_target, applies; /* applies: a grade it starts from, one to go to, and `when` */
	struct trace_node *when; /* NULL: none, or not looked at */
	struct trace_node **criteria; /* movement->criterion_count; only if it applies */
	bool *holds;
};

struct trace;
/* All in the arena; results must outlive it. What evaluating reports is not said again. */
struct trace *trace_new(const struct results *results, size_t person, struct arena *arena);
/* Index of the item; it and all it refers to are traced by trace_follow. row: of a line's table, else SIZE_MAX. */
size_t trace_need(struct trace *trace, const struct item *item, size_t row);
void trace_follow(struct trace *trace);
size_t trace_count(const struct trace *trace);
const struct trace_item *trace_item(const struct trace *trace, size_t index);
/* Call trace_follow afterwards, for what the criteria refer to. */
struct trace_movement *trace_movement(struct trace *trace, const struct movement *movement);
/*
 * Does it, or anything it refers to of this month, look at other people? Then the ledger columns whose values of
 * everyone are needed are marked in columns. item NULL: any item, movement or check of the policy.
 */
bool trace_wants_everyone(const struct rulebook *rulebook, const struct policy *policy, const struct item *item, bool *columns);

/* One item alone, without what stands below aggregates and names: what pages and slips show. Nothing it has refers to others. */
const struct trace_item *trace_shallow(const struct results *results, size_t person, const struct item *item, size_t row,
	struct arena *arena);
/* Why its value is missing, as a chain: "应发合计 ← 基本工资 ← 考勤.出勤天数 (考勤.csv:14)". */
const char *trace_cause(const struct results *results, size_t person, const struct item *item, struct arena *arena);
/*
 * The months that a condition rests on: the first function over months in it, else in the figures it names and those
 * that they name, evaluated; its months are the TRACE_MONTHs below. NULL if it looks at none, or where `when` is no.
 */
const struct trace_node *trace_months(const struct results *results, size_t person, const struct formula *condition,
	struct arena *arena);
/* The child that is this part of the formula; NULL if it was not looked at. */
const struct trace_node *trace_child(const struct trace_node *parent, const struct node *node);
/* Its operands speak for it: operators and scalar functions. */
bool trace_is_open(const struct node *node);
/* The formula with its names replaced by their values: "1,500.00 × 92.5 ÷ 100"; "…" where nothing was looked at. */
const char *trace_basis(const struct trace_node *root, struct arena *arena);
/* The same with an if or default replaced by the side that counted: what people read on a slip, beside the formula. */
const char *trace_basis_chosen(const struct trace_node *root, struct arena *arena);
/* trace_basis of a part of it. */
const char *trace_basis_of(const struct trace_node *node, struct arena *arena);
/* A value as formulas show it: "1,500.00", "5%", “S2”, 是. */
void calc_write_value(const struct value *value, struct text_buffer *out);
/* The formula's text of a node. */
const char *trace_text(const struct trace_node *node, struct arena *arena);

#endif
