#ifndef SALESPAY_MODEL_EXPLAIN_PARTS_H
#define SALESPAY_MODEL_EXPLAIN_PARTS_H

#include "base/diag.h"
#include "facts/history.h"
#include "model/build.h"
#include "model/explain.h"
#include "model/how.h"

/*
 * Inside of explain_*.c. A view is a trace put into words: a name, its value,
 * where it comes from, further lines, and views below it.
 */
struct view {
	const char *name, *value, *note; /* "" where there is nothing to say */
	const char **lines;
	size_t line_count;
	struct view *first, *last, *next;
};
struct viewing {
	const struct explain *explain;
	struct arena *arena;
	struct model model; /* for say(): the language alone */
	struct pen pen;
	bool *shown; /* items of the trace */
	int depth;
};
void viewing_start(struct viewing *viewing, const struct explain *explain);

/* explain_view.c */
struct view *view_add(struct viewing *viewing, struct view *parent, const char *name, const char *value, const char *note);
void view_line(struct viewing *viewing, struct view *view, const char *line);
/* An item with all below it; when it was shown already, only its value. */
struct view *view_item(struct viewing *viewing, struct view *parent, size_t item);
struct view *view_movement(struct viewing *viewing, struct view *parent, const struct trace_movement *movement);
/* The names that a part of a formula was evaluated from. */
void view_operands(struct viewing *viewing, struct view *parent, const struct trace_node *node);

/* explain_list.c: what looked at many: rows, months, people, a line's earlier values. */
void view_list(struct viewing *viewing, struct view *parent, const struct trace_node *node);
void view_parts(struct viewing *viewing, struct view *parent, const struct trace_item *item);

/* explain_why.c */
const char *why_missing(struct viewing *viewing, const struct trace_item *item);

/* explain_movement.c */
const char *section_word(struct pen *pen, enum section section);
const char *check_sentence(struct viewing *viewing, const struct trace_item *item);
const char *movement_sentence(struct viewing *viewing, const struct trace_movement *movement);
void view_row(struct viewing *viewing, struct view *parent, size_t item); /* a line's, without what is below */
const char *view_shortened(struct viewing *viewing, const char *text, size_t most); /* to columns of a terminal */

/* explain_source.c: texts of places. */
const char *shown_path(const struct explain *explain, const char *path, struct arena *arena);
const char *shown_place(struct viewing *viewing, struct place place); /* "input/2026-10/考勤.csv:14:5" */
const char *shown_cell(struct viewing *viewing, const struct table *table, size_t row, const struct column *column); /* with its text */
const char *shown_article(struct viewing *viewing, const struct article *article, struct place place);
/* The cell as the file has it; "" if there is none. */
const char *cell_text(const struct place *place, struct arena *arena);
struct place ledger_place(const struct explain *explain, size_t person, size_t column);

#endif
