#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "policy/company.h"
#include "unit.h"
#include "value/date.h"

/* A company's folder with company.xml and policies, read for one month. */
struct house {
	char *folder;
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct company *company;
};

static const char staff[] =
	"<policy xmlns='urn:salespay:policy:1' id='s' title='员工' version='1'>"
	"<table name='员工' file='员工.csv' rows='one' role='staff'><column name='工号' type='id' role='id' required='yes'/>"
	"<column name='姓名' type='text' role='name'/><column name='部门' type='text' role='unit'/>"
	"<column name='职级' type='grade' role='grade'/><column name='岗位' type='text'/></table></policy>";

static void write_policy(const struct house *house, const char *name, const char *body)
{
	char *text = g_strdup_printf("<policy xmlns='urn:salespay:policy:1' id='p' title='%s' version='1'>\n"
		"<include href='lib/staff.xml'/>\n%s</policy>\n", name, body);
	char *path = g_strdup_printf("policies/%s.xml", name);

	unit_write(house->folder, path, text);
	g_free(path);
	g_free(text);
}

static void house_init(struct house *house)
{
	char *lib;

	house->folder = unit_folder_new();
	lib = g_build_filename(house->folder, "policies", "lib", NULL);
	g_mkdir_with_parents(lib, 0755);
	g_free(lib);
	unit_write(house->folder, "policies/lib/staff.xml", staff);
	house->arena = arena_new();
	house->pool = text_pool_new();
	house->diag = diag_new(house->arena);
	diag_set_language(house->diag, "en");
}

/* After the policies are written: company.xml may name only files that are there. */
static void house_open(struct house *house, const char *company)
{
	char *text, *path;

	text = g_strdup_printf("<company xmlns='urn:salespay:company:1' name='甲'>\n%s</company>\n", company);
	unit_write(house->folder, "company.xml", text);
	g_free(text);
	path = g_build_filename(house->folder, "company.xml", NULL);
	house->company = company_read(arena_strdup(house->arena, path), house->arena, house->pool, house->diag);
	g_free(path);
	g_assert_nonnull(house->company);
}

static void house_release(struct house *house)
{
	diag_free(house->diag);
	text_pool_free(house->pool);
	arena_free(house->arena);
	unit_folder_remove(house->folder);
}

/* "scheme:title …; column …", or the messages as "file:line code «mark»". To be freed. */
static char *house_month(struct house *house, int year, int month)
{
	char *policies = g_build_filename(house->folder, "policies", NULL);
	const struct policy_roots roots = { policies, NULL };
	struct rulebook *rulebook = rulebook_build(house->company, month_from_ym(year, month), &roots, house->arena,
		house->pool, house->diag);
	GString *out = g_string_new(NULL);
	const struct diag_item *item;

	for (size_t i = 0; rulebook && i < rulebook->scheme_count; i++)
		g_string_append_printf(out, "%s:%s%s ", rulebook->schemes[i].name, rulebook->schemes[i].policy->title,
			rulebook->schemes[i].when ? "?" : "");
	for (size_t i = 0; rulebook && i < rulebook->column_count; i++)
		g_string_append_printf(out, "%s%s", i ? "," : "", rulebook->columns[i].name);
	for (size_t i = 0; (item = diag_item(house->diag, i)) != NULL; i++) {
		char *file = item->place.file ? g_path_get_basename(item->place.file) : g_strdup("");

		g_string_append_printf(out, "%s:%ld %s «%.*s»", file, item->place.line, item->entry->code,
			(int)(item->place.mark_end - item->place.mark_start),
			item->place.text ? item->place.text + item->place.mark_start : "");
		g_free(file);
	}
	g_free(policies);
	return g_string_free(out, FALSE);
}

static void check_month(struct house *house, int year, int month, const char *expected)
{
	char *got = house_month(house, year, month);

	g_assert_cmpstr(got, ==, expected);
	g_free(got);
}

#define TWO_NOTES "company.xml:3 E0437 «policy»company.xml:3 E0437 «policy»"

static void test_in_force(void)
{
	struct house house;

	house_init(&house);
	write_policy(&house, "one", "<figure name='底薪' type='money'>1</figure><figure name='旧奖' type='money'>2</figure>");
	write_policy(&house, "two", "<figure name='提成' type='money'>3</figure><figure name='底薪' type='money'>4</figure>");
	write_policy(&house, "three", "<figure name='新奖' type='money'>5</figure><figure name='底薪' type='money'>6</figure>");
	house_open(&house, "<policy scheme='甲类' href='policies/one.xml' from='2026-03' when='岗位 = “甲”'/>\n"
		"<policy scheme='乙类' href='policies/two.xml' from='2026-05' when='岗位 = “乙”'/>\n"
		"<policy scheme='甲类' href='policies/three.xml' from='2026-07' when='岗位 = “甲”'/>\n");
	/* messages gather: March and April each note that 乙类 begins in May */
	check_month(&house, 2026, 3, "甲类:one? 底薪,旧奖company.xml:3 E0437 «policy»");
	check_month(&house, 2026, 4, "甲类:one? 底薪,旧奖" TWO_NOTES);
	check_month(&house, 2026, 6, "甲类:one? 乙类:two? 底薪,旧奖,提成" TWO_NOTES);
	/* the newer policy of a scheme stands where the scheme stood */
	check_month(&house, 2027, 1, "甲类:three? 乙类:two? 新奖,底薪,提成" TWO_NOTES);
	check_month(&house, 2026, 2, "company.xml:0 E0436 «»" TWO_NOTES);
	house_release(&house);
}

static void test_one_table(void)
{
	struct house house;
	struct rulebook *rulebook;
	struct policy_roots roots;
	char *policies;

	house_init(&house);
	write_policy(&house, "one", "<figure name='名次' type='number'>排名(得分)</figure>\n<figure name='得分' type='number'>1</figure>");
	write_policy(&house, "two", "<figure name='得分' type='number'>上月(得分) + 1</figure>");
	house_open(&house, "<policy scheme='a' href='policies/one.xml' from='2026-01' when='岗位 = “甲”'/>"
		"<policy scheme='b' href='policies/two.xml' from='2026-01' when='岗位 = “乙”'/>");
	policies = g_build_filename(house.folder, "policies", NULL);
	roots = (struct policy_roots){ policies, NULL };
	rulebook = rulebook_build(house.company, month_from_ym(2026, 1), &roots, house.arena, house.pool, house.diag);
	g_assert_nonnull(rulebook);
	g_assert_cmpuint(rulebook->table_count, ==, 1);
	g_assert_true(rulebook->schemes[1].policy->staff->index == 0 && rulebook->staff == rulebook->tables[0]);
	g_assert_cmpstr(rulebook->order[0].item->name, ==, "得分");
	g_assert_cmpstr(rulebook->order[1].item->name, ==, "得分");
	g_assert_cmpstr(rulebook->order[2].item->name, ==, "名次");
	g_assert_cmpuint(rulebook->history_count, ==, 1);
	g_assert_true(rulebook->columns[1].in_history && rulebook->needs_history);
	g_free(policies);
	house_release(&house);
}

static void test_disagreement(void)
{
	struct house house;

	house_init(&house);
	write_policy(&house, "one", "<figure name='得分' type='number'>1</figure>");
	write_policy(&house, "two", "<figure name='得分' type='money'>1</figure>");
	house_open(&house, "<policy scheme='a' href='policies/one.xml' from='2026-01' when='岗位 = “甲”'/>"
		"<policy scheme='b' href='policies/two.xml' from='2026-01' when='岗位 = “乙”'/>");
	check_month(&house, 2026, 1, "two.xml:3 E0434 «figure»");
	house_release(&house);

	house_init(&house);
	write_policy(&house, "one", "<figure name='得分' type='number'>1</figure>");
	unit_write(house.folder, "policies/two.xml", staff);
	house_open(&house, "<policy scheme='a' href='policies/one.xml' from='2026-01' when='岗位 = “甲”'/>"
		"<policy scheme='b' href='policies/two.xml' from='2026-01' when='岗位 = “乙”'/>");
	check_month(&house, 2026, 1, "two.xml:1 E0432 «table»");
	house_release(&house);
}

static void test_when(void)
{
	struct house house;

	house_init(&house);
	write_policy(&house, "one", "<figure name='得分' type='number'>1</figure>");
	house_open(&house, "<policy scheme='a' href='policies/one.xml' from='2026-01' when='得分 > 1'/>\n");
	check_month(&house, 2026, 1, "company.xml:2 E0430 «得分»");
	house_release(&house);

	house_init(&house);
	write_policy(&house, "one", "<figure name='得分' type='number'>1</figure>");
	house_open(&house, "<policy scheme='a' href='policies/one.xml' from='2026-01' when='岗位 ＝ 乙'/>\n");
	check_month(&house, 2026, 1, "company.xml:2 E0467 «乙»");
	house_release(&house);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/rulebook/the latest policy of each scheme is in force", test_in_force);
	g_test_add_func("/rulebook/an included table is one table", test_one_table);
	g_test_add_func("/rulebook/schemes that disagree are refused", test_disagreement);
	g_test_add_func("/rulebook/a scheme's condition sees the staff table", test_when);
	return g_test_run();
}
