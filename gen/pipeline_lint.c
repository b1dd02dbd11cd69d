#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "value/date.h"

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : ".";
}

static size_t lint_one(const char *path, const struct company *company, const struct calendar *calendar, struct text_pool *pool, struct arena *arena,
	struct diag *diag)
{
	struct policy_reader reader = { .arena = arena, .pool = pool, .diag = diag, .root = folder_of(arena, path),
		.from = month_from_ym(2026, 1) };
	struct policy *policy = policy_read(path, &reader);

	if (!policy || !calc_examples(policy, company, calendar, pool, diag))
		return 0;
	return policy->example_count;
}

int lint_policies(const struct options *options, const struct company *company)
{
	struct arena *arena = arena_new();
	struct text_pool *pool = text_pool_new();
	struct diag *diag = diag_new(arena);
	struct workplace place = { .options = options, .arena = arena };
	const struct calendar *calendar =
		calendar_read(arena_printf(arena, "%s/calendar.csv", options->input), arena, pool, diag);
	bool chinese = !strcmp(language_of(options), "zh-CN");
	int status;

	diag_set_language(diag, language_of(options));
	for (int i = 0; calendar && i < options->operand_count; i++) {
		size_t before = diag_errors(diag), examples = lint_one(options->operands[i], company, calendar, pool, arena, diag);

		if (diag_errors(diag) == before && !options->quiet)
			printf(chinese ? "%s: %zu 个示例成立\n" : "%s: %zu examples hold\n", options->operands[i], examples);
	}
	say_diag(&place, diag);
	status = diag_status(diag);
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
