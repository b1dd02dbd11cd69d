#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "calc/lint.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "value/date.h"

/* The policies alone: mistakes, failing examples, and what is no mistake but worth a look. */

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : ".";
}

/* Any of company.xml's conditions that this policy can read: its tables are the same in all policies. */
static void compile_whens(const struct lint_input *input, struct arena *arena, struct lint_whens *whens)
{
	const struct company *company = input->company;
	struct formula *all = arena_array(arena, company->entry_count + 1, sizeof(*all));
	struct formula_scope scope = { .policy = input->policy, .staff_only = true, .wanted = VALUE_YESNO };

	for (size_t i = 0; i < company->entry_count; i++) {
		struct formula *formula = &all[whens->count];

		formula->text = company->entries[i].when;
		if (formula->text.text && formula_compile(formula, &scope, arena, input->pool, input->diag))
			whens->count++;
	}
	whens->all = all;
}

/* SIZE_MAX after an error, else how many examples hold. */
#define TRY_HUNDREDTHS 394 /* of a millisecond: what one wrong password costs one core, measured with qpdf */

/* "66 minutes": rounded down, in the largest unit of which there are two. */
static const char *duration(uint64_t tries, bool chinese, struct arena *arena)
{
	static const struct { uint64_t seconds; const char *zh, *en; } units[] = { { 31536000, "年", "years" }, { 86400, "天", "days" },
		{ 3600, "小时", "hours" }, { 60, "分钟", "minutes" }, { 1, "秒", "seconds" } };
	uint64_t seconds = tries / 100000 * TRY_HUNDREDTHS + tries % 100000 * TRY_HUNDREDTHS / 100000;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (seconds >= units[i].seconds * 2)
			return arena_printf(arena, "%llu %s", (unsigned long long)(seconds / units[i].seconds), chinese ? units[i].zh : units[i].en);
	return chinese ? "2 秒之内" : "less than 2 seconds";
}

/* Every formula is weak beside a random password; how weak is said. */
static void lint_password(const struct lint_input *input, const struct options *options, struct arena *arena)
{
	struct formula_scope scope = { .policy = input->policy, .staff_only = true, .wanted = VALUE_TEXT };
	struct formula formula = { .text = input->company->payslip_password };
	uint64_t guesses;

	if (!formula.text.text || !formula_compile(&formula, &scope, arena, input->pool, input->diag))
		return;
	guesses = lint_password_guesses(&formula);
	diag_add(input->diag, MSG_LINT_PASSWORD, xml_text_place(&formula.text, 0, formula.text.length),
		arena_printf(arena, "%llu", (unsigned long long)guesses),
		duration(guesses, !strcmp(language_of(options), "zh-CN"), arena), NULL);
}

static size_t lint_one(const char *path, struct lint_input *input, const struct options *options, struct arena *arena)
{
	struct policy_reader reader = { .arena = arena, .pool = input->pool, .diag = input->diag, .roots = policy_roots_of(folder_of(arena, path), arena),
		.from = month_from_ym(2026, 1) };
	struct lint_whens whens = { NULL, 0 };

	input->policy = policy_read(path, &reader);
	if (!input->policy || !calc_lint(input))
		return SIZE_MAX;
	if (input->company) {
		compile_whens(input, arena, &whens);
		lint_password(input, options, arena);
	}
	lint_uses(input->lint, input->policy, input->company ? &whens : NULL);
	lint_reach(input->policy, input->diag);
	lint_articles(input->lint, input->policy, input->diag);
	return input->policy->example_count;
}

/* "12/14" of tiers, rates, conditions and figures that the examples try. */
static void say_coverage(const struct lint_count counts[LINT_KINDS], bool chinese)
{
	static const struct { enum lint_kind kind; const char *zh, *en; } rows[] = {
		{ LINT_ITEM, "项目", "figures" }, { LINT_BRANCH, "条件的两面", "sides of conditions" }, { LINT_TIER, "分档", "tiers" },
		{ LINT_RATE, "比例", "rates" }, { LINT_ARTICLE, "条文", "articles" },
	};

	printf(chinese ? "示例覆盖：" : "the examples try ");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		printf(chinese ? "%s%s %zu/%zu" : "%s%s %zu of %zu", i ? chinese ? "，" : ", " : "", chinese ? rows[i].zh : rows[i].en,
			counts[rows[i].kind].met, counts[rows[i].kind].all);
	printf("\n");
}

static bool lint_all(const struct options *options, struct lint_input *input, struct arena *arena, bool chinese)
{
	bool good = input->calendar;

	for (int i = 0; input->calendar && i < options->operand_count; i++) {
		size_t examples = lint_one(options->operands[i], input, options, arena);

		good = good && examples != SIZE_MAX;
		if (examples != SIZE_MAX && !options->quiet && options->format == DIAG_TEXT)
			printf(chinese ? "%s: %zu 个示例成立\n" : "%s: %zu examples hold\n", options->operands[i], examples);
	}
	return good;
}

/*
 * Policies that are sound one by one may still not go together. They are joined as run does in each month in which one
 * of them begins; what is no error was said of each alone, and a scheme that begins later is none.
 */
static bool lint_together(const struct options *options, const struct lint_input *input, struct arena *arena)
{
	const struct company *company = input->company;
	const struct policy_roots roots = policy_roots_of(arena_printf(arena, "%s/policies", options->input), arena);
	bool good = true;

	for (size_t i = 0; company && i < company->entry_count; i++) {
		struct diag *aside = diag_new(arena);
		size_t size;
		char *said;

		if (!rulebook_build(company, company->entries[i].from, &roots, arena, input->pool, aside)) {
			good = false;
			said = diag_pack(aside, &size);
			diag_unpack(input->diag, said, size);
			free(said);
		}
		diag_free(aside);
	}
	return good;
}

int lint_policies(const struct options *options, const struct company *company)
{
	struct arena *arena = arena_new();
	struct text_pool *pool = text_pool_new();
	struct diag *diag = diag_new(arena);
	struct workplace place = { .options = options, .arena = arena };
	struct lint_input input = { .company = company, .pool = pool, .diag = diag, .lint = lint_new(arena, diag), .jumps = jumps_new(arena),
		.calendar = calendar_read(arena_printf(arena, "%s/calendar.csv", options->input), arena, pool, diag) };
	struct lint_count counts[LINT_KINDS];
	bool chinese = !strcmp(language_of(options), "zh-CN");
	int status;

	diag_set_language(diag, language_of(options));
	if (lint_all(options, &input, arena, chinese) && lint_together(options, &input, arena)) { /* after an error what was not read would seem unused */
		lint_report(input.lint, counts);
		jumps_report(input.jumps, diag);
		if (!options->quiet && options->format == DIAG_TEXT)
			say_coverage(counts, chinese);
	}
	say_diag(&place, diag);
	status = diag_status(diag);
	lint_free(input.lint);
	jumps_free(input.jumps);
	diag_free(diag);
	text_pool_free(pool);
	arena_free(arena);
	return status;
}

int lint_company(const struct workplace *place)
{
	struct options options = *place->options;
	struct diag *diag = diag_new(place->arena);
	struct text_pool *pool = text_pool_new();
	struct company *company = company_read(arena_printf(place->arena, "%s/company.xml", options.input), place->arena, pool,
		diag);
	char **paths = company ? arena_array(place->arena, company->entry_count + 1, sizeof(char *)) : NULL;
	int status = diag_status(diag);

	diag_set_language(diag, language_of(&options));
	say_diag(place, diag);
	for (size_t i = 0; company && i < company->entry_count; i++)
		paths[i] = arena_printf(place->arena, "%s/%s", options.input, company->entries[i].href);
	if (company) {
		options.operands = paths;
		options.operand_count = (int)company->entry_count;
		status = lint_policies(&options, company);
	}
	diag_free(diag);
	text_pool_free(pool);
	return status;
}
