#include "base/arena.h"
#include "base/text.h"
#include "facts/build.h"

/* "Did you mean" for people and units. */

/* Looking for a near name costs a pass over all of them: not for a whole file of strangers. */
#define NEAREST_MAX 50

bool build_may_seek(size_t *sought)
{
	return (*sought)++ < NEAREST_MAX;
}

const char *build_nearest_person(struct build *build, const char *text)
{
	const struct facts *facts = build->facts;
	const char **ids;

	if (!build_may_seek(&build->people_sought))
		return NULL;
	ids = arena_array(facts->arena, facts->person_count + 1, sizeof(*ids));
	for (size_t i = 0; i < facts->person_count; i++)
		ids[i] = facts->people[i].id;
	return text_nearest(text, ids, facts->person_count);
}

const char *build_nearest_unit(struct build *build, const char *text)
{
	const struct facts *facts = build->facts;
	const char **names;

	if (!build_may_seek(&build->units_sought))
		return NULL;
	names = arena_array(facts->arena, facts->unit_count * 2 + 1, sizeof(*names));
	for (size_t i = 0; i < facts->unit_count; i++) {
		names[i * 2] = facts->units[i].id;
		names[i * 2 + 1] = facts->units[i].name;
	}
	return text_nearest(text, names, facts->unit_count * 2);
}
