#ifndef SALESPAY_POLICY_ELEMENT_H
#define SALESPAY_POLICY_ELEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/grammar.h"
#include "policy/policy.h"

/*
 * The policy's elements as they count: includes in their place, local rules
 * in the place of what they replace. Each knows its document, for places and
 * for file= beside it. Only elements that the grammar knows are here.
 */
struct element {
	const struct xml_document *document;
	const xmlNode *node;
	const struct element_rule *rule;
	struct element **children;
	size_t count, room;
};

/* What a reading keeps while it goes through documents; see include.c. */
struct source_file {
	struct xml_document *document;
	const char *real; /* absolute, links followed: tells files apart */
	const struct source_file *from; /* the document that includes it, for circles */
};
struct sources {
	const struct policy_reader *reader;
	struct arena *arena;
	struct source_file **files;
	size_t count, room;
	const char **paths; /* policy->files: documents and tables of numbers in order of reading */
	size_t path_count, path_room;
	struct replacement *replacements;
	size_t replacement_count, replacement_room;
	bool broken; /* an included document or an element could not be read; errors in diag */
};
/* NULL with errors in diag if not even the outermost element could be read. */
struct element *element_read(struct sources *sources, const char *path);
/* The libxml2 trees are no longer needed: texts and places live in the arena. */
void sources_release(struct sources *sources);
/*
 * A path beside the element's document, which must lie below policies/; NULL
 * and an error at the attribute otherwise, or if there is no such file.
 */
const char *source_path(const struct sources *sources, const struct element *element, const char *attribute);
void source_add_path(struct sources *sources, const char *path);

/* Trimmed; NULL if absent. */
const char *element_get(const struct element *element, const char *attribute);
/* In NFKC and interned, for names; NULL if absent or blank. */
const char *element_name(const struct element *element, const char *attribute, struct text_pool *pool);
bool element_is(const struct element *element, const char *name);
struct place element_place(const struct element *element);
struct place element_place_of(const struct element *element, const char *attribute);
/* The text directly in it, trimmed at both ends. */
struct xml_text element_text(const struct element *element);
struct place element_place_of_text(const struct element *element);
/* The place of an attribute's value among "a|b|c" as the grammar has them; fallback if absent or wrong. */
int element_one_of(const struct element *element, const char *attribute, int fallback);
/* False if absent or no number. */
bool element_decimal(const struct element *element, const char *attribute, struct decimal *out);
size_t element_count(const struct element *element, const char *name);

/* One more place at the end of an array that the arena holds. */
void *element_push(struct arena *arena, void *array, size_t *count, size_t *room, size_t size);

#endif
