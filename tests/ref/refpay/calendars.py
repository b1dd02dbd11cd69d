"""calendar.csv: days off, statutory holidays, make-up working days."""
import datetime

from . import csvread
from .values import RefError, read_date

KINDS = {'休': 'off', '法定': 'statutory', '班': 'work', 'off': 'off', 'statutory': 'statutory', 'work': 'work'}


class Calendar:
    def __init__(self, rows=()):
        """rows: (date, kind)"""
        self.days, self.years = {}, set()
        for date, kind in rows:
            self.days[date] = KINDS[kind]
            self.years.add(date.year)

    @classmethod
    def read(cls, path):
        rows = []
        for r in csvread.simple(path):
            date = read_date(r.get('日期') or r.get('date'))
            if date is None:
                raise RefError(f"{path}:{r['#']}: no date")
            rows.append((date, r.get('类型') or r.get('kind')))
        return cls(rows)

    def count(self, what, first, last):
        """Working days or statutory holidays from first to last, both included."""
        n, day = 0, first
        for year in range(first.year, last.year + 1):
            if first <= last and year not in self.years:
                raise RefError(f'calendar.csv has no row of {year}')
        while day <= last:
            kind = self.days.get(day)
            if what == 'holidays':
                n += kind == 'statutory'
            else:
                n += kind == 'work' or kind is None and day.weekday() < 5
            day += datetime.timedelta(days=1)
        return n
