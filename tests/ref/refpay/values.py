"""Numbers, dates and cells: reading, rounding, and the ledger's way of writing them.

Money, numbers and percents are Decimal; texts str; yes/no bool; dates date (a
month is its first day); missing is None.
"""
import datetime
import decimal
import re
import unicodedata
from decimal import Decimal

CONTEXT = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144,
                          traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow])
decimal.setcontext(CONTEXT)
decimal.DefaultContext.prec = 34
CUT = decimal.Context(prec=30, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144)
WIDE = decimal.Context(prec=200, rounding=decimal.ROUND_HALF_EVEN)
CENT = Decimal('0.01')

MODES = {
    None: decimal.ROUND_HALF_UP,            # the decimal module's HALF_UP is half away from zero
    'half-away': decimal.ROUND_HALF_UP,
    'half-up': decimal.ROUND_HALF_UP,
    'half-even': decimal.ROUND_HALF_EVEN,
    'down': decimal.ROUND_DOWN,
    'up': decimal.ROUND_UP,
    'floor': decimal.ROUND_FLOOR,
    'ceil': decimal.ROUND_CEILING,
}
NUMERIC = ('money', 'number', 'percent')


class RefError(Exception):
    """Anything wrong with policy or input, with its place in the text."""


def cut30(x):
    return CUT.plus(x)


def round_step(x, step, mode=None):
    """x to a multiple of step, after the cut to 30 digits that lets a quotient meet its tie."""
    if x is None or step is None or step <= 0:
        return None
    steps = WIDE.divide(cut30(x), step)
    # a step like 3 has no finite quotient; 200 digits leave nothing to chance
    return CONTEXT.plus(WIDE.multiply(steps.to_integral_value(rounding=MODES[mode]), step))


def plain(x):
    """Shortest form without exponent."""
    if x == 0:
        return '0'
    return format(WIDE.normalize(x), 'f')


def money(x):
    """Two decimals; more only where an unrounded amount really has more."""
    two = WIDE.quantize(x, CENT)
    if two != x:
        return plain(x)
    return '0.00' if two == 0 else format(two, 'f')


def show(value, kind):
    """A value as ledger.csv and movements.csv write it."""
    if value is None:
        return ''
    if kind == 'money':
        return money(value)
    if isinstance(value, bool):
        return 'yes' if value else 'no'
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


# ---- reading -------------------------------------------------------------------------------

NUMBER = re.compile(r'[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?$')


def bare_number(text):
    """'1,234.50' as Decimal, or None."""
    t = text.strip()
    if not NUMBER.match(t) or not any(c.isdigit() for c in t):
        return None
    return Decimal(t.replace(',', ''))


def half_width(text):
    t = unicodedata.normalize('NFKC', text).strip()
    return t.replace('\u2212', '-')


def read_number(text, currency=True):
    """A cell of a money or number column."""
    t = half_width(text)
    negative = False
    if t.startswith('(') and t.endswith(')'):
        negative, t = True, t[1:-1].strip()
    if currency:
        if t.startswith('-'):
            negative, t = not negative, t[1:].strip()
        if t.startswith('¥'):
            t = t[1:].strip()
        if t.endswith('元'):
            t = t[:-1].strip()
    x = bare_number(t)
    return -x if negative and x is not None else x


def read_percent(text, unit=None, bare=False):
    """'92.5%'; a number without sign only where the column says its unit."""
    t = half_width(text)
    if t.endswith('%'):
        x = bare_number(t[:-1])
        return None if x is None else x / 100
    x = bare_number(t)
    if x is None:
        return None
    if unit == '1' or bare:
        return x
    if unit == '100':
        return x / 100
    return None


DATE = re.compile(r'(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))'
                  r'(?:[ T]?\d{1,2}:\d\d(?::\d\d)?)?(?: *(?:星期|周|礼拜).)?$')
MONTH = re.compile(r'(\d{4})(?:-(\d{1,2})|/(\d{1,2})|\.(\d{1,2})|年(\d{1,2})月|(\d\d))$')


def make_date(y, m, d):
    try:
        return datetime.date(int(y), int(m), int(d))
    except (ValueError, OverflowError):
        return None


def read_date(text):
    m = DATE.match(half_width(text))
    if not m:
        return None
    parts = [g for g in m.groups() if g is not None]
    return make_date(*parts)


def read_month(text):
    m = MONTH.match(half_width(text))
    if m:
        y, mm = [g for g in m.groups() if g is not None]
        return make_date(y, mm, 1)
    d = read_date(text)
    return d.replace(day=1) if d else None


YES = {'是', 'yes', 'y', '1', '√', '✓', '✔', 'true', '有'}
NO = {'否', 'no', 'n', '0', '×', '✗', '✘', 'x', 'false', '无'}


def read_yesno(text):
    t = half_width(text).lower()
    return True if t in YES else False if t in NO else None


def read_literal(text, kind, grades=None):
    """A value written in a policy: parameter, grade set, rate, tier, given, expect."""
    t = text.strip()
    if t in ('', '空', 'none'):
        return None
    if kind in ('money', 'number'):
        x = read_number(t)
        if x is None and half_width(t).endswith('%'):
            x = read_percent(t)
    elif kind == 'percent':
        x = read_percent(t, bare=True)
    elif kind == 'yesno':
        x = read_yesno(t)
    elif kind == 'date':
        x = read_date(t) or read_month(t)
    elif kind == 'month':
        x = read_month(t)
    elif kind == 'grade':
        x = (grades or {}).get(t)
    else:
        x = t
    if x is None:
        raise RefError(f"'{text}' is not of type {kind}")
    return x


# ---- months: number of months since year 0, so that arithmetic is arithmetic -----------------

def month_index(text):
    m = re.match(r'(\d{4})-(\d\d)$', text.strip())
    if not m or not 1 <= int(m[2]) <= 12:
        raise RefError(f"'{text}' is not a month")
    return int(m[1]) * 12 + int(m[2]) - 1


def month_of(date):
    return date.year * 12 + date.month - 1


def month_text(index):
    return f'{index // 12:04d}-{index % 12 + 1:02d}'


def month_first(index):
    return datetime.date(index // 12, index % 12 + 1, 1)


def month_last(index):
    return month_first(index + 1) - datetime.timedelta(days=1)


def pay_rule(day, next_month):
    """month -> its pay date: that day of the month or of the next, the last one where it has fewer."""
    return lambda month: month_first(month + next_month).replace(day=min(day, month_last(month + next_month).day))


def whole(x):
    """The whole part of a number of days or months."""
    return int(x.to_integral_value(rounding=decimal.ROUND_DOWN))
