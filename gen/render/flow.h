#ifndef SALESPAY_RENDER_FLOW_H
#define SALESPAY_RENDER_FLOW_H

#include "render/canvas.h"
#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * Text and tables flowing down A4 pages. `y` is where the next thing begins;
 * what does not fit goes to a new page, whose head and foot are drawn by the
 * owner's functions.
 */
#define PAGE_WIDTH_PT 595.28
#define PAGE_HEIGHT_PT 841.89
#define PAGE_MARGIN_PT 51.02 /* 18 mm */

struct flow {
	struct canvas *canvas;
	const struct fonts *fonts;
	struct arena *arena; /* scratch of this drawing */
	const char *language;
	double left, right, bottom, y;
	double height_pt, margin_pt;	 /* of the page; 0: A4 and its margin */
	int page;			 /* 1 for the first */
	void (*head)(struct flow *flow); /* sets y behind what it draws; from page 2 on */
	void (*foot)(struct flow *flow);
	void *owner;
};

void flow_begin(struct flow *flow); /* the first page, y at its top margin */
void flow_end(struct flow *flow);   /* the last page */
void flow_break(struct flow *flow); /* the next page */
/* Is there room on this page? If not and there could be on a fresh one, goes there. */
void flow_need(struct flow *flow, double height_pt);
bool flow_has(const struct flow *flow, double height_pt);

/* A wrapped paragraph over [left, right), as the given tag; y behind it. */
struct paragraph {
	const char *tag; /* "P", "H1", … */
	double left, right, leading_pt;
	struct lettering letters; /* anchored at the start */
};
void flow_paragraph(struct flow *flow, const struct paragraph *paragraph, const char *text);

/*
 * A table over the full width. Cells wrap; a row never parts. On a new page
 * title and heads are repeated. A rule stands under the heads, above totals
 * and, faint, below every fifth row.
 */
enum sheet_kind { SHEET_ROW, SHEET_TOTAL };
struct sheet_column {
	double width_pt;
	enum anchor anchor;
	bool quiet;	  /* small and muted */
	const char *head; /* NULL: none */
	size_t max_lines; /* then the middle is left out; 0: as many as it takes */
};
struct sheet {
	struct flow *flow;
	const struct sheet_column *columns;
	size_t count;
	const char *title; /* in the place of the first column's head; NULL: that head */
	bool dense;	   /* rows closer together, letters as large */
	size_t rows;
	bool open;
};
#define SHEET_COLUMNS 16
void sheet_begin(struct sheet *sheet); /* flow, columns, count, title are set by the caller */
/* As many cells as columns; NULL is empty. keep: room that must be left on the page behind the row. */
void sheet_row(struct sheet *sheet, enum sheet_kind kind, const char *const *cells, double keep_pt);
void sheet_end(struct sheet *sheet);

/*
 * Widths for columns whose content is given: as wide as it needs; if that is
 * more than `width_pt`, the widest columns of text give way (they wrap), never
 * those of numbers. rows x count texts.
 */
void sheet_fit(struct flow *flow, struct sheet_column *columns, size_t count, const char *const *cells,
	size_t rows, double width_pt);

#endif
