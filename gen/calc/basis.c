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

static void write_node(struct basis *basis, const struct trace_node *trace)
{
	const struct node *node = trace->node;

	if (node->kind == NODE_LITERAL)
		return;
	for (size_t i = 0; trace_is_open(node) && i < node->arg_count; i++) {
		const struct trace_node *child = trace_child(trace, node->args[i]);

		if (child) {
			write_node(basis, child);
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

static const char *basis_between(const struct trace_node *node, uint32_t start, uint32_t end, struct arena *arena)
{
	struct basis basis = { node->formula->text.text, TEXT_BUFFER_INIT, start };
	char *text;

	write_node(&basis, node);
	copy_source(&basis, end);
	text = text_buffer_take(&basis.text, arena);
	text_buffer_release(&basis.text);
	return text ? text : "";
}

const char *trace_basis(const struct trace_node *root, struct arena *arena)
{
	return basis_between(root, 0, (uint32_t)root->formula->text.length, arena);
}

const char *trace_basis_of(const struct trace_node *node, struct arena *arena)
{
	return basis_between(node, node->node->start, node->node->end, arena);
}
