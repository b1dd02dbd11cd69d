#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "model/model.h"
#include "pipeline_month.h"
#include "render/pages.h"
#include "value/date.h"

/* output/index.html and the link `latest`: made anew from what is published, so a killed run's are mended by the next. */

static int newest_first(const void *a, const void *b)
{
	const struct model_month *x = a, *y = b;

	return (y->month > x->month) - (y->month < x->month);
}

static struct model_month *published_months(const struct workplace *place, struct arena *arena, size_t *count,
	struct diag *diag)
{
	const char *output = place->options->output;
	size_t name_count;
	const char **names = folder_list(output, arena, &name_count, diag);
	struct model_month *months = arena_array(arena, names ? name_count + 1 : 1, sizeof(*months));

	*count = 0;
	for (size_t i = 0; names && i < name_count; i++) {
		struct run_record record;
		int32_t month;

		if (!month_parse(names[i], strlen(names[i]), &month) ||
			!run_record_read(arena_printf(arena, "%s/%s/run.xml", output, names[i]), &record, arena, diag))
			continue;
		months[*count] = (struct model_month){ .month = month, .people = record.people, .errors = record.errors,
			.warnings = record.warnings };
		if (record.score)
			months[*count].has_score = decimal_parse(record.score, strlen(record.score), &months[*count].score);
		++*count;
	}
	qsort(months, *count, sizeof(*months), newest_first);
	return months;
}

static bool link_latest(const struct workplace *place, int32_t month, struct arena *arena, struct diag *diag)
{
	const char *aside = arena_printf(arena, "%s/.latest.new", place->options->output);
	const char *link = arena_printf(arena, "%s/latest", place->options->output);
	char name[8];

	unlink(aside);
	if (!symlink(month_format(month, name), aside) && !rename(aside, link))
		return true;
	diag_add(diag, MSG_RENAME_FAILED, PLACE_NONE, aside, link, strerrordesc_np(errno), NULL);
	return false;
}

bool months_index(const struct workplace *place, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct text_pool *pool = text_pool_new();
	const char *company_path = arena_printf(arena, "%s/company.xml", place->options->input);
	const struct company *company = company_read(company_path, arena, pool, diag);
	const char *language = place->options->language ? place->options->language :
		company && company->language ? company->language : "en";
	struct pages_options pages_options = { .templates = place->templates, .language = language,
		.overrides = arena_printf(arena, "%s/templates", place->options->input) };
	struct pages *pages = company ? pages_new(&pages_options, diag) : NULL;
	const char *aside = arena_printf(arena, "%s/.index.html.page", place->options->output);
	struct page_job job = { NULL, aside, 0644 };
	struct file_bytes bytes;
	size_t count;
	struct model_month *months = published_months(place, arena, &count, diag);
	bool ok = pages != NULL;

	if (ok && count) {
		xmlDocPtr doc = model_build_months(company, language, salespay_version, months, count, arena);

		ok = pages_render(pages, doc, &job, 1, diag) && file_read(aside, arena, &bytes, diag) &&
			file_replace(arena_printf(arena, "%s/index.html", place->options->output), bytes.data, bytes.size, 0644, diag) &&
			folder_remove(aside, diag) && link_latest(place, months[0].month, arena, diag);
		xmlFreeDoc(doc);
	}
	pages_free(pages);
	text_pool_free(pool);
	arena_free(arena);
	return ok;
}
