#include "policy/formula_case.h"

/*
 * Formulas put together at random from the words of formulas, and broken
 * ones: each either compiles or says why, marks a part of its own text, and
 * says no more than it has words. Under the sanitizers nothing else may show.
 */
static const char *const words[] = {
	"(", ")", ",", "+", "-", "×", "÷", "=", "≠", "<", "≤", ">", "≥", ".", "%", "元", "¥", "“", "”", "\"", "（", "）", "，", "．",
	"and", "或", "非", "属于", "不属于", "not", "in", "where", "其中", "是", "否", "空", "1", "0.5", "5%", "20元", "２", "“甲”", "“S1”",
	"绩效工资", "绩效得分", "达标", "评语", "完成率", "全勤奖标准", "执行日", "基本工资标准", "职级", "员工", "部门", "性别", "系数",
	"订单", "金额", "日期", "类型", "客户编号", "等级", "上岗资格", "生效日", "客户", "额度", "收款提成", "提成比例", "税率", "档次",
	"若(", "最小(", "最大(", "四舍五入(", "缺省(", "缺失(", "合计(订单, ", "合计(订单 其中 ", "计数(", "存在(上岗资格 其中 ", "唯一(订单, ",
	"最近(订单, ", "全部(", "已计(收款提成, ", "计至本月(", "分摊(", "上月(", "本年累计(", "近月合计(3, ", "连续月数(", "排名(", "部门合计(",
	"天数(", "日期(", "左取(", "提成比例(", "税率(", "不认识", "不认识(", "𠮷", "é", "\t", "\n", "&", "'", "、", "==", "😀", "\xEF\xBB\xBF",
};

static void compile_any(const char *source, bool line)
{
	struct bench bench;
	struct formula_scope scope = { .wanted = VALUE_NONE };
	struct formula formula = { .root = NULL };
	const struct diag_item *item;
	bool good;

	bench_init(&bench);
	scope.policy = bench.policy;
	scope.row = line ? &company_tables[2] : NULL;
	formula.text = bench_text(&bench, source);
	good = formula_compile(&formula, &scope, bench.arena, bench.pool, bench.diag);
	g_assert_true(good == (formula.root != NULL));
	g_assert_true(good == (diag_errors(bench.diag) == 0));
	for (size_t i = 0; (item = diag_item(bench.diag, i)) != NULL; i++) {
		g_assert_nonnull(item->place.text);
		g_assert_cmpuint(item->place.mark_start, <=, item->place.mark_end);
		g_assert_cmpuint(item->place.mark_end, <=, strlen(item->place.text));
	}
	bench_release(&bench);
}

static void test_words(void)
{
	GRand *random = g_rand_new_with_seed(20261123);

	for (int i = 0; i < 4000; i++) {
		GString *source = g_string_new(NULL);

		for (int n = g_rand_int_range(random, 1, 25); n > 0; n--) {
			g_string_append(source, words[g_rand_int_range(random, 0, (int)COUNT(words))]);
			if (g_rand_int_range(random, 0, 3))
				g_string_append_c(source, ' ');
		}
		compile_any(source->str, g_rand_boolean(random));
		g_string_free(source, TRUE);
	}
	g_rand_free(random);
}

/* Characters an XML document can hold, each as likely as its block is rare. */
static gunichar any_character(GRand *random)
{
	static const struct { gunichar first, last; } blocks[] = {
		{ 0x20, 0x7E }, { 0xA0, 0xFF }, { 0x300, 0x36F }, { 0x2000, 0x206F }, { 0x2200, 0x22FF }, { 0x3000, 0x303F },
		{ 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 }, { 0xE000, 0xF8FF }, { 0xFE30, 0xFE6F }, { 0xFF00, 0xFFEF }, { 0xFFFD, 0xFFFD },
		{ 0x10000, 0x10FFF }, { 0x20000, 0x2A6DF }, { 0x10FFFD, 0x10FFFD },
	};
	size_t block = (size_t)g_rand_int_range(random, 0, (int)COUNT(blocks));

	return (gunichar)g_rand_int_range(random, (gint32)blocks[block].first, (gint32)blocks[block].last + 1);
}

static void test_characters(void)
{
	GRand *random = g_rand_new_with_seed(5);

	for (int i = 0; i < 4000; i++) {
		GString *source = g_string_new(NULL);

		for (int n = g_rand_int_range(random, 1, 40); n > 0; n--)
			g_string_append_unichar(source, any_character(random));
		compile_any(source->str, false);
		g_string_free(source, TRUE);
	}
	g_rand_free(random);
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
	g_test_add_func("/formula/random/words in any order", test_words);
	g_test_add_func("/formula/random/characters in any order", test_characters);
	g_test_add_func("/formula/random/bytes that are no text", test_broken_bytes);
	return g_test_run();
}
