"""Every number of a company's policies changed, one at a time: does an example notice?

A number that may be changed without any example failing is a number nobody has
written down twice.  With ledgers=True the months are computed too, and a number
that no example holds but some ledger cell depends on is told apart from one that
nothing depends on.
"""
import os
import re
import shutil
import tempfile

from .examples import run_examples
from .months import Company, compute
from .output import ledger, line_files, movements
from .values import RefError

TAGS = 'figure|line|kpi|adjust|criterion|value|set|rate|otherwise|tier|scorecard|movement|check|column'
ELEMENT = re.compile(rf'<({TAGS})\b((?:[^<>"]|"[^"]*")*)>([^<]*)')
ATTRIBUTE = re.compile(r'\b(when|weight|cap|floor|round|over|from|default)="([^"]*)"')
NUMBER = re.compile(r'(?<![\w.])\d+(\.\d+)?(?=元|\b)(?![.]?\d)')
COMMENT = re.compile(r'<!--.*?-->', re.S)
QUOTED = re.compile(r'“[^”]*”|"[^"]*"|&quot;.*?&quot;')


def spans_of_xml(text):
    hidden = [m.span() for m in COMMENT.finditer(text)]
    examples = [m.span() for m in re.finditer(r'<example\b.*?</example>', text, re.S)]
    for e in ELEMENT.finditer(text):
        if any(a <= e.start() < b for a, b in hidden + examples):
            continue
        pieces = [(e.start(3), e.group(3))] if e.group(1) not in ('scorecard', 'movement', 'check', 'column') else []
        for a in ATTRIBUTE.finditer(e.group(2)):
            if a.group(1) == 'from' and e.group(1) != 'tier' or a.group(1) == 'default' and e.group(1) != 'column':
                continue
            pieces.append((e.start(2) + a.start(2), a.group(2)))
        for start, piece in pieces:
            quoted = [m.span() for m in QUOTED.finditer(piece)]
            for n in NUMBER.finditer(piece):
                if not any(a <= n.start() < b for a, b in quoted):
                    yield start + n.start(), start + n.end()


def spans_of_csv(text):
    head = text.find('\n') + 1
    for n in NUMBER.finditer(text, head):
        # a month or an order of grades is no amount, and text before a number makes it a name
        if text[n.end():n.end() + 1] == '-' or text[n.start() - 1:n.start()] == '-':
            continue
        yield n.span()


def other(number):
    """The last digit changed, the number of decimals kept."""
    last = int(number[-1])
    return number[:-1] + str(last + 1 if last < 9 else 8)


def notices(folder):
    """Does loading or any example fail?"""
    try:
        company = Company(folder)
        for e in company.entries:
            if run_examples(company.policy(e.path), company.calendar, company.pay_date, e.start or None)[1]:
                return True
    except (RefError, ArithmeticError, KeyError, IndexError, AttributeError, TypeError):
        return True
    return False


def results(folder):
    try:
        return [(r.month, list(ledger(r)), line_files(r), list(movements(r))) for r in compute(folder)]
    except RefError as e:
        return str(e)


def mutate(folder, ledgers=False, report=print):
    """-> (numbers tried, numbers no example noticed)"""
    tried, silent = 0, []
    with tempfile.TemporaryDirectory() as top:
        copy = os.path.join(top, 'input')
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns('records'))
        before = results(copy) if ledgers else None
        policies = os.path.join(copy, 'policies')
        for where, _, names in sorted(os.walk(policies)):
            for name in sorted(names):
                path = os.path.join(where, name)
                spans = {'.xml': spans_of_xml, '.csv': spans_of_csv}.get(os.path.splitext(name)[1])
                if not spans:
                    continue
                with open(path, 'rb') as f:
                    data = f.read()
                text = data.decode('utf-8')
                for start, end in spans(text):
                    tried += 1
                    with open(path, 'wb') as f:
                        f.write((text[:start] + other(text[start:end]) + text[end:]).encode())
                    if not notices(copy):
                        effect = '' if not ledgers else ', no ledger either' if results(copy) == before else ', but a ledger'
                        line = text.count('\n', 0, start) + 1
                        silent.append((os.path.relpath(path, copy), line, text[start:end]))
                        report(f'{silent[-1][0]}:{line}: {text[start:end]}: no example notices{effect}')
                with open(path, 'wb') as f:
                    f.write(data)
    return tried, silent
