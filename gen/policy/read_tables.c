#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/reading.h"
#include "table/cell.h"

/* Which roles the columns of which table may have, and what type each is of. The order is the grammar's. */
static const char role_names[] = "id|name|unit|grade|email|hired|left|identity|account|parent|head|person|month|figure|amount";
#define ON(role) (1U << (role))
static const struct {
	const char *table; /* as messages call it */
	unsigned roles;
	unsigned needed;
} table_roles[] = {
	[TABLE_PLAIN] = { "<table>", ON(ROLE_PERSON) | ON(ROLE_UNIT) | ON(ROLE_ID), 0 },
	[TABLE_STAFF] = { "<table role=\"staff\">", ON(ROLE_ID) | ON(ROLE_NAME) | ON(ROLE_UNIT) | ON(ROLE_GRADE) | ON(ROLE_EMAIL) |
		ON(ROLE_HIRED) | ON(ROLE_LEFT) | ON(ROLE_IDENTITY) | ON(ROLE_ACCOUNT), ON(ROLE_ID) },
	[TABLE_UNITS] = { "<table role=\"units\">", ON(ROLE_ID) | ON(ROLE_NAME) | ON(ROLE_PARENT) | ON(ROLE_HEAD), ON(ROLE_ID) },
	[TABLE_CORRECTIONS] = { "<table role=\"corrections\">", ON(ROLE_PERSON) | ON(ROLE_MONTH) | ON(ROLE_FIGURE) | ON(ROLE_AMOUNT),
		ON(ROLE_PERSON) | ON(ROLE_MONTH) | ON(ROLE_FIGURE) | ON(ROLE_AMOUNT) },
};
static const struct {
	unsigned types;
	const char *said;
} role_types[] = {
	[ROLE_NONE] = { 0, "" },
	[ROLE_ID] = { ON(COLUMN_ID) | ON(COLUMN_TEXT), "id, text" }, [ROLE_NAME] = { ON(COLUMN_TEXT) | ON(COLUMN_ID), "text, id" },
	[ROLE_UNIT] = { ON(COLUMN_TEXT) | ON(COLUMN_ID) | ON(COLUMN_CHOICE), "id, text, choice" },
	[ROLE_GRADE] = { ON(COLUMN_GRADE), "grade" }, [ROLE_EMAIL] = { ON(COLUMN_TEXT) | ON(COLUMN_ID), "text, id" },
	[ROLE_HIRED] = { ON(COLUMN_DATE), "date" }, [ROLE_LEFT] = { ON(COLUMN_DATE), "date" },
	[ROLE_IDENTITY] = { ON(COLUMN_ID) | ON(COLUMN_TEXT), "id, text" }, [ROLE_ACCOUNT] = { ON(COLUMN_ID) | ON(COLUMN_TEXT), "id, text" },
	[ROLE_PARENT] = { ON(COLUMN_ID) | ON(COLUMN_TEXT), "id, text" }, [ROLE_HEAD] = { ON(COLUMN_ID) | ON(COLUMN_TEXT), "id, text" },
	[ROLE_PERSON] = { ON(COLUMN_ID) | ON(COLUMN_TEXT), "id, text" }, [ROLE_MONTH] = { ON(COLUMN_MONTH), "month" },
	[ROLE_FIGURE] = { ON(COLUMN_TEXT) | ON(COLUMN_ID) | ON(COLUMN_CHOICE), "text, id, choice" },
	[ROLE_AMOUNT] = { ON(COLUMN_MONEY), "money" },
};

static const char *role_name(const struct reading *reading, unsigned role)
{
	const char *at = role_names;

	for (unsigned i = ROLE_ID; i < role; i++)
		at = strchr(at, '|') + 1;
	return arena_strndup(reading->arena, at, strcspn(at, "|"));
}

static const char *roles_of(const struct reading *reading, enum table_role role)
{
	const char *all = "";

	for (unsigned i = ROLE_ID; i <= ROLE_AMOUNT; i++)
		if (table_roles[role].roles & ON(i))
			all = arena_printf(reading->arena, "%s%s%s", all, *all ? ", " : "", role_name(reading, i));
	return all;
}

static void unfit(const struct reading *reading, const struct element *element, const char *attribute, const char *with)
{
	if (element_get(element, attribute))
		diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element, attribute), attribute, with, NULL);
}

/* One cell's text in the strict forms of policies where they have one, else as an export writes it. */
static bool column_value(struct reading *reading, const struct element *element, const char *attribute,
	const struct column *column, struct value *out)
{
	const char *text = element_get(element, attribute);
	struct column plain = *column;
	struct cell_problem problem = { 0 };
	struct literal literal = { text, element_place_of(element, attribute) };

	if (!text || !*text)
		return false;
	if (column->type == COLUMN_DATE || column->type == COLUMN_MONEY || column->type == COLUMN_NUMBER ||
	    column->type == COLUMN_PERCENT || column->type == COLUMN_YESNO)
		return reading_value(reading, column_value_type(column), literal, out);
	plain.has_min = plain.has_max = false;
	if (cell_parse(&plain, text, strlen(text), reading->pool, out, &problem) && !out->missing)
		return true;
	if (column->type == COLUMN_CHOICE)
		diag_add_nearest(reading->diag, MSG_ATTRIBUTE_CHOICE, literal.place, text_nearest(text, column->choices, column->choice_count),
			attribute, text, element_get(element, "values"), NULL);
	else if (column->type == COLUMN_MONTH)
		diag_add(reading->diag, MSG_ATTRIBUTE_MONTH, literal.place, attribute, text, NULL);
	else
		diag_add(reading->diag, MSG_VALUE_INVALID, literal.place, text, "id", NULL);
	return false;
}

static void read_choices(struct reading *reading, const struct element *element, struct column *column)
{
	const char *values = element_get(element, "values");

	if (column->type != COLUMN_CHOICE) {
		unfit(reading, element, "values", "type=\"choice\"");
		return;
	}
	if (!values) {
		diag_add(reading->diag, MSG_ATTRIBUTE_NEEDED, element_place(element), "values", "type=\"choice\"", NULL);
		return;
	}
	column->choices = reading_list(reading, values, '|', &column->choice_count);
	for (size_t i = 0; i < column->choice_count; i++)
		for (size_t k = 0; k < i; k++)
			if (column->choices[i] == column->choices[k] && *column->choices[i])
				reading_doubled(reading, element_place_of(element, "values"), "values", column->choices[i],
					element_place(element));
}

static int compare_bounds(const struct value *a, const struct value *b)
{
	if (a->type == VALUE_DATE)
		return (a->day > b->day) - (a->day < b->day);
	return decimal_compare(a->number, b->number);
}

static void read_limits(struct reading *reading, const struct element *element, struct column *column)
{
	static const unsigned ordered = ON(COLUMN_NUMBER) | ON(COLUMN_MONEY) | ON(COLUMN_PERCENT) | ON(COLUMN_DATE) | ON(COLUMN_MONTH);

	if (column->type != COLUMN_PERCENT)
		unfit(reading, element, "unit", "type=\"percent\"");
	else if (element_get(element, "unit"))
		column->percent_unit = element_one_of(element, "unit", 0) ? 100 : 1;
	column->has_fallback = column_value(reading, element, "default", column, &column->fallback);
	if (!(ordered & ON(column->type))) {
		unfit(reading, element, "min", "type=\"number|money|percent|date|month\"");
		unfit(reading, element, "max", "type=\"number|money|percent|date|month\"");
		return;
	}
	column->has_min = column_value(reading, element, "min", column, &column->min);
	column->has_max = column_value(reading, element, "max", column, &column->max);
	if (column->has_min && column->has_max && compare_bounds(&column->min, &column->max) > 0)
		diag_add(reading->diag, MSG_BOUNDS_CROSSED, element_place_of(element, "min"),
			arena_printf(reading->arena, "min %s", element_get(element, "min")),
			arena_printf(reading->arena, "max %s", element_get(element, "max")), NULL);
}

static void check_role(struct reading *reading, const struct element *element, const struct table_spec *table,
	const struct column *column)
{
	struct place at = element_place_of(element, "role");
	const char *said = element_get(element, "role");

	if (column->role == ROLE_NONE)
		return;
	if (!(table_roles[table->role].roles & ON(column->role))) {
		diag_add(reading->diag, MSG_ROLE_UNFIT, at, said, table_roles[table->role].table, roles_of(reading, table->role), NULL);
		return;
	}
	if (element_one_of(element, "type", -1) >= 0 && !(role_types[column->role].types & ON(column->type)))
		diag_add(reading->diag, MSG_ROLE_TYPE, element_place_of(element, "type"), said, role_types[column->role].said,
			element_get(element, "type"), NULL);
	for (const struct column *other = table->columns; other < column; other++)
		if (other->role == column->role) {
			diag_add(reading->diag, MSG_ROLE_DOUBLED, at, said, other->name, reading_number(reading, other->place.line), NULL);
			break;
		}
}

static void read_column(struct reading *reading, const struct element *element, struct table_spec *table, struct column *column)
{
	const char *aliases = element_get(element, "aliases");

	column->name = element_name(element, "name", reading->pool);
	if (!column->name)
		column->name = "";
	column->place = element_place(element);
	column->index = (size_t)(column - table->columns);
	column->type = (enum column_type)element_one_of(element, "type", COLUMN_TEXT);
	column->role = (enum column_role)(element_one_of(element, "role", -1) + 1);
	column->required = element_one_of(element, "required", 1) == 0;
	column->sensitive = element_one_of(element, "sensitive", 1) == 0;
	if (aliases && *aliases)
		column->aliases = reading_list(reading, aliases, '|', &column->alias_count);
	/* A wrong type is told by the grammar; what depends on it would only be noise. */
	if (element_one_of(element, "type", -1) >= 0) {
		read_choices(reading, element, column);
		read_limits(reading, element, column);
	}
	check_role(reading, element, table, column);
	if (element_get(element, "ref")) {
		column->ref = element_name(element, "ref", reading->pool);
		if (column->type != COLUMN_ID && column->type != COLUMN_TEXT && column->type != COLUMN_CHOICE)
			unfit(reading, element, "ref", "type=\"id|text|choice\"");
		reading_link(reading, &reading->columns, element, column);
	}
	if (column->type == COLUMN_GRADE && column->has_fallback)
		reading_link(reading, &reading->columns, element, column);
}

static void check_table(struct reading *reading, const struct element *element, struct table_spec *table)
{
	const char *file = element_get(element, "file");

	if (!element->count)
		diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), "table", "column", NULL);
	for (unsigned role = ROLE_ID; element->count && role <= ROLE_AMOUNT; role++)
		if ((table_roles[table->role].needed & ON(role)) && !table_spec_role(table, (enum column_role)role))
			diag_add(reading->diag, MSG_ROLE_MISSING, element_place(element), table_roles[table->role].table,
				role_name(reading, role), NULL);
	if (file && (strpbrk(file, "/\\") || !strcmp(file, "..") || !strcmp(file, ".")))
		diag_add(reading->diag, MSG_TABLE_PATTERN, element_place_of(element, "file"), file, NULL);
	for (size_t i = 0; table->role != TABLE_PLAIN && i + 1 < reading->policy->table_count; i++) {
		const struct table_spec *other = reading->policy->tables[i];

		if (other->role == table->role)
			diag_add(reading->diag, MSG_TABLE_ROLE_DOUBLED, element_place_of(element, "role"), element_get(element, "role"),
				other->name, reading_where(reading, other->place), NULL);
	}
}

void read_table(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct table_spec *table = arena_alloc(reading->arena, sizeof(*table));

	policy->tables = element_push(reading->arena, policy->tables, &policy->table_count, &reading->table_room,
		sizeof(struct table_spec *));
	policy->tables[policy->table_count - 1] = table;
	table->name = element_name(element, "name", reading->pool);
	if (!table->name)
		table->name = "";
	table->file = element_get(element, "file");
	if (!table->file)
		table->file = "";
	table->role = (enum table_role)(element_one_of(element, "role", -1) + 1);
	table->one_row = element_one_of(element, "rows", 1) == 0 || table->role == TABLE_STAFF || table->role == TABLE_UNITS;
	table->required = element_one_of(element, "required", 1) == 0;
	table->place = element_place(element);
	table->columns = arena_array(reading->arena, element->count + 1, sizeof(*table->columns));
	for (size_t i = 0; i < element->count; i++) {
		read_column(reading, element->children[i], table, &table->columns[i]);
		table->column_count = i + 1;
	}
	table->person = table_spec_role(table, ROLE_PERSON);
	table->unit = table_spec_role(table, ROLE_UNIT);
	table->key = table_spec_role(table, ROLE_ID);
	check_table(reading, element, table);
	if (table->role == TABLE_STAFF && !policy->staff)
		policy->staff = table;
	if (table->role == TABLE_UNITS && !policy->units)
		policy->units = table;
	reading_block(reading, BLOCK_TABLE, table);
}

void link_tables(struct reading *reading)
{
	for (size_t i = 0; i < reading->columns.count; i++) {
		const struct element *element = reading->columns.all[i].element;
		struct column *column = reading->columns.all[i].object;

		if (column->ref) {
			const struct table_spec *table = reading_table(reading, element, "ref");

			if (table && !table->key)
				diag_add(reading->diag, MSG_REF_WITHOUT_KEY, element_place_of(element, "ref"), column->ref, NULL);
		} else {
			const struct grade *grade = reading_grade(reading, column->fallback.text, element_place_of(element, "default"));

			if (grade)
				column->fallback.text = grade->id;
		}
	}
	if (!reading->policy->staff)
		diag_add(reading->diag, MSG_STAFF_TABLE_MISSING, reading->policy->body->place, NULL);
}
