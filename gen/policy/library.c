#include "policy/library.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "policy/grammar.h"
#include "xml/xml.h"

/* a/b/../c is a/c; .. at the start stays. */
static char *normalise(const char *path, struct arena *arena)
{
	size_t length = strlen(path), used = 0;
	char *out = arena_alloc(arena, length + 2);
	bool absolute = *path == '/';

	while (*path) {
		size_t part = strcspn(path, "/");

		if (part == 2 && !memcmp(path, "..", 2) && used && !(used >= 2 && !memcmp(out + used - 2, "..", 2))) {
			while (used && out[used - 1] != '/')
				used--;
			used -= used > 0;
		} else if (part && !(part == 1 && *path == '.')) {
			if (used || absolute)
				out[used++] = '/';
			memcpy(out + used, path, part);
			used += part;
		}
		path += part;
		path += *path == '/';
	}
	out[used] = '\0';
	return out;
}

/* The path from the folder on; NULL if it is not below it. */
static const char *below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	if (!length) /* the working folder */
		return *path != '/' && strcmp(path, "..") != 0 && strncmp(path, "../", 3) != 0 ? path : NULL;
	return !strncmp(path, folder, length) && path[length] == '/' ? path + length + 1 : NULL;
}

/* Links lead out of the folder no more than .. does. */
static bool is_kept_in(const char *path, const char *folder, struct arena *arena)
{
	const char *real = file_real_path(path, arena), *real_folder = file_real_path(folder, arena);

	return !real || (real_folder && below(real, real_folder));
}

const char *policy_file(const struct policy_roots *roots, const char *document, const char *given, struct arena *arena)
{
	const char *slash = strrchr(document, '/'), *rest, *path, *own = normalise(roots->own, arena);
	const char *library = roots->library ? normalise(roots->library, arena) : NULL;

	if (*given == '/' || strstr(given, "://"))
		return NULL;
	path = normalise(arena_printf(arena, "%.*s%s", slash ? (int)(slash - document) + 1 : 0, document, given), arena);
	rest = below(path, own);
	if (!rest && library)
		rest = below(path, library);
	if (!rest)
		return NULL;
	path = *own ? arena_printf(arena, "%s/%s", own, rest) : rest;
	if (library && !file_exists(path) && file_exists(arena_printf(arena, "%s/%s", library, rest)))
		path = arena_printf(arena, "%s/%s", library, rest);
	return is_kept_in(path, below(path, own) ? roots->own : library, arena) ? path : NULL;
}

/* What a document of the library may name further; it cannot go in circles deeper than this. */
#define DEEPEST 16

struct use {
	const struct policy_roots *roots;
	library_fn *found;
	void *context;
	struct arena *arena;
	int depth;
};

static bool each_used(struct use *use, const char *document);

static bool each_named(struct use *use, const struct xml_document *document, const xmlNode *node)
{
	bool includes = xml_is(node, POLICY_NAMESPACE, "include");
	/* A table's file= is the month's, not the policy's. */
	const char *given = xml_is(node, POLICY_NAMESPACE, "table") ? NULL :
		xml_attribute(document, node, includes ? "href" : "file");
	const char *path = given ? policy_file(use->roots, document->path, given, use->arena) : NULL;
	const char *rest = path ? below(path, normalise(use->roots->library, use->arena)) : NULL;

	if (rest && file_exists(path) &&
		(!use->found(path, rest, use->context) || (includes && !each_used(use, path))))
		return false;
	for (const xmlNode *child = xml_element(node->children); child; child = xml_element(child->next))
		if (!each_named(use, document, child))
			return false;
	return true;
}

static bool each_used(struct use *use, const char *path)
{
	struct diag *aside = diag_new(use->arena); /* what is wrong with it is said where it is read to be carried out */
	struct xml_document *document = use->depth < DEEPEST ? xml_read(path, use->arena, aside) : NULL;
	const xmlNode *root = document ? xmlDocGetRootElement(document->doc) : NULL;
	bool go_on;

	use->depth++;
	go_on = !root || each_named(use, document, root);
	use->depth--;
	xml_free(document);
	diag_free(aside);
	return go_on;
}

bool library_each_used(const struct policy_roots *roots, const char *document, library_fn *found, void *context)
{
	struct use use = { roots, found, context, arena_new(), 0 };
	bool go_on = !roots->library || each_used(&use, document);

	arena_free(use.arena);
	return go_on;
}
