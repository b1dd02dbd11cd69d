#!/usr/bin/env python3
"""compare: a month's ledger against a spreadsheet, and a month under another policy. TAP.

Runs $SALESPAY (default build/release/salespay) on a copy of tests/small, whose October is, by hand (tests/small/policies):
E1001 提成 -87.96, 绩效工资 1149.60, 实发工资 5651.64; E1002 0.00, 825.00, 3037.86; E1003 0.00, 850.32, 4718.89;
E1004 8.89, 1500.00, 7018.89.
"""
import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-compare-"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ.pop("LANG", None)
os.environ["LC_ALL"] = "C.UTF-8"


def call(*arguments, folder="small"):
    """(status, stdout, stderr) in the folder, so that messages name short paths."""
    done = subprocess.run([PROGRAM, *arguments], cwd=WORK / folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def sheet(text, name="sheet.csv", encoding="utf-8"):
    (WORK / "small" / name).write_bytes(text.encode(encoding))
    return name


def against(text, *options, name="sheet.csv", encoding="utf-8"):
    """(status, the JSON, stderr)"""
    status, out, err = call("compare", "2026-10", "--against", sheet(text, name, encoding), "--format", "json", *options)
    return status, json.loads(out) if out else None, err


def messages(err):
    """(code, file, line, column) of each"""
    return [tuple(json.loads(line)[k] for k in ("code", "file", "line", "column")) for line in err.splitlines()]


def ledger():
    with open(WORK / "small/input/records/2026-10/ledger.csv", encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def as_text(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def test_not_computed():
    status, out, err = call("compare", "2026-10", "--against", sheet("工号,实发工资\nE1001,1\n"))
    ok(status == 1 and not out and "E0526" in err and "salespay run 2026-10" in err, "a month without books: the message says to run it first", err)
    for arguments in (("compare", "2026-10"), ("compare", "--against", "sheet.csv"), ("compare", "2026-10", "--against", "a.csv", "--policy", "b.xml"), ("run", "--format", "csv"), ("compare", "2026-1", "--against", "x")):
        status, _, err = call(*arguments)
        ok(status == 2, f"{' '.join(arguments)} is no usage", err)


def test_own_ledger():
    rows = ledger()
    before = {p: p.read_bytes() for p in (WORK / "small/input").rglob("*") if p.is_file()}
    status, found, err = against(as_text(rows), "--fail-on-change")
    figures = len(rows[0]) - 4  # without id, name, unit and grade
    ok(status == 0 and not err, "the ledger against itself is no difference", (status, err))
    ok((found["people"], found["equal"], found["different"], found["missing_in_file"], found["missing_in_ledger"]) ==
       (4, 4 * figures, 0, 0, 0) and len(found["columns"]) == figures, "every cell of it is equal, empty ones too", found)
    ok(found["unmatched_columns"] == [] and found["cells"] == [], "unit and grade of the staff table are no strangers", found)
    ok(before == {p: p.read_bytes() for p in (WORK / "small/input").rglob("*") if p.is_file()}, "comparing leaves input and books alone")
    column = rows[0].index("提成")
    changed = [list(row) for row in rows]
    changed[4][column] = "8.88"
    status, found, err = against(as_text(changed), "--fail-on-change")
    ok(status == 4 and found["cells"] == [{"id": "E1004", "name": "买买提·艾力", "figure": "提成", "result": "different",
                                           "ledger": "8.89", "file": "8.88", "difference": "0.01", "line": 5}],
       "one changed cell is found, with both values and the difference", found)
    status, found, err = against(as_text(changed))
    ok(status == 0, "without --fail-on-change a difference is no failure", err)
    for row, text, result in ((1, "", "missing in file"), (3, "0", "missing in ledger")):
        changed = [list(row) for row in rows]
        changed[row][rows[0].index("最大一单")] = text  # E1001 has 1234.50, E1003 none
        status, found, err = against(as_text(changed), "--fail-on-change")
        ok(status == 4 and [c["result"] for c in found["cells"]] == [result] and found["cells"][0]["difference"] is None,
           f"a cell on one side only is {result}", found)


def test_forms():
    """What spreadsheets do to numbers, headers and encodings. 8689.50 = 5651.64 + 3037.86"""
    text = ("2026年10月工资核对\n\n工号,姓名,部门,绩效工资(元),提成,实 发工资,备注\n"
            "'E1002,李娜,华东支持部,825,0,\"3,037.86\",\nE1001,张伟,华东支持部,\"1,149.6\",-87.96,¥5651.64,对\n合计,,,1974.6,-87.96,8689.50,\n")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        status, found, err = against(text, encoding=encoding)
        ok(status == 0 and not err and found["equal"] == 6 and found["different"] == 0 and found["people"] == 2,
           f"{encoding}: a title, units, 1,149.6, ¥ and a total row are read as in exports", (err, found))
    ok([c["column"] for c in found["unmatched_columns"]] == ["备注"], "a column that is no figure is named", found)
    ok([p["id"] for p in found["people_missing_in_file"]] == ["E1003", "E1004"], "people whom the file does not have are named", found)
    sums = {c["figure"]: (c["ledger"], c["file"]) for c in found["columns"]}
    ok(sums["实发工资"] == ("8689.50", "8689.50") and sums["提成"] == ("-87.96", "-87.96"), "sums are over the people on both sides", sums)
    status, found, err = against("工号,满月,在岗开始,得分排名,绩效工资\nE1001,是,2026年10月1日,2,1149.601\nE1002,Y,2026/10/15,3,825\n")
    ok(found["equal"] == 6 and [(c["id"], c["figure"], c["ledger"], c["file"]) for c in found["cells"]] ==
       [("E1001", "绩效工资", "1149.60", "1149.601"), ("E1002", "满月", "no", "yes")],
       "yes and no, dates and numbers compare by value, and a tenth of a fen counts", found)
    status, found, err = against("工号,提成\nE1001,abc\nE1002,1\nE1002,2\n")
    ok(status == 1 and found is None and messages(err) == [("E0203", "sheet.csv", 2, 2), ("E0301", "sheet.csv", 4, 1)],
       "wrong cells and doubled ids are errors with line and field, and nothing is compared", err)


def test_nearest():
    status, found, err = against("工号,姓名,实发工次,提成\nE1O01,,0,-87.96\nE9999,买买提·艾力,0,8.89\nZZ,,0,1\n", "--fail-on-change")
    ok(status == 4 and found["unmatched_columns"] == [{"column": "实发工次", "did_you_mean": "实发工资"}],
       "a mistyped header: did you mean", found)
    ok([(p["id"], p["did_you_mean"]) for p in found["people_missing_in_ledger"]] == [("E1O01", "E1001"), ("E9999", "E1004"), ("ZZ", None)],
       "strangers: the id that is mistyped, or whose name it is", found)
    status, found, err = against("工号,备注\nE1001,1\n")
    ok(status == 1 and found is None and "E0533" in err and "备注" in err, "a file without any figure is an error", err)


def test_map():
    sheet("column,figure\n到手,实发工资\n提成,绩效工资\n备注,\n编号,工号\n", "map.csv")
    status, found, err = against("编号,到手,提成,备注\nE1001,5651.64,1149.60,7\n", "--map", "map.csv")
    ok(status == 0 and not err and found["equal"] == 2 and
       [(c["figure"], c["column"]) for c in found["columns"]] == [("绩效工资", "提成"), ("实发工资", "到手")],
       "the map says which column is which figure, also against a figure of that name", (err, found))
    sheet("列,项目\n到手,实发工次\n", "map.csv")
    status, found, err = against("工号,到手\nE1001,1\n", "--map", "map.csv")
    ok(status == 1 and messages(err) == [("E0530", "map.csv", 2, 2)] and "“实发工资”" in err, "a figure that there is not is an error of the map", err)
    sheet("column,figure\n到乎,实发工资\n", "map.csv")
    status, found, err = against("工号,到手,提成\nE1001,1,1\n", "--map", "map.csv")
    ok(status == 0 and "E0531" in err and "到手" in err, "a column that the file does not have is a warning", err)
    sheet("column,figure\n到手,实发工资\n到手,提成\n", "map.csv")
    status, found, err = against("工号,到手\nE1001,1\n", "--map", "map.csv")
    ok(status == 1 and messages(err) == [("E0532", "map.csv", 3, 1)], "one column mapped twice is an error", err)


def test_paper():
    name = sheet("工号,提成,实发工资,奖\nE1001,-87.96,5651.63,1\nE1003,0,,2\n=1+1,1,1,1\n")
    status, out, err = call("compare", "2026-10", "--against", name, "--format", "csv", "--lang", "en")
    wanted = """id,name,figure,column,result,ledger,file,difference
E1001,张伟,提成,提成,equal,-87.96,-87.96,0.00
E1001,张伟,实发工资,实发工资,different,5651.64,5651.63,0.01
E1003,王芳,提成,提成,equal,0.00,0.00,0.00
E1003,王芳,实发工资,实发工资,missing in the file,4718.89,,
"""
    rows = [line for line in out.splitlines(keepends=True) if line.startswith(("id", "E1001", "E1003"))]
    ok(status == 0 and "".join(rows) == wanted, "--format csv prints every cell", out + err)
    ok("\n'=1+1," in out, "an id that begins like a formula is defused", out)
    path = WORK / "small/output/compare/2026-10-sheet.csv"
    ok(path.read_text(encoding="utf-8") == out and path.stat().st_mode & 0o77 == 0, "the same stands in output/compare/, for its owner alone")
    for language, words in (("zh-CN", ("相同 2 项，不同 1 项，一边缺 1 项", "0.01", "只在账册里的人", "不是项目的列")),
                            ("en", ("2 equal, 1 different, 1 missing on one side", "0.01", "people in the ledger alone", "columns that are no figure"))):
        status, out, err = call("compare", "2026-10", "--against", name, "--lang", language)
        ok(status == 0 and not err and all(word in out for word in words), f"the text says it in {language}", out + err)


def test_older():
    path = WORK / "small/input/2026-10/考勤.csv"
    old = path.read_bytes()
    path.write_bytes(old + b"\n")
    status, _, err = against("工号,提成\nE1001,-87.96\n")
    ok(status == 0 and "E0534" in err, "inputs that changed since: the figures of the books are compared, with a warning", err)
    path.write_bytes(old)
    status, _, err = against("工号,提成\nE1001,-87.96\n", "--lang", "en")
    ok(status == 0 and not err, "another language is no change", err)


def draft(*changes, name="draft.xml", source="support.xml"):
    text = (WORK / "small/input/policies" / source).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (WORK / "small/input/policies" / name).write_text(text, encoding="utf-8")
    return "input/policies/" + name


def under(policy, *options):
    status, out, err = call("compare", "2026-10", "--policy", policy, "--format", "json", *options)
    return status, json.loads(out) if out else None, err


# The training award falls from 90 to 50 (E1001, E1002, E1004 have it); follow-on orders pay 6% and not 1%: E1004's 888.88 gives
# 53.33 and not 8.89. So E1001 and E1002 lose 40.00, E1004 gains 44.44 - 40.00 = 4.44, E1003 stays. Two good months in a row and
# two in the grade are enough for promotion: E1001 and E1004 have just two.
CHANGES = (('<value from="2026-10">90<', '<value from="2026-10">50<'), ('<rate for="续单, *">1%', '<rate for="续单, *">6%'),
           ("连续优秀月数 ≥ 3", "连续优秀月数 ≥ 2"), ("任职级月数() ≥ 3", "任职级月数() ≥ 2"))


def test_policy():
    before = {p: p.read_bytes() for p in (WORK / "small").rglob("*") if p.is_file() and "compare" not in p.parts}
    status, found, err = under("input/policies/support.xml", "--fail-on-change")
    ok(status == 0 and found["net"]["difference"] == "0.00" and found["people"] == [] and found["movements"] == [] and found["figures"] == [],
       "the month under its own policy is the same", (err, found))
    ok(all(p.read_bytes() == data for p, data in before.items()), "nothing is published or recorded")
    path = draft(*CHANGES)
    status, found, err = under(path, "--fail-on-change")
    ok(status == 4 and not err, "--fail-on-change: somebody's net is another", err)
    # 20427.28 = 5651.64 + 3037.86 + 4718.89 + 7018.89
    ok(found["net"] == {"people": 4, "gaining": 1, "losing": 2, "before": "20427.28", "after": "20351.72", "gains": "4.44",
                        "losses": "-80.00", "difference": "-75.56"}, "the net sum, gains and losses", found["net"])
    ok([(p["id"], p["before"], p["after"], p["difference"]) for p in found["people"]] ==
       [("E1004", "7018.89", "7023.33", "4.44"), ("E1001", "5651.64", "5611.64", "-40.00"), ("E1002", "3037.86", "2997.86", "-40.00")],
       "people by what they gain, equals by id", found["people"])
    ok([(f["figure"], f["before"], f["after"], f["difference"]) for f in found["people"][0]["figures"]] ==
       [("培训奖", "90.00", "50.00", "-40.00"), ("月勤工奖", "270.00", "230.00", "-40.00"), ("提成", "8.89", "53.33", "44.44"),
        ("应发合计", "7018.89", "7023.33", "4.44"), ("实发工资", "7018.89", "7023.33", "4.44")], "through which figures", found["people"][0])
    ok([(u["name"], u["people"], u["difference"]) for u in found["units"]] == [("华东支持部", 2, "-80.00"), ("华北支持部", 2, "4.44")], "by unit", found["units"])
    ok([(g["name"], g["people"], g["difference"]) for g in found["grades"]] == [("助理", 1, "-40.00"), ("专员", 2, "-40.00"), ("主管", 1, "4.44")],
       "by grade, in the policy's order", found["grades"])
    # 提成 of all four: -87.96 + 0 + 0 + 8.89 = -79.07
    ok([(f["name"], f["before"], f["after"]) for f in found["figures"]][:3] ==
       [("培训奖", "270.00", "150.00"), ("月勤工奖", "810.00", "690.00"), ("提成", "-79.07", "-34.63")], "by figure, over everyone", found["figures"])
    ok([(m["id"], m["movement"], m["to"], m["before"], m["after"]) for m in found["movements"]] ==
       [("E1001", "晋升", "主管", "not eligible", "eligible"), ("E1004", "晋升", "经理", "not eligible", "eligible")],
       "who crosses a promotion line", found["movements"])
    out = call("compare", "2026-10", "--policy", path, "--format", "csv", "--lang", "en")[1]
    ok("E1004,买买提·艾力,华北支持部,主管,提成,earnings,8.89,53.33,44.44\n" in out and
       (WORK / "small/output/compare/2026-10-draft.csv").read_text(encoding="utf-8") == out, "the CSV has each person and figure", out)
    page = (WORK / "small/output/compare/2026-10-draft.html")
    for language, words in (("zh-CN", ("实发合计 20,427.28 → 20,351.72，增减 −75.56", "1 人增加，共 +4.44", "提成 +44.44", "暂不符合", "按职级：实发")),
                            ("en", ("Net pay 20,427.28 → 20,351.72, a difference of −75.56", "1 gain, +4.44 in all", "提成 +44.44", "Not yet eligible"))):
        call("compare", "2026-10", "--policy", path, "--lang", language)
        html = page.read_text(encoding="utf-8")
        ok(all(word in html for word in words) and page.stat().st_mode & 0o77 == 0, f"the page says it in {language}, for its owner alone", html)
    bars = re.findall(r'<rect class="(up|down)" x="([0-9.]+)%" width="([0-9.]+)%"', html)
    # from -40 to 4.44 on an axis of tens, -40 to 10: zero at 80%
    ok(bars == [("up", "80", "8.9"), ("down", "0", "80"), ("down", "0", "80")], "sorted bars from the zero line", bars)
    ok(html.count("<title") == 2 and "<desc>" in html and html.count("<caption>") == html.count("<table") == 5 and "<th>" not in html and
       " style=" not in html and re.search(r'href="assets/site.css"', html) and (page.parent / "assets/site.css").exists(),
       "title and description of the chart, caption and scope of each table, its own assets", html)
    for language, words in (("zh-CN", ("1 人增加 +4.44，2 人减少 -80.00，1 人不变", "晋升、降级结论改变 2 项", "提成 +44.44")),
                            ("en", ("1 gain +4.44, 2 lose -80.00, 1 unchanged", "2 promotion and demotion verdicts change", "提成 +44.44"))):
        out = call("compare", "2026-10", "--policy", path, "--lang", language)[1]
        ok(all(word in out for word in words), f"the text says it in {language}", out)
    ok(out.index("E1004  ") < out.index("E1001  ") < out.index("E1002  "), "equal losses stand by id", out)


def test_which_scheme():
    other = draft(('id="support"', 'id="other"'), *CHANGES[:1], name="other.xml")
    status, found, err = under(other)
    ok(status == 0 and found["net"]["difference"] == "-120.00", "a policy of another id stands in for the only scheme", err)
    path = WORK / "small/input/company.xml"
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace('<policy href="policies/support.xml" from="2026-09"/>',
                                '<policy scheme="正式" href="policies/support.xml" from="2026-09" when="非 试用期"/>'
                                '<policy scheme="试用" href="policies/trial.xml" from="2026-09" when="试用期"/>'), encoding="utf-8")
    draft(('id="support"', 'id="trial"'), name="trial.xml")
    # E1002 alone is on probation; the lines of the two policies must be one
    text = (WORK / "small/input/policies/trial.xml").read_text(encoding="utf-8")
    shared = text[text.index('<table name="考勤"'):text.rindex("</policy>")]
    body = '<?xml version="1.0" encoding="UTF-8"?>\n<policy xmlns="urn:salespay:policy:1" id="%s" title="%s" version="1" currency="CNY">%s</policy>\n'
    for name, content in (("lib/all", shared), ("support", '<include href="lib/staff.xml"/><include href="lib/all.xml"/>'),
                          ("trial", '<include href="lib/staff.xml"/><include href="lib/all.xml"/>')):
        (WORK / f"small/input/policies/{name}.xml").write_text(body % (name.replace("/", "-"), name, content), encoding="utf-8")
    parameter = '<parameter name="培训奖标准" type="money"><value from="2026-01">50</value></parameter>'
    for policy in ("support", "trial", "third"):
        (WORK / f"small/input/policies/new-{policy}.xml").write_text(body % (policy, policy, '<include href="lib/staff.xml"/><include href="lib/all.xml"/>'
            f'<replace name="培训奖标准" reason="draft">{parameter}</replace>'), encoding="utf-8")
    for policy, options, people in (("support", (), ["E1001", "E1004"]), ("trial", (), ["E1002"]), ("third", ("--scheme", "试用"), ["E1002"]),
                                    ("support", ("--scheme", "试用"), ["E1002"])):
        status, found, err = under(f"input/policies/new-{policy}.xml", *options)
        ok(status == 0 and found and [p["id"] for p in found["people"]] == people, f"policy {policy} {' '.join(options)} stands in for its scheme", err)
    status, found, err = under("input/policies/new-third.xml")
    ok(status == 1 and found is None and "E0535" in err and "正式" in err and "试用" in err, "none of that id and several schemes: which?", err)
    status, found, err = under("input/policies/new-third.xml", "--scheme", "试用期")
    ok(status == 1 and "E0536" in err, "a scheme that there is not", err)
    status, found, err = under("input/policies/none.xml")
    ok(status == 1 and found is None and "E01" in err, "a policy that there is not", err)
    (WORK / "small/input/policies/bad.xml").write_text(body % ("support", "bad", '<include href="lib/staff.xml"/><figure name="a" type="money">b</figure>'))
    status, found, err = under("input/policies/bad.xml")
    ok(status == 1 and found is None and "bad.xml" in err, "mistakes of the policy are told where they are", err)
    path.write_text(old, encoding="utf-8")


def main():
    shutil.copytree(TOP / "tests/small", WORK / "small/input")
    test_not_computed()
    status, _, err = call("run")
    assert status == 0, err
    test_own_ledger()
    test_forms()
    test_nearest()
    test_map()
    test_paper()
    test_older()
    test_policy()
    test_which_scheme()
    tap.plan()
    if not tap.failures():
        shutil.rmtree(WORK)
    return tap.failures() > 0


sys.exit(main())
