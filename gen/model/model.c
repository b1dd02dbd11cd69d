#include "model/model.h"

#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/text.h"
#include "model/build.h"

/* ---- names of files ---- */
const char *model_slug(const char *id, struct arena *arena)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t length = strlen(id);
	char digest[65];

	if (length > 0 && length <= 64 && strspn(id, plain) == length && id[0] != '.' && id[0] != '-')
		return arena_strdup(arena, id);
	bytes_sha256(id, length, digest);
	return arena_printf(arena, "u%.12s", digest);
}

/* Folders that the managers' tree has beside those of units. */
static bool is_reserved(const char *folder)
{
	static const char *const names[] = {"company", "assets", "unassigned", "404.html", "ACCESS.csv", "index.html"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(folder, names[i]) == 0)
			return true;
	return false;
}

static void name_folders(struct model *model)
{
	struct arena *arena = model->input.arena;
	const struct facts *facts = model->facts;

	model->folders = arena_array(arena, facts->unit_count + 1, sizeof(*model->folders));
	for (size_t i = 0; i < facts->unit_count; i++) {
		const char *folder = model_slug(facts->units[i].id, arena);

		model->folders[i] = is_reserved(folder) ? arena_printf(arena, "unit-%s", folder) : folder;
	}
	model->folders[facts->unit_count] = "unassigned";
	model->slugs = arena_array(arena, facts->person_count, sizeof(*model->slugs));
	for (size_t i = 0; i < facts->person_count; i++)
		model->slugs[i] = model_slug(facts->people[i].id, arena);
}

/* ---- the main score ---- */
size_t model_score_column(const struct rulebook *rulebook)
{
	for (size_t column = 0; column < rulebook->column_count; column++)
		for (size_t scheme = 0; scheme < rulebook->scheme_count; scheme++) {
			const struct item *item = rulebook->columns[column].items[scheme];

			if (item && item->kind == ITEM_SCORECARD)
				return column;
		}
	return SIZE_MAX;
}

/* The pass mark is the policy's: pass= of its ranking chart of that figure. */
static void find_pass(struct model *model)
{
	for (size_t i = 0; i < model->rulebook->scheme_count; i++) {
		const struct policy *policy = model->rulebook->schemes[i].policy;

		for (size_t j = 0; j < policy->chart_count && !model->has_pass; j++) {
			const struct declared_chart *chart = policy->charts[j];

			if (chart->kind->id == CHART_RANKING && chart->has_pass &&
				chart->figures[0]->column == model->score) {
				model->has_pass = true;
				model->pass = chart->pass;
			}
		}
	}
}

static void find_score(struct model *model)
{
	model->score = model_score_column(model->rulebook);
	model->score_label = "";
	if (model->score == SIZE_MAX)
		return;
	for (size_t i = 0; i < model->rulebook->scheme_count && !model->score_item; i++)
		model->score_item = model->rulebook->columns[model->score].items[i];
	model->score_label = model->score_item->label && *model->score_item->label ? model->score_item->label
										   : model->score_item->name;
	find_pass(model);
}

/* ---- the list of documents ---- */
struct model_entry *model_add_entry(
	struct model *model, enum model_kind kind, bool is_public, const char *name, const char *page)
{
	struct arena *arena = model->input.arena;
	struct model_entry *entry = &model->entries[model->entry_count++];
	struct model_page *pages = arena_alloc(arena, sizeof *pages);
	const char *tree = is_public ? "site" : "managers";

	pages->path = arena_printf(arena, "%s/%s.html", tree, page);
	*entry = (struct model_entry){.kind = kind,
		.is_public = is_public,
		.pages = pages,
		.page_count = 1,
		.unit = SIZE_MAX,
		.file = arena_printf(arena, "model/%s/%s.xml", tree, name)};
	return entry;
}

static void list_pages_of_people(struct model *model, struct model_entry *entry, const char *folder)
{
	struct arena *arena = model->input.arena;
	size_t count = entry->last_person - entry->first_person;
	struct model_page *pages = arena_array(arena, count + 1, sizeof *pages);

	pages[0] = entry->pages[0];
	for (size_t i = 0; i < count; i++) {
		size_t person = model->facts->by_unit[entry->first_person + i];

		pages[i + 1].path =
			arena_printf(arena, "managers/%s/p/%s.html", folder, model->slugs[person]);
		pages[i + 1].person = model->facts->people[person].id;
	}
	entry->pages = pages;
	entry->page_count = count + 1;
}

static void list_unit_of_managers(struct model *model, size_t unit, size_t first, size_t last)
{
	struct arena *arena = model->input.arena;
	const char *folder = model->folders[unit == SIZE_MAX ? model->facts->unit_count : unit];

	for (size_t sheet = 0; sheet == 0 || first + sheet * SHEET_PEOPLE < last; sheet++) {
		const char *suffix = sheet ? arena_printf(arena, "-p%02zu", sheet + 1) : "";
		struct model_entry *entry =
			model_add_entry(model, MODEL_UNIT, false, arena_printf(arena, "unit-%s%s", folder, suffix),
				arena_printf(arena, "%s/index%s", folder, suffix));
		size_t end = first + (sheet + 1) * SHEET_PEOPLE;

		entry->unit = unit;
		entry->sheet = sheet;
		entry->first_person = first + sheet * SHEET_PEOPLE;
		entry->last_person = end < last ? end : last;
		list_pages_of_people(model, entry, folder);
	}
}

static size_t first_without_unit(const struct facts *facts)
{
	size_t first = facts->by_unit_count;

	while (first > 0 && facts->people[facts->by_unit[first - 1]].unit == SIZE_MAX)
		first--;
	return first;
}

static void list_units(struct model *model, bool is_public)
{
	const struct facts *facts = model->facts;
	struct arena *arena = model->input.arena;
	size_t without = first_without_unit(facts);

	for (size_t i = 0; i < facts->unit_count; i++) {
		const struct unit *unit = &facts->units[i];

		if (unit->first == unit->last)
			continue;
		if (!is_public)
			list_unit_of_managers(model, i, unit->first, unit->own_last);
		else
			model_add_entry(model, MODEL_UNIT, true, arena_printf(arena, "unit-%s", model->folders[i]),
				arena_printf(arena, "units/%s", model->folders[i]))
				->unit = i;
	}
	if (!is_public && without < facts->by_unit_count)
		list_unit_of_managers(model, SIZE_MAX, without, facts->by_unit_count);
}

static void list_ranking(struct model *model, bool is_public, const char *folder)
{
	struct arena *arena = model->input.arena;

	for (size_t sheet = 0; model->score != SIZE_MAX && (sheet == 0 || sheet * SHEET_ROWS < model->ranked);
		sheet++) {
		const char *name = sheet ? arena_printf(arena, "ranking-p%02zu", sheet + 1) : "ranking";

		model_add_entry(model, MODEL_RANKING, is_public, name, arena_printf(arena, "%s%s", folder, name))
			->sheet = sheet;
	}
}

static void list_tree(struct model *model, bool is_public)
{
	static const struct {
		enum model_kind kind;
		const char *name, *page;
	} plain[] = {
		{MODEL_OVERVIEW, "overview", "index"},
		{MODEL_PROMOTION, "promotion", "promotion"},
		{MODEL_POLICY, "policy", "policy"},
		{MODEL_QUALITY, "quality", "quality"},
		{MODEL_DOWNLOADS, "downloads", "downloads"},
		{MODEL_HELP, "help", "help"},
		{MODEL_ACCESSIBILITY, "accessibility", "accessibility"},
	};
	const char *folder = is_public ? "" : "company/";

	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		if (is_public && plain[i].kind == MODEL_PROMOTION &&
			model->company->site_movements == SITE_MOVEMENTS_NONE)
			continue;
		model_add_entry(model, plain[i].kind, is_public, plain[i].name,
			arena_printf(model->input.arena, "%s%s", folder, plain[i].page));
	}
	model_add_entry(model, MODEL_MISSING, is_public, "404", "404");
	if (!is_public)
		model_add_entry(model, MODEL_DIRECTORY, false, "directory", "index");
	list_ranking(model, is_public, folder);
	charts_list(model, is_public);
	list_units(model, is_public);
}

static void gather_messages(struct model *model)
{
	struct diag_item *items;
	size_t count = 0;

	while (diag_item(model->input.messages, count))
		count++;
	items = arena_array(model->input.arena, count, sizeof *items);
	for (size_t i = 0; i < count; i++)
		items[i] = *diag_item(model->input.messages, i);
	model->messages = items;
	model->message_count = count;
}

static struct model *start_model(const struct model_input *input)
{
	struct model *model = arena_alloc(input->arena, sizeof *model);

	model->input = *input;
	model->facts = input->results ? input->results->facts : input->facts;
	model->rulebook = model->facts ? model->facts->rulebook : NULL;
	model->company = input->company;
	model->month = input->month;
	model->chinese = strcmp(input->language, "zh-CN") == 0;
	gather_messages(model);
	return model;
}

xmlDocPtr model_build_check(const struct model_input *input, struct arena *scratch)
{
	struct model *model = start_model(input);
	const struct model_page page = {.path = "managers/quality.html"};
	const struct model_entry entry = {.kind = MODEL_QUALITY, .pages = &page, .page_count = 1, .unit = SIZE_MAX};
	struct pen pen = {.model = model, .entry = &entry, .scratch = scratch, .root = ""};

	model->alone = true;
	build_quality(&pen);
	return pen.doc;
}

xmlDocPtr model_build_compare(const struct model_input *input, const struct model_comparison *comparison, struct arena *scratch)
{
	struct model *model = start_model(input);
	const struct model_page page = {.path = "managers/compare.html"};
	const struct model_entry entry = {.kind = MODEL_QUALITY, .pages = &page, .page_count = 1, .unit = SIZE_MAX};
	struct pen pen = {.model = model, .entry = &entry, .scratch = scratch, .root = ""};

	model->alone = true;
	build_compare(&pen, comparison);
	return pen.doc;
}

xmlDocPtr model_build_mailing(const struct model_input *input, const struct model_mailing *mailing, struct arena *scratch)
{
	struct model *model = start_model(input);
	const struct model_page page = {.path = "managers/mail.html"};
	const struct model_entry entry = {.kind = MODEL_QUALITY, .pages = &page, .page_count = 1, .unit = SIZE_MAX};
	struct pen pen = {.model = model, .entry = &entry, .scratch = scratch, .root = ""};

	model->alone = true;
	build_mailing(&pen, mailing);
	return pen.doc;
}

struct model *model_new(const struct model_input *input)
{
	struct model *model = start_model(input);
	size_t people, units, most;

	people = model->facts->person_count;
	units = model->facts->unit_count;
	find_score(model);
	standing_compute(model);
	notices_find(model);
	name_folders(model);
	charts_find(model);
	most = 2 * (12 + 2 * units + people / SHEET_PEOPLE + people / SHEET_ROWS + 4) + charts_most_entries(model);
	model->entries = arena_array(input->arena, most, sizeof *model->entries);
	list_tree(model, true);
	list_tree(model, false);
	if (model->entry_count > most)
		bug("%zu documents where %zu were expected", model->entry_count, most);
	return model;
}

void model_conclude(struct model *model, const struct model_input *input)
{
	model->input.controls = input->controls;
	model->input.control_count = input->control_count;
	gather_messages(model);
}

size_t model_count(const struct model *model)
{
	return model->entry_count;
}

const struct model_entry *model_entry(const struct model *model, size_t index)
{
	return &model->entries[index];
}

xmlDocPtr model_build(const struct model *model, size_t index, struct arena *scratch)
{
	static void (*const builders[])(struct pen *) = {
		[MODEL_OVERVIEW] = build_overview,
		[MODEL_RANKING] = build_ranking,
		[MODEL_UNIT] = build_unit,
		[MODEL_PROMOTION] = build_promotion,
		[MODEL_POLICY] = build_policies,
		[MODEL_QUALITY] = build_quality,
		[MODEL_DOWNLOADS] = build_downloads,
		[MODEL_HELP] = build_help,
		[MODEL_ACCESSIBILITY] = build_accessibility,
		[MODEL_MISSING] = build_missing,
		[MODEL_DIRECTORY] = build_directory,
		[MODEL_CHART] = build_chart,
	};
	const struct model_entry *entry = &model->entries[index];
	struct pen pen = {.model = model, .entry = entry, .scratch = scratch};

	pen.root = root_of(&pen, strchr(entry->pages[0].path, '/') + 1);
	builders[entry->kind](&pen);
	return pen.doc;
}
