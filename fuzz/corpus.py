#!/usr/bin/env python3
"""Writes what the fuzz targets begin with: fuzz/corpus/TARGET/ and the dictionary fuzz/words.dict.

In: seeds/, the inputs of tests/corpus and tests/audit, tests/golden, and the words of src/lexicon.
"""

import csv
import hashlib
import pathlib

ROOT = pathlib.Path(__file__).parent.parent
ENCODINGS = ["utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"]
# The bytes of a piece of a seed: inputs stay short, as short ones are tried more often.
PIECE = 1500


def write(target, data):
    folder = ROOT / "fuzz/corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def texts():
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        lines, piece = path.read_text("utf-8").splitlines(keepends=True), ""
        head = "".join(lines[:3])
        for line in lines:
            if len((piece + line).encode()) > PIECE and piece:
                yield piece
                piece = head if len(head.encode()) < PIECE // 3 else ""
            piece += line
        yield piece
    for path in sorted([*ROOT.glob("tests/corpus/*.txt"), *ROOT.glob("tests/audit/*.txt")]):
        for block in path.read_text("utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if not line.startswith("#")]
            if lines:
                yield lines[0].replace("⏎", "\n")


def page(text):
    return "<!DOCTYPE html><title>某市教育概况</title><div id=zoom><p>" + text.replace("\n", "<p>")


for number, text in enumerate(texts()):
    write("lexer", text.encode())
    encoded = text.encode(ENCODINGS[number % len(ENCODINGS)], "replace")
    write("decoder", encoded)
    # The first byte of the pipeline's inputs: the name, and no forced encoding.
    write("pipeline", bytes([10]) + encoded)
    write("pipeline", bytes([11]) + page(text).encode())
for path in sorted((ROOT / "tests/golden").glob("*.jsonl")):
    for line in path.read_bytes().splitlines()[::10]:
        write("records", line + b"\n")
rows = (ROOT / "tests/golden/seeds.csv").read_bytes().splitlines(keepends=True)
for row in rows[1::10]:
    write("records", rows[0] + row)

words = {"其中:", "<p>", "<td>", "<tr>", "<table>", "</table>", "|---|", "&nbsp;", "约", "亿元", "%", "(", ")", "、"}
for path in sorted((ROOT / "src/lexicon").glob("*.csv")):
    if path.name not in ("regions.csv", "codebook.csv", "indicators.csv"):
        with path.open(encoding="utf-8", newline="") as rows:
            words.update(row[0] for row in list(csv.reader(rows))[1:] if row and row[0])
with (ROOT / "fuzz/words.dict").open("w") as out:
    for word in sorted(word for word in words if len(word.encode()) <= 60):
        out.write('"' + "".join(f"\\x{byte:02X}" for byte in word.encode()) + '"\n')
