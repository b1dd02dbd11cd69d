#!/usr/bin/env python3
"""Planted defects: each alone gives its one message at its place, and all that fit together are told in one pass. TAP.

Every defect edits one cell, line or file of a copy of tests/company/input; $SALESPAY check (default
build/release/salespay) must then name code, level, file, line and column, say what the defect says, offer what it
offers, and say nothing else. Then as many defects as do not hide each other are planted at once, until all have been.
The last test holds the codes met here against the catalogue.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "company"))
import sheets  # noqa: E402
import tap  # noqa: E402
from plants import ANY, HEADER, Defect, Expected, Sheet, add, cell, drop, file, head, line  # noqa: E402

PROGRAM = os.environ.get("SALESPAY", str(sheets.TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-defects-"))
os.environ.setdefault("SALESPAY_DATA", str(sheets.TOP))
os.environ["LC_ALL"] = "C.UTF-8"

M = sheets.MONTH
STAFF, DAYS, MARKS, DEALS, JOINT = f"{M}/花名册.csv", f"{M}/考勤.csv", f"{M}/评分.csv", f"{M}/订单.csv", f"{M}/合作订单.csv"
ALLOW, HELD, FIX, HOLD = f"{M}/补贴.csv", f"{M}/代扣.csv", f"{M}/更正.csv", f"{M}/hold.csv"
UNITS, CLIENTS, GOALS, CERTS = "common/机构.csv", "common/客户.csv", "common/部门目标.csv", "common/证书.csv"
CALENDAR, OPENING, OPENING_LINES = "calendar.csv", "opening.csv", "opening-lines-订单提成.csv"
RATES, GRADES = "policies/tables/提成比例.csv", "policies/tables/职级.csv"
FILES = [STAFF, DAYS, MARKS, DEALS, JOINT, ALLOW, HELD, FIX, HOLD, UNITS, CLIENTS, GOALS, CERTS, CALENDAR, OPENING,
         OPENING_LINES, RATES, GRADES]


def plain(below):
    return (sheets.INPUT / below).read_bytes()


def as_folder(path, _):
    path.mkdir()


def as_loop(path, _):
    path.symlink_to(path.name)


def gone(path, _):
    pass


def renamed(name):
    return lambda path, data: (path.parent / name).write_bytes(data)


def with_nul(below, text):
    return plain(below).replace(text.encode(), text.encode()[:-1] + b"\0", 1)


def longer_row(text):
    return text + "," * 10 + ",".join(str(n) for n in range(5000))


CELLS = [
    cell("an id in scientific notation", DEALS, 0, "订单号", "1.23E+17", "E0231", "1.23E+17"),
    cell("an identity number in scientific notation", STAFF, 0, "身份证号", "1.10105E+17", "E0231", "1.10105E+17"),
    cell("a staff id in scientific notation", DAYS, 1, "工号", "1.02E+02", "E0231"),
    cell("the last digits of an identity number zero", STAFF, 2, "身份证号", "110105199503070000", "E0232"),
    cell("the last digits of an account zero", STAFF, 3, "银行账号", "6222020200112230000", "E0233", level="warning"),
    cell("#N/A for an id", DEALS, 1, "工号", "#N/A", "E0202", "#N/A"),
    cell("#REF! for an amount", DEALS, 0, "金额", "#REF!", "E0202", "#REF!"),
    cell("#VALUE! for a date", DEALS, 2, "回款日期", "#VALUE!", "E0202", "#VALUE!"),
    cell("#DIV/0! for a percentage", DAYS, 0, "出勤率", "#DIV/0!", "E0202", "#DIV/0!"),
    cell("#NAME? for a choice", MARKS, 0, "考核类别", "#NAME?", "E0202", "#NAME?"),
    cell("#NUM! for yes or no", ALLOW, 0, "有效", "#NUM!", "E0202", "#NUM!"),
    cell("#N/A for a grade", MARKS, 1, "原职级", "#N/A", "E0202"),
    cell("#SPILL! for a month", FIX, 0, "更正月份", "#SPILL!", "E0202"),
    cell("a full-width error value", HELD, 0, "申报收入", "＃ＲＥＦ！", "E0202"),
    cell("a column too narrow for its date", STAFF, 1, "入职日期", "########", "E0234"),
    cell("a name whose character was lost", STAFF, 1, "姓名", "毛\ufffd", "E0235"),
    cell("a name garbled on its way", CLIENTS, 1, "客户名称", "锟斤拷办公", "E0235"),
    cell("an amount of two points", DEALS, 1, "金额", "1.2.3", "E0203", "1.2.3", "1234.50"),
    cell("an amount in words", HELD, 1, "其他扣款", "贰拾元", "E0203", "贰拾元"),
    cell("the letter O for a zero", DEALS, 3, "金额", "125O.50", "E0205", "1250.50"),
    cell("the letter l for a one", HELD, 3, "申报收入", "l2345.67", "E0205", "12345.67"),
    cell("〇 for a zero", GOALS, 0, "部门目标额", "2〇0000", "E0205", "200000"),
    cell("an amount in scientific notation", DEALS, 4, "金额", "1.0E+06", "E0206", "1.0E+06"),
    cell("a separator in the wrong place", JOINT, 0, "单额", "10,00.00", "E0207", "10,00.00", "1000.00"),
    cell("a comma for the decimal point", DAYS, 1, "出勤天数", "17,5", "E0208", "17.5"),
    cell("an amount in wan", GOALS, 1, "部门目标额", "5万", "E0209", "50000"),
    cell("an amount in yi with its unit", GOALS, 2, "部门目标额", "0.8亿元", "E0209", "80000000"),
    cell("more digits than there are", MARKS, 0, "权数", "3" * 40, "E0210"),
    cell("a percentage for a number", MARKS, 2, "质量分", "92.5%", "E0211", "92.5%"),
    cell("a percentage for an amount", FIX, 1, "更正金额", "66.6%", "E0211"),
    cell("days in words", DAYS, 2, "出勤天数", "十八", "E0204", "十八"),
    cell("days with their unit", DAYS, 4, "出勤天数", "13天", "E0204", "13天", "13"),
    cell("a share as a fraction", JOINT, 2, "份额", "1/2", "E0204", "1/2"),
    cell("a percentage without its sign", DAYS, 1, "出勤率", "97.5", "E0212", "97.5"),
    cell("a full-width percentage without its sign", DEALS, 1, "折扣", "８５．５", "E0212"),
    cell("a fraction for a percentage", DAYS, 3, "出勤率", "0.889", "E0212", "88.9%"),
    cell("a percentage in words", DEALS, 0, "折扣", "全额", "E0213", "全额"),
    cell("the letter O in a percentage", DEALS, 3, "折扣", "1O0%", "E0205", "100"),
    cell("a percentage above its bound", DAYS, 2, "出勤率", "100.5%", "E0215", "100%"),
    cell("a percentage below its bound", DEALS, 4, "折扣", "5%", "E0214", "10%"),
    cell("more days than a month has", DAYS, 0, "出勤天数", "32", "E0215", "31"),
    cell("days below zero", DAYS, 3, "出勤天数", "-16", "E0214", "-16"),
    cell("an amount below its bound", DEALS, 5, "金额", "(0.01)", "E0214"),
    cell("an amount above its bound", DEALS, 2, "金额", "10,000,000.01", "E0215", "10000000"),
    cell("a score above its bound", MARKS, 4, "质量分", "100.01", "E0215", "100.01"),
    cell("late a negative number of times", DAYS, 4, "迟到次数", "-1", "E0214"),
    cell("a choice mistyped", DEALS, 0, "业务类型", "首次签于", "E0216", "首次签于", "首次签约"),
    cell("an English choice mistyped", STAFF, 2, "岗位", "salse", "E0216", "salse", "sales"),
    cell("a choice of another table", DEALS, 2, "业务类型", "门店类", "E0216", "门店类", "增购签约"),
    cell("a level that is not there", CLIENTS, 0, "客户等级", "甲极", "E0216", "甲极", "甲级"),
    cell("a kind of day that is not there", CALENDAR, 3, "类型", "调休", "E0216", "调休", "休"),
    cell("neither yes nor no", DEALS, 3, "已开票", "部分", "E0217", "部分"),
    cell("yes with a word too many", DAYS, 4, "全勤", "是的", "E0217", "是的"),
    cell("2 for yes or no", ALLOW, 2, "有效", "2", "E0217"),
    cell("a day that February lacks", DEALS, 0, "回款日期", "2026-02-30", "E0221", "2026-02-28"),
    cell("a day that September lacks", STAFF, 6, "离职日期", "2026年9月31日", "E0221", "2026-09-30"),
    cell("month 13", STAFF, 4, "入职日期", "2026-13-12", "E0222", "13"),
    cell("an American date", DEALS, 1, "回款日期", "10/12/26", "E0223", "2026-10-12"),
    cell("a German date", STAFF, 5, "入职日期", "5.4.2022", "E0223", "2022-04-05"),
    cell("a year of two digits", CERTS, 0, "取得日期", "22-05-20", "E0223", "2022-05-20"),
    cell("a day without its year", DEALS, 3, "回款日期", "10月20日", "E0224"),
    cell("a day without its year, in digits", ALLOW, 1, "生效日期", "7/1", "E0224"),
    cell("a month for a day", DEALS, 4, "回款日期", "2026-10", "E0225"),
    cell("a day number of Excel", DEALS, 5, "回款日期", "46326", "E0226", "2026-10-31", level="warning"),
    cell("a wrong weekday", CERTS, 1, "取得日期", "2025/06/01 星期一", "E0227", "星期日"),
    cell("no date at all", STAFF, 3, "离职日期", "在职", "E0220", "在职"),
    cell("the letter O in a date", CERTS, 2, "取得日期", "2O24-11-11", "E0205", "2024-11-11"),
    cell("a day of the calendar that is not there", CALENDAR, 0, "日期", "2026-10-32", "E0221", "2026-10-31"),
    cell("a month in words", FIX, 1, "更正月份", "上个月", "E0228", "上个月"),
    cell("a month without its year", MARKS, 3, "考核月份", "9月", "E0229", "9月"),
    cell("a day for a month", MARKS, 0, "考核月份", "2026-10-15", "E0230", "2026-10"),
    cell("the thirteenth month", MARKS, 1, "考核月份", "2026年13月", "E0222", "13"),
    cell("a required name blank", STAFF, 4, "姓名", "", "E0201", "姓名"),
    cell("a required amount blank", DEALS, 5, "折扣", "", "E0201", "折扣"),
    cell("-- for a required number", MARKS, 3, "权数", "--", "E0201", "权数"),
    cell("- for a required date", ALLOW, 0, "生效日期", "-", "E0201", "生效日期"),
    cell("无 for a required amount", JOINT, 3, "单额", "无", "E0201", "单额"),
    cell("a required grade blank", STAFF, 6, "职级", "", "E0201", "职级"),
    cell("a required id blank", JOINT, 1, "工号", "", "E0201", "工号"),
    cell("a calendar's kind of day blank", CALENDAR, 6, "类型", "", "E0201", "类型"),
]

REFERENCES = [
    cell("an order of nobody", DEALS, 2, "工号", "9999", "E0324", "9999", needs=[STAFF]),
    cell("an order of an id with two digits swapped", DEALS, 3, "工号", "0130", "E0324", "0130", "0103", needs=[STAFF]),
    cell("an id without its leading zero", DEALS, 4, "工号", "104", "E0324", "104", "0104", needs=[STAFF]),
    cell("an id with a letter O", ALLOW, 2, "工号", "O105", "E0324", "O105", "0105", needs=[STAFF]),
    cell("attendance of nobody", DAYS, 5, "工号", "0166", "E0324", "0166", "0106", needs=[STAFF]),
    cell("a share of nobody", JOINT, 2, "工号", "01O4", "E0324", "01O4", "0104", needs=[STAFF]),
    cell("a correction for nobody", FIX, 0, "更正人", "0012", "E0324", "0012", "0102", needs=[STAFF]),
    cell("nobody held", HOLD, 0, "id", "0150", "E0324", "0150", "0105", needs=[STAFF]),
    cell("a unit headed by nobody", UNITS, 1, "负责人", "0112", "E0324", "0112", "0102", needs=[STAFF]),
    cell("a unit mistyped", STAFF, 5, "部门", "总布", "E0322", "总布", "总部", needs=[UNITS]),
    cell("a unit's id that is not there", STAFF, 6, "部门", "X3", "E0322", "X3", "X1", needs=[UNITS]),
    cell("a unit above that is not there", UNITS, 2, "上级机构", "Y9", "E0322", "Y9", needs=[UNITS]),
    cell("a target for a unit mistyped", GOALS, 2, "目标部门", "渠道三部", "E0322", "渠道三部", "渠道二部", needs=[UNITS]),
    cell("a client of a unit mistyped", CLIENTS, 1, "负责部门", "门店一步", "E0322", "门店一步", "门店一部", needs=[UNITS]),
    cell("an order of a client mistyped", DEALS, 3, "客户编码", "C0003", "E0325", "C0003", "C003", needs=[CLIENTS]),
    cell("an order of a client who is not there", DEALS, 1, "客户编码", "K-77", "E0325", "K-77", needs=[CLIENTS]),
    cell("a grade mistyped", MARKS, 3, "原职级", "业务圆", "E0321", "业务圆", "业务员"),
    cell("a grade that is not there", STAFF, 0, "职级", "M7", "E0321", "M7", "M1"),
    cell("a correction of a figure mistyped", FIX, 1, "更正指标", "基本工姿", "E0337", "基本工姿", "基本工资"),
    cell("left before hired", STAFF, 2, "离职日期", "2025-02-16", "E0336", "2025-02-17"),
    cell("a unit below itself", UNITS, 0, "上级机构", "X2", "E0323", "Z", spoils=[UNITS]),
    cell("a person of two schemes", STAFF, 1, "兼岗", "是", "E0326", "业务", whole=True),
    add("a person twice", STAFF, ["0102", "毛强", "X1", "S2", "sales", "", "2021-07-12", "", "", "", ""], "E0301", "工号",
        "花名册.csv:3"),
    add("an order twice", DEALS, ["D2610-003", "0103", "2026-10-15", "C001", "增购签约", "8800", "92%", "是", "", ""], "E0301",
        "订单号", "订单.csv:4"),
    add("a unit twice", UNITS, ["X1", "门店一部", "Z", ""], "E0301", "机构编码", "机构.csv:3"),
    add("a unit with two heads", UNITS, ["X2", "渠道二部", "Z", "0103"], "E0338", "负责人", "机构.csv:4"),
    add("a client twice", CLIENTS, ["C002", "白桦办公", "乙级", ""], "E0301", "客户编号", "客户.csv:3"),
    add("a person's attendance twice", DAYS, ["0103", "1", "", "100%", "", "0"], "E0301", "工号", "考勤.csv:4"),
    add("a unit's target twice", GOALS, ["X1", "1"], "E0301", "目标部门", "部门目标.csv:3"),
    add("a person held twice", HOLD, ["0105", "再次"], "E0301", "id", "hold.csv:2",
        touches=[(HOLD, 0, None), (HOLD, "more", None)]),
    add("a day of the calendar twice", CALENDAR, ["2026-10-07", "班", ""], "E0327", "日期", "2026-10-07",
        touches=[(CALENDAR, 6, None), (CALENDAR, "more", None)]),
]

LINES = [
    line("a cell too few", DAYS, 5, lambda t: t.rsplit(",", 1)[0], "E0135", None, "5"),
    line("an amount whose comma is not quoted", HELD, 1, lambda t: t.replace("5000.00", "5,000.00"), "E0136", 4, "4"),
    line("a line broken in two", CERTS, 0, lambda t: t.replace(",初级", ""), "E0135", None, "2"),
    line("a quote that never ends", ALLOW, 1, lambda t: t.replace("180.00", '"180.00'), "E0130", 3),
    line("a quote that would swallow the lines to the next one", DEALS, 1, lambda t: t.replace(',C002', ',"C002'), "E0130", 4),
    line("text behind a closing quote", JOINT, 3, lambda t: t.replace("H2", '"H"2'), "E0131", 1),
    line("a cell over 1 MiB", MARKS, 4, lambda t: t.replace("渠道类", "渠" * 400000), "E0132", 3),
    line("more than 4,096 cells", FIX, 0, longer_row, "E0133", 4097),
    add("a total that does not add up", HELD, ["合计", "34946.18", "125.00"], "E0150", "申报收入", "0.01", level="warning",
        touches=[(HELD, None, None)]),
    add("a total that is no number", GOALS, ["总计", "三十三万"], "E0151", "部门目标额", "三十三万", level="warning",
        touches=[(GOALS, None, None)]),
]

HEADERS = [
    head("a required column missing", DAYS, "出勤天数", "缺卡次数", "E0142", None, "出勤天数", "实际出勤天数"),
    head("a required column mistyped", DEALS, "业务类型", "业务类形", "E0142", None, "业务类型", "业务类形"),
    head("a katakana in place of 工", MARKS, "工号", "エ号", "E0142", None, "工号", "エ号"),
    head("a half-width katakana header", CERTS, "证书名称", "ｼｮｳｼｮ", "E0142", None, "证书名称"),
    head("a column under its name and an alias", STAFF, "邮箱", "真实姓名", "E0143", 11, "真实姓名"),
    head("a column twice under one name", CLIENTS, "负责部门", "客户名称", "E0143", 4, "客户名称"),
    head("an amount in another unit", HELD, "其他扣款", "其他扣款(万元)", "E0144", 3, "万元"),
    head("an optional column mistyped", DAYS, "迟到次数", "迟到次教", "E0145", 3, "迟到次教", level="warning"),
    line("a header without any name of the table", JOINT, HEADER, lambda t: "a,b,c,d", "E0140", None, "合作"),
    line("no header", ALLOW, HEADER, lambda t: "0103,2026-01-01,150.00,否", "E0140", None, "补贴"),
    file("cells parted by |", CERTS, plain(CERTS).replace(b",", b"|"), "E0141", 1, "|"),
    file("cells parted by a Chinese comma", FIX, plain(FIX).replace(b",", "，".encode()), "E0141", 1, "，"),
]


def whole_files():
    bad = plain(DEALS).replace("送货".encode(), b"\xc0\xff")
    cut = plain(CLIENTS).decode().encode("gb18030") + "青".encode("gb18030")[:1]
    marked = b"\xef\xbb\xbf" + plain(FIX).replace("提成".encode(), b"\xff\xfe")
    odd = b"\xff\xfe" + plain(CERTS).decode().encode("utf-16-le") + b"\n"
    names = "job_number,real_days,late,rate,full,transport\n0101,18,0,100%,Y,郑\n".encode("gbk")
    return [
        file("an empty file", DAYS, b"", "E0120"),
        file("only blank lines", MARKS, b" \r\n\r\n\t\r\n", "E0120"),
        file("only a mark", ALLOW, b"\xef\xbb\xbf", "E0120"),
        file("a workbook called .csv", DEALS, b"PK\x03\x04\x14\x00\x06\x00", "E0121"),
        file("an old workbook called .csv", HELD, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E0122"),
        file("a web page called .csv", CLIENTS, b"\n<html><table><tr><td>\n", "E0123", spoils=[CLIENTS]),
        file("a web page with its mark", FIX, b"\xef\xbb\xbf<html><table>", "E0123"),
        file("a sheet in XML", GOALS, b'<?xml version="1.0"?><Workbook/>', "E0123"),
        file("a PDF called .csv", CERTS, b"%PDF-1.7\n", "E0124"),
        file("a NUL", JOINT, with_nul(JOINT, "H2,0104,5000.01"), "E0125", 4),
        file("UTF-16 without its mark", UNITS, plain(UNITS).decode().encode("utf-16-le"), "E0126", spoils=[UNITS]),
        file("bytes of no encoding", DEALS, bad, "E0127", 2, "0xC0"),
        file("GB18030 cut in the middle of a character", CLIENTS, cut, "E0127", 5, spoils=[CLIENTS]),
        file("bytes that are not what the mark says", FIX, marked, "E0128", 2, "UTF-8"),
        file("UTF-16 with half a character", CERTS, odd, "E0128", 5, "UTF-16LE"),
        Defect("a file of names valid in both encodings", [(DAYS, None, None)], guessed(names)),
        file("a folder in place of a file", HOLD, as_folder, "E0102"),
        file("a folder in place of the calendar", CALENDAR, as_folder, "E0102"),
        file("a file that cannot be opened", MARKS, as_loop, "E0103", stage="system", status=3),
        table_gone("a file missing", DEALS, gone, "订单", ""),
        table_gone("a file under another name", HELD, renamed("代扣1.csv"), "代扣", "代扣1.csv"),
    ]


def guessed(names):
    """The transport money is a name: GBK is guessed, and then the cell is no number."""
    def plant(company):
        company[DAYS].whole = names
        return [Expected("E0129", DAYS, level="warning"), Expected("E0203", DAYS, 2, 6, "郑")]
    return plant


def table_gone(title, below, how, table, offers):
    def plant(company):
        company[below].whole = how
        return [Expected("E0320", M, None, None, table, offers)]
    return Defect(title, [(below, None, None)], plant)


BOOKS = [
    # The books of people who are not in the staff table are passed over, so these rows need theirs.
    cell("a ledger's score that is no number", OPENING, 0, "考核得分", "优", "E0328", "优", stage="books 6"),
    cell("a ledger's month that is none", OPENING, 1, "月份", "2026年9月", "E0329", "2026年9月"),
    add("a month twice in the books", OPENING, ["2026-09", "0104", "", "", "", "1"], "E0334", "工号", "2026-09", stage="books 6"),
    line("a month with a cell too few", OPENING, 2, lambda t: t.rsplit(",", 1)[0], "E0135", None, stage="books"),
    line("a month with a cell too many", OPENING, 1, lambda t: t + ",7", "E0136", 7, stage="books"),
    head("an opening without its month", OPENING, "月份", "年月", "E0331", None, "月份", stage="books"),
    head("an opening without its ids", OPENING, "工号", "编码", "E0331", None, "工号", stage="books 2"),
    head("an opening with a column without name", OPENING, "部门", "", "E0146", 4, stage="books 3"),
    head("an opening with a column twice", OPENING, "部门", "姓名", "E0147", 4, "姓名", stage="books 4"),
    cell("a line's value that is no amount", OPENING_LINES, 0, "value", "88.8元", "E0328", "88.8元", stage="books 6"),
    cell("a line's month that is none", OPENING_LINES, 1, "月份", "2026-9", "E0329", "2026-9"),
    head("opening lines without their key", OPENING_LINES, "key", "order", "E0331", None, "key", stage="books"),
]


def hole():
    def plant(company):
        for row in company[OPENING].rows:
            row.cells[0] = "2026-08"
        return [Expected("E0330", f"records/2026-09/ledger.csv", says="2026-09")]
    return Defect("a hole in the books", [(OPENING, None, None)], plant, stage="books 5")


NUMBERS = [
    cell("a rate without its sign", RATES, 0, "值", "5", "E0417", "5", stage="policy"),
    head("a key of the rates mistyped", RATES, "客户等级", "客户等极", "E0368", 2, "客户等级", "客户等极", stage="policy 2"),
    cell("a grade's amount in words", GRADES, 1, "基本工资标准", "四千五", "E0417", "四千五", stage="policy"),
]


def calculated(title, below, row, name, new, code, says, offers="", of=None, person=0, stage="calc"):
    """A figure that fails: reported at a row of `of`, or at the person's in the staff table."""
    def plant(company):
        company[below].row(row).cells[company[below].column(name)] = new
        sheet = company[of or STAFF]
        return [Expected(code, sheet.below, sheet.row(person), None, says, offers)]
    return Defect(title, [(below, row, name)], plant, stage=stage)


def condition_note():
    """A note at the figure in the policy: a blank condition is no error."""
    text = (sheets.INPUT / "policies/lib/tables.xml").read_text(encoding="utf-8").splitlines()
    at = next(number for number, one in enumerate(text, 1) if 'name="全勤奖"' in one)
    return Expected("E0393", "policies/lib/tables.xml", at, ANY, "全勤奖", level="note")


def blank_condition(company):
    company[DAYS].row(2).cells[company[DAYS].column("全勤")] = ""
    return [condition_note()]


def old_calendar():
    def plant(company):
        company[CALENDAR].whole = "日期,类型,名称\n2025-10-01,法定,国庆节\n".encode()
        return [Expected("E0392", None, None, None, "2026")]
    return Defect("a calendar of last year", [(CALENDAR, None, None)], plant, stage="calc 4")


CALCULATED = [
    calculated("money that has no value", DAYS, 1, "交通补贴", "", "E0380", "考勤.csv:3", "缺省", person=1),
    calculated("a case that the rates leave out", DEALS, 2, "客户编码", "C002", "E0381", "增购签约, 乙级", "otherwise", of=DEALS, person=2),
    calculated("a negative sum in tiers", HELD, 3, "申报收入", "-1.00", "E0382", "-1", "negative", person=3),
    calculated("two rows for only(…)", ALLOW, 0, "有效", "是", "E0383", "补贴", person=2),
    calculated("a tie for latest(…)", CERTS, 1, "取得日期", "2022-05-20", "E0384", "证书", person=1),
    calculated("a kind without its second part", MARKS, 2, "考核类别", "综合类", "E0389", "60", person=2),
    calculated("a score missing", MARKS, 0, "质量分", "", "E0390", "质量项", person=0),
    calculated("more deducted than earned", HELD, 1, "其他扣款", "99999", "E0391", "实发为负", "--hold", person=1, stage="calc 2"),
    drop("a person without attendance", DAYS, 1, lambda c: [Expected("E0399", STAFF, c[STAFF].row(1), None, "考勤.csv", "缺省"),
                                                            condition_note()], stage="calc 5"),
    Defect("a condition that is blank", [(DAYS, 2, "全勤")], blank_condition, stage="calc 3"), old_calendar(),
]

DEFECTS = CELLS + REFERENCES + LINES + HEADERS + whole_files() + BOOKS + [hole()] + NUMBERS + CALCULATED


def company_with(defects, folder):
    """A copy with these defects; the messages that must come."""
    shutil.copytree(sheets.INPUT, folder)
    company = {below: Sheet(below) for below in FILES}
    expected = [e for defect in defects for e in defect.plant(company)]
    for below, sheet in company.items():
        sheet.write(folder)
    return expected


def check(folder, *arguments):
    return subprocess.run([PROGRAM, "check", M, "-i", str(folder), "-o", str(WORK / "out"), "-j", "1", *arguments],
                          capture_output=True, text=True, check=False, errors="replace")


def messages(done):
    return [json.loads(text) for text in done.stderr.splitlines()]


def compare(folder, expected, said):
    """What is missing, surplus or said in other words."""
    wrong = []
    left = list(said)
    for e in expected:
        place = e.place(folder)
        found = [m for m in left if (m["code"], m["level"]) == (e.code, e.level) and place in ((m["file"], m["line"], m["column"]), (m["file"], m["line"], ANY))]
        found.sort(key=lambda m: e.says not in m["message"])
        if not found:
            wrong.append(f"missing: {e.code} {e.level} {place}")
            continue
        left.remove(found[0])
        if e.says not in found[0]["message"]:
            wrong.append(f"{e.code} does not say {e.says!r}: {found[0]['message']}")
        if e.level != "note" and (not found[0]["help"] or e.offers not in found[0]["help"]):
            wrong.append(f"{e.code} does not offer {e.offers!r}: {found[0]['help']}")
    for m in left:
        wrong.append(f"surplus: {m['code']} {m['level']} {(m['file'], m['line'], m['column'])} {m['message']} {m['help']!r}")
    return wrong




def ok(title, wrong):
    tap.ok(not wrong, title, *(str(one)[:600] for one in wrong))


def test_alone():
    for number, defect in enumerate(DEFECTS):
        folder = WORK / f"alone-{number}"
        expected = company_with([defect], folder)
        done = check(folder, "--format", "json", "--lang", "zh-CN")
        wrong = compare(folder, expected, messages(done))
        wanted = defect.status or int(any(e.level == "error" for e in expected))
        if done.returncode != wanted:
            wrong.append(f"status {done.returncode}, not {wanted}")
        ok(f"{expected[0].code}: {defect.title}", wrong)
        shutil.rmtree(folder)


def packed():
    """All defects in as few companies as a greedy choice gives."""
    packs = []
    for defect in DEFECTS:
        for pack in packs:
            if all(defect.fits(other) for other in pack):
                pack.append(defect)
                break
        else:
            packs.append([defect])
    return packs


def width(text):
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def carets_wrong(text, said, language):
    """Every excerpt of the text form: the carets stand under the cell that the JSON form names."""
    wrong = []
    lines = text.splitlines()
    by_place = {f"{m['file']}:{m['line']}:{m['column']}:": m for m in said if m["column"]}
    for i, first in enumerate(lines):
        message = by_place.get(first.split(" ", 1)[0]) if i + 3 < len(lines) else None
        if not message or "|" not in lines[i + 1]:
            continue
        excerpt, under = (lines[i + n][lines[i + 1].index("|") + 2:] for n in (2, 3))
        carets = re.match(r" *(\^+)(?: (列|column) .*)?$", under)
        if not carets or carets.group(2) not in (None, "列" if language == "zh-CN" else "column"):
            wrong.append(f"no carets: {first}\n{under}")
            continue
        start, end = width(under[:carets.start(1)]), width(under[:carets.end(1)])
        marked = "".join(c for n, c in enumerate(excerpt) if start <= width(excerpt[:n]) < end)
        fields = message["text"].split(",")
        if message["column"] <= len(fields) and not fields[message["column"] - 1]:
            continue  # one caret where the text is to be put in
        if message["column"] <= len(fields) and '"' not in message["text"] and "…" not in excerpt \
                and marked != fields[message["column"] - 1].strip():
            wrong.append(f"the carets stand under {marked!r}, not {fields[message['column'] - 1]!r}: {first}")
    return wrong


def test_together():
    for number, pack in enumerate(packed()):
        folder = WORK / f"together-{number}"
        expected = company_with(pack, folder)
        done = check(folder, "--format", "json", "--lang", "zh-CN")
        said = messages(done)
        ok(f"{len(pack)} defects at once: {len(expected)} messages and no other", compare(folder, expected, said))
        for language in ("zh-CN", "en"):
            text = check(folder, "--lang", language).stderr
            if any(m["column"] for m in said):
                ok(f"{len(pack)} defects at once: carets stand under their cells ({language})", carets_wrong(text, said, language))
        other = messages(check(folder, "--format", "json", "--lang", "en"))
        ok(f"{len(pack)} defects at once: the same codes and places in English",
           [] if [(m["code"], m["file"], m["line"], m["column"]) for m in other] ==
           [(m["code"], m["file"], m["line"], m["column"]) for m in said] else ["other codes or places"])
        shutil.rmtree(folder)


# Codes of E01xx to E03xx that no CSV file here can cause, and why.
ELSEWHERE = {
    "E0101": "company.xml or a policy's file: tests/mistakes.py",
    "E0104": "no CSV file but the input folder: tests/unit/base/file.c", "E0105": "as E0104",
    "E0106": "a folder without permission, which root may read all the same",
    "E0134": "ten million rows take five seconds to reject; tried by hand",
    **dict.fromkeys(("E0339", "E0340", "E0341", "E0342", "E0343", "E0344", "E0345", "E0346", "E0347"), "only a warning, of rows that fit badly to others: tests/joins.py"),
    "E0332": "rows of an <example> in a policy", "E0333": "a <past> in a policy",
    "E0385": "brings E0380 of everybody who has a part: tests/unit/calc/groups.c", "E0386": "as E0385",
    "E0387": "brings E0380 of everybody who has a part: tests/unit/calc/items.c", "E0388": "as E0387",
    "E0394": "only with --hold: tests/cli.py",
}


def test_catalogue():
    met = {e.code for defect in DEFECTS for e in defect.plant({below: Sheet(below) for below in FILES})}
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((sheets.TOP / "gen/base").glob("messages_*.def")))
    codes = {code for name, code in re.findall(r'MESSAGE\((\w+), "(E0[123][0-9]{2})"', text)
             if not name.startswith("XML_") and not "E0350" <= code <= "E0375" or code == "E0368"}
    ok("every code of files, values and references is met here or said to be elsewhere",
       sorted(codes - met - set(ELSEWHERE)) + [f"{code} is met after all" for code in sorted(met & set(ELSEWHERE))])


def main():
    test_catalogue()
    baseline = WORK / "none"
    ok("without defects nothing is said", compare(baseline, company_with([], baseline), messages(check(baseline, "--format", "json"))))
    test_alone()
    test_together()
    tap.plan()
    shutil.rmtree(WORK)
    return tap.failures() > 0


sys.exit(main())
