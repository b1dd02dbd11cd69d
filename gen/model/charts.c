#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/gantt.h"

/* What is drawn of each kind, and where. A kind without a row is read but not drawn. */
static const struct chart_row {
	enum chart_id kind;
	chart_build *build;
	bool per_unit; /* a unit and those below have their own */
} rows[] = {
	{CHART_BULLETS, chart_build_bullets, true},
	{CHART_CHANGE, chart_build_change, true},
	{CHART_COMPOSITION, chart_build_composition, true},
	{CHART_DISTRIBUTION, chart_build_distribution, true},
	{CHART_GANTT, chart_build_gantt, false},
	{CHART_HEATMAP, chart_build_heatmap, true},
	{CHART_SPARKLINES, chart_build_sparklines, true},
	{CHART_TREND, chart_build_trend, true},
	{CHART_WATERFALL, chart_build_waterfall, true},
};

static const struct chart_row *row_of(enum chart_id kind)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].kind == kind)
			return &rows[i];
	return NULL;
}

/* ---- which charts there are ---- */
static bool is_same(const struct declared_chart *a, const struct declared_chart *b)
{
	return a->kind == b->kind && strcmp(a->title, b->title) == 0 &&
	       (a->id && b->id ? strcmp(a->id, b->id) == 0 : a->id == b->id);
}

static const char *free_id(struct model *model, const struct declared_chart *declared)
{
	const char *wanted = declared->id ? declared->id : declared->kind->name, *id = wanted;

	for (size_t number = 2, i = 0; i < model->chart_count; i++)
		if (strcmp(model->charts[i].id, id) == 0) {
			id = arena_printf(model->input.arena, "%s%zu", wanted, number++);
			i = SIZE_MAX; /* from the first again */
		}
	return id;
}

bool charts_have_cycles(const struct model *model, bool is_public)
{
	for (size_t i = 0; i < model->chart_count; i++)
		if (model->charts[i].is_cycles)
			return !is_public || model->charts[i].declared->audience;
	return false;
}

static void add_plan(struct model *model, size_t scheme, const struct declared_chart *declared)
{
	struct chart_plan *plan;

	for (size_t i = 0; i < model->chart_count; i++)
		if (is_same(model->charts[i].declared, declared)) {
			if (!model->charts[i].of_scheme[scheme])
				model->charts[i].of_scheme[scheme] = declared;
			return;
		}
	plan = &model->charts[model->chart_count];
	plan->declared = declared;
	plan->of_scheme = arena_array(model->input.arena, model->rulebook->scheme_count, sizeof(*plan->of_scheme));
	plan->of_scheme[scheme] = declared;
	plan->id = free_id(model, declared);
	if (declared->kind->id == CHART_GANTT) {
		plan->is_cycles = !charts_have_cycles(model, false);
		gantt_list_regions(model, plan);
	}
	model->chart_count++;
}

/* ---- whom they draw ---- */
static bool is_drawn(const struct model *model, const struct chart_plan *plan, size_t person)
{
	const struct person *who = &model->facts->people[person];
	const struct declared_chart *declared = who->scheme == SIZE_MAX ? NULL : plan->of_scheme[who->scheme];
	struct value when;

	if (!declared || !declared->when)
		return declared != NULL;
	when = calc_formula(model->input.results, declared->when, person, NULL, 0);
	return !when.missing && when.yes;
}

static void find_people(const struct model *model, struct chart_plan *plan)
{
	const struct facts *facts = model->facts;

	plan->drawn = arena_array(model->input.arena, facts->person_count + 1, sizeof *plan->drawn);
	for (size_t i = 0; i < facts->by_unit_count; i++)
		plan->drawn[facts->by_unit[i]] = is_drawn(model, plan, facts->by_unit[i]);
}

/* Nobody to draw, no page: a department that the chart is not about. */
static bool is_about(const struct model *model, const struct chart_plan *plan, size_t unit)
{
	const struct unit *of = &model->facts->units[unit];

	for (size_t i = of->first; i < of->last; i++)
		if (plan->drawn[model->facts->by_unit[i]])
			return row_of(plan->declared->kind->id)->per_unit;
	return false;
}

void charts_find(struct model *model)
{
	const struct rulebook *rulebook = model->rulebook;
	size_t most = 0;

	for (size_t s = 0; s < rulebook->scheme_count; s++)
		most += rulebook->schemes[s].policy->chart_count;
	model->charts = arena_array(model->input.arena, most + 1, sizeof *model->charts);
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		for (size_t i = 0; i < rulebook->schemes[s].policy->chart_count; i++)
			if (row_of(rulebook->schemes[s].policy->charts[i]->kind->id))
				add_plan(model, s, rulebook->schemes[s].policy->charts[i]);
	for (size_t i = 0; i < model->chart_count; i++)
		find_people(model, &model->charts[i]);
}

/* ---- their documents ---- */
struct target {
	struct model *model;
	size_t chart, unit, region;
	bool is_public;
};

static void list_one(const struct target *to, const char *suffix, const char *page)
{
	struct arena *arena = to->model->input.arena;
	const char *stem = arena_printf(arena, "%s%s", to->model->charts[to->chart].id, suffix);
	struct model_entry *entry =
		model_add_entry(to->model, MODEL_CHART, to->is_public, arena_printf(arena, "chart-%s", stem), page);

	entry->stem = stem;
	entry->chart = to->chart;
	entry->unit = to->unit;
	entry->region = to->region;
}

const char *chart_page(struct arena *arena, const struct model *model, size_t chart)
{
	const struct chart_plan *plan = &model->charts[chart];

	return plan->is_cycles ? "cycles" : arena_printf(arena, "chart-%s", plan->id);
}

static void list_chart(struct model *model, size_t chart, bool is_public)
{
	const struct chart_plan *plan = &model->charts[chart];
	struct arena *arena = model->input.arena;
	const char *folder = is_public ? "" : "company/", *page = chart_page(arena, model, chart);

	list_one(&(struct target){model, chart, SIZE_MAX, SIZE_MAX, is_public}, "",
		arena_printf(arena, "%s%s", folder, page));
	for (size_t i = 0; i < plan->region_count; i++)
		list_one(&(struct target){model, chart, SIZE_MAX, i, is_public},
			arena_printf(arena, "-%s", plan->regions[i].slug),
			arena_printf(arena, "%s%s/%s", folder, page, plan->regions[i].slug));
	for (size_t i = 0; i < model->facts->unit_count; i++)
		if (is_about(model, plan, i))
			list_one(&(struct target){model, chart, i, SIZE_MAX, is_public},
				arena_printf(arena, "-%s", model->folders[i]),
				arena_printf(arena, "%s/%s", model->folders[i], page));
}

void charts_list(struct model *model, bool is_public)
{
	for (size_t i = 0; i < model->chart_count; i++)
		if (!is_public || model->charts[i].declared->audience)
			list_chart(model, i, is_public);
}

size_t charts_most_entries(const struct model *model)
{
	size_t most = 0;

	for (size_t i = 0; i < model->chart_count; i++)
		most += 2 * (1 + model->charts[i].region_count + model->facts->unit_count);
	return most;
}

/* ---- one document ---- */
static struct group people_of(struct pen *pen, const struct chart_plan *plan, size_t unit)
{
	const struct facts *facts = pen->model->facts;
	size_t first = unit == SIZE_MAX ? 0 : facts->units[unit].first,
	       last = unit == SIZE_MAX ? facts->by_unit_count : facts->units[unit].last, count = 0;
	size_t *people = arena_array(pen->scratch, last - first + 1, sizeof *people);

	for (size_t i = first; i < last; i++)
		if (plan->drawn[facts->by_unit[i]])
			people[count++] = facts->by_unit[i];
	return (struct group){people, count};
}

static void add_files(struct pen *pen, xmlNode *root)
{
	static const struct {
		const char *kind;
		enum sentence text;
	} files[] = {{"pdf", SAY_DECLARED_PDF}, {"svg", SAY_DECLARED_SVG}};
	xmlNode *page = root->children;

	for (size_t i = pen->entry->is_public; i < 2; i++) {
		xmlNode *related = put_text(page, "related", say(pen, files[i].text, NULL));

		attribute(related, "kind", files[i].kind);
		attribute(related, "href",
			arena_printf(pen->scratch, "%s%scharts/%s.%s", pen->root,
				pen->entry->is_public ? "" : "../", pen->entry->stem, files[i].kind));
	}
}

static const char *scope_name(struct pen *pen, const struct chart_scope *scope)
{
	const char *month = text_month(pen, pen->model->facts->month);

	return scope->unit == SIZE_MAX ? say(pen, SAY_KICKER_COMPANY, month, NULL)
				       : say(pen, SAY_CHART_KICKER, month, pen->model->facts->units[scope->unit].name, NULL);
}

/* Had the unit somebody last month whom the chart draws? A condition that held this month need not have held then. */
static bool unit_had_it(struct pen *pen, const struct chart_scope *scope)
{
	const struct model *model = pen->model;
	const size_t *units = model->input.history.last_unit;
	const struct unit *unit = &model->facts->units[scope->unit];

	for (size_t i = 0; units && !scope->declared->when && i < model->facts->person_count; i++)
		if (scope->plan->drawn[i] && units[i] != SIZE_MAX && units[i] >= scope->unit && units[i] < unit->end)
			return true;
	return false;
}

/* The same page last month, or what comes nearest to it; next month's company and regions are taken to be this month's. */
static void lead_to_months(struct pen *pen, const struct chart_scope *scope, struct head *head)
{
	const struct model *model = pen->model;
	bool same = model->input.same_policies;
	const char *cycles = pen->entry->is_public ? "cycles.html" : "company/cycles.html";

	if (scope->unit != SIZE_MAX) {
		head->before = same && unit_had_it(pen, scope) ? head->path : "index.html";
		head->after = "index.html";
	} else if (scope->region != SIZE_MAX && scope->plan->is_cycles) {
		head->before = !same ? NULL : gantt_region_is_old(model, scope->plan, scope->region) ? head->path : cycles;
		head->after = cycles;
	} else {
		head->before = same && scope->region == SIZE_MAX ? head->path : NULL;
		head->after = scope->region == SIZE_MAX ? head->path : NULL;
	}
}

static struct head page_head(struct pen *pen, const struct chart_scope *scope)
{
	const struct model *model = pen->model;
	const struct chart_plan *plan = scope->plan;
	const char *month = text_month(pen, model->facts->month), *title = plan->declared->title;
	struct head head = {.kind = plan->is_cycles ? "cycles" : "chart",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = title,
		.kicker = scope_name(pen, scope)};

	lead_to_months(pen, scope, &head);
	if (scope->unit != SIZE_MAX) {
		head.crumb = model->facts->units[scope->unit].name;
		head.crumb_href = "index.html";
		head.title = say(pen, SAY_TITLE_CHART, title, head.crumb, month, model->company->short_name, NULL);
	} else if (scope->region != SIZE_MAX) {
		head.crumb = title;
		head.crumb_href = arena_printf(pen->scratch, "../%s.html", chart_page(pen->scratch, model, pen->entry->chart));
		head.heading = plan->regions[scope->region].name;
		head.title = say(pen, SAY_TITLE_CHART, title, head.heading, month, model->company->short_name, NULL);
	}
	return head;
}

static struct chart_scope scope_of(struct pen *pen, const struct chart_plan *plan, size_t unit, size_t region)
{
	struct chart_scope scope = {.plan = plan, .declared = plan->declared, .unit = unit, .region = region};

	scope.people = people_of(pen, plan, unit);
	scope.item = plan->declared->figure_count ? plan->declared->figures[0] : NULL;
	scope.column = scope.item ? scope.item->column : SIZE_MAX;
	return scope;
}

void build_chart(struct pen *pen)
{
	const struct model_entry *entry = pen->entry;
	const struct chart_plan *plan = &pen->model->charts[entry->chart];
	struct chart_scope scope = scope_of(pen, plan, entry->unit, entry->region);
	struct head head;
	xmlNode *root, *chart;

	head = page_head(pen, &scope);
	root = start_document(pen, &head);
	add_files(pen, root);
	chart = put(root, "chart");
	attribute(chart, "kind", plan->declared->kind->name);
	attribute(chart, "id", plan->id);
	attribute(chart, "title", plan->declared->title);
	attribute(chart, "scope", scope.region != SIZE_MAX ? "region" : scope.unit != SIZE_MAX ? "unit" : "company");
	row_of(plan->declared->kind->id)->build(pen, chart, &scope);
}

/* The declared bullets, of units alone. Like their charts they are the managers'. unit SIZE_MAX: the company */
void add_targets(struct pen *pen, xmlNode *parent, size_t unit)
{
	const struct model *model = pen->model;

	for (size_t i = 0; i < model->chart_count; i++) {
		const struct chart_plan *plan = &model->charts[i];
		struct chart_scope scope;

		if (plan->declared->kind->id != CHART_BULLETS || (unit != SIZE_MAX && !is_about(model, plan, unit)))
			continue;
		scope = scope_of(pen, plan, unit, SIZE_MAX);
		chart_add_targets(pen, parent, &scope);
	}
}

/* Where managers see the ranking they see the other charts of it, too. */
void add_chart_figures(struct pen *pen, xmlNode *page, size_t unit)
{
	const struct model *model = pen->model;

	for (size_t i = 0; !pen->entry->is_public && i < model->chart_count; i++) {
		const struct chart_plan *plan = &model->charts[i];
		const char *stem = unit == SIZE_MAX ? plan->id
						    : arena_printf(pen->scratch, "%s-%s", plan->id, model->folders[unit]);
		xmlNode *node;

		if (unit != SIZE_MAX && !is_about(model, plan, unit))
			continue;
		node = put_text(page, "figure", plan->declared->title);
		attribute(node, "href", arena_printf(pen->scratch, "%s.html", chart_page(pen->scratch, model, i)));
		attribute(node, "src", arena_printf(pen->scratch, "%s../charts/%s.svg", pen->root, stem));
	}
}
