#include "base/arena.h"
#include "policy/lint.h"

/* Does anything of this kind stand in the article or in those nested in it? */
static bool holds(const struct article *article, bool (*sought)(const struct block *block))
{
	for (size_t i = 0; i < article->block_count; i++) {
		const struct block *block = &article->blocks[i];

		if (sought(block) || (block->kind == BLOCK_ARTICLE && holds(block->object, sought)))
			return true;
	}
	return false;
}

static bool is_example(const struct block *block)
{
	return block->kind == BLOCK_EXAMPLE;
}

static bool is_computed(const struct block *block)
{
	const struct item *item = block->object;

	return block->kind == BLOCK_ITEM && item->kind != ITEM_TOTAL && item->kind != ITEM_CHECK;
}

static bool own_block_is_computed(const struct article *article)
{
	for (size_t i = 0; i < article->block_count; i++)
		if (is_computed(&article->blocks[i]))
			return true;
	return false;
}

/* An example inside the article, or inside the one around it, is beside the rule. */
static void note_articles(struct lint *lint, const struct article *article, bool around)
{
	bool inside = holds(article, is_example);

	if (*article->number && own_block_is_computed(article)) {
		struct lint_thing thing = { LINT_ARTICLE, MSG_LINT_NO_EXAMPLE, article->place, 0, article->number, article->title };

		lint_note(lint, &thing, inside || around);
	}
	for (size_t i = 0; i < article->block_count; i++) {
		const struct article *nested = article->blocks[i].object;
		bool own = false;

		if (article->blocks[i].kind != BLOCK_ARTICLE)
			continue;
		for (size_t k = 0; *article->number && k < article->block_count; k++)
			own = own || is_example(&article->blocks[k]);
		note_articles(lint, nested, own);
	}
}

void lint_articles(struct lint *lint, const struct policy *policy, struct diag *diag)
{
	note_articles(lint, policy->body, false);
	for (size_t i = 0; i < policy->replacement_count; i++) {
		const struct replacement *r = &policy->replacements[i];

		diag_add(diag, MSG_LINT_REPLACED, r->place, r->name,
			arena_printf(policy->arena, "%s:%ld", r->replaced.file ? r->replaced.file : "", r->replaced.line),
			r->reason ? r->reason : "", NULL);
	}
}
