#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"
#include "xml/xml.h"

#define MOST_PARTS 8

/* The kpi columns that the people of a page have. */
struct parts {
	size_t columns[MOST_PARTS];
	size_t count;
};

static const struct item *kpi_at(const struct model *model, size_t person, size_t column)
{
	const struct item *item = results_item(model->input.results, person, column);

	return item && item->kind == ITEM_KPI && item->parent && item->parent->column == model->score ? item
												      : NULL;
}

static bool anybody_has(const struct model *model, struct group group, size_t column)
{
	for (size_t i = 0; i < group.count; i++)
		if (kpi_at(model, group.people[i], column))
			return true;
	return false;
}

static bool is_kpi_column(const struct model *model, size_t column)
{
	const struct ledger_column *ledger = &model->rulebook->columns[column];

	for (size_t i = 0; i < model->rulebook->scheme_count; i++)
		if (ledger->items[i] && ledger->items[i]->kind == ITEM_KPI)
			return true;
	return false;
}

/* More columns than fit are worse than none: then the row has the score alone. */
static struct parts find_parts(const struct model *model, struct group group)
{
	struct parts parts = {{0}, 0};

	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		if (!is_kpi_column(model, column) || !anybody_has(model, group, column))
			continue;
		if (parts.count == MOST_PARTS)
			return (struct parts){{0}, 0};
		parts.columns[parts.count++] = column;
	}
	return parts;
}

static const struct item *any_item(const struct model *model, size_t column)
{
	const struct ledger_column *ledger = &model->rulebook->columns[column];

	for (size_t i = 0; i < model->rulebook->scheme_count; i++)
		if (ledger->items[i])
			return ledger->items[i];
	return NULL;
}

static void add_part_heads(struct pen *pen, xmlNode *parent, const struct parts *parts)
{
	for (size_t i = 0; i < parts->count; i++) {
		const struct item *kpi = any_item(pen->model, parts->columns[i]);
		char room[DECIMAL_TEXT];
		const char *weight = decimal_format(kpi->weight, room);
		xmlNode *head = put_text(parent, "part-head", arena_printf(pen->scratch, "%s%%", weight));

		attribute(head, "name", kpi->name);
		attribute(head, "label", kpi->label);
		attribute(head, "weight", weight);
	}
}

bool item_applies(struct pen *pen, size_t person, const struct item *item)
{
	struct value when;

	if (!item->when)
		return true;
	when = calc_formula(pen->model->input.results, item->when, person, NULL, 0);
	return !when.missing && when.yes;
}

static void add_part(struct pen *pen, xmlNode *row, size_t person, size_t column)
{
	static const struct span hundred = {0, 100, 20};
	const struct item *item = kpi_at(pen->model, person, column);
	const struct value *value = results_value(pen->model->input.results, person, column);
	xmlNode *part;

	if (!item || !item_applies(pen, person, item)) {
		part = put_text(row, "part", "–");
		attribute(part, "missing", "yes");
		attribute(part, "name", pen->model->rulebook->columns[column].name);
		return;
	}
	part = put_value(pen, row, "part", value, item, NULL);
	attribute(part, "name", item->name);
	if (!value->missing) {
		double points = decimal_to_double(value->number);

		attribute_at(pen, part, &hundred, points);
		attribute_count(pen, part, "step",
			points < 60   ? 1
			: points < 70 ? 2
			: points < 80 ? 3
			: points < 90 ? 4
				      : 5);
	}
}

static void add_pay_of_row(struct pen *pen, xmlNode *row, size_t person)
{
	const struct sums *sums = &pen->model->sums[person];

	put_money(pen, row, "gross", sums->sections[SECTION_EARNINGS]);
	put_money(pen, row, "net", sums->sections[SECTION_NET]);
}

/* What all rows of one ranking share. */
struct rows {
	struct span span;
	struct parts parts;
	bool whole_company, with_unit;
};
struct place_in_group {
	size_t rank;
	bool tied;
};

static void add_row(
	struct pen *pen, xmlNode *parent, size_t person, struct place_in_group place, const struct rows *rows)
{
	const struct model *model = pen->model;
	const struct value *score = score_of(model, person);
	xmlNode *row = put(parent, "row"), *node;

	if (place.rank)
		attribute_count(pen, row, "rank", place.rank);
	attribute(row, "rank-text",
		place.rank ? arena_printf(pen->scratch, "%s%zu", place.tied ? "=" : "", place.rank) : "–");
	if (!rows->whole_company && place.rank)
		attribute_count(pen, row, "company-rank", model->standing[person].rank);
	if (place.rank && model->has_pass && decimal_compare(score->number, model->pass) < 0)
		attribute(row, "below", "yes");
	add_who(pen, row, person, rows->with_unit);
	node = put_value(pen, row, "score", score, model->score_item, NULL);
	if (!score->missing) {
		attribute_at(pen, node, &rows->span, decimal_to_double(score->number));
		add_move(pen, row, model->standing[person].rank, model->standing[person].last_rank);
	}
	for (size_t i = 0; i < rows->parts.count; i++)
		add_part(pen, row, person, rows->parts.columns[i]);
	add_person_trend(pen, row, person, false);
	if (!pen->entry->is_public)
		add_pay_of_row(pen, row, person);
}

static struct span score_span(const struct model *model)
{
	double low = 0, high = 0;

	if (model->ranked) {
		high = decimal_to_double(score_of(model, model->order[0])->number);
		low = decimal_to_double(score_of(model, model->order[model->ranked - 1])->number);
	}
	if (low >= 0 && high > 20 && high <= 100)
		return (struct span){0, 100, 20};
	return span_of(fmin(low, 0), fmax(high, 1), 1);
}

static size_t ranked_of(const struct model *model, struct group group)
{
	size_t count = 0;

	while (count < group.count && model->standing[group.people[count]].rank)
		count++;
	return count;
}

static const char *ranking_finding(struct pen *pen, struct group all)
{
	const struct model *model = pen->model;
	size_t ranked = ranked_of(model, all), leaders = 0, below = 0;
	const char *score, *finding;

	if (!ranked)
		return say(pen, SAY_RANKING_FINDING_NONE, NULL);
	for (size_t i = 0; i < ranked; i++) {
		leaders += model->standing[all.people[i]].rank == model->standing[all.people[0]].rank;
		below += model->has_pass &&
			 decimal_compare(score_of(model, all.people[i])->number, model->pass) < 0;
	}
	score = text_value(pen, score_of(model, all.people[0]), model->score_item, NULL);
	finding = leaders > 1 ? say(pen, SAY_RANKING_FINDING_TIED, person_name(model, all.people[0]),
					text_count(pen, leaders), score, NULL)
			      : say(pen, SAY_RANKING_FINDING, person_name(model, all.people[0]), score, NULL);
	return below ? arena_printf(pen->scratch, "%s%s", finding,
			       say(pen, SAY_RANKING_BELOW, text_count(pen, below),
				       text_number(pen, model->pass, -1), NULL))
		     : finding;
}

static const char *policies_named(struct pen *pen)
{
	const struct rulebook *rulebook = pen->model->rulebook;
	const char *names = "";

	for (size_t i = 0; i < rulebook->scheme_count; i++)
		names = arena_printf(pen->scratch, "%s%s%s %s", names,
			i ? (pen->model->chinese ? "、" : ", ") : "", rulebook->schemes[i].policy->title,
			rulebook->schemes[i].policy->version);
	return names;
}

static bool is_one_unit(const struct model *model, struct group group)
{
	for (size_t i = 1; i < group.count; i++)
		if (model->facts->people[group.people[i]].unit != model->facts->people[group.people[0]].unit)
			return false;
	return true;
}

/* group: everyone in order, best first, those without rank last; shown: the rows of this sheet. */
static void add_sheet(
	struct pen *pen, xmlNode *parent, struct group group, struct group shown, bool whole_company)
{
	const struct model *model = pen->model;
	xmlNode *node = put(parent, "ranking");
	struct rows rows = {score_span(model), find_parts(model, shown), whole_company,
		whole_company || !is_one_unit(model, shown)};
	size_t ranked = ranked_of(model, group);

	attribute(node, "figure", model->rulebook->columns[model->score].name);
	attribute(node, "label", model->score_label);
	attribute(node, "scope", whole_company ? "company" : "unit");
	attribute_count(pen, node, "count", ranked);
	attribute_count(
		pen, node, "unranked", (whole_company ? model->facts->by_unit_count : group.count) - ranked);
	add_finding(node, ranking_finding(pen, group));
	put_text(node, "subtitle",
		say(pen, SAY_RANKING_SUBTITLE, model->score_label, text_month(pen, model->facts->month),
			text_count(pen, ranked), NULL));
	put_text(node, "footnote",
		say(pen, SAY_RANKING_FOOTNOTE, policies_named(pen), text_count(pen, ranked),
			text_count(pen, (whole_company ? model->facts->by_unit_count : group.count) - ranked),
			NULL));
	add_scale(pen, node, &rows.span, say(pen, SAY_POINTS, NULL));
	if (model->has_pass)
		add_mark(pen, node, "pass", &rows.span, model->pass, -1);
	if (ranked > 3)
		add_mark(pen, node, "median", &rows.span,
			median_of(score_of(model, group.people[(ranked - 1) / 2])->number,
				score_of(model, group.people[ranked / 2])->number),
			-1);
	add_part_heads(pen, node, &rows.parts);
	for (size_t i = 0, rank = 0; i < shown.count; i++) {
		size_t person = shown.people[i], at = (size_t)(&shown.people[i] - group.people);
		struct place_in_group place = {0, false};

		if (at < ranked) {
			bool as_before = at > 0 && model->standing[group.people[at - 1]].rank ==
							   model->standing[person].rank;
			bool as_next = at + 1 < ranked && model->standing[group.people[at + 1]].rank ==
								  model->standing[person].rank;

			rank = whole_company ? model->standing[person].rank : as_before ? rank : at + 1;
			place = (struct place_in_group){rank, as_before || as_next};
		}
		add_row(pen, node, person, place, &rows);
	}
}

void add_ranking(struct pen *pen, xmlNode *parent, struct group group, bool whole_company)
{
	add_sheet(pen, parent, group, group, whole_company);
}

static void add_sheets(struct pen *pen, xmlNode *model_element)
{
	const struct model *model = pen->model;
	size_t count = (model->ranked + SHEET_ROWS - 1) / SHEET_ROWS;
	xmlNode *page = xml_element(model_element->children), *sheets;

	if (count < 2)
		return;
	sheets = put(page, "sheets");
	for (size_t i = 0; i < count; i++) {
		size_t first = i * SHEET_ROWS,
		       last = (i + 1) * SHEET_ROWS < model->ranked ? (i + 1) * SHEET_ROWS : model->ranked;
		xmlNode *sheet = put_text(sheets, "sheet",
			arena_printf(pen->scratch, "%s–%s", person_name(model, model->order[first]),
				person_name(model, model->order[last - 1])));

		attribute_count(pen, sheet, "number", i + 1);
		attribute(sheet, "href",
			i ? arena_printf(pen->scratch, "ranking-p%02zu.html", i + 1) : "ranking.html");
		attribute(sheet, "current", i == pen->entry->sheet ? "yes" : NULL);
	}
}

static void add_chart_links(struct pen *pen, xmlNode *model_element)
{
	static const struct {
		const char *kind, *file;
		enum sentence text;
	} links[] = {
		{"pdf", "charts/ranking.pdf", SAY_CHART_PDF}, {"svg", "charts/ranking.svg", SAY_CHART_SVG}};
	xmlNode *page = xml_element(model_element->children);

	if (pen->entry->is_public)
		return;
	for (size_t i = 0; i < 2; i++) {
		xmlNode *related = put_text(page, "related", say(pen, links[i].text, NULL));

		attribute(related, "kind", links[i].kind);
		attribute(related, "href", arena_printf(pen->scratch, "%s../%s", pen->root, links[i].file));
	}
}

void build_ranking(struct pen *pen)
{
	const struct model *model = pen->model;
	size_t sheet = pen->entry->sheet, first = sheet * SHEET_ROWS;
	size_t rest = model->ranked - first;
	const char *month = text_month(pen, model->facts->month);
	const char *heading = say(pen, SAY_RANKING, model->score_label, NULL);
	const char *path = strchr(pen->entry->pages[0].path, '/') + 1;
	const char *first_sheet = pen->entry->is_public ? "ranking.html" : "company/ranking.html";
	struct head head = {.kind = "ranking",
		.path = path,
		.heading = heading,
		.lasting = sheet == 0,
		.before = first_sheet,
		.after = first_sheet,
		.kicker = say(pen, SAY_KICKER_COMPANY, month, NULL)};
	struct group group = {model->order, model->ranked};
	struct group shown = {model->order + first, rest < SHEET_ROWS ? rest : SHEET_ROWS};
	xmlNode *root;

	if (sheet)
		head.title = say(pen, SAY_TITLE_SHEET, heading, month, text_count(pen, sheet + 1),
			model->company->short_name, NULL);
	root = start_document(pen, &head);
	add_sheets(pen, root);
	add_chart_links(pen, root);
	if (!sheet)
		add_chart_figures(pen, root->children, SIZE_MAX);
	add_sheet(pen, root, group, shown, true);
}
