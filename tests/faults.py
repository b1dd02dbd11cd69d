#!/usr/bin/env python3
"""All or nothing: whatever fails, and wherever, a month is the whole old one or the whole new one. TAP.

Runs $SALESPAY (default build/release/salespay) on tests/small with tests/faults/faults.c preloaded, which lets the n-th
open, write, fsync, syncfs, rename, unlink, mkdir or symlink of a run fail (EIO, EACCES, a full disk from there on), be cut
short, or be the last thing the process does (SIGKILL). Calls are counted over all workers. After each such run

- every month of output and books is, byte for byte and mode for mode, what it was or what an undisturbed run makes of it;
- nothing stands beside them that a reader would take for something whole;
- an error ended it with 3 and a message that names a file, or was of no consequence: then all is as without it;
- one more run, undisturbed, succeeds and leaves the bytes that a run which nothing ever disturbed leaves.

As it is it takes a sample of the calls; FAULTS=all takes every one (an hour). tests/faults.py WORD… only the scenarios whose
name has one of the words. The same library stops a run in its midst, so that a second one meets its lock.
"""
import hashlib
import os
import pathlib
import re
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import time

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
ALL = os.environ.get("FAULTS") == "all"
SAMPLE = 16  # of each scenario's many calls of one kind and manner, about so many in all
MEMORY = "/dev/shm"
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-faults-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)).resolve()
HOME = WORK / "home"  # what fails lies below it
LIBRARY = WORK / "faults.so"
COUNTS = WORK / "counts"
KINDS = ("open", "write", "fsync", "syncfs", "rename", "unlink", "mkdir", "link")
HOWS = {
    "open": ("EACCES", "full", "kill"), "write": ("EIO", "shortfull", "kill", "short", "EINTR"), "fsync": ("EIO", "kill"),
    "syncfs": ("EIO", "ENOSPC", "kill"), "rename": ("EIO", "EACCES", "ENOSPC", "kill"), "unlink": ("EACCES", "kill"),
    "mkdir": ("EACCES", "full", "kill"), "link": ("EACCES", "full", "kill"),
}
HARMLESS = ("short", "EINTR")
MONTHS = ("2026-09", "2026-10")
BY = ("--by", "张三", "--approved-by", "李四", "--date", "2026-11-05")
os.environ.update(SALESPAY_DATA=os.environ.get("SALESPAY_DATA", str(TOP)), LC_ALL="C.UTF-8")


def command(*arguments, home=HOME):
    return [PROGRAM, *arguments, "-i", str(home / "in"), "-o", str(home / "out"), "-j", "2", "--lang", "zh-CN", "--progress", "never"]


def call(*arguments, home=HOME):
    """(status, everything it said); undisturbed"""
    done = subprocess.run(command(*arguments, home=home), capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def disturbed_environment(fault, exchange=True, home=HOME):
    COUNTS.write_bytes(bytes(4096))
    env = dict(os.environ, LD_PRELOAD=str(LIBRARY), FAULT_ROOT=str(home), FAULT_COUNTS=str(COUNTS))
    if fault:
        env["FAULT_AT"] = fault
    if not exchange:
        env["FAULT_NO_EXCHANGE"] = "1"
    return env


def disturbed(arguments, fault, exchange=True):
    done = subprocess.run(command(*arguments), env=disturbed_environment(fault, exchange), capture_output=True, text=True,
                          check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


def calls_made():
    return dict(zip(KINDS, struct.unpack("8q", COUNTS.read_bytes()[:64])))


def tree(folder):
    """What stands below it; None where nothing does."""
    if not folder.exists():
        return None
    found = {}
    for top, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(top, name)
            status = os.lstat(path)
            if stat.S_ISLNK(status.st_mode):
                content = os.readlink(path)
            elif stat.S_ISDIR(status.st_mode):
                content = "folder"
            else:
                with open(path, "rb") as file:
                    content = hashlib.sha256(file.read()).hexdigest()
            found[os.path.relpath(path, folder)] = (oct(status.st_mode), content)
    return found


ROOTS = ("out", "in/records")


def part(state, prefix):
    """What is below it, but for the hidden file that a seal begins as."""
    found = {k[len(prefix) + 1:]: v for k, v in (state or {}).items() if k.startswith(prefix + "/") and not k.endswith("/.seal.txt.new")}
    return found or None


def look(home=HOME):
    return {root: tree(home / root) for root in ROOTS}


def visible():
    """But what is prepared aside."""
    return {root: {k: v for k, v in (found or {}).items() if not k.startswith(".")} for root, found in look().items()}


def faults_of_state(now, old, new, exchange=True):
    """What a reader could see that is neither the old nor the new."""
    wrong = []
    for root in ROOTS:
        there = now[root] or {}
        for month in MONTHS:
            mine = part(there, month)
            fits = mine in (part(old[root], month), part(new[root], month))
            # Between two renames, where the file system cannot exchange, the old one waits for the next run.
            waits = not exchange and mine is None and part(there, f".{month}.old") == part(old[root], month)
            if not fits and not waits:
                wrong.append(f"{root}/{month} is neither the old nor the new: " + difference(mine, part(new[root], month)))
        for path, what in there.items():
            if path.startswith(".") or "/" in path or path in MONTHS:
                continue
            if what not in [(state[root] or {}).get(path) for state in (old, new)]:
                wrong.append(f"{root}/{path} is neither the old nor the new")
    return wrong


def difference(a, b):
    a, b = a or {}, b or {}
    return ", ".join(sorted({k for k in a.keys() | b.keys() if a.get(k) != b.get(k)})[:6]) or "none"


class Scenario:
    """A command that changes a company from one state into another."""

    def __init__(self, name, arguments, prepare, recover=None):
        self.name, self.arguments, self.recover = name, arguments, recover or self.again
        self.before = WORK / ("before-" + name.replace(" ", "-"))
        for folder in (HOME, self.before):
            shutil.rmtree(folder, ignore_errors=True)
        prepare()
        subprocess.run(["cp", "-a", str(HOME), str(self.before)], check=True)
        self.old = look()
        status, said = disturbed(arguments, None)
        assert status == 0, (name, said)
        self.new, self.calls = look(), calls_made()
        assert self.old != self.new, name

    def reset(self):
        shutil.rmtree(HOME, ignore_errors=True)
        subprocess.run(["cp", "-a", str(self.before), str(HOME)], check=True)

    def again(self):
        return call(*self.arguments)

    def disturb(self, fault, exchange=True):
        """What is wrong after that fault and after the run that follows."""
        how = fault.split(":")[2]
        self.reset()
        status, said = disturbed(self.arguments, fault, exchange)
        now = look()
        wrong = faults_of_state(now, self.old, self.new, exchange)
        if how in HARMLESS:
            if status != 0 or now != self.new:
                wrong.append(f"status {status}, though nothing was lost")
        elif how == "kill":
            if status not in (-signal.SIGKILL, 3) or (status == 3 and not re.search("E0508", said)):
                wrong.append(f"status {status} after a process was killed")
        elif status == 0:
            for root in ROOTS:
                now[root].pop(".lock", None)  # one that could not be removed means nothing
            if now != self.new:
                wrong.append("status 0, but not all is as without the fault: " + "; ".join(difference(now[r], self.new[r]) for r in ROOTS))
        elif status != 3 or str(HOME) not in said:
            wrong.append(f"status {status}, a message that names a file is due")
        status, recovered = self.recover()
        now = look()
        if status != 0:
            wrong.append(f"the next one ends with {status}: {recovered}")
        if now != self.new:
            wrong.append("after the next one these differ: " + "; ".join(difference(now[r], self.new[r]) for r in ROOTS))
        if wrong:
            wrong.append(said)
        return wrong

    def faults(self):
        """KIND:N:HOW of every call, or of a sample that has each kind and manner in it."""
        everything = [(kind, how, n) for kind in KINDS for how in HOWS[kind] for n in range(1, self.calls[kind] + 1)]
        step = max(1, len(everything) // SAMPLE)
        few = {kind for kind in KINDS if self.calls[kind] <= 3}
        chosen = everything if ALL else [f for i, f in enumerate(everything) if i % step == step // 2 or (f[0] in few and f[1] != "kill")]
        return [f"{kind}:{n}:{how}" for kind, how, n in chosen], len(everything)

    def test(self, exchange=True):
        wrong, began = [], time.time()
        chosen, whole = self.faults()
        for fault in chosen:
            found = self.disturb(fault, exchange)
            if found:
                wrong.append(f"{fault}: " + "\n    ".join(found))
        ok(not wrong, f"{self.name}: the whole old or the whole new, mended by the next run", f"{len(wrong)} faults\n" + "\n".join(wrong))
        print(f"# {len(chosen)} of {whole} faults, {time.time() - began:.0f} s")
        return self


def fresh():
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    shutil.copytree(TOP / "tests/small", HOME / "in")


def edit(below, *pairs):
    path = HOME / "in" / below
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, (below, old)
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def computed():
    fresh()
    status, said = call("run")
    assert status == 0, said


def changed():
    computed()
    edit("2026-10/考勤.csv", ("E1003,1.5,0,2", "E1003,0,0,2"), ("合计,1.5", "合计,0"))


def sealed():
    computed()
    for month in MONTHS:
        status, said = call("seal", month, *BY)
        assert status == 0, said


def sealed_without_output():
    sealed()
    shutil.rmtree(HOME / "out")


def seal_once_more():
    """Who typed seal types it again; if it had come through, run puts the last touch to it. Then all must match."""
    status, said = call("seal", "2026-10", *BY)
    if status == 4 and "E0571" in said and (HOME / "in/records/2026-10/seal.txt").exists():
        status, said = call("run")
    if status == 0:
        status, said = call("verify")
    return status, said


def first_sealed():
    computed()
    status, said = call("seal", "2026-09", *BY)
    assert status == 0, said


def wait_for(what, seconds=10):
    end = time.time() + seconds
    while not what() and time.time() < end:
        time.sleep(0.02)
    return what()


def test_lock():
    """A run is stopped at its 60th write, in the middle; others meet it; then it is killed."""
    changed()
    before, lock = look(), HOME / "in/records/.lock"
    lock.write_text("1\n", encoding="ascii")  # as a run leaves it that was killed: process 1 lives, but holds nothing
    env = disturbed_environment("write:60:stop")
    first = subprocess.Popen(command("run", "2026-10"), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        stopped = wait_for(lambda: calls_made()["write"] >= 60)
        ok(stopped and lock.read_text(encoding="ascii") == f"{first.pid}\n", "a lock that a killed run left behind is no obstacle")
        inside = visible()
        for arguments in (("run",), ("check", "2026-10"), ("seal", "2026-09", *BY)):
            status, said = call(*arguments)
            ok(status == 3 and "E0518" in said and str(first.pid) in said and str(HOME / "in/records") in said,
               f"{arguments[0]} beside a run is refused, naming its process", f"{status} {said}")
        other = subprocess.run([*command("run"), "--records", str(HOME / "books")], capture_output=True, text=True, check=False)
        ok(other.returncode == 3 and "E0518" in other.stderr and str(HOME / "out") in other.stderr,
           "with other books, too, if the output folder is the same", f"{other.returncode} {other.stderr}")
        for arguments, wanted in ((("status",), 0), (("verify",), 0), (("lint",), 0), (("explain", "2026-09", "E1001"), 0),
                                  (("restate", "2026-09"), 4)):
            status, said = call(*arguments)
            ok(status == wanted and "E0518" not in said, f"{arguments[0]} beside a run is not", f"{status} {said}")
        ok(visible() == inside, "none of them changes a file")
    finally:
        first.kill()
        first.wait()
    ok(wait_for(lambda: "E0518" not in call("run")[1], 3), "a killed run's lock goes with it")
    once, lists = look(), [p for root in ROOTS for p in (HOME / root).rglob("*") if p.name in ("SHA256SUMS", "run.xml", "ledger.csv")]
    ok(not faults_of_state(once, before, once) and not [p for r in ROOTS for p in once[r] if p.startswith(".")],
       "the next run finishes its work and leaves nothing behind", list(once["out"]))
    call("seal", "2026-09", *BY)
    lists += [HOME / "in/records/2026-09/seal.txt", HOME / "in/records/SEALS"]
    ok(not [p for p in lists if ".lock" in p.read_text(encoding="utf-8")], "the lock stands in no list of files and in no seal")
    status, said = call("run", home=WORK / "nothing")
    ok(status != 0 and not (WORK / "nothing").exists(), "a company that is not there gets no folder from the lock", said)


def test_at_once():
    """Eight runs at the same time: one or more work, the others are refused; the result is a run's."""
    changed()
    runs = [subprocess.Popen(command("run"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(8)]
    said = [(run.communicate()[0], run.returncode) for run in runs]
    ok(all(status == 0 or (status == 3 and "E0518" in text) for text, status in said) and 0 in [status for _, status in said],
       "of eight runs at once each does its work or is refused", said)
    together = look()
    changed_again = WORK / "alone"
    HOME.rename(changed_again)
    changed()
    call("run")
    ok(look() == together, "and what they leave is what one leaves")
    shutil.rmtree(changed_again)


def test_full_disk():
    """A disk of its own with so many KiB left; then room is made."""
    changed()
    before, old = WORK / "before-disk", look()
    shutil.copytree(HOME, before, symlinks=True)
    call("run")
    new = look()
    shutil.rmtree(HOME)
    HOME.mkdir()
    if os.getuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", str(HOME)], capture_output=True,
                                     check=False).returncode:
        ok(True, "a full disk # SKIP no right to mount here")
        return
    try:
        wrong, refused = [], 0
        for left in (0, 40, 300, 900, 1500, 2000, 3000, 5000):
            subprocess.run(["cp", "-a", f"{before}/.", str(HOME)], check=True)
            room = os.statvfs(HOME)
            with open(HOME / "ballast", "wb") as ballast:
                os.posix_fallocate(ballast.fileno(), 0, room.f_bavail * room.f_frsize - left * 1024)
            status, said = call("run")
            found = faults_of_state(look(), old, new)
            refused += status == 3
            if status not in (0, 3) or (status == 3 and not ("E0502" in said and str(HOME) in said)):
                found.append(f"status {status}: {said}")
            (HOME / "ballast").unlink()
            status, said = call("run")
            if status or look() != new:
                found.append(f"with room again {status}: {said}")
            wrong += [f"{left} KiB left: {what}" for what in found]
            for name in ("in", "out"):
                shutil.rmtree(HOME / name)
        ok(not wrong and 3 <= refused < 8, f"a disk that is full: {refused} of 8 runs are refused, whole old or whole new, mended with room",
           f"{refused}\n" + "\n".join(wrong))
    finally:
        subprocess.run(["umount", str(HOME)], check=False)


def scenarios():
    yield "a changed month", ("run",), changed, None, True
    yield "sealing", ("seal", "2026-10", *BY), first_sealed, seal_once_more, True
    yield "a changed month, folders not exchanged", ("run",), changed, None, False
    yield "the first run", ("run",), fresh, None, True
    yield "a sealed month published again", ("run",), sealed_without_output, None, True


def main():
    built = subprocess.run([*os.environ.get("CC", "cc").split(), "-std=c17", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
                            "-o", str(LIBRARY), str(TOP / "tests/faults/faults.c"), "-ldl"], capture_output=True, text=True, check=False)
    try:
        if ok(built.returncode == 0, "the library of faults compiles", built.stderr):
            if not sys.argv[1:]:
                test_lock()
                test_at_once()
                test_full_disk()
            for name, arguments, prepare, recover, exchange in scenarios():
                if not sys.argv[1:] or [word for word in sys.argv[1:] if word in name]:
                    Scenario(name, arguments, prepare, recover).test(exchange)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(tap.plan())


main()
