#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "policy/element.h"
#include "policy/library.h"

const char *source_path(const struct sources *sources, const struct element *element, const char *attribute)
{
	const char *given = element_get(element, attribute);
	const char *path = policy_file(&sources->reader->roots, element->document->path, given, sources->arena);
	struct diag *diag = sources->reader->diag;
	struct place at = element_place_of(element, attribute);

	if (!path) {
		diag_add(diag, MSG_PATH_OUTSIDE, at, given, NULL);
		return NULL;
	}
	if (!file_exists(path) || file_is_folder(path)) {
		diag_add(diag, file_is_folder(path) ? MSG_FILE_IS_FOLDER : MSG_FILE_MISSING, at, path, NULL);
		return NULL;
	}
	return path;
}

void source_add_path(struct sources *sources, const char *path)
{
	for (size_t i = 0; i < sources->path_count; i++)
		if (!strcmp(sources->paths[i], path))
			return;
	sources->paths = element_push(sources->arena, sources->paths, &sources->path_count, &sources->path_room,
		sizeof(*sources->paths));
	sources->paths[sources->path_count - 1] = path;
}

/* Of the document being read: its includes so far, and its replaces for the end. */
struct document_reading {
	struct sources *sources;
	const struct source_file *file;
	struct included { /* by this document so far */
		struct element *element;
		const char *path;
	} *included;
	size_t included_count, included_room;
	struct element **replaces;
	size_t replace_count, replace_room;
};

static struct element *read_document(struct sources *sources, const char *path, const struct source_file *from);
static void add_children(struct document_reading *reading, struct element *parent, const xmlNode *node);

static void append(struct sources *sources, struct element *parent, struct element *child)
{
	parent->children = element_push(sources->arena, parent->children, &parent->count, &parent->room,
		sizeof(*parent->children));
	parent->children[parent->count - 1] = child;
}

static struct element *element_new(struct sources *sources, const struct xml_document *document, const xmlNode *node,
	const struct element_rule *rule)
{
	struct element *element = arena_alloc(sources->arena, sizeof(*element));

	element->document = document;
	element->node = node;
	element->rule = rule;
	return element;
}

/* "a.xml → b.xml → a.xml", from the file that closes the circle. */
static const char *circle(const struct source_file *file, const struct source_file *again, struct arena *arena)
{
	const char *text = again->document->path;

	for (const struct source_file *at = file; at != again; at = at->from)
		text = arena_printf(arena, "%s → %s", at->document->path, text);
	return arena_printf(arena, "%s → %s", again->document->path, text);
}

static bool includes_twice(struct document_reading *reading, struct element *element, const char *path)
{
	char line[24];

	for (size_t i = 0; i < reading->included_count; i++) {
		if (strcmp(reading->included[i].path, path) != 0)
			continue;
		snprintf(line, sizeof(line), "%ld", element_place(reading->included[i].element).line);
		diag_add(reading->sources->reader->diag, MSG_INCLUDE_REPEATED, element_place_of(element, "href"),
			element_get(element, "href"), line, NULL);
		return true;
	}
	reading->included = element_push(reading->sources->arena, reading->included, &reading->included_count,
		&reading->included_room, sizeof(*reading->included));
	reading->included[reading->included_count - 1] = (struct included){ element, path };
	return false;
}

/* The other document's elements into parent. One that came in another way before adds nothing: its rules are there. */
static void include(struct document_reading *reading, struct element *parent, struct element *element)
{
	struct sources *sources = reading->sources;
	const char *path, *real, *href = element_get(element, "href");
	struct element *root;

	if (!href || !*href)
		return;
	path = source_path(sources, element, "href");
	sources->broken = sources->broken || !path;
	if (!path || includes_twice(reading, element, path))
		return;
	real = file_real_path(path, sources->arena);
	for (const struct source_file *at = reading->file; real && at; at = at->from)
		if (!strcmp(at->real, real)) {
			diag_add(sources->reader->diag, MSG_INCLUDE_CYCLE, element_place_of(element, "href"),
				circle(reading->file, at, sources->arena), NULL);
			return;
		}
	for (size_t i = 0; real && i < sources->count; i++)
		if (!strcmp(sources->files[i]->real, real))
			return;
	root = read_document(sources, path, reading->file);
	sources->broken = sources->broken || !root;
	for (size_t i = 0; root && i < root->count; i++)
		append(sources, parent, root->children[i]);
}

static void add_children(struct document_reading *reading, struct element *parent, const xmlNode *node)
{
	struct sources *sources = reading->sources;

	for (xmlNode *child = xml_element(node->children); child; child = xml_element(child->next)) {
		const struct element_rule *rule = grammar_child(parent->rule, (const char *)child->name);
		struct element *element;

		if (!rule || !xml_is(child, POLICY_NAMESPACE, rule->name)) {
			sources->broken = true;
			continue;
		}
		element = element_new(sources, parent->document, child, rule);
		if (element_is(element, "include")) {
			include(reading, parent, element);
			continue;
		}
		add_children(reading, element, child);
		if (!element_is(element, "replace")) {
			append(sources, parent, element);
			continue;
		}
		reading->replaces = element_push(sources->arena, reading->replaces, &reading->replace_count, &reading->replace_room,
			sizeof(struct element *));
		reading->replaces[reading->replace_count - 1] = element;
	}
}

/* Whose name= is unique in a policy, so that <replace> can name it. */
static bool is_replaceable(const struct element *element)
{
	static const char *const kinds[] = { "table", "parameter", "rates", "tiers", "figure", "line", "total", "scorecard",
		"kpi", "adjust", "check" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (element_is(element, kinds[i]))
			return true;
	return false;
}

static struct element **find_named(struct element *parent, const char *name, struct text_pool *pool)
{
	for (size_t i = 0; i < parent->count; i++) {
		struct element *child = parent->children[i], **below;

		if (is_replaceable(child) && element_name(child, "name", pool) == name)
			return &parent->children[i];
		below = find_named(child, name, pool);
		if (below)
			return below;
	}
	return NULL;
}

static void collect_names(const struct element *parent, const struct xml_document *own, const char **names, size_t *count)
{
	for (size_t i = 0; i < parent->count; i++) {
		const struct element *child = parent->children[i];

		if (child->document != own && is_replaceable(child) && *count < 4000 && element_get(child, "name"))
			names[(*count)++] = element_get(child, "name");
		collect_names(child, own, names, count);
	}
}

static const char *nearest_replaceable(const struct document_reading *reading, const struct element *root, const char *name)
{
	const char **names = arena_array(reading->sources->arena, 4000, sizeof(*names));
	size_t count = 0;

	collect_names(root, reading->file->document, names, &count);
	return text_nearest(name, names, count);
}

/* A kpi or adjust stands in its scorecard only; what formulas see as a figure may be any kind of figure. */
static bool fits(const struct element *local, const struct element *old)
{
	static const char *const classes[][5] = { { "table" }, { "kpi", "adjust" }, { "check" }, { "line" },
		{ "figure", "total", "scorecard", "parameter" }, { "rates", "tiers" } };

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		bool one = false, other = false;

		for (size_t k = 0; k < 5 && classes[i][k]; k++) {
			one |= element_is(local, classes[i][k]);
			other |= element_is(old, classes[i][k]);
		}
		if (one || other)
			return one && other;
	}
	return false;
}

static void note_replacement(struct sources *sources, const struct element *replace, const struct element *old)
{
	struct replacement *r;

	sources->replacements = element_push(sources->arena, sources->replacements, &sources->replacement_count,
		&sources->replacement_room, sizeof(*sources->replacements));
	r = &sources->replacements[sources->replacement_count - 1];
	r->name = element_name(replace, "name", sources->reader->pool);
	r->reason = element_get(replace, "reason");
	r->place = element_place(replace);
	r->replaced = element_place(old);
}

static void replace_one(struct document_reading *reading, struct element *root, struct element *replace)
{
	struct sources *sources = reading->sources;
	struct diag *diag = sources->reader->diag;
	const char *name = element_name(replace, "name", sources->reader->pool);
	struct element *local = replace->count ? replace->children[0] : NULL, **old;
	char line[24];

	if (!name)
		return;
	if (replace->count != 1 || element_name(local, "name", sources->reader->pool) != name) {
		diag_add(diag, MSG_REPLACE_CONTENT, replace->count == 1 ? element_place_of(local, "name") : element_place(replace),
			name, NULL);
		return;
	}
	old = find_named(root, name, sources->reader->pool);
	if (!old) {
		diag_add_nearest(diag, MSG_REPLACE_NOTHING, element_place_of(replace, "name"),
			nearest_replaceable(reading, root, name), name, NULL);
	} else if ((*old)->document == replace->document) {
		snprintf(line, sizeof(line), "%ld", element_place(*old).line);
		diag_add(diag, MSG_REPLACE_OWN, element_place_of(replace, "name"), name, line, NULL);
	} else if (!fits(local, *old)) {
		diag_add(diag, MSG_REPLACE_KIND, element_place(local), local->rule->name, (*old)->rule->name, NULL);
	} else {
		note_replacement(sources, replace, *old);
		*old = local;
	}
}

static struct element *read_document(struct sources *sources, const char *path, const struct source_file *from)
{
	struct source_file *file = arena_alloc(sources->arena, sizeof(*file));
	struct document_reading reading = { .sources = sources, .file = file };
	struct xml_document *document;
	struct element *root;
	const xmlNode *node;

	source_add_path(sources, path);
	document = xml_read(path, sources->arena, sources->reader->diag);
	if (!document)
		return NULL;
	file->document = document;
	file->real = file_real_path(path, sources->arena);
	file->from = from;
	if (!file->real)
		file->real = path;
	sources->files = element_push(sources->arena, sources->files, &sources->count, &sources->room, sizeof(*sources->files));
	sources->files[sources->count - 1] = file;
	if (!grammar_check(document, grammar_policy(), POLICY_NAMESPACE, sources->reader->diag))
		return NULL;
	node = xmlDocGetRootElement(document->doc);
	root = element_new(sources, document, node, grammar_policy());
	add_children(&reading, root, node);
	for (size_t i = 0; i < reading.replace_count && !sources->broken; i++)
		replace_one(&reading, root, reading.replaces[i]);
	return root;
}

struct element *element_read(struct sources *sources, const char *path)
{
	return read_document(sources, path, NULL);
}

void sources_release(struct sources *sources)
{
	for (size_t i = 0; i < sources->count; i++)
		xml_free(sources->files[i]->document);
}
