#include "policy/policy.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "policy/company.h"
#include "policy/names.h"
#include "unit.h"
#include "value/date.h"

/* A policies/ folder of its own with base.xml; each test writes p.xml beside it. */
struct fixture {
	char *folder, *path;
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct policy *policy;
};

#define OPEN "<policy xmlns=\"urn:salespay:policy:1\" id=\"t\" title=\"试\" version=\"2\">\n"
#define STAFF "<table name=\"员工\" file=\"花名册*.csv\" role=\"staff\"><column name=\"工号\" type=\"id\" role=\"id\"/>" \
	"<column name=\"职级\" type=\"grade\" role=\"grade\" default=\"专员\"/></table>\n"
#define GRADES "<grades><grade id=\"S1\" title=\"助理\" track=\"支持\" order=\"1\"><set name=\"标准\">3200</set></grade>" \
	"<grade id=\"S3\" title=\"主管\" track=\"支持\" order=\"5\"><set name=\"系数\" type=\"percent\">120%</set></grade>" \
	"<grade id=\"S2\" title=\"专员\" track=\"支持\" order=\"2\"><set name=\"系数\">90%</set><set name=\"标准\">3800</set></grade>" \
	"<grade id=\"K1\" title=\"客服\" track=\"客服\" order=\"3\"/></grades>\n"

static void setup(struct fixture *f, const char *body)
{
	char *text = g_strconcat(OPEN, "<include href=\"base.xml\"/>\n", body, "</policy>\n", NULL);
	struct policy_reader reader;

	f->folder = unit_folder_new();
	f->path = g_build_filename(f->folder, "p.xml", NULL);
	unit_write(f->folder, "base.xml", OPEN STAFF GRADES "</policy>\n");
	unit_write(f->folder, "p.xml", text);
	g_free(text);
	f->arena = arena_new();
	f->pool = text_pool_new();
	f->diag = diag_new(f->arena);
	diag_set_language(f->diag, "en");
	reader = (struct policy_reader){ .arena = f->arena, .pool = f->pool, .diag = f->diag, .roots = { f->folder, NULL },
		.from = month_from_ym(2025, 7) };
	f->policy = policy_read(f->path, &reader);
	if (!f->policy)
		diag_print(f->diag, stderr, &(struct diag_style){ .format = DIAG_TEXT });
	g_assert_nonnull(f->policy);
}

static void teardown(struct fixture *f)
{
	diag_free(f->diag);
	text_pool_free(f->pool);
	arena_free(f->arena);
	unit_folder_remove(f->folder);
	g_free(f->path);
}

static const char *number(struct decimal value)
{
	static char out[DECIMAL_TEXT];

	return decimal_format(value, out);
}

static void test_grades(void)
{
	struct fixture f;
	const struct grade *grade;

	setup(&f, "");
	g_assert_cmpuint(f.policy->grade_count, ==, 4);
	g_assert_cmpuint(f.policy->grade_set_count, ==, 2);
	g_assert_cmpint(f.policy->grade_sets[0].type, ==, VALUE_MONEY);
	g_assert_cmpint(f.policy->grade_sets[1].type, ==, VALUE_PERCENT);
	grade = policy_grade(f.policy, "专员");
	g_assert_cmpstr(grade->id, ==, "S2");
	g_assert_cmpstr(number(grade->sets[0].number), ==, "3800");
	g_assert_cmpstr(number(grade->sets[1].number), ==, "0.9");
	g_assert_true(policy_grade(f.policy, "S1")->sets[1].missing);
	g_assert_cmpstr(policy_grade_step(f.policy, grade, 1)->id, ==, "S3");
	g_assert_cmpstr(policy_grade_step(f.policy, grade, -1)->id, ==, "S1");
	g_assert_null(policy_grade_step(f.policy, policy_grade(f.policy, "S3"), 1));
	g_assert_null(policy_grade_step(f.policy, policy_grade(f.policy, "K1"), -1));
	g_assert_null(policy_grade(f.policy, "S9"));
	g_assert_cmpstr(f.policy->staff->columns[1].fallback.text, ==, "S2");
	teardown(&f);
}

static void test_parameters(void)
{
	struct fixture f;
	const struct parameter *p;

	setup(&f, "<parameter name=\"标\" type=\"money\"><value from=\"2026-01\">160</value><value from=\"2026-08\">200</value></parameter>");
	p = f.policy->parameters[0];
	g_assert_null(parameter_at(p, month_from_ym(2025, 12)));
	g_assert_cmpstr(number(parameter_at(p, month_from_ym(2026, 1))->number), ==, "160");
	g_assert_cmpstr(number(parameter_at(p, month_from_ym(2026, 7))->number), ==, "160");
	g_assert_cmpstr(number(parameter_at(p, month_from_ym(2026, 8))->number), ==, "200");
	g_assert_cmpstr(number(parameter_at(p, month_from_ym(2030, 8))->number), ==, "200");
	g_assert_cmpint(f.policy->first_month, ==, month_from_ym(2026, 1));
	teardown(&f);
	setup(&f, "");
	g_assert_cmpint(f.policy->first_month, ==, month_from_ym(2025, 7));
	teardown(&f);
}

/* A table of numbers as Excel leaves it: other column order, a remark, a blank row. */
static void test_numbers_from_files(void)
{
	struct fixture f;
	char *text = g_strdup(OPEN STAFF
		"<tiers name=\"奖\" mode=\"value\" type=\"money\" file=\"奖.csv\"/><parameter name=\"标\" type=\"money\" file=\"标.csv\"/>"
		"<rates name=\"率\" keys=\"来源, 职级\" file=\"率.csv\"/><grades file=\"级.csv\"/></policy>");
	struct policy_reader reader;
	const struct tiers *tiers;
	const struct rates *rates;

	setup(&f, "");
	unit_write(f.folder, "q.xml", text);
	unit_write(f.folder, "奖.csv", "\xEF\xBB\xBF备注,值,from,over\r\n起点,10,0,\r\n,20.5,,1000\r\n");
	unit_write(f.folder, "标.csv", "from,值\n2026-05,160\n");
	unit_write(f.folder, "率.csv", "职级,来源,值\n*,自主开发,5%\nS1,*,3%\n");
	unit_write(f.folder, "级.csv", "id,title,track,order,基本\nS1,助理,支持,1,3200\nS2,专员,支持,2,\n");
	g_free(text);
	reader = (struct policy_reader){ .arena = f.arena, .pool = f.pool, .diag = f.diag, .roots = { f.folder, NULL } };
	f.policy = policy_read(arena_printf(f.arena, "%s/q.xml", f.folder), &reader);
	if (!f.policy)
		diag_print(f.diag, stderr, &(struct diag_style){ .format = DIAG_TEXT });
	g_assert_nonnull(f.policy);
	tiers = f.policy->tiers[0];
	g_assert_cmpuint(tiers->row_count, ==, 2);
	g_assert_false(tiers->rows[0].over);
	g_assert_true(tiers->rows[1].over);
	g_assert_cmpstr(number(tiers->rows[1].bound), ==, "1000");
	g_assert_cmpstr(number(tiers->rows[1].entry.number), ==, "20.5");
	rates = f.policy->rates[0];
	g_assert_cmpuint(rates->row_count, ==, 2);
	g_assert_cmpstr(rates->rows[0].keys[0], ==, "自主开发");
	g_assert_null(rates->rows[0].keys[1]);
	g_assert_null(rates->rows[1].keys[0]);
	g_assert_cmpstr(rates->rows[1].keys[1], ==, "S1");
	g_assert_cmpstr(number(rates->rows[1].value.number), ==, "0.03");
	g_assert_cmpstr(number(policy_grade(f.policy, "S1")->sets[0].number), ==, "3200");
	g_assert_true(policy_grade(f.policy, "S2")->sets[0].missing);
	g_assert_cmpuint(f.policy->file_count, ==, 5);
	teardown(&f);
}

static void test_items_in_policy_order(void)
{
	static const char *const order[] = { "甲", "丙", "乙", "卡", "合", "丁" };
	struct fixture f;

	setup(&f, "<article number=\"1\" title=\"一\"><p>前</p><figure name=\"甲\" type=\"money\" section=\"earnings\" round=\"1\" "
		"rounding=\"up\" when=\"丁\">12.5</figure><scorecard name=\"卡\" cap=\"100\" missing=\"renormalise\">"
		"<adjust name=\"丙\">-1</adjust><kpi name=\"乙\" weight=\"100\" floor=\"5\">90</kpi></scorecard></article>"
		"<total name=\"合\" section=\"earnings\" label=\"应发\"/><figure name=\"丁\" type=\"yesno\">是</figure>");
	g_assert_cmpuint(f.policy->item_count, ==, G_N_ELEMENTS(order));
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		g_assert_cmpstr(f.policy->items[i]->name, ==, order[i]);
	g_assert_true(f.policy->items[0]->rounds);
	g_assert_cmpint(f.policy->items[0]->rounding, ==, ROUND_UP);
	g_assert_cmpstr(number(f.policy->items[0]->step), ==, "1");
	g_assert_cmpstr(f.policy->items[0]->source, ==, "12.5");
	g_assert_nonnull(f.policy->items[0]->when);
	g_assert_true(f.policy->items[2]->parent == f.policy->items[3] && f.policy->items[1]->parent == f.policy->items[3]);
	g_assert_true(f.policy->items[2]->has_floor && !f.policy->items[2]->has_cap);
	g_assert_cmpint(f.policy->items[3]->when_missing, ==, MISSING_RENORMALISE);
	g_assert_false(f.policy->items[3]->rounds);
	g_assert_cmpint(f.policy->items[4]->type, ==, VALUE_MONEY);
	g_assert_cmpint(f.policy->items[4]->total_of, ==, SECTION_EARNINGS);
	g_assert_cmpstr(f.policy->items[4]->label, ==, "应发");
	g_assert_cmpstr(f.policy->items[0]->article->number, ==, "1");
	g_assert_null(f.policy->items[4]->article);
	teardown(&f);
}

static void test_articles_keep_reading_order(void)
{
	struct fixture f;
	const struct article *one, *inner;

	setup(&f, "<article number=\"1\" title=\"一\"><p>工资按\n      自然月计发。  See\n   below.</p><figure name=\"甲\" type=\"number\">1</figure>"
		"<ul><li> 一 </li><li>二</li></ul><article number=\"1.1\" title=\"内\"><ol><li>三</li></ol></article></article>");
	g_assert_cmpuint(f.policy->body->block_count, ==, 3); /* the included table and grades, the article */
	one = f.policy->body->blocks[2].object;
	g_assert_cmpint(f.policy->body->blocks[2].kind, ==, BLOCK_ARTICLE);
	g_assert_cmpuint(one->block_count, ==, 4);
	g_assert_cmpstr(one->blocks[0].text, ==, "工资按自然月计发。 See below.");
	g_assert_true(one->blocks[1].object == f.policy->items[0]);
	g_assert_cmpuint(one->blocks[2].entry_count, ==, 2);
	g_assert_cmpstr(one->blocks[2].entries[0], ==, "一");
	g_assert_false(one->blocks[2].ordered);
	inner = one->blocks[3].object;
	g_assert_true(inner->parent == one);
	g_assert_null(one->parent);
	g_assert_true(inner->blocks[0].ordered);
	teardown(&f);
}

static void test_check_text(void)
{
	struct fixture f;
	const struct item *check;

	setup(&f, "<figure name=\"甲\" type=\"number\">1</figure>"
		"<check name=\"核\" level=\"error\" audience=\"slip\" when=\"甲 &gt; 0\">共 {甲} 元,\n   其中{ 甲 }。</check>");
	check = f.policy->items[1];
	g_assert_true(check->is_error);
	g_assert_cmpuint(check->piece_count, ==, 5);
	g_assert_cmpstr(check->pieces[0].text, ==, "共 ");
	g_assert_true(check->pieces[1].item == f.policy->items[0]);
	g_assert_cmpstr(check->pieces[2].text, ==, " 元, 其中");
	g_assert_true(check->pieces[3].item == f.policy->items[0]);
	g_assert_cmpstr(check->pieces[4].text, ==, "。");
	teardown(&f);
}

static void test_replace_keeps_the_place(void)
{
	struct fixture f;
	struct policy_reader reader;

	setup(&f, "");
	unit_write(f.folder, "lib.xml", OPEN STAFF GRADES "<figure name=\"甲\" type=\"number\">1</figure><figure name=\"乙\" type=\"number\">2</figure></policy>");
	unit_write(f.folder, "mid.xml", OPEN "<include href=\"lib.xml\"/></policy>");
	/* The library comes in two ways and counts once; the local rule stands where the included one stood. */
	unit_write(f.folder, "q.xml", OPEN "<replace name=\"甲\" reason=\"本省\"><figure name=\"甲\" type=\"number\">7</figure></replace>"
		"<include href=\"mid.xml\"/><include href=\"./lib.xml\"/></policy>");
	reader = (struct policy_reader){ .arena = f.arena, .pool = f.pool, .diag = f.diag, .roots = { f.folder, NULL } };
	f.policy = policy_read(arena_printf(f.arena, "%s/q.xml", f.folder), &reader);
	g_assert_nonnull(f.policy);
	g_assert_cmpuint(f.policy->item_count, ==, 2);
	g_assert_cmpstr(f.policy->items[0]->name, ==, "甲");
	g_assert_cmpstr(f.policy->items[0]->source, ==, "7");
	g_assert_cmpstr(f.policy->items[1]->source, ==, "2");
	g_assert_cmpuint(f.policy->replacement_count, ==, 1);
	g_assert_cmpstr(f.policy->replacements[0].reason, ==, "本省");
	g_assert_true(g_str_has_suffix(f.policy->replacements[0].replaced.file, "/lib.xml"));
	g_assert_cmpuint(diag_warnings(f.diag), ==, 0);
	teardown(&f);
}

static void test_links_out_of_the_folder_are_refused(void)
{
	struct fixture f;
	struct policy_reader reader;
	char *outside = unit_folder_new(), *target, *link;

	setup(&f, "");
	unit_write(outside, "secret.xml", OPEN "</policy>");
	target = g_build_filename(outside, "secret.xml", NULL);
	link = g_build_filename(f.folder, "inside.xml", NULL);
	g_assert_cmpint(symlink(target, link), ==, 0);
	unit_write(f.folder, "q.xml", OPEN "<include href=\"base.xml\"/><include href=\"inside.xml\"/></policy>");
	reader = (struct policy_reader){ .arena = f.arena, .pool = f.pool, .diag = f.diag, .roots = { f.folder, NULL } };
	g_assert_null(policy_read(arena_printf(f.arena, "%s/q.xml", f.folder), &reader));
	g_assert_cmpstr(diag_item(f.diag, 0)->entry->code, ==, "E0418");
	g_free(target);
	g_free(link);
	unit_folder_remove(outside);
	teardown(&f);
}

static void test_examples(void)
{
	struct fixture f;
	const struct example *example;

	setup(&f, "<table name=\"单\" file=\"单.csv\"><column name=\"人\" type=\"id\" role=\"person\"/><column name=\"额\" type=\"money\"/></table>"
		"<figure name=\"甲\" type=\"money\">sum(单, 额)</figure><parameter name=\"标\" type=\"number\"><value from=\"2026-03\">1</value></parameter>"
		"<example title=\"例\" grade=\"专员\"><past month=\"2026-02\"><given name=\"甲\">5</given><given name=\"职级\">S1</given></past>"
		"<rows table=\"单\">额\n 100\n</rows><expect name=\"甲\">100</expect></example>");
	example = f.policy->examples[0];
	g_assert_cmpstr(example->grade, ==, "S2");
	g_assert_cmpint(example->month, ==, month_from_ym(2026, 3));
	g_assert_cmpuint(example->past_count, ==, 1);
	g_assert_cmpint(example->pasts[0].month, ==, month_from_ym(2026, 2));
	g_assert_cmpuint(example->pasts[0].given_count, ==, 2);
	g_assert_true(example->rows[0].table == f.policy->tables[1]);
	g_assert_cmpstr(example->rows[0].text.text, ==, "额\n 100");
	g_assert_cmpstr(example->expects[0].text, ==, "100");
	teardown(&f);
}

static void test_company(void)
{
	char *folder = unit_folder_new(), *path = g_build_filename(folder, "company.xml", NULL);
	struct arena *arena = arena_new();
	struct text_pool *pool = text_pool_new();
	struct diag *diag = diag_new(arena);
	struct company *company;
	int32_t day;

	g_assert_cmpint(g_mkdir(arena_printf(arena, "%s/policies", folder), 0755), ==, 0);
	unit_write(folder, "policies/p.xml", "x");
	unit_write(folder, "company.xml", "<company xmlns=\"urn:salespay:company:1\" name=\"晨星公司\"><policy href=\"policies/p.xml\" from=\"2026-05\"/></company>");
	company = company_read(path, arena, pool, diag);
	g_assert_nonnull(company);
	g_assert_cmpstr(company->short_name, ==, "晨星公司");
	g_assert_cmpstr(company->entries[0].scheme, ==, "");
	g_assert_null(company->entries[0].when.text);
	g_assert_cmpint(company->site_policy, ==, SITE_POLICY_TEXT);
	g_assert_cmpint(company->site_people, ==, SITE_PEOPLE_NONE);
	/* The thirty-first of the same month, or its last day. */
	g_assert_true(date_from_ymd(2026, 2, 28, &day));
	g_assert_cmpint(company_pay_date(company, month_from_ym(2026, 2)), ==, day);
	g_assert_true(date_from_ymd(2026, 10, 31, &day));
	g_assert_cmpint(company_pay_date(company, month_from_ym(2026, 10)), ==, day);
	unit_write(folder, "company.xml", "<company xmlns=\"urn:salespay:company:1\" name=\"晨星公司\" short=\"晨星\" lang=\"en\"><policy scheme=\"甲\" "
		"href=\"policies/p.xml\" from=\"2026-05\" when=\"岗位 = “甲”\"/><pay day=\"10\" month=\"next\"/><payslip note=\"注\"/>"
		"<site policy=\"full\" people=\"all\" movements=\"eligible\"/><mail from=\"a@b\" reply-to=\"c@d\"/></company>");
	company = company_read(path, arena, pool, diag);
	g_assert_nonnull(company);
	g_assert_cmpstr(company->entries[0].when.text, ==, "岗位 = “甲”");
	g_assert_true(date_from_ymd(2027, 1, 10, &day));
	g_assert_cmpint(company_pay_date(company, month_from_ym(2026, 12)), ==, day);
	g_assert_cmpstr(company->payslip_note, ==, "注");
	g_assert_null(company->payslip_password.text);
	g_assert_cmpint(company->site_policy, ==, SITE_POLICY_FULL);
	g_assert_cmpint(company->site_movements, ==, SITE_MOVEMENTS_ELIGIBLE);
	g_assert_cmpuint(company->mail_count, ==, 2);
	g_assert_cmpstr(company->mail_names[1], ==, "reply-to");
	g_assert_cmpstr(company->mail_values[1], ==, "c@d");
	g_assert_cmpuint(diag_errors(diag), ==, 0);
	diag_free(diag);
	text_pool_free(pool);
	arena_free(arena);
	unit_folder_remove(folder);
	g_free(path);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/policy/read/grades have every set and steps within their track", test_grades);
	g_test_add_func("/policy/read/a parameter has the value of its latest date", test_parameters);
	g_test_add_func("/policy/read/numbers come from files as Excel leaves them", test_numbers_from_files);
	g_test_add_func("/policy/read/items stand in policy order, a scorecard behind its parts", test_items_in_policy_order);
	g_test_add_func("/policy/read/articles keep their reading order", test_articles_keep_reading_order);
	g_test_add_func("/policy/read/a check's text is split at its figures", test_check_text);
	g_test_add_func("/policy/read/a local rule takes the included one's place; a library counts once", test_replace_keeps_the_place);
	g_test_add_func("/policy/read/links out of the folder are refused", test_links_out_of_the_folder_are_refused);
	g_test_add_func("/policy/read/examples know their month, rows and past", test_examples);
	g_test_add_func("/policy/read/company.xml has its defaults and its settings", test_company);
	return g_test_run();
}
