#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "base/work.h"
#include "books/seal.h"
#include "pipeline_access.h"
#include "pipeline_model.h"
#include "pipeline_month.h"
#include "pipeline_say.h"
#include "pipeline_totals.h"
#include "publish/tree.h"
#include "render/charset.h"
#include "render/chart_ranking.h"
#include "render/charts.h"
#include "render/font.h"
#include "render/pages.h"
#include "render/payslip.h"
#include "render/waterfall.h"
#include "xml/xml.h"

/* From results to everything that people look at, staged in run->stage. */
struct press {
	struct month_run *run;
	struct model *model;
	struct pages *pages;
	struct fonts *fonts;
	struct control_documents *documents; /* by document, filled by the workers as they draw it */
};

static const char *staged(struct press *press, const char *below)
{
	return arena_printf(press->run->arena, "%s/%s", press->run->stage, below);
}

static bool make_folder_of(struct press *press, const char *below, mode_t mode)
{
	const char *path = staged(press, below), *slash = strrchr(path, '/');

	return folder_make(arena_strndup(press->run->arena, path, (size_t)(slash - path)), mode, press->run->diag);
}

static bool is_private(const char *below)
{
	return strncmp(below, "site/", 5);
}

static bool make_folders(struct press *press)
{
	bool ok = folder_make(staged(press, "payslips"), 0700, press->run->diag) &&
		(!press->run->company->payslip_strips || folder_make(staged(press, "strips"), 0700, press->run->diag)) &&
		folder_make(staged(press, "charts"), 0755, press->run->diag);

	for (size_t i = 0; ok && i < model_count(press->model); i++)
		if (model_entry(press->model, i)->kind == MODEL_CHART && model_entry(press->model, i)->is_public)
			ok = folder_make(staged(press, "site/charts"), 0755, press->run->diag);

	for (size_t i = 0; ok && i < model_count(press->model); i++) {
		const struct model_entry *entry = model_entry(press->model, i);

		ok = make_folder_of(press, entry->file, 0700);
		for (size_t p = 0; ok && p < entry->page_count; p++)
			ok = make_folder_of(press, entry->pages[p].path, 0755);
	}
	return ok;
}

static bool render_pages(struct press *press, const struct model_entry *entry, xmlDocPtr doc, struct diag *diag)
{
	struct arena *scratch = arena_new();
	struct page_job *jobs = arena_array(scratch, entry->page_count + 1, sizeof(*jobs));
	bool ok;

	for (size_t p = 0; p < entry->page_count; p++)
		jobs[p] = (struct page_job){ entry->pages[p].person, staged(press, entry->pages[p].path),
			is_private(entry->pages[p].path) ? 0640 : 0644 };
	ok = pages_render(press->pages, doc, jobs, entry->page_count, diag);
	arena_free(scratch);
	return ok;
}

static bool is_of_unit(const struct model_entry *entry)
{
	return entry->kind == MODEL_UNIT && !entry->is_public;
}

/* One document: its XML and its pages; those with a drawing in them wait for it. */
static bool make_document(struct press *press, size_t index, struct diag *diag)
{
	const struct model_entry *entry = model_entry(press->model, index);
	struct arena *scratch = arena_new();
	xmlDocPtr doc = model_build(press->model, index, scratch);
	struct file_writer *out = file_writer_new(staged(press, entry->file), 0600);
	bool ok;

	xml_write(doc, out);
	ok = file_writer_commit(out, diag) && (entry->kind == MODEL_CHART || is_of_unit(entry) || render_pages(press, entry, doc, diag));
	xmlFreeDoc(doc);
	arena_free(scratch);
	return ok;
}

static bool press_document(void *context, size_t index, struct diag *diag)
{
	struct press *press = context;

	return model_entry(press->model, index)->kind == MODEL_QUALITY || make_document(press, index, diag);
}

/* What tells how the month went, the number of warnings on the overview too, is made when all the rest has been. */
static bool press_verdicts(struct press *press)
{
	bool ok = true;

	for (size_t i = 0; ok && i < model_count(press->model); i++) {
		enum model_kind kind = model_entry(press->model, i)->kind;

		if (kind == MODEL_QUALITY || kind == MODEL_OVERVIEW)
			ok = make_document(press, i, press->run->diag);
	}
	return ok;
}

struct gathering {
	struct charset *characters;
	struct diag *diag;
};

static bool add_characters(const char *path, const char *below, void *context)
{
	struct gathering *gathering = context;
	struct arena *arena = arena_new();
	struct file_bytes bytes;
	bool ok = file_read(path, arena, &bytes, gathering->diag);

	(void)below;
	if (ok)
		charset_add(gathering->characters, bytes.data, bytes.size);
	arena_free(arena);
	return ok;
}

static bool load_fonts(struct press *press)
{
	struct charset *characters = charset_new();
	struct gathering gathering = { characters, press->run->diag };
	bool ok = tree_walk(staged(press, "model/managers"), add_characters, &gathering, press->run->diag);

	press->fonts = ok ? fonts_new(characters, press->run->diag) : NULL;
	charset_free(characters);
	return press->fonts;
}

static bool draw_chart(struct press *press, const struct chart_ranking *chart, const char *stem, struct diag *diag)
{
	static const struct { enum drawing_device device; const char *ending; } kinds[] = { { DRAW_PDF, "pdf" }, { DRAW_SVG, "svg" } };
	bool ok = true;

	for (size_t i = 0; ok && i < 2; i++) {
		struct file_writer *out = file_writer_new(staged(press,
			arena_printf(press->run->arena, "charts/%s.%s", stem, kinds[i].ending)), 0644);

		chart_ranking_draw(press->fonts, chart, kinds[i].device, out);
		ok = file_writer_commit(out, diag);
	}
	return ok;
}

/* The managers' overview: its distribution and units stand beside the company's ranking. */
static xmlDocPtr build_overview(struct press *press, struct arena *scratch)
{
	for (size_t i = 0; i < model_count(press->model); i++)
		if (model_entry(press->model, i)->kind == MODEL_OVERVIEW && !model_entry(press->model, i)->is_public)
			return model_build(press->model, i, scratch);
	return NULL;
}

static void add_overview(struct chart_ranking *chart, xmlDocPtr overview)
{
	xmlNode *part = xml_element(xmlDocGetRootElement(overview)->children);

	while (part && strcmp((const char *)part->name, "overview") != 0)
		part = xml_element(part->next);
	for (part = part ? xml_element(part->children) : NULL; part; part = xml_element(part->next)) {
		if (!strcmp((const char *)part->name, "distribution"))
			chart->distribution = part;
		else if (!strcmp((const char *)part->name, "units"))
			chart->units = part;
	}
}

static bool draw_charts(struct press *press, const struct model_entry *entry, const xmlNode *root, struct arena *scratch,
	struct diag *diag)
{
	const struct facts *facts = press->run->facts;
	struct chart_ranking chart;
	const char *stem = "ranking";
	xmlDocPtr overview = NULL;
	bool ok;

	if (entry->sheet || (entry->kind != MODEL_RANKING && entry->kind != MODEL_UNIT) ||
		(entry->kind == MODEL_UNIT && entry->unit >= facts->unit_count) || !chart_ranking_find(root, &chart))
		return true;
	if (entry->kind == MODEL_UNIT)
		stem = arena_printf(scratch, "ranking-%s", model_slug(facts->units[entry->unit].id, scratch));
	else
		overview = build_overview(press, scratch);
	if (overview)
		add_overview(&chart, overview);
	ok = draw_chart(press, &chart, stem, diag);
	xmlFreeDoc(overview);
	return ok;
}

/* Of one document: a unit's people, of a large unit some hundreds. */
static bool draw_strips(struct press *press, struct payslips *payslips, const char *stem, struct diag *diag)
{
	struct file_writer *out = file_writer_new(staged(press, arena_printf(press->run->arena, "strips/%s.pdf", stem)), 0600);

	payslips_draw_strips(payslips, out);
	return file_writer_commit(out, diag);
}

/* "D110", "D110-2" of its second document. */
static const char *strips_stem(struct press *press, const struct model_entry *entry)
{
	const struct facts *facts = press->run->facts;
	struct arena *arena = press->run->arena;
	const char *unit = entry->unit < facts->unit_count ? model_slug(facts->units[entry->unit].id, arena) : "without-unit";

	return entry->sheet ? arena_printf(arena, "%s-%zu", unit, (size_t)entry->sheet + 1) : unit;
}

static bool draw_slips(struct press *press, const struct model_entry *entry, const xmlNode *root, struct diag *diag)
{
	struct payslips *payslips = payslips_new(press->fonts, root);
	bool ok = true, any = false;

	for (const xmlNode *unit = root->children; ok && unit; unit = unit->next)
		for (const xmlNode *people = unit->children; ok && people; people = people->next)
			for (const xmlNode *person = people->children; ok && person; person = person->next) {
				xmlChar *id = NULL;
				struct file_writer *out;

				if (person->type == XML_ELEMENT_NODE && !strcmp((const char *)person->name, "person"))
					id = xmlGetNoNsProp(person, (const xmlChar *)"id");
				if (!id)
					continue;
				any = true;
				out = file_writer_new(staged(press, arena_printf(press->run->arena, "payslips/%s.pdf",
					model_slug((const char *)id, press->run->arena))), 0600);
				payslip_draw(payslips, person, out);
				ok = file_writer_commit(out, diag);
				xmlFree(id);
			}
	if (ok && any && press->run->company->payslip_strips)
		ok = draw_strips(press, payslips, strips_stem(press, entry), diag);
	payslips_free(payslips);
	return ok;
}

/* A declared chart: both files, and its page with the drawing in it. */
static bool draw_declared(struct press *press, const struct model_entry *entry, xmlDocPtr doc, struct diag *diag)
{
	static const struct { enum drawing_device device; const char *ending; } kinds[] = { { DRAW_PDF, "pdf" }, { DRAW_SVG, "svg" },
		{ DRAW_INLINE, "part" } };
	const char *stem = staged(press, arena_printf(press->run->arena, "%scharts/%s", entry->is_public ? "site/" : "", entry->stem));
	const xmlNode *root = xmlDocGetRootElement(doc);
	bool ok = true;

	/* no PDF below site/: its compressed pages could not be searched for what must not be there */
	for (size_t i = entry->is_public; ok && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct file_writer *out = file_writer_new(arena_printf(press->run->arena, "%s.%s", stem, kinds[i].ending), 0644);

		charts_draw(press->fonts, root, kinds[i].device, out);
		ok = file_writer_commit(out, diag);
	}
	return ok && charts_take_in(doc, arena_printf(press->run->arena, "%s.part", stem), diag) &&
		render_pages(press, entry, doc, diag);
}

/* A page at a time, with the drawing of its person alone in the document. */
static bool render_unit(struct press *press, const struct model_entry *entry, xmlDocPtr doc, struct diag *diag)
{
	const char *part = staged(press, arena_printf(press->run->arena, "%s.part", entry->file));
	bool ok = true;

	for (size_t p = 0; ok && p < entry->page_count; p++) {
		const struct model_page *page = &entry->pages[p];
		xmlNode *drawing = page->person ? waterfall_take_in(press->fonts, doc, page->person, part, diag) : NULL;

		ok = pages_render(press->pages, doc, &(struct page_job){ page->person, staged(press, page->path), 0640 }, 1, diag);
		if (drawing) {
			xmlUnlinkNode(drawing);
			xmlFreeNode(drawing);
		}
	}
	return ok;
}

/* Slips, then the pages of the unit and its people with the way to net pay drawn in them. */
static bool draw_unit(struct press *press, size_t index, xmlDocPtr doc, struct diag *diag)
{
	const struct model_entry *entry = model_entry(press->model, index);
	const xmlNode *root = xmlDocGetRootElement(doc);

	totals_read(root, &press->documents[index]);
	return draw_slips(press, entry, root, diag) && render_unit(press, entry, doc, diag);
}

/* One managers' document: its charts and slips, drawn from what is published of it. */
static bool draw_document(void *context, size_t index, struct diag *diag)
{
	struct press *press = context;
	const struct model_entry *entry = model_entry(press->model, index);
	struct xml_document *document;
	struct arena *scratch;
	const xmlNode *root;
	bool ok;

	if (entry->kind != MODEL_CHART && (entry->is_public || (entry->kind != MODEL_RANKING && entry->kind != MODEL_UNIT)))
		return true;
	scratch = arena_new();
	document = xml_read(staged(press, entry->file), scratch, diag);
	root = document ? xmlDocGetRootElement(document->doc) : NULL;
	if (root && entry->kind == MODEL_CHART)
		ok = draw_declared(press, entry, document->doc, diag);
	else
		ok = root && draw_charts(press, entry, root, scratch, diag) &&
			(entry->kind != MODEL_UNIT || draw_unit(press, index, document->doc, diag));
	xml_free(document);
	arena_free(scratch);
	return ok;
}

/* The styles, file by file the company's own where it has one. */
static bool copy_assets(struct month_run *run, const char *folder)
{
	const char *own = arena_printf(run->arena, "%s/styles", run->place->options->input);
	size_t count;
	const char **names = folder_list(run->place->styles, run->arena, &count, run->diag);
	bool ok = names && folder_make(folder, 0755, run->diag);

	for (size_t i = 0; ok && i < count; i++) {
		const char *override = arena_printf(run->arena, "%s/%s", own, names[i]);
		const char *from = file_exists(override) ? override :
			arena_printf(run->arena, "%s/%s", run->place->styles, names[i]);

		ok = file_copy(from, arena_printf(run->arena, "%s/%s", folder, names[i]), 0644, run->diag);
	}
	return ok;
}

static struct pages *load_pages(struct month_run *run)
{
	struct pages_options options = { .templates = run->place->templates, .language = month_language(run),
		.overrides = arena_printf(run->arena, "%s/templates", run->place->options->input) };

	return pages_new(&options, run->diag);
}

bool month_check_page(struct month_run *run)
{
	const char *folder = arena_printf(run->arena, "%s/check", run->place->options->output);
	struct page_job job = { NULL, arena_printf(run->arena, "%s/%s.html", folder, run->name), 0640 };
	struct pages *pages = load_pages(run);
	struct model_input input;
	xmlDocPtr doc;
	bool ok;

	month_model_input(run, &input);
	input.sealed = seal_exists(run->place->records, run->month, run->arena);
	doc = model_build_check(&input, run->arena);
	ok = pages && copy_assets(run, arena_printf(run->arena, "%s/assets", folder)) &&
		pages_render(pages, doc, &job, 1, run->diag);
	xmlFreeDoc(doc);
	pages_free(pages);
	return ok;
}

bool month_compare_page(struct month_run *run, const struct model_comparison *comparison, const char *path)
{
	struct page_job job = { NULL, path, 0600 };
	struct pages *pages = load_pages(run);
	struct model_input input;
	xmlDocPtr doc;
	bool ok;

	month_model_input(run, &input);
	doc = model_build_compare(&input, comparison, run->arena);
	ok = pages && copy_assets(run, arena_printf(run->arena, "%s/compare/assets", run->place->options->output)) &&
		pages_render(pages, doc, &job, 1, run->diag);
	xmlFreeDoc(doc);
	pages_free(pages);
	return ok;
}

/* Σ of the slips of all units before each; people without unit last. */
static struct decimal *sums_of_slips(struct press *press)
{
	size_t units = press->run->facts->unit_count;
	struct decimal *sums = arena_array(press->run->arena, units + 2, sizeof(*sums));

	for (size_t u = 0; u < units + 2; u++)
		sums[u] = decimal_zero();
	for (size_t i = 0; i < model_count(press->model); i++)
		if (is_of_unit(model_entry(press->model, i))) {
			size_t unit = model_entry(press->model, i)->unit < units ? model_entry(press->model, i)->unit : units;

			sums[unit + 1] = decimal_add(sums[unit + 1], press->documents[i].slips);
		}
	for (size_t u = 0; u <= units; u++)
		sums[u + 1] = decimal_add(sums[u], sums[u + 1]);
	return sums;
}

/* Every sheet of a unit shows the whole unit's sum: the first stands for it, and those of the topmost units for the company. */
static void close_document(struct press *press, size_t index, const struct decimal *sums, struct control_documents *sum)
{
	const struct model_entry *entry = model_entry(press->model, index);
	const struct facts *facts = press->run->facts;
	struct control_documents part = press->documents[index];
	size_t unit = entry->unit < facts->unit_count ? entry->unit : facts->unit_count;
	size_t end = unit < facts->unit_count ? facts->units[unit].end : unit + 1;

	part.sums = !entry->sheet;
	part.sums_right = !entry->sheet && !decimal_compare(part.units, decimal_subtract(sums[end], sums[unit]));
	if (entry->sheet || (unit < facts->unit_count && facts->units[unit].parent != SIZE_MAX))
		part.units = decimal_zero();
	control_documents_add(sum, &part);
}

static bool close_books(struct press *press)
{
	struct control_documents sum = { .slips = decimal_zero(), .held_back = decimal_zero(), .units = decimal_zero() };
	const struct decimal *sums = sums_of_slips(press);
	struct model_input input;

	for (size_t i = 0; i < model_count(press->model); i++)
		if (is_of_unit(model_entry(press->model, i)))
			close_document(press, i, sums, &sum);
	if (!month_close_books(press->run, &sum))
		return false;
	month_model_input(press->run, &input);
	model_conclude(press->model, &input);
	return press_verdicts(press);
}

bool month_press(struct month_run *run)
{
	const struct options *options = run->place->options;
	struct press press = { .run = run };
	struct model_input input;
	size_t room;
	bool ok;

	press.pages = load_pages(run);
	if (!press.pages)
		return false;
	press.model = month_model(run, &input);
	room = model_count(press.model) * sizeof(*press.documents);
	press.documents = work_memory_new(room);
	ok = say_phase(run, "pages") && make_folders(&press) &&
		access_write(run, press.model) && copy_assets(run, staged(&press, "site/assets")) && copy_assets(run, staged(&press, "managers/assets")) &&
		work_run(options->jobs, model_count(press.model), press_document, &press, run->diag) &&
		say_phase(run, "drawings") && load_fonts(&press) &&
		work_run(options->jobs, model_count(press.model), draw_document, &press, run->diag) && close_books(&press);
	work_memory_free(press.documents, room);
	fonts_free(press.fonts);
	pages_free(press.pages);
	return ok;
}
