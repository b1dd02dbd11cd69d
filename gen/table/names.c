#include "table/names.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"

/* Units that say nothing new about a value of the type (folded). 万元, 天, 小时, 分钟 are not among them. */
static const struct {
	enum column_type type;
	const char *unit;
} neutral_units[] = {
	{ COLUMN_MONEY, "元" }, { COLUMN_MONEY, "人民币" }, { COLUMN_MONEY, "人民币元" }, { COLUMN_MONEY, "¥" },
	{ COLUMN_MONEY, "rmb" }, { COLUMN_MONEY, "cny" }, { COLUMN_MONEY, "yuan" },
	{ COLUMN_PERCENT, "%" },
	{ COLUMN_NUMBER, "次" }, { COLUMN_NUMBER, "个" }, { COLUMN_NUMBER, "单" }, { COLUMN_NUMBER, "笔" },
	{ COLUMN_NUMBER, "件" }, { COLUMN_NUMBER, "人" },
};

/* The brackets that NFKC leaves. */
static const struct {
	const char *open, *close;
} brackets[] = { { "(", ")" }, { "[", "]" }, { "【", "】" }, { "〔", "〕" } };

static void add_name(struct names *names, const char *text, struct column *column)
{
	const char *folded = text_fold_header(names->arena, text, strlen(text));

	if (*folded && !map_get(names->by_folded, folded))
		map_put(names->by_folded, folded, column);
}

void names_init(struct names *names, const struct table_spec *spec, struct arena *scratch)
{
	names->spec = spec;
	names->arena = scratch;
	names->by_folded = map_new();
	for (size_t i = 0; i < spec->column_count; i++)
		add_name(names, spec->columns[i].name, &spec->columns[i]);
	for (size_t i = 0; i < spec->column_count; i++)
		for (size_t j = 0; j < spec->columns[i].alias_count; j++)
			add_name(names, spec->columns[i].aliases[j], &spec->columns[i]);
}

void names_release(struct names *names)
{
	map_free(names->by_folded);
	names->by_folded = NULL;
}

static bool ends_with(const char *text, size_t length, const char *end)
{
	size_t size = strlen(end);

	return length > size && !strcmp(text + length - size, end);
}

/* "金额(元)" to "金额" and "元". */
static bool split_unit(struct arena *arena, const char *folded, const char **base, const char **unit)
{
	size_t length = strlen(folded);

	for (size_t i = 0; i < sizeof(brackets) / sizeof(*brackets); i++) {
		const char *open = NULL, *next = folded;
		size_t close = strlen(brackets[i].close);

		if (!ends_with(folded, length, brackets[i].close))
			continue;
		while ((next = strstr(next, brackets[i].open)))
			open = next++;
		if (!open || open == folded)
			return false;
		*base = arena_strndup(arena, folded, (size_t)(open - folded));
		open += strlen(brackets[i].open);
		*unit = arena_strndup(arena, open, (size_t)(folded + length - close - open));
		return true;
	}
	return false;
}

static bool unit_is_neutral(const struct names *names, const struct column *column, const char *unit)
{
	if (!*unit)
		return true;
	for (size_t i = 0; i < sizeof(neutral_units) / sizeof(*neutral_units); i++)
		if (neutral_units[i].type == column->type && !strcmp(neutral_units[i].unit, unit))
			return true;
	return strstr(text_fold_header(names->arena, column->name, strlen(column->name)), unit) != NULL;
}

const struct column *names_match(const struct names *names, const char *text)
{
	const char *folded = text_fold_header(names->arena, text, strlen(text)), *base, *unit;
	const struct column *column = map_get(names->by_folded, folded);

	if (column || !split_unit(names->arena, folded, &base, &unit))
		return column;
	column = map_get(names->by_folded, base);
	return column && (unit_is_neutral(names, column, unit) || strstr(base, unit)) ? column : NULL;
}

const struct column *names_match_but_unit(const struct names *names, const char *text, const char **unit)
{
	const char *folded = text_fold_header(names->arena, text, strlen(text)), *base;

	if (!split_unit(names->arena, folded, &base, unit))
		return NULL;
	return map_get(names->by_folded, base);
}

bool names_is_unit(const struct names *names, const struct column *column, const char *text)
{
	const char *folded = text_fold_header(names->arena, text, strlen(text));

	return *folded && unit_is_neutral(names, column, folded);
}

const char *names_accepted(const struct column *column, struct arena *arena)
{
	const char *list = column->name;

	for (size_t i = 0; i < column->alias_count; i++)
		list = arena_printf(arena, "%s / %s", list, column->aliases[i]);
	return list;
}

const char *names_near(const struct column *column, const char *const *candidates, size_t count)
{
	const char *near = NULL;

	/* Long names first: 人员编吗 is 人员编码 mistyped, 序号 beside it is no mistyped 工号. */
	for (int brief = 0; !near && brief < 2; brief++) {
		if ((text_length(column->name) < 3) == brief)
			near = text_nearest(column->name, candidates, count);
		for (size_t i = 0; !near && i < column->alias_count; i++)
			if ((text_length(column->aliases[i]) < 3) == brief)
				near = text_nearest(column->aliases[i], candidates, count);
	}
	return near;
}
