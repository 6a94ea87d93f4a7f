#!/usr/bin/env python3
"""What whoever administers the database could forge, and whether it is found.

    insider.py --log DIR --log-key KEY [--witness KEY]... [--quorum N] --bundle DIR [--single N] [--stories N] [--seed N] [--linli PATH --every N]

The log is the one that was cosigned before; the bundle an honest one of the supervisor's level.  Each forgery changes it the
way a changed row would appear in an export made afterwards: one value, one row gone, one row twice; or a whole story, in all
files alike.  The second verifier looks at each; with --linli the first one at every Nth as well.  Prints what was not found and,
last, counts by kind.  Exit 0 where everything was found and somebody or something named.
"""
import argparse
import contextlib
import functools
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import verify
from verify import Pack, Wrong

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Kept(Pack):
    def __init__(self, files):
        self.path, self.files = "", files


# ---- checking, with what does not change remembered --------------------------------------------


class Checker:
    def __init__(self, options):
        self.options = options
        log = verify.Key(options.log_key)
        witnesses = [verify.Key(w) for w in options.witness]
        size, root = verify.checkpoint(os.path.join(options.log, "checkpoint"), log, witnesses, options.quorum)
        self.entries = verify.entries_of(options.log, size)
        if verify.root_of([verify.leaf_hash(e) for e in self.entries]) != root:
            raise Wrong("the log itself does not hold")
        verify.ed25519_good = functools.lru_cache(None)(verify.ed25519_good)
        verify.Gcm.decrypt = functools.lru_cache(None)(verify.Gcm.decrypt)
        verify.Gcm = functools.lru_cache(None)(verify.Gcm)
        tags = functools.lru_cache(None)(verify.hmac.digest)
        verify.hmac = type("remembered", (), {"digest": staticmethod(tags), "compare_digest": staticmethod(verify.hmac.compare_digest)})

    def second(self, files):
        report = verify.Report()
        with contextlib.redirect_stdout(io.StringIO()) as said:
            try:
                verify.tender_check(report, Kept(files), "", self.entries)
            except (UnicodeDecodeError, RecursionError) as wrong:
                print("FAIL", wrong)
                report.codes.add(1)
        return report.exit(), [line for line in said.getvalue().split("\n") if line.startswith(("FAIL", "WHO"))]

    def first(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, raw in files.items():
                path = os.path.join(folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(raw)
            words = [self.options.linli, "verify", "--log", self.options.log, "--log-key", self.options.log_key, "--no-ask", "--bundle", folder]
            for w in self.options.witness:
                words += ["--witness", w]
            words += ["--quorum", str(self.options.quorum)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            return done.returncode, [line for line in done.stdout.split("\n") if line.startswith(("FAIL", "WHO"))]


def blamed(lines, office):
    """Whoever keeps the database of that office answers for what it gave out; of what is no bundle at all nobody can say."""
    return any(re.match(r"WHO +\S+ +office %d$" % office, line) for line in lines) or any(re.match("FAIL +B", line) for line in lines)


# ---- one value, one row ------------------------------------------------------------------------


def places(value, path=()):
    """Every scalar of a JSON value."""
    if isinstance(value, dict):
        for name in value:
            yield from places(value[name], path + (name,))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from places(item, path + (i,))
    else:
        yield path


def other(chance, value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice((1, -1, 100, 1000000))
    if value is None:
        return chance.choice(("x", 1, True))
    if re.fullmatch(r"-?\d+\.\d\d", value):
        return "%d.%s" % (int(value.split(".")[0]) + chance.choice((1, 10, 10000)), value.split(".")[1])
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", value):
        return value[:14] + ("59" if value[14:16] != "59" else "00") + value[16:]
    if UUID.fullmatch(value) or re.fullmatch(r"[0-9a-f]{64}", value):
        i = chance.randrange(9, len(value) - 1)
        i += value[i] == "-"
        return value[:i] + ("0" if value[i] != "0" else "1") + value[i + 1 :]
    return chance.choice((None, value + "x")) if value else "x"


def value_forged(chance, text):
    value = json.loads(text)
    paths = list(places(value))
    if not paths:
        return '{"x":1}', ()
    path = chance.choice(paths)
    at = value
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = other(chance, at[path[-1]])
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True), path


def lines_of(files, name):
    return files[name].decode().split("\n")[:-1]


def with_lines(files, name, lines):
    return {**files, name: "".join(line + "\n" for line in lines).encode()}


def line_forged(chance, files, name, kind):
    lines = lines_of(files, name)
    i = chance.randrange(len(lines))
    words = lines[i].split(" ", 1 if name == "ledger" else 2)
    text, how = words[-1], chance.randrange(10)
    if how == 0:
        del lines[i]
        return with_lines(files, name, lines), "%s gone: %s" % (kind, text[:60])
    if how == 1:
        double = list(words)
        at = len(words) - 2
        if name == "events":
            double[0] = str(int(words[0]) + 1)
        else:
            double[at] = other(chance, words[at])
        lines.insert(i + 1, " ".join(double))
        return with_lines(files, name, lines), "%s twice: %s" % (kind, text[:60])
    words[-1], path = value_forged(chance, text)
    lines[i] = " ".join(words)
    return with_lines(files, name, lines), "%s %s: %s" % (kind, "/".join(map(str, path)), text[:60])


def decision_forged(chance, files):
    name = chance.choice([n for n in files if n.startswith("decisions/")])
    lines = lines_of(files, name)
    how = chance.randrange(8)
    if how == 0:
        return {n: raw for n, raw in files.items() if n != name}, "decision gone: " + name
    if how == 1:
        return {**files, "decisions/" + other(chance, name[10:]): files[name]}, "decision twice: " + name
    i = chance.choice((1, 2, 3, 4, 4, 5, 5))
    word, text = lines[i].split(" ", 1)
    if text.startswith("{"):
        text, path = value_forged(chance, text)
    else:
        text, path = text[:-1] + ("0" if text[-1] != "0" else "1"), ()
    lines[i] = word + " " + text
    return with_lines(files, name, lines), "decision %s %s: %s" % (word, "/".join(map(str, path)), name)


def file_forged(chance, files):
    name = chance.choice([n for n in files if n.startswith(("bids/", "shares/", "openers")) and files[n]])
    raw = bytearray(files[name])
    if chance.randrange(6) == 0:
        return {n: r for n, r in files.items() if n != name}, "file gone: " + name
    at = chance.randrange(len(raw))
    raw[at] ^= 1 << chance.randrange(8)
    return {**files, name: bytes(raw)}, "file byte %d: %s" % (at, name)


def single(chance, files):
    kind = chance.choice(("event", "event", "row", "row", "row", "journal", "journal", "decision", "decision", "file"))
    if kind == "decision":
        return kind, *decision_forged(chance, files)
    if kind == "file":
        return kind, *file_forged(chance, files)
    return kind, *line_forged(chance, files, {"event": "events", "row": "rows", "journal": "ledger"}[kind], kind)


# ---- whole stories -----------------------------------------------------------------------------


def everywhere(files, pairs):
    out = {}
    for name, raw in files.items():
        if not name.startswith(("bids/", "shares/")):
            for old, new in pairs:
                raw = raw.replace(old.encode(), new.encode())
        for old, new in pairs:
            name = name.replace(old, new)
        out[name] = raw
    return out


def rows_of(files, kind):
    return {line.split(" ")[1]: json.loads(line.split(" ", 2)[2]) for line in lines_of(files, "rows") if line.startswith(kind + " ")}


def without(files, needle):
    """Nothing of it is left: no event, no row, no file."""
    out = {n: raw for n, raw in files.items() if needle not in n}
    for name in ("events", "rows", "ledger"):
        out = with_lines(out, name, [line for line in lines_of(files, name) if needle not in line])
    return out


def dropped(chance, files):
    bid = chance.choice(sorted(rows_of(files, "bid")))
    return without(files, bid), bid


def late(chance, files):
    bid, row = chance.choice(sorted(rows_of(files, "bid").items()))
    return everywhere(files, [(row["received"], "2099" + row["received"][4:])]), bid


def swapped(chance, files):
    (one, a), (two, b) = chance.sample(sorted(rows_of(files, "bid").items()), 2)
    what = chance.choice(("organisation", "sha256", "received"))
    if a[what] == b[what]:
        return late(chance, files)
    return everywhere(files, [(a[what], "\1"), (b[what], a[what]), ("\1", b[what])]), one


def repriced(chance, files):
    awards = [(n, r) for n, r in rows_of(files, "award").items() if r["fen"] > 0]
    name, row = chance.choice(sorted(awards))
    new = row["fen"] + 100 * chance.randrange(1, 100000)
    return everywhere(files, [("%d.%02d" % divmod(f, 100), "%d.%02d" % divmod(new, 100)) if yuan else (":%d," % f, ":%d," % new)
                              for f in [row["fen"]] for yuan in (True, False)]), name


def repaid(chance, files):
    payments = rows_of(files, "payment")
    if not payments:
        return repriced(chance, files)
    name = chance.choice(sorted(payments))
    again = other(chance, name)
    out = dict(files)
    for part in ("rows", "ledger"):
        lines = []
        for line in lines_of(files, part):
            lines.append(line)
            if name in line:
                words = line.split(" ", 2 if part == "rows" else 1)
                if part == "ledger":
                    new = other(chance, words[0])
                    words = [new, words[1].replace(words[0], new)]
                lines.append(" ".join(words).replace(name, again))
        out = with_lines(out, part, lines)
    return out, again


def redrawn(chance, files):
    """Another member's marks, another order of those drawn: whoever judged is exchanged everywhere."""
    actors = sorted({json.loads(line.split(" ", 2)[2])["actor"] or "" for line in lines_of(files, "events") if '"role":"evaluator"' in line})
    if not actors:
        return swapped(chance, files)
    return everywhere(files, [(a, other(chance, a)) for a in [chance.choice(actors)]]), ""


STORIES = (dropped, late, swapped, repriced, repaid, redrawn)


def main():
    parser = argparse.ArgumentParser()
    for name in ("log", "log-key", "bundle"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--witness", action="append", default=[])
    parser.add_argument("--quorum", type=int, default=0)
    parser.add_argument("--linli")
    for name, least in (("single", 200), ("stories", 30), ("seed", 1), ("every", 50)):
        parser.add_argument("--" + name, type=int, default=least)
    options = parser.parse_args()
    checker, chance, pack = Checker(options), random.Random(options.seed), Pack(options.bundle)
    files = {name: pack.file(name) for name in pack.files}
    office = json.loads(lines_of(files, "events")[0].split(" ", 2)[2])["office"]
    code, wrong = checker.second(files)
    if code:
        print("the honest bundle does not pass:", *wrong, sep="\n")
        return 2
    tried, missed, apart = {}, 0, 0
    for i in range(options.single + options.stories):
        if i < options.single:
            kind, forged, what = single(chance, files)
        else:
            story = STORIES[i % len(STORIES)]
            forged, what = story(chance, files)
            kind = story.__name__
        if forged == files:
            continue
        tried[kind] = tried.get(kind, 0) + 1
        code, wrong = checker.second(forged)
        named = blamed(wrong, office) and any(UUID.search(line) or re.search(r"entry \d|lot \d|opener|is missing|tender|salt|sign|Base64|B:", line) for line in wrong)
        if code not in (1, 2, 4) or not named:
            missed += 1
            print("NOT FOUND" if not code else "NOBODY NAMED", kind, what, *wrong)
        if options.linli and i % options.every == 0:
            first, said = checker.first(forged)
            if first not in (1, 2, 4) or (first == 1) != (code == 1) or not blamed(said, office):
                apart += 1
                print("APART", kind, what, "first", first, said, "second", code, wrong)
    print("forged %d: %s; not found %d; verifiers apart %d" % (sum(tried.values()), json.dumps(tried, sort_keys=True), missed, apart))
    return 1 if missed or apart else 0


if __name__ == "__main__":
    sys.exit(main())
