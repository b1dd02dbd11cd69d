#ifndef SALESPAY_RENDER_PAGES_H
#define SALESPAY_RENDER_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <libxml/tree.h>

struct diag;

/*
 * HTML pages from model documents: the only door to libxslt. The stylesheet
 * (templates/site.xsl unless another is named) and the fixed words (messages.LANG.xml) are read once;
 * every $m/name in a template must be a message, or loading fails. A template
 * may read no other file, write none and reach no network. One struct pages
 * serves many forked workers.
 */
struct pages;

struct pages_options {
	const char *templates; /* folder */
	const char *overrides; /* a folder whose files take the place of those of the same name; NULL or absent is fine */
	const char *language; /* "zh-CN" or "en" */
	const char *stylesheet; /* "mail/text.xsl"; NULL: site.xsl */
};
/* NULL with errors in diag: a file missing, wrong XSLT, a message missing. */
struct pages *pages_new(const struct pages_options *options, struct diag *diag);
void pages_free(struct pages *pages); /* NULL is fine */

struct page_job {
	const char *person; /* stylesheet parameter; NULL for the document's own page */
	const char *output; /* path; its folder must exist */
	mode_t mode;
};
/* Renders the document once a job. False if any failed: a template that stopped, an unmatched element, a failing disk. */
bool pages_render(const struct pages *pages, xmlDocPtr document, const struct page_job *jobs, size_t job_count,
	struct diag *diag);
/* The document's own page, or text, as a string of the arena; NULL with an error that names it. */
struct arena;
const char *pages_text(const struct pages *pages, xmlDocPtr document, const char *name, struct arena *arena, struct diag *diag);

#endif
