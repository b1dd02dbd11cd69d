#include "render/chart_ranking.h"
#include "base/arena.h"
#include "base/map.h"
#include "render/chart_bars.h"
#include <string.h>

/* Which people are drawn where (the scale rule) and the tables behind the bars. */

#define ONE_PAGE 45
#define SUMMARY_FROM 46
#define SUMMARY_ROWS 15
#define EXCERPT_ABOVE 500
#define EXCERPT_ROWS ((size_t)50)
#define DATA_ROW_PT 15.0

bool chart_ranking_find(const xmlNode *model, struct chart_ranking *out)
{
	static const char *const bodies[] = { "unit", "overview" };

	*out = (struct chart_ranking){ model, field_child(model, "ranking"), NULL, NULL };
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		const xmlNode *body = field_child(model, bodies[i]);

		if (!out->ranking)
			out->ranking = field_child(body, "ranking");
		if (!out->distribution)
			out->distribution = field_child(body, "distribution");
	}
	out->units = field_path(model, "overview/units");
	return out->ranking != NULL;
}

/* People of one name in one chart are told apart by their number. */
static void mark_namesakes(struct bars *bars)
{
	struct map *names = map_new();

	for (size_t i = 0; i < bars->count; i++) {
		const char *name = field(bars->bars[i].who, "name");
		struct bar *first = map_get(names, name);

		if (first)
			first->namesake = bars->bars[i].namesake = true;
		else
			map_put(names, name, &bars->bars[i]);
	}
	map_free(names);
}

static void read_bars(struct bars *bars, const xmlNode *ranking, struct arena *arena)
{
	bars->ranking = ranking;
	bars->count = field_count(ranking, "row");
	bars->bars = arena_array(arena, bars->count + 1, sizeof *bars->bars);
	bars->count = 0;
	for (const xmlNode *row = field_child(ranking, "row"); row; row = field_next(row))
		bars->bars[bars->count++] = (struct bar){
			.row = row, .who = field_child(row, "who"), .score = field_child(row, "score")
		};
	mark_namesakes(bars);
}

static void draw_key(struct chart *chart, const struct bars *bars)
{
	struct key_entry entries[8];
	size_t count = 0;
	bool below = false;

	for (size_t i = 0; i < bars->count; i++)
		below |= field_is(bars->bars[i].row, "below", "yes");
	if (bars->count)
		entries[count++] = (struct key_entry){ KEY_FILL, INK_FOCUS, chart_word(chart, WORD_LEADING) };
	if (below)
		entries[count++] =
			(struct key_entry){ KEY_OUTLINE, INK_BAR_EDGE, chart_word(chart, WORD_BELOW_PASS) };
	for (const xmlNode *mark = field_child(bars->ranking, "mark"); mark && count < 8;
		mark = field_next(mark)) {
		const char *text = chart_mark(chart, mark);

		if (text)
			entries[count++] =
				(struct key_entry){ bars_mark_is_dashed(mark) ? KEY_DASHES : KEY_LINE,
					INK_TEXT, text };
	}
	chart_key(chart, entries, count);
}

static void data_row(struct chart *chart, struct sheet *sheet, const struct bars *bars, const struct bar *bar)
{
	const char *cells[] = { field(bar->row, "rank-text"), bars_move(chart, bar), field(bar->who, "name"),
		field(bar->who, "id"), bars_second(bars, bar), field_text(bar->score) };

	sheet_row(sheet, SHEET_ROW, cells, 0);
}

static void draw_data(struct chart *chart, const struct bars *bars, const size_t *ends, size_t parts)
{
	struct flow *flow = &chart->flow;
	struct sheet_column columns[] = {
		{ 44, ANCHOR_START, false, chart_word(chart, WORD_RANK), 0 },
		{ 50, ANCHOR_START, false, chart_word(chart, WORD_MOVE), 0 },
		{ 140, ANCHOR_START, false, chart_word(chart, WORD_NAME), 0 },
		{ 80, ANCHOR_START, false, chart_word(chart, WORD_EMPLOYEE_NUMBER), 0 },
		{ 120, ANCHOR_START, true, chart_word(chart, bars_of_units(bars) ? WORD_UNIT : WORD_GRADE),
			0 },
		{ flow->right - flow->left - 434, ANCHOR_END, false, field(bars->ranking, "label"), 0 },
	};
	struct sheet sheet = { .flow = flow, .columns = columns, .count = 6 };

	/* a short table stays under its bars */
	if (!flow_has(flow, 70 + DATA_ROW_PT * (double)(ends[1] - ends[0] + ends[3] - ends[2])))
		flow_break(flow);
	canvas_bookmark(flow->canvas, chart_word(chart, WORD_DATA_TABLE), 0);
	chart_heading(chart, chart_word(chart, WORD_DATA_TABLE), 60);
	sheet_begin(&sheet);
	for (size_t part = 0; part < parts; part++)
		for (size_t i = ends[2 * part]; i < ends[2 * part + 1]; i++)
			data_row(chart, &sheet, bars, &bars->bars[i]);
	sheet_end(&sheet);
}

static void draw_units(struct chart *chart, const xmlNode *units)
{
	struct flow *flow = &chart->flow;
	double width = flow->right - flow->left;
	struct sheet_column columns[] = {
		{ width - 240, ANCHOR_START, false, NULL, 0 },
		{ 60, ANCHOR_END, false, chart_word(chart, WORD_PEOPLE), 0 },
		{ 60, ANCHOR_END, false, chart_word(chart, WORD_AVERAGE), 0 },
		{ 60, ANCHOR_END, false, chart_word(chart, WORD_LAST_MONTH), 0 },
		{ 60, ANCHOR_END, false, chart_word(chart, WORD_MOVE), 0 },
	};
	struct sheet sheet = {
		.flow = flow, .columns = columns, .count = 5, .title = chart_word(chart, WORD_UNITS)
	};

	flow_need(flow, 120);
	flow->y += 12;
	canvas_bookmark(flow->canvas, chart_word(chart, WORD_UNITS), 0);
	sheet_begin(&sheet);
	for (const xmlNode *unit = field_child(units, "unit-row"); unit; unit = field_next(unit)) {
		double level = 0;

		field_number(unit, "level", &level);
		sheet_row(&sheet, SHEET_ROW,
			(const char *const[]){
				arena_printf(flow->arena, "%.*s%s",
					level > 0 ? (int)strlen("\u3000") * (level > 4 ? 4 : (int)level) : 0,
					"\u3000\u3000\u3000\u3000", field(unit, "name")),
				field(unit, "people"), field_text(field_child(unit, "score")),
				field_text(field_child(unit, "last")),
				bars_move_text(chart, field_child(unit, "move")) },
			0);
	}
	sheet_end(&sheet);
}

struct plan {
	const struct chart_ranking *source;
	struct bars bars;
	size_t people; /* ranked or not, drawn or not */
};

/* All of the ranking, drawn or not: of a long one the model may give only some rows. */
static size_t people_of(const xmlNode *ranking, size_t rows)
{
	double count = 0;

	field_number(ranking, "count", &count);
	return rows > EXCERPT_ROWS && count > (double)rows ? (size_t)count : rows;
}

/* Do the rows reach the end of the ranking, or only its head? */
static bool has_last(const struct plan *plan)
{
	const struct bar *last = &plan->bars.bars[plan->bars.count - 1];
	double rank;

	return plan->people == plan->bars.count || !field_number(last->row, "rank", &rank) ||
	       rank > (double)plan->bars.count;
}

/* First fifteen, how the scores spread, how many follow. */
static void draw_summary(struct chart *chart, struct plan *plan)
{
	struct flow *flow = &chart->flow;
	size_t first = plan->bars.count < SUMMARY_ROWS ? plan->bars.count : SUMMARY_ROWS;

	chart_heading(
		chart, chart_say(chart, WORD_FIRST_PEOPLE, arena_printf(flow->arena, "%zu", first), ""), 100);
	bars_draw(chart, &plan->bars, 0, first);
	flow_paragraph(flow,
		&(struct paragraph){
			"P", flow->left, flow->right, 14, { 9, false, INK_MUTED, ANCHOR_START } },
		chart_say(chart,
			chart->paged && plan->people <= EXCERPT_ABOVE ? WORD_FURTHER_PEOPLE
								      : WORD_FURTHER_ELSEWHERE,
			arena_printf(flow->arena, "%zu", plan->people - first), ""));
	if (plan->source->distribution && field_child(plan->source->distribution, "bin"))
		chart_distribution(chart, plan->source->distribution, 130);
	if (!chart->paged && plan->source->units)
		draw_units(chart, plan->source->units);
}

static void draw_part(struct chart *chart, struct plan *plan, enum word title, size_t from, size_t to)
{
	const char *text = chart_say(chart, title, arena_printf(chart->flow.arena, "%zu", to - from), "");

	flow_break(&chart->flow);
	canvas_bookmark(chart->flow.canvas, text, 0);
	chart_heading(chart, text, 100);
	bars_draw(chart, &plan->bars, from, to);
}

static void draw_body(struct chart *chart, void *context)
{
	struct plan *plan = context;
	size_t count = plan->bars.count;
	size_t ends[] = { 0, count, count, count };
	bool excerpt = plan->people > EXCERPT_ABOVE && count >= EXCERPT_ROWS;

	canvas_bookmark(chart->flow.canvas,
		plan->people < SUMMARY_FROM ? chart_word(chart, WORD_FULL_RANKING)
					    : chart_word(chart, WORD_SUMMARY),
		0);
	draw_key(chart, &plan->bars);
	if (plan->people <= ONE_PAGE)
		bars_draw(chart, &plan->bars, 0, count);
	else
		draw_summary(chart, plan);
	if (!chart->paged)
		return;
	if (excerpt) {
		ends[1] = EXCERPT_ROWS;
		ends[2] = has_last(plan) && count >= 2 * EXCERPT_ROWS ? count - EXCERPT_ROWS : count;
		draw_part(chart, plan, WORD_FIRST_PEOPLE, 0, ends[1]);
		if (ends[2] < count)
			draw_part(chart, plan, WORD_LAST_PEOPLE, ends[2], count);
	} else if (plan->people > ONE_PAGE) {
		draw_part(chart, plan, WORD_FULL_RANKING, 0, count);
	}
	if (plan->source->units && field_child(plan->source->units, "unit-row"))
		draw_units(chart, plan->source->units);
	draw_data(chart, &plan->bars, ends, 2);
}

void chart_ranking_draw(const struct fonts *fonts, const struct chart_ranking *source,
	enum drawing_device device, struct file_writer *out)
{
	struct arena *arena = arena_new();
	struct chart chart = {
		.flow = { .fonts = fonts, .arena = arena, .language = field(source->model, "lang") },
		.model = source->model,
		.title = field_text(field_child(source->ranking, "finding")),
		.subtitle = field_text(field_child(source->ranking, "subtitle")),
		.footnote = field_text(field_child(source->ranking, "footnote")),
	};
	struct plan plan = { .source = source };
	const char *alt = chart_say(&chart, device == DRAW_PDF ? WORD_RANKING_ALT : WORD_RANKING_SVG_ALT,
		chart.title, chart.subtitle);

	read_bars(&plan.bars, source->ranking, arena);
	plan.bars.alt = alt;
	plan.people = people_of(source->ranking, plan.bars.count);
	chart_draw(&chart, device, alt, draw_body, &plan, out);
	arena_free(arena);
}
