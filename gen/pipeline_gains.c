#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "calc/gains.h"
#include "pipeline_compare.h"
#include "table/sheet.h"

#define SHOWN_MAX 10 /* of the greatest gains, and of the greatest losses; the CSV has all */
#define THROUGH_MAX 3 /* figures named beside a person */

static const char *const verdicts[][2] = { [VERDICT_ELIGIBLE] = { "eligible", "符合" },
	[VERDICT_NOT_ELIGIBLE] = { "not eligible", "不符合" }, [VERDICT_CONFLICT] = { "conflict", "冲突" } };

static struct value money_of(struct decimal amount)
{
	return value_number(VALUE_MONEY, amount);
}

static const char *money(const struct gains_paper *paper, struct decimal amount)
{
	const struct value value = money_of(amount);
	char room[COMPARED_TEXT];

	return arena_strdup(paper->arena, compared_text(&value, room));
}

static const char *change(const struct gains_paper *paper, struct decimal amount)
{
	const char *text = money(paper, amount);

	return decimal_sign(amount) > 0 ? arena_printf(paper->arena, "+%s", text) : text;
}

static const char *number(const struct gains_paper *paper, size_t count)
{
	return arena_printf(paper->arena, "%zu", count);
}

/* ---- CSV: every figure that is not what it was ---- */

static void put_value_field(struct text_buffer *out, const struct value *value)
{
	char room[COMPARED_TEXT];

	(value_type_is_numeric(value->type) ? csv_put_field : csv_put_defused)(out, compared_text(value, room), false);
}

void gains_csv(const struct gains_paper *paper, struct text_buffer *out)
{
	static const char *const heads[][2] = { { "id", "工号" }, { "name", "姓名" }, { "unit", "部门" }, { "grade", "职级" },
		{ "figure", "项目" }, { "section", "类别" }, { "before", "原制度" }, { "after", "新制度" }, { "difference", "增减" } };

	for (size_t i = 0; i < 9; i++)
		csv_put_field(out, heads[i][paper->chinese], !i);
	text_buffer_putc(out, '\n');
	for (size_t i = 0; i < paper->gains->cell_count; i++) {
		const struct gain_cell *cell = &paper->gains->cells[i];
		const struct gain_person *person = &paper->gains->people[cell->person];

		csv_put_defused(out, person->id, true);
		csv_put_defused(out, person->name, false);
		csv_put_defused(out, person->unit, false);
		csv_put_defused(out, person->grade, false);
		csv_put_field(out, cell->figure, false);
		csv_put_field(out, section_name(cell->section), false);
		put_value_field(out, &cell->before);
		put_value_field(out, &cell->after);
		put_value_field(out, &cell->difference);
		text_buffer_putc(out, '\n');
	}
}

/* ---- JSON: one object ---- */

static void put_sum(const struct gains_paper *paper, struct text_buffer *out, const struct gain_sum *sum)
{
	text_buffer_printf(out, "\"people\":%zu,\"gaining\":%zu,\"losing\":%zu", sum->people, sum->gaining, sum->losing);
	json_put_member(out, "before", money(paper, sum->before), false);
	json_put_member(out, "after", money(paper, sum->after), false);
	json_put_member(out, "gains", money(paper, sum->gains), false);
	json_put_member(out, "losses", money(paper, sum->losses), false);
	json_put_member(out, "difference", money(paper, decimal_subtract(sum->after, sum->before)), false);
}

static void put_sums(const struct gains_paper *paper, struct text_buffer *out, const char *name, const struct gain_sums *sums)
{
	text_buffer_printf(out, ",\n\"%s\":[", name);
	for (size_t i = 0; i < sums->count; i++) {
		text_buffer_puts(out, i ? ",\n{" : "\n{");
		json_put_member(out, "name", sums->rows[i].name, true);
		text_buffer_putc(out, ',');
		put_sum(paper, out, &sums->rows[i]);
		text_buffer_putc(out, '}');
	}
	text_buffer_putc(out, ']');
}

static void put_cells(const struct gains_paper *paper, struct text_buffer *out, const struct gain_person *person)
{
	text_buffer_puts(out, ",\"figures\":[");
	for (size_t i = person->first; i < person->end; i++) {
		const struct gain_cell *cell = &paper->gains->cells[i];

		text_buffer_puts(out, i > person->first ? ",{" : "{");
		json_put_member(out, "figure", cell->figure, true);
		json_put_member(out, "section", section_name(cell->section), false);
		compared_put_member(out, "before", &cell->before);
		compared_put_member(out, "after", &cell->after);
		compared_put_member(out, "difference", &cell->difference);
		text_buffer_putc(out, '}');
	}
	text_buffer_putc(out, ']');
}

/* All whom anything changes for, the greatest gain first. */
static void put_people(const struct gains_paper *paper, struct text_buffer *out)
{
	bool first = true;

	text_buffer_puts(out, ",\n\"people\":[");
	for (size_t i = 0; i < paper->gains->person_count; i++) {
		const struct gain_person *person = &paper->gains->people[paper->gains->order[i]];

		if (person->first == person->end && person->was == person->is)
			continue;
		text_buffer_puts(out, first ? "\n{" : ",\n{");
		first = false;
		json_put_member(out, "id", person->id, true);
		json_put_member(out, "name", person->name, false);
		json_put_member(out, "unit", person->unit, false);
		json_put_member(out, "grade", person->grade, false);
		json_put_member(out, "before", person->was ? money(paper, person->before) : NULL, false);
		json_put_member(out, "after", person->is ? money(paper, person->after) : NULL, false);
		json_put_member(out, "difference", money(paper, person->change), false);
		put_cells(paper, out, person);
		text_buffer_putc(out, '}');
	}
	text_buffer_putc(out, ']');
}

static void put_crossings(const struct gains_paper *paper, struct text_buffer *out)
{
	text_buffer_puts(out, ",\n\"movements\":[");
	for (size_t i = 0; i < paper->gains->crossing_count; i++) {
		const struct gain_crossing *crossing = &paper->gains->crossings[i];
		const struct gain_person *person = &paper->gains->people[crossing->person];

		text_buffer_puts(out, i ? ",\n{" : "\n{");
		json_put_member(out, "id", person->id, true);
		json_put_member(out, "name", person->name, false);
		json_put_member(out, "movement", crossing->movement, false);
		json_put_member(out, "to", crossing->to, false);
		json_put_member(out, "before", crossing->had ? verdicts[crossing->before][0] : NULL, false);
		json_put_member(out, "after", crossing->has ? verdicts[crossing->after][0] : NULL, false);
		text_buffer_putc(out, '}');
	}
	text_buffer_putc(out, ']');
}

void gains_json(const struct gains_paper *paper, struct text_buffer *out)
{
	text_buffer_putc(out, '{');
	json_put_member(out, "month", paper->month, true);
	json_put_member(out, "policy", paper->file, false);
	json_put_member(out, "scheme", paper->scheme, false);
	json_put_member(out, "before", paper->was, false);
	json_put_member(out, "after", paper->is, false);
	text_buffer_puts(out, ",\"net\":{");
	put_sum(paper, out, &paper->gains->all);
	text_buffer_putc(out, '}');
	put_sums(paper, out, "units", &paper->gains->units);
	put_sums(paper, out, "grades", &paper->gains->grades);
	put_sums(paper, out, "figures", &paper->gains->figures);
	put_crossings(paper, out);
	put_people(paper, out);
	text_buffer_puts(out, "}\n");
}

/* ---- text ---- */

static void print_sums(const struct gains_paper *paper, const char *title, const struct gain_sums *sums, struct text_buffer *out)
{
	static const char *const heads[][2] = { { "before", "原制度" }, { "after", "新制度" }, { "difference", "增减" },
		{ "gain", "增加" }, { "gains", "增加额" }, { "lose", "减少" }, { "losses", "减少额" } };
	struct text_rows *rows = text_rows_new(8, "lrrrrrrr", paper->arena);

	if (!sums->count)
		return;
	text_rows_put(rows, title);
	for (size_t i = 0; i < 7; i++)
		text_rows_put(rows, heads[i][paper->chinese]);
	for (size_t i = 0; i < sums->count; i++) {
		const struct gain_sum *sum = &sums->rows[i];

		text_rows_put(rows, *sum->name ? sum->name : "—");
		text_rows_put(rows, money(paper, sum->before));
		text_rows_put(rows, money(paper, sum->after));
		text_rows_put(rows, change(paper, decimal_subtract(sum->after, sum->before)));
		text_rows_put(rows, number(paper, sum->gaining));
		text_rows_put(rows, change(paper, sum->gains));
		text_rows_put(rows, number(paper, sum->losing));
		text_rows_put(rows, change(paper, sum->losses));
	}
	text_buffer_putc(out, '\n');
	text_rows_print(rows, "  ", out);
}

/* "提成 +100.00, 绩效工资 −20.00": what pays by itself, as the policy has it. */
static const char *through(const struct gains_paper *paper, const struct gain_person *person)
{
	const char *text = "";
	size_t count = 0;

	for (size_t i = person->first; i < person->end; i++) {
		const struct gain_cell *cell = &paper->gains->cells[i];

		if (!cell->is_part || cell->difference.missing)
			continue;
		if (count++ < THROUGH_MAX)
			text = arena_printf(paper->arena, "%s%s%s %s", text, count > 1 ? ", " : "", cell->figure,
				change(paper, cell->difference.number));
	}
	return count > THROUGH_MAX ? arena_printf(paper->arena, "%s …", text) : text;
}

static void put_person(const struct gains_paper *paper, struct text_rows *rows, const struct gain_person *person)
{
	text_rows_put(rows, person->id);
	text_rows_put(rows, person->name);
	text_rows_put(rows, person->unit);
	text_rows_put(rows, person->grade);
	text_rows_put(rows, person->was ? money(paper, person->before) : "—");
	text_rows_put(rows, person->is ? money(paper, person->after) : "—");
	text_rows_put(rows, change(paper, person->change));
	text_rows_put(rows, through(paper, person));
}

/* sign 1: the greatest gains; -1: the greatest losses. */
static void print_people(const struct gains_paper *paper, int sign, struct text_buffer *out)
{
	const struct gains *gains = paper->gains;
	size_t count = sign > 0 ? gains->all.gaining : gains->all.losing, shown = count < SHOWN_MAX ? count : SHOWN_MAX;
	struct text_rows *rows = text_rows_new(8, "llllrrrl", paper->arena);

	if (!count)
		return;
	for (size_t i = 0; i < shown; i++)
		put_person(paper, rows, &gains->people[sign > 0 ? gains->order[i] : gains->losers[i]]);
	text_buffer_putc(out, '\n');
	if (sign > 0)
		text_buffer_printf(out, paper->chinese ? "实发增加 %zu 人" : "%zu gain net pay", count);
	else
		text_buffer_printf(out, paper->chinese ? "实发减少 %zu 人" : "%zu lose net pay", count);
	if (shown < count)
		text_buffer_printf(out, paper->chinese ? "，最多的 %zu 人：" : ", the %zu greatest:", shown);
	text_buffer_putc(out, '\n');
	text_rows_print(rows, "  ", out);
}

static void print_crossings(const struct gains_paper *paper, struct text_buffer *out)
{
	const struct gains *gains = paper->gains;
	struct text_rows *rows = text_rows_new(5, "lllll", paper->arena);

	if (!gains->crossing_count)
		return;
	text_buffer_printf(out, paper->chinese ? "\n晋升、降级结论改变 %zu 项\n" : "\n%zu promotion and demotion verdicts change\n",
		gains->crossing_count);
	for (size_t i = 0; i < gains->crossing_count && i < 2 * SHOWN_MAX; i++) {
		const struct gain_crossing *crossing = &gains->crossings[i];
		const struct gain_person *person = &gains->people[crossing->person];

		text_rows_put(rows, person->id);
		text_rows_put(rows, person->name);
		text_rows_put(rows, crossing->movement);
		text_rows_put(rows, crossing->to);
		text_rows_put(rows, arena_printf(paper->arena, "%s → %s", crossing->had ? verdicts[crossing->before][paper->chinese] : "—",
			crossing->has ? verdicts[crossing->after][paper->chinese] : "—"));
	}
	text_rows_print(rows, "  ", out);
	if (gains->crossing_count > 2 * SHOWN_MAX)
		text_buffer_puts(out, "  …\n");
}

void gains_text(const struct gains_paper *paper, struct text_buffer *out)
{
	const struct gain_sum *all = &paper->gains->all;

	text_buffer_printf(out, paper->chinese ? "%s  按 %s（%s）试算，代替 %s\n" : "%s  under %s (%s) in place of %s\n", paper->month,
		paper->file, paper->is, paper->was);
	text_buffer_printf(out, paper->chinese ? "         实发合计 %s → %s，%s：%zu 人增加 %s，%zu 人减少 %s，%zu 人不变\n" :
		"         net pay %s → %s, %s: %zu gain %s, %zu lose %s, %zu unchanged\n", money(paper, all->before),
		money(paper, all->after), change(paper, decimal_subtract(all->after, all->before)), all->gaining, change(paper, all->gains),
		all->losing, change(paper, all->losses), all->people - all->gaining - all->losing);
	print_people(paper, 1, out);
	print_people(paper, -1, out);
	print_sums(paper, paper->chinese ? "项目" : "figure", &paper->gains->figures, out);
	if (all->gaining || all->losing) {
		print_sums(paper, paper->chinese ? "部门（实发）" : "unit (net)", &paper->gains->units, out);
		print_sums(paper, paper->chinese ? "职级（实发）" : "grade (net)", &paper->gains->grades, out);
	}
	print_crossings(paper, out);
	text_buffer_printf(out, paper->chinese ? "\n每人每项：%s\n" : "\neach person and figure: %s\n", paper->csv);
	text_buffer_printf(out, paper->chinese ? "网页：%s\n" : "page: %s\n", paper->page);
}
