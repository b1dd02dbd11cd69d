#!/usr/bin/env python3
"""The reference implementation's commands.

    salespay_ref.py run INPUT_DIR [MONTH] --out DIR [--records DIR] [--hold]
    salespay_ref.py examples INPUT_DIR|POLICY.xml [--calendar FILE]
    salespay_ref.py eval                        JSON lines {"formula", "names": {name: {"type", "value"}}, "type"}
    salespay_ref.py compare OURS THEIRS [--records DIR]     both folders of months; the lines may be in the records
    salespay_ref.py mutate INPUT_DIR [--ledgers]            which numbers of the policies no example holds
    salespay_ref.py fuzz-formulas --seed N --count K --policy DIR/policies/NAME.xml
"""
import argparse
import os
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from refpay import values                                     # noqa: E402
from refpay.calendars import Calendar                         # noqa: E402
from refpay.engine import prepare                             # noqa: E402
from refpay.examples import run_examples                      # noqa: E402
from refpay.months import Company, compute, default_pay_date  # noqa: E402
from refpay.output import write_month                         # noqa: E402
from refpay.policy import Policy                              # noqa: E402
from refpay.values import RefError, month_index, month_text   # noqa: E402


def command_run(args):
    last = month_index(args.month) if args.month else None
    for run in compute(args.input, last, args.records, args.hold):
        write_month(run, os.path.join(args.out, month_text(run.month)))
        print(f'{month_text(run.month)}: {len(run.people)} people, {len(run.excluded)} excluded')
    return 0


def command_examples(args):
    calendar = Calendar.read(args.calendar) if args.calendar else Calendar()
    if os.path.isdir(args.input):
        company = Company(args.input)
        calendar = calendar if args.calendar else company.calendar
        work = [(company.policy(e.path), company.pay_date, e.start or None) for e in company.entries]
    else:
        work = [(prepare(Policy(args.input)), default_pay_date, None)]
    bad, seen = 0, set()
    for policy, pay_date, month in work:
        if policy in seen:
            continue
        seen.add(policy)
        count, wrong = run_examples(policy, calendar, pay_date, month)
        bad += len(wrong)
        for where, title, name, expected, found in wrong:
            print(f'{where}: {title}: {name}: expected {expected}, computed {found}')
        print(f'{policy.path}: {count} examples, {len(wrong)} wrong')
    return 1 if bad else 0


def command_eval(args):
    from refpay.evaluate import evaluate_lines
    return evaluate_lines(sys.stdin, sys.stdout)


def command_fuzz(args):
    from refpay.fuzz import write_policy
    write_policy(args.policy, args.seed, args.count)
    return 0


def command_compare(args):
    from refpay.differences import compare
    count, found = compare(args.ours, args.theirs, args.records)
    for line in found[:args.most]:
        print(line)
    print(f'{count} files compared, {len(found)} differences')
    return 1 if found or not count else 0


def command_mutate(args):
    from refpay.mutate import mutate
    tried, silent = mutate(args.input, args.ledgers)
    print(f'{tried} numbers changed, {len(silent)} unnoticed')
    return 1 if silent else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    p = commands.add_parser('run')
    p.add_argument('input')
    p.add_argument('month', nargs='?')
    p.add_argument('--out', required=True)
    p.add_argument('--records')
    p.add_argument('--hold', action='store_true', help='a check of level error does not stop')
    p.set_defaults(work=command_run)
    p = commands.add_parser('examples')
    p.add_argument('input')
    p.add_argument('--calendar')
    p.set_defaults(work=command_examples)
    p = commands.add_parser('eval')
    p.set_defaults(work=command_eval)
    p = commands.add_parser('fuzz-formulas')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--count', type=int, default=50)
    p.add_argument('--policy', required=True)
    p.set_defaults(work=command_fuzz)
    p = commands.add_parser('compare')
    p.add_argument('ours')
    p.add_argument('theirs')
    p.add_argument('--records')
    p.add_argument('--most', type=int, default=50)
    p.set_defaults(work=command_compare)
    p = commands.add_parser('mutate')
    p.add_argument('input')
    p.add_argument('--ledgers', action='store_true')
    p.set_defaults(work=command_mutate)
    args = parser.parse_args()
    try:
        return args.work(args)
    except RefError as e:
        print(f'error: {e}', file=sys.stderr)
        return 1


def in_deep_thread():
    """Figures ask for each other recursively, so a long chain needs a deep stack."""
    status = []

    def work():
        values.decimal.setcontext(values.CONTEXT)
        status.append(main())
    sys.setrecursionlimit(200000)
    threading.stack_size(256 << 20)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return status[0] if status else 2


if __name__ == '__main__':
    sys.exit(in_deep_thread())
