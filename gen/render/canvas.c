#include "base/bug.h"
#include "render/canvas_device.h"
#include <math.h>
#include <string.h>

#define CHANNEL(hex, shift) ((double)((hex) >> (shift)&0xff) / 255)
#define INK(name, hex)                                                                                       \
	{                                                                                                    \
		name, "#" #hex, CHANNEL(0x##hex, 16), CHANNEL(0x##hex, 8), CHANNEL(0x##hex, 0)               \
	}

static const struct ink_entry inks[INK_COUNT] = {
	[INK_NONE] = { "none", "none", 0, 0, 0 },
	[INK_TEXT] = INK("text", 1A1A1A),
	[INK_MUTED] = INK("muted", 5A5A5A),
	[INK_GRID] = INK("grid", E4E4E4),
	[INK_RULE] = INK("rule", C4C4C4),
	[INK_AXIS] = INK("axis", 3D3D3D),
	[INK_BAR] = INK("bar", BFBFBF),
	[INK_BAR_EDGE] = INK("bar-edge", 767676),
	[INK_BAND] = INK("band", D2D2D2),
	[INK_FOCUS] = INK("focus", 12436D),
	[INK_SECOND] = INK("second", 28A197),
	[INK_THIRD] = INK("third", 801650),
	[INK_FOURTH] = INK("fourth", F46A25),
	[INK_SPREAD] = INK("spread", 2073BC),
	[INK_TINT] = INK("tint", F1F4F8),
	[INK_PAPER] = INK("paper", FFFFFF),
	[INK_ON_DARK] = INK("on-dark", FFFFFF),
	[INK_ON_FILL] = INK("on-fill", FFFFFF),
	[INK_ON_BRIGHT] = INK("on-bright", 1A1A1A),
	[INK_STEP_1] = INK("step-1", E6F0FA),
	[INK_STEP_2] = INK("step-2", B4D4F2),
	[INK_STEP_3] = INK("step-3", 6BACE6),
	[INK_STEP_4] = INK("step-4", 2073BC),
	[INK_STEP_5] = INK("step-5", 12436D),
};

const struct ink_entry *ink_entry(enum ink ink)
{
	return &inks[ink];
}

/* Relative luminance as WCAG 2 defines it. */
static double luminance(enum ink ink)
{
	const double channels[] = { inks[ink].red, inks[ink].green, inks[ink].blue },
		     weights[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	for (int i = 0; i < 3; i++)
		sum += weights[i] * (channels[i] <= 0.03928 ? channels[i] / 12.92
							    : pow((channels[i] + 0.055) / 1.055, 2.4));
	return sum;
}

enum ink ink_on(enum ink ground)
{
	bool white = (luminance(INK_ON_DARK) + 0.05) / (luminance(ground) + 0.05) >= 4.5;

	if (ground >= INK_STEP_1)
		return white ? INK_ON_DARK : INK_TEXT;
	return white ? INK_ON_FILL : ground == INK_BAR ? INK_TEXT : INK_ON_BRIGHT;
}

void canvas_finish(struct canvas *canvas)
{
	if (canvas->depth)
		bug("tag %s was not ended", canvas->tags[canvas->depth - 1]);
	canvas->device->finish(canvas);
}

void canvas_page_begin(struct canvas *canvas, double width_pt, double height_pt)
{
	canvas->device->page_begin(canvas, width_pt, height_pt);
}

void canvas_page_end(struct canvas *canvas)
{
	canvas->device->page_end(canvas);
}

void canvas_text(struct canvas *canvas, double x, double y, const struct lettering *letters, const char *utf8,
	size_t length)
{
	if (length)
		canvas->device->text(canvas, (struct point){ x, y }, letters, utf8, length);
}

void canvas_puts(struct canvas *canvas, double x, double y, const struct lettering *letters, const char *utf8)
{
	canvas_text(canvas, x, y, letters, utf8, strlen(utf8));
}

void canvas_line(struct canvas *canvas, struct point from, struct point to, struct pen pen)
{
	canvas->device->path(canvas, (struct point[]){ from, to }, 2, INK_NONE, pen);
}

void canvas_rect(struct canvas *canvas, struct box box, enum ink fill, struct pen pen)
{
	canvas->device->rect(canvas, box, fill, pen);
}

void canvas_path(
	struct canvas *canvas, const struct point *points, size_t count, enum ink fill, struct pen pen)
{
	canvas->device->path(canvas, points, count, fill, pen);
}

void canvas_tag_begin(struct canvas *canvas, const char *tag, const char *alt)
{
	if (canvas->depth == CANVAS_TAG_DEPTH)
		bug("tags nest deeper than %d", CANVAS_TAG_DEPTH);
	canvas->tags[canvas->depth++] = tag;
	canvas->device->tag_begin(canvas, tag, alt);
}

void canvas_tag_end(struct canvas *canvas)
{
	if (!canvas->depth)
		bug("a tag was ended that had not begun");
	canvas->device->tag_end(canvas, canvas->tags[--canvas->depth]);
}

void canvas_link_begin(struct canvas *canvas, const char *address)
{
	canvas->device->link_begin(canvas, address);
}

void canvas_link_end(struct canvas *canvas)
{
	canvas->device->link_end(canvas);
}

void canvas_place(struct canvas *canvas, const char *name)
{
	canvas->device->place(canvas, name);
}

void canvas_bookmark(struct canvas *canvas, const char *title, int level)
{
	canvas->device->bookmark(canvas, title, level);
}
