"""Single formulas from JSON lines, for tests that have no company at hand."""
import json

from .calendars import Calendar
from .compile import Compiler, Env
from .engine import Run, finish
from .history import History
from .months import default_pay_date
from .values import RefError, month_index, read_literal, read_number, show


class Given:
    """A name with a value, in the place of a figure."""

    def __init__(self, type):
        self.type = type


class NoPolicy:
    """A policy of nothing but given names."""

    def __init__(self, names):
        self.path = 'formula'
        self.tables, self.lines, self.rates, self.tiers = {}, {}, {}, {}
        self.parameters, self.sets, self.grades = {}, {}, {}
        self.figures = {n: Given(v['type']) for n, v in names.items()}

    def columns(self):
        return []

    def grade_by(self, text):
        return None


class NoPerson:
    def __init__(self, policy, values):
        self.id, self.policy, self.values = 'E1', policy, values
        self.grade = self.unit = self.staff = None


class Result:
    def __init__(self, item):
        self.type = item.get('type', 'number')
        step = item.get('round') or ('0.01' if self.type == 'money' else None)
        self.step, self.rounding = step and read_number(step), item.get('rounding')


def evaluate(item):
    names = item.get('names', {})
    policy = NoPolicy(names)
    given = {n: None if v.get('value') is None else read_literal(str(v['value']), v['type']) for n, v in names.items()}
    result = Result(item)
    fn = Compiler(policy).typed(item['formula'], result.type)
    month = month_index(item.get('month', '2026-10'))
    run = Run(month, [policy], Calendar(), History(), default_pay_date)
    person = NoPerson(policy, given)
    run.people = [person]
    value = finish(fn(Env(run, person)), result)
    return show(value, result.type)


def evaluate_lines(lines, out):
    """One answer a line: the value as the ledger writes it, or 'error: …'."""
    status = 0
    for line in lines:
        if not line.strip():
            continue
        try:
            print(evaluate(json.loads(line)), file=out)
        except RefError as e:
            print(f'error: {e}', file=out)
            status = 1
    return status
