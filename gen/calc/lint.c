#include "calc/lint.h"

#include "base/arena.h"
#include "calc/lint_parts.h"

struct seeing {
	const struct lint_input *input;
	struct cover *cover;
};

static void see(struct calculation *run, const struct example *example, const bool *needed, void *context)
{
	struct seeing *seeing = context;

	cover_example(seeing->cover, run, seeing->input->policy, needed);
	jumps_example(seeing->input->jumps, run, seeing->input->policy, example, needed);
}

bool calc_lint(const struct lint_input *input)
{
	struct arena *arena = arena_new();
	struct seeing seeing = { input, cover_new(arena) };
	struct examples_input examples = { input->company, input->calendar, see, &seeing };
	bool hold = examples_run(input->policy, &examples, input->pool, input->diag);

	if (hold)
		cover_note(seeing.cover, input->lint, input->policy);
	arena_free(arena);
	return hold;
}
