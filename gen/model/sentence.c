#include "model/sentence.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "model/build.h"

static const struct {
	const char *zh, *en;
} sentences[] = {
#define SENTENCE(id, zh, en) [SAY_##id] = {zh, en},
#include "model/sentences.def"
#undef SENTENCE
};

const char *say(struct pen *pen, enum sentence id, ...)
{
	const char *text = pen->model->chinese ? sentences[id].zh : sentences[id].en;
	const char *arguments[10] = {NULL};
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *result;
	size_t count = 0;
	va_list list;

	va_start(list, id);
	for (const char *argument; count < 10 && (argument = va_arg(list, const char *)) != NULL;)
		arguments[count++] = argument;
	va_end(list);
	for (const char *at = text; *at; at++) {
		if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}' && arguments[at[1] - '0']) {
			text_buffer_puts(&buffer, arguments[at[1] - '0']);
			at += 2;
		} else {
			text_buffer_putc(&buffer, *at);
		}
	}
	result = text_buffer_take(&buffer, pen->scratch);
	text_buffer_release(&buffer);
	return result ? result : "";
}
