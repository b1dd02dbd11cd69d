#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"
#include "value/date.h"

/* Managers only: a person's page and slip. */

static const struct value *staff_cell(const struct model *model, size_t person, enum column_role role)
{
	const struct table *staff = model->facts->tables[model->rulebook->staff->index];
	const struct column *column = table_spec_role(staff->spec, role);
	const struct value *cell =
		column ? table_cell(staff, model->facts->people[person].row, column->index) : NULL;

	return cell && !cell->missing ? cell : NULL;
}

static void add_date(struct pen *pen, xmlNode *node, const char *name, const struct value *value)
{
	char room[11];

	if (!value || value->type != VALUE_DATE)
		return;
	attribute(node, name, date_format(value->day, room));
	attribute(node, arena_printf(pen->scratch, "%s-text", name), text_date(pen, value->day));
}

/* The last four characters, never more (UX.md P4). */
static const char *tail_of(const struct value *account)
{
	const char *text = account->text, *tail = text;
	size_t characters = 0;

	for (const char *at = text; *at; at++)
		characters += ((unsigned char)*at & 0xC0) != 0x80;
	for (const char *at = text; *at; at++) {
		if (((unsigned char)*at & 0xC0) == 0x80)
			continue;
		if (characters-- <= 4) {
			tail = at;
			break;
		}
	}
	return tail;
}

static const char *unit_path(struct pen *pen, size_t unit)
{
	const struct unit *units = pen->model->facts->units;
	const char *path = units[unit].name;

	while ((unit = units[unit].parent) != SIZE_MAX)
		path = arena_printf(pen->scratch, "%s / %s", units[unit].name, path);
	return path;
}

static void add_identity(struct pen *pen, xmlNode *node, size_t person)
{
	const struct model *model = pen->model;
	const struct person *who = &model->facts->people[person];
	const struct value *account = staff_cell(model, person, ROLE_ACCOUNT);
	const char *title = grade_title(who->policy, who->grade);

	attribute(node, "id", who->id);
	attribute(node, "name", person_name(model, person));
	attribute(node, "unit",
		who->unit == SIZE_MAX ? say(pen, SAY_WITHOUT_UNIT, NULL)
				      : model->facts->units[who->unit].name);
	if (who->unit != SIZE_MAX)
		attribute(node, "unit-path", unit_path(pen, who->unit));
	if (who->grade)
		attribute(node, "grade",
			strcmp(title, who->grade) == 0
				? title
				: arena_printf(pen->scratch, "%s %s", who->grade, title));
	add_date(pen, node, "hired", staff_cell(model, person, ROLE_HIRED));
	add_date(pen, node, "left", staff_cell(model, person, ROLE_LEFT));
	if (account && account->type == VALUE_TEXT && *account->text)
		attribute(node, "account-tail", tail_of(account));
	if (*model->rulebook->schemes[who->scheme].name)
		attribute(node, "scheme", model->rulebook->schemes[who->scheme].name);
	attribute(node, "state", who->state == PERSON_HELD ? "held" : "paid");
	if (who->state == PERSON_HELD)
		attribute(node, "hold-reason",
			who->hold_reason && *who->hold_reason
				? who->hold_reason
				: say(pen,
					  model->input.results->failed[person] ? SAY_HELD_FOR_ERROR
									       : SAY_HELD,
					  NULL));
	else
		attribute(node, "slip",
			arena_printf(pen->scratch, "%s../payslips/%s.pdf", pen->root, model->slugs[person]));
}

static const char *person_finding(
	struct pen *pen, size_t person, const struct value *change, const char *cause)
{
	const struct model *model = pen->model;
	const char *text = "";

	if (model->standing[person].rank)
		text = say(pen, SAY_PERSON_SCORE,
			text_value(pen, score_of(model, person), model->score_item, NULL),
			text_count(pen, model->standing[person].rank), NULL);
	text = arena_printf(pen->scratch, "%s%s", text,
		say(pen, SAY_PERSON_NET, text_money(pen, model->sums[person].sections[SECTION_NET]), NULL));
	if (change->missing)
		return text;
	if (decimal_sign(change->number) == 0)
		return arena_printf(pen->scratch, "%s%s", text, say(pen, SAY_PERSON_SAME, NULL));
	return arena_printf(pen->scratch, "%s%s%s", text,
		say(pen, decimal_sign(change->number) > 0 ? SAY_PERSON_MORE : SAY_PERSON_LESS,
			text_money(pen, decimal_abs(change->number)), NULL),
		cause);
}

static struct decimal net_last(const struct model *model, size_t person, bool *known)
{
	const struct model_history *history = &model->input.history;
	struct decimal sum = decimal_zero();

	*known = false;
	if (!history->last || (history->had_last && !history->had_last[person]))
		return sum;
	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		const struct item *item = results_item(model->input.results, person, column);
		const struct value *last = &history->last[person * model->rulebook->column_count + column];

		if (!item || item->kind != ITEM_FIGURE || item->section != SECTION_NET || last->missing)
			continue;
		sum = decimal_add(sum, last->number);
		*known = true;
	}
	return sum;
}

/* The largest cause that acts the way net pay went: pay/change, which is written already by then, has them by
 * size. */
static const char *chief_cause(struct pen *pen, const xmlNode *pay, int sign)
{
	const xmlNode *change = pay;

	while (change && strcmp((const char *)change->name, "change") != 0)
		change = change->next;
	for (const xmlNode *cause = change ? change->children : NULL; cause; cause = cause->next) {
		const char *text = (const char *)cause->children->content;

		if (strcmp((const char *)cause->name, "cause") == 0 && (*text == '+') == (sign > 0))
			return say(pen, SAY_PERSON_CAUSE, (const char *)cause->properties->children->content,
				text, NULL);
	}
	return "";
}

static void write_finding(struct pen *pen, xmlNode *node, xmlNode *finding, size_t person)
{
	struct value change = value_missing(VALUE_MONEY);
	const char *cause = "";
	bool known;
	struct decimal last = net_last(pen->model, person, &known);

	if (known) {
		change = value_number(
			VALUE_MONEY, decimal_subtract(pen->model->sums[person].sections[SECTION_NET], last));
		cause = chief_cause(pen, node->last->children, decimal_sign(change.number));
	}
	xmlAddChild(finding,
		xmlNewDocText(finding->doc, (const xmlChar *)person_finding(pen, person, &change, cause)));
}

static void add_rank(struct pen *pen, xmlNode *parent, const char *scope, const char *label,
	const struct standing *standing, size_t of)
{
	xmlNode *node;

	if (!standing->rank)
		return;
	node = put(parent, "rank");
	attribute(node, "scope", scope);
	attribute(node, "label", label);
	attribute_count(pen, node, "value", standing->rank);
	attribute_count(pen, node, "of", of);
	attribute(node, "tied", standing->tied ? "yes" : NULL);
	if (of > 3) /* UX.md, scale rule */
		attribute_count(pen, node, "percentile", standing->below * 100 / of);
	if (strcmp(scope, "company") == 0)
		add_move(pen, node, standing->rank, standing->last_rank);
}

/* Somebody who changed units had their page under the other one. */
static const char *page_before(struct pen *pen, size_t person)
{
	const struct model *model = pen->model;
	const size_t *units = model->input.history.last_unit;

	if (!units || units[person] == SIZE_MAX)
		return NULL;
	return arena_printf(pen->scratch, "%s/p/%s.html", model->folders[units[person]], model->slugs[person]);
}

static void add_head(struct pen *pen, xmlNode *node, size_t person)
{
	const struct model *model = pen->model;
	const struct person *who = &model->facts->people[person];
	size_t unit = who->unit == SIZE_MAX ? model->facts->unit_count : who->unit;
	const char *name = person_name(model, person), *month = text_month(pen, model->facts->month);
	struct head head = {.kind = "person",
		.heading = name,
		.crumb_href = "../index.html",
		.path = arena_printf(
			pen->scratch, "%s/p/%s.html", model->folders[unit], model->slugs[person]),
		.title = say(pen, SAY_TITLE, name, who->id, month, NULL),
		.kicker = who->grade ? arena_printf(pen->scratch, "%s · %s", who->id,
					       grade_title(who->policy, who->grade))
				     : who->id,
		.crumb = who->unit == SIZE_MAX ? say(pen, SAY_WITHOUT_UNIT, NULL)
					       : model->facts->units[unit].name,
		.before = page_before(pen, person)};

	add_page(pen, node, &head);
}

/*
 * Movements, checks and notices are in order of people: where those of a
 * person begin. first: the first row's .person; step: bytes from one to the next.
 */
static size_t first_of(size_t person, const size_t *first, size_t step, size_t count)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2, of;

		memcpy(&of, (const char *)first + middle * step, sizeof(of));
		if (of < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
/* Of an array of structs with .person. */
#define FIRST_OF(person_, rows, count) ((count) ? first_of(person_, &(rows)[0].person, sizeof((rows)[0]), count) : 0)

static void add_movements(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct results *results = pen->model->input.results;

	for (size_t i = FIRST_OF(person, results->movements, results->movement_count);
		i < results->movement_count && results->movements[i].person == person; i++) {
		const struct movement_result *result = &results->movements[i];
		const struct article *article = result->movement->article;
		xmlNode *node = put(parent, "movement");

		attribute(node, "kind", movement_kind_name(result->movement->kind));
		attribute(node, "title", result->movement->title);
		attribute(node, "article", article && *article->number ? article->number : NULL);
		add_verdict(pen, node, result);
		add_results(pen, node, result);
	}
}

static void add_checks(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct results *results = pen->model->input.results;

	for (size_t i = FIRST_OF(person, results->checks, results->check_count);
		i < results->check_count && results->checks[i].person == person; i++) {
		const struct check_result *check = &results->checks[i];
		xmlNode *node = put_text(parent, "check", check->text);

		attribute(node, "name", check->check->name);
		attribute(node, "level", check->check->is_error ? "error" : "warning");
		attribute(node, "slip",
			check->check->audience && strstr(check->check->audience, "slip") ? "yes" : NULL);
	}
}

/* What reading the month's files said of rows that are this person's. */
static void add_notices(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct model *model = pen->model;

	for (size_t i = FIRST_OF(person, model->notices, model->notice_count);
		i < model->notice_count && model->notices[i].person == person; i++) {
		const struct diag_item *message = model->notices[i].message;
		xmlNode *node = put_text(parent, "notice", message->text);

		attribute(node, "level", message->entry->level == DIAG_ERROR ? "error" : "warning");
		attribute(node, "code", message->entry->code);
		attribute(node, "file", text_source(pen, message->place.file));
		attribute_count(pen, node, "line", (size_t)message->place.line);
	}
}

void add_person(
	struct pen *pen, xmlNode *parent, size_t person, const struct standing *in_unit, size_t unit_count)
{
	const struct model *model = pen->model;
	const struct person *who = &model->facts->people[person];
	const char *outer_root = pen->root;
	xmlNode *node = put(parent, "person"), *finding;

	pen->traces = arena_new();
	pen->root = "../../"; /* the person's page lies at FOLDER/p/ID.html */
	add_identity(pen, node, person);
	add_head(pen, node, person);
	finding = put(node, "finding");
	add_rank(pen, node, "company", say(pen, SAY_WHOLE_COMPANY, NULL), &model->standing[person],
		model->ranked);
	if (who->unit != SIZE_MAX)
		add_rank(pen, node, "unit", model->facts->units[who->unit].name, in_unit, unit_count);
	add_scorecards(pen, node, person);
	add_pay(pen, node, person);
	write_finding(pen, node, finding, person);
	add_facts(pen, node, person);
	add_statements(pen, node, person);
	add_corrections(pen, node, person);
	add_movements(pen, node, person);
	add_checks(pen, node, person);
	add_notices(pen, node, person);
	add_person_trend(pen, node, person, true);
	add_rank_trend(pen, node, person);
	pen->root = outer_root;
	arena_free(pen->traces);
}

static const char *absence_reason(struct pen *pen, size_t person)
{
	const struct person *who = &pen->model->facts->people[person];
	const struct value *left = staff_cell(pen->model, person, ROLE_LEFT),
			   *hired = staff_cell(pen->model, person, ROLE_HIRED);

	switch (who->exclusion) {
	case EXCLUDED_LEFT_BEFORE:
		return say(pen, SAY_LEFT_BEFORE, left ? text_date(pen, left->day) : "", NULL);
	case EXCLUDED_HIRED_AFTER:
		return say(pen, SAY_HIRED_AFTER, hired ? text_date(pen, hired->day) : "", NULL);
	case EXCLUDED_NO_SCHEME:
		return say(pen, SAY_NO_SCHEME, NULL);
	case EXCLUDED_NO:
		break;
	}
	return who->hold_reason && *who->hold_reason
		       ? who->hold_reason
		       : say(pen, pen->model->input.results && pen->model->input.results->failed[person] ? SAY_HELD_FOR_ERROR : SAY_HELD,
				 NULL);
}

static void add_absent(struct pen *pen, xmlNode *parent, size_t person)
{
	xmlNode *node = put(parent, "absent");

	attribute(node, "state", is_computed(pen->model, person) ? "held" : "excluded");
	add_who(pen, node, person, true);
	put_text(node, "reason", absence_reason(pen, person));
}

/* Everyone's list names the excluded too; a unit's names those of its people who are held, first of all. */
void add_absences(struct pen *pen, xmlNode *parent, struct group group)
{
	const struct facts *facts = pen->model->facts;
	xmlNode *node = put(parent, "absences");
	size_t shown = 0;

	for (size_t i = 0; i < group.count && shown < SHEET_ROWS; i++)
		if (facts->people[group.people[i]].state == PERSON_HELD) {
			add_absent(pen, node, group.people[i]);
			shown++;
		}
	for (size_t i = 0;
		group.count == facts->by_unit_count && i < facts->person_count && shown < SHEET_ROWS; i++)
		if (facts->people[i].state == PERSON_EXCLUDED) {
			add_absent(pen, node, i);
			shown++;
		}
}
