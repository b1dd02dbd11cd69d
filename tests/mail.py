#!/usr/bin/env python3
"""salespay mail up to the outbox: who gets a message, what is in it, with what its attachment opens. TAP.

Messages are read by Python's email package and, where it is installed, by mutt; attachments are opened by qpdf and
pdftotext. The company is that of tests/mail/company.py.
"""
import email
import email.header
import email.policy
import email.utils
import hashlib
import html
import json
import os
import pathlib
import pty
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "mail"))
from company import Company  # noqa: E402

import tap
from tap import ok

WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-mail-"))
# Names of every kind: plain, doubled width, beyond the BMP, long with a middle dot, commas, quotes, brackets.
PEOPLE = [("E1001", "张伟", "zhang.wei@example.com", "330106198001014170"),
          ("E1002", '李娜 "小李", Jr.', "li.na+pay@mail.example.com", "330106198001014171"),
          ("E1003", "𠮷田英", "yoshida@example.com", "330106198001014172"),
          ("E1004", "买买提·艾力·" * 7 + "艾则孜", "m@example.com", "330106198001014173"),
          ("E1005", "O'Neil <Anne>; (HR) \\ 王", "o'neil@example.com", "330106198001014174"),
          ("E1006", "Zoë, the ＱＡ", "zoe@sub.example.com", "33010619800101417X")]


def codes(text):
    return sorted(re.findall(r"\[(E\d+)\]", text))


def read(path):
    data = path.read_bytes()
    return data, email.message_from_bytes(data, policy=email.policy.default)


def recipients(data):
    """By the older parser: the newer one of Python 3.11 keeps the blank between two encoded words of a name."""
    plain = email.message_from_bytes(data)
    return [(str(email.header.make_header(email.header.decode_header(name))), address)
            for name, address in email.utils.getaddresses(plain.get_all("To"))]


def attachment(message):
    return next(message.iter_attachments())


def run(*words, data=None):
    return subprocess.run(words, input=data, capture_output=True, check=False)


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def amounts(company):
    """Every amount of the month's ledger, as plain and as grouped text; small whole ones stand in any text."""
    found = set()
    for line in (company.output / "2026-10/ledger.csv").read_text(encoding="utf-8").splitlines()[1:]:
        for cell in line.split(","):
            if re.fullmatch(r"-?\d+\.\d\d", cell) and abs(float(cell)) >= 10:
                found |= {cell.lstrip("-"), f"{abs(float(cell)):,.2f}"}
    return found


def test_messages(company):
    status, out, err = company.call("mail", "2026-10")
    ok(status == 4 and codes(err) == ["E0622"], "without passwords nothing is built, and the next command is told", err)
    status, out, err = company.call("mail", "2026-10", "--make-secrets")
    ok(status == 0 and str(company.records / "secrets.csv") in out, "--make-secrets tells where the passwords are", out + err)
    secrets = company.secrets()
    ok(mode(company.records / "secrets.csv") == 0o600 and set(secrets) == {p[0] for p in PEOPLE} and
       all(re.fullmatch(r"([2-9a-hjkmnp-z]{4}-){2}[2-9a-hjkmnp-z]{4}", s) for s in secrets.values()) and
       len(set(secrets.values())) == len(PEOPLE), "each person has a password of twelve unambiguous characters, in a file 0600", secrets)
    status, out, err = company.call("mail", "2026-10", "--date", "2026-11-06")
    ok(status == 0 and not err, "the outbox is built", out + err)
    ok(not any(secret in text for secret in secrets.values() for text in (out, err)), "no password is said")
    outbox = company.output / "2026-10/outbox"
    ok(mode(outbox) == 0o700 and {mode(f) for f in outbox.iterdir()} == {0o600}, "outbox 0700, its files 0600")
    ok({f.name for f in outbox.iterdir()} == {"outbox.csv"} | {p[0] + ".eml" for p in PEOPLE}, "a message a person, and the list")
    slips, forbidden = {}, amounts(company)
    ok(len(forbidden) > 10, "there are amounts to look for", forbidden)
    for person, name, address, _ in PEOPLE:
        data, message = read(outbox / f"{person}.eml")
        text, page = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
        slip = (company.output / f"2026-10/payslips/{person}.pdf").read_bytes()
        ok(recipients(data) == [(name, address)] and [a.addr_spec for a in message["To"].addresses] == [address] and
           not message["Cc"] and not message["Bcc"], f"{person}: one recipient, with the name as it is", message["To"])
        ok(message["From"].addresses[0].display_name == "工资组" and message["From"].addresses[0].addr_spec == "pay@example.com" and
           message["Subject"] == "小2026年10月工资条" and message["Auto-Submitted"] == "auto-generated" and
           message["MIME-Version"] == "1.0", f"{person}: sender, subject and Auto-Submitted", message.items())
        ok(message["Date"].datetime.isoformat() == "2026-11-06T00:00:00+00:00", f"{person}: the date", message["Date"])
        wanted = hashlib.sha256(f"2026-10\n{person}\n{hashlib.sha256(slip).hexdigest()}\n".encode()).hexdigest()[:32]
        ok(message["Message-ID"] == f"<salespay.2026-10.{wanted}@example.com>",
           f"{person}: the Message-ID is that of month, person and slip", message["Message-ID"])
        ok(data.isascii() and all(len(line) <= 78 or line.startswith(b"Message-") for line in data.split(b"\r\n")) and
           data.count(b"\n") == data.count(b"\r\n"), f"{person}: ASCII, short lines, CRLF",
           [line for line in data.split(b"\r\n") if len(line) > 78])
        ok(name in text and name in html.unescape(page) and "2026年10月" in text and message.is_multipart() and
           message.get_content_type() == "multipart/mixed", f"{person}: text and HTML greet them", text + page)
        ok(not any(amount in part for amount in forbidden for part in (text, page, message["Subject"])) and
           not any(secret in part for secret in secrets.values() for part in (text, page, str(message))),
           f"{person}: no amount and no password in subject or body")
        part = attachment(message)
        ok(part.get_filename() == f"payslip-2026-10-{person}.pdf" and part.get_content_type() == "application/pdf",
           f"{person}: the attachment's name is ASCII", part.items())
        slips[person] = company.folder / f"{person}.pdf"
        slips[person].write_bytes(part.get_content())
    return slips, secrets


def test_encryption(company, slips, secrets):
    for person, path in slips.items():
        opening = [other for other in secrets if run("qpdf", f"--password={secrets[other]}", "--check", str(path)).returncode == 0]
        ok(opening == [person], f"{person}: qpdf opens it with the own password alone", opening)
        reading = [other for other in secrets if run("pdftotext", "-upw", secrets[other], str(path), "-").returncode == 0]
        plain = run("pdftotext", "-layout", str(company.output / f"2026-10/payslips/{person}.pdf"), "-").stdout
        ok(reading == [person] and run("pdftotext", "-layout", "-upw", secrets[person], str(path), "-").stdout == plain and len(plain) > 300,
           f"{person}: pdftotext too, and it reads what the slip says", reading)
    person, path = next(iter(slips.items()))
    ok(run("qpdf", "--check", str(path)).returncode != 0 and run("pdftotext", str(path), "-").returncode != 0,
       "without a password it does not open")
    shown = run("qpdf", f"--password={secrets[person]}", "--show-encryption", str(path)).stdout.decode()
    ok("R = 6" in shown and "file encryption method: AESv3" in shown and "extract for accessibility: allowed" in shown and
       "print high resolution: allowed" in shown and "modify document assembly: not allowed" in shown and
       "modify annotations: not allowed" in shown and "modify other: not allowed" in shown, "AES-256 R6; reading aloud and printing allowed, changing not", shown)
    before, after = (json.loads(run("qpdf", "--json=1", *extra, str(file)).stdout) for extra, file in
                     (((), company.output / f"2026-10/payslips/{person}.pdf"), ((f"--password={secrets[person]}",), path)))

    def kept(document):
        objects = document["objects"]
        catalog = objects[objects["trailer"]["/Root"]]
        info = objects[objects["trailer"]["/Info"]]
        return catalog["/Lang"], catalog["/ViewerPreferences"], "/StructTreeRoot" in catalog, info
    ok(kept(before) == kept(after) and kept(after)[0] == "zh-CN" or kept(before) == kept(after) and "/Title" in kept(after)[3],
       "language, title, tags and dates are kept", (kept(before), kept(after)))


def drain(terminal):
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:
        pass


def test_mutt(company):
    if not shutil.which("mutt"):
        print("# mutt is not installed")
        return
    box = company.folder / "maildir"
    for sub in ("cur", "new", "tmp"):
        (box / sub).mkdir(parents=True)
    for person, *_ in PEOPLE:
        shutil.copy(company.output / f"2026-10/outbox/{person}.eml", box / "cur" / f"{person}:2,S")
    settings = company.folder / "muttrc"
    settings.write_text('set charset="utf-8"\nset folder=""\nset wait_key=no\nset quit=yes\nset move=no\nset sort=mailbox-order\n'
                        'set header_cache=""\nset mail_check_stats=no\nset print="yes"\n'
                        f'set print_command="cat >> {company.folder}/printed"\nset print_decode=yes\nset print_split=yes\n', encoding="utf-8")
    master, slave = pty.openpty()  # without a terminal mutt would send
    threading.Thread(target=drain, args=(master,), daemon=True).start()
    done = subprocess.run(["mutt", "-n", "-R", "-F", str(settings), "-f", str(box), "-e",
                           "push '<tag-pattern>~A<enter><tag-prefix><print-message><exit>'"], check=False,
                          env=dict(os.environ, TERM="xterm", LC_ALL="C.UTF-8", HOME=str(company.folder)), timeout=30, start_new_session=True,
                          stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    printed = (company.folder / "printed").read_text(encoding="utf-8") if (company.folder / "printed").exists() else ""
    folded = re.sub(r"\s+", "", printed).replace('"', "").replace("\\", "")
    plain = lambda text: re.sub(r"\s+", "", text).replace('"', "").replace("\\", "")
    ok(all(plain(name) in folded and address in folded for _, name, address, _ in PEOPLE) and printed.count("小2026年10月工资条") == len(PEOPLE),
       "mutt reads every name, address and subject", printed[:2500] or done)


def test_again(company, secrets):
    before = {p[0]: read(company.output / f"2026-10/outbox/{p[0]}.eml")[1]["Message-ID"] for p in PEOPLE}
    status, out, err = company.call("mail", "2026-10", "--make-secrets")
    ok(status == 0 and company.secrets() == secrets, "passwords that are there are never made anew", out + err)
    own = (company.records / "secrets.csv").read_text(encoding="utf-8-sig").splitlines()
    (company.records / "secrets.csv").write_text("\n".join([own[0] + ",备注"] + [line + ",纸条已给" for line in own[1:-1]]) + "\n", encoding="gb18030")
    status, out, err = company.call("mail", "2026-10", "--make-secrets")
    text = (company.records / "secrets.csv").read_text(encoding="utf-8-sig")
    ok(status == 0 and {k: v for k, v in company.secrets().items() if k != "E1006"} == {k: v for k, v in secrets.items() if k != "E1006"} and
       text.count("纸条已给") == 5 and company.secrets()["E1006"] != secrets["E1006"] and mode(company.records / "secrets.csv") == 0o600,
       "a newcomer is put behind the others; what somebody wrote beside them stays", text)
    status, out, err = company.call("mail", "2026-10")
    ok(status == 0 and before == {p[0]: read(company.output / f"2026-10/outbox/{p[0]}.eml")[1]["Message-ID"] for p in PEOPLE},
       "built again the Message-IDs are the same", err)
    ok(company.call("verify")[0] == 0, "books and published files still match their seal")
    status, out, err = company.call("run", "2026-10")
    ok(status == 4 and codes(err) == ["E0515"] and (company.output / "2026-10/outbox/outbox.csv").exists(), "the month is whole with its outbox", err)
    listed = json.loads(company.call("mail", "2026-10", "--only", "E1003, E1001", "--format", "json")[1])
    ok(listed["messages"] == 2 and listed["unnamed"] == 4 and sorted(f.name for f in (company.output / "2026-10/outbox").glob("*.eml")) ==
       ["E1001.eml", "E1003.eml"], "--only builds theirs alone", listed)
    shutil.rmtree(company.output / "2026-10/outbox")
    status, out, err = company.call("mail", "2026-10", "--dry-run")
    ok(status == 0 and "6" in out and not (company.output / "2026-10/outbox").exists(), "--dry-run builds nothing", out + err)
    status, out, err = company.call("mail", "2026-10", "--test-to", "me@example.com", "--lang", "en")
    tests = [read(f)[1] for f in sorted((company.output / "2026-10/outbox-test").glob("*.eml"))]
    ok(status == 0 and len(tests) == 6 and {m["To"].addresses[0].addr_spec for m in tests} == {"me@example.com"} and
       all(m["Subject"] == "[test] 小 payslip 2026-10" and m["Message-ID"] not in before.values() for m in tests) and
       "Dear 张伟," in tests[0].get_body(("plain",)).get_content() and not (company.output / "2026-10/outbox").exists(),
       "--test-to sends all to that address, with Message-IDs of their own, and leaves the outbox alone", out + err)


def test_checks():
    rows = [("E1001", "张伟", "zhang.wei@example.com", "1"), ("E1002", "李娜", "", "2"), ("E1003", "王芳", "Zhang.Wei@EXAMPLE.com", "3"),
            ("E1004", "赵", "zhao＠example.com", "4"), ("E1005", "钱", "qian@other.org", "5"), ("E1006", "孙", "sun@example.com", "6"),
            ("E1007", "周", "zhou@example.com", "7"), ("E1008", "吴", "wu@mail.example.com", "8")]
    last = [row if row[0] != "E1006" else (row[0], row[1], "old.sun@example.com", row[3]) for row in rows]
    company = Company(WORK / "checks", {"2026-09": last, "2026-10": rows},
                      '<mail from="pay@example.com" allow-domains="example.com, mail.example.com"/>')
    status, _, err = company.call("mail", "2026-10")
    ok(status == 4 and codes(err) == ["E0606"], "a month that is not sealed is refused", err)
    (company.input / "2026-10/hold.csv").write_text("id,reason\nE1007,工资卡冻结\n", encoding="utf-8")
    company.seal()
    company.must("mail", "2026-10", "--make-secrets")
    slip = company.output / "2026-10/payslips/E1008.pdf"
    slip.write_bytes(slip.read_bytes() + b"%")
    status, out, err = company.call("mail", "2026-10", "--format", "json")
    said = [json.loads(line) for line in err.splitlines()]
    at = {(s["code"], s["line"], s["column"]) for s in said if s["file"] and s["file"].endswith("2026-10/花名册.csv")}
    ok(at == {("E0617", 2, 8), ("E0615", 3, 8), ("E0617", 4, 8), ("E0616", 5, 8), ("E0618", 6, 8), ("E0619", 7, 8)},
       "missing, doubled, malformed, outside, changed: each with line and column of the staff table", err)
    ok([s["code"] for s in said if (s["file"] or "").endswith("E1008.pdf")] == ["E0621"], "a slip that is not the sealed one is refused", err)
    ok([s["level"] for s in said if s["code"] == "E0620"] == ["note"] and [s["level"] for s in said if s["code"] == "E0619"] == ["warning"],
       "somebody on hold is a note, a changed address a warning", err)
    counts = json.loads(out)
    ok(status == 4 and (counts["messages"], counts["wrong"], counts["held"]) == (1, 6, 1) and
       [f.name for f in (company.output / "2026-10/outbox").glob("*.eml")] == ["E1006.eml"], "the others are built all the same", out)
    (company.input / "addresses.csv").write_text("id,address\nE1002,li.na@example.com\nE1003,wang.fang@example.com\nE1004,zhao@example.com\n"
                                                 "E1005,qian@example.com\nE9999,gone@example.com\n", encoding="utf-8")
    slip.write_bytes(slip.read_bytes()[:-1])
    status, out, err = company.call("mail", "2026-10")
    ok(status == 0 and len(list((company.output / "2026-10/outbox").glob("*.eml"))) == 7, "addresses.csv puts them right after the seal", out + err)
    ok(company.call("verify")[0] == 0, "which changes no input of the sealed month")
    secrets = company.records / "secrets.csv"
    for broken, code in (("id,secret\nE1001,short\n", "E0609"), ("id,secret\nE1001,long-enough-1\nE1001,long-enough-2\n", "E0610"), ("a,b\n1,2\n", "E0608")):
        secrets.write_text(broken, encoding="utf-8")
        status, _, err = company.call("mail", "2026-10", "--only", "E1008")
        ok(status == 1 and codes(err) == [code] and "long-enough" not in err and "short" not in err, f"{code} names the line, never the password", err)
    secrets.chmod(0o644)
    status, _, err = company.call("mail", "2026-10", "--only", "E1008")
    ok(status == 4 and codes(err) == ["E0607"], "passwords that others can read are refused", err)
    for mail, code in (("", "E0601"), ('<mail from="工资组"/>', "E0602"), ('<mail from="a@b.cn" user="a"/>', "E0603"),
                       ('<mail from="a@b.cn" user="a" password-file="p" tls="none"/>', "E0604")):
        company.settings(mail)
        status, _, err = company.call("mail", "2026-10")
        ok(status == 1 and [c for c in codes(err) if c != "E0596" and c != "E0597"] == [code], f"{code}: settings that cannot be", err)
    company.settings()
    status, _, err = company.call("mail", "2026-10", "--only", "E1001,E1090")
    ok(status == 1 and codes(err) == ["E0613"], "an id of --only that is nobody's is refused", err)


def test_page(company):
    company.must("mail", "2026-10", "--format", "json")
    page = company.output / "2026-10/managers/mail.html"
    text = page.read_text(encoding="utf-8")
    names = [html.unescape(n) for n in re.findall(r'<span class="who">([^<]*) <span', text)]
    ok(mode(page) == 0o640 and sorted(names) == sorted(p[1] for p in PEOPLE) and text.count("<td>待发送</td>") == 6 and
       "company.xml: &lt;mail host=" in text and "--send" not in text, "the managers' page lists everyone, and what comes first: a server to be named", text)
    ok(not any(amount in text for amount in amounts(company)) and not any(secret in text for secret in company.secrets().values()),
       "and no amount or password")
    ok(company.call("verify")[0] == 0, "it is no published file that the seal holds")


def test_formula():
    rows = [("E1001", "张伟", "zhang.wei@example.com", "330106198001014170"), ("E1002", "李娜", "li.na@example.com", ""),
            ("E1003", "王芳", "wang.fang@example.com", "33010619800101417X")]
    mail = '<mail from="Payroll &lt;pay@example.com>" reply-to="hr@example.com" subject="Slip {0}" receipts-to="got@example.com"/>'
    company = Company(WORK / "formula", rows, mail, '<payslip password="right(证件号, 6)"/>', "en").seal()
    (company.records / "secrets.csv").write_text("id,secret\nE1003,chosen-by-her\n", encoding="utf-8")
    (company.records / "secrets.csv").chmod(0o600)
    status, out, err = company.call("mail", "2026-10")
    ok(status == 4 and codes(err) == ["E0623"] and "014170" not in out + err, "a formula that gives nothing is said, and no password", err)
    for person, secret in (("E1001", "014170"), ("E1003", "chosen-by-her")):
        message = read(company.output / f"2026-10/outbox/{person}.eml")[1]
        path = company.folder / "slip.pdf"
        path.write_bytes(attachment(message).get_content())
        ok(run("qpdf", f"--password={secret}", "--check", str(path)).returncode == 0, f"{person}: opens with what the formula or their own line says")
    body = message.get_body(("plain",)).get_content()
    ok(message["Subject"] == "Slip 2026-10" and message["Reply-To"].addresses[0].addr_spec == "hr@example.com" and "Dear 王芳," in body and
       "mailto:got@example.com?subject=confirmed%202026-10%20E1003" in body and "mailto:got@example.com?subject=objection" in
       message.get_body(("html",)).get_content(), "own subject, reply and receipts, in English", body)


def test_lint():
    rows = [("E1001", "张伟", "zhang.wei@example.com", "330106198001014170")]
    company = Company(WORK / "lint", rows)
    # Worked by hand at 3.94 ms: 10^6 tries are 3,940 s = 65 min; a birthday of 60 years by year(…) x day(…): 60 x 31 = 1,860 tries, 7 s;
    # an identity number 22,000 x 1,000 tries: 86,680 s = 24 h; whose id it is everybody knows.
    for formula, tries, span in (("right(证件号, 6)", "1000000", "65 minutes"), ("right(证件号, 4)", "10000", "39 seconds"), ("证件号", "22000000", "24 hours"),
                                 ("姓名", "1", "less than 2 seconds"), ("if(试用期, right(证件号, 6), left(证件号, 2))", "1000100", "65 minutes")):
        company.settings(payslip=f'<payslip password="{formula}"/>')
        status, _, err = company.call("lint", "--format", "json", "--lang", "en")
        found = [json.loads(line) for line in err.splitlines() if "E0640" in line]
        ok(status == 0 and len(found) == 1 and f"about {tries}:" in found[0]["message"] and found[0]["message"].endswith(f"in {span}") and found[0]["level"] == "warning"
           and found[0]["line"] == 5, f"lint says how fast {formula} falls", err)
    company.settings(payslip='<payslip password="right(证件, 6)"/>')
    status, _, err = company.call("lint")
    ok(status == 1 and "E0467" in codes(err), "lint says that the password's formula is wrong", err)


def main():
    company = Company(WORK / "c", PEOPLE).seal()
    slips, secrets = test_messages(company)
    test_encryption(company, slips, secrets)
    test_mutt(company)
    test_again(company, secrets)
    test_page(company)
    test_checks()
    test_formula()
    test_lint()
    tap.plan()
    shutil.rmtree(WORK, ignore_errors=True)
    return tap.failures() > 0


sys.exit(main())
