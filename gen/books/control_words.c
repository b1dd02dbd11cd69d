#include "books/control_words.h"

#include <stddef.h>
#include <string.h>

static const struct { const char *id, *zh, *en; } words[] = {
	{ "people", "人数", "People" },
	{ "staff", "花名册", "staff table" },
	{ "paid", "发放", "paid" },
	{ "held", "暂缓", "held" },
	{ "excluded", "不计（附原因）", "excluded, with reason" },
	{ "slips", "工资条", "Payslips" },
	{ "slip-files", "工资条文件", "files of payslips" },
	{ "ledger-rows", "账册的行", "rows of the ledger" },
	{ "net", "实发合计", "Net pay" },
	{ "ledger", "账册", "ledger" },
	{ "slip-sum", "工资条", "payslips" },
	{ "unit-sum", "各部门", "units" },
	{ "units", "部门合计", "Sums of units" },
	{ "sums", "部门文件", "unit documents" },
	{ "sums-right", "与所属工资条之和相等", "equal to the sum of their slips" },
	{ "bank", "银行文件", "bank file" },
	{ "held-back", "暂缓发放", "held back" },
	{ "no-bank", "不经银行文件", "in no bank file" },
	{ "rows", "行数", "Rows" },
	{ "read", "读入", "read" },
	{ "used", "使用", "used" },
	{ "ignored", "忽略（附原因）", "ignored, with reason" },
	{ "rejected", "拒收", "rejected" },
	{ "change", "人数变动", "Joiners and leavers" },
	{ "this-month", "本月", "this month" },
	{ "last-month", "上月", "last month" },
	{ "joiners", "新计入", "joined" },
	{ "leavers", "不再计入", "left" },
};

const char *control_word(const char *id, bool chinese)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i].id, id))
			return chinese ? words[i].zh : words[i].en;
	return id;
}
