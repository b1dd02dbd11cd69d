#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "calc/eval.h"

/*
 * A formula as people read it on a slip: every name replaced by its value,
 * everything else as the regulation has it.
 */
struct basis {
	struct eval eval;
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

static void write_value(struct basis *basis, const struct value *value)
{
	struct text_buffer *out = &basis->text;
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

static bool is_descended(const struct node *node)
{
	if (node->kind == NODE_CALL)
		return function_entry(node->function)->class == CLASS_SCALAR && node->arg_count > 0 && node->function != FN_WITHIN;
	return node->kind >= NODE_NOT && node->kind <= NODE_NOT_IN;
}

static void write_node(struct basis *basis, const struct node *node)
{
	struct value value;

	if (node->kind == NODE_LITERAL)
		return;
	if (is_descended(node)) {
		for (size_t i = 0; i < node->arg_count; i++)
			write_node(basis, node->args[i]);
		return;
	}
	copy_source(basis, node->start);
	value = eval_node(&basis->eval, node);
	write_value(basis, &value);
	basis->done = node->end;
}

const char *calc_basis(const struct results *results, size_t person, const struct item *item, size_t row,
	struct arena *arena)
{
	const struct person *p = &results->facts->people[person];
	struct basis basis = { .text = TEXT_BUFFER_INIT };
	char *text;

	if (!item->formula || !item->formula->root || p->state == PERSON_EXCLUDED)
		return NULL;
	basis.eval = eval_start(results->run, p->policy, person);
	basis.eval.item = item;
	basis.source = item->formula->text.text;
	if (row != SIZE_MAX) /* before the condition: a line's looks at its row */
		eval_push_row(&basis.eval, results->facts->tables[item->table->index], row);
	if ((item->parent && !eval_when(&basis.eval, item->parent->when)) || !eval_when(&basis.eval, item->when))
		return NULL;
	write_node(&basis, item->formula->root);
	copy_source(&basis, (uint32_t)item->formula->text.length);
	text = text_buffer_take(&basis.text, arena);
	text_buffer_release(&basis.text);
	return text;
}
