#include "base/file.h"
#include "fonts.h"
#include "render/canvas_direct.h"
#include "render/pdf_file.h"
#include "render/pdf_font.h"

struct page {
	struct fonts *fonts;
	struct arena *arena;
	struct diag *diag;
	char *folder, *path;
	struct file_writer *out;
};

static const struct canvas_about about = {
	.title = "标题", .author = "晨星", .language = "zh-CN", .date = "2026-10-08"
};

static struct page start(void)
{
	struct page page = { unit_fonts("标题工资"), arena_new(), NULL, unit_folder_new(), NULL, NULL };

	page.diag = diag_new(page.arena);
	page.path = g_build_filename(page.folder, "a.pdf", NULL);
	page.out = file_writer_new(page.path, 0644);
	return page;
}

static void end(struct page *page)
{
	g_free(page->path);
	unit_folder_remove(page->folder);
	diag_free(page->diag);
	arena_free(page->arena);
	fonts_free(page->fonts);
}

static void draw(struct canvas *canvas, bool linked)
{
	const struct lettering letters = { 9, false, INK_TEXT, ANCHOR_START };

	for (int i = 0; i < 2; i++) {
		canvas_page_begin(canvas, 300, 200);
		canvas_bookmark(canvas, i ? "工" : "资", i);
		canvas_tag_begin(canvas, "Figure", i ? "第二" : "第一");
		canvas_puts(canvas, 20, 40, &letters, "工资");
		canvas_tag_end(canvas);
		canvas_tag_begin(canvas, "Table", NULL);
		canvas_tag_begin(canvas, "TR", NULL);
		canvas_tag_begin(canvas, "TH", i ? "Row" : "Column");
		canvas_puts(canvas, 20, 60, &letters, "标题");
		canvas_tag_end(canvas);
		canvas_tag_end(canvas);
		canvas_tag_end(canvas);
		if (linked) {
			canvas_tag_begin(canvas, "P", NULL);
			if (i)
				canvas_place(canvas, "there");
			canvas_link_begin(canvas, i ? "https://example.org/a?b='c'" : "#there");
			canvas_puts(canvas, 20, 80, &letters, "link");
			canvas_link_end(canvas);
			canvas_tag_end(canvas);
		}
		canvas_page_end(canvas);
	}
}

static const char *found(const char *data, size_t size, const char *text)
{
	return memmem(data, size, text, strlen(text));
}

/* Each entry of the plain cross-reference table points at the object of its number. */
static void check_table(const char *data, size_t size)
{
	const char *at = data + size - 40, *table;
	unsigned long count;
	char *next;

	at = found(at, 40, "startxref\n");
	g_assert_nonnull(at);
	table = data + strtoul(at + 10, NULL, 10);
	g_assert_true(g_str_has_prefix(table, "xref\n0 "));
	count = strtoul(table + 7, &next, 10);
	g_assert_cmpuint(count, >, 10);
	for (unsigned long i = 1; i < count; i++) {
		char *object = g_strdup_printf("%lu 0 obj", i);

		g_assert_true(g_str_has_prefix(data + strtoul(next + 1 + 20 * i, NULL, 10), object));
		g_free(object);
	}
}

static void test_cairo(void)
{
	struct page page = start();
	struct canvas *canvas = canvas_pdf_new(page.fonts, &about, page.out);
	struct file_bytes bytes;
	const char *first, *second;

	draw(canvas, true);
	canvas_finish(canvas);
	g_assert_true(file_writer_commit(page.out, page.diag));
	g_assert_true(file_read(page.path, page.arena, &bytes, page.diag));
	check_table(bytes.data, bytes.size);
	first = found(bytes.data, bytes.size, "/Alt <FEFF7B2C4E00>");
	second = found(bytes.data, bytes.size, "/Alt <FEFF7B2C4E8C>");
	g_assert_nonnull(first);
	g_assert_nonnull(second);
	g_assert_true(first < second);
	g_assert_nonnull(found(bytes.data, bytes.size, "/Scope /Column"));
	g_assert_nonnull(found(bytes.data, bytes.size, "/Scope /Row"));
	g_assert_nonnull(found(bytes.data, bytes.size, "/Lang (zh-CN)"));
	g_assert_nonnull(found(bytes.data, bytes.size, "/Marked true"));
	g_assert_nonnull(found(bytes.data, bytes.size, "https://example.org/a?b='c'"));
	g_assert_nonnull(found(bytes.data, bytes.size, "/Outlines"));
	g_assert_nonnull(found(bytes.data, bytes.size, "20261008000000"));
	end(&page);
}

/* True if it was written. */
static bool drawn_directly(struct page *page, bool linked)
{
	struct pdf_fonts *fonts = pdf_fonts_new(page->fonts);
	struct pdf_font_use use = pdf_font_use_new(fonts);
	struct pdf_file *file = pdf_file_new();
	const struct canvas_direct_tools tools = { fonts, &use, file };
	struct canvas *canvas = canvas_direct_new(page->fonts, &about, &tools, page->out);
	bool written;

	draw(canvas, linked);
	written = canvas_direct_finish(canvas);
	pdf_file_free(file);
	pdf_font_use_release(&use);
	pdf_fonts_free(fonts);
	return written;
}

static void test_direct(void)
{
	struct page page = start();
	struct file_bytes bytes;

	g_assert_true(drawn_directly(&page, false));
	g_assert_true(file_writer_commit(page.out, page.diag));
	g_assert_true(file_read(page.path, page.arena, &bytes, page.diag));
	g_assert_true(g_str_has_prefix(bytes.data, "%PDF-1.5\n"));
	g_assert_true(bytes.size > 6 && !memcmp(bytes.data + bytes.size - 6, "%%EOF\n", 6));
	end(&page);
}

static void test_direct_gives_up(void)
{
	struct page page = start();
	struct file_bytes bytes;

	g_assert_false(drawn_directly(&page, true));
	g_assert_true(file_writer_commit(page.out, page.diag));
	g_assert_true(file_read(page.path, page.arena, &bytes, page.diag));
	g_assert_cmpuint(bytes.size, ==, 0);
	end(&page);
}

static void test_numbers(void)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = { { 0, "0" }, { 1, "1" }, { -1.5, "-1.5" }, { 595.28, "595.28" }, { 0.05, "0.05" },
		{ -0.004, "0" }, { 12.999, "13" }, { 1e6, "1000000" } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct text_buffer text = TEXT_BUFFER_INIT;

		pdf_number(&text, cases[i].value);
		g_assert_cmpstr(text.data, ==, cases[i].text);
		text_buffer_release(&text);
	}
}

static void test_strings(void)
{
	struct text_buffer text = TEXT_BUFFER_INIT;

	pdf_string(&text, "A如𠮷");
	g_assert_cmpstr(text.data, ==, "<FEFF00415982D842DFB7>");
	text_buffer_release(&text);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/pdf/what cairo leaves out is put in, and every object is still found", test_cairo);
	g_test_add_func("/pdf/the direct device writes a whole file", test_direct);
	g_test_add_func("/pdf/the direct device writes nothing where it meets what it does not know",
		test_direct_gives_up);
	g_test_add_func("/pdf/numbers are written in hundredths without a trailing zero", test_numbers);
	g_test_add_func("/pdf/texts are UTF-16", test_strings);
	return g_test_run();
}
