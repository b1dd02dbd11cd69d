#include "base/file.h"
#include "fonts.h"
#include "render/chart_ranking.h"
#include "render/field.h"
#include "render/payslip.h"
#include "render/scale.h"
#include "xml/xml.h"

#define UNIT "tests/model/managers/unit-D11.xml"

struct unit {
	struct arena *arena;
	struct diag *diag;
	struct fonts *fonts;
	struct xml_document *document;
	const xmlNode *root;
	char *folder;
};

static struct unit start(void)
{
	struct unit unit = { .arena = arena_new() };

	unit.diag = diag_new(unit.arena);
	unit.document = xml_read(UNIT, unit.arena, unit.diag);
	g_assert_nonnull(unit.document);
	unit.root = xmlDocGetRootElement(unit.document->doc);
	unit.fonts = unit_fonts(unit.document->source);
	unit.folder = unit_folder_new();
	return unit;
}

static void end(struct unit *unit)
{
	unit_folder_remove(unit->folder);
	fonts_free(unit->fonts);
	xml_free(unit->document);
	diag_free(unit->diag);
	arena_free(unit->arena);
}

static const xmlNode *person(const struct unit *unit, int number)
{
	const xmlNode *at = field_path(unit->root, "unit/people/person");

	while (number-- > 0)
		at = field_next(at);
	return at;
}

/* The hash of a person's slip. */
static char *drawn(struct unit *unit, struct payslips *payslips, int number)
{
	const char *path = arena_printf(unit->arena, "%s/slip.pdf", unit->folder);
	struct file_writer *out = file_writer_new(path, 0600);
	char *hash = arena_alloc(unit->arena, 65);

	payslip_draw(payslips, person(unit, number), out);
	g_assert_true(file_writer_commit(out, unit->diag));
	g_assert_true(file_sha256(path, hash, unit->diag));
	return hash;
}

static void test_order(void)
{
	struct unit unit = start();
	struct payslips *all = payslips_new(unit.fonts, unit.root), *one;
	char *hashes[16];

	for (int i = 0; i < 16; i++)
		hashes[i] = drawn(&unit, all, i);
	for (int i = 15; i >= 0; i--)
		g_assert_cmpstr(drawn(&unit, all, i), ==, hashes[i]);
	one = payslips_new(unit.fonts, unit.root);
	g_assert_cmpstr(drawn(&unit, one, 7), ==, hashes[7]);
	g_assert_cmpstr(hashes[7], !=, hashes[8]);
	payslips_free(one);
	payslips_free(all);
	end(&unit);
}

static void test_writer_fails(void)
{
	struct unit unit = start();
	struct payslips *payslips = payslips_new(unit.fonts, unit.root);
	struct file_writer *out =
		file_writer_new(arena_printf(unit.arena, "%s/none/slip.pdf", unit.folder), 0600);

	payslip_draw(payslips, person(&unit, 0), out);
	g_assert_true(file_writer_failed(out));
	g_assert_false(file_writer_commit(out, unit.diag));
	g_assert_cmpint(diag_status(unit.diag), ==, 3);
	payslips_free(payslips);
	end(&unit);
}

static void test_chart_found(void)
{
	struct unit unit = start();
	struct chart_ranking chart;

	g_assert_true(chart_ranking_find(unit.root, &chart));
	g_assert_cmpstr(field(chart.ranking, "label"), ==, "绩效得分");
	g_assert_cmpstr(field(chart.distribution, "count"), ==, "16");
	g_assert_false(chart_ranking_find(person(&unit, 0), &chart));
	end(&unit);
}

static void test_fields(void)
{
	struct unit unit = start();
	const xmlNode *first = person(&unit, 0);
	double value;

	g_assert_cmpstr(field(first, "id"), ==, "00017");
	g_assert_null(field(first, "none"));
	g_assert_null(field(NULL, "id"));
	g_assert_cmpstr(field_text(field_path(first, "pay/net/now")), ==, "8,223.76");
	g_assert_cmpstr(field_text(field_path(first, "pay/none/now")), ==, "");
	g_assert_true(field_number(field_path(first, "pay/net/now"), "value", &value));
	g_assert_cmpfloat(value, ==, 8223.76);
	g_assert_false(field_number(first, "name", &value));
	g_assert_cmpuint(field_count(field_path(unit.root, "unit/people"), "person"), ==, 16);
	g_assert_true(field_root(first) == unit.root);
	end(&unit);
}

static void test_scale(void)
{
	struct unit unit = start();
	struct scale scale = scale_read(field_path(unit.root, "unit/ranking/scale"), 100, 300);
	double x = -1;

	g_assert_cmpfloat_with_epsilon(scale_at(&scale, 0), 100, 1e-9);
	g_assert_cmpfloat_with_epsilon(scale_at(&scale, 50), 200, 1e-9);
	g_assert_cmpfloat_with_epsilon(scale_at(&scale, 1000), 300, 1e-9);
	g_assert_cmpfloat_with_epsilon(scale_at(&scale, -1), 100, 1e-9);
	g_assert_false(scale_place(&scale, unit.root, &x));
	g_assert_true(scale_place(&scale, field_path(unit.root, "unit/ranking/mark"), &x));
	g_assert_cmpfloat_with_epsilon(x, 240, 1e-9);
	end(&unit);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/slips/a slip has the same bytes whichever were drawn before it", test_order);
	g_test_add_func("/slips/a file that cannot be written is the system's failure", test_writer_fails);
	g_test_add_func("/slips/a chart's parts are found in a unit's document", test_chart_found);
	g_test_add_func("/slips/fields of the model are read, absent ones are absent", test_fields);
	g_test_add_func("/slips/values lie on their scale and never beyond its ends", test_scale);
	return g_test_run();
}
