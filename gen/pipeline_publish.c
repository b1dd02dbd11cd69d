#include "base/arena.h"
#include "base/file.h"
#include "pipeline_month.h"
#include "publish/leak.h"
#include "publish/manifest.h"

static void add_secrets(struct month_run *run, struct leak_search *search)
{
	static const struct { enum column_role role; const char *kind; } secrets[] = {
		{ ROLE_IDENTITY, "证件号 (identity number)" }, { ROLE_ACCOUNT, "账号 (account)" }, { ROLE_EMAIL, "邮箱 (address)" },
	};
	const struct facts *facts = run->facts;

	for (size_t t = 0; t < facts->rulebook->table_count; t++)
		for (size_t s = 0; s < sizeof(secrets) / sizeof(secrets[0]); s++) {
			const struct table *table = facts->tables[t];
			const struct column *column = table_spec_role(table->spec, secrets[s].role);

			for (size_t row = 0; column && row < table->row_count; row++)
				if (!table_cell(table, row, column->index)->missing)
					leak_search_add(search, table_cell(table, row, column->index)->text, secrets[s].kind);
		}
}

static bool site_is_clean(struct month_run *run)
{
	struct leak_search *search = leak_search_new();
	bool clean;

	add_secrets(run, search);
	clean = leak_search_folder(search, arena_printf(run->arena, "%s/site", run->stage), run->diag);
	leak_search_free(search);
	return clean;
}

static const char *final_output(struct month_run *run)
{
	return arena_printf(run->arena, "%s/%s", run->place->options->output, run->name);
}

static const char *final_books(struct month_run *run)
{
	return arena_printf(run->arena, "%s/%s", run->place->records, run->name);
}

bool month_repair(struct month_run *run)
{
	return folder_repair(final_output(run), run->diag) && folder_repair(final_books(run), run->diag) &&
		folder_remove(run->stage, run->diag) && folder_remove(run->books, run->diag);
}

bool month_swap_output(struct month_run *run)
{
	return folder_swap(run->stage, final_output(run), run->diag);
}

/* Books first: a report without its book would be a claim nobody can check. */
bool month_publish(struct month_run *run)
{
	return site_is_clean(run) && manifest_write(run->stage, run->diag) &&
		folder_sync(run->stage, run->diag) && folder_sync(run->books, run->diag) &&
		folder_swap(run->books, final_books(run), run->diag) && month_swap_output(run);
}
