#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "calc/results.h"
#include "facts/facts.h"
#include "pipeline_mailing.h"
#include "pipeline_place.h"

#define FORMULA_MIN 4 /* characters that a formula must give: with fewer something is missing in the data */

/* ---- company.xml's formula: over the staff table of the sealed month ---- */

/* One a scheme, since parameters and grade sets are the policy's. False with errors at the formula. */
static bool compile(struct mailing *mailing, struct formula *formulas)
{
	struct month_run *run = mailing->run;

	for (size_t i = 0; i < run->rulebook->scheme_count; i++) {
		struct formula_scope scope = { .policy = run->rulebook->schemes[i].policy, .staff_only = true, .wanted = VALUE_TEXT };

		formulas[i].text = mailing->company->payslip_password;
		if (!formula_compile(&formulas[i], &scope, run->arena, run->pool, run->diag))
			return false;
	}
	return true;
}

static bool by_formula(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	struct formula *formulas = arena_array(run->arena, run->rulebook->scheme_count, sizeof(*formulas));
	const struct results *results;

	if (!compile(mailing, formulas))
		return false;
	results = results_of_books(run->facts, run->arena);
	for (size_t i = 0; i < mailing->count; i++) {
		struct recipient *recipient = &mailing->recipients[i];
		const struct formula *formula = &formulas[run->facts->people[recipient->person].scheme];
		struct value value;

		if (recipient->secret || recipient->fate != FATE_WRITE)
			continue;
		value = calc_formula(results, formula, recipient->person, NULL, SIZE_MAX);
		if (!value.missing && text_length(value.text) >= FORMULA_MIN)
			recipient->secret = value.text;
		else
			diag_add(run->diag, MSG_FORMULA_GIVES_NONE, xml_text_place(&formula->text, 0, formula->text.length), recipient->id,
				recipient->name, NULL);
		if (!recipient->secret)
			recipient_fail(recipient);
	}
	return true;
}

/* ---- the file of secrets ---- */

static bool lacks_secret(const struct recipient *recipient)
{
	return !recipient->secret && recipient->fate == FATE_WRITE;
}

#define NAMED_MAX 8 /* ids in the message */

static void report_lacking(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	struct text_buffer ids = TEXT_BUFFER_INIT;
	size_t count = 0;

	for (size_t i = 0; i < mailing->count; i++)
		if (lacks_secret(&mailing->recipients[i])) {
			if (count++ < NAMED_MAX)
				text_buffer_printf(&ids, "%s%s", count == 1 ? "" : ", ", mailing->recipients[i].id);
			recipient_fail(&mailing->recipients[i]);
		}
	if (count > NAMED_MAX)
		text_buffer_puts(&ids, " …");
	if (count)
		diag_add(run->diag, MSG_SECRET_LACKING, PLACE_NONE, arena_printf(run->arena, "%zu", count), ids.data, run->name,
			options_again(mailing->place), NULL);
	text_buffer_release(&ids);
}

bool mailing_secrets(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	const char *path = arena_printf(run->arena, "%s/" SECRETS_FILE, mailing->place->records);

	if (!secrets_read(&mailing->secrets, path, run->arena, run->diag))
		return false;
	for (size_t i = 0; i < mailing->count; i++)
		mailing->recipients[i].secret = secrets_find(&mailing->secrets, mailing->recipients[i].id);
	if (mailing->place->options->make_secrets)
		return true;
	if (mailing->company->payslip_password.text)
		return by_formula(mailing);
	report_lacking(mailing);
	return true;
}

bool mailing_make_secrets(struct mailing *mailing, size_t *made)
{
	struct month_run *run = mailing->run;
	struct secret *people = arena_array(run->arena, mailing->count + 1, sizeof(*people));

	*made = 0;
	for (size_t i = 0; i < mailing->count; i++) {
		const struct recipient *recipient = &mailing->recipients[i];

		if (!recipient->secret && recipient->fate != FATE_UNNAMED)
			people[(*made)++] = (struct secret){ .id = recipient->id, .name = recipient->name };
	}
	return !*made || mailing->place->options->dry_run || secrets_add(&mailing->secrets, people, *made, run->arena, run->diag);
}
