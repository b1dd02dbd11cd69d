#include "render/chart_bars.h"
#include "base/arena.h"
#include "render/typeset.h"
#include <string.h>

#define BAR_PT 9.0
#define PITCH_PT 14.0	/* bar and gap */
#define LEADING_PT 11.0 /* further lines of a long name */
#define PAGE_ROWS 45
#define AXIS_PT 14.0
#define NAME_PART 0.28 /* of the width, at most (UX 4.2) */
#define UNIT_PART 0.17
#define NO_DATA_PT 60.0
#define NO_DATA_STROKES 10

static const struct lettering name_letters = { 9, false, INK_TEXT, ANCHOR_START };
static const struct lettering unit_letters = { 8, false, INK_MUTED, ANCHOR_START };
static const struct lettering rank_letters = { 9, false, INK_TEXT, ANCHOR_END };
static const struct lettering move_letters = { 7.5, false, INK_MUTED, ANCHOR_START };
static const struct lettering score_letters = { 9, false, INK_TEXT, ANCHOR_END };

/* Where the columns stand: rank and move, name, unit, bars, score. */
struct columns {
	double rank_end, move, name, name_width, unit, unit_width, score_end;
	struct scale scale;
};

const char *bars_move_text(struct chart *chart, const xmlNode *move)
{
	if (!move)
		return "";
	if (field_is(move, "direction", "up"))
		return arena_printf(chart->flow.arena, "▲%s", field_text(move));
	if (field_is(move, "direction", "down"))
		return arena_printf(chart->flow.arena, "▼%s", field_text(move));
	return field_is(move, "direction", "same") ? "＝" : field_text(move);
}

const char *bars_move(struct chart *chart, const struct bar *bar)
{
	return bars_move_text(chart, field_child(bar->row, "move"));
}

bool bars_mark_is_dashed(const xmlNode *mark)
{
	return !field_is(mark, "kind", "pass") && !field_is(mark, "kind", "target");
}

bool bars_of_units(const struct bars *bars)
{
	return field_is(bars->ranking, "scope", "company");
}

const char *bars_second(const struct bars *bars, const struct bar *bar)
{
	const char *text = field(bar->who, bars_of_units(bars) ? "unit" : "grade");

	return text ? text : "";
}

static const char *full_name(struct chart *chart, const struct bar *bar)
{
	return bar->namesake ? arena_printf(chart->flow.arena, "%s %s", field(bar->who, "name"),
				       field(bar->who, "id"))
			     : field(bar->who, "name");
}

static double widest(double a, double b)
{
	return a > b ? a : b;
}

static struct columns place_columns(struct chart *chart, const struct bars *bars)
{
	struct flow *flow = &chart->flow;
	double width = flow->right - flow->left, rank = 0, move = 0, name = 0, unit = 0, score = 0;
	struct columns columns;

	for (size_t i = 0; i < bars->count; i++) {
		const struct bar *bar = &bars->bars[i];
		const char *texts[] = { field(bar->row, "rank-text"), bars_move(chart, bar),
			full_name(chart, bar), bars_second(bars, bar), field_text(bar->score) };

		rank = widest(rank, text_width_pt(flow->fonts, &rank_letters, texts[0], strlen(texts[0])));
		move = widest(move, text_width_pt(flow->fonts, &move_letters, texts[1], strlen(texts[1])));
		name = widest(name, text_width_pt(flow->fonts, &name_letters, texts[2], strlen(texts[2])));
		unit = widest(unit, text_width_pt(flow->fonts, &unit_letters, texts[3], strlen(texts[3])));
		score = widest(score, text_width_pt(flow->fonts, &score_letters, texts[4], strlen(texts[4])));
	}
	columns.rank_end = flow->left + rank;
	columns.move = columns.rank_end + 5;
	columns.name = columns.move + move + (move > 0 ? 7 : 2);
	columns.name_width = name < NAME_PART * width ? name : NAME_PART * width;
	columns.unit = columns.name + columns.name_width + 9;
	columns.unit_width = unit < UNIT_PART * width ? unit : UNIT_PART * width;
	columns.score_end = flow->right;
	columns.scale = scale_read(field_child(bars->ranking, "scale"),
		columns.unit + columns.unit_width + (unit > 0 ? 9 : 0), flow->right - score - 9);
	return columns;
}

/* Up to two lines of the name; then the middle goes, and the number tells who it is. */
static struct text_lines fit_name(struct chart *chart, const struct columns *columns, const struct bar *bar)
{
	return text_fit(chart->flow.fonts, &name_letters, full_name(chart, bar),
		bar->namesake ? NULL : field(bar->who, "id"), columns->name_width + 0.01, 2,
		chart->flow.arena);
}

static double row_height(struct chart *chart, const struct columns *columns, const struct bar *bar)
{
	return PITCH_PT + LEADING_PT * (double)(fit_name(chart, columns, bar).count - 1);
}

static void draw_grid(
	struct chart *chart, const struct bars *bars, const struct columns *columns, double height)
{
	struct flow *flow = &chart->flow;
	const struct lettering letters = { 7.5, false, INK_MUTED, ANCHOR_MIDDLE };
	double x;

	for (const xmlNode *tick = field_path(bars->ranking, "scale/tick"); tick; tick = field_next(tick)) {
		if (!scale_place(&columns->scale, tick, &x))
			continue;
		canvas_puts(flow->canvas, x, flow->y + AXIS_PT - 5, &letters, field_text(tick));
		canvas_line(flow->canvas, (struct point){ x, flow->y + AXIS_PT },
			(struct point){ x, flow->y + AXIS_PT + height }, (struct pen){ INK_GRID, 0.6, 0 });
	}
}

/* Zero, pass mark, median: over the bars. */
static void draw_marks(struct chart *chart, const struct bars *bars, const struct columns *columns,
	double top, double height)
{
	struct canvas *canvas = chart->flow.canvas;
	double x = scale_at(&columns->scale, 0);

	canvas_line(canvas, (struct point){ x, top }, (struct point){ x, top + height },
		(struct pen){ INK_AXIS, 1, 0 });
	for (const xmlNode *mark = field_child(bars->ranking, "mark"); mark; mark = field_next(mark))
		if (chart_mark(chart, mark) && scale_place(&columns->scale, mark, &x))
			canvas_line(canvas, (struct point){ x, top }, (struct point){ x, top + height },
				(struct pen){ INK_TEXT, 0.9, bars_mark_is_dashed(mark) ? 2 : 0 });
}

/* Missing is not zero: a hatched field and the model's word for it. */
static void draw_missing(struct chart *chart, const struct columns *columns, double y)
{
	struct canvas *canvas = chart->flow.canvas;
	double x = columns->scale.start_pt;

	canvas_rect(
		canvas, (struct box){ x, y, NO_DATA_PT, BAR_PT }, INK_NONE, (struct pen){ INK_RULE, 0.5, 0 });
	for (int i = 0; i < NO_DATA_STROKES; i++, x += NO_DATA_PT / NO_DATA_STROKES)
		canvas_line(canvas, (struct point){ x, y + BAR_PT },
			(struct point){ x + NO_DATA_PT / NO_DATA_STROKES, y },
			(struct pen){ INK_RULE, 0.5, 0 });
}

static void draw_bar(struct chart *chart, const struct columns *columns, const struct bar *bar, double y)
{
	struct canvas *canvas = chart->flow.canvas;
	double zero = scale_at(&columns->scale, 0), x;
	bool below = field_is(bar->row, "below", "yes"), first = field_is(bar->row, "rank", "1");
	enum ink fill = first ? INK_FOCUS : below ? INK_PAPER : INK_BAR;
	const struct lettering note = { 7.5, false, INK_MUTED, ANCHOR_END };
	const char *word_below = chart_word(chart, WORD_BELOW_PASS);

	if (!scale_place(&columns->scale, bar->score, &x)) {
		draw_missing(chart, columns, y);
		return;
	}
	canvas_rect(canvas, (struct box){ x < zero ? x : zero, y, x < zero ? zero - x : x - zero, BAR_PT },
		fill, first ? PEN_NONE : (struct pen){ INK_BAR_EDGE, 0.5, 0 });
	if (below && x - zero > 6 + text_width_pt(chart->flow.fonts, &note, word_below, strlen(word_below)))
		canvas_puts(canvas, x - 3, y + 7.4, &note, word_below);
}

static void draw_row(
	struct chart *chart, const struct bars *bars, const struct columns *columns, const struct bar *bar)
{
	struct flow *flow = &chart->flow;
	struct text_lines name = fit_name(chart, columns, bar);
	struct text_lines unit = text_fit(flow->fonts, &unit_letters, bars_second(bars, bar), NULL,
		columns->unit_width + 0.01, 1, flow->arena);
	bool first = field_is(bar->row, "rank", "1");
	struct lettering strong = name_letters, score = score_letters;
	double y = flow->y + 10.3;

	strong.bold = score.bold = first;
	canvas_puts(flow->canvas, columns->rank_end, y, &rank_letters, field(bar->row, "rank-text"));
	canvas_puts(flow->canvas, columns->move, y, &move_letters, bars_move(chart, bar));
	for (size_t i = 0; i < name.count; i++)
		canvas_text(flow->canvas, columns->name, y + LEADING_PT * (double)i, &strong,
			name.lines[i].text, name.lines[i].length);
	canvas_text(flow->canvas, columns->unit, y, &unit_letters, unit.lines[0].text, unit.lines[0].length);
	draw_bar(chart, columns, bar, flow->y + (PITCH_PT - BAR_PT) / 2);
	canvas_puts(flow->canvas, columns->score_end, y, &score, field_text(bar->score));
	flow->y += PITCH_PT + LEADING_PT * (double)(name.count - 1);
}

/* As many rows as this page takes, as one figure. */
static size_t draw_page(
	struct chart *chart, const struct bars *bars, const struct columns *columns, size_t from, size_t to)
{
	struct flow *flow = &chart->flow;
	double height = 0, top;
	size_t end = from;

	while (end < to && (end - from < PAGE_ROWS || !chart->paged)) {
		double row = row_height(chart, columns, &bars->bars[end]);

		if (end > from && !flow_has(flow, AXIS_PT + height + row))
			break;
		height += row;
		end++;
	}
	canvas_tag_begin(flow->canvas, "Figure", bars->alt);
	draw_grid(chart, bars, columns, height);
	flow->y += AXIS_PT;
	top = flow->y;
	for (size_t i = from; i < end; i++)
		draw_row(chart, bars, columns, &bars->bars[i]);
	draw_marks(chart, bars, columns, top, height);
	canvas_tag_end(flow->canvas);
	flow->y += 6;
	return end;
}

void bars_draw(struct chart *chart, const struct bars *bars, size_t from, size_t to)
{
	struct columns columns = place_columns(chart, bars);

	while (from < to) {
		from = draw_page(chart, bars, &columns, from, to);
		if (from < to)
			flow_break(&chart->flow);
	}
}
