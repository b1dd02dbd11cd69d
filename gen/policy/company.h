#ifndef SALESPAY_POLICY_COMPANY_H
#define SALESPAY_POLICY_COMPANY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/formula.h"

/* company.xml: settings and which policy is in force when. */
struct scheme_entry { /* one <policy> element */
	const char *scheme; /* "" if not named */
	const char *href;
	int32_t from;
	struct xml_text when; /* text NULL: everyone */
	const char *trial; /* compare: a policy file that stands in for href, or NULL */
	const char *trial_root; /* its policies/ */
	struct place place;
};
enum site_policy { SITE_POLICY_NONE, SITE_POLICY_TEXT, SITE_POLICY_FULL };
enum site_people { SITE_PEOPLE_NONE, SITE_PEOPLE_UNIT, SITE_PEOPLE_ALL };
enum site_movements { SITE_MOVEMENTS_NONE, SITE_MOVEMENTS_ELIGIBLE, SITE_MOVEMENTS_ALL };
struct company {
	const char *name, *short_name, *language; /* "zh-CN" or "en" */
	const char *path; /* INPUT/company.xml */
	struct scheme_entry *entries;
	size_t entry_count;
	int pay_day; /* 1 … 31 */
	bool pay_next_month;
	const char *payslip_note; /* or NULL */
	bool payslip_strips; /* beside each one's slip, strips of a unit's people to print and cut */
	struct xml_text payslip_password; /* text NULL if none */
	enum site_policy site_policy;
	enum site_people site_people;
	enum site_movements site_movements;
	/* The attributes of <mail>, for mail/settings.h; their values trimmed, none blank. */
	const char **mail_names, **mail_values;
	struct place *mail_places; /* of the values */
	size_t mail_count;
	struct place mail_place; /* file NULL: there is no <mail> */
	struct xml_document *document;
};
struct company *company_read(const char *path, struct arena *arena, struct text_pool *pool, struct diag *diag);
int32_t company_pay_date(const struct company *company, int32_t month);

/*
 * All rules of one month: the policies in force, one list of tables and of
 * ledger columns over all of them, and one order of evaluation.
 */
struct scheme {
	const char *name;
	struct policy *policy;
	struct formula *when; /* NULL: everyone */
	struct place place;
};
struct ledger_column {
	const char *name;
	enum value_type type;
	const struct item **items; /* one a scheme, NULL where that policy has none */
	bool in_history; /* some history function reads it */
	size_t history; /* its place in a history row, if so */
};
struct step { /* one item of one policy */
	size_t scheme;
	struct item *item;
};
struct course_spec { /* what a trend chart draws month by month: ledger columns */
	size_t figure, target; /* target SIZE_MAX: none, or everybody's */
};
struct rulebook {
	const struct company *company;
	int32_t month;
	struct scheme *schemes; size_t scheme_count;
	const struct table_spec **tables; size_t table_count; /* the same declaration once; spec->index points here */
	const struct table_spec *staff, *units;
	struct ledger_column *columns; size_t column_count; /* the ledger's, policies in company.xml's order */
	const struct item ***lines; size_t line_count; /* [line][scheme]; a line of one name is one line over all schemes */
	bool *line_in_history; /* paid() or earned() reads it: earlier lines-NAME.csv are needed */
	size_t history_count; /* columns with in_history */
	struct course_spec *courses; size_t course_count;
	bool needs_history; /* any history function, paid or earned */
	struct step *order; size_t step_count; /* every item before what uses it; checks last */
	size_t slot_count; /* group and share nodes over all policies, slots made unique here */
};
/*
 * Reads the policies in force in that month (entries whose from is the latest
 * not after it, scheme by scheme) and orders everything. Cycles, differing
 * staff tables and figures of one name with two types are errors; NULL then.
 */
struct rulebook *rulebook_build(const struct company *company, int32_t month, const struct policy_roots *roots,
	struct arena *arena, struct text_pool *pool, struct diag *diag);
/* A rulebook of one policy alone, for its examples and for lint. */
struct rulebook *rulebook_of_policy(struct policy *policy, struct arena *arena, struct text_pool *pool, struct diag *diag);

#endif
