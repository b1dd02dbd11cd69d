#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "facts/facts.h"
#include "mail/address.h"
#include "pipeline_mailing.h"
#include "pipeline_place.h"
#include "table/sheet.h"
#include "value/date.h"

#define ADDRESSES_FILE "addresses.csv"

static const struct column *email_column(const struct facts *facts)
{
	return table_spec_role(facts->rulebook->staff, ROLE_EMAIL);
}

/* "" without one. */
static const char *sealed_address(const struct facts *facts, size_t person)
{
	const struct column *column = email_column(facts);
	const struct value *cell = column ? table_cell(facts->tables[facts->rulebook->staff->index], facts->people[person].row, column->index) : NULL;

	return cell && !cell->missing ? cell->text : "";
}

/* The excerpt is read from the file: only for what is reported. */
static struct place place_of(const struct mailing *mailing, const struct recipient *recipient)
{
	const struct facts *facts = mailing->run->facts;
	const struct column *column = email_column(facts);

	if (recipient->place.file || !column)
		return recipient->place;
	return table_place(facts->tables[facts->rulebook->staff->index], facts->people[recipient->person].row, column, mailing->run->arena);
}

/* ---- INPUT/addresses.csv ---- */

static struct recipient *find(struct mailing *mailing, const char *id)
{
	for (size_t i = 0; i < mailing->count; i++)
		if (!strcmp(mailing->recipients[i].id, id))
			return &mailing->recipients[i];
	return NULL;
}

static bool read_own(struct mailing *mailing, const char *path)
{
	struct month_run *run = mailing->run;
	const struct csv_sheet *sheet = csv_sheet_read(path, run->arena, run->diag);
	int id, address;

	if (!sheet)
		return false;
	id = csv_sheet_column(sheet, "id");
	address = csv_sheet_column(sheet, "address");
	if (id < 0 || address < 0) {
		diag_add(run->diag, MSG_ADDRESSES_HEADER, (struct place){ .file = path, .line = 1 }, NULL);
		return false;
	}
	for (size_t i = 0; i < sheet->row_count; i++) {
		struct recipient *recipient = find(mailing, csv_sheet_field(sheet, i, (size_t)id));

		if (!recipient) /* it holds for all months, and not everyone is in each */
			continue;
		recipient->address = csv_sheet_field(sheet, i, (size_t)address);
		recipient->place = (struct place){ .file = path, .line = sheet->line[i], .column = address + 1 };
	}
	return true;
}

bool mailing_addresses(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	const char *own = arena_printf(run->arena, "%s/" ADDRESSES_FILE, mailing->place->options->input);
	bool has_own = file_exists(own);

	if (!email_column(run->facts) && !has_own) {
		diag_add(run->diag, MSG_NO_ADDRESS_COLUMN, run->rulebook->staff->place, run->rulebook->staff->name, own, NULL);
		return false;
	}
	for (size_t i = 0; i < mailing->count; i++)
		mailing->recipients[i].address = sealed_address(run->facts, mailing->recipients[i].person);
	return !has_own || read_own(mailing, own);
}

/* ---- what is wrong with them ---- */

static void report(struct mailing *mailing, struct recipient *recipient, enum message message, const char *detail)
{
	const char *own = arena_printf(mailing->run->arena, "%s/" ADDRESSES_FILE, mailing->place->options->input);

	diag_add(mailing->run->diag, message, place_of(mailing, recipient), recipient->id, recipient->name,
		*recipient->address ? recipient->address : own, detail, own, NULL);
	if (message_entry(message)->level == DIAG_ERROR)
		recipient_fail(recipient);
}

static void check_form(struct mailing *mailing, struct recipient *recipient)
{
	enum address_fault fault = address_check(recipient->address);

	if (!*recipient->address)
		report(mailing, recipient, MSG_ADDRESS_MISSING, "");
	else if (fault != ADDRESS_GOOD)
		report(mailing, recipient, MSG_ADDRESS_MALFORMED, address_fault_text(fault, !strcmp(month_language(mailing->run), "zh-CN")));
	else if (!mail_settings_allow(&mailing->settings, recipient->address))
		report(mailing, recipient, MSG_ADDRESS_OUTSIDE, address_domain(recipient->address));
}

struct folded {
	const char *address;
	struct recipient *recipient;
};

static int by_address(const void *a, const void *b)
{
	const struct folded *left = a, *right = b;
	int order = strcmp(left->address, right->address);

	return order ? order : strcmp(left->recipient->id, right->recipient->id);
}

/* Nobody knows whose it is: neither gets anything there, whoever else is held or not named this time. */
static void check_doubled(struct mailing *mailing)
{
	struct folded *all = arena_array(mailing->run->arena, mailing->count + 1, sizeof(*all));
	size_t count = 0;

	for (size_t i = 0; i < mailing->count; i++)
		if (*mailing->recipients[i].address)
			all[count++] = (struct folded){ address_fold(mailing->recipients[i].address, mailing->run->arena), &mailing->recipients[i] };
	qsort(all, count, sizeof(*all), by_address);
	for (size_t i = 0; i < count; i++) {
		const struct folded *other = i && !strcmp(all[i - 1].address, all[i].address) ? &all[i - 1] :
			i + 1 < count && !strcmp(all[i + 1].address, all[i].address) ? &all[i + 1] : NULL;

		if (other && (all[i].recipient->fate == FATE_WRITE || all[i].recipient->fate == FATE_WRONG))
			report(mailing, all[i].recipient, MSG_ADDRESS_DOUBLED, other->recipient->id);
	}
}

/* The month before as it was sealed; NULL if it was not. */
static struct month_run *read_before(struct mailing *mailing, struct options *options, struct workplace *copies)
{
	struct month_run *run = mailing->run, *before;
	const struct chain_month *entry = chain_find(&mailing->chain, run->month - 1);
	char name[8];

	if (!entry || !entry->seal)
		return NULL;
	*options = mailing->options;
	*copies = mailing->copies;
	copies->options = options;
	options->input = arena_printf(run->arena, "%s/%s/input", mailing->place->records, month_format(run->month - 1, name));
	before = month_run_new(copies, run->month - 1);
	if (mailing_facts(before))
		return before;
	month_run_free(before);
	return NULL;
}

static void check_changed(struct mailing *mailing)
{
	struct options options;
	struct workplace copies;
	struct month_run *before = read_before(mailing, &options, &copies);

	for (size_t i = 0; before && i < mailing->count; i++) {
		struct recipient *recipient = &mailing->recipients[i];
		size_t person = facts_person(before->facts, text_intern(before->pool, recipient->id, strlen(recipient->id)));
		const char *last = person == SIZE_MAX ? "" : sealed_address(before->facts, person);

		if (*last && recipient->fate == FATE_WRITE &&
			strcmp(address_fold(last, mailing->run->arena), address_fold(recipient->address, mailing->run->arena)) != 0)
			report(mailing, recipient, MSG_ADDRESS_CHANGED, last);
	}
	if (before)
		month_run_free(before);
}

void mailing_check_addresses(struct mailing *mailing)
{
	for (size_t i = 0; i < mailing->count; i++)
		if (mailing->recipients[i].fate == FATE_WRITE)
			check_form(mailing, &mailing->recipients[i]);
	check_doubled(mailing);
	check_changed(mailing);
}
