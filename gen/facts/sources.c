#include <fnmatch.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "facts/build.h"
#include "table/lost.h"
#include "value/date.h"

/* Where a table's files are: the month's folder, else common/. */

struct listing {
	const char *folder;
	const char **names;
	size_t count;
};

static struct listing list(struct build *build, const char *folder)
{
	struct listing listing = { folder, NULL, 0 };

	if (file_is_folder(folder))
		listing.names = folder_list(folder, build->facts->arena, &listing.count, build->diag);
	return listing;
}

static size_t read_matching(struct build *build, struct table *table, const struct listing *listing,
	const struct table_reader *reader)
{
	size_t matched = 0;

	for (size_t i = 0; i < listing->count; i++) {
		if (fnmatch(table->spec->file, listing->names[i], FNM_PERIOD))
			continue;
		matched++;
		table_read_file(table, arena_printf(build->facts->arena, "%s/%s", listing->folder, listing->names[i]), reader);
	}
	return matched;
}

static bool is_read(const struct rulebook *rulebook, const char *name)
{
	for (size_t i = 0; i < rulebook->table_count; i++)
		if (!fnmatch(rulebook->tables[i]->file, name, FNM_PERIOD))
			return true;
	return false;
}

static void report_absent(struct build *build, const struct table_spec *spec, const struct listing *month)
{
	const struct rulebook *rulebook = build->facts->rulebook;
	const char **spare = arena_array(build->facts->arena, month->count + 1, sizeof(*spare));
	size_t count = 0;
	struct place place = PLACE_NONE;

	/* A file that another table reads is not this one under a wrong name. */
	for (size_t i = 0; i < month->count; i++)
		if (!is_read(rulebook, month->names[i]))
			spare[count++] = month->names[i];
	lost_add_all(build->facts->tables[spec->index]); /* whom it would have held nobody knows */
	place.file = month->folder;
	diag_add_nearest(build->diag, MSG_TABLE_MISSING, place, text_nearest(spec->file, spare, count),
		spec->name, spec->file, NULL);
}

static bool is_split(const struct rulebook *rulebook, const struct table_spec *spec)
{
	for (size_t i = 0; i < rulebook->line_count; i++)
		for (size_t s = 0; s < rulebook->scheme_count; s++)
			if (rulebook->lines[i][s] && rulebook->lines[i][s]->table->index == spec->index && rulebook->lines[i][s]->split)
				return true;
	return false;
}

/* Of a table with one person's rows those are enough, unless others have a share in their orders. */
static const char *rows_wanted(const struct rulebook *rulebook, const struct table_spec *spec, const char *only)
{
	return only && (spec->role == TABLE_STAFF || !spec->person || is_split(rulebook, spec)) ? "" : only;
}

/* Where a table's files may be. */
struct folders {
	struct listing month, common;
};

static struct folders list_folders(struct build *build)
{
	struct facts *facts = build->facts;
	char name[8];

	return (struct folders){ list(build, arena_printf(facts->arena, "%s/%s", build->input, month_format(facts->month, name))),
		list(build, arena_printf(facts->arena, "%s/common", build->input)) };
}

static struct table *read_table(struct build *build, const struct table_spec *spec, const struct folders *folders)
{
	struct facts *facts = build->facts;
	struct table_reader reader = { .arena = facts->arena, .pool = facts->pool, .diag = build->diag,
		.only = rows_wanted(facts->rulebook, spec, facts->only) };
	struct table *table = facts->tables[spec->index] = table_new(spec, facts->arena);

	if (!read_matching(build, table, &folders->month, &reader) && !read_matching(build, table, &folders->common, &reader) &&
		spec->required)
		report_absent(build, spec, &folders->month);
	table_check_keys(table, &reader);
	return table;
}

/* ---- what no table reads ---- */

/* A name up to its ending, a pattern up to what may vary. */
static const char *stem(const char *name, struct arena *arena)
{
	return arena_strndup(arena, name, strcspn(name, ".*?["));
}

/* 订单 (1).csv and 10月订单.xlsx are 订单.csv; one character says nothing. */
static bool holds(const char *text, const char *part)
{
	return text_length(part) >= 2 && strstr(text, part);
}

/* Whose file it might be, by what the names have in common, then by how near they are; NULL if nobody's. */
static const struct table_spec *nearest_table(struct build *build, const char *name)
{
	const struct rulebook *rulebook = build->facts->rulebook;
	struct arena *arena = build->facts->arena;
	const struct table_spec *best = NULL, *hold = table_spec_hold();
	const char **patterns = arena_array(arena, rulebook->table_count + 1, sizeof(*patterns)), *nearest, *own = stem(name, arena);

	for (size_t i = 0; i <= rulebook->table_count; i++) {
		const struct table_spec *spec = i < rulebook->table_count ? rulebook->tables[i] : hold;
		const char *common = stem(spec->file, arena);

		patterns[i] = spec->file;
		if ((holds(own, common) || holds(common, own)) && (!best || strlen(common) > strlen(stem(best->file, arena))))
			best = spec;
	}
	nearest = best ? NULL : text_nearest(name, patterns, rulebook->table_count + 1);
	for (size_t i = 0; nearest && i <= rulebook->table_count; i++)
		if (patterns[i] == nearest)
			best = i < rulebook->table_count ? rulebook->tables[i] : hold;
	return best;
}

/* Hidden files, and what Excel leaves beside an open one, nobody meant. */
static bool is_meant(const char *name)
{
	return name[0] != '.' && strncmp(name, "~$", 2) != 0 && strcmp(name, table_spec_hold()->file) != 0;
}

static void list_unread(struct build *build, const struct listing *month)
{
	struct facts *facts = build->facts;

	facts->unread = arena_array(facts->arena, month->count + 1, sizeof(*facts->unread));
	for (size_t i = 0; i < month->count; i++) {
		const struct table_spec *near;

		if (!is_meant(month->names[i]) || is_read(facts->rulebook, month->names[i]))
			continue;
		near = nearest_table(build, month->names[i]);
		facts->unread[facts->unread_count++] = (struct unread_file){
			arena_printf(facts->arena, "%s/%s", month->folder, month->names[i]), near ? near->name : NULL,
			near ? near->file : NULL };
	}
}

void tables_read(struct build *build)
{
	struct facts *facts = build->facts;
	struct folders folders = list_folders(build);

	facts->tables = arena_array(facts->arena, facts->rulebook->table_count + 1, sizeof(struct table *));
	for (size_t i = 0; i < facts->rulebook->table_count; i++)
		read_table(build, facts->rulebook->tables[i], &folders);
	list_unread(build, &folders.month);
}

const struct table *facts_read_table(const struct facts_input *input, const struct table_spec *spec)
{
	struct facts facts = { .rulebook = input->rulebook, .month = input->rulebook->month, .arena = input->arena, .pool = input->pool };
	struct build build = { .facts = &facts, .input = input->input, .diag = input->diag };
	struct folders folders = list_folders(&build);

	facts.tables = arena_array(input->arena, input->rulebook->table_count + 1, sizeof(struct table *));
	return read_table(&build, spec, &folders);
}
