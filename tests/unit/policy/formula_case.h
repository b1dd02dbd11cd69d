#ifndef SALESPAY_TESTS_POLICY_FORMULA_CASE_H
#define SALESPAY_TESTS_POLICY_FORMULA_CASE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "policy/formula.h"
#include "policy/formula_company.h"
#include "unit.h"
#include "xml/xml.h"

/*
 * One formula in, its tree and type as text out, or the codes of the messages
 * with the parts they mark: "E0467 迟到" . Trees print as (operator a b);
 * table columns as 表.列, @n behind the row's scope; $n money, %n percent, #id a grade.
 */
struct bench {
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct policy *policy;
	struct xml_document *document;
};

static inline void bench_init(struct bench *bench)
{
	bench->arena = arena_new();
	bench->pool = text_pool_new();
	bench->diag = diag_new(bench->arena);
	diag_set_language(bench->diag, "en");
	bench->policy = company_policy_build(bench->arena, bench->diag);
	g_assert_cmpuint(diag_errors(bench->diag), ==, 0);
}

static inline void bench_release(struct bench *bench)
{
	xml_free(bench->document);
	diag_free(bench->diag);
	text_pool_free(bench->pool);
	arena_free(bench->arena);
}

static inline void print_node(GString *out, const struct node *node);

static inline const char *node_head(const struct node *node)
{
	static const char *const heads[] = {
		[NODE_NOT] = "not", [NODE_NEGATE] = "-", [NODE_AND] = "and", [NODE_OR] = "or", [NODE_EQ] = "=", [NODE_NE] = "<>",
		[NODE_LT] = "<", [NODE_LE] = "<=", [NODE_GT] = ">", [NODE_GE] = ">=", [NODE_ADD] = "+", [NODE_SUBTRACT] = "-",
		[NODE_MULTIPLY] = "*", [NODE_DIVIDE] = "/", [NODE_IN] = "in", [NODE_NOT_IN] = "not-in"
	};

	if (node->kind == NODE_RATES)
		return node->rates->name;
	if (node->kind == NODE_TIERS)
		return node->tiers->name;
	if (node->kind == NODE_CALL)
		return function_entry(node->function)->english;
	return heads[node->kind];
}

static inline void print_literal(GString *out, const struct node *node)
{
	char room[VALUE_TEXT_SIZE];

	if (node->type == VALUE_NONE)
		g_string_append(out, "none");
	else if (node->type == VALUE_TEXT)
		g_string_append_printf(out, "\"%s\"", node->value.missing ? "" : node->value.text);
	else if (node->type == VALUE_YESNO)
		g_string_append(out, node->value.yes ? "yes" : "no");
	else if (node->type == VALUE_GRADE)
		g_string_append_printf(out, "#%s", node->value.text);
	else
		g_string_append_printf(out, "%s%s", node->type == VALUE_MONEY ? "$" : node->type == VALUE_PERCENT ? "%" : "",
			decimal_format(node->value.number, room));
}

static inline void print_tree(GString *out, const struct node *node)
{
	g_string_append_printf(out, "(%s", node_head(node));
	if (node->table)
		g_string_append_printf(out, " %s@%d", node->table->name, node->level);
	if (node->item)
		g_string_append_printf(out, " %s", node->item->name);
	if (node->where)
		g_string_append(out, " where "), print_node(out, node->where);
	if (node->by)
		g_string_append(out, " by "), print_node(out, node->by);
	for (size_t i = 0; i < node->arg_count; i++)
		g_string_append_c(out, ' '), print_node(out, node->args[i]);
	g_string_append_c(out, ')');
}

static inline void print_node(GString *out, const struct node *node)
{
	switch ((int)node->kind) {
	case NODE_LITERAL:
		print_literal(out, node);
		return;
	case NODE_FIGURE:
		g_string_append(out, node->item->name);
		return;
	case NODE_PARAMETER:
		g_string_append(out, node->parameter->name);
		return;
	case NODE_GRADE_SET:
		g_string_append_printf(out, "%s", company_sets[node->set].name);
		if (node->arg_count)
			g_string_append(out, "/"), print_node(out, node->args[0]);
		return;
	case NODE_COLUMN:
		g_string_append_printf(out, "%s.%s", node->table->name, node->column->name);
		if (node->level >= 0)
			g_string_append_printf(out, "@%d", node->level);
		return;
	case NODE_REF:
		g_string_append_printf(out, "%s.%s/", node->table->name, node->column->name);
		print_node(out, node->args[0]);
		return;
	case NODE_LINE:
		g_string_append_printf(out, "%s@%d", node->item->name, node->level);
		return;
	default:
		print_tree(out, node);
	}
}

/* The formula as the text of an element of a document of its own. */
static inline struct xml_text bench_text(struct bench *bench, const char *source)
{
	char *escaped = g_markup_escape_text(source, -1);
	char *data = g_strdup_printf("<f>%s</f>", escaped);

	bench->document = xml_read_memory("f.xml", arena_strdup(bench->arena, data), strlen(data), bench->arena, bench->diag);
	g_free(escaped);
	g_free(data);
	g_assert_nonnull(bench->document);
	return xml_text_of(bench->document, xmlDocGetRootElement(bench->document->doc));
}

/* The mark is of the file's bytes, where some signs are written as entities. */
static inline void append_unescaped(GString *out, const char *text, size_t length)
{
	static const char *const entities[][2] = {
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&apos;", "'" }, { "&amp;", "&" }
	};

	for (size_t at = 0; at < length; ) {
		size_t e = 0;

		while (e < COUNT(entities) && !g_str_has_prefix(text + at, entities[e][0]))
			e++;
		if (e < COUNT(entities))
			g_string_append(out, entities[e][1]), at += strlen(entities[e][0]);
		else
			g_string_append_c(out, text[at++]);
	}
}

static inline void print_messages(GString *out, struct diag *diag)
{
	const struct diag_item *item;

	for (size_t i = 0; (item = diag_item(diag, i)) != NULL; i++) {
		g_string_append_printf(out, "%s%s ", out->len ? "; " : "", item->entry->code);
		if (item->place.text)
			append_unescaped(out, item->place.text + item->place.mark_start,
				item->place.mark_end - item->place.mark_start);
	}
}

/* "tree : type", or the messages. A bare result prints as "bare". To be freed. */
static inline char *bench_compile(const char *source, const struct formula_scope *given)
{
	struct bench bench;
	struct formula_scope scope = *given;
	struct formula formula = { .root = NULL };
	GString *out = g_string_new(NULL);
	bool good;

	bench_init(&bench);
	scope.policy = bench.policy;
	formula.text = bench_text(&bench, source);
	good = formula_compile(&formula, &scope, bench.arena, bench.pool, bench.diag);
	g_assert_true(good == (formula.root != NULL));
	if (good) {
		print_node(out, formula.root);
		g_string_append_printf(out, " : %s", formula.root->bare ? "bare" : value_type_name(formula.root->type));
	}
	print_messages(out, bench.diag);
	bench_release(&bench);
	return g_string_free(out, FALSE);
}

struct formula_case {
	const char *source, *expected;
};

static inline void check_cases(const struct formula_case *cases, size_t count, const struct formula_scope *scope)
{
	for (size_t i = 0; i < count; i++) {
		char *got = bench_compile(cases[i].source, scope);

		if (strcmp(got, cases[i].expected)) {
			g_test_message("%s\n    gives %s\n    not   %s", cases[i].source, got, cases[i].expected);
			g_test_fail();
		}
		g_free(got);
	}
}
#define CHECK_CASES(cases) CHECK_CASES_IN(cases, .wanted = VALUE_NONE)
#define CHECK_CASES_IN(cases, ...) check_cases(cases, COUNT(cases), &(struct formula_scope){ __VA_ARGS__ })

#endif
