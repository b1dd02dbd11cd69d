#include "render/pdf_finish.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/text.h"
#include "render/pdf_file.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct object {
	size_t offset; /* in cairo's output, then in ours */
	size_t number;
};

#define XREF_ENTRY 20

static const char *find_last(const struct pdf_finish *finish, const char *word)
{
	size_t length = strlen(word);

	for (size_t i = finish->size - length; i > 0; i--)
		if (!memcmp(finish->pdf + i, word, length))
			return finish->pdf + i;
	bug("cairo's PDF has no %s", word);
}

static int by_offset(const void *a, const void *b)
{
	const struct object *left = a, *right = b;

	return left->offset < right->offset ? -1 : left->offset > right->offset;
}

/* The objects in the order of the file; the caller frees. */
static struct object *read_table(const struct pdf_finish *finish, size_t *count, size_t *table_at)
{
	const char *at = find_last(finish, "startxref") + strlen("startxref");
	struct object *objects;
	char *end;

	*table_at = strtoul(at, NULL, 10);
	at = finish->pdf + *table_at;
	if (*table_at >= finish->size || memcmp(at, "xref\n0 ", 7) != 0)
		bug("cairo's PDF has no plain cross-reference table");
	*count = strtoul(at + 7, &end, 10);
	objects = calloc(*count, sizeof *objects);
	if (!objects)
		bug("out of memory");
	at = end + 1;
	for (size_t i = 0; i < *count; i++, at += XREF_ENTRY)
		objects[i] = (struct object){ strtoul(at, NULL, 10), i };
	objects[0].offset = 0; /* the head of the free list: stands for the file's header */
	qsort(objects, *count, sizeof *objects, by_offset);
	return objects;
}

static bool dictionary_has(const char *object, size_t size, const char *entry)
{
	return memmem(object, size < 160 ? size : 160, entry, strlen(entry)) != NULL;
}

static void put_note(struct text_buffer *out, const struct pdf_note *note)
{
	if (!note->text)
		return;
	if (!strcmp(note->tag, "TH")) {
		text_buffer_printf(out, "\n   /A << /O /Table /Scope /%s >>", note->text);
	} else {
		text_buffer_puts(out, "\n   /Alt ");
		pdf_string(out, note->text);
	}
}

/* What is to stand behind the "<<" of this object. */
static void put_entries(struct text_buffer *out, const struct pdf_finish *finish, const char *object,
	size_t size, size_t *noted)
{
	if (dictionary_has(object, size, "/Type /Catalog")) {
		if (finish->language && !dictionary_has(object, size, "/Lang"))
			text_buffer_printf(out, "\n   /Lang (%s)", finish->language);
		text_buffer_puts(out, "\n   /ViewerPreferences << /DisplayDocTitle true >>");
		if (!dictionary_has(object, size, "/MarkInfo"))
			text_buffer_puts(out, "\n   /MarkInfo << /Marked true >>");
	} else if (*noted < finish->note_count && dictionary_has(object, size, "/Type /StructElem")) {
		char entry[32];

		snprintf(entry, sizeof entry, "/S /%s\n", finish->notes[*noted].tag);
		if (dictionary_has(object, size, entry))
			put_note(out, &finish->notes[(*noted)++]);
	}
}

static void put_table(struct text_buffer *out, const struct object *objects, size_t count)
{
	size_t *offsets = calloc(count + 1, sizeof *offsets);

	if (!offsets)
		bug("out of memory");
	for (size_t i = 0; i < count; i++)
		offsets[objects[i].number] = objects[i].offset;
	text_buffer_printf(out, "xref\n0 %zu\n0000000000 65535 f \n", count);
	for (size_t i = 1; i < count; i++)
		text_buffer_printf(out, "%010zu 00000 n \n", offsets[i]);
	free(offsets);
}

static void put_trailer(struct text_buffer *out, const struct pdf_finish *finish, size_t table_at)
{
	const char *trailer = find_last(finish, "trailer\n<<"), *end = find_last(finish, ">>\nstartxref");
	char hash[65];

	bytes_sha256(out->data, out->length, hash);
	text_buffer_add(out, trailer, (size_t)(end - trailer));
	text_buffer_printf(
		out, "   /ID [<%.32s> <%.32s>]\n>>\nstartxref\n%zu\n%%%%EOF\n", hash, hash, table_at);
}

void pdf_finish_write(const struct pdf_finish *finish, struct file_writer *out)
{
	struct text_buffer file = TEXT_BUFFER_INIT;
	size_t count, table_at, noted = 0;
	struct object *objects = read_table(finish, &count, &table_at);

	for (size_t i = 0; i < count; i++) {
		const char *object = finish->pdf + objects[i].offset;
		size_t size = (i + 1 < count ? objects[i + 1].offset : table_at) - objects[i].offset;
		const char *body = i ? memmem(object, size < 32 ? size : 32, "obj\n<<", 6) : NULL;
		size_t head = body ? (size_t)(body - object) + 6 : size;

		objects[i].offset = file.length;
		text_buffer_add(&file, object, head);
		if (body)
			put_entries(&file, finish, object, size, &noted);
		text_buffer_add(&file, object + head, size - head);
	}
	if (noted != finish->note_count)
		bug("%zu of %zu structure elements found in cairo's PDF", noted, finish->note_count);
	table_at = file.length;
	put_table(&file, objects, count);
	put_trailer(&file, finish, table_at);
	file_write(out, file.data, file.length);
	text_buffer_release(&file);
	free(objects);
}
