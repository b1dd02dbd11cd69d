#include "pipeline_explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/json.h"
#include "base/text.h"
#include "pipeline_explanation.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"

#define PAGE_WIDTH 80

struct explaining {
	const struct options *options;
	struct arena *arena;
	struct diag *diag;
	const char *templates, *language;
	bool chinese, color;
};

enum word { WORD_BEFORE, WORD_WRONG, WORD_ABSENT, WORD_FOLDER, WORD_BESIDE, WORD_SAYS, WORD_MENDED, WORD_MEND, WORD_REMEDY,
	WORD_RELATED, WORD_COUNT };
static const char *const words[2][WORD_COUNT] = {
	{ [WORD_BEFORE] = "typed before", [WORD_MEND] = "mended by", [WORD_WRONG] = "wrong", [WORD_ABSENT] = "there is no such file", [WORD_FOLDER] = "a folder of that name",
		[WORD_BESIDE] = "beside it", [WORD_SAYS] = "the program says", [WORD_MENDED] = "mended",
		[WORD_REMEDY] = "what to do", [WORD_RELATED] = "see also" },
	{ [WORD_BEFORE] = "此前运行过", [WORD_MEND] = "改正的命令", [WORD_WRONG] = "错误的", [WORD_ABSENT] = "没有这个文件", [WORD_FOLDER] = "同名的文件夹", [WORD_BESIDE] = "同时有",
		[WORD_SAYS] = "程序提示", [WORD_MENDED] = "改正后", [WORD_REMEDY] = "怎么办", [WORD_RELATED] = "另见" },
};
static const char *const levels[2][3] = {
	{ [DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note" },
	{ [DIAG_ERROR] = "错误", [DIAG_WARNING] = "警告", [DIAG_NOTE] = "提示" },
};

static const char *title_of(const struct explaining *explaining, enum message id)
{
	return message_in_general(explaining->chinese ? message_entry(id)->zh : message_entry(id)->en, explaining->arena);
}

static const char *help_of(const struct explaining *explaining, enum message id)
{
	const char *help = explaining->chinese ? message_entry(id)->help_zh : message_entry(id)->help_en;

	return help ? message_in_general(help, explaining->arena) : NULL;
}

static void strong(const struct explaining *explaining, const char *text)
{
	printf(explaining->color ? "\033[1m%s\033[0m" : "%s", text);
}

/* Marks that no line may begin with, and those that none may end with. */
static bool binds_before(uint32_t c)
{
	return strchr("!),.:;?]}'%", c < 0x80 ? (int)c : 0x7f) || c == 0x2019 || c == 0x201D || c == 0x3001 || c == 0x3002 ||
		c == 0x300B || c == 0x300D || c == 0xFF01 || c == 0xFF09 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B ||
		c == 0xFF1F || c == 0x2026;
}

static bool binds_behind(uint32_t c)
{
	return c == 0x2018 || c == 0x201C || c == 0x300A || c == 0x300C || c == 0xFF08 || c == '(';
}

/* The end of the piece that must not be torn: a Latin word, or one character of Chinese with its marks. */
static const char *piece_end(const char *text)
{
	const char *at = text;
	uint32_t c = text_next(&at), next;

	for (;; c = next) {
		const char *behind = at;

		next = text_next(&behind);
		if (!next || next == ' ' || c == ' ')
			return at;
		if ((c >= 0x2E80 || next >= 0x2E80) && !binds_before(next) && !binds_behind(c))
			return at;
		at = behind;
	}
}

static void print_paragraph(const char *text, const char *indent)
{
	size_t used = 0;
	bool is_apart = false; /* by a blank, which no line ends with */

	while (text && *text) {
		const char *end = piece_end(text);
		size_t width = text_width_n(text, (size_t)(end - text));

		if (*text == ' ') {
			is_apart = used > 0;
		} else {
			if (used && used + is_apart + width + strlen(indent) > PAGE_WIDTH) {
				putchar('\n');
				used = 0;
			}
			used += width + (used && is_apart);
			printf("%s%.*s", used == width ? indent : is_apart ? " " : "", (int)(end - text), text);
			is_apart = false;
		}
		text = end;
	}
	if (used)
		putchar('\n');
}

/* Apart from what stands above. */
static void print_section(const char *text)
{
	if (text)
		putchar('\n');
	print_paragraph(text, "  ");
}

static void print_heading(const struct explaining *explaining, enum word word)
{
	putchar('\n');
	strong(explaining, words[explaining->chinese][word]);
	puts(explaining->chinese ? "：" : ":");
}

static void print_lines(const struct explained_file *file)
{
	const char *at = file->text;
	long last = file->line;

	for (const char *line = at; (line = strchr(line, '\n')) && line[1]; line++)
		last++;
	for (long number = file->line; *at; number++) {
		size_t length = strcspn(at, "\n");
		int digits = snprintf(NULL, 0, "%ld", last);

		printf("  %*ld | %.*s\n", digits, number, (int)length, at);
		at += length + (at[length] == '\n');
	}
}

static void print_file(const struct explaining *explaining, enum word word, const struct explained_file *file)
{
	if (!file->name)
		return;
	putchar('\n');
	strong(explaining, words[explaining->chinese][word]);
	printf(explaining->chinese ? "：%s" : ": %s", file->name);
	if (file->encoding)
		printf(explaining->chinese ? "（%s）" : " (%s)", file->encoding);
	putchar('\n');
	if (file->text)
		print_lines(file);
	else
		printf("  (%s)\n", words[explaining->chinese][file->is_folder ? WORD_FOLDER : WORD_ABSENT]);
}

static void print_steps(const struct explaining *explaining, enum word word, const struct explained_step *steps, size_t count)
{
	if (count)
		print_heading(explaining, word);
	for (size_t i = 0; i < count; i++)
		printf("  $ %s%s\n", steps[i].is_shell ? "" : "salespay ", steps[i].command);
}

/* As the program prints it, by the same printer. */
static char *message_of(const struct explaining *explaining, const struct explanation *explanation, enum diag_format format)
{
	struct diag *diag = diag_new(explaining->arena);
	struct diag_style style = { .format = format, .color = explaining->color && format == DIAG_TEXT, .bare = true };
	const char *const *a = explanation->arguments;
	char *printed = NULL, *kept;
	size_t size = 0;
	FILE *out = open_memstream(&printed, &size);

	if (!out)
		bug("out of memory");
	diag_set_language(diag, explaining->language);
	if (explanation->nearest)
		diag_add_nearest(diag, explanation->id, explanation->place, explanation->nearest, a[0], a[1], a[2], a[3], a[4], a[5],
			a[6], a[7], a[8], a[9], NULL);
	else
		diag_add_help(diag, explanation->id, explanation->place, explanation->help, a[0], a[1], a[2], a[3], a[4], a[5], a[6],
			a[7], a[8], a[9], NULL);
	diag_print(diag, out, &style);
	fclose(out);
	diag_free(diag);
	kept = arena_strdup(explaining->arena, printed);
	free(printed);
	return kept;
}

static void print_message(const struct explaining *explaining, const struct explanation *explanation)
{
	if (!explanation->is_shown)
		return;
	print_heading(explaining, WORD_SAYS);
	if (explanation->command)
		printf("  $ salespay %s\n", explanation->command);
	for (const char *at = message_of(explaining, explanation, DIAG_TEXT); *at;) {
		size_t length = strcspn(at, "\n");

		printf("  %.*s\n", (int)length, at);
		at += length + (at[length] == '\n');
	}
}

static void print_head(const struct explaining *explaining, enum message id)
{
	const struct message_entry *entry = message_entry(id);

	strong(explaining, entry->code);
	printf(explaining->chinese ? "  %s：%s\n" : "  %s: %s\n", levels[explaining->chinese][entry->level],
		title_of(explaining, id));
}

static void print_text(const struct explaining *explaining, const struct explanation *explanation)
{
	print_head(explaining, explanation->id);
	print_section(explanation->why ? explanation->why : help_of(explaining, explanation->id));
	print_section(explanation->situation);
	for (size_t i = 0; i < explanation->other_count; i++)
		print_file(explaining, WORD_BESIDE, &explanation->others[i]);
	print_steps(explaining, WORD_BEFORE, explanation->before, explanation->before_count);
	print_file(explaining, WORD_WRONG, &explanation->bad);
	print_message(explaining, explanation);
	print_file(explaining, WORD_MENDED, &explanation->mended);
	print_steps(explaining, WORD_MEND, explanation->mend, explanation->mend_count);
	if (explanation->remedy)
		print_heading(explaining, WORD_REMEDY);
	print_paragraph(explanation->remedy, "  ");
	if (explanation->related_count)
		print_heading(explaining, WORD_RELATED);
	for (size_t i = 0; i < explanation->related_count; i++)
		printf("  %s  %s\n", message_entry(explanation->related[i])->code, title_of(explaining, explanation->related[i]));
}

static void json_member(const char *name, const char *text)
{
	printf(",\"%s\":", name);
	json_print_text(stdout, text);
}

static void json_file(const char *before, const struct explained_file *file)
{
	printf("%s{\"file\":", before);
	json_print_text(stdout, file->name);
	json_member("encoding", file->text ? file->encoding ? file->encoding : "UTF-8" : NULL);
	printf(",\"folder\":%s,\"line\":%ld", file->is_folder ? "true" : "false", file->line);
	json_member("text", file->text);
	putchar('}');
}

static void json_steps(const char *name, const struct explained_step *steps, size_t count)
{
	printf(",\"%s\":[", name);
	for (size_t i = 0; i < count; i++) {
		printf("%s{\"shell\":%s", i ? "," : "", steps[i].is_shell ? "true" : "false");
		json_member("command", steps[i].command);
		putchar('}');
	}
	putchar(']');
}

static void json_head(const struct explaining *explaining, enum message id)
{
	const struct message_entry *entry = message_entry(id);

	printf("{\"code\":\"%s\",\"level\":\"%s\",\"system\":%s", entry->code, levels[0][entry->level],
		entry->fault == FAULT_SYSTEM ? "true" : "false");
	json_member("title", title_of(explaining, id));
}

static void print_json(const struct explaining *explaining, const struct explanation *explanation)
{
	json_head(explaining, explanation->id);
	json_member("help", help_of(explaining, explanation->id));
	json_member("why", explanation->why);
	json_member("situation", explanation->situation);
	json_member("remedy", explanation->remedy);
	json_member("command", explanation->command);
	json_steps("before", explanation->before, explanation->before_count);
	printf(",\"beside\":[");
	for (size_t i = 0; i < explanation->other_count; i++)
		json_file(i ? "," : "", &explanation->others[i]);
	putchar(']');
	if (explanation->bad.name)
		json_file(",\"bad\":", &explanation->bad);
	if (explanation->is_shown) {
		char *message = message_of(explaining, explanation, DIAG_JSON);

		message[strcspn(message, "\n")] = '\0';
		printf(",\"message\":%s", message);
		json_member("printed", message_of(explaining, explanation, DIAG_TEXT));
	}
	if (explanation->mended.name)
		json_file(",\"mended\":", &explanation->mended);
	json_steps("mend", explanation->mend, explanation->mend_count);
	printf(",\"related\":[");
	for (size_t i = 0; i < explanation->related_count; i++)
		printf("%s\"%s\"", i ? "," : "", message_entry(explanation->related[i])->code);
	puts("]}");
}

static int compare_codes(const void *a, const void *b)
{
	return strcmp(message_entry(*(const enum message *)a)->code, message_entry(*(const enum message *)b)->code);
}

static void print_list(const struct explaining *explaining)
{
	enum message all[MSG_COUNT];

	for (size_t i = 0; i < MSG_COUNT; i++)
		all[i] = (enum message)i;
	qsort(all, MSG_COUNT, sizeof(all[0]), compare_codes);
	for (size_t i = 0; i < MSG_COUNT; i++) {
		if (explaining->options->format == DIAG_JSON) {
			json_head(explaining, all[i]);
			puts("}");
		} else {
			print_head(explaining, all[i]);
		}
	}
}

static void explain_one(const struct explaining *explaining, const char *code, bool is_first)
{
	struct explanation explanation = { .id = 0 };

	if (!message_find(code, &explanation.id) ||
		!explanation_read(&explanation, explaining->templates, explaining->language, explaining->arena, explaining->diag))
		return;
	if (explaining->options->format == DIAG_JSON) {
		print_json(explaining, &explanation);
		return;
	}
	if (!is_first)
		putchar('\n');
	print_text(explaining, &explanation);
}

int explain_codes(const struct workplace *place)
{
	const struct options *options = place->options;
	struct explaining explaining = { options, place->arena, diag_new(place->arena),
		arena_printf(place->arena, "%s/templates", own_folder(place->arena)), language_of(options),
		!strcmp(language_of(options), "zh-CN"), say_in_color(options, STDOUT_FILENO) };
	int status;

	diag_set_language(explaining.diag, explaining.language);
	if (!options->operand_count)
		print_list(&explaining);
	for (int i = 0; i < options->operand_count; i++)
		explain_one(&explaining, options->operands[i], i == 0);
	say_diag(place, explaining.diag);
	status = diag_status(explaining.diag);
	diag_free(explaining.diag);
	return status;
}
