#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "model/build.h"
#include "value/date.h"

#define MOST_NEAREST 50 /* looking for a near id costs a pass over all of them */

/* ---- files ---- */
struct dates {
	int32_t first, last;
	bool any;
};

static struct dates dates_of(const struct table *table, size_t file)
{
	struct dates dates = {0, 0, false};

	for (size_t column = 0; column < table->spec->column_count; column++) {
		if (table->spec->columns[column].type != COLUMN_DATE)
			continue;
		for (size_t row = 0; row < table->row_count; row++) {
			const struct value *cell = table_cell(table, row, column);

			if (cell->missing || table->file[row] != file)
				continue;
			dates.first = dates.any && dates.first < cell->day ? dates.first : cell->day;
			dates.last = dates.any && dates.last > cell->day ? dates.last : cell->day;
			dates.any = true;
		}
		return dates;
	}
	return dates;
}

static void add_because(struct pen *pen, xmlNode *node, const struct table_file *file)
{
	static const struct {
		const char *word;
		enum sentence text;
	} reasons[] = {{"total", SAY_IGNORED_TOTAL}, {"note", SAY_IGNORED_NOTE}};
	size_t counted = 0;

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		size_t count = 0;

		for (size_t j = 0; j < file->ignored_count; j++)
			count += strcmp(file->ignored[j].reason, reasons[i].word) == 0;
		if (count)
			attribute_count(pen, put_text(node, "because", say(pen, reasons[i].text, NULL)),
				"count", count);
		counted += count;
	}
	if (file->rows_ignored > counted)
		attribute_count(pen, put_text(node, "because", say(pen, SAY_IGNORED_OTHER, NULL)), "count",
			file->rows_ignored - counted);
}

/* The checksum of a file below the input folder, as the month's record has it. */
static const char *checksum(const struct pen *pen, const char *name)
{
	const struct model_input *input = &pen->model->input;

	for (size_t i = 0; i < input->source_count; i++)
		if (!strcmp(input->sources[i].name, name))
			return input->sources[i].sha256;
	return NULL;
}

static void add_file(struct pen *pen, xmlNode *parent, const struct table *table, size_t index)
{
	const struct table_file *file = &table->files[index];
	struct dates dates = dates_of(table, index);
	xmlNode *node = put(parent, "file");
	char room[11];

	attribute(node, "name", text_source(pen, file->path));
	attribute(node, "table", table->spec->name);
	attribute(node, "encoding", file->encoding);
	attribute(node, "delimiter",
		file->delimiter == '\t'	 ? "tab"
		: file->delimiter == ';' ? "semicolon"
					 : "comma");
	attribute_count(pen, node, "header", file->header_line > 0 ? (size_t)file->header_line : 0);
	attribute_count(pen, node, "rows", file->rows_read);
	attribute_count(pen, node, "used", file->rows_used);
	attribute_count(pen, node, "ignored", file->rows_ignored);
	attribute_count(pen, node, "rejected", file->rows_rejected);
	attribute(node, "sha256", checksum(pen, text_source(pen, file->path)));
	/* The dates of staff are people's own. */
	if (dates.any && table->spec->role == TABLE_PLAIN) {
		attribute(node, "first", date_format(dates.first, room));
		attribute(node, "last", date_format(dates.last, room));
	}
	add_because(pen, node, file);
	for (size_t i = 0; !pen->entry->is_public && i < file->unknown_count; i++)
		put_text(node, "unknown-column", file->unknown_columns[i]);
}

/* ---- totals and checks ---- */
static void add_controls(struct pen *pen, xmlNode *parent)
{
	for (size_t i = 0; i < pen->model->input.control_count; i++) {
		const struct model_control *control = &pen->model->input.controls[i];
		xmlNode *node;

		if ((control->money && pen->entry->is_public) || control->side_count < 2)
			continue;
		node = put(parent, "control");
		attribute(node, "name", control->name);
		attribute(node, "label", control->label);
		attribute(node, "holds", control->holds ? "yes" : "no");
		for (size_t j = 0; j < control->side_count; j++) {
			const struct model_side *side = &control->sides[j];

			xmlNode *element = control->money ? put_money(pen, node, "side", side->value)
							  : put_number(pen, node, "side", side->value, -1);

			attribute(element, "sign", side->sign);
			attribute(element, "label", side->label);
		}
		if (control->without)
			put_text(node, "remark", say(pen, SAY_CONTROL_WITHOUT, control->without, NULL));
		if (control->no_bank)
			put_text(node, "remark", say(pen, SAY_CONTROL_NO_BANK, NULL));
	}
}

static void add_speaking_checks(struct pen *pen, xmlNode *parent)
{
	const struct results *results = pen->model->input.results;

	for (size_t i = 0; i < results->check_count && i < SHEET_ROWS; i++) {
		const struct check_result *check = &results->checks[i];
		xmlNode *node = put(parent, "speaking-check");

		attribute(node, "name", check->check->name);
		attribute(node, "level", check->check->is_error ? "error" : "warning");
		add_who(pen, node, check->person, true);
		put_text(node, "text", check->text);
	}
}

/* ---- ids that no row of the staff table bears ---- */
struct stranger {
	const char *id;
	size_t row, count;
};

static size_t gather_strangers(const struct model *model, const struct table *table, struct stranger *out)
{
	size_t column = table->spec->person->index, count = 0;
	struct map *seen = map_new();

	for (size_t row = 0; row < table->row_count; row++) {
		const struct value *cell = table_cell(table, row, column);
		struct stranger *stranger;

		/* Whose own row was refused is no stranger. */
		if (cell->missing || facts_person(model->facts, cell->text) != SIZE_MAX ||
			table_may_hold(model->facts->tables[model->rulebook->staff->index], cell->text))
			continue;
		stranger = map_get(seen, cell->text);
		if (!stranger) {
			if (count == SHEET_ROWS)
				continue;
			stranger = &out[count++];
			*stranger = (struct stranger){cell->text, row, 0};
			map_put(seen, cell->text, stranger);
		}
		stranger->count++;
	}
	map_free(seen);
	return count;
}

static const char *nearest_person(struct pen *pen, const char *id)
{
	const struct facts *facts = pen->model->facts;
	const char **ids = arena_array(pen->scratch, facts->person_count + 1, sizeof(*ids)), *nearest;

	for (size_t i = 0; i < facts->person_count; i++)
		ids[i] = facts->people[i].id;
	nearest = text_nearest(id, ids, facts->person_count);
	if (!nearest)
		return NULL;
	return arena_printf(pen->scratch, "%s %s", nearest,
		facts->people[facts_person(facts, nearest)].name);
}

static void add_strangers(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	struct stranger *strangers = arena_array(pen->scratch, SHEET_ROWS, sizeof(*strangers));
	size_t shown = 0;

	for (size_t i = 0; i < model->rulebook->table_count; i++) {
		const struct table *table = model->facts->tables[i];
		size_t count = table->spec->role != TABLE_STAFF && table->spec->person
				       ? gather_strangers(model, table, strangers)
				       : 0;

		for (size_t j = 0; j < count && shown < SHEET_ROWS; j++, shown++) {
			xmlNode *node = put(parent, "stranger");

			attribute(node, "id", strangers[j].id);
			attribute(node, "table", table->spec->name);
			attribute(node, "file", text_source(pen, table->files[table->file[strangers[j].row]].path));
			attribute_count(pen, node, "line", table->line[strangers[j].row]);
			attribute_count(pen, node, "count", strangers[j].count);
			if (shown < MOST_NEAREST)
				attribute(node, "nearest", nearest_person(pen, strangers[j].id));
		}
	}
}

/* ---- what follows from it ---- */
static size_t count_state(const struct facts *facts, enum person_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < facts->person_count; i++)
		count += facts->people[i].state == state;
	return count;
}

static size_t count_failed(const struct model *model)
{
	size_t count = 0;

	for (size_t i = 0; i < model->facts->person_count; i++)
		count += model->input.results->failed[i];
	return count;
}

struct tally {
	size_t files, used, rejected;
};

static struct tally tally_files(const struct model *model)
{
	struct tally tally = {0, 0, 0};

	for (size_t i = 0; model->rulebook && i < model->rulebook->table_count; i++)
		for (size_t j = 0; j < model->facts->tables[i]->file_count; j++) {
			tally.files++;
			tally.used += model->facts->tables[i]->files[j].rows_used;
			tally.rejected += model->facts->tables[i]->files[j].rows_rejected;
		}
	return tally;
}

static void add_effects_of_managers(struct pen *pen, xmlNode *parent)
{
	const struct model_input *input = &pen->model->input;

	if (pen->model->facts->unread_count)
		put_text(parent, "effect", say(pen, SAY_EFFECT_UNREAD, text_count(pen, pen->model->facts->unread_count), NULL));
	if (input->outlier_count)
		put_text(parent, "effect", say(pen, SAY_EFFECT_OUTLIERS, text_count(pen, input->outlier_count), NULL));
	else if (input->compared)
		put_text(parent, "effect", say(pen, SAY_EFFECT_NO_OUTLIER, text_count(pen, input->compared), NULL));
}

static void add_effects(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	struct tally tally = tally_files(model);

	if (!model->facts) {
		put_text(parent, "effect", say(pen, SAY_EFFECT_NOT_READ, NULL));
		return;
	}
	put_text(parent, "effect", say(pen, SAY_EFFECT_ROWS, text_count(pen, tally.files), text_count(pen, tally.used), NULL));
	if (tally.rejected)
		put_text(parent, "effect", say(pen, SAY_EFFECT_REJECTED, text_count(pen, tally.rejected), NULL));
	if (model->input.results && !diag_errors(model->input.messages))
		put_text(parent, "effect", say(pen, SAY_EFFECT_PEOPLE,
			text_count(pen, count_state(model->facts, PERSON_PAID)),
			text_count(pen, count_state(model->facts, PERSON_HELD)),
			text_count(pen, count_state(model->facts, PERSON_EXCLUDED)), NULL));
	else if (!model->input.results)
		put_text(parent, "effect", say(pen, SAY_EFFECT_NOT_COMPUTED, NULL));
	else if (count_failed(model))
		put_text(parent, "effect", say(pen, SAY_EFFECT_FAILED, text_count(pen, count_failed(model)), NULL));
	if (diag_errors(model->input.messages))
		put_text(parent, "effect", say(pen, SAY_EFFECT_NOTHING_PUBLISHED, NULL));
	if (!pen->entry->is_public)
		add_effects_of_managers(pen, parent);
}

/* ---- the verdict, and what to do next ---- */
static size_t count_unread(const struct pen *pen)
{
	return pen->entry->is_public || !pen->model->facts ? 0 : pen->model->facts->unread_count;
}

static size_t count_outliers(const struct pen *pen)
{
	return pen->entry->is_public ? 0 : pen->model->input.outlier_count;
}

/* A month that lacks a file is not complete, whatever else is in order. */
static const char *verdict_without_errors(struct pen *pen)
{
	size_t warnings = diag_warnings(pen->model->input.messages);

	if (count_unread(pen))
		return say(pen, SAY_VERDICT_UNREAD, text_count(pen, count_unread(pen)), NULL);
	if (warnings)
		return say(pen, SAY_VERDICT_LOOK, text_count(pen, warnings), NULL);
	return count_outliers(pen) ? say(pen, SAY_VERDICT_OUTLIERS, text_count(pen, count_outliers(pen)), NULL) :
		say(pen, SAY_VERDICT_GOOD, NULL);
}

static enum sentence next_sentence(const struct pen *pen)
{
	if (diag_errors(pen->model->input.messages))
		return SAY_NEXT_CHECK;
	if (!pen->model->alone)
		return SAY_NEXT_SEAL;
	return count_unread(pen) || count_outliers(pen) ? SAY_NEXT_LOOKED : SAY_NEXT_RUN;
}

static const char *status(const struct pen *pen)
{
	const struct diag *messages = pen->model->input.messages;

	return diag_errors(messages) ? "bad" :
		diag_warnings(messages) || count_unread(pen) || count_outliers(pen) ? "warning" : "good";
}

static void add_verdict_and_next(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	size_t errors = diag_errors(model->input.messages), files = errors ? files_to_mend(model) : 0;
	const char *count = text_count(pen, errors), *month = text_month_id(pen, model->month);
	const char *command;
	xmlNode *next;

	add_finding(parent, errors ? (files ? say(pen, SAY_VERDICT_MEND, text_count(pen, files), count, NULL)
					    : say(pen, SAY_VERDICT_MEND_ONLY, count, NULL))
			    : verdict_without_errors(pen));
	if (pen->entry->is_public || (!errors && model->input.sealed))
		return;
	command = !model->alone ? say(pen, SAY_COMMAND_SEAL, month, NULL)
				: arena_printf(pen->scratch, "salespay %s %s", errors ? "check" : "run", month);
	next = put_text(parent, "next-step",
		say(pen, next_sentence(pen), NULL));
	attribute(next, "command", command);
}

static void add_tables(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;

	for (size_t i = 0; model->rulebook && i < model->rulebook->table_count; i++)
		for (size_t j = 0; j < model->facts->tables[i]->file_count; j++)
			add_file(pen, parent, model->facts->tables[i], j);
}

static void add_private_parts(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;

	if (!model->facts)
		return;
	add_unread(pen, parent);
	add_strangers(pen, parent);
	add_outliers(pen, parent);
	add_absences(pen, parent, (struct group){model->facts->by_unit, model->facts->by_unit_count});
	if (model->input.results)
		add_speaking_checks(pen, parent);
}

void build_quality(struct pen *pen)
{
	const struct model *model = pen->model;
	struct head head = {.kind = "quality",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = say(pen, model->alone ? SAY_CHECK : SAY_QUALITY, NULL),
		.lasting = true,
		.kicker = text_month(pen, model->month)};
	xmlNode *node = put(start_document(pen, &head), "quality");
	size_t errors = diag_errors(model->input.messages), warnings = diag_warnings(model->input.messages);
	size_t notes = 0;

	for (size_t i = 0; i < model->message_count; i++)
		notes += model->messages[i].entry->level == DIAG_NOTE;
	attribute(node, "status", status(pen));
	attribute_count(pen, node, "errors", errors);
	attribute_count(pen, node, "warnings", warnings);
	attribute_count(pen, node, "notes", notes);
	add_verdict_and_next(pen, node);
	add_effects(pen, node);
	add_tables(pen, node);
	add_problems(pen, node);
	add_controls(pen, node);
	if (!pen->entry->is_public)
		add_private_parts(pen, node);
}
