#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "calc/eval.h"
#include "calc/item.h"
#include "calc/trace.h"
#include "facts/facts.h"
#include "fuzz.h"
#include "value/date.h"

/*
 * Any text as a formula of a company that stays the same (seeds.py puts it
 * together). The first byte says where the formula stands; the rest is its
 * text. What passes the type check is evaluated for everybody, over every row
 * where it belongs to a line's table, and put into words for a slip.
 */
enum { TYPE_BITS = 7, OF_ROW = 8, STAFF_ONLY = 16, OF_SELF = 32, AS_LINE = 64, CHINESE = 128 };
static const enum value_type types[] = { VALUE_NONE, VALUE_MONEY, VALUE_NUMBER, VALUE_PERCENT, VALUE_YESNO, VALUE_TEXT,
	VALUE_DATE, VALUE_GRADE };

static struct arena *own;
static struct text_pool *own_pool;
static struct rulebook *rulebook;
static struct facts *facts;
static const struct table_spec *orders;
static size_t own_slots;
static const struct item *self, *line;

static const struct item *item_named(const char *name)
{
	const struct policy *policy = rulebook->schemes[0].policy;

	for (size_t i = 0; i < policy->item_count; i++)
		if (!strcmp(policy->items[i]->name, name))
			return policy->items[i];
	fuzz_broken(__FILE__, __LINE__, "the company has the figures that this looks for");
}

static bool fits(const struct formula *when, const struct rulebook *book, const struct table *staff, size_t row,
	struct text_pool *pool)
{
	return calc_staff_fits(when, book, staff, row, pool);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *folder = fuzz_company();
	struct facts_input input = { .input = folder, .fits = fits };
	struct policy_roots roots = { NULL, NULL };
	const struct company *company;
	struct diag *diag;
	int32_t month = 0;

	(void)argc;
	(void)argv;
	own = arena_new();
	own_pool = text_pool_new();
	diag = diag_new(own);
	FUZZ_CHECK(month_parse("2026-10", 7, &month));
	roots.own = arena_printf(own, "%s/policies", folder);
	company = company_read(arena_printf(own, "%s/company.xml", folder), own, own_pool, diag);
	rulebook = company ? rulebook_build(company, month, &roots, own, own_pool, diag) : NULL;
	input.rulebook = rulebook;
	input.records = arena_printf(own, "%s/records", folder);
	input.arena = own;
	input.pool = own_pool;
	input.diag = diag;
	facts = rulebook ? facts_read(&input) : NULL;
	if (!facts) {
		diag_print(diag, stderr, &(struct diag_style){ .format = DIAG_TEXT });
		fuzz_broken(__FILE__, __LINE__, "the company is sound");
	}
	own_slots = rulebook->slot_count;
	for (size_t t = 0; t < rulebook->table_count; t++)
		if (!strcmp(rulebook->tables[t]->name, "订单"))
			orders = rulebook->tables[t];
	FUZZ_CHECK(orders && facts->tables[orders->index]->row_count > 0);
	self = item_named("累计奖");
	line = item_named("收款提成");
	/* Texts that evaluation makes go to the run's own pool; excerpts of CSV rows are read once. */
	for (size_t t = 0; t < rulebook->table_count; t++)
		if (facts->tables[t]->row_count)
			table_place(facts->tables[t], 0, NULL, own);
	fuzz_allow_folder(folder);
	diag_free(diag);
	return 0;
}

/* The text as an XML file would bring it, every sign that needs it written as an entity. */
static struct xml_text text_of(struct fuzz_run *run, const uint8_t *data, size_t size, struct xml_document **document)
{
	struct text_buffer source = TEXT_BUFFER_INIT;
	const char *bytes;

	text_buffer_puts(&source, "<f>");
	for (size_t i = 0; i < size; i++)
		if (data[i] == '<' || data[i] == '&')
			text_buffer_printf(&source, "&#%d;", data[i]);
		else
			text_buffer_putc(&source, (char)data[i]);
	text_buffer_puts(&source, "</f>");
	bytes = text_buffer_take(&source, run->arena);
	*document = xml_read_memory("f.xml", bytes, strlen(bytes), run->arena, run->diag);
	text_buffer_release(&source);
	return *document ? xml_text_of(*document, xmlDocGetRootElement((*document)->doc)) : (struct xml_text){ .text = NULL };
}

static void give_slots(const struct node *node, void *context)
{
	size_t *next = context;
	struct node *own_node = (struct node *)(uintptr_t)node;

	if (node->kind != NODE_CALL)
		return;
	if (function_entry(node->function)->class == CLASS_GROUP || function_entry(node->function)->class == CLASS_SHARE)
		own_node->slot = (*next)++;
}

/* The results as they would be, had the policy this item too. */
static void evaluate(struct fuzz_run *run, struct formula *formula, const struct formula_scope *scope)
{
	struct item item = { .kind = scope->row ? ITEM_LINE : ITEM_FIGURE, .name = "试算", .label = "试算", .type = formula->type,
		.formula = formula, .table = scope->row };
	struct results *results;
	size_t slots = own_slots;

	node_walk(formula->root, give_slots, &slots);
	rulebook->slot_count = slots;
	facts->pool = run->pool;
	results = calc_run(facts, false, run->arena, run->diag);
	FUZZ_CHECK(results && !diag_errors(run->diag));
	for (size_t person = 0; person < facts->person_count; person++) {
		struct row_span span = { NULL, 1 };

		if (facts->people[person].state == PERSON_EXCLUDED)
			continue;
		if (scope->row)
			span = facts_rows(facts, scope->row->index, person);
		for (size_t i = 0; i < span.count; i++) {
			const struct table *table = scope->row ? facts->tables[scope->row->index] : NULL;
			size_t row = table ? span.rows[i] : SIZE_MAX;
			struct value value = calc_formula(results, formula, person, table, row);
			const struct trace_item *trace;
			char room[VALUE_TEXT_SIZE];

			FUZZ_CHECK(value.missing || value.type == formula->type || formula->root->bare ||
				value_type_is_numeric(value.type) == value_type_is_numeric(formula->type));
			if (!value.missing)
				FUZZ_CHECK(*eval_format(&value, room) != '\0');
			if (value_type_is_numeric(item.type)) {
				value = item_round(&item, value);
				if (!value.missing)
					FUZZ_CHECK(*value_format(&value, room) != '\0');
			}
			trace = trace_shallow(results, person, &item, row, run->arena);
			if (trace->root) {
				trace_basis(trace->root, run->arena);
				trace_basis_chosen(trace->root, run->arena);
			}
		}
	}
	rulebook->slot_count = own_slots;
	facts->pool = own_pool;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct formula_scope scope = { .policy = rulebook->schemes[0].policy };
	struct formula formula = { .root = NULL };
	struct xml_document *document = NULL;
	struct fuzz_run run;
	bool good = false;
	uint8_t where;

	if (size < 2)
		return 0;
	where = data[0];
	fuzz_begin(&run, size, where & CHINESE ? "zh-CN" : "en");
	scope.wanted = types[where & TYPE_BITS];
	scope.row = where & (OF_ROW | AS_LINE) ? orders : NULL;
	scope.staff_only = where & STAFF_ONLY && !scope.row;
	scope.self = where & AS_LINE ? line : where & OF_SELF ? self : NULL;
	formula.policy = scope.policy;
	formula.text = text_of(&run, data + 1, size - 1, &document);
	if (document) {
		size_t errors = diag_errors(run.diag);

		good = formula_compile(&formula, &scope, run.arena, run.pool, run.diag);
		FUZZ_CHECK(good == (formula.root != NULL));
		FUZZ_CHECK(good == (diag_errors(run.diag) == errors));
	}
	if (good)
		evaluate(&run, &formula, &scope);
	xml_free(document); /* texts and their places stay good after it */
	fuzz_end(&run);
	return 0;
}
