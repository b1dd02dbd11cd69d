#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "facts/build.h"
#include "facts/index_map.h"
#include "table/lost.h"

/*
 * The unit tree. With a units table it comes from there; without one every
 * unit the staff table names stands at the top.
 */
struct seed {
	const char *id, *name, *parent;
	size_t row; /* in the units table, or SIZE_MAX */
	bool placed;
	size_t above, child, next; /* seeds: the parent, the first below, the next beside; SIZE_MAX if none */
	size_t index; /* among the units, once placed; else 0, or a mark of report_cycles() */
};

static int seed_by_id(const void *a, const void *b)
{
	return strcmp(((const struct seed *)a)->id, ((const struct seed *)b)->id);
}

static const char *cell_text(const struct table *table, size_t row, const struct column *column)
{
	const struct value *cell = column ? table_cell(table, row, column->index) : NULL;

	return cell && !cell->missing ? cell->text : NULL;
}

static size_t seeds_of_table(const struct table *table, struct seed *seeds)
{
	const struct table_spec *spec = table->spec;
	size_t count = 0;

	for (size_t row = 0; row < table->row_count; row++) {
		const char *id = cell_text(table, row, spec->key);
		const char *name = cell_text(table, row, table_spec_role(spec, ROLE_NAME));

		if (id)
			seeds[count++] = (struct seed){ .id = id, .name = name ? name : id, .row = row,
				.parent = cell_text(table, row, table_spec_role(spec, ROLE_PARENT)) };
	}
	return count;
}

static size_t seeds_of_staff(const struct table *staff, struct seed *seeds)
{
	size_t count = 0, kept = 0;

	for (size_t row = 0; row < staff->row_count; row++) {
		const char *unit = cell_text(staff, row, staff->spec->unit);

		if (unit)
			seeds[count++] = (struct seed){ .id = unit, .name = unit, .row = SIZE_MAX };
	}
	qsort(seeds, count, sizeof(*seeds), seed_by_id);
	for (size_t i = 0; i < count; i++)
		if (!kept || strcmp(seeds[kept - 1].id, seeds[i].id) != 0)
			seeds[kept++] = seeds[i];
	return kept;
}

#define CIRCLE_SHOWN 20 /* units of a circle in its message */

struct planting {
	struct build *build;
	struct seed *seeds;
	size_t count;
	size_t first_root;
};

/* Seeds are sorted by id and linked from the last one back, so siblings come out in that order. */
static void link_seeds(struct planting *planting, const struct map *ids)
{
	planting->first_root = SIZE_MAX;
	for (size_t i = 0; i < planting->count; i++)
		planting->seeds[i].child = planting->seeds[i].next = SIZE_MAX;
	for (size_t i = planting->count; i-- > 0;) {
		struct seed *seed = &planting->seeds[i];
		size_t *first;

		seed->above = seed->parent ? index_get(ids, seed->parent) : SIZE_MAX;
		first = seed->above == SIZE_MAX ? &planting->first_root : &planting->seeds[seed->above].child;
		seed->next = *first;
		*first = i;
	}
}

static void plant_one(struct planting *planting, struct seed *seed)
{
	struct facts *facts = planting->build->facts;
	const struct seed *above = seed->above == SIZE_MAX ? NULL : &planting->seeds[seed->above];

	seed->placed = true;
	seed->index = facts->unit_count++;
	facts->units[seed->index] = (struct unit){ .id = seed->id, .name = seed->name, .head = SIZE_MAX, .row = seed->row,
		.parent = above ? above->index : SIZE_MAX, .depth = above ? facts->units[above->index].depth + 1 : 0 };
	index_put(planting->build->units, seed->id, seed->index);
}

/* Without recursion: a chain of parents may be as long as the file. What a cycle holds is never reached. */
static void plant(struct planting *planting)
{
	struct facts *facts = planting->build->facts;
	struct seed *seeds = planting->seeds;
	size_t at = planting->first_root;

	while (at != SIZE_MAX) {
		plant_one(planting, &seeds[at]);
		if (seeds[at].child != SIZE_MAX) {
			at = seeds[at].child;
			continue;
		}
		facts->units[seeds[at].index].end = facts->unit_count;
		while (seeds[at].next == SIZE_MAX && seeds[at].above != SIZE_MAX) {
			at = seeds[at].above;
			facts->units[seeds[at].index].end = facts->unit_count;
		}
		at = seeds[at].next;
	}
}

/* A parent may be written as id or name; unknown ones are told. */
static void resolve_parents(struct build *build, const struct table *table, struct seed *seeds, size_t count,
	const struct map *ids)
{
	for (size_t i = 0; i < count; i++) {
		size_t parent = seeds[i].parent ? index_get(ids, seeds[i].parent) : SIZE_MAX;

		if (!seeds[i].parent)
			continue;
		if (parent != SIZE_MAX) {
			seeds[i].parent = seeds[parent].id;
			continue;
		}
		if (!units_may_hold(build->facts, seeds[i].parent))
			diag_add_nearest(build->diag, MSG_UNIT_UNKNOWN,
				build_place(build, table, seeds[i].row, table_spec_role(table->spec, ROLE_PARENT)),
				build_nearest_unit(build, seeds[i].parent), seeds[i].parent, NULL);
		seeds[i].parent = NULL;
	}
}

bool units_may_hold(const struct facts *facts, const char *unit)
{
	const struct table_spec *spec = facts->rulebook->units;

	return spec && table_may_hold(facts->tables[spec->index], unit);
}

/* "A → B → A", from the seed at `at` round to itself; of a long circle its beginning. */
static const char *circle_text(struct build *build, const struct seed *seeds, size_t at)
{
	struct text_buffer text = TEXT_BUFFER_INIT;
	const char *taken;
	size_t shown = 1, to = seeds[at].above;

	text_buffer_puts(&text, seeds[at].id);
	for (; to != at && shown < CIRCLE_SHOWN; to = seeds[to].above, shown++)
		text_buffer_printf(&text, " → %s", seeds[to].id);
	text_buffer_printf(&text, "%s → %s", to == at ? "" : " → …", seeds[at].id);
	taken = text_buffer_take(&text, build->facts->arena);
	text_buffer_release(&text);
	return taken;
}

/* Each circle once, at its first row met; units that only hang below one are not told. */
static void report_cycles(struct build *build, struct table *table, struct seed *seeds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = i;

		while (!seeds[at].placed && !seeds[at].index) {
			seeds[at].index = i + 1;
			at = seeds[at].above;
		}
		if (seeds[at].placed || seeds[at].index != i + 1)
			continue;
		diag_add(build->diag, MSG_UNIT_CYCLE,
			build_place(build, table, seeds[at].row, table_spec_role(table->spec, ROLE_PARENT)), seeds[at].id,
			circle_text(build, seeds, at), NULL);
		lost_add_all(table); /* whoever is in one of them is not to be told, too */
	}
}

void units_build(struct build *build)
{
	struct facts *facts = build->facts;
	const struct rulebook *rulebook = facts->rulebook;
	const struct table *staff = facts->tables[rulebook->staff->index];
	struct table *table = rulebook->units ? facts->tables[rulebook->units->index] : NULL;
	size_t room = (table ? table->row_count : staff->row_count) + 1;
	struct seed *seeds = calloc(room, sizeof(*seeds));
	struct planting planting = { build, seeds, 0, SIZE_MAX };
	struct map *ids = map_new();

	if (!seeds)
		bug("out of memory");
	planting.count = table ? seeds_of_table(table, seeds) : staff->spec->unit ? seeds_of_staff(staff, seeds) : 0;
	qsort(seeds, planting.count, sizeof(*seeds), seed_by_id);
	for (size_t i = planting.count; i-- > 0;)
		index_put(ids, seeds[i].name, i);
	for (size_t i = planting.count; i-- > 0;)
		index_put(ids, seeds[i].id, i);
	if (table)
		resolve_parents(build, table, seeds, planting.count, ids);
	facts->units = arena_array(facts->arena, planting.count + 1, sizeof(*facts->units));
	link_seeds(&planting, ids);
	plant(&planting);
	if (table)
		report_cycles(build, table, seeds, planting.count);
	for (size_t i = facts->unit_count; i-- > 0;)
		if (index_get(build->units, facts->units[i].name) == SIZE_MAX)
			index_put(build->units, facts->units[i].name, i);
	map_free(ids);
	free(seeds);
}

struct posting {
	size_t unit, person;
};

static int by_unit_then_person(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;

	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	return (x->person > y->person) - (x->person < y->person);
}

static int by_person_then_unit(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

static void list_headed(struct facts *facts, struct posting *postings)
{
	for (size_t i = 0; i < facts->unit_count; i++)
		if (facts->units[i].head != SIZE_MAX)
			postings[facts->headed_count++] = (struct posting){ i, facts->units[i].head };
	qsort(postings, facts->headed_count, sizeof(*postings), by_person_then_unit);
	facts->headed = arena_array(facts->arena, facts->headed_count + 1, sizeof(*facts->headed));
	for (size_t i = 0; i < facts->headed_count; i++)
		facts->headed[i] = postings[i].unit;
}

static void set_heads(struct build *build)
{
	struct facts *facts = build->facts;
	const struct table_spec *spec = facts->rulebook->units;
	const struct column *column = spec ? table_spec_role(spec, ROLE_HEAD) : NULL;

	for (size_t i = 0; column && i < facts->unit_count; i++) {
		const struct table *table = facts->tables[spec->index];
		const char *head = cell_text(table, facts->units[i].row, column);

		if (!head)
			continue;
		facts->units[i].head = index_get(build->people, head);
		if (facts->units[i].head == SIZE_MAX && !table_may_hold(facts->tables[facts->rulebook->staff->index], head))
			diag_add_nearest(build->diag, MSG_PERSON_UNKNOWN, build_place(build, table, facts->units[i].row, column),
				build_nearest_person(build, head), head, NULL);
	}
}

void units_fill(struct build *build)
{
	struct facts *facts = build->facts;
	struct posting *postings = calloc(facts->person_count + facts->unit_count + 1, sizeof(*postings));
	size_t count = 0, next = 0;

	if (!postings)
		bug("out of memory");
	for (size_t i = 0; i < facts->person_count; i++)
		if (facts->people[i].state != PERSON_EXCLUDED)
			postings[count++] = (struct posting){ facts->people[i].unit, i };
	qsort(postings, count, sizeof(*postings), by_unit_then_person);
	facts->by_unit = arena_array(facts->arena, count + 1, sizeof(*facts->by_unit));
	facts->by_unit_count = count;
	for (size_t i = 0; i < count; i++)
		facts->by_unit[i] = postings[i].person;
	for (size_t u = 0; u < facts->unit_count; u++) {
		facts->units[u].first = next;
		while (next < count && postings[next].unit == u)
			next++;
		facts->units[u].own_last = next;
	}
	for (size_t u = 0; u < facts->unit_count; u++)
		facts->units[u].last = facts->units[facts->units[u].end - 1].own_last;
	set_heads(build);
	list_headed(facts, postings);
	free(postings);
}
