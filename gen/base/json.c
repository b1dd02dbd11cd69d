#include "base/json.h"

#include <string.h>

#include "base/diag_store.h"
#include "base/text.h"

void json_put_text(struct text_buffer *out, const char *text)
{
	struct text_buffer clean = TEXT_BUFFER_INIT;

	if (!text) {
		text_buffer_puts(out, "null");
		return;
	}
	text_buffer_putc(out, '"');
	/* diag_clean would take line ends for blanks. */
	while (*text) {
		size_t length = strcspn(text, "\n");

		clean.length = 0;
		diag_clean(&clean, text, length);
		for (size_t i = 0; i < clean.length; i++) {
			if (clean.data[i] == '"' || clean.data[i] == '\\')
				text_buffer_putc(out, '\\');
			text_buffer_putc(out, clean.data[i]);
		}
		text += length;
		if (*text == '\n') {
			text_buffer_puts(out, "\\n");
			text++;
		}
	}
	text_buffer_putc(out, '"');
	text_buffer_release(&clean);
}

void json_put_member(struct text_buffer *out, const char *name, const char *text, bool first)
{
	text_buffer_printf(out, "%s\"%s\":", first ? "" : ",", name);
	json_put_text(out, text);
}

void json_print_text(FILE *out, const char *text)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;

	json_put_text(&buffer, text);
	fputs(buffer.data, out);
	text_buffer_release(&buffer);
}
