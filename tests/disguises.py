#!/usr/bin/env python3
"""One table of facts in many disguises gives one ledger. TAP.

Every file of tests/company/input is written anew in the forms real exports have: encoding, delimiter, line end, header,
numbers, percents, dates, ids, blanks, yes and no, order of columns, quotes, noise. A covering set of disguises has every
pair of forms of any two of these dimensions at least once in every file; each is run by $SALESPAY (default
build/release/salespay), and ledger.csv, all lines-*.csv up to their line numbers, and the messages must be the same.

The disguises are made from a seed: tests/disguises.py 17 tries those of seed 17, tests/disguises.py 17 30 those of seeds
17 to 30, and on failure the folder of the disguise is kept and named.
"""
import csv
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "company"))
import sheets  # noqa: E402

PROGRAM = os.environ.get("SALESPAY", str(sheets.TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-disguises-"))
os.environ.setdefault("SALESPAY_DATA", str(sheets.TOP))
os.environ["LC_ALL"] = "C.UTF-8"

# October 2026 has 18 working days (22 week days, minus 1, 2, 5, 6 and 7, plus Saturday the 10th).
# Base pay: 4500 x 17.5 / 18 = 4375; 4500 x 16 / 18 = 4000; 3600 x 13 / 18 = 2600.
# Full attendance: 200 x 92.5% = 185; 200 x 99.5% = 199.       Lateness: 15.50 each.
# Withheld: 1% up to 5000, then 10%: 9000 -> 50 + 400; 4800.50 -> 48.005, half up 48.01; 12345.67 -> 50 + 734.567.
# Scores: 91 x .6 + 88.5 x .4 = 90; 85 x .6 + 92.5 x .4 = 88; 92.5 x .6 + 88 x .4 = 90.7; 78 x .6 + 81 x .4 = 79.2; 60 + 38.
# Pool of 1000 by 3 : 2 : 1 : 1 : 0: 428.57, 285.71 and 142.85 twice leave two fen, for the largest remainders.
# Orders: 12345.67 x 5% = 617.2835; 3000 x 85.5% x 1% = 25.65; 8800 x 92% x 3% = 242.88; 1250.50 x 1% = 12.505, half up 12.51;
# 1000000 x 50% x 4% = 20000; what D2609-001 was paid in September, 88.80, is taken back.
# Shared orders: 10000 x 3% = 300 as 1 : 2; 5000.01 x 3% = 150.0003 in two halves.
# Units: (12345.67 + 8800 + 1250.50) / 50000 = 0.4479234; 1000000 / 80000 = 12.5; 1022396.17 / 200000 = 5.11198085.
LEDGER = '''\
工号,姓名,部门,职级,应出勤,基本工资,全勤奖,交通费补贴,迟到扣款,扣款额,预扣税,更正额,质量项,服务项,满意项,考核得分,上月得分,迟评月数,原基本工资,池总额,池权数,池奖,提成,已开票金额,最后备注,最后回款日,部门完成率,岗位补贴,当前证书,应发合计,扣款合计,实发工资
0101,郑茂,Z,M1,18,8100.00,200.00,300.00,0.00,0.00,450.00,0.00,91,88.5,0,90,90.5,0,,1000.00,3,428.57,75.00,0.00,,,5.11198085,0.00,,9103.57,450.00,8653.57
0102,毛强,X1,S2,18,4375.00,0.00,250.50,15.50,20.00,50.00,-50.00,85,0,92.5,88,88,0,3600.00,1000.00,2,285.71,742.93,12345.67,,2026-10-12,0.4479234,0.00,中级,5604.14,85.50,5518.64
0103,叶谭,X1,S1,18,3600.00,200.00,250.50,0.00,0.00,48.01,0.00,92.5,0,88,90.7,,0,,1000.00,1,142.86,455.39,10050.50,-,2026-10-20,0.4479234,180.00,,4828.75,48.01,4780.74
0104,袁詹,X2,S2,18,4000.00,0.00,1200.00,31.00,100.00,784.57,0.00,78,81,0,79.2,77.25,1,3600.00,1000.00,1,142.86,19986.20,1000000.00,"取消, 见""退单""
第二行",2026-10-31,12.5,0.00,高级,25329.06,915.57,24413.49
0105,陆隆,X2,S1,18,2600.00,185.00,0.00,0.00,0.00,0.00,0.00,100,95,0,98,,,,1000.00,0,0.00,0.00,0.00,,,12.5,90.00,,2875.00,0.00,2875.00
0106,谭毛,Z,S1,18,3600.00,199.00,100.00,0.00,5.00,38.00,66.60,,,,,,,,,,,,,,,,,,3965.60,43.00,3922.60
'''
LINES = {
    "合作提成": {("0101", "H2", "75.00"), ("0102", "H1", "100.00"), ("0103", "H1", "200.00"), ("0104", "H2", "75.00")},
    "收回提成": {("0102", "D2610-001", "0.00"), ("0102", "D2610-002", "0.00"), ("0103", "D2610-003", "0.00"),
                 ("0103", "D2610-004", "0.00"), ("0104", "D2610-005", "0.00"), ("0104", "D2610-006", "-88.80")},
    "订单提成": {("0102", "D2610-001", "617.28"), ("0102", "D2610-002", "25.65"), ("0103", "D2610-003", "242.88"),
                 ("0103", "D2610-004", "12.51"), ("0104", "D2610-005", "20000.00"), ("0104", "D2610-006", "0.00")},
}

ENCODINGS = {"utf-8": ("utf-8", b""), "utf-8 with mark": ("utf-8", b"\xef\xbb\xbf"), "utf-16le": ("utf-16-le", b"\xff\xfe"),
             "utf-16be": ("utf-16-be", b"\xfe\xff"), "gb18030": ("gb18030", b""), "gbk": ("gbk", b"")}
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";"}
LINE_ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
WEEKDAYS = "一二三四五六日"
DIMENSIONS = {
    "encoding": list(ENCODINGS),
    "delimiter": list(DELIMITERS),
    "line end": list(LINE_ENDS),
    "header": ["names", "aliases", "English", "decorated", "titles", "two rows"],
    "number": ["plain", "grouped", "¥", "￥", "元", "full width", "brackets"],
    "percent": ["plain", "zeros", "full width", "blank before"],
    "date": ["2026-10-08", "2026/10/8", "20261008", "2026年10月8日", "2026/10/08 星期四", "full width"],
    "id": ["plain", "apostrophe", "tab", "formula", "full width"],
    "blank": ["", "--", "-"],
    "yesno": ["是否", "√×", "YN", "yes no", "10"],
    "order": ["as declared", "reversed", "turned", "shuffled"],
    "quotes": ["where needed", "everywhere"],
    "noise": ["none", "blank lines", "合计", "小计 总计", "more columns", "delimiters behind"],
}


# Chance seldom makes a file whose only hanzi are names that are valid in both encodings (郑 is D6 A3).
NAMES_IN_BOTH = dict({name: forms[0] for name, forms in DIMENSIONS.items()}, encoding="gbk", header="English", yesno="YN")


def covering(seed):
    """Disguises in which every pair of forms of two dimensions occurs; greedy, by seed."""
    chance = random.Random(seed)
    names = list(DIMENSIONS)
    open_pairs = {(a, x, b, y) for i, a in enumerate(names) for b in names[i + 1:] for x in DIMENSIONS[a] for y in DIMENSIONS[b]}
    chosen = [NAMES_IN_BOTH]
    while open_pairs:
        best, most = None, -1
        for _ in range(20):
            # Begin with a pair that is still open, then add the form that closes most, dimension by dimension.
            a, x, b, y = chance.choice(sorted(open_pairs))
            one = {a: x, b: y}
            rest = [n for n in names if n not in one]
            chance.shuffle(rest)
            for name in rest:
                def gain(form, name=name):
                    return sum(((n, f, name, form) in open_pairs) or ((name, form, n, f) in open_pairs) for n, f in one.items())
                forms = list(DIMENSIONS[name])
                chance.shuffle(forms)
                one[name] = max(forms, key=gain)
            closed = pairs_of(one) & open_pairs
            if len(closed) > most:
                best, most = one, len(closed)
        chosen.append(best)
        open_pairs -= pairs_of(best)
    return chosen


def pairs_of(one):
    names = list(DIMENSIONS)
    return {(a, one[a], b, one[b]) for i, a in enumerate(names) for b in names[i + 1:]}


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def as_number(text, form, money):
    grouped = f"{Decimal(text):,}"
    sign, digits = ("-", grouped[1:]) if grouped.startswith("-") else ("", grouped)
    if form == "grouped":
        return grouped
    if form in "¥￥":
        return f"{sign}{form}{digits}" if money else grouped
    if form == "元":
        return f"{text}元" if money else text
    if form == "full width":
        return full_width(grouped)
    if form == "brackets":
        return f"({digits})" if sign else text
    return text


def as_percent(text, form):
    bare = text.rstrip("%")
    if form == "zeros" and "%" in text:
        return f"{Decimal(bare):.2f}%"
    if form == "blank before" and "%" in text:
        return f"{bare} %"
    return full_width(text) if form == "full width" else text


def as_date(text, form):
    year, month, day = (int(part) for part in text.split("-"))
    if form == "2026/10/8":
        return f"{year}/{month}/{day}"
    if form == "20261008":
        return text.replace("-", "")
    if form == "2026年10月8日":
        return f"{year}年{month}月{day}日"
    if form == "2026/10/08 星期四":
        import datetime
        return f"{text.replace('-', '/')} 星期{WEEKDAYS[datetime.date(year, month, day).weekday()]}"
    return full_width(text) if form == "full width" else text


def as_month(text, form):
    year, month = (int(part) for part in text.split("-"))
    return {"2026/10/8": f"{year}/{month}", "20261008": f"{year}{month:02}", "2026年10月8日": f"{year}年{month}月",
            "2026/10/08 星期四": f"{year}-{month:02}-01", "full width": full_width(text)}.get(form, text)


def as_yesno(text, form):
    forms = {"是否": "是否", "√×": "√×", "YN": ["Y", "N"], "yes no": ["yes", "no"], "10": "10"}[form]
    return forms[text == "否"]


def as_id(text, form):
    return {"apostrophe": "'" + text, "tab": "\t" + text, "formula": f'="{text}"',
            "full width": full_width(text)}.get(form, text)


def as_cell(text, kind, form):
    if not text:
        return "" if kind == "text" else form["blank"]
    if kind in ("number", "money"):
        return as_number(text, form["number"], kind == "money")
    if kind == "percent":
        return as_percent(text, form["percent"])
    if kind == "date":
        return as_date(text, form["date"])
    if kind == "month":
        return as_month(text, form["date"])
    if kind == "yesno":
        return as_yesno(text, form["yesno"])
    return as_id(text, form["id"]) if kind == "id" else text


def decorated(name, kind, number):
    """What systems make of a header: marks, blanks, full-width letters, units."""
    plain = [name, "*" + name, "＊" + name, name[0] + " " + name[1:], full_width(name), name[0] + "\n" + name[1:]][number % 6]
    unit = {"money": "(元)", "percent": "（%）", "number": ""}.get(kind, "")
    return plain + (unit if number % 2 else "")


def header_names(columns, form, chance):
    names = []
    for number, column in enumerate(columns):
        ascii_names = [a for a in column.aliases if a.isascii()] or [column.name]
        chinese = [a for a in column.aliases if not a.isascii()] or [column.name]
        names.append({"aliases": chance.choice(chinese), "English": ascii_names[0].upper() if number % 2 else ascii_names[0],
                      "decorated": decorated(column.name, column.kind, number + chance.randrange(6))}.get(form, column.name))
    return names


def two_row_header(names):
    """Three columns under one merged cell, the others named in the upper row."""
    first = 1 if len(names) > 3 else 0
    under = range(first, min(first + 3, len(names)))
    upper = ["明细" if i == first else "" if i in under else name for i, name in enumerate(names)]
    return [upper, [name if i in under else "" for i, name in enumerate(names)]]


def total_row(columns, rows, label, form):
    """The sums of the money and number columns; the label takes the first field."""
    row = []
    for i, column in enumerate(columns):
        sums = column.kind in ("money", "number")
        row.append(as_number(str(sum((Decimal(r[i] or 0) for r in rows), Decimal(0))), form["number"], column.kind == "money")
                   if sums else "")
    return [label] + row[1:]


def disguised(columns, header, rows, form, chance):
    """The bytes of one file."""
    order = list(range(len(columns)))
    if form["order"] == "reversed":
        order.reverse()
    elif form["order"] == "turned":
        order = order[len(order) // 2:] + order[:len(order) // 2]
    elif form["order"] == "shuffled":
        chance.shuffle(order)
    assert [c.name for c in columns] == header, header
    columns = [columns[i] for i in order]
    facts = [[row[i] for i in order] for row in rows]
    names = header_names(columns, form["header"], chance)
    head = two_row_header(names) if form["header"] == "two rows" else [names]
    body = [[as_cell(text, c.kind, form) for text, c in zip(row, columns)] for row in facts]
    half = len(body) // 2
    if form["noise"] == "合计":
        body.append(total_row(columns, facts, "合计", form))
    elif form["noise"] == "小计 总计":
        body = (body[:half] + [total_row(columns, facts[:half], "小 计", form)] + body[half:] +
                [total_row(columns, facts[half:], "小计：", form), total_row(columns, facts, "总计", form)])
    elif form["noise"] == "more columns":
        head = [["序号"] + head[0] + ["打印人", ""]] + [[""] + lower + ["", ""] for lower in head[1:]]
        body = [[str(n)] + row + ["王五", ""] for n, row in enumerate(body, 1)]
    elif form["noise"] == "delimiters behind":
        head, body = [row + ["", ""] for row in head], [row + ["", ""] for row in body]
    elif form["noise"] == "blank lines":
        body = body[:half] + [[""] * len(columns), []] + body[half:] + [[]]
    titles = [["远山文具有限公司 2026 年 10 月", ""], ["导出时间：2026-11-01 09:00"], []] if form["header"] == "titles" else []
    delimiter, line_end = DELIMITERS[form["delimiter"]], LINE_ENDS[form["line end"]]
    everywhere = form["quotes"] == "everywhere"
    text = "".join(delimiter.join(sheets.quote(cell, delimiter, everywhere) for cell in row) + line_end
                   for row in titles + head + body)
    encoding, mark = ENCODINGS[form["encoding"]]
    if encoding == "gbk":
        text = text.replace("¥", "￥")  # GBK has only the full-width one
    return mark + text.encode(encoding)


def is_utf8_by_chance(data):
    """GBK bytes that are valid UTF-8, too: the program reads them as GBK and says so."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()


def dress(folder, forms, seed):
    """Writes all files, each in its own form; the messages that must come."""
    expected = []
    for number, (below, columns) in enumerate(sorted(sheets.declared().items())):
        form = forms[number % len(forms)]
        header, *rows = sheets.rows_of(below)
        data = disguised(columns, header, rows, form, random.Random(f"{seed} {below}"))
        (folder / below).write_bytes(data)
        if form["encoding"] in ("gbk", "gb18030") and is_utf8_by_chance(data):
            expected.append(("E0129", str(folder / below), None, None))
    return expected


def lines_of(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return [tuple(row[:2] + row[3:]) for row in csv.reader(lines)]


def problems(folder, expected):
    """What differs from the one ledger; None if nothing does."""
    done = subprocess.run([PROGRAM, "run", "-i", str(folder), "-o", str(folder / "out"), "--format", "json", "--lang", "en", "-j", "1"],
                          capture_output=True, text=True, check=False)
    told = [(m["code"], m["file"], m["line"], m["column"]) for m in map(json.loads, done.stderr.splitlines())]
    if done.returncode or sorted(told, key=str) != sorted(expected, key=str):
        return f"status {done.returncode}, expected {expected}\n{done.stderr}"
    month = folder / "out" / sheets.MONTH
    if (month / "ledger.csv").read_text(encoding="utf-8") != LEDGER:
        return "ledger.csv:\n" + (month / "ledger.csv").read_text(encoding="utf-8")
    for name, wanted in LINES.items():
        got = lines_of(month / f"lines-{name}.csv")
        if len(got) != len(wanted) + 1 or set(got[1:]) != wanted:
            return f"lines-{name}.csv: {got}"
    return None


def try_seed(seed, number):
    """Disguises of one seed, one test each; how many failed and the next number."""
    forms, failed, by_chance = covering(seed), 0, 0
    for i, form in enumerate(forms):
        folder = WORK / f"{seed}-{i}"
        shutil.copytree(sheets.INPUT, folder)
        expected = dress(folder, forms[i:] + forms[:i], seed)
        by_chance += len(expected)
        wrong = problems(folder, expected)
        failed += wrong is not None
        print(f"{'ok' if wrong is None else 'not ok'} {number} - seed {seed}, disguise {i + 1}: {' / '.join(form.values())!r}", flush=True)
        number += 1
        if wrong is None:
            shutil.rmtree(folder)
        else:
            print(f"# kept in {folder}\n# " + wrong[:6000].replace("\n", "\n# "))
    print(f"{'ok' if by_chance else 'not ok'} {number} - seed {seed}: {by_chance} files of names that are valid in both encodings were read as GBK and said so")
    return failed + (not by_chance), number + 1


def main():
    seeds = [int(argument) for argument in sys.argv[1:]] or [1]
    number, failed = 1, 0
    for seed in range(seeds[0], seeds[-1] + 1):
        more, number = try_seed(seed, number)
        failed += more
    print(f"1..{number - 1}")
    if not failed:
        shutil.rmtree(WORK)
    return failed > 0


sys.exit(main())
