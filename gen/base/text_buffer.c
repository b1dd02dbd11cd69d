#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"

void text_buffer_release(struct text_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct text_buffer)TEXT_BUFFER_INIT;
}

/* Room for `more` bytes and the NUL behind them. */
static void reserve(struct text_buffer *buffer, size_t more)
{
	size_t wanted;

	if (more > SIZE_MAX / 2 - buffer->length - 1)
		bug("a text of %zu bytes", more);
	wanted = buffer->length + more + 1;
	if (wanted <= buffer->room)
		return;
	if (wanted < buffer->room * 2)
		wanted = buffer->room * 2;
	if (wanted < 64)
		wanted = 64;
	buffer->data = realloc(buffer->data, wanted);
	if (!buffer->data)
		bug("out of memory asking for %zu bytes", wanted);
	buffer->room = wanted;
}

void text_buffer_add(struct text_buffer *buffer, const char *text, size_t length)
{
	reserve(buffer, length);
	if (length)
		memcpy(buffer->data + buffer->length, text, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void text_buffer_puts(struct text_buffer *buffer, const char *text)
{
	text_buffer_add(buffer, text, strlen(text));
}

void text_buffer_putc(struct text_buffer *buffer, char byte)
{
	text_buffer_add(buffer, &byte, 1);
}

void text_buffer_printf(struct text_buffer *buffer, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		bug("bad format '%s'", format);
	reserve(buffer, (size_t)length);
	va_start(arguments, format);
	vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	buffer->length += (size_t)length;
}

char *text_buffer_take(struct text_buffer *buffer, struct arena *arena)
{
	char *text = arena_strndup(arena, buffer->data, buffer->length);

	buffer->length = 0;
	if (buffer->data)
		buffer->data[0] = '\0';
	return text;
}
