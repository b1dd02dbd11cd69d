#!/usr/bin/env python3
"""Canaries: no pay, identity number, account or address reaches the pages of the intranet, site/. TAP.

Runs $SALESPAY (default build/release/salespay) on tests/small with an unmistakable number planted in every money column,
parameter, grade set, tier, literal sum and example, and in every identity, account and address column. Under every
openness of <site> they must stand in no byte of site/, in whatever form: with separators, without decimals, in 万, full-width, with
blanks or dashes in them. Then an overriding template leaks one of each kind, and nothing may be published.
"""
import csv
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-canary-"))
os.environ.update(SALESPAY_DATA=os.environ.get("SALESPAY_DATA", str(TOP)), LC_ALL="C.UTF-8")
MONTHS = ("2026-09", "2026-10")


class Canaries:
    """Sums that nothing else would ever come to, each used once, and secrets."""

    def __init__(self):
        self.sums, self.secrets = [], {}

    def sum(self):
        n = len(self.sums)
        # 73197.41, 74308.72 …: five digits before the point that no date, year, id or size has, no two alike
        self.sums.append(f"{73197 + 1111 * n}.{41 + 31 * n % 58}")
        return self.sums[-1]

    def secret(self, kind, text):
        self.secrets.setdefault(kind, []).append(text)
        return text


def plant(folder, site):
    """A company full of canaries."""
    canaries = Canaries()
    company = folder / "in"
    shutil.copytree(TOP / "tests/small", company)
    edit(company / "company.xml", ('<pay day="10" month="next"/>', '<pay day="10" month="next"/>' + site))
    staff = company / "policies/lib/staff.xml"
    text = staff.read_text(encoding="utf-8")
    text = re.sub(r"(<set name=\"[^\"]*\">)[0-9.]+", lambda m: m[1] + canaries.sum(), text)
    text = text.replace('<column name="试用期"', '<column name="身份证号" type="text" role="identity"/><column name="银行账号" type="text" role="account"/>'
                        '<column name="邮箱" type="text" role="email"/><column name="补贴" type="money"/><column name="试用期"', 1)
    staff.write_text(text, encoding="utf-8")
    policy = company / "policies/support.xml"
    text = policy.read_text(encoding="utf-8")
    text = re.sub(r"\n *<example.*?</example>", "", text, flags=re.S)
    text = re.sub(r"(<parameter .*?</parameter>)", lambda m: re.sub(r">[0-9]+<", lambda _: f">{canaries.sum()}<", m[1]), text)
    literal, bound, entry, given = (canaries.sum() for _ in range(4))
    text = text.replace('<total name="应发合计"', f"""<figure name="个人补贴" type="money" section="earnings">缺省(补贴, 0) + {literal}元</figure>
    <tiers name="奖励档" mode="value" type="money"><tier from="0">0</tier><tier from="{bound}">{entry}</tier></tiers>
    <figure name="档奖" type="money" section="earnings">奖励档(自主开发业绩)</figure>
    <check name="低于保底" level="warning" when="应发合计 ＞ 0">应发{{个人补贴}}</check>
    <example title="补贴" month="2026-10" grade="S1"><given name="补贴">{given}</given><expect name="个人补贴">{float(given) + float(literal):.2f}</expect></example>
    <total name="应发合计\"""", 1)
    policy.write_text(text, encoding="utf-8")
    for month in MONTHS:
        path = company / month / "花名册.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        head = lines[0].split(",")
        rows = [",".join(head[:7] + ["身份证号", "银行账号", "邮箱", "补贴"] + head[7:])]
        for i, line in enumerate(lines[1:]):
            cells = line.split(",")
            rows.append(",".join(cells[:7] + [
                canaries.secret("identity", f"33010619{80 + i}0{i + 1}1{i}417X"), canaries.secret("account", f"622202120{i}731974{i}086{i}"),
                canaries.secret("address", f"home{i}.canary@example.org"), canaries.sum()] + cells[7:]))
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        path = company / month / "订单.csv"
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for row in rows[1:]:
            if row[4] == "收款":
                row[5] = canaries.sum()
        whole = next(row for row in rows[1:] if row[4] == "收款")
        if month == "2026-09":
            first = whole[5]
        for row in rows[1:]:
            if row[4] == "退款":
                row[5], row[7] = canaries.sum(), first  # the refund is larger than the order, which is nobody's business here
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return canaries


def edit(path, *pairs):
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, (path, old)
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def run(folder):
    done = subprocess.run([PROGRAM, "run", "-i", str(folder / "in"), "-o", str(folder / "out"), "--lang", "zh-CN"], capture_output=True,
                          text=True, check=False)
    return done.returncode, done.stderr


BETWEEN = re.compile(r"(?<=\d)[\s,'\u2009\u202f\u00a0_.\u00b7-](?=\d)")


def forms_found(data, canaries, paid):
    """Which canaries stand in these bytes, in whatever form."""
    text = unicodedata.normalize("NFKC", data.decode("utf-8", "replace"))
    for entity, sign in (("&#160;", " "), ("&nbsp;", " "), ("&#44;", ","), ("%2C", ","), ("%40", "@"), ("&#64;", "@"), ("%20", " ")):
        text = text.replace(entity, sign)
    runs = set(re.findall(r"\d+", text)) | set(re.findall(r"\d+", re.sub(r"(?<=\d),(?=\d{3})", "", text)))
    joined = BETWEEN.sub("", text)
    runs |= set(re.findall(r"\d+", joined))
    found = []
    for amount in {*canaries.sums, *paid}:
        fen = amount.replace(".", "")
        wan = float(amount) / 10000
        yuan = amount.split(".")[0]
        if yuan in runs or str(int(yuan) + 1) in runs or fen in runs or f"{wan:.2f}万" in text or f"{wan:.1f}万" in text or f"{wan:.4f}" in text:
            found.append(amount)
    for kind, secrets in canaries.secrets.items():
        found += [f"{kind} {secret}" for secret in secrets if secret in text or secret.split("@")[0] in text or
                  (kind != "address" and re.sub(r"\D", "", secret) in joined)]
    return found


def paid_amounts(folder):
    """What the canaries grew into: every sum of five digits and more in the ledgers."""
    found = set()
    for month in MONTHS:
        with open(folder / "out" / month / "ledger.csv", encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                found |= {cell.lstrip("-") for cell in row if re.fullmatch(r"-?\d{5,}\.\d\d", cell)}
    return found


def test_finder():
    canaries = Canaries()
    amount = canaries.sum()
    canaries.secret("account", "6222021234567890123")
    canaries.secret("identity", "33010619800101417X")
    canaries.secret("address", "wei.zhang@example.org")
    planted = ("73197.41", "¥73,197.41", "73 197,41", "7.32万", "7319741", "７３１９７．４１", "73&#160;197", "<svg><text>73198</text>", "x.html?a=73%2C197",
               "6222 0212 3456 7890 123", "6222-0212-3456-7890-123", "330106 19800101 417X", "mailto:wei.zhang%40example.org")
    missed = [text for text in planted if not forms_found(f"<p>{text}</p>".encode(), canaries, set())]
    ok(amount == "73197.41" and not missed, "the search finds a canary in each of its forms", missed)
    nothing = forms_found(b"<p>2026-10-07, 73, 197 people, 0.7319</p>", canaries, set())
    ok(not nothing, "and none where there is none", nothing)


def test_openness():
    for number, (policy, people, movements) in enumerate((p, q, m) for p in ("none", "text", "full") for q in ("none", "unit", "all")
                                                         for m in ("none", "eligible", "all")):
        folder = WORK / f"open{number}"
        canaries = plant(folder, f'<site policy="{policy}" people="{people}" movements="{movements}"/>')
        status, said = run(folder)
        name = f'policy="{policy}" people="{people}" movements="{movements}"'
        if not ok(status == 0, f"{name}: a company full of canaries runs", said):
            continue
        paid = paid_amounts(folder)
        sites = [p for m in MONTHS for p in (folder / "out" / m / "site").rglob("*") if p.is_file()]
        found = [f"{p.relative_to(folder)}: {hit}" for p in sites for hit in forms_found(p.read_bytes(), canaries, paid)]
        names = [f"{p.relative_to(folder)}: its name" for p in sites if forms_found(str(p.relative_to(folder)).encode(), canaries, paid)]
        ok(sites and not found + names, f"{name}: none of {len(canaries.sums)} sums, {len(paid)} figures of pay and the secrets is in {len(sites)} files of site/",
           "\n".join(found + names))
        if number == 26:
            model = [p for m in MONTHS for p in (folder / "out" / m / "model/site").rglob("*.xml")]
            hits = [f"{p.name}: {hit}" for p in model for hit in forms_found(p.read_bytes(), canaries, paid)]
            ok(model and not hits, "nor in the public model", "\n".join(hits))
            inside = set()
            for p in (folder / "out/2026-10/managers").rglob("*.html"):
                inside |= set(forms_found(p.read_bytes(), canaries, paid))
            ok(len(inside) > 30, "the managers' pages do have them, so the search would see them", len(inside))


def test_leaking_template():
    for kind, shown in (("identity", "证件号"), ("account", "账号"), ("address", "邮箱")):
        folder = WORK / f"leak-{kind}"
        canaries = plant(folder, '<site policy="text" people="unit"/>')
        status, said = run(folder)
        before = {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        secret = canaries.secrets[kind][-2]
        (folder / "in/templates/lib").mkdir(parents=True)
        frame = (TOP / "templates/lib/frame.xsl").read_text(encoding="utf-8")
        assert "</body>" in frame
        leaking = folder / "in/templates/lib/frame.xsl"
        leaking.write_text(frame.replace("</body>", f"<p>{secret}</p></body>", 1), encoding="utf-8")
        ok(status == 0, f"{kind}: published without the leak", said)
        status, said = run(folder)
        ok(status == 1 and "E0511" in said and shown in said and "site/" not in said.split("E0511")[0] and secret not in said,
           f"a template that shows an {kind} is refused, and the message does not repeat it", f"{status} {said}")
        leaking.unlink()
        (folder / "in/templates/lib").rmdir()
        (folder / "in/templates").rmdir()
        after = {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        ok(after == before, f"{kind}: what was published stays as it was", sorted(set(after) ^ set(before))[:5])


def main():
    try:
        test_finder()
        test_openness()
        test_leaking_template()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(tap.plan())


main()
