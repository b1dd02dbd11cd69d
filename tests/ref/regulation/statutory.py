"""Articles 15 to 18: social insurance, housing fund, income tax, fines and damages, net pay."""
from amounts import D, ZERO, cut, fen, next_jiao, yuan
from dates import month_before, month_first, pay_date
from standards import FUND_CEILING, MONTH_TAX, SOCIAL_CEILING, SOCIAL_FLOOR, SOCIAL_RATES, YEAR_TAX, bracket, dated

CUTOFF = 15


def insurance(p):
    """15: whole months; joined after the 15th from the next month; left by the 15th not this month"""
    joined_late = p.hired > month_first(p.month).replace(day=CUTOFF)
    left_early = p.left is not None and p.left <= month_first(p.month).replace(day=CUTOFF)
    p['已参保'], p['已停保'] = not joined_late, left_early
    p['本月参保'] = not joined_late and not left_early
    p['社保缴费基数'] = fen(cut(p.social_base, dated(SOCIAL_FLOOR, p.month), dated(SOCIAL_CEILING, p.month)) if p['本月参保'] else ZERO)
    for name, rate in SOCIAL_RATES.items():
        p[name] = next_jiao(p['社保缴费基数'] * D(rate))
    # what the sample leaves alone: nobody is registered by month or billed, and the city has no fixed sum; any fen goes up to the next jiao
    p['社保基数越限'] = p['本月参保'] and p['社保缴费基数'] != p.social_base
    p['社保取整单位'], p['医疗定额'] = D('0.1'), fen(0)
    p['社保账单差额'] = fen(max(p[name] - p['社保缴费基数'] * D(SOCIAL_RATES[name]) for name in ('养老个人', '医疗个人', '失业个人')))


def housing_fund(p, std):
    """16: the first job pays from its second month"""
    p['本月缴存'] = not (p.first_job and (p.hired.year, p.hired.month) == (month_first(p.month).year, month_first(p.month).month))
    p['公积金基数下限'] = fen(std.of_month('最低工资标准', p.month))
    base = cut(p.fund_base, std.of_month('最低工资标准', p.month), dated(FUND_CEILING, p.month))
    p['公积金缴存基数'] = fen(base if p['本月缴存'] else ZERO)
    p['公积金个人'] = p['公积金单位'] = yuan(p['公积金缴存基数'] * p.fund_rate)


def allowance_months(p):
    """income tax, part 1"""
    paid = pay_date(p.month)
    p['计税截止日'] = min(paid, p.left) if p.left else paid
    until = p['计税截止日']
    if until.year < paid.year:
        p['减除月数'] = ZERO
    else:
        here = p.hired.month if p.hired.year == paid.year and p.tax_way == '本单位月数' else 1
        p['减除月数'] = D(until.month - here + 1)
    p['累计减除费用'] = fen(60000 if p.tax_way == '一次扣除六万' else 5000 * p['减除月数'])


def tax_year(p, figure):
    """what the earlier months of the tax year have of a figure: the year is that of the pay date"""
    year = pay_date(p.month).year
    return sum((v for m, v in p.history(figure) if pay_date(m).year == year), ZERO)


def income_tax(p, deductions):
    """income tax, part 2; deductions: the row of the withholding client's cumulative figures, or None"""
    p['计税收入'] = p['应发合计'] - p['单独计税奖金']
    p['三险一金'] = p['养老个人'] + p['医疗个人'] + p['失业个人'] + p['公积金个人']
    p['累计计税收入'] = tax_year(p, '计税收入') + p['计税收入']
    p['累计三险一金'] = tax_year(p, '三险一金') + p['三险一金']
    kinds = ('累计子女教育', '累计继续教育', '累计住房贷款利息', '累计住房租金', '累计赡养老人', '累计3岁以下婴幼儿照护', '累计个人养老金')
    p['累计附加扣除'] = fen(sum((deductions.number(k, ZERO) for k in kinds), ZERO) if deductions else 0)
    p['累计应纳税所得额'] = max(p['累计计税收入'] - p['累计减除费用'] - p['累计三险一金'] - p['累计附加扣除'], fen(0))
    p['预扣率'], quick = bracket(YEAR_TAX, p['累计应纳税所得额'])
    p['速算扣除'] = fen(quick)
    p['累计已扣个税'] = fen(tax_year(p, '本月个税'))
    p['本月个税'] = fen(max(p['累计应纳税所得额'] * p['预扣率'] - p['速算扣除'] - p['累计已扣个税'], ZERO))


def bonus_tax(p):
    """income tax, part 3"""
    bonus = p['单独计税奖金']
    rate, quick = bracket(MONTH_TAX, bonus / 12)
    p['奖金个税'] = fen(bonus * rate - quick)
    below = max((12 * bound for bound, *_ in MONTH_TAX if bound is not None and 12 * bound < bonus), default=0)
    rate, quick = bracket(MONTH_TAX, D(below) / 12)
    p['奖金临界多缴'] = max(fen(0), p['奖金个税'] - fen(below * rate - quick) - (bonus - below)) if bonus > 0 else fen(0)
    p['重复单独计税'] = bonus > 0 and tax_year(p, '单独计税奖金') > 0


def fines(p, rows, std):
    """18.1"""
    p['违纪次数'] = D(sum(r.text('类别') == '罚款' for r in rows))
    p['本月罚赔'] = fen(sum((r.number('金额(元)') for r in rows if r.text('类别') in ('罚款', '赔偿')), ZERO))
    p['上月未扣'] = fen(p.past(month_before(p.month), '未扣余额') or ZERO)
    p['应扣罚赔'] = p['本月罚赔'] + p['上月未扣']
    p['罚赔基数'] = p['应发合计'] - p['年度奖金']
    p['罚赔上限'] = fen(max(min(p['罚赔基数'] * D('0.2'), p['罚赔基数'] - std.of_month('最低工资标准', p.month)), ZERO))
    p['罚赔扣款'] = min(p['应扣罚赔'], p['罚赔上限'])
    p['未扣余额'] = p['应扣罚赔'] - p['罚赔扣款']
    p['有未扣余额'] = p['未扣余额'] > 0


def net(p, std):
    """18.2"""
    p['扣款合计'] = sum((p[n] for n in ('养老个人', '医疗个人', '失业个人', '公积金个人', '本月个税', '奖金个税', '罚赔扣款')), fen(0))
    p['实发工资'] = p['应发合计'] - p['扣款合计']
    p['单位缴纳合计'] = sum((p[n] for n in ('养老单位', '医疗单位', '失业单位', '工伤单位', '公积金单位')), fen(0))
    p['用工成本'] = p['应发合计'] + p['单位缴纳合计']
    minimum = std.of_month('最低工资标准', p.month)
    p['低于最低工资'] = p['满月'] and p['缺勤天数'] == 0 and p['应发合计'] - p['高温津贴'] - p['餐补'] < minimum
    p['实发为负'] = p['实发工资'] < 0
    p['考勤有误'] = p.attendance('出勤天数') > p['在岗天数'] or p['缺勤天数'] > p['在岗天数']
