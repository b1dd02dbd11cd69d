#ifndef SALESPAY_TESTS_MONTH_H
#define SALESPAY_TESTS_MONTH_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "facts/facts.h"
#include "value/date.h"

#include "unit.h"

/*
 * A small company in a temporary folder: a policy's body, CSV texts, a month;
 * read through the doors that the program itself uses. month_begin, then
 * month_file as often as wanted, then month_read (or, in calc and above,
 * month_compute of calculated.h), month_end.
 */
struct month {
	char *folder;
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct rulebook *rulebook;
	struct facts *facts;
};

#define MONTH_POLICY(body) "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<policy xmlns=\"urn:salespay:policy:1\" id=\"p\" " \
	"title=\"试行办法\" version=\"1\" currency=\"CNY\">\n" body "\n</policy>\n"
#define MONTH_COMPANY(inner) "<company xmlns=\"urn:salespay:company:1\" name=\"试行公司\" lang=\"en\">" inner "</company>\n"

static inline void month_file(struct month *m, const char *name, const char *text)
{
	char *path = g_build_filename(m->folder, name, NULL), *folder = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
	unit_write(m->folder, name, text);
	g_free(folder);
	g_free(path);
}

static inline void month_begin(struct month *m, const char *policy)
{
	*m = (struct month){ .folder = unit_folder_new(), .arena = arena_new(), .pool = text_pool_new() };
	m->diag = diag_new(m->arena);
	diag_set_language(m->diag, "en");
	month_file(m, "policies/p.xml", policy);
	month_file(m, "company.xml", MONTH_COMPANY("<policy href=\"policies/p.xml\" from=\"2020-01\"/>"));
}

static inline void month_end(struct month *m)
{
	facts_release(m->facts);
	diag_free(m->diag);
	text_pool_free(m->pool);
	arena_free(m->arena);
	unit_folder_remove(m->folder);
}

typedef bool month_fits_fn(const struct formula *, const struct rulebook *, const struct table *, size_t, struct text_pool *);

/* False if there was any error; look at month_codes then. */
static inline bool month_read(struct month *m, const char *month, month_fits_fn *fits)
{
	const char *path = arena_printf(m->arena, "%s/company.xml", m->folder);
	const struct company *company = company_read(path, m->arena, m->pool, m->diag);
	struct facts_input input = { .input = m->folder, .records = arena_printf(m->arena, "%s/records", m->folder),
		.fits = fits, .arena = m->arena, .pool = m->pool, .diag = m->diag };
	const struct policy_roots roots = { arena_printf(m->arena, "%s/policies", m->folder), NULL };
	int32_t number;

	g_assert_true(month_parse(month, strlen(month), &number));
	m->rulebook = company ? rulebook_build(company, number, &roots, m->arena, m->pool, m->diag) : NULL;
	input.rulebook = m->rulebook;
	m->facts = m->rulebook ? facts_read(&input) : NULL;
	return m->facts;
}

/* "E0301 E0324": the codes of all errors in order of file and line; "" if there is none. */
static inline const char *month_codes(struct month *m)
{
	struct text_buffer codes = TEXT_BUFFER_INIT;
	const struct diag_item *item;
	const char *text;

	for (size_t i = 0; (item = diag_item(m->diag, i)); i++)
		if (item->entry->level == DIAG_ERROR)
			text_buffer_printf(&codes, "%s%s", codes.length ? " " : "", item->entry->code);
	text = text_buffer_take(&codes, m->arena);
	text_buffer_release(&codes);
	return text;
}

/* Everything said, for a test that failed. */
static inline void month_print(struct month *m)
{
	const struct diag_item *item;

	for (size_t i = 0; (item = diag_item(m->diag, i)); i++)
		g_test_message("%s:%ld: %s %s", item->place.file ? item->place.file : "", item->place.line, item->entry->code,
			item->text);
}

static inline size_t month_person(const struct month *m, const char *id)
{
	return facts_person(m->facts, id);
}

#endif
