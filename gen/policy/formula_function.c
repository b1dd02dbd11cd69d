#include "policy/formula_check.h"

#include <string.h>

#include "base/bug.h"
#include "base/text.h"

#define ROW(id, english, chinese, class, args, result, usage) \
	{ { FN_##id, english, chinese, CLASS_##class }, args, result, usage }

/* The contract's table, 5.2, in the order of enum function. */
static const struct function_row functions[FN_COUNT_OF_FUNCTIONS] = {
	ROW(IF, "if", "若", SCALAR, "cuu", 'u', "若(条件, 甲, 乙)"),
	ROW(MIN, "min", "最小", SCALAR, "v+", 'u', "最小(甲, 乙, …)"),
	ROW(MAX, "max", "最大", SCALAR, "v+", 'u', "最大(甲, 乙, …)"),
	ROW(ABS, "abs", "绝对值", SCALAR, "x", '=', "abs(x)"),
	ROW(ROUND, "round", "四舍五入", SCALAR, "xn", '=', "round(x, 0.01)"),
	ROW(FLOOR, "floor", "下舍入", SCALAR, "xn", '=', "floor(x, 1)"),
	ROW(CEIL, "ceil", "上舍入", SCALAR, "xn", '=', "ceil(x, 1)"),
	ROW(DEFAULT, "default", "缺省", SCALAR, "uu", 'u', "default(x, y)"),
	ROW(MISSING, "missing", "缺失", SCALAR, "a", 'y', "missing(x)"),
	ROW(MONTH_START, "month_start", "月初", SCALAR, "", 'd', "month_start()"),
	ROW(MONTH_END, "month_end", "月末", SCALAR, "", 'd', "month_end()"),
	ROW(MONTH, "month", "月份", SCALAR, "", 'd', "month()"),
	ROW(PAY_DATE, "pay_date", "发薪日", SCALAR, "", 'd', "pay_date()"),
	ROW(DAYS, "days", "天数", SCALAR, "dd", 'n', "days(a, b)"),
	ROW(WORKDAYS, "workdays", "工作日数", SCALAR, "dd", 'n', "workdays(a, b)"),
	ROW(HOLIDAYS, "holidays", "法定假日数", SCALAR, "dd", 'n', "holidays(a, b)"),
	ROW(MONTHS, "months", "相隔月数", SCALAR, "dd", 'n', "months(a, b)"),
	ROW(DATE, "date", "日期", SCALAR, "nnn", 'd', "date(2026, 10, 8)"),
	ROW(YEAR, "year", "年", SCALAR, "d", 'n', "year(d)"),
	ROW(QUARTER, "quarter", "季", SCALAR, "d", 'n', "quarter(d)"),
	ROW(MONTH_OF, "month_of", "月", SCALAR, "d", 'n', "month_of(d)"),
	ROW(DAY, "day", "日", SCALAR, "d", 'n', "day(d)"),
	ROW(LEFT, "left", "左取", SCALAR, "tn", 't', "left(t, n)"),
	ROW(RIGHT, "right", "右取", SCALAR, "tn", 't', "right(t, n)"),
	ROW(LENGTH, "length", "长度", SCALAR, "t", 'n', "length(t)"),
	ROW(WITHIN, "within", "属于机构", SCALAR, "t", 'y', "within(u)"),
	ROW(MONTHS_IN_GRADE, "months_in_grade", "任职级月数", SCALAR, "", 'n', "months_in_grade()"),
	ROW(SUM, "sum", "合计", ROWS, "x", '=', "sum(T where c, e)"),
	ROW(AVERAGE, "average", "平均", ROWS, "x", '=', "average(T where c, e)"),
	ROW(ROWS_MIN, "min", "最小", ROWS, "o", '=', "min(T where c, e)"),
	ROW(ROWS_MAX, "max", "最大", ROWS, "o", '=', "max(T where c, e)"),
	ROW(COUNT, "count", "计数", ROWS, "", 'n', "count(T where c)"),
	ROW(ANY, "any", "存在", ROWS, "", 'y', "any(T where c)"),
	ROW(ALL, "all", "全部", ROWS, "", 'y', "all(T where c)"),
	ROW(ONLY, "only", "唯一", ROWS, "a", '=', "only(T where c, e)"),
	ROW(LATEST, "latest", "最近", ROWS, "oa", '=', "latest(T where c, by, e)"),
	ROW(PAID, "paid", "已计", LINE, "Lt", 'L', "paid(line, key)"),
	ROW(EARNED, "earned", "计至本月", LINE, "Lt", 'L', "earned(line, key)"),
	ROW(SHARE, "share", "分摊", SHARE, "XX", '=', "share(pool, weight)"),
	ROW(PREVIOUS, "previous", "上月", HISTORY, "A", '=', "previous(x)"),
	ROW(AGO, "ago", "前月", HISTORY, "nA", '=', "ago(n, x)"),
	ROW(YTD, "ytd", "本年累计", HISTORY, "X", '=', "ytd(e)"),
	ROW(YTD_BEFORE, "ytd_before", "本年前月累计", HISTORY, "X", '=', "ytd_before(e)"),
	ROW(QTD, "qtd", "本季累计", HISTORY, "X", '=', "qtd(e)"),
	ROW(TAX_YTD, "tax_ytd", "税年累计", HISTORY, "X", '=', "tax_ytd(e)"),
	ROW(TAX_YTD_BEFORE, "tax_ytd_before", "税年前月累计", HISTORY, "X", '=', "tax_ytd_before(e)"),
	ROW(LAST_SUM, "last_sum", "近月合计", HISTORY, "nX", '=', "last_sum(n, e)"),
	ROW(LAST_AVERAGE, "last_average", "近月平均", HISTORY, "nX", '=', "last_average(n, e)"),
	ROW(KNOWN_SUM, "known_sum", "已知合计", HISTORY, "nX", '=', "known_sum(n, e)"),
	ROW(LAST_COUNT, "last_count", "近月计数", HISTORY, "nC", 'n', "last_count(n, c)"),
	ROW(LAST_QUARTER_SUM, "last_quarter_sum", "上季合计", HISTORY, "X", '=', "last_quarter_sum(e)"),
	ROW(STREAK, "streak", "连续月数", HISTORY, "C?C", 'n', "streak(c, s)"),
	ROW(UNIT_SUM, "unit_sum", "部门合计", GROUP, "X", '=', "unit_sum(e)"),
	ROW(UNIT_AVERAGE, "unit_average", "部门平均", GROUP, "X", '=', "unit_average(e)"),
	ROW(UNIT_COUNT, "unit_count", "部门计数", GROUP, "C", 'n', "unit_count(c)"),
	ROW(LED_SUM, "led_sum", "下属合计", GROUP, "X", '=', "led_sum(e)"),
	ROW(LED_AVERAGE, "led_average", "下属平均", GROUP, "X", '=', "led_average(e)"),
	ROW(LED_COUNT, "led_count", "下属计数", GROUP, "C", 'n', "led_count(c)"),
	ROW(COMPANY_SUM, "company_sum", "公司合计", GROUP, "X", '=', "company_sum(e)"),
	ROW(COMPANY_AVERAGE, "company_average", "公司平均", GROUP, "X", '=', "company_average(e)"),
	ROW(COMPANY_COUNT, "company_count", "公司计数", GROUP, "C", 'n', "company_count(c)"),
	ROW(RANK, "rank", "排名", GROUP, "X", 'n', "rank(x)"),
	ROW(UNIT_RANK, "unit_rank", "部门排名", GROUP, "X", 'n', "unit_rank(x)"),
	ROW(GRADE_RANK, "grade_rank", "职级排名", GROUP, "X", 'n', "grade_rank(x)"),
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
