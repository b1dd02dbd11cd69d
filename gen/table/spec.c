#include "table/spec.h"

#include <string.h>

#include "table/table.h"

const struct column *table_spec_column(const struct table_spec *spec, const char *name)
{
	for (size_t i = 0; i < spec->column_count; i++)
		if (!strcmp(spec->columns[i].name, name))
			return &spec->columns[i];
	return NULL;
}

const struct column *table_spec_role(const struct table_spec *spec, enum column_role role)
{
	for (size_t i = 0; i < spec->column_count; i++)
		if (spec->columns[i].role == role)
			return &spec->columns[i];
	return NULL;
}

enum value_type column_value_type(const struct column *column)
{
	static const enum value_type types[] = {
		[COLUMN_ID] = VALUE_TEXT, [COLUMN_TEXT] = VALUE_TEXT, [COLUMN_NUMBER] = VALUE_NUMBER,
		[COLUMN_MONEY] = VALUE_MONEY, [COLUMN_PERCENT] = VALUE_PERCENT, [COLUMN_DATE] = VALUE_DATE,
		[COLUMN_MONTH] = VALUE_DATE, [COLUMN_GRADE] = VALUE_GRADE, [COLUMN_YESNO] = VALUE_YESNO,
		[COLUMN_CHOICE] = VALUE_TEXT
	};

	return types[column->type];
}

/* The contract's section 3 fixes both files' columns; the aliases are what else people write there. */
const struct table_spec *table_spec_calendar(void)
{
	static const char *day_aliases[] = { "date" }, *kind_aliases[] = { "type" }, *name_aliases[] = { "name" };
	static const char *kinds[] = { "休", "法定", "班" };
	static struct column columns[] = {
		{ .name = "日期", .type = COLUMN_DATE, .required = true, .aliases = day_aliases, .alias_count = 1 },
		{ .name = "类型", .type = COLUMN_CHOICE, .required = true, .aliases = kind_aliases, .alias_count = 1,
			.choices = kinds, .choice_count = 3, .index = 1 },
		{ .name = "名称", .type = COLUMN_TEXT, .aliases = name_aliases, .alias_count = 1, .index = 2 },
	};
	static const struct table_spec spec = { .name = "日历", .file = "calendar.csv", .columns = columns,
		.column_count = 3 };

	return &spec;
}

const struct table_spec *table_spec_hold(void)
{
	static const char *id_aliases[] = { "工号", "员工编号", "人员编号", "编号" };
	static const char *reason_aliases[] = { "原因", "事由", "理由", "备注" };
	static struct column columns[] = {
		{ .name = "id", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true, .aliases = id_aliases,
			.alias_count = 4 },
		{ .name = "reason", .type = COLUMN_TEXT, .aliases = reason_aliases, .alias_count = 4, .index = 1 },
	};
	static const struct table_spec spec = { .name = "hold", .file = "hold.csv", .one_row = true, .columns = columns,
		.column_count = 2, .person = &columns[0] };

	return &spec;
}
