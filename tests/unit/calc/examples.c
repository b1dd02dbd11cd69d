#include "calculated.h"

/* Examples of a policy: what each kind of given stands for, and that a wrong expectation is noticed. */
#define POLICY \
	"<table name='员工' file='员工.csv' rows='one' role='staff'><column name='工号' type='id' role='id'/>" \
	"<column name='部门' type='text' role='unit'/><column name='职级' type='grade' role='grade'/>" \
	"<column name='入职' type='date' role='hired'/></table>" \
	"<table name='机构' file='机构.csv' rows='one' role='units'><column name='机构号' type='id' role='id'/>" \
	"<column name='上级' type='id' role='parent'/><column name='城市' type='text'/></table>" \
	"<table name='月报' file='月报.csv' rows='one'><column name='人' type='id' role='person'/><column name='甲' type='money'/>" \
	"<column name='默认' type='number' default='8'/><column name='率' type='percent'/></table>" \
	"<table name='单' file='单.csv'><column name='单号' type='id'/><column name='谁' type='id' role='person'/><column name='款' type='money'/>" \
	"<column name='客' type='id' ref='客户'/></table>" \
	"<table name='客户' file='客户.csv' rows='one'><column name='客户号' type='id' role='id'/><column name='系数' type='number'/></table>" \
	"<table name='目标' file='目标.csv' rows='one'><column name='所属' type='text' role='unit'/><column name='月目标' type='money'/></table>" \
	"<parameter name='价' type='money'><value from='2026-01'>10</value><value from='2026-06'>20</value></parameter>" \
	"<grades><grade id='S1' title='助理' track='支持' order='1'><set name='底薪'>3000</set></grade>" \
	"<grade id='S2' title='专员' track='支持' order='2'><set name='底薪'>4000</set></grade></grades>" \
	"<rates name='率表' keys='级'><rate for='S1'>1%</rate><rate for='S2'>2%</rate></rates>" \
	"<line name='提' table='单' key='单号'>款 × 10%</line>" \
	"<figure name='工资' type='money'>底薪 + 甲</figure><figure name='提成' type='money'>sum(单, 提)</figure>" \
	"<figure name='乘' type='money'>合计(单, 款 × 客.系数)</figure><figure name='本价' type='money'>价</figure>" \
	"<figure name='八' type='number'>默认</figure><figure name='双' type='money'>工资 × 2</figure>" \
	"<figure name='上' type='money'>previous(工资)</figure><figure name='累' type='money'>ytd(工资)</figure>" \
	"<figure name='级月' type='number'>months_in_grade()</figure><figure name='任' type='number'>last_count(3, 职级 = “专员”)</figure>" \
	"<figure name='目' type='money'>合计(目标, 月目标)</figure><figure name='在' type='yesno'>within(“U0”)</figure>" \
	"<figure name='空值' type='number'>1 ÷ 0</figure><figure name='月' type='date'>月初()</figure><figure name='比' type='percent'>率表(职级)</figure>" \
	"<figure name='名' type='number'>rank(工资)</figure><figure name='部' type='money'>unit_sum(工资)</figure>"

static void test_examples(void)
{
	static const struct {
		const char *example, *codes;
	} rows[] = {
		{ "<example title='职级' grade='S1'><given name='甲'>500</given><expect name='工资'>3500</expect></example>", "" },
		{ "<example title='表.列' grade='专员'><given name='月报.甲'>0.5</given><expect name='工资'>4000.50</expect></example>", "" },
		{ "<example title='给定职级'><given name='职级'>助理</given><given name='甲'>1</given><expect name='工资'>3001</expect></example>", "" },
		{ "<example title='给定数'><given name='工资'>123.45</given><expect name='双'>246.90</expect></example>", "" },
		{ "<example title='给定级额'><given name='底薪'>100</given><given name='甲'>1</given><expect name='工资'>101</expect></example>", "" },
		{ "<example title='给定参数'><given name='价'>99</given><expect name='本价'>99</expect></example>", "" },
		{ "<example title='月' month='2026-05'><expect name='本价'>10</expect><expect name='月'>2026-05-01</expect></example>", "" },
		{ "<example title='月' month='2026-06'><expect name='本价'>20</expect></example>", "" },
		{ "<example title='首月'><expect name='本价'>10</expect></example>", "" }, /* the policy's first month is that of its earliest parameter */
		{ "<example title='默认'><given name='甲'>1</given><expect name='八'>8</expect></example>", "" },
		{ "<example title='无行'><expect name='八'></expect><expect name='空值'></expect></example>", "" },
		{ "<example title='行'><rows table='单'>单号,款\nX1,100\nX2,50.05</rows><expect name='提成'>15.01</expect></example>", "" }, /* 10.00 + 5.005 */
		{ "<example title='引用'><rows table='单'>单号,款,客\nX1,100,K1\nX2,50,K2</rows><rows table='客户'>客户号,系数\nK1,2\nK2,0.5</rows>"
			"<expect name='乘'>225</expect></example>", "" },
		{ "<example title='号'><given name='工号'>00101</given><rows table='单'>单号,谁,款\nX1,00101,100</rows><expect name='提成'>10</expect></example>", "" },
		{ "<example title='上月' grade='S2' month='2026-06'><given name='甲'>7</given><past month='2026-05'><given name='工资'>1</given></past>"
			"<past month='2026-03'><given name='工资'>2</given></past><expect name='上'>1</expect><expect name='累'>4010</expect></example>", "" },
		{ "<example title='级月' grade='S2' month='2026-06'><past month='2026-05'><given name='工资'>1</given></past>"
			"<past month='2026-04'><given name='职级'>S1</given></past><expect name='级月'>2</expect><expect name='任'>2</expect></example>", "" },
		{ "<example title='机构目标'><given name='部门'>U1</given><given name='目标.月目标'>500</given><expect name='目'>500</expect></example>", "" },
		{ "<example title='机构行'><given name='部门'>U1</given><rows table='机构'>机构号,上级\nU0,\nU1,U0</rows><expect name='在'>是</expect></example>", "" },
		{ "<example title='机构行'><given name='部门'>U9</given><rows table='机构'>机构号,上级\nU0,\nU1,U0</rows><expect name='在'>否</expect></example>", "" },
		{ "<example title='比' grade='S2'><expect name='比'>2%</expect></example>", "" },
		{ "<example title='一人' grade='S2'><given name='甲'>1</given><expect name='名'>1</expect><expect name='部'>4001</expect></example>", "" },
		/* wrong ones are noticed */
		{ "<example title='错' grade='S1'><given name='甲'>500</given><expect name='工资'>3500.01</expect></example>", "fails" },
		{ "<example title='错'><expect name='工资'>0</expect></example>", "fails" }, /* missing is not 0 */
		{ "<example title='错'><given name='甲'>1</given><expect name='八'></expect></example>", "fails" },
		{ "<example title='错'><given name='没有'>1</given><expect name='八'></expect></example>", "fails" },
		{ "<example title='错'><given name='甲'>x</given><expect name='八'>8</expect></example>", "fails" },
		{ "<example title='错'><given name='职级'>S9</given><expect name='八'></expect></example>", "fails" },
		{ "<example title='错'><rows table='单'>单号,款\nX1,abc</rows><expect name='提成'>0</expect></example>", "fails" },
		{ "<example title='错' month='2026-06'><past month='2026-06'><given name='工资'>1</given></past><expect name='上'></expect></example>", "fails" },
		{ "<example title='错'><expect name='提'>0</expect></example>", "fails" }, /* a line is no figure of the person */
		{ "<example title='错' month='2026-06'><past month='2026-05'><given name='甲'>1</given></past><expect name='上'></expect></example>", "fails" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char *text = g_strconcat("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" POLICY,
			rows[i].example, "</policy>", NULL);
		struct month m;
		struct policy_reader reader;
		struct policy *policy;
		bool hold;

		month_begin(&m, text);
		reader = (struct policy_reader){ .arena = m.arena, .pool = m.pool, .diag = m.diag,
			.roots = { arena_printf(m.arena, "%s/policies", m.folder), NULL } };
		policy = policy_read(arena_printf(m.arena, "%s/policies/p.xml", m.folder), &reader);
		hold = policy && calc_examples(policy, NULL, calendar_new(m.arena), m.pool, m.diag);
		if (hold != !*rows[i].codes) {
			g_test_message("%s", rows[i].example);
			month_print(&m);
		}
		g_assert_cmpint(hold, ==, !*rows[i].codes);
		g_assert_cmpint(diag_errors(m.diag) > 0, ==, !hold);
		month_end(&m);
		g_free(text);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/calc/examples/givens, rows and past months stand for the inputs; what is wrong is noticed", test_examples);
	return g_test_run();
}
