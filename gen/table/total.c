#include "table/total.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "table/csv.h"

#define LABEL_SIZE 40

/* Words of the contract's section 4 (合计 总计 小计) and what stands at the foot of printed sheets. */
static const struct {
	const char *word;
	enum total_kind kind;
} words[] = {
	{ "合计", TOTAL_ALL }, { "总计", TOTAL_ALL }, { "总合计", TOTAL_ALL }, { "合計", TOTAL_ALL }, { "總計", TOTAL_ALL },
	{ "小计", TOTAL_PART }, { "小計", TOTAL_PART }, { "本页合计", TOTAL_PART }, { "本页小计", TOTAL_PART },
	{ "total", TOTAL_ALL }, { "grandtotal", TOTAL_ALL }, { "subtotal", TOTAL_PART },
	{ "平均", TOTAL_FOOT }, { "平均值", TOTAL_FOOT }, { "制表人", TOTAL_FOOT }, { "制表", TOTAL_FOOT },
	{ "制表日期", TOTAL_FOOT }, { "制表时间", TOTAL_FOOT }, { "审核", TOTAL_FOOT }, { "审核人", TOTAL_FOOT },
	{ "复核", TOTAL_FOOT }, { "复核人", TOTAL_FOOT }, { "审批", TOTAL_FOOT }, { "批准", TOTAL_FOOT },
	{ "备注", TOTAL_FOOT }, { "说明", TOTAL_FOOT }, { "注", TOTAL_FOOT }, { "打印时间", TOTAL_FOOT },
	{ "导出时间", TOTAL_FOOT }, { "报表生成时间", TOTAL_FOOT },
};

/* The cell up to a colon or bracket, without blanks, in lower case; false if it is longer than any word. */
static bool read_label(const char *text, char out[LABEL_SIZE])
{
	size_t length = 0;

	while (*text) {
		const char *from = text;
		uint32_t c = text_next(&text);
		size_t size = (size_t)(text - from);

		if (c == ' ' || c == '\t' || c == 0x3000 || c == 0xA0)
			continue;
		if (c == ':' || c == 0xFF1A || c == '(' || c == 0xFF08)
			break;
		if (length + size >= LABEL_SIZE)
			return false;
		memcpy(out + length, from, size);
		if (c >= 'A' && c <= 'Z')
			out[length] = (char)(c + 32);
		length += size;
	}
	out[length] = '\0';
	return length > 0;
}

static enum total_kind kind_of(const char *text)
{
	char label[LABEL_SIZE];

	/* Ids and dates, the usual first cells, are told by their first bytes. */
	if ((unsigned char)*text < 0x80 && !strchr(" \t", *text) && strncasecmp(text, "to", 2) != 0 &&
		strncasecmp(text, "su", 2) != 0 && strncasecmp(text, "gr", 2) != 0)
		return TOTAL_NONE;
	if (!read_label(text, label))
		return TOTAL_NONE;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(label, words[i].word))
			return words[i].kind;
	return TOTAL_NONE;
}

/* A row of a table of kinds may begin with a choice called 合计. */
static bool is_a_choice(const struct table_spec *spec, const struct header *header, size_t field, const char *text)
{
	for (size_t i = 0; i < spec->column_count; i++) {
		const struct column *column = &spec->columns[i];

		for (size_t j = 0; header->field_of_column[i] == (int)field && j < column->choice_count; j++)
			if (!strcmp(column->choices[j], text))
				return true;
	}
	return false;
}

static bool lacks_required(const struct csv_row *row, const struct table_spec *spec, const struct header *header)
{
	for (size_t i = 0; i < spec->column_count; i++) {
		size_t field = (size_t)header->field_of_column[i];

		if (spec->columns[i].required && field && (field > row->count || !row->fields[field - 1].length))
			return true;
	}
	return false;
}

enum total_kind total_kind(const struct csv_row *row, const struct table_spec *spec, const struct header *header,
	const char **label)
{
	enum total_kind kind;
	size_t first = 0;

	while (first < row->count && !row->fields[first].length)
		first++;
	if (first == row->count)
		return TOTAL_NONE;
	*label = row->fields[first].text;
	kind = kind_of(*label);
	if (kind == TOTAL_NONE)
		return kind;
	if (is_a_choice(spec, header, first + 1, *label))
		return TOTAL_NONE;
	/* 备注 may begin a row of data; a foot line leaves most of it empty. */
	return kind == TOTAL_FOOT && row->count >= header->fields_needed && !lacks_required(row, spec, header) ?
		TOTAL_NONE : kind;
}

void total_add(struct total_sum *sum, const struct value *value)
{
	if (value->missing)
		return;
	sum->part = decimal_add(sum->part, value->number);
}

void total_spoil(struct total_sum *sum)
{
	sum->part_unknown = true;
	sum->all_unknown = true;
}

void total_close(struct total_sum *sum)
{
	sum->before = decimal_add(sum->before, sum->part);
	sum->part = decimal_zero();
	sum->part_unknown = false;
}
