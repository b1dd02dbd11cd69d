#!/bin/sh
# Writes gen/man/messages.md, the table of all messages, from the catalogue
# gen/base/messages*.def and the explanations in templates/explain; with "-" to standard output instead.
set -eu
cd "$(dirname "$0")/../.."
table() {
	python3 -B - gen/base/messages_*.def <<-'PYTHON'
	import re, sys
	from os.path import exists

	STRING = r'"(?:[^"\\]|\\.)*"'
	rows, count = [], 0
	for path in sys.argv[1:]:
	    text = re.sub(r'/\*.*?\*/', '', open(path, encoding='utf-8').read(), flags=re.S)
	    count += len(re.findall(r'^MESSAGE\(', text, flags=re.M))
	    for body in re.findall(r'MESSAGE\(((?:[^()"]|%s|\([^()]*\))*)\)' % STRING, text):
	        parts = re.findall(r'(?:%s\s*)+|\w+' % STRING, body)
	        said = [''.join(piece[1:-1] for piece in re.findall(STRING, p)) if p.startswith('"') else p for p in parts]
	        said = [re.sub(r'\\(.)', r'\1', s).replace('|', '\\|').replace('<', '&lt;').replace('*', '\\*') for s in said]
	        assert len(said) == 8, (path, parts)
	        rows.append(said)
	assert len({row[1] for row in rows}) == len(rows) == count, 'a row that cannot be read, or a code twice'
	print('''# All messages

	Written by `gen/man/messages.sh` from the catalogue `gen/base/messages*.def`. {0}, {1} … stand for what the message is about;
	after the dash stands how to mend it. A code leads to its explanation, where there is one: why it matters, a wrong example and
	the mended one, as `salespay explain CODE` prints it in both languages. Codes are stable: E01xx files and encodings, E02xx values, E03xx references and a
	person's computation, E04xx policies, E05xx output and books, E07xx what lint notices, E08xx charts. Errors marked *system* (disk, permission, fonts, templates) end with
	status 3, those marked *difference* (something to look at) with status 4, the others with status 1.

	| code | level | English | 中文 |
	|---|---|---|---|'''.replace('\n\t', '\n'))
	for _, code, level, fault, zh, en, help_zh, help_en in sorted(rows, key=lambda row: row[1]):
	    level = level.removeprefix('DIAG_').lower() + ({'FAULT_SYSTEM': ' *system*', 'FAULT_DIFFERENCE': ' *difference*'}.get(fault, ''))
	    with_help = lambda text, how: text if how == 'NULL' else f'{text} — {how}'
	    explained = f'[{code}](../../templates/explain/{code}.xml)' if exists(f'templates/explain/{code}.xml') else code
	    print(f'| <a id="{code}"></a>{explained} | {level} | {with_help(en, help_en)} | {with_help(zh, help_zh)} |')
	PYTHON
}
if [ "${1:-}" = - ]; then table; else table >gen/man/messages.md; fi
