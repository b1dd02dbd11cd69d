#include "mail/address.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define LOCAL_MAX 64 /* RFC 5321, 4.5.3.1 */
#define ADDRESS_MAX 254
#define LABEL_MAX 63

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* dot-atom of RFC 5322 */
static bool is_local(const char *text, size_t length)
{
	if (!length || length > LOCAL_MAX || text[0] == '.' || text[length - 1] == '.')
		return false;
	for (size_t i = 0; i < length; i++)
		if (!is_letter_or_digit(text[i]) && (!strchr("!#$%&'*+-/=?^_`{|}~.", text[i]) || (text[i] == '.' && text[i + 1] == '.')))
			return false;
	return true;
}

static bool is_label(const char *text, size_t length)
{
	if (!length || length > LABEL_MAX || text[0] == '-' || text[length - 1] == '-')
		return false;
	for (size_t i = 0; i < length; i++)
		if (!is_letter_or_digit(text[i]) && text[i] != '-')
			return false;
	return true;
}

static bool is_domain(const char *text)
{
	size_t labels = 0;

	for (;; text++) {
		size_t length = strcspn(text, ".");

		if (!is_label(text, length))
			return false;
		labels++;
		text += length;
		if (!*text)
			return labels > 1 && (text[-1] < '0' || text[-1] > '9'); /* 10.0.0.1 is none */
	}
}

enum address_fault address_check(const char *address)
{
	const char *at = strchr(address, '@');

	for (const char *c = address; *c; c++)
		if ((unsigned char)*c > 0x7e)
			return ADDRESS_NOT_ASCII;
	if (!at)
		return ADDRESS_WITHOUT_AT;
	if (strchr(at + 1, '@'))
		return ADDRESS_SECOND_AT;
	if (strlen(address) > ADDRESS_MAX)
		return ADDRESS_LONG;
	if (!is_local(address, (size_t)(at - address)))
		return ADDRESS_LOCAL;
	return is_domain(at + 1) ? ADDRESS_GOOD : ADDRESS_DOMAIN;
}

const char *address_fault_text(enum address_fault fault, bool chinese)
{
	static const char *const words[][2] = {
		[ADDRESS_GOOD] = { "nothing", "没有错" },
		[ADDRESS_NOT_ASCII] = { "it holds a character that is not ASCII, such as a full-width ＠", "含有非 ASCII 字符,例如全角的 ＠" },
		[ADDRESS_WITHOUT_AT] = { "it has no @", "没有 @" },
		[ADDRESS_SECOND_AT] = { "it has more than one @", "不止一个 @" },
		[ADDRESS_LOCAL] = { "what stands before the @ is no name of a mailbox", "@ 前面不是邮箱名" },
		[ADDRESS_DOMAIN] = { "what stands behind the @ is no domain", "@ 后面不是域名" },
		[ADDRESS_LONG] = { "it is longer than 254 characters", "超过 254 个字符" },
	};

	return words[fault][chinese];
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

const char *address_fold(const char *address, struct arena *arena)
{
	char *folded = arena_strdup(arena, address);

	for (char *c = folded; *c; c++)
		*c = lower(*c);
	return folded;
}

const char *address_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : "";
}

bool address_has_domain(const char *address, const char *domain)
{
	const char *at = address_domain(address);

	for (; *at && lower(*at) == *domain; at++)
		domain++;
	return !*at && !*domain;
}

bool mailbox_parse(const char *text, struct mailbox *out, struct arena *arena)
{
	const char *open = strrchr(text, '<'), *name;
	size_t length = strlen(text);

	*out = (struct mailbox){ NULL, text };
	if (!open)
		return address_check(text) == ADDRESS_GOOD;
	if (text[length - 1] != '>')
		return false;
	out->address = arena_strndup(arena, open + 1, length - (size_t)(open - text) - 2);
	length = (size_t)(open - text);
	name = text_trim(text, &length);
	if (length > 1 && name[0] == '"' && name[length - 1] == '"') {
		name++;
		length -= 2;
	}
	out->name = length ? arena_strndup(arena, name, length) : NULL;
	return address_check(out->address) == ADDRESS_GOOD;
}
