#include "render/waterfall.h"
#include "base/arena.h"
#include "base/text.h"
#include "render/axis.h"
#include "render/field.h"
#include "render/key.h"
#include "render/typeset.h"
#include "render/words.h"
#include <math.h>
#include <string.h>

#define BAR_PT 9.0
#define PITCH_PT 14.0	/* bar and gap */
#define LEADING_PT 11.0 /* second line of a long name */
#define NAME_PART 0.28	/* of the width, at most (UX 4.2) */
#define NAME_LINES 2
#define GUTTER_PT 10.0
#define KEY_PT 19.0
#define LEAST_PT 0.75 /* a bar of next to nothing is still seen */

/* Where the columns stand: names, amounts, bars. */
struct columns {
	double name_width, amount_end;
	struct scale scale;
};

static enum ink ink_of(const xmlNode *step)
{
	return field_is(step, "kind", "total") ? INK_AXIS
	       : field_is(step, "kind", "up")  ? INK_FOCUS
					       : INK_FOURTH;
}

static struct lettering letters_of(const xmlNode *step, enum anchor anchor)
{
	return (struct lettering){9, field_is(step, "kind", "total"), INK_TEXT, anchor};
}

static double width_of(const struct flow *flow, const xmlNode *step, const char *text)
{
	struct lettering letters = letters_of(step, ANCHOR_START);

	return text_width_pt(flow->fonts, &letters, text, strlen(text));
}

static struct columns place_columns(const struct flow *flow, const xmlNode *waterfall)
{
	double width = flow->right - flow->left, name = 0, amount = 0;
	struct columns columns;

	for (const xmlNode *step = field_child(waterfall, "step"); step; step = field_next(step)) {
		name = fmax(name, width_of(flow, step, field(step, "label")));
		amount = fmax(amount, width_of(flow, step, field_text(step)));
	}
	columns.name_width = fmin(name, NAME_PART * width);
	columns.amount_end = flow->left + columns.name_width + GUTTER_PT + amount;
	columns.scale =
		scale_read(field_child(waterfall, "scale"), columns.amount_end + GUTTER_PT, flow->right);
	return columns;
}

static struct text_lines fit_name(struct flow *flow, const struct columns *columns, const xmlNode *step)
{
	struct lettering letters = letters_of(step, ANCHOR_START);

	return text_fit(flow->fonts, &letters, field(step, "label"), NULL, columns->name_width + 0.01,
		NAME_LINES, flow->arena);
}

static double row_height(struct flow *flow, const struct columns *columns, const xmlNode *step)
{
	return PITCH_PT + LEADING_PT * (double)(fit_name(flow, columns, step).count - 1);
}

/* Both ends of the step's bar, and the one where the next bar begins. */
struct reach {
	double left, right, end;
};

static struct reach reach_of(const struct columns *columns, const xmlNode *step)
{
	double left = 0, width = 0, value = 0, span = columns->scale.end_pt - columns->scale.start_pt;
	struct reach reach;

	field_number(step, "left", &left);
	field_number(step, "width", &width);
	field_number(step, "value", &value);
	reach.left = columns->scale.start_pt + left / 100 * span;
	reach.right = reach.left + width / 100 * span;
	reach.end = value < 0 ? reach.left : reach.right;
	if (reach.right - reach.left < LEAST_PT)
		reach.right = reach.left + LEAST_PT;
	return reach;
}

/* One step; from where it stands a hair line leads down to the bar of the next. */
static void draw_step(
	struct flow *flow, const struct columns *columns, const xmlNode *step, const xmlNode *next)
{
	struct text_lines name = fit_name(flow, columns, step);
	struct lettering label = letters_of(step, ANCHOR_START), amount = letters_of(step, ANCHOR_END);
	struct reach reach = reach_of(columns, step);
	double height = PITCH_PT + LEADING_PT * (double)(name.count - 1), top = flow->y + 2.5;

	for (size_t i = 0; i < name.count; i++)
		canvas_text(flow->canvas, flow->left, flow->y + 10.3 + LEADING_PT * (double)i, &label,
			name.lines[i].text, name.lines[i].length);
	canvas_puts(flow->canvas, columns->amount_end, flow->y + 10.3, &amount, field_text(step));
	canvas_rect(flow->canvas, (struct box){reach.left, top, reach.right - reach.left, BAR_PT},
		ink_of(step), PEN_NONE);
	if (next)
		canvas_line(flow->canvas, (struct point){reach.end, top + BAR_PT},
			(struct point){reach.end, top + height}, (struct pen){INK_BAR_EDGE, 0.5, 0});
	flow->y += height;
}

static const char *all_steps(struct flow *flow, const xmlNode *waterfall)
{
	struct text_buffer text = TEXT_BUFFER_INIT;
	const char *steps, *finding = waterfall_title(waterfall);

	if (*finding)
		text_buffer_printf(&text, "%s%s", finding, word(flow->language, WORD_SEMICOLON));
	for (const xmlNode *step = field_child(waterfall, "step"); step; step = field_next(step))
		text_buffer_printf(&text, "%s %s%s", field(step, "label"), field_text(step),
			field_next(step) ? word(flow->language, WORD_COMMA) : "");
	steps = text_buffer_take(&text, flow->arena);
	text_buffer_release(&text);
	return word_with(flow->arena, flow->language, WORD_WATERFALL_ALT,
		(const char *const[]){steps ? steps : "", "", "", ""});
}

static void draw_key(struct flow *flow, const xmlNode *waterfall)
{
	static const struct {
		const char *kind;
		enum ink ink;
		enum word text;
	} kinds[] = {{"up", INK_FOCUS, WORD_ADDED}, {"down", INK_FOURTH, WORD_TAKEN},
		{"total", INK_AXIS, WORD_SUBTOTAL}};
	struct key_entry entries[3];
	size_t count = 0;

	for (size_t i = 0; i < 3; i++)
		for (const xmlNode *step = field_child(waterfall, "step"); step; step = field_next(step))
			if (field_is(step, "kind", kinds[i].kind)) {
				entries[count++] = (struct key_entry){
					KEY_FILL, kinds[i].ink, word(flow->language, kinds[i].text)};
				break;
			}
	key_draw(flow, entries, count);
}

/* The steps that this page takes, at least one, as one figure. Returns the first that is left. */
static const xmlNode *draw_part(
	struct flow *flow, const xmlNode *waterfall, const struct columns *columns, const xmlNode *from)
{
	const xmlNode *end = from, *step;
	double height = 0, zero = scale_at(&columns->scale, 0), top;

	for (; end; end = field_next(end)) {
		double row = row_height(flow, columns, end);

		if (end != from && !flow_has(flow, AXIS_PT + height + row))
			break;
		height += row;
	}
	flow->y += AXIS_PT;
	top = flow->y;
	axis_draw(flow, field_child(waterfall, "scale"), &columns->scale, top, height);
	for (step = from; step != end; step = field_next(step))
		draw_step(flow, columns, step, field_next(step) == end ? NULL : field_next(step));
	canvas_line(flow->canvas, (struct point){zero, top}, (struct point){zero, top + height},
		(struct pen){INK_AXIS, 1, 0});
	return end;
}

double waterfall_height_pt(struct flow *flow, const xmlNode *waterfall)
{
	struct columns columns = place_columns(flow, waterfall);
	double height = KEY_PT + AXIS_PT;

	for (const xmlNode *step = field_child(waterfall, "step"); step; step = field_next(step))
		height += row_height(flow, &columns, step);
	return height;
}

void waterfall_draw(struct flow *flow, const xmlNode *waterfall)
{
	struct columns columns = place_columns(flow, waterfall);
	const xmlNode *step = field_child(waterfall, "step");
	const char *alt = all_steps(flow, waterfall);

	draw_key(flow, waterfall);
	while (step) {
		canvas_tag_begin(flow->canvas, "Figure", alt);
		step = draw_part(flow, waterfall, &columns, step);
		canvas_tag_end(flow->canvas);
		if (step)
			flow_break(flow);
	}
}

const char *waterfall_title(const xmlNode *waterfall)
{
	return field_text(field_child(waterfall, "finding"));
}

void waterfall_svg(const struct fonts *fonts, const xmlNode *waterfall, struct file_writer *out)
{
	struct arena *arena = arena_new();
	struct flow flow = {.fonts = fonts,
		.arena = arena,
		.language = field(field_root(waterfall), "lang"),
		.left = 1,
		.right = PAGE_WIDTH_PT - 1,
		.bottom = 1e6};
	const struct canvas_about about = {.title = waterfall_title(waterfall),
		.description = all_steps(&flow, waterfall),
		.language = flow.language};

	flow.height_pt = waterfall_height_pt(&flow, waterfall) + 2;
	flow.canvas = canvas_svg_new(fonts, &about, out);
	canvas_page_begin(flow.canvas, PAGE_WIDTH_PT, flow.height_pt);
	waterfall_draw(&flow, waterfall);
	canvas_page_end(flow.canvas);
	canvas_finish(flow.canvas);
	arena_free(arena);
}
