#!/usr/bin/env python3
"""Sending payslips: exactly once, by servers that fail and by kills at any instant. TAP.

tests/mail/faulty.py is a server on loopback that fails on demand; build/release/tests/deliver sends an outbox of small
messages made here. Everything that is random comes from a seed, which is printed; SEED=N repeats a run.
"""
import collections
import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests/mail"))
from faulty import DROP, GARBAGE, KEPT, STALL, Faulty  # noqa: E402

import tap
from tap import ok

PROGRAM = pathlib.Path(os.environ.get("SALESPAY", str(TOP / "build/release/salespay")))
DELIVER = str(PROGRAM.parent / "tests/deliver")
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-send-"))
SEED = int(os.environ.get("SEED", "0")) or random.randrange(1, 10**6)
MONTH = "2026-10"


class Post:
    """Records with a seal, and an outbox of so many small messages."""

    def __init__(self, name, people):
        self.folder = WORK / name
        self.records, self.outbox = self.folder / "records", self.folder / "outbox"
        (self.records / MONTH).mkdir(parents=True)
        self.outbox.mkdir()
        (self.records / MONTH / "seal.txt").write_text("a seal\n")
        rows = ["id,name,address,message_id,slip_sha256,eml,eml_sha256"]
        self.slips = {}
        for person in people:
            address = f"{person.lower()}@example.com"
            slip = hashlib.sha256(person.encode()).hexdigest()
            text = (f"From: pay@example.com\r\nTo: {address}\r\nSubject: slip\r\nMessage-ID: <{slip[:20]}@example.com>\r\n\r\n"
                    f"The slip of {person}\r\n.a line with a dot\r\n").encode()
            (self.outbox / f"{person}.eml").write_bytes(text)
            rows.append(f"{person},,{address},{slip[:20]}@example.com,{slip},{person}.eml,{hashlib.sha256(text).hexdigest()}")
            self.slips[person] = text
        (self.outbox / "outbox.csv").write_text("\n".join(rows) + "\n")

    def start(self, port, *more):
        return subprocess.Popen([DELIVER, str(self.records), MONTH, str(self.outbox), str(port), *more],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def send(self, server, *more):
        """(status, stderr)"""
        process = self.start(server.port, *more)
        _, err = process.communicate(timeout=120)
        return process.returncode, err

    def journal(self):
        """Each line's fields, its sum taken again here."""
        path = self.records / MONTH / "mail/journal.txt"
        if not path.exists():
            return []
        lines = path.read_bytes().decode().split("\n")
        rows, before = [], hashlib.sha256((self.records / MONTH / "seal.txt").read_bytes()).hexdigest()[:16]
        for line in lines[1:-1]:
            text, _, total = line.rpartition("\t")
            assert hashlib.sha256(f"{before}\t{text}".encode()).hexdigest()[:16] == total, line
            before = total
            rows.append(text.split("\t"))
        return rows

    def states(self):
        return {row[2]: row[1] for row in self.journal()}


def of_person(kept):
    return kept.recipient.partition("@")[0].upper()


def check_kept(post, server):
    """What the server has, against what the journal says: problems."""
    problems = []
    had = collections.Counter(of_person(k) for k in server.kept)
    for kept in server.kept:
        if kept.data != post.slips.get(of_person(kept)):
            problems.append(f"{kept.recipient} has another's message or not all of it")
    for person, state in post.states().items():
        if state == "accepted" and had[person] != 1:
            problems.append(f"{person} accepted, and the server has {had[person]}")
        if state == "uncertain" and had[person] > 1:
            problems.append(f"{person} uncertain, and the server has {had[person]}")
        if state not in ("accepted", "uncertain") and had[person]:
            problems.append(f"{person} {state}, and the server has {had[person]}")
    return problems


def by_person(actions):
    """decide for Faulty: {id: (stage, action)}, each once if action is a 4xx text in a tuple."""
    def decide(stage, session):
        person = (session.recipient or "").partition("@")[0].upper()
        wanted = actions.get(person)
        return wanted[1] if wanted and wanted[0] == stage else None
    return decide


def test_each_fault():
    """Every code at every stage, each for a person of its own: what it is taken for, and that the others go on."""
    wanted, actions = {}, {}
    for stage in ("RCPT", "DATA", "end"):
        for code in (450, 451, 452):
            wanted[f"{stage.upper()}{code}"] = "temporary"
            actions[f"{stage.upper()}{code}"] = (stage, f"{code} 4.2.0 not now, 稍后")
        for code in (550, 552):
            wanted[f"{stage.upper()}{code}"] = "permanent"
            actions[f"{stage.upper()}{code}"] = (stage, f"{code} 5.1.1 never\x1b[31m")
        wanted[f"{stage.upper()}421"] = "temporary"
        actions[f"{stage.upper()}421"] = (stage, "421 4.3.2 closing")
        for word, action in (("DROP", DROP), ("GARBAGE", GARBAGE)):
            wanted[f"{stage.upper()}{word}"] = "uncertain" if stage == "end" else "temporary"
            actions[f"{stage.upper()}{word}"] = (stage, action)
    for word, action in (("DROP", DROP), ("354", "354 what"), ("HALF", "250-and")):
        wanted[f"KEPT{word}"] = "uncertain"
        actions[f"KEPT{word}"] = ("end", KEPT + (action,))
    wanted["ENDSTALL"], actions["ENDSTALL"] = "uncertain", ("end", STALL)
    people = []
    for person in sorted(wanted):
        people += [person, f"{person}X"]  # between two that fail one that does not
        wanted[f"{person}X"] = "accepted"
    post, server = Post("faults", sorted(people)), Faulty(by_person(actions))
    begun = time.monotonic()
    status, err = post.send(server)
    states = post.states()
    wrong = {p: (states.get(p), wanted[p]) for p in wanted if states.get(p) != wanted[p]}
    ok(status == 0 and not wrong, f"each of {len(actions)} faults is taken for what it is, and the message behind it goes on", (status, wrong, err))
    ok(not check_kept(post, server), "nobody has theirs twice, and none that failed is there", check_kept(post, server))
    last = {row[2]: row for row in post.journal()}
    ok(last["RCPT450"][5:7] == ["450", "4.2.0 not now, 稍后"] and last["END550"][5] == "550" and "\x1b" not in last["END550"][6],
       "the server's words stand in the journal, its control characters do not", (last["RCPT450"], last["END550"]))
    tries = collections.Counter(row[2] for row in post.journal() if row[1] == "sending")
    ok(tries["RCPT450"] == 4 and tries["RCPT550"] == 1 and tries["ENDDROP"] == 1,
       "what is refused for now is tried four times, the others once", tries)
    before = len(server.kept)
    server.decide = lambda stage, session: None
    status, err = post.send(server)
    states = post.states()
    again = {p for p in wanted if wanted[p] == "temporary"}
    ok(status == 0 and len(server.kept) - before == len(again) and all(states[p] == "accepted" for p in again) and not check_kept(post, server),
       "the next run sends those refused for now, and no other", (status, err, len(server.kept) - before, len(again)))
    status, err = post.send(server, "retry-uncertain")
    states = post.states()
    ok(status == 0 and all(states[p] == "accepted" for p in wanted if wanted[p] == "uncertain") and
       all(states[p] == "permanent" for p in wanted if wanted[p] == "permanent"), "uncertain ones go again when told so; those refused for good do not", states)
    ids = collections.Counter(k.message_id for k in server.kept)
    ok(all(n <= 2 for n in ids.values()) and all(ids[k.message_id] == 1 for k in server.kept if not of_person(k).startswith("KEPT") or of_person(k).endswith("X")),
       "only what the server had kept unheard is there twice, under one Message-ID", ids.most_common(5))
    server.close()
    print(f"# {time.monotonic() - begun:.1f} s for all faults")


def test_stops():
    post = Post("stops", [f"E{i:02}" for i in range(30)])
    nobody = Faulty()
    nobody.close()
    status, err = post.send(nobody)
    tried = sum(row[1] == "sending" for row in post.journal())
    ok(status == 4 and tried == 1, "a server that is not there ends the sending at once", (status, tried, err))
    for name, decide, most in (("hangs up on everybody", lambda stage, s: DROP if stage == "connect" else None, 5),
                               ("says 421 to everybody", lambda stage, s: "421 4.3.2 later" if stage == "MAIL" else None, 5),
                               ("drops every message at its end", lambda stage, s: DROP if stage == "end" else None, 5),
                               ("takes no mail from the sender", lambda stage, s: "550 5.7.1 not you" if stage == "MAIL" else None, 1),
                               ("wants a login", lambda stage, s: "530 5.7.0 log in" if stage == "MAIL" else None, 1),
                               ("refuses every recipient", lambda stage, s: "550 5.7.1 relay denied" if stage == "RCPT" else None, 10)):
        before = sum(row[1] == "sending" for row in post.journal())
        server = Faulty(decide)
        status, err = post.send(server)
        tried = sum(row[1] == "sending" for row in post.journal()) - before
        ok(status == 4 and tried == most and not server.kept, f"a server that {name} ends it after {most}", (status, tried, err))
        server.close()
    server = Faulty()
    status, err = post.send(server)
    states = collections.Counter(post.states().values())
    ok(status == 0 and states == {"accepted": 15, "uncertain": 5, "permanent": 10} and len(server.kept) == 15,
       "the others go with the next run", (status, states))
    server.close()


def test_interrupt():
    post = Post("interrupt", [f"E{i:02}" for i in range(20)])
    held, go = threading.Event(), threading.Event()

    def decide(stage, session):
        if stage == "end" and session.recipient.startswith("e05"):
            held.set()
            go.wait(10)

    server = Faulty(decide)
    process = post.start(server.port)
    held.wait(10)
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    other, err = post.send(server)
    ok(other == 3 and "E0518" in err and len(server.kept) == 5, "a second sender is refused while one sends", (other, err))
    go.set()
    process.communicate(timeout=20)
    states = collections.Counter(post.states().values())
    ok(process.returncode == 130 and states == {"accepted": 6, "queued": 14}, "Ctrl-C lets the message under way finish, then ends", (process.returncode, states))
    status, _ = post.send(server)
    ok(status == 0 and len(server.kept) == 20 and not check_kept(post, server), "and the next run goes on where it ended")
    server.close()


class Chance:
    """decide: faults of every kind, from a seed, a third of them before the recipient is known; few that cost a second."""
    CODES = ("421 4.3.2 closing", "450 4.2.0 busy", "451 4.3.0 error", "452 4.2.2 full", "550 5.1.1 unknown", "552 5.2.2 full")

    def __init__(self, seed):
        self.random, self.stalls, self.lock, self.hits = random.Random(seed), 4, threading.Lock(), collections.Counter()

    def __call__(self, stage, session):
        with self.lock:
            if self.random.random() > 0.03:
                return None
            self.hits[stage] += 1
            if stage == "connect" or stage == "EHLO":
                return self.random.choice((DROP, "421 4.3.2 closing"))
            choice = self.random.random()
            if choice < 0.05 and self.stalls:
                self.stalls -= 1
                return STALL
            if choice < 0.25:
                return KEPT + (DROP,) if stage == "end" and self.random.random() < 0.5 else DROP
            if choice < 0.35 and stage != "end":
                return GARBAGE
            if stage == "MAIL":
                return self.random.choice(self.CODES[:4])
            return None if stage == "body" else self.random.choice(self.CODES)


def test_kills(people=1000, kills=50):
    post, chance = Post("kills", [f"E{i:04}" for i in range(people)]), Chance(SEED)
    server, dice = Faulty(chance), random.Random(SEED + 1)
    print(f"# seed {SEED}")
    begun, killed, runs, problems = time.monotonic(), 0, 0, []
    while True:
        process = post.start(server.port)
        runs += 1
        if killed < kills:
            # by chance early, in the middle of a talk, or after a number of messages
            if dice.random() < 0.5:
                time.sleep(dice.random() * 0.06)
            else:
                target = len(server.kept) + dice.randrange(1, 20)
                while len(server.kept) < target and process.poll() is None:
                    time.sleep(0.0005)
                time.sleep(dice.random() * 0.004)
            if process.poll() is None:
                process.kill()
                killed += 1
        _, err = process.communicate(timeout=60)
        if "panic" in err or process.returncode not in (0, 4, -9):
            problems.append((process.returncode, err))
            break
        states = collections.Counter(post.states().values()) if killed < kills else {}
        if process.returncode == 0 and killed >= kills:
            break
        if process.returncode == 0 and not (set(states) & {"queued", "sending", "temporary"}):
            break
        if runs > kills * 4 + 40:
            problems.append("no end")
            break
    time.sleep(0.3)  # what a killed sender had passed on is still being taken over
    states = collections.Counter(post.states().values())
    problems += check_kept(post, server)
    ok(not problems, f"{people} messages, {sum(chance.hits.values())} faults and {killed} kills: whoever was accepted has exactly one, their own", problems[:10])
    ok(killed == kills and sum(states.values()) == people and states["accepted"] > people * 8 // 10 and
       not set(states) - {"accepted", "permanent", "uncertain", "temporary"}, f"and the journal knows of everyone: {dict(states)}", (killed, states))
    server.decide = lambda stage, session: None
    status, err = post.send(server, "retry-uncertain")
    after = collections.Counter(post.states().values())
    had = collections.Counter(of_person(k) for k in server.kept)
    ok(status == 0 and set(after) <= {"accepted", "permanent"} and after["permanent"] == states["permanent"] and
       all(had[p] in (1, 2) for p, s in post.states().items() if s == "accepted") and sum(had.values()) - len(had) <= states["uncertain"],
       "once the clerk lets the uncertain go again everyone has theirs who was not refused", (status, after, err))
    print(f"# {time.monotonic() - begun:.1f} s, {runs} runs, {server.sessions} connections, faults {dict(chance.hits)}")
    server.close()


try:
    test_each_fault()
    test_stops()
    test_interrupt()
    test_kills()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
sys.exit(tap.plan())
