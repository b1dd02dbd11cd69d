#include "policy/company.h"
#include "policy/formula_case.h"
#include "policy/order.h"
#include "policy/rulebook_parts.h"

/* A figure as a regulation writes it, for a policy of a few items over the tables of formula_company.h. */
struct written {
	enum item_kind kind;
	const char *name, *formula, *when;
	enum section section;
	enum value_type type;
};
#define FIGURE(...) WRITTEN(__VA_ARGS__, .kind = ITEM_FIGURE)
#define WRITTEN(name_, formula_, ...) { .name = name_, .formula = formula_, __VA_ARGS__ }
#define NUMBER .type = VALUE_NUMBER

struct office {
	struct bench bench; /* arena, pool, diag */
	struct xml_document *documents[200];
	size_t document_count;
};

static void office_init(struct office *office)
{
	memset(office, 0, sizeof(*office));
	bench_init(&office->bench);
}

static void office_release(struct office *office)
{
	for (size_t i = 0; i < office->document_count; i++)
		xml_free(office->documents[i]);
	office->bench.document = NULL;
	bench_release(&office->bench);
}

static struct formula *office_compile(struct office *office, const struct policy *policy, const struct item *self,
	const char *source, enum value_type wanted)
{
	struct formula_scope scope = { .policy = policy, .self = self, .row = self->table, .wanted = wanted };
	struct formula *formula;

	if (!source)
		return NULL;
	formula = arena_alloc(office->bench.arena, sizeof(*formula));
	formula->text = bench_text(&office->bench, source);
	office->documents[office->document_count++] = office->bench.document;
	g_assert_true(formula_compile(formula, &scope, office->bench.arena, office->bench.pool, office->bench.diag));
	return formula;
}

/* The line of an item is its place in the list, from 1; the file is the policy's title. */
static struct policy *office_policy(struct office *office, const char *title, const struct written *written, size_t count)
{
	struct arena *arena = office->bench.arena;
	struct policy *policy = arena_alloc(arena, sizeof(*policy));

	*policy = company_policy;
	policy->title = title;
	policy->items = arena_array(arena, count, sizeof(*policy->items));
	policy->item_count = count;
	for (size_t i = 0; i < count; i++) {
		struct item *item = policy->items[i] = arena_alloc(arena, sizeof(*item));

		item->kind = written[i].kind;
		item->name = written[i].name;
		item->type = written[i].kind == ITEM_CHECK ? VALUE_TEXT : written[i].type;
		item->section = item->total_of = written[i].section;
		item->place = (struct place){ .file = title, .line = (long)i + 1 };
		if (item->kind == ITEM_LINE) {
			item->table = &company_tables[2];
			item->key = &company_orders[0];
		}
	}
	policy->names = names_build(policy, arena, office->bench.diag);
	for (size_t i = 0; i < count; i++) {
		struct item *item = policy->items[i];

		item->formula = office_compile(office, policy, item, written[i].formula, item->type);
		item->when = office_compile(office, policy, item, written[i].when, VALUE_YESNO);
	}
	return policy;
}

static char *order_text(const struct rulebook *rulebook)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < rulebook->step_count; i++) {
		const struct step *step = &rulebook->order[i];

		g_string_append_printf(out, "%s%s", i ? " " : "", step->item->name);
		if (rulebook->scheme_count > 1)
			g_string_append_printf(out, "%zu", step->scheme);
	}
	return g_string_free(out, FALSE);
}

static char *messages_text(struct diag *diag)
{
	GString *out = g_string_new(NULL);
	const struct diag_item *item;

	for (size_t i = 0; (item = diag_item(diag, i)) != NULL; i++)
		g_string_append_printf(out, "%s%s:%ld %s [%s]", i ? "; " : "", item->place.file, item->place.line, item->text,
			strstr(item->help, "stand") ? item->help : "");
	return g_string_free(out, FALSE);
}

/* One policy: the order, or the messages. */
static void check_order(const struct written *written, size_t count, const char *expected)
{
	struct office office;
	struct rulebook *rulebook;
	char *got;

	office_init(&office);
	rulebook = rulebook_of_policy(office_policy(&office, "p", written, count), office.bench.arena, office.bench.pool,
		office.bench.diag);
	got = rulebook ? order_text(rulebook) : messages_text(office.bench.diag);
	g_assert_cmpstr(got, ==, expected);
	g_free(got);
	office_release(&office);
}
#define CHECK_ORDER(expected, ...) \
	check_order((const struct written[]){ __VA_ARGS__ }, COUNT(((const struct written[]){ __VA_ARGS__ })), expected)

static void test_needs(void)
{
	CHECK_ORDER("甲 乙 丙", FIGURE("甲", "1"), FIGURE("乙", "2"), FIGURE("丙", "3"));
	CHECK_ORDER("丙 乙 甲", FIGURE("甲", "乙 + 1"), FIGURE("乙", "丙 + 1"), FIGURE("丙", "3"));
	CHECK_ORDER("乙 甲 丙", FIGURE("甲", "乙 + 1"), FIGURE("乙", "2"), FIGURE("丙", "3"));
	CHECK_ORDER("乙 丙 甲 丁", FIGURE("甲", "乙 + 丙"), FIGURE("乙", "2"), FIGURE("丙", "3"), FIGURE("丁", "甲"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "1", .when = "乙 > 1元"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "若(达标线 > 1, 乙, 1)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "合计(订单 其中 金额 > 乙, 金额)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "最近(订单, 若(乙 > 1, 月份, 日期), 金额)"), FIGURE("乙", "2"));
}

static void test_sections(void)
{
	CHECK_ORDER("丙 乙 甲 丁",
		{ .kind = ITEM_TOTAL, .name = "甲", .section = SECTION_EARNINGS },
		FIGURE("乙", "丙", .section = SECTION_EARNINGS), FIGURE("丙", "3", .section = SECTION_DEDUCTIONS),
		FIGURE("丁", "甲", .section = SECTION_NET));
	/* checks last, though written first */
	CHECK_ORDER("甲 乙 查", { .kind = ITEM_CHECK, .name = "查", .when = "乙 > 1" }, FIGURE("甲", "1"), FIGURE("乙", "2"));
}

static void test_history(void)
{
	CHECK_ORDER("甲 乙", FIGURE("甲", "上月(乙)"), FIGURE("乙", "甲"));
	CHECK_ORDER("甲 乙", FIGURE("甲", "前月(2, 乙)"), FIGURE("乙", "甲"));
	CHECK_ORDER("甲 乙", FIGURE("甲", "本年前月累计(乙)"), FIGURE("乙", "甲"));
	CHECK_ORDER("甲 乙", FIGURE("甲", "税年前月累计(乙)"), FIGURE("乙", "甲"));
	CHECK_ORDER("甲 乙", FIGURE("甲", "上季合计(乙)"), FIGURE("乙", "甲"));
	CHECK_ORDER("甲", FIGURE("甲", "上月(甲) + 1"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "前月(乙, 甲)"), FIGURE("乙", "2", NUMBER));
	CHECK_ORDER("乙 甲", FIGURE("甲", "本年累计(乙)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "本季累计(乙)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "税年累计(乙)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "近月合计(3, 乙)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "近月平均(3, 乙)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "已知合计(3, 乙)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "近月计数(3, 乙 > 1)", NUMBER), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "连续月数(乙 > 1)", NUMBER), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "连续月数(达标线 > 1, 乙 > 1)", NUMBER), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "部门合计(乙)"), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "排名(乙)", NUMBER), FIGURE("乙", "2"));
	CHECK_ORDER("乙 甲", FIGURE("甲", "分摊(100元, 乙)"), FIGURE("乙", "2"));
}

static void test_lines(void)
{
	CHECK_ORDER("线 甲", FIGURE("甲", "合计(订单, 线)"), { .kind = ITEM_LINE, .name = "线", .formula = "金额" });
	CHECK_ORDER("线 甲", FIGURE("甲", "计至本月(线, “X”)"), { .kind = ITEM_LINE, .name = "线", .formula = "金额" });
	CHECK_ORDER("甲 线", FIGURE("甲", "已计(线, “X”)"), { .kind = ITEM_LINE, .name = "线", .formula = "金额" });
	CHECK_ORDER("乙 线", { .kind = ITEM_LINE, .name = "线", .formula = "金额 + 乙" }, FIGURE("乙", "2"));
	CHECK_ORDER("线 退", { .kind = ITEM_LINE, .name = "退", .formula = "-计至本月(线, 原订单号)" },
		{ .kind = ITEM_LINE, .name = "线", .formula = "金额" });
	CHECK_ORDER("线", { .kind = ITEM_LINE, .name = "线", .formula = "金额 - 已计(线, 原订单号)" });
}

static void test_circles(void)
{
	CHECK_ORDER("p:1 these depend on each other in a circle: 甲 → 乙 → 甲 "
		"[they stand at p:1, p:2; rewrite one of them, or let it look at an earlier month]",
		FIGURE("甲", "乙"), FIGURE("乙", "甲"));
	CHECK_ORDER("p:2 these depend on each other in a circle: 乙 → 丙 → 丁 → 乙 "
		"[they stand at p:2, p:3, p:4; rewrite one of them, or let it look at an earlier month]",
		FIGURE("甲", "乙"), FIGURE("乙", "丙"), FIGURE("丙", "丁"), FIGURE("丁", "乙"), FIGURE("戊", "甲 + 丁"));
	/* the shortest way round, and two circles at once */
	CHECK_ORDER("p:1 these depend on each other in a circle: 甲 → 乙 → 甲 "
		"[they stand at p:1, p:2; rewrite one of them, or let it look at an earlier month]; "
		"p:4 these depend on each other in a circle: 丁 → 戊 → 丁 "
		"[they stand at p:4, p:5; rewrite one of them, or let it look at an earlier month]",
		FIGURE("甲", "乙"), FIGURE("乙", "甲 + 丙"), FIGURE("丙", "乙"), FIGURE("丁", "戊"), FIGURE("戊", "丁"));
	CHECK_ORDER("p:1 these depend on each other in a circle: 甲 → 乙 → 甲 "
		"[they stand at p:1, p:2; rewrite one of them, or let it look at an earlier month]",
		{ .kind = ITEM_TOTAL, .name = "甲", .section = SECTION_EARNINGS }, FIGURE("乙", "甲 × 2", .section = SECTION_EARNINGS));
	CHECK_ORDER("p:1 these depend on each other in a circle: 甲 → 乙 → 甲 "
		"[they stand at p:1, p:2; rewrite one of them, or let it look at an earlier month]",
		FIGURE("甲", "1", .when = "乙 > 1"), FIGURE("乙", "公司合计(甲)"));
	CHECK_ORDER("p:1 these depend on each other in a circle: 线 → 退 → 线 "
		"[they stand at p:1, p:2; rewrite one of them, or let it look at an earlier month]",
		{ .kind = ITEM_LINE, .name = "线", .formula = "金额 + 退" },
		{ .kind = ITEM_LINE, .name = "退", .formula = "-计至本月(线, 原订单号)" });
}

static void test_scorecard(void)
{
	static const struct written written[] = {
		{ .kind = ITEM_KPI, .name = "质", .formula = "乙", NUMBER }, { .kind = ITEM_ADJUST, .name = "扣", .formula = "1", NUMBER },
		{ .kind = ITEM_SCORECARD, .name = "分", NUMBER }, FIGURE("乙", "2", NUMBER), FIGURE("甲", "分", NUMBER),
	};
	struct office office;
	struct policy *policy;
	struct rulebook *rulebook;
	struct item *card;
	char *got;

	office_init(&office);
	policy = office_policy(&office, "p", written, COUNT(written));
	card = policy->items[2];
	card->kpis = &policy->items[0];
	card->adjusts = &policy->items[1];
	card->kpi_count = card->adjust_count = 1;
	rulebook = rulebook_of_policy(policy, office.bench.arena, office.bench.pool, office.bench.diag);
	g_assert_nonnull(rulebook);
	got = order_text(rulebook);
	g_assert_cmpstr(got, ==, "扣 乙 质 分 甲");
	g_free(got);
	office_release(&office);
}

/* Two policies in force at once, put together as rulebook_build does after reading. */
static bool together(struct office *office, struct rulebook *rulebook, struct policy *a, struct policy *b)
{
	struct arena *arena = office->bench.arena;
	bool good;

	*rulebook = (struct rulebook){ .schemes = arena_array(arena, 2, sizeof(struct scheme)), .scheme_count = 2 };
	rulebook->schemes[0] = (struct scheme){ .name = "A", .policy = a };
	rulebook->schemes[1] = (struct scheme){ .name = "B", .policy = b };
	good = rulebook_list_tables(rulebook, arena, office->bench.diag);
	if (!rulebook_list_items(rulebook, arena, office->bench.diag) || !good)
		return false;
	rulebook_note_uses(rulebook, arena);
	return order_build(rulebook, arena, office->bench.diag);
}

static void test_schemes(void)
{
	static const struct written first[] = {
		FIGURE("名次", "排名(得分)", NUMBER), FIGURE("得分", "1", NUMBER), FIGURE("甲", "近月合计(3, 得分)", NUMBER),
		{ .kind = ITEM_LINE, .name = "线", .formula = "金额 - 已计(线, 原订单号)" },
	};
	static const struct written second[] = {
		FIGURE("乙", "2", NUMBER), FIGURE("得分", "乙 + 公司平均(乙) + 任职级月数()", NUMBER),
		{ .kind = ITEM_LINE, .name = "线", .formula = "金额" },
		{ .kind = ITEM_LINE, .name = "线二", .formula = "线" },
	};
	struct office office;
	struct rulebook rulebook;
	char *got;

	office_init(&office);
	g_assert_true(together(&office, &rulebook, office_policy(&office, "p", first, COUNT(first)),
		office_policy(&office, "q", second, COUNT(second))));
	got = order_text(&rulebook);
	/* 名次 of the first waits for 得分 of both, and that for 乙 */
	g_assert_cmpstr(got, ==, "得分0 甲0 线0 乙1 得分1 名次0 线1 线二1");
	g_free(got);
	g_assert_cmpuint(rulebook.column_count, ==, 4);
	g_assert_cmpstr(rulebook.columns[0].name, ==, "名次");
	g_assert_cmpstr(rulebook.columns[3].name, ==, "乙");
	g_assert_null(rulebook.columns[3].items[0]);
	g_assert_nonnull(rulebook.columns[3].items[1]);
	g_assert_true(rulebook.columns[1].items[0] != rulebook.columns[1].items[1]);
	g_assert_true(rulebook.columns[1].in_history && rulebook.columns[1].history == 0);
	g_assert_false(rulebook.columns[0].in_history || rulebook.columns[2].in_history || rulebook.columns[3].in_history);
	g_assert_cmpuint(rulebook.history_count, ==, 1);
	g_assert_true(rulebook.needs_history);
	g_assert_cmpuint(rulebook.line_count, ==, 2);
	g_assert_true(rulebook.line_in_history[0] && !rulebook.line_in_history[1]);
	g_assert_cmpuint(rulebook.slot_count, ==, 2);
	g_assert_cmpuint(rulebook.table_count, ==, COUNT(company_tables));
	g_assert_true(rulebook.staff == &company_tables[0] && rulebook.units == &company_tables[6]);
	g_assert_cmpuint(rulebook.lines[0][1]->line, ==, 0);
	g_assert_cmpuint(rulebook.lines[1][1]->column, ==, SIZE_MAX);
	office_release(&office);
}

static void test_schemes_that_differ(void)
{
	static const struct written money[] = { FIGURE("甲", "1"), { .kind = ITEM_LINE, .name = "线", .formula = "金额" } };
	static const struct written number[] = { FIGURE("甲", "1", NUMBER), FIGURE("线", "2") };
	struct office office;
	struct rulebook rulebook;
	struct table_spec staff = company_tables[0], units = company_tables[6];
	struct table_spec *tables[] = { &staff };
	struct policy *other;
	char *got;

	office_init(&office);
	g_assert_false(together(&office, &rulebook, office_policy(&office, "p", money, 2), office_policy(&office, "q", number, 2)));
	got = messages_text(office.bench.diag);
	g_assert_cmpstr(got, ==, "q:1 '甲' has different types in two policies: money and number [the other stands at p:1; "
		"figures of one name have one type in all]; q:2 '线' is not the same line in two policies [the other stands at p:2; "
		"lines of one name use the same table and key, and a figure is no line]");
	g_free(got);
	office_release(&office);

	office_init(&office);
	other = office_policy(&office, "q", number, 1);
	staff.place = (struct place){ .file = "other.xml", .line = 7 };
	other->tables = tables;
	other->table_count = 1;
	other->staff = &staff;
	other->units = NULL;
	g_assert_false(together(&office, &rulebook, office_policy(&office, "p", number, 1), other));
	got = messages_text(office.bench.diag);
	g_assert_cmpstr(got, ==, "other.xml:7 policies 'p' and 'q' declare different staff tables []");
	g_free(got);
	office_release(&office);

	office_init(&office);
	other = office_policy(&office, "q", number, 1);
	units.place = (struct place){ .file = "other.xml", .line = 8 };
	other->tables = (struct table_spec *[]){ &company_tables[0], &units };
	other->table_count = 2;
	other->units = &units;
	g_assert_false(together(&office, &rulebook, office_policy(&office, "p", number, 1), other));
	got = messages_text(office.bench.diag);
	g_assert_cmpstr(got, ==, "other.xml:8 policies 'p' and 'q' declare different units tables []");
	g_free(got);
	office_release(&office);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/order/what is read comes first otherwise as written", test_needs);
	g_test_add_func("/order/totals follow their section and checks come last", test_sections);
	g_test_add_func("/order/earlier months hold nothing up", test_history);
	g_test_add_func("/order/lines come before what reads them", test_lines);
	g_test_add_func("/order/a scorecard follows its parts", test_scorecard);
	g_test_add_func("/order/circles are printed with members and places", test_circles);
	g_test_add_func("/order/values over people wait for every scheme", test_schemes);
	g_test_add_func("/order/schemes must agree on staff table types and lines", test_schemes_that_differ);
	return g_test_run();
}
