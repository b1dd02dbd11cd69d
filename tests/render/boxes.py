"""Words of a PDF with their boxes, as pdftotext finds them."""
import re
import subprocess


def words(pdf, *pages):
    """Per page its width, its height and the words with their boxes; pages: the first and the last, else all."""
    chosen = ["-f", str(pages[0]), "-l", str(pages[1])] if pages else []
    text = subprocess.run(["pdftotext", "-bbox", *chosen, pdf, "-"], capture_output=True, text=True, encoding="utf-8",
                          errors="replace", check=False).stdout
    found = []
    for line in text.splitlines():
        page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line)
        if page:
            found.append((float(page[1]), float(page[2]), []))
        word = re.search(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>', line)
        if word:
            found[-1][2].append(([float(word[i]) for i in range(1, 5)], word[5]))
    return found


def clipped(pages):
    return [f'{text} at {box}' for width, height, found in pages for box, text in found
            if box[0] < 20 or box[2] > width - 20 or box[1] < 15 or box[3] > height - 15]


def overlapping(pages):
    """Words whose boxes share more than a hair: the boxes are as high as the em, the ideographs in them a little less."""
    bad = []
    for number, (_, _, found) in enumerate(pages, 1):
        cut = [((b[0], b[1] + 0.12 * (b[3] - b[1]), b[2], b[3] - 0.12 * (b[3] - b[1])), t) for b, t in found]
        for i, (a, first) in enumerate(cut):
            for b, second in cut[i + 1:]:
                if min(a[2], b[2]) - max(a[0], b[0]) > 0.6 and min(a[3], b[3]) - max(a[1], b[1]) > 0.6:
                    bad.append(f'page {number}: {first} over {second}')
    return bad
