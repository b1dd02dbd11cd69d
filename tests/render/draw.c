/*
 * Draws what render/ draws, for tests/render/drawings.py and for looking:
 *
 *	draw FOLDER MODEL.xml …          FOLDER/STEM/ID.pdf and ID-waterfall.svg for each person,
 *                                       FOLDER/STEM/ranking.pdf and .svg
 *	draw --sheet FOLDER MODEL.xml …  each character of the documents in a field of its own, by both PDF
 *devices draw --bench FOLDER MODEL.xml    CPU time of a payslip, drawing the document's 20 times
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "render/canvas_direct.h"
#include "render/charset.h"
#include "render/chart_ranking.h"
#include "render/font.h"
#include "render/payslip.h"
#include "render/pdf_file.h"
#include "render/pdf_font.h"
#include "render/waterfall.h"
#include "xml/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct drawing {
	struct arena *arena;
	struct diag *diag;
	struct fonts *fonts;
	const char *folder;
};

static double cpu_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int finish(struct drawing *drawing)
{
	int status = diag_status(drawing->diag);

	diag_set_language(drawing->diag, "en");
	diag_print(drawing->diag, stderr, &(struct diag_style){ DIAG_TEXT, false, false, false });
	fonts_free(drawing->fonts);
	diag_free(drawing->diag);
	arena_free(drawing->arena);
	return status;
}

static bool load_fonts(struct drawing *drawing, char **paths)
{
	struct charset *characters = charset_new();
	struct file_bytes bytes;
	bool ok = true;

	for (; ok && *paths; paths++) {
		ok = file_read(*paths, drawing->arena, &bytes, drawing->diag);
		if (ok)
			charset_add(characters, bytes.data, bytes.size);
	}
	drawing->fonts = ok ? fonts_new(characters, drawing->diag) : NULL;
	charset_free(characters);
	return drawing->fonts;
}

static const char *stem(struct drawing *drawing, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	return arena_printf(drawing->arena, "%s/%.*s", drawing->folder, (int)strcspn(name, "."), name);
}

static const char *attribute(const xmlNode *node, const char *name)
{
	for (const xmlAttr *at = node->properties; at; at = at->next)
		if (!strcmp((const char *)at->name, name) && at->children)
			return (const char *)at->children->content;
	return "";
}

static bool each_person(const xmlNode *root, bool (*act)(void *context, const xmlNode *person), void *context)
{
	for (const xmlNode *unit = root->children; unit; unit = unit->next)
		for (const xmlNode *people = unit->children; people; people = people->next)
			for (const xmlNode *person = people->children; person; person = person->next)
				if (person->type == XML_ELEMENT_NODE &&
					!strcmp((const char *)person->name, "person") &&
					!act(context, person))
					return false;
	return true;
}

struct slips {
	struct drawing *drawing;
	struct payslips *payslips;
	const char *folder;
	size_t count;
};

static const xmlNode *child(const xmlNode *node, const char *name)
{
	for (node = node ? node->children : NULL; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && !strcmp((const char *)node->name, name))
			return node;
	return NULL;
}

static bool draw_waterfall(void *context, const xmlNode *person)
{
	struct slips *slips = context;
	const xmlNode *waterfall = child(child(person, "pay"), "waterfall");
	struct file_writer *out;

	if (!waterfall)
		return true;
	out = file_writer_new(arena_printf(slips->drawing->arena, "%s/%s-waterfall.svg", slips->folder,
				      attribute(person, "id")),
		0600);
	waterfall_svg(slips->drawing->fonts, waterfall, out);
	return file_writer_commit(out, slips->drawing->diag);
}

static bool draw_slip(void *context, const xmlNode *person)
{
	struct slips *slips = context;
	const char *path =
		arena_printf(slips->drawing->arena, "%s/%s.pdf", slips->folder, attribute(person, "id"));
	struct file_writer *out = file_writer_new(path, 0600);

	slips->count++;
	payslip_draw(slips->payslips, person, out);
	return file_writer_commit(out, slips->drawing->diag);
}

static bool draw_chart(struct drawing *drawing, const char *folder, const struct chart_ranking *chart,
	enum drawing_device device)
{
	struct file_writer *out = file_writer_new(
		arena_printf(drawing->arena, "%s/ranking.%s", folder, device == DRAW_PDF ? "pdf" : "svg"),
		0644);

	chart_ranking_draw(drawing->fonts, chart, device, out);
	return file_writer_commit(out, drawing->diag);
}

static bool draw_file(struct drawing *drawing, const char *path)
{
	struct xml_document *document = xml_read(path, drawing->arena, drawing->diag);
	const char *folder = stem(drawing, path);
	struct chart_ranking chart;
	bool ok = document && folder_make(folder, 0755, drawing->diag);

	if (ok) {
		const xmlNode *root = xmlDocGetRootElement(document->doc);
		struct slips slips = { drawing, payslips_new(drawing->fonts, root), folder, 0 };

		ok = each_person(root, draw_slip, &slips) && each_person(root, draw_waterfall, &slips);
		payslips_free(slips.payslips);
		if (ok && chart_ranking_find(root, &chart))
			ok = draw_chart(drawing, folder, &chart, DRAW_PDF) &&
			     draw_chart(drawing, folder, &chart, DRAW_SVG);
	}
	xml_free(document);
	return ok;
}

#define FIELD_PT 18.0
#define ACROSS 30
#define DOWN 44

static void draw_fields(struct canvas *canvas, const struct charset *characters, FILE *list)
{
	size_t count = 0;

	for (uint32_t c = charset_next(characters, 0x21); c != UINT32_MAX;
		c = charset_next(characters, c + 1), count++) {
		struct lettering letters = { 12, false, INK_TEXT, ANCHOR_MIDDLE };
		char utf8[8] = "";
		size_t place = count % (ACROSS * DOWN), length = 0;

		if (!place && count)
			canvas_page_end(canvas);
		if (!place)
			canvas_page_begin(canvas, 595.28, 841.89);
		if (c < 0x80)
			utf8[length++] = (char)c;
		else if (c < 0x800)
			utf8[length++] = (char)(0xc0 | c >> 6);
		else if (c < 0x10000)
			utf8[length++] = (char)(0xe0 | c >> 12),
			utf8[length++] = (char)(0x80 | (c >> 6 & 0x3f));
		else
			utf8[length++] = (char)(0xf0 | c >> 18),
			utf8[length++] = (char)(0x80 | (c >> 12 & 0x3f)),
			utf8[length++] = (char)(0x80 | (c >> 6 & 0x3f));
		if (c >= 0x80)
			utf8[length++] = (char)(0x80 | (c & 0x3f));
		letters.bold = place / ACROSS % 2;
		canvas_tag_begin(canvas, "P", NULL);
		canvas_text(canvas, 27 + FIELD_PT * ((double)(place % ACROSS) + 0.5),
			40 + FIELD_PT * (double)(place / ACROSS) - 5, &letters, utf8, length);
		canvas_tag_end(canvas);
		if (list)
			fprintf(list, "%X\n", c);
	}
	canvas_page_end(canvas);
}

static bool draw_sheet(struct drawing *drawing, char **paths)
{
	const struct canvas_about about = {
		.title = "characters", .language = "zh-CN", .date = "2026-10-08"
	};
	struct charset *characters = charset_new();
	struct pdf_fonts *fonts = pdf_fonts_new(drawing->fonts);
	struct pdf_font_use use = pdf_font_use_new(fonts);
	struct pdf_file *file = pdf_file_new();
	struct file_writer *cairo =
		file_writer_new(arena_printf(drawing->arena, "%s/sheet-cairo.pdf", drawing->folder), 0644);
	struct file_writer *direct =
		file_writer_new(arena_printf(drawing->arena, "%s/sheet-direct.pdf", drawing->folder), 0644);
	FILE *list = fopen(arena_printf(drawing->arena, "%s/sheet.txt", drawing->folder), "w");
	struct canvas *canvas = canvas_pdf_new(drawing->fonts, &about, cairo);
	bool ok = list != NULL;

	for (; *paths; paths++) {
		struct file_bytes bytes;

		if (file_read(*paths, drawing->arena, &bytes, drawing->diag))
			charset_add(characters, bytes.data, bytes.size);
	}
	draw_fields(canvas, characters, list);
	canvas_finish(canvas);
	canvas = canvas_direct_new(
		drawing->fonts, &about, &(struct canvas_direct_tools){ fonts, &use, file }, direct);
	draw_fields(canvas, characters, NULL);
	ok = canvas_direct_finish(canvas) && ok;
	ok = file_writer_commit(cairo, drawing->diag) && ok;
	ok = file_writer_commit(direct, drawing->diag) && ok;
	if (list)
		fclose(list);
	pdf_file_free(file);
	pdf_font_use_release(&use);
	pdf_fonts_free(fonts);
	charset_free(characters);
	return ok;
}

#define ROUNDS 20

static bool bench(struct drawing *drawing, const char *path)
{
	struct xml_document *document = xml_read(path, drawing->arena, drawing->diag);
	const xmlNode *root = document ? xmlDocGetRootElement(document->doc) : NULL;
	struct slips slips = { drawing, NULL, NULL, 0 };
	double start = cpu_ms();
	bool ok = root != NULL;

	if (!ok)
		return false;
	slips.folder = stem(drawing, path);
	ok = folder_make(slips.folder, 0700, drawing->diag);
	slips.payslips = payslips_new(drawing->fonts, root);
	printf("prepared in %.2f ms\n", cpu_ms() - start);
	start = cpu_ms();
	for (int i = 0; ok && i < ROUNDS; i++)
		ok = each_person(root, draw_slip, &slips);
	printf("%zu payslips, %.3f ms of CPU each\n", slips.count, (cpu_ms() - start) / (double)slips.count);
	payslips_free(slips.payslips);
	xml_free(document);
	return ok;
}

int main(int argc, char **argv)
{
	struct drawing drawing = { .arena = arena_new() };
	bool sheet = argc > 3 && !strcmp(argv[1], "--sheet"),
	     measure = argc > 3 && !strcmp(argv[1], "--bench"), ok;
	char **paths = argv + (sheet || measure ? 3 : 2);

	if (argc < 3) {
		fputs("usage: draw [--sheet] FOLDER MODEL.xml … | draw --bench FOLDER MODEL.xml\n", stderr);
		return 2;
	}
	drawing.diag = diag_new(drawing.arena);
	drawing.folder = paths[-1];
	ok = load_fonts(&drawing, paths);
	if (ok && measure)
		ok = bench(&drawing, *paths);
	else if (ok && sheet)
		ok = draw_sheet(&drawing, paths);
	for (; ok && !sheet && !measure && *paths; paths++)
		ok = draw_file(&drawing, *paths);
	int status = finish(&drawing);

	return status ? status : ok ? 0 : 3;
}
