#include "table/cell.h"

#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "table/cell_form.h"
#include "value/date.h"

#define EXCEL_DIGITS 15

static bool is_plain_ascii(const char *text, size_t length)
{
	unsigned char all = 0;

	for (size_t i = 0; i < length; i++)
		all |= (unsigned char)text[i];
	return all < 0x80;
}

/* The half-width form of a character: ASCII or what the number and date forms look for. */
static uint32_t half_width(uint32_t c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFF01 + '!';
	if (c == 0x3000 || c == 0xA0 || c == 0x202F || c == 0x2009)
		return ' ';
	if (c == 0xFFE5)
		return 0xA5;
	return c == 0xFE63 ? 0x2212 : c;
}

/* Appends the character that stands at text as it is, or its half-width form. */
static size_t put_half_width(char *to, const char *text, size_t size, uint32_t c)
{
	uint32_t half = half_width(c);

	if (half < 0x80) {
		to[0] = (char)half;
		return 1;
	}
	if (half == 0xA5)
		text = "¥", size = 2;
	else if (half == 0x2212)
		text = "−", size = 3;
	memcpy(to, text, size);
	return size;
}

void cell_form_plain(struct cell_form *form)
{
	const char *at = form->raw, *end = form->raw + form->raw_length;
	size_t length = 0;

	form->length = 0;
	form->text[0] = '\0';
	if (form->raw_length >= CELL_PLAIN)
		return;
	if (is_plain_ascii(form->raw, form->raw_length)) {
		memcpy(form->text, form->raw, form->raw_length);
		length = form->raw_length;
	} else {
		while (at < end) {
			const char *from = at;
			uint32_t c = text_next(&at);

			length += put_half_width(form->text + length, from, (size_t)(at - from), c);
		}
	}
	while (length && form->text[length - 1] == ' ')
		length--;
	form->text[length] = '\0';
	form->length = length;
}

bool cell_reject(struct cell_form *form, enum message message, const char *expected, const char *suggestion)
{
	form->problem->message = message;
	form->problem->expected = expected ? text_intern(form->pool, expected, strlen(expected)) : NULL;
	form->problem->suggestion = suggestion ? text_intern(form->pool, suggestion, strlen(suggestion)) : NULL;
	return false;
}

bool cell_mend_letters(const struct cell_form *form, char out[CELL_PLAIN])
{
	static const struct {
		const char *letter;
		char digit;
	} letters[] = { { "O", '0' }, { "o", '0' }, { "〇", '0' }, { "l", '1' }, { "I", '1' } };
	bool changed = false, digits = false;
	size_t length = 0;

	for (const char *at = form->text; *at;) {
		char digit = 0;

		for (size_t i = 0; !digit && i < sizeof(letters) / sizeof(*letters); i++)
			if (!strncmp(at, letters[i].letter, strlen(letters[i].letter))) {
				digit = letters[i].digit;
				at += strlen(letters[i].letter);
			}
		changed = changed || digit;
		digits = digits || (!digit && *at >= '0' && *at <= '9');
		if (!digit)
			digit = *at++;
		out[length++] = digit;
	}
	out[length] = '\0';
	return changed && digits;
}

static bool any_of(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(text, words[i]))
			return true;
	return false;
}

/* What Excel writes for a formula that failed, or for a column too narrow. */
static bool check_excel(struct cell_form *form)
{
	static const char *const errors[] = { "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!",
		"#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#BUSY!", "#GETTING_DATA" };

	if (form->text[0] != '#')
		return true;
	if (any_of(form->text, errors, sizeof(errors) / sizeof(*errors)))
		return cell_reject(form, MSG_EXCEL_ERROR, NULL, NULL);
	if (form->length >= 3 && strspn(form->text, "#") == form->length)
		return cell_reject(form, MSG_EXCEL_HASHES, NULL, NULL);
	return true;
}

/* How tables write "nothing". A text may really be "-", a yesno or choice may really be 无. */
static bool is_blank(const struct cell_form *form, enum column_type type)
{
	static const char *const dashes[] = { "-", "--", "---", "—", "——", "−" };
	static const char *const words[] = { "/", "\\", "无" };

	if (!form->raw_length)
		return true;
	if (type == COLUMN_TEXT || form->length > 6)
		return false;
	if (any_of(form->text, dashes, sizeof(dashes) / sizeof(*dashes)))
		return true;
	return type != COLUMN_CHOICE && type != COLUMN_YESNO &&
	       any_of(form->text, words, sizeof(words) / sizeof(*words));
}

/* U+FFFD, or 锟斤拷, which is U+FFFD twice in UTF-8 read as GBK. */
static bool has_lost(const char *text, size_t length)
{
	/* Bytes that both hold and hanzi seldom do; memmem would cost more than all else a text cell needs. */
	if (!memchr(text, 0xEF, length) && !memchr(text, 0x9F, length))
		return false;
	return memmem(text, length, "\xEF\xBF\xBD", 3) || memmem(text, length, "锟斤拷", 9);
}

static bool check_lost(struct cell_form *form)
{
	return !has_lost(form->raw, form->raw_length) || cell_reject(form, MSG_CHARACTER_LOST, NULL, NULL);
}

static bool parse_text(struct cell_form *form, struct value *out)
{
	if (!check_lost(form))
		return false;
	*out = value_text(text_intern(form->pool, form->raw, form->raw_length));
	return true;
}

/* 5.10322E+17 of Excel, 5.10322E17 of Java; without a point and a sign (1E05) it may be an id. */
static bool is_scientific_id(const char *text, size_t length)
{
	size_t at = strspn(text, "0123456789");
	bool point = at && text[at] == '.', sign;

	if (!at)
		return false;
	if (point)
		at += 1 + strspn(text + at + 1, "0123456789");
	if (text[at] != 'E' && text[at] != 'e')
		return false;
	sign = text[++at] == '+';
	at += sign;
	return (point || sign) && at < length && at + strspn(text + at, "0123456789") == length;
}

/* ISO 7064 MOD 11-2, the check character of 18-digit identity numbers. */
static bool fits_mod_11_2(const char *digits)
{
	unsigned sum = 0;

	for (size_t i = 0; i < 17; i++)
		sum = (sum + (unsigned)(digits[i] - '0')) * 2 % 11;
	return (12 - sum) % 11 == (unsigned)(digits[17] - '0');
}

/* Excel keeps 15 digits and writes zeros for the rest. */
static bool check_digits_kept(struct cell_form *form)
{
	if (form->length <= EXCEL_DIGITS + 1 || strspn(form->text, "0123456789") != form->length)
		return true;
	if (strspn(form->text + EXCEL_DIGITS, "0") != form->length - EXCEL_DIGITS)
		return true;
	if (form->length == 18 && !fits_mod_11_2(form->text))
		return cell_reject(form, MSG_ID_DIGITS_LOST, NULL, NULL);
	cell_reject(form, MSG_ID_DIGITS_DOUBTFUL, NULL, NULL);
	return true;
}

/* An id is its half-width text: leading zeros stay, letters keep their case. */
static bool parse_id(struct cell_form *form, enum column_type type, struct value *out)
{
	const char *text;

	if (!check_lost(form))
		return false;
	if (is_scientific_id(form->text, form->length))
		return cell_reject(form, MSG_ID_SCIENTIFIC, NULL, NULL);
	if (!check_digits_kept(form))
		return false;
	text = form->length ? text_intern(form->pool, form->text, form->length) :
			      text_intern(form->pool, form->raw, form->raw_length);
	*out = type == COLUMN_GRADE ? value_grade(text) : value_text(text);
	return true;
}

static void lower_ascii(struct cell_form *form)
{
	for (size_t i = 0; i < form->length; i++)
		if (form->text[i] >= 'A' && form->text[i] <= 'Z')
			form->text[i] = (char)(form->text[i] + 32);
}

static bool parse_yesno(struct cell_form *form, struct value *out)
{
	static const char *const yes[] = { "是", "yes", "y", "1", "√", "✓", "✔", "true", "对" };
	static const char *const no[] = { "否", "no", "n", "0", "×", "✗", "✘", "false", "错" };
	struct cell_form lower = *form;

	lower_ascii(&lower);
	if (any_of(lower.text, yes, sizeof(yes) / sizeof(*yes)))
		*out = value_yesno(true);
	else if (any_of(lower.text, no, sizeof(no) / sizeof(*no)))
		*out = value_yesno(false);
	else
		return cell_reject(form, MSG_BAD_YESNO, NULL, NULL);
	return true;
}

static bool same_folded(struct arena *scratch, const char *choice, const char *folded)
{
	return !strcmp(text_fold_header(scratch, choice, strlen(choice)), folded);
}

static bool reject_choice(struct cell_form *form, const struct column *column)
{
	struct text_buffer list = TEXT_BUFFER_INIT;
	struct arena *scratch = arena_new();
	const char *wanted = arena_strndup(scratch, form->raw, form->raw_length);

	for (size_t i = 0; i < column->choice_count; i++) {
		text_buffer_puts(&list, i ? "、" : "");
		text_buffer_puts(&list, column->choices[i]);
	}
	cell_reject(form, MSG_BAD_CHOICE, list.data ? list.data : "",
		text_nearest(wanted, column->choices, column->choice_count));
	text_buffer_release(&list);
	arena_free(scratch);
	return false;
}

/* The choice itself, as the policy writes it; width, case and blanks of the cell do not matter. */
static bool parse_choice(struct cell_form *form, const struct column *column, struct value *out)
{
	const char *found = NULL;

	if (form->raw_length < CELL_PLAIN) {
		struct arena *scratch = arena_new();
		const char *folded = text_fold_header(scratch, form->raw, form->raw_length);

		for (size_t i = 0; !found && i < column->choice_count; i++)
			if (same_folded(scratch, column->choices[i], folded))
				found = column->choices[i];
		arena_free(scratch);
	}
	if (!found)
		return reject_choice(form, column);
	*out = value_text(text_intern(form->pool, found, strlen(found)));
	return true;
}

static bool parse_typed(struct cell_form *form, const struct column *column, struct value *out)
{
	switch (column->type) {
	case COLUMN_ID:
	case COLUMN_GRADE:
		return parse_id(form, column->type, out);
	case COLUMN_TEXT:
		return parse_text(form, out);
	case COLUMN_NUMBER:
		return cell_number(form, VALUE_NUMBER, out);
	case COLUMN_MONEY:
		return cell_number(form, VALUE_MONEY, out);
	case COLUMN_PERCENT:
		return cell_percent(form, column->percent_unit, out);
	case COLUMN_DATE:
		return cell_date(form, out);
	case COLUMN_MONTH:
		return cell_month(form, out);
	case COLUMN_YESNO:
		return parse_yesno(form, out);
	case COLUMN_CHOICE:
		return parse_choice(form, column, out);
	}
	bug("column '%s' has no type", column->name);
}

static int compare_values(const struct value *a, const struct value *b)
{
	if (a->type == VALUE_DATE)
		return (a->day > b->day) - (a->day < b->day);
	return decimal_compare(a->number, b->number);
}

/* As a clerk writes it: a percent with its sign. */
static const char *bound_text(struct cell_form *form, const struct value *bound)
{
	char text[VALUE_TEXT_SIZE];
	const char *written;

	if (bound->type == VALUE_PERCENT)
		return cell_percent_text(form, bound->number);
	written = bound->type == VALUE_DATE ? value_format(bound, text) : decimal_format(bound->number, text);
	return text_intern(form->pool, written, strlen(written));
}

static bool check_bounds(struct cell_form *form, const struct column *column, const struct value *value)
{
	if (column->has_min && compare_values(value, &column->min) < 0)
		return cell_reject(form, MSG_BELOW_MIN, bound_text(form, &column->min), NULL);
	if (column->has_max && compare_values(value, &column->max) > 0)
		return cell_reject(form, MSG_ABOVE_MAX, bound_text(form, &column->max), NULL);
	return true;
}

/* Takes off what spreadsheets put around a text: ="0012", '0012, '=1+1. */
static void unwrap(struct cell_form *form, enum column_type type)
{
	if (form->raw_length >= 3 && !memcmp(form->raw, "=\"", 2) && form->raw[form->raw_length - 1] == '"') {
		form->raw += 2;
		form->raw_length -= 3;
	} else if (form->raw_length > 1 && form->raw[0] == '\'' &&
		   (type != COLUMN_TEXT || strchr("=+-@\t\r\n", form->raw[1]))) {
		form->raw++;
		form->raw_length--;
	} else {
		return;
	}
	form->raw = text_trim(form->raw, &form->raw_length);
}

static bool is_graphic(char c)
{
	return c > ' ' && c < 0x7F;
}

static void form_init(struct cell_form *form, enum column_type type, const char *text, size_t length)
{
	form->raw = text;
	form->raw_length = length;
	if (length && !(is_graphic(text[0]) && is_graphic(text[length - 1])))
		form->raw = text_trim(text, &form->raw_length);
	if (form->raw_length && (form->raw[0] == '=' || form->raw[0] == '\''))
		unwrap(form, type);
	cell_form_plain(form);
}

bool cell_parse(const struct column *column, const char *text, size_t length, struct text_pool *pool,
	struct value *out, struct cell_problem *problem)
{
	struct cell_form form;

	*problem = (struct cell_problem){ MSG_COUNT, NULL, NULL };
	form.pool = pool;
	form.problem = problem;
	if (length && cell_plain(column, text, length, pool, out))
		return check_bounds(&form, column, out);
	form_init(&form, column->type, text, length);
	if (is_blank(&form, column->type)) {
		*out = value_missing(column_value_type(column));
		return true;
	}
	if (!check_excel(&form) || !parse_typed(&form, column, out))
		return false;
	return check_bounds(&form, column, out);
}

static bool parse_literal_date(struct cell_form *form, struct value *out)
{
	int32_t day;

	if (date_parse(form->text, form->length, &day)) {
		*out = value_date(day);
		return true;
	}
	if (month_parse(form->text, form->length, &day)) {
		*out = value_date(month_first_day(day));
		return true;
	}
	/* Says what is wrong; a form that only exports may use is no date here. */
	if (cell_date(form, out))
		return cell_reject(form, MSG_BAD_DATE, NULL, NULL);
	return false;
}

bool cell_parse_literal(enum value_type type, const char *text, size_t length, struct text_pool *pool,
	struct value *out, struct cell_problem *problem)
{
	static const char *const words[] = { "是", "否", "yes", "no" };
	static const enum column_type columns[] = {
		[VALUE_MONEY] = COLUMN_MONEY, [VALUE_NUMBER] = COLUMN_NUMBER, [VALUE_PERCENT] = COLUMN_PERCENT,
		[VALUE_YESNO] = COLUMN_YESNO, [VALUE_TEXT] = COLUMN_TEXT, [VALUE_DATE] = COLUMN_DATE,
		[VALUE_GRADE] = COLUMN_GRADE, [VALUE_NONE] = COLUMN_TEXT
	};
	struct column column = { .name = "", .type = columns[type] };
	struct cell_form form;

	*problem = (struct cell_problem){ MSG_COUNT, NULL, NULL };
	form.pool = pool;
	form.problem = problem;
	form.raw = text_trim(text, &length);
	form.raw_length = length;
	cell_form_plain(&form);
	if (!length) {
		*out = value_missing(type);
		return true;
	}
	if (type == VALUE_DATE)
		return parse_literal_date(&form, out);
	if (type == VALUE_YESNO && !any_of(form.text, words, 4))
		return cell_reject(&form, MSG_BAD_YESNO, NULL, NULL);
	return parse_typed(&form, &column, out);
}
