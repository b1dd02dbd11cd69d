#include "pipeline_place.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/lock.h"
#include "books/chain.h"
#include "books/seal.h"
#include "pipeline_month.h"
#include "policy/library.h"
#include "value/date.h"

#ifndef SALESPAY_DATA
#define SALESPAY_DATA /usr/local/share/salespay
#endif
#define QUOTED(path) #path
#define AS_TEXT(path) QUOTED(path)

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
	return AS_TEXT(SALESPAY_DATA);
}

struct policy_roots policy_roots_of(const char *policies, struct arena *arena)
{
	return (struct policy_roots){ policies, arena_printf(arena, "%s/templates/policies", own_folder(arena)) };
}

/* What company.xml says, even where the rest of it is too broken to be read. */
static const char *language_of_company(const char *input)
{
	static const char *const languages[] = { "zh-CN", "en" };
	struct arena *arena = arena_new();
	struct diag *quiet = diag_new(arena);
	struct file_bytes bytes;
	const char *found = NULL;

	if (file_read(arena_printf(arena, "%s/company.xml", input), arena, &bytes, quiet))
		for (size_t i = 0; !found && i < 2; i++)
			if (strstr(bytes.data, arena_printf(arena, "lang=\"%s\"", languages[i])))
				found = languages[i];
	diag_free(quiet);
	arena_free(arena);
	return found;
}

const char *language_of(const struct options *options)
{
	const char *locale = getenv("LC_ALL"), *company;

	if (options->language)
		return options->language;
	company = options->command == COMMAND_INIT ? NULL : language_of_company(options->input);
	if (company)
		return company;
	if (!locale || !*locale)
		locale = getenv("LC_MESSAGES");
	if (!locale || !*locale)
		locale = getenv("LANG");
	return locale && !strncmp(locale, "zh", 2) ? "zh-CN" : "en";
}

/* A quote within a folder's name is too rare to care for. */
const char *shell_word(const char *name, struct arena *arena)
{
	return strpbrk(name, " \t&;()<>|*?$\\\"`") ? arena_printf(arena, "'%s'", name) : name;
}

const char *options_again(const struct workplace *place)
{
	const struct options *options = place->options;
	struct arena *arena = place->arena;
	const char *again = "";

	if (strcmp(options->input, "input") != 0)
		again = arena_printf(arena, " -i %s", shell_word(options->input, arena));
	if (strcmp(options->output, "output") != 0)
		again = arena_printf(arena, "%s -o %s", again, shell_word(options->output, arena));
	if (options->records)
		again = arena_printf(arena, "%s --records %s", again, shell_word(options->records, arena));
	return again;
}

bool month_has_folder(const struct workplace *place, int32_t month)
{
	char name[8];

	return file_is_folder(arena_printf(place->arena, "%s/%s", place->options->input, month_format(month, name)));
}

static int ascending(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The months with exports, and those that are sealed, whose exports may be in an archive. */
static void find_months(struct workplace *place, struct diag *diag)
{
	size_t count, booked = 0, kept = 0;
	const char **names = folder_list(place->options->input, place->arena, &count, diag);
	const char **books = file_is_folder(place->records) ? folder_list(place->records, place->arena, &booked, diag) : NULL;
	int32_t *months = arena_array(place->arena, count + booked + 1, sizeof(*months));

	for (size_t i = 0; names && i < count; i++)
		if (month_parse(names[i], strlen(names[i]), &months[kept]) && month_has_folder(place, months[kept]))
			kept++;
	for (size_t i = 0; books && i < booked; i++)
		if (month_parse(books[i], strlen(books[i]), &months[kept]) && seal_exists(place->records, months[kept], place->arena))
			kept++;
	qsort(months, kept, sizeof(*months), ascending);
	for (size_t i = 0; i < kept; i++)
		if (!i || months[i] != months[i - 1])
			months[place->month_count++] = months[i];
	place->months = months;
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
	if (options->command == COMMAND_VERIFY || options->command == COMMAND_SEAL || options->command == COMMAND_EXPLAIN ||
		(options->command == COMMAND_COMPARE && options->against))
		return true; /* they look into the books */
	if (options->month != INT32_MIN && !has_month(place, options->month)) {
		month_format(options->month, name);
		diag_add(diag, MSG_MONTH_FOLDER_MISSING, PLACE_NONE, name,
			arena_printf(place->arena, "%s/%s", options->input, name), NULL);
	} else if (!place->month_count) {
		diag_add(diag, MSG_NO_MONTHS, PLACE_NONE, options->input, NULL);
	}
	return !diag_errors(diag);
}

/* A month's report would be swapped into the place of its book. */
static bool is_one_folder(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool workplace_lock(const struct workplace *place, struct workplace_locks *locks, struct diag *diag)
{
	const char *output = place->options->output;

	*locks = (struct workplace_locks){ lock_take(place->records, 0700, diag), NULL };
	if (!locks->books)
		return false;
	if (is_one_folder(output, place->records)) {
		diag_add(diag, MSG_OUTPUT_IN_BOOKS, PLACE_NONE, output, place->records, NULL);
		return false;
	}
	locks->output = lock_take(output, 0755, diag);
	return locks->output && chain_mend(place->records, place->arena, diag);
}

void workplace_unlock(struct workplace_locks *locks)
{
	lock_drop(locks->output);
	lock_drop(locks->books);
}
