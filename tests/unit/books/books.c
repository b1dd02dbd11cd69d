#include "books/control.h"
#include "books/exports.h"
#include "books/ledger.h"

#include "calculated.h"

/* The month's books and exports byte by byte, and the control totals over them. */
#define POLICY \
	"<table name='员工' file='员工.csv' rows='one' role='staff' required='yes'>" \
	"<column name='工号' type='id' role='id' required='yes'/><column name='姓名' type='text' role='name'/>" \
	"<column name='部门' type='text' role='unit'/><column name='职级' type='grade' role='grade'/>" \
	"<column name='离职' type='date' role='left'/><column name='账号' type='id' role='account'/></table>" \
	"<table name='单' file='单.csv'><column name='单号' type='id' required='yes'/><column name='谁' type='id' role='person' required='yes'/>" \
	"<column name='款' type='money'/><column name='注' type='text'/></table>" \
	"<grades><grade id='S1' title='助理' track='支持' order='1'/><grade id='S2' title='专员' track='支持' order='2'/></grades>" \
	"<line name='提成' table='单' key='单号'>款 × 10%</line>" \
	"<figure name='提' type='money' section='earnings'>sum(单 其中 非 缺失(款), 提成)</figure>" \
	"<figure name='扣' type='money' section='deductions'>1元</figure>" \
	"<figure name='率' type='percent'>1 ÷ 8</figure><figure name='真' type='yesno'>提 &gt; 5</figure>" \
	"<figure name='日' type='date'>月初()</figure><figure name='文' type='text'>唯一(单 其中 单号 属于 (“X1”, “X9”), 注)</figure>" \
	"<figure name='缺' type='number'>1 ÷ 0</figure><figure name='实发' type='money' section='net'>提 - 扣</figure>" \
	"<movement kind='promotion' title='升,级' from='S1' to='next'><criterion name='提够'>提 ≥ 10.5</criterion>" \
	"<criterion name='否'>非 真</criterion></movement>"

static void begin(struct calculated *c, const char *policy)
{
	month_begin(&c->month, policy);
	month_file(&c->month, "2026-10/员工.csv", "工号,姓名,部门,职级,离职,账号\nb,\"乙,二\",一部,助理,,6222021234567890\n007,\"甲\"\"一\"\"\",一部,S1,,001\n"
		"Z,走了,一部,S2,2026-09-01,\nA,丙,,,,002\n");
	month_file(&c->month, "2026-10/单.csv", "单号,谁,款,注\nX9,b,100,=1+1\nX1,007,33.35,@x\nX2,b,,-5\nX0,b,-0.5,\n");
}

static void check_file(const struct calculated *c, const char *name, const char *text)
{
	char *found = unit_read(c->month.folder, name);

	g_assert_cmpstr(found, ==, text);
	g_free(found);
}

static const char *path_of(struct calculated *c, const char *name)
{
	return arena_printf(c->month.arena, "%s/%s", c->month.folder, name);
}

static void test_books(void)
{
	struct calculated c;

	begin(&c, MONTH_POLICY(POLICY));
	if (calculated_good(&c, "2026-10")) {
		g_assert_true(ledger_write(c.results, path_of(&c, "ledger.csv"), c.month.diag));
		/* 007: 3.335 → 3.34, less 1.00; b: 10.00 + −0.05; A has no order; Z left */
		check_file(&c, "ledger.csv", "工号,姓名,部门,职级,提,扣,率,真,日,文,缺,实发\n"
			"007,\"甲\"\"一\"\"\",一部,S1,3.34,1.00,0.125,no,2026-10-01,@x,,2.34\n"
			"A,丙,,,0.00,1.00,0.125,no,2026-10-01,,,-1.00\n"
			"b,\"乙,二\",一部,S1,9.95,1.00,0.125,yes,2026-10-01,=1+1,,8.95\n");
		g_assert_true(lines_write(c.results, 0, path_of(&c, "lines.csv"), c.month.diag));
		check_file(&c, "lines.csv", "id,key,file line,value\n007,X1,3,3.34\nb,X9,2,10.00\nb,X2,4,\nb,X0,5,-0.05\n");
		g_assert_true(movements_write(c.results, path_of(&c, "movements.csv"), c.month.diag));
		check_file(&c, "movements.csv", "id,movement,from,to,verdict,criterion,holds,value,required,gap\n"
			"007,\"升,级\",S1,S2,not-eligible,提够,no,3.34,10.50,7.16\n007,\"升,级\",S1,S2,not-eligible,否,yes,,,\n"
			"b,\"升,级\",S1,S2,not-eligible,提够,no,9.95,10.50,0.55\nb,\"升,级\",S1,S2,not-eligible,否,no,,,\n");
	}
	month_end(&c.month);
}

#define EXPORTS POLICY \
	"<export file='bank.csv' title='银行'><column title='账号'>账号</column><column title='户名'>姓名</column>" \
	"<column title='金额'>实发</column><column title='三分之一'>实发 ÷ 3</column></export>" \
	"<export file='lines.csv' title='明细' of='单' bom='yes'><column title='工号'>工号</column><column title='单号'>单号</column>" \
	"<column title='注'>注</column><column title='提成'>提成</column><column title='款'>款</column></export>" \
	"<export file='gb.csv' title='国标' encoding='GB18030'><column title='姓名'>姓名</column></export>"

static void test_exports(void)
{
	struct calculated c;

	begin(&c, MONTH_POLICY(EXPORTS));
	month_file(&c.month, "2026-10/hold.csv", "id,reason\nA,x\n");
	month_file(&c.month, "export/.keep", "");
	if (calculated_good(&c, "2026-10")) {
		g_assert_true(exports_write(c.results, path_of(&c, "export"), c.month.arena, c.month.diag));
		/* A is held: in no export. Money between roundings stands in full, cut to 30 digits. */
		check_file(&c, "export/bank.csv", "账号,户名,金额,三分之一\n001,\"甲\"\"一\"\"\",2.34,0.78\n"
			"6222021234567890,\"乙,二\",8.95,2.98333333333333333333333333333\n");
		/* Texts that a spreadsheet would run are defused; amounts stay numbers. */
		check_file(&c, "export/lines.csv", "\xEF\xBB\xBF" "工号,单号,注,提成,款\n007,X1,'@x,3.34,33.35\nb,X9,'=1+1,10.00,100.00\nb,X2,'-5,,\nb,X0,,-0.05,-0.50\n");
		check_file(&c, "export/gb.csv", "\xD0\xD5\xC3\xFB\n\"\xBC\xD7\"\"\xD2\xBB\"\"\"\n\"\xD2\xD2,\xB6\xFE\"\n");
	}
	month_end(&c.month);
}

/* One file of two schemes must have one header. */
static void test_exports_of_schemes(void)
{
	static const struct {
		const char *other, *codes;
	} rows[] = {
		{ "<export file='b.csv' title='x'><column title='A'>工号</column><column title='B'>实发 + 1</column></export>", "" },
		{ "<export file='b.csv' title='x'><column title='A'>工号</column></export>", "E0373" },
		{ "<export file='b.csv' title='x'><column title='B'>实发</column><column title='A'>工号</column></export>", "E0373" },
		{ "<export file='b.csv' title='x' encoding='GB18030'><column title='A'>工号</column><column title='B'>实发</column></export>", "E0373" },
		{ "<export file='b.csv' title='x' of='单'><column title='A'>工号</column><column title='B'>款</column></export>", "E0373" },
		{ "<export file='c.csv' title='x'><column title='C'>工号</column></export>", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char *other = g_strconcat("<policy xmlns='urn:salespay:policy:1' id='q' title='t' version='1' currency='CNY'>"
			"<include href='lib.xml'/>", rows[i].other, "</policy>", NULL);
		struct calculated c;

		begin(&c, MONTH_POLICY("<include href='lib.xml'/><export file='b.csv' title='x'><column title='A'>工号</column>"
			"<column title='B'>实发</column></export>"));
		month_file(&c.month, "policies/lib.xml", MONTH_POLICY(POLICY));
		month_file(&c.month, "policies/q.xml", other);
		month_file(&c.month, "company.xml", MONTH_COMPANY("<policy scheme='一' href='policies/p.xml' from='2020-01' when='姓名 = “丙”'/>"
			"<policy scheme='二' href='policies/q.xml' from='2020-01' when='姓名 &lt;&gt; “丙”'/>"));
		month_file(&c.month, "export/.keep", "");
		if (calculated_good(&c, "2026-10")) {
			g_assert_cmpint(exports_write(c.results, path_of(&c, "export"), c.month.arena, c.month.diag), ==, !*rows[i].codes);
			g_assert_cmpstr(month_codes(&c.month), ==, rows[i].codes);
			if (i == 0) /* A earns nothing and pays 1.00; the others' column adds 1 */
				check_file(&c, "export/b.csv", "A,B\n007,3.34\nA,-1.00\nb,9.95\n");
		}
		month_end(&c.month);
		g_free(other);
	}
}

static const struct control *control_named(const struct controls *controls, const char *label)
{
	for (size_t i = 0; i < controls->count; i++)
		if (!strcmp(controls->rows[i].label, label))
			return &controls->rows[i];
	return NULL;
}

static void check_side(const struct controls *controls, const char *control, const char *side, const char *text)
{
	const struct control *found = control_named(controls, control);
	char room[DECIMAL_TEXT];

	g_assert_nonnull(found);
	for (size_t i = 0; found && i < found->side_count; i++)
		if (!strcmp(found->sides[i].label, side)) {
			g_assert_cmpstr(decimal_format(found->sides[i].value, room), ==, text);
			return;
		}
	g_test_message("%s has no side %s", control, side);
	g_test_fail();
}

static void run_controls(struct calculated *c, struct controls *controls)
{
	struct earlier *earlier = earlier_read(c->results, path_of(c, "records"), SIZE_MAX, NULL, c->month.arena,
		c->month.diag);
	struct control_documents documents;
	const struct controls_input input = { c->results, earlier, &documents, c->month.folder, NULL, c->month.folder };

	control_documents_foresee(c->results, &documents);
	controls_compute(&input, controls, c->month.arena, c->month.diag);
}

static void test_controls(void)
{
	struct controls controls;
	struct calculated c;

	begin(&c, MONTH_POLICY(EXPORTS));
	month_file(&c.month, "2026-10/hold.csv", "id,reason\nA,x\n");
	month_file(&c.month, "export/.keep", "");
	month_file(&c.month, "records/2026-09/ledger.csv", "工号,姓名,部门,职级,实发\n007,,,,1.00\nQ,,,,2.00\nZ,,,,3.00\n");
	if (calculated_good(&c, "2026-10")) {
		g_assert_true(ledger_write(c.results, path_of(&c, "ledger.csv"), c.month.diag));
		g_assert_true(exports_write(c.results, path_of(&c, "export"), c.month.arena, c.month.diag));
		run_controls(&c, &controls);
		g_assert_cmpuint(diag_errors(c.month.diag), ==, 0);
		/* 4 in the staff table: 007 and b paid, A held, Z left; 2.34 + 8.95 − 1.00 = 10.29, of which −1.00 is held back */
		check_side(&controls, "people", "staff", "4");
		check_side(&controls, "people", "paid", "2");
		check_side(&controls, "people", "held", "1");
		check_side(&controls, "people", "excluded", "1");
		check_side(&controls, "net", "ledger", "10.29");
		check_side(&controls, "net", "slip-sum", "10.29");
		check_side(&controls, "net", "unit-sum", "10.29");
		check_side(&controls, "net", "bank", "11.29");
		check_side(&controls, "net", "held-back", "-1");
		check_side(&controls, "rows", "read", "8"); /* 4 people, 4 orders */
		check_side(&controls, "change", "this-month", "3");
		check_side(&controls, "change", "last-month", "3");
		check_side(&controls, "change", "joiners", "2"); /* A and b */
		check_side(&controls, "change", "leavers", "2"); /* Q is gone, Z left */
	}
	month_end(&c.month);
}

/* A ledger or bank file that says something else than what was computed opens the control. */
static void test_open_controls(void)
{
	static const struct {
		const char *file, *from, *to;
	} rows[] = {
		{ "ledger.csv", "2.34", "2.35" }, { "export/bank.csv", "8.95,", "8.94," }, { "ledger.csv", "b,\"乙", "c,\"乙" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct controls controls;
		struct calculated c;
		char *text, **parts, *changed;

		begin(&c, MONTH_POLICY(EXPORTS));
		month_file(&c.month, "export/.keep", "");
		if (calculated_good(&c, "2026-10")) {
			g_assert_true(ledger_write(c.results, path_of(&c, "ledger.csv"), c.month.diag));
			g_assert_true(exports_write(c.results, path_of(&c, "export"), c.month.arena, c.month.diag));
			text = unit_read(c.month.folder, rows[i].file);
			parts = g_strsplit(text, rows[i].from, 2);
			changed = g_strjoinv(rows[i].to, parts);
			g_assert_cmpstr(changed, !=, text);
			unit_write(c.month.folder, rows[i].file, changed);
			run_controls(&c, &controls);
			g_assert_cmpint(control_named(&controls, "net")->holds, ==, i == 2); /* another id alone is not a sum's business */
			g_assert_cmpint(diag_errors(c.month.diag) > 0, ==, i != 2);
			g_free(changed);
			g_strfreev(parts);
			g_free(text);
		}
		month_end(&c.month);
	}
}

/* The net control as an equation, with what it says it leaves out. */
static const char *net_equation(const struct controls *controls, struct arena *arena)
{
	static const char *const signs[] = { " = ", " + ", " - " };
	const struct control *net = control_named(controls, "net");
	const char *text = "";
	char room[DECIMAL_TEXT];

	if (!net)
		return "none";
	for (size_t i = 0; i < net->side_count; i++)
		text = arena_printf(arena, "%s%s%s %s", text, i ? signs[net->sides[i].sign] : "", net->sides[i].label,
			decimal_format_places(net->sides[i].value, 2, room));
	text = net->without ? arena_printf(arena, "%s, without %s", text, net->without) : text;
	return net->no_bank ? arena_printf(arena, "%s, no bank file", text) : text;
}

#define BANK(file, figure) "<export file='" file "' title='x'><column title='A'>账号</column><column title='B'>" figure "</column></export>"
#define NO_NET "<replace name='实发' reason='x'><figure name='实发' type='money'>提</figure></replace>"
/* 一: A, who earns 0.00 less 1.00; 二: 007 and b, 2.34 and 8.95. */
static void test_net_of_schemes(void)
{
	static const struct {
		const char *one, *two, *equation;
	} rows[] = {
		{ BANK("b.csv", "实发"), BANK("b.csv", "实发"), "ledger 10.29 = slip-sum 10.29 = unit-sum 10.29 = bank 10.29 + held-back 0.00" },
		{ BANK("b.csv", "实发"), BANK("c.csv", "实发"), "ledger 10.29 = slip-sum 10.29 = unit-sum 10.29 = bank 10.29 + held-back 0.00" },
		{ "", BANK("b.csv", "实发"), "ledger 10.29 = slip-sum 10.29 = unit-sum 10.29 = bank 11.29 + held-back 0.00 + no-bank -1.00" },
		{ "", BANK("b.csv", "实发") BANK("c.csv", "实发"),
			"ledger 10.29 = slip-sum 10.29 = unit-sum 10.29 = bank 11.29 + held-back 0.00 + no-bank -1.00" },
		{ "", BANK("b.csv", "实发 × 2"), "ledger 10.29 = slip-sum 10.29 = unit-sum 10.29, no bank file" },
		{ BANK("b.csv", "实发"), NO_NET, "ledger -1.00 = slip-sum -1.00 = unit-sum -1.00 = bank -1.00 + held-back 0.00, without 二" },
		{ NO_NET, BANK("b.csv", "实发"), "ledger 11.29 = slip-sum 11.29 = unit-sum 11.29 = bank 11.29 + held-back 0.00, without 一" },
		{ NO_NET, NO_NET, "none" },
		/* Part of what is paid goes another way; the file that names the account goes first. */
		{ "<figure name='现金' type='money' section='net'>2元</figure><replace name='实发' reason='x'><figure name='实发' type='money' section='net'>"
			"提 - 扣 - 2元</figure></replace>" BANK("b.csv", "实发"), BANK("b.csv", "实发"),
			"ledger 10.29 = slip-sum 10.29 = unit-sum 10.29 = bank 8.29 + held-back 0.00 + no-bank 2.00" },
		{ "<figure name='现金' type='money' section='net'>2元</figure><replace name='实发' reason='x'><figure name='实发' type='money' section='net'>"
			"提 - 扣 - 2元</figure></replace><export file='cash.csv' title='x'><column title='A'>姓名</column><column title='B'>现金</column></export>"
			BANK("b.csv", "实发"), BANK("b.csv", "实发"), "ledger 10.29 = slip-sum 10.29 = unit-sum 10.29 = bank 10.29 + held-back 0.00" },
		{ "<total name='到手' section='net'/>" BANK("b.csv", "到手"), BANK("b.csv", "实发"),
			"ledger 10.29 = slip-sum 10.29 = unit-sum 10.29 = bank 10.29 + held-back 0.00" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *parts[] = { rows[i].one, rows[i].two };
		struct controls controls;
		struct calculated c;

		begin(&c, MONTH_POLICY(""));
		month_file(&c.month, "export/.keep", "");
		month_file(&c.month, "policies/lib.xml", MONTH_POLICY(POLICY));
		for (size_t p = 0; p < 2; p++) {
			char *policy = g_strdup_printf("<policy xmlns='urn:salespay:policy:1' id='p%zu' title='t' version='1' currency='CNY'>"
				"<include href='lib.xml'/>%s</policy>", p, parts[p]);

			month_file(&c.month, p ? "policies/q.xml" : "policies/p.xml", policy);
			g_free(policy);
		}
		month_file(&c.month, "company.xml", MONTH_COMPANY("<policy scheme='一' href='policies/p.xml' from='2020-01' when='姓名 = “丙”'/>"
			"<policy scheme='二' href='policies/q.xml' from='2020-01' when='姓名 &lt;&gt; “丙”'/>"));
		if (calculated_good(&c, "2026-10")) {
			g_assert_true(ledger_write(c.results, path_of(&c, "ledger.csv"), c.month.diag));
			g_assert_true(exports_write(c.results, path_of(&c, "export"), c.month.arena, c.month.diag));
			run_controls(&c, &controls);
			g_assert_cmpstr(net_equation(&controls, c.month.arena), ==, rows[i].equation);
			g_assert_cmpuint(diag_errors(c.month.diag), ==, 0);
		}
		month_end(&c.month);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/books/ledger, lines and movements, byte by byte", test_books);
	g_test_add_func("/books/exports: defused, encoded, without those who are held", test_exports);
	g_test_add_func("/books/an export of several schemes has one form", test_exports_of_schemes);
	g_test_add_func("/books/control totals close", test_controls);
	g_test_add_func("/books/the net control names schemes and files that it lacks", test_net_of_schemes);
	g_test_add_func("/books/control totals notice a changed file", test_open_controls);
	return g_test_run();
}
