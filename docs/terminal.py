#!/usr/bin/env python3
"""Draws what a terminal shows: a command as argument, its output on standard input, SVG on standard output.

The pictures in README.md and README.zh-CN.md are made of the real output of the commands that they show; a test in
tests/picture.rs makes them again and compares:

    edustat extract seeds/ -f table --color always | head -n 20 |
      python3 docs/terminal.py 'edustat extract seeds/ -f table' > docs/table.svg
    edustat extract seeds/ -f table --labels zh --color always | head -n 20 |
      python3 docs/terminal.py 'edustat extract seeds/ -f table --labels zh' > docs/table.zh-CN.svg
"""

import re
import sys
import unicodedata
from html import escape

CELL, LINE, SIZE, EDGE = 7.8, 19, 13, 16
BOLD = re.compile("\x1b\\[([01])m")


def cells(char):
    """Cells of the terminal that a character takes."""
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def runs(line):
    """Pieces of a line that are equally bold and wide: column, text, cells, bold."""
    bold, at, found = False, 0, []
    for i, piece in enumerate(BOLD.split(line)):
        if i % 2:
            bold = piece == "1"
            continue
        # Two blanks or more part columns; each piece has its place, so that no font can move the next.
        for text in re.findall(r"[ -~]+?(?= {2,}|[^ -~]|$)| {2,}|[^ -~]+", piece):
            width = sum(map(cells, text))
            if text.strip():
                indent = len(text) - len(text.lstrip(" "))
                found.append((at + indent, text.strip(), width - len(text) + len(text.strip()), bold))
            at += width
    return found


def main():
    lines = [f"$ {sys.argv[1]}", *sys.stdin.read().splitlines()]
    wide = max((at + width for line in lines for at, _, width, _ in runs(line)), default=0)
    width, height = round(wide * CELL + 2 * EDGE), len(lines) * LINE + 2 * EDGE
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">')
    print("<!-- Made by docs/terminal.py, which says how. -->")
    print(f"<title>{escape(lines[0])}</title>")
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#1b1f24"/>')
    fonts = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace"
    print(f'<g font-family="{fonts}" font-size="{SIZE}" fill="#d0d7de" xml:space="preserve">')
    for row, line in enumerate(lines):
        y = EDGE + row * LINE + SIZE
        for at, text, width, bold in runs(line):
            style = ' font-weight="700" fill="#fff"' if bold else ' fill="#7ee787"' if row == 0 else ""
            # Chinese keeps the spacing of its font, which is a little closer than two cells.
            style += f' textLength="{width * CELL:.1f}"' if text.isascii() else ""
            print(f'<text x="{EDGE + at * CELL:.1f}" y="{y}"{style}>{escape(text)}</text>')
    print("</g>\n</svg>")


main()
