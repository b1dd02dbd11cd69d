#include "base/arena.h"
#include "base/text.h"
#include "model/explain_parts.h"
#include "value/date.h"

#define LINKS_MAX 12

struct chain {
	struct viewing *viewing;
	struct text_buffer text;
	int links;
};

static void add_link(struct chain *chain, const char *what)
{
	text_buffer_printf(&chain->text, "%s%s", chain->links++ ? " ← " : "", what);
}

static void follow_item(struct chain *chain, const struct trace_item *item);

static const char *last_reason(struct viewing *viewing, const struct trace_node *node)
{
	char month[8];

	if (node->kind == TRACE_MONTH && !node->fits)
		return say(&viewing->pen, SAY_X_NO_LEDGER_ROW, month_format(node->month, month), NULL);
	if (node->kind != TRACE_NODE)
		return NULL;
	if (node->node->kind == NODE_DIVIDE)
		return say(&viewing->pen, SAY_X_DIVIDED_BY_ZERO, trace_text(node, viewing->arena), NULL);
	if (node->table && node->node->kind != NODE_CALL)
		return arena_printf(viewing->arena, "%s (%s)", trace_text(node, viewing->arena),
			shown_cell(viewing, node->table, node->row, node->column));
	if (node->node->kind == NODE_CALL && (node->node->function == FN_ONLY || node->node->function == FN_LATEST))
		return say(&viewing->pen, SAY_X_NO_FITTING_ROW, trace_text(node, viewing->arena), NULL);
	return trace_text(node, viewing->arena);
}

/* The first missing part, down to where nothing below it is missing. */
static void follow(struct chain *chain, const struct trace_node *node)
{
	const struct trace_node *below = NULL;

	if (chain->links >= LINKS_MAX)
		return;
	if (node->refers != SIZE_MAX) {
		follow_item(chain, trace_item(chain->viewing->explain->trace, node->refers));
		return;
	}
	for (const struct trace_node *child = node->first; child && !below; child = child->next)
		if (child->kind == TRACE_ROW ? child->fits && child->last && child->last->value.missing : child->value.missing)
			below = child->kind == TRACE_ROW ? child->last : child;
	if (below && !(node->kind == TRACE_NODE && node->node->kind == NODE_CALL && node->node->function == FN_DEFAULT))
		follow(chain, below);
	else
		add_link(chain, last_reason(chain->viewing, node));
}

static void follow_item(struct chain *chain, const struct trace_item *item)
{
	add_link(chain, item->item->name);
	if (chain->links >= LINKS_MAX)
		return;
	for (size_t i = 0; i < item->part_count; i++) {
		const struct trace_item *part = item->parts[i].refers == SIZE_MAX ? NULL :
			trace_item(chain->viewing->explain->trace, item->parts[i].refers);

		if (part && item->parts[i].applies && part->value.missing) {
			follow_item(chain, part);
			return;
		}
	}
	if (item->root)
		follow(chain, item->root);
	else if (!item->applies && item->when)
		add_link(chain, how_not(&chain->viewing->pen, item->when));
}

const char *why_missing(struct viewing *viewing, const struct trace_item *item)
{
	struct chain chain = { viewing, TEXT_BUFFER_INIT, 0 };
	const char *text;

	follow_item(&chain, item);
	text = text_buffer_take(&chain.text, viewing->arena);
	text_buffer_release(&chain.text);
	return text;
}
