#ifndef SALESPAY_RENDER_FONT_FIND_H
#define SALESPAY_RENDER_FONT_FIND_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct diag;

/*
 * The only door to fontconfig: where installed faces are. Names of files are
 * strings of the arena.
 */
struct font_file {
	const char *path;
	unsigned index; /* of the face in a collection */
	const char *family;
};

/* Noto Sans CJK SC in this weight; false with an error (system) in diag if it is not installed. */
bool font_find(bool bold, struct arena *arena, struct font_file *out, struct diag *diag);
/* Any installed outline face that has the character. */
bool font_find_character(uint32_t character, struct arena *arena, struct font_file *out);

#endif
