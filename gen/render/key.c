#include "render/key.h"
#include "render/marks.h"
#include "render/typeset.h"
#include <string.h>

static void key_sample(struct canvas *canvas, const struct key_entry *entry, double x, double y)
{
	const struct box box = {x, y - 7, 14, 7};
	const struct pen edge = {INK_BAR_EDGE, 0.5, 0};
	struct pen line = {entry->ink, 1, entry->mark == KEY_DASHES ? 2 : 0};

	switch (entry->mark) {
	case KEY_FILL:
		canvas_rect(canvas, box, entry->ink, entry->ink == INK_BAR || entry->ink >= INK_STEP_1 ? edge : PEN_NONE);
		break;
	case KEY_OUTLINE:
		canvas_rect(canvas, box, INK_PAPER, edge);
		break;
	case KEY_HATCH:
		mark_hatch(canvas, box, entry->ink);
		break;
	case KEY_LINE:
	case KEY_DASHES:
		canvas_line(canvas, (struct point){x + 7, y - 9}, (struct point){x + 7, y + 1}, line);
		break;
	case KEY_STROKE:
		canvas_line(canvas, (struct point){x, y - 3.2}, (struct point){x + 14, y - 3.2},
			(struct pen){entry->ink, 1.6, 0});
		break;
	case KEY_CIRCLE:
		mark_dot(
			canvas, (struct point){x + 7, y - 3.2}, 3, INK_PAPER, (struct pen){entry->ink, 1, 0});
		break;
	case KEY_DOT:
		mark_dot(canvas, (struct point){x + 7, y - 3.2}, 2.6, entry->ink, PEN_NONE);
		break;
	case KEY_DIAMOND:
		mark_diamond(canvas, (struct point){x + 7, y - 3.2});
		break;
	case KEY_ARROW:
		mark_onwards(canvas, (struct point){x + 4, y - 3.2}, entry->ink);
		break;
	case KEY_NONE:
		break;
	}
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
