"""A company whose slips can be mailed: tests/small with addresses and as many people as are wanted."""
import os
import pathlib
import shutil
import subprocess

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
MAIL = '<mail from="工资组 &lt;pay@example.com&gt;"/>'
SEALING = ("--by", "张三", "--approved-by", "李四", "--date", "2026-11-05")


class Company:
    """people: (id, name, address, identity number); a dict of month to people for more than one month."""

    def __init__(self, folder, people, mail=MAIL, payslip="", language="zh-CN"):
        self.folder = pathlib.Path(folder)
        self.input, self.output = self.folder / "in", self.folder / "out"
        self.records = self.input / "records"
        shutil.copytree(TOP / "tests/small", self.input)
        staff = self.input / "policies/lib/staff.xml"
        staff.write_text(staff.read_text(encoding="utf-8").replace(
            '<column name="试用期"', '<column name="邮箱" type="text" role="email"/>'
            '<column name="证件号" type="text" role="identity"/><column name="试用期"', 1), encoding="utf-8")
        self.settings(mail, payslip, language)
        for month, rows in (people if isinstance(people, dict) else {"2026-09": people, "2026-10": people}).items():
            self.people(month, rows)

    def settings(self, mail=MAIL, payslip="", language="zh-CN"):
        (self.input / "company.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n<company xmlns="urn:salespay:company:1" name="小公司" short="小" '
            f'lang="{language}">\n  <policy href="policies/support.xml" from="2026-09"/>\n  <pay day="10" month="next"/>\n'
            f'  {payslip}\n  {mail}\n</company>\n', encoding="utf-8")

    def people(self, month, rows):
        folder = self.input / month

        def write(name, head, line):
            (folder / name).write_text("\n".join([head] + [line(*row) for row in rows]) + "\n", encoding="utf-8")

        quoted = lambda text: '"' + text.replace('"', '""') + '"'
        write("花名册.csv", "员工编号,员工姓名,所属部门,职级,性别,入职时间,离职日期,邮箱,证件号,试用期",
              lambda i, name, address, identity: f"{i},{quoted(name)},华东支持部,S2,男,2024-03-01,,{quoted(address)},{identity},否")
        write("考勤.csv", "工号,事假天数,旷工天数,迟到次数,晨会缺席,档案完整,培训出勤率", lambda i, *_: f"{i},0,0,0,0,是,95%")
        write("评分.csv", "工号,工作质量,及时率,满意度,制度执行,投诉次数,培训合格", lambda i, *_: f"{i},95,98%,92,100,0,是")
        (folder / "订单.csv").write_text("订单号,工号,日期,业务来源,类型,金额(元),原订单号,原金额\n", encoding="utf-8")

    def call(self, *arguments, env=None):
        """(status, stdout, stderr)"""
        done = subprocess.run([PROGRAM, *arguments, "-i", str(self.input), "-o", str(self.output)],
                              env=dict(os.environ, SALESPAY_DATA=str(TOP), LC_ALL="C.UTF-8", **(env or {})),
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def must(self, *arguments):
        status, out, err = self.call(*arguments)
        assert status == 0, f"salespay {' '.join(arguments)}: {status}\n{out}{err}"
        return out

    def seal(self, *months):
        for month in months or ("2026-09", "2026-10"):
            self.must("run", month)
            self.must("seal", month, *SEALING)
        return self

    def secrets(self):
        import csv
        with open(self.records / "secrets.csv", encoding="utf-8-sig", newline="") as file:
            return {row["id"]: row["secret"] for row in csv.DictReader(file)}
