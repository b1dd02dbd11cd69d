"""What the tests in Python say: TAP, a line a check. tests/*.py find it beside them."""
_count = 0
_failed = 0


def ok(holds, name, *details):
    """One check; what it found stands below it where it fails. Says whether it holds."""
    global _count, _failed
    _count += 1
    _failed += not holds
    print(f"{'ok' if holds else 'not ok'} {_count} - {name}", flush=True)
    if not holds:
        for detail in details[:40]:
            for line in str(detail)[:6000].splitlines():
                print("# " + line)
    return holds


def skip(name, reason):
    """A check that cannot be made here."""
    global _count
    _count += 1
    print(f"ok {_count} - {name} # SKIP {reason}", flush=True)


def failures():
    return _failed


def plan():
    """The last line; the exit status that goes with it."""
    print(f"1..{_count}")
    return int(_failed > 0)
