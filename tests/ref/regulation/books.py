"""The books: the ledger's columns in the regulations' order, and the files of a month."""
import os

from amounts import cell

SHARED_BEFORE = '''在岗开始 在岗结束 应计天数# 在岗天数# 满月 离职当月 试用中 试用系数# 事假天数# 缺勤天数# 长假 基本工资 司龄月数# 病假比例# 病假工资
岗位津贴 餐补 通讯补助 劳保福利 高温津贴 考勤异常次数# 全勤奖'''
DILIGENCE = '出勤积分# 出勤积分奖 晨会奖 日报奖 档案奖 培训奖 月勤工奖'
SUPPORT_SCORE = '''机构月目标 机构净回款 及时得分# 差错得分# 满意得分# 协作得分# 团队得分# 报表得分# 学习得分# 投诉扣分# 表扬加分# 当月绩效得分#'''
PERFORMANCE = '绩效工资基数 有得分 有效得分# 绩效工资 考核等级 公司排名# 部门内排名# 同职级排名#'
COMMISSION = '''提成系数# 有无原单退款 独立提成 合作分成 退款扣回 提成 战略客户奖 本月收款 本月退款 本月净回款 近三月净回款 本年净回款'''
PRIZES = '本月单数# 本月续单额 超额奖 续单奖 单量奖 月度业绩奖 支持奖池 奖池权重# 奖池分配'
SHARED_AFTER = '''下属人数# 下属平均分# 管理津贴 带队奖 奖励 年度奖金 单独计税奖金 以前月份补发 应发合计
已参保 已停保 本月参保 社保缴费基数 社保基数越限 社保取整单位# 医疗定额
养老个人 医疗个人 失业个人 养老单位 医疗单位 失业单位 工伤单位 社保账单差额 公积金基数下限 本月缴存 公积金缴存基数 公积金个人 公积金单位
计税截止日 减除月数# 累计减除费用 计税收入 三险一金 累计计税收入 累计三险一金 累计附加扣除 累计应纳税所得额 预扣率# 速算扣除 累计已扣个税 本月个税
奖金个税 重复单独计税 奖金临界多缴 违纪次数# 本月罚赔 上月未扣 应扣罚赔 罚赔基数 罚赔上限 罚赔扣款 未扣余额 有未扣余额
扣款合计 实发工资 单位缴纳合计 用工成本 低于最低工资 实发为负 考勤有误'''
SUPPORT_CAREER = '连续优秀月数# 连续不达标月数# 任职月数# 近三月违纪月数# 证书有效 晋升所需月数# 回款差额 距降级月数# 距调离月数# 本月试用期满 转正分差#'
ACCOUNT_ALONE = '月度目标 完成率# 新客单数# 回款得分# 新客得分# 近三月达标月数# 连续低完成月数# 达标需月数#'

ALL = ' '.join((SHARED_BEFORE, DILIGENCE, SUPPORT_SCORE, PERFORMANCE, COMMISSION, PRIZES, SHARED_AFTER, SUPPORT_CAREER, ACCOUNT_ALONE)).split()
FIGURES = [f.rstrip('#') for f in ALL]
NUMBERS = {f.rstrip('#') for f in ALL if f.endswith('#')}
EARNINGS = '''基本工资 病假工资 岗位津贴 餐补 通讯补助 劳保福利 高温津贴 全勤奖 月勤工奖 绩效工资 提成 战略客户奖 月度业绩奖 奖池分配 管理津贴 带队奖
奖励 年度奖金 以前月份补发'''.split()
LINES = ('个人提成', '合作提成', '原单已计', '退回提成')


def field(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text


def write(path, rows):
    with open(path, 'w', encoding='utf-8', newline='') as f:
        for row in rows:
            f.write(','.join(field(c) for c in row) + '\n')


def write_month(folder, people, moves):
    os.makedirs(folder, exist_ok=True)
    people = sorted(people, key=lambda p: p.id.encode())
    write(os.path.join(folder, 'ledger.csv'), [['工号', '姓名', '部门', '职级'] + FIGURES] + [
        [p.id, p.name, p.unit, p.grade] + [cell(p.figures.get(f), f not in NUMBERS) for f in FIGURES] for p in people])
    for name in LINES:
        write(os.path.join(folder, f'lines-{name}.csv'), [['id', 'key', 'file line', 'value']] + [
            [p.id, o.number, str(o.line), cell(v, True)] for p in people for o, v in p.lines[name]])
    rows = [['id', 'movement', 'from', 'to', 'verdict', 'criterion', 'holds', 'value', 'required', 'gap']]
    for p in people:
        for title, here, to, verdict, criteria in moves[p.id]:
            rows += [[p.id, title, here, to, verdict, name, 'yes' if ok else 'no', value, required, gap] for name, ok, value, required, gap in criteria]
    write(os.path.join(folder, 'movements.csv'), rows)
