#!/usr/bin/env python3
"""Adds up what gcov says of build-coverage, by room: lines and branches that were reached, tests themselves left out. With rooms as arguments:
each branch of them that was not, with its source, and the count of each reason."""
import gzip, json, os, re, subprocess, sys, tempfile

# Why a branch of crypt, channel, vault or store is not reached: the first reason that fits its function or its source. docs/tested.md says more.
REASONS = [
    ("process", "the vault's process itself: every test of the whole system runs it, in a cage that lets it count nothing", r"^vault_serve_(load|run)$", None),
    ("rule", "must(): a rule of ours that only a defect of ours breaks", None, r"^must\("),
    ("library", "libcrypto, libsodium or the C library refuses right arguments", r"^aead_|^hkdf_",
     r"pthread_|sem_wait|sem_init|TRY\(hpke_(send|receive)|TRY\(aead_seal|TRY\(hpke_shared|sqlite3_column|fsync|close\(|fstat\("),
    ("disk", "SQLite's failures, which tests/disk.part provokes from below the program", r"^driver_sqlite_|^driver_fail_check$|^writer_(group|job)_run$", None),
    ("memory", "no memory for what is made once at start, or the tidying after it; where it can fail in a turn, turn_test makes each allocation fail",
     r"^session_table_make$|^writer_make$|^driver_\w+_make$|^visitor_init$|^keyfile_|^vault_(make|note_sign|rotate)$", r"alloc_make|secret_make|arena_take"),
    ("room", "a buffer whose maximum is larger, by its constant, than all that is written into it", None,
     r"TRY\((buf_add|note_sign|note_key_write|keynote_write|base64_write|keyfile_line|keyfile_load|vault_rotate)|TRY\(err\)|if \(err (==|!=) ERR_NONE\)"),
    ("length", "a part of what was found to be long enough before", None, r"buf_view_|record_next|str_split|view\.len|\.len <|\.len >|got == len"),
]

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


def count():
    """How often each line ran, how often each branch was taken, whose function a line is: {(path, line): count}, {(path, line, number): count},
    {(path, line): name}."""
    notes = [os.path.join(folder, name) for folder, _, names in os.walk(BUILD) for name in names
             if name.endswith(".gcno") and "_test.c" not in name]
    lines, branches, functions = {}, {}, {}
    for report in reports(notes):
        for file in report["files"]:
            path = os.path.relpath(os.path.normpath(os.path.join(report["current_working_directory"], file["file"])), ROOT)
            if not path.startswith("src/") or not path.endswith(".c"):
                continue
            for line in file["lines"]:
                place = (path, line["line_number"])
                functions[place] = line.get("function_name", "")
                lines[place] = max(lines.get(place, 0), line["count"])
                for i, branch in enumerate(line["branches"]):
                    branches[place + (i,)] = max(branches.get(place + (i,), 0), branch["count"])
    if not lines:
        sys.exit("coverage: gcov gave nothing")
    return lines, branches, functions


def print_rooms(lines, branches):
    print(f"{'room':<10} {'lines':>14} {'branches':>16}")
    for room in sorted({path.split("/")[1] for path, _ in lines}) + ["all"]:
        inside = lambda place: room == "all" or place[0].split("/")[1] == room
        row = []
        for counts in (lines, branches):
            mine = [count > 0 for place, count in counts.items() if inside(place)]
            row.append(f"{sum(mine)}/{len(mine)} {100 * sum(mine) / max(1, len(mine)):3.0f} %")
        print(f"{room:<10} {row[0]:>14} {row[1]:>16}")


def reason_of(function, source):
    for name, _, in_function, in_source in REASONS:
        if (in_function and re.search(in_function, function)) or (in_source and re.search(in_source, source)):
            return name
    return "other"


def print_untested(rooms, branches, functions):
    missed, whole, why = {}, {}, {}
    for (path, line, _), taken in branches.items():
        if path.split("/")[1] in rooms:
            whole[path, line] = whole.get((path, line), 0) + 1
            missed[path, line] = missed.get((path, line), 0) + (taken == 0)
    for (path, line), number in sorted(missed.items()):
        if number == 0:
            continue
        source = open(path, encoding="utf-8").read().split("\n")[line - 1].strip()
        reason = reason_of(functions[path, line], source)
        counts = why.setdefault(reason, dict.fromkeys(rooms, 0))
        counts[path.split("/")[1]] += number
        print(f"{path}:{line}: {number} of {whole[path, line]}: {reason}: {source}")
    print(f"\n{'reason':<8}" + "".join(f"{room:>9}" for room in rooms))
    for name in [reason[0] for reason in REASONS] + ["other"]:
        if name in why:
            print(f"{name:<8}" + "".join(f"{why[name][room]:>9}" for room in rooms))
    print(f"{'all':<8}" + "".join(f"{sum(counts[room] for counts in why.values()):>9}" for room in rooms))


def main():
    lines, branches, functions = count()
    if len(sys.argv) > 1:
        print_untested(sys.argv[1:], branches, functions)
    else:
        print_rooms(lines, branches)


main()
