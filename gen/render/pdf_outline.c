#include "render/pdf_outline.h"
#include "base/bug.h"
#include "base/text.h"
#include "render/pdf_file.h"
#include <stdlib.h>

#define NONE SIZE_MAX

/* The next one of the same level before a lower one comes. */
static size_t sibling(const struct pdf_bookmark *bookmarks, size_t count, size_t index, int step)
{
	for (size_t i = index + (size_t)step; i < count; i += (size_t)step) {
		if (bookmarks[i].level < bookmarks[index].level)
			return NONE;
		if (bookmarks[i].level == bookmarks[index].level)
			return i;
	}
	return NONE;
}

static size_t parent(const struct pdf_bookmark *bookmarks, size_t index)
{
	for (size_t i = index; i-- > 0;)
		if (bookmarks[i].level < bookmarks[index].level)
			return i;
	return NONE;
}

static void put_reference(struct text_buffer *out, const char *key, const int *objects, size_t index)
{
	if (index != NONE)
		text_buffer_printf(out, "/%s %d 0 R", key, objects[index]);
}

static void put_kids(struct text_buffer *out, const struct pdf_bookmark *bookmarks, size_t count,
	const int *objects, size_t first)
{
	size_t last = first;

	if (first >= count)
		return;
	for (size_t next = first; next != NONE; next = sibling(bookmarks, count, next, 1))
		last = next;
	put_reference(out, "First", objects, first);
	put_reference(out, "Last", objects, last);
}

int pdf_outline_put(struct pdf_file *file, const struct pdf_bookmark *bookmarks, size_t count)
{
	int root = pdf_object(file), *objects = calloc(count, sizeof *objects);
	struct text_buffer text = TEXT_BUFFER_INIT;

	if (!objects)
		bug("out of memory");
	for (size_t i = 0; i < count; i++)
		objects[i] = pdf_object(file);
	for (size_t i = 0; i < count; i++) {
		size_t above = parent(bookmarks, i);
		bool has_kids = i + 1 < count && bookmarks[i + 1].level > bookmarks[i].level;

		text.length = 0;
		text_buffer_puts(&text, "<</Title");
		pdf_string(&text, bookmarks[i].title);
		text_buffer_printf(&text, "/Dest[%d 0 R/Fit]/Parent %d 0 R", bookmarks[i].page_object,
			above == NONE ? root : objects[above]);
		put_reference(&text, "Prev", objects, sibling(bookmarks, count, i, -1));
		put_reference(&text, "Next", objects, sibling(bookmarks, count, i, 1));
		if (has_kids)
			put_kids(&text, bookmarks, count, objects, i + 1);
		text_buffer_puts(&text, ">>");
		pdf_put(file, objects[i], text.data, text.length);
	}
	text.length = 0;
	text_buffer_puts(&text, "<</Type/Outlines");
	put_kids(&text, bookmarks, count, objects, 0);
	text_buffer_puts(&text, ">>");
	pdf_put(file, root, text.data, text.length);
	text_buffer_release(&text);
	free(objects);
	return root;
}
