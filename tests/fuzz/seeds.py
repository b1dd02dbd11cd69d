#!/usr/bin/env python3
"""Seeds, dictionaries and the company of the fuzz targets, made from the project's own files.

    tests/fuzz/seeds.py FOLDER      writes FOLDER/{csv,policy,formula}/ and .dict, FOLDER/large/ and FOLDER/company/
"""
import hashlib
import pathlib
import re
import shutil
import sys
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
LARGEST = 12000
OPENING = """月份,工号,部门,职级,业绩,单数,达成率,长假,等次,转正日,绩效得分,提成,累计奖
2025-12,E003,华东部,S1,3000.00,1,0.15,no,乙,,88,150.00,15.00
2026-07,E003,华东部,S1,4500.50,2,0.225,no,乙,2026-02-01,91.5,200.00,22.50
2026-07,E004,华东部,S2,0.00,0,0,yes,,,,0.00,0.00
2026-08,E003,华东部,S1,,,,no,,,,,
2026-08,E004,华东部,S2,12000.00,3,0.6,no,甲,,100,600.00,60.00
2026-09,E003,华东部,S1,20000.00,1,1,no,甲,2026-02-01,95,1200.00,100.00
2026-09,E004,华东部,S2,10000.00,1,0.5,no,甲,,80,100.00,50.00
2026-09,E006,华南部,S1,8000.00,1,0.4,no,甲,2026-04-05,70,480.00,40.00
"""
OPENING_LINES = """月份,id,key,file line,value
2026-09,E003,A01,2,1200.00
2026-09,E004,A02,3,100.00
2026-09,E006,A03,4,480.00
"""
MORE_ROWS = {
    "考勤.csv": "工号,应出勤天数,出勤天数,事假天数,迟到次数\nE001,21,21,0,0\nE003,21,20.5,0.5,2\nE004,21,0,16,0\nE006,21,21,,1\n",
    "评分.csv": "工号,工作质量,及时率,满意度,投诉次数,培训合格\nE003,92.5,99%,80,1,是\nE004,60,,,0,否\nE006,,50%,100,,\n",
    "客户.csv": "编号,客户等级\nK1,甲\nK2,乙\nK3,\n",
    "证书.csv": "工号,证书名称,生效日,失效日\nE003,初级,2026-10-01,2026-10-15\nE003,中级,2026-10-12,2027-10-11\nE006,初级,,2026-12-31\n",
}
# How the first byte of a formula says where it stands (tests/fuzz/formula.c).
TYPES = {None: 0, "money": 1, "number": 2, "percent": 3, "yesno": 4, "text": 5, "date": 6}
OF_ROW, STAFF_ONLY, OF_SELF, AS_LINE = 8, 16, 32, 64
CSV_PIECES = """工号 日期 金额 比例 类型 月份 合格 说明 职级 数量 订单号 份额 折扣 业务来源 生效月 已回款 姓名 部门 入职日期 离职日期 身份证号 邮箱 机构编码
机构名称 上级机构 负责人 Target 名称 原因 id reason , ; \t \n \r\n \r " "" \u3000 E1 E2 2026-10-08 10/8/26 2026年10月8日 20261008 星期日 46303 1,234.50
"1,234.50" ¥ ￥ 元 12万 1O0 #REF! #N/A 92.5% ‰ 0.05 收款 退款 自主开发 公司线索 转介绍 续单 是 否 √ × -- ' =" 合计 小计 总计 制表人： （元） (天) 1.23E+17
- − ( ) + . 0 99999999999999999999999999999999999999 休 班 法定 2026-02-30 2026-13 S1 @ 𠮷 é ﾃﾞ""".split(" ")
CSV_BYTES = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xb9\xa4\xba\xc5", b"\x81", b"\x81\x30\x81\x30", b"\xe5\xb7", b"\xd6\xa3", b"\xcc\x81", b"\x00", b"PK\x03\x04"]


def put(folder, data):
    """Named by its content, so that the same seed stands there once."""
    if len(data) <= LARGEST:
        (folder / hashlib.sha1(data).hexdigest()[:16]).write_bytes(data)


def entry(data):
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in data) + '"\n'


def write_dictionary(path, words):
    data = sorted({w.encode() if isinstance(w, str) else w for w in words if w})
    path.write_text("".join(entry(d) for d in data), encoding="ascii")


def local(name):
    return name.rpartition("}")[2]


def policies():
    for pattern in ("tests/manual/policies/*.xml", "tests/manual/policies/lib/*.xml", "tests/small/policies/**/*.xml",
                    "tests/manual/tutorial/policies/*.xml", "input/policies/**/*.xml", "tests/fuzz/formula.xml"):
        yield from sorted(TOP.glob(pattern))


def seeds_of_csv(folder):
    def both(name, data):
        kind = (0 if "考勤" in name or "评分" in name else 3 if "花名册" in name or "员工" in name else
                4 if "机构" in name else 7 if name == "calendar.csv" else 8 if name == "hold.csv" else 2)
        for first in {kind, 0}:
            put(folder, bytes([first, 0]) + data)
        put(folder, bytes([kind, 1 + 4 + 8 + 16]) + data)

    for path in sorted(TOP.glob("tests/manual/**/*.csv")) + sorted(TOP.glob("tests/small/**/*.csv")) + sorted(TOP.glob("input/**/*.csv")):
        text = path.read_bytes()
        if "records" in path.parts:
            continue
        head = b"".join(text.splitlines(keepends=True)[:12])
        both(path.name, head)
        if "small" in path.parts:
            words = head.decode("utf-8")
            for encoding in ("utf-8-sig", "utf-16", "gb18030"):
                both(path.name, words.encode(encoding))
            both(path.name, words.replace(",", "\t").replace("\n", "\r\n").encode())
            both(path.name, ("月度报表\n" + words + "合计,,,\n制表人：王\n").encode())
    every = "工号,日期,金额,比例,类型,月份,合格,说明,职级,数量\n"
    for row in ('E1,2026-10-08,"1,234.50",92.5%,收款,2026-10,是,"一\n二",S1,3', "'E2,2026年10月8日,¥12元,5%,退款,2026年10月,√,--,,－２",
                "E1,10/8/26,1.2.3,5,其他,2026-13,也许,x,,1O0", "1.23E+17,2026-02-30,#REF!,--,收,10,Y,,,-", "合计,,1234.50,,,,,,,3"):
        for first in (0, 1):
            put(folder, bytes([first, 0]) + (every + row + "\n").encode())
            put(folder, bytes([first, 2]) + (every + row + "\n" + row + "\n").encode())


def seeds_of_policy(folder):
    for path in policies():
        put(folder, path.read_bytes())
    for path in sorted(TOP.glob("tests/bad_policies/*.xml")) + sorted(TOP.glob("tests/*/company.xml")):
        put(folder, path.read_bytes())
    head = '<policy xmlns="urn:salespay:policy:1" id="p" title="t" version="1">\n'
    staff = '<include href="lib/staff.xml"/><include href="lib/x.xml"/>\n'
    put(folder, (head + staff + '<grades file="tables/x.csv"/></policy>\n%%\n' + head + '<figure name="甲" type="money">20元</figure></policy>\n%%\n'
                 "id,title,track,order,基本工资\nW1,文员,文职,1,3000\n").encode())
    put(folder, (head + staff + '<rates name="乙" keys="职级" file="tables/x.csv"/><tiers name="丙" mode="linear" file="tables/x.csv"/></policy>\n%%\n'
                 + head + "</policy>\n%%\n职级,from,值\nS1,0,5%\n*,10,6%\n").encode())


def formulas(path):
    """(text, first byte) of every formula of a policy"""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        return
    for element in root.iter():
        name, text = local(element.tag), (element.text or "").strip()
        if name in ("figure", "kpi", "adjust", "criterion", "line") and text:
            byte = {"criterion": 4, "kpi": 2, "adjust": 2, "line": AS_LINE + 1}.get(name, TYPES.get(element.get("type"), 0))
            yield text, byte
            yield text, 0
            if name == "figure" and "累计" in text:
                yield text, byte + OF_SELF
        if name == "column" and text:
            yield text, OF_ROW
        if element.get("when"):
            yield element.get("when"), (AS_LINE if name == "line" else 0) + 4
            yield element.get("when"), STAFF_ONLY + 4


def seeds_of_formula(folder):
    texts = []
    for path in [*policies(), *sorted(TOP.glob("tests/bad_policies/*.xml"))]:
        for text, byte in formulas(path):
            put(folder, bytes([byte]) + text.encode())
            texts.append(text)
    for source in ("tests/unit/calc/formulas.c", "tests/unit/policy/formula_types.c", "tests/unit/policy/formula_functions.c"):
        for text in re.findall(r'"((?:[^"\\\n]|\\.)*[(×÷+=][^"\\\n]*)"', (TOP / source).read_text(encoding="utf-8")):
            put(folder, b"\x00" + text.encode())
    return texts


def large(folder):
    """What asks for time or memory out of proportion: one text for each way that once did, or could."""
    def csv(first, text):
        return bytes([first, 0]) + (text if isinstance(text, bytes) else text.encode())

    header = "工号,日期,金额,比例,类型,月份,合格,说明,职级,数量\n"
    wrong = "E1,10/8/26,1.2.3,5,其他,2026-13,也许,x,,1O0\n"
    policy = ('<policy xmlns="urn:salespay:policy:1" id="p" title="t" version="1" currency="CNY">\n'
              '<include href="lib/staff.xml"/><include href="lib/tables.xml"/>\n')
    figure = '<figure name="f{0}" type="number">{1} + 1</figure>\n'
    inputs = {
        "csv": {
            "fields": csv(1, header + "x," * 20000 + "\n"), "columns": csv(1, "列," * 5000 + "\n" + "1," * 5000 + "\n"),
            "errors": csv(1, header + wrong * 3000), "keys": csv(0, header + "E1,2026-10-08,1,5%,收款,2026-10,是,x,,1\n" * 3000),
            "open-quote": csv(1, header + 'E1,"' + "甲乙丙\n" * 30000), "quotes": csv(1, header + '"' * 100000),
            "field": csv(1, header + "E1," + "9" * 1100000 + ",1\n"),
            "long-lines": csv(1, header + ("E1,10/8/26," + "9" * 9000 + ".1.2," + "5" * 9000 + ",其他,2026-13,也许,x,,1O0\n") * 10),
            "delimiters": csv(1, "," * 300000), "mixed": csv(1, ("\t;," * 30 + "\n") * 3000), "blank": csv(1, header + "\n" * 300000),
            "headers": csv(1, "工号\n" * 20000), "utf-16": csv(1, (header + wrong * 1000).encode("utf-16")),
            "gb18030": csv(1, (header + wrong * 1000).encode("gb18030")), "nul": csv(1, b"\0" * 200000), "no-encoding": csv(1, b"\xff" * 200000),
            "totals": csv(1, header + "合计,,1,,,,,,,1\n" * 5000), "composed": csv(1, header + "E1," + "e\u0301" * 100000 + "\n"),
            "marks": csv(1, header + "E1,e" + "\u0301\u0316" * 100000 + "\n"), "narrow": csv(1, "工号\n" + "".join(f"{i}\n" for i in range(30000))),
        },
        "policy": {
            "open": b"<a>" * 5000, "articles": (policy + '<article number="1" title="t">' * 250 + "</article>" * 250 + "</policy>").encode(),
            "unknown": (policy + "".join(figure.format(i, "不认识") for i in range(500)) + "</policy>").encode(),
            "chain": (policy + "".join(figure.format(i, f"f{i - 1}" if i else 1) for i in range(900)) + "</policy>").encode(),
            "circle": (policy + "".join(figure.format(i, f"f{(i + 1) % 900}") for i in range(900)) + "</policy>").encode(),
            "name": (policy + f'<figure name="{"长" * 50000}" type="money">1</figure></policy>').encode(),
            "attributes": (policy + "<figure " + " ".join(f'a{i}="1"' for i in range(400)) + ' name="x" type="money">1</figure></policy>').encode(),
            "one-line": (policy + "<figur/>" * 600 + "</policy>").encode(), "elements": (policy + "<x/>\n" * 5000 + "</policy>").encode(),
            "text": (policy + "甲" * 100000 + "</policy>").encode(),
            "references": (policy + '<figure name="x" type="number">' + "&#49;+" * 9000 + "1</figure></policy>").encode(),
            "tiers": (policy + '<tiers name="t" mode="marginal">' + "".join(f'<tier from="{i}">1%</tier>\n' for i in range(2000)) + "</tiers></policy>").encode(),
            "examples": (policy + figure.format(0, 0) + '<example title="e"><expect name="f0">2</expect></example>\n' * 500 + "</policy>").encode(),
            "doubled": (policy + figure.format(0, 0) * 1000 + "</policy>").encode(),
            "includes": (policy + '<include href="lib/x.xml"/>' * 300 + "</policy>\n%%\n" + policy + '<include href="lib/x.xml"/></policy>').encode(),
            "check": (policy + '<check name="c" level="warning" when="是">' + "{员工.姓名}" * 400 + "</check></policy>").encode(),
            "rates": (policy + '<rates name="乙" keys="职级" file="tables/x.csv"/></policy>\n%%\n\n%%\n职级,值\n' + "S1,5%x\n" * 5000).encode(),
        },
        "formula": {
            "open": b"\0" + b"(" * 50000, "nested": b"\0" + b"(" * 190 + b"1" + b")" * 190, "minus": b"\0" + b"-" * 50000 + b"1",
            "sum": b"\0" + b"1+" * 20000 + b"1", "deep": b"\0" + b"1+" * 990 + b"1", "not": "\0".encode() + b"not " * 20000 + "是".encode(),
            "text": ("\0“" + "长" * 50000 + "”").encode(), "name": ("\0" + "长" * 50000).encode(), "digits": b"\0" + b"9" * 100000,
            "in": ("\0职级 属于 (" + "“S1”, " * 2000 + "“S2”)").encode(), "min": ("\0最小(" + "1, " * 2000 + "2)").encode(),
            "rows": ("\0" + "合计(订单, " * 8 + "1" + ")" * 8).encode(), "groups": ("\0" + "公司合计(" * 10 + "1" + ")" * 10).encode(),
            "days": ("\0" + "合计(订单, " * 3 + "工作日数(日期(1,1,1),日期(9999,12,31))" + ")" * 3).encode(),
            "months": "\0已知合计(999999999999, 业绩)".encode(), "choices": ("\0" + "若(是, " * 190 + "1" + ", 2)" * 190).encode(),
            "power": ("\0" + "9999999999999999999999999999999999 × " * 990 + "9").encode(),
        },
    }
    for target, texts in inputs.items():
        (folder / target).mkdir(parents=True)
        for name, data in texts.items():
            (folder / target / name).write_bytes(data)


def dictionaries(folder, texts):
    write_dictionary(folder / "csv.dict", [p for piece in CSV_PIECES for p in (piece.split("\n") if len(piece) > 1 and "\r" not in piece else [piece])] + CSV_BYTES)
    words = {w for text in texts for w in re.findall(r"\w+\(?|[^\w\s]+", text) if len(w) < 24}
    functions = (TOP / "gen/policy/formula_function.c").read_text(encoding="utf-8")
    words |= {name + "(" for pair in re.findall(r'"(\w+)", "(\w+)"', functions) for name in pair}
    write_dictionary(folder / "formula.dict", words)
    grammar = (TOP / "gen/policy/grammar.c").read_text(encoding="utf-8")
    elements = {f"<{name}" for name in re.findall(r'\.name = "(\w+)"|\{ "(\w+)"', grammar) for name in name if name}
    attributes = {f' {name}="' for name in re.findall(r'\{ "(\w+)"', grammar)}
    values = {v for choice in re.findall(r'"([a-z|-]+\|[a-z|-]+)"', grammar) for v in choice.split("|")}
    write_dictionary(folder / "policy.dict", elements | attributes | values | words |
                     {"</", "/>", "<![CDATA[", "]]>", "<!--", "-->", "&lt;", "&#x4e00;", "<?xml ", "<!DOCTYPE ", "\n%%\n", "lib/x.xml", "tables/x.csv", "lib/staff.xml",
                      "urn:salespay:policy:1", "urn:salespay:company:1", "xmlns=", "encoding=\"GB18030\"", "2026-10", "*", "50%"})


def company(folder):
    for name in ("2026-10", "common"):
        shutil.copytree(TOP / "tests/manual" / name, folder / name)
    for name in ("lib", "tables"):
        shutil.copytree(TOP / "tests/manual/policies" / name, folder / "policies" / name)
    shutil.copy(TOP / "tests/manual/calendar.csv", folder)
    shutil.copy(HERE / "formula.xml", folder / "policies/formula.xml")
    (folder / "company.xml").write_text('<company xmlns="urn:salespay:company:1" name="试算公司" lang="zh-CN">'
                                        '<policy href="policies/formula.xml" from="2025-01"/><pay day="10" month="next"/></company>\n', encoding="utf-8")
    quiet = "".join(f"2026-0{m},E003,华东部,S1,{m}000.00,{m % 3},0.{m},no,乙,,9{m},0.00,{m}.00\n" for m in range(1, 7))
    (folder / "opening.csv").write_text(OPENING + quiet, encoding="utf-8")
    (folder / "opening-lines-收款提成.csv").write_text(OPENING_LINES, encoding="utf-8")
    for name, text in MORE_ROWS.items():
        (folder / "2026-10" / name).write_text(text, encoding="utf-8")


def main():
    top = pathlib.Path(sys.argv[1])
    shutil.rmtree(top, ignore_errors=True)
    for name in ("csv", "policy", "formula", "company"):
        (top / name).mkdir(parents=True)
    company(top / "company")
    large(top / "large")
    seeds_of_csv(top / "csv")
    seeds_of_policy(top / "policy")
    dictionaries(top, seeds_of_formula(top / "formula"))


if __name__ == "__main__":
    main()
