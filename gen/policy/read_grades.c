#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/numbers_file.h"

/*
 * Grades are read when all <grades> are known: a set's type may stand at any
 * one of its <set>s, and each grade has room for all sets.
 */
void read_grades(struct reading *reading, const struct element *element)
{
	struct numbers_file *file = NULL;

	if (element_get(element, "file")) {
		file = arena_alloc(reading->arena, sizeof(*file));
		if (!numbers_open(file, reading, element))
			file = NULL;
		else if (!file->sheet->row_count)
			diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), "grades", "grade", NULL);
	} else if (!element->count) {
		diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), "grades", "grade", NULL);
	}
	reading_link(reading, &reading->grades, element, file);
	reading_block(reading, BLOCK_GRADES, NULL);
}

/* type VALUE_NONE: not said here. */
static void note_set(struct reading *reading, const char *name, enum value_type type, struct place at)
{
	struct policy *policy = reading->policy;
	struct grade_set *set;

	for (size_t i = 0; i < policy->grade_set_count; i++) {
		set = &policy->grade_sets[i];
		if (set->name != name)
			continue;
		if (set->type == VALUE_NONE)
			set->type = type;
		else if (type != VALUE_NONE && type != set->type)
			diag_add(reading->diag, MSG_SET_TYPES, at, name, reading_number(reading, set->place.line),
				value_type_name(set->type), value_type_name(type), NULL);
		return;
	}
	policy->grade_sets = element_push(reading->arena, policy->grade_sets, &policy->grade_set_count, &reading->set_room,
		sizeof(*policy->grade_sets));
	policy->grade_sets[policy->grade_set_count - 1] = (struct grade_set){ name, type, at };
}

static bool is_attribute(const char *header)
{
	static const char *const names[] = { "id", "title", "track", "order" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(header, names[i]))
			return true;
	return false;
}

/* A file's header that names a set, interned; NULL for others. */
static const char *header_set(const struct reading *reading, const struct csv_sheet *sheet, size_t column)
{
	size_t length = strlen(sheet->header[column]);
	const char *start = text_trim(sheet->header[column], &length);
	const char *plain = text_nfkc(reading->arena, start, length);

	return is_attribute(plain) || numbers_is_remark(plain) ? NULL : text_intern(reading->pool, plain, strlen(plain));
}

static void note_sets(struct reading *reading, const struct element *element, const struct numbers_file *file)
{
	for (size_t i = 0; file && i < file->sheet->column_count; i++) {
		const char *name = header_set(reading, file->sheet, i);

		if (name)
			note_set(reading, name, VALUE_NONE, (struct place){ .file = file->sheet->path, .line = 1, .column = (long)i + 1 });
	}
	for (size_t i = 0; !file && i < element->count; i++)
		for (size_t k = 0; k < element->children[i]->count; k++) {
			const struct element *set = element->children[i]->children[k];
			const char *name = element_name(set, "name", reading->pool);

			if (name)
				note_set(reading, name, reading_type(set, VALUE_NONE), element_place(set));
		}
}

/* The text of one attribute, wherever it stands. */
struct grade_source {
	struct literal id, title, track, order;
	struct place place;
};

static struct grade *add_grade(struct reading *reading, const struct grade_source *source)
{
	struct policy *policy = reading->policy;
	struct grade *grade = &policy->grades[policy->grade_count];
	const char *title = *source->title.text ? source->title.text : source->id.text;

	grade->id = text_intern(reading->pool, source->id.text, strlen(source->id.text));
	grade->title = text_intern(reading->pool, title, strlen(title));
	grade->track = text_intern(reading->pool, source->track.text, strlen(source->track.text));
	grade->place = source->place;
	grade->sets = arena_array(reading->arena, policy->grade_set_count + 1, sizeof(*grade->sets));
	for (size_t i = 0; i < policy->grade_set_count; i++)
		grade->sets[i] = value_missing(policy->grade_sets[i].type);
	for (const struct grade *other = policy->grades; other < grade; other++)
		if (other->id == grade->id) {
			reading_doubled(reading, source->id.place, "grade", grade->id, other->place);
			return NULL;
		}
	policy->grade_count++;
	return grade;
}

static void set_order(const struct reading *reading, struct grade *grade, struct literal order)
{
	char *end;

	grade->order = (int)strtol(order.text, &end, 10);
	if (!*order.text || *end) {
		diag_add(reading->diag, MSG_ATTRIBUTE_INTEGER, order.place, "order", order.text, "-1000000", "1000000", NULL);
		return;
	}
	for (const struct grade *other = reading->policy->grades; other < grade; other++)
		if (other->track == grade->track && other->order == grade->order)
			reading_doubled(reading, order.place, "order", order.text, other->place);
}

static size_t index_of_set(const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->grade_set_count; i++)
		if (policy->grade_sets[i].name == name)
			return i;
	return SIZE_MAX;
}

static void put_value(const struct reading *reading, struct grade *grade, const char *name, struct literal literal)
{
	size_t index = name ? index_of_set(reading->policy, name) : SIZE_MAX;

	if (index != SIZE_MAX && *literal.text)
		reading_value(reading, reading->policy->grade_sets[index].type, literal, &grade->sets[index]);
}

static struct literal attribute(const struct element *element, const char *name)
{
	const char *text = element_get(element, name);

	return (struct literal){ text ? text : "", element_place_of(element, name) };
}

static void read_grade(struct reading *reading, const struct element *element)
{
	struct grade_source source = { attribute(element, "id"), attribute(element, "title"), attribute(element, "track"),
		attribute(element, "order"), element_place(element) };
	struct grade *grade = *source.id.text ? add_grade(reading, &source) : NULL;
	struct decimal number;

	/* An order that is none is told by the grammar. */
	if (grade && decimal_parse(source.order.text, strlen(source.order.text), &number) && decimal_is_integer(number))
		set_order(reading, grade, source.order);
	for (size_t i = 0; grade && i < element->count; i++) {
		const struct element *set = element->children[i];
		const char *name = element_name(set, "name", reading->pool);

		for (size_t k = 0; k < i; k++)
			if (name && element_name(element->children[k], "name", reading->pool) == name) {
				reading_doubled(reading, element_place_of(set, "name"), "set", name, element_place(element->children[k]));
				break;
			}
		put_value(reading, grade, name, (struct literal){ element_text(set).text, element_place_of_text(set) });
	}
}

static void read_grade_rows(struct reading *reading, const struct numbers_file *file)
{
	int id = numbers_column(file, "id"), title = numbers_column(file, "title"), track = numbers_column(file, "track"),
	    order = numbers_column(file, "order");
	struct place header = { .file = file->sheet->path, .line = 1 };

	if (id < 0)
		diag_add(reading->diag, MSG_NUMBERS_COLUMN, header, "id", "id, title, track, order, …", NULL);
	if (order < 0)
		diag_add(reading->diag, MSG_NUMBERS_COLUMN, header, "order", "id, title, track, order, …", NULL);
	for (size_t row = 0; id >= 0 && order >= 0 && row < file->sheet->row_count; row++) {
		struct grade_source source = { numbers_field(file, row, id), numbers_field(file, row, title),
			numbers_field(file, row, track), numbers_field(file, row, order), numbers_place(file, row, id) };
		struct grade *grade;

		if (numbers_is_blank(file, row))
			continue;
		if (!*source.id.text) {
			diag_add(reading->diag, MSG_ATTRIBUTE_BLANK, source.id.place, "id", NULL);
			continue;
		}
		grade = add_grade(reading, &source);
		if (!grade)
			continue;
		set_order(reading, grade, source.order);
		for (size_t i = 0; i < file->sheet->column_count; i++)
			put_value(reading, grade, header_set(reading, file->sheet, i), numbers_field(file, row, (int)i));
	}
}

void link_grades(struct reading *reading)
{
	struct policy *policy = reading->policy;
	size_t most = 0;

	for (size_t i = 0; i < reading->grades.count; i++) {
		const struct numbers_file *file = reading->grades.all[i].object;

		note_sets(reading, reading->grades.all[i].element, file);
		most += file ? file->sheet->row_count : reading->grades.all[i].element->count;
	}
	for (size_t i = 0; i < policy->grade_set_count; i++)
		if (policy->grade_sets[i].type == VALUE_NONE)
			policy->grade_sets[i].type = VALUE_MONEY;
	policy->grades = arena_array(reading->arena, most + 1, sizeof(*policy->grades));
	for (size_t i = 0; i < reading->grades.count; i++) {
		const struct element *element = reading->grades.all[i].element;

		if (reading->grades.all[i].object)
			read_grade_rows(reading, reading->grades.all[i].object);
		for (size_t k = 0; !element_get(element, "file") && k < element->count; k++)
			read_grade(reading, element->children[k]);
	}
}
