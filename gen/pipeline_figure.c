#include "pipeline_figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "books/ledger.h"
#include "books/ledger_read.h"
#include "model/explain.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "publish/tree.h"
#include "value/date.h"

/*
 * A month's books looked at again: the copies of its inputs are read, but of
 * long tables only this person's rows, and the figures come from the ledger,
 * so nothing is computed but what is explained.
 */
struct asking {
	const struct workplace *place; /* today's */
	struct options options; /* the same with the copies as input */
	struct workplace copies;
	struct month_run *run;
	const char *books; /* RECORDS/MONTH */
	const char *id;
	size_t person;
	struct trace *trace;
	struct ledger_rows ledger;
	const char **changed;
	size_t changed_count, changed_room;
	size_t *items;
	struct explained asked;
};

static const char *in_books(const struct asking *asking, const char *file)
{
	return arena_printf(asking->run->arena, "%s/%s", asking->books, file);
}

static bool start(struct asking *asking)
{
	struct month_run *run;

	asking->options = *asking->place->options;
	asking->copies = *asking->place;
	asking->copies.options = &asking->options;
	run = asking->run = month_run_new(&asking->copies, asking->place->options->month);
	asking->books = arena_printf(run->arena, "%s/%s", asking->place->records, run->name);
	asking->options.input = in_books(asking, "input");
	if (file_exists(in_books(asking, "ledger.csv")) && file_is_folder(asking->options.input))
		return true;
	diag_add(run->diag, MSG_NO_BOOKS, PLACE_NONE, run->name, options_again(asking->place), NULL);
	return false;
}

/* ---- who is meant ---- */

static const char *ids_of(struct asking *asking, const struct ledger_person *found, size_t count)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *text;

	for (size_t i = 0; i < count; i++)
		text_buffer_printf(&buffer, "%s%s", i ? ", " : "", found[i].id);
	text = text_buffer_take(&buffer, asking->run->arena);
	text_buffer_release(&buffer);
	return text;
}

/* Of many files of rows only the person's: "" all, where they cannot be told by their bytes. */
static bool read_facts(struct asking *asking, const char *id)
{
	struct month_run *run = asking->run;
	struct facts_input input = { .input = asking->options.input, .records = asking->place->records, .fits = calc_staff_fits,
		.rulebook = run->rulebook, .only = strchr(id, '"') ? "" : id, .arena = run->arena, .pool = run->pool,
		.diag = run->diag };

	run->facts = facts_read(&input);
	return run->facts;
}

static const char *why_excluded(const struct asking *asking, const struct person *person)
{
	static const char *const words[2][4] = {
		{ "", "left before the month", "hired after the month", "fits no policy" },
		{ "", "上月已离职", "本月之后入职", "不属于任何制度" },
	};

	return words[!strcmp(month_language(asking->run), "zh-CN")][person->exclusion];
}

/* Not in the ledger: excluded, or mistyped. */
static bool report_nobody(struct asking *asking, const char *word)
{
	struct month_run *run = asking->run;
	const char **names;
	size_t count = 0;

	if (!read_facts(asking, ""))
		return false;
	names = arena_array(run->arena, run->facts->person_count * 2 + 1, sizeof(*names));
	for (size_t i = 0; i < run->facts->person_count; i++) {
		const struct person *person = &run->facts->people[i];

		names[count++] = person->id;
		names[count++] = person->name;
		if (person->state == PERSON_EXCLUDED && (!strcmp(person->id, word) || !strcmp(person->name, word))) {
			diag_add(run->diag, MSG_PERSON_EXCLUDED, PLACE_NONE, word, run->name, why_excluded(asking, person), NULL);
			return false;
		}
	}
	diag_add_nearest(run->diag, MSG_PERSON_NOT_IN_BOOKS, PLACE_NONE, text_nearest(word, names, count), word, run->name, NULL);
	return false;
}

static bool find_person(struct asking *asking, const char *word)
{
	struct month_run *run = asking->run;
	struct ledger_person *found;
	size_t count = ledger_find(in_books(asking, "ledger.csv"), run->rulebook->staff, word, &found, run->arena, run->diag);

	if (diag_errors(run->diag))
		return false;
	if (!count)
		return report_nobody(asking, word);
	if (count > 1) {
		diag_add(run->diag, MSG_SEVERAL_OF_NAME, PLACE_NONE, word, ids_of(asking, found, count), NULL);
		return false;
	}
	asking->id = text_intern(run->pool, found[0].id, strlen(found[0].id));
	return true;
}

/* ---- what is asked for ---- */

static const struct policy *policy_of(const struct asking *asking)
{
	return asking->run->facts->people[asking->person].policy;
}

static const struct item *find_item(const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->item_count; i++)
		if (!strcmp(policy->items[i]->name, name))
			return policy->items[i];
	for (size_t i = 0; i < policy->item_count; i++)
		if (policy->items[i]->label && !strcmp(policy->items[i]->label, name))
			return policy->items[i];
	return NULL;
}

static const struct movement *find_movement(const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->movement_count; i++) {
		if (!strcmp(policy->movements[i]->title, name))
			return policy->movements[i];
		for (size_t c = 0; c < policy->movements[i]->criterion_count; c++)
			if (!strcmp(policy->movements[i]->criteria[c].name, name))
				return policy->movements[i];
	}
	return NULL;
}

static bool report_figure(struct asking *asking, const char *word)
{
	const struct policy *policy = policy_of(asking);
	const char **names = arena_array(asking->run->arena, policy->item_count + policy->movement_count + 1, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < policy->item_count; i++)
		names[count++] = policy->items[i]->name;
	for (size_t i = 0; i < policy->movement_count; i++)
		names[count++] = policy->movements[i]->title;
	diag_add_nearest(asking->run->diag, MSG_FIGURE_NOT_IN_POLICY, PLACE_NONE, text_nearest(word, names, count), word, NULL);
	return false;
}

/* The line's rows of this person, or those with that key. */
static bool need_rows(struct asking *asking, const struct item *line, const char *key)
{
	const struct facts *facts = asking->run->facts;
	const struct table *table = facts->tables[line->table->index];
	struct row_span rows = facts_rows(facts, line->table->index, asking->person);
	const char **keys = arena_array(asking->run->arena, rows.count + 1, sizeof(*keys));
	size_t count = 0, known = 0;

	asking->items = arena_array(asking->run->arena, rows.count + 1, sizeof(*asking->items));
	for (size_t i = 0; i < rows.count; i++) {
		const struct value *own = table_cell(table, rows.rows[i], line->key->index);

		if (!own->missing)
			keys[known++] = own->text;
		if (!key || (!own->missing && !strcmp(own->text, key)))
			asking->items[count++] = trace_need(asking->trace, line, rows.rows[i]);
	}
	asking->asked.line = line;
	asking->asked.items = asking->items;
	asking->asked.item_count = count;
	if (key && !count)
		diag_add_nearest(asking->run->diag, MSG_ROW_NOT_OF_LINE, PLACE_NONE, text_nearest(key, keys, known), line->name, key,
			NULL);
	return !key || count;
}

static bool need_asked(struct asking *asking, const struct item *item, const struct movement *movement, const char *key)
{
	if (movement) {
		asking->asked.movement = trace_movement(asking->trace, movement);
		return true;
	}
	if (item->kind == ITEM_LINE)
		return need_rows(asking, item, key);
	asking->items = arena_array(asking->run->arena, 1, sizeof(*asking->items));
	asking->items[0] = trace_need(asking->trace, item, SIZE_MAX);
	asking->asked.items = asking->items;
	asking->asked.item_count = 1;
	return true;
}

static void need_everything(struct asking *asking)
{
	const struct facts *facts = asking->run->facts;
	const struct policy *policy = policy_of(asking);

	for (size_t i = 0; i < policy->item_count; i++) {
		const struct item *item = policy->items[i];
		struct row_span rows;

		if (item->kind != ITEM_LINE) {
			trace_need(asking->trace, item, SIZE_MAX);
			continue;
		}
		rows = facts_rows(facts, item->table->index, asking->person);
		for (size_t r = 0; r < rows.count; r++)
			trace_need(asking->trace, item, rows.rows[r]);
	}
}

/* ---- the books ---- */

static bool read_books(struct asking *asking, const struct item *item)
{
	struct month_run *run = asking->run;
	const struct rulebook *rulebook = run->rulebook;
	size_t scheme = run->facts->people[asking->person].scheme;
	bool *columns = arena_array(run->arena, rulebook->column_count + 1, sizeof(*columns));
	bool everyone = trace_wants_everyone(rulebook, policy_of(asking), item, columns);

	run->results = results_of_books(run->facts, run->arena);
	if (!ledger_read(run->results, in_books(asking, "ledger.csv"), asking->person, everyone ? columns : NULL, &asking->ledger,
		run->diag))
		return false;
	for (size_t i = 0; i < rulebook->line_count; i++)
		if (rulebook->lines[i][scheme] && !lines_read(run->results, rulebook->lines[i][scheme],
			in_books(asking, arena_printf(run->arena, "lines-%s.csv", line_name(rulebook, i))), asking->person, run->diag))
			return false;
	return true;
}

/* Is today's file what the copy is? */
static bool note_change(const char *path, const char *below, void *context)
{
	struct asking *asking = context;
	struct arena *scratch = arena_new(), *arena = asking->run->arena;
	struct diag *quiet = diag_new(scratch);
	const char *today = input_path(asking->place->options->input, below, scratch);
	struct file_bytes copy, now;
	bool same = file_exists(today) && file_read(path, scratch, &copy, quiet) && file_read(today, scratch, &now, quiet) &&
		copy.size == now.size && !memcmp(copy.data, now.data, now.size);

	if (!same) {
		if (asking->changed_count == asking->changed_room) {
			asking->changed_room = asking->changed_room ? asking->changed_room * 2 : 8;
			asking->changed = arena_grow(arena, asking->changed, asking->changed_count, asking->changed_room,
				sizeof(*asking->changed));
		}
		asking->changed[asking->changed_count++] = arena_strdup(arena, below);
	}
	diag_free(quiet);
	arena_free(scratch);
	return true;
}

static void say_changes(struct asking *asking)
{
	struct arena *arena = asking->run->arena;
	const char *names = "";

	for (size_t i = 0; i < asking->changed_count && i < 3; i++)
		names = arena_printf(arena, "%s%s%s", names, i ? ", " : "", asking->changed[i]);
	if (asking->changed_count > 3)
		names = arena_printf(arena, "%s …", names);
	if (asking->changed_count)
		diag_add(asking->run->diag, MSG_EXPLAINED_AS_COMPUTED, PLACE_NONE, asking->run->name,
			arena_printf(arena, "%zu", asking->changed_count), names, asking->options.input, options_again(asking->place),
			NULL);
}

static void print(struct asking *asking, bool everything)
{
	const struct options *options = asking->place->options;
	struct explain explain = { .results = asking->run->results, .person = asking->person, .trace = asking->trace,
		.arena = asking->run->arena, .chinese = !strcmp(month_language(asking->run), "zh-CN"), .unfold = options->verbose,
		.input = options->input, .copies = asking->options.input, .changed = asking->changed,
		.changed_count = asking->changed_count, .ledger = asking->ledger.path, .ledger_line = asking->ledger.line,
		.ledger_field = asking->ledger.fields };
	struct text_buffer out = TEXT_BUFFER_INIT;

	if (options->format == DIAG_JSON)
		explain_json(&explain, everything ? NULL : &asking->asked, stdout);
	else if (everything)
		explain_overview(&explain, arena_printf(asking->run->arena, "salespay explain%s %s %s", options_again(asking->place),
			asking->run->name, asking->id), &out);
	else
		explain_text(&explain, &asking->asked, &out);
	if (out.length)
		fwrite(out.data, 1, out.length, stdout);
	text_buffer_release(&out);
}

static bool explain_it(struct asking *asking)
{
	const struct options *options = asking->place->options;
	const char *figure = options->operand_count > 2 ? options->operands[2] : NULL;
	const char *key = options->operand_count > 3 ? options->operands[3] : NULL;
	const struct item *item = NULL;
	const struct movement *movement = NULL;

	if (!start(asking) || !month_rules(asking->run) || !find_person(asking, options->operands[1]) || !read_facts(asking, asking->id))
		return false;
	asking->person = facts_person(asking->run->facts, asking->id);
	if (asking->person == SIZE_MAX || asking->run->facts->people[asking->person].state == PERSON_EXCLUDED)
		return report_nobody(asking, options->operands[1]);
	if (figure) {
		item = find_item(policy_of(asking), figure);
		movement = item ? NULL : find_movement(policy_of(asking), figure);
		if (!item && !movement)
			return report_figure(asking, figure);
	}
	if (!read_books(asking, item))
		return false;
	asking->trace = trace_new(asking->run->results, asking->person, asking->run->arena);
	if (!figure)
		need_everything(asking);
	else if (!need_asked(asking, item, movement, key))
		return false;
	trace_follow(asking->trace);
	if (!tree_walk(asking->options.input, note_change, asking, asking->run->diag))
		return false;
	say_changes(asking);
	print(asking, !figure);
	return true;
}

int explain_figure(const struct workplace *place)
{
	struct asking asking = { .place = place };
	int status;

	explain_it(&asking);
	status = diag_status(asking.run->diag);
	say_messages(asking.run);
	month_run_free(asking.run);
	return status;
}
