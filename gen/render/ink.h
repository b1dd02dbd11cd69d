#ifndef SALESPAY_RENDER_INK_H
#define SALESPAY_RENDER_INK_H

/*
 * The palette by role, not by colour: drawing code says what a mark is, the
 * table in canvas.c says how it looks. In SVG each role is also a class name,
 * so that a style sheet can give the dark theme its own colours.
 * Colours: palette of the UK Government Analysis Function; every mark has at
 * least 3:1 on white, every text at least 4.5:1.
 */
enum ink {
	INK_NONE,
	INK_TEXT,
	INK_MUTED, /* secondary words: labels, footnotes */
	INK_GRID,  /* lines behind the data */
	INK_RULE,  /* lines of tables */
	INK_AXIS,  /* base line, reference lines */
	INK_BAR,   /* data not spoken of */
	INK_BAR_EDGE,
	INK_BAND, /* between bar and grid: a ground under bars */
	INK_FOCUS, /* what the drawing speaks of */
	INK_SECOND,
	INK_THIRD,
	INK_FOURTH, /* the counterpart of focus: down, against */
	INK_SPREAD, /* bars of a distribution */
	INK_TINT,   /* a quiet background */
	INK_PAPER,
	INK_ON_DARK,   /* words on a dark shade of a heat map: white in every theme */
	INK_ON_FILL,   /* on a dark fill, which is light in the dark theme */
	INK_ON_BRIGHT, /* on a fill that is bright in every theme */
	INK_STEP_1,  /* shades of a heat map, light to dark */
	INK_STEP_2,
	INK_STEP_3,
	INK_STEP_4,
	INK_STEP_5,
	INK_COUNT
};

struct ink_entry {
	const char *name; /* the SVG class */
	const char *hex;  /* "#12436D" */
	double red, green, blue;
};
const struct ink_entry *ink_entry(enum ink ink);
/* For words on that ground: white as soon as that has the contrast of 4.5, else dark; a style sheet keeps them readable in the dark. */
enum ink ink_on(enum ink ground);

#endif
