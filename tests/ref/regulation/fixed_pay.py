"""Articles 2 to 4: days employed, absence, basic and sick pay, allowances, full attendance."""
from amounts import D, ZERO, fen
from dates import last_of, month_first, whole_months
from standards import reached

PROBATION = D('0.80')
SICK_FLOOR = D('0.80')
HOURS_A_DAY = 8
LONG_ABSENCE = 10


def employed(p, calendar):
    """2.1"""
    first = month_first(p.month)
    last = last_of(first)
    p['在岗开始'] = max(p.hired, first)
    p['在岗结束'] = min(p.left, last) if p.left else last
    p['应计天数'] = D(calendar.counted(first, last))
    p['在岗天数'] = D(calendar.counted(p['在岗开始'], p['在岗结束']))
    p['满月'] = p['在岗天数'] == p['应计天数']
    p['离职当月'] = bool(p.left and p.left <= last)
    p['试用中'] = bool(p.probation and p.probation >= last)
    p['试用系数'] = PROBATION if p['试用中'] else D(1)


def absence(p):
    """2.2"""
    p['事假天数'] = p.attendance('事假(小时)') / HOURS_A_DAY
    p['缺勤天数'] = p['事假天数'] + p.attendance('旷工天数') + p.attendance('病假(天)')
    p['长假'] = p['缺勤天数'] > LONG_ABSENCE


def basic_and_sick(p, std):
    """2.3, 2.4"""
    wage = std.grade(p.grade, '基本工资标准') * p['试用系数']
    p['基本工资'] = fen(wage * (p['在岗天数'] - p['缺勤天数']) / p['应计天数'])
    p['司龄月数'] = D(whole_months(p.hired, last_of(month_first(p.month))))
    p['病假比例'] = reached(std.steps['病假支付比例'], p['司龄月数'])
    a_month = max(wage * p['病假比例'], std.of_month('最低工资标准', p.month) * SICK_FLOOR)
    p['病假工资'] = fen(a_month * p.attendance('病假(天)') / p['应计天数'])


def allowances(p, std):
    """3"""
    there = p['在岗天数']
    p['岗位津贴'] = fen(std.grade(p.grade, '岗位津贴标准') * there / p['应计天数'])
    p['餐补'] = fen(std.grade(p.grade, '餐补日标准') * p.attendance('出勤天数'))
    p['通讯补助'] = fen(std.grade(p.grade, '通讯补助标准') * there / p['应计天数'])
    p['劳保福利'] = fen(std.grade(p.grade, '劳保福利标准') if p['满月'] else ZERO)
    p['高温津贴'] = fen(std.of_month('高温津贴标准', p.month) * (there - p['缺勤天数']) / p['应计天数'])


def full_attendance(p, std):
    """4"""
    p['考勤异常次数'] = sum((p.attendance(t) for t in ('迟到次数', '早退次数', '上班缺卡次数', '下班缺卡次数')), ZERO)
    earned = p['满月'] and p['缺勤天数'] == 0 and p['考勤异常次数'] == 0 and not p['离职当月']
    p['全勤奖'] = fen(std.of_month('全勤奖标准', p.month) if earned else ZERO)


def work_out(p, calendar, std):
    employed(p, calendar)
    absence(p)
    basic_and_sick(p, std)
    allowances(p, std)
    full_attendance(p, std)
