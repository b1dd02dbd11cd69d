#ifndef SALESPAY_MODEL_MODEL_H
#define SALESPAY_MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/diag.h"
#include "calc/gains.h"

/*
 * Results to the XML documents that pages, charts and slips are drawn from
 * (templates/MODEL.md, model.rng, public.rng): the one place where numbers and
 * dates become text. Documents are listed first and built one by one, so that
 * workers share them out and memory stays bounded however large the company:
 *
 *	struct model *model = model_new(&input, diag);
 *	for (i = 0; i < model_count(model); i++) {
 *		xmlDocPtr doc = model_build(model, i, scratch);
 *		… write model_entry(model, i)->file, render its pages, draw its slips …
 *		xmlFreeDoc(doc);
 *	}
 *
 * model_build may run in forked workers: it changes nothing in the model.
 * Public documents are built on their own path from public values; none is
 * made by taking things out of a managers' document.
 */

/* What earlier ledgers say, read by the pipeline (books/earlier.h has the same arrays). NULL arrays: nothing known. */
struct model_history {
	/* person_count x column_count: last month's ledger; missing where there was no row or no such column. */
	const struct value *last;
	const bool *had_last; /* by person: last month's ledger has a row */
	const size_t *last_unit; /* by person: the unit of that row as an index into facts->units; SIZE_MAX */
	const bool *unit_before; /* by unit: that ledger has people of it or below it */
	/* person_count x column_count, money columns: sum over this calendar year's earlier months; missing without any. */
	const struct value *year;
	/* At most twelve earlier months, ascending, and in each the main score (model_score_column) by person: month_count x person_count. */
	const int32_t *months;
	size_t month_count;
	const struct value *scores;
	/* Everyone in those ledgers, those who have left since among them, by month: rows, and scores one by one in any order. May be NULL. */
	const size_t *people, *score_counts;
	struct decimal *const *everyone;
	/* By ledger column, money: everyone's sum of last month, of the month a year ago and of this calendar year's earlier months; missing without any. */
	const struct value *last_sums, *year_ago_sums, *year_sums;
	const struct course *courses; /* one for each of the rulebook's, over `months`; may be NULL */
};

/* A control total: an equation. */
struct model_side {
	const char *label;
	const char *sign; /* before it: "equals" "plus" "minus"; of the first nothing */
	struct decimal value;
};
struct model_control {
	const char *name, *label; /* its id, for the words about it; what it is called */
	bool holds, money; /* money ones never reach the public tree */
	const struct model_side *sides;
	size_t side_count;
	const char *without; /* schemes that it does not concern; NULL if none */
	bool no_bank;
};

/* An amount far from its person's own past, found by the pipeline (books/outlier.h), what differs most first. */
struct model_outlier {
	size_t person;
	const char *label;
	struct decimal value, usual, low, high; /* two decimals */
	size_t months; /* that it was held against */
};

/* A row of a corrections table of this month: what was due in the month it corrects, and what was paid until now. Their difference is its amount. */
struct model_corrected {
	size_t table, row; /* index into facts->tables */
	struct decimal due, paid;
};

/* A file the month publishes beside the pages, for the downloads page. */
struct model_file {
	const char *path; /* below output/MONTH/, e.g. "ledger.csv", "charts/ranking.pdf" */
	const char *kind; /* "csv" "pdf" "svg" "xml" */
	const char *title;
	size_t rows; /* 0: not said */
	bool in_site; /* path starts with site/ and the public downloads page lists it */
};

struct model_source {
	const char *name; /* as the user would type it, below INPUT */
	const char *sha256;
};

struct model_input {
	const struct company *company;
	const struct results *results; /* facts and rulebook hang on it */
	const struct facts *facts; /* model_build_check without results: what could be read all the same; or NULL */
	int32_t month;
	bool sealed; /* model_build_check: nothing is left to run */
	struct model_history history;
	struct diag *messages; /* of this month's run, for the data-quality page */
	const char *folder; /* INPUT: paths in documents are below it, so that they are the same wherever it stands */
	const char *language; /* "zh-CN" or "en" */
	const char *tool; /* "salespay 0.1" */
	int32_t previous, next; /* months that are or will be published; 0: none */
	bool same_policies; /* the month before was made with the policies of this one, so that it has the same charts */
	const struct model_control *controls; size_t control_count;
	const struct model_outlier *outliers; size_t outlier_count;
	size_t compared; /* people with amounts that have enough of a past to be held against */
	const struct model_corrected *corrected; size_t corrected_count; /* by table and row; rows that the books say nothing of are not there */
	const struct model_file *files; size_t file_count;
	const struct model_source *sources; size_t source_count;
	struct arena *arena;
};

enum model_kind {
	MODEL_OVERVIEW, MODEL_RANKING, MODEL_UNIT, MODEL_PROMOTION, MODEL_POLICY, MODEL_QUALITY, MODEL_DOWNLOADS,
	MODEL_HELP, MODEL_ACCESSIBILITY, MODEL_MISSING, MODEL_DIRECTORY, MODEL_CHART
};
/* A page that the document makes: with person NULL the document's own, else that person's (stylesheet parameter). */
struct model_page {
	const char *path; /* below output/MONTH/, e.g. "site/ranking-p02.html", "managers/D11/p/E1001.html" */
	const char *person; /* id or NULL */
};
struct model_entry {
	enum model_kind kind;
	bool is_public;
	const char *file; /* below output/MONTH/: "model/managers/unit-D11.xml" */
	const struct model_page *pages;
	size_t page_count;
	size_t unit; /* MODEL_UNIT, and MODEL_RANKING never: index into facts->units; SIZE_MAX: company, or people without unit */
	/* MODEL_CHART: it is drawn as charts/STEM.pdf and .svg, as site/charts/STEM.svg where it is public; its page shows it inline. */
	const char *stem;
	size_t chart, region;
	size_t sheet; /* 0 for the first of a split ranking or unit */
	/* MODEL_UNIT of the managers: whose slips it holds. by_unit[first_person … last_person) */
	size_t first_person, last_person;
};

struct model;
/* Never fails for a computed month. The input and all it points to must outlive the model. */
struct model *model_new(const struct model_input *input);
size_t model_count(const struct model *model);
const struct model_entry *model_entry(const struct model *model, size_t index);
/* What is known only when all else was made: controls and messages, for the quality pages and overviews that are built from now on. */
void model_conclude(struct model *model, const struct model_input *input);
/* The caller frees it with xmlFreeDoc. scratch may be reset after each. */
xmlDocPtr model_build(const struct model *model, size_t index, struct arena *scratch);

/*
 * The data-quality page of a month of which only so much stands: company,
 * results and facts may each be NULL. It stands alone, linking to no other page.
 */
xmlDocPtr model_build_check(const struct model_input *input, struct arena *scratch);

/* A month under another policy, managers only: as the check's page it stands alone. The input is that of the other policy. */
struct model_comparison {
	const struct gains *gains;
	const char *was, *is; /* titles and versions of both policies */
};
xmlDocPtr model_build_compare(const struct model_input *input, const struct model_comparison *comparison, struct arena *scratch);

/* What became of a month's mail, for managers/mail.html, which stands alone: it comes and goes after the seal. */
struct model_mailing_row {
	const char *id, *name;
	size_t state; /* into states */
	const char *address, *when, *reply; /* the server's words; all may be NULL */
	int attempts;
	const char *receipt; /* "confirmed", "objected" or NULL */
	const char *note;
};
struct model_mailing {
	const char *const *states; /* in the order in which they are listed */
	size_t state_count;
	const struct model_mailing_row *rows; size_t count;
	const char *next; /* command; NULL if there is nothing to do */
};
xmlDocPtr model_build_mailing(const struct model_input *input, const struct model_mailing *mailing, struct arena *scratch);

/*
 * The letter that a slip is attached to (templates/mail/). It travels readable
 * for whoever carries it: no amount, no password.
 */
struct model_letter {
	const struct company *company;
	const char *language;
	int32_t month;
	const char *subject; /* company.xml's own, {0} being the month; NULL: the usual one */
	const char *receipts; /* where people confirm or object; NULL: they are not asked */
	const char *id, *name; /* name may be "" */
	const char *attachment; /* its file name */
	bool test; /* it does not go to that person */
};
const char *model_letter_subject(const struct model_letter *letter, struct arena *scratch);
xmlDocPtr model_build_letter(const struct model_letter *letter, struct arena *scratch);

/* The ledger column that rankings, distributions and trends show: the first scorecard's; SIZE_MAX if no policy has one. */
size_t model_score_column(const struct rulebook *rulebook);
/* A file or folder name for an id: itself if it is plain ASCII (letters, digits, . _ -), else u and 12 hex digits of its SHA-256. */
const char *model_slug(const char *id, struct arena *arena);

/* The page that lists all months, output/index.html. Newest first. */
struct model_month {
	int32_t month;
	size_t people;
	bool sealed;
	size_t errors, warnings;
	bool has_score;
	struct decimal score; /* mean of the main score, two decimals */
};
xmlDocPtr model_build_months(const struct company *company, const char *language, const char *tool,
	const struct model_month *months, size_t month_count, struct arena *scratch);

#endif
