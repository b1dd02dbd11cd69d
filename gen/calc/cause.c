#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "calc/absent.h"
#include "calc/item.h"
#include "facts/history.h"

#define CAUSE_LINKS_MAX 12

struct chain {
	struct eval *eval;
	struct text_buffer text;
	int links;
	const struct table *no_row; /* the table in which the person has none */
};

static bool explain_node(struct chain *chain, const struct node *node);

static void add_link(struct chain *chain, const char *what)
{
	if (chain->links++)
		text_buffer_puts(&chain->text, " ← ");
	text_buffer_puts(&chain->text, what);
}

static const char *source_of(struct chain *chain, const struct node *node, const struct item *item)
{
	if (!item || !item->formula || !item->formula->text.text)
		return NULL;
	return arena_strndup(chain->eval->run->arena, item->formula->text.text + node->start, node->end - node->start);
}

static void explain_item(struct chain *chain, const struct item *item)
{
	struct eval outer = *chain->eval;

	add_link(chain, item->name);
	if (chain->links >= CAUSE_LINKS_MAX)
		return;
	for (size_t i = 0; i < item->kpi_count; i++)
		if (results_value(outer.run->results, outer.person, item->kpis[i]->column)->missing) {
			explain_item(chain, item->kpis[i]);
			return;
		}
	if (!item->formula)
		return;
	chain->eval->item = item;
	chain->eval->depth = 0;
	explain_node(chain, item->formula->root);
	*chain->eval = outer;
}

/* Without its folders: the same wherever INPUT stands. */
static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void explain_column(struct chain *chain, const struct node *node)
{
	const struct facts *facts = chain->eval->run->facts;
	const struct table *table = facts->tables[node->table->index];
	const char *name = arena_printf(chain->eval->run->arena, "%s.%s", node->table->name, node->column->name);
	size_t row = facts->people[chain->eval->person].row;

	if (node->level >= 0) {
		add_link(chain, name);
		return;
	}
	if (node->table->role != TABLE_STAFF)
		row = facts_own_row(facts, node->table->index, chain->eval->person);
	if (!table->file_count) { /* an example's made-up row */
		add_link(chain, name);
		return;
	}
	if (row >= table->row_count) {
		chain->no_row = table;
		add_link(chain, name);
		return;
	}
	add_link(chain, arena_printf(chain->eval->run->arena, "%s (%s:%ld)", name,
		file_name(table->files[table->file[row]].path), (long)table->line[row]));
}

/* Follows the first missing part down to where it comes from. True if node is missing. */
static bool explain_node(struct chain *chain, const struct node *node)
{
	struct value value;
	const char *source;

	value = eval_node(chain->eval, node);
	if (!value.missing)
		return false;
	if (node->kind == NODE_FIGURE) {
		explain_item(chain, node->item);
		return true;
	}
	if (node->kind == NODE_COLUMN) {
		explain_column(chain, node);
		return true;
	}
	if (node->kind != NODE_CALL || function_entry(node->function)->class == CLASS_SCALAR)
		for (size_t i = 0; i < node->arg_count; i++)
			if (explain_node(chain, node->args[i]))
				return true;
	source = source_of(chain, node, chain->eval->item);
	if (source)
		add_link(chain, source);
	return true;
}

const char *item_cause(struct eval *eval, const struct item *item, const struct table **no_row)
{
	struct eval copy = *eval;
	struct chain chain = { &copy, TEXT_BUFFER_INIT, 0, NULL };
	char *text;

	copy.item = item;
	add_link(&chain, item->name);
	if (item->formula)
		explain_node(&chain, item->formula->root);
	text = text_buffer_take(&chain.text, eval->run->arena);
	text_buffer_release(&chain.text);
	*no_row = chain.no_row;
	return text;
}

void item_no_row(struct eval *eval, const struct table *table)
{
	eval_error(eval, MSG_ROW_MISSING, eval_person_name(eval->run, eval->person), file_name(table->files[0].path));
	absent_told(eval->run, eval->person, table);
}
