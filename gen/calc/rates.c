#include <string.h>

#include "base/text.h"
#include "calc/tracer.h"
#include "policy/literal.h"

/* A key is written as text in the policy and read as the argument's type. */
static bool key_fits(struct eval *eval, const char *key, const struct value *arg)
{
	struct value wanted = *arg;
	bool same;

	if (!key)
		return true;
	if (value_type_is_numeric(arg->type)) {
		if (!literal_parse(arg->type, key, eval->run->facts->pool, &wanted) || wanted.missing)
			return false;
	} else if (arg->type == VALUE_DATE) {
		if (!date_parse(key, strlen(key), &wanted.day))
			return false;
	} else if (arg->type == VALUE_YESNO) {
		wanted.yes = !strcmp(key, "yes") || !strcmp(key, "是");
	} else {
		wanted = value_text(key);
	}
	return eval_compare(eval, NODE_EQ, arg, &wanted, &same) && same;
}

static const char *arguments_as_text(struct eval *eval, const struct value *args, size_t count)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	char room[VALUE_TEXT_SIZE];
	char *text;

	for (size_t i = 0; i < count; i++)
		text_buffer_printf(&buffer, "%s%s", i ? ", " : "", eval_format(&args[i], room));
	text = text_buffer_take(&buffer, eval->run->arena);
	text_buffer_release(&buffer);
	return text;
}

#define RATE_KEYS_MAX 16

struct value eval_rates(struct eval *eval, const struct node *node)
{
	const struct rates *rates = node->rates;
	struct value args[RATE_KEYS_MAX] = { { .missing = true } };

	for (size_t i = 0; i < node->arg_count; i++) {
		args[i] = eval_node(eval, node->args[i]);
		if (args[i].missing)
			return value_missing(node->type);
	}
	for (size_t r = 0; r < rates->row_count; r++) {
		size_t k = 0;

		while (k < rates->key_count && key_fits(eval, rates->rows[r].keys[k], &args[k]))
			k++;
		if (k == rates->key_count) {
			tracer_place(eval, rates->rows[r].place, NULL, r);
			return rates->rows[r].value;
		}
	}
	if (rates->has_otherwise) {
		tracer_place(eval, rates->place, NULL, rates->row_count);
		return rates->otherwise;
	}
	eval_error(eval, MSG_NO_RATE, eval_person_name(eval->run, eval->person), rates->name,
		arguments_as_text(eval, args, node->arg_count));
	return value_missing(node->type);
}
