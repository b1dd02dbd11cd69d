#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "calc/eval.h"
#include "calc/trace.h"

/*
 * A formula as people read it on a slip: every name replaced by its value,
 * everything else as the regulation has it; parts that were not looked at are
 * an ellipsis.
 */
struct basis {
	const char *source;
	struct text_buffer text;
	uint32_t done; /* bytes of source already written */
	bool chosen_only; /* of if and default the side that counts alone */
};

static void group_thousands(const char *plain, struct text_buffer *out)
{
	const char *point = strchr(plain, '.');
	size_t whole = point ? (size_t)(point - plain) : strlen(plain);
	size_t i = 0;

	if (plain[0] == '-') {
		text_buffer_puts(out, "−");
		i = 1;
	}
	for (; i < whole; i++) {
		text_buffer_putc(out, plain[i]);
		if (whole - i > 1 && (whole - i - 1) % 3 == 0)
			text_buffer_putc(out, ',');
	}
	text_buffer_puts(out, plain + whole);
}

void calc_write_value(const struct value *value, struct text_buffer *out)
{
	char room[VALUE_TEXT_SIZE];
	struct value percent = *value;

	if (value->missing) {
		text_buffer_puts(out, "(空)");
	} else if (value->type == VALUE_PERCENT) {
		percent.type = VALUE_NUMBER;
		percent.number = decimal_cut(decimal_multiply(value->number, decimal_from_int(100)));
		text_buffer_printf(out, "%s%%", value_format(&percent, room));
	} else if (value_type_is_numeric(value->type)) {
		group_thousands(eval_format(value, room), out);
	} else if (value->type == VALUE_TEXT || value->type == VALUE_GRADE) {
		text_buffer_printf(out, "“%s”", value->text);
	} else if (value->type == VALUE_YESNO) {
		text_buffer_puts(out, value->yes ? "是" : "否");
	} else {
		text_buffer_puts(out, value_format(value, room));
	}
}

static void copy_source(struct basis *basis, uint32_t until)
{
	if (until > basis->done)
		text_buffer_add(&basis->text, basis->source + basis->done, until - basis->done);
	basis->done = until;
}

bool trace_is_open(const struct node *node)
{
	if (node->kind == NODE_CALL)
		return function_entry(node->function)->class == CLASS_SCALAR && node->arg_count > 0 && node->function != FN_WITHIN;
	return node->kind >= NODE_NOT && node->kind <= NODE_NOT_IN;
}

static bool is_operator(const struct node *node)
{
	return node->kind >= NODE_NOT && node->kind <= NODE_NOT_IN;
}

/* Written with parentheses of its own, which belong to its text. */
static bool is_enclosed(const struct basis *basis, const struct node *node)
{
	const char *at = basis->source + node->start;

	return node->start < node->args[0]->start && (*at == '(' || !strncmp(at, "（", strlen("（")));
}

/* What an if or default gives is the side looked at last. NULL: it is neither. */
static const struct node *chosen_side(const struct trace_node *trace)
{
	const struct node *node = trace->node;
	size_t first = node->function == FN_IF;

	if (node->kind != NODE_CALL || (node->function != FN_IF && node->function != FN_DEFAULT))
		return NULL;
	for (size_t i = node->arg_count; i-- > first;)
		if (trace_child(trace, node->args[i]))
			return node->args[i];
	return NULL;
}

static void write_node(struct basis *basis, const struct trace_node *trace, bool within);

/* That side in the whole's place, in parentheses where an operator stands around it. */
static void write_chosen(struct basis *basis, const struct trace_node *trace, const struct node *side, bool within)
{
	bool enclose = within && is_operator(side) && !is_enclosed(basis, side);

	copy_source(basis, trace->node->start);
	text_buffer_puts(&basis->text, enclose ? "(" : "");
	basis->done = side->start;
	write_node(basis, trace_child(trace, side), within && !enclose);
	copy_source(basis, side->end);
	text_buffer_puts(&basis->text, enclose ? ")" : "");
	basis->done = trace->node->end;
}

static void write_node(struct basis *basis, const struct trace_node *trace, bool within)
{
	const struct node *node = trace->node;
	const struct node *side = basis->chosen_only ? chosen_side(trace) : NULL;

	if (node->kind == NODE_LITERAL)
		return;
	if (side) {
		write_chosen(basis, trace, side, within);
		return;
	}
	for (size_t i = 0; trace_is_open(node) && i < node->arg_count; i++) {
		const struct trace_node *child = trace_child(trace, node->args[i]);

		if (child) {
			write_node(basis, child, is_operator(node));
		} else if (node->args[i]->kind != NODE_LITERAL) {
			copy_source(basis, node->args[i]->start);
			text_buffer_puts(&basis->text, "…");
			basis->done = node->args[i]->end;
		}
	}
	if (trace_is_open(node))
		return;
	copy_source(basis, node->start);
	calc_write_value(&trace->value, &basis->text);
	basis->done = node->end;
}

static const char *finish(struct basis *basis, const struct trace_node *node, uint32_t end, struct arena *arena)
{
	char *text;

	write_node(basis, node, false);
	copy_source(basis, end);
	text = text_buffer_take(&basis->text, arena);
	text_buffer_release(&basis->text);
	return text ? text : "";
}

static uint32_t length_of(const struct trace_node *root)
{
	return (uint32_t)root->formula->text.length;
}

const char *trace_basis(const struct trace_node *root, struct arena *arena)
{
	struct basis basis = { root->formula->text.text, TEXT_BUFFER_INIT, 0, false };

	return finish(&basis, root, length_of(root), arena);
}

const char *trace_basis_of(const struct trace_node *node, struct arena *arena)
{
	struct basis basis = { node->formula->text.text, TEXT_BUFFER_INIT, node->node->start, false };

	return finish(&basis, node, node->node->end, arena);
}

const char *trace_basis_chosen(const struct trace_node *root, struct arena *arena)
{
	struct basis basis = { root->formula->text.text, TEXT_BUFFER_INIT, 0, true };

	return finish(&basis, root, length_of(root), arena);
}
