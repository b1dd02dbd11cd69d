#include "books/against_columns.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "facts/index_map.h"
#include "table/names.h"
#include "table/sheet.h"

enum map_column { MAP_HEADER, MAP_FIGURE };

static const struct table_spec *map_spec(void)
{
	static const char *header_aliases[] = { "列", "列名", "表格列", "表头" }, *figure_aliases[] = { "项目", "指标", "账册项目" };
	static struct column columns[] = {
		{ .name = "column", .type = COLUMN_TEXT, .required = true, .aliases = header_aliases, .alias_count = 4 },
		{ .name = "figure", .type = COLUMN_TEXT, .aliases = figure_aliases, .alias_count = 3, .index = MAP_FIGURE },
	};
	static const struct table_spec spec = { .name = "map", .columns = columns, .column_count = 2 };

	return &spec;
}

/* Which headers and names are spoken for, and what the map says of figures. */
struct building {
	struct against_columns *columns;
	struct map *taken; /* folded names: of the map, of id and name, of figures, of labels, in this order */
	struct map *mapped; /* a figure's or the id column's name -> its row of the map */
};

static const char *fold(const struct building *building, const char *text)
{
	return text_fold_header(building->columns->input->arena, text, strlen(text));
}

static bool take(struct building *building, const char *text)
{
	const char *folded = fold(building, text);

	if (!*folded || map_get(building->taken, folded))
		return false;
	map_put(building->taken, folded, building);
	return true;
}

/* The figure's label, the same in all schemes that have it; NULL if it is its name. */
static const char *label_of(const struct ledger_column *column, size_t schemes)
{
	for (size_t s = 0; s < schemes; s++)
		if (column->items[s] && column->items[s]->label && strcmp(column->items[s]->label, column->name) != 0)
			return column->items[s]->label;
	return NULL;
}

static const struct ledger_column *rule_of(const struct rulebook *rulebook, const char *name)
{
	for (size_t c = 0; c < rulebook->column_count; c++)
		if (!strcmp(rulebook->columns[c].name, name))
			return &rulebook->columns[c];
	return NULL;
}

/* ---- the map ---- */

static const struct column *id_column(const struct building *building)
{
	return table_spec_role(building->columns->input->rulebook->staff, ROLE_ID);
}

/* The figure of that name, else of that label; the id column may be named too. */
static const char *meant(const struct building *building, const char *text)
{
	const struct rulebook *rulebook = building->columns->input->rulebook;
	const char *folded = fold(building, text);

	if (!strcmp(fold(building, id_column(building)->name), folded))
		return id_column(building)->name;
	for (size_t c = 0; c < rulebook->column_count; c++)
		if (!strcmp(fold(building, rulebook->columns[c].name), folded))
			return rulebook->columns[c].name;
	for (size_t c = 0; c < rulebook->column_count; c++) {
		const char *label = label_of(&rulebook->columns[c], rulebook->scheme_count);

		if (label && !strcmp(fold(building, label), folded))
			return rulebook->columns[c].name;
	}
	return NULL;
}

static void report_figure(const struct building *building, const struct table *map, size_t row)
{
	const struct against_input *input = building->columns->input;
	const struct rulebook *rulebook = input->rulebook;
	const char **names = arena_array(input->arena, rulebook->column_count + 1, sizeof(*names));
	const char *text = table_cell(map, row, MAP_FIGURE)->text;

	for (size_t c = 0; c < rulebook->column_count; c++)
		names[c] = rulebook->columns[c].name;
	diag_add_nearest(input->diag, MSG_MAP_FIGURE_UNKNOWN, table_place(map, row, &map->spec->columns[MAP_FIGURE], input->arena),
		text_nearest(text, names, rulebook->column_count), text, input->month, NULL);
}

static size_t first_row(const struct building *building, const struct table *map, size_t row)
{
	const char *folded = fold(building, table_cell(map, row, MAP_HEADER)->text);

	for (size_t i = 0; i < row; i++)
		if (!strcmp(fold(building, table_cell(map, i, MAP_HEADER)->text), folded))
			return i;
	return row;
}

static void take_map_row(struct building *building, const struct table *map, size_t row)
{
	const struct against_input *input = building->columns->input;
	const struct value *header = table_cell(map, row, MAP_HEADER), *figure = table_cell(map, row, MAP_FIGURE);
	const char *name = figure->missing ? NULL : meant(building, figure->text);

	if (!take(building, header->text))
		diag_add(input->diag, MSG_MAP_DOUBLED, table_place(map, row, &map->spec->columns[MAP_HEADER], input->arena),
			header->text, arena_printf(input->arena, "%lu", (unsigned long)map->line[first_row(building, map, row)]), NULL);
	else if (name)
		index_put(building->mapped, name, row);
	else if (!figure->missing)
		report_figure(building, map, row);
}

static bool read_map(struct building *building)
{
	const struct against_input *input = building->columns->input;
	struct table_reader reader = { .arena = input->arena, .pool = input->pool, .diag = input->diag };
	struct table *map;

	if (!input->map)
		return true;
	map = table_new(map_spec(), input->arena);
	if (!table_read_file(map, input->map, &reader))
		return false;
	for (size_t row = 0; row < map->row_count; row++)
		take_map_row(building, map, row);
	building->columns->map = map;
	return !diag_errors(input->diag);
}

/* What the map calls it, or NULL. */
static const char *mapped_header(const struct building *building, const char *name)
{
	size_t row = index_get(building->mapped, name);

	return row == SIZE_MAX ? NULL : table_cell(building->columns->map, row, MAP_HEADER)->text;
}

/* ---- the columns ---- */

static struct column *add_column(struct building *building, const char *name, enum column_type type, size_t field)
{
	struct against_columns *columns = building->columns;
	struct column *column = &columns->spec.columns[columns->spec.column_count];

	*column = (struct column){ .name = name, .type = type, .percent_unit = 1, .index = columns->spec.column_count };
	columns->fields[columns->spec.column_count++] = field;
	return column;
}

/* id and name: as the staff table calls them. What the map took is not theirs any more. */
static bool add_staff_column(struct building *building, enum column_role role, enum column_type type)
{
	const struct against_input *input = building->columns->input;
	const struct column *from = table_spec_role(input->rulebook->staff, role);
	const char *mapped = from ? mapped_header(building, from->name) : NULL;
	struct column *column;
	int field = from ? csv_sheet_column(building->columns->ledger, from->name) : -1;
	bool free = from && take(building, from->name);

	if (!from || (!mapped && !free && role != ROLE_ID))
		return false;
	column = add_column(building, mapped ? mapped : from->name, type, field < 0 ? SIZE_MAX : (size_t)field);
	column->role = role;
	column->aliases = arena_array(input->arena, from->alias_count + 1, sizeof(*column->aliases));
	if (mapped)
		return true; /* the map's word is the last */
	for (size_t i = 0; i < from->alias_count; i++)
		if (take(building, from->aliases[i]))
			column->aliases[column->alias_count++] = from->aliases[i];
	return true;
}

static void add_figure(struct building *building, size_t field)
{
	static const enum column_type types[] = { [VALUE_MONEY] = COLUMN_MONEY, [VALUE_NUMBER] = COLUMN_NUMBER,
		[VALUE_PERCENT] = COLUMN_PERCENT, [VALUE_YESNO] = COLUMN_YESNO, [VALUE_TEXT] = COLUMN_TEXT,
		[VALUE_DATE] = COLUMN_DATE, [VALUE_GRADE] = COLUMN_TEXT, [VALUE_NONE] = COLUMN_TEXT };
	const struct against_columns *columns = building->columns;
	const struct ledger_column *rule = rule_of(columns->input->rulebook, columns->ledger->header[field]);
	const char *mapped = rule ? mapped_header(building, rule->name) : NULL;

	if (rule && (take(building, rule->name) || mapped))
		add_column(building, mapped ? mapped : rule->name, types[rule->type], field);
}

static void add_label(struct building *building, struct column *column)
{
	const struct against_columns *columns = building->columns;
	const struct rulebook *rulebook = columns->input->rulebook;
	const struct ledger_column *rule = rule_of(rulebook, columns->ledger->header[columns->fields[column->index]]);
	const char *label = label_of(rule, rulebook->scheme_count);

	if (!label || strcmp(rule->name, column->name) != 0 || !take(building, label))
		return;
	column->aliases = arena_array(columns->input->arena, 1, sizeof(*column->aliases));
	column->aliases[column->alias_count++] = label;
}

static void add_columns(struct building *building)
{
	struct against_columns *columns = building->columns;
	const struct csv_sheet *ledger = columns->ledger;
	size_t staff;

	columns->spec = (struct table_spec){ .name = columns->input->file, .one_row = true,
		.columns = arena_array(columns->input->arena, ledger->column_count + 2, sizeof(struct column)) };
	columns->fields = arena_array(columns->input->arena, ledger->column_count + 2, sizeof(*columns->fields));
	add_staff_column(building, ROLE_ID, COLUMN_ID);
	columns->spec.columns[0].required = true;
	columns->has_name = add_staff_column(building, ROLE_NAME, COLUMN_TEXT);
	staff = columns->spec.column_count;
	for (size_t field = 0; field < ledger->column_count; field++)
		add_figure(building, field);
	for (size_t i = staff; i < columns->spec.column_count; i++)
		add_label(building, &columns->spec.columns[i]);
	columns->spec.key = &columns->spec.columns[0];
}

bool against_columns_build(struct against_columns *columns, const struct against_input *input,
	const struct csv_sheet *ledger)
{
	struct building building = { columns, map_new(), map_new() };
	bool ok;

	*columns = (struct against_columns){ .input = input, .ledger = ledger };
	ok = read_map(&building);
	if (ok)
		add_columns(&building);
	map_free(building.taken);
	map_free(building.mapped);
	return ok;
}

void against_columns_keep(struct against_columns *columns, const struct table_file *file)
{
	struct table_spec *spec = &columns->spec;
	size_t kept = 0;

	for (size_t i = 0; i < spec->column_count; i++) {
		if (i && !file->field_of_column[i])
			continue;
		spec->columns[kept] = spec->columns[i];
		spec->columns[kept].index = kept;
		columns->fields[kept++] = columns->fields[i];
	}
	columns->has_name = kept > 1 && spec->columns[1].role == ROLE_NAME;
	spec->column_count = kept;
}

static bool has_header(const struct table_file *file, const struct names *names, const char *header)
{
	const struct column *column = names_match(names, header);

	if (column && file->field_of_column[column->index])
		return true;
	for (size_t i = 0; i < file->unknown_count; i++)
		if (!strcmp(text_fold_header(names->arena, file->unknown_columns[i], strlen(file->unknown_columns[i])),
			text_fold_header(names->arena, header, strlen(header))))
			return true;
	return false;
}

void against_columns_check(const struct against_columns *columns, const struct table_file *file)
{
	const struct against_input *input = columns->input;
	const struct table *map = columns->map;
	struct names names;

	if (!map)
		return;
	names_init(&names, &columns->spec, input->arena);
	for (size_t row = 0; row < map->row_count; row++) {
		const char *header = table_cell(map, row, MAP_HEADER)->text;

		if (!has_header(file, &names, header))
			diag_add_nearest(input->diag, MSG_MAP_COLUMN_ABSENT,
				table_place(map, row, &map->spec->columns[MAP_HEADER], input->arena),
				text_nearest(header, file->unknown_columns, file->unknown_count), header, input->file, NULL);
	}
	names_release(&names);
}
