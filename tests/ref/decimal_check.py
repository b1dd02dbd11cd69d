#!/usr/bin/env python3
"""Operations on decimals with the results that Python's decimal and fractions modules give, one a line, for
tests/unit/value/decimal_reference.c to compare with ours:

    operation TAB a TAB b TAB expected

Arithmetic is decimal128's (34 digits, half-even); rounding to a step is worked out in exact fractions, not by the
way our C goes. `decimal_check.py COUNT SEED` writes COUNT lines; the same seed gives the same lines."""

import decimal
import random
import sys
from fractions import Fraction

WIDE = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144)
CUT = decimal.Context(prec=30, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144)
EXACT = decimal.Context(prec=400)
STEPS = ["0.01", "0.1", "1", "10", "100", "0.5", "5", "0.05", "0.001", "0.25", "50", "3", "0.07", "1000"]
MODES = ["half-up", "half-even", "down", "up", "floor", "ceil"]


def plain(value):
    """Shortest form without exponent, as ledgers write it."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def digits(chance, count):
    return "".join(chance.choice("0123456789") for _ in range(count))


def operand(chance):
    """Amounts for the most part, but also rates, counts, full 34 digits, zeros and nines."""
    kind = chance.randrange(10)
    if kind < 4:
        text = "%d.%02d" % (chance.randrange(10 ** chance.randrange(1, 8)), chance.randrange(100))
    elif kind == 4:
        text = "0." + digits(chance, chance.randrange(1, 9))
    elif kind == 5:
        text = str(chance.randrange(10 ** chance.randrange(1, 10)))
    elif kind == 6:
        cut = chance.randrange(0, 35)
        whole, fraction = digits(chance, cut), digits(chance, 34 - cut)
        text = (whole or "0") + ("." + fraction if fraction else "")
    elif kind == 7:
        text = "9" * chance.randrange(1, 20) + "." + "9" * chance.randrange(1, 15)
    elif kind == 8:
        text = chance.choice(["0", "0.00", "1", "0.5", "0.005", "100", "1000000000000000000"])
    else:
        text = "0." + "0" * chance.randrange(0, 30) + digits(chance, chance.randrange(1, 35))
    return ("-" if chance.randrange(3) == 0 else "") + text


def near_tie(chance, step):
    """A value at, or a hair beside, the middle of two steps."""
    value = decimal.Decimal(step) * chance.randrange(10 ** chance.randrange(1, 9))
    value = EXACT.add(value, decimal.Decimal(step) / 2)
    value = EXACT.add(value, decimal.Decimal(chance.choice(["0", "0", "1e-12", "-1e-12", "1e-20", "-1e-20"])))
    return ("-" if chance.randrange(2) else "") + plain(value)


def round_fraction(quotient, mode):
    floor = quotient.numerator // quotient.denominator
    rest = quotient - floor
    if rest == 0:
        return floor
    away = floor + 1 if quotient > 0 else floor
    towards = floor if quotient > 0 else floor + 1
    if mode == "half-up":
        return (floor + 1 if rest > Fraction(1, 2) else floor) if rest != Fraction(1, 2) else away
    if mode == "half-even":
        return (floor + 1 if rest > Fraction(1, 2) else floor) if rest != Fraction(1, 2) else floor + floor % 2
    return {"down": towards, "up": away, "floor": floor, "ceil": floor + 1}[mode]


def rounded(a, step, mode):
    """None where the result has no 34 digits."""
    count = round_fraction(Fraction(decimal.Decimal(a)) / Fraction(decimal.Decimal(step)), mode)
    result = EXACT.multiply(decimal.Decimal(count), decimal.Decimal(step))
    return result if EXACT.compare(WIDE.plus(result), result) == 0 else None


def short_enough(value):
    return value.is_finite() and abs(value) < decimal.Decimal("1e60") and value.as_tuple().exponent >= -70


def arithmetic(chance):
    name = chance.choice(["add", "subtract", "multiply", "divide", "cut", "compare", "whole"])
    a, b = operand(chance), operand(chance)
    x, y = decimal.Decimal(a), decimal.Decimal(b)
    if name == "divide":
        return (name, a, b, "none" if y == 0 else WIDE.divide(x, y))
    if name == "cut":
        if chance.randrange(2):
            a = "-0." + chance.choice("123456789") + digits(chance, 29) + chance.choice(["5", "50", "500", "5001", "4999"])
            x = decimal.Decimal(a)
        return (name, a, "0", CUT.plus(x))
    if name == "compare":
        return (name, a, b, str(int(x.compare(y))))
    if name == "whole":
        return (name, a, "0", str(int(x)) if -(2 ** 63) <= int(x) < 2 ** 63 else "none")
    return (name, a, b, getattr(WIDE, name)(x, y))


def prorate(chance):
    """a / b x b' where the exact value is a tie of fen: what the cut to 30 digits is for. b is days worked, c days of the month."""
    days = chance.randrange(1, 32)
    worked = decimal.Decimal(chance.randrange(1, 2 * days + 1)) / 2
    amount = decimal.Decimal(chance.randrange(1, 5000000)) / 100
    exact = Fraction(amount) / days * Fraction(worked)
    count = round_fraction(exact * 100, "half-up")
    return ("prorate", plain(amount), "%d/%s" % (days, plain(worked)), plain(decimal.Decimal(count) / 100))


def line(chance):
    kind = chance.randrange(10)
    if kind < 5:
        found = arithmetic(chance)
    elif kind < 9:
        mode, step = chance.choice(MODES), chance.choice(STEPS)
        a = near_tie(chance, step) if chance.randrange(2) else operand(chance)
        found = (mode, a, step, rounded(a, step, mode))
    else:
        found = prorate(chance)
    name, a, b, expected = found
    if expected is None or (isinstance(expected, decimal.Decimal) and not short_enough(expected)):
        return None
    return "\t".join([name, a, b, plain(expected) if isinstance(expected, decimal.Decimal) else expected])


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    while count:
        text = line(chance)
        if text:
            print(text)
            count -= 1


if __name__ == "__main__":
    main()
