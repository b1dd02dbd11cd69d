#ifndef SALESPAY_POLICY_FORMULA_CHECK_H
#define SALESPAY_POLICY_FORMULA_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/formula_syntax.h"

/*
 * From what is written to what is meant: names are looked up and types are
 * checked in one walk. A part with a mistake is NULL, said once, and what
 * stands around it says no more; its neighbours are still checked.
 */
struct checker {
	const struct formula_scope *scope;
	struct formula_source source;
	const struct table_spec *rows[FORMULA_LEVELS_MAX]; /* tables whose rows are in scope, outermost first */
	int level_count, deepest;
	const char *limit; /* the history, group or share function around, as written; NULL if none */
	bool self_allowed; /* inside a function that only looks at months before */
};

/* One function: its arguments by letter, and its type. */
struct function_row {
	struct function_entry entry;
	/*
	 * n number  x money or number  o money, number or date  d date  t text  c yes or no  a any
	 * u of one type with its neighbours  v u that has an order  L a line's name
	 * capitals X A C: limited to what the books keep (history, groups, share)
	 * behind ? optional; + any number of the last
	 */
	const char *args;
	/* n number, d date, t text, y yesno; = the type of the expression; u the common type; L the line's */
	char result;
	const char *usage, *chinese_usage; /* the arguments in words, for messages */
};
const struct function_row *function_row(enum function function);
/* By English or Chinese name; over rows: min and max of rows instead of the scalar ones. NULL if none. */
const struct function_row *function_find(const char *name, bool over_rows);
/* How it is written, under the name and in the language that the formula has. */
const char *function_usage(const struct checker *checker, const struct function_row *row, const char *written);
const char *function_nearest(const char *name);

struct node *check_syntax(struct checker *checker, const struct syntax *syntax);
struct node *check_path(struct checker *checker, const struct syntax *path);
struct node *check_call(struct checker *checker, const struct syntax *call);
struct node *check_operator(struct checker *checker, const struct syntax *syntax);
struct node *check_rows(struct checker *checker, const struct syntax *call, const struct function_row *row);
/* Yes or no (or none); NULL and the message otherwise. `of` is the word that wants it. */
struct node *check_condition(struct checker *checker, const struct syntax *syntax, const char *of);

struct node *node_new(struct checker *checker, enum node_kind kind, enum value_type type, const struct syntax *syntax);
void node_adopt(struct checker *checker, struct node *parent, struct node *child);
struct node *node_literal_text(struct checker *checker, const struct node *like, struct value value);

/* The type of two things side by side (if, default, min, comparison); false if they do not go together. */
struct common {
	enum value_type type;
	bool bare;
};
bool types_join(struct common *so_far, const struct node *next);
/* Arguments by the letters of struct function_row. */
char argument_letter(const char *letters, size_t i); /* 0 if there may be no argument i */
bool argument_count_fits(const char *letters, size_t count);
bool argument_count_error(struct checker *checker, const struct syntax *call, const char *usage); /* always false */
bool argument_without_where(struct checker *checker, const struct syntax *arg); /* false and the message if it has one */
struct node *argument_check(struct checker *checker, const struct syntax *arg, char letter, const char *function);
struct common argument_common(const struct node *node, char letter); /* where only numbers make sense, none is a missing number */
const struct table_spec *argument_table(const struct checker *checker, const struct syntax *arg); /* NULL if it names none */
struct node *call_node(struct checker *checker, const struct syntax *call, enum function function);
void call_set_type(struct node *node, char result, struct common expression);

/* Whether a value of that type may stand where `wanted` is declared. */
bool type_fits(const struct node *node, enum value_type wanted);
/* A text literal beside a grade becomes that grade; false and a message if there is no such grade. */
bool grade_literal(struct checker *checker, const struct node *other, struct node **literal);
/* A text literal beside a choice column must be one of its choices; false and a message if not. */
bool choice_literal(struct checker *checker, const struct node *other, const struct node *literal);

struct place check_place(const struct checker *checker, uint32_t start, uint32_t end);
const char *check_written(const struct checker *checker, const struct syntax *syntax);
const char *check_type(const struct node *node); /* "money" … */
#define CHECK_ERROR(checker, id, syntax, ...) \
	diag_add((checker)->source.diag, MSG_##id, check_place(checker, (syntax)->start, (syntax)->end), __VA_ARGS__, NULL)

/*
 * "职级属于" is one name; "职级 属于" was meant. The run taken apart into names
 * of the policy, keywords and numbers with spaces between; NULL if that cannot
 * be done with a keyword among the parts.
 */
const char *glued_apart(const struct checker *checker, const char *run, bool call);

#endif
