#ifndef SALESPAY_CALC_EVAL_H
#define SALESPAY_CALC_EVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calc/calculation.h"
#include "value/date.h"

/*
 * One formula evaluated for one person (contract, 5.2). An eval is cheap to
 * copy: group and history functions evaluate their expression in a copy with
 * another person or an earlier month.
 */

#define EVAL_LEVELS 16

struct tracer;

struct eval {
	struct calculation *run;
	const struct policy *policy;
	size_t person;
	int32_t month; /* evaluated for: the run's, or an earlier one */
	const struct history_row *past; /* set for an earlier month */
	const struct item *item; /* being computed, for messages; may be NULL */
	const struct table *row_table[EVAL_LEVELS];
	size_t row[EVAL_LEVELS];
	int depth; /* rows in scope */
	bool blank; /* a comparison had a missing side, or a bare missing yesno counted as no */
	bool failed; /* an error was reported */
	struct tracer *tracer; /* calc/tracer.h: records what is evaluated; NULL: nothing does */
};

struct eval eval_start(struct calculation *run, const struct policy *policy, size_t person);
void eval_push_row(struct eval *eval, const struct table *table, size_t row);

struct value eval_node(struct eval *eval, const struct node *node);
/* The same, never recorded itself: for the tracer. */
struct value eval_untraced(struct eval *eval, const struct node *node);
/* A condition: missing counts as no. */
bool eval_holds(struct eval *eval, const struct node *node);
/* NULL formula: yes. */
bool eval_when(struct eval *eval, const struct formula *when);

/* The parts of eval_node, one noun a file. */
struct value eval_scalar(struct eval *eval, const struct node *node);
struct value eval_rows(struct eval *eval, const struct node *node);
struct value eval_line_sum(struct eval *eval, const struct node *node);
struct value eval_history(struct eval *eval, const struct node *node);
struct value eval_group(struct eval *eval, const struct node *node);
struct value eval_share(struct eval *eval, const struct node *node);
struct value eval_rates(struct eval *eval, const struct node *node);
struct value eval_tiers(struct eval *eval, const struct node *node);
struct value eval_operator(struct eval *eval, const struct node *node);

/* True with the comparison's outcome in *holds; false if a side is missing. */
bool eval_compare(struct eval *eval, enum node_kind kind, const struct value *a, const struct value *b, bool *holds);

/* Reports an error of this person at the innermost row in scope, else at the person's staff row. The arguments are the message's. */
#define eval_error(eval, ...) eval_report(eval, __VA_ARGS__, NULL)
void eval_report(struct eval *eval, enum message id, ...) __attribute__((sentinel));
/* The pay date of any month; the month's last day without a company (a policy's examples). */
int32_t eval_pay_date(const struct calculation *run, int32_t month);
/* As value_format, also for money between roundings, which may have more than two decimals. */
const char *eval_format(const struct value *value, char out[VALUE_TEXT_SIZE]);
/* "张伟 (E0007)" */
const char *eval_person_name(const struct calculation *run, size_t person);

#endif
