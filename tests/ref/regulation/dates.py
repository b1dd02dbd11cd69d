"""Days: the months, the working and statutory days of calendar.csv, whole months between two days, the pay date."""
import calendar
import datetime

from exports import sheet

DAY = datetime.timedelta(1)


def month_first(month):
    return datetime.date(int(month[:4]), int(month[5:]), 1)


def last_of(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_before(month, n=1):
    at = int(month[:4]) * 12 + int(month[5:]) - 1 - n
    return f'{at // 12:04}-{at % 12 + 1:02}'


def pay_date(month):
    """article 1: the tenth of the next month"""
    return (last_of(month_first(month)) + DAY).replace(day=10)


def whole_months(a, b):
    """the most months that can be added to a without passing b; a day a month does not have is its last"""
    n = (b.year - a.year) * 12 + b.month - a.month
    if min(a.day, last_of(b).day) > b.day:
        n -= 1
    return max(n, 0)


class Calendar:
    def __init__(self, path):
        self.kinds = {r.date('日期'): r.text('类型') for r in sheet(path, '日期')}

    def counted(self, a, b):
        """working days and statutory holidays from a to b: the days that are paid"""
        n, day = 0, a
        while day <= b:
            kind = self.kinds.get(day)
            working = kind == '班' or (kind is None and day.weekday() < 5)
            n += working or kind == '法定'
            day += DAY
        return n
