#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "policy/reading.h"
#include "value/date.h"

static void read_children(struct reading *reading, const struct element *parent);

static void read_paragraph(struct reading *reading, const struct element *element)
{
	reading_block(reading, BLOCK_PARAGRAPH, NULL)->text = reading_flow(reading, element_text(element).text);
}

static void read_list(struct reading *reading, const struct element *element)
{
	struct block *block = reading_block(reading, BLOCK_LIST, NULL);

	block->ordered = element_is(element, "ol");
	block->entries = arena_array(reading->arena, element->count + 1, sizeof(*block->entries));
	if (!element->count)
		diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), element->rule->name, "li", NULL);
	for (size_t i = 0; i < element->count; i++)
		block->entries[block->entry_count++] = reading_flow(reading, element_text(element->children[i]).text);
}

static void check_article_number(struct reading *reading, struct article *article, struct place at)
{
	const struct article *other = map_get(reading->articles, article->number);

	if (!*article->number)
		return;
	if (other)
		reading_doubled(reading, at, "article", article->number, other->place);
	else
		map_put(reading->articles, article->number, article);
}

static void read_article(struct reading *reading, const struct element *element)
{
	struct article *article = arena_alloc(reading->arena, sizeof(*article)), *outer = reading->article;

	article->number = element_get(element, "number");
	article->title = element_get(element, "title");
	if (!article->number)
		article->number = "";
	if (!article->title)
		article->title = "";
	/* What stands outside any article hangs on the body, which is no article to whoever reads. */
	article->parent = outer == reading->policy->body ? NULL : outer;
	article->place = element_place(element);
	check_article_number(reading, article, element_place_of(element, "number"));
	reading_block(reading, BLOCK_ARTICLE, article);
	reading->article = article;
	read_children(reading, element);
	reading->article = outer;
}

typedef void read_fn(struct reading *reading, const struct element *element);
static const struct {
	const char *name;
	read_fn *read;
} readers[] = {
	{ "p", read_paragraph }, { "ul", read_list }, { "ol", read_list }, { "article", read_article },
	{ "table", read_table }, { "parameter", read_parameter }, { "grades", read_grades }, { "rates", read_rates },
	{ "tiers", read_tiers }, { "figure", read_figure }, { "line", read_line }, { "total", read_total },
	{ "scorecard", read_scorecard }, { "check", read_check }, { "movement", read_movement }, { "export", read_export },
	{ "chart", read_chart }, { "example", read_example },
};

static void read_children(struct reading *reading, const struct element *parent)
{
	for (size_t i = 0; i < parent->count; i++)
		for (size_t k = 0; k < sizeof(readers) / sizeof(readers[0]); k++)
			if (element_is(parent->children[i], readers[k].name))
				readers[k].read(reading, parent->children[i]);
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void read_head(struct policy *policy, const struct element *root)
{
	policy->id = or_empty(element_get(root, "id"));
	policy->title = or_empty(element_get(root, "title"));
	policy->version = or_empty(element_get(root, "version"));
	policy->currency = element_get(root, "currency");
	if (!policy->currency)
		policy->currency = "CNY";
}

/* The month of examples that name none: the earliest date a parameter has, else from= in company.xml. */
static int32_t first_month(const struct policy *policy, int32_t from)
{
	bool found = false;
	int32_t first = from;

	for (size_t i = 0; i < policy->parameter_count; i++) {
		const struct parameter *parameter = policy->parameters[i];

		if (parameter->value_count && (!found || parameter->values[0].from < first)) {
			first = parameter->values[0].from;
			found = true;
		}
	}
	return first;
}

static void finish(struct reading *reading)
{
	struct policy *policy = reading->policy;

	policy->first_month = first_month(policy, reading->reader->from);
	for (size_t i = 0; i < policy->example_count; i++)
		if (policy->examples[i]->month == INT32_MIN)
			policy->examples[i]->month = policy->first_month;
	policy->files = reading->sources.paths;
	policy->file_count = reading->sources.path_count;
	policy->replacements = reading->sources.replacements;
	policy->replacement_count = reading->sources.replacement_count;
	policy->names = names_build(policy, reading->arena, reading->diag);
	link_checks(reading);
	link_charts(reading);
	link_examples(reading);
	for (size_t i = 0; i < reading->pending_count; i++) {
		struct formula_scope *scope = &reading->pending[i].scope;

		if (scope->like && scope->like->root)
			scope->wanted = scope->like->type;
		formula_compile(reading->pending[i].formula, scope, reading->arena, reading->pool, reading->diag);
	}
}

struct policy *policy_read(const char *path, const struct policy_reader *reader)
{
	size_t errors = diag_errors(reader->diag);
	struct reading reading = { .reader = reader, .arena = reader->arena, .pool = reader->pool, .diag = reader->diag,
		.sources = { .reader = reader, .arena = reader->arena } };
	struct policy *policy = arena_alloc(reader->arena, sizeof(*policy));
	struct element *root = element_read(&reading.sources, path);

	if (root) {
		reading.policy = policy;
		policy->arena = reader->arena;
		policy->path = path;
		policy->body = arena_alloc(reader->arena, sizeof(*policy->body));
		policy->body->number = "";
		policy->body->title = "";
		policy->body->place = element_place(root);
		reading.article = policy->body;
		reading.articles = map_new();
		read_head(policy, root);
		read_children(&reading, root);
		if (reading.sources.broken) /* what an unread document or element declares would be missed everywhere */
			root = NULL;
	}
	if (root) {
		link_grades(&reading);
		link_tables(&reading);
		link_items(&reading);
		link_movements(&reading);
		link_exports(&reading);
		finish(&reading);
	}
	map_free(reading.articles);
	sources_release(&reading.sources);
	return root && diag_errors(reader->diag) == errors ? policy : NULL;
}
