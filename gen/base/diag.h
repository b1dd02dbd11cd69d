#ifndef SALESPAY_BASE_DIAG_H
#define SALESPAY_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct arena;
struct text_buffer;

/*
 * What is wrong, for the person who must mend it. Many are collected, sorted
 * by file and line, and printed at once (contract, section 8). The texts
 * stand in the catalogue (messages_*.def) in Chinese and English; code passes
 * only the message's id, the place and the arguments.
 */

enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };

/* Whose fault: decides the exit status (1 input or policy, 2 usage, 3 the world, 4 refused, with a difference to look at). */
enum diag_fault { FAULT_INPUT, FAULT_USAGE, FAULT_SYSTEM, FAULT_DIFFERENCE };

/*
 * Where. line and column count from 1, 0 if unknown. In policies column
 * counts characters of the physical line, in CSV files fields. text is the
 * physical line for the excerpt (NULL if none), mark_start and mark_end are
 * byte offsets in it of the part under the caret.
 * diag_add copies the strings.
 */
struct place {
	const char *file;
	long line;
	long column;
	const char *text;
	size_t mark_start;
	size_t mark_end;
	const char *note; /* behind the caret, e.g. "column 金额" (that word is put into the diag's language) or NULL */
};
#define PLACE_NONE ((struct place){ NULL, 0, 0, NULL, 0, 0, NULL })

enum message {
#define MESSAGE(id, code, level, fault, zh, en, help_zh, help_en) MSG_##id,
#include "base/messages.def"
#undef MESSAGE
	MSG_COUNT
};

/* One row of the catalogue, for `explain CODE` and the manual. */
struct message_entry {
	const char *name; /* "BAD_NUMBER" */
	const char *code; /* "E0203" */
	enum diag_level level;
	enum diag_fault fault;
	const char *zh, *en, *help_zh, *help_en; /* help may be NULL */
};
const struct message_entry *message_entry(enum message id);
/* A text of the catalogue apart from any case: with … where a message has its own words. In the arena. */
const char *message_in_general(const char *text, struct arena *arena);
/* The message of that code, in upper or lower case; false if there is none. */
bool message_find(const char *code, enum message *id);
/* The code nearest to that text for a "did you mean", or NULL. */
const char *message_nearest(const char *text);

struct diag;
struct diag *diag_new(struct arena *arena);
/* One in the same language, whose messages are to be quoted in a message of the other. */
struct diag *diag_new_beside(const struct diag *other, struct arena *arena);
void diag_free(struct diag *diag);

/*
 * Adds one message. The arguments are const char *, as many as the catalogue's
 * text has {0} {1} … (help shares them), then NULL. They are copied.
 */
void diag_add(struct diag *diag, enum message id, struct place at, ...)
	__attribute__((sentinel));
/* The same with a further help line before the catalogue's; NULL is none. */
void diag_add_help(struct diag *diag, enum message id, struct place at, const char *help, ...)
	__attribute__((sentinel));
/* The same with "did you mean 'nearest'?" in the diag's language; NULL (text_nearest found none) is none. */
void diag_add_nearest(struct diag *diag, enum message id, struct place at, const char *nearest, ...)
	__attribute__((sentinel));

/*
 * The same message with the same arguments at the same place counts once
 * (each worker may meet the same missing font). Of one code the first 2,000
 * are kept, the rest only counted: a broken file of ten million rows must not
 * fill the memory.
 */
size_t diag_errors(const struct diag *diag);
size_t diag_warnings(const struct diag *diag);
/* 0, or the exit status the errors ask for: the highest of 1, 2 and 3, else 4. */
int diag_status(const struct diag *diag);

/* Messages one by one in sorted order, for the data-quality page. NULL past the end. */
struct diag_item {
	const struct message_entry *entry;
	struct place place;
	const char *text; /* formatted in the diag's language */
	const char *help; /* or NULL; several lines are parted by \n */
};
const struct diag_item *diag_item(struct diag *diag, size_t index);

/*
 * Of which code and file how many more there were than are kept: the index-th of
 * such pairs, in the order met; false past the end. The file may be NULL.
 */
bool diag_not_kept(const struct diag *diag, size_t index, const struct message_entry **entry, const char **file, size_t *count);
/* Control and direction characters become U+FFFD (tabs and newlines a blank), broken bytes too. */
void diag_clean(struct text_buffer *buffer, const char *text, size_t length);

enum diag_format { DIAG_TEXT, DIAG_JSON };
struct diag_style {
	enum diag_format format;
	bool color;
	bool quiet; /* errors only */
	bool bare; /* without the summary */
};
/* "zh-CN" or "en"; any other is "en". Before the first diag_item or diag_print. */
void diag_set_language(struct diag *diag, const char *language);
bool diag_is_chinese(const struct diag *diag); /* for the words that go into arguments */
/*
 * Sorted by file, line and column; messages without a place last. As text:
 * after ten of one code a count, the summary last. As JSON: every kept message
 * is one object a line with code, level, message, file, line, column, end,
 * text, help; null where unknown; end is the character of text (from 1) just
 * behind the mark.
 */
void diag_print(struct diag *diag, FILE *out, const struct diag_style *style);

/* From a worker to its parent: everything in one block of bytes and back. */
char *diag_pack(struct diag *diag, size_t *size); /* malloced */
void diag_unpack(struct diag *diag, const char *data, size_t size);

#endif
