#!/usr/bin/env python3
"""The sample company with its exports disturbed, so that rules no one of the sample stands before are met too.

    disturb.py INPUT COPY SEED      copies INPUT (without books) and changes a few cells in each file, the same for the same seed

Leave, lateness, missing appraisals, joiners, leavers, other grades and units, unpaid orders and refunds, fines, bonuses, targets left
out: each as an export could say it. Policies and tables of numbers stay as they are.
"""
import csv
import datetime
import os
import random
import re
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from dates import last_of, month_first      # noqa: E402
from exports import sheet                   # noqa: E402


class File:
    """an export, read and written again as plain UTF-8"""

    def __init__(self, folder, name, first):
        self.path = os.path.join(folder, name + '.csv')
        self.rows = [{k: v.strip() for k, v in r.cells.items()} for r in sheet(self.path, first)]
        self.titles = list(self.rows[0]) if self.rows else []

    def write(self):
        with open(self.path, 'w', encoding='utf-8', newline='') as f:
            out = csv.DictWriter(f, self.titles, lineterminator='\n')
            out.writeheader()
            out.writerows(self.rows)


def some(r, rows, chance):
    return [row for row in rows if r.random() < chance]


def change(r, rows, chance, **cells):
    """sets each cell of some rows to one of its values"""
    for row in some(r, rows, chance):
        title = r.choice(list(cells))
        row[title] = str(r.choice(cells[title]))


def day_of(r, month):
    first = month_first(month)
    return r.choice([first, last_of(first), first.replace(day=15), first.replace(day=16), first + datetime.timedelta(r.randrange(28))])


def staff(r, folder, month, left):
    file = File(folder, '花名册', '人员编码')
    heads = {'00101', '00201'}
    for row in file.rows:
        who = row['人员编码']
        if who in left:
            row['最后工作日'] = left[who]
        elif who not in heads and not row['最后工作日'] and r.random() < 0.03:
            left[who] = row['最后工作日'] = str(max(day_of(r, month), datetime.date.fromisoformat(row['到岗日期'])))
        track = [g for g in ('ZC1', 'ZC2', 'ZC3', 'ZC4', 'ZC5') if row['薪级'].startswith('ZC')] or ['KH1', 'KH2', 'KH3']
        if r.random() < 0.04 and not who.startswith('9'):
            row['薪级'] = r.choice(track)
    change(r, [x for x in file.rows if not x['人员编码'].startswith('9')], 0.06, **{
        '试用期截止日': [day_of(r, month), day_of(r, month)], '首次就业': ['是', ''], '减除费用口径': ['全年月数', '一次扣除六万', ''],
        '社保缴费基数(元)': ['7459.99', '7600.01', '38000.01', '9123.45'], '公积金缴存基数(元)': ['2739.99', '38000.50', '8888.88'],
        '公积金缴存比例': ['5%', '12%'], '部门编码': ['D100', 'D110', 'D210', 'D220'],
        '到岗日期': [day_of(r, month) for _ in range(3) if not left] or ['2026-02-28']})
    for row in file.rows:
        if row['最后工作日'] and row['最后工作日'] < row['到岗日期']:
            row['到岗日期'] = '2026-03-31'
    file.write()
    return [row['人员编码'] for row in file.rows if not row['人员编码'].startswith('9')]


def month(r, top, name, left):
    folder = os.path.join(top, name)
    ids = staff(r, folder, name, left)
    attendance = File(folder, '考勤', '工号')
    change(r, attendance.rows, 0.25, **{'事假(小时)': [0.5, 2, 4, 6, 11, 26, 84], '病假(天)': [0.5, 1, 3, 6], '旷工天数': [0.5, 1, 2], '迟到次数': [0, 3],
                                        '早退次数': [0, 1], '上班缺卡次数': [1, '--'], '下班缺卡次数': [1], '出勤天数': [0, 7.5, 24]})
    attendance.write()
    diligence = File(folder, '勤工考核', '员工编号')
    change(r, diligence.rows, 0.3, **{'晨会缺席(次)': ['', 0, 1], '日报及时率': ['95%', '94.99%', ''], '客户档案': ['×', ''], '培训出勤率': ['90%', '89.9%', '']})
    diligence.rows = some(r, diligence.rows, 0.95)
    diligence.write()
    appraisal = File(folder, '考核评分', '员工编号')
    change(r, appraisal.rows, 0.5, **{'订单及时率': ['', '100%', '99.99%', '12.34%'], '单据差错(次)': ['', 0, 21], '客户满意度': ['', 100, 99.5],
                                      '协作评分': ['', 100, 91.25], '报表按时率': ['', '100%', '33.33%'], '测验成绩': ['', 100, 0],
                                      '投诉(次)': ['', 1, 30], '表扬(次)': ['', 2, 7]})
    appraisal.rows = some(r, appraisal.rows, 0.95)
    appraisal.write()
    orders = File(folder, '订单', '合同编号')
    change(r, [x for x in orders.rows if not x['合作单号']], 0.3, **{
        '来源': ['自主开发', '公司线索', '转介绍', '续单', '团队支持'], '金额(元)': ['0.15', '30,000.00', '123,456.78', '20000', '1.00'], '是否到账': ['否', ''],
        '分成份额': ['50%', '33.3%', ''], '客户代码': ['', 'C1002', 'C1008']})
    change(r, [x for x in orders.rows if x['款项类型'] == '退款'], 0.5, **{'原订单号': ['', 'CX2604-0107'], '原订单金额(元)': ['77,777.00', '0.07']})
    shares = {}
    for row in orders.rows:
        shares.setdefault(row['合作单号'], []).append(row)
    for row in (x for k, rows in shares.items() if k for x in rows if r.random() < 0.2):
        row['分成份额'] = r.choice(['33.33%', '1%', '', '70%'])
    orders.write()
    rewards = File(folder, '奖惩', '员工编号')
    for who in r.sample(ids, 8):
        rewards.rows.append(dict.fromkeys(rewards.titles, '') | {'员工编号': who, '类别': r.choice(['奖励', '罚款', '赔偿']),
                                                                  '金额(元)': r.choice(['50.00', '0.01', '1234.56', '9,999.99'])})
    rewards.write()
    deductions = File(folder, '专项附加扣除', '工号')
    change(r, deductions.rows, 0.2, 累计赡养老人=['', '0.01', '123456.78'], 累计继续教育=['400.00'], 累计个人养老金=['12000'])
    deductions.rows = some(r, deductions.rows, 0.95)
    deductions.write()
    return ids


def bonuses(r, top, months, ids):
    """at most one taxed separately a person: a second is an error"""
    separate = set()
    for name in months:
        rows = []
        for who in r.sample(ids, 3):
            way = r.choice(['单独', '并入']) if who not in separate else '并入'
            if way == '单独':
                separate.add(who)
            rows.append({'工号': who, '奖金金额(元)': r.choice(['36000', '36000.01', '144000.12', '300', '960000.01', '5000.55']), '计税办法': way})
        with open(os.path.join(top, name, '年度奖金.csv'), 'w', encoding='utf-8', newline='') as f:
            out = csv.DictWriter(f, ['工号', '奖金金额(元)', '计税办法'], lineterminator='\n')
            out.writeheader()
            out.writerows(rows)


def disturb(source, top, seed):
    shutil.copytree(source, top, ignore=shutil.ignore_patterns('records'))
    r = random.Random(seed)
    left = {}
    months = sorted(n for n in os.listdir(top) if re.fullmatch(r'\d{4}-\d\d', n))
    everyone = [month(r, top, name, left) for name in months]
    bonuses(r, top, months, [who for who in everyone[0] if who in everyone[-1] and who not in left])
    for name, first, keep in (('个人目标', '工号', 0.9), ('部门目标', '部门编码', 0.85), ('培训证书', '工号', 0.9)):
        file = File(os.path.join(top, 'common'), name, first)
        file.rows = some(r, file.rows, keep)
        if name == '培训证书':
            change(r, file.rows, 0.3, 有效期至=['2026-07-31', '2026-08-30', '2026-06-01'])
        file.write()
    units = File(os.path.join(top, 'common'), '机构', '机构编码')
    change(r, units.rows, 0.4, 负责人工号=['00101', '00122', '00211', ''])
    units.write()
    warn_only(top)


def warn_only(top):
    """a net pay below nothing ends a month, as it should; here it is to be compared"""
    path = os.path.join(top, 'policies', 'lib', 'settlement.xml')
    with open(path, encoding='utf-8') as f:
        text = f.read()
    strict = '<check name="实发为负核对" level="error"'
    if strict not in text:
        raise SystemExit(f'{path}: the check of a negative net pay is not as it was')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text.replace(strict, strict.replace('error', 'warning')))


if __name__ == '__main__':
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    disturb(sys.argv[1], sys.argv[2], int(sys.argv[3]))
