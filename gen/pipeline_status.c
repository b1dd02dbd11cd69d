#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "value/date.h"

bool month_is_current(struct month_run *run)
{
	const struct workplace *place = run->place;
	struct run_record output, books;
	char fingerprint[65];

	return month_company(run) && month_repair(run) && month_inputs(run) && month_fingerprint(run, fingerprint) &&
		run_record_read(arena_printf(run->arena, "%s/%s/run.xml", place->options->output, run->name), &output,
			run->arena, run->diag) &&
		run_record_read(arena_printf(run->arena, "%s/%s/run.xml", place->records, run->name), &books, run->arena,
			run->diag) &&
		!strcmp(output.fingerprint, fingerprint) && !strcmp(books.fingerprint, fingerprint);
}

enum state { STATE_NEW, STATE_CHANGED, STATE_CURRENT };

static void say_month(struct month_run *run, enum state state, const struct run_record *record, bool chinese)
{
	static const char *const words[][3] = { { "not computed", "computed, but inputs or options differ now", "computed" },
		{ "未计算", "已计算,但输入或选项有变", "已计算" } };

	printf("%s  %s", run->name, words[chinese][state]);
	if (state != STATE_NEW)
		printf(chinese ? ":发放 %zu 人,暂缓 %zu 人,不计 %zu 人" : ": %zu paid, %zu held, %zu excluded",
			record->people - record->held, record->held, record->excluded);
	printf("\n");
}

static enum state state_of(const struct workplace *place, int32_t month, bool chinese)
{
	struct month_run *run = month_run_new(place, month);
	const char *books = arena_printf(run->arena, "%s/%s/run.xml", place->records, run->name);
	enum state state = STATE_NEW;
	struct run_record record;

	if (run_record_read(books, &record, run->arena, run->diag))
		state = month_is_current(run) ? STATE_CURRENT : STATE_CHANGED;
	say_month(run, state, &record, chinese);
	month_run_free(run);
	return state;
}

int status_of_months(const struct workplace *place)
{
	bool chinese = !strcmp(language_of(place->options), "zh-CN"), found_new = false;
	char name[8], next[8] = "";

	for (size_t i = 0; i < place->month_count; i++) {
		enum state state = state_of(place, place->months[i], chinese);

		if (state == STATE_CURRENT || (*next && (state != STATE_NEW || found_new)))
			continue;
		strcpy(next, month_format(place->months[i], name)); /* run looks after changed ones before it */
		found_new = state == STATE_NEW;
	}
	if (*next)
		printf(chinese ? "\n下一步:salespay run %s%s\n" : "\nnext: salespay run %s%s\n", next, options_again(place));
	return 0;
}
