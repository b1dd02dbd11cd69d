#include "policy/element.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

const char *element_get(const struct element *element, const char *attribute)
{
	return xml_attribute(element->document, element->node, attribute);
}

const char *element_name(const struct element *element, const char *attribute, struct text_pool *pool)
{
	const char *text = element_get(element, attribute);

	if (!text || !*text)
		return NULL;
	text = text_nfkc(element->document->arena, text, strlen(text));
	return text_intern(pool, text, strlen(text));
}

bool element_is(const struct element *element, const char *name)
{
	return !strcmp(element->rule->name, name);
}

struct place element_place(const struct element *element)
{
	return xml_place(element->document, element->node);
}

struct place element_place_of(const struct element *element, const char *attribute)
{
	return xml_place_attribute(element->document, element->node, attribute);
}

struct xml_text element_text(const struct element *element)
{
	struct xml_text text = xml_text_of(element->document, element->node);
	size_t length = text.length, start;
	const char *first = text_trim(text.text, &length);

	start = (size_t)(first - text.text);
	text.text = arena_strndup(element->document->arena, first, length);
	text.source_offset += start;
	text.length = length;
	return text;
}

struct place element_place_of_text(const struct element *element)
{
	struct xml_text text = element_text(element);

	return text.length ? xml_text_place(&text, 0, text.length) : element_place(element);
}

int element_one_of(const struct element *element, const char *attribute, int fallback)
{
	const char *value = element_get(element, attribute);
	const struct attribute_rule *a = element->rule->attributes;
	size_t index;

	while (a->name && strcmp(a->name, attribute) != 0)
		a++;
	if (!value || !a->name || !grammar_one_of(a->values, value, &index))
		return fallback;
	return (int)index;
}

bool element_decimal(const struct element *element, const char *attribute, struct decimal *out)
{
	const char *value = element_get(element, attribute);

	return value && decimal_parse(value, strlen(value), out);
}

size_t element_count(const struct element *element, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < element->count; i++)
		count += element_is(element->children[i], name);
	return count;
}

void *element_push(struct arena *arena, void *array, size_t *count, size_t *room, size_t size)
{
	if (*count == *room) {
		*room = *room ? *room * 2 : 8;
		array = arena_grow(arena, array, *count, *room, size);
	}
	++*count;
	return array;
}
