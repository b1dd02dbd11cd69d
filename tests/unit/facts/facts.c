#include "month.h"

/* A month's people, units and rows joined and checked. */
#define POLICY \
	"<table name='员工' file='员工*.csv' rows='one' role='staff' required='yes'>" \
	"<column name='工号' type='id' role='id' required='yes'/><column name='姓名' type='text' role='name'/>" \
	"<column name='部门' type='text' role='unit'/><column name='职级' type='grade' role='grade'/>" \
	"<column name='入职' type='date' role='hired'/><column name='离职' type='date' role='left'/></table>" \
	"<table name='机构' file='机构.csv' rows='one' role='units'><column name='机构号' type='id' role='id' required='yes'/>" \
	"<column name='机构名' type='text' role='name'/><column name='上级' type='id' role='parent'/>" \
	"<column name='负责人' type='id' role='head'/></table>" \
	"<table name='单' file='单.csv'><column name='单号' type='id' required='yes'/><column name='谁' type='id' role='person'/>" \
	"<column name='客' type='id' ref='客户'/><column name='原职级' type='grade'/></table>" \
	"<table name='月报' file='月报.csv' rows='one'><column name='人' type='id' role='person' required='yes'/><column name='数' type='number'/></table>" \
	"<table name='客户' file='客户.csv' rows='one'><column name='客户号' type='id' role='id' required='yes'/><column name='级' type='text'/></table>" \
	"<table name='目标' file='目标.csv'><column name='所属' type='text' role='unit'/><column name='额' type='money'/></table>" \
	"<grades><grade id='S1' title='助理' track='支持' order='1'/></grades>" \
	"<figure name='一' type='number'>1</figure>"

static const char units[] = "机构号,机构名,上级,负责人\nU2,二部,一部,007\nU0,总部,,\nU1,一部,U0,A\n";
static const char staff[] = "工号,姓名,部门,职级,入职,离职\nb,乙,U2,助理,,\n007,甲,一部,S1,,\nA,丙,总部,,,\n";

static bool everyone(const struct formula *when, const struct rulebook *rulebook, const struct table *table, size_t row,
	struct text_pool *pool)
{
	(void)when, (void)rulebook, (void)table, (void)row, (void)pool;
	return true;
}

static void begin(struct month *m)
{
	month_begin(m, MONTH_POLICY(POLICY));
	month_file(m, "2026-10/机构.csv", units);
	month_file(m, "2026-10/员工.csv", staff);
}

static bool good(struct month *m)
{
	bool read = month_read(m, "2026-10", everyone);

	if (!read)
		month_print(m);
	g_assert_true(read);
	return read;
}

static size_t table_index(const struct month *m, const char *name)
{
	for (size_t i = 0; i < m->rulebook->table_count; i++)
		if (!strcmp(m->rulebook->tables[i]->name, name))
			return i;
	g_error("no table '%s'", name);
}

static void test_people(void)
{
	struct month m;

	begin(&m);
	if (good(&m)) {
		const struct facts *f = m.facts;

		g_assert_cmpuint(f->person_count, ==, 3);
		g_assert_cmpstr(f->people[0].id, ==, "007"); /* sorted by bytes: digits, capitals, small letters */
		g_assert_cmpstr(f->people[1].id, ==, "A");
		g_assert_cmpstr(f->people[2].id, ==, "b");
		g_assert_cmpstr(f->people[2].grade, ==, "S1"); /* from its title */
		g_assert_null(f->people[1].grade);
		g_assert_cmpuint(facts_person(f, "nobody"), ==, SIZE_MAX);
	}
	month_end(&m);
}

static void test_units(void)
{
	struct month m;

	begin(&m);
	if (good(&m)) {
		const struct facts *f = m.facts;

		g_assert_cmpuint(f->unit_count, ==, 3);
		g_assert_cmpstr(f->units[0].id, ==, "U0");
		g_assert_cmpstr(f->units[1].id, ==, "U1");
		g_assert_cmpstr(f->units[2].id, ==, "U2"); /* its parent was written as a name */
		g_assert_cmpuint(f->units[2].parent, ==, 1);
		g_assert_cmpuint(f->units[2].depth, ==, 2);
		g_assert_cmpuint(f->units[0].end, ==, 3);
		g_assert_cmpuint(f->units[1].end, ==, 3);
		g_assert_cmpuint(f->units[0].last, ==, 3); /* all three people */
		g_assert_cmpuint(f->units[0].own_last, ==, 1);
		g_assert_cmpuint(f->units[1].head, ==, facts_person(f, "A"));
		g_assert_cmpuint(f->units[0].head, ==, SIZE_MAX);
		g_assert_cmpuint(f->headed_count, ==, 2);
		g_assert_cmpuint(facts_unit(f, "二部"), ==, 2);
		g_assert_cmpuint(f->people[facts_person(f, "007")].unit, ==, 1);
	}
	month_end(&m);

	/* Without a units table each unit of the staff stands at the top, once. */
	month_begin(&m, MONTH_POLICY("<table name='员工' file='员工.csv' rows='one' role='staff'><column name='工号' type='id' role='id'/>"
		"<column name='部门' type='text' role='unit'/></table><figure name='一' type='number'>1</figure>"));
	month_file(&m, "2026-10/员工.csv", "工号,部门\n1,乙部\n2,甲部\n3,乙部\n4,\n");
	if (good(&m)) {
		g_assert_cmpuint(m.facts->unit_count, ==, 2);
		g_assert_cmpuint(m.facts->units[0].last - m.facts->units[0].first + m.facts->units[1].last - m.facts->units[1].first, ==, 3);
		g_assert_cmpuint(m.facts->by_unit_count, ==, 4);
		g_assert_cmpuint(m.facts->by_unit[3], ==, facts_person(m.facts, "4")); /* who has none stands last */
	}
	month_end(&m);
}

static void test_exclusion(void)
{
	static const struct {
		const char *dates;
		enum exclusion exclusion;
	} rows[] = {
		{ ",", EXCLUDED_NO }, { "2026-10-31,", EXCLUDED_NO }, { "2026-11-01,", EXCLUDED_HIRED_AFTER },
		{ ",2026-10-01", EXCLUDED_NO }, { ",2026-09-30", EXCLUDED_LEFT_BEFORE }, { ",2026-12-31", EXCLUDED_NO },
		{ "2026-10-05,2026-10-05", EXCLUDED_NO }, { "2020-01-01,2026-09-30", EXCLUDED_LEFT_BEFORE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct month m;
		char *text = g_strconcat("工号,姓名,部门,职级,入职,离职\n1,甲,,,", rows[i].dates, "\n", NULL);

		month_begin(&m, MONTH_POLICY(POLICY));
		month_file(&m, "2026-10/员工.csv", text);
		if (good(&m)) {
			g_assert_cmpint(m.facts->people[0].exclusion, ==, rows[i].exclusion);
			g_assert_cmpuint(m.facts->by_unit_count, ==, rows[i].exclusion == EXCLUDED_NO);
		}
		month_end(&m);
		g_free(text);
	}
}

static void test_hold(void)
{
	struct month m;

	begin(&m);
	month_file(&m, "2026-10/hold.csv", "id,reason\n007,手续未办\nb,\n");
	if (good(&m)) {
		g_assert_cmpint(m.facts->people[0].state, ==, PERSON_HELD);
		g_assert_cmpstr(m.facts->people[0].hold_reason, ==, "手续未办");
		g_assert_cmpint(m.facts->people[1].state, ==, PERSON_PAID);
		g_assert_cmpint(m.facts->people[2].state, ==, PERSON_HELD);
	}
	month_end(&m);
}

static void test_rows(void)
{
	struct month m;

	begin(&m);
	month_file(&m, "2026-10/单.csv", "单号,谁,客,原职级\n1,b,K1,\n2,007,,助理\n3,b,K2,S1\n4,,K1,\n");
	month_file(&m, "common/客户.csv", "客户号,级\nK1,甲\nK2,乙\n");
	month_file(&m, "common/目标.csv", "所属,额\n一部,10\nU2,20\nU1,30\n");
	month_file(&m, "common/月报.csv", "人,数\n007,1\n");
	month_file(&m, "2026-10/月报.csv", "人,数\nb,2\n"); /* the month's own file, not the one in common/ */
	if (good(&m)) {
		const struct facts *f = m.facts;
		size_t b = facts_person(f, "b"), orders = table_index(&m, "单"), clients = table_index(&m, "客户");
		struct row_span span = facts_rows(f, orders, b);

		g_assert_cmpuint(span.count, ==, 2);
		g_assert_cmpuint(span.rows[0], ==, 0);
		g_assert_cmpuint(span.rows[1], ==, 2); /* as the file has them */
		g_assert_cmpuint(facts_rows(f, orders, facts_person(f, "A")).count, ==, 0);
		g_assert_cmpuint(facts_row_person(f, orders, 3), ==, SIZE_MAX);
		g_assert_cmpuint(facts_lookup(f, clients, "K2"), ==, 1);
		g_assert_cmpuint(facts_lookup(f, clients, "K9"), ==, SIZE_MAX);
		g_assert_cmpuint(facts_aggregate_rows(f, clients, b).count, ==, 2);
		g_assert_cmpuint(facts_aggregate_rows(f, table_index(&m, "目标"), facts_person(f, "007")).count, ==, 2); /* U1 by id and name */
		g_assert_cmpuint(facts_aggregate_rows(f, table_index(&m, "目标"), b).count, ==, 1);
		g_assert_cmpuint(facts_aggregate_rows(f, table_index(&m, "目标"), facts_person(f, "A")).count, ==, 0);
		g_assert_cmpuint(facts_own_row(f, table_index(&m, "月报"), b), ==, 0);
		g_assert_cmpuint(facts_own_row(f, table_index(&m, "月报"), facts_person(f, "007")), ==, SIZE_MAX);
		g_assert_cmpuint(facts_own_row(f, table_index(&m, "机构"), b), ==, 0);
		g_assert_cmpstr(table_cell(f->tables[orders], 1, 3)->text, ==, "S1");
	}
	month_end(&m);
}

/* One file written anew (or another added), the errors it leads to. */
static void test_errors(void)
{
	static const struct {
		const char *file, *text, *codes;
	} rows[] = {
		{ "2026-10/员工2.csv", "工号,姓名,部门,职级,入职,离职\nb,乙,U2,,,\n", "E0301" }, /* a pattern's files are one table */
		{ "2026-10/员工.csv", "工号,姓名,部门,职级,入职,离职\nA,丙,总部,,,\n007,甲,三部,S1,,\n", "E0322" },
		{ "2026-10/员工.csv", "工号,姓名,部门,职级,入职,离职\nA,丙,总部,S9,,\n007,甲,一部,S1,,\n", "E0321" },
		{ "2026-10/机构.csv", "机构号,机构名,上级,负责人\nU2,二部,一部,007\nU0,总部,U2,\nU1,一部,U0,A\n", "E0323" },
		{ "2026-10/机构.csv", "机构号,机构名,上级,负责人\nU2,二部,一部,007\nU0,总部,U0,\nU1,一部,,A\n", "E0323" },
		{ "2026-10/机构.csv", "机构号,机构名,上级,负责人\nU2,二部,一部,007\nU0,总部,,\nU1,一部,U7,A\n", "E0322" },
		{ "2026-10/机构.csv", "机构号,机构名,上级,负责人\nU2,二部,一部,999\nU0,总部,,\nU1,一部,U0,A\n", "E0324" },
		{ "2026-10/机构.csv", "机构号,机构名,上级,负责人\nU2,二部,一部,007\nU0,总部,,\nU1,一部,U0,A\nU1,重复,U0,\n", "E0301" },
		{ "2026-10/单.csv", "单号,谁,客,原职级\n1,7,,\n", "E0324" }, { "2026-10/单.csv", "单号,谁,客,原职级\n1,b,K9,\n", "E0325" },
		{ "2026-10/单.csv", "单号,谁,客,原职级\n1,b,,S7\n", "E0321" }, { "common/目标.csv", "所属,额\n九部,1\n", "E0322" },
		{ "2026-10/月报.csv", "人,数\nb,1\nb,2\n", "E0301" }, { "2026-10/hold.csv", "id,reason\nzz,x\n", "E0324" },
		{ "2026-10/hold.csv", "id,reason\nb,x\nb,y\n", "E0301" }, { "calendar.csv", "日期,类型,名称\n2026-10-01,法定,\n2026-10-01,休,\n", "E0327" },
		/* What points to a row that was rejected is no error of its own. */
		{ "2026-10/员工.csv", "工号,姓名,部门,职级,入职,离职\nA,丙,总部,,,\n007,甲,一部,S1,2026-13-01,\n", "E0222" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct month m;

		begin(&m);
		month_file(&m, rows[i].file, rows[i].text);
		g_assert_false(month_read(&m, "2026-10", everyone));
		g_assert_null(m.facts);
		if (strcmp(month_codes(&m), rows[i].codes) != 0) {
			g_test_message("%s: %s", rows[i].file, rows[i].text);
			month_print(&m);
		}
		g_assert_cmpstr(month_codes(&m), ==, rows[i].codes);
		month_end(&m);
	}
}

/* What the first error says, its help included, in English. */
static void test_words(void)
{
	static const struct {
		const char *file, *text, *word;
		long line, column;
	} rows[] = {
		{ "2026-10/机构.csv", "机构号,机构名,上级,负责人\nU2,二部,一部,007\nU0,总部,U2,\nU1,一部,U0,A\n", "U0 → U2 → U1 → U0", 3, 3 },
		{ "2026-10/机构.csv", "机构号,机构名,上级,负责人\nU2,二部,一部,007\nU0,总部,U0,\nU1,一部,,A\n", "U0 → U0", 3, 3 },
		{ "2026-10/机构.csv", "机构号,机构名,上级,负责人\nU2,二部,一部,070\nU0,总部,,\nU1,一部,U0,A\n", "007", 2, 4 },
		{ "2026-10/hold.csv", "id,reason\n0007,x\n", "did you mean '007'", 2, 1 },
		{ "common/目标.csv", "所属,额\n一部,2\nU11,1\n", "did you mean 'U1'", 3, 1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct month m;
		const struct diag_item *item;

		begin(&m);
		month_file(&m, rows[i].file, rows[i].text);
		g_assert_false(month_read(&m, "2026-10", everyone));
		item = diag_item(m.diag, 0);
		g_assert_nonnull(item);
		g_assert_cmpint(item->place.line, ==, rows[i].line);
		g_assert_cmpint(item->place.column, ==, rows[i].column);
		if (!strstr(item->text, rows[i].word) && !strstr(item->help, rows[i].word)) {
			month_print(&m);
			g_test_fail();
		}
		g_assert_null(diag_item(m.diag, 1));
		month_end(&m);
	}
}

static void test_required_table(void)
{
	struct month m;

	month_begin(&m, MONTH_POLICY(POLICY));
	month_file(&m, "2026-10/职员.csv", staff);
	g_assert_false(month_read(&m, "2026-10", everyone));
	g_assert_cmpstr(month_codes(&m), ==, "E0320");
	month_end(&m);
}

static void test_overlap(void)
{
	struct month m;

	begin(&m);
	month_file(&m, "policies/q.xml", MONTH_POLICY(POLICY));
	month_file(&m, "company.xml", MONTH_COMPANY("<policy scheme='一' href='policies/p.xml' from='2020-01' when='职级 = “S1”'/>"
		"<policy scheme='二' href='policies/p.xml' from='2020-01' when='职级 = “助理”'/>"));
	g_assert_false(month_read(&m, "2026-10", everyone)); /* everyone fits both here */
	g_assert_nonnull(strstr(month_codes(&m), "E0326"));
	month_end(&m);
}

/* Whatever stands in the files: a verdict, no crash. Bytes of good files are changed by a fixed series of numbers. */
static void test_any_bytes(void)
{
	static const char *const names[] = { "2026-10/员工.csv", "2026-10/机构.csv", "opening.csv", "2026-10/hold.csv", "calendar.csv" };
	static const char *const texts[] = { staff, units, "月份,工号,一\n2026-08,A,1\n2026-09,b,2\n", "id,reason\nA,x\n",
		"日期,类型,名称\n2026-10-01,法定,国庆\n" };
	guint32 state = 12345;

	for (int round = 0; round < 150; round++) {
		size_t which = (size_t)round % G_N_ELEMENTS(names);
		char *text = g_strdup(texts[which]);
		char *path;
		struct month m;
		size_t length = strlen(text);

		begin(&m);
		for (int change = 0; change < 3; change++) {
			state = state * 1664525 + 1013904223;
			text[(state >> 8) % length] = (char)(state >> 24);
		}
		month_file(&m, names[which], "");
		path = g_build_filename(m.folder, names[which], NULL);
		g_assert_true(g_file_set_contents(path, text, (gssize)length, NULL));
		month_read(&m, "2026-10", everyone);
		g_assert_true(m.facts || diag_errors(m.diag) > 0);
		month_end(&m);
		g_free(path);
		g_free(text);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/facts/people are sorted by id, with grade and unit", test_people);
	g_test_add_func("/facts/units are a tree", test_units);
	g_test_add_func("/facts/who left before or comes later is excluded", test_exclusion);
	g_test_add_func("/facts/hold.csv holds", test_hold);
	g_test_add_func("/facts/rows by person, unit and key", test_rows);
	g_test_add_func("/facts/what does not join is told", test_errors);
	g_test_add_func("/facts/an unknown id or unit names the near one, a circle its units", test_words);
	g_test_add_func("/facts/a required table must be there", test_required_table);
	g_test_add_func("/facts/two schemes that fit are told", test_overlap);
	g_test_add_func("/facts/no bytes end the run", test_any_bytes);
	return g_test_run();
}
