#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"
#include "value/date.h"

/*
 * The regulation as it is carried out. In the public tree: words as site
 * policy= opens them, formulas only where openness.c finds nothing private;
 * tables, parameters, grades and examples are the managers' alone.
 */

/* An id that links can name: letters, digits, - _ . and of anything else its bytes, so that no two articles share one. */
const char *article_id(struct pen *pen, const struct article *article, const struct policy *policy)
{
	const char *whole = arena_printf(pen->scratch, "%s-%s", policy->id, article->number);
	char *id = arena_alloc(pen->scratch, 2 * strlen(whole) + 3), *end = id;

	*end++ = 'a';
	*end++ = '-';
	for (const char *at = whole; *at; at++) {
		unsigned char byte = (unsigned char)*at;
		bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
			     (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_';

		if (plain) {
			*end++ = (char)byte;
		} else {
			*end++ = "0123456789abcdef"[byte >> 4];
			*end++ = "0123456789abcdef"[byte & 15];
		}
	}
	*end = '\0';
	return id;
}

static bool shows_formulas(const struct pen *pen)
{
	return !pen->entry->is_public || pen->model->company->site_policy == SITE_POLICY_FULL;
}

static const char *limits_of(struct pen *pen, const struct item *item)
{
	char cap[DECIMAL_TEXT], floor[DECIMAL_TEXT];

	if (item->has_cap && item->has_floor)
		return say(pen, SAY_LIMITS_BOTH, decimal_format(item->floor, floor),
			decimal_format(item->cap, cap), NULL);
	if (item->has_cap)
		return say(pen, SAY_LIMITS_CAP, decimal_format(item->cap, cap), NULL);
	return item->has_floor ? say(pen, SAY_LIMITS_FLOOR, decimal_format(item->floor, floor), NULL) : NULL;
}

static const char *replacement_of(struct pen *pen, const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->replacement_count; i++)
		if (policy->replacements[i].name == name)
			return say(pen, SAY_REPLACED,
				policy->replacements[i].reason ? policy->replacements[i].reason : "", NULL);
	return NULL;
}

static void add_rule(struct pen *pen, xmlNode *parent, const struct item *item, const struct policy *policy)
{
	static const char *const kinds[] = {
		[ITEM_FIGURE] = "figure",
		[ITEM_TOTAL] = "total",
		[ITEM_SCORECARD] = "scorecard",
		[ITEM_KPI] = "kpi",
		[ITEM_ADJUST] = "adjust",
		[ITEM_LINE] = "line",
		[ITEM_CHECK] = "check",
	};
	xmlNode *rule;
	char room[DECIMAL_TEXT];

	if (pen->entry->is_public && !item_is_open(item))
		return;
	rule = put(parent, "rule");
	attribute(rule, "kind", kinds[item->kind]);
	attribute(rule, "name", item->label && *item->label ? item->label : item->name);
	if (item->kind != ITEM_CHECK && item->type != VALUE_GRADE && item->type != VALUE_NONE)
		attribute(rule, "type", value_type_name(item->type));
	if (item->type == VALUE_MONEY && item->kind == ITEM_FIGURE && item->section >= SECTION_EARNINGS)
		attribute(rule, "section", section_name(item->section));
	if (item->kind == ITEM_KPI)
		attribute(rule, "weight",
			arena_printf(pen->scratch, "%s%%", decimal_format(item->weight, room)));
	attribute(rule, "limits", limits_of(pen, item));
	attribute(rule, "replaced", replacement_of(pen, policy, item->name));
	if (item->when && item->when->text.text && *item->when->text.text)
		put_text(rule, "when", item->when->text.text);
	if (item->source && *item->source)
		put_text(rule, "formula", item->source);
	for (size_t i = 0; i < item->kpi_count; i++)
		add_rule(pen, rule, item->kpis[i], policy);
	for (size_t i = 0; i < item->adjust_count; i++)
		add_rule(pen, rule, item->adjusts[i], policy);
}

static void add_movement_rule(struct pen *pen, xmlNode *parent, const struct movement *movement)
{
	xmlNode *rule = put(parent, "rule");

	attribute(rule, "kind", "movement");
	attribute(rule, "name", movement->title);
	if (movement->when && (!pen->entry->is_public || formula_is_open(movement->when)))
		put_text(rule, "when", movement->when->text.text);
	for (size_t i = 0; i < movement->criterion_count; i++) {
		const struct criterion *criterion = &movement->criteria[i];
		xmlNode *node = put(rule, "rule");

		attribute(node, "kind", "criterion");
		attribute(node, "name", criterion->name);
		if (!pen->entry->is_public || formula_is_open(criterion->formula))
			put_text(node, "formula", criterion->source);
	}
}

/* ---- tables: managers only ---- */
static void add_column(xmlNode *table, const char *name, bool number)
{
	attribute(put_text(table, "column", name), "kind", number ? "number" : "text");
}

static void add_cell(xmlNode *entry, const char *text, bool number)
{
	attribute(put_text(entry, "cell", text), "kind", number ? "number" : "text");
}

static xmlNode *start_table(xmlNode *parent, const char *kind, const char *name)
{
	xmlNode *table = put(parent, "table");

	attribute(table, "kind", kind);
	attribute(table, "name", name);
	return table;
}

static void add_grades(struct pen *pen, xmlNode *parent, const struct policy *policy)
{
	xmlNode *table;

	if (!policy->grade_count)
		return;
	table = start_table(parent, "grades", say(pen, SAY_GRADES_TABLE, NULL));
	add_column(table, say(pen, SAY_GRADE, NULL), false);
	add_column(table, say(pen, SAY_GRADE_TITLE, NULL), false);
	add_column(table, say(pen, SAY_GRADE_TRACK, NULL), false);
	for (size_t i = 0; i < policy->grade_set_count; i++)
		add_column(
			table, policy->grade_sets[i].name, value_type_is_numeric(policy->grade_sets[i].type));
	for (size_t i = 0; i < policy->grade_count; i++) {
		const struct grade *grade = &policy->grades[i];
		xmlNode *entry = put(table, "entry");

		add_cell(entry, grade->id, false);
		add_cell(entry, grade->title, false);
		add_cell(entry, grade->track, false);
		for (size_t j = 0; j < policy->grade_set_count; j++)
			add_cell(entry,
				grade->sets[j].missing ? "–" : text_value(pen, &grade->sets[j], NULL, policy),
				value_type_is_numeric(policy->grade_sets[j].type));
	}
}

static void add_rates(struct pen *pen, xmlNode *parent, const struct rates *rates)
{
	xmlNode *table = start_table(parent, "rates", rates->name);

	for (size_t i = 0; i < rates->key_count; i++)
		add_column(table, rates->keys[i], false);
	add_column(table, say(pen, SAY_VALUE, NULL), true);
	for (size_t i = 0; i < rates->row_count + rates->has_otherwise; i++) {
		bool otherwise = i == rates->row_count;
		xmlNode *entry = put(table, "entry");

		for (size_t j = 0; j < rates->key_count; j++)
			add_cell(entry,
				otherwise		 ? (j ? "" : say(pen, SAY_OTHERWISE, NULL))
				: rates->rows[i].keys[j] ? rates->rows[i].keys[j]
							 : say(pen, SAY_ANY, NULL),
				false);
		add_cell(entry,
			text_value(pen, otherwise ? &rates->otherwise : &rates->rows[i].value, NULL, NULL),
			true);
	}
}

static void add_tiers(
	struct pen *pen, xmlNode *parent, const struct tiers *tiers, const struct policy *policy)
{
	static const char *const modes[] = {
		[TIERS_MARGINAL] = "marginal",
		[TIERS_WHOLE] = "whole",
		[TIERS_VALUE] = "value",
		[TIERS_LINEAR] = "linear",
	};
	xmlNode *table = start_table(parent, "tiers", tiers->name);

	attribute(table, "mode", modes[tiers->mode]);
	add_column(table, say(pen, SAY_TIER_BOUND, NULL), true);
	add_column(table, say(pen, SAY_VALUE, NULL), value_type_is_numeric(tiers->type));
	for (size_t i = 0; i < tiers->row_count; i++) {
		xmlNode *entry = put(table, "entry");
		const char *bound = text_number(pen, tiers->rows[i].bound, -1);

		add_cell(entry,
			tiers->mode == TIERS_LINEAR
				? bound
				: say(pen, tiers->rows[i].over ? SAY_TIER_OVER : SAY_TIER_FROM, bound, NULL),
			true);
		add_cell(entry, text_value(pen, &tiers->rows[i].entry, NULL, policy),
			value_type_is_numeric(tiers->type));
	}
}

static void add_parameter(
	struct pen *pen, xmlNode *parent, const struct parameter *parameter, const struct policy *policy)
{
	const struct value *current = parameter_at(parameter, pen->model->facts->month);
	xmlNode *table = start_table(parent, "parameter", parameter->name);

	add_column(table, say(pen, SAY_FROM_MONTH, NULL), false);
	add_column(table, say(pen, SAY_VALUE, NULL), value_type_is_numeric(parameter->type));
	for (size_t i = 0; i < parameter->value_count; i++) {
		xmlNode *entry = put(table, "entry");

		attribute(entry, "current",
			current == &parameter->values[i].value && parameter->value_count > 1 ? "yes" : NULL);
		add_cell(entry, text_month_id(pen, parameter->values[i].from), false);
		add_cell(entry, text_value(pen, &parameter->values[i].value, NULL, policy),
			value_type_is_numeric(parameter->type));
	}
}

/* ---- examples: managers only ---- */
static const char *given_text(struct pen *pen, const char *text)
{
	if (strcmp(text, "yes") == 0 || strcmp(text, "是") == 0)
		return say(pen, SAY_YES, NULL);
	return strcmp(text, "no") == 0 || strcmp(text, "否") == 0 ? say(pen, SAY_NO, NULL) : text;
}

static void add_givens(
	struct pen *pen, xmlNode *parent, const char *name, const struct given *givens, size_t count)
{
	for (size_t i = 0; i < count; i++)
		attribute(put_text(parent, name, given_text(pen, givens[i].text)), "name", givens[i].name);
}

/* The CSV of <rows>, as it stands: its fields have no quotes worth the name in an example. */
static void add_example_rows(struct pen *pen, xmlNode *parent, const struct example_rows *rows)
{
	const char *at = rows->text.text;
	xmlNode *node = put(parent, "rows");
	bool head = true;

	attribute(node, "name", rows->table->name);
	while (*at) {
		size_t length = strcspn(at, "\r\n");
		const char *line = at, *trimmed;
		xmlNode *entry;

		at += length + strspn(at + length, "\r\n");
		trimmed = text_trim(line, &length);
		if (!length)
			continue;
		entry = head ? node : put(node, "entry");
		for (const char *field = trimmed, *end = trimmed + length; field <= end;) {
			const char *comma = memchr(field, ',', (size_t)(end - field));
			const char *stop = comma ? comma : end;

			attribute(put_text(entry, head ? "column" : "cell",
					  arena_strndup(pen->scratch, field, (size_t)(stop - field))),
				"kind", "text");
			field = stop + 1;
		}
		head = false;
	}
	if (head)
		add_column(node, rows->table->name, false);
}

static void add_example(struct pen *pen, xmlNode *parent, const struct example *example)
{
	xmlNode *node;

	if (!example->expect_count)
		return;
	node = put(parent, "example");
	attribute(
		node, "title", example->title && *example->title ? example->title : example->expects[0].name);
	attribute(node, "grade", example->grade);
	attribute(node, "month-text", text_month(pen, example->month));
	add_givens(pen, node, "given", example->givens, example->given_count);
	for (size_t i = 0; i < example->rows_count; i++)
		add_example_rows(pen, node, &example->rows[i]);
	for (size_t i = 0; i < example->past_count; i++) {
		xmlNode *past;

		if (!example->pasts[i].given_count)
			continue;
		past = put(node, "past");
		attribute(past, "month-text", text_month(pen, example->pasts[i].month));
		add_givens(pen, past, "given", example->pasts[i].givens, example->pasts[i].given_count);
	}
	add_givens(pen, node, "expect", example->expects, example->expect_count);
}

/* ---- articles ---- */
static void add_list(xmlNode *parent, const struct block *block)
{
	xmlNode *list;

	if (!block->entry_count)
		return;
	list = put(parent, block->ordered ? "ol" : "ul");
	for (size_t i = 0; i < block->entry_count; i++)
		put_text(list, "li", block->entries[i]);
}

void add_prose(xmlNode *parent, const struct article *article)
{
	for (size_t i = 0; i < article->block_count; i++) {
		if (article->blocks[i].kind == BLOCK_PARAGRAPH)
			put_text(parent, "p", article->blocks[i].text);
		else if (article->blocks[i].kind == BLOCK_LIST)
			add_list(parent, &article->blocks[i]);
	}
}

static void add_block_article(struct pen *pen, xmlNode *parent, const struct article *article,
	const struct policy *policy, size_t depth);

static void add_private_block(
	struct pen *pen, xmlNode *node, const struct block *block, const struct policy *policy)
{
	switch (block->kind) {
	case BLOCK_RATES:
		add_rates(pen, node, block->object);
		break;
	case BLOCK_TIERS:
		add_tiers(pen, node, block->object, policy);
		break;
	case BLOCK_PARAMETER:
		add_parameter(pen, node, block->object, policy);
		break;
	case BLOCK_GRADES:
		add_grades(pen, node, policy);
		break;
	case BLOCK_EXAMPLE:
		add_example(pen, node, block->object);
		break;
	case BLOCK_PARAGRAPH:
	case BLOCK_LIST:
	case BLOCK_ARTICLE:
	case BLOCK_ITEM:
	case BLOCK_MOVEMENT:
	case BLOCK_CHART:
	case BLOCK_EXPORT:
	case BLOCK_TABLE:
		break;
	}
}

static void add_block(
	struct pen *pen, xmlNode *node, const struct block *block, const struct policy *policy, size_t depth)
{
	if (block->kind == BLOCK_PARAGRAPH)
		put_text(node, "p", block->text);
	else if (block->kind == BLOCK_LIST)
		add_list(node, block);
	else if (block->kind == BLOCK_ARTICLE)
		add_block_article(pen, node, block->object, policy, depth + 1);
	else if (block->kind == BLOCK_ITEM && shows_formulas(pen))
		add_rule(pen, node, block->object, policy);
	else if (block->kind == BLOCK_MOVEMENT && shows_formulas(pen))
		add_movement_rule(pen, node, block->object);
	else if (!pen->entry->is_public)
		add_private_block(pen, node, block, policy);
}

static void add_block_article(struct pen *pen, xmlNode *parent, const struct article *article,
	const struct policy *policy, size_t depth)
{
	xmlNode *node = put(parent, "article");

	attribute(node, "number", article->number && *article->number ? article->number : "–");
	attribute(node, "title", article->title && *article->title ? article->title : "–");
	attribute(node, "id", article_id(pen, article, policy));
	attribute_count(pen, node, "depth", depth);
	for (size_t i = 0; i < article->block_count; i++)
		add_block(pen, node, &article->blocks[i], policy, depth);
}

/* What stands outside any article: tables of grades and numbers, and rules, that several articles use. */
static void add_shared_block(
	struct pen *pen, xmlNode *node, const struct block *block, const struct policy *policy)
{
	if (block->kind == BLOCK_ITEM)
		add_rule(pen, node, block->object, policy);
	else if (block->kind == BLOCK_MOVEMENT)
		add_movement_rule(pen, node, block->object);
	else if (block->kind != BLOCK_EXAMPLE)
		add_private_block(pen, node, block, policy);
}

static size_t people_under(const struct model *model, size_t scheme)
{
	size_t count = 0;

	for (size_t i = 0; i < model->facts->person_count; i++)
		count += is_computed(model, i) && model->facts->people[i].scheme == scheme;
	return count;
}

static void add_policy(struct pen *pen, xmlNode *parent, size_t index)
{
	const struct model *model = pen->model;
	const struct scheme *scheme = &model->rulebook->schemes[index];
	const struct policy *policy = scheme->policy;
	xmlNode *node = put(parent, "policy");

	attribute(node, "id", policy->id);
	attribute(node, "title", policy->title);
	attribute(node, "version", policy->version);
	attribute(node, "scheme", scheme->name);
	attribute(node, "from", text_month_id(pen, in_force_from(model, scheme)));
	attribute_count(pen, node, "people", people_under(model, index));
	if (pen->entry->is_public && model->company->site_policy == SITE_POLICY_NONE)
		return;
	for (size_t i = 0; i < policy->body->block_count; i++)
		if (policy->body->blocks[i].kind == BLOCK_ARTICLE)
			add_block_article(pen, node, policy->body->blocks[i].object, policy, 1);
	for (size_t i = 0; i < policy->body->block_count && !pen->entry->is_public; i++)
		add_shared_block(pen, node, &policy->body->blocks[i], policy);
	if (!pen->entry->is_public)
		add_changes(pen, node, policy);
	add_editions(pen, node, scheme);
	for (size_t i = 0; i < policy->replacement_count && shows_formulas(pen); i++)
		attribute(put_text(node, "replacement", policy->replacements[i].reason), "name",
			policy->replacements[i].name);
}

void build_policies(struct pen *pen)
{
	struct head head = {.kind = "policy",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = say(pen, SAY_POLICY, NULL),
		.lasting = true,
		.kicker = text_month(pen, pen->model->facts->month)};
	xmlNode *node = put(start_document(pen, &head), "policies");

	for (size_t i = 0; i < pen->model->rulebook->scheme_count; i++)
		add_policy(pen, node, i);
}
