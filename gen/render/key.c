#include "render/key.h"
#include "render/typeset.h"
#include <string.h>

static void key_sample(struct canvas *canvas, const struct key_entry *entry, double x, double y)
{
	const struct pen edge = {INK_BAR_EDGE, 0.5, 0};
	struct pen line = {entry->ink, 1, entry->mark == KEY_DASHES ? 2 : 0};

	if (entry->mark == KEY_FILL || entry->mark == KEY_OUTLINE)
		canvas_rect(canvas, (struct box){x, y - 7, 14, 7},
			entry->mark == KEY_FILL ? entry->ink : INK_PAPER,
			entry->mark == KEY_FILL ? PEN_NONE : edge);
	else if (entry->mark != KEY_NONE)
		canvas_line(canvas, (struct point){x + 7, y - 9}, (struct point){x + 7, y + 1}, line);
}

void key_draw(struct flow *flow, const struct key_entry *entries, size_t count)
{
	const struct lettering letters = {8, false, INK_TEXT, ANCHOR_START};
	double x = flow->left;

	if (!count)
		return;
	flow->y += 13;
	canvas_tag_begin(flow->canvas, "P", NULL);
	for (size_t i = 0; i < count; i++) {
		double sample = entries[i].mark == KEY_NONE ? 0 : 18;
		double width = sample +
			       text_width_pt(flow->fonts, &letters, entries[i].text, strlen(entries[i].text));

		if (x > flow->left && x + width > flow->right) {
			x = flow->left;
			flow->y += 13;
		}
		key_sample(flow->canvas, &entries[i], x, flow->y);
		canvas_puts(flow->canvas, x + sample, flow->y, &letters, entries[i].text);
		x += width + 16;
	}
	canvas_tag_end(flow->canvas);
	flow->y += 6;
}
