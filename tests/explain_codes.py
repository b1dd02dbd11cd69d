#!/usr/bin/env python3
"""Every message's explanation: templates/explain/CODE.xml, see the README there. TAP.

Each bad example is run through the program, which must say just what `salespay explain CODE` shows, in both languages
and nothing else; the mended one must bring no message. Every code of the catalogue has its explanation, and none is left over.

    tests/explain_codes.py                the test
    tests/explain_codes.py --write CODE…  fills in <message> from what the program says; read the result before you commit it
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape, quoteattr

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
FOLDER = TOP / "templates/explain"
SPACE = "{urn:salespay:explain:1}"
LANGUAGES = ("zh-CN", "en")
ENV = dict(os.environ, SALESPAY_DATA=str(TOP), LC_ALL="C.UTF-8")
WORDS = ("why", "situation", "remedy")


class File:
    """<bad>, <mended> or <with>: what stands at a name."""

    def __init__(self, node, like=None):
        self.name = node.get("name") or (like.name if like else None)
        same = like is not None and like.name == self.name
        self.line = int(node.get("line") or (like.line if same else 0) or 0)
        self.form = node.get("form", "text")
        self.encoding = node.get("encoding") or "utf-8"
        text = node.text or ""
        self.text = text[1:] if text.startswith("\n") else text

    def data(self):
        if self.form == "bytes":
            return self.text.rstrip("\n").encode("utf-8").decode("unicode_escape").encode("latin-1")
        return self.text.encode(self.encoding)

    def put(self, folder):
        path = folder / self.name
        old = path.read_text(encoding="utf-8").splitlines(keepends=True) if self.line else []
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        if self.form == "absent":
            return
        if self.form == "folder":
            path.mkdir(parents=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        data = self.data()
        if self.line:
            data = "".join(old[:self.line - 1]).encode() + data + "".join(old[self.line:]).encode()
        path.write_bytes(data)


class Step:
    """<before> or <mend>: what is typed, a command of the program or of the shell."""

    def __init__(self, node):
        self.command, self.shell = node.get("command"), node.get("shell")

    def put(self, folder):
        words = [PROGRAM, *shlex.split(self.command)] if self.command else ["sh", "-ec", self.shell]
        subprocess.run(words, cwd=folder, env=ENV, capture_output=True, check=bool(self.shell))


class Explanation:
    def __init__(self, path):
        self.path = path
        self.code = path.stem
        self.root = ElementTree.parse(path).getroot()
        self.example = self.root.find(SPACE + "example")
        self.before, self.mend, self.bad, self.mended, self.message = [], [], None, None, None
        if self.example is not None:
            bad, mended = self.example.find(SPACE + "bad"), self.example.find(SPACE + "mended")
            self.bad = File(bad) if bad is not None else None
            self.mended = File(mended, self.bad) if mended is not None else None
            self.message = self.example.find(SPACE + "message")
            self.before = [self.bad if node is bad else File(node) if node.tag == SPACE + "with" else Step(node)
                           for node in self.example if node.tag in (SPACE + "before", SPACE + "with", SPACE + "bad")]
            self.mend = [Step(node) for node in self.example.findall(SPACE + "mend")]
        self.untested = self.root.get("untested")

    def words(self, name, language):
        return [" ".join((node.text or "").split()) for node in self.root.findall(SPACE + name) if node.get("lang") == language]

    def command(self):
        given = self.example.get("command")
        if given or not self.bad:
            return given
        return "lint " + self.bad.name if "/policies/" in self.bad.name else "check 2026-10"

    def say(self, steps, language, *options):
        """(status, what it says) of the example's command in a company where these were put or typed, in their order."""
        with tempfile.TemporaryDirectory(prefix="explain-") as name:
            folder = pathlib.Path(name)
            shutil.copytree(FOLDER / "company", folder / "input")
            for step in steps:
                step.put(folder)
            done = subprocess.run([PROGRAM, *shlex.split(self.command()), "--lang", language, *options], cwd=folder, env=ENV,
                                  capture_output=True, check=False)
            return done.returncode, done.stderr.decode("utf-8")

    def say_bad(self, language, *options):
        return self.say(self.before, language, *options)

    def say_mended(self):
        """Where the mended file is the bad one itself, the bad one never was."""
        steps = list(self.before)
        if self.bad and self.mended and self.bad.name == self.mended.name:
            steps.remove(self.bad)
        return self.say(steps + ([self.mended] if self.mended else []) + self.mend, "en")


def without_summary(said):
    """The messages alone: the summary is the last line, where notes alone are told there is none."""
    lines = said.splitlines()
    if lines and re.match(r"\d", lines[-1]):
        lines.pop()
    return "\n".join(lines) + "\n" if lines else ""


def explained(language, *codes):
    done = subprocess.run([PROGRAM, "explain", "--format", "json", "--lang", language, *codes], env=ENV, capture_output=True,
                          text=True, check=True)
    return {row["code"]: row for row in map(json.loads, done.stdout.splitlines())}


def problems(code, catalogue, shown):
    """All that is wrong with one explanation."""
    found = []
    path = FOLDER / f"{code}.xml"
    if not path.exists():
        return [f"write templates/explain/{code}.xml, see README.md there"]
    entry = Explanation(path)
    if entry.root.tag != SPACE + "code" or entry.root.get("id") != code:
        found.append("its outermost element is not <code id=\"%s\">" % code)
    for language in LANGUAGES:
        why = entry.words("why", language)
        if len(why) != 1 or len(why[0]) < (20 if language == "zh-CN" else 60):
            found.append(f"no <why lang=\"{language}\"> of two sentences")
        if len(entry.words("situation", language)) != len(entry.words("situation", "en")) or \
                len(entry.words("remedy", language)) != len(entry.words("remedy", "en")):
            found.append("situation and remedy are not in both languages")
    if len(re.findall("[\u4e00-\u9fff]", " ".join(entry.words("why", "zh-CN")))) < 15:
        found.append("the Chinese is not Chinese")
    for related in (entry.root.get("related") or "").split():
        if related not in catalogue or related == code:
            found.append(f"no other code {related}")
    if entry.untested or entry.example is None:
        if not entry.untested:
            found.append("neither an example nor a reason why it has none (untested=)")
        if not (entry.words("situation", "en") and entry.words("remedy", "en")):
            found.append("without a tested example it needs <situation> and <remedy>")
        return found
    if entry.message is None:
        return found + [f"no <message>: run tests/explain_codes.py --write {code}"]
    if not (entry.words("remedy", "en") or entry.mended or entry.mend):
        found.append("neither <mended>, <mend> nor <remedy>")
    along = (entry.example.get("along") or "").split()
    for language in LANGUAGES:
        said = entry.say_bad(language)[1]
        codes = [c for c in re.findall(r"\[(E\d{4})\]", said) if code.startswith("E07") or not c.startswith("E07")]
        printed = shown[language][code].get("printed") or "nothing"
        if printed not in without_summary(said):
            found.append(f"explain shows in {language}\n{printed}but the program says\n{said}")
        if set(codes) != {code, *along} or codes.count(code) != 1:
            found.append(f"it brings {codes}, not {code} alone")
    if entry.mended or entry.mend:
        status, said = entry.say_mended()
        # What lint notices (E07xx) is no mistake: the small policies are for their one subject.
        wrong = {c for c in re.findall(r"\[(E\d{4})\]", said) if c == code or not c.startswith("E07")} - set((entry.example.get("left") or "").split())
        if wrong or status not in (0, 4):
            found.append(f"mended it still says (status {status})\n{said}")
    return found


def test():
    catalogue = explained("en")
    codes = sorted(catalogue)
    shown = {language: explained(language, *codes) for language in LANGUAGES}
    print(f"1..{len(codes) + 2}")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for number, (code, found) in enumerate(zip(codes, pool.map(lambda c: problems(c, catalogue, shown), codes)), 1):
            failed += bool(found)
            print(f"{'not ok' if found else 'ok'} {number} - {code} is explained and its example does what is said of it")
            for line in "\n".join(found).splitlines():
                print("# " + line)
    surplus = sorted({path.stem for path in FOLDER.glob("*.xml")} - set(codes))
    failed += bool(surplus)
    print(f"{'not ok' if surplus else 'ok'} {len(codes) + 1} - no explanation is of a code that there is not {' '.join(surplus)}")
    done = [subprocess.run([PROGRAM, "explain", word, "--lang", "en"], env=ENV, capture_output=True, text=True, check=False)
            for word in ("e0203", "E0204x")]
    right = done[0].returncode == 0 and done[0].stdout.startswith("E0203  error: amount '…' is not a number\n") and \
        done[1].returncode == 2 and "did you mean 'E0204'?" in done[1].stderr
    failed += not right
    print(f"{'ok' if right else 'not ok'} {len(codes) + 2} - a code may be in lower case, and a near one is asked for")
    return 1 if failed else 0


def width_to(text, count):
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text[:count])


def fill_pattern(pattern, text, known):
    """{number: argument} that make text of the pattern; those known already tell where the others begin."""
    parts, seen = [], set()
    for piece in re.split(r"(\{\d\})", pattern):
        if re.fullmatch(r"\{\d\}", piece):
            number = piece[1]
            if int(number) in known:
                parts.append(re.escape(known[int(number)]))
                continue
            parts.append(f"(?P=a{number})" if number in seen else f"(?P<a{number}>.*)")
            seen.add(number)
        else:
            parts.append(re.escape(piece))
    match = re.fullmatch("".join(parts), text, re.S)
    return {int(name[1:]): value for name, value in match.groupdict().items()} if match else None


def read_catalogue():
    """{code: (zh, en, help zh, help en)} as messages.sh reads it."""
    string = r'"(?:[^"\\]|\\.)*"'
    rows = {}
    for path in sorted((TOP / "gen/base").glob("messages_*.def")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for body in re.findall(r"MESSAGE\(((?:[^()\"]|%s|\([^()]*\))*)\)" % string, text):
            parts = [part for part in re.findall(r"(?:%s\s*)+|\w+" % string, body)]
            said = ["".join(s[1:-1] for s in re.findall(string, part)).replace('\\"', '"') if part[0] == '"' else None for part in parts]
            rows[said[1]] = said[4:8]
    return rows


def arguments_of(code, row, messages):
    """The arguments in each language, and what stands in the help beside the catalogue's own."""
    every, helps, nearest = [], {}, None
    for index, language in enumerate(LANGUAGES):
        message, found = messages[language], {}
        every.append(found)
        found.update(fill_pattern(row[index], message["message"], {}) or {})
        lines = (message["help"] or "").split("\n")
        near = re.fullmatch("您要写的是“(.*)”吗？" if language == "zh-CN" else "did you mean '(.*)'\\?", lines[0])
        if near:
            nearest, lines = near[1], lines[1:]
        if row[index + 2] is not None:
            found.update(fill_pattern(row[index + 2], lines[-1], found) or {})
            lines = lines[:-1]
        if lines and lines[0]:
            helps[language] = "\n".join(lines)
    count = max((i + 1 for found in every for i in found), default=0)
    # What one language's text does not name, the other's does.
    return [[one.get(i, other.get(i, "")) for one, other in (every, every[::-1])] for i in range(count)], helps, nearest


def mark_of(message, block):
    """The characters from and to (from 1) of the mark in the line; the text form alone says where it begins."""
    text, to = message["text"], message["end"]
    if message["file"].endswith(".xml"):
        return message["column"], to
    caret = next(line for line in block.splitlines() if re.match(r" +\| *\^", line))
    before = caret.index("^") - caret.index("|") - 2
    start = max(i for i in range(len(text) + 1) if width_to(text, i) <= before)
    return min(start + 1, to), to


def write(code, row):
    """Fills <message> from what the program says."""
    entry = Explanation(FOLDER / f"{code}.xml")
    if entry.example is None or entry.untested:
        return
    messages, block = {}, ""
    for language in LANGUAGES:
        said = entry.say_bad(language, "--format", "json")[1]
        rows = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        mine = [r for r in rows if r["code"] == code]
        if not mine:
            print(f"{code}: the program says {[(r['code'], r['message']) for r in rows] or said}")
            return
        messages[language] = mine[0]
    block = entry.say_bad("en")[1]
    block = block[block.index(f"[{code}]"):]
    message = messages["en"]
    arguments, helps, nearest = arguments_of(code, row, messages)
    attributes = []
    if message["file"]:
        attributes.append(("file", message["file"]))
    attributes += [(k, str(message[k])) for k in ("line", "column") if message[k]]
    if message["text"] is not None and message["line"]:
        attributes += list(zip(("from", "to"), map(str, mark_of(message, block))))
        note = re.search(r"^ +\| *\^+ (.*)$", block, re.M)
        if note:
            attributes.append(("note", note[1]))
    if nearest:
        attributes.append(("nearest", nearest))
    lines = ["<message" + "".join(f" {k}={quoteattr(v)}" for k, v in attributes) + ">"]
    if message["text"] is not None and message["line"]:
        lines.append(f"  <text>{escape(message['text'])}</text>")
    for both in arguments:
        if both[0] == both[1]:
            lines.append(f"  <argument>{escape(both[0])}</argument>")
        else:
            lines += [f"  <argument lang=\"{language}\">{escape(text)}</argument>" for language, text in zip(LANGUAGES, both)]
    lines += [f"  <help lang=\"{k}\">{escape(v)}</help>" for k, v in helps.items()]
    text = entry.path.read_text(encoding="utf-8")
    text = re.sub(r"\n    <message.*?(</message>|/>)", "", text, flags=re.S)
    made = "\n".join("    " + line for line in lines + ["</message>"])
    head, end, tail = text.rpartition("\n  </example>")  # a policy of the example has some of its own
    text = head + "\n" + made + end + tail
    if not entry.example.get("command"):
        text = text.replace("<example", f"<example command={quoteattr(entry.command())}", 1)
    entry.path.write_text(text, encoding="utf-8")


def main():
    if sys.argv[1:2] == ["--write"]:
        rows = read_catalogue()
        for code in sys.argv[2:] or sorted(path.stem for path in FOLDER.glob("*.xml")):
            write(code, rows[code])
        return 0
    return test()


if __name__ == "__main__":
    sys.exit(main())
