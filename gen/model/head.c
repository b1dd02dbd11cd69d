#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "model/build.h"
#include "value/date.h"

#define NAMESPACE "urn:salespay:model:1"

const char *root_of(struct pen *pen, const char *path)
{
	const char *root = "";

	for (const char *at = path; (at = strchr(at, '/')) != NULL; at++)
		root = arena_printf(pen->scratch, "../%s", root);
	return root;
}

static void add_month_link(struct pen *pen, xmlNode *page, const char *name, int32_t month, const char *path)
{
	const char *id = text_month_id(pen, month);
	xmlNode *link = put_text(page, name, text_month(pen, month));

	attribute(link, "month", id);
	attribute(link, "href",
		arena_printf(pen->scratch, "%s../../%s/%s/%s", pen->root, id,
			pen->entry->is_public ? "site" : "managers", path));
}

static void add_menu(struct pen *pen, xmlNode *page, const char *current)
{
	static const struct {
		const char *kind, *file;
	} menu[] = {
		{"overview", "index.html"},
		{"ranking", "ranking.html"},
		{"cycles", "cycles.html"},
		{"promotion", "promotion.html"},
		{"policy", "policy.html"},
		{"quality", "quality.html"},
		{"downloads", "downloads.html"},
		{"help", "help.html"},
	};
	bool open = pen->entry->is_public;

	if (!open) {
		xmlNode *node = put(page, "menu");

		attribute(node, "kind", "units");
		attribute(node, "href", arena_printf(pen->scratch, "%sindex.html", pen->root));
		attribute(node, "current", strcmp(current, "units") == 0 ? "yes" : NULL);
	}
	for (size_t i = 0; i < sizeof menu / sizeof *menu; i++) {
		xmlNode *node;

		if (open && strcmp(menu[i].kind, "promotion") == 0 &&
			pen->model->company->site_movements == SITE_MOVEMENTS_NONE)
			continue;
		if (strcmp(menu[i].kind, "ranking") == 0 && pen->model->score == SIZE_MAX)
			continue;
		if (strcmp(menu[i].kind, "cycles") == 0 && !charts_have_cycles(pen->model, open))
			continue;
		node = put(page, "menu");
		attribute(node, "kind", menu[i].kind);
		attribute(node, "href",
			arena_printf(
				pen->scratch, "%s%s%s", pen->root, open ? "" : "company/", menu[i].file));
		attribute(node, "current", strcmp(current, menu[i].kind) == 0 ? "yes" : NULL);
	}
}

static void add_crumbs(struct pen *pen, xmlNode *page, const struct head *head)
{
	if (strcmp(head->kind, "overview") == 0)
		return;
	if (strcmp(head->kind, "units") != 0) {
		xmlNode *crumb = put_text(page, "crumb", text_month(pen, pen->model->facts->month));

		attribute(crumb, "href",
			arena_printf(pen->scratch, "%s%sindex.html", pen->root,
				pen->entry->is_public || strcmp(head->kind, "person") == 0 ||
						strcmp(head->kind, "unit") == 0 || pen->entry->unit != SIZE_MAX
					? ""
					: "company/"));
	}
	if (head->crumb)
		attribute(put_text(page, "crumb", head->crumb), "href", head->crumb_href);
	put_text(page, "crumb", head->heading);
}

static const char *period(struct pen *pen)
{
	int32_t month = pen->model->month;
	char first[11], last[11];

	return say(pen, SAY_PERIOD, date_format(month_first_day(month), first),
		date_format(month_last_day(month), last), NULL);
}

/* A check must say what is wrong with company.xml, too, when nothing of it could be read. */
static const char *company_short(struct pen *pen)
{
	return pen->model->company ? pen->model->company->short_name : say(pen, SAY_COMPANY_UNKNOWN, NULL);
}

void add_page(struct pen *pen, xmlNode *parent, const struct head *head)
{
	const struct model *model = pen->model;
	int32_t month = model->month;
	const char *index = pen->entry->is_public ? "index.html" : "company/index.html";
	xmlNode *page = put(parent, "page");

	attribute(page, "kind", head->kind);
	attribute(page, "path", head->path);
	attribute(page, "root", pen->root);
	attribute(page, "title",
		head->title ? head->title
			    : say(pen, SAY_TITLE, head->heading, text_month(pen, month),
				      company_short(pen), NULL));
	attribute(page, "heading", head->heading);
	attribute(page, "kicker", head->kicker);
	attribute(page, "month", text_month_id(pen, month));
	attribute(page, "month-text", text_month(pen, month));
	attribute(page, "period", period(pen));
	if (model->alone)
		return;
	add_crumbs(pen, page, head);
	add_menu(pen, page, head->kind);
	if (model->input.previous)
		add_month_link(pen, page, "previous", model->input.previous, head->lasting ? head->path : head->before ? head->before : index);
	if (model->input.next)
		add_month_link(pen, page, "next", model->input.next, head->lasting ? head->path : head->after ? head->after : index);
	attribute(
		put(page, "all-months"), "href", arena_printf(pen->scratch, "%s../../index.html", pen->root));
}

static void add_company(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	const struct policy *policy;
	xmlNode *node = put(parent, "company");
	char room[11];

	attribute(node, "name", model->company ? model->company->name : company_short(pen));
	attribute(node, "short", company_short(pen));
	if (pen->entry->is_public || model->alone)
		return;
	policy = model->rulebook->schemes[0].policy;
	attribute(node, "currency", policy->currency);
	attribute(node, "symbol", strcmp(policy->currency, "CNY") == 0 ? "¥" : policy->currency);
	attribute(node, "pay-date", date_format(model->facts->pay_date, room));
	attribute(node, "pay-date-text", text_date(pen, model->facts->pay_date));
	if (model->company->payslip_note)
		put_text(node, "slip-note", model->company->payslip_note);
}

static void add_provenance(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	xmlNode *node = put(parent, "provenance");

	attribute(node, "tool", model->input.tool);
	if (!model->alone) {
		attribute(node, "how", pen->entry->is_public ? "policy.html" : "company/policy.html");
		attribute(node, "accessibility", pen->entry->is_public ? "accessibility.html" : "company/accessibility.html");
	}
	for (size_t i = 0; model->rulebook && i < model->rulebook->scheme_count; i++) {
		const struct policy *policy = model->rulebook->schemes[i].policy;
		xmlNode *version = put_text(node, "version", policy->title);

		attribute(version, "id", policy->id);
		attribute(version, "version", policy->version);
	}
	for (size_t i = 0; i < model->input.source_count; i++)
		attribute(put_text(node, "source", model->input.sources[i].name), "sha256",
			model->input.sources[i].sha256);
}

xmlNode *start_tree(struct pen *pen)
{
	xmlNode *root;

	pen->doc = xmlNewDoc((const xmlChar *)"1.0");
	root = pen->doc ? xmlNewDocNode(pen->doc, NULL, (const xmlChar *)"model", NULL) : NULL;
	if (!root)
		bug("out of memory");
	xmlDocSetRootElement(pen->doc, root);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)NAMESPACE, NULL));
	attribute(root, "audience", pen->entry->is_public ? "staff" : "managers");
	attribute(root, "lang", pen->model->chinese ? "zh-CN" : "en");
	return root;
}

xmlNode *start_document(struct pen *pen, const struct head *head)
{
	xmlNode *root = start_tree(pen);

	add_page(pen, root, head);
	add_company(pen, root);
	add_provenance(pen, root);
	return root;
}
