#!/usr/bin/env python3
"""Adds up what gcov says of build-coverage, by room: lines and branches that the unit tests reached, tests themselves left out."""
import gzip, json, os, subprocess, sys, tempfile

BUILD = os.path.abspath("build-coverage")
ROOT = os.getcwd()


def reports(notes):
    """gcov's JSON of each object file; a file that no test ran has notes and no counts, and counts as not reached."""
    with tempfile.TemporaryDirectory() as folder:
        for path in notes:
            subprocess.run(["gcov", "--json-format", "--branch-probabilities", path], cwd=folder, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for name in os.listdir(folder):
                with gzip.open(os.path.join(folder, name), "rt") as file:
                    yield json.load(file)
                os.remove(os.path.join(folder, name))


def main():
    notes = [os.path.join(folder, name) for folder, _, names in os.walk(BUILD) for name in names
             if name.endswith(".gcno") and "_test.c" not in name]
    lines, branches = {}, {}
    for report in reports(notes):
        for file in report["files"]:
            path = os.path.relpath(os.path.normpath(os.path.join(report["current_working_directory"], file["file"])), ROOT)
            if not path.startswith("src/") or not path.endswith(".c"):
                continue
            for line in file["lines"]:
                place = (path, line["line_number"])
                lines[place] = max(lines.get(place, 0), line["count"])
                for i, branch in enumerate(line["branches"]):
                    branches[place + (i,)] = max(branches.get(place + (i,), 0), branch["count"])
    if not lines:
        sys.exit("coverage: gcov gave nothing")
    rooms = sorted({path.split("/")[1] for path, _ in lines})
    print(f"{'room':<10} {'lines':>14} {'branches':>16}")
    for room in rooms + ["all"]:
        inside = lambda place: room == "all" or place[0].split("/")[1] == room
        row = []
        for counts in (lines, branches):
            mine = [count > 0 for place, count in counts.items() if inside(place)]
            row.append(f"{sum(mine)}/{len(mine)} {100 * sum(mine) / max(1, len(mine)):3.0f} %")
        print(f"{room:<10} {row[0]:>14} {row[1]:>16}")


main()
