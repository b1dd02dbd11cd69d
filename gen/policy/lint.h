#ifndef SALESPAY_POLICY_LINT_H
#define SALESPAY_POLICY_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/policy.h"

/*
 * What a policy says that is no error and yet worth a look: names nothing
 * uses, tiers and rates nothing reaches, articles without example, what the
 * examples leave untried. Policies that include the same document are linted
 * into one struct lint: a thing is told of, at its place, only if it is so in
 * all of them.
 */
enum lint_kind {
	LINT_USE, /* a declaration: is it used? */
	LINT_TIER, LINT_RATE, /* reached by an example? */
	LINT_BRANCH, /* a side of an if, or of a when: taken in an example? */
	LINT_ITEM, /* computed in an example? */
	LINT_ARTICLE, /* has an example? */
	LINT_KINDS
};
struct lint_count {
	size_t met, all;
};

struct lint;
struct lint *lint_new(struct arena *arena, struct diag *diag);
void lint_free(struct lint *lint); /* NULL is fine */

/*
 * The thing at the place (index tells several of one place apart) is met, or
 * not in this policy. Once all policies are through, what never was is told
 * as the message with the arguments (what may be NULL).
 */
struct lint_thing {
	enum lint_kind kind;
	enum message message;
	struct place place;
	size_t index;
	const char *name, *what;
};
void lint_note(struct lint *lint, const struct lint_thing *thing, bool met);
/* Tells what was never met, in order of its place, and counts by kind. */
void lint_report(struct lint *lint, struct lint_count counts[LINT_KINDS]);

/* lint_use.c: tables, columns, parameters, grade sets, rates, tiers, figures and lines that nothing reads. */
/* whens: company.xml's conditions for this policy, which read the staff table; NULL: unknown, then nothing is said of its columns. */
struct lint_whens {
	const struct formula *all;
	size_t count;
};
void lint_uses(struct lint *lint, const struct policy *policy, const struct lint_whens *whens);
/* lint_reach.c: tiers beyond what their argument can be, rates behind others that take all, comparisons that always come out alike. Straight to diag. */
void lint_reach(const struct policy *policy, struct diag *diag);
/* lint_article.c: articles that compute without any example; rules that replace included ones. */
void lint_articles(struct lint *lint, const struct policy *policy, struct diag *diag);

/* Every formula of the policy: of items, movements and exports. item and NULL where it is not an item's. */
typedef void formula_fn(const struct formula *formula, const struct item *item, void *context);
void policy_formulas(const struct policy *policy, formula_fn *visit, void *context);

/* company.xml's <payslip password="…">: about how many passwords it can give, guessed low. Compiled. */
uint64_t lint_password_guesses(const struct formula *formula);

#endif
