#!/usr/bin/env python3
"""Looks at drawn payslips and charts as a reader does: rendered ink, extracted
text, structure, bytes. TAP; from the top folder:

    tests/render/drawings.py BUILD/release/tests/draw

The documents are tests/model's, one of them made hard: a name of thirty
characters, a character beyond the basic plane, amounts of twelve digits.
Needs pdftotext, pdftoppm, pdfinfo, pdffonts (poppler-utils) and qpdf.
"""
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET

from boxes import clipped, overlapping, words

NS = '{urn:salespay:model:1}'
UNIT = 'tests/model/managers/unit-D11.xml'
RANKING = 'tests/model/managers/ranking.xml'
LONG_NAME = '阿卜杜热西提·买买提依明·吐尔逊江·艾合买提·努尔麦麦提·𠮷如'
HUGE = '123,456,789,012.34'
DPI = 100

draw = sys.argv[1] if len(sys.argv) > 1 else 'build/release/tests/draw'
tests = 0
failed = 0


def check(good, name, *details):
    global tests, failed
    tests += 1
    failed += not good
    print(('ok' if good else 'not ok'), tests, '-', name)
    if not good:
        for line in list(details)[:20]:
            print('#  ', line)


def run(*command, **options):
    # poppler writes a title's characters beyond the basic plane as two halves: not our text, so let it pass
    return subprocess.run(command, capture_output=True, text=True, encoding='utf-8', errors='replace', **options)


def make_hard(path):
    """The sample's unit, its first person made hard to draw."""
    ET.register_namespace('', NS[1:-1])
    tree = ET.parse(UNIT)
    person = tree.getroot().find(f'.//{NS}people/{NS}person')
    person.set('name', LONG_NAME)
    person.set('unit-path', '大客户交付与培训服务联合保障中心（上海、苏州、无锡） / 第二交付与培训小组')
    pay = person.find(f'{NS}pay')
    for quantity in list(pay.iter(f'{NS}now')) + list(pay.iter(f'{NS}year')):
        quantity.text = HUGE
    pay.find(f'{NS}net/{NS}capitals').text = '壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分'
    figure = pay.find(f'{NS}section/{NS}figure')
    figure.set('label', '按国家规定发放的高温作业与夜班联合补贴（含上月补发）')
    figure.find(f'{NS}basis').text = ' + '.join(f'{i * 1111:,}.00 × {i} ÷ 21.75' for i in range(1, 9))
    who = tree.getroot().find(f'.//{NS}ranking/{NS}row/{NS}who')
    who.set('name', 'Alexandra Konstantinopoulou-Featherstonehaugh of Westmorland-on-the-Water')
    tree.write(path, encoding='UTF-8', xml_declaration=True)


def make_english(path):
    """The sample in English words, one person's pay held."""
    tree = ET.parse(UNIT)
    tree.getroot().set('lang', 'en')
    person = tree.getroot().find(f'.//{NS}people/{NS}person')
    person.set('state', 'held')
    person.set('hold-reason', 'account closed, waiting for a new one from the bank in Shanghai')
    tree.write(path, encoding='UTF-8', xml_declaration=True)


def picture(pdf, page, folder):
    """Rows of grey bytes of a page."""
    stem = os.path.join(folder, 'page')
    run('pdftoppm', '-gray', '-r', str(DPI), '-f', str(page), '-l', str(page), '-singlefile', pdf, stem)
    with open(stem + '.pgm', 'rb') as file:
        data = file.read()
    head = re.match(rb'P5\s+(\d+)\s+(\d+)\s+255\s', data)
    width = int(head[1])
    body = data[head.end():]
    return [body[i * width:(i + 1) * width] for i in range(int(head[2]))]


def has_ink(rows, box):
    """Is there anything but one flat colour in the box (points)?"""
    scale = DPI / 72
    left, top, right, bottom = (int(round(v * scale)) for v in box)
    found = set()
    for row in rows[max(top, 0):bottom]:
        found.update(row[max(left, 0):right])
    return bool(found) and max(found) - min(found) > 60


def wide(character):
    return unicodedata.east_asian_width(character) in 'WF' and unicodedata.category(character)[0] == 'L'


def blank_characters(pdf, folder):
    """Ideographs in the extracted text at whose place nothing is drawn: each is as wide as the others of its word."""
    bad = []
    for number, (_, _, found) in enumerate(words(pdf), 1):
        rows = None
        for box, text in found:
            if not text or not all(wide(c) for c in text):
                continue
            rows = rows or picture(pdf, number, folder)
            step = (box[2] - box[0]) / len(text)
            for i, character in enumerate(text):
                if not has_ink(rows, (box[0] + i * step, box[1], box[0] + (i + 1) * step, box[3])):
                    bad.append(f'page {number}: {character} in {text}')
    return bad


def missing_text(pdf, wanted):
    text = ''.join(run('pdftotext', '-raw', pdf, '-').stdout.split())
    return [w for w in wanted if ''.join(w.split()) not in text]


def slip_texts(person):
    """What the model says of a person and the slip must say too."""
    wanted = [person.get('name'), person.get('id'), person.find(f'{NS}pay/{NS}net/{NS}capitals').text]
    for figure in person.iter(f'{NS}figure'):
        if figure.get('slip') == 'yes':
            wanted += [figure.get('label'), figure.find(f'{NS}now').text]
            wanted += [figure.find(f'{NS}formula').text] if figure.find(f'{NS}formula') is not None else []
    for figure in person.find(f'{NS}pay').iter(f'{NS}figure'):
        if figure.get('slip') == 'yes' and figure.find(f'{NS}year') is not None:
            wanted.append(figure.find(f'{NS}year').text)
    for item in person.iter(f'{NS}item'):
        wanted += [item.get('name'), item.find(f'{NS}value').text]
    for amount in person.iter(f'{NS}amount'):
        wanted.append(amount.text)
    for difference in person.iter(f'{NS}difference'):
        wanted.append(difference.text)
    return wanted


def check_pdf(pdf, folder, name, language='zh-CN'):
    qpdf = run('qpdf', '--check', pdf)
    check(qpdf.returncode == 0, f'{name}: qpdf finds no fault', *qpdf.stderr.splitlines())
    info = run('pdfinfo', pdf).stdout
    check(re.search(r'^Tagged:\s+yes', info, re.M) and re.search(r'^Title:\s+\S', info, re.M), f'{name}: is tagged and has a title', info)
    check('Nov 10' in info and '2026' in info, f'{name}: bears the date of pay, not of the clock', info)
    structure = run('pdfinfo', '-struct', pdf).stdout
    check(structure.startswith('Document') and all(tag in structure for tag in ('H1', 'Table', 'TR', 'TH', 'TD', 'Figure')),
          f'{name}: has a structure of headings, tables and figures', structure[:300])
    raw = subprocess.run(
        ['qpdf', '--qdf', '--object-streams=disable', pdf, '-'], capture_output=True).stdout
    check(f'/Lang ({language})'.encode() in raw and b'/DisplayDocTitle true' in raw and b'/Alt ' in raw and b'/Scope' in raw,
          f'{name}: names its language, alternatives of figures and scopes of headers')
    fonts = run('pdffonts', pdf).stdout.splitlines()[2:]
    check(fonts and all(re.search(r'yes yes yes\s+\d+\s+\d+$', line) for line in fonts), f'{name}: every font is embedded, subset and extractable', *fonts)
    pages = words(pdf)
    check(not clipped(pages), f'{name}: no word leaves the page', *clipped(pages))
    check(not overlapping(pages), f'{name}: no word lies over another', *overlapping(pages))
    bad = blank_characters(pdf, folder)
    check(not bad, f'{name}: every ideograph has ink', *bad)


def check_sheet(folder, documents):
    status = run(draw, '--sheet', folder, *documents)
    check(status.returncode == 0, 'all characters of the documents are drawn in fields', status.stderr)
    with open(os.path.join(folder, 'sheet.txt')) as file:
        characters = [int(line, 16) for line in file]
    for device in ('cairo', 'direct'):
        pdf = os.path.join(folder, f'sheet-{device}.pdf')
        bad = []
        for i, character in enumerate(characters):
            place = i % (30 * 44)
            if place == 0:
                rows = picture(pdf, i // (30 * 44) + 1, folder)
            x, y = 27 + 18 * (place % 30), 40 + 18 * (place // 30)
            if unicodedata.category(chr(character)) not in ('Zs', 'Cf') and not has_ink(rows, (x, y - 18, x + 18, y)):
                bad.append(f'U+{character:04X} {chr(character)}')
        check(not bad, f'each of {len(characters)} characters has ink by the {device} device', *bad)
        text = set(run('pdftotext', '-raw', pdf, '-').stdout)
        lost = [chr(c) for c in characters if chr(c) not in text and unicodedata.category(chr(c)) not in ('Zs', 'Cf')]
        check(not lost, f'each character is extracted again by the {device} device', *lost)


def tree_hash(folder):
    digest = hashlib.sha256()
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            with open(os.path.join(root, name), 'rb') as file:
                digest.update(name.encode() + file.read())
    return digest.hexdigest()


def check_svg(path, name=''):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    root = ET.fromstring(text)
    names = {element.tag.split('}')[1] for element in root.iter()}
    check('title' in names and 'desc' in names and 'text' in names, name + 'the SVG has title, description and text as text', names)
    check(not re.search(r'\s(style|id|on\w+)=|<script|<style|href=|<image', text), name + 'the SVG has no style, script, id or reference')
    check(text.startswith('<svg '), name + 'the SVG can stand inside a page: no declaration before it')
    width, height = (float(v) for v in root.get('viewBox').split()[2:])
    outside = [e.text for e in root.iter('{http://www.w3.org/2000/svg}text')
               if not (0 < float(e.get('x')) < width and 0 < float(e.get('y')) < height)]
    check(not outside, name + 'no text of the SVG starts outside it', *outside)


def check_strangers(pdf, document):
    """A slip's fonts hold no character that stands in other people's names alone."""
    root = ET.parse(document).getroot()
    own = os.path.splitext(os.path.basename(pdf))[0]
    names = ''.join(p.get('name') for p in root.iter(f'{NS}person') if p.get('id') != own)
    text = run('pdftotext', '-raw', pdf, '-').stdout
    # the labels that all slips share, from the same person's document
    shared = {c for e in root.iter() for key in ('label', 'short', 'title') for c in e.get(key) or '' if e.tag != f'{NS}page'}
    shared |= {c for e in root.iter(f'{NS}formula') for c in e.text or ''}
    raw = subprocess.run(['qpdf', '--qdf', '--object-streams=disable', pdf, '-'], capture_output=True).stdout.decode('latin-1')
    held = {chr(int(code, 16)) for code in re.findall(r'^<[0-9A-F]{4}><([0-9A-F]{4})>$', raw, re.M)}
    strangers = {c for c in names if c not in text and c not in shared} & held
    check(len(held) > 100 and not strangers, 'the fonts of a slip hold no character of other names', len(held), strangers)


def check_devices(folder, documents):
    """Cairo's and the direct PDF of one drawing look the same: the sheet of characters, pixel by pixel but for rounding."""
    pages = [picture(os.path.join(folder, f'sheet-{device}.pdf'), 1, folder) for device in ('cairo', 'direct')]
    far = sum(abs(a - b) > 96 for one, two in zip(*pages) for a, b in zip(one, two))
    check(far < 200, 'both devices draw the same picture', f'{far} pixels differ')


def check_missing_font(folder):
    config = os.path.join(folder, 'fonts.conf')
    with open(config, 'w') as file:
        file.write('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><cachedir>%s</cachedir></fontconfig>\n' % folder)
    status = run(draw, folder, UNIT, env={**os.environ, 'FONTCONFIG_FILE': config})
    check(status.returncode == 3 and 'fonts-noto-cjk' in status.stderr, 'without the font: status 3, and the package to install is named',
          f'status {status.returncode}', status.stderr)


def check_strange_characters(folder):
    """Phags-pa is in no face of Debian's Noto CJK; one name is spelt with it, another has an accent of its own, a third is Arabic."""
    path = os.path.join(folder, 'strange.xml')
    tree = ET.parse(UNIT)
    people = tree.getroot().findall(f'.//{NS}people/{NS}person')
    people[0].set('name', 'ꡏꡡꡃ 李雷')
    people[1].set('name', 'Zoe\u0308 韩梅')
    people[2].set('name', 'محمد 李')
    tree.write(path, encoding='UTF-8', xml_declaration=True)
    status = run(draw, folder, path)
    check(status.returncode == 0 and len(re.findall(r'U\+A84F', status.stderr)) == 1, 'a character that no font has is reported once and drawn all the same',
          status.stderr)
    check('E0552' in status.stderr and 'DejaVu' in status.stderr, 'characters of another font are told with that font', status.stderr)
    arabic = subprocess.run(['qpdf', '--qdf', os.path.join(folder, 'strange', people[2].get('id') + '.pdf'), '-'], capture_output=True).stdout
    # looked at in the file: pdftotext turns right-to-left text round once more
    check(b'/ActualText <feff0645062d0645062f>' in arabic, 'shaped letters say in their order what they stand for')
    for person in people[:2]:
        pdf = os.path.join(folder, 'strange', person.get('id') + '.pdf')
        text = unicodedata.normalize('NFC', run('pdftotext', '-raw', pdf, '-').stdout)
        name = unicodedata.normalize('NFC', person.get('name'))
        check(''.join(name.split()) in ''.join(text.split()), f'{person.get("id")}: its characters are extracted although they are not in the face')


def make_ranking(path, people):
    """A ranking of so many; of more than 500 the first and last 50 rows, as the model may give it."""
    def row(place):
        score = f'{100 - 60 * place / max(people, 2):.2f}'
        below = ' below="yes"' if float(score) < 70 else ''
        return (f'<row rank="{place}" rank-text="{place}"{below}><who id="N{place:05}" name="员工{place}" unit="第{place % 7}部"/>'
                f'<score value="{score}">{score}</score></row>')
    places = range(1, people + 1)
    if people > 500:
        places = list(places)[:50] + list(places)[-50:]
    ticks = ''.join(f'<tick value="{t}" at="{t}">{t}</tick>' for t in range(0, 101, 20))
    scale = f'<scale from="0" to="100" unit="分">{ticks}</scale>'
    bins = ''.join(f'<bin from="{b}" to="{b + 20}" left="{b}" width="20" middle="{b}" count="7" at="70" top="30">{b}</bin>' for b in range(0, 100, 20))
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'''<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="{NS[1:-1]}" audience="managers" lang="zh-CN"><page kind="overview" month="2026-10" month-text="2026年10月"/>
<company name="晨星信息技术有限公司" short="晨星" pay-date="2026-11-10"/><overview>
<units label="平均得分"><unit-row id="D1" name="第一部" level="0" people="{people}"><score value="80">80.00</score></unit-row></units>
<distribution label="得分" count="{people}"><finding>得分怎样分布</finding>{scale}{bins}</distribution>
<ranking figure="得分" label="得分" scope="company" count="{people}" unranked="0"><finding>员工1以 100 分居首</finding>
<subtitle>得分（分），{people} 人</subtitle><footnote>来源：绩效评分.csv</footnote>{scale}<mark kind="pass" value="70">70</mark>
{"".join(row(p) for p in places)}</ranking></overview></model>''')


def check_scale_rule(folder):
    """UX 4.2: 3 people, one page of 45, all of 500, first and last 50 of 3,000."""
    for people in (0, 1, 3, 45, 46, 500, 501, 3000):
        path = os.path.join(folder, f'ranking{people}.xml')
        make_ranking(path, people)
        status = run(draw, folder, path)
        pdf = os.path.join(folder, f'ranking{people}', 'ranking.pdf')
        text = run('pdftotext', '-raw', pdf, '-').stdout
        expected = set(range(1, people + 1)) if people <= 500 else set(range(1, 51)) | set(range(people - 49, people + 1))
        found = {int(number) for number in re.findall(r'N(\d{5})', text)}
        check(status.returncode == 0 and found == expected, f'{people} people: the data table lists whom the rule says',
              status.stderr, sorted(found ^ expected)[:9])
        check(('得分怎样分布' in text) == (people > 45), f'{people} people: a distribution where there are enough of them')
        outlines = run('qpdf', '--json', '--json-key=outlines', pdf).stdout
        titles = re.findall(r'"title": "(.*)"', outlines)
        check(titles[-1] == '数据表' and ('后 50 名' in titles) == (people > 500) and ('概要' in titles) == (people > 45),
              f'{people} people: bookmarks name the parts', titles)
        pages = words(pdf)
        check(not clipped(pages) and not overlapping(pages), f'{people} people: no word clipped or over another', *clipped(pages), *overlapping(pages))
        check_svg(os.path.join(folder, f'ranking{people}', 'ranking.svg'), f'{people} people: ')


def check_full_disk(folder):
    """No file may grow beyond 8 blocks of 512 bytes, as on a disk that is full."""
    os.mkdir(folder)
    status = run('sh', '-c', f'trap "" XFSZ; ulimit -f 8; exec "{draw}" "{folder}" {UNIT}')
    check(status.returncode == 3 and '00017.pdf' in status.stderr, 'a file that cannot be written: status 3, and it is named',
          f'status {status.returncode}', status.stderr)
    left = [name for _, _, files in os.walk(folder) for name in files]
    check(not left, 'nothing half-written is left', *left)


def main():
    with tempfile.TemporaryDirectory() as folder:
        hard = os.path.join(folder, 'hard.xml')
        make_hard(hard)
        first, second = os.path.join(folder, 'first'), os.path.join(folder, 'second')
        english = os.path.join(folder, 'english.xml')
        make_english(english)
        documents = [UNIT, RANKING, hard, english]
        status = run(draw, first, *documents)
        check(status.returncode == 0 and not status.stderr.strip(), 'everything is drawn without a word', status.stderr)
        run(draw, second, *documents, env={**os.environ, 'TZ': 'Asia/Kathmandu', 'LC_ALL': 'C', 'SOURCE_DATE_EPOCH': '1'})
        check(tree_hash(first) == tree_hash(second), 'a second run, elsewhere in the world, gives the same bytes')
        for path in (UNIT, hard):
            stem = os.path.splitext(os.path.basename(path))[0]
            bad = []
            for person in ET.parse(path).getroot().iter(f'{NS}person'):
                pdf = os.path.join(first, stem, person.get('id') + '.pdf')
                bad += [f'{person.get("id")}: {text}' for text in missing_text(pdf, slip_texts(person))]
            check(not bad, f'{stem}: every slip says what the model says', *bad)
        check_pdf(os.path.join(first, 'unit-D11', 'E1005.pdf'), folder, 'slip')
        check_pdf(os.path.join(first, 'hard', '00017.pdf'), folder, 'hard slip')
        check_pdf(os.path.join(first, 'hard', 'ranking.pdf'), folder, 'unit chart')
        check_pdf(os.path.join(first, 'ranking', 'ranking.pdf'), folder, 'company chart')
        check_pdf(os.path.join(first, 'english', '00017.pdf'), folder, 'English slip', 'en')
        check_pdf(os.path.join(first, 'english', 'ranking.pdf'), folder, 'English chart', 'en')
        check_svg(os.path.join(first, 'hard', 'ranking.svg'))
        check_sheet(folder, documents)
        check_devices(folder, documents)
        check_strangers(os.path.join(first, 'unit-D11', 'E1005.pdf'), UNIT)
        check_scale_rule(folder)
        check_missing_font(folder)
        check_strange_characters(folder)
        check_full_disk(os.path.join(folder, 'full'))
    print(f'1..{tests}')
    sys.exit(1 if failed else 0)


main()
