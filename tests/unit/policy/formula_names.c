#include "policy/formula_case.h"

static void test_kinds(void)
{
	static const struct formula_case cases[] = {
		{ "绩效工资", "绩效工资 : money" }, { "绩效得分", "绩效得分 : number" }, { "质量得分", "质量得分 : number" },
		{ "投诉扣分", "投诉扣分 : number" }, { "应发合计", "应发合计 : money" },
		{ "全勤奖标准", "全勤奖标准 : money" }, { "执行日", "执行日 : date" }, { "加成", "加成 : percent" },
		{ "基本工资标准", "基本工资标准 : money" }, { "目标数", "目标数 : number" },
		{ "职级", "员工.职级 : grade" }, { "部门", "员工.部门 : text" }, { "岗位", "员工.岗位 : text" },
		{ "员工.职级", "员工.职级 : grade" }, { "考勤.备注", "考勤.备注 : text" }, { "出勤率", "考勤.出勤率 : percent" },
		{ "员工 . 职级", "员工.职级 : grade" },
		{ "职级.基本工资标准", "基本工资标准/员工.职级 : money" },
		{ "原职级.基本工资标准", "基本工资标准/员工.原职级 : money" },
		{ "员工.原职级.目标数", "目标数/员工.原职级 : number" },
		{ "部门.城市", "机构.城市/员工.部门 : text" },
		{ "部门.上级.城市", "机构.城市/机构.上级/员工.部门 : text" },
		{ "日期(2026, 10, 8)", "(date 2026 10 8) : date" },
		{ "月份()", "(month) : date" },
	};

	CHECK_CASES(cases);
}

static void test_unknown(void)
{
	static const struct formula_case cases[] = {
		{ "绩效工次", "E0467 绩效工次" },
		{ "不知道", "E0467 不知道" },
		{ "工号", "E0469 工号" },
		{ "备注", "E0469 备注" },
		{ "员工", "E0476 员工" },
		{ "订单", "E0476 订单" },
		{ "员工.年龄", "E0477 年龄" },
		{ "考勤.迟到", "E0477 迟到" },
		{ "考勤.绩效工资", "E0477 绩效工资" },
		{ "职级.标准", "E0479 标准" },
		{ "职级.目标数.甲", "E0478 甲" },
		{ "岗位.甲", "E0478 甲" },
		{ "绩效工资.甲", "E0478 甲" },
		{ "全勤奖标准.甲", "E0478 甲" },
		{ "部门.人数", "E0477 人数" },
		{ "提成比例", "E0475 提成比例" },
		{ "税率", "E0475 税率" },
		{ "低于最低工资", "E0484 低于最低工资" },
		{ "月初", "E0473 月初" },
		{ "合计", "E0473 合计" },
		{ "提成(1)", "E0474 提成" },
		{ "职级(1)", "E0474 职级" },
		{ "求和(1)", "E0472 求和" },
		{ "summ(订单, 金额)", "E0472 summ" },
		{ "性别", "E0480 性别" },
		{ "员工.性别 = “男”", "E0480 员工.性别" },
		{ "缺失(性别)", "E0480 性别" },
		{ "收款提成", "E0483 收款提成" },
	};

	CHECK_CASES(cases);
}

static void test_rows(void)
{
	static const struct formula_case cases[] = {
		{ "金额", "E0481 金额" },
		{ "订单.金额", "E0481 订单.金额" },
		{ "等级", "E0482 等级" },
		{ "客户.等级", "E0482 客户.等级" },
		{ "合计(订单, 金额)", "(sum 订单@0 订单.金额@0) : money" },
		{ "合计(订单, 订单.金额)", "(sum 订单@0 订单.金额@0) : money" },
		{ "合计(订单, 工号) ", "E0486 工号" },
		{ "唯一(订单, 工号)", "(only 订单@0 订单.工号@0) : text" },
		{ "唯一(订单, 客户编号.等级)", "(only 订单@0 客户.等级/订单.客户编号@0) : text" },
		{ "唯一(订单, 订单.客户编号.区域.区域系数)",
			"(only 订单@0 区域表.区域系数/客户.区域/订单.客户编号@0) : number" },
		{ "唯一(订单, 客户编号.负责职级.目标数)", "(only 订单@0 目标数/客户.负责职级/订单.客户编号@0) : number" },
		{ "唯一(订单, 成单职级.基本工资标准)", "(only 订单@0 基本工资标准/订单.成单职级@0) : money" },
		{ "计数(订单 其中 客户编号.等级 = “D”)", "E0493 “D”" },
		{ "计数(订单 其中 客户编号.法人性别 = “男”)", "E0480 客户编号.法人性别" },
		{ "唯一(订单, 客户编号.姓名)", "E0477 姓名" },
		{ "唯一(订单, 原订单号.甲)", "E0478 甲" },
		{ "唯一(订单, 月份)", "(only 订单@0 订单.月份@0) : date" },
		{ "唯一(订单, 月份 = 月份())", "(only 订单@0 (= 订单.月份@0 (month))) : yesno" },
		{ "唯一(订单, 备注)", "E0469 备注" },
		{ "唯一(上岗资格, 备注)", "(only 上岗资格@0 上岗资格.备注@0) : text" },
		{ "合计(订单, 收款提成)", "(sum 订单@0 收款提成@0) : money" },
		{ "合计(订单, 订单.收款提成)", "(sum 订单@0 收款提成@0) : money" },
		{ "合计(上岗资格, 收款提成)", "E0483 收款提成" },
		{ "合计(客户, 额度)", "(sum 客户@0 客户.额度@0) : money" },
		{ "合计(订单, 金额 × 系数)", "(sum 订单@0 (* 订单.金额@0 员工.系数)) : money" },
		{ "计数(订单 其中 存在(上岗资格 其中 生效日 ≤ 订单.日期 且 失效日 ≥ 订单.日期))",
			"(count 订单@0 where (any 上岗资格@1 where (and (<= 上岗资格.生效日@1 订单.日期@0) "
			"(>= 上岗资格.失效日@1 订单.日期@0)))) : number" },
		{ "计数(订单 其中 存在(上岗资格 其中 生效日 ≤ 日期))",
			"(count 订单@0 where (any 上岗资格@1 where (<= 上岗资格.生效日@1 订单.日期@0))) : number" },
		{ "合计(订单, 金额 ÷ 合计(订单, 金额))",
			"(sum 订单@0 (/ 订单.金额@0 (sum 订单@1 订单.金额@1))) : number" },
		{ "合计(订单, 金额) + 金额", "E0481 金额" },
	};

	CHECK_CASES(cases);
}

static void test_line(void)
{
	static const struct formula_case cases[] = {
		{ "金额 × 提成比例(业务来源, 职级)", "(* 订单.金额@0 (提成比例 订单.业务来源@0 员工.职级)) : money" },
		{ "若(类型 = “退款”, -计至本月(收款提成, 原订单号), 0)",
			"(if (= 订单.类型@0 \"退款\") (- (earned 收款提成 订单.原订单号@0)) 0) : money" },
		{ "订单.金额", "订单.金额@0 : money" },
		{ "收款提成", "收款提成@0 : money" },
		{ "合计(上岗资格 其中 生效日 ≤ 日期, 1)", "(sum 上岗资格@1 where (<= 上岗资格.生效日@1 订单.日期@0) 1) : bare" },
		{ "退回提成", "E0499 退回提成" },
		{ "计至本月(退回提成, 原订单号)", "E0499 计至本月(退回提成, 原订单号)" },
		{ "已计(退回提成, 原订单号)", "(paid 退回提成 订单.原订单号@0) : money" },
		{ "证书", "E0481 证书" },
		{ "本年累计(金额)", "E0498 金额" },
	};

	CHECK_CASES_IN(cases, .row = &company_tables[2], .self = &company_items[11], .wanted = VALUE_NONE);
}

static void test_staff_only(void)
{
	static const struct formula_case cases[] = {
		{ "岗位 = “销售”", "(= 员工.岗位 \"销售\") : yesno" },
		{ "职级 ≥ “S2” 且 非 试用期", "(and (>= 员工.职级 #S2) (not 员工.试用期)) : yesno" },
		{ "左取(员工.工号, 1) = “E”", "(= (left 员工.工号 1) \"E\") : yesno" },
		{ "系数 > 达标线", "(> 员工.系数 达标线) : yesno" },
		{ "入职日期 ≤ 月末()", "(<= 员工.入职日期 (month_end)) : yesno" },
		{ "属于机构(“D1”)", "E0430 属于机构(“D1”)" },
		{ "绩效得分 > 60", "E0430 绩效得分" },
		{ "迟到次数 > 1", "E0430 迟到次数" },
		{ "计数(订单) > 1", "E0430 计数(订单)" },
		{ "连续月数(达标) > 1", "E0430 连续月数(达标)" },
		{ "公司计数(是) > 1", "E0430 公司计数(是)" },
		{ "任职级月数() > 1", "E0430 任职级月数()" },
	};

	CHECK_CASES_IN(cases, .staff_only = true, .wanted = VALUE_YESNO);
}

static void test_nearest(void)
{
	static const struct { const char *source, *help; } cases[] = {
		{ "绩效工次", "绩效工资" }, { "职级属于 (“S1”)", "职级 属于" }, { "非试用期", "非 试用期" },
		{ "达标且是", "达标 且 是" }, { "达标或非试用期", "达标 或 非 试用期" }, { "职级不属于 (“S1”)", "职级 不属于" },
		{ "非缺失(评语)", "非 缺失" }, { "四舍五进(1, 1)", "四舍五入" }, { "考勤.迟到次", "迟到次数" },
		{ "职级.基本工资标淮", "基本工资标准" }, { "岗位 = “消售”", "销售" }, { "职级 = “专圆”", "专员" },
		{ "提成比列(1, 2)", "提成比例" }, { "系数 大于 1", "'>'" }, { "达标 AND 达标", "'and'" }, { "NOT 达标", "'not'" },
		{ "300 元", "'300元'" }, { "达标 = TRUE", "'yes'" }, { "达标且质量得分", "达标 且 质量得分" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench bench;
		struct formula formula = { .root = NULL };
		const struct diag_item *item;

		bench_init(&bench);
		formula.text = bench_text(&bench, cases[i].source);
		g_assert_false(formula_compile(&formula, &(struct formula_scope){ .policy = bench.policy, .wanted = VALUE_NONE },
			bench.arena, bench.pool, bench.diag));
		item = diag_item(bench.diag, 0);
		if (!item || !item->help || !strstr(item->help, cases[i].help)) {
			g_test_message("%s: no '%s' in: %s", cases[i].source, cases[i].help, item && item->help ? item->help : "");
			g_test_fail();
		}
		bench_release(&bench);
	}
}

static char *clashes_of(struct policy *policy)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	const struct diag_item *item;
	GString *out = g_string_new(NULL);

	names_build(policy, arena, diag);
	for (size_t i = 0; (item = diag_item(diag, i)) != NULL; i++)
		g_string_append_printf(out, "%s%s:%ld %s", i ? "; " : "", item->entry->code, item->place.line, item->text);
	diag_free(diag);
	arena_free(arena);
	return g_string_free(out, FALSE);
}

static void test_clashes(void)
{
	static struct column a[] = { { .name = "金额", .place = AT(11) }, { .name = "奖金", .place = AT(12) } };
	static struct column b[] = { { .name = "金额", .place = AT(21) }, { .name = "金额", .place = AT(22) } };
	static struct table_spec tables[] = {
		TABLE(a, .name = "甲", .place = AT(10)), TABLE(b, .name = "乙", .place = AT(20)) };
	static struct table_spec *list[] = { &tables[0], &tables[1] };
	static struct item bonus = { .name = "奖金", .place = AT(30) }, number = { .name = "12", .place = AT(31) };
	static struct item word = { .name = "属于", .place = AT(32) }, sign = { .name = "奖金(元)", .place = AT(33) };
	static struct item wide = { .name = "Ｋ", .place = AT(34) }, narrow = { .name = "K", .place = AT(35) };
	static struct item digit = { .name = "2次", .place = AT(36) }, yuan = { .name = "5元", .place = AT(37) };
	static struct item *items[] = { &bonus, &number, &word, &sign, &wide, &narrow, &digit, &yuan };
	struct policy policy = { .tables = list, .table_count = 2, .items = items, .item_count = COUNT(items) };
	char *got = clashes_of(&policy);

	g_assert_cmpstr(got, ==, "E0470:22 the name '金额' is taken: see policy.xml:11; "
		"E0470:30 the name '奖金' is taken: see policy.xml:12; E0471:31 '12' cannot be a name; "
		"E0471:32 '属于' cannot be a name; E0471:33 '奖金(元)' cannot be a name; "
		"E0470:35 the name 'K' is taken: see policy.xml:34; E0471:37 '5元' cannot be a name");
	g_free(got);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/formula/names/each kind of name means its thing", test_kinds);
	g_test_add_func("/formula/names/what a name is not has its message", test_unknown);
	g_test_add_func("/formula/names/columns of rows are the row's inside aggregates", test_rows);
	g_test_add_func("/formula/names/a line's formula stands in its table's row", test_line);
	g_test_add_func("/formula/names/company.xml's conditions see the staff table only", test_staff_only);
	g_test_add_func("/formula/names/the nearest known name is offered", test_nearest);
	g_test_add_func("/formula/names/clashes name both lines", test_clashes);
	return g_test_run();
}
