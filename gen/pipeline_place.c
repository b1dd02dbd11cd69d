#include "pipeline_place.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "pipeline_month.h"
#include "value/date.h"

#ifndef SALESPAY_DATA
#define SALESPAY_DATA "/usr/local/share/salespay"
#endif

/* The program's own files: where $SALESPAY_DATA says, beside the build tree it runs from, or where it was installed. */
const char *own_folder(struct arena *arena)
{
	const char *named = getenv("SALESPAY_DATA");
	char self[4096];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (named && *named)
		return named;
	if (length > 0) {
		char *slash;

		self[length] = '\0';
		for (int up = 0; up < 3 && (slash = strrchr(self, '/')); up++) { /* the program, build/VARIANT, build */
			*slash = '\0';
			if (file_exists(arena_printf(arena, "%s/templates/site.xsl", self)))
				return arena_strdup(arena, self);
		}
	}
	return SALESPAY_DATA;
}

const char *language_of(const struct options *options, const char *company)
{
	const char *locale = getenv("LC_ALL");

	if (options->language)
		return options->language;
	if (company)
		return company;
	if (!locale || !*locale)
		locale = getenv("LC_MESSAGES");
	if (!locale || !*locale)
		locale = getenv("LANG");
	return locale && !strncmp(locale, "zh", 2) ? "zh-CN" : "en";
}

static void find_months(struct workplace *place, struct diag *diag)
{
	size_t count;
	const char *input = place->options->input;
	const char **names = folder_list(input, place->arena, &count, diag);
	int32_t *months = arena_array(place->arena, names ? count + 1 : 1, sizeof(*months));

	for (size_t i = 0; names && i < count; i++)
		if (month_parse(names[i], strlen(names[i]), &months[place->month_count]) &&
			file_is_folder(arena_printf(place->arena, "%s/%s", input, names[i])))
			place->month_count++;
	place->months = months; /* names are sorted, so months ascend */
}

static bool has_month(const struct workplace *place, int32_t month)
{
	for (size_t i = 0; i < place->month_count; i++)
		if (place->months[i] == month)
			return true;
	return false;
}

bool workplace_open(struct workplace *place, struct diag *diag)
{
	const struct options *options = place->options;
	const char *data = own_folder(place->arena);
	char name[8];

	place->records = options->records ? options->records : arena_printf(place->arena, "%s/records", options->input);
	place->templates = arena_printf(place->arena, "%s/templates", data);
	place->styles = arena_printf(place->arena, "%s/styles", data);
	find_months(place, diag);
	if (diag_errors(diag))
		return false;
	if (options->month != INT32_MIN && !has_month(place, options->month)) {
		month_format(options->month, name);
		diag_add(diag, MSG_MONTH_FOLDER_MISSING, PLACE_NONE, name,
			arena_printf(place->arena, "%s/%s", options->input, name), NULL);
	} else if (!place->month_count) {
		diag_add(diag, MSG_NO_MONTHS, PLACE_NONE, options->input, NULL);
	}
	return !diag_errors(diag);
}
