#include "base/file.h"
#include "fonts.h"
#include "render/canvas.h"

static void draw(struct canvas *canvas)
{
	const struct lettering letters = { 9.5, true, INK_MUTED, ANCHOR_END };

	canvas_page_begin(canvas, 200, 100.25);
	canvas_tag_begin(canvas, "P", NULL);
	canvas_puts(canvas, 190, 20.126, &letters, "工资 <5 & \"6\"");
	canvas_puts(canvas, 190, 20, &letters, "");
	canvas_tag_end(canvas);
	canvas_line(
		canvas, (struct point){ 0, -1.5 }, (struct point){ 10, 0 }, (struct pen){ INK_GRID, 0.5, 2 });
	canvas_rect(canvas, (struct box){ 1, 2, 3, 4 }, INK_BAR, PEN_NONE);
	canvas_path(canvas, (struct point[]){ { 0, 0 }, { 1, 0 }, { 0, 1 } }, 3, INK_FOCUS,
		(struct pen){ INK_AXIS, 1, 0 });
	canvas_page_end(canvas);
}

static void test_bytes(void)
{
	static const char expected[] =
		"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" xml:lang=\"zh-CN\" lang=\"zh-CN\" "
		"viewBox=\"0 0 200 100.25\" width=\"200pt\""
		" height=\"100.25pt\" font-family=\"'Noto Sans CJK SC','Noto Sans SC','Source Han Sans "
		"SC','PingFang SC','Microsoft YaHei',sans-serif\">\n"
		"<title>A &lt; B</title>\n"
		"<desc>what it shows</desc>\n"
		"<rect class=\"fill-paper\" fill=\"#FFFFFF\" width=\"200\" height=\"100.25\"/>\n"
		"<text x=\"190\" y=\"20.13\" font-size=\"9.5\" font-weight=\"bold\" text-anchor=\"end\" "
		"class=\"fill-muted\" fill=\"#5A5A5A\">"
		"工资 &lt;5 &amp; &quot;6&quot;</text>\n"
		"<path d=\"M0 -1.5L10 0\" class=\"stroke-grid\" fill=\"none\" stroke=\"#E4E4E4\" "
		"stroke-width=\"0.5\" stroke-dasharray=\"2\"/>\n"
		"<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" class=\"fill-bar\" fill=\"#BFBFBF\"/>\n"
		"<path d=\"M0 0L1 0L0 1Z\" class=\"fill-focus stroke-axis\" fill=\"#12436D\" "
		"stroke=\"#3D3D3D\" stroke-width=\"1\"/>\n"
		"</svg>\n";
	const struct canvas_about about = {
		.title = "A < B", .description = "what it shows", .language = "zh-CN", .date = "2026-10-08"
	};
	struct fonts *fonts = unit_fonts("工资");
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	char *folder = unit_folder_new(), *path = g_build_filename(folder, "a.svg", NULL), *text;
	struct file_writer *out = file_writer_new(path, 0644);
	struct canvas *canvas = canvas_svg_new(fonts, &about, out);

	draw(canvas);
	canvas_finish(canvas);
	g_assert_true(file_writer_commit(out, diag));
	text = unit_read(folder, "a.svg");
	g_assert_cmpstr(text, ==, expected);
	g_free(text);
	g_free(path);
	unit_folder_remove(folder);
	diag_free(diag);
	arena_free(arena);
	fonts_free(fonts);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/svg/every operation is written as presentation attributes and classes", test_bytes);
	return g_test_run();
}
