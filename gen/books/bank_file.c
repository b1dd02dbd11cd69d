#include "books/bank_file.h"

#include <string.h>

#include "base/arena.h"
#include "books/exports.h"
#include "books/net_pay.h"
#include "table/sheet.h"

struct paying {
	const struct results *results;
	const char *folder;
	bool **covered; /* by scheme and ledger column: some file pays it */
	struct bank_sums *sums;
	struct arena *arena;
	struct diag *diag;
};

/* Does this column pay the net figure, by itself or within the total of its section? */
static bool pays(const struct export_column *column, const struct item *net)
{
	const struct node *root = column->formula->root;

	return root && root->kind == NODE_FIGURE &&
		(root->item->column == net->column || (root->item->kind == ITEM_TOTAL && root->item->total_of == SECTION_NET));
}

static const struct policy *policy_of(const struct paying *paying, size_t scheme)
{
	return paying->results->facts->rulebook->schemes[scheme].policy;
}

/* False if in some scheme of the file the column is something else, or what it pays is paid by a file before. */
static bool column_pays(const struct paying *paying, const struct export_file *file, size_t column)
{
	bool any = false;

	for (size_t s = 0; s < paying->results->facts->rulebook->scheme_count; s++) {
		const struct policy *policy = policy_of(paying, s);
		bool here = false;

		if (!file->parts[s])
			continue;
		for (size_t i = 0; i < policy->item_count; i++) {
			if (!item_is_net_pay(policy->items[i]) || !pays(&file->parts[s]->columns[column], policy->items[i]))
				continue;
			if (paying->covered[s][policy->items[i]->column])
				return false;
			here = true;
		}
		if (!here)
			return false;
		any = true;
	}
	return any;
}

static void cover(struct paying *paying, const struct export_file *file, size_t column)
{
	for (size_t s = 0; s < paying->results->facts->rulebook->scheme_count; s++) {
		const struct policy *policy = policy_of(paying, s);

		for (size_t i = 0; file->parts[s] && i < policy->item_count; i++)
			if (item_is_net_pay(policy->items[i]) && pays(&file->parts[s]->columns[column], policy->items[i]))
				paying->covered[s][policy->items[i]->column] = true;
	}
}

static struct decimal sum_of_column(struct paying *paying, const char *file, size_t column)
{
	struct arena *scratch = arena_new();
	const struct csv_sheet *sheet = csv_sheet_read(arena_printf(scratch, "%s/export/%s", paying->folder, file), scratch,
		paying->diag);
	struct decimal sum = decimal_zero(), value;

	for (size_t row = 0; sheet && column < sheet->column_count && row < sheet->row_count; row++) {
		const char *text = csv_sheet_field(sheet, row, column);

		if (decimal_parse(text, strlen(text), &value))
			sum = decimal_add(sum, value);
	}
	arena_free(scratch);
	return sum;
}

static const struct export *any_part(const struct paying *paying, const struct export_file *file)
{
	for (size_t s = 0; s < paying->results->facts->rulebook->scheme_count; s++)
		if (file->parts[s])
			return file->parts[s];
	return NULL;
}

static bool names_account(const struct export *export)
{
	for (size_t c = 0; c < export->column_count; c++) {
		const struct node *root = export->columns[c].formula->root;

		if (root && root->kind == NODE_COLUMN && root->column->role == ROLE_ACCOUNT)
			return true;
	}
	return false;
}

static void read_files(struct paying *paying, const struct export_file *files, size_t count, bool with_account)
{
	for (size_t f = 0; f < count; f++) {
		const struct export *any = any_part(paying, &files[f]);

		if (!any || any->of || names_account(any) != with_account)
			continue;
		for (size_t c = 0; c < any->column_count; c++) {
			if (!column_pays(paying, &files[f], c))
				continue;
			cover(paying, &files[f], c);
			paying->sums->has_file = true;
			paying->sums->paid = decimal_add(paying->sums->paid, sum_of_column(paying, files[f].file, c));
		}
	}
}

static void add_rest(struct paying *paying, size_t person)
{
	const struct person *who = &paying->results->facts->people[person];

	for (size_t i = 0; who->state == PERSON_PAID && i < who->policy->item_count; i++) {
		const struct item *item = who->policy->items[i];
		const struct value *value;

		if (!item_is_net_pay(item) || paying->covered[who->scheme][item->column])
			continue;
		value = results_value(paying->results, person, item->column);
		paying->sums->has_rest = true;
		if (!value->missing)
			paying->sums->rest = decimal_add(paying->sums->rest, value->number);
	}
}

void bank_sums_read(const struct results *results, const char *folder, struct bank_sums *out, struct arena *arena,
	struct diag *diag)
{
	const struct rulebook *rulebook = results->facts->rulebook;
	struct paying paying = { results, folder, arena_array(arena, rulebook->scheme_count, sizeof(bool *)), out, arena, diag };
	size_t count;
	const struct export_file *files = exports_list(results, arena, &count);

	*out = (struct bank_sums){ .paid = decimal_zero(), .rest = decimal_zero() };
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		paying.covered[s] = arena_array(arena, rulebook->column_count + 1, sizeof(bool));
	read_files(&paying, files, count, true);
	read_files(&paying, files, count, false);
	for (size_t i = 0; out->has_file && i < results->facts->person_count; i++)
		add_rest(&paying, i);
}
