"""Two results side by side, cell by cell: the reference's and the C program's."""
import csv
import os


def read(path):
    with open(path, encoding='utf-8', newline='') as f:
        return list(csv.reader(f))


def cells(name, ours, theirs):
    """-> lines telling what differs in one file; a row is known by its first cells"""
    if ours[:1] != theirs[:1]:
        yield f'{name}: headers differ: only ours {sorted(set(ours[0]) - set(theirs[0]))}, ' \
              f'only theirs {sorted(set(theirs[0]) - set(ours[0]))}' + \
              ('' if set(ours[0]) != set(theirs[0]) else ' (another order)')
    width = 1 if name.startswith('ledger') else 0
    if not width:
        for i in range(max(len(ours), len(theirs))):
            a = ours[i] if i < len(ours) else None
            b = theirs[i] if i < len(theirs) else None
            if a != b:
                yield f'{name}:{i + 1}: ours {a}, theirs {b}'
        return
    left, right = ({r[0]: dict(zip(rows[0], r)) for r in rows[1:]} for rows in (ours, theirs))
    for id in sorted(left.keys() | right.keys()):
        if id not in left or id not in right:
            yield f'{name}: {id} is only in {"theirs" if id in right else "ours"}'
            continue
        for column in ours[0]:
            if column in right[id] and left[id][column] != right[id][column]:
                yield f"{name}: {id} {column}: ours '{left[id][column]}', theirs '{right[id][column]}'"
    if [r[0] for r in ours] != [r[0] for r in theirs] and left.keys() == right.keys():
        yield f'{name}: rows in another order'


def compare(ours, theirs, records=None):
    """Every month folder of ours; -> (files compared, differences)"""
    count, found = 0, []
    for month in sorted(os.listdir(ours)):
        for file in sorted(os.listdir(os.path.join(ours, month))):
            if file == 'excluded.csv':
                continue
            places = [os.path.join(d, month, file) for d in (theirs, records) if d]
            path = next((p for p in places if os.path.exists(p)), None)
            if path is None:
                found.append(f'{month}/{file}: theirs is not there')
                continue
            count += 1
            a, b = read(os.path.join(ours, month, file)), read(path)
            found += [f'{month}/{d}' for d in cells(file, a, b)]
            with open(os.path.join(ours, month, file), 'rb') as f, open(path, 'rb') as g:
                if a == b and f.read() != g.read():
                    found.append(f'{month}/{file}: same cells, other bytes')
    return count, found
