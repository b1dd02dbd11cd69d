#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/reading.h"
#include "table/cell.h"
#include "value/date.h"

static void add_given(struct reading *reading, const struct element *element, struct given *given)
{
	const char *name = element_name(element, "name", reading->pool);

	given->name = name ? name : "";
	given->text = element_text(element).text;
	given->place = element_place_of_text(element);
}

static void read_past(struct reading *reading, const struct element *element, struct past *past)
{
	const char *month = element_get(element, "month");

	past->place = element_place(element);
	if (month)
		month_parse(month, strlen(month), &past->month);
	past->givens = arena_array(reading->arena, element->count + 1, sizeof(*past->givens));
	for (size_t i = 0; i < element->count; i++)
		add_given(reading, element->children[i], &past->givens[past->given_count++]);
}

void read_example(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct example *example = arena_alloc(reading->arena, sizeof(*example));
	const char *title = element_get(element, "title"), *month = element_get(element, "month");
	struct decimal day;
	int64_t whole;

	policy->examples = element_push(reading->arena, policy->examples, &policy->example_count, &reading->example_room,
		sizeof(struct example *));
	policy->examples[policy->example_count - 1] = example;
	example->title = title ? title : "";
	example->article = reading->article == policy->body ? NULL : reading->article;
	example->place = element_place(element);
	if (!month || !month_parse(month, strlen(month), &example->month))
		example->month = INT32_MIN;
	if (element_decimal(element, "pay-day", &day) && decimal_to_int(day, &whole))
		example->pay_day = (int)whole;
	example->pay_next_month = element_one_of(element, "pay-month", 0) == 1;
	if (example->pay_next_month && !example->pay_day)
		example->pay_day = 31;
	example->givens = arena_array(reading->arena, element->count + 1, sizeof(*example->givens));
	example->expects = arena_array(reading->arena, element->count + 1, sizeof(*example->expects));
	example->rows = arena_array(reading->arena, element->count + 1, sizeof(*example->rows));
	example->pasts = arena_array(reading->arena, element->count + 1, sizeof(*example->pasts));
	for (size_t i = 0; i < element->count; i++) {
		const struct element *child = element->children[i];

		if (element_is(child, "given"))
			add_given(reading, child, &example->givens[example->given_count++]);
		else if (element_is(child, "expect"))
			add_given(reading, child, &example->expects[example->expect_count++]);
		else if (element_is(child, "past"))
			read_past(reading, child, &example->pasts[example->past_count++]);
	}
	if (!example->expect_count)
		diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), "example", "expect", NULL);
	reading_link(reading, &reading->examples, element, example);
	reading_block(reading, BLOCK_EXAMPLE, example);
}

static bool is_ledger_item(const struct symbol *symbol)
{
	const struct item *item = symbol->object;

	return symbol->kind == SYMBOL_ITEM && item->kind != ITEM_LINE && item->kind != ITEM_CHECK;
}

/* 表.列 or 列: the column, or NULL with the reason told. */
static const struct column *find_column(struct reading *reading, const char *name, struct place at)
{
	const struct policy *policy = reading->policy;
	const char *point = strchr(name, '.');
	struct symbol symbol = names_find(policy->names, name);

	for (size_t i = 0; point && i < policy->table_count; i++) {
		const struct table_spec *table = policy->tables[i];

		if (strlen(table->name) == (size_t)(point - name) && !strncmp(table->name, name, (size_t)(point - name)) &&
		    table_spec_column(table, point + 1))
			return table_spec_column(table, point + 1);
	}
	if (symbol.kind == SYMBOL_COLUMN)
		return symbol.object;
	if (symbol.kind == SYMBOL_AMBIGUOUS)
		diag_add(reading->diag, MSG_GIVEN_AMBIGUOUS, at, name, symbol.table->name, NULL);
	else
		diag_add_nearest(reading->diag, MSG_GIVEN_UNKNOWN, at, names_nearest(policy->names, name), name, NULL);
	return NULL;
}

/* Examples may write a cell as an export would, or as a policy's literal. */
static bool is_cell(struct reading *reading, const struct column *column, const char *text)
{
	struct cell_problem problem = { 0 };
	struct value value;
	size_t length = strlen(text);

	return !length || cell_parse(column, text, length, reading->pool, &value, &problem) ||
	       (column->type != COLUMN_CHOICE && !column->has_min && !column->has_max &&
		cell_parse_literal(column_value_type(column), text, length, reading->pool, &value, &problem));
}

static bool is_literal(struct reading *reading, enum value_type type, const char *text)
{
	struct cell_problem problem = { 0 };
	struct value value;

	return !*text || type == VALUE_NONE || cell_parse_literal(type, text, strlen(text), reading->pool, &value, &problem);
}

static enum value_type type_of(const struct policy *policy, const struct symbol *symbol)
{
	if (symbol->kind == SYMBOL_ITEM)
		return ((const struct item *)symbol->object)->type;
	if (symbol->kind == SYMBOL_PARAMETER)
		return ((const struct parameter *)symbol->object)->type;
	return policy->grade_sets[symbol->index].type;
}

static void wrong_value(struct reading *reading, const struct given *given, enum value_type type)
{
	diag_add(reading->diag, MSG_GIVEN_VALUE, given->place, given->text, given->name, value_type_name(type), NULL);
}

static void check_given(struct reading *reading, const struct element *element, const struct given *given)
{
	const struct policy *policy = reading->policy;
	struct symbol symbol = names_find(policy->names, given->name);
	const struct column *column;

	if (!*given->name)
		return;
	if (is_ledger_item(&symbol) || symbol.kind == SYMBOL_PARAMETER || symbol.kind == SYMBOL_GRADE_SET) {
		if (!is_literal(reading, type_of(policy, &symbol), given->text))
			wrong_value(reading, given, type_of(policy, &symbol));
		return;
	}
	column = find_column(reading, given->name, element_place_of(element, "name"));
	if (column && !is_cell(reading, column, given->text))
		wrong_value(reading, given, column_value_type(column));
}

/* Of an earlier month only what a ledger keeps is known. */
static void check_past(struct reading *reading, const struct element *element, const struct given *given)
{
	const struct policy *policy = reading->policy;
	struct symbol symbol = names_find(policy->names, given->name);
	const struct column *column;

	if (!*given->name)
		return;
	if (is_ledger_item(&symbol)) {
		if (!is_literal(reading, type_of(policy, &symbol), given->text))
			wrong_value(reading, given, type_of(policy, &symbol));
		return;
	}
	column = symbol.kind == SYMBOL_COLUMN ? symbol.object : policy->staff ? table_spec_column(policy->staff, given->name) : NULL;
	if (!column || (column->role != ROLE_GRADE && column->role != ROLE_UNIT))
		diag_add_nearest(reading->diag, MSG_PAST_UNKNOWN, element_place_of(element, "name"),
			symbol.kind == SYMBOL_NONE ? names_nearest(policy->names, given->name) : NULL, given->name, NULL);
}

static void check_expect(struct reading *reading, const struct element *element, const struct given *expect)
{
	struct symbol symbol = names_find(reading->policy->names, expect->name);

	if (!*expect->name)
		return;
	if (!is_ledger_item(&symbol))
		diag_add_nearest(reading->diag, MSG_EXPECT_UNKNOWN, element_place_of(element, "name"),
			symbol.kind == SYMBOL_NONE ? names_nearest(reading->policy->names, expect->name) : NULL, expect->name, NULL);
	else if (!is_literal(reading, type_of(reading->policy, &symbol), expect->text))
		wrong_value(reading, expect, type_of(reading->policy, &symbol));
}

static void check_doubled(struct reading *reading, const struct element *element, const char *kind)
{
	for (size_t i = 0; i < element->count; i++)
		for (size_t k = 0; k < i; k++) {
			const struct element *a = element->children[i], *b = element->children[k];
			const char *name = element_is(a, "rows") ? element_name(a, "table", reading->pool)
				: element_name(a, "name", reading->pool);

			if (!element_is(a, kind) || !element_is(b, kind) || !name ||
			    name != element_name(b, element_is(a, "rows") ? "table" : "name", reading->pool))
				continue;
			reading_doubled(reading, element_place_of(a, element_is(a, "rows") ? "table" : "name"), kind, name, element_place(b));
			break;
		}
}

static void link_example(struct reading *reading, const struct element *element, struct example *example)
{
	const char *grade = element_get(element, "grade");
	size_t givens = 0, expects = 0, pasts = 0;

	if (grade && *grade) {
		const struct grade *found = reading_grade(reading, grade, element_place_of(element, "grade"));

		example->grade = found ? found->id : NULL;
	}
	check_doubled(reading, element, "given");
	check_doubled(reading, element, "expect");
	check_doubled(reading, element, "rows");
	for (size_t i = 0; i < element->count; i++) {
		const struct element *child = element->children[i];

		if (element_is(child, "given")) {
			check_given(reading, child, &example->givens[givens++]);
		} else if (element_is(child, "expect")) {
			check_expect(reading, child, &example->expects[expects++]);
		} else if (element_is(child, "rows")) {
			struct example_rows *rows = &example->rows[example->rows_count];

			rows->table = reading_table(reading, child, "table");
			rows->text = element_text(child);
			rows->place = element_place(child);
			example->rows_count += rows->table != NULL;
		} else {
			check_doubled(reading, child, "given");
			for (size_t k = 0; k < child->count; k++)
				check_past(reading, child->children[k], &example->pasts[pasts].givens[k]);
			pasts++;
		}
	}
}

void link_examples(struct reading *reading)
{
	for (size_t i = 0; i < reading->examples.count; i++)
		link_example(reading, reading->examples.all[i].element, reading->examples.all[i].object);
}
