"""Article 19 of both regulations: looking back over the months, promotion, demotion, removal, confirmation."""
from amounts import D, ZERO, cell
from dates import last_of, month_before, month_first


def in_a_row(p, holds, pass_over=None):
    """months backwards from this one in which holds(month's figures) was so; pass_over: months that neither count nor end it"""
    n, month = 0, p.month
    while True:
        figures = p.figures_of(month)
        if figures is None:
            return D(n)
        if pass_over and pass_over(figures):
            pass
        elif holds(figures):
            n += 1
        else:
            return D(n)
        month = month_before(month)


def of_three_months(p, holds):
    found = (p.figures_of(month_before(p.month, n)) for n in range(3))
    return D(sum(bool(f and holds(f)) for f in found))


def months_in_grade(p):
    n, month = 0, p.month
    while p.grade_in(month) == p.grade:
        n += 1
        month = month_before(month)
    return D(n)


def support(p, certificates, std):
    """19.1 to 19.4"""
    def long_absence(f):
        return f.get('长假') is True

    def score(f):
        return f.get('当月绩效得分')
    last = last_of(month_first(p.month))
    p['连续优秀月数'] = in_a_row(p, lambda f: score(f) is not None and score(f) >= 90, long_absence)
    p['连续不达标月数'] = in_a_row(p, lambda f: score(f) is not None and score(f) < 70, long_absence)
    p['任职月数'] = months_in_grade(p)
    p['近三月违纪月数'] = of_three_months(p, lambda f: (f.get('违纪次数') or 0) > 0)
    p['证书有效'] = any(day >= last for day in certificates)
    p['晋升所需月数'] = max(3 - p['连续优秀月数'], 6 - p['任职月数'], ZERO)
    required = std.grade(p.grade, '晋升回款标准')
    p['回款差额'] = None if p['近三月净回款'] is None else max(required - p['近三月净回款'], ZERO)
    p['距降级月数'] = max(2 - p['连续不达标月数'], ZERO)
    p['距调离月数'] = max(3 - p['连续不达标月数'], ZERO)
    p['本月试用期满'] = bool(p.probation and month_first(p.month) <= p.probation <= last)
    p['转正分差'] = p['有效得分'] - 75 if p['本月试用期满'] else ZERO


def account(p, std):
    """account managers 19"""
    p['近三月达标月数'] = of_three_months(p, lambda f: f.get('完成率') is not None and f['完成率'] >= 1)
    p['连续低完成月数'] = in_a_row(p, lambda f: f.get('完成率') is not None and f['完成率'] < D('0.6'))
    required = std.grade(p.grade, '晋升回款标准')
    p['回款差额'] = None if p['近三月净回款'] is None else max(required - p['近三月净回款'], ZERO)
    p['达标需月数'] = max(2 - p['近三月达标月数'], ZERO)
    p['距降级月数'] = max(2 - p['连续低完成月数'], ZERO)


def at_least(name, value, required, money=False):
    if value is None:
        return name, False, '', cell(required, money), ''
    ok = value >= required
    return name, ok, cell(value, money), cell(required, money), '' if ok else cell(required - value, money)


def none_of(name, value):
    return name, value == 0, cell(value, False), '0', '' if value == 0 else cell(value, False)


def movements(p, std):
    """[(title, from, to, verdict, [(criterion, holds, value, required, gap)])] of those a person stands before"""
    support_track = p.grade.startswith('ZC')
    required = std.grade(p.grade, '晋升回款标准')
    found = []
    if not p['试用中']:
        up, down = std.neighbour(p.grade, 1), std.neighbour(p.grade, -1)
        three = at_least('近三月净回款达标', p['近三月净回款'], required, True)
        if support_track:
            if up:
                found.append(('晋升', up, [at_least('连续优秀', p['连续优秀月数'], D(3)), at_least('任职期', p['任职月数'], D(6)), three,
                                           none_of('近三月无违纪', p['近三月违纪月数']), ('证书在有效期内', p['证书有效'], '', '', '')]))
            if down:
                found.append(('降级', down, [at_least('连续不达标', p['连续不达标月数'], D(2))]))
            else:
                found.append(('调离培训', '', [at_least('连续不达标', p['连续不达标月数'], D(3))]))
        else:
            if up:
                found.append(('晋升', up, [three, at_least('完成率达标月数', p['近三月达标月数'], D(2))]))
            if down:
                found.append(('降级', down, [at_least('连续低完成', p['连续低完成月数'], D(2))]))
    if support_track and p['本月试用期满']:
        found.append(('转正', '', [at_least('得分达到转正线', p['有效得分'], D(75)), none_of('当月无旷工', p.attendance('旷工天数'))]))
    due = {title for title, _, criteria in found if all(c[1] for c in criteria)}
    clash = '晋升' in due and bool(due & {'降级', '调离培训'})
    return [(title, p.grade, to, ('not-eligible' if title not in due else 'conflict' if clash and title != '转正' else 'eligible'), criteria)
            for title, to, criteria in found]
