#include "mail/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/address.h"

/* The grammar has seen to names, choices and ranges; what is left is what one attribute means to another. */
static const char *get(const struct mail_source *source, const char *name, struct place *place)
{
	for (size_t i = 0; i < source->count; i++)
		if (!strcmp(source->names[i], name)) {
			if (place)
				*place = source->places[i];
			return source->values[i];
		}
	if (place)
		*place = source->place;
	return NULL;
}

static int choice(const char *value, const char *const *choices, int fallback)
{
	for (int i = 0; value && choices[i]; i++)
		if (!strcmp(value, choices[i]))
			return i;
	return fallback;
}

/* Of an attribute that names who writes or is written to; the address in *address if that is wanted. */
static const char *mailbox_of(const struct mail_source *source, const char *name, const char **address, struct arena *arena,
	struct diag *diag)
{
	struct place place;
	const char *text = get(source, name, &place);
	struct mailbox mailbox;

	if (text && !mailbox_parse(text, &mailbox, arena)) {
		diag_add(diag, MSG_MAIL_ADDRESS_WRONG, place, name, text, NULL);
		return NULL;
	}
	if (text && address)
		*address = mailbox.address;
	return text;
}

/* "morningstar.example, example.com" */
static void read_domains(const char *list, struct mail_settings *out, struct arena *arena)
{
	out->domains = arena_array(arena, list ? strlen(list) / 2 + 1 : 1, sizeof(*out->domains));
	out->domain_count = 0;
	while (list && *(list += strspn(list, ", ;\t\r\n"))) {
		size_t length = strcspn(list, ", ;\t\r\n");
		const char *domain = arena_strndup(arena, list, length);

		out->domains[out->domain_count++] = address_fold(*domain == '@' ? domain + 1 : domain, arena);
		list += length;
	}
}

static const char *path_of(const struct mail_source *source, const char *name, struct place *place, struct arena *arena)
{
	const char *value = get(source, name, place);

	return !value || *value == '/' ? value : arena_printf(arena, "%s/%s", source->folder, value);
}

static int number(const struct mail_source *source, const char *name, int fallback)
{
	const char *value = get(source, name, NULL);

	return value ? (int)strtol(value, NULL, 10) : fallback;
}

static void read_server(const struct mail_source *source, struct mail_settings *out, struct arena *arena, struct diag *diag)
{
	static const char *const tls[] = { "starttls", "tls", "none", NULL }, *const auths[] = { "any", "plain", "login", NULL };
	static const int ports[] = { [MAIL_STARTTLS] = 587, [MAIL_TLS] = 465, [MAIL_CLEAR] = 25 };

	out->host = get(source, "host", &out->host_place);
	out->tls = (enum mail_tls)choice(get(source, "tls", NULL), tls, MAIL_STARTTLS);
	out->port = number(source, "port", ports[out->tls]);
	out->ca_file = path_of(source, "ca-file", NULL, arena);
	out->auth = (enum mail_auth)choice(get(source, "auth", NULL), auths, MAIL_AUTH_ANY);
	out->user = get(source, "user", &out->user_place);
	out->password_file = path_of(source, "password-file", &out->password_file_place, arena);
	out->rate = number(source, "rate", 0);
	out->timeout = number(source, "timeout", 120);
	out->pause = number(source, "pause", 30);
	if (out->user && !out->password_file)
		diag_add(diag, MSG_MAIL_USER_ALONE, out->user_place, out->user, NULL);
	if (out->user && out->tls == MAIL_CLEAR)
		diag_add(diag, MSG_MAIL_OPEN_LINE, out->user_place, out->user, NULL);
}

bool mail_settings_read(const struct mail_source *source, struct mail_settings *out, struct arena *arena, struct diag *diag)
{
	size_t errors = diag_errors(diag);

	*out = (struct mail_settings){ .place = source->place };
	if (!source->place.file) {
		diag_add(diag, MSG_MAIL_NOT_SET, PLACE_NONE, source->folder, NULL);
		return false;
	}
	out->from = mailbox_of(source, "from", &out->from_address, arena, diag);
	out->reply_to = mailbox_of(source, "reply-to", NULL, arena, diag);
	mailbox_of(source, "receipts-to", &out->receipts_to, arena, diag);
	out->subject = get(source, "subject", NULL);
	read_domains(get(source, "allow-domains", NULL), out, arena);
	read_server(source, out, arena, diag);
	return diag_errors(diag) == errors;
}

bool mail_settings_allow(const struct mail_settings *settings, const char *address)
{
	for (size_t i = 0; i < settings->domain_count; i++)
		if (address_has_domain(address, settings->domains[i]))
			return true;
	return !settings->domain_count;
}
