#ifndef SALESPAY_RENDER_MARKS_H
#define SALESPAY_RENDER_MARKS_H

#include "render/canvas.h"

#define MARK_ONWARDS_PT 7.0

/* Marks that several charts draw, made of the canvas's paths. */

/* A box with an edge and lines rising at 45 degrees in it, cut at its sides: what is missing, taken off or
 * lost. */
void mark_hatch(struct canvas *canvas, struct box box, enum ink ink);
/* A filled dot, or an open one with a pen. */
void mark_dot(struct canvas *canvas, struct point at, double radius_pt, enum ink fill, struct pen pen);
/* An open diamond: a date on a bar. */
void mark_diamond(struct canvas *canvas, struct point middle);
/* A point to the right, behind a bar that goes on. */
void mark_onwards(struct canvas *canvas, struct point from, enum ink ink);
/* The head of an arrow that comes from `from`: its tip is at `to`. */
void mark_arrow(struct canvas *canvas, struct point from, struct point to, enum ink ink);

#endif
