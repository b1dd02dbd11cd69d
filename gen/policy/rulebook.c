#include "policy/company.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "policy/order.h"
#include "policy/rulebook_parts.h"
#include "value/date.h"

static struct rulebook *rulebook_new(const struct company *company, int32_t month, size_t schemes, struct arena *arena)
{
	struct rulebook *rulebook = arena_alloc(arena, sizeof(*rulebook));

	rulebook->company = company;
	rulebook->month = month;
	rulebook->schemes = arena_array(arena, schemes + 1, sizeof(*rulebook->schemes));
	return rulebook;
}

static struct rulebook *rulebook_finish(struct rulebook *rulebook, struct arena *arena, struct diag *diag)
{
	bool good = rulebook_list_tables(rulebook, arena, diag);

	/* Columns and order of policies that contradict each other would only mislead. */
	if (!rulebook_list_items(rulebook, arena, diag) || !good)
		return NULL;
	rulebook_note_uses(rulebook, arena);
	return order_build(rulebook, arena, diag) ? rulebook : NULL;
}

/*
 * The entries in force, scheme by scheme; schemes stand in the order in which
 * company.xml first names them, so that a newer policy keeps its columns' place.
 */
static size_t entries_in_force(const struct company *company, int32_t month, const struct scheme_entry **found)
{
	size_t count = 0;

	for (size_t i = 0; i < company->entry_count; i++) {
		const struct scheme_entry *entry = &company->entries[i];
		size_t s = 0;

		if (entry->from > month)
			continue;
		while (s < count && strcmp(found[s]->scheme, entry->scheme))
			s++;
		if (s == count)
			found[count++] = entry;
		else if (entry->from >= found[s]->from)
			found[s] = entry;
	}
	return count;
}

/* A from set too late would leave people out in silence. */
static void note_later_schemes(const struct company *company, int32_t month, const struct scheme_entry *const *found, size_t count,
	struct diag *diag)
{
	for (size_t i = 0; i < company->entry_count; i++) {
		const struct scheme_entry *entry = &company->entries[i];
		size_t s = 0;
		char name[8];

		while (s < count && strcmp(found[s]->scheme, entry->scheme) != 0)
			s++;
		if (s == count)
			diag_add(diag, MSG_SCHEME_NOT_YET, entry->place, entry->scheme, month_format(month, name), NULL);
	}
}

/* href is relative to company.xml. */
static const char *policy_path(const struct company *company, const char *href, struct arena *arena)
{
	const char *slash = company->path ? strrchr(company->path, '/') : NULL;

	if (!slash || *href == '/')
		return href;
	return arena_printf(arena, "%.*s/%s", (int)(slash - company->path), company->path, href);
}

static bool compile_when(struct scheme *scheme, const struct scheme_entry *entry, const struct policy_reader *reader)
{
	struct formula_scope scope = { .policy = scheme->policy, .staff_only = true, .wanted = VALUE_YESNO };

	if (!entry->when.text)
		return true;
	scheme->when = arena_alloc(reader->arena, sizeof(*scheme->when));
	scheme->when->text = entry->when;
	return formula_compile(scheme->when, &scope, reader->arena, reader->pool, reader->diag);
}

static bool read_scheme(struct rulebook *rulebook, const struct scheme_entry *entry, const struct policy_reader *reader)
{
	struct scheme *scheme = &rulebook->schemes[rulebook->scheme_count];

	struct policy_reader own = *reader;

	own.from = entry->from;
	if (entry->trial)
		own.roots.own = entry->trial_root;
	scheme->name = entry->scheme;
	scheme->place = entry->place;
	scheme->policy = policy_read(entry->trial ? entry->trial : policy_path(rulebook->company, entry->href, reader->arena), &own);
	if (!scheme->policy)
		return false;
	rulebook->scheme_count++;
	return compile_when(scheme, entry, reader);
}

struct rulebook *rulebook_build(const struct company *company, int32_t month, const struct policy_roots *roots,
	struct arena *arena, struct text_pool *pool, struct diag *diag)
{
	const struct scheme_entry **found = arena_array(arena, company->entry_count + 1, sizeof(*found));
	size_t count = entries_in_force(company, month, found);
	struct policy_reader reader = { .arena = arena, .pool = pool, .diag = diag, .roots = *roots };
	struct rulebook *rulebook = rulebook_new(company, month, count, arena);
	bool good = true;
	char text[8];

	if (!count) {
		diag_add(diag, MSG_NO_POLICY_IN_FORCE, (struct place){ .file = company->path }, month_format(month, text), NULL);
		return NULL;
	}
	note_later_schemes(company, month, found, count, diag);
	for (size_t i = 0; i < count; i++)
		good = read_scheme(rulebook, found[i], &reader) && good;
	return good ? rulebook_finish(rulebook, arena, diag) : NULL;
}

struct rulebook *rulebook_of_policy(struct policy *policy, struct arena *arena, struct text_pool *pool, struct diag *diag)
{
	struct rulebook *rulebook = rulebook_new(NULL, policy->first_month, 1, arena);

	(void)pool;
	rulebook->schemes[0] = (struct scheme){ .name = "", .policy = policy };
	rulebook->scheme_count = 1;
	return rulebook_finish(rulebook, arena, diag);
}
