#include "policy/formula_check.h"

#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"

#define ROW(id, english, chinese, class, args, result, usage, chinese_usage) \
	{ { FN_##id, english, chinese, CLASS_##class }, args, result, usage, chinese_usage }

/* The contract's table, 5.2, in the order of enum function. */
static const struct function_row functions[FN_COUNT_OF_FUNCTIONS] = {
	ROW(IF, "if", "若", SCALAR, "cuu", 'u', "condition, a, b", "条件, 甲, 乙"),
	ROW(MIN, "min", "最小", SCALAR, "v+", 'u', "a, b, …", "甲, 乙, …"),
	ROW(MAX, "max", "最大", SCALAR, "v+", 'u', "a, b, …", "甲, 乙, …"),
	ROW(ABS, "abs", "绝对值", SCALAR, "x", '=', "x", "x"),
	ROW(ROUND, "round", "四舍五入", SCALAR, "xn", '=', "x, 0.01", "x, 0.01"),
	ROW(FLOOR, "floor", "下舍入", SCALAR, "xn", '=', "x, 1", "x, 1"),
	ROW(CEIL, "ceil", "上舍入", SCALAR, "xn", '=', "x, 1", "x, 1"),
	ROW(DEFAULT, "default", "缺省", SCALAR, "uu", 'u', "x, y", "x, y"),
	ROW(MISSING, "missing", "缺失", SCALAR, "a", 'y', "x", "x"),
	ROW(MONTH_START, "month_start", "月初", SCALAR, "", 'd', "", ""),
	ROW(MONTH_END, "month_end", "月末", SCALAR, "", 'd', "", ""),
	ROW(MONTH, "month", "月份", SCALAR, "", 'd', "", ""),
	ROW(PAY_DATE, "pay_date", "发薪日", SCALAR, "", 'd', "", ""),
	ROW(DAYS, "days", "天数", SCALAR, "dd", 'n', "from, to", "起, 止"),
	ROW(WORKDAYS, "workdays", "工作日数", SCALAR, "dd", 'n', "from, to", "起, 止"),
	ROW(HOLIDAYS, "holidays", "法定假日数", SCALAR, "dd", 'n', "from, to", "起, 止"),
	ROW(MONTHS, "months", "相隔月数", SCALAR, "dd", 'n', "from, to", "起, 止"),
	ROW(DATE, "date", "日期", SCALAR, "nnn", 'd', "2026, 10, 8", "2026, 10, 8"),
	ROW(YEAR, "year", "年", SCALAR, "d", 'n', "date", "日期"),
	ROW(QUARTER, "quarter", "季", SCALAR, "d", 'n', "date", "日期"),
	ROW(MONTH_OF, "month_of", "月", SCALAR, "d", 'n', "date", "日期"),
	ROW(DAY, "day", "日", SCALAR, "d", 'n', "date", "日期"),
	ROW(LEFT, "left", "左取", SCALAR, "tn", 't', "text, n", "文本, n"),
	ROW(RIGHT, "right", "右取", SCALAR, "tn", 't', "text, n", "文本, n"),
	ROW(LENGTH, "length", "长度", SCALAR, "t", 'n', "text", "文本"),
	ROW(WITHIN, "within", "属于机构", SCALAR, "t", 'y', "unit", "机构"),
	ROW(MONTHS_IN_GRADE, "months_in_grade", "任职级月数", SCALAR, "", 'n', "", ""),
	ROW(SUM, "sum", "合计", ROWS, "x", '=', "table where condition, value", "表 其中 条件, 值"),
	ROW(AVERAGE, "average", "平均", ROWS, "x", '=', "table where condition, value", "表 其中 条件, 值"),
	ROW(ROWS_MIN, "min", "最小", ROWS, "o", '=', "table where condition, value", "表 其中 条件, 值"),
	ROW(ROWS_MAX, "max", "最大", ROWS, "o", '=', "table where condition, value", "表 其中 条件, 值"),
	ROW(COUNT, "count", "计数", ROWS, "", 'n', "table where condition", "表 其中 条件"),
	ROW(ANY, "any", "存在", ROWS, "", 'y', "table where condition", "表 其中 条件"),
	ROW(ALL, "all", "全部", ROWS, "", 'y', "table where condition", "表 其中 条件"),
	ROW(ONLY, "only", "唯一", ROWS, "a", '=', "table where condition, value", "表 其中 条件, 值"),
	ROW(LATEST, "latest", "最近", ROWS, "oa", '=', "table where condition, by, value", "表 其中 条件, 次序, 值"),
	ROW(PAID, "paid", "已计", LINE, "Lt", 'L', "line, key", "逐行指标, 键"),
	ROW(EARNED, "earned", "计至本月", LINE, "Lt", 'L', "line, key", "逐行指标, 键"),
	ROW(SHARE, "share", "分摊", SHARE, "XX", '=', "pool, weight", "总额, 权重"),
	ROW(PREVIOUS, "previous", "上月", HISTORY, "A", '=', "x", "x"),
	ROW(AGO, "ago", "前月", HISTORY, "nA", '=', "n, x", "n, x"),
	ROW(YTD, "ytd", "本年累计", HISTORY, "X", '=', "value", "值"),
	ROW(YTD_BEFORE, "ytd_before", "本年前月累计", HISTORY, "X", '=', "value", "值"),
	ROW(QTD, "qtd", "本季累计", HISTORY, "X", '=', "value", "值"),
	ROW(TAX_YTD, "tax_ytd", "税年累计", HISTORY, "X", '=', "value", "值"),
	ROW(TAX_YTD_BEFORE, "tax_ytd_before", "税年前月累计", HISTORY, "X", '=', "value", "值"),
	ROW(LAST_SUM, "last_sum", "近月合计", HISTORY, "nX", '=', "n, value", "n, 值"),
	ROW(LAST_AVERAGE, "last_average", "近月平均", HISTORY, "nX", '=', "n, value", "n, 值"),
	ROW(KNOWN_SUM, "known_sum", "已知合计", HISTORY, "nX", '=', "n, value", "n, 值"),
	ROW(LAST_COUNT, "last_count", "近月计数", HISTORY, "nC", 'n', "n, condition", "n, 条件"),
	ROW(LAST_QUARTER_SUM, "last_quarter_sum", "上季合计", HISTORY, "X", '=', "value", "值"),
	ROW(STREAK, "streak", "连续月数", HISTORY, "C?C", 'n', "condition, passed over", "条件, 跳过的条件"),
	ROW(UNIT_SUM, "unit_sum", "部门合计", GROUP, "X", '=', "value", "值"),
	ROW(UNIT_AVERAGE, "unit_average", "部门平均", GROUP, "X", '=', "value", "值"),
	ROW(UNIT_COUNT, "unit_count", "部门计数", GROUP, "C", 'n', "condition", "条件"),
	ROW(LED_SUM, "led_sum", "下属合计", GROUP, "X", '=', "value", "值"),
	ROW(LED_AVERAGE, "led_average", "下属平均", GROUP, "X", '=', "value", "值"),
	ROW(LED_COUNT, "led_count", "下属计数", GROUP, "C", 'n', "condition", "条件"),
	ROW(COMPANY_SUM, "company_sum", "公司合计", GROUP, "X", '=', "value", "值"),
	ROW(COMPANY_AVERAGE, "company_average", "公司平均", GROUP, "X", '=', "value", "值"),
	ROW(COMPANY_COUNT, "company_count", "公司计数", GROUP, "C", 'n', "condition", "条件"),
	ROW(RANK, "rank", "排名", GROUP, "X", 'n', "x", "x"),
	ROW(UNIT_RANK, "unit_rank", "部门排名", GROUP, "X", 'n', "x", "x"),
	ROW(GRADE_RANK, "grade_rank", "职级排名", GROUP, "X", 'n', "x", "x"),
};

const struct function_row *function_row(enum function function)
{
	if ((unsigned)function >= FN_COUNT_OF_FUNCTIONS || functions[function].entry.function != function)
		bug("no function %d", (int)function);
	return &functions[function];
}

const struct function_entry *function_entry(enum function function)
{
	return &function_row(function)->entry;
}

const struct function_row *function_find(const char *name, bool over_rows)
{
	const struct function_row *found = NULL;

	for (size_t i = 0; i < FN_COUNT_OF_FUNCTIONS; i++) {
		const struct function_entry *entry = &functions[i].entry;

		if (strcmp(name, entry->english) && strcmp(name, entry->chinese))
			continue;
		/* min and max stand twice */
		if (!found || (over_rows && entry->class == CLASS_ROWS))
			found = &functions[i];
	}
	return found;
}

const char *function_usage(const struct checker *checker, const struct function_row *row, const char *written)
{
	bool chinese = !strcmp(written, row->entry.chinese);

	return arena_printf(checker->source.arena, "%s(%s)", written, chinese ? row->chinese_usage : row->usage);
}

const char *function_nearest(const char *name)
{
	const char *names[2 * FN_COUNT_OF_FUNCTIONS];
	size_t count = 0;

	for (size_t i = 0; i < FN_COUNT_OF_FUNCTIONS; i++) {
		names[count++] = functions[i].entry.english;
		names[count++] = functions[i].entry.chinese;
	}
	return text_nearest(name, names, count);
}
