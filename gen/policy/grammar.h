#ifndef SALESPAY_POLICY_GRAMMAR_H
#define SALESPAY_POLICY_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

#include "xml/xml.h"

struct diag;

/*
 * What may stand where in a policy and in company.xml, as tables: elements,
 * their attributes, what an attribute's value looks like. templates/policy.rng
 * and company.rng say the same for other programs, and a test holds them
 * together. What depends on other elements is the readers' to check.
 */
#define POLICY_NAMESPACE "urn:salespay:policy:1"
#define COMPANY_NAMESPACE "urn:salespay:company:1"

enum attribute_kind {
	ATTRIBUTE_NAME, /* of a thing that formulas name; names_build looks at its letters */
	ATTRIBUTE_WORDS, /* any text but a blank one */
	ATTRIBUTE_ANY, /* any text */
	ATTRIBUTE_ONE_OF, /* values */
	ATTRIBUTE_DECIMAL, ATTRIBUTE_POSITIVE, ATTRIBUTE_YEAR_MONTH, ATTRIBUTE_WHOLE /* order: any integer */,
	ATTRIBUTE_DAY /* 1 to 31 */, ATTRIBUTE_PORT /* 1 to 65535 */, ATTRIBUTE_RATE /* 1 to 100000 */,
	ATTRIBUTE_TIMEOUT /* 1 to 3600 */, ATTRIBUTE_PAUSE /* 0 to 3600 */, ATTRIBUTE_CURRENCY /* three capitals */
};
struct attribute_rule {
	const char *name;
	bool required;
	enum attribute_kind kind;
	const char *values; /* ATTRIBUTE_ONE_OF: parted by | */
};

enum content { CONTENT_ELEMENTS, CONTENT_TEXT, CONTENT_FORMULA /* text, not blank */, CONTENT_NOTHING };
struct element_rule {
	const char *name;
	enum content content;
	bool any_attribute; /* further attributes are allowed */
	const struct attribute_rule *attributes; /* ends with a NULL name */
	const struct element_rule *const *children; /* ends with NULL; NULL: none */
};
const struct element_rule *grammar_policy(void);
const struct element_rule *grammar_company(void);
/* The rule of a child of that name, or NULL. */
const struct element_rule *grammar_child(const struct element_rule *rule, const char *name);

/* The whole document against the rule of its root; all mistakes are reported. False: the root itself is wrong. */
bool grammar_check(const struct xml_document *document, const struct element_rule *root, const char *name_space,
	struct diag *diag);
/* Is the word one of "a|b|c"? Its place among them in *index. */
bool grammar_one_of(const char *values, const char *word, size_t *index);

#endif
