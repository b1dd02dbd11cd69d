#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"

/*
 * From the first earning over the gross to the net, step by step: of one
 * person, or of several people together. Managers only.
 */

/* What one column adds up to over the people. */
struct fall_part {
	const struct item *item; /* the first person's who has it */
	struct decimal amount; /* as it acts on net pay */
};
struct fall {
	struct fall_part *earnings, *deductions;
	size_t earning_count, deduction_count;
	struct decimal sums[SECTION_NET + 1];
};

static struct fall_part part_of(struct pen *pen, struct group group, size_t column, enum section section)
{
	const struct results *results = pen->model->input.results;
	struct fall_part part = {NULL, decimal_zero()};

	for (size_t i = 0; i < group.count; i++) {
		const struct item *item = results_item(results, group.people[i], column);
		const struct value *value = results_value(results, group.people[i], column);

		if (!item || item->kind != ITEM_FIGURE || item->section != section || item->type != VALUE_MONEY ||
			value->missing)
			continue;
		part.item = part.item ? part.item : item;
		part.amount = decimal_add(part.amount, value->number);
	}
	if (section == SECTION_DEDUCTIONS)
		part.amount = decimal_negate(part.amount);
	return part;
}

/* What adds nothing is no step. */
static struct fall_part *parts_of(struct pen *pen, struct group group, enum section section, size_t *count)
{
	size_t columns = pen->model->rulebook->column_count;
	struct fall_part *parts = arena_array(pen->scratch, columns + 1, sizeof *parts);

	*count = 0;
	for (size_t column = 0; column < columns; column++) {
		struct fall_part part = part_of(pen, group, column, section);

		if (part.item && decimal_sign(part.amount) != 0)
			parts[(*count)++] = part;
	}
	return parts;
}

static struct fall fall_of(struct pen *pen, struct group group)
{
	struct fall fall;

	fall.earnings = parts_of(pen, group, SECTION_EARNINGS, &fall.earning_count);
	fall.deductions = parts_of(pen, group, SECTION_DEDUCTIONS, &fall.deduction_count);
	for (enum section section = SECTION_EARNINGS; section <= SECTION_NET; section++) {
		fall.sums[section] = decimal_zero();
		for (size_t i = 0; i < group.count; i++)
			fall.sums[section] = decimal_add(
				fall.sums[section], pen->model->sums[group.people[i]].sections[section]);
	}
	return fall;
}

/* What is taken off most; NULL if nothing is. */
static const struct fall_part *greatest_deduction(const struct fall *fall)
{
	const struct fall_part *greatest = NULL;

	for (size_t i = 0; i < fall->deduction_count; i++)
		if (decimal_sign(fall->deductions[i].amount) < 0 &&
			(!greatest || decimal_compare(fall->deductions[i].amount, greatest->amount) < 0))
			greatest = &fall->deductions[i];
	return greatest;
}

static const char *finding_of(struct pen *pen, const struct fall *fall)
{
	const struct fall_part *greatest = greatest_deduction(fall);
	const char *gross = text_money(pen, fall->sums[SECTION_EARNINGS]),
		   *net = text_money(pen, fall->sums[SECTION_NET]);

	return greatest ? say(pen, SAY_WATERFALL_FINDING, gross, text_money(pen, fall->sums[SECTION_DEDUCTIONS]), net,
				  greatest->item->label, text_money(pen, decimal_negate(greatest->amount)), NULL)
			: say(pen, SAY_WATERFALL_FINDING_WHOLE, gross, net, NULL);
}

const char *waterfall_sentence(struct pen *pen, struct group group)
{
	struct fall fall = fall_of(pen, group);

	return finding_of(pen, &fall);
}

/* How low and how high the steps go, so that the scale holds them all. */
static double reach(const struct fall_part *parts, size_t count, double level, struct span *span)
{
	for (size_t i = 0; i < count; i++) {
		level += decimal_to_double(parts[i].amount);
		span->low = fmin(span->low, level);
		span->high = fmax(span->high, level);
	}
	return level;
}

/* ---- the element ---- */
struct drawing {
	struct pen *pen;
	xmlNode *node;
	struct span span;
	double level; /* where the last step ended */
};

static void add_step(struct drawing *drawing, const char *kind, const char *label, struct decimal amount, double from)
{
	struct pen *pen = drawing->pen;
	bool total = strcmp(kind, "total") == 0;
	xmlNode *step = put_text(drawing->node, "step", total ? text_money(pen, amount) : text_signed(pen, amount));
	double low = fmin(from, drawing->level), high = fmax(from, drawing->level);
	char room[DECIMAL_TEXT];

	attribute(step, "kind", kind);
	attribute(step, "label", label);
	attribute_geometry(pen, step, "left", &drawing->span, low);
	attribute(step, "width",
		text_percent(pen, (high - low) / (drawing->span.high - drawing->span.low) * 100));
	attribute(step, "value", decimal_format_places(amount, 2, room));
}

static void add_steps(struct drawing *drawing, const struct fall_part *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		double from = drawing->level;

		drawing->level += decimal_to_double(parts[i].amount);
		add_step(drawing, decimal_sign(parts[i].amount) < 0 ? "down" : "up", parts[i].item->label,
			parts[i].amount, from);
	}
}

bool add_waterfall(struct pen *pen, xmlNode *parent, struct group group)
{
	struct fall fall = fall_of(pen, group);
	struct span span = {0, 0, 1};
	struct drawing drawing = {.pen = pen};
	double gross = reach(fall.earnings, fall.earning_count, 0, &span);

	reach(fall.deductions, fall.deduction_count, gross, &span);
	if (span.high - span.low < 1)
		return false;
	drawing.span = span_of(span.low, span.high, 1);
	drawing.node = put(parent, "waterfall");
	add_finding(drawing.node, finding_of(pen, &fall));
	add_scale(pen, drawing.node, &drawing.span, NULL);
	add_steps(&drawing, fall.earnings, fall.earning_count);
	add_step(&drawing, "total", say(pen, SAY_GROSS, NULL), fall.sums[SECTION_EARNINGS], 0);
	add_steps(&drawing, fall.deductions, fall.deduction_count);
	add_step(&drawing, "total", say(pen, SAY_NET, NULL), fall.sums[SECTION_NET], 0);
	return true;
}
