#include "policy/formula_case.h"

static void test_money(void)
{
	static const struct formula_case cases[] = {
		{ "绩效工资 + 提成", "(+ 绩效工资 提成) : money" },
		{ "绩效工资 - 全勤奖标准", "(- 绩效工资 全勤奖标准) : money" },
		{ "绩效工资 × 系数", "(* 绩效工资 员工.系数) : money" },
		{ "系数 × 绩效工资", "(* 员工.系数 绩效工资) : money" },
		{ "绩效工资 × 5%", "(* 绩效工资 %0.05) : money" },
		{ "绩效工资 × 出勤率", "(* 绩效工资 考勤.出勤率) : money" },
		{ "绩效工资 ÷ 系数", "(/ 绩效工资 员工.系数) : money" },
		{ "绩效工资 ÷ 提成", "(/ 绩效工资 提成) : number" },
		{ "绩效工资 ÷ 提成 × 绩效工资", "(* (/ 绩效工资 提成) 绩效工资) : money" },
		{ "绩效工资 + 100", "(+ 绩效工资 100) : money" },
		{ "100 - 绩效工资", "(- 100 绩效工资) : money" },
		{ "绩效工资 + (2 × 3 - 1)", "(+ 绩效工资 (- (* 2 3) 1)) : money" },
		{ "绩效工资 + -1", "(+ 绩效工资 (- 1)) : money" },
		{ "绩效工资 + 20元", "(+ 绩效工资 $20) : money" },
		{ "20元 × 迟到次数", "(* $20 考勤.迟到次数) : money" },
		{ "20元 × 3", "(* $20 3) : money" },
		{ "-绩效工资", "(- 绩效工资) : money" },
		{ "绩效工资 + 空", "(+ 绩效工资 none) : money" },
		{ "绩效工资 × 空", "(* 绩效工资 none) : money" },
		{ "绩效工资 > 100", "(> 绩效工资 100) : yesno" },
		{ "100 < 绩效工资", "(< 100 绩效工资) : yesno" },
		{ "绩效工资 = 提成", "(= 绩效工资 提成) : yesno" },
		{ "绩效工资 in (100, 200元)", "(in 绩效工资 100 $200) : yesno" },
		{ "绩效工资 × 提成", "E0489 绩效工资 × 提成" },
		{ "1 + 绩效工资 × 20元", "E0489 绩效工资 × 20元" },
		{ "绩效工资 + 系数", "E0488 绩效工资 + 系数" },
		{ "系数 - 绩效工资", "E0488 系数 - 绩效工资" },
		{ "绩效工资 + 5%", "E0488 绩效工资 + 5%" },
		{ "绩效工资 + 迟到次数 × 2", "E0488 绩效工资 + 迟到次数 × 2" },
		{ "1 ÷ 绩效工资", "E0488 1 ÷ 绩效工资" },
		{ "系数 ÷ 绩效工资", "E0488 系数 ÷ 绩效工资" },
		{ "绩效工资 > 系数", "E0488 绩效工资 > 系数" },
		{ "绩效工资 = 出勤率", "E0488 绩效工资 = 出勤率" },
		{ "绩效工资 in (100, 系数)", "E0488 绩效工资 in (100, 系数)" },
	};

	CHECK_CASES(cases);
}

static void test_numbers(void)
{
	static const struct formula_case cases[] = {
		{ "系数 + 1", "(+ 员工.系数 1) : number" },
		{ "系数 × 2", "(* 员工.系数 2) : number" },
		{ "出勤率 × 100", "(* 考勤.出勤率 100) : number" },
		{ "出勤率 × 出勤率", "(* 考勤.出勤率 考勤.出勤率) : number" },
		{ "出勤率 + 系数", "(+ 考勤.出勤率 员工.系数) : number" },
		{ "出勤率 + 加成", "(+ 考勤.出勤率 加成) : percent" },
		{ "出勤率 ≥ 90%", "(>= 考勤.出勤率 %0.9) : yesno" },
		{ "出勤率 ≥ 0.9", "(>= 考勤.出勤率 0.9) : yesno" },
		{ "出勤率 > 系数", "(> 考勤.出勤率 员工.系数) : yesno" },
		{ "绩效得分 ÷ 100", "(/ 绩效得分 100) : number" },
		{ "1 ÷ 3", "(/ 1 3) : bare" },
		{ "-系数", "(- 员工.系数) : number" },
		{ "空 + 1", "(+ none 1) : bare" },
		{ "-空", "(- none) : none" },
		{ "-达标", "E0491 -达标" },
		{ "-“甲”", "E0491 -“甲”" },
		{ "系数 + 达标", "E0488 系数 + 达标" },
		{ "系数 + “1”", "E0488 系数 + “1”" },
		{ "达标 × 2", "E0488 达标 × 2" },
		{ "评语 ÷ 2", "E0488 评语 ÷ 2" },
	};

	CHECK_CASES(cases);
}

static void test_dates(void)
{
	static const struct formula_case cases[] = {
		{ "离职日期 - 入职日期", "(- 员工.离职日期 员工.入职日期) : number" },
		{ "入职日期 + 30", "(+ 员工.入职日期 30) : date" },
		{ "入职日期 - 系数", "(- 员工.入职日期 员工.系数) : date" },
		{ "入职日期 + 30 - 执行日", "(- (+ 员工.入职日期 30) 执行日) : number" },
		{ "入职日期 < 执行日", "(< 员工.入职日期 执行日) : yesno" },
		{ "入职日期 = date(2026, 10, 8)", "(= 员工.入职日期 (date 2026 10 8)) : yesno" },
		{ "入职日期 + 离职日期", "E0488 入职日期 + 离职日期" },
		{ "入职日期 + 20元", "E0488 入职日期 + 20元" },
		{ "30 + 入职日期", "E0488 30 + 入职日期" },
		{ "入职日期 × 2", "E0488 入职日期 × 2" },
		{ "-入职日期", "E0491 -入职日期" },
		{ "入职日期 > 2026", "E0488 入职日期 > 2026" },
		{ "入职日期 = “2026-10-08”", "E0488 入职日期 = “2026-10-08”" },
	};

	CHECK_CASES(cases);
}

static void test_texts_and_conditions(void)
{
	static const struct formula_case cases[] = {
		{ "评语 = “优”", "(= 评语 \"优\") : yesno" },
		{ "“优” <> 评语", "(<> \"优\" 评语) : yesno" },
		{ "评语 属于 (“优”, “良”)", "(in 评语 \"优\" \"良\") : yesno" },
		{ "评语 不属于 (“优”)", "(not-in 评语 \"优\") : yesno" },
		{ "评语 > “优”", "E0490 评语 > “优”" },
		{ "达标 = 是", "(= 达标 yes) : yesno" },
		{ "达标 ≥ 否", "E0490 达标 ≥ 否" },
		{ "达标 = “是”", "E0488 达标 = “是”" },
		{ "达标 = 1", "E0488 达标 = 1" },
		{ "评语 = 1", "E0488 评语 = 1" },
		{ "非 达标", "(not 达标) : yesno" },
		{ "达标 且 空", "(and 达标 none) : yesno" },
		{ "非 1", "E0487 1" },
		{ "达标 且 系数", "E0487 系数" },
		{ "系数 或 评语", "E0487 系数; E0487 评语" },
		{ "离职日期 = 空", "(= 员工.离职日期 none) : yesno; E0466 离职日期 = 空" },
		{ "达标 属于 (是, 空)", "(in 达标 yes none) : yesno; E0466 达标 属于 (是, 空)" },
		{ "岗位 = “销售”", "(= 员工.岗位 \"销售\") : yesno" },
		{ "岗位 = “消售”", "E0493 “消售”" },
		{ "“售后” ≠ 岗位", "E0493 “售后”" },
		{ "岗位 属于 (“销售”, “后勤”)", "E0493 “后勤”" },
		{ "岗位 属于 (“后勤”, “前台”)", "E0493 “后勤”; E0493 “前台”" },
		{ "岗位 = “”", "(= 员工.岗位 \"\") : yesno" },
		{ "岗位 = 评语", "(= 员工.岗位 评语) : yesno" },
		{ "缺省(岗位, “后勤”) = “后勤”", "(= (default 员工.岗位 \"后勤\") \"后勤\") : yesno" },
	};

	CHECK_CASES(cases);
}

static void test_grades(void)
{
	static const struct formula_case cases[] = {
		{ "职级 = “S1”", "(= 员工.职级 #S1) : yesno" },
		{ "职级 = “专员”", "(= 员工.职级 #S2) : yesno" },
		{ "“专员” = 职级", "(= 员工.职级 #S2) : yesno" },
		{ "职级 ≥ “S2”", "(>= 员工.职级 #S2) : yesno" },
		{ "“经理” > 职级", "(> #M2 员工.职级) : yesno" },
		{ "职级 > 原职级", "(> 员工.职级 员工.原职级) : yesno" },
		{ "职级 = 评语", "(= 员工.职级 评语) : yesno" },
		{ "职级 属于 (“S1”, “专员”)", "(in 员工.职级 #S1 #S2) : yesno" },
		{ "职级 不属于 (“M2”)", "(not-in 员工.职级 #M2) : yesno" },
		/* a title of two tracks asks for either */
		{ "职级 = “助理”", "(in 员工.职级 #S1 #M1) : yesno" },
		{ "职级 ≠ “助理”", "(not-in 员工.职级 #S1 #M1) : yesno" },
		{ "职级 属于 (“助理”, “M2”)", "(in 员工.职级 #S1 #M1 #M2) : yesno" },
		{ "职级 = “S3”", "E0494 “S3”" },
		{ "职级 ≥ “主管”", "E0494 “主管”" },
		{ "职级 属于 (“S1”, “S9”)", "E0494 “S9”" },
		{ "职级 = 1", "E0488 职级 = 1" },
		{ "职级 + 1", "E0488 职级 + 1" },
		{ "若(达标, 职级, “S2”)", "(if 达标 员工.职级 #S2) : grade" },
		{ "若(达标, “S2”, 职级)", "(if 达标 #S2 员工.职级) : grade" },
		{ "缺省(原职级, 职级)", "(default 员工.原职级 员工.职级) : grade" },
		{ "缺省(原职级, “S7”)", "E0494 “S7”" },
	};

	CHECK_CASES(cases);
}

static void test_wanted(void)
{
	static const struct formula_case money[] = {
		{ "绩效工资", "绩效工资 : money" }, { "100", "100 : bare" }, { "2 × 50", "(* 2 50) : bare" }, { "空", "none : none" },
		{ "若(达标, 100, 200)", "(if 达标 100 200) : bare" },
		{ "系数", "E0492 系数" }, { "5%", "E0492 5%" }, { "达标", "E0492 达标" }, { "系数 × 2", "E0492 系数 × 2" },
		{ "绩效工资 ÷ 提成", "E0492 绩效工资 ÷ 提成" },
	};
	static const struct formula_case number[] = {
		{ "系数", "员工.系数 : number" }, { "5%", "%0.05 : percent" }, { "100", "100 : bare" },
		{ "绩效工资", "E0492 绩效工资" }, { "入职日期", "E0492 入职日期" },
	};
	static const struct formula_case percent[] = {
		{ "系数", "员工.系数 : number" }, { "完成率", "完成率 : percent" }, { "0.5", "0.5 : bare" }, { "20元", "E0492 20元" },
	};
	static const struct formula_case yesno[] = {
		{ "达标", "达标 : yesno" }, { "系数 > 1", "(> 员工.系数 1) : yesno" }, { "1", "E0492 1" }, { "“是”", "E0492 “是”" },
	};
	static const struct formula_case text[] = {
		{ "评语", "评语 : text" }, { "职级", "员工.职级 : grade" }, { "工号", "E0469 工号" }, { "员工.工号", "员工.工号 : text" },
		{ "系数", "E0492 系数" },
	};
	static const struct formula_case date[] = {
		{ "入职日期 + 1", "(+ 员工.入职日期 1) : date" }, { "离职日期 - 入职日期", "E0492 离职日期 - 入职日期" },
	};

	CHECK_CASES_IN(money, .wanted = VALUE_MONEY);
	CHECK_CASES_IN(number, .wanted = VALUE_NUMBER);
	CHECK_CASES_IN(percent, .wanted = VALUE_PERCENT);
	CHECK_CASES_IN(yesno, .wanted = VALUE_YESNO);
	CHECK_CASES_IN(text, .wanted = VALUE_TEXT);
	CHECK_CASES_IN(date, .wanted = VALUE_DATE);
}

static void test_several(void)
{
	static const struct formula_case cases[] = {
		{ "迟到 + 早退", "E0467 迟到; E0467 早退" },
		{ "迟到 + 1 > 系数", "E0467 迟到" },
		{ "若(迟到, 绩效工资 × 提成, 早退)", "E0467 迟到; E0489 绩效工资 × 提成; E0467 早退" },
		{ "(迟到 + 绩效工资) × 20元", "E0467 迟到" },
		{ "合计(订单 其中 类型 = “收”, 总额)", "E0493 “收”; E0467 总额" },
		{ "绩效工资 × 提成 + 系数", "E0489 绩效工资 × 提成" },
	};

	CHECK_CASES(cases);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/formula/types/money keeps to money and bare numbers", test_money);
	g_test_add_func("/formula/types/a percent is a number", test_numbers);
	g_test_add_func("/formula/types/dates take days", test_dates);
	g_test_add_func("/formula/types/texts have no order and choices are known", test_texts_and_conditions);
	g_test_add_func("/formula/types/grades equal ids and titles", test_grades);
	g_test_add_func("/formula/types/a formula gives what its figure declares", test_wanted);
	g_test_add_func("/formula/types/several mistakes are said once each", test_several);
	return g_test_run();
}
