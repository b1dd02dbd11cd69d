#include "render/scale.h"
#include "render/field.h"

struct scale scale_read(const xmlNode *node, double start_pt, double end_pt)
{
	struct scale scale = { 0, 1, start_pt, end_pt };

	field_number(node, "from", &scale.low);
	field_number(node, "to", &scale.high);
	if (scale.high <= scale.low)
		scale.high = scale.low + 1;
	return scale;
}

double scale_at(const struct scale *scale, double value)
{
	double part = (value - scale->low) / (scale->high - scale->low);

	if (part < 0)
		part = 0;
	if (part > 1)
		part = 1;
	return scale->start_pt + part * (scale->end_pt - scale->start_pt);
}

bool scale_place(const struct scale *scale, const xmlNode *node, double *out)
{
	double value;

	if (!field_number(node, "value", &value))
		return false;
	*out = scale_at(scale, value);
	return true;
}
