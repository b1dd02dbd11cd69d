#!/usr/bin/env python3
"""Is any number of the sample's policies written down only once?  TAP.

Every number of input/policies is changed, one at a time: `salespay lint`, which executes the examples beside the articles, must
refuse the policy.  What no example holds must change a ledger, a line or a movement of the six months (of the second
interpreter, which agrees with the program in every cell), and then tests/sample_numbers.sh sees it. Two things are exempt:
the ranks of grades in tables/职级.csv, where the change keeps their order.

    mutate.py [--salespay PROGRAM] [--input DIR] [--sample N] [--seed S]      N numbers at random (40)
    mutate.py --full                                                            every number, by hand: some minutes
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TOP, 'tests', 'ref'))
sys.dont_write_bytecode = True

from refpay.mutate import other, results, spans_of_csv, spans_of_xml      # noqa: E402

# ranks of grades: a change that leaves the order within the track as it was says nothing else
EXEMPT = re.compile(r'tables/职级\.csv$')


def numbers(policies):
    """[(path below policies, start, end)]"""
    found = []
    for where, _, names in sorted(os.walk(policies)):
        for name in sorted(names):
            spans = {'.xml': spans_of_xml, '.csv': spans_of_csv}.get(os.path.splitext(name)[1])
            path = os.path.join(where, name)
            if spans:
                found += [(os.path.relpath(path, policies), a, b) for a, b in spans(text_of(path))]
    return found


def text_of(path):
    with open(path, encoding='utf-8', newline='') as f:
        return f.read()


def put(path, text):
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(text)


class Mutant:
    """one number changed, for as long as the with statement lasts"""

    def __init__(self, copy, spot):
        self.path, self.start, self.end = os.path.join(copy, 'policies', spot[0]), *spot[1:]
        self.text = text_of(self.path)
        self.number = self.text[self.start:self.end]
        self.name = f'{spot[0]}:{self.text.count(chr(10), 0, self.start) + 1}: {self.number} to {other(self.number)}'

    def __enter__(self):
        put(self.path, self.text[:self.start] + other(self.number) + self.text[self.end:])
        return self

    def __exit__(self, *_):
        put(self.path, self.text)

    def is_rank_kept(self, spot):
        """an `order` of the grade table whose change leaves every track in the same order"""
        if not EXEMPT.search(self.path):
            return False
        line = self.text.count('\n', 0, self.start)
        at = self.text[self.text.rfind('\n', 0, self.start) + 1:self.start].count(',')
        lines = [row.split(',') for row in self.text.strip().splitlines()]
        if lines[0][at] != 'order':
            return False
        track, ranks = lines[0].index('track'), [list(row) for row in lines]
        ranks[line][at] = other(self.number)
        mine = lines[line][track]

        def ladder(rows):
            return [row[0] for row in sorted((r for r in rows[1:] if r[track] == mine), key=lambda r: int(r[at]))]
        distinct = len({r[at] for r in ranks[1:] if r[track] == mine}) == len([r for r in ranks[1:] if r[track] == mine])
        return distinct and ladder(ranks) == ladder(lines)


def lint(salespay, folder):
    done = subprocess.run([salespay, 'lint', '-i', folder, '--color', 'never', '-q'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          encoding='utf-8', errors='replace')
    if done.returncode not in (0, 1):
        raise SystemExit(f'Bail out! lint ends with {done.returncode}:\n{done.stdout}')
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--salespay', default=os.environ.get('SALESPAY', os.path.join(TOP, 'build', 'release', 'salespay')))
    parser.add_argument('--input', default=os.path.join(TOP, 'input'))
    parser.add_argument('--sample', type=int, default=40)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--full', action='store_true')
    args = parser.parse_args()
    os.environ.setdefault('SALESPAY_DATA', TOP)
    with tempfile.TemporaryDirectory() as top:
        copy = os.path.join(top, 'input')
        shutil.copytree(args.input, copy, ignore=shutil.ignore_patterns('records'))
        if not lint(args.salespay, copy):
            raise SystemExit('Bail out! lint refuses the policies as they are')
        every = numbers(os.path.join(copy, 'policies'))
        spots = every if args.full else random.Random(args.seed).sample(every, min(args.sample, len(every)))
        print(f'# {len(every)} numbers in all, seed {args.seed}')
        print(f'1..{len(spots) + 1}')
        bad = weigh(args.salespay, copy, spots)
    sys.exit(1 if bad else 0)


def weigh(salespay, copy, spots):
    """-> how many numbers nothing notices"""
    before, bad, shown = None, 0, {'an example': 0, 'the months': 0, 'order kept': 0}
    for n, spot in enumerate(spots, 1):
        mutant = Mutant(copy, spot)
        with mutant:
            if not lint(salespay, copy):
                by = 'an example'
            elif mutant.is_rank_kept(spot):
                by = 'order kept'
            else:
                by = ''
        if not by:
            before = before or results(copy)
            with mutant:
                by = 'the months' if results(copy) != before else ''
        if by:
            shown[by] += 1
        else:
            bad += 1
        print(f'{"ok" if by else "not ok"} {n} - {mutant.name}: {by or "nothing notices"}', flush=True)
    print(f'# by an example {shown["an example"]}, by the months {shown["the months"]}, ranks whose order is kept {shown["order kept"]}, unnoticed {bad}')
    whole = shown['an example'] >= 0.9 * (len(spots) - shown['order kept'])
    print(f'{"ok" if whole else "not ok"} {len(spots) + 1} - nine of ten are held by an example beside their article')
    return bad + (not whole)


if __name__ == '__main__':
    main()
