#ifndef SALESPAY_MODEL_BUILD_H
#define SALESPAY_MODEL_BUILD_H

#include "model/model.h"
#include "model/sentence.h"

#define SHEET_ROWS 500 /* UX.md H6 */
#define SHEET_PEOPLE 300
#define NOBODY SIZE_MAX

/* Where a person stands by the main score. rank 0: not ranked. */
struct standing {
	size_t rank, last_rank;
	size_t below; /* how many have a lower score */
	bool tied;
};
/* Everyone's scores of an earlier month, ascending. count 0: none is known. */
struct past_scores {
	const struct decimal *sorted;
	size_t count, people; /* scores; rows of that month's ledger */
	struct decimal mean; /* two decimals */
};
/* A message about a row that is this person's. */
struct notice {
	size_t person;
	const struct diag_item *message;
};
/* What a person's earnings, deductions … add up to. */
struct sums {
	struct decimal sections[SECTION_NET + 1];
};
/* What lists of units show of each: of its people and all below. */
struct unit_sums {
	bool has_now, has_last;
	struct decimal now, last; /* mean scores */
	struct decimal cost; /* earnings */
};
/* A scale's ends and step in plain numbers: geometry only. */
struct span {
	double low, high, step;
};

struct model {
	struct model_input input;
	int32_t month;
	bool alone; /* the page of a check: facts, rulebook, company and input.results may be NULL, and no other page is there */
	const struct facts *facts;
	const struct rulebook *rulebook;
	const struct company *company;
	bool chinese;
	size_t score; /* ledger column; SIZE_MAX */
	const struct item *score_item;
	const char *score_label;
	bool has_pass;
	struct decimal pass; /* of the ranking chart that the policy declares */
	struct standing *standing; /* by person */
	size_t *order, ranked; /* people by rank, then id */
	struct sums *sums; /* by person */
	struct unit_sums *unit_sums; /* by unit */
	struct decimal *sorted; /* the scores of everyone ranked, ascending */
	struct past_scores past[13]; /* by months back; of this month nothing */
	struct span trend_span; /* one for all people, so that sparklines compare */
	size_t trend_months; /* how many months, this one included, trends show: those that have any score, at most 12 */
	const char **folders; /* by unit; [unit_count] for people without unit */
	const char **slugs; /* by person */
	const struct diag_item *messages;
	size_t message_count;
	struct chart_plan *charts; /* model/chart.h: what policies declare and we draw */
	size_t chart_count;
	struct notice *notices; /* by person, then as messages */
	size_t notice_count;
	struct model_entry *entries;
	size_t entry_count;
};

/* One document being built. */
struct pen {
	const struct model *model;
	const struct model_entry *entry;
	struct arena *scratch;
	const char *root; /* from the page to the top of its tree: "../" */
	struct arena *traces; /* of the person under way */
	xmlDocPtr doc;
};

/* ---- text.c: the one place where numbers and dates become text ---- */
const char *text_money(struct pen *pen, struct decimal amount);
const char *text_signed(struct pen *pen, struct decimal amount);
const char *text_number(struct pen *pen, struct decimal number, int places); /* places -1: as it is, cut at six with an ellipsis */
const char *text_count(struct pen *pen, size_t count);
/* item: for its rounding, may be NULL; grades: the policy whose titles to use, may be NULL. */
const char *text_value(struct pen *pen, const struct value *value, const struct item *item, const struct policy *policy);
const char *text_date(struct pen *pen, int32_t day);
const char *text_month(struct pen *pen, int32_t month);
const char *text_month_id(struct pen *pen, int32_t month);
/* A path below INPUT. */
const char *text_source(const struct pen *pen, const char *path);
const char *text_percent(struct pen *pen, double percent); /* geometry: 0 to 100, one decimal */
/* Chinese capital amount: 壹仟贰佰叁拾肆元伍角陆分. */
const char *text_capitals(struct arena *arena, struct decimal amount);

/* ---- put.c: nodes and attributes ---- */
xmlNode *put(xmlNode *parent, const char *name);
xmlNode *put_text(xmlNode *parent, const char *name, const char *text);
void attribute(xmlNode *node, const char *name, const char *value);
void attribute_count(struct pen *pen, xmlNode *node, const char *name, size_t value);
xmlNode *put_value(struct pen *pen, xmlNode *parent, const char *name, const struct value *value,
	const struct item *item, const struct policy *policy);
xmlNode *put_number(struct pen *pen, xmlNode *parent, const char *name, struct decimal number, int places);
xmlNode *put_money(struct pen *pen, xmlNode *parent, const char *name, struct decimal amount);
xmlNode *put_missing(struct pen *pen, xmlNode *parent, const char *name);
void attribute_at(struct pen *pen, xmlNode *node, const struct span *span, double value);
void attribute_geometry(struct pen *pen, xmlNode *node, const char *name, const struct span *span, double value);
/* Ends, ticks and bounds of scales are round numbers: whole, or hundredths of small ones. */
struct decimal scale_number(double number);
void add_scale(struct pen *pen, xmlNode *parent, const struct span *span, const char *unit);
void add_mark(struct pen *pen, xmlNode *parent, const char *kind, const struct span *span, struct decimal value, int places);
void add_who(struct pen *pen, xmlNode *parent, size_t person, bool with_unit);
void add_move(struct pen *pen, xmlNode *parent, size_t now, size_t before);
void add_finding(xmlNode *parent, const char *text);

/* ---- standing.c ---- */
void standing_compute(struct model *model);
const struct value *score_of(const struct model *model, size_t person); /* never NULL; missing if none */
const struct value *last_score_of(const struct model *model, size_t person); /* last month's; NULL if none */
struct span span_of(double low, double high, double at_least); /* round ends, four to six steps */
/* Their score of that month as the model's history has it; NULL if nothing is known of that month. */
const struct value *past_score_of(const struct model *model, size_t person, size_t months_back);
/* The rank that a score of that month had among everyone of it, and who was below it; 0 if nothing is known. */
size_t past_rank(const struct model *model, size_t months_back, struct decimal score);
/*
 * Mean of the scores of by_unit[first … last), two decimals; months_back 0: now. Earlier months: of the same people,
 * but of the whole company everyone of that month. False if nobody has one.
 */
bool mean_score(const struct model *model, size_t first, size_t last, size_t months_back, struct decimal *out);
struct decimal median_of(struct decimal lower, struct decimal upper); /* of the two middle values, which may be one */
size_t below_pass(const struct model *model, size_t first, size_t last);
const char *person_name(const struct model *model, size_t person); /* the id if there is no name */
const char *grade_title(const struct policy *policy, const char *grade);

/* ---- notices.c ---- */
void notices_find(struct model *model);

/* ---- head.c ---- */
struct head {
	const char *kind, *path, *title, *heading, *kicker;
	const char *crumb_href, *crumb; /* one step above, may be NULL */
	bool lasting; /* every month has this page */
	const char *before, *after; /* if not: the nearest page last and next month; NULL for that month's first */
};
void add_page(struct pen *pen, xmlNode *parent, const struct head *head);
xmlNode *start_tree(struct pen *pen); /* a new document's model element */
xmlNode *start_document(struct pen *pen, const struct head *head); /* the model element with head, company, provenance */
const char *root_of(struct pen *pen, const char *path);

/* ---- openness.c: what the public tree may show ---- */
bool item_is_open(const struct item *item); /* no money, grade sets, parameters or personal columns in it or under it */
bool formula_is_open(const struct formula *formula);

/* ---- charts.c: what policies declare ---- */
void charts_find(struct model *model);
size_t charts_most_entries(const struct model *model);
void charts_list(struct model *model, bool is_public);
const char *chart_page(struct arena *arena, const struct model *model, size_t chart); /* its page, without folder and ending */
void add_targets(struct pen *pen, xmlNode *parent, size_t unit); /* <targets>, one a declared chart of bullets */
bool charts_have_cycles(const struct model *model, bool is_public); /* is there a cycles.html? */
void add_chart_figures(struct pen *pen, xmlNode *page, size_t unit); /* on the ranking's page (SIZE_MAX) or a unit's */
void build_chart(struct pen *pen);

/* ---- the documents ---- */
struct model_entry *model_add_entry(struct model *model, enum model_kind kind, bool is_public, const char *name, const char *page);
void build_overview(struct pen *pen);
void build_directory(struct pen *pen);
void build_ranking(struct pen *pen);
void build_unit(struct pen *pen);
void build_promotion(struct pen *pen);
void build_policies(struct pen *pen);
void build_quality(struct pen *pen);
void add_problems(struct pen *pen, xmlNode *parent); /* quality_problems.c: counts by code; managers: by file, with examples */
void add_outliers(struct pen *pen, xmlNode *parent); /* quality_outliers.c; managers only */
void add_unread(struct pen *pen, xmlNode *parent); /* files of the month's folder that no table reads; managers only */
size_t files_to_mend(const struct model *model); /* with an error in them */
void build_downloads(struct pen *pen);
void build_help(struct pen *pen);
void build_accessibility(struct pen *pen);
void build_missing(struct pen *pen);
void build_mailing(struct pen *pen, const struct model_mailing *mailing);
void build_compare(struct pen *pen, const struct model_comparison *comparison);

/* shared by documents */
bool item_applies(struct pen *pen, size_t person, const struct item *item); /* its `when` */
struct group { /* people of one page */
	const size_t *people;
	size_t count;
};
void add_ranking(struct pen *pen, xmlNode *parent, struct group group, bool whole_company);
void add_distribution(struct pen *pen, xmlNode *parent, struct group group);
void add_units(struct pen *pen, xmlNode *parent, size_t current);
void add_unit_row(struct pen *pen, xmlNode *parent, size_t unit, const struct span *span, bool cost);
void add_mean_trend(struct pen *pen, xmlNode *parent, size_t first, size_t last, bool with_points);
void add_person_trend(struct pen *pen, xmlNode *parent, size_t person, bool with_points);
void add_rank_trend(struct pen *pen, xmlNode *parent, size_t person); /* among the whole company of each month */
void add_key(xmlNode *parent, const char *id, const char *label, const char *unit, const char *value, const char *text);
void add_versus(struct pen *pen, xmlNode *parent, const char *label, struct decimal difference, int places);
/* managers only */
void add_payroll(struct pen *pen, xmlNode *parent, struct group group);
void add_absences(struct pen *pen, xmlNode *parent, struct group group);
void add_person(struct pen *pen, xmlNode *parent, size_t person, const struct standing *in_unit, size_t unit_count);
void add_pay(struct pen *pen, xmlNode *parent, size_t person);
/* waterfall.c: of these people together; false, and nothing is added, if there is no step to draw */
bool add_waterfall(struct pen *pen, xmlNode *parent, struct group group);
const char *waterfall_sentence(struct pen *pen, struct group group);
void add_facts(struct pen *pen, xmlNode *parent, size_t person);
void add_statements(struct pen *pen, xmlNode *parent, size_t person);
void add_corrections(struct pen *pen, xmlNode *parent, size_t person);
/* Of a line that pays corrections: each with its month, what was due and what was paid; NULL of any other line. */
const char *corrections_basis(struct pen *pen, size_t person, const struct item *item);
void add_scorecards(struct pen *pen, xmlNode *parent, size_t person);
int32_t in_force_from(const struct model *model, const struct scheme *scheme); /* the month since which its policy has been in force */
void add_editions(struct pen *pen, xmlNode *parent, const struct scheme *scheme); /* nothing if there was only ever one */
void add_changes(struct pen *pen, xmlNode *parent, const struct policy *policy); /* policy_changes.c; managers only */
void add_prose(xmlNode *parent, const struct article *article); /* its paragraphs and lists, without what stands in articles below */
const char *article_id(struct pen *pen, const struct article *article, const struct policy *policy);
/* criteria of one person; private parts only in the managers' tree */
void add_results(struct pen *pen, xmlNode *parent, const struct movement_result *result);
void add_evidence(struct pen *pen, xmlNode *parent, size_t person, const struct criterion *criterion); /* evidence.c; managers only */
void add_verdict(struct pen *pen, xmlNode *node, const struct movement_result *result);
const char *movement_kind_name(enum movement_kind kind);

/* people computed, not excluded, in order of id */
static inline bool is_computed(const struct model *model, size_t person)
{
	return model->facts->people[person].state != PERSON_EXCLUDED;
}

#endif
