#include "xml/source.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* The encoding="…" of the XML declaration, upper case; "" if there is none. */
static void declared_encoding(const struct xml_bytes *bytes, char out[40])
{
	size_t limit = bytes->size < 200 ? bytes->size : 200;
	char *head = g_strndup(bytes->data, limit);
	const char *end = strstr(head, "?>"), *found = strstr(head, "encoding");

	out[0] = '\0';
	if (g_str_has_prefix(head, "<?xml") && end && found && found < end) {
		size_t length;

		found += strlen("encoding");
		found += strspn(found, " \t\r\n=");
		length = *found == '"' || *found == '\'' ? strcspn(found + 1, "\"'") : 0;
		if (length < 40) {
			memcpy(out, found + 1, length);
			out[length] = '\0';
		}
	}
	for (char *c = out; *c; c++)
		*c = g_ascii_toupper(*c);
	g_free(head);
}

static bool convert(struct xml_bytes *bytes, const char *from, struct arena *arena, struct diag *diag)
{
	gsize read = 0, written = 0;
	char number[24];
	char *text = g_convert(bytes->data, (gssize)bytes->size, "UTF-8", from, &read, &written, NULL);

	if (!text) {
		g_snprintf(number, sizeof(number), "%zu", (size_t)read + 1);
		diag_add(diag, MSG_XML_ENCODING, (struct place){ .file = bytes->path }, number, from, NULL);
		return false;
	}
	bytes->data = arena_strndup(arena, text, written);
	bytes->size = written;
	g_free(text);
	return true;
}

/* The length of the longest valid start, and the line it ends on. */
static bool check_utf8(const struct xml_bytes *bytes, struct diag *diag)
{
	const char *end = bytes->data;
	struct place at = { .file = bytes->path, .line = 1 };
	char number[24];

	if (g_utf8_validate_len(bytes->data, bytes->size, &end))
		return true;
	if (!*end && end < bytes->data + bytes->size)
		return true; /* a NUL: told where the lines are known */
	for (const char *c = bytes->data; c < end; c++)
		at.line += *c == '\n';
	g_snprintf(number, sizeof(number), "%zu", (size_t)(end - bytes->data) + 1);
	diag_add(diag, MSG_XML_ENCODING, at, number, "UTF-8", NULL);
	return false;
}

bool xml_decode(struct xml_bytes *bytes, struct arena *arena, struct diag *diag)
{
	static const char *const gb[] = { "GBK", "GB2312", "GB18030", "GB_2312-80", "CP936" };
	const unsigned char *data = (const unsigned char *)bytes->data;
	char name[40];

	if (bytes->size >= 2 && ((data[0] == 0xFF && data[1] == 0xFE) || (data[0] == 0xFE && data[1] == 0xFF))) {
		const char *from = data[0] == 0xFF ? "UTF-16LE" : "UTF-16BE";

		bytes->data += 2;
		bytes->size -= 2;
		return convert(bytes, from, arena, diag);
	}
	if (bytes->size >= 3 && !memcmp(data, "\xEF\xBB\xBF", 3)) {
		bytes->data += 3;
		bytes->size -= 3;
		return check_utf8(bytes, diag);
	}
	declared_encoding(bytes, name);
	for (size_t i = 0; i < G_N_ELEMENTS(gb); i++)
		if (!strcmp(name, gb[i]))
			return convert(bytes, "GB18030", arena, diag);
	if (*name && strcmp(name, "UTF-8") && strcmp(name, "UTF8") && strcmp(name, "US-ASCII") && strcmp(name, "ASCII")) {
		diag_add(diag, MSG_XML_ENCODING_UNKNOWN, (struct place){ .file = bytes->path, .line = 1 }, name, NULL);
		return false;
	}
	return check_utf8(bytes, diag);
}
