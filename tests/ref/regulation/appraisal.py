"""Articles 5 to 7 and 11: diligence, targets, the score of both regulations, performance pay, ranks, heads of units."""
from amounts import D, ZERO, cut, fen, points, to
from standards import reached, straight

LEADERS = ('ZC4', 'ZC5')
HUNDRED = D(100)


def diligence(p, std):
    """support 5"""
    leave = p['事假天数'] + p.attendance('病假(天)')
    p['出勤积分'] = max(30 - straight(std.steps['请假扣分'], leave) - 10 * p.attendance('旷工天数'), ZERO)
    p['出勤积分奖'] = fen(p['出勤积分'] * 20 * p['在岗天数'] / p['应计天数'])
    row = p.diligence
    daily = row and row.number('日报及时率')
    training = row and row.number('培训出勤率')
    p['晨会奖'] = fen(100 if row and row.number('晨会缺席(次)', ZERO) == 0 else 0)
    p['日报奖'] = fen(100 if daily is not None and daily >= D('0.95') else 0)
    p['档案奖'] = fen(80 if row and row.yes('客户档案') else 0)
    p['培训奖'] = fen(std.of_month('培训奖标准', p.month) if training is not None and training >= D('0.90') else 0)
    p['月勤工奖'] = sum((p[n] for n in ('出勤积分奖', '晨会奖', '日报奖', '档案奖', '培训奖')), fen(0))


def support_score(p):
    """support 6: what was not appraised leaves its weight to the others"""
    row = p.appraisal

    def asked(title):
        return row.number(title) if row else None

    def times(title):
        return row.number(title, ZERO) if row else None
    timely, faults, reports = asked('订单及时率'), asked('单据差错(次)'), asked('报表按时率')
    leader = p.grade in LEADERS
    p['及时得分'] = None if timely is None else min(points(timely / D('0.95') * 100), D(105))
    p['差错得分'] = None if faults is None else max(HUNDRED - 5 * faults, ZERO)
    p['满意得分'] = asked('客户满意度')
    p['协作得分'] = ZERO if leader else asked('协作评分')
    p['团队得分'] = ZERO
    if leader:
        target = p['机构月目标']
        p['团队得分'] = None if not target else cut(points(p['机构净回款'] / target * 100), ZERO, D(120))
    p['报表得分'] = None if reports is None else reports * 100
    p['学习得分'] = asked('测验成绩')
    complaints, praise = times('投诉(次)'), times('表扬(次)')
    p['投诉扣分'] = None if complaints is None else -3 * complaints
    p['表扬加分'] = None if praise is None else min(praise, D(3))
    weights = {'及时得分': 30, '差错得分': 20, '满意得分': 20, '团队得分' if leader else '协作得分': 15, '报表得分': 10, '学习得分': 5}
    there = {name: w for name, w in weights.items() if p[name] is not None}
    if there:
        score = sum((p[name] * w for name, w in there.items()), ZERO) / sum(there.values())
        p['当月绩效得分'] = points(cut(score + (p['投诉扣分'] or 0) + (p['表扬加分'] or 0), ZERO, HUNDRED))
    else:
        p['当月绩效得分'] = None


def target(p, std, goal):
    """account managers 5"""
    p['月度目标'] = fen(goal)
    p['完成率'] = D(1) if not goal else to(max(p['本月净回款'], ZERO) / goal, '0.0001')
    p['提成系数'] = reached(std.steps['达成系数'], p['完成率']) or ZERO


def account_score(p):
    """account managers 6: what was not appraised counts nothing"""
    row = p.appraisal
    reports = row and row.number('报表按时率')
    p['新客单数'] = D(sum(o.income() and o.source == '自主开发' for o in p.orders))
    p['回款得分'] = min(p['完成率'] * 100, D(120))
    p['新客得分'] = min(25 * p['新客单数'], HUNDRED)
    p['满意得分'] = row and row.number('客户满意度')
    p['报表得分'] = None if reports is None else reports * 100
    p['投诉扣分'] = -5 * row.number('投诉(次)', ZERO) if row else None
    weights = {'回款得分': 50, '新客得分': 20, '满意得分': 20, '报表得分': 10}
    score = sum(((p[name] or 0) * w for name, w in weights.items()), ZERO) / 100
    p['当月绩效得分'] = points(cut(score + (p['投诉扣分'] or 0), ZERO, HUNDRED))


def performance_pay(p, std):
    """7"""
    score = p['当月绩效得分']
    p['绩效工资基数'] = fen(std.grade(p.grade, '绩效工资标准') * p['试用系数'] * p['在岗天数'] / p['应计天数'])
    p['有得分'] = score is not None
    p['有效得分'] = score if p['有得分'] else ZERO
    p['绩效工资'] = fen(p['绩效工资基数'] * p['有效得分'] / 100)
    p['考核等级'] = (reached(std.letters, score) or 'E') if p['有得分'] else None


def ranks(everyone, units):
    """7: over both regulations; the same score has the same rank"""
    def place(p, among):
        if not p['有得分']:
            return None
        return D(1 + sum(q['有得分'] and q['当月绩效得分'] > p['当月绩效得分'] for q in among))
    for p in everyone:
        below = units.at_and_below(p.unit)
        p['公司排名'] = place(p, everyone)
        p['部门内排名'] = place(p, [q for q in everyone if q.unit in below])
        p['同职级排名'] = place(p, [q for q in everyone if q.grade == p.grade])


def heads(p, everyone, units, std):
    """11"""
    under = set()
    for unit in units.headed_by(p.id):
        under |= units.at_and_below(unit)
    staff = [q for q in everyone if q.unit in under and q is not p]
    scored = sum(q['有得分'] for q in staff)
    p['下属人数'] = D(sum(not q['离职当月'] for q in staff))
    p['下属平均分'] = points(sum((q['有效得分'] for q in staff), ZERO) / scored) if scored else None
    p['管理津贴'] = fen(min(40 * p['下属人数'], D(600)))
    bonus = reached(std.steps['带队奖标准'], p['下属平均分']) if p['下属平均分'] is not None else None
    p['带队奖'] = fen(bonus or 0)
