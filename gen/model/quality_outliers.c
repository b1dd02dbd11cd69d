#include "base/arena.h"
#include "model/build.h"

/* Amounts far from their person's own past, and files of the month that nobody read. The managers' alone. */

static struct decimal rounded(struct decimal number, const char *step_text, size_t length)
{
	struct decimal step;

	decimal_parse(step_text, length, &step);
	decimal_round(number, step, ROUND_HALF_UP, &number);
	return number;
}

/* "12.5 times the usual"; of what is less a percentage; where that says nothing, the difference. */
static const char *in_words(struct pen *pen, const struct model_outlier *outlier)
{
	struct decimal times, percent, more = decimal_subtract(outlier->value, outlier->usual);
	bool quotient = decimal_sign(outlier->value) && decimal_divide(outlier->value, outlier->usual, &times);

	if (!decimal_sign(outlier->value))
		return say(pen, SAY_OUTLIER_NOTHING, NULL);
	if (!quotient || decimal_sign(times) < 0)
		return say(pen, decimal_sign(more) > 0 ? SAY_OUTLIER_MORE : SAY_OUTLIER_LESS, text_money(pen, decimal_abs(more)), NULL);
	if (decimal_compare(times, decimal_from_int(1)) > 0)
		return say(pen, SAY_OUTLIER_TIMES, text_number(pen, rounded(times, "0.1", 3), -1), NULL);
	percent = rounded(decimal_multiply(times, decimal_from_int(100)), "1", 1);
	return decimal_sign(percent) ? say(pen, SAY_OUTLIER_PERCENT, text_number(pen, percent, -1), NULL) :
		say(pen, SAY_OUTLIER_HARDLY, NULL);
}

static void add_outlier(struct pen *pen, xmlNode *parent, const struct model_outlier *outlier)
{
	xmlNode *node = put(parent, "outlier");

	attribute(node, "label", outlier->label);
	attribute_count(pen, node, "months", outlier->months);
	attribute(node, "direction", decimal_compare(outlier->value, outlier->usual) > 0 ? "up" : "down");
	add_who(pen, node, outlier->person, true);
	put_money(pen, node, "now", outlier->value);
	put_money(pen, node, "usual", outlier->usual);
	put_money(pen, node, "least", outlier->low);
	put_money(pen, node, "most", outlier->high);
	put_text(node, "ratio", in_words(pen, outlier));
}

void add_outliers(struct pen *pen, xmlNode *parent)
{
	const struct model_input *input = &pen->model->input;
	size_t shown = input->outlier_count < SHEET_ROWS ? input->outlier_count : SHEET_ROWS;
	xmlNode *node;

	if (!input->outlier_count)
		return;
	node = put(parent, "outliers");
	attribute_count(pen, node, "count", input->outlier_count);
	attribute_count(pen, node, "shown", shown);
	for (size_t i = 0; i < shown; i++)
		add_outlier(pen, node, &input->outliers[i]);
}

void add_unread(struct pen *pen, xmlNode *parent)
{
	const struct facts *facts = pen->model->facts;

	for (size_t i = 0; i < facts->unread_count && i < SHEET_ROWS; i++) {
		xmlNode *node = put(parent, "unread");

		attribute(node, "file", text_source(pen, facts->unread[i].path));
		attribute(node, "table", facts->unread[i].table);
		attribute(node, "pattern", facts->unread[i].pattern);
	}
}
