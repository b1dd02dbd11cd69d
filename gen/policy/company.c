#include "policy/company.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "policy/element.h"
#include "value/date.h"

/* company.xml: read by the same grammar tables as policies, but it includes nothing. */
struct company_reading {
	struct company *company;
	struct text_pool *pool;
	struct diag *diag;
	struct arena *arena;
	size_t entry_room;
	const xmlNode *seen[4]; /* pay, payslip, site, mail: at most once each */
};

static const char *get(const struct company_reading *reading, const xmlNode *node, const char *name)
{
	const char *value = xml_attribute(reading->company->document, node, name);

	return value && *value ? value : NULL;
}

static int one_of(const struct company_reading *reading, const xmlNode *node, const char *name, const char *values)
{
	const char *value = get(reading, node, name);
	size_t index;

	return value && grammar_one_of(values, value, &index) ? (int)index : -1;
}

/* An href is beside company.xml; that it lies below policies/ is policy_read's to see. */
static void check_href(const struct company_reading *reading, const xmlNode *node, const char *href)
{
	const struct company *company = reading->company;
	const char *slash = strrchr(company->path, '/');
	const char *path = arena_printf(reading->arena, "%.*s%s", slash ? (int)(slash - company->path) + 1 : 0, company->path, href);
	struct place at = xml_place_attribute(company->document, node, "href");

	if (*href == '/' || strstr(href, "..") || strstr(href, "://") || strncmp(href, "policies/", 9) != 0)
		diag_add(reading->diag, MSG_PATH_OUTSIDE, at, href, NULL);
	else if (!file_exists(path))
		diag_add(reading->diag, MSG_FILE_MISSING, at, path, NULL);
}

static void check_doubled_entry(const struct company_reading *reading, const xmlNode *node, const struct scheme_entry *entry)
{
	const struct company *company = reading->company;

	for (const struct scheme_entry *other = company->entries; other < entry; other++)
		if (other->from == entry->from && !strcmp(other->scheme, entry->scheme)) {
			char month[8];

			diag_add(reading->diag, MSG_SCHEME_DOUBLED, xml_place_attribute(company->document, node, "from"), entry->scheme,
				month_format(entry->from, month), arena_printf(reading->arena, "%ld", other->place.line), NULL);
			return;
		}
}

static void read_entry(struct company_reading *reading, const xmlNode *node)
{
	struct company *company = reading->company;
	const char *from = get(reading, node, "from"), *scheme = get(reading, node, "scheme");
	struct scheme_entry *entry;

	company->entries = element_push(reading->arena, company->entries, &company->entry_count, &reading->entry_room,
		sizeof(*company->entries));
	entry = &company->entries[company->entry_count - 1];
	entry->scheme = scheme ? text_intern(reading->pool, scheme, strlen(scheme)) : "";
	entry->href = get(reading, node, "href");
	entry->place = xml_place(company->document, node);
	entry->when = xml_text_of_attribute(company->document, node, "when");
	if (entry->href)
		check_href(reading, node, entry->href);
	if (from && month_parse(from, strlen(from), &entry->from))
		check_doubled_entry(reading, node, entry);
}

static void read_pay(struct company_reading *reading, const xmlNode *node)
{
	const char *day = get(reading, node, "day");
	struct decimal number;
	int64_t whole;

	if (day && decimal_parse(day, strlen(day), &number) && decimal_to_int(number, &whole) && whole >= 1 && whole <= 31)
		reading->company->pay_day = (int)whole;
	reading->company->pay_next_month = one_of(reading, node, "month", "same|next") == 1;
}

static void read_payslip(struct company_reading *reading, const xmlNode *node)
{
	reading->company->payslip_note = get(reading, node, "note");
	reading->company->payslip_strips = one_of(reading, node, "layout", "page|strips") == 1;
	if (get(reading, node, "password"))
		reading->company->payslip_password = xml_text_of_attribute(reading->company->document, node, "password");
}

static void read_site(struct company_reading *reading, const xmlNode *node)
{
	struct company *company = reading->company;
	int policy = one_of(reading, node, "policy", "none|text|full");
	int people = one_of(reading, node, "people", "none|unit|all");
	int movements = one_of(reading, node, "movements", "none|eligible|all");

	company->site_policy = policy < 0 ? SITE_POLICY_TEXT : (enum site_policy)policy;
	company->site_people = people < 0 ? SITE_PEOPLE_NONE : (enum site_people)people;
	company->site_movements = movements < 0 ? SITE_MOVEMENTS_NONE : (enum site_movements)movements;
}

static void read_mail(struct company_reading *reading, const xmlNode *node)
{
	struct company *company = reading->company;
	size_t count = 0;

	for (const xmlAttr *a = node->properties; a; a = a->next)
		count++;
	company->mail_names = arena_array(reading->arena, count + 1, sizeof(*company->mail_names));
	company->mail_values = arena_array(reading->arena, count + 1, sizeof(*company->mail_values));
	company->mail_places = arena_array(reading->arena, count + 1, sizeof(*company->mail_places));
	company->mail_place = xml_place(company->document, node);
	company->mail_count = 0;
	for (const xmlAttr *a = node->properties; a; a = a->next) {
		company->mail_names[company->mail_count] = arena_strdup(reading->arena, (const char *)a->name);
		company->mail_places[company->mail_count] = xml_place_attribute(company->document, node, (const char *)a->name);
		company->mail_values[company->mail_count++] = xml_attribute(company->document, node, (const char *)a->name);
	}
}

static void read_child(struct company_reading *reading, const xmlNode *node)
{
	static const struct {
		const char *name;
		void (*read)(struct company_reading *, const xmlNode *);
	} readers[] = { { "pay", read_pay }, { "payslip", read_payslip }, { "site", read_site }, { "mail", read_mail } };

	if (xml_is(node, COMPANY_NAMESPACE, "policy")) {
		read_entry(reading, node);
		return;
	}
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		if (!xml_is(node, COMPANY_NAMESPACE, readers[i].name))
			continue;
		if (reading->seen[i])
			diag_add(reading->diag, MSG_ENTRY_DOUBLED, xml_place(reading->company->document, node), "company", readers[i].name,
				arena_printf(reading->arena, "%s:%ld", reading->company->path,
					xml_place(reading->company->document, reading->seen[i]).line), NULL);
		reading->seen[i] = node;
		readers[i].read(reading, node);
	}
}

static void read_root(struct company_reading *reading, const xmlNode *root)
{
	struct company *company = reading->company;

	company->name = get(reading, root, "name");
	company->short_name = get(reading, root, "short");
	company->language = get(reading, root, "lang");
	if (!company->short_name)
		company->short_name = company->name;
	for (xmlNode *node = xml_element(root->children); node; node = xml_element(node->next))
		read_child(reading, node);
	if (!company->entry_count)
		diag_add(reading->diag, MSG_CHILD_MISSING, xml_place(company->document, root), "company", "policy", NULL);
}

struct company *company_read(const char *path, struct arena *arena, struct text_pool *pool, struct diag *diag)
{
	size_t errors = diag_errors(diag);
	struct company *company = arena_alloc(arena, sizeof(*company));
	struct company_reading reading = { .company = company, .pool = pool, .diag = diag, .arena = arena };

	company->path = path;
	company->pay_day = 31;
	company->site_policy = SITE_POLICY_TEXT;
	company->document = xml_read(path, arena, diag);
	if (!company->document)
		return NULL;
	if (grammar_check(company->document, grammar_company(), COMPANY_NAMESPACE, diag))
		read_root(&reading, xmlDocGetRootElement(company->document->doc));
	/* Texts and places live in the arena; the tree is needed no more. */
	xml_free(company->document);
	return diag_errors(diag) == errors ? company : NULL;
}

int32_t company_pay_date(const struct company *company, int32_t month)
{
	int32_t paid = month + company->pay_next_month, first = month_first_day(paid), last = month_last_day(paid);

	return first + company->pay_day - 1 > last ? last : first + company->pay_day - 1;
}
