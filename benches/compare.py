#!/usr/bin/env python3
"""The lesson's questions, asked of Groundwatch and of others over the same files, side by side.

    python3 -m venv venv && venv/bin/pip install duckdb chdb
    cargo build --release
    venv/bin/python benches/compare.py --gw target/release/gw --requests 1500000 --write

It makes the archive (`gw demo`, seeded), runs each question so many times through each contender with the files in the
cache, checks that the answers agree, and prints a table; `--write` puts it into benches/README.md.
DuckDB and ClickHouse run in a process of their own that has loaded them already: their start is not counted, ours is.
"""

import argparse
import csv
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import questions
from questions import QUESTIONS, SHAPES

HERE = Path(__file__).resolve().parent
# A run that takes so many seconds is not run again: its noise is small beside it.
PATIENCE = 15
MARKS = ("<!-- comparison -->", "<!-- /comparison -->")


def main():
    args = arguments()
    if args.child:
        return child(args)
    archives = {shape: archive(args, shape) for shape in args.shapes}
    found = []
    for shape, folder in archives.items():
        raw = raw_bytes(archives, args, shape)
        warm(folder)
        for question in chosen(args):
            runs = {name: run(args, name, question, shape, folder) for name in args.with_}
            runs = {name: it for name, it in runs.items() if it}
            found.append((shape, question, raw, runs, disagreement(question, runs)))
            print(line(*found[-1]), flush=True)
    if args.write:
        write(args, found)
    if any(it[4] for it in found):
        sys.exit("answers differ")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gw", default="target/release/gw", help="the program to measure")
    parser.add_argument("--requests", type=int, default=1_500_000, help="how large the archive is: about 1.35 KB each")
    parser.add_argument("--folder", default="target/compare", help="where the archives are kept between runs")
    parser.add_argument("--shapes", nargs="*", default=list(SHAPES), choices=list(SHAPES))
    parser.add_argument("--only", nargs="*", default=[], help="questions by name")
    parser.add_argument("--with", dest="with_", nargs="*", default=list(CONTENDERS), choices=list(CONTENDERS))
    parser.add_argument("--runs", type=int, default=5, help="the median of so many counts")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--write", action="store_true", help="put the table into benches/README.md")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--sql", help=argparse.SUPPRESS)
    return parser.parse_args()


def chosen(args):
    return [it for it in QUESTIONS if not args.only or it.name in args.only]


def archive(args, shape):
    """The folder with the archive in this shape, made if it is not there."""
    folder = Path(args.folder) / f"{shape}-{args.requests}"
    if not folder.exists():
        subprocess.run([args.gw, "demo", folder, "--shape", shape, "--requests", str(args.requests)], check=True,
                       stdout=subprocess.DEVNULL)
    return folder


def files(folder):
    return [it for it in folder.rglob("*") if it.is_file()]


def raw_bytes(archives, args, shape):
    """The bytes of the log itself: those of the plain form, where the files are packed."""
    plain = "export" if shape == "export-gzip" else shape
    return sum(it.stat().st_size for it in files(archives.get(plain) or archive(args, plain)))


def warm(folder):
    for it in files(folder):
        with open(it, "rb") as file:
            while file.read(1 << 24):
                pass


class Run:
    """What one contender took for one question: seconds, anonymous memory in bytes at its most, and the answer."""

    def __init__(self, seconds, memory, rows):
        self.seconds, self.memory, self.rows = statistics.median(seconds), memory, rows


def run(args, name, question, shape, folder):
    return CONTENDERS[name](args, question, shape, folder)


def groundwatch(args, question, shape, folder):
    command = [args.gw, "query", question.query, "--format", "csv", str(folder)]
    seconds, memory, out = timed(command, args.runs, os.environ | {"RAYON_NUM_THREADS": str(args.threads)})
    rows = list(csv.reader(out.splitlines()))[1:]
    return Run(seconds, memory, rows)


def database(name):
    def measure(args, question, shape, folder):
        sql = question.sql(name, shape, folder)
        if sql is None:
            return None
        command = [sys.executable, __file__, "--child", name, "--sql", sql, "--runs", str(args.runs),
                   "--threads", str(args.threads)]
        out = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        it = json.loads(out)
        return Run(it["seconds"], it["memory"], it["rows"])

    return measure


def shell(name):
    def measure(args, question, shape, folder):
        command = question.shell(name, shape, folder)
        if command is None or not shutil.which(name):
            return None
        seconds, memory, _ = timed(["sh", "-c", command], args.runs)
        return Run(seconds, memory, None)

    return measure


CONTENDERS = {
    "gw": groundwatch,
    "duckdb": database("duckdb"),
    "clickhouse": database("clickhouse"),
    "grep": shell("grep"),
    "jq": shell("jq"),
    "agrind": shell("agrind"),
}


def timed(command, runs, env=None):
    """Seconds of each run, anonymous memory at its most, and what the last one wrote."""
    seconds, memory, out = [], 0, ""
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        watch = threading.Thread(target=lambda: seen.append(most_memory(process.pid)))
        seen = []
        watch.start()
        out, error = process.communicate()
        seconds.append(time.perf_counter() - start)
        watch.join()
        memory = max(memory, *seen)
        if process.returncode != 0:
            sys.exit(f"{command}: {error}")
        if seconds[-1] > PATIENCE:
            break
    return seconds, memory, out


def most_memory(pid):
    """Anonymous memory of a process at its most; files that are mapped are the cache's, and count for nobody."""
    most = 0
    while (now := anonymous(pid)) is not None:
        most = max(most, now)
        time.sleep(0.005)
    return most


def anonymous(pid):
    try:
        for it in Path(f"/proc/{pid}/status").read_text().splitlines():
            if it.startswith("RssAnon"):
                return int(it.split()[1]) * 1024
    except OSError:
        pass
    return None


def child(args):
    """A database in a process of its own: the same question so many times."""
    if args.child == "duckdb":
        import duckdb

        it = duckdb.connect(config={"threads": args.threads, "preserve_insertion_order": False})
        it.execute("SET TimeZone = 'UTC'")
        ask = lambda: it.execute(args.sql).fetchall()
    else:
        import chdb

        ask = lambda: json.loads(str(chdb.query(f"{args.sql} SETTINGS max_threads = {args.threads}", "JSONCompact")))["data"]
    seconds, done, most = [], threading.Event(), [0]

    def look():
        while not done.is_set():
            most[0] = max(most[0], anonymous("self") or 0)
            time.sleep(0.005)

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    for _ in range(args.runs):
        start = time.perf_counter()
        rows = ask()
        seconds.append(time.perf_counter() - start)
        if seconds[-1] > PATIENCE:
            break
    done.set()
    watch.join()
    print(json.dumps({"seconds": seconds, "memory": most[0], "rows": [list(row) for row in rows]}, default=str))


def disagreement(question, runs):
    """How an answer differs from ours, or nothing."""
    ours = sorted(map(key, runs["gw"].rows)) if "gw" in runs else []
    for name, it in runs.items():
        if name == "gw" or it.rows is None or "gw" not in runs:
            continue
        theirs = sorted(map(key, it.rows))
        if len(ours) != len(theirs):
            return f"{name} has {len(theirs)} rows, ours {len(ours)}"
        for a, b in zip(ours, theirs):
            if not all(map(same, a, b)):
                return f"{name} has {b}, ours {a}"
    return None


def key(row):
    """A row in a form that compares: times as the service prints them, numbers as numbers, no value as empty."""
    return tuple(plain(it) for it in row)


def plain(cell):
    if cell is None or cell == "":
        return ""
    if isinstance(cell, (int, float)):
        return f"{cell:.6g}"
    text = str(cell).replace("T", " ") if str(cell)[:2] == "20" else str(cell)
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text[:23].removesuffix(".000000").removesuffix(".000") if text[:2] == "20" else text


def same(a, b):
    """Equal; or numbers that differ by less than the error that a percentile sketch is allowed."""
    if a == b:
        return True
    try:
        return math.isclose(float(a), float(b), rel_tol=questions.TOLERANCE, abs_tol=1e-6)
    except ValueError:
        return False


def line(shape, question, raw, runs, differs):
    ours = runs["gw"].seconds if "gw" in runs else math.nan
    cells = [f"{name} {it.seconds:.3f} s ×{it.seconds / ours:.1f} {it.memory >> 20} MB" for name, it in runs.items()]
    return f"{shape:12} {question.name:12} {raw / ours / 1e9:6.2f} GB/s  " + "  ".join(cells) + (f"  DIFFERS: {differs}" if differs else "")


def write(args, found):
    names = [it for it in CONTENDERS if any(it in runs for _, _, _, runs, _ in found)]
    others = [it for it in names if it != "gw"]
    # What a pipeline of commands takes is not known from its shell.
    measured = [it for it in others if any(runs[it].rows is not None for _, _, _, runs, _ in found if it in runs)]
    rows = ["| files | question | gw, GB/s | gw, MB | " + " | ".join(f"{it}, times gw" for it in others)
            + " | " + " | ".join(f"{it}, MB" for it in measured) + " |",
            "|---|---|" + "--:|" * (2 + len(others) + len(measured))]
    for shape, question, raw, runs, _ in found:
        ours = runs["gw"]
        ratio = lambda it: f"{runs[it].seconds / ours.seconds:.1f}" if it in runs else ""
        memory = lambda it: f"{runs[it].memory >> 20}" if it in runs else ""
        rows.append(f"| {SHAPES[shape]} | {question.title} | {raw / ours.seconds / 1e9:.2f} | {ours.memory >> 20} | "
                    + " | ".join(map(ratio, others)) + " | " + " | ".join(map(memory, measured)) + " |")
    page = HERE / "README.md"
    text = page.read_text()
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    page.write_text(before + MARKS[0] + "\n" + "\n".join(rows) + "\n" + MARKS[1] + after)


if __name__ == "__main__":
    main()
