#include "render/pdf_tags.h"
#include "base/bug.h"
#include "base/text.h"
#include "render/pdf_file.h"
#include <stdlib.h>
#include <string.h>

#define NONE (-1)

struct element {
	const char *tag, *alt;
	int parent, page;
	int first, last; /* kids */
	int object;
};
/* A kid is an element or, with element NONE, content number `content` of the element's page. */
struct kid {
	int element, content, next;
};
struct page {
	int object, contents;
};

struct pdf_tags {
	struct element *elements;
	struct kid *kids;
	struct page *pages;
	int *owners; /* elements of all contents, page after page */
	size_t element_count, element_room, kid_count, kid_room, page_count, page_room, owner_count,
		owner_room;
	int open;
};

static void *grown(void *array, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return array;
	*room = *room ? 2 * *room : 128;
	array = realloc(array, *room * size);
	if (!array)
		bug("out of memory");
	return array;
}

static int add_element(struct pdf_tags *tags, const char *tag, const char *alt, int parent)
{
	tags->elements =
		grown(tags->elements, tags->element_count, &tags->element_room, sizeof *tags->elements);
	tags->elements[tags->element_count] = (struct element){ tag, alt, parent,
		tags->page_count ? (int)tags->page_count - 1 : 0, NONE, NONE, 0 };
	return (int)tags->element_count++;
}

static void add_kid(struct pdf_tags *tags, int parent, struct kid kid)
{
	struct element *element = &tags->elements[parent];
	int index = (int)tags->kid_count;

	tags->kids = grown(tags->kids, tags->kid_count, &tags->kid_room, sizeof *tags->kids);
	tags->kids[tags->kid_count++] = kid;
	if (element->last == NONE)
		element->first = index;
	else
		tags->kids[element->last].next = index;
	element->last = index;
}

struct pdf_tags *pdf_tags_new(void)
{
	struct pdf_tags *tags = calloc(1, sizeof *tags);

	if (!tags)
		bug("out of memory");
	tags->open = add_element(tags, "Document", NULL, NONE);
	return tags;
}

void pdf_tags_free(struct pdf_tags *tags)
{
	if (!tags)
		return;
	free(tags->elements);
	free(tags->kids);
	free(tags->pages);
	free(tags->owners);
	free(tags);
}

void pdf_tags_page(struct pdf_tags *tags, int page_object)
{
	tags->pages = grown(tags->pages, tags->page_count, &tags->page_room, sizeof *tags->pages);
	tags->pages[tags->page_count++] = (struct page){ page_object, 0 };
}

void pdf_tags_begin(struct pdf_tags *tags, const char *tag, const char *alt)
{
	int element = add_element(tags, tag, alt, tags->open);

	add_kid(tags, tags->open, (struct kid){ element, 0, NONE });
	tags->open = element;
}

void pdf_tags_end(struct pdf_tags *tags)
{
	tags->open = tags->elements[tags->open].parent;
}

const char *pdf_tags_open(const struct pdf_tags *tags)
{
	return tags->elements[tags->open].tag;
}

int pdf_tags_content(struct pdf_tags *tags)
{
	int number = tags->pages[tags->page_count - 1].contents++;

	add_kid(tags, tags->open, (struct kid){ NONE, number, NONE });
	tags->owners = grown(tags->owners, tags->owner_count, &tags->owner_room, sizeof *tags->owners);
	tags->owners[tags->owner_count++] = tags->open;
	return number;
}

static void put_reference(struct text_buffer *out, const char *key, int object)
{
	text_buffer_puts(out, key);
	pdf_int(out, object);
	text_buffer_puts(out, " 0 R");
}

static void put_kids(const struct pdf_tags *tags, const struct element *element, struct text_buffer *out)
{
	bool several = element->first != element->last;

	text_buffer_puts(out, several ? "/K[" : "/K ");
	for (int i = element->first; i != NONE; i = tags->kids[i].next) {
		const struct kid *kid = &tags->kids[i];

		if (i != element->first)
			text_buffer_putc(out, ' ');
		if (kid->element == NONE)
			pdf_int(out, kid->content);
		else
			put_reference(out, "", tags->elements[kid->element].object);
	}
	if (several)
		text_buffer_putc(out, ']');
}

static void put_element(
	const struct pdf_tags *tags, const struct element *element, int root, struct text_buffer *out)
{
	text_buffer_puts(out, "<</S/");
	text_buffer_puts(out, element->tag);
	put_reference(out, "/P ", element->parent == NONE ? root : tags->elements[element->parent].object);
	if (tags->page_count)
		put_reference(out, "/Pg ", tags->pages[element->page].object);
	if (element->alt && !strcmp(element->tag, "TH")) {
		text_buffer_printf(out, "/A<</O/Table/Scope/%s>>", element->alt);
	} else if (element->alt) {
		text_buffer_puts(out, "/Alt ");
		pdf_string(out, element->alt);
	}
	if (element->first != NONE)
		put_kids(tags, element, out);
	text_buffer_puts(out, ">>");
}

void pdf_tags_put(struct pdf_tags *tags, struct pdf_file *file, int root)
{
	struct text_buffer text = TEXT_BUFFER_INIT;
	size_t owner = 0;

	for (size_t i = 0; i < tags->element_count; i++)
		tags->elements[i].object = pdf_object(file);
	for (size_t i = 0; i < tags->element_count; i++) {
		text.length = 0;
		put_element(tags, &tags->elements[i], root, &text);
		pdf_put(file, tags->elements[i].object, text.data, text.length);
	}
	text.length = 0;
	text_buffer_printf(&text, "<</Type/StructTreeRoot/K %d 0 R/ParentTreeNextKey %zu/ParentTree<</Nums[",
		tags->elements[0].object, tags->page_count);
	for (size_t page = 0; page < tags->page_count; page++) {
		text_buffer_printf(&text, "%zu[", page);
		for (int i = 0; i < tags->pages[page].contents; i++)
			put_reference(&text, i ? " " : "", tags->elements[tags->owners[owner++]].object);
		text_buffer_puts(&text, "]");
	}
	text_buffer_puts(&text, "]>>>>");
	pdf_put(file, root, text.data, text.length);
	text_buffer_release(&text);
}
