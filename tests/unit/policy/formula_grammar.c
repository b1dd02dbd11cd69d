#include "policy/formula_case.h"

static void test_literals(void)
{
	static const struct formula_case cases[] = {
		{ "12", "12 : bare" },
		{ "0.5", "0.5 : bare" },
		{ "007", "7 : bare" },
		{ "１２．５", "12.5 : bare" },
		{ "5%", "%0.05 : percent" },
		{ "2.5％", "%0.025 : percent" },
		{ "20元", "$20 : money" },
		{ "0.05元", "$0.05 : money" },
		{ "¥20", "$20 : money" },
		{ "￥20.5", "$20.5 : money" },
		{ "¥ 20", "$20 : money" },
		{ "\"文本\"", "\"文本\" : text" },
		{ "“文本”", "\"文本\" : text" },
		{ "\" 两端有空白　\"", "\"两端有空白\" : text" },
		{ "“”", "\"\" : text" },
		{ "“１２＋３”", "\"１２＋３\" : text" },
		{ "“say \"hi\"”", "\"say \"hi\"\" : text" },
		{ "yes", "yes : yesno" }, { "是", "yes : yesno" }, { "no", "no : yesno" }, { "否", "no : yesno" },
		{ "none", "none : none" }, { "空", "none : none" },
		{ "  12\n\t ", "12 : bare" },
		{ "1234567890123456789012345678901234", "1234567890123456789012345678901234 : bare" },
	};

	CHECK_CASES(cases);
}

static void test_precedence(void)
{
	static const struct formula_case cases[] = {
		{ "1 + 2 × 3", "(+ 1 (* 2 3)) : bare" },
		{ "1 × 2 + 3", "(+ (* 1 2) 3) : bare" },
		{ "1 - 2 - 3", "(- (- 1 2) 3) : bare" },
		{ "8 ÷ 4 ÷ 2", "(/ (/ 8 4) 2) : bare" },
		{ "8 ÷ 4 × 2", "(* (/ 8 4) 2) : bare" },
		{ "(1 + 2) × 3", "(* (+ 1 2) 3) : bare" },
		{ "-2 × 3", "(* (- 2) 3) : bare" },
		{ "2 × -3", "(* 2 (- 3)) : bare" },
		{ "- -3", "(- (- 3)) : bare" },
		{ "1--2", "(- 1 (- 2)) : bare" },
		{ "1 + 2 = 3", "(= (+ 1 2) 3) : yesno" },
		{ "yes or no and no", "(or yes (and no no)) : yesno" },
		{ "(yes or no) and no", "(and (or yes no) no) : yesno" },
		{ "not yes or no", "(or (not yes) no) : yesno" },
		{ "not 1 = 2", "(not (= 1 2)) : yesno" },
		{ "not not yes", "(not (not yes)) : yesno" },
		{ "非 是 且 非 否", "(and (not yes) (not no)) : yesno" },
		{ "是 或 否 或 是", "(or (or yes no) yes) : yesno" },
		{ "1 in (1, 2) and yes", "(and (in 1 1 2) yes) : yesno" },
		{ "1 + 1 属于 (2)", "(in (+ 1 1) 2) : yesno" },
		{ "1 not in (2, 3)", "(not-in 1 2 3) : yesno" },
		{ "1 不属于 (2, 3)", "(not-in 1 2 3) : yesno" },
		{ "1 非 属于 (2)", "(not-in 1 2) : yesno" },
		{ "not 1 in (2)", "(not (in 1 2)) : yesno" },
		{ "(1 = 2) = no", "(= (= 1 2) no) : yesno" },
		{ "((((12))))", "12 : bare" },
	};

	CHECK_CASES(cases);
}

static void test_signs(void)
{
	static const struct formula_case cases[] = {
		{ "1 ＋ 2 － 3 × 4 ÷ 5", "(- (+ 1 2) (/ (* 3 4) 5)) : bare" },
		{ "1 * 2 / 3", "(/ (* 1 2) 3) : bare" },
		{ "1 ／ 2", "(/ 1 2) : bare" },
		{ "1 − 2", "(- 1 2) : bare" },
		{ "1 ＝ 2", "(= 1 2) : yesno" },
		{ "1 ＜ 2", "(< 1 2) : yesno" }, { "1 ＞ 2", "(> 1 2) : yesno" },
		{ "1 ≤ 2", "(<= 1 2) : yesno" }, { "1 ≥ 2", "(>= 1 2) : yesno" }, { "1 ≠ 2", "(<> 1 2) : yesno" },
		{ "1 <= 2", "(<= 1 2) : yesno" }, { "1 >= 2", "(>= 1 2) : yesno" }, { "1 <> 2", "(<> 1 2) : yesno" },
		{ "1 ＜＝ 2", "(<= 1 2) : yesno" }, { "1 ＜＞ 2", "(<> 1 2) : yesno" }, { "1 ＞= 2", "(>= 1 2) : yesno" },
		{ "最小（1，2）", "(min 1 2) : bare" },
		{ "订单．金额", "E0481 订单．金额" },
		{ "1<-2", "(< 1 (- 2)) : yesno" },
		{ "1=-2", "(= 1 (- 2)) : yesno" },
		{ "2*-3", "(* 2 (- 3)) : bare" },
	};

	CHECK_CASES(cases);
}

static void test_words(void)
{
	static const struct formula_case cases[] = {
		{ "迟到次数", "考勤.迟到次数 : number" },
		{ "2次奖励", "员工.2次奖励 : number" },
		{ "２次奖励 + 1", "(+ 员工.2次奖励 1) : number" },
		{ "K值", "员工.Ｋ值 : number" },
		{ "Ｋ值", "员工.Ｋ值 : number" },
		{ "员工.Ｋ值", "员工.Ｋ值 : number" },
		{ "达标 and 是", "(and 达标 yes) : yesno" },
		{ "达标 或 达标", "(or 达标 达标) : yesno" },
		{ "达标且是", "E0468 达标且是" },
		{ "非试用期", "E0468 非试用期" },
		{ "职级属于 (“S1”)", "E0468 职级属于" },
		{ "非缺失(评语)", "E0468 非缺失" },
		{ "达标 AND 是", "E0459 AND" },
		{ "3倍", "E0467 3倍" },
		{ "1.5倍", "E0455 1.5倍" },
		{ "¥20元", "E0455 ¥20元" },
		{ "20 元", "E0459 元" },
		{ "系数 大于 1", "E0459 大于" },
		{ "NOT 达标", "E0459 NOT" },
		{ "若(达标 并且 达标, 1, 2)", "E0459 并且" },
		{ "(达标 或者 达标)", "E0459 或者" },
		{ "系数 = NULL", "E0467 NULL" },
		{ "¥", "E0455 ¥" },
		{ "1e5", "E0467 1e5" },
		{ "12345678901234567890123456789012345", "E0456 12345678901234567890123456789012345" },
	};

	CHECK_CASES(cases);
}

static void test_written_wrong(void)
{
	static const struct formula_case cases[] = {
		{ "", "E0450 " },
		{ "  \n ", "E0450   " },
		{ "1 +", "E0458 +" },
		{ "1 + × 2", "E0457 ×" },
		{ "+ 1", "E0457 +" },
		{ "()", "E0457 )" },
		{ "(1", "E0460 (" },
		{ "最小(1, 2", "E0460 (" },
		{ "1)", "E0461 )" },
		{ "最小(1 2)", "E0459 2" },
		{ "最小(1,, 2)", "E0457 ," },
		{ "最小(1,)", "E0457 )" },
		{ "最小(, 1)", "E0457 ," },
		{ "1, 2", "E0459 ," },
		{ "1 2", "E0459 2" },
		{ "1 < 2 < 3", "E0462 <" },
		{ "1 = 2 = 3", "E0462 =" },
		{ "60 ≤ 达标线 ＜ 90", "E0462 ＜" },
		{ "1 in (1) in (2)", "E0462 in" },
		{ "1 in 2", "E0463 in" },
		{ "1 属于 ()", "E0463 )" },
		{ "1 not in 2", "E0463 not in" },
		{ "1 = not 2", "E0457 not" },
		{ "“文本", "E0454 “" },
		{ "\"文本", "E0454 \"" },
		{ "1 == 2", "E0453 ==" },
		{ "1 != 2", "E0453 !=" },
		{ "1 => 2", "E0453 =>" },
		{ "1 =< 2", "E0453 =<" },
		{ "达标 && 达标", "E0453 &&" },
		{ "达标 || 达标", "E0453 ||" },
		{ "达标 | 达标", "E0453 |" },
		{ "!达标", "E0453 !" },
		{ "2 ** 3", "E0453 **" },
		{ "2 ^ 3", "E0453 ^" },
		{ "最小(1、2)", "E0453 、" },
		{ "最小(1；2)", "E0453 ；" },
		{ "【1】", "E0453 【" },
		{ "类型 = '收款'", "E0453 '" },
		{ "类型 = ‘收款’", "E0453 ‘" },
		{ "类型 = ”收款”", "E0453 ”" },
		{ "1 # 2", "E0452 #" },
		{ "1 ~ 2", "E0452 ~" },
		{ "√", "E0452 √" },
		{ "😀", "E0452 😀" },
		{ "订单.", "E0465 ." },
		{ "订单.+", "E0465 ." },
		{ "订单.5", "E0465 ." },
		{ ".5", "E0457 ." },
		{ "5.", "E0459 ." },
		{ "其中 达标", "E0464 其中" },
		{ "达标 其中 达标", "E0464 其中" },
		{ "(订单 where 达标)", "E0464 where" },
		{ "订单.金额(1)", "E0459 (" },
		{ "1 in (订单 where 达标)", "E0464 where 达标" },
	};

	CHECK_CASES(cases);
}

/* n times `open`, the middle, n times `close`. */
static char *nested(int n, const char *open, const char *middle, const char *close)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < n; i++)
		g_string_append(text, open);
	g_string_append(text, middle);
	for (int i = 0; i < n; i++)
		g_string_append(text, close);
	return g_string_free(text, FALSE);
}

static void check_nested(int n, const char *open, const char *close, const char *expected)
{
	char *text = nested(n, open, "1", close), *got = bench_compile(text, &(struct formula_scope){ .wanted = VALUE_NONE });

	g_assert_true(g_str_has_prefix(got, expected) || g_str_has_suffix(got, expected));
	g_free(text);
	g_free(got);
}

static void test_depth(void)
{
	check_nested(FORMULA_NESTING_MAX, "(", ")", "1 : bare");
	check_nested(FORMULA_NESTING_MAX + 1, "(", ")", "E0451 (");
	check_nested(100000, "(", ")", "E0451 (");
	check_nested(FORMULA_NESTING_MAX, "- ", "", ": bare");
	check_nested(100000, "-", "", "E0451 -");
	check_nested(100000, "not ", "", "E0451 not");
	check_nested(100000, "abs(", ")", "E0451 ");
	check_nested(100000, "1 in (", ")", "E0451 ");
	check_nested(FORMULA_DEPTH_MAX - 2, "1 + ", "", ": bare");
	check_nested(FORMULA_DEPTH_MAX, "1 + ", "", "E0451 +");
	check_nested(100000, "1 + ", "", "E0451 +");
	check_nested(14, "sum(订单, 数量 + ", ")", ": number");
	check_nested(20, "sum(订单, 数量 + ", ")", "E0451 ");
}

/* Bytes that are no UTF-8 cannot come out of an XML file; should they, they are refused and not read past. */
static void test_broken_bytes(void)
{
	static const char *const broken[] = { "\xE4", "绩效\xE5\xB7", "\xFF\xFE", "\xC0\x80", "“\xE4" };

	for (size_t i = 0; i < COUNT(broken); i++) {
		struct bench bench;
		struct formula formula = { .root = NULL };
		struct xml_text good;

		bench_init(&bench);
		good = bench_text(&bench, "绩效工资绩效工资");
		formula.text = good;
		formula.text.text = arena_strdup(bench.arena, broken[i]);
		formula.text.length = strlen(broken[i]);
		g_assert_false(formula_compile(&formula, &(struct formula_scope){ .policy = bench.policy }, bench.arena, bench.pool,
			bench.diag));
		g_assert_cmpuint(diag_errors(bench.diag), ==, 1);
		bench_release(&bench);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/formula/grammar/literals mean what the contract says", test_literals);
	g_test_add_func("/formula/grammar/operators bind from or to minus", test_precedence);
	g_test_add_func("/formula/grammar/full-width signs equal ASCII ones", test_signs);
	g_test_add_func("/formula/grammar/keywords count as whole runs", test_words);
	g_test_add_func("/formula/grammar/each way of writing wrong has its message and mark", test_written_wrong);
	g_test_add_func("/formula/grammar/depth is bounded with a message", test_depth);
	g_test_add_func("/formula/grammar/bytes that are no text are refused", test_broken_bytes);
	return g_test_run();
}
