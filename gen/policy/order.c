#include "policy/order.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

/* One item of one scheme, and what it reads. */
struct member {
	struct step step;
	size_t *needs;
	size_t need_count, need_room;
	size_t *users;
	size_t user_count, user_room;
	size_t waiting; /* needs not yet placed */
	bool placed;
	bool check;
};

struct order {
	struct rulebook *rulebook;
	struct arena *arena;
	struct diag *diag;
	struct member *members;
	size_t count;
	size_t *by_column, *by_line; /* member of [column or line x schemes + scheme] */
	size_t current; /* whose formula is being looked through */
};

static void push(struct order *order, size_t **list, size_t *count, size_t *room, size_t value)
{
	if (*count == *room) {
		*room = *room ? *room * 2 : 8;
		*list = arena_grow(order->arena, *list, *count, *room, sizeof(**list));
	}
	(*list)[(*count)++] = value;
}

static void needs_member(struct order *order, size_t needed)
{
	struct member *member = &order->members[order->current], *other = &order->members[needed];

	for (size_t i = 0; i < member->need_count; i++)
		if (member->needs[i] == needed)
			return;
	push(order, &member->needs, &member->need_count, &member->need_room, needed);
	push(order, &other->users, &other->user_count, &other->user_room, order->current);
	member->waiting++;
}

/*
 * A value over other people, and a line whose whole is split over people, need
 * the item of that name in every scheme that has it.
 */
static void needs_item(struct order *order, const struct item *item, bool everywhere)
{
	const struct rulebook *rulebook = order->rulebook;
	size_t own = order->members[order->current].step.scheme;

	if (item->kind == ITEM_LINE && item->split)
		everywhere = true;
	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		size_t found;

		if (!everywhere && s != own)
			continue;
		found = item->kind == ITEM_LINE ? order->by_line[item->line * rulebook->scheme_count + s] :
			order->by_column[item->column * rulebook->scheme_count + s];
		if (found != SIZE_MAX)
			needs_member(order, found);
	}
}

/* Functions that never look at the month being computed. */
static bool only_before(enum function function)
{
	return function == FN_PREVIOUS || function == FN_AGO || function == FN_YTD_BEFORE ||
		function == FN_TAX_YTD_BEFORE || function == FN_LAST_QUARTER_SUM;
}

static void needs_of(struct order *order, const struct node *node, bool everywhere)
{
	size_t first = 0;

	if (!node)
		return;
	if (node->kind == NODE_FIGURE || node->kind == NODE_LINE)
		needs_item(order, node->item, everywhere);
	if (node->kind == NODE_CALL) {
		enum function_class class = function_entry(node->function)->class;

		if (node->function == FN_EARNED)
			needs_item(order, node->item, everywhere);
		everywhere = everywhere || class == CLASS_GROUP || class == CLASS_SHARE;
		first = class == CLASS_HISTORY && only_before(node->function);
	}
	needs_of(order, node->where, everywhere);
	needs_of(order, node->by, everywhere);
	for (size_t i = first; i < node->arg_count; i++)
		needs_of(order, node->args[i], everywhere);
}

static void needs_of_section(struct order *order, const struct item *total)
{
	const struct policy *policy = order->rulebook->schemes[order->members[order->current].step.scheme].policy;

	for (size_t i = 0; i < policy->item_count; i++)
		if (policy->items[i]->kind == ITEM_FIGURE && policy->items[i]->section == total->total_of)
			needs_item(order, policy->items[i], false);
}

static void needs_of_member(struct order *order)
{
	const struct item *item = order->members[order->current].step.item;

	if (item->formula)
		needs_of(order, item->formula->root, false);
	if (item->when)
		needs_of(order, item->when->root, false);
	if (item->kind == ITEM_TOTAL)
		needs_of_section(order, item);
	for (size_t i = 0; i < item->kpi_count; i++)
		needs_item(order, item->kpis[i], false);
	for (size_t i = 0; i < item->adjust_count; i++)
		needs_item(order, item->adjusts[i], false);
}

static size_t *unknown_places(struct order *order, size_t count)
{
	size_t *places = arena_array(order->arena, count + 1, sizeof(*places));

	for (size_t i = 0; i < count; i++)
		places[i] = SIZE_MAX;
	return places;
}

static void list_members(struct order *order)
{
	struct rulebook *rulebook = order->rulebook;
	size_t count = 0;

	for (size_t s = 0; s < rulebook->scheme_count; s++)
		count += rulebook->schemes[s].policy->item_count;
	order->members = arena_array(order->arena, count + 1, sizeof(*order->members));
	order->by_column = unknown_places(order, rulebook->column_count * rulebook->scheme_count);
	order->by_line = unknown_places(order, rulebook->line_count * rulebook->scheme_count);
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		for (size_t i = 0; i < rulebook->schemes[s].policy->item_count; i++) {
			struct item *item = rulebook->schemes[s].policy->items[i];

			if (item->kind == ITEM_LINE)
				order->by_line[item->line * rulebook->scheme_count + s] = order->count;
			else if (item->kind != ITEM_CHECK)
				order->by_column[item->column * rulebook->scheme_count + s] = order->count;
			order->members[order->count].check = item->kind == ITEM_CHECK;
			order->members[order->count++].step = (struct step){ s, item };
		}
}

/* Puts a member into the order; the least one that became ready through it, or `next`. */
static size_t place_member(struct order *order, size_t index, size_t next)
{
	struct member *member = &order->members[index];

	member->placed = true;
	order->rulebook->order[order->rulebook->step_count++] = member->step;
	for (size_t i = 0; i < member->user_count; i++) {
		struct member *user = &order->members[member->users[i]];

		if (!--user->waiting && !user->placed && member->users[i] < next)
			next = member->users[i];
	}
	return next;
}

/* Always the first ready one in policy order. */
static void place_ready(struct order *order)
{
	for (size_t i = 0; i < order->count; ) {
		struct member *member = &order->members[i];

		if (member->placed || member->waiting || member->check)
			i++;
		else
			i = place_member(order, i, i + 1);
	}
}

/* What a member waits for, the first in policy order. */
static size_t first_waited_for(const struct order *order, size_t index)
{
	const struct member *member = &order->members[index];
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < member->need_count; i++)
		if (!order->members[member->needs[i]].placed && member->needs[i] < first)
			first = member->needs[i];
	return first;
}

/* The first written member of some circle: whoever waits, waits in the end for one. */
static size_t in_circle(const struct order *order, size_t start)
{
	size_t first, at;

	for (size_t i = 0; i < order->count; i++)
		start = first_waited_for(order, start);
	first = start;
	for (at = first_waited_for(order, start); at != start; at = first_waited_for(order, at))
		if (at < first)
			first = at;
	return first;
}

/* The shortest way from a member of a circle back to itself, breadth first; from[] leads back along it. */
static size_t shortest_circle(struct order *order, size_t start, size_t *from)
{
	size_t *queue = arena_array(order->arena, order->count + 1, sizeof(*queue));
	size_t head = 0, tail = 0;

	for (size_t i = 0; i < order->count; i++)
		from[i] = SIZE_MAX;
	queue[tail++] = start;
	while (head < tail) {
		size_t at = queue[head++];
		const struct member *member = &order->members[at];

		for (size_t i = 0; i < member->need_count; i++) {
			size_t needed = member->needs[i];

			if (needed == start)
				return at;
			if (order->members[needed].placed || from[needed] != SIZE_MAX)
				continue;
			from[needed] = at;
			queue[tail++] = needed;
		}
	}
	return start;
}

static void report_circle(struct order *order, size_t start)
{
	size_t *from = arena_array(order->arena, order->count + 1, sizeof(*from));
	size_t *way = arena_array(order->arena, order->count + 1, sizeof(*way));
	size_t length = 0, at = shortest_circle(order, start, from);
	struct text_buffer names = TEXT_BUFFER_INIT, places = TEXT_BUFFER_INIT;

	for (; at != start; at = from[at])
		way[length++] = at;
	way[length++] = start;
	while (length > 0) {
		const struct item *item = order->members[way[--length]].step.item;

		text_buffer_printf(&names, "%s → ", item->name);
		text_buffer_printf(&places, "%s%s:%ld", places.length ? ", " : "", item->place.file ? item->place.file : "",
			item->place.line);
		place_member(order, way[length], 0);
	}
	text_buffer_puts(&names, order->members[start].step.item->name);
	diag_add(order->diag, MSG_CYCLE, order->members[start].step.item->place, names.data, places.data, NULL);
	text_buffer_release(&names);
	text_buffer_release(&places);
}

bool order_build(struct rulebook *rulebook, struct arena *arena, struct diag *diag)
{
	struct order order = { .rulebook = rulebook, .arena = arena, .diag = diag };
	bool good = true;

	list_members(&order);
	rulebook->order = arena_array(arena, order.count + 1, sizeof(*rulebook->order));
	rulebook->step_count = 0;
	for (order.current = 0; order.current < order.count; order.current++)
		needs_of_member(&order);
	place_ready(&order);
	/* What a reported circle held up is ordered as if it were mended: no second message for one mistake. */
	for (size_t i = 0; i < order.count; i++)
		if (!order.members[i].placed && !order.members[i].check) {
			good = false;
			report_circle(&order, in_circle(&order, i));
			place_ready(&order);
			i = SIZE_MAX; /* start again */
		}
	for (size_t i = 0; i < order.count; i++)
		if (order.members[i].check)
			place_member(&order, i, 0);
	return good;
}
