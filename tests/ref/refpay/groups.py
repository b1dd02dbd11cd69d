"""Units, group sums, ranks, and the division of a pool by largest remainder."""
from decimal import Decimal
from fractions import Fraction

from .values import CENT, RefError, round_step

FUNCTIONS = {g + '_' + f for g in ('unit', 'led', 'company') for f in ('sum', 'average', 'count')} | \
    {'rank', 'unit_rank', 'grade_rank'}


class Units:
    """The unit tree; a unit nobody declared stands alone under its own name."""

    def __init__(self, rows=(), table=None):
        self.parent, self.names, self.heads = {}, {}, {}
        role = table.by_role if table else {}
        for r in rows:
            id = r.values[role['id']]
            self.parent[id] = r.values.get(role.get('parent'))
            self.heads[id] = r.values.get(role.get('head'))
            name = r.values.get(role.get('name'))
            if name is not None:
                self.names.setdefault(name, id)

    def key(self, text):
        return text if text in self.parent else self.names.get(text, text)

    def below(self, unit, top):
        """unit is top, or below it."""
        unit, top, seen = self.key(unit), self.key(top), set()
        while unit is not None and unit not in seen:
            if unit == top:
                return True
            seen.add(unit)
            parent = self.parent.get(unit)
            unit = self.key(parent) if parent is not None else None
        return False

    def led_by(self, id):
        return [u for u, head in self.heads.items() if head == id]


def members(run, person, group):
    if group == 'company':
        return run.people
    if group == 'unit':
        if person.unit is None:
            return [person]
        return [p for p in run.people if p.unit is not None and run.units.below(p.unit, person.unit)]
    tops = run.units.led_by(person.id)
    return [p for p in run.people if p is not person and p.unit is not None and
            any(run.units.below(p.unit, t) for t in tops)]


def compile_call(compiler, name, args, scope):
    from .compile import NUMBERS, Env, Scope
    if len(args) != 1:
        compiler.fail(f'{name} wants one expression')
    inner = Scope(limited='group')
    counting = name.endswith('_count')
    if counting:
        fn, kind = compiler.truth(args[0], inner), 'number'
    else:
        fn, kind = compiler.node(args[0], inner)
        if kind not in NUMBERS + ('none',):
            compiler.fail(f'{name} of {kind}')
    scope.used |= inner.used
    needs = inner.used

    def value(run, person):
        cache = run.cache.setdefault(fn, {})
        if person.id not in cache:
            cache[person.id] = fn(Env(run, person))
        return cache[person.id]

    def has(person):
        return needs <= person.policy.figures.keys()

    if name.endswith('rank'):
        def rank(env):
            run, me = env.run, env.person
            own = value(run, me)
            if own is None:
                return None
            people = members(run, me, 'unit') if name == 'unit_rank' else run.people
            if name == 'grade_rank':
                people = [p for p in people if p.grade == me.grade]
            others = [value(run, p) for p in people if has(p)]
            return Decimal(1 + sum(v is not None and v > own for v in others))
        return rank, 'number'

    group = name.split('_')[0]

    def over(env):
        found = [value(env.run, p) for p in members(env.run, env.person, group) if has(p)]
        if counting:
            return Decimal(sum(found))
        if any(v is None for v in found):
            return None
        if name.endswith('_sum'):
            return sum(found, Decimal(0))
        return sum(found, Decimal(0)) / len(found) if found else None
    return over, kind


def divide(total, weights, step):
    """Largest remainder: weights [(key, weight or None)] -> [part or None], in the same order.

    A tie goes to the smaller key; a negative total is divided like its opposite.  None where a
    weight is missing, and everywhere when the weights add up to nothing.
    """
    known = [(i, key, Fraction(w)) for i, (key, w) in enumerate(weights) if w is not None]
    for _, key, w in known:
        if w < 0:
            raise RefError(f'{key}: negative weight {w}')
    parts = [None] * len(weights)
    all_weights = sum(w for _, _, w in known)
    if total is None or not all_weights:
        return parts
    units = abs(Fraction(total)) / Fraction(step)
    if units.denominator != 1:
        raise RefError(f'{total} is no multiple of {step}')
    quotas = [(units * w / all_weights, i, key) for i, key, w in known]
    left = int(units) - sum(q.numerator // q.denominator for q, _, _ in quotas)
    order = sorted(quotas, key=lambda t: (-(t[0] - t[0].numerator // t[0].denominator), t[2].encode(), t[1]))
    extra = {i for _, i, _ in order[:left]}
    sign = -1 if total < 0 else 1
    for q, i, _ in quotas:
        parts[i] = sign * (q.numerator // q.denominator + (i in extra)) * step
    return parts


def compile_share(compiler, args, scope):
    from .compile import Env, Scope
    if len(args) != 2:
        compiler.fail('share wants pool and weight')
    inner = Scope(limited='group')
    (pool, kind), (weight, _) = compiler.node(args[0], inner), compiler.node(args[1], inner)
    scope.used |= inner.used
    needs, tag = inner.used, object()

    def all_parts(run):
        people = [p for p in run.people if needs <= p.policy.figures.keys()]
        pools = [round_step(pool(Env(run, p)), CENT) for p in people]
        if any(v != pools[0] for v in pools):
            raise RefError(f'share: the pool is not the same for all: {compiler.policy.path}')
        weights = [(p.id, weight(Env(run, p))) for p in people]
        return dict(zip((p.id for p in people), divide(pools[0], weights, CENT)))

    def share(env):
        if tag not in env.run.cache:
            env.run.cache[tag] = all_parts(env.run)
        return env.run.cache[tag].get(env.person.id)
    return share, kind
