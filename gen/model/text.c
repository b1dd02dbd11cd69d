#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"
#include "value/date.h"

#define SHOWN_PLACES 6

/* "-1234.5" to "−1,234.5". */
static const char *group(struct arena *arena, const char *plain)
{
	bool negative = *plain == '-';
	const char *digits = plain + negative;
	size_t whole = strcspn(digits, "."), length = strlen(digits);
	char *out = arena_alloc(arena, length + whole / 3 + sizeof "−");
	char *at = out;

	if (negative)
		at = strcpy(at, "−") + strlen("−");
	for (size_t i = 0; i < length; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0)
			*at++ = ',';
		*at++ = digits[i];
	}
	*at = '\0';
	return out;
}

const char *text_money(struct pen *pen, struct decimal amount)
{
	return text_number(pen, amount, 2); /* a unit price may have more */
}

const char *text_signed(struct pen *pen, struct decimal amount)
{
	const char *text = text_money(pen, amount);

	return decimal_sign(amount) > 0 ? arena_printf(pen->scratch, "+%s", text) : text;
}

const char *text_number(struct pen *pen, struct decimal number, int places)
{
	char room[DECIMAL_TEXT];
	char *point;

	/* A mean may have more digits than the figure it is taken from. */
	if (places >= decimal_places(number))
		return group(pen->scratch, decimal_format_places(number, places, room));
	decimal_format(number, room);
	point = strchr(room, '.');
	/* Nothing is rounded on its way to paper: a value with more digits says that it goes on. */
	if (point && strlen(point + 1) > SHOWN_PLACES) {
		point[1 + SHOWN_PLACES] = '\0';
		return arena_printf(pen->scratch, "%s…", group(pen->scratch, room));
	}
	return group(pen->scratch, room);
}

const char *text_count(struct pen *pen, size_t count)
{
	return arena_printf(pen->scratch, "%zu", count);
}

/* Places that a rounding to step leaves; -1 where the stored value does not say. */
static int item_places(const struct item *item, bool percent)
{
	int places = item && item->rounds ? decimal_places(item->step) - (percent ? 2 : 0) : -1;

	return places < 0 && item && item->rounds ? 0 : places;
}

const char *grade_title(const struct policy *policy, const char *grade)
{
	const struct grade *known = policy && grade ? policy_grade(policy, grade) : NULL;

	return known && known->title && *known->title ? known->title : grade;
}

const char *text_value(
	struct pen *pen, const struct value *value, const struct item *item, const struct policy *policy)
{
	char room[VALUE_TEXT_SIZE];
	const char *text;

	if (value->missing)
		return say(pen, SAY_NO_DATA, NULL);
	switch (value->type) {
	case VALUE_MONEY:
		return text_money(pen, value->number);
	case VALUE_NUMBER:
		return text_number(pen, value->number, item_places(item, false));
	case VALUE_PERCENT:
		return arena_printf(pen->scratch, "%s%%",
			text_number(pen, decimal_cut(decimal_multiply(value->number, decimal_from_int(100))),
				item_places(item, true)));
	case VALUE_YESNO:
		return value->yes ? say(pen, SAY_YES, NULL) : say(pen, SAY_NO, NULL);
	case VALUE_DATE:
		return text_date(pen, value->day);
	case VALUE_GRADE:
		return grade_title(policy, value->text);
	case VALUE_TEXT:
	case VALUE_NONE:
		break;
	}
	text = value_format(value, room);
	return text == room ? arena_strdup(pen->scratch, room) : text;
}

const char *text_month_id(struct pen *pen, int32_t month)
{
	char room[8];

	return arena_strdup(pen->scratch, month_format(month, room));
}

const char *text_month(struct pen *pen, int32_t month)
{
	return say(pen, SAY_MONTH_TEXT, arena_printf(pen->scratch, "%d", month_year(month)),
		arena_printf(pen->scratch, "%d", month_number(month)),
		arena_printf(pen->scratch, "%02d", month_number(month)), NULL);
}

const char *text_date(struct pen *pen, int32_t day)
{
	int year, month, day_of_month;

	date_to_ymd(day, &year, &month, &day_of_month);
	return say(pen, SAY_DATE_TEXT, arena_printf(pen->scratch, "%d", year),
		arena_printf(pen->scratch, "%d", month), arena_printf(pen->scratch, "%d", day_of_month),
		arena_printf(pen->scratch, "%02d", month), arena_printf(pen->scratch, "%02d", day_of_month),
		NULL);
}

/* By whole tenths, so that no locale's decimal comma gets in. */
const char *text_percent(struct pen *pen, double percent)
{
	int tenths = percent <= 0 ? 0 : percent >= 100 ? 1000 : (int)(percent * 10 + 0.5);

	return tenths % 10 ? arena_printf(pen->scratch, "%d.%d", tenths / 10, tenths % 10)
			   : arena_printf(pen->scratch, "%d", tenths / 10);
}

static const char *const digit_names[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

/* The digits before the point, four by four: 万, 亿, 万亿. A run of zeros is one 零, none at the end. */
static void capital_yuan(struct text_buffer *out, const char *digits, size_t length)
{
	static const char *const places[] = {"", "拾", "佰", "仟"};
	static const char *const groups[] = {"", "万", "亿", "万亿"};
	bool zero = false, any = false;

	for (size_t i = 0; i < length; i++) {
		size_t left = length - 1 - i;

		if (digits[i] == '0') {
			zero = true;
		} else {
			if (zero && out->length > 0)
				text_buffer_puts(out, digit_names[0]);
			text_buffer_puts(out, digit_names[digits[i] - '0']);
			text_buffer_puts(out, places[left % 4]);
			zero = false;
			any = true;
		}
		if (left % 4 == 0 && any) {
			text_buffer_puts(out, groups[left / 4]);
			any = zero = false;
		}
	}
}

const char *text_capitals(struct arena *arena, struct decimal amount)
{
	char room[DECIMAL_TEXT];
	const char *plain = decimal_format_places(decimal_abs(amount), 2, room);
	size_t length = strcspn(plain, ".");
	const char *fraction = plain + length + 1;
	struct text_buffer yuan = TEXT_BUFFER_INIT, out = TEXT_BUFFER_INIT;
	const char *result;

	if (length > 16)
		return arena_strdup(arena, plain);
	if (decimal_sign(amount) < 0)
		text_buffer_puts(&out, "负");
	capital_yuan(&yuan, plain, length);
	if (yuan.length > 0)
		text_buffer_printf(&out, "%s元", yuan.data);
	else if (fraction[0] == '0' && fraction[1] == '0')
		text_buffer_puts(&out, "零元");
	if (fraction[0] != '0')
		text_buffer_printf(&out, "%s角", digit_names[fraction[0] - '0']);
	else if (fraction[1] != '0' && yuan.length > 0)
		text_buffer_puts(&out, digit_names[0]);
	if (fraction[1] != '0')
		text_buffer_printf(&out, "%s分", digit_names[fraction[1] - '0']);
	else
		text_buffer_puts(&out, "整");
	result = text_buffer_take(&out, arena);
	text_buffer_release(&out);
	text_buffer_release(&yuan);
	return result;
}

const char *text_source(const struct pen *pen, const char *path)
{
	const char *folder = pen->model->input.folder;

	return path && folder ? text_below(folder, path) : path;
}
