#include "base/arena.h"
#include "model/build.h"
#include "unit.h"

struct bench {
	struct arena *arena;
	struct model model;
	struct pen pen;
};

static void bench_set_up(struct bench *bench, const void *data)
{
	(void)data;
	bench->arena = arena_new();
	bench->model.chinese = true;
	bench->pen = (struct pen){.model = &bench->model, .scratch = bench->arena};
}

static void bench_tear_down(struct bench *bench, const void *data)
{
	(void)data;
	arena_free(bench->arena);
}

static struct decimal number(const char *text)
{
	struct decimal out = decimal_zero();

	g_assert_true(decimal_parse(text, strlen(text), &out));
	return out;
}

/* The forms of 《正确填写票据和结算凭证的基本规定》 and everyday cheques. */
static void test_capitals(struct bench *bench, const void *data)
{
	static const struct {
		const char *amount, *capitals;
	} cases[] = {
		{"0", "零元整"},
		{"0.05", "伍分"},
		{"0.30", "叁角整"},
		{"0.35", "叁角伍分"},
		{"1", "壹元整"},
		{"10", "壹拾元整"},
		{"12345.67", "壹万贰仟叁佰肆拾伍元陆角柒分"},
		{"1409.50", "壹仟肆佰零玖元伍角整"},
		{"6007.14", "陆仟零柒元壹角肆分"},
		{"16409.02", "壹万陆仟肆佰零玖元零贰分"},
		{"325.04", "叁佰贰拾伍元零肆分"},
		{"100000", "壹拾万元整"},
		{"1000001", "壹佰万零壹元整"},
		{"10000000.01", "壹仟万元零壹分"},
		{"100000000", "壹亿元整"},
		{"100010000", "壹亿零壹万元整"},
		{"1020304050.60", "壹拾亿贰仟零叁拾万肆仟零伍拾元陆角整"},
		{"9999999999.99", "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
		{"1000000000000", "壹万亿元整"},
		{"-88.80", "负捌拾捌元捌角整"},
	};

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(text_capitals(bench->arena, number(cases[i].amount)), ==, cases[i].capitals);
}

static void test_money(struct bench *bench, const void *data)
{
	static const struct {
		const char *amount, *text, *with_sign;
	} cases[] = {
		{"0", "0.00", "0.00"},
		{"5", "5.00", "+5.00"},
		{"999.9", "999.90", "+999.90"},
		{"1000", "1,000.00", "+1,000.00"},
		{"-1234567.89", "−1,234,567.89", "−1,234,567.89"},
		{"123456", "123,456.00", "+123,456.00"},
		{"-100", "−100.00", "−100.00"},
	};

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_assert_cmpstr(text_money(&bench->pen, number(cases[i].amount)), ==, cases[i].text);
		g_assert_cmpstr(text_signed(&bench->pen, number(cases[i].amount)), ==, cases[i].with_sign);
	}
}

/* Nothing is rounded on its way to paper: 99.96 stays, a long fraction is cut with a mark. */
static void test_numbers(struct bench *bench, const void *data)
{
	(void)data;
	g_assert_cmpstr(text_number(&bench->pen, number("99.96"), -1), ==, "99.96");
	g_assert_cmpstr(text_number(&bench->pen, number("66.6666666666"), -1), ==, "66.666666…");
	g_assert_cmpstr(text_number(&bench->pen, number("0.999999999"), -1), ==, "0.999999…");
	g_assert_cmpstr(text_number(&bench->pen, number("92.5"), 2), ==, "92.50");
	g_assert_cmpstr(text_number(&bench->pen, number("-1234.5"), -1), ==, "−1,234.5");
}

static void test_values(struct bench *bench, const void *data)
{
	struct item cents = {.rounds = true, .step = number("0.01")},
		    percent = {.rounds = true, .step = number("0.0001")};
	struct value value;

	(void)data;
	value = value_number(VALUE_NUMBER, number("80"));
	g_assert_cmpstr(text_value(&bench->pen, &value, &cents, NULL), ==, "80.00");
	g_assert_cmpstr(text_value(&bench->pen, &value, NULL, NULL), ==, "80");
	value = value_number(VALUE_PERCENT, number("0.955"));
	g_assert_cmpstr(text_value(&bench->pen, &value, NULL, NULL), ==, "95.5%");
	g_assert_cmpstr(text_value(&bench->pen, &value, &percent, NULL), ==, "95.50%");
	value = value_missing(VALUE_MONEY);
	g_assert_cmpstr(text_value(&bench->pen, &value, NULL, NULL), ==, "无数据");
	value = value_yesno(true);
	g_assert_cmpstr(text_value(&bench->pen, &value, NULL, NULL), ==, "是");
	bench->model.chinese = false;
	g_assert_cmpstr(text_value(&bench->pen, &value, NULL, NULL), ==, "yes");
	g_assert_cmpstr(text_month(&bench->pen, 2026 * 12 + 8), ==, "2026-09");
	bench->model.chinese = true;
	g_assert_cmpstr(text_month(&bench->pen, 2026 * 12 + 8), ==, "2026年9月");
}

static void test_percent(struct bench *bench, const void *data)
{
	(void)data;
	g_assert_cmpstr(text_percent(&bench->pen, 0), ==, "0");
	g_assert_cmpstr(text_percent(&bench->pen, 82.44), ==, "82.4");
	g_assert_cmpstr(text_percent(&bench->pen, 99.96), ==, "100");
	g_assert_cmpstr(text_percent(&bench->pen, 120), ==, "100");
	g_assert_cmpstr(text_percent(&bench->pen, -3), ==, "0");
}

static void test_span(struct bench *bench, const void *data)
{
	static const struct {
		double low, high, least;
	} cases[] = {{61.2, 94.7, 10}, {79.5, 79.5, 4}, {0, 12345.67, 1}, {-310, 8000, 1}, {3, 4, 1},
		{0, 98000000, 1}, {99.5, 100, 20}};

	(void)bench;
	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct span span = span_of(cases[i].low, cases[i].high, cases[i].least);
		double steps = (span.high - span.low) / span.step;

		g_assert_cmpfloat(span.low, <=, cases[i].low);
		g_assert_cmpfloat(span.high, >=, cases[i].high);
		g_assert_cmpfloat(span.high - span.low, >=, cases[i].least);
		g_assert_cmpfloat(steps, >=, 1);
		g_assert_cmpfloat(steps, <=, 6.5);
		g_assert_cmpfloat((double)(long)(steps + 0.5), ==, steps);
	}
}

static void test_slugs(struct bench *bench, const void *data)
{
	const char *chinese = model_slug("华东一部", bench->arena);

	(void)data;
	g_assert_cmpstr(model_slug("E1001", bench->arena), ==, "E1001");
	g_assert_cmpstr(model_slug("00017", bench->arena), ==, "00017");
	g_assert_cmpuint(strlen(chinese), ==, 13);
	g_assert_cmpstr(chinese, !=, model_slug("华东二部", bench->arena));
	g_assert_null(strpbrk(model_slug("../../etc/passwd", bench->arena), "/."));
	g_assert_null(strpbrk(model_slug("..", bench->arena), "/."));
}

static void add(const char *name, void (*test)(struct bench *, const void *))
{
	g_test_add(name, struct bench, NULL, bench_set_up, test, bench_tear_down);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	add("/model/amounts are written in Chinese capitals as on cheques", test_capitals);
	add("/model/money has two decimals, commas and a real minus", test_money);
	add("/model/numbers are never rounded for display", test_numbers);
	add("/model/values read as their type and the page's language want", test_values);
	add("/model/geometry has one decimal and stays within the scale", test_percent);
	add("/model/scales have round ends that hold the data", test_span);
	add("/model/ids become names of files that cannot climb", test_slugs);
	return g_test_run();
}
