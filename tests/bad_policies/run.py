#!/usr/bin/env python3
"""TAP: every bad policy is told at its place, in its words, and nothing else is. SALESPAY names the program."""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get('SALESPAY', os.path.join(TOP, 'build/release/salespay'))


def read_expect(path):
    """The messages wanted: [headline, marked part or None, help or None]."""
    wanted = []
    with open(path, encoding='utf-8') as f:
        lines = f.read().split('\n')
    for line in lines:
        if line.startswith('  marks: '):
            wanted[-1][1] = line[len('  marks: '):]
        elif line.startswith('  help: '):
            wanted[-1][2] = line[len('  help: '):]
        elif line and not line.startswith('schema:'):
            wanted.append([line, None, None])
    return wanted


def lint(case, language, empty):
    """The errors and warnings as JSON objects, and how the program ended."""
    folder = os.path.join(HERE, case)
    what = ['-i', case] if os.path.isdir(folder) else [case + '.xml', '-i', empty]
    done = subprocess.run([PROGRAM, 'lint', *what, '--format', 'json', '--lang', language], cwd=HERE,
                          capture_output=True, text=True, timeout=60)
    out = [json.loads(line) for line in (done.stdout + done.stderr).splitlines() if line.startswith('{')]
    return [m for m in out if m.get('level') in ('error', 'warning')], done


def headline(m):
    where = ':'.join(str(m[k]) for k in ('file', 'line', 'column') if m.get(k))
    return f"{where}: {m['level']}[{m['code']}]: {m['message']}"


def marked(m):
    if m.get('text') is None or m.get('end') is None:
        return None
    return m['text'][m['column'] - 1:m['end'] - 1]


def problems(case, empty):
    wanted = read_expect(os.path.join(HERE, case + '.expect'))
    messages, done = lint(case, 'en', empty)
    said = [headline(m) for m in messages]
    found = []
    for head, mark, help_line in wanted:
        if head not in said:
            found.append('missing: ' + head)
            continue
        m = messages[said.index(head)]
        if mark is not None and marked(m) != mark:
            found.append(f'marks {marked(m)!r}, not {mark!r}')
        if help_line is not None and help_line not in (m.get('help') or ''):
            found.append(f"help is {m.get('help')!r}, without {help_line!r}")
    # What lint notices in a policy that loads all the same is tests/lint.py's.
    found += ['surplus: ' + s for s in said if s not in [w[0] for w in wanted] and '[E07' not in s]
    errors = any(': error[' in w[0] for w in wanted)
    if done.returncode != (1 if errors else 0):
        found.append(f'exit status {done.returncode}: {done.stderr.strip()[-300:]}')
    other, _ = lint(case, 'zh-CN', empty)
    places = [(m['code'], m['file'], m['line'], m['column']) for m in messages]
    if places != [(m['code'], m['file'], m['line'], m['column']) for m in other]:
        found.append('another language says something else')
    return found


def main():
    cases = sorted(f[:-len('.expect')] for f in os.listdir(HERE) if f.endswith('.expect'))
    chosen = [c for c in cases if not sys.argv[1:] or any(a in c for a in sys.argv[1:])]
    print(f'1..{len(chosen)}')
    status = 0
    with tempfile.TemporaryDirectory() as empty:
        for number, case in enumerate(chosen, 1):
            found = problems(case, empty)
            print(f"{'not ok' if found else 'ok'} {number} - {case}")
            for line in found:
                print('# ' + line)
            status |= bool(found)
    return status


if __name__ == '__main__':
    sys.exit(main())
