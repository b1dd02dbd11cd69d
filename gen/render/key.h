#ifndef SALESPAY_RENDER_KEY_H
#define SALESPAY_RENDER_KEY_H

#include "render/flow.h"

/* The key above a plot, one entry after the other, in as many lines as it takes. */
enum key_mark {
	KEY_FILL,
	KEY_OUTLINE,
	KEY_HATCH,
	KEY_LINE, /* upright, as a mark stands on a scale */
	KEY_DASHES,
	KEY_STROKE, /* level, as a line in the plot */
	KEY_CIRCLE, /* open */
	KEY_DOT,
	KEY_DIAMOND,
	KEY_ARROW, /* what goes on */
	KEY_NONE
};
struct key_entry {
	enum key_mark mark;
	enum ink ink;
	const char *text;
};
void key_draw(struct flow *flow, const struct key_entry *entries, size_t count);

#endif
