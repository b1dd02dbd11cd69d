#ifndef SALESPAY_RENDER_CANVAS_DEVICE_H
#define SALESPAY_RENDER_CANVAS_DEVICE_H

#include "render/canvas.h"

/* What a device implements; for canvas.c and canvas_*.c alone. The device's struct begins with its canvas. */
struct canvas_device {
	void (*page_begin)(struct canvas *canvas, double width_pt, double height_pt);
	void (*page_end)(struct canvas *canvas);
	void (*text)(struct canvas *canvas, struct point at, const struct lettering *letters,
		const char *utf8, size_t length);
	void (*path)(struct canvas *canvas, const struct point *points, size_t count, enum ink fill,
		struct pen pen);
	void (*rect)(struct canvas *canvas, struct box box, enum ink fill, struct pen pen);
	void (*tag_begin)(struct canvas *canvas, const char *tag, const char *alt);
	void (*tag_end)(struct canvas *canvas, const char *tag);
	void (*link_begin)(struct canvas *canvas, const char *address);
	void (*link_end)(struct canvas *canvas);
	void (*place)(struct canvas *canvas, const char *name);
	void (*bookmark)(struct canvas *canvas, const char *title, int level);
	void (*finish)(struct canvas *canvas); /* and frees */
};

#define CANVAS_TAG_DEPTH 16

struct canvas {
	const struct canvas_device *device;
	const struct fonts *fonts;
	struct canvas_about about;
	struct file_writer *out;
	const char *tags[CANVAS_TAG_DEPTH]; /* open ones */
	int depth;
};

#endif
