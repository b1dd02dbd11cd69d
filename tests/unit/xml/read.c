#include "xml/xml.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/text.h"
#include "unit.h"

struct fixture {
	struct arena *arena;
	struct diag *diag;
	struct xml_document *document;
	xmlNode *root;
};

static void setup(struct fixture *f, const char *source)
{
	f->arena = arena_new();
	f->diag = diag_new(f->arena);
	f->document = xml_read_memory("p.xml", source, strlen(source), f->arena, f->diag);
	f->root = f->document ? xmlDocGetRootElement(f->document->doc) : NULL;
}

static void teardown(struct fixture *f)
{
	xml_free(f->document);
	diag_free(f->diag);
	arena_free(f->arena);
}

static xmlNode *nth(const struct fixture *f, int n)
{
	xmlNode *node = xml_element(f->root->children);

	while (n--)
		node = xml_element(node->next);
	return node;
}

static void assert_at(struct place at, long line, long column, const char *marked)
{
	char *part = g_strndup(at.text + at.mark_start, at.mark_end - at.mark_start);

	g_assert_cmpint(at.line, ==, line);
	g_assert_cmpint(at.column, ==, column);
	g_assert_cmpstr(part, ==, marked);
	g_free(part);
}

static void test_places_of_tags(void)
{
	struct fixture f;

	setup(&f, "\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<根 甲=\"一\">\r\n  <p>文</p><figure\r\n    name = '绩效 > 工资' type=\"mo&amp;ney\"/>\r\n</根>\r\n");
	assert_at(xml_place(f.document, f.root), 2, 2, "根");
	assert_at(xml_place_attribute(f.document, f.root, "甲"), 2, 7, "一");
	assert_at(xml_place(f.document, nth(&f, 0)), 3, 4, "p");
	assert_at(xml_place(f.document, nth(&f, 1)), 3, 12, "figure");
	assert_at(xml_place_attribute(f.document, nth(&f, 1), "name"), 4, 13, "绩效 > 工资");
	assert_at(xml_place_attribute(f.document, nth(&f, 1), "type"), 4, 28, "mo&amp;ney");
	g_assert_cmpstr(xml_attribute(f.document, nth(&f, 1), "name"), ==, "绩效 > 工资");
	g_assert_cmpstr(xml_attribute(f.document, nth(&f, 1), "type"), ==, "mo&ney");
	g_assert_null(xml_attribute(f.document, nth(&f, 1), "nam"));
	g_assert_null(xml_text_of_attribute(f.document, nth(&f, 1), "file").text);
	assert_at(xml_place_attribute(f.document, nth(&f, 1), "file"), 3, 12, "figure");
	g_assert_cmpstr(xml_text_of(f.document, nth(&f, 1)).text, ==, "");
	teardown(&f);
}

static void test_text_leads_back(void)
{
	struct fixture f;
	struct xml_text text;

	setup(&f, "<a>\n<b>x &lt; 金<!-- 注 -->额&#x2265;<c>不算</c>\r\n<![CDATA[1 < 2]]> 末</b></a>");
	text = xml_text_of(f.document, nth(&f, 0));
	g_assert_cmpstr(text.text, ==, "x < 金额≥\n1 < 2 末");
	g_assert_cmpuint(text.length, ==, strlen(text.text));
	assert_at(xml_text_place(&text, 2, 3), 2, 6, "&lt;");
	assert_at(xml_text_place(&text, 4, 7), 2, 11, "金");
	assert_at(xml_text_place(&text, 7, 10), 2, 22, "额");
	assert_at(xml_text_place(&text, 10, 13), 2, 23, "&#x2265;");
	assert_at(xml_text_place(&text, 14, 19), 3, 10, "1 < 2");
	assert_at(xml_text_place(&text, 20, 23), 3, 19, "末");
	assert_at(xml_text_place(&text, 23, 23), 3, 20, "");
	assert_at(xml_text_place(&text, 99, 120), 3, 20, "");
	teardown(&f);
}

static void test_attribute_text_leads_back(void)
{
	struct fixture f;
	struct xml_text text;

	setup(&f, "<a><b when=\"甲 &gt; 1\r\n且 乙\"/></a>");
	text = xml_text_of_attribute(f.document, nth(&f, 0), "when");
	g_assert_cmpstr(text.text, ==, "甲 > 1 且 乙");
	assert_at(xml_text_place(&text, 4, 5), 1, 15, "&gt;");
	assert_at(xml_text_place(&text, 12, 15), 2, 3, "乙");
	teardown(&f);
}

/* Many elements, each told apart by its text: what is marked must be that text, whatever stands between. */
static void test_ten_thousand_formulas_keep_their_places(void)
{
	static const char *const between[] = { "", "\n", "\r\n", "<!-- <figure>0</figure> -->", "<?pi a>b?>", "<x a='>'/>", "字 &amp; ", "<![CDATA[<figure>]]>" };
	GString *source = g_string_new("<policy>");
	GRand *random = g_rand_new_with_seed(20261123);
	struct fixture f;
	int count = 0;

	for (int i = 0; i < 10000; i++) {
		for (int k = g_rand_int_range(random, 0, 4); k; k--)
			g_string_append(source, between[g_rand_int_range(random, 0, G_N_ELEMENTS(between))]);
		g_string_append_printf(source, "<figure\tname=\"名%d\" when='%d &lt; 9'>额 × %d</figure>", i, i, i);
	}
	g_string_append(source, "</policy>");
	setup(&f, source->str);
	for (xmlNode *node = nth(&f, 0); node; node = xml_element(node->next)) {
		struct xml_text text;
		char *wanted, *name;

		if (!xml_is(node, NULL, "figure"))
			continue;
		text = xml_text_of(f.document, node);
		wanted = g_strdup_printf("额 × %d", count);
		name = g_strdup_printf("名%d", count);
		g_assert_cmpstr(text.text, ==, wanted);
		g_assert_cmpint(strncmp(f.document->source + text.source_offset[0], wanted, strlen(wanted)), ==, 0);
		g_assert_cmpstr(xml_attribute(f.document, node, "name"), ==, name);
		count++;
		g_free(wanted);
		g_free(name);
	}
	g_assert_cmpint(count, ==, 10000);
	teardown(&f);
	g_rand_free(random);
	g_string_free(source, TRUE);
}

struct broken {
	const char *source, *code;
	long line, column;
	const char *marked, *said;
};
static const struct broken broken[] = {
	{ "<a>\n  <b>x</c></a>", "E0165", 2, 7, "</c>", "<b> of line 2 is still open, but here stands </c>" },
	{ "<a>\n  <b>x", "E0166", 2, 7, "", "the file ends here, but <b> was never closed" },
	{ "<a>1 < 2</a>", "E0170", 1, 6, "<", "a plain < cannot stand here" },
	{ "<a b='1<2'/>", "E0170", 1, 8, "<", "a plain < cannot stand here" },
	{ "<a>A & B</a>", "E0171", 1, 6, "&", "a plain & cannot stand here" },
	{ "<a>A&B</a>", "E0171", 1, 5, "&B", "a plain & cannot stand here" },
	{ "<a>中&nbsp;国</a>", "E0172", 1, 5, "&nbsp;", "'&nbsp;' is not known" },
	{ "<a b=“1”/>", "E0168", 1, 6, "“", "the value of an attribute stands in ASCII quotes" },
	{ "<a b='1' b='2'/>", "E0169", 1, 10, "b", "attribute 'b' is written twice" },
	{ "<a b='1'c='2'/>", "E0167", 1, 9, "c", "the tag is not complete, > or an attribute is expected here" },
	{ "<a>\x01</a>", "E0173", 1, 4, "\x01", "a control character U+0001 that XML does not allow" },
	{ "<a/>\n<b/>", "E0174", 2, 1, "<", "something stands behind the end of the outermost element" },
	{ "<a>\n<!-- x</a>", "E0175", 2, 1, "<!--", "the <!-- that begins here never ends" },
	{ "<a>\n<![CDATA[ x</a>", "E0175", 2, 1, "<![CDATA[", "the <![CDATA[ that begins here never ends" },
	{ "<x:a/>", "E0176", 1, 2, "x", "prefix 'x' is not declared" },
	{ "<!DOCTYPE a [<!ENTITY b SYSTEM 'c'>]>\n<a>&b;</a>", "E0163", 1, 1, "<!DOCTYPE", "<!DOCTYPE> is not allowed" },
	{ "", "E0162", 1, 1, "", "the file holds no XML element" },
	{ "职级,基本工资\n", "E0162", 1, 1, "职", "the file holds no XML element" },
	{ "<a>\xff</a>", "E0160", 1, 0, "", "byte 4 is not valid UTF-8" },
	{ "<?xml version='1.0' encoding='Big5'?><a/>", "E0161", 1, 0, "", "the file declares encoding 'BIG5', which is not read" },
};

static void test_broken(gconstpointer data)
{
	const struct broken *b = data;
	struct fixture f;
	const struct diag_item *item;

	setup(&f, b->source);
	diag_set_language(f.diag, "en");
	g_assert_null(f.document);
	g_assert_cmpuint(diag_errors(f.diag), ==, 1);
	item = diag_item(f.diag, 0);
	g_assert_cmpstr(item->entry->code, ==, b->code);
	g_assert_cmpstr(item->text, ==, b->said);
	g_assert_cmpint(item->place.line, ==, b->line);
	g_assert_cmpint(item->place.column, ==, b->column);
	if (item->place.text)
		assert_at(item->place, b->line, b->column, b->marked);
	teardown(&f);
}

static void test_depth_is_bounded(void)
{
	GString *source = g_string_new(NULL);
	struct fixture f;

	for (int i = 0; i < 256; i++)
		g_string_append(source, "<a>");
	for (int i = 0; i < 256; i++)
		g_string_append(source, "</a>");
	setup(&f, source->str);
	g_assert_nonnull(f.document);
	teardown(&f);
	g_string_prepend(source, "<a>");
	g_string_append(source, "</a>");
	setup(&f, source->str);
	g_assert_null(f.document);
	g_assert_cmpuint(diag_errors(f.diag), ==, 1);
	g_assert_cmpstr(diag_item(f.diag, 0)->entry->code, ==, "E0164");
	teardown(&f);
	g_string_free(source, TRUE);
}

static void test_other_encodings(void)
{
	static const char utf16[] = "\xFF\xFE<\0a\0>\0\xD1\x91<\0/\0a\0>\0";
	static const char gbk[] = "<?xml version=\"1.0\" encoding=\"GBK\"?><a b='\xBD\xF0'>\xB6\xEE</a>";
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct xml_document *document = xml_read_memory("p", utf16, sizeof(utf16) - 1, arena, diag);

	g_assert_nonnull(document);
	g_assert_cmpstr(xml_text_of(document, xmlDocGetRootElement(document->doc)).text, ==, "金");
	xml_free(document);
	document = xml_read_memory("p", gbk, sizeof(gbk) - 1, arena, diag);
	g_assert_nonnull(document);
	g_assert_cmpstr(xml_text_of(document, xmlDocGetRootElement(document->doc)).text, ==, "额");
	g_assert_cmpstr(xml_attribute(document, xmlDocGetRootElement(document->doc), "b"), ==, "金");
	xml_free(document);
	g_assert_cmpuint(diag_errors(diag), ==, 0);
	diag_free(diag);
	arena_free(arena);
}

/* Also where libxml2 would see another encoding, or the end of the file. */
static void test_nul(void)
{
	static const struct { const char *source; size_t size; const char *code; long line, column; } rows[] = {
		{ "<\0a\0/\0>\0", 8, "E0160", 1, 0 }, { "\0\0\0<", 4, "E0160", 1, 0 }, { "<a>\n é\0</a>", 12, "E0173", 2, 3 },
		{ "<a/>\0", 5, "E0173", 1, 5 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct arena *arena = arena_new();
		struct diag *diag = diag_new(arena);
		const struct diag_item *item;

		g_assert_null(xml_read_memory("p", rows[i].source, rows[i].size, arena, diag));
		g_assert_cmpuint(diag_errors(diag), ==, 1);
		item = diag_item(diag, 0);
		g_assert_cmpstr(item->entry->code, ==, rows[i].code);
		g_assert_cmpint(item->place.line, ==, rows[i].line);
		g_assert_cmpint(item->place.column, ==, rows[i].column);
		g_assert_true(!item->place.text || item->place.mark_end <= strlen(item->place.text));
		diag_free(diag);
		arena_free(arena);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/xml/read/tags and attributes know their line and character", test_places_of_tags);
	g_test_add_func("/xml/read/texts lead back through entities, comments, CDATA and CRLF", test_text_leads_back);
	g_test_add_func("/xml/read/attribute texts lead back", test_attribute_text_leads_back);
	g_test_add_func("/xml/read/ten thousand formulas keep their places", test_ten_thousand_formulas_keep_their_places);
	g_test_add_func("/xml/read/a NUL is told where it stands", test_nul);
	for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
		char *name = g_strdup_printf("/xml/read/broken %02zu is told as %s", i, broken[i].said);
		char *clean = g_strdelimit(g_strdup(name), "/", '_');

		memcpy(clean, "/xml/read/", 10);
		g_test_add_data_func(clean, &broken[i], test_broken);
		g_free(name);
		g_free(clean);
	}
	g_test_add_func("/xml/read/256 levels are read and no more", test_depth_is_bounded);
	g_test_add_func("/xml/read/UTF-16 and GBK documents are read", test_other_encodings);
	return g_test_run();
}
