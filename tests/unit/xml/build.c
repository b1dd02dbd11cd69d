#include "xml/xml.h"

#include "base/arena.h"
#include "base/file.h"
#include "unit.h"

static xmlDocPtr sample(void)
{
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewNode(NULL, (const xmlChar *)"model");

	xmlDocSetRootElement(doc, root);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)"urn:x", NULL));
	xml_set(root, "title", "研发 & \"测试\" <一>");
	xml_set(root, "absent", NULL);
	xml_add_text(root, "p", "a & b < c &amp; 金\x01额\t末");
	xml_add_text(xml_add(root, "q"), "r", "");
	return doc;
}

static void test_same_bytes(void)
{
	static const char wanted[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<model xmlns=\"urn:x\" title=\"研发 &amp; &quot;测试&quot; &lt;一&gt;\">\n"
		"  <p>a &amp; b &lt; c &amp;amp; 金\xEF\xBF\xBD额\t末</p>\n  <q>\n    <r/>\n  </q>\n</model>\n";
	char *folder = unit_folder_new();

	for (int i = 0; i < 2; i++) {
		char *path = g_build_filename(folder, i ? "b.xml" : "a.xml", NULL), *text;
		struct arena *arena = arena_new();
		struct diag *diag = diag_new(arena);
		struct file_writer *writer = file_writer_new(path, 0644);
		xmlDocPtr doc = sample();
		struct xml_document *again;

		xml_write(doc, writer);
		g_assert_true(file_writer_commit(writer, diag));
		text = unit_read(folder, i ? "b.xml" : "a.xml");
		g_assert_cmpstr(text, ==, wanted);
		again = xml_read(path, arena, diag);
		g_assert_nonnull(again);
		g_assert_true(xml_is(xmlDocGetRootElement(again->doc), "urn:x", "model"));
		g_assert_false(xml_is(xmlDocGetRootElement(again->doc), NULL, "model"));
		xml_free(again);
		xmlFreeDoc(doc);
		diag_free(diag);
		arena_free(arena);
		g_free(text);
		g_free(path);
	}
	unit_folder_remove(folder);
}

static void test_schema(void)
{
	char *folder = unit_folder_new(), *path = g_build_filename(folder, "s.rng", NULL);
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	xmlDocPtr doc = sample();

	diag_set_language(diag, "en");
	unit_write(folder, "s.rng", "<element name=\"model\" ns=\"urn:x\" xmlns=\"http://relaxng.org/ns/structure/1.0\"><attribute name=\"title\"/>"
		"<element name=\"p\"><text/></element><element name=\"q\"><element name=\"r\"><empty/></element></element></element>");
	g_assert_true(xml_validate(doc, path, diag));
	g_assert_cmpuint(diag_errors(diag), ==, 0);
	xml_add(xmlDocGetRootElement(doc), "surplus");
	g_assert_false(xml_validate(doc, path, diag));
	g_assert_cmpstr(diag_item(diag, 0)->entry->code, ==, "E0178");
	g_assert_nonnull(strstr(diag_item(diag, 0)->text, "surplus"));
	unit_write(folder, "s.rng", "<element");
	g_assert_false(xml_validate(doc, path, diag));
	g_assert_cmpuint(diag_errors(diag), ==, 2);
	xmlFreeDoc(doc);
	diag_free(diag);
	arena_free(arena);
	unit_folder_remove(folder);
	g_free(path);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/xml/build/a tree is written as the same readable bytes, forbidden characters replaced", test_same_bytes);
	g_test_add_func("/xml/build/a document is held against a schema", test_schema);
	return g_test_run();
}
