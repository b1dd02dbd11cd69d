#include "render/canvas_direct.h"
#include "base/arena.h"
#include "base/bug.h"
#include "render/direct.h"
#include "render/pdf_file.h"
#include "render/pdf_font.h"
#include "render/pdf_tags.h"
#include <stdlib.h>
#include <string.h>

static void close_marked(struct canvas_direct *direct)
{
	if (direct->marked != MARKED_NOTHING)
		text_buffer_puts(&direct->content, "EMC\n");
	direct->marked = MARKED_NOTHING;
}

static void put_mark(struct canvas_direct *direct, const char *tag)
{
	text_buffer_putc(&direct->content, '/');
	text_buffer_puts(&direct->content, tag);
	text_buffer_puts(&direct->content, "<</MCID ");
	pdf_int(&direct->content, pdf_tags_content(direct->tags));
	text_buffer_puts(&direct->content, ">>BDC\n");
}

/* Words belong to the open element; lines and fields do so in a figure only and are else decoration. */
static void mark(struct canvas_direct *direct, bool words)
{
	const char *tag = pdf_tags_open(direct->tags);
	bool artifact = !strcmp(tag, "Document") || (!words && strcmp(tag, "Figure") != 0);
	enum marked wanted = artifact ? MARKED_ARTIFACT : MARKED_ELEMENT;

	if (direct->marked == wanted)
		return;
	close_marked(direct);
	direct->marked = wanted;
	if (artifact)
		text_buffer_puts(&direct->content, "/Artifact BMC\n");
	else
		put_mark(direct, tag);
}

void direct_numbers(struct text_buffer *out, const double *numbers, size_t count, const char *operator)
{
	for (size_t i = 0; i < count; i++) {
		pdf_number(out, numbers[i]);
		text_buffer_putc(out, ' ');
	}
	text_buffer_puts(out, operator);
	text_buffer_putc(out, '\n');
}

void direct_ink(struct canvas_direct *direct, enum ink ink, bool stroke)
{
	enum ink *present = stroke ? &direct->stroke : &direct->fill;
	const struct ink_entry *entry = ink_entry(ink);

	if (*present == ink)
		return;
	*present = ink;
	direct_numbers(&direct->content, (const double[]){ entry->red, entry->green, entry->blue }, 3,
		stroke ? "RG" : "rg");
}

void direct_pen(struct canvas_direct *direct, struct pen pen)
{
	direct_ink(direct, pen.ink, true);
	if (direct->line_width < pen.width_pt || direct->line_width > pen.width_pt)
		direct_numbers(&direct->content, &pen.width_pt, 1, "w");
	direct->line_width = pen.width_pt;
	if (direct->dash < pen.dash_pt || direct->dash > pen.dash_pt) {
		text_buffer_putc(&direct->content, '[');
		if (pen.dash_pt > 0)
			pdf_number(&direct->content, pen.dash_pt);
		text_buffer_puts(&direct->content, "]0 d\n");
	}
	direct->dash = pen.dash_pt;
}

static void direct_page_begin(struct canvas *canvas, double width_pt, double height_pt)
{
	struct canvas_direct *direct = (struct canvas_direct *)canvas;
	int page = pdf_object(direct->tools.file);

	if (direct->page_count == PAGES_MOST) {
		direct->failed = true;
		direct->page_count--;
	}
	direct->pages[direct->page_count].page = page;
	direct->pages[direct->page_count].width_pt = width_pt;
	direct->pages[direct->page_count].height_pt = height_pt;
	direct->height_pt = height_pt;
	direct->fill = direct->stroke = INK_COUNT;
	direct->line_width = -1;
	direct->dash = 0;
	direct->content.length = 0;
	pdf_tags_page(direct->tags, page);
}

static void direct_page_end(struct canvas *canvas)
{
	struct canvas_direct *direct = (struct canvas_direct *)canvas;
	int content = pdf_object(direct->tools.file);

	close_marked(direct);
	pdf_put_stream(direct->tools.file, content, "", direct->content.data, direct->content.length);
	direct->pages[direct->page_count++].content = content;
}

static void direct_text(struct canvas *canvas, struct point at, const struct lettering *letters,
	const char *utf8, size_t length)
{
	static const double shift[] = { [ANCHOR_START] = 0, [ANCHOR_MIDDLE] = 0.5, [ANCHOR_END] = 1 };
	struct canvas_direct *direct = (struct canvas_direct *)canvas;

	fonts_layout(canvas->fonts, letters->bold, utf8, length, &direct->row);
	if (!direct->row.count)
		return;
	mark(direct, true);
	at.x -= shift[letters->anchor] * direct->row.width_em * letters->size_pt;
	direct_glyphs(
		&(struct putting){ direct, letters, { at.x, direct->height_pt - at.y }, 0, false }, utf8);
}

static void paint(struct canvas_direct *direct, enum ink fill, struct pen pen)
{
	text_buffer_puts(&direct->content, fill != INK_NONE ? pen.ink != INK_NONE ? "B\n" : "f\n" : "S\n");
}

static bool start_painting(struct canvas_direct *direct, enum ink fill, struct pen pen)
{
	if (fill == INK_NONE && pen.ink == INK_NONE)
		return false;
	mark(direct, false);
	if (fill != INK_NONE)
		direct_ink(direct, fill, false);
	if (pen.ink != INK_NONE)
		direct_pen(direct, pen);
	return true;
}

static void direct_path(
	struct canvas *canvas, const struct point *points, size_t count, enum ink fill, struct pen pen)
{
	struct canvas_direct *direct = (struct canvas_direct *)canvas;

	if (!start_painting(direct, fill, pen))
		return;
	for (size_t i = 0; i < count; i++)
		direct_numbers(&direct->content,
			(const double[]){ points[i].x, direct->height_pt - points[i].y }, 2, i ? "l" : "m");
	if (fill != INK_NONE)
		text_buffer_puts(&direct->content, "h ");
	paint(direct, fill, pen);
}

static void direct_rect(struct canvas *canvas, struct box box, enum ink fill, struct pen pen)
{
	struct canvas_direct *direct = (struct canvas_direct *)canvas;

	if (!start_painting(direct, fill, pen))
		return;
	direct_numbers(&direct->content,
		(const double[]){ box.x, direct->height_pt - box.y - box.height, box.width, box.height }, 4,
		"re");
	paint(direct, fill, pen);
}

static void direct_tag_begin(struct canvas *canvas, const char *tag, const char *alt)
{
	struct canvas_direct *direct = (struct canvas_direct *)canvas;

	close_marked(direct);
	pdf_tags_begin(direct->tags, tag, alt);
}

static void direct_tag_end(struct canvas *canvas, const char *tag)
{
	struct canvas_direct *direct = (struct canvas_direct *)canvas;

	(void)tag;
	close_marked(direct);
	pdf_tags_end(direct->tags);
}

static void direct_unknown(struct canvas *canvas)
{
	((struct canvas_direct *)canvas)->failed = true;
}

static void direct_link_begin(struct canvas *canvas, const char *address)
{
	(void)address;
	direct_unknown(canvas);
}

static void direct_bookmark(struct canvas *canvas, const char *title, int level)
{
	struct canvas_direct *direct = (struct canvas_direct *)canvas;

	if (direct->bookmark_count == BOOKMARKS_MOST)
		direct->failed = true;
	else
		direct->bookmarks[direct->bookmark_count++] =
			(struct pdf_bookmark){ title, level, direct->pages[direct->page_count].page };
}

static void put_text(struct pdf_file *file, int number, struct text_buffer *text)
{
	pdf_put(file, number, text->data, text->length);
	text->length = 0;
}

static int put_info(struct pdf_file *file, const struct canvas_about *about, struct text_buffer *text)
{
	int number = pdf_object(file);
	const char *date = about->date;

	text_buffer_puts(text, "<</Title");
	pdf_string(text, about->title);
	if (about->author) {
		text_buffer_puts(text, "/Author");
		pdf_string(text, about->author);
	}
	text_buffer_printf(text,
		"/Creator(salespay)/Producer(salespay)/CreationDate(D:%.4s%.2s%.2s000000Z)/"
		"ModDate(D:%.4s%.2s%.2s000000Z)>>",
		date, date + 5, date + 8, date, date + 5, date + 8);
	put_text(file, number, text);
	return number;
}

static void put_pages(struct canvas_direct *direct, int parent, struct text_buffer *text)
{
	struct pdf_file *file = direct->tools.file;
	int resources = pdf_object(file);

	text_buffer_puts(text, "<</Font<<");
	pdf_fonts_put(direct->tools.fonts, direct->tools.use, file, text);
	text_buffer_puts(text, ">>>>");
	put_text(file, resources, text);
	for (int i = 0; i < direct->page_count; i++) {
		text_buffer_printf(text,
			"<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents %d 0 R/StructParents "
			"%d/Tabs/S/MediaBox[0 0 ",
			parent, resources, direct->pages[i].content, i);
		pdf_number(text, direct->pages[i].width_pt);
		text_buffer_putc(text, ' ');
		pdf_number(text, direct->pages[i].height_pt);
		text_buffer_puts(text, "]>>");
		put_text(file, direct->pages[i].page, text);
	}
	text_buffer_printf(text, "<</Type/Pages/Count %d/Kids[", direct->page_count);
	for (int i = 0; i < direct->page_count; i++)
		text_buffer_printf(text, "%d 0 R ", direct->pages[i].page);
	text_buffer_puts(text, "]>>");
	put_text(file, parent, text);
}

bool canvas_direct_finish(struct canvas *canvas)
{
	struct canvas_direct *direct = (struct canvas_direct *)canvas;
	struct pdf_file *file = direct->tools.file;
	struct text_buffer text = TEXT_BUFFER_INIT;
	bool written = !direct->failed;

	if (canvas->depth)
		bug("tag %s was not ended", canvas->tags[canvas->depth - 1]);
	if (written) {
		int root = pdf_object(file), pages = pdf_object(file), tree = pdf_object(file), info,
		    outline = 0;

		if (direct->bookmark_count)
			outline = pdf_outline_put(file, direct->bookmarks, direct->bookmark_count);

		put_pages(direct, pages, &text);
		pdf_tags_put(direct->tags, file, tree);
		info = put_info(file, &canvas->about, &text);
		text_buffer_printf(&text,
			"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked "
			"true>>/Lang(%s)/ViewerPreferences<</DisplayDocTitle true>>",
			pages, tree, canvas->about.language);
		if (outline)
			text_buffer_printf(&text, "/Outlines %d 0 R/PageMode/UseOutlines", outline);
		text_buffer_puts(&text, ">>");
		put_text(file, root, &text);
		pdf_file_end(file, root, info, canvas->out);
	}
	pdf_font_use_clear(direct->tools.use);
	pdf_tags_free(direct->tags);
	arena_free(direct->scratch);
	text_buffer_release(&text);
	text_buffer_release(&direct->content);
	glyph_row_release(&direct->row);
	free(direct);
	return written;
}

static void direct_finish(struct canvas *canvas)
{
	canvas_direct_finish(canvas);
}

static const struct canvas_device direct_device = {
	.page_begin = direct_page_begin,
	.page_end = direct_page_end,
	.text = direct_text,
	.path = direct_path,
	.rect = direct_rect,
	.tag_begin = direct_tag_begin,
	.tag_end = direct_tag_end,
	.link_begin = direct_link_begin,
	.link_end = direct_unknown,
	.place = direct_link_begin,
	.bookmark = direct_bookmark,
	.finish = direct_finish,
};

struct canvas *canvas_direct_new(const struct fonts *fonts, const struct canvas_about *about,
	const struct canvas_direct_tools *tools, struct file_writer *out)
{
	struct canvas_direct *direct = calloc(1, sizeof *direct);

	if (!direct)
		bug("out of memory");
	direct->canvas =
		(struct canvas){ .device = &direct_device, .fonts = fonts, .about = *about, .out = out };
	direct->tools = *tools;
	direct->tags = pdf_tags_new();
	direct->scratch = arena_new();
	pdf_file_begin(tools->file);
	return &direct->canvas;
}
