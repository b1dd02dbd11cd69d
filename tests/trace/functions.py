"""The functions of formulas over values, as gen/man/policy.md has them: 34 digits, half-even, as decimal128."""
import datetime
import decimal

from sources import MISSING, first_day

decimal.setcontext(decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144))
D = decimal.Decimal
CUT = decimal.Context(prec=30, rounding=decimal.ROUND_HALF_EVEN)


def cut(value):
    return CUT.plus(value)


def rounded(value, step, mode):
    """A multiple of step; half-up: half away from zero, down: towards zero, up: away from it."""
    modes = {"half-up": decimal.ROUND_HALF_UP, "half-even": decimal.ROUND_HALF_EVEN, "down": decimal.ROUND_DOWN,
             "up": decimal.ROUND_UP, "floor": decimal.ROUND_FLOOR, "ceil": decimal.ROUND_CEILING}
    wide = decimal.Context(prec=80)
    return wide.multiply(wide.divide(value, step).to_integral_value(rounding=modes[mode]), step)


def shared(whole, step, weights):
    """Largest remainder; ties to who comes first."""
    total = sum((w for w in weights if w is not MISSING), D(0))
    parts = [MISSING] * len(weights)
    if not total:
        return parts
    wide, losses, left = decimal.Context(prec=100), [], whole
    for i, weight in enumerate(weights):
        if weight is MISSING:
            continue
        units = wide.divide(wide.divide(wide.multiply(whole, weight), total), step)
        if abs(units - units.to_integral_value()) < D("1e-50"):
            units = units.to_integral_value()
        whole_units = units.to_integral_value(rounding=decimal.ROUND_DOWN)
        parts[i] = whole_units * step
        left -= parts[i]
        if weight:
            losses.append((-abs(wide.subtract(units, whole_units)).quantize(D("1e-40"), context=wide), i))
    for _, i in sorted(losses):
        if abs(left) < step:
            break
        unit = step if left > 0 else -step
        parts[i] += unit
        left -= unit
    return parts


def extreme(pick):
    """min(), max() over values of one type."""
    return lambda *args: pick(args)


def difference(a, b):
    if isinstance(b, datetime.date):
        return (a - b).days
    return a - datetime.timedelta(int(b)) if isinstance(a, datetime.date) else a - b


def plus(a, b):
    if isinstance(a, datetime.date) or isinstance(b, datetime.date):
        date, days = (a, b) if isinstance(a, datetime.date) else (b, a)
        return date + datetime.timedelta(int(days))
    return a + b


def whole_months(a, b):
    """The largest k >= 0 with a + k months <= b, days clamped to the month's end."""
    count = max(0, (b.year - a.year) * 12 + b.month - a.month)
    while count:
        month = a.year * 12 + a.month - 1 + count
        if min(first_day(month) + datetime.timedelta(a.day - 1), first_day(month + 1) - datetime.timedelta(1)) <= b:
            break
        count -= 1
    return count


def date(y, m, d):
    try:
        return datetime.date(int(y), int(m), int(d))
    except ValueError:
        return MISSING


def stepped(mode):
    return lambda x, step: rounded(cut(x), step, mode) if step > 0 else MISSING


# With a missing argument these are missing.
PLAIN = {
    "+": plus, "-": difference, "*": lambda a, b: a * b, "/": lambda a, b: a / b if b else MISSING, "negate": lambda a: -a,
    "min": extreme(min), "max": extreme(max), "abs": abs, "round": stepped("half-up"), "floor": stepped("floor"),
    "ceil": stepped("ceil"), "days": lambda a, b: max(0, (b - a).days + 1), "months": whole_months, "date": date,
    "year": lambda d: d.year, "quarter": lambda d: (d.month + 2) // 3, "month_of": lambda d: d.month, "day": lambda d: d.day,
    "left": lambda t, n: t[:int(n)] if n >= 1 else MISSING, "right": lambda t, n: t[-int(n):] if n >= 1 else MISSING,
    "length": len,
}
