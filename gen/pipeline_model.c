#include "pipeline_model.h"

#include <string.h>

#include "base/arena.h"
#include "books/control_words.h"
#include "books/exports.h"
#include "books/ledger.h"
#include "pipeline_month.h"
#include "value/date.h"

/* What files are called in the report. */
static const struct { const char *id, *zh, *en; } words[] = {
	{ "ledger", "账册", "ledger" }, { "movements", "晋升与降级", "Promotion and demotion" }, { "chart", "绩效排名图", "Ranking chart" },
	{ "run", "运行记录", "Record of the run" }, { "line", "明细", "Lines" },
};

static const char *word_for(const struct month_run *run, const char *id)
{
	bool chinese = !strcmp(month_language(run), "zh-CN");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i].id, id))
			return chinese ? words[i].zh : words[i].en;
	return id;
}

static void set_controls(struct month_run *run, struct model_input *input)
{
	struct model_control *controls = arena_array(run->arena, run->controls.count + 1, sizeof(*controls));
	bool chinese = !strcmp(month_language(run), "zh-CN");

	for (size_t i = 0; i < run->controls.count; i++) {
		const struct control *from = &run->controls.rows[i];
		struct model_side *sides = arena_array(run->arena, from->side_count, sizeof(*sides));

		for (size_t s = 0; s < from->side_count; s++)
			sides[s] = (struct model_side){ control_word(from->sides[s].label, chinese),
				s ? control_sign_name(from->sides[s].sign) : NULL, from->sides[s].value };
		controls[i] = (struct model_control){ from->label, control_word(from->label, chinese), from->holds, from->money,
			sides, from->side_count, from->without, from->no_bank };
	}
	input->controls = controls;
	input->control_count = run->controls.count;
}

static void set_outliers(struct month_run *run, struct model_input *input)
{
	struct model_outlier *outliers = arena_array(run->arena, run->outliers.count + 1, sizeof(*outliers));

	for (size_t i = 0; i < run->outliers.count; i++) {
		const struct outlier *from = &run->outliers.rows[i];

		outliers[i] = (struct model_outlier){ from->person, from->label, from->value, from->usual, from->low, from->high,
			from->months };
	}
	input->outliers = outliers;
	input->outlier_count = run->outliers.count;
	input->compared = run->outliers.compared;
}

static void add_file(struct model_file *files, size_t *count, const char *path, const char *kind, const char *title, size_t rows)
{
	files[(*count)++] = (struct model_file){ .path = path, .kind = kind, .title = title, .rows = rows };
}

static void set_files(struct month_run *run, struct model_input *input)
{
	size_t export_count, count = 0;
	const struct export_file *exports = exports_list(run->results, run->arena, &export_count);
	struct model_file *files = arena_array(run->arena, export_count + run->rulebook->line_count + 8, sizeof(*files));

	add_file(files, &count, "charts/ranking.pdf", "pdf", word_for(run, "chart"), 0);
	add_file(files, &count, "charts/ranking.svg", "svg", word_for(run, "chart"), 0);
	add_file(files, &count, "ledger.csv", "csv", word_for(run, "ledger"), run->record.people);
	add_file(files, &count, "movements.csv", "csv", word_for(run, "movements"), 0);
	for (size_t i = 0; i < run->rulebook->line_count; i++) {
		const char *name = line_name(run->rulebook, i);

		add_file(files, &count, arena_printf(run->arena, "lines-%s.csv", name), "csv",
			arena_printf(run->arena, "%s · %s", word_for(run, "line"), name), 0);
	}
	for (size_t i = 0; i < export_count; i++)
		add_file(files, &count, arena_printf(run->arena, "export/%s", exports[i].file), "csv", exports[i].title,
			exports[i].rows);
	add_file(files, &count, "run.xml", "xml", word_for(run, "run"), 0);
	input->files = files;
	input->file_count = count;
}

static void set_sources(struct month_run *run, struct model_input *input)
{
	struct model_source *sources = arena_array(run->arena, run->record.inputs.count + 1, sizeof(*sources));

	for (size_t i = 0; i < run->record.inputs.count; i++)
		sources[i] = (struct model_source){ run->record.inputs.files[i].path, run->record.inputs.files[i].sha256 };
	input->sources = sources;
	input->source_count = run->record.inputs.count;
}

static void set_history(const struct earlier *earlier, struct model_history *history)
{
	*history = (struct model_history){ earlier->last, earlier->had_last, earlier->last_unit, earlier->unit_before, earlier->year, earlier->months, earlier->month_count,
		earlier->scores, earlier->people, earlier->score_counts, earlier->everyone, earlier->last_sums, earlier->year_ago_sums,
		earlier->year_sums, earlier->courses };
}

/* Each policy file of the one list is in the other as it is. */
static bool has_policies_of(const struct book_files *list, const struct book_files *other)
{
	for (size_t i = 0; i < list->count; i++) {
		size_t k = 0;

		if (strncmp(list->files[i].path, "policies/", 9))
			continue;
		while (k < other->count && strcmp(list->files[i].path, other->files[k].path))
			k++;
		if (k == other->count || strcmp(list->files[i].sha256, other->files[k].sha256) != 0)
			return false;
	}
	return true;
}

static bool has_same_policies(struct month_run *run)
{
	struct run_record before;
	char name[8];

	return run->record.settings.before == run->month - 1 &&
		run_record_read(arena_printf(run->arena, "%s/%s/run.xml", run->place->records, month_format(run->month - 1, name)), &before,
			run->arena, run->diag) &&
		has_policies_of(&before.inputs, &run->record.inputs) && has_policies_of(&run->record.inputs, &before.inputs);
}

void month_model_input(struct month_run *run, struct model_input *input)
{
	*input = (struct model_input){
		.company = run->company, .folder = run->place->options->input, .results = run->results, .messages = run->diag, .language = month_language(run),
		.tool = salespay_version, .previous = run->record.settings.before,
		.next = run->record.settings.after, .arena = run->arena, .month = run->month, .facts = run->facts ? run->facts : run->broken,
	};
	if (run->earlier)
		set_history(run->earlier, &input->history);
	input->same_policies = has_same_policies(run);
	set_controls(run, input);
	set_outliers(run, input);
	if (run->results)
		set_files(run, input);
	set_sources(run, input);
}

struct model *month_model(struct month_run *run, struct model_input *input)
{
	month_model_input(run, input);
	month_corrected(run, input);
	return model_new(input);
}
