#include "mail/message.h"

#include <string.h>

#include <gmime/gmime.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "mail/address.h"

#define CHARSET "UTF-8" /* said everywhere: what is not said follows the locale */
#define WORD_BYTES 42 /* of text in an encoded word: 56 letters of base64 and 12 around them */

/*
 * Encoded words of RFC 2047, each within its 75 characters and of whole
 * characters: GMime makes one of a name without blanks, however long it is.
 * ASCII stays as it is.
 */
static const char *encode_words(const char *text, struct arena *arena)
{
	const char *encoded = "";

	if (g_str_is_ascii(text))
		return text;
	while (*text) {
		const char *end = text;
		char *word;

		for (const char *next = text; text_next(&next) && next - text <= WORD_BYTES;)
			end = next;
		word = g_base64_encode((const guchar *)text, (gsize)(end - text));
		encoded = arena_printf(arena, "%s%s=?" CHARSET "?B?%s?=", encoded, *encoded ? " " : "", word);
		g_free(word);
		text = end;
	}
	return encoded;
}

static void add_mailbox(GMimeMessage *mime, GMimeAddressType type, const struct mailbox *to, struct arena *arena)
{
	InternetAddress *mailbox = internet_address_mailbox_new(to->name && *to->name ? encode_words(to->name, arena) : NULL, to->address);

	internet_address_set_charset(mailbox, CHARSET);
	internet_address_list_add(g_mime_message_get_addresses(mime, type), mailbox);
	g_object_unref(mailbox);
}

static void add_written(GMimeMessage *mime, GMimeAddressType type, const char *text, struct arena *arena)
{
	struct mailbox mailbox;

	if (!text)
		return;
	if (!mailbox_parse(text, &mailbox, arena))
		bug("'%s' was not checked", text);
	add_mailbox(mime, type, &mailbox, arena);
}

static GMimePart *part_new(const char *type, const char *subtype, const void *data, size_t size)
{
	GMimePart *part = g_mime_part_new_with_type(type, subtype);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, size);
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_BINARY);

	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_object_unref(content);
	g_object_unref(stream);
	return part;
}

static void add_text(GMimeMultipart *parent, const char *subtype, const char *text)
{
	GMimePart *part = part_new("text", subtype, text, strlen(text));

	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", CHARSET);
	g_mime_multipart_add(parent, GMIME_OBJECT(part));
	g_object_unref(part);
}

static void add_attachment(GMimeMultipart *parent, const struct mail_message *message)
{
	GMimePart *part = part_new("application", "pdf", message->attachment.data, message->attachment.size);

	g_mime_object_set_disposition(GMIME_OBJECT(part), "attachment");
	g_mime_part_set_filename(part, message->attachment_name);
	g_mime_multipart_add(parent, GMIME_OBJECT(part));
	g_object_unref(part);
}

/* A boundary that is drawn would differ each time; this one is as unlikely to stand in a text. */
static GMimeMultipart *multipart_new(const char *subtype, const struct mail_message *message)
{
	GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
	char boundary[80];

	g_snprintf(boundary, sizeof(boundary), "%s-%.40s", subtype, message->message_id);
	for (char *c = boundary; *c; c++)
		if (*c == '@')
			*c = '-';
	g_mime_multipart_set_boundary(multipart, boundary);
	return multipart;
}

static GMimeObject *body_new(const struct mail_message *message)
{
	GMimeMultipart *mixed = multipart_new("mixed", message), *both = multipart_new("alternative", message);

	add_text(both, "plain", message->text);
	add_text(both, "html", message->html);
	g_mime_multipart_add(mixed, GMIME_OBJECT(both));
	g_object_unref(both);
	add_attachment(mixed, message);
	return GMIME_OBJECT(mixed);
}

static void set_date(GMimeMessage *mime, const struct mail_message *message)
{
	GDateTime *utc = g_date_time_new_from_unix_utc(message->date);
	GTimeZone *zone = g_time_zone_new_offset(message->zone);
	GDateTime *date = g_date_time_to_timezone(utc, zone);

	g_mime_message_set_date(mime, date);
	g_date_time_unref(date);
	g_time_zone_unref(zone);
	g_date_time_unref(utc);
}

static struct file_bytes bytes_of(GMimeMessage *mime, struct arena *arena)
{
	GMimeFormatOptions *options = g_mime_format_options_new();
	GMimeStream *stream = g_mime_stream_mem_new();
	GByteArray *array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	char *data;
	size_t size;

	g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
	g_mime_object_write_to_stream(GMIME_OBJECT(mime), options, stream);
	size = array->len;
	data = arena_alloc(arena, size + 1);
	memcpy(data, array->data, size);
	g_object_unref(stream);
	g_mime_format_options_free(options);
	return (struct file_bytes){ data, size };
}

struct file_bytes mail_message_write(const struct mail_message *message, struct arena *arena)
{
	GMimeMessage *mime;
	GMimeObject *body;
	struct file_bytes bytes;

	g_mime_init();
	mime = g_mime_message_new(TRUE);
	add_written(mime, GMIME_ADDRESS_TYPE_FROM, message->from, arena);
	add_written(mime, GMIME_ADDRESS_TYPE_REPLY_TO, message->reply_to, arena);
	add_mailbox(mime, GMIME_ADDRESS_TYPE_TO, &(struct mailbox){ message->name, message->address }, arena);
	g_mime_message_set_subject(mime, encode_words(message->subject, arena), CHARSET);
	set_date(mime, message);
	g_mime_message_set_message_id(mime, message->message_id);
	g_mime_object_set_header(GMIME_OBJECT(mime), "Auto-Submitted", "auto-generated", CHARSET); /* RFC 3834: no holiday notes in reply */
	body = body_new(message);
	g_mime_message_set_mime_part(mime, body);
	bytes = bytes_of(mime, arena);
	g_object_unref(body);
	g_object_unref(mime);
	return bytes;
}

const char *mail_message_id(const char *month, const char *person, const char *slip_sha256, const char *also, const char *domain,
	struct arena *arena)
{
	const char *all = arena_printf(arena, "%s\n%s\n%s\n%s", month, person, slip_sha256, also);
	char sum[65];

	bytes_sha256(all, strlen(all), sum);
	return arena_printf(arena, "salespay.%s.%.32s@%s", month, sum, domain);
}
