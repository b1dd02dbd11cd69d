#include "policy/policy.h"

#include <string.h>

const char *section_name(enum section section)
{
	static const char *const names[] = {
		[SECTION_FACTS] = "facts", [SECTION_SCORE] = "score", [SECTION_EARNINGS] = "earnings",
		[SECTION_DEDUCTIONS] = "deductions", [SECTION_EMPLOYER] = "employer", [SECTION_NET] = "net"
	};

	return names[section];
}

const struct grade *policy_grade(const struct policy *policy, const char *id_or_title)
{
	for (size_t i = 0; i < policy->grade_count; i++)
		if (!strcmp(policy->grades[i].id, id_or_title))
			return &policy->grades[i];
	for (size_t i = 0; i < policy->grade_count; i++)
		if (!strcmp(policy->grades[i].title, id_or_title))
			return &policy->grades[i];
	return NULL;
}

const struct grade *policy_grade_step(const struct policy *policy, const struct grade *grade, int direction)
{
	const struct grade *best = NULL;

	for (size_t i = 0; i < policy->grade_count; i++) {
		const struct grade *other = &policy->grades[i];

		if (strcmp(other->track, grade->track) != 0)
			continue;
		if (direction > 0 ? other->order <= grade->order : other->order >= grade->order)
			continue;
		if (!best || (direction > 0 ? other->order < best->order : other->order > best->order))
			best = other;
	}
	return best;
}

const struct value *parameter_at(const struct parameter *parameter, int32_t month)
{
	const struct value *value = NULL;

	for (size_t i = 0; i < parameter->value_count && parameter->values[i].from <= month; i++)
		value = &parameter->values[i].value;
	return value;
}
