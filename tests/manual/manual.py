"""Checks of gen/man/policy.md against tests/manual/ and the program; see tests/manual.sh."""
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import xml.etree.ElementTree as ElementTree

MANUAL = 'gen/man/policy.md'
HERE = 'tests/manual'
RNG = '{http://relaxng.org/ns/structure/1.0}'
SALESPAY = os.environ['SALESPAY']
results = []


def report(what, problems):
    results.append(not problems)
    print(f"{'not ok' if problems else 'ok'} {len(results)} - {what}")
    for problem in problems[:20]:
        print('#', problem)


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def blocks(text):
    """-> [(kind, value, lines)] of the fenced displays; kind example, mistake, says or None"""
    found, lines, i, mark = [], text.split('\n'), 0, (None, '')
    while i < len(lines):
        marker = re.fullmatch(r'<!-- (example|mistake|says):? ?(\S*) -->', lines[i])
        if marker:
            mark = marker.groups()
        elif lines[i].startswith('```'):
            end = lines.index('```', i + 1)
            found.append((*mark, lines[i + 1:end]))
            i, mark = end, (None, '')
        elif lines[i].strip():
            if mark[0]:
                found.append(('lost', mark[1], [lines[i]]))
            mark = (None, '')
        i += 1
    return found


def stands_in(block, path):
    """Its lines follow one another in the file, however deep they are indented."""
    there = read(path).split('\n')
    for start in range(len(there) - len(block) + 1):
        part = there[start:start + len(block)]
        if part == block or textwrap.dedent('\n'.join(part)).split('\n') == block:
            return True
    return False


def files_below(folder, ending):
    return sorted(os.path.join(where, name) for where, _, names in os.walk(folder) for name in names if name.endswith(ending))


def language():
    """-> {element: its attributes} of templates/policy.rng"""
    root = ElementTree.parse('templates/policy.rng').getroot()
    defines = {}
    for define in root.iter(RNG + 'define'):
        defines.setdefault(define.get('name'), []).append(define)
    elements = {}

    def attributes(node, seen):
        for child in node:
            if child.tag == RNG + 'attribute':
                name = child.get('name') or (child.findtext(RNG + 'name') or '').strip()
                if name:
                    yield name
            elif child.tag == RNG + 'ref' and child.get('name') not in seen:
                seen.add(child.get('name'))
                for define in defines.get(child.get('name'), []):
                    yield from attributes(define, seen)
            elif child.tag != RNG + 'element':
                yield from attributes(child, seen)

    for element in root.iter(RNG + 'element'):
        if element.get('name'):
            elements.setdefault(element.get('name'), set()).update(attributes(element, set()))
    return elements


def functions():
    """-> [(English, Chinese)] of the program's own table"""
    table = read('gen/policy/formula_function.c')
    return re.findall(r'ROW\(\w+, "([^"]+)", "([^"]+)"', table)


def check_displays(displays):
    wrong = [f'a marker without display before: {lines[0]}' for kind, _, lines in displays if kind == 'lost']
    for kind, path, lines in displays:
        if kind == 'example' and not os.path.exists(path):
            wrong.append(f'{path} does not exist')
        elif kind == 'example' and not stands_in(lines, path):
            wrong.append(f'{path} does not have: {lines[0]}')
    report('every display of the manual stands in the file it names', wrong)
    shown = {path for kind, path, _ in displays if kind == 'example'}
    policies = files_below(f'{HERE}/policies', '.xml') + files_below(f'{HERE}/tutorial', '.xml')
    report('every policy of tests/manual is shown', [path for path in policies if path not in shown])


def check_coverage(displays):
    shown = '\n'.join('\n'.join(lines) for kind, path, lines in displays if kind == 'example' and path.endswith('.xml'))
    tags = [(name, dict(re.findall(r'([\w-]+)="([^"]*)"', rest))) for name, rest in re.findall(r'<(\w+)([^<>]*)>', shown.replace('&lt;', ''))]
    elements = language()
    report('every element is shown by an example', sorted(set(elements) - {name for name, _ in tags}))
    used = {attribute for _, attributes in tags for attribute in attributes}
    every = {attribute for attributes in elements.values() for attribute in attributes} - {'*'}
    report('every attribute is shown by an example', sorted(every - used))
    text = read(MANUAL)
    missing = [name for name in sorted(every) if f'`{name}`' not in text]
    report('every attribute is explained', missing)
    calls = set(re.findall(r'(\w+)\s*[(（]', shown))
    report('every function is shown under both names',
           [name for pair in functions() for name in pair if name not in calls])
    report('there are functions and elements to look for', [] if len(functions()) > 50 and len(elements) > 25 else ['too few'])


def check_examples():
    for path in files_below(f'{HERE}/policies', '.xml') + files_below(f'{HERE}/tutorial/policies', '.xml'):
        if '/lib/' in path:
            continue
        count = len(re.findall('<example ', read(path)))
        status, said = run(SALESPAY, 'lint', '--lang', 'en', '-i', HERE, path)
        good = status == 0 and f'{count} examples hold' in said and count > 0
        report(f'the {count} examples of {os.path.basename(path)} hold', [] if good else said.split('\n'))
        status, said = run('python3', 'tests/ref/salespay_ref.py', 'examples', path, '--calendar', f'{HERE}/calendar.csv')
        report(f'the second implementation agrees about {os.path.basename(path)}', said.split('\n') if status else [])


def check_schemas():
    wrong = []
    for schema, paths in (('policy', [p for p in files_below(HERE, '.xml') if not p.endswith('company.xml')]),
                          ('company', [p for p in files_below(HERE, '.xml') if p.endswith('company.xml')])):
        status, said = run('xmllint', '--noout', '--relaxng', f'templates/{schema}.rng', *paths)
        wrong += [line for line in said.split('\n') if line and not line.endswith(' validates')] if status or not paths else []
    report('every document of the manual fits the schemas', wrong)


def check_wrong_example():
    with tempfile.TemporaryDirectory() as folder:
        policies = shutil.copytree(f'{HERE}/policies', f'{folder}/policies')
        path = f'{policies}/scalar.xml'
        changed = read(path).replace('<expect name="迟到扣款">100.00<', '<expect name="迟到扣款">100.01<')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(changed)
        status, said = run(SALESPAY, 'lint', '--lang', 'en', '-i', HERE, path)
        report('an example that is a fen off is refused', [] if status == 1 and 'E0440' in said else [said])


def compare(expected, found):
    """The columns of the expected file, row by row; a file of all columns must agree whole."""
    if not os.path.exists(found):
        return [f'{found} was not written']
    with open(expected, encoding='utf-8', newline='') as a, open(found, encoding='utf-8', newline='') as b:
        wanted, got = list(csv.reader(a)), list(csv.reader(b))
    try:
        places = [got[0].index(name) for name in wanted[0]]
    except ValueError as error:
        return [f'{found}: {error}']
    picked = [[row[place] for place in places] for row in got]
    if picked == wanted:
        return []
    return [f'{expected}: {a} but {b}' for a, b in zip(wanted, picked) if a != b] or [f'{expected}: other rows']


def check_months(name, folder, expected):
    with tempfile.TemporaryDirectory() as out:
        shutil.copytree(folder, f'{out}/in', ignore=shutil.ignore_patterns('expected', 'tutorial', '*.py'))
        status, said = run(SALESPAY, 'run', '-q', '-i', f'{out}/in', '-o', f'{out}/out')
        problems = said.split('\n') if status else []
        for path in files_below(expected, '.csv'):
            month, _, below = os.path.relpath(path, expected).partition('/')
            whole = f'{out}/out/{month}/{below}'
            problems += compare(path, whole if os.path.exists(whole) else f'{out}/out/{month}/ledger.csv')
        report(f'{name} gives the months that were worked by hand', problems)


ORDERS = f'{HERE}/tutorial/2026-10/订单.csv'
STAFF = f'{HERE}/tutorial/2026-10/花名册.csv'
DAYS = f'{HERE}/tutorial/2026-10/考勤评分.csv'
# Exports as systems write them: (what, file, its text again, in that encoding). The ledger is the tutorial's each time.
ACCEPTED = [
    ('GB18030, tabs, CRLF', ORDERS, lambda t: t.replace('"10,000.00"', '10000').replace('"5,000.00"', '¥5000').replace(
        '"3,333.33"', '3333.33元').replace('"18,333.33"', '￥18333.33').replace(',', '\t').replace('\n', '\r\n'), 'gb18030'),
    ('UTF-16 with its mark', STAFF, lambda t: t, 'utf-16'),
    ('UTF-8 with its mark, semicolons', STAFF, lambda t: t.replace(',', ';'), 'utf-8-sig'),
    ('dates, full-width digits, apostrophes', ORDERS, lambda t: t.replace('2026/10/09', '20261009').replace(
        '2026/10/21', '2026年10月21日').replace('2026/10/27', '2026/10/27 星期二').replace('"3,333.33"', '３３３３．３３').replace(
        'D002,T01', "D002,'T01").replace('D003,T03', 'D003,\tT03'), 'utf-8'),
    ('header with stars, spaces and full-width letters', DAYS, lambda t: t.replace('工号,', ' *工号 ,').replace('绩效得分', '绩效得分 '), 'utf-8'),
    ('columns in another order, one that nobody knows', STAFF, lambda t: '备注,' + t.replace('\n', '\n"x\ny",', 3).rstrip('\n') + '\n', 'utf-8'),
    ('title lines and blank lines', STAFF, lambda t: '花名册\n\n导出时间:2026-11-02\n' + t.replace('\n', '\n\n', 2), 'utf-8'),
    ('a subtotal, a dash for blank', DAYS, lambda t: t.replace('21,18,,80', '21,18,--,80').rstrip('\n') + '\n小计,63,60,4,272.5\n', 'utf-8'),
]
# Mistakes: (file, what stands there, what is put there, the code that answers; all stand in gen/man/files.md)
REJECTED = [
    (ORDERS, '"5,000.00"', '1.2.3', 'E0203'), (DAYS, '92.5', '好', 'E0204'), (ORDERS, '2026/10/21', '十月', 'E0220'),
    (ORDERS, '续单', '续约', 'E0216'), (ORDERS, 'D002', '1.23E+17', 'E0231'), (ORDERS, '"5,000.00"', '#N/A', 'E0202'),
    (ORDERS, '2026/10/21', '2026-02-30', 'E0221'), (ORDERS, '2026/10/21', '03/04/05', 'E0223'),
    (ORDERS, '"5,000.00"', '', 'E0201'), (DAYS, '92.5', '-1', 'E0214'), (DAYS, '92.5', '101', 'E0215'),
    (ORDERS, 'D002,T01', 'D002,T09', 'E0324'), (DAYS, 'T03,21', 'T01,21', 'E0301'), (STAFF, '姓名', '名字', 'E0142'),
    (STAFF, '所属部门', '姓名', 'E0143'), (ORDERS, '"5,000.00"', '"5,000.00', 'E0130'),
    (STAFF, ',2021-07-15', '', 'E0135'), (STAFF, '2021-07-15', '2021-07-15,x', 'E0136'), (STAFF, '员工编号', '<html>员工编号', 'E0123'),
]


def check_exports():
    with tempfile.TemporaryDirectory() as folder:
        wrong = []
        for what, path, change, encoding in ACCEPTED:
            company = shutil.copytree(f'{HERE}/tutorial', f'{folder}/in', dirs_exist_ok=True)
            with open(f'{company}/2026-10/{os.path.basename(path)}', 'wb') as file:
                file.write(change(read(path)).encode(encoding))
            status, said = run(SALESPAY, 'run', '2026-10', '-q', '-i', company, '-o', f'{folder}/out')
            wrong += [f'{what}: {line}' for line in (said.split('\n') if status else
                      compare(f'{HERE}/tutorial/expected/2026-10/ledger.csv', f'{folder}/out/2026-10/ledger.csv'))]
        report('exports in the forms of files.md give the same ledger', wrong)
        wrong, page = [], read('gen/man/files.md')
        for path, there, put, code in REJECTED:
            company = shutil.copytree(f'{HERE}/tutorial', f'{folder}/in', dirs_exist_ok=True)
            changed = read(path).replace(there, put, 1)
            with open(f'{company}/2026-10/{os.path.basename(path)}', 'w', encoding='utf-8') as file:
                file.write(changed)
            status, said = run(SALESPAY, 'check', '2026-10', '--lang', 'en', '-i', company, '-o', f'{folder}/out')
            if status != 1 or f'error[{code}]' not in said or changed == read(path):
                wrong += [f'{put} should be {code}, status {status}'] + said.split('\n')
            numbers = [int(n) for n in re.findall(r'E0(\d+)', page)]
            ranges = [range(int(a), int(b) + 1) for a, b in re.findall(r'E0(\d+) to E0(\d+)', page)]
            if int(code[2:]) not in numbers and not any(int(code[2:]) in r for r in ranges):
                wrong.append(f'{code} is not in files.md')
        report(f'{len(REJECTED)} mistakes in exports are answered with the codes of files.md', wrong)


HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<policy xmlns="urn:salespay:policy:1" id="mistake" title="错例" version="1">
  <include href="lib/staff.xml"/><include href="lib/tables.xml"/>
'''


def check_mistakes(displays):
    wrong, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(f'{HERE}/policies', f'{folder}/policies')
        path = f'{folder}/policies/mistake.xml'
        for (kind, _, lines), (kind2, _, says) in zip(displays, displays[1:]):
            if kind != 'mistake':
                continue
            count += 1
            with open(path, 'w', encoding='utf-8') as file:
                file.write(HEAD + '\n'.join(lines) + '\n</policy>\n')
            status, said = run(SALESPAY, 'lint', '--lang', 'en', '-i', HERE, path)
            if kind2 != 'says':
                wrong.append(f'no message is shown for: {lines[0]}')
            for line in says:
                if line.strip() not in said:
                    wrong += [f'not said: {line}', *said.split('\n')]
            if status != 1:
                wrong.append(f'status {status} for: {lines[0]}')
    report(f'the {count} typical mistakes are answered as the manual says', wrong if count else ['none found'])


def anchors(path):
    heads = re.findall(r'^#+ (.*)$', re.sub(r'^```.*?^```', '', read(path), flags=re.S | re.M), flags=re.M)
    return {re.sub(r'[^\w\- ]', '', head.lower()).replace(' ', '-') for head in heads}


def check_links():
    wrong = []
    for path in ['README.md'] + files_below('gen/man', '.md'):
        for target in re.findall(r'\]\(([^)\s]+)\)', re.sub(r'^```.*?^```', '', read(path), flags=re.S | re.M)):
            file, _, anchor = target.partition('#')
            if '://' in target:
                continue
            file = os.path.normpath(os.path.join(os.path.dirname(path), file)) if file else path
            if not os.path.exists(file):
                wrong.append(f'{path}: {target} leads nowhere')
            elif anchor and anchor not in anchors(file):
                wrong.append(f'{path}: no heading for {target}')
    report('links of README and manuals lead somewhere', wrong)


def check_pages():
    for path in sorted(os.listdir('gen/man')):
        if path[-2:] in ('.1', '.7'):
            _, said = run('mandoc', '-T', 'lint', f'gen/man/{path}')
            said = [line for line in said.split('\n') if line and 'referenced manual not found' not in line]
            report(f'mandoc finds nothing wrong with {path}', said)
    _, said = run(SALESPAY, 'help')
    page = read('gen/man/salespay.1')
    options = re.findall(r'--([a-z]+)', said)
    report('salespay(1) names every option of the program',
           [name for name in options if f'-{name}' not in page.replace('\\-', '-')] if options else ['no options found'])
    commands = re.findall(r'^  ([a-z]+) ', said, flags=re.M)
    report('salespay(1) names every command of the program',
           [name for name in commands if f'.Cm {name}' not in page] if commands else ['no commands found'])


def check_messages():
    status, said = run('gen/man/messages.sh', '-')
    report('the table of messages is up to date (gen/man/messages.sh writes it)',
           [] if status == 0 and said == read('gen/man/messages.md') else ['run gen/man/messages.sh'])


def main():
    displays = blocks(read(MANUAL))
    check_displays(displays + blocks(read('gen/man/files.md')))
    check_coverage(displays)
    check_examples()
    check_schemas()
    check_wrong_example()
    check_months('the tutorial', f'{HERE}/tutorial', f'{HERE}/tutorial/expected')
    check_months('the company of six', HERE, f'{HERE}/expected')
    check_exports()
    check_mistakes(displays)
    check_links()
    check_pages()
    check_messages()
    print(f'1..{len(results)}')
    return 0 if all(results) else 1


sys.exit(main())
