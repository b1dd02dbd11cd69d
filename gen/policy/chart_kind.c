#include "policy/chart_kind.h"

#include <string.h>

#include "table/spec.h"
#include "value/value.h"

#define MONEY (1U << VALUE_MONEY)
#define NUMERIC (MONEY | 1U << VALUE_NUMBER | 1U << VALUE_PERCENT)
#define WORDS (1U << COLUMN_ID | 1U << COLUMN_TEXT | 1U << COLUMN_CHOICE)
#define DATES (1U << COLUMN_DATE)
#define MONTHS (1U << COLUMN_DATE | 1U << COLUMN_MONTH)
#define AMOUNTS (1U << COLUMN_MONEY | 1U << COLUMN_NUMBER)
#define YESNO (1U << COLUMN_YESNO)

#define ATTRIBUTES(name) static const struct chart_attribute name[]
#define END { NULL, CHART_TAKES_NUMBER, false, 0, NULL, 0 }
#define FIGURE { "figure", CHART_TAKES_FIGURE, true, NUMERIC, NULL, 0 }
#define TARGET(required) { "target", CHART_TAKES_TARGET, required, NUMERIC, NULL, 0 }
#define PASS { "pass", CHART_TAKES_NUMBER, false, 0, NULL, 0 }
#define BY(values) { "by", CHART_TAKES_WORD, false, 0, values, 0 }
#define WHEN { "when", CHART_TAKES_CONDITION, false, 0, NULL, 0 }
#define COLUMN(name, required, types, column) { name, CHART_TAKES_COLUMN, required, types, NULL, column }

ATTRIBUTES(ranking) = { FIGURE, PASS, END };
ATTRIBUTES(change) = { FIGURE, WHEN, END };
ATTRIBUTES(bullets) = { FIGURE, TARGET(true), { "bands", CHART_TAKES_BANDS, false, 0, NULL, 0 }, BY("unit|person"), WHEN, END };
ATTRIBUTES(distribution) = { FIGURE, PASS, BY("company|unit"), WHEN, END };
ATTRIBUTES(composition) = { { "figures", CHART_TAKES_FIGURES, false, MONEY, NULL, 0 }, WHEN, END };
ATTRIBUTES(heatmap) = { { "figures", CHART_TAKES_FIGURES, false, NUMERIC, NULL, 0 }, WHEN, END };
ATTRIBUTES(gantt) = { { "table", CHART_TAKES_TABLE, true, 0, NULL, 0 }, COLUMN("customer", true, WORDS, CHART_CUSTOMER),
	COLUMN("region", false, WORDS, CHART_REGION), COLUMN("from", false, DATES, CHART_FROM), COLUMN("to", false, DATES, CHART_TO),
	COLUMN("order", false, DATES, CHART_ORDER), COLUMN("payment", false, DATES, CHART_PAYMENT),
	COLUMN("stage", false, WORDS, CHART_STAGE), COLUMN("lost", false, YESNO, CHART_LOST),
	COLUMN("month", false, MONTHS, CHART_MONTH), COLUMN("amount", false, AMOUNTS, CHART_AMOUNT),
	{ "audience", CHART_TAKES_WORD, false, 0, "managers|staff", 0 }, END };
ATTRIBUTES(waterfall) = { WHEN, END };
ATTRIBUTES(trend) = { FIGURE, TARGET(false), END };
ATTRIBUTES(sparklines) = { FIGURE, WHEN, END };

static const struct chart_kind kinds[] = {
	{ CHART_RANKING, "ranking", ranking }, { CHART_CHANGE, "change", change }, { CHART_BULLETS, "bullets", bullets },
	{ CHART_DISTRIBUTION, "distribution", distribution }, { CHART_COMPOSITION, "composition", composition },
	{ CHART_HEATMAP, "heatmap", heatmap }, { CHART_GANTT, "gantt", gantt }, { CHART_WATERFALL, "waterfall", waterfall },
	{ CHART_TREND, "trend", trend }, { CHART_SPARKLINES, "sparklines", sparklines },
};

const struct chart_kind *chart_kind_find(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

const struct chart_attribute *chart_kind_attribute(const struct chart_kind *kind, const char *name)
{
	for (const struct chart_attribute *a = kind->attributes; a->name; a++)
		if (!strcmp(a->name, name))
			return a;
	return NULL;
}
