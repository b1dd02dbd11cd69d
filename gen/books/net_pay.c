#include "books/net_pay.h"

#include "base/diag.h"

bool item_is_net_pay(const struct item *item)
{
	return item->kind == ITEM_FIGURE && item->section == SECTION_NET && item->type == VALUE_MONEY;
}

static const struct item *first_net(const struct policy *policy)
{
	for (size_t i = 0; i < policy->item_count; i++)
		if (item_is_net_pay(policy->items[i]))
			return policy->items[i];
	return NULL;
}

bool policy_has_net_pay(const struct policy *policy)
{
	return first_net(policy);
}

static struct decimal section_of(const struct results *results, size_t person, enum section section)
{
	const struct policy *policy = results->facts->people[person].policy;
	struct decimal sum = decimal_zero();

	for (size_t i = 0; policy && i < policy->item_count; i++) {
		const struct item *item = policy->items[i];
		const struct value *value;

		if (item->kind != ITEM_FIGURE || item->section != section || item->type != VALUE_MONEY)
			continue;
		value = results_value(results, person, item->column);
		if (!value->missing)
			sum = decimal_add(sum, value->number);
	}
	return sum;
}

struct decimal net_pay_of(const struct results *results, size_t person)
{
	return section_of(results, person, SECTION_NET);
}

struct decimal slip_pay_of(const struct results *results, size_t person)
{
	const struct policy *policy = results->facts->people[person].policy;

	if (!policy || !first_net(policy) || results->failed[person]) /* in error nothing adds up yet, and nothing is paid */
		return net_pay_of(results, person);
	return decimal_subtract(section_of(results, person, SECTION_EARNINGS), section_of(results, person, SECTION_DEDUCTIONS));
}

bool net_pay_adds_up(const struct results *results, struct diag *diag)
{
	for (size_t i = 0; i < results->facts->person_count; i++) {
		const struct person *person = &results->facts->people[i];
		struct decimal net = net_pay_of(results, i), slip = slip_pay_of(results, i);
		char is[DECIMAL_TEXT], should[DECIMAL_TEXT];
		const struct item *item;

		if (!decimal_compare(net, slip))
			continue;
		item = first_net(person->policy);
		diag_add(diag, MSG_NET_OPEN, item->place, results->facts->rulebook->columns[item->column].name, person->id,
			decimal_format(net, is), decimal_format(slip, should), NULL);
		return false;
	}
	return true;
}
