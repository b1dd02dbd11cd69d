#include <string.h>

#include "base/text.h"
#include "table/cell_form.h"

/* A number's text cut into its parts; digits and point (with separators) stand in `body`. */
struct number_parts {
	bool negative;
	bool decorated; /* it had a sign, ¥, 元 or brackets */
	const char *body;
	size_t length;
};

static bool take_prefix(struct number_parts *parts, const char *prefix)
{
	size_t size = strlen(prefix);

	if (parts->length < size || memcmp(parts->body, prefix, size) != 0)
		return false;
	parts->body += size;
	parts->length -= size;
	while (parts->length && *parts->body == ' ') {
		parts->body++;
		parts->length--;
	}
	return true;
}

static bool take_suffix(struct number_parts *parts, const char *suffix)
{
	size_t size = strlen(suffix);

	if (parts->length < size || memcmp(parts->body + parts->length - size, suffix, size) != 0)
		return false;
	parts->length -= size;
	while (parts->length && parts->body[parts->length - 1] == ' ')
		parts->length--;
	return true;
}

/* Signs, currency and accounting brackets off: -¥5, ¥-5, (5.00), 1234元. */
static struct number_parts take_apart(const char *text, size_t length)
{
	struct number_parts parts = { false, false, text, length };
	bool sign = false;

	if (length > 2 && text[0] == '(' && text[length - 1] == ')') {
		parts.body++;
		parts.length -= 2;
		parts.negative = true;
		sign = true;
	}
	for (int i = 0; i < 2; i++) {
		if (!sign && (take_prefix(&parts, "-") || take_prefix(&parts, "−"))) {
			parts.negative = true;
			sign = true;
		} else if (!sign && take_prefix(&parts, "+")) {
			sign = true;
		}
		if (!i)
			take_prefix(&parts, "¥");
	}
	take_suffix(&parts, "元");
	return parts;
}

enum grouping { GROUPING_NONE, GROUPING_GOOD, GROUPING_BAD, GROUPING_DECIMAL };

/* How commas stand in digits with at most one point behind them. */
static enum grouping judge_grouping(const char *body, size_t length)
{
	const char *point = memchr(body, '.', length), *comma = memchr(body, ',', length);
	size_t whole = point ? (size_t)(point - body) : length;
	size_t since = 0, commas = 0;

	if (!comma)
		return GROUPING_NONE;
	if (point && comma > point)
		return GROUPING_DECIMAL;
	for (size_t i = 0; i < whole; i++) {
		if (body[i] != ',') {
			since++;
			continue;
		}
		if (!since || since > 3 || (commas && since != 3))
			since = CELL_PLAIN;
		else
			since = 0;
		commas++;
		if (since)
			break;
	}
	if (since == 3)
		return memchr(body + whole, ',', length - whole) ? GROUPING_BAD : GROUPING_GOOD;
	return commas == 1 && !point && whole >= 2 && (size_t)(comma - body) + 3 >= length ? GROUPING_DECIMAL : GROUPING_BAD;
}

static bool only_number_characters(const char *body, size_t length)
{
	bool digit = false;

	for (size_t i = 0; i < length; i++) {
		if (!strchr("0123456789.,", body[i]))
			return false;
		digit = digit || (body[i] != '.' && body[i] != ',');
	}
	return digit;
}

/* Digits and point of the body without separators; false if it is no such thing. */
static bool read_parts(const struct number_parts *parts, struct decimal *out)
{
	char digits[CELL_PLAIN];
	size_t count = 0;

	if (!only_number_characters(parts->body, parts->length) ||
		judge_grouping(parts->body, parts->length) > GROUPING_GOOD)
		return false;
	for (size_t i = 0; i < parts->length; i++)
		if (parts->body[i] != ',')
			digits[count++] = parts->body[i];
	if (!decimal_parse(digits, count, out))
		return false;
	if (parts->negative)
		*out = decimal_negate(*out);
	return true;
}

static bool read_decimal(const char *text, size_t length, struct decimal *out)
{
	struct number_parts parts = take_apart(text, length);

	return read_parts(&parts, out);
}

static bool is_scientific(const char *text, size_t length)
{
	const char *e = memchr(text, 'E', length);
	size_t at, digits = 0;

	if (!e)
		e = memchr(text, 'e', length);
	if (!e || e == text || !only_number_characters(text + (*text == '-'), (size_t)(e - text) - (*text == '-')))
		return false;
	at = (size_t)(e - text) + 1;
	at += at < length && (text[at] == '+' || text[at] == '-');
	while (at + digits < length && text[at + digits] >= '0' && text[at + digits] <= '9')
		digits++;
	return digits && at + digits == length;
}

/* Digits of a body with `drop` left out and `comma` for a comma, as the mended form. */
static const char *mended(struct text_pool *pool, const struct number_parts *parts, char drop, char comma)
{
	char out[CELL_PLAIN + 2];
	size_t count = 0;

	if (parts->negative)
		out[count++] = '-';
	for (size_t i = 0; i < parts->length; i++)
		if (parts->body[i] == ',' && drop != ',')
			out[count++] = comma;
		else if (parts->body[i] != drop)
			out[count++] = parts->body[i];
	return text_intern(pool, out, count);
}

static const char *formatted(struct text_pool *pool, struct decimal number)
{
	char text[DECIMAL_TEXT];

	decimal_format(number, text);
	return text_intern(pool, text, strlen(text));
}

/* 12万, 1.5亿元: the full number, or NULL. */
static const char *wan_in_full(struct cell_form *form)
{
	static const struct {
		const char *suffix;
		int64_t factor;
	} units[] = { { "万", 10000 }, { "万元", 10000 }, { "亿", 100000000 }, { "亿元", 100000000 } };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t size = strlen(units[i].suffix);
		struct decimal number;

		if (form->length > size && !strcmp(form->text + form->length - size, units[i].suffix) &&
			read_decimal(form->text, form->length - size, &number))
			return formatted(form->pool, decimal_multiply(number, decimal_from_int(units[i].factor)));
	}
	return NULL;
}

/* The number in front of a unit: 3 in "3次". */
static const char *leading_number(struct cell_form *form)
{
	size_t length = strspn(form->text, "-0123456789.,");
	struct decimal number;

	if (!length || !read_decimal(form->text, length, &number))
		return NULL;
	return formatted(form->pool, number);
}

static bool ends_with(const struct cell_form *form, const char *end)
{
	size_t size = strlen(end);

	return form->length > size && !strcmp(form->text + form->length - size, end);
}

/* What is wrong with a text that is no number, as exactly as can be told. */
static bool reject_number(struct cell_form *form, enum message otherwise)
{
	struct number_parts parts = take_apart(form->text, form->length);
	char letters[CELL_PLAIN];
	struct decimal number;
	const char *full;

	if (only_number_characters(parts.body, parts.length)) {
		enum grouping grouping = judge_grouping(parts.body, parts.length);

		if (grouping == GROUPING_BAD)
			return cell_reject(form, MSG_BAD_GROUPING, mended(form->pool, &parts, ',', ','), NULL);
		if (grouping == GROUPING_DECIMAL)
			return cell_reject(form, MSG_DECIMAL_COMMA, mended(form->pool, &parts, '.', '.'), NULL);
		if (parts.length > 34)
			return cell_reject(form, MSG_NUMBER_LONG, NULL, NULL);
	}
	if (is_scientific(form->text, form->length))
		return cell_reject(form, MSG_NUMBER_SCIENTIFIC, NULL, NULL);
	full = wan_in_full(form);
	if (full)
		return cell_reject(form, MSG_NUMBER_IN_WAN, full, NULL);
	if (cell_mend_letters(form, letters) && read_decimal(letters, strlen(letters), &number))
		return cell_reject(form, MSG_LETTER_FOR_DIGIT, letters, NULL);
	return cell_reject(form, otherwise, NULL, leading_number(form));
}

bool cell_number(struct cell_form *form, enum value_type type, struct value *out)
{
	struct decimal number;

	if (read_decimal(form->text, form->length, &number)) {
		*out = value_number(type, number);
		return true;
	}
	if (ends_with(form, "%") || ends_with(form, "‰"))
		if (read_decimal(form->text, form->length - strlen(ends_with(form, "%") ? "%" : "‰"), &number))
			return cell_reject(form, MSG_PERCENT_IN_NUMBER, NULL, NULL);
	return reject_number(form, type == VALUE_MONEY ? MSG_BAD_AMOUNT : MSG_BAD_NUMBER);
}

static struct decimal divided(struct decimal number, int64_t divisor)
{
	struct decimal quotient = number;

	/* False only for a divisor of 0. */
	(void)decimal_divide(number, decimal_from_int(divisor), &quotient);
	return quotient;
}

const char *cell_percent_text(struct cell_form *form, struct decimal number)
{
	char text[DECIMAL_TEXT + 1];
	size_t length;

	decimal_format(decimal_multiply(number, decimal_from_int(100)), text);
	length = strlen(text);
	text[length] = '%';
	return text_intern(form->pool, text, length + 1);
}

bool cell_percent(struct cell_form *form, int percent_unit, struct value *out)
{
	static const struct {
		const char *sign;
		int64_t divisor;
	} signs[] = { { "%", 100 }, { "‰", 1000 } };
	struct decimal number;

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		struct number_parts parts = take_apart(form->text, form->length);

		if (!take_suffix(&parts, signs[i].sign))
			continue;
		if (read_parts(&parts, &number)) {
			*out = value_number(VALUE_PERCENT, divided(number, signs[i].divisor));
			return true;
		}
		form->length = (size_t)(parts.body - form->text) + parts.length;
		form->text[form->length] = '\0';
		return reject_number(form, MSG_BAD_PERCENT);
	}
	if (!read_decimal(form->text, form->length, &number))
		return reject_number(form, MSG_BAD_PERCENT);
	if (!percent_unit)
		return cell_reject(form, MSG_BARE_PERCENT, cell_percent_text(form, number), NULL);
	*out = value_number(VALUE_PERCENT, divided(number, percent_unit));
	return true;
}
