#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/reading.h"

#define BANDS_MAX 3
#define ID_MAX ((size_t)32)

/* One attribute being read: where it stands, what it may be. */
struct chart_reading {
	struct reading *reading;
	const struct element *element;
	struct declared_chart *chart;
	const struct chart_attribute *attribute;
};

/* It becomes a file's name, with a unit's behind a hyphen. */
static bool is_id(const char *id)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz", plain[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	return strspn(id, plain) == strlen(id) && strlen(id) <= ID_MAX && strspn(id, letters) > 0;
}

static void read_id(struct reading *reading, const struct element *element, struct declared_chart *chart)
{
	const char *id = element_get(element, "id");
	const struct policy *policy = reading->policy;

	if (!id || !*id)
		return;
	chart->id = id;
	if (!is_id(id))
		diag_add(reading->diag, MSG_CHART_ID, element_place_of(element, "id"), id, NULL);
	for (size_t i = 0; i + 1 < policy->chart_count; i++)
		if (policy->charts[i]->id && !strcmp(policy->charts[i]->id, id)) {
			reading_doubled(reading, element_place_of(element, "id"), "chart", id, policy->charts[i]->place);
			return;
		}
}

void read_chart(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct declared_chart *chart = arena_alloc(reading->arena, sizeof(*chart));
	const char *kind = element_get(element, "kind");

	policy->charts = element_push(reading->arena, policy->charts, &policy->chart_count, &reading->chart_room,
		sizeof(struct declared_chart *));
	policy->charts[policy->chart_count - 1] = chart;
	chart->kind = kind ? chart_kind_find(kind) : NULL;
	chart->title = element_get(element, "title");
	if (!chart->title)
		chart->title = "";
	chart->place = element_place(element);
	chart->article = reading->article == policy->body ? NULL : reading->article;
	read_id(reading, element, chart);
	reading_link(reading, &reading->charts, element, chart);
	reading_block(reading, BLOCK_CHART, chart);
}

/* "money, number" for the bits of types; names in the order of their values. */
static const char *type_names(struct arena *arena, unsigned types, const char *const *names, size_t count)
{
	const char *all = "";

	for (size_t i = 0; i < count; i++)
		if (types & 1U << i)
			all = arena_printf(arena, "%s%s%s", all, *all ? ", " : "", names[i]);
	return all;
}

static const char *value_types(struct arena *arena, unsigned types)
{
	const char *names[VALUE_GRADE + 1];

	for (int i = 0; i <= VALUE_GRADE; i++)
		names[i] = value_type_name((enum value_type)i);
	return type_names(arena, types, names, VALUE_GRADE + 1);
}

static const char *column_types(struct arena *arena, unsigned types)
{
	static const char *const names[] = { "id", "text", "number", "money", "percent", "date", "month", "grade", "yesno", "choice" };

	return type_names(arena, types, names, sizeof(names) / sizeof(names[0]));
}

/* The part of the attribute that is the name, where it stands as written. */
static struct place place_of_name(const struct chart_reading *at, const char *name)
{
	struct xml_text text = xml_text_of_attribute(at->element->document, at->element->node, at->attribute->name);
	const char *found = strstr(text.text, name);
	size_t start = found ? (size_t)(found - text.text) : 0;

	return found ? xml_text_place(&text, start, start + strlen(name)) : element_place_of(at->element, at->attribute->name);
}

/* The figure of that name; NULL and an error if there is none or it has another type. */
static const struct item *find_figure(const struct chart_reading *at, const char *name)
{
	const struct names *names = at->reading->policy->names;
	struct symbol symbol = names_find(names, name);
	const struct item *item = symbol.object;

	if (symbol.kind != SYMBOL_ITEM || item->kind == ITEM_LINE || item->kind == ITEM_CHECK) {
		diag_add_nearest(at->reading->diag, MSG_CHART_NAME_UNKNOWN, place_of_name(at, name),
			symbol.kind == SYMBOL_NONE ? names_nearest(names, name) : NULL, at->attribute->name, name, NULL);
		return NULL;
	}
	if (at->attribute->types & 1U << item->type)
		return item;
	diag_add(at->reading->diag, MSG_CHART_FIGURE_TYPE, place_of_name(at, name), name, value_type_name(item->type),
		at->chart->kind->name, value_types(at->reading->arena, at->attribute->types), NULL);
	return NULL;
}

static void link_figures(const struct chart_reading *at, const char *text)
{
	struct reading *reading = at->reading;
	size_t count;
	const char **names = reading_list(reading, text_nfkc(reading->arena, text, strlen(text)), ',', &count);

	if (at->attribute->takes == CHART_TAKES_FIGURE && count > 1) {
		diag_add(reading->diag, MSG_CHART_ONE_FIGURE, element_place_of(at->element, "figure"), at->chart->kind->name, NULL);
		return;
	}
	at->chart->figures = arena_array(reading->arena, count + 1, sizeof(*at->chart->figures));
	for (size_t i = 0; i < count; i++) {
		const struct item *item = find_figure(at, names[i]);

		if (item)
			at->chart->figures[at->chart->figure_count++] = item;
	}
}

/* Money is reached in money and nothing else; percents are numbers, as in formulas. */
static bool goes_with(enum value_type figure, enum value_type target)
{
	return (figure == VALUE_MONEY) == (target == VALUE_MONEY) && value_type_is_numeric(target);
}

static void link_target(const struct chart_reading *at, const char *text)
{
	struct reading *reading = at->reading;
	const struct item *figure = at->chart->figure_count ? at->chart->figures[0] : NULL;
	struct chart_target *target = &at->chart->target;
	struct literal literal = { text_nfkc(reading->arena, text, strlen(text)), element_place_of(at->element, "target") };
	struct symbol symbol = names_find(reading->policy->names, text_intern(reading->pool, literal.text, strlen(literal.text)));
	enum value_type type;

	if (symbol.kind == SYMBOL_PARAMETER) {
		target->parameter = symbol.object;
		type = target->parameter->type;
	} else if (names_valid(literal.text)) {
		target->item = find_figure(at, literal.text);
		if (!target->item)
			return;
		type = target->item->type;
	} else {
		target->is_literal = reading_bound(reading, literal, &target->literal);
		return;
	}
	if (figure && !goes_with(figure->type, type))
		diag_add(reading->diag, MSG_CHART_TARGET_TYPE, literal.place, literal.text, value_type_name(type), figure->name,
			value_type_name(figure->type), NULL);
}

static void link_bands(const struct chart_reading *at, const char *text)
{
	struct reading *reading = at->reading;
	struct declared_chart *chart = at->chart;
	size_t count;
	const char **parts = reading_list(reading, text, ',', &count);

	chart->bands = arena_array(reading->arena, count + 1, sizeof(*chart->bands));
	for (size_t i = 0; i < count; i++) {
		struct literal literal = { text_nfkc(reading->arena, parts[i], strlen(parts[i])), place_of_name(at, parts[i]) };
		struct value value;

		if (!reading_value(reading, VALUE_PERCENT, literal, &value))
			return;
		chart->bands[chart->band_count++] = value.number;
		if (decimal_sign(value.number) > 0 && (!i || decimal_compare(chart->bands[i - 1], value.number) < 0) && i < BANDS_MAX)
			continue;
		diag_add(reading->diag, MSG_CHART_BANDS, literal.place, literal.text, NULL);
		return;
	}
}

static void link_column(const struct chart_reading *at)
{
	struct reading *reading = at->reading;
	const struct column *column;

	if (!at->chart->table)
		return;
	column = reading_column(reading, at->element, at->attribute->name, at->chart->table);
	if (column && !(at->attribute->types & 1U << column->type))
		diag_add(reading->diag, MSG_CHART_COLUMN_TYPE, element_place_of(at->element, at->attribute->name), column->name,
			column_types(reading->arena, 1U << column->type), at->attribute->name,
			column_types(reading->arena, at->attribute->types), NULL);
	else if (column && column->sensitive)
		diag_add(reading->diag, MSG_CHART_COLUMN_SENSITIVE, element_place_of(at->element, at->attribute->name), column->name,
			NULL);
	else
		at->chart->columns[at->attribute->column] = column;
}

static void link_word(const struct chart_reading *at, const char *text)
{
	size_t *word = strcmp(at->attribute->name, "by") ? &at->chart->audience : &at->chart->by;

	if (!grammar_one_of(at->attribute->values, text, word)) {
		diag_add(at->reading->diag, MSG_ATTRIBUTE_CHOICE, element_place_of(at->element, at->attribute->name),
			at->attribute->name, text, at->attribute->values, NULL);
		*word = 0;
	}
}

static void link_attribute(const struct chart_reading *at, const char *text)
{
	struct reading *reading = at->reading;

	switch (at->attribute->takes) {
	case CHART_TAKES_FIGURE: case CHART_TAKES_FIGURES:
		link_figures(at, text);
		break;
	case CHART_TAKES_TARGET:
		link_target(at, text);
		break;
	case CHART_TAKES_NUMBER:
		at->chart->has_pass = reading_bound(reading, (struct literal){ text, element_place_of(at->element, at->attribute->name) },
			&at->chart->pass);
		break;
	case CHART_TAKES_BANDS:
		link_bands(at, text);
		break;
	case CHART_TAKES_WORD:
		link_word(at, text);
		break;
	case CHART_TAKES_TABLE:
		at->chart->table = reading_table(reading, at->element, at->attribute->name);
		break;
	case CHART_TAKES_COLUMN:
		link_column(at);
		break;
	case CHART_TAKES_CONDITION:
		at->chart->when = reading_formula(reading, at->element, at->attribute->name,
			(struct formula_scope){ .wanted = VALUE_YESNO });
		break;
	}
}

/* What the kind does not take. */
static void check_attributes(const struct chart_reading *at)
{
	const struct chart_kind *kind = at->chart->kind;
	const char *names[20], *all = "";
	size_t count = 0;

	for (const struct chart_attribute *a = kind->attributes; a->name; a++) {
		names[count++] = a->name;
		all = arena_printf(at->reading->arena, "%s%s%s", all, *all ? ", " : "", a->name);
	}
	for (const xmlAttr *a = at->element->node->properties; a; a = a->next) {
		const char *name = (const char *)a->name;

		if (a->ns || !strcmp(name, "kind") || !strcmp(name, "title") || !strcmp(name, "id") || chart_kind_attribute(kind, name))
			continue;
		diag_add_nearest(at->reading->diag, MSG_CHART_ATTRIBUTE_UNKNOWN,
			xml_place_attribute_name(at->element->document, at->element->node, name), text_nearest(name, names, count), name,
			kind->name, *all ? all : "-", NULL);
	}
}

/* Either cycles with their beginnings or sums by month. */
static void check_gantt(const struct chart_reading *at)
{
	const struct column *const *columns = at->chart->columns;
	bool cycles = element_get(at->element, "from"), months = element_get(at->element, "month");

	if (cycles == months || months != (element_get(at->element, "amount") != NULL))
		diag_add(at->reading->diag, MSG_CHART_GANTT, element_place(at->element), NULL);
	else if (at->chart->audience && columns[CHART_AMOUNT])
		diag_add(at->reading->diag, MSG_CHART_OPEN_AMOUNT, element_place_of(at->element, "audience"), NULL);
}

static void link_chart(struct chart_reading *at)
{
	const struct chart_kind *kind = at->chart->kind;

	check_attributes(at);
	for (at->attribute = kind->attributes; at->attribute->name; at->attribute++) {
		const char *text = element_get(at->element, at->attribute->name);

		if (!text && at->attribute->required)
			diag_add(at->reading->diag, MSG_ATTRIBUTE_MISSING, element_place(at->element), "chart", at->attribute->name, NULL);
		else if (text && !*text)
			diag_add(at->reading->diag, MSG_ATTRIBUTE_BLANK, element_place_of(at->element, at->attribute->name),
				at->attribute->name, NULL);
		else if (text)
			link_attribute(at, text);
	}
	if (kind->id == CHART_GANTT)
		check_gantt(at);
}

void link_charts(struct reading *reading)
{
	for (size_t i = 0; i < reading->charts.count; i++) {
		struct chart_reading at = { reading, reading->charts.all[i].element, reading->charts.all[i].object, NULL };

		if (at.chart->kind) /* any other was told of by the grammar */
			link_chart(&at);
	}
}
