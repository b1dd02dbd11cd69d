#include "model/how.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define SHOWN_DIGITS 8 /* behind the point */

const char *how_value(struct pen *pen, const struct value *value)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *text;

	if (value->missing)
		return say(pen, SAY_X_MISSING, NULL);
	if (value->type == VALUE_MONEY || value->type == VALUE_NUMBER)
		return how_number(pen, value->number, value->type == VALUE_MONEY);
	if (value->type == VALUE_YESNO)
		return say(pen, value->yes ? SAY_YES : SAY_NO, NULL);
	calc_write_value(value, &buffer);
	text = text_buffer_take(&buffer, pen->scratch);
	text_buffer_release(&buffer);
	return text;
}

const char *how_number(struct pen *pen, struct decimal number, bool money)
{
	struct value value = value_number(money ? VALUE_MONEY : VALUE_NUMBER, number);
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *text, *point;

	calc_write_value(&value, &buffer);
	text = text_buffer_take(&buffer, pen->scratch);
	text_buffer_release(&buffer);
	point = strchr(text, '.');
	if (point && strlen(point + 1) > SHOWN_DIGITS)
		return arena_printf(pen->scratch, "%.*s…", (int)(point + 1 - text) + SHOWN_DIGITS, text);
	return text;
}

/* ---- conditions ---- */

static bool is_no(const struct trace_node *node)
{
	return node && (node->value.missing || !node->value.yes);
}

static const char *joined(struct pen *pen, const char *a, const char *b)
{
	return !*a ? b : !*b ? a : say(pen, SAY_X_AND_ALSO, a, b, NULL);
}

/* "工龄 ≥ 12 不成立:8 ≥ 12" */
static const char *not_compared(struct pen *pen, const struct trace_node *node)
{
	const char *text = trace_text(node, pen->scratch), *values = trace_basis_of(node, pen->scratch);
	bool blank = false;

	for (const struct trace_node *child = node->first; child; child = child->next)
		blank = blank || child->value.missing;
	return say(pen, blank ? SAY_X_FAILS_BLANK : SAY_X_FAILS, text, values, NULL);
}

const char *how_not(struct pen *pen, const struct trace_node *node)
{
	const char *text = "";

	switch ((int)node->node->kind) {
	case NODE_AND: case NODE_OR:
		for (const struct trace_node *child = node->first; child; child = child->next)
			if (is_no(child))
				text = joined(pen, text, how_not(pen, child));
		return text;
	case NODE_NOT:
		return say(pen, SAY_X_HOLDS, trace_text(node->first, pen->scratch), trace_basis_of(node->first, pen->scratch), NULL);
	case NODE_EQ: case NODE_NE: case NODE_LT: case NODE_LE: case NODE_GT: case NODE_GE: case NODE_IN: case NODE_NOT_IN:
		return not_compared(pen, node);
	default:
		return say(pen, SAY_X_IS, trace_text(node, pen->scratch), how_value(pen, &node->value), NULL);
	}
}

const char *how_left_out(struct pen *pen, const struct trace_item *item)
{
	const struct trace_node *no = item->when ? item->when : item->card_when;

	if (item->applies || !no)
		return NULL;
	return say(pen, value_type_is_numeric(item->item->type) ? SAY_X_NOT_APPLIED_ZERO : SAY_X_NOT_APPLIED, how_not(pen, no), NULL);
}

/* ---- values ---- */

const char *how_rounded(struct pen *pen, const struct trace_item *item)
{
	static const enum sentence modes[] = { [ROUND_HALF_UP] = SAY_X_HALF_UP, [ROUND_HALF_EVEN] = SAY_X_HALF_EVEN,
		[ROUND_DOWN] = SAY_X_DOWN, [ROUND_UP] = SAY_X_UP, [ROUND_FLOOR] = SAY_X_DOWN, [ROUND_CEIL] = SAY_X_UP };
	const struct value *rounded = item->item->kind == ITEM_LINE && item->item->split ? &item->whole : &item->value;
	bool money = item->item->type == VALUE_MONEY;
	struct decimal dropped;
	char room[DECIMAL_TEXT];

	if (item->exact.missing || rounded->missing || !value_type_is_numeric(item->item->type) || !item->item->rounds)
		return NULL;
	dropped = decimal_subtract(item->exact.number, rounded->number);
	if (!decimal_sign(dropped))
		return NULL;
	return say(pen, decimal_sign(dropped) > 0 ? SAY_X_ROUNDED_DOWN : SAY_X_ROUNDED_UP, how_number(pen, item->exact.number, money),
		how_value(pen, rounded), say(pen, modes[item->item->rounding], decimal_format(item->item->step, room), NULL),
		how_number(pen, decimal_abs(dropped), false), NULL);
}

static const char *card_at_bound(struct pen *pen, const struct trace_item *card)
{
	const struct item *item = card->item;

	if (item->has_cap && !decimal_compare(card->exact.number, item->cap))
		return say(pen, SAY_X_AT_CAP, how_number(pen, item->cap, false), NULL);
	if (item->has_floor && !decimal_compare(card->exact.number, item->floor))
		return say(pen, SAY_X_AT_FLOOR, how_number(pen, item->floor, false), NULL);
	return NULL;
}

const char *how_bounded(struct pen *pen, const struct trace_item *item)
{
	const struct item *i = item->item;

	if (item->exact.missing)
		return NULL;
	if (i->kind == ITEM_SCORECARD)
		return card_at_bound(pen, item);
	if (i->kind != ITEM_KPI || !item->root || item->root->value.missing)
		return NULL;
	if (i->has_cap && decimal_compare(item->root->value.number, i->cap) > 0)
		return say(pen, SAY_X_CAP, how_number(pen, item->root->value.number, false), how_number(pen, i->cap, false), NULL);
	if (i->has_floor && decimal_compare(item->root->value.number, i->floor) < 0)
		return say(pen, SAY_X_FLOOR, how_number(pen, item->root->value.number, false), how_number(pen, i->floor, false), NULL);
	return NULL;
}

/* ---- scorecards ---- */

static void add_kpis(struct pen *pen, const struct trace_item *card, bool whole, struct text_buffer *out)
{
	char room[DECIMAL_TEXT];

	for (size_t i = 0; i < card->part_count; i++) {
		const struct trace_part *part = &card->parts[i];

		if (part->item->kind != ITEM_KPI || !part->counts)
			continue;
		text_buffer_printf(out, "%s%s × %s%s", out->length ? " + " : "", part->value.missing ? "0" : how_value(pen, &part->value),
			decimal_format(part->weight.number, room), whole ? "%" : "");
	}
}

static void add_adjustments(struct pen *pen, const struct trace_item *card, struct text_buffer *out)
{
	for (size_t i = 0; i < card->part_count; i++) {
		const struct trace_part *part = &card->parts[i];

		if (part->item->kind == ITEM_KPI || part->value.missing || !decimal_sign(part->value.number))
			continue;
		text_buffer_printf(out, " %s %s", decimal_sign(part->value.number) < 0 ? "−" : "+",
			how_number(pen, decimal_abs(part->value.number), false));
	}
}

const char *how_weighed(struct pen *pen, const struct trace_item *card)
{
	bool whole = !decimal_compare(card->weights, decimal_from_int(100));
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	char room[DECIMAL_TEXT];
	const char *text;

	add_kpis(pen, card, whole, &buffer);
	if (!whole && buffer.length) {
		text = text_buffer_take(&buffer, pen->scratch);
		text_buffer_puts(&buffer, say(pen, SAY_SUM_DIVIDED, text, decimal_format(card->weights, room), NULL));
	}
	add_adjustments(pen, card, &buffer);
	text = text_buffer_take(&buffer, pen->scratch);
	text_buffer_release(&buffer);
	return text ? text : "";
}

/* ---- into documents ---- */

const struct trace_item *how_traced(struct pen *pen, size_t person, const struct item *item, size_t row)
{
	return trace_shallow(pen->model->input.results, person, item, row, pen->traces);
}

static const char *reason(struct pen *pen, size_t person, const struct trace_item *how)
{
	if (!how->applies || !how->value.missing)
		return how_left_out(pen, how);
	return say(pen, SAY_X_WHY_MISSING, trace_cause(pen->model->input.results, person, how->item, pen->scratch), NULL);
}

static const char *basis_of(struct pen *pen, const struct trace_item *how)
{
	if (how->item->kind == ITEM_SCORECARD)
		return how->applies && !how->value.missing ? how_weighed(pen, how) : "";
	return how->root ? trace_basis_chosen(how->root, pen->scratch) : "";
}

static void put_if(xmlNode *node, const char *name, const char *text)
{
	if (text && *text)
		put_text(node, name, text);
}

void add_how(struct pen *pen, xmlNode *node, size_t person, const struct trace_item *how)
{
	const char *source = how->item->source ? how->item->source : "";
	const char *corrects = corrections_basis(pen, person, how->item), *basis = corrects ? corrects : basis_of(pen, how);
	const char *bounded = how_bounded(pen, how), *rounded = how_rounded(pen, how);

	put_if(node, "formula", source);
	if (strcmp(basis, source) != 0)
		put_if(node, "basis", basis);
	put_if(node, "rounding", bounded && rounded ? say(pen, SAY_X_AND_ALSO, bounded, rounded, NULL) : bounded ? bounded : rounded);
	put_if(node, "reason", reason(pen, person, how));
}
