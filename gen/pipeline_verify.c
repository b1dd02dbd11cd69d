#include "pipeline_seal.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "value/date.h"

/* salespay verify: every file of the books and of what is published against what was recorded, and the seals against each other. */

static void say_text(struct month_run *run, const struct chain_month *entry, const struct month_files *files, bool holds)
{
	const struct seal *seal = entry->seal;
	bool chinese = !strcmp(language_of(run->place->options), "zh-CN");
	char date[11];

	if (run->place->options->quiet)
		return;
	printf("%s  ", run->name);
	if (seal)
		printf(chinese ? "%s 封账,编制 %s,批准 %s;" : "sealed %s, made by %s, approved by %s; ", date_format(seal->date, date),
			seal->made_by, seal->approved_by);
	else if (entry->sealed)
		printf(chinese ? "封印已损坏;" : "its seal is broken; ");
	else
		printf(chinese ? "未封账;" : "not sealed; ");
	printf(chinese ? "账簿 %zu 个文件," : "%zu files in the books, ", files->books.count);
	if (files->output.count)
		printf(chinese ? "发布 %zu 个文件," : "%zu published, ", files->output.count);
	else
		printf(chinese ? "没有发布的文件," : "none published, ");
	printf("%s\n", chinese ? holds ? "一致" : "不一致" : holds ? "all match" : "DIFFERENT");
	if (seal)
		printf(chinese ? "         封印 %s\n" : "         seal %s\n", seal->own);
}

static void say_json(struct month_run *run, const struct chain_month *entry, const struct month_files *files, bool holds)
{
	const struct seal *seal = entry->seal;
	char date[11];

	printf("{\"month\":\"%s\",\"sealed\":%s,\"made_by\":", run->name, entry->sealed ? "true" : "false");
	json_print_text(stdout, seal ? seal->made_by : NULL);
	printf(",\"approved_by\":");
	json_print_text(stdout, seal ? seal->approved_by : NULL);
	printf(",\"date\":");
	json_print_text(stdout, seal ? date_format(seal->date, date) : NULL);
	printf(",\"seal\":");
	json_print_text(stdout, seal ? seal->own : NULL);
	printf(",\"books\":%zu,\"published\":%zu,\"holds\":%s}\n", files->books.count, files->output.count,
		holds ? "true" : "false");
}

static bool matches(struct month_run *run, const struct seal *seal, const struct month_files *files)
{
	struct run_record record;

	if (seal)
		return month_files_match_seal(run, seal, files);
	if (!files->output.count)
		return true; /* computed, and its report was deleted: run makes it again */
	return month_record(run, &record) && month_files_match(run, &record, files);
}

static int verify_one(const struct workplace *place, const struct chain_month *entry)
{
	struct month_run *run = month_run_new(place, entry->month);
	struct month_files files;
	int status;

	if (month_files_list(run, &files)) {
		/* A seal that cannot be read was told already; nothing can be held against it. */
		bool holds = entry->sealed == !!entry->seal && matches(run, entry->seal, &files);

		(place->options->format == DIAG_JSON ? say_json : say_text)(run, entry, &files, holds && !diag_errors(run->diag));
	}
	status = diag_status(run->diag);
	say_messages(run);
	month_run_free(run);
	return status;
}

/* Published, but in no book: its books were lost or taken away. */
static void find_bookless(const struct workplace *place, const struct chain *chain, struct diag *diag)
{
	size_t count = 0;
	const char *output = place->options->output;
	const char **names = file_is_folder(output) ? folder_list(output, place->arena, &count, diag) : NULL;
	int32_t wanted = place->options->month, month;

	for (size_t i = 0; i < count; i++)
		if (month_parse(names[i], strlen(names[i]), &month) && (wanted == INT32_MIN || wanted == month) &&
			!chain_find(chain, month))
			diag_add(diag, MSG_OUTPUT_WITHOUT_BOOK, PLACE_NONE, names[i], options_again(place), NULL);
}

static int worse(int a, int b)
{
	static const int gravity[] = { 0, 2, 3, 4, 1 }; /* 4 says only that there is a difference */

	return gravity[b] > gravity[a] ? b : a;
}

int verify_months(const struct workplace *place)
{
	struct diag *diag = diag_new(place->arena);
	int32_t wanted = place->options->month;
	struct chain chain;
	int status = 0;
	char name[8];

	diag_set_language(diag, language_of(place->options));
	chain_read(&chain, place->records, place->arena, diag);
	chain_check(&chain, place->arena, diag);
	if (wanted != INT32_MIN && !chain_find(&chain, wanted))
		diag_add(diag, MSG_NOT_COMPUTED, PLACE_NONE, month_format(wanted, name), options_again(place), NULL);
	find_bookless(place, &chain, diag);
	for (size_t i = 0; i < chain.count; i++)
		if (wanted == INT32_MIN || chain.months[i].month == wanted)
			status = worse(status, verify_one(place, &chain.months[i]));
	status = worse(status, diag_status(diag));
	say_diag(place, diag);
	diag_free(diag);
	return status;
}
