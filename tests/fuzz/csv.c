#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "fuzz.h"
#include "table/sheet.h"
#include "table/table.h"

/*
 * Any bytes as an export. The first byte picks what the table is declared to
 * be, the second how it is read; the rest is the file.
 */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CHOICES(list) .choices = (const char **)(uintptr_t)(list), .choice_count = COUNT(list)
#define ALIASES(list) .aliases = (const char **)(uintptr_t)(list), .alias_count = COUNT(list)

static const char *const kinds[] = { "收款", "退款" }, *const long_kinds[] = { "自主开发", "公司线索", "转介绍", "续单" };
static const char *const amount_names[] = { "金额(元)", "回款金额" }, *const id_names[] = { "员工编号", "人员编码" };

/* Every type, one row a person. */
static struct column every_type[] = {
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true, ALIASES(id_names) },
	{ .name = "日期", .type = COLUMN_DATE },
	{ .name = "金额", .type = COLUMN_MONEY, ALIASES(amount_names) },
	{ .name = "比例", .type = COLUMN_PERCENT },
	{ .name = "类型", .type = COLUMN_CHOICE, CHOICES(kinds) },
	{ .name = "月份", .type = COLUMN_MONTH },
	{ .name = "合格", .type = COLUMN_YESNO },
	{ .name = "说明", .type = COLUMN_TEXT },
	{ .name = "职级", .type = COLUMN_GRADE },
	{ .name = "数量", .type = COLUMN_NUMBER },
};
/* Everything required, within bounds, with the units of percentages. */
static struct column strict[] = {
	{ .name = "订单号", .type = COLUMN_ID, .required = true },
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true },
	{ .name = "金额", .type = COLUMN_MONEY, .required = true, .has_min = true, .has_max = true },
	{ .name = "份额", .type = COLUMN_PERCENT, .percent_unit = 1, .required = true, .has_max = true },
	{ .name = "折扣", .type = COLUMN_PERCENT, .percent_unit = 100 },
	{ .name = "业务来源", .type = COLUMN_CHOICE, CHOICES(long_kinds), .required = true },
	{ .name = "日期", .type = COLUMN_DATE, .required = true, .has_min = true },
	{ .name = "数量", .type = COLUMN_NUMBER, .has_fallback = true },
	{ .name = "生效月", .type = COLUMN_MONTH, .has_fallback = true },
	{ .name = "已回款", .type = COLUMN_YESNO, .has_fallback = true },
};
static struct column staff[] = {
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_ID, .required = true, ALIASES(id_names) },
	{ .name = "姓名", .type = COLUMN_TEXT, .role = ROLE_NAME, .required = true },
	{ .name = "部门", .type = COLUMN_TEXT, .role = ROLE_UNIT },
	{ .name = "职级", .type = COLUMN_GRADE, .role = ROLE_GRADE },
	{ .name = "入职日期", .type = COLUMN_DATE, .role = ROLE_HIRED },
	{ .name = "离职日期", .type = COLUMN_DATE, .role = ROLE_LEFT },
	{ .name = "身份证号", .type = COLUMN_ID, .role = ROLE_IDENTITY },
	{ .name = "邮箱", .type = COLUMN_TEXT, .role = ROLE_EMAIL },
};
static struct column units[] = {
	{ .name = "机构编码", .type = COLUMN_ID, .role = ROLE_ID, .required = true },
	{ .name = "机构名称", .type = COLUMN_TEXT, .role = ROLE_NAME, .required = true },
	{ .name = "上级机构", .type = COLUMN_ID, .role = ROLE_PARENT },
	{ .name = "负责人", .type = COLUMN_ID, .role = ROLE_HEAD },
};
static struct column targets[] = {
	{ .name = "部门", .type = COLUMN_TEXT, .role = ROLE_UNIT },
	{ .name = "Target", .type = COLUMN_MONEY },
	{ .name = "rate %", .type = COLUMN_PERCENT, .percent_unit = 100 },
};

#define SPEC(list, ...) { .name = "表", .columns = (list), .column_count = COUNT(list), __VA_ARGS__ }
static struct table_spec own_specs[] = {
	SPEC(every_type, .one_row = true, .person = &every_type[0]),
	SPEC(every_type, .person = &every_type[0]),
	SPEC(strict, .person = &strict[1]),
	SPEC(staff, .one_row = true, .required = true, .role = TABLE_STAFF, .key = &staff[0], .unit = &staff[2]),
	SPEC(units, .one_row = true, .role = TABLE_UNITS, .key = &units[0]),
	SPEC(targets, .unit = &targets[0]),
	SPEC(targets, .one_row = true, .unit = &targets[0]),
};
#define SPEC_COUNT (COUNT(own_specs) + 2)

static const char *path;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char name[128];

	(void)argc;
	(void)argv;
	for (size_t s = 0; s < COUNT(own_specs); s++)
		for (size_t c = 0; c < own_specs[s].column_count; c++)
			own_specs[s].columns[c].index = c;
	strict[2].min = value_number(VALUE_MONEY, decimal_from_int(-1000));
	strict[2].max = value_number(VALUE_MONEY, decimal_from_int(10000000));
	strict[3].max = value_number(VALUE_PERCENT, decimal_from_int(1));
	strict[6].min = value_date(20000);
	strict[7].fallback = value_number(VALUE_NUMBER, decimal_from_int(1));
	strict[8].fallback = value_missing(VALUE_DATE);
	strict[9].fallback = value_yesno(false);
	snprintf(name, sizeof(name), "%s/t.csv", fuzz_scratch());
	path = name;
	fuzz_allow_folder(fuzz_scratch());
	return 0;
}

static const struct table_spec *spec_of(uint8_t byte)
{
	size_t choice = byte % SPEC_COUNT;

	if (choice < COUNT(own_specs))
		return &own_specs[choice];
	return choice == COUNT(own_specs) ? table_spec_calendar() : table_spec_hold();
}

static void check_table(const struct table *table, struct arena *arena)
{
	size_t used = 0;

	for (size_t f = 0; f < table->file_count; f++) {
		const struct table_file *file = &table->files[f];

		FUZZ_CHECK(file->rows_read == file->rows_used + file->rows_ignored + file->rows_rejected);
		used += file->rows_used;
	}
	FUZZ_CHECK(used == table->row_count);
	for (size_t row = 0; row < table->row_count; row++) {
		const struct column *column = &table->spec->columns[row % table->spec->column_count];
		struct place at = table_place(table, row, column, arena);
		char room[VALUE_TEXT_SIZE];

		FUZZ_CHECK(at.line >= (long)table->line[row]);
		FUZZ_CHECK(!at.text || (at.mark_end <= strlen(at.text) && at.mark_start <= at.mark_end));
		for (size_t c = 0; c < table->spec->column_count; c++) {
			const struct value *cell = table_cell(table, row, c);

			if (!cell->missing)
				FUZZ_CHECK(*value_format(cell, room) != '\0');
		}
	}
}

enum { AS_TEXT = 1, AS_EXAMPLE = 2, TWICE = 4, CHINESE = 8, AS_SHEET = 16 };

static void read_sheet(struct fuzz_run *run)
{
	struct csv_sheet *sheet = csv_sheet_read(path, run->arena, run->diag);

	if (sheet)
		csv_sheet_column(sheet, "工号");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_run run;
	struct table_reader reader;
	const struct table_spec *spec;
	struct table *table;
	uint8_t how;

	if (size < 2)
		return 0;
	spec = spec_of(data[0]);
	how = data[1];
	data += 2;
	size -= 2;
	fuzz_write(path, data, size);
	fuzz_begin(&run, size, how & CHINESE ? "zh-CN" : "en");
	reader = (struct table_reader){ .arena = run.arena, .pool = run.pool, .diag = run.diag };
	table = table_new(spec, run.arena);
	/* <rows> of an example come out of an XML document: text they are. */
	if (how & (AS_TEXT | AS_EXAMPLE) && text_valid((const char *)data, size))
		table_read_text(table, "example", (const char *)data, size,
			how & AS_EXAMPLE && spec->person ? "E0007" : NULL, &reader);
	else
		table_read_file(table, path, &reader);
	if (how & TWICE)
		table_read_file(table, path, &reader);
	table_check_keys(table, &reader);
	table_may_hold(table, "E0007");
	check_table(table, run.arena);
	if (how & AS_SHEET)
		read_sheet(&run);
	fuzz_end(&run);
	return 0;
}
