#include "policy/formula_check.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/names.h"

#define RUN_BYTES_MAX 150

static bool is_number(const char *part)
{
	for (; *part; part++)
		if (*part < '0' || *part > '9')
			return false;
	return true;
}

static bool known(const struct checker *checker, const char *part)
{
	return is_number(part) || names_find(checker->scope->policy->names, part).kind != SYMBOL_NONE;
}

/* Parts from byte `at` on, the fewest that reach the end; cost[] and next[] by byte, filled from the end. */
struct apart {
	size_t next[RUN_BYTES_MAX + 1];
	size_t cost[RUN_BYTES_MAX + 1]; /* SIZE_MAX: no way to the end */
	bool keyword[RUN_BYTES_MAX + 1];
};

static void try_part(const struct checker *checker, struct apart *apart, const char *run, size_t at, size_t end,
	size_t length, bool call)
{
	char part[RUN_BYTES_MAX + 1];
	bool keyword, good;

	if (apart->cost[end] == SIZE_MAX || apart->cost[end] + 1 >= apart->cost[at])
		return;
	memcpy(part, run + at, end - at);
	part[end - at] = '\0';
	keyword = formula_keyword(part) != TOKEN_NAME;
	good = keyword || known(checker, part) || (call && end == length && function_find(part, false));
	if (!good)
		return;
	apart->cost[at] = apart->cost[end] + 1;
	apart->next[at] = end;
	apart->keyword[at] = keyword;
}

static bool is_boundary(char byte)
{
	return ((unsigned char)byte & 0xC0) != 0x80;
}

const char *glued_apart(const struct checker *checker, const char *run, bool call)
{
	struct text_buffer text = TEXT_BUFFER_INIT;
	size_t length = strlen(run);
	struct apart apart = { 0 };
	bool keyword = false;
	char *out;

	if (length > RUN_BYTES_MAX)
		return NULL;
	apart.cost[length] = 0;
	for (size_t at = length; at-- > 0; ) {
		apart.cost[at] = SIZE_MAX;
		for (size_t end = length; is_boundary(run[at]) && end > at; end--)
			if (is_boundary(run[end]))
				try_part(checker, &apart, run, at, end, length, call);
	}
	for (size_t at = 0; apart.cost[0] != SIZE_MAX && at < length; at = apart.next[at]) {
		text_buffer_puts(&text, at ? " " : "");
		text_buffer_add(&text, run + at, apart.next[at] - at);
		keyword = keyword || apart.keyword[at];
	}
	out = keyword && apart.cost[0] > 1 ? text_buffer_take(&text, checker->source.arena) : NULL;
	text_buffer_release(&text);
	return out;
}
