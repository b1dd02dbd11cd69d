#ifndef SALESPAY_TESTS_POLICY_FORMULA_COMPANY_H
#define SALESPAY_TESTS_POLICY_FORMULA_COMPANY_H

#include "policy/names.h"
#include "policy/policy.h"

/*
 * A policy made by hand, so that formulas are tested without the XML reader:
 * every kind of table, column, figure, rates and tiers once.
 */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define AT(line_number) { .file = "policy.xml", .line = line_number, .column = 1 }

static const char *company_sexes[] = { "男", "女" }, *company_posts[] = { "销售", "支持" };
static const char *company_sources[] = { "自主开发", "公司线索", "续单" }, *company_kinds[] = { "收款", "退款" };
static const char *company_classes[] = { "A", "B", "C" };

static struct column company_staff[] = {
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_ID }, { .name = "姓名", .type = COLUMN_TEXT, .role = ROLE_NAME },
	{ .name = "部门", .type = COLUMN_TEXT, .role = ROLE_UNIT }, { .name = "职级", .type = COLUMN_GRADE, .role = ROLE_GRADE },
	{ .name = "性别", .type = COLUMN_CHOICE, .choices = company_sexes, .choice_count = 2, .sensitive = true },
	{ .name = "入职日期", .type = COLUMN_DATE }, { .name = "离职日期", .type = COLUMN_DATE },
	{ .name = "试用期", .type = COLUMN_YESNO }, { .name = "原职级", .type = COLUMN_GRADE },
	{ .name = "底薪", .type = COLUMN_MONEY }, { .name = "系数", .type = COLUMN_NUMBER },
	{ .name = "岗位", .type = COLUMN_CHOICE, .choices = company_posts, .choice_count = 2 },
	{ .name = "2次奖励", .type = COLUMN_NUMBER }, { .name = "Ｋ值", .type = COLUMN_NUMBER },
};
static struct column company_attendance[] = {
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON }, { .name = "迟到次数", .type = COLUMN_NUMBER },
	{ .name = "出勤率", .type = COLUMN_PERCENT }, { .name = "备注", .type = COLUMN_TEXT },
};
static struct column company_orders[] = {
	{ .name = "订单号", .type = COLUMN_ID }, { .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON },
	{ .name = "日期", .type = COLUMN_DATE },
	{ .name = "业务来源", .type = COLUMN_CHOICE, .choices = company_sources, .choice_count = 3 },
	{ .name = "类型", .type = COLUMN_CHOICE, .choices = company_kinds, .choice_count = 2 },
	{ .name = "金额", .type = COLUMN_MONEY }, { .name = "数量", .type = COLUMN_NUMBER },
	{ .name = "客户编号", .type = COLUMN_ID, .ref = "客户" }, { .name = "原订单号", .type = COLUMN_ID },
	{ .name = "月份", .type = COLUMN_MONTH }, { .name = "成单职级", .type = COLUMN_GRADE },
	{ .name = "已回款", .type = COLUMN_YESNO },
};
static struct column company_papers[] = {
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON }, { .name = "生效日", .type = COLUMN_DATE },
	{ .name = "失效日", .type = COLUMN_DATE }, { .name = "证书", .type = COLUMN_TEXT }, { .name = "备注", .type = COLUMN_TEXT },
};
static struct column company_clients[] = {
	{ .name = "客户号", .type = COLUMN_ID, .role = ROLE_ID },
	{ .name = "等级", .type = COLUMN_CHOICE, .choices = company_classes, .choice_count = 3 },
	{ .name = "区域", .type = COLUMN_ID, .ref = "区域表" }, { .name = "负责职级", .type = COLUMN_GRADE },
	{ .name = "额度", .type = COLUMN_MONEY },
	{ .name = "法人性别", .type = COLUMN_CHOICE, .choices = company_sexes, .choice_count = 2, .sensitive = true },
};
static struct column company_regions[] = {
	{ .name = "区域号", .type = COLUMN_ID, .role = ROLE_ID }, { .name = "区域系数", .type = COLUMN_NUMBER },
};
static struct column company_units[] = {
	{ .name = "机构号", .type = COLUMN_ID, .role = ROLE_ID }, { .name = "机构名", .type = COLUMN_TEXT, .role = ROLE_NAME },
	{ .name = "上级", .type = COLUMN_ID, .role = ROLE_PARENT }, { .name = "城市", .type = COLUMN_TEXT },
};

#define TABLE(columns_, ...) { .columns = columns_, .column_count = COUNT(columns_), __VA_ARGS__ }
static struct table_spec company_tables[] = {
	TABLE(company_staff, .name = "员工", .one_row = true, .role = TABLE_STAFF, .key = &company_staff[0],
		.unit = &company_staff[2]),
	TABLE(company_attendance, .name = "考勤", .one_row = true, .person = &company_attendance[0]),
	TABLE(company_orders, .name = "订单", .person = &company_orders[1]),
	TABLE(company_papers, .name = "上岗资格", .person = &company_papers[0]),
	TABLE(company_clients, .name = "客户", .one_row = true, .key = &company_clients[0]),
	TABLE(company_regions, .name = "区域表", .one_row = true, .key = &company_regions[0]),
	TABLE(company_units, .name = "机构", .one_row = true, .role = TABLE_UNITS, .key = &company_units[0]),
};
static struct table_spec *company_table_list[COUNT(company_tables)];

static struct parameter company_parameters[] = {
	{ .name = "全勤奖标准", .type = VALUE_MONEY }, { .name = "达标线", .type = VALUE_NUMBER },
	{ .name = "执行日", .type = VALUE_DATE }, { .name = "加成", .type = VALUE_PERCENT },
};
static struct parameter *company_parameter_list[COUNT(company_parameters)];

static struct grade_set company_sets[] = {
	{ .name = "基本工资标准", .type = VALUE_MONEY }, { .name = "目标数", .type = VALUE_NUMBER },
};
/* 助理 is a title in two tracks */
static struct grade company_grades[] = {
	{ .id = "S1", .title = "助理", .track = "支持", .order = 1 }, { .id = "S2", .title = "专员", .track = "支持", .order = 2 },
	{ .id = "M1", .title = "助理", .track = "管理", .order = 1 }, { .id = "M2", .title = "经理", .track = "管理", .order = 2 },
};

#define ITEM(kind_, name_, type_) { .kind = kind_, .name = name_, .label = name_, .type = type_ }
#define LINE(name_, type_) \
	{ .kind = ITEM_LINE, .name = name_, .label = name_, .type = type_, .table = &company_tables[2], .key = &company_orders[0] }
static struct item company_items[] = {
	ITEM(ITEM_KPI, "质量得分", VALUE_NUMBER), ITEM(ITEM_ADJUST, "投诉扣分", VALUE_NUMBER),
	ITEM(ITEM_SCORECARD, "绩效得分", VALUE_NUMBER), ITEM(ITEM_FIGURE, "绩效工资", VALUE_MONEY),
	ITEM(ITEM_FIGURE, "提成", VALUE_MONEY), ITEM(ITEM_FIGURE, "达标", VALUE_YESNO),
	ITEM(ITEM_FIGURE, "评语", VALUE_TEXT), ITEM(ITEM_FIGURE, "在岗开始", VALUE_DATE),
	ITEM(ITEM_FIGURE, "完成率", VALUE_PERCENT), ITEM(ITEM_TOTAL, "应发合计", VALUE_MONEY),
	LINE("收款提成", VALUE_MONEY),
	LINE("退回提成", VALUE_MONEY),
	ITEM(ITEM_CHECK, "低于最低工资", VALUE_TEXT),
};
static struct item *company_item_list[COUNT(company_items)];

static const char *company_rate_keys[] = { "业务来源", "职级" }, *company_price_keys[] = { "品类" };
static struct rates company_rates[] = {
	{ .name = "提成比例", .keys = company_rate_keys, .key_count = 2, .type = VALUE_PERCENT },
	{ .name = "单价", .keys = company_price_keys, .key_count = 1, .type = VALUE_MONEY },
};
static struct rates *company_rates_list[COUNT(company_rates)];
static struct tiers company_tiers[] = {
	{ .name = "税率", .mode = TIERS_MARGINAL, .type = VALUE_PERCENT }, { .name = "全额", .mode = TIERS_WHOLE, .type = VALUE_PERCENT },
	{ .name = "档次", .mode = TIERS_VALUE, .type = VALUE_TEXT }, { .name = "系数档", .mode = TIERS_LINEAR, .type = VALUE_NUMBER },
};
static struct tiers *company_tiers_list[COUNT(company_tiers)];

static struct policy company_policy;

#define LIST(list, things, count) \
	do { \
		for (size_t i = 0; i < COUNT(things); i++) \
			(list)[i] = &(things)[i]; \
		company_policy.count = COUNT(things); \
	} while (0)

static inline struct policy *company_policy_build(struct arena *arena, struct diag *diag)
{
	company_policy = (struct policy){ .id = "p", .title = "试验制度", .path = "policy.xml" };
	company_policy.tables = company_table_list;
	LIST(company_table_list, company_tables, table_count);
	company_policy.parameters = company_parameter_list;
	LIST(company_parameter_list, company_parameters, parameter_count);
	company_policy.items = company_item_list;
	LIST(company_item_list, company_items, item_count);
	company_policy.rates = company_rates_list;
	LIST(company_rates_list, company_rates, rates_count);
	company_policy.tiers = company_tiers_list;
	LIST(company_tiers_list, company_tiers, tiers_count);
	company_policy.grade_sets = company_sets;
	company_policy.grade_set_count = COUNT(company_sets);
	company_policy.grades = company_grades;
	company_policy.grade_count = COUNT(company_grades);
	company_policy.staff = &company_tables[0];
	company_policy.units = &company_tables[6];
	for (size_t t = 0; t < COUNT(company_tables); t++)
		for (size_t c = 0; c < company_tables[t].column_count; c++)
			company_tables[t].columns[c].index = c;
	company_policy.names = names_build(&company_policy, arena, diag);
	return &company_policy;
}

#endif
