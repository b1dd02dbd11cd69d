#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "policy/numbers_file.h"
#include "value/date.h"

/* parameter, rates and tiers: constants and tables of numbers, written here or in a file. */
static const char value_header[] = "值";

static struct literal literal_of(const struct element *element)
{
	return (struct literal){ element_text(element).text, element_place_of_text(element) };
}

static void none_of(const struct reading *reading, const struct element *element, const char *child)
{
	diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), element->rule->name, child, NULL);
}

static bool read_month(const struct reading *reading, struct literal literal, int32_t *out)
{
	if (month_parse(literal.text, strlen(literal.text), out))
		return true;
	diag_add(reading->diag, MSG_ATTRIBUTE_MONTH, literal.place, "from", literal.text, NULL);
	return false;
}

static void add_dated(const struct reading *reading, struct parameter *parameter, struct dated dated, struct place from_place)
{
	struct dated *last = parameter->value_count ? &parameter->values[parameter->value_count - 1] : NULL;
	char month[8];

	if (last && last->from >= dated.from)
		diag_add(reading->diag, MSG_BOUND_ORDER, from_place, arena_printf(reading->arena, "from %s", month_format(dated.from, month)),
			arena_strdup(reading->arena, month_format(last->from, month)), NULL);
	else if (!parameter->values)
		bug("no room was made for the values of '%s'", parameter->name);
	else
		parameter->values[parameter->value_count++] = dated;
}

static void read_dated_file(struct reading *reading, const struct element *element, struct parameter *parameter)
{
	static const char *const names[] = { "from", value_header };
	struct numbers_file file;
	int from, value;

	if (!numbers_open(&file, reading, element) || !numbers_check_columns(&file, names, 2, 2))
		return;
	from = numbers_column(&file, "from");
	value = numbers_column(&file, value_header);
	parameter->values = arena_array(reading->arena, file.sheet->row_count + 1, sizeof(*parameter->values));
	for (size_t row = 0; row < file.sheet->row_count; row++) {
		struct dated dated = { .place = numbers_place(&file, row, value) };

		if (!numbers_is_blank(&file, row) && read_month(reading, numbers_field(&file, row, from), &dated.from) &&
		    reading_value(reading, parameter->type, numbers_field(&file, row, value), &dated.value))
			add_dated(reading, parameter, dated, numbers_place(&file, row, from));
	}
	if (!file.sheet->row_count)
		none_of(reading, element, "value");
}

static void read_dated(struct reading *reading, const struct element *element, struct parameter *parameter)
{
	parameter->values = arena_array(reading->arena, element->count + 1, sizeof(*parameter->values));
	for (size_t i = 0; i < element->count; i++) {
		const struct element *child = element->children[i];
		struct dated dated = { .place = element_place(child) };
		const char *from = element_get(child, "from");
		struct literal literal = literal_of(child);
		bool good = *literal.text && reading_value(reading, parameter->type, literal, &dated.value);

		/* A month that is none is told by the grammar. */
		if (from && month_parse(from, strlen(from), &dated.from) && good)
			add_dated(reading, parameter, dated, element_place_of(child, "from"));
	}
	if (!element->count)
		none_of(reading, element, "value");
}

void read_parameter(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct parameter *parameter = arena_alloc(reading->arena, sizeof(*parameter));

	policy->parameters = element_push(reading->arena, policy->parameters, &policy->parameter_count, &reading->parameter_room,
		sizeof(struct parameter *));
	policy->parameters[policy->parameter_count - 1] = parameter;
	parameter->name = element_name(element, "name", reading->pool);
	if (!parameter->name)
		parameter->name = "";
	parameter->type = reading_type(element, VALUE_NUMBER);
	parameter->place = element_place(element);
	parameter->article = reading->article == policy->body ? NULL : reading->article;
	if (element_get(element, "file"))
		read_dated_file(reading, element, parameter);
	else
		read_dated(reading, element, parameter);
	reading_block(reading, BLOCK_PARAMETER, parameter);
}

static void star_to_null(const char **keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(keys[i], "*"))
			keys[i] = NULL;
}

static void read_rates_file(struct reading *reading, const struct element *element, struct rates *rates)
{
	const char **names = arena_array(reading->arena, rates->key_count + 1, sizeof(*names));
	struct numbers_file file;

	for (size_t k = 0; k < rates->key_count; k++)
		names[k] = rates->keys[k];
	names[rates->key_count] = value_header;
	if (!numbers_open(&file, reading, element) || !numbers_check_columns(&file, names, rates->key_count + 1, rates->key_count + 1))
		return;
	rates->rows = arena_array(reading->arena, file.sheet->row_count + 1, sizeof(*rates->rows));
	for (size_t row = 0; row < file.sheet->row_count; row++) {
		struct rate *rate = &rates->rows[rates->row_count];

		if (numbers_is_blank(&file, row))
			continue;
		rate->keys = arena_array(reading->arena, rates->key_count + 1, sizeof(*rate->keys));
		for (size_t k = 0; k < rates->key_count; k++) {
			const char *key = numbers_field(&file, row, numbers_column(&file, names[k])).text;

			rate->keys[k] = text_intern(reading->pool, key, strlen(key));
		}
		star_to_null(rate->keys, rates->key_count);
		rate->place = numbers_place(&file, row, 0);
		rates->row_count += reading_value(reading, rates->type, numbers_field(&file, row, numbers_column(&file, value_header)),
			&rate->value);
	}
	if (!file.sheet->row_count)
		none_of(reading, element, "rate");
}

static const char *join_keys(const struct reading *reading, const struct rates *rates)
{
	const char *all = "";

	for (size_t i = 0; i < rates->key_count; i++)
		all = arena_printf(reading->arena, "%s%s%s", all, i ? ", " : "", rates->keys[i]);
	return all;
}

static void read_rate(struct reading *reading, const struct element *element, struct rates *rates)
{
	struct rate *rate = &rates->rows[rates->row_count];
	const char *keys = element_get(element, "for");
	struct literal literal = literal_of(element);
	size_t count = rates->key_count;

	rate->place = element_place(element);
	if (keys && *keys) {
		rate->keys = reading_list(reading, keys, ',', &count);
		star_to_null(rate->keys, count);
		if (count != rates->key_count)
			diag_add(reading->diag, MSG_KEY_COUNT, element_place_of(element, "for"), reading_number(reading, (long)count),
				reading_number(reading, (long)rates->key_count), join_keys(reading, rates), NULL);
	}
	if (*literal.text && reading_value(reading, rates->type, literal, &rate->value) && rate->keys && count == rates->key_count)
		rates->row_count++;
}

static void read_rate_elements(struct reading *reading, const struct element *element, struct rates *rates)
{
	const struct element *otherwise = NULL;

	rates->rows = arena_array(reading->arena, element->count + 1, sizeof(*rates->rows));
	for (size_t i = 0; i < element->count; i++) {
		const struct element *child = element->children[i];

		if (element_is(child, "rate")) {
			read_rate(reading, child, rates);
			continue;
		}
		if (otherwise)
			reading_doubled(reading, element_place(child), "otherwise", rates->name, element_place(otherwise));
		otherwise = child;
		if (*element_text(child).text)
			rates->has_otherwise = reading_value(reading, rates->type, literal_of(child), &rates->otherwise);
	}
	if (!element_count(element, "rate") && !otherwise)
		none_of(reading, element, "rate");
}

void read_rates(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct rates *rates = arena_alloc(reading->arena, sizeof(*rates));
	const char *keys = element_get(element, "keys");

	policy->rates = element_push(reading->arena, policy->rates, &policy->rates_count, &reading->rates_room,
		sizeof(struct rates *));
	policy->rates[policy->rates_count - 1] = rates;
	rates->name = element_name(element, "name", reading->pool);
	if (!rates->name)
		rates->name = "";
	rates->type = reading_type(element, VALUE_PERCENT);
	rates->place = element_place(element);
	rates->article = reading->article == policy->body ? NULL : reading->article;
	rates->otherwise = value_missing(rates->type);
	rates->keys = reading_list(reading, keys ? keys : "", ',', &rates->key_count);
	if (rates->key_count > 16) {
		diag_add(reading->diag, MSG_ATTRIBUTE_INTEGER, element_place_of(element, "keys"), "keys",
			reading_number(reading, (long)rates->key_count), "1", "16", NULL);
		rates->key_count = 16;
	}
	if (element_get(element, "file"))
		read_rates_file(reading, element, rates);
	else if (keys && *keys)
		read_rate_elements(reading, element, rates);
	reading_block(reading, BLOCK_RATES, rates);
}

/* Keeps a tier that ascends. `at` is where its bound stands. */
static void add_tier(const struct reading *reading, struct tiers *tiers, const char *bound, struct place at)
{
	struct tier *tier = &tiers->rows[tiers->row_count];
	char last[DECIMAL_TEXT];

	if (tiers->row_count && decimal_compare(tier[-1].bound, tier->bound) >= 0)
		diag_add(reading->diag, MSG_BOUND_ORDER, at, bound, decimal_format(tier[-1].bound, last), NULL);
	else
		tiers->row_count++;
}

static void read_tier_elements(struct reading *reading, const struct element *element, struct tiers *tiers)
{
	tiers->rows = arena_array(reading->arena, element->count + 1, sizeof(*tiers->rows));
	for (size_t i = 0; i < element->count; i++) {
		const struct element *child = element->children[i];
		struct tier *tier = &tiers->rows[tiers->row_count];
		const char *from = element_get(child, "from"), *over = element_get(child, "over"), *name = over ? "over" : "from";
		struct literal entry = literal_of(child), bound = { over ? over : from, element_place_of(child, name) };

		tier->place = element_place(child);
		tier->over = over;
		if (!from == !over)
			diag_add(reading->diag, MSG_TIER_BOUND, element_place(child), NULL);
		else if (*bound.text && reading_bound(reading, bound, &tier->bound) && *entry.text &&
			 reading_value(reading, tiers->type, entry, &tier->entry))
			add_tier(reading, tiers, bound.text, bound.place);
	}
	if (!element->count)
		none_of(reading, element, "tier");
}

static void read_tiers_file(struct reading *reading, const struct element *element, struct tiers *tiers)
{
	static const char *const names[] = { value_header, "from", "over" };
	struct numbers_file file;
	int from, over, value;

	if (!numbers_open(&file, reading, element) || !numbers_check_columns(&file, names, 3, 1))
		return;
	from = numbers_column(&file, "from");
	over = numbers_column(&file, "over");
	value = numbers_column(&file, value_header);
	if (from < 0 && over < 0) {
		diag_add(reading->diag, MSG_NUMBERS_COLUMN, (struct place){ .file = file.sheet->path, .line = 1 }, "from", "from, over, 值", NULL);
		return;
	}
	tiers->rows = arena_array(reading->arena, file.sheet->row_count + 1, sizeof(*tiers->rows));
	for (size_t row = 0; row < file.sheet->row_count; row++) {
		struct tier *tier = &tiers->rows[tiers->row_count];
		struct literal least = numbers_field(&file, row, from), above = numbers_field(&file, row, over);
		struct literal bound = *above.text ? above : least;

		if (numbers_is_blank(&file, row))
			continue;
		tier->place = numbers_place(&file, row, value);
		tier->over = *above.text;
		if (!*least.text == !*above.text)
			diag_add(reading->diag, MSG_TIER_BOUND, tier->place, NULL);
		else if (reading_bound(reading, bound, &tier->bound) &&
			 reading_value(reading, tiers->type, numbers_field(&file, row, value), &tier->entry))
			add_tier(reading, tiers, bound.text, bound.place);
	}
	if (!file.sheet->row_count)
		none_of(reading, element, "tier");
}

static void check_mode(const struct reading *reading, const struct element *element, const struct tiers *tiers)
{
	if (tiers->mode != TIERS_VALUE && tiers->type != VALUE_NONE && !value_type_is_numeric(tiers->type))
		diag_add(reading->diag, MSG_ENTRY_TYPE, element_place_of(element, "type"), element_get(element, "mode"),
			value_type_name(tiers->type), NULL);
	if (tiers->mode != TIERS_MARGINAL && tiers->mode != TIERS_WHOLE && element_get(element, "negative"))
		diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element, "negative"), "negative",
			"mode=\"marginal|whole\"", NULL);
	for (size_t i = 0; tiers->mode == TIERS_LINEAR && i < element->count; i++)
		if (element_get(element->children[i], "over"))
			diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element->children[i], "over"), "over",
				"mode=\"marginal|whole|value\"", NULL);
}

void read_tiers(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct tiers *tiers = arena_alloc(reading->arena, sizeof(*tiers));

	policy->tiers = element_push(reading->arena, policy->tiers, &policy->tiers_count, &reading->tiers_room,
		sizeof(struct tiers *));
	policy->tiers[policy->tiers_count - 1] = tiers;
	tiers->name = element_name(element, "name", reading->pool);
	if (!tiers->name)
		tiers->name = "";
	tiers->type = reading_type(element, VALUE_PERCENT);
	tiers->mode = (enum tiers_mode)element_one_of(element, "mode", TIERS_VALUE);
	tiers->negative = (enum tiers_negative)element_one_of(element, "negative", NEGATIVE_ERROR);
	tiers->place = element_place(element);
	tiers->article = reading->article == policy->body ? NULL : reading->article;
	if (element_one_of(element, "mode", -1) >= 0)
		check_mode(reading, element, tiers);
	if (element_get(element, "file"))
		read_tiers_file(reading, element, tiers);
	else
		read_tier_elements(reading, element, tiers);
	reading_block(reading, BLOCK_TIERS, tiers);
}
