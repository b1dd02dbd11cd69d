#!/usr/bin/env python3
"""Published numbers against the program, through the sample's own articles: two small companies that include policies/lib/.

    vectors.py tax|pay SALESPAY INPUT      prints what differs and how many numbers were compared; status 1 if any differs

tax: cumulative withholding (vectors_iit.csv, sources in it), the months of the deduction, yearly bonuses with their cliffs.
pay: proration, sick pay, social insurance, housing fund, the limits of damages. Sources: 人社部发〔2025〕2号, law-hr.com/ask/1686369041242084
and 82l.net/l/47702903 (proration), 劳部发〔1995〕309号 §59 (sick pay), zhaiyz/salarycalculator (jiao, yuan), 工资支付暂行规定 §16 (damages).
"""
import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<policy xmlns="urn:salespay:policy:1" id="vectors" title="Published numbers" version="1" currency="CNY">\n'
COMPANY = '''<?xml version="1.0" encoding="UTF-8"?>
<company xmlns="urn:salespay:company:1" name="向量有限公司">
  <policy href="policies/vectors.xml" from="{0}"/>
  <pay day="{1}"/>
</company>
'''
TAX = HEAD + '''<include href="lib/staff.xml"/>
<table name="收入" file="收入.csv" rows="one" required="yes">
  <column name="工号" type="id" role="person" required="yes"/><column name="收入额" type="money"/><column name="三险额" type="money"/>
</table>
<article number="1" title="收入">
  <p>收入与三险一金按向量表。</p>
  <figure name="工资收入" type="money" section="earnings">收入额</figure>
  <figure name="养老个人" type="money" section="deductions">三险额</figure>
  <figure name="医疗个人" type="money" section="deductions">0</figure>
  <figure name="失业个人" type="money" section="deductions">0</figure>
  <figure name="公积金个人" type="money" section="deductions">0</figure>
</article>
<include href="lib/rewards.xml"/>
<include href="cn/income-tax.xml"/>
<total name="扣款合计" section="deductions"/>
<figure name="实发工资" type="money" section="net">应发合计 － 扣款合计</figure>
</policy>
'''
PAY = HEAD + '''<include href="lib/staff.xml"/>
<include href="lib/basic-pay.xml"/>
<include href="lib/rewards.xml"/>
<include href="lib/statutory.xml"/>
<replace name="社保基数下限" reason="the published number is below this city's floor">
  <parameter name="社保基数下限" type="money"><value from="2026-05">0</value></parameter>
</replace>
<include href="lib/settlement.xml"/>
</policy>
'''
STAFF = ('工号', '姓名', '部门', '岗位', '职级', '入职日期', '离职日期', '社保基数', '公积金基数', '公积金比例', '首次就业', '计税方式')
# RULES: once a person a tax year; the cliffs of the monthly table
BONUSES = {'36000': '1080.00', '36001': '3390.10', '144000': '14190.00', '144001': '27390.20', '300000': '58590.00', '300001': '72340.25', '420001': '121590.30',
           '660001': '223840.35', '960001': '416840.45'}


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(text)


def sheet(path, titles, rows):
    out = io.StringIO()
    w = csv.writer(out, lineterminator='\n')
    w.writerow(titles)
    w.writerows(rows)
    put(path, out.getvalue())


def company(top, source, policy, first, day, calendar):
    shutil.copytree(os.path.join(source, 'policies'), os.path.join(top, 'policies'))
    for name in os.listdir(os.path.join(top, 'policies')):
        if name.endswith('.xml'):
            os.remove(os.path.join(top, 'policies', name))
    for name in os.listdir(os.path.join(top, 'policies', 'lib')):
        without_examples(os.path.join(top, 'policies', 'lib', name))
    put(os.path.join(top, 'policies', 'vectors.xml'), policy)
    put(os.path.join(top, 'company.xml'), COMPANY.format(first, day))
    put(os.path.join(top, 'calendar.csv'), calendar)
    put(os.path.join(top, 'common', '机构.csv'), '机构编码,机构名称,上级编码,负责人工号\nD1,向量部,,\n')


def staff(folder, people):
    """people: {id: {title: value}}"""
    base = {'部门': 'D1', '岗位': '销售支持', '职级': 'ZC1', '入职日期': '2024-03-01', '社保基数': '8000', '公积金基数': '8000', '公积金比例': '7%', '计税方式': '本单位月数'}
    sheet(os.path.join(folder, '花名册.csv'), STAFF, [[(base | {'工号': who, '姓名': '向量' + who} | p).get(t, '') for t in STAFF] for who, p in people.items()])


def run(salespay, top):
    books = top + '-books'
    done = subprocess.run([salespay, 'run', '-i', top, '-o', top + '-out', '--records', books, '--lang', 'en', '--progress', 'never', '--color', 'never'],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding='utf-8', errors='replace')
    if done.returncode:
        raise SystemExit(f'salespay ends with {done.returncode}:\n{done.stdout}')
    found = {}
    for month in sorted(os.listdir(books)):
        with open(os.path.join(books, month, 'ledger.csv'), encoding='utf-8', newline='') as f:
            found[month] = {r['工号']: r for r in csv.DictReader(f)}
    return found


def judge(found, expected):
    """expected: [(month, id, figure, value)]"""
    wrong = 0
    for month, who, figure, value in expected:
        is_ = found.get(month, {}).get(who, {}).get(figure)
        if is_ != value:
            wrong += 1
            print(f'{month} {who} {figure}: {is_}, published {value}')
    print(f'{len(expected)} numbers compared, {wrong} differ')
    return not wrong


def tax(salespay, source, top):
    with open(os.path.join(HERE, '..', 'vectors_iit.csv'), encoding='utf-8', newline='') as f:
        vectors = list(csv.DictReader(f))
    company(top, source, TAX, '2027-01', 31, '日期,类型,名称\n2027-01-01,法定,元旦\n')
    months = [f'2027-{m:02}' for m in range(1, 13)]
    # the four cases of the deduction's months: joined in May after wages elsewhere, first paid in March, graduate of July, sixty thousand at once
    others = {'May': {'入职日期': '2027-05-10'}, 'March': {}, 'July': {'入职日期': '2027-07-05', '计税方式': '全年月数'}, 'Sixty': {'计税方式': '一次扣除六万'}}
    begins = {'May': 5, 'March': 3, 'July': 7, 'Sixty': 1}
    expected = [('2027-05', 'May', '累计减除费用', '5000.00'), ('2027-06', 'May', '累计减除费用', '10000.00'), ('2027-03', 'March', '累计减除费用', '15000.00'),
                ('2027-07', 'July', '累计减除费用', '35000.00'), ('2027-01', 'Sixty', '累计减除费用', '60000.00')]
    for m, month in enumerate(months, 1):
        rows = [v for v in vectors if int(v['month']) == m]
        here = {who: p for who, p in others.items() if m >= begins[who]}
        bonus = {f'B{x}': x for x in BONUSES} if m == 6 else {}
        folder = os.path.join(top, month)
        staff(folder, {v['id']: {} for v in rows} | here | dict.fromkeys(bonus, {}))
        sheet(os.path.join(folder, '收入.csv'), ('工号', '收入额', '三险额'),
              [(v['id'], v['income'], v['special']) for v in rows] + [(who, '4000', '0') for who in list(here) + list(bonus)])
        sheet(os.path.join(folder, '专项附加扣除.csv'), ('工号', '累计子女教育'), [(v['id'], int(v['additional']) * m) for v in rows])
        sheet(os.path.join(folder, '年度奖金.csv'), ('工号', '奖金金额', '奖金计税'), [(who, x, '单独') for who, x in bonus.items()])
        for v in rows:
            expected += [(month, v['id'], '本月个税', v['withhold']), (month, v['id'], '累计应纳税所得额', v['cum_taxable'] + '.00'),
                         (month, v['id'], '累计已扣个税', f"{float(v['cum_withheld']) - float(v['withhold']):.2f}")]
        expected += [(month, who, '奖金个税', BONUSES[x]) for who, x in bonus.items()]
    return judge(run(salespay, top), expected)


PAY_CASES = [   # month, id, staff columns, (leave in hours, sick days), reward, damages, {figure: value}
    ('2026-07', 'corr1', {'职级': 'V2175'}, (8, 0), 0, 0, {'基本工资': '2080.43', '应计天数': '23'}),
    ('2026-10', 'join', {'职级': 'V6000', '入职日期': '2026-10-15'}, (0, 0), 0, 0, {'基本工资': '3428.57', '在岗天数': '12', '应计天数': '21'}),
    ('2026-07', 'sickfloor', {'职级': 'V2175', '入职日期': '2025-06-01'}, (0, 23), 0, 0, {'病假工资': '2032.00', '基本工资': '0.00'}),
    ('2026-07', 'sick60', {'职级': 'V6000', '入职日期': '2024-08-01'}, (0, 23), 0, 0, {'病假工资': '3600.00'}),
    ('2026-07', 'sick70', {'职级': 'V6000', '入职日期': '2024-07-31'}, (0, 23), 0, 0, {'病假工资': '4200.00'}),
    ('2026-07', 'sick80', {'职级': 'V6000', '入职日期': '2022-07-31'}, (0, 23), 0, 0, {'病假工资': '4800.00'}),
    ('2026-07', 'sick90', {'职级': 'V6000', '入职日期': '2020-07-31'}, (0, 23), 0, 0, {'病假工资': '5400.00'}),
    ('2026-07', 'sick100', {'职级': 'V6000', '入职日期': '2018-07-31'}, (0, 23), 0, 0, {'病假工资': '6000.00'}),
    ('2026-07', 'base8000', {'职级': 'V6000'}, (0, 0), 0, 0, {'养老个人': '640.00', '医疗个人': '160.00', '失业个人': '40.00', '公积金个人': '560.00', '三险一金': '1400.00'}),
    ('2026-07', 'jiao', {'职级': 'V6000', '社保基数': '7384.35', '公积金基数': '7384.35'}, (0, 0), 0, 0,
     {'养老个人': '590.80', '医疗个人': '147.70', '失业个人': '37.00', '公积金个人': '517.00'}),
    ('2026-07', 'in15', {'职级': 'V6000', '入职日期': '2026-07-15'}, (0, 0), 0, 0, {'本月参保': 'yes'}),
    ('2026-07', 'in16', {'职级': 'V6000', '入职日期': '2026-07-16'}, (0, 0), 0, 0, {'本月参保': 'no', '养老个人': '0.00', '公积金个人': '560.00'}),
    ('2026-07', 'out15', {'职级': 'V6000', '离职日期': '2026-07-15'}, (0, 0), 0, 0, {'本月参保': 'no'}),
    ('2026-07', 'out16', {'职级': 'V6000', '离职日期': '2026-07-16'}, (0, 0), 0, 0, {'本月参保': 'yes'}),
    ('2026-07', 'first', {'职级': 'V6000', '首次就业': '是', '入职日期': '2026-07-06'}, (0, 0), 0, 0, {'公积金个人': '0.00', '养老个人': '640.00'}),
    ('2026-08', 'first', {'职级': 'V6000', '首次就业': '是', '入职日期': '2026-07-06'}, (0, 0), 0, 0, {'公积金个人': '560.00'}),
    ('2026-07', 'loss5000', {'职级': 'V0'}, (0, 0), 5000, 1500, {'罚赔扣款': '1000.00', '未扣余额': '500.00'}),
    ('2026-07', 'loss2800', {'职级': 'V0'}, (0, 0), 2800, 1500, {'罚赔扣款': '260.00', '未扣余额': '1240.00'}),
    ('2026-07', 'loss2500', {'职级': 'V0'}, (0, 0), 2500, 1500, {'罚赔扣款': '0.00', '未扣余额': '1500.00'}),
]
# another calendar: a May with 21 working days and one statutory holiday
MAY = [('2027-05', 'corr2', {'职级': 'V2175'}, (8, 0), 0, 0, {'基本工资': '2076.14', '应计天数': '22'})]


def pay(salespay, source, top):
    with open(os.path.join(source, 'calendar.csv'), encoding='utf-8-sig') as f:
        real = f.read()
    expected, found = [], {}
    for n, (cases, calendar) in enumerate(((PAY_CASES, real), (MAY, '日期,类型,名称\n2027-05-01,法定,劳动节\n'))):
        here = os.path.join(top, str(n))
        months = sorted({c[0] for c in cases})
        company(here, source, PAY, months[0], 10, calendar)
        numbers_of_vectors(here)
        for month in [f'2026-{m:02}' for m in range(7, 11)] if n == 0 else months:
            mine = [c for c in cases if c[0] == month] or [(month, 'nobody', {'职级': 'V6000'}, (0, 0), 0, 0, {})]
            folder = os.path.join(here, month)
            staff(folder, {c[1]: c[2] for c in mine})
            sheet(os.path.join(folder, '考勤.csv'), ('工号', '事假(小时)', '病假(天)'), [(c[1], *c[3]) for c in mine])
            sheet(os.path.join(folder, '奖惩.csv'), ('工号', '奖惩类型', '奖惩金额'),
                  [(c[1], kind, x) for c in mine for kind, x in (('奖励', c[4] or (9000 if c[2]['职级'] != 'V0' else 0)), ('赔偿', c[5])) if x])
            expected += [(month, c[1], figure, value) for c in mine for figure, value in c[6].items()]
        found.update(run(salespay, here))
    return judge(found, expected)


def numbers_of_vectors(top):
    """the minimum wage and the grades of the published cases, no award beside"""
    tables = os.path.join(top, 'policies', 'tables')
    put(os.path.join(tables, '最低工资标准.csv'), 'from,值\n2026-05,2540\n')
    for name in ('全勤奖标准', '高温津贴标准'):
        put(os.path.join(tables, name + '.csv'), 'from,值\n2026-05,0\n')
    with open(os.path.join(tables, '职级.csv'), encoding='utf-8-sig', newline='') as f:
        titles = next(csv.reader(f))
    grades = [dict.fromkeys(titles, '0') | {'id': f'V{s}', 'title': f'V{s}', 'track': 'V', 'order': str(i), '基本工资标准': str(s)} for i, s in enumerate((0, 2175, 6000), 1)]
    sheet(os.path.join(tables, '职级.csv'), titles, [[g[t] for t in titles] for g in grades])


def without_examples(path):
    """the articles' own examples speak of the sample's pay date and numbers; they are executed with the sample"""
    with open(path, encoding='utf-8') as f:
        text = f.read()
    put(path, re.sub(r'<example\b.*?</example>', '', text, flags=re.S))


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ('tax', 'pay'):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as temporary:
        top = os.path.join(temporary, 'company')
        good = (tax if sys.argv[1] == 'tax' else pay)(os.path.abspath(sys.argv[2]), sys.argv[3], top)
    sys.exit(0 if good else 1)


if __name__ == '__main__':
    main()
