#include "policy/reading.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "table/cell.h"

void reading_link(struct reading *reading, struct linked_list *list, const struct element *element, void *object)
{
	list->all = element_push(reading->arena, list->all, &list->count, &list->room, sizeof(*list->all));
	list->all[list->count - 1] = (struct linked){ element, object };
}

struct block *reading_block(struct reading *reading, enum block_kind kind, const void *object)
{
	struct article *article = reading->article;
	struct block *block;

	article->blocks = arena_append(reading->arena, article->blocks, article->block_count, sizeof(*block));
	block = &article->blocks[article->block_count++];
	block->kind = kind;
	block->object = object;
	return block;
}

struct formula *reading_formula(struct reading *reading, const struct element *element, const char *attribute,
	struct formula_scope scope)
{
	struct formula *formula;
	struct xml_text text = attribute ? xml_text_of_attribute(element->document, element->node, attribute)
		: element_text(element);

	/* An element without text is told by the grammar already. */
	if (!text.text || (!attribute && !text.length))
		return NULL;
	formula = arena_alloc(reading->arena, sizeof(*formula));
	formula->text = text;
	formula->policy = reading->policy;
	scope.policy = reading->policy;
	reading->pending = element_push(reading->arena, reading->pending, &reading->pending_count, &reading->pending_room,
		sizeof(*reading->pending));
	reading->pending[reading->pending_count - 1] = (struct pending){ formula, scope };
	return formula;
}

static bool is_cjk(const char *text, const char *start)
{
	const char *at = text;

	if (at == start)
		return false;
	do
		at--;
	while (at > start && ((unsigned char)*at & 0xC0) == 0x80);
	return text_next(&at) >= 0x2E80;
}

const char *reading_flow(const struct reading *reading, const char *text)
{
	struct text_buffer out = TEXT_BUFFER_INIT;
	size_t length = strlen(text);
	const char *at = text_trim(text, &length), *end = at + length, *start = at, *flowed;

	while (at < end) {
		size_t blank = strspn(at, " \t\r\n");
		const char *next = at + blank, *peek = next;
		bool broken = memchr(at, '\n', blank) != NULL;

		if (!blank) {
			text_buffer_putc(&out, *at++);
			continue;
		}
		if (!broken || !is_cjk(at, start) || text_next(&peek) < 0x2E80)
			text_buffer_putc(&out, ' ');
		at = next;
	}
	flowed = length ? text_buffer_take(&out, reading->arena) : "";
	text_buffer_release(&out);
	return flowed;
}

const char *reading_number(const struct reading *reading, long number)
{
	return arena_printf(reading->arena, "%ld", number);
}

const char *reading_where(const struct reading *reading, struct place place)
{
	return arena_printf(reading->arena, "%s:%ld", place.file ? place.file : "", place.line);
}

void reading_doubled(const struct reading *reading, struct place at, const char *what, const char *name, struct place first)
{
	diag_add(reading->diag, MSG_ENTRY_DOUBLED, at, what, name, reading_where(reading, first), NULL);
}

bool reading_value(const struct reading *reading, enum value_type type, struct literal literal, struct value *out)
{
	struct cell_problem problem = { 0 };
	size_t length = strlen(literal.text);

	*out = value_missing(type);
	if (type == VALUE_NONE)
		return false;
	if (length && cell_parse_literal(type, literal.text, length, reading->pool, out, &problem) && !out->missing)
		return true;
	diag_add(reading->diag, MSG_VALUE_INVALID, literal.place, literal.text, value_type_name(type), NULL);
	*out = value_missing(type);
	return false;
}

bool reading_bound(const struct reading *reading, struct literal literal, struct decimal *out)
{
	const char *plain = text_nfkc(reading->arena, literal.text, strlen(literal.text));
	size_t length = strlen(plain);
	struct value value;

	literal.text = plain;
	if (!reading_value(reading, length && plain[length - 1] == '%' ? VALUE_PERCENT : VALUE_NUMBER, literal, &value))
		return false;
	*out = value.number;
	return true;
}

static size_t until_sign(const char *text, char sign, size_t *sign_length)
{
	static const char full_width[] = "，";
	size_t i = 0;

	for (*sign_length = 0; text[i]; i++) {
		if (text[i] == sign)
			*sign_length = 1;
		else if (sign == ',' && !strncmp(text + i, full_width, strlen(full_width)))
			*sign_length = strlen(full_width);
		if (*sign_length)
			break;
	}
	return i;
}

const char **reading_list(const struct reading *reading, const char *text, char sign, size_t *count)
{
	const char **all = NULL;
	size_t room = 0, sign_length;

	*count = 0;
	do {
		size_t part = until_sign(text, sign, &sign_length), length = part;
		const char *start = text_trim(text, &length);

		all = element_push(reading->arena, all, count, &room, sizeof(*all));
		all[*count - 1] = text_intern(reading->pool, start, length);
		text += part + sign_length;
	} while (sign_length);
	return all;
}

enum value_type reading_type(const struct element *element, enum value_type fallback)
{
	if (!element_get(element, "type"))
		return fallback;
	return (enum value_type)element_one_of(element, "type", VALUE_NONE);
}

const struct table_spec *reading_table(const struct reading *reading, const struct element *element, const char *attribute)
{
	const struct policy *policy = reading->policy;
	const char *name = element_name(element, attribute, reading->pool), **names;

	if (!name)
		return NULL;
	names = arena_array(reading->arena, policy->table_count + 1, sizeof(*names));
	for (size_t i = 0; i < policy->table_count; i++) {
		names[i] = policy->tables[i]->name;
		if (names[i] == name)
			return policy->tables[i];
	}
	diag_add_nearest(reading->diag, MSG_TABLE_UNKNOWN, element_place_of(element, attribute),
		text_nearest(name, names, policy->table_count), name, NULL);
	return NULL;
}

const struct column *reading_column(const struct reading *reading, const struct element *element, const char *attribute,
	const struct table_spec *table)
{
	const char *name = element_name(element, attribute, reading->pool), **names, *all = "";
	const struct column *column;

	if (!name || !table)
		return NULL;
	column = table_spec_column(table, name);
	if (column)
		return column;
	names = arena_array(reading->arena, table->column_count + 1, sizeof(*names));
	for (size_t i = 0; i < table->column_count; i++) {
		names[i] = table->columns[i].name;
		all = arena_printf(reading->arena, "%s%s%s", all, i ? ", " : "", names[i]);
	}
	diag_add_nearest(reading->diag, MSG_TABLE_COLUMN_UNKNOWN, element_place_of(element, attribute),
		text_nearest(name, names, table->column_count), name, table->name, all, NULL);
	return NULL;
}

const struct grade *reading_grade(const struct reading *reading, const char *name, struct place at)
{
	const struct policy *policy = reading->policy;
	const struct grade *grade = policy_grade(policy, name);
	const char *all = "", **names;

	if (grade)
		return grade;
	names = arena_array(reading->arena, policy->grade_count * 2 + 1, sizeof(*names));
	for (size_t i = 0; i < policy->grade_count; i++) {
		names[i * 2] = policy->grades[i].id;
		names[i * 2 + 1] = policy->grades[i].title;
		all = arena_printf(reading->arena, "%s%s%s", all, i ? ", " : "", policy->grades[i].id);
	}
	diag_add_nearest(reading->diag, MSG_GRADE_UNKNOWN, at, text_nearest(name, names, policy->grade_count * 2), name, all, NULL);
	return NULL;
}
