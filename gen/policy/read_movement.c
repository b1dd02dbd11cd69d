#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/reading.h"

void read_movement(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct movement *movement = arena_alloc(reading->arena, sizeof(*movement));

	policy->movements = element_push(reading->arena, policy->movements, &policy->movement_count, &reading->movement_room,
		sizeof(struct movement *));
	policy->movements[policy->movement_count - 1] = movement;
	movement->kind = (enum movement_kind)element_one_of(element, "kind", MOVE_CERTIFICATION);
	movement->title = element_get(element, "title");
	if (!movement->title)
		movement->title = "";
	movement->article = reading->article == policy->body ? NULL : reading->article;
	movement->place = element_place(element);
	movement->when = reading_formula(reading, element, "when", (struct formula_scope){ .wanted = VALUE_YESNO });
	movement->criteria = arena_array(reading->arena, element->count + 1, sizeof(*movement->criteria));
	for (size_t i = 0; i < element->count; i++) {
		const struct element *child = element->children[i];
		struct criterion *criterion = &movement->criteria[movement->criterion_count++];
		const char *name = element_get(child, "name");

		criterion->name = name ? name : "";
		criterion->place = element_place(child);
		criterion->source = element_text(child).text;
		criterion->formula = reading_formula(reading, child, NULL, (struct formula_scope){ .wanted = VALUE_YESNO });
		for (struct criterion *other = movement->criteria; *criterion->name && other < criterion; other++)
			if (!strcmp(other->name, criterion->name)) {
				reading_doubled(reading, element_place_of(child, "name"), "criterion", criterion->name, other->place);
				break;
			}
	}
	if (!element->count)
		diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), "movement", "criterion", NULL);
	reading_link(reading, &reading->movements, element, movement);
	reading_block(reading, BLOCK_MOVEMENT, movement);
}

static void link_from(struct reading *reading, const struct element *element, struct movement *movement)
{
	const char *from = element_get(element, "from"), **names;
	size_t count;

	if (!from || !*from || !strcmp(from, "*"))
		return;
	names = reading_list(reading, from, ',', &count);
	movement->from = arena_array(reading->arena, count, sizeof(*movement->from));
	for (size_t i = 0; i < count; i++) {
		struct xml_text text = xml_text_of_attribute(element->document, element->node, "from");
		const char *found = strstr(text.text, names[i]);
		size_t start = found ? (size_t)(found - text.text) : 0;
		const struct grade *grade = reading_grade(reading, names[i], xml_text_place(&text, start, start + strlen(names[i])));

		if (grade)
			movement->from[movement->from_count++] = grade->id;
	}
}

static void link_to(struct reading *reading, const struct element *element, struct movement *movement)
{
	static const char *const kinds[] = { "promotion", "demotion" };
	const char *to = element_get(element, "to");
	const struct grade *grade;

	movement->to = TO_NOTHING;
	if (!to || !*to || !strcmp(to, "nothing"))
		return;
	if (!strcmp(to, "next") || !strcmp(to, "previous")) {
		movement->to = *to == 'n' ? TO_NEXT : TO_PREVIOUS;
		if (element_one_of(element, "kind", -1) == (movement->to == TO_NEXT ? MOVE_DEMOTION : MOVE_PROMOTION))
			diag_add(reading->diag, MSG_MOVEMENT_DIRECTION, element_place_of(element, "to"), kinds[movement->kind], to, NULL);
		return;
	}
	grade = reading_grade(reading, to, element_place_of(element, "to"));
	movement->to = TO_GRADE;
	movement->to_grade = grade ? grade->id : NULL;
}

void link_movements(struct reading *reading)
{
	for (size_t i = 0; i < reading->movements.count; i++) {
		link_from(reading, reading->movements.all[i].element, reading->movements.all[i].object);
		link_to(reading, reading->movements.all[i].element, reading->movements.all[i].object);
	}
}
