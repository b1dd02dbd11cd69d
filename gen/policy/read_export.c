#include <string.h>

#include "base/arena.h"
#include "policy/reading.h"

void read_export(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct export *export = arena_alloc(reading->arena, sizeof(*export));
	const char *file = element_get(element, "file");
	size_t length = file ? strlen(file) : 0;

	policy->exports = element_push(reading->arena, policy->exports, &policy->export_count, &reading->export_room,
		sizeof(struct export *));
	policy->exports[policy->export_count - 1] = export;
	export->file = file ? file : "";
	export->title = element_get(element, "title");
	if (!export->title)
		export->title = "";
	export->encoding = element_one_of(element, "encoding", 0) == 0 ? "UTF-8" : "GB18030";
	export->bom = element_one_of(element, "bom", 1) == 0;
	export->place = element_place(element);
	if (length && (strpbrk(file, "/\\") || *file == '.' || length < 5 || strcmp(file + length - 4, ".csv") != 0))
		diag_add(reading->diag, MSG_EXPORT_FILE, element_place_of(element, "file"), file, NULL);
	for (size_t i = 0; length && i + 1 < policy->export_count; i++)
		if (!strcmp(policy->exports[i]->file, file)) {
			reading_doubled(reading, element_place_of(element, "file"), "export", file, policy->exports[i]->place);
			break;
		}
	if (!element->count)
		diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), "export", "column", NULL);
	if (export->bom && element_one_of(element, "encoding", 0) != 0)
		diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element, "bom"), "bom", "encoding=\"UTF-8\"", NULL);
	reading_link(reading, &reading->exports, element, export);
	reading_block(reading, BLOCK_EXPORT, export);
}

static void link_export(struct reading *reading, const struct element *element, struct export *export)
{
	export->of = reading_table(reading, element, "of");
	export->columns = arena_array(reading->arena, element->count + 1, sizeof(*export->columns));
	for (size_t i = 0; i < element->count; i++) {
		const struct element *child = element->children[i];
		struct export_column *column = &export->columns[export->column_count++];
		const char *title = element_get(child, "title");

		column->title = title ? title : "";
		for (size_t k = 0; *column->title && k < i; k++)
			if (!strcmp(export->columns[k].title, column->title)) {
				reading_doubled(reading, element_place_of(child, "title"), "column", column->title,
					element_place(element->children[k]));
				break;
			}
		/* Without its table every column in the formula would look unknown. */
		if (export->of || !element_get(element, "of"))
			column->formula = reading_formula(reading, child, NULL,
				(struct formula_scope){ .row = export->of, .wanted = VALUE_NONE });
	}
}

void link_exports(struct reading *reading)
{
	for (size_t i = 0; i < reading->exports.count; i++)
		link_export(reading, reading->exports.all[i].element, reading->exports.all[i].object);
}
