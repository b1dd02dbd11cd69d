#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "model/build.h"
#include "unit.h"
#include "value/date.h"

/* A policy with one rule of each kind that the intranet may and may not show. */
static const char policy_text[] =
	"<policy xmlns=\"urn:salespay:policy:1\" id=\"t\" title=\"试\" version=\"1\">\n"
	"<table name=\"员工\" file=\"s.csv\" role=\"staff\"><column name=\"工号\" type=\"id\" role=\"id\"/>"
	"<column name=\"职级\" type=\"grade\" role=\"grade\"/><column name=\"证件号\" type=\"text\" "
	"role=\"identity\"/>"
	"<column name=\"账号\" type=\"text\" role=\"account\"/></table>\n"
	"<table name=\"评分\" file=\"p.csv\" rows=\"one\"><column name=\"员工号\" type=\"id\" "
	"role=\"person\"/>"
	"<column name=\"质量\" type=\"number\"/><column name=\"及时率\" type=\"percent\"/></table>\n"
	"<table name=\"订单\" file=\"o.csv\"><column name=\"人\" type=\"id\" role=\"person\"/><column "
	"name=\"金额\" type=\"money\"/>"
	"<column name=\"数量\" type=\"number\"/></table>\n"
	"<grades><grade id=\"S1\" title=\"助理\" track=\"支持\" order=\"1\"><set "
	"name=\"底薪\">3200</set></grade></grades>\n"
	"<parameter name=\"及时线\" type=\"percent\"><value from=\"2026-01\">95%</value></parameter>\n"
	"<rates name=\"系数表\" keys=\"职级\" type=\"number\"><rate for=\"*\">1.2</rate></rates>\n"
	"<article number=\"1\" title=\"甲\">\n"
	"<figure name=\"开_评分\" type=\"number\">质量 + 及时率 * 100</figure>\n"
	"<figure name=\"开_经开\" type=\"yesno\">开_评分 &gt;= 90 and sum(订单, 数量) &gt; 3</figure>\n"
	"<figure name=\"闭_钱\" type=\"money\">100</figure>\n"
	"<figure name=\"闭_参数\" type=\"yesno\">及时率 &gt;= 及时线</figure>\n"
	"<figure name=\"闭_职级值\" type=\"number\">底薪 / 100元</figure>\n"
	"<figure name=\"闭_金额列\" type=\"yesno\">sum(订单, 金额) &gt; 5</figure>\n"
	"<figure name=\"闭_金额其中\" type=\"number\">count(订单 where 金额 &gt; 5)</figure>\n"
	"<figure name=\"闭_系数\" type=\"number\">系数表(职级)</figure>\n"
	"<figure name=\"闭_证件\" type=\"number\">length(证件号)</figure>\n"
	"<figure name=\"闭_账号\" type=\"text\">right(账号, 4)</figure>\n"
	"<figure name=\"闭_经闭\" type=\"number\">if(闭_参数, 1, 0)</figure>\n"
	"<figure name=\"闭_条件\" type=\"number\" when=\"闭_经闭 = 1\">1</figure>\n"
	"<figure name=\"闭_历史\" type=\"number\">ytd(闭_经闭)</figure>\n"
	"<scorecard name=\"开_得分\"><kpi name=\"开_项\" weight=\"100\">质量</kpi></scorecard>\n"
	"<figure name=\"实发\" type=\"money\" section=\"net\">0</figure>\n"
	"</article></policy>\n";

struct fixture {
	char *folder;
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct policy *policy;
};

static void set_up(struct fixture *f, const void *data)
{
	struct policy_reader reader;

	(void)data;
	f->folder = unit_folder_new();
	unit_write(f->folder, "p.xml", policy_text);
	f->arena = arena_new();
	f->pool = text_pool_new();
	f->diag = diag_new(f->arena);
	reader = (struct policy_reader){.arena = f->arena,
		.pool = f->pool,
		.diag = f->diag,
		.roots = { f->folder, NULL },
		.from = month_from_ym(2026, 1)};
	f->policy = policy_read(arena_printf(f->arena, "%s/p.xml", f->folder), &reader);
	if (!f->policy)
		diag_print(f->diag, stderr, &(struct diag_style){.format = DIAG_TEXT});
}

static void tear_down(struct fixture *f, const void *data)
{
	(void)data;
	diag_free(f->diag);
	text_pool_free(f->pool);
	arena_free(f->arena);
	unit_folder_remove(f->folder);
}

static void test_openness(struct fixture *f, const void *data)
{
	size_t open = 0, closed = 0;

	(void)data;
	g_assert_nonnull(f->policy);
	for (size_t i = 0; i < f->policy->item_count; i++) {
		const struct item *item = f->policy->items[i];
		bool wanted = g_str_has_prefix(item->name, "开");

		if (item_is_open(item) != wanted)
			g_error("%s is %s", item->name, wanted ? "closed" : "open");
		open += wanted;
		closed += !wanted;
	}
	g_assert_cmpuint(open, ==, 4);
	g_assert_cmpuint(closed, ==, 12);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add("/model/the intranet shows no rule that reads pay, parameters, grade sets or personal "
		   "columns, however far down",
		struct fixture, NULL, set_up, test_openness, tear_down);
	return g_test_run();
}
