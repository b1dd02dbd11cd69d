#include "render/pages.h"

#include <stdlib.h>
#include <unistd.h>

#include <libxml/parser.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "unit.h"

#define SAMPLES "tests/model/"

struct desk {
	struct arena *arena;
	struct diag *diag;
	char *folder;
};

static void desk_set_up(struct desk *desk, const void *data)
{
	(void)data;
	desk->arena = arena_new();
	desk->diag = diag_new(desk->arena);
	desk->folder = g_dir_make_tmp("pages-XXXXXX", NULL);
}

static void desk_tear_down(struct desk *desk, const void *data)
{
	(void)data;
	folder_remove(desk->folder, desk->diag);
	g_free(desk->folder);
	diag_free(desk->diag);
	arena_free(desk->arena);
}

static struct pages *load(struct desk *desk, const char *overrides)
{
	return pages_new(&(struct pages_options){"templates", overrides, "zh-CN", NULL}, desk->diag);
}

static const char * override(struct desk *desk, const char *name, const char *text)
{
	const char *path = arena_printf(desk->arena, "%s/%s", desk->folder, name);
	char *folder = g_path_get_dirname(path);

	g_assert_true(folder_make(folder, 0755, desk->diag));
	g_assert_true(file_replace(path, text, strlen(text), 0644, desk->diag));
	g_free(folder);
	return path;
}

static const char *render(
	struct desk *desk, const struct pages *pages, const char *document, const char *person)
{
	xmlDocPtr doc = xmlReadFile(document, NULL, XML_PARSE_NONET);
	const char *path = arena_printf(desk->arena, "%s/out.html", desk->folder);
	struct page_job job = {person, path, 0644};
	struct file_bytes bytes = {NULL, 0};

	g_assert_nonnull(doc);
	unlink(path);
	if (pages_render(pages, doc, &job, 1, desk->diag))
		g_assert_true(file_read(path, desk->arena, &bytes, desk->diag));
	else
		g_assert_false(file_exists(path));
	xmlFreeDoc(doc);
	return bytes.data;
}

static void assert_says(struct desk *desk, const char *code, const char *part)
{
	const struct diag_item *item = diag_item(desk->diag, 0);

	g_assert_nonnull(item);
	g_assert_cmpstr(item->entry->code, ==, code);
	if (!strstr(item->text, part))
		g_error("'%s' does not say '%s'", item->text, part);
}

static void test_every_sample(struct desk *desk, const void *data)
{
	struct pages *pages = load(desk, NULL);
	static const char *const trees[] = {"site", "managers"};

	(void)data;
	g_assert_nonnull(pages);
	for (size_t tree = 0; tree < 2; tree++) {
		size_t count;
		const char *folder = arena_printf(desk->arena, SAMPLES "%s", trees[tree]);
		const char **names = folder_list(folder, desk->arena, &count, desk->diag);

		g_assert_cmpuint(count, >, 7);
		for (size_t i = 0; i < count; i++) {
			const char *html = render(
				desk, pages, arena_printf(desk->arena, "%s/%s", folder, names[i]), NULL);

			g_assert_nonnull(html);
			g_assert_true(g_str_has_prefix(html, "<!DOCTYPE html>"));
			g_assert_nonnull(strstr(html, "<h1>"));
			g_assert_nonnull(strstr(html, "</html>"));
			g_assert_null(strstr(html, " style="));
			g_assert_null(strstr(html, "<style"));
			g_assert_null(strstr(html, "://"));
		}
	}
	g_assert_cmpuint(diag_errors(desk->diag), ==, 0);
	pages_free(pages);
}

static void test_person(struct desk *desk, const void *data)
{
	struct pages *pages = load(desk, NULL);
	const char *first, *second;

	(void)data;
	first = render(desk, pages, SAMPLES "managers/unit-D11.xml", "00017");
	g_assert_nonnull(first);
	g_assert_nonnull(strstr(first,
		"<title>阿卜杜热西提·买买提依明·吐尔逊江·艾合买提·努尔麦麦提 · 00017 · 2026年10月</title>"));
	g_assert_nonnull(strstr(first, "基本工资标准 × 出勤天数 ÷ 应计天数"));
	second = render(desk, pages, SAMPLES "managers/unit-D11.xml", "00017");
	g_assert_cmpstr(first, ==, second);
	pages_free(pages);
}

static void test_person_absent(struct desk *desk, const void *data)
{
	struct pages *pages = load(desk, NULL);

	(void)data;
	g_assert_null(render(desk, pages, SAMPLES "managers/unit-D11.xml", "it's \"nobody\""));
	assert_says(desk, "E0562", "no person it's");
	pages_free(pages);
}

static void test_unknown_element(struct desk *desk, const void *data)
{
	struct pages *pages = load(desk, NULL);
	const char *doc = override(desk, "odd.xml",
		"<model xmlns=\"urn:salespay:model:1\" lang=\"zh-CN\" audience=\"staff\">"
		"<page kind=\"help\" root=\"\" title=\"t\" heading=\"h\"/><company short=\"c\"/><provenance "
		"tool=\"t\"/><quiz/></model>");

	(void)data;
	g_assert_null(render(desk, pages, doc, NULL));
	assert_says(desk, "E0562", "no template for element quiz");
	pages_free(pages);
}

static void test_override(struct desk *desk, const void *data)
{
	struct pages *pages;
	const char *html;

	(void)data;
	override(desk, "pages/help.xsl",
		"<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" "
		"xmlns:s=\"urn:salespay:model:1\"><xsl:template match=\"s:help\"><p>our own "
		"help</p></xsl:template></xsl:stylesheet>");
	pages = load(desk, desk->folder);
	html = render(desk, pages, SAMPLES "site/help.xml", NULL);
	g_assert_nonnull(html);
	g_assert_nonnull(strstr(html, "our own help"));
	pages_free(pages);
}

static void test_missing_word(struct desk *desk, const void *data)
{
	(void)data;
	override(desk, "pages/help.xsl",
		"<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" "
		"xmlns:s=\"urn:salespay:model:1\"><xsl:template match=\"s:help\"><p "
		"class=\"{$m/no-such-word}\"/></xsl:template></xsl:stylesheet>");
	g_assert_null(load(desk, desk->folder));
	assert_says(desk, "E0561", "no-such-word");
}

static void test_broken_template(struct desk *desk, const void *data)
{
	(void)data;
	override(desk, "pages/help.xsl",
		"<xsl:stylesheet version=\"1.0\" "
		"xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template");
	g_assert_null(load(desk, desk->folder));
	assert_says(desk, "E0560", "help.xsl");
}

static void test_no_templates(struct desk *desk, const void *data)
{
	(void)data;
	g_assert_null(pages_new(&(struct pages_options){desk->folder, NULL, "en", NULL}, desk->diag));
	assert_says(desk, "E0560", "messages.en.xml");
}

/* A template that wants to read another file of the machine gets nothing, and the page fails. */
static void test_no_other_file(struct desk *desk, const void *data)
{
	struct pages *pages;
	const char *secret = override(desk, "secret.xml", "<secret>4711</secret>");
	const char *templates[] = {secret, arena_printf(desk->arena, "file://%s", secret),
		"http://127.0.0.1:9/x.xml", "site.xsl"};

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(templates); i++) {
		const char *html;

		override(desk, "pages/help.xsl",
			arena_printf(desk->arena,
				"<xsl:stylesheet version=\"1.0\" "
				"xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" "
				"xmlns:s=\"urn:salespay:model:1\">"
				"<xsl:template match=\"s:help\"><p><xsl:value-of "
				"select=\"document('%s')\"/></p></xsl:template></xsl:stylesheet>",
				templates[i]));
		pages = load(desk, desk->folder);
		g_assert_nonnull(pages);
		html = render(desk, pages, SAMPLES "site/help.xml", NULL);
		g_assert_true(!html || !strstr(html, "4711"));
		pages_free(pages);
	}
}

static void test_no_other_output(struct desk *desk, const void *data)
{
	struct pages *pages;
	const char *other = arena_printf(desk->arena, "%s/other.html", desk->folder);

	(void)data;
	override(desk, "pages/help.xsl",
		arena_printf(desk->arena,
			"<xsl:stylesheet version=\"1.1\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" "
			"xmlns:s=\"urn:salespay:model:1\">"
			"<xsl:template match=\"s:help\"><xsl:document "
			"href=\"%s\"><p/></xsl:document></xsl:template></xsl:stylesheet>",
			other));
	pages = load(desk, desk->folder);
	render(desk, pages, SAMPLES "site/help.xml", NULL);
	g_assert_false(file_exists(other));
	pages_free(pages);
}

static void test_unwritable(struct desk *desk, const void *data)
{
	struct pages *pages = load(desk, NULL);
	xmlDocPtr doc = xmlReadFile(SAMPLES "site/help.xml", NULL, XML_PARSE_NONET);
	struct page_job job = {NULL, arena_printf(desk->arena, "%s/absent/out.html", desk->folder), 0644};

	(void)data;
	g_assert_false(pages_render(pages, doc, &job, 1, desk->diag));
	g_assert_cmpint(diag_status(desk->diag), ==, 3);
	xmlFreeDoc(doc);
	pages_free(pages);
}

static void add(const char *name, void (*test)(struct desk *, const void *))
{
	g_test_add(name, struct desk, NULL, desk_set_up, test, desk_tear_down);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	add("/pages/every sample document becomes a page without inline style", test_every_sample);
	add("/pages/a unit's document gives the page of one of its people, the same bytes each time",
		test_person);
	add("/pages/a person who is not in the document stops the page", test_person_absent);
	add("/pages/an element that no template knows stops the page", test_unknown_element);
	add("/pages/a company's own template takes the place of ours", test_override);
	add("/pages/a word that the messages lack is found when loading", test_missing_word);
	add("/pages/a broken template is reported", test_broken_template);
	add("/pages/a missing folder of templates is reported", test_no_templates);
	add("/pages/a template reads no other file", test_no_other_file);
	add("/pages/a template writes no other file", test_no_other_output);
	add("/pages/an unwritable folder fails with status 3", test_unwritable);
	return g_test_run();
}
