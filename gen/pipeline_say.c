#include "pipeline_say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "books/seal.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "value/date.h"

static bool chinese(struct month_run *run)
{
	return !strcmp(month_language(run), "zh-CN");
}

/* -v: what the stage that ends has cost so far, this process and its workers together. */
static void say_cost(struct month_run *run)
{
	struct rusage self, workers;
	double seconds;

	if (!run->place->options->verbose || !run->phase)
		return;
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &workers);
	seconds = (double)(self.ru_utime.tv_sec + self.ru_stime.tv_sec + workers.ru_utime.tv_sec + workers.ru_stime.tv_sec) +
		(double)(self.ru_utime.tv_usec + self.ru_stime.tv_usec + workers.ru_utime.tv_usec + workers.ru_stime.tv_usec) / 1e6;
	fprintf(stderr, "%s  %-8s %8.2f s CPU %8ld MiB\n", run->name, run->phase, seconds - run->seconds,
		(self.ru_maxrss > workers.ru_maxrss ? self.ru_maxrss : workers.ru_maxrss) / 1024);
	run->seconds = seconds;
}

bool say_phase(struct month_run *run, const char *phase)
{
	static const struct { const char *id, *zh; } words[] = {
		{ "rules", "读制度，核对示例" }, { "tables", "读导出文件" }, { "figures", "计算" }, { "books", "记账，核对控制总数" },
		{ "pages", "页面" }, { "drawings", "图表、工资条" }, { "publish", "发布" },
	};
	const struct options *options = run->place->options;
	const char *word = phase;

	say_cost(run);
	run->phase = phase;
	if (!phase || options->quiet || options->progress == WHEN_NEVER || options->format == DIAG_JSON ||
		(options->progress == WHEN_AUTO && !isatty(STDERR_FILENO)))
		return true;
	for (size_t i = 0; chinese(run) && i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i].id, phase))
			word = words[i].zh;
	fprintf(stderr, "%s  %s …\n", run->name, word);
	return true;
}

bool say_in_color(const struct options *options, int stream)
{
	const char *no_color = getenv("NO_COLOR");

	return options->color == WHEN_ALWAYS || (options->color == WHEN_AUTO && isatty(stream) && (!no_color || !*no_color));
}

void say_diag(const struct workplace *place, struct diag *diag)
{
	const struct options *options = place->options;
	struct diag_style style = { .format = options->format, .quiet = options->quiet,
		.color = say_in_color(options, STDERR_FILENO) };

	diag_print(diag, stderr, &style);
}

void say_messages(struct month_run *run)
{
	say_diag(run->place, run->diag);
}

static bool held_for_errors(const struct month_run *run)
{
	for (size_t i = 0; i < run->facts->person_count; i++)
		if (run->results->failed[i])
			return true;
	return false;
}

/* What the policy's own checks have to say is on the data-quality page; here only that they speak. */
static void say_checks(struct month_run *run, const char *where)
{
	if (run->place->options->quiet || !run->results->check_count)
		return;
	printf(chinese(run) ? "         制度里的检查有 %zu 条提醒%s%s\n" : "         the policy's checks speak %zu times%s%s\n",
		run->results->check_count, *where ? "  →  " : "", where);
}

/* The amounts themselves are on the page alone: a terminal's words end up in logs. */
static void say_outliers(struct month_run *run, const char *where)
{
	if (run->place->options->quiet || !run->outliers.count)
		return;
	printf(chinese(run) ? "         %zu 人的金额与本人往常相差悬殊，请先核对  →  %s\n" :
		"         %zu with amounts far from their own past: look at them first  ->  %s\n", run->outliers.count, where);
}

int say_result(struct month_run *run)
{
	const struct run_record *record = &run->record;
	const char *output = run->place->options->output, *page;

	if (!run->place->options->quiet && chinese(run))
		printf("%s  发放 %zu 人,暂缓 %zu 人,不计 %zu 人  →  %s/%s/managers/index.html\n", run->name,
			record->people - record->held, record->held, record->excluded, output, run->name);
	else if (!run->place->options->quiet)
		printf("%s  %zu paid, %zu held, %zu excluded  ->  %s/%s/managers/index.html\n", run->name,
			record->people - record->held, record->held, record->excluded, output, run->name);
	page = arena_printf(run->arena, "%s/%s/managers/company/quality.html", output, run->name);
	say_checks(run, page);
	say_outliers(run, page);
	return held_for_errors(run) ? 4 : 0;
}

void say_current(struct month_run *run)
{
	if (!run->place->options->quiet)
		printf(chinese(run) ? "%s  输入未变,无须重算\n" : "%s  nothing has changed\n", run->name);
}

void say_checked(struct month_run *run, bool has_page)
{
	const struct run_record *record = &run->record;
	bool broken = diag_errors(run->diag);

	if (run->place->options->quiet)
		return;
	if (!broken) {
		printf(chinese(run) ? "%s  发放 %zu 人,暂缓 %zu 人,不计 %zu 人\n" : "%s  %zu paid, %zu held, %zu excluded\n", run->name,
			record->people - record->held, record->held, record->excluded);
		say_checks(run, "");
		say_outliers(run, arena_printf(run->arena, "%s/check/%s.html", run->place->options->output, run->name));
	}
	if (has_page)
		printf(chinese(run) ? "%s  检查结果  →  %s/check/%s.html\n" : "%s  what the check found  ->  %s/check/%s.html\n", run->name,
			run->place->options->output, run->name);
	if (broken)
		printf(chinese(run) ? "%s  改好后再运行:salespay check %s%s\n" : "%s  mend it, then: salespay check %s%s\n", run->name, run->name,
			options_again(run->place));
	else if (!seal_exists(run->place->records, run->month, run->arena))
		printf(chinese(run) ? "%s  可以运行:salespay run %s%s\n" : "%s  ready: salespay run %s%s\n", run->name, run->name,
			options_again(run->place));
}
