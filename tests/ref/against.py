#!/usr/bin/env python3
"""The C program against the second implementation: the sample company and random ones, every cell.

    against.py SALESPAY [--input DIR] [--seeds 1-20] [--count 60] [--keep DIR]

Prints TAP.  Everything is computed in a temporary folder; the input is copied
without its records, so that both start from the same books.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCE = [sys.executable, os.path.join(HERE, 'salespay_ref.py')]
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
os.environ.setdefault('SALESPAY_DATA', os.path.join(HERE, '..', '..'))

from refpay.differences import compare      # noqa: E402


def call(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding='utf-8', errors='replace')
    return done.returncode, done.stdout


def both(salespay, folder, top):
    """-> [what is wrong] after both have computed the company in folder"""
    ours, theirs, records = (os.path.join(top, n) for n in ('reference', 'output', 'records'))
    status, text = call(REFERENCE + ['run', folder, '--out', ours])
    if status:
        return ['the reference stops:'] + text.strip().splitlines()[-5:]
    status, text = call([salespay, 'run', '-i', folder, '-o', theirs, '--records', records, '--lang', 'en', '--color', 'never',
                         '--progress', 'never'])
    if status:
        return [f'salespay ends with {status}'] + [line for line in text.splitlines() if 'error' in line]
    count, found = compare(ours, theirs, records)
    return found if count else ['no file to compare']


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('salespay')
    parser.add_argument('--input')
    parser.add_argument('--seeds', default='1-20')
    parser.add_argument('--count', default='60')
    parser.add_argument('--keep')
    args = parser.parse_args()
    salespay = os.path.abspath(args.salespay)
    first, _, last = args.seeds.partition('-')
    seeds = range(int(first), int(last or first) + 1)
    names = (['input'] if args.input else []) + [f'seed {s}' for s in seeds]
    print(f'1..{len(names)}')
    bad = 0
    with tempfile.TemporaryDirectory() as temporary:
        base = args.keep or temporary
        for i, name in enumerate(names, 1):
            top = os.path.join(base, name.replace(' ', '-'))
            shutil.rmtree(top, ignore_errors=True)
            folder = os.path.join(top, 'input')
            if name == 'input':
                shutil.copytree(args.input, folder, ignore=shutil.ignore_patterns('records'))
            else:
                status, text = call(REFERENCE + ['fuzz-formulas', '--seed', name.split()[1], '--count', args.count,
                                                 '--policy', os.path.join(folder, 'policies', 'fuzz.xml')])
                if status:
                    print(text)
            wrong = both(salespay, folder, top)
            bad += bool(wrong)
            print(f'{"not ok" if wrong else "ok"} {i} - {name}: both programs agree in every cell')
            for line in wrong[:20]:
                print(f'# {line}')
            if len(wrong) > 20:
                print(f'# and {len(wrong) - 20} more')
            if not args.keep:
                shutil.rmtree(top, ignore_errors=True)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
