#!/usr/bin/env python3
"""salespay mail --send through a real Postfix (tests/mail/postfix.py): STARTTLS, AUTH, Maildir; and what it says when the
server's certificate, the login or the server itself is not as it should be. TAP; needs root, as Postfix does."""
import email
import email.policy
import json
import os
import pathlib
import pty
import shutil
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests/mail"))
from company import PROGRAM, Company  # noqa: E402
from faulty import Faulty, context  # noqa: E402
from postfix import CLIENTS, Postfix, certificates, free_port  # noqa: E402

import tap
from tap import ok

WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-postfix-"))
PEOPLE = [(f"E{i:02}", f"员工{i}", f"p{i:02}@example.com", f"11010119900101{i:04}") for i in range(6)]


def mail(port, **more):
    attributes = {"from": "工资组 &lt;pay@example.com&gt;", "host": "localhost", "port": port, "user": CLIENTS["user"],
                  "password-file": WORK / "password", "ca-file": WORK / "postfix/ca.pem", "pause": 0, "timeout": 5, **more}
    return "<mail " + " ".join(f'{name}="{value}"' for name, value in attributes.items() if value != "") + "/>"


def send(c, number, *more):
    return c.call("mail", "2026-10", "--send", "--confirm", f"2026-10 {number}", "--lang", "en", *more)


def test_troubles(c, server):
    """Each ends the sending at the first message, and says how to mend it."""
    plain = Faulty()
    os.makedirs(WORK / "other")
    certificates(WORK / "other", "other.example")
    foreign = Faulty(context=context(WORK / "other/server.pem", WORK / "other/server.key"))
    (WORK / "wrong").write_text("not this\n")
    os.chmod(WORK / "wrong", 0o600)
    (WORK / "open").write_text("x\n")
    os.chmod(WORK / "open", 0o644)
    for name, settings, code, words, wanted in (
            ("a certificate by nobody trusted", mail(server.port, **{"ca-file": ""}), "E0661", "ca-file", 4),
            ("a certificate for another name", mail(foreign.port, **{"ca-file": WORK / "other/ca.pem"}), "E0661", "host must be the name", 4),
            ("a wrong password", mail(server.port, **{"password-file": WORK / "wrong"}), "E0660", "app password", 4),
            ("no STARTTLS", mail(plain.port), "E0662", "starttls", 4),
            ("TLS where STARTTLS is spoken", mail(server.port, tls="tls"), "E0662", "starttls", 4),
            ("a server that is away", mail(free_port()), "E0663", "network", 4),
            ("a password file that others may read", mail(server.port, **{"password-file": WORK / "open"}), "E0652", "chmod 600", 1),
            ("no host", mail("", host=""), "E0655", "add host", 1)):
        c.settings(settings)
        status, out, err = send(c, 6)
        ok(status == wanted and code in err and words in err and "geheim" not in out + err, f"{name}: {code}", (status, out, err))
    ok(not server.boxes(1, 0) and not plain.kept and not foreign.kept, "and nothing was sent")
    c.settings(mail(server.port))


def test_confirmation(c, server):
    status, _, err = c.call("mail", "2026-10", "--send", "--lang", "en")
    ok(status == 2 and "E0656" in err and '--confirm "2026-10 6"' in err, "a script without --confirm is told what to write", err)
    status, _, err = send(c, 5)
    ok(status == 4 and "E0657" in err and "2026-10 6" in err, "another number is not confirmed", err)
    ok(not server.boxes(1, 0), "and nothing was sent")


def typed(c, answer):
    """The same at a terminal: (status, what it shows)"""
    pid, terminal = pty.fork()
    if not pid:
        os.execve(PROGRAM, [PROGRAM, "mail", "2026-10", "--send", "--only", "E05", "--lang", "en", "-i", str(c.input), "-o", str(c.output)],
                  dict(os.environ, SALESPAY_DATA=str(TOP), LC_ALL="C.UTF-8"))
    shown = b""
    while b"anything else to stop" not in shown:
        shown += os.read(terminal, 4096)
    os.write(terminal, answer.encode() + b"\n")
    try:
        while more := os.read(terminal, 4096):
            shown += more
    except OSError:  # the terminal is gone with the program
        pass
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()


def test_terminal(c, server):
    c.must("mail", "2026-10", "--make-secrets")
    status, shown = typed(c, "yes")
    ok(status == 4 and "E0657" in shown and len(server.boxes(13, 1)["p05"]) == 1, "at a terminal 'yes' is not enough", shown)
    status, shown = typed(c, " 2026-10  1 ")
    ok(status == 0 and "1 payslips from" in shown and "1/1" in shown and len(server.boxes(13)["p05"]) == 2, "month and number are, and a bar shows how far it is", shown)


def test_sending(c, server):
    status, out, err = send(c, 6, "--test-to", "boss@example.com")
    boxes = server.boxes(6)
    ok(status == 0 and {k: len(v) for k, v in boxes.items()} == {"boss": 6}, "--test-to sends all to one address", (status, out, err, server.log()[-1500:]))
    ok(not (c.records / "2026-10/mail/journal.txt").exists() or "accepted" not in (c.records / "2026-10/mail/journal.txt").read_text(),
       "and leaves no mark in the journal")
    _, out, _ = c.call("status", "--lang", "en")
    ok("next: salespay mail 2026-10 --send" in out and "0/6" in out, "status leads to sending what is not sent", out)
    page = (c.output / "2026-10/managers/mail.html").read_text(encoding="utf-8")
    ok("<code>salespay mail 2026-10 --send" in page, "and so does the managers' page", page[:2000])
    status, out, err = send(c, 2, "--only", "E01,E03", "--format", "json")
    rows = [json.loads(line) for line in out.splitlines() if '"state"' in line]
    server.boxes(8)
    ok(status == 0 and [(r["id"], r["state"], r["code"]) for r in rows] == [("E01", "accepted", 250), ("E03", "accepted", 250)],
       "--only sends to these alone", (status, out, err))
    status, out, err = send(c, 4)
    ok(status == 0 and "4 accepted" in out, "the next run sends to the others", (status, out, err))
    boxes = server.boxes(12)
    ok({k: len(v) for k, v in boxes.items()} == {"boss": 6, **{f"p{i:02}": 1 for i in range(6)}}, "everyone has exactly one", server.log()[-1500:])
    for box, messages in boxes.items():
        if box == "boss":
            continue
        message = email.message_from_bytes(messages[0], policy=email.policy.default)
        built = (c.output / f"2026-10/outbox/E{box[1:]}.eml")
        if not (message["To"].addresses[0].addr_spec == f"{box}@example.com" and "2026-10" in message["Subject"]) or \
                (built.exists() and not messages[0].replace(b"\r\n", b"\n").endswith(built.read_bytes().replace(b"\r\n", b"\n"))):
            ok(False, f"{box} has their own message, as it was built", messages[0][:800])
            break
    else:
        ok(len(boxes) == 7, "each has their own message, as it was built")
    status, out, err = send(c, 0)
    ok(status == 0 and len(server.boxes(13, 1)) == 7 and sum(map(len, server.boxes(13, 0).values())) == 12, "a further run sends nothing", (status, out, err))
    status, out, err = c.call("verify")
    ok(status == 0, "the seals hold, with the journal beside them", out + err)
    (c.input / "receipts.csv").write_text("月份,工号,结果,日期,说明\n2026-10,E01,异议,2026/11/8,少了补贴\n2026-09,E02,异议,,\n"
                                          "2026-10,E02,确认,,\n2026-10,E01,confirmed,2026-11-09,\n2026-10,E022,异议,,\n2026-10,E03,objected,,\n")
    status, out, err = c.call("status", "--format", "json")
    row = json.loads(out.splitlines()[-1])
    ok(status == 0 and [row[k] for k in ("mailed", "to_send", "refused", "uncertain", "confirmed", "objected")] == [6, 0, 0, 0, 2, 1] and
       "E0654" in err and "E022" in err, "status counts who was mailed, who confirmed and who objects, and asks about a stranger", out + err)
    status, out, err = c.call("status", "--lang", "en")
    ok("6/6" in out and "next: put the next month" in out, "when all is sent the next step is the next month", out)
    text = "".join(p.read_text(errors="replace") for p in (c.records / "2026-10/mail").iterdir() if p.is_file())
    ok(text.count("\taccepted\t") == 6 and CLIENTS["password"] not in text, "the journal has six accepted and no password", text)


try:
    if os.geteuid() != 0 or not shutil.which("postfix", path="/usr/sbin:" + os.environ.get("PATH", "")):
        print("1..0 # SKIP Postfix wants root")
        sys.exit(0)
    (WORK / "password").write_text(CLIENTS["password"] + "\n")
    os.chmod(WORK / "password", 0o600)
    os.chmod(WORK, 0o755)
    postfix = Postfix(WORK / "postfix", ["boss", "pay"] + [f"p{i:02}" for i in range(6)])
    try:
        company = Company(WORK / "company", PEOPLE, mail=mail(postfix.port)).seal()
        company.must("mail", "2026-10", "--make-secrets")
        test_troubles(company, postfix)
        test_confirmation(company, postfix)
        test_sending(company, postfix)
        test_terminal(Company(WORK / "terminal", PEOPLE, mail=mail(postfix.port)).seal(), postfix)
    finally:
        postfix.close()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
sys.exit(tap.plan())
