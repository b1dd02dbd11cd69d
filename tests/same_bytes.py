#!/usr/bin/env python3
"""The same bytes whatever the machine: workers, clock, zone, locale, folder, umask, user, environment. TAP.

One month of the sample company (orders, tax, charts, slips of some seventy people) and the small company's two months with
their seals are made again and again under other circumstances, several at a time; every file of output and books is
compared with those of a first run. tests/cli.py varies one circumstance at a time on the small company.
"""
import hashlib
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))).resolve()
DATA = os.environ.get("SALESPAY_DATA", str(TOP))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-same-")).resolve()
BY = ("--by", "张三", "--approved-by", "李四", "--date", "2026-11-05")
MONTH = "2026-05"  # the sample's first: it needs no other
PRIVATE = ("payslips/", "export/", "ledger.csv", "lines-", "seal.txt", "SEALS", "input/", "movements.csv")


class Circumstances:
    def __init__(self, name, folder="plain", jobs="2", env=None, clock=None, umask=0o022, user=None, inside=False, also=()):
        self.name, self.folder, self.jobs, self.env, self.clock = name, folder, jobs, env or {}, clock
        self.umask, self.user, self.inside, self.also = umask, user, inside, also


def sample(to):
    to.mkdir(parents=True)
    for entry in (TOP / "input").iterdir():
        if entry.name == "records" or (re.fullmatch(r"\d{4}-\d\d", entry.name) and entry.name != MONTH):
            continue
        (shutil.copytree if entry.is_dir() else shutil.copy)(entry, to / entry.name)


def small(to):
    shutil.copytree(TOP / "tests/small", to)


COMPANIES = {
    "the sample's month": (sample, [("run",)]),
    "the small company, sealed": (small, [("run",), ("seal", "2026-09", *BY), ("seal", "2026-10", *BY), ("check",), ("run",)]),
}


def make(company, circumstances):
    """{file: sum}, {private files that others may read}, all that was said"""
    top = WORK / f"{len(os.listdir(WORK))}" / circumstances.folder
    prepare, commands = COMPANIES[company]
    prepare(top / "in")
    said = ""
    if circumstances.user:
        for path in (WORK, *top.relative_to(WORK).parents):
            os.chmod(WORK / path, 0o755)
        subprocess.run(["chown", "-R", circumstances.user, str(top)], check=True)
    env = {"PATH": os.environ["PATH"], "SALESPAY_DATA": DATA, "HOME": str(WORK)}
    env.update(circumstances.env)
    for command in commands:
        line = [str(PROGRAM), *command, "-j", circumstances.jobs, "--progress", "never", *circumstances.also]
        line += [] if circumstances.inside else ["-i", str(top / "in"), "-o", str(top / "out")]
        if circumstances.inside:
            if (top / "in").exists():
                (top / "in").rename(top / "input")
        if circumstances.clock:
            line = ["faketime", circumstances.clock, *line]
        if circumstances.user:
            line = ["setpriv", f"--reuid={circumstances.user}", "--clear-groups", *line]
        done = subprocess.run(line, env=env, cwd=top if circumstances.inside else "/", umask=circumstances.umask, capture_output=True,
                              text=True, check=False)
        if done.returncode not in (0, 4) or (done.returncode == 4 and command[0] != "run"):
            return None, [], f"{line}: {done.returncode}\n{done.stdout}{done.stderr}"
        said += done.stdout + done.stderr
    found, open_to_all = {}, []
    roots = (("out", top / "output"), ("books", top / "input/records")) if circumstances.inside else (("out", top / "out"), ("books", top / "in/records"))
    for name, root in roots:
        for path in sorted(root.rglob("*")):
            below = f"{name}/{path.relative_to(root)}"
            if path.is_symlink():
                found[below] = os.readlink(path)
            elif path.is_file():
                found[below] = hashlib.sha256(path.read_bytes()).hexdigest()
                inner = below.split("/", 2)[-1]
                if (inner.startswith(PRIVATE) or name == "books") and path.stat().st_mode & 0o077:
                    open_to_all.append(below)
            else:
                found[below] = "folder"
    for words in ((top / ("input" if circumstances.inside else "in")), (top / ("output" if circumstances.inside else "out"))):
        said = said.replace(str(words) + "/", f"{words.name.replace('input', 'in').replace('output', 'out')}/")
    said = re.sub(r"Fontconfig error: .*\n", "", said)  # the library's own words to whoever has no home
    said = re.sub(r" -i \S+ -o \S+| -i '.*?' -o '.*?'", "", said)
    said = said.replace("output/", "out/").replace("input/", "in/")
    shutil.rmtree(top)
    top.mkdir()
    return found, open_to_all, said


def circumstances():
    yield Circumstances("one worker, the last time zone, an English locale", jobs="1",
                        env={"TZ": "Pacific/Kiritimati", "LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8", "LANGUAGE": "en"})
    yield Circumstances("eight workers, the first time zone, the C locale, a folder with blanks in Chinese", folder="新 文件夹/甲 (2)", jobs="8",
                        env={"TZ": "Etc/GMT+12", "LC_ALL": "C", "LANG": "C"})
    yield Circumstances("from inside the folder, no environment but the path, a umask that lets nobody in", inside=True, umask=0o077)
    yield Circumstances("a German locale and a umask that lets everybody in", env={"LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}, umask=0)
    if shutil.which("faketime"):
        yield Circumstances("the clock of 1999, SOURCE_DATE_EPOCH, a Turkish locale", clock="1999-12-31 23:59:58", jobs="8",
                            env={"SOURCE_DATE_EPOCH": "86400", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"})
        yield Circumstances("the clock of 2037", clock="2037-02-28 12:00:00", jobs="1", env={"USER": "clerk", "LOGNAME": "clerk"})
    else:
        tap.skip("other clocks", "no faketime")
    if os.getuid() == 0 and shutil.which("setpriv") and "nobody" in [entry.pw_name for entry in pwd.getpwall()]:
        yield Circumstances("another user, without a home", user="nobody", env={"HOME": "/nonexistent", "USER": "nobody"})
    else:
        tap.skip("another user", "not root")


def main():
    try:
        every = list(circumstances())
        for company in COMPANIES:
            wanted, readable, words = make(company, Circumstances("the first"))
            if not ok(wanted is not None and len(wanted) > 100, f"{company}: made", words):
                continue
            for one in every:
                got, open_to_all, said = make(company, one)
                differs = [k for k in wanted if (got or {}).get(k) != wanted[k]] + [k for k in got or {} if k not in wanted]
                if ok(got is not None and not differs, f"{company}, {one.name}: the same {len(wanted)} files and folders",
                      said if got is None else "\n".join(differs[:40])):
                    ok(said == words, f"{company}, {one.name}: and the same said", said + "\n----\n" + words)
                readable += [f"{one.name}: {path}" for path in open_to_all]
            ok(not readable, f"{company}: what is private is so under every umask", "\n".join(readable[:40]))
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(tap.plan())


main()
