#include "pipeline_access.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "model/model.h"
#include "pipeline_month.h"
#include "table/sheet.h"

struct access {
	struct month_run *run;
	struct file_writer *list, *nginx, *apache;
};

#define NGINX_HEADERS(indent) \
	indent "add_header Content-Security-Policy \"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " \
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'\";\n" \
	indent "add_header X-Content-Type-Options nosniff;\n" indent "add_header Referrer-Policy no-referrer;\n"
static const char nginx_head[] =
	"# For the server {} block, behind its authentication: users are employee numbers, HR signs in as hr.\n"
	"# The output folder is the server's root (/), so that the pages for addresses that are not there are found.\n"
	NGINX_HEADERS("");
/* A location with headers of its own inherits none of the server's. */
static const char nginx_private[] = NGINX_HEADERS("\t") "\tadd_header Cache-Control no-store;\n";

/* "managers/D110/index.html" -> "D110" */
static const char *folder_of(const struct model_entry *entry, struct arena *arena)
{
	const char *start = strchr(entry->pages[0].path, '/') + 1;

	return arena_strndup(arena, start, strcspn(start, "/"));
}

/* Heads of the unit and of those above it, from the top down, each once. */
static size_t heads_of(const struct facts *facts, size_t unit, size_t *heads, size_t room)
{
	size_t count = 0;

	for (; unit != SIZE_MAX && count < room; unit = facts->units[unit].parent) {
		size_t head = facts->units[unit].head;
		bool known = head == SIZE_MAX;

		for (size_t i = 0; i < count && !known; i++)
			known = heads[i] == head;
		if (!known)
			heads[count++] = head;
	}
	return count;
}

#define HEADS_MAX 64 /* levels of units */
/* A unit's pages, and its charts: their names end in its folder's, behind the only hyphen. */
#define UNIT_FILES "/%s/(managers/%s/|charts/[^/-]*-%s\\.)"

static void write_unit(struct access *access, const struct model_entry *entry)
{
	const struct facts *facts = access->run->facts;
	const char *folder = folder_of(entry, access->run->arena);
	size_t heads[HEADS_MAX], count = heads_of(facts, entry->unit, heads, HEADS_MAX);

	file_printf(access->nginx, "location ~ " UNIT_FILES " {\n\tif ($remote_user !~ ^(hr", access->run->name, folder, folder);
	file_printf(access->apache, "<LocationMatch \"" UNIT_FILES "\">\n\t<RequireAny>\n\t\tRequire group hr\n",
		access->run->name, folder, folder);
	for (size_t i = 0; i < count; i++) {
		const struct person *head = &facts->people[heads[i]];

		csv_write_field(access->list, folder, true);
		csv_write_defused(access->list, facts->units[entry->unit].name, false);
		csv_write_defused(access->list, head->id, false);
		csv_write_defused(access->list, head->name, false);
		csv_write_end(access->list);
		file_printf(access->nginx, "|%s", head->id);
		file_printf(access->apache, "\t\tRequire user \"%s\"\n", head->id);
	}
	file_printf(access->nginx, ")$) { return 403; }\n%s\terror_page 404 /%s/managers/404.html;\n}\n", nginx_private, access->run->name);
	file_puts(access->apache, "\t</RequireAny>\n\tHeader set Cache-Control no-store\n</LocationMatch>\n");
}

static const char apache_head[] =
	"# For the virtual host, behind its authentication: users are employee numbers, HR is the group hr. Needs mod_headers.\n"
	"# The output folder is the host's root (/), so that the pages for addresses that are not there are found.\n"
	"Header set Content-Security-Policy \"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'\"\n"
	"Header set X-Content-Type-Options nosniff\nHeader set Referrer-Policy no-referrer\n";

/* What no unit's folder allows: pay of the whole company, slips, books; and each tree's page for what is not there. */
static void write_rest(struct access *access)
{
	const char *month = access->run->name;

	file_printf(access->nginx, "location = /%s/managers/404.html { }\nlocation ~ /%s/managers/assets/ { }\n"
		"location ~ /%s/site/ { error_page 404 /%s/site/404.html; }\n", month, month, month, month);
	file_printf(access->nginx, "location ~ /%s/ {\n\tif ($remote_user != hr) { return 403; }\n%s"
		"\terror_page 404 /%s/managers/404.html;\n}\n", month, nginx_private, month);
	file_printf(access->apache, "<LocationMatch \"/%s/managers/\">\n\tErrorDocument 404 /%s/managers/404.html\n</LocationMatch>\n"
		"<LocationMatch \"/%s/site/\">\n\tErrorDocument 404 /%s/site/404.html\n</LocationMatch>\n", month, month, month, month);
	file_printf(access->apache, "<LocationMatch \"/%s/(?!site/|charts/|managers/404\\.html|managers/[^/]+/)\">\n\tRequire group hr\n"
		"\tHeader set Cache-Control no-store\n</LocationMatch>\n"
		"<LocationMatch \"/%s/managers/company/\">\n\tRequire group hr\n\tHeader set Cache-Control no-store\n</LocationMatch>\n",
		month, month);
}

static struct file_writer *open_file(struct month_run *run, const char *name)
{
	return file_writer_new(arena_printf(run->arena, "%s/managers/%s", run->stage, name), 0640);
}

bool access_write(struct month_run *run, const struct model *model)
{
	struct access access = { run, open_file(run, "ACCESS.csv"), open_file(run, "access.nginx.conf"),
		open_file(run, "access.apache.conf") };
	bool list, nginx, apache;

	file_puts(access.list, "folder,unit,id,name\n");
	file_puts(access.nginx, nginx_head);
	file_puts(access.apache, apache_head);
	/* Some charts show pay. Of two sections that fit, the later one counts: a unit's lets its heads in. */
	file_printf(access.apache, "<LocationMatch \"/%s/charts/\">\n\tRequire group hr\n\tHeader set Cache-Control no-store\n</LocationMatch>\n",
		run->name);
	for (size_t i = 0; i < model_count(model); i++) {
		const struct model_entry *entry = model_entry(model, i);

		if (entry->kind == MODEL_UNIT && !entry->is_public && !entry->sheet && entry->unit < run->facts->unit_count)
			write_unit(&access, entry);
	}
	write_rest(&access);
	list = file_writer_commit(access.list, run->diag);
	nginx = file_writer_commit(access.nginx, run->diag);
	apache = file_writer_commit(access.apache, run->diag);
	return list && nginx && apache;
}
