#include "pipeline_totals.h"

#include <string.h>

#include "render/field.h"

static struct decimal amount(const xmlNode *node)
{
	const char *text = field(node, "value");
	struct decimal value;

	return text && decimal_parse(text, strlen(text), &value) ? value : decimal_zero();
}

static void add_person(const xmlNode *person, struct control_documents *out)
{
	struct decimal net = amount(field_path(person, "pay/net/now"));

	out->slips = decimal_add(out->slips, net);
	if (field_is(person, "state", "held")) {
		out->held++;
		out->held_back = decimal_add(out->held_back, net);
	} else if (field(person, "slip")) { /* what is published of a person who is paid */
		out->paid++;
	}
}

static struct decimal payroll_net(const xmlNode *root)
{
	for (const xmlNode *section = field_path(root, "unit/payroll/section"); section; section = field_next(section))
		if (field_is(section, "kind", "net"))
			return amount(field_path(section, "total/now"));
	return decimal_zero();
}

void totals_read(const xmlNode *root, struct control_documents *out)
{
	*out = (struct control_documents){ .slips = decimal_zero(), .held_back = decimal_zero(), .units = payroll_net(root) };
	for (const xmlNode *person = field_path(root, "unit/people/person"); person; person = field_next(person))
		add_person(person, out);
}
