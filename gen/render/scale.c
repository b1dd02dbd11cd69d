#include "render/scale.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static double nice_step(double span)
{
	static const double steps[] = { 1, 2, 2.5, 5, 10 };
	double rough = span / 6;
	double power = pow(10, floor(log10(rough)));
	size_t i = 0;

	while (i < 4 && steps[i] * power < rough * (1 - 1e-9))
		i++;
	return steps[i] * power;
}

struct scale scale_new(double low, double high, double start_pt, double end_pt)
{
	struct scale scale = { 0, 0, start_pt, end_pt, 1, 0 };

	if (!isfinite(low) || low > 0)
		low = 0;
	if (!isfinite(high) || high < 0)
		high = 0;
	if (high - low <= 0)
		high = 1;
	scale.step = nice_step(high - low);
	scale.low = floor(low / scale.step + 1e-9) * scale.step;
	scale.high = ceil(high / scale.step - 1e-9) * scale.step;
	scale.ticks = (size_t)llround((scale.high - scale.low) / scale.step) + 1;
	return scale;
}

double scale_at(const struct scale *scale, double value)
{
	double part = (value - scale->low) / (scale->high - scale->low);

	return scale->start_pt + part * (scale->end_pt - scale->start_pt);
}

double scale_tick(const struct scale *scale, size_t index)
{
	return scale->low + (double)index * scale->step;
}

/* Digits behind the point that tell neighbouring ticks apart. */
static int tick_places(double step)
{
	int places = 0;

	while (places < 9 && fabs(step - nearbyint(step)) > 1e-9 * step) {
		step *= 10;
		places++;
	}
	return places;
}

char *scale_label(const struct scale *scale, size_t index, char out[SCALE_LABEL])
{
	double value = scale_tick(scale, index);
	char digits[SCALE_LABEL];
	const char *point;
	size_t whole;
	char *at = out;

	snprintf(digits, sizeof digits, "%.*f", tick_places(scale->step), fabs(value));
	point = strchr(digits, '.');
	whole = point ? (size_t)(point - digits) : strlen(digits);
	if (value < -scale->step / 2)
		at = stpcpy(at, "\u2212");
	for (size_t i = 0; digits[i] && at < out + SCALE_LABEL - 2; i++) {
		if (i && i < whole && (whole - i) % 3 == 0)
			*at++ = ',';
		*at++ = digits[i];
	}
	*at = '\0';
	return out;
}
