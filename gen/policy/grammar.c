#include "policy/grammar.h"

#include <string.h>

/* Types by value, in the order of enum value_type; grade only where a person's grade is kept. */
#define TYPES "money|number|percent|yesno|text|date"
#define COLUMN_TYPES "id|text|number|money|percent|date|month|grade|yesno|choice"
#define COLUMN_ROLES "id|name|unit|grade|email|hired|left|identity|account|parent|head|person|month|figure|amount"
#define SECTIONS "facts|score|earnings|deductions|employer|net"
#define YES_NO "yes|no"
#define ROUNDINGS "half-even|down|up"
#define AUDIENCES "slip|managers|staff|none"

#define ATTRIBUTES(name) static const struct attribute_rule name[]
#define END { NULL, false, ATTRIBUTE_ANY, NULL }
#define NAME { "name", true, ATTRIBUTE_NAME, NULL }
#define TITLE { "title", true, ATTRIBUTE_WORDS, NULL }
#define WHEN { "when", false, ATTRIBUTE_ANY, NULL }
#define SHOWN { "label", false, ATTRIBUTE_WORDS, NULL }, { "audience", false, ATTRIBUTE_ONE_OF, AUDIENCES }, \
	{ "print", false, ATTRIBUTE_ONE_OF, YES_NO }
#define ROUNDED { "round", false, ATTRIBUTE_POSITIVE, NULL }, { "rounding", false, ATTRIBUTE_ONE_OF, ROUNDINGS }
#define BOUNDED { "cap", false, ATTRIBUTE_DECIMAL, NULL }, { "floor", false, ATTRIBUTE_DECIMAL, NULL }
#define FILE_OF { "file", false, ATTRIBUTE_WORDS, NULL }

ATTRIBUTES(none) = { END };
ATTRIBUTES(policy) = { { "id", true, ATTRIBUTE_WORDS, NULL }, TITLE, { "version", true, ATTRIBUTE_WORDS, NULL },
	{ "currency", false, ATTRIBUTE_CURRENCY, NULL }, END };
ATTRIBUTES(include) = { { "href", true, ATTRIBUTE_WORDS, NULL }, END };
ATTRIBUTES(replace) = { NAME, { "reason", true, ATTRIBUTE_WORDS, NULL }, END };
ATTRIBUTES(table) = { NAME, { "file", true, ATTRIBUTE_WORDS, NULL }, { "rows", false, ATTRIBUTE_ONE_OF, "one|many" },
	{ "role", false, ATTRIBUTE_ONE_OF, "staff|units|corrections" }, { "required", false, ATTRIBUTE_ONE_OF, YES_NO }, END };
ATTRIBUTES(table_column) = { NAME, { "type", true, ATTRIBUTE_ONE_OF, COLUMN_TYPES },
	{ "role", false, ATTRIBUTE_ONE_OF, COLUMN_ROLES }, { "aliases", false, ATTRIBUTE_WORDS, NULL },
	{ "required", false, ATTRIBUTE_ONE_OF, YES_NO }, { "default", false, ATTRIBUTE_WORDS, NULL },
	{ "min", false, ATTRIBUTE_WORDS, NULL }, { "max", false, ATTRIBUTE_WORDS, NULL },
	{ "values", false, ATTRIBUTE_WORDS, NULL }, { "unit", false, ATTRIBUTE_ONE_OF, "1|100" },
	{ "sensitive", false, ATTRIBUTE_ONE_OF, YES_NO }, { "ref", false, ATTRIBUTE_NAME, NULL }, END };
ATTRIBUTES(parameter) = { NAME, { "type", false, ATTRIBUTE_ONE_OF, TYPES }, FILE_OF, END };
ATTRIBUTES(value) = { { "from", true, ATTRIBUTE_YEAR_MONTH, NULL }, END };
ATTRIBUTES(grades) = { FILE_OF, END };
ATTRIBUTES(grade) = { { "id", true, ATTRIBUTE_WORDS, NULL }, { "title", false, ATTRIBUTE_WORDS, NULL },
	{ "track", false, ATTRIBUTE_ANY, NULL }, { "order", true, ATTRIBUTE_WHOLE, NULL }, END };
ATTRIBUTES(set) = { NAME, { "type", false, ATTRIBUTE_ONE_OF, TYPES }, END };
ATTRIBUTES(rates) = { NAME, { "keys", true, ATTRIBUTE_WORDS, NULL }, { "type", false, ATTRIBUTE_ONE_OF, TYPES }, FILE_OF, END };
ATTRIBUTES(rate) = { { "for", true, ATTRIBUTE_WORDS, NULL }, END };
ATTRIBUTES(tiers) = { NAME, { "mode", true, ATTRIBUTE_ONE_OF, "marginal|whole|value|linear" },
	{ "type", false, ATTRIBUTE_ONE_OF, TYPES }, { "negative", false, ATTRIBUTE_ONE_OF, "error|zero|first" }, FILE_OF, END };
ATTRIBUTES(tier) = { { "from", false, ATTRIBUTE_WORDS, NULL }, { "over", false, ATTRIBUTE_WORDS, NULL }, END };
ATTRIBUTES(article) = { { "number", true, ATTRIBUTE_WORDS, NULL }, TITLE, END };
ATTRIBUTES(figure) = { NAME, { "type", true, ATTRIBUTE_ONE_OF, TYPES }, { "section", false, ATTRIBUTE_ONE_OF, SECTIONS }, WHEN,
	ROUNDED, SHOWN, END };
ATTRIBUTES(line) = { NAME, { "table", true, ATTRIBUTE_NAME, NULL }, { "key", true, ATTRIBUTE_NAME, NULL },
	{ "type", false, ATTRIBUTE_ONE_OF, TYPES }, WHEN, ROUNDED, { "split", false, ATTRIBUTE_NAME, NULL },
	{ "weight", false, ATTRIBUTE_NAME, NULL }, SHOWN, END };
ATTRIBUTES(total) = { NAME, { "section", true, ATTRIBUTE_ONE_OF, SECTIONS }, SHOWN, END };
ATTRIBUTES(scorecard) = { NAME, BOUNDED, ROUNDED, WHEN, { "missing", false, ATTRIBUTE_ONE_OF, "error|zero|renormalise" },
	SHOWN, END };
ATTRIBUTES(kpi) = { NAME, { "weight", true, ATTRIBUTE_DECIMAL, NULL }, BOUNDED, WHEN, { "actual", false, ATTRIBUTE_WORDS, NULL },
	{ "target", false, ATTRIBUTE_WORDS, NULL }, SHOWN, END };
ATTRIBUTES(adjust) = { NAME, SHOWN, END };
ATTRIBUTES(check) = { { "name", true, ATTRIBUTE_WORDS, NULL }, { "level", true, ATTRIBUTE_ONE_OF, "warning|error" },
	{ "audience", false, ATTRIBUTE_ONE_OF, AUDIENCES }, { "when", true, ATTRIBUTE_ANY, NULL }, END };
ATTRIBUTES(movement) = { { "kind", true, ATTRIBUTE_ONE_OF, "promotion|demotion|confirmation|removal|certification" }, TITLE,
	{ "from", false, ATTRIBUTE_WORDS, NULL }, { "to", false, ATTRIBUTE_WORDS, NULL }, WHEN, END };
ATTRIBUTES(criterion) = { { "name", true, ATTRIBUTE_WORDS, NULL }, END };
ATTRIBUTES(chart) = {
	{ "kind", true, ATTRIBUTE_ONE_OF, "ranking|change|bullets|distribution|composition|heatmap|gantt|waterfall|trend|sparklines" },
	TITLE, { "id", false, ATTRIBUTE_WORDS, NULL }, END };
ATTRIBUTES(export) = { { "file", true, ATTRIBUTE_WORDS, NULL }, TITLE,
	{ "encoding", false, ATTRIBUTE_ONE_OF, "UTF-8|GB18030|GBK" }, { "bom", false, ATTRIBUTE_ONE_OF, YES_NO },
	{ "of", false, ATTRIBUTE_NAME, NULL }, END };
ATTRIBUTES(title_only) = { TITLE, END };
ATTRIBUTES(example) = { TITLE, { "grade", false, ATTRIBUTE_WORDS, NULL }, { "month", false, ATTRIBUTE_YEAR_MONTH, NULL },
	{ "pay-day", false, ATTRIBUTE_DAY, NULL }, { "pay-month", false, ATTRIBUTE_ONE_OF, "same|next" }, END };
ATTRIBUTES(given) = { { "name", true, ATTRIBUTE_WORDS, NULL }, END };
ATTRIBUTES(rows) = { { "table", true, ATTRIBUTE_NAME, NULL }, END };
ATTRIBUTES(past) = { { "month", true, ATTRIBUTE_YEAR_MONTH, NULL }, END };

#define RULE static const struct element_rule

RULE value_rule = { "value", CONTENT_FORMULA, false, value, NULL };
RULE set_rule = { "set", CONTENT_FORMULA, false, set, NULL };
RULE rate_rule = { "rate", CONTENT_FORMULA, false, rate, NULL };
RULE otherwise_rule = { "otherwise", CONTENT_FORMULA, false, none, NULL };
RULE tier_rule = { "tier", CONTENT_FORMULA, false, tier, NULL };
RULE column_rule = { "column", CONTENT_NOTHING, false, table_column, NULL };
RULE p_rule = { "p", CONTENT_TEXT, false, none, NULL };
RULE li_rule = { "li", CONTENT_TEXT, false, none, NULL };
RULE figure_rule = { "figure", CONTENT_FORMULA, false, figure, NULL };
RULE line_rule = { "line", CONTENT_FORMULA, false, line, NULL };
RULE total_rule = { "total", CONTENT_NOTHING, false, total, NULL };
RULE kpi_rule = { "kpi", CONTENT_FORMULA, false, kpi, NULL };
RULE adjust_rule = { "adjust", CONTENT_FORMULA, false, adjust, NULL };
RULE check_rule = { "check", CONTENT_FORMULA, false, check, NULL };
RULE criterion_rule = { "criterion", CONTENT_FORMULA, false, criterion, NULL };
RULE chart_rule = { "chart", CONTENT_NOTHING, true, chart, NULL };
RULE export_column_rule = { "column", CONTENT_FORMULA, false, title_only, NULL };
RULE given_rule = { "given", CONTENT_TEXT, false, given, NULL };
RULE expect_rule = { "expect", CONTENT_TEXT, false, given, NULL };
RULE rows_rule = { "rows", CONTENT_FORMULA, false, rows, NULL };
RULE include_rule = { "include", CONTENT_NOTHING, false, include, NULL };

static const struct element_rule *const table_children[] = { &column_rule, NULL };
static const struct element_rule *const parameter_children[] = { &value_rule, NULL };
static const struct element_rule *const grade_children[] = { &set_rule, NULL };
RULE grade_rule = { "grade", CONTENT_ELEMENTS, false, grade, grade_children };
static const struct element_rule *const grades_children[] = { &grade_rule, NULL };
static const struct element_rule *const rates_children[] = { &rate_rule, &otherwise_rule, NULL };
static const struct element_rule *const tiers_children[] = { &tier_rule, NULL };
static const struct element_rule *const list_children[] = { &li_rule, NULL };
static const struct element_rule *const scorecard_children[] = { &kpi_rule, &adjust_rule, NULL };
static const struct element_rule *const movement_children[] = { &criterion_rule, NULL };
static const struct element_rule *const export_children[] = { &export_column_rule, NULL };
static const struct element_rule *const past_children[] = { &given_rule, NULL };
RULE past_rule = { "past", CONTENT_ELEMENTS, false, past, past_children };
static const struct element_rule *const example_children[] = { &given_rule, &rows_rule, &past_rule, &expect_rule, NULL };
RULE table_rule = { "table", CONTENT_ELEMENTS, false, table, table_children };
RULE parameter_rule = { "parameter", CONTENT_ELEMENTS, false, parameter, parameter_children };
RULE grades_rule = { "grades", CONTENT_ELEMENTS, false, grades, grades_children };
RULE rates_rule = { "rates", CONTENT_ELEMENTS, false, rates, rates_children };
RULE tiers_rule = { "tiers", CONTENT_ELEMENTS, false, tiers, tiers_children };
RULE ul_rule = { "ul", CONTENT_ELEMENTS, false, none, list_children };
RULE ol_rule = { "ol", CONTENT_ELEMENTS, false, none, list_children };
RULE scorecard_rule = { "scorecard", CONTENT_ELEMENTS, false, scorecard, scorecard_children };
RULE movement_rule = { "movement", CONTENT_ELEMENTS, false, movement, movement_children };
RULE export_rule = { "export", CONTENT_ELEMENTS, false, export, export_children };
RULE example_rule = { "example", CONTENT_ELEMENTS, false, example, example_children };
static const struct element_rule *const replace_children[] = { &table_rule, &parameter_rule, &rates_rule, &tiers_rule,
	&figure_rule, &line_rule, &total_rule, &scorecard_rule, &kpi_rule, &adjust_rule, &check_rule, NULL };
RULE replace_rule = { "replace", CONTENT_ELEMENTS, false, replace, replace_children };

/* What an article holds, and what stands outside any. */
static const struct element_rule article_rule;
static const struct element_rule *const body_children[] = { &p_rule, &ul_rule, &ol_rule, &article_rule, &figure_rule,
	&line_rule, &total_rule, &scorecard_rule, &check_rule, &movement_rule, &example_rule, &parameter_rule, &rates_rule,
	&tiers_rule, &table_rule, &grades_rule, &chart_rule, &export_rule, &include_rule, &replace_rule, NULL };
RULE article_rule = { "article", CONTENT_ELEMENTS, false, article, body_children };
RULE policy_rule = { "policy", CONTENT_ELEMENTS, false, policy, body_children };

ATTRIBUTES(company) = { { "name", true, ATTRIBUTE_WORDS, NULL }, { "short", false, ATTRIBUTE_WORDS, NULL },
	{ "lang", false, ATTRIBUTE_ONE_OF, "zh-CN|en" }, END };
ATTRIBUTES(entry) = { { "scheme", false, ATTRIBUTE_ANY, NULL }, { "href", true, ATTRIBUTE_WORDS, NULL },
	{ "from", true, ATTRIBUTE_YEAR_MONTH, NULL }, WHEN, END };
ATTRIBUTES(pay) = { { "day", false, ATTRIBUTE_DAY, NULL }, { "month", false, ATTRIBUTE_ONE_OF, "same|next" }, END };
ATTRIBUTES(payslip) = { { "password", false, ATTRIBUTE_ANY, NULL }, { "note", false, ATTRIBUTE_ANY, NULL },
	{ "layout", false, ATTRIBUTE_ONE_OF, "page|strips" }, END };
ATTRIBUTES(site) = { { "policy", false, ATTRIBUTE_ONE_OF, "none|text|full" }, { "people", false, ATTRIBUTE_ONE_OF, "none|unit|all" },
	{ "movements", false, ATTRIBUTE_ONE_OF, "none|eligible|all" }, END };
ATTRIBUTES(mail) = { { "from", true, ATTRIBUTE_WORDS, NULL }, { "reply-to", false, ATTRIBUTE_WORDS, NULL },
	{ "subject", false, ATTRIBUTE_WORDS, NULL }, { "receipts-to", false, ATTRIBUTE_WORDS, NULL },
	{ "allow-domains", false, ATTRIBUTE_WORDS, NULL }, { "host", false, ATTRIBUTE_WORDS, NULL }, { "port", false, ATTRIBUTE_PORT, NULL },
	{ "tls", false, ATTRIBUTE_ONE_OF, "starttls|tls|none" }, { "ca-file", false, ATTRIBUTE_WORDS, NULL },
	{ "auth", false, ATTRIBUTE_ONE_OF, "any|plain|login" }, { "user", false, ATTRIBUTE_WORDS, NULL },
	{ "password-file", false, ATTRIBUTE_WORDS, NULL }, { "rate", false, ATTRIBUTE_RATE, NULL },
	{ "timeout", false, ATTRIBUTE_TIMEOUT, NULL }, { "pause", false, ATTRIBUTE_PAUSE, NULL }, END };
RULE entry_rule = { "policy", CONTENT_NOTHING, false, entry, NULL };
RULE pay_rule = { "pay", CONTENT_NOTHING, false, pay, NULL };
RULE payslip_rule = { "payslip", CONTENT_NOTHING, false, payslip, NULL };
RULE site_rule = { "site", CONTENT_NOTHING, false, site, NULL };
RULE mail_rule = { "mail", CONTENT_NOTHING, false, mail, NULL };
static const struct element_rule *const company_children[] = { &entry_rule, &pay_rule, &payslip_rule, &site_rule, &mail_rule, NULL };
RULE company_rule = { "company", CONTENT_ELEMENTS, false, company, company_children };

const struct element_rule *grammar_policy(void)
{
	return &policy_rule;
}

const struct element_rule *grammar_company(void)
{
	return &company_rule;
}

const struct element_rule *grammar_child(const struct element_rule *rule, const char *name)
{
	for (size_t i = 0; rule->children && rule->children[i]; i++)
		if (!strcmp(rule->children[i]->name, name))
			return rule->children[i];
	return NULL;
}
