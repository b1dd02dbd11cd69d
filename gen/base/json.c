#include "base/json.h"

#include <string.h>

#include "base/diag_store.h"
#include "base/text.h"

void json_print_text(FILE *out, const char *text)
{
	struct text_buffer clean = TEXT_BUFFER_INIT;

	if (!text) {
		fputs("null", out);
		return;
	}
	fputc('"', out);
	/* diag_clean would take line ends for blanks. */
	while (*text) {
		size_t length = strcspn(text, "\n");

		clean.length = 0;
		diag_clean(&clean, text, length);
		for (size_t i = 0; i < clean.length; i++) {
			if (clean.data[i] == '"' || clean.data[i] == '\\')
				fputc('\\', out);
			fputc(clean.data[i], out);
		}
		text += length;
		if (*text == '\n') {
			fputs("\\n", out);
			text++;
		}
	}
	fputc('"', out);
	text_buffer_release(&clean);
}
