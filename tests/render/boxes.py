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
