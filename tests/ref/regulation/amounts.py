"""Amounts as the regulation counts them: decimals, the fen, largest remainders, and how the books write a value."""
from decimal import (Context, Decimal, ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, getcontext)

getcontext().prec = 34
getcontext().rounding = ROUND_HALF_EVEN

D = Decimal
ZERO = D(0)
THIRTY = Context(prec=30, rounding=ROUND_HALF_EVEN)


def to(x, step, way=ROUND_HALF_UP):
    """x to a multiple of step: 四舍五入 away from zero at the tie; what division left beyond 30 digits does not decide a tie"""
    step = D(step)
    return (THIRTY.plus(D(x)) / step).quantize(D(1), rounding=way) * step


def fen(x):
    """to the fen"""
    return to(x, '0.01').quantize(D('0.01'))


def points(x):
    """a score, to 0.01"""
    return to(x, '0.01')


def yuan(x):
    return to(x, 1).quantize(D('0.01'))


def next_jiao(x):
    """见分进角: any fen over makes the next jiao (amounts here are never negative)"""
    return to(x, '0.1', ROUND_CEILING).quantize(D('0.01'))


def cut(x, low, high):
    return max(low, min(x, high))


def largest_remainder(total, weights):
    """total, in whole fen, over [(who, weight)]: each the fen rounded down, the fen left over to the largest remainders, the lower number first"""
    whole = sum((w for _, w in weights), ZERO)
    if not whole:
        return {}
    sign = -1 if total < 0 else 1
    fens = int((abs(total) * 100).to_integral_value())
    parts, order = {}, []
    for who, weight in weights:
        parts[who] = int(fens * weight // whole)
        order.append((parts[who] * whole - fens * weight, who))
    for _, who in sorted(order)[:fens - sum(parts.values())]:
        parts[who] += 1
    return {who: (sign * D(f) / 100).quantize(D('0.01')) for who, f in parts.items()}


def plain(x):
    """the shortest plain form of a number"""
    if x == 0:
        return '0'
    text = format(D(x), 'f')
    return text.rstrip('0').rstrip('.') if '.' in text else text


def cell(value, money):
    if value is None:
        return ''
    if isinstance(value, bool):
        return 'yes' if value else 'no'
    if isinstance(value, str):
        return value
    if isinstance(value, (Decimal, int)):
        if not money:
            return plain(value)
        text = format(D(value).quantize(D('0.01'), rounding=ROUND_DOWN), 'f')
        if D(text) != value:
            raise ValueError(f'{value}: finer than the fen')
        return '0.00' if D(text) == 0 else text
    return value.isoformat()
