#include "policy/formula_case.h"

static void test_scalar(void)
{
	static const struct formula_case cases[] = {
		{ "若(达标, 绩效工资, 0)", "(if 达标 绩效工资 0) : money" },
		{ "if(达标, 1, 2)", "(if 达标 1 2) : bare" },
		{ "若(达标, “甲”, 空)", "(if 达标 \"甲\" none) : text" },
		{ "若(空, 1, 2)", "(if none 1 2) : bare" },
		{ "若(达标, 5%, 1)", "(if 达标 %0.05 1) : percent" },
		{ "若(达标, 5%, 系数)", "(if 达标 %0.05 员工.系数) : number" },
		{ "若(达标, 绩效工资, 系数)", "E0488 系数" },
		{ "若(达标, 达标, 1)", "E0488 1" },
		{ "若(1, 2, 3)", "E0486 1" },
		{ "若(达标, 1)", "E0485 若(达标, 1)" },
		{ "若(达标, 1, 2, 3)", "E0485 若(达标, 1, 2, 3)" },
		{ "若()", "E0485 若()" },
		{ "最小(1, 系数, 3)", "(min 1 员工.系数 3) : number" },
		{ "max(绩效工资, 100)", "(max 绩效工资 100) : money" },
		{ "max(100, 绩效工资, 提成)", "(max 100 绩效工资 提成) : money" },
		{ "最大(入职日期, 月初())", "(max 员工.入职日期 (month_start)) : date" },
		{ "最小(绩效工资)", "(min 绩效工资) : money" },
		{ "最小(绩效工资, 系数)", "E0488 系数" },
		{ "最小(入职日期, 1)", "E0488 1" },
		{ "最小(评语, “甲”)", "E0486 评语; E0486 “甲”" },
		{ "最小(达标)", "E0486 达标" },
		{ "最小()", "E0485 最小()" },
		{ "abs(-绩效工资)", "(abs (- 绩效工资)) : money" },
		{ "绝对值(系数)", "(abs 员工.系数) : number" },
		{ "绝对值(达标)", "E0486 达标" },
		{ "四舍五入(绩效工资, 0.1)", "(round 绩效工资 0.1) : money" },
		{ "下舍入(系数, 1)", "(floor 员工.系数 1) : number" },
		{ "ceil(出勤率, 1%)", "(ceil 考勤.出勤率 %0.01) : percent" },
		{ "round(绩效工资)", "E0485 round(绩效工资)" },
		{ "round(绩效工资, 1元)", "E0486 1元" },
		{ "缺省(绩效工资, 0)", "(default 绩效工资 0) : money" },
		{ "default(离职日期, 月末())", "(default 员工.离职日期 (month_end)) : date" },
		{ "缺省(离职日期, 0)", "E0488 0" },
		{ "缺失(离职日期)", "(missing 员工.离职日期) : yesno" },
		{ "missing(职级)", "(missing 员工.职级) : yesno" },
		{ "缺失(1, 2)", "E0485 缺失(1, 2)" },
	};

	CHECK_CASES(cases);
}

static void test_dates_and_texts(void)
{
	static const struct formula_case cases[] = {
		{ "month_start()", "(month_start) : date" }, { "月末()", "(month_end) : date" }, { "发薪日()", "(pay_date) : date" },
		{ "月初(1)", "E0485 月初(1)" },
		{ "天数(入职日期, 月末())", "(days 员工.入职日期 (month_end)) : number" },
		{ "工作日数(月初(), 月末()) + 法定假日数(月初(), 月末())",
			"(+ (workdays (month_start) (month_end)) (holidays (month_start) (month_end))) : number" },
		{ "相隔月数(入职日期, 发薪日())", "(months 员工.入职日期 (pay_date)) : number" },
		{ "天数(入职日期)", "E0485 天数(入职日期)" },
		{ "天数(入职日期, 30)", "E0486 30" },
		{ "date(2026, 10, 8)", "(date 2026 10 8) : date" },
		{ "日期(年(月初()), 1, 1)", "(date (year (month_start)) 1 1) : date" },
		{ "日期(2026, 10)", "E0485 日期(2026, 10)" },
		{ "日期(“2026”, 10, 1)", "E0486 “2026”" },
		{ "季(月初())", "(quarter (month_start)) : number" }, { "月(月初()) = 12", "(= (month_of (month_start)) 12) : yesno" },
		{ "日(入职日期)", "(day 员工.入职日期) : number" }, { "年(2026)", "E0486 2026" },
		{ "左取(姓名, 1)", "(left 员工.姓名 1) : text" }, { "right(员工.工号, 2)", "(right 员工.工号 2) : text" },
		{ "长度(姓名)", "(length 员工.姓名) : number" }, { "长度(职级)", "(length 员工.职级) : number" },
		{ "左取(姓名)", "E0485 左取(姓名)" }, { "左取(系数, 1)", "E0486 系数" }, { "长度(12)", "E0486 12" },
		{ "属于机构(“销售部”)", "(within \"销售部\") : yesno" }, { "within(1)", "E0486 1" },
		{ "任职级月数() ≥ 3", "(>= (months_in_grade) 3) : yesno" }, { "任职级月数(3)", "E0485 任职级月数(3)" },
	};

	CHECK_CASES(cases);
}

static void test_rows(void)
{
	static const struct formula_case cases[] = {
		{ "合计(订单 其中 类型 = “收款”, 金额)", "(sum 订单@0 where (= 订单.类型@0 \"收款\") 订单.金额@0) : money" },
		{ "sum(订单 where 已回款, 数量)", "(sum 订单@0 where 订单.已回款@0 订单.数量@0) : number" },
		{ "合计(订单, 1)", "(sum 订单@0 1) : bare" },
		{ "平均(订单, 金额)", "(average 订单@0 订单.金额@0) : money" },
		{ "最小(订单, 日期)", "(min 订单@0 订单.日期@0) : date" },
		{ "max(订单 where 已回款, 金额)", "(max 订单@0 where 订单.已回款@0 订单.金额@0) : money" },
		{ "计数(订单)", "(count 订单@0) : number" },
		{ "count(订单 where 已回款)", "(count 订单@0 where 订单.已回款@0) : number" },
		{ "存在(订单)", "(any 订单@0) : yesno" },
		{ "any(订单 where 已回款)", "(any 订单@0 where 订单.已回款@0) : yesno" },
		{ "全部(订单 其中 已回款)", "(all 订单@0 订单.已回款@0) : yesno" },
		{ "all(订单)", "(all 订单@0 yes) : yesno" },
		{ "唯一(订单 其中 金额 > 100, 类型) = “收款”",
			"(= (only 订单@0 where (> 订单.金额@0 100) 订单.类型@0) \"收款\") : yesno" },
		{ "最近(订单, 日期, 金额)", "(latest 订单@0 by 订单.日期@0 订单.金额@0) : money" },
		{ "最近(上岗资格 其中 生效日 ≤ 月末(), 生效日, 证书)",
			"(latest 上岗资格@0 where (<= 上岗资格.生效日@0 (month_end)) by 上岗资格.生效日@0 上岗资格.证书@0) : text" },
		{ "合计(订单 其中 空, 金额)", "(sum 订单@0 where none 订单.金额@0) : money" },
		{ "合计(订单)", "E0485 合计(订单)" },
		{ "合计()", "E0485 合计()" },
		{ "计数(订单, 金额)", "E0485 计数(订单, 金额)" },
		{ "最近(订单, 金额)", "E0485 最近(订单, 金额)" },
		{ "合计(绩效工资, 提成)", "E0495 绩效工资" },
		{ "合计(订单.金额)", "E0495 订单.金额" },
		{ "平均(1, 2)", "E0495 1" },
		{ "计数(订单 其中 金额)", "E0487 金额" },
		{ "合计(订单, 类型)", "E0486 类型" },
		{ "合计(订单, 日期)", "E0486 日期" },
		{ "最大(订单, 类型)", "E0486 类型" },
		{ "最近(订单, 类型, 金额)", "E0486 类型" },
		{ "合计(金额 其中 金额 > 0, 金额)", "E0495 金额" },
		{ "合计(订单, 金额 其中 已回款)", "E0464 其中 已回款" },
		{ "若(达标 其中 达标, 1, 2)", "E0464 其中 达标" },
		{ "绝对值(订单)", "E0496 订单" },
		{ "缺失(订单)", "E0496 订单" },
		{ "本年累计(订单)", "E0496 订单" },
	};

	CHECK_CASES(cases);
}

static void test_rates_and_tiers(void)
{
	static const struct formula_case cases[] = {
		{ "提成比例(岗位, 职级)", "(提成比例 员工.岗位 员工.职级) : percent" },
		{ "单价(“甲”) × 系数", "(* (单价 \"甲\") 员工.系数) : money" },
		{ "提成比例(岗位)", "E0485 提成比例(岗位)" },
		{ "单价()", "E0485 单价()" },
		{ "单价(甲)", "E0467 甲" },
		{ "税率(绩效工资)", "(税率 绩效工资) : money" },
		{ "税率(系数)", "(税率 员工.系数) : number" },
		{ "税率(100)", "(税率 100) : bare" },
		{ "全额(绩效工资 × 2)", "(全额 (* 绩效工资 2)) : money" },
		{ "档次(绩效得分)", "(档次 绩效得分) : text" },
		{ "系数档(绩效工资)", "(系数档 绩效工资) : number" },
		{ "税率(1, 2)", "E0485 税率(1, 2)" },
		{ "税率(达标)", "E0486 达标" },
		{ "档次(入职日期)", "E0486 入职日期" },
	};

	CHECK_CASES(cases);
}

static void test_lines_and_share(void)
{
	static const struct formula_case cases[] = {
		{ "已计(收款提成, “X1”)", "(paid 收款提成 \"X1\") : money" },
		{ "earned(收款提成, 员工.工号)", "(earned 收款提成 员工.工号) : money" },
		{ "已计(收款提成)", "E0485 已计(收款提成)" },
		{ "已计(提成, “X1”)", "E0497 提成" },
		{ "已计(订单, “X1”)", "E0496 订单" },
		{ "已计(1 + 1, “X1”)", "E0497 1 + 1" },
		{ "已计(收款提成, 1)", "E0486 1" },
		{ "分摊(10000元, 绩效得分)", "(share $10000 绩效得分) : money" },
		{ "share(全勤奖标准, 若(达标, 1, 0))", "(share 全勤奖标准 (if 达标 1 0)) : money" },
		{ "分摊(公司合计(提成), 绩效得分)", "E0498 公司合计(提成)" },
		{ "分摊(1000, 迟到次数)", "E0498 迟到次数" },
		{ "分摊(1000)", "E0485 分摊(1000)" },
		{ "分摊(1000, 评语)", "E0486 评语" },
	};

	CHECK_CASES(cases);
}

static void test_history(void)
{
	static const struct formula_case cases[] = {
		{ "上月(绩效得分)", "(previous 绩效得分) : number" },
		{ "上月(职级) ≠ 职级", "(<> (previous 员工.职级) 员工.职级) : yesno" },
		{ "上月(部门)", "(previous 员工.部门) : text" },
		{ "前月(3, 绩效工资)", "(ago 绩效工资 3) : money" },
		{ "ago(迟到次数, 绩效工资)", "(ago 绩效工资 考勤.迟到次数) : money" },
		{ "本年累计(绩效工资 + 提成)", "(ytd (+ 绩效工资 提成)) : money" },
		{ "ytd(基本工资标准 × 加成)", "(ytd (* 基本工资标准 加成)) : money" },
		{ "本年前月累计(绩效工资)", "(ytd_before 绩效工资) : money" },
		{ "本季累计(系数档(绩效得分))", "(qtd (系数档 绩效得分)) : number" },
		{ "税年累计(绩效工资)", "(tax_ytd 绩效工资) : money" }, { "tax_ytd_before(绩效工资)", "(tax_ytd_before 绩效工资) : money" },
		{ "近月合计(3, 绩效得分)", "(last_sum 绩效得分 3) : number" },
		{ "近月平均(3, 绩效得分) ≥ 90", "(>= (last_average 绩效得分 3) 90) : yesno" },
		{ "已知合计(12, 提成)", "(known_sum 提成 12) : money" },
		{ "近月计数(6, 绩效得分 < 60)", "(last_count (< 绩效得分 60) 6) : number" },
		{ "上季合计(提成)", "(last_quarter_sum 提成) : money" },
		{ "连续月数(绩效得分 ≥ 达标线)", "(streak (>= 绩效得分 达标线)) : number" },
		{ "连续月数(达标, 职级 = “S1”)", "(streak where (= 员工.职级 #S1) 达标) : number" },
		{ "上月(职级.基本工资标准)", "(previous 基本工资标准/员工.职级) : money" },
		{ "上月(若(达标, 绩效工资, 0元))", "(previous (if 达标 绩效工资 $0)) : money" },
		{ "本年累计(四舍五入(绩效工资, 1))", "(ytd (round 绩效工资 1)) : money" },
		{ "本年累计(空)", "(ytd none) : bare" },
		{ "本年累计(达标)", "E0486 达标" },
		{ "近月合计(3, 评语)", "E0486 评语" },
		{ "近月计数(6, 绩效得分)", "E0486 绩效得分" },
		{ "连续月数(3)", "E0486 3" },
		{ "连续月数(达标, 3)", "E0486 3" },
		{ "近月合计(绩效得分)", "E0485 近月合计(绩效得分)" },
		{ "近月合计(20元, 绩效得分)", "E0486 20元" },
		{ "连续月数(达标, 达标, 达标)", "E0485 连续月数(达标, 达标, 达标)" },
		{ "前月(上月(绩效得分), 绩效得分)", "(ago 绩效得分 (previous 绩效得分)) : number" },
		/* nothing that the books do not keep */
		{ "上月(迟到次数)", "E0498 迟到次数" },
		{ "上月(底薪)", "E0498 底薪" },
		{ "上月(姓名)", "E0498 姓名" },
		{ "上月(原职级)", "E0498 原职级" },
		{ "本年累计(合计(订单, 金额))", "E0498 合计(订单, 金额)" },
		{ "本年累计(最大(订单, 金额))", "E0498 最大(订单, 金额)" },
		{ "本年累计(金额)", "E0498 金额" },
		{ "本年累计(收款提成)", "E0498 收款提成" },
		{ "本年累计(已计(收款提成, “X”))", "E0498 已计(收款提成, “X”)" },
		{ "上月(月初())", "E0498 月初()" }, { "上月(月末())", "E0498 月末()" }, { "上月(月份())", "E0498 月份()" },
		{ "上月(发薪日())", "E0498 发薪日()" },
		{ "上月(上月(绩效得分))", "E0498 上月(绩效得分)" },
		{ "本年累计(部门合计(提成))", "E0498 部门合计(提成)" },
		{ "连续月数(排名(绩效得分) ≤ 3)", "E0498 排名(绩效得分)" },
		{ "连续月数(达标, 任职级月数() < 3)", "E0498 任职级月数()" },
		{ "上月(部门.城市)", "E0498 部门.城市" },
		{ "上月(分摊(100, 绩效得分))", "E0498 分摊(100, 绩效得分)" },
		{ "合计(订单, 金额 × 上月(完成率))", "(sum 订单@0 (* 订单.金额@0 (previous 完成率))) : money" },
	};

	CHECK_CASES(cases);
}

static void test_groups(void)
{
	static const struct formula_case cases[] = {
		{ "部门合计(提成)", "(unit_sum 提成) : money" }, { "unit_average(绩效得分)", "(unit_average 绩效得分) : number" },
		{ "部门计数(达标)", "(unit_count 达标) : number" }, { "下属合计(提成)", "(led_sum 提成) : money" },
		{ "led_average(绩效得分)", "(led_average 绩效得分) : number" }, { "下属计数(绩效得分 < 60)", "(led_count (< 绩效得分 60)) : number" },
		{ "公司合计(提成)", "(company_sum 提成) : money" }, { "公司平均(绩效得分)", "(company_average 绩效得分) : number" },
		{ "公司计数(职级 = “S1”)", "(company_count (= 员工.职级 #S1)) : number" },
		{ "排名(绩效得分)", "(rank 绩效得分) : number" }, { "unit_rank(提成)", "(unit_rank 提成) : number" },
		{ "职级排名(绩效得分 + 投诉扣分)", "(grade_rank (+ 绩效得分 投诉扣分)) : number" },
		{ "提成 ÷ 公司合计(提成)", "(/ 提成 (company_sum 提成)) : number" },
		{ "排名(评语)", "E0486 评语" }, { "排名(入职日期)", "E0498 入职日期" }, { "部门计数(1)", "E0486 1" },
		{ "公司合计(迟到次数)", "E0498 迟到次数" }, { "部门合计(合计(订单, 金额))", "E0498 合计(订单, 金额)" },
		{ "排名(上月(绩效得分))", "E0498 上月(绩效得分)" }, { "公司合计(部门合计(提成))", "E0498 部门合计(提成)" },
		{ "排名()", "E0485 排名()" }, { "排名(提成, 1)", "E0485 排名(提成, 1)" },
	};

	CHECK_CASES(cases);
}

static void test_self(void)
{
	static const struct formula_case cases[] = {
		{ "提成", "E0499 提成" },
		{ "提成 + 1", "E0499 提成" },
		{ "上月(提成)", "(previous 提成) : money" },
		{ "前月(2, 提成)", "(ago 提成 2) : money" },
		{ "本年前月累计(提成)", "(ytd_before 提成) : money" },
		{ "税年前月累计(提成 - 绩效工资)", "(tax_ytd_before (- 提成 绩效工资)) : money" },
		{ "本年累计(提成)", "E0499 提成" },
		{ "税年累计(提成)", "E0499 提成" },
		{ "近月合计(3, 提成)", "E0499 提成" },
		{ "上季合计(提成)", "E0499 提成" },
		{ "连续月数(提成 > 0)", "E0499 提成" },
		{ "公司合计(提成)", "E0499 提成" },
		{ "若(缺失(上月(提成)), 0, 上月(提成) + 提成)", "E0499 提成" },
	};

	CHECK_CASES_IN(cases, .self = &company_items[4], .wanted = VALUE_NONE);
}

/* Every function has one place in the table, two names of its own, and is found by both. */
static void test_table(void)
{
	for (int i = 0; i < FN_COUNT_OF_FUNCTIONS; i++) {
		const struct function_entry *entry = function_entry((enum function)i);

		g_assert_cmpint((int)entry->function, ==, i);
		g_assert_nonnull(entry->english);
		g_assert_nonnull(entry->chinese);
		for (int j = 0; j < i; j++) {
			const struct function_entry *other = function_entry((enum function)j);
			bool same = !strcmp(entry->english, other->english);

			g_assert_true(same == !strcmp(entry->chinese, other->chinese));
			if (same) /* min and max, of values and of rows */
				g_assert_true(entry->class == CLASS_ROWS && other->class == CLASS_SCALAR);
		}
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/formula/functions/of values", test_scalar);
	g_test_add_func("/formula/functions/of dates and texts", test_dates_and_texts);
	g_test_add_func("/formula/functions/over rows", test_rows);
	g_test_add_func("/formula/functions/rates and tiers are called by name", test_rates_and_tiers);
	g_test_add_func("/formula/functions/paid earned and share", test_lines_and_share);
	g_test_add_func("/formula/functions/history sees what the books keep", test_history);
	g_test_add_func("/formula/functions/groups see what the books keep", test_groups);
	g_test_add_func("/formula/functions/a figure names itself only in earlier months", test_self);
	g_test_add_func("/formula/functions/each stands once in the table", test_table);
	return g_test_run();
}
