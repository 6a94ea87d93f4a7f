#!/usr/bin/env python3
"""What a superuser forges in the database itself, past every right and every constraint, and whether it is found afterwards.

    insider_rows.py --super URL --tender UUID --linli PATH --log DIR --log-key KEY [--witness KEY]... [--quorum N]
                    [--single N] [--stories N] [--seed N] [--every N] [--jobs N] [--minutes N] [--keep DIR]

A single forgery is one value, one row gone or one row twice, of what a bundle of the supervisor's level is told from; a story
changes all that agrees with it alike (tests/trust/insider.py).  After each the bundle is exported anew, `linli verify` looks at
it against the log that was cosigned before, and the forgery is put back; the second verifier looks at every Nth.  What leaves
the bundle as it was is no forgery of it: it is not counted, and told of last.  Those not found are kept in DIR.  Exit 0 where
all were found.  After so many minutes no more is forged, and what was done is told.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

import insider
from insider import UUID, blamed, other, rows_of, value_forged

CONTRACTS = "(SELECT id FROM linli.contract WHERE tender_id = :T)"
TRANCHES = "(SELECT id FROM linli.tranche WHERE contract_id IN %s)" % CONTRACTS
JOURNALS = "(SELECT subject FROM linli.event_queue WHERE tender_id = :T AND act = 'log_journal')"
LOTS = "(SELECT id FROM linli.lot WHERE tender_id = :T)"

# Of each table what it tells of a tender: which rows, which columns (those of sql/query/bundle_*.sql and log_tender_*.sql), and
# the one that makes a row another.
TOLD = {
    "event_queue": ("tender_id = :T", "office_id id at actor role act subject_kind subject tender_id sealed salt payload", "id"),
    "log_entry": ("event_id IN (SELECT id FROM linli.event_queue WHERE tender_id = :T)", "idx office_id event_id", "idx"),
    "log_salt": ("tender_id = :T", "salt", ""),
    "decision": ("tender_id = :T", "id question plugin plugin_version plugin_sha256 options facts answer", "id"),
    "journal": ("id IN %s" % JOURNALS, "office_id id kind source reverses at", "id"),
    "posting": ("journal_id IN %s" % JOURNALS, "journal_id line appropriation_id bucket subject side amount_fen nth after_fen", "line"),
    "tender": ("id = :T", "number mechanism mechanism_sha256 scheme scheme_sha256 rule_set published", ""),
    "lot": ("tender_id = :T", "id no", "id"),
    "bid": ("tender_id = :T", "id lot_no organisation_id sha256 bytes received replaced_by key co_key state", "id"),
    "organisation_key": ("organisation_id IN (SELECT organisation_id FROM linli.bid WHERE tender_id = :T)",
                         "id organisation_id key signer note registered revoked", "id"),
    "award": ("tender_id = :T", "id lot_id bid_id standing place amount_fen decision_id", "id"),
    "contract": ("tender_id = :T", "id award_id organisation_id amount_fen signed", "id"),
    "tranche": ("contract_id IN %s" % CONTRACTS, "id contract_id no code amount_fen released_fen paid_fen", "id"),
    "payment": ("tranche_id IN %s" % TRANCHES, "id tranche_id amount_fen settled", "id"),
    "panel_member": ("tender_id = :T", "id lot_id person_id no", "id"),
    "panel_draw": ("lot_id IN %s" % LOTS, "lot_id pool excluded drawn", ""),
    "opener_set": ("tender_id = :T", "envelope note", "envelope"),
    "opener_post": ("tender_id = :T", "envelope lot_no opener shares key", "opener"),
    "closing": ("tender_id = :T", "lot_id envelope shares", "envelope"),
}


# ---- the database ------------------------------------------------------------------------------


class Refused(Exception):
    pass


class Database:
    """One psql for all of it."""

    def __init__(self, url, tender):
        self.tender = "'%s'" % tender
        self.psql = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-v", "VERBOSITY=terse", url], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        self.ask("SET session_replication_role = replica")
        self.ask("SET search_path = linli")
        self.unbind()

    def ask(self, text):
        self.psql.stdin.write(text.replace(":T", self.tender) + ";\n\\echo ---- :ERROR\n")
        self.psql.stdin.flush()
        lines = []
        for line in self.psql.stdout:
            if line.startswith("---- "):
                if line == "---- true\n":
                    raise Refused("".join(lines) + text)
                return lines
            lines.append(line.rstrip("\n"))
        raise SystemExit("psql ended: " + text)

    def unbind(self):
        """No check and no unique index stands in the way of somebody who may drop them."""
        for table in TOLD:
            for name in self.ask("SELECT quote_ident(conname) FROM pg_constraint WHERE conrelid = '%s'::regclass AND contype = 'c'" % table):
                self.ask("ALTER TABLE %s DROP CONSTRAINT %s" % (table, name))
            for name in self.ask("SELECT indexrelid::regclass FROM pg_index WHERE indrelid = '%s'::regclass AND indisunique AND NOT EXISTS "
                                 "(SELECT FROM pg_constraint WHERE conindid = indexrelid)" % table):
                self.ask("DROP INDEX %s" % name)
        self.types = dict(tuple(line.split("|")) for table in TOLD for line in self.ask(
            "SELECT '%s.' || attname, atttypid::regtype FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped" % (table, table)))

    def keep(self):
        self.ask("DROP SCHEMA IF EXISTS kept CASCADE")
        self.ask("CREATE SCHEMA kept")
        for table in TOLD:
            self.ask("CREATE TABLE kept.%s AS SELECT * FROM %s" % (table, table))

    def put_back(self):
        """All as it was kept, whatever a story did."""
        self.ask(" ; ".join(["BEGIN"] + ["DELETE FROM %s; INSERT INTO %s SELECT * FROM kept.%s" % (t, t, t) for t in TOLD] + ["COMMIT"]))


def quoted(value):
    if value is None:
        return "NULL"
    return "'%s'" % str(value).replace("'", "''")


# ---- one value, one row ------------------------------------------------------------------------


def time_other(chance):
    return "%s interval '%s'" % (chance.choice("+-"), chance.choice(("1 microsecond", "1 second", "1 hour", "1 day", "400 days")))


FROM_NOTHING = {"uuid": "'0192f0c4-a000-7000-8000-00000000a001'", "text": "'x'", "timestamp with time zone": "now()", "bytea": "sha256('x')"}


def value_sql(chance, kind, column, text):
    """As SQL, another value than this one, which is "" where there is none."""
    if text == "":
        return FROM_NOTHING.get(kind, "1")
    if kind == "timestamp with time zone":
        return chance.choice((column + " " + time_other(chance),) * 4 + ("NULL",))
    if kind == "bytea":
        at = chance.randrange((len(text) - 2) // 2)
        return "set_byte(%s, %d, get_byte(%s, %d) # %d)" % (column, at, column, at, 1 << chance.randrange(8))
    if kind == "boolean":
        return "NOT " + column
    if kind in ("integer", "bigint", "smallint"):
        return str(other(chance, int(text)))
    if kind == "text" and text.startswith("{") and text != "{}":
        return quoted(value_forged(chance, text)[0])
    return quoted(other(chance, text))


class Single:
    """One forgery, and how it is put back."""

    def __init__(self, base, chance, table, column):
        self.base, self.table, where = base, table, TOLD[table][0]
        self.what, self.gone, self.new = "%s.%s" % (table, column), None, None
        at = base.ask("SELECT ctid FROM %s WHERE %s ORDER BY ctid" % (table, where))
        if not at:
            raise Refused("no row")
        at = chance.choice(at)
        self.old = base.ask("SELECT to_jsonb(x) FROM %s x WHERE ctid = '%s'" % (table, at))[0]
        if column == "gone":
            base.ask("DELETE FROM %s WHERE ctid = '%s'" % (table, at))
            self.gone = at
        elif column == "twice":
            self.twice(chance, at)
        else:
            self.value(chance, at, column)

    def twice(self, chance, at):
        key = TOLD[self.table][2]
        kind = self.base.types["%s.%s" % (self.table, key)]
        was = json.loads(self.old)[key]
        copy = json.dumps({key: other(chance, was if kind != "integer" else int(was))})
        self.new = self.base.ask("INSERT INTO %s SELECT (jsonb_populate_record(x, %s)).* FROM %s x WHERE ctid = '%s' RETURNING ctid"
                                 % (self.table, quoted(copy), self.table, at))[0]

    def value(self, chance, at, column):
        text = self.base.ask("SELECT replace(%s::text, E'\\n', E'\\x01') FROM %s WHERE ctid = '%s'" % (column, self.table, at))[0].replace("\1", "\n")
        sql = value_sql(chance, self.base.types[self.what], column, text)
        changed = self.base.ask("UPDATE %s SET %s = %s WHERE ctid = '%s' AND %s IS DISTINCT FROM %s RETURNING ctid" % (self.table, column, sql, at, column, sql))
        if not changed:
            raise Refused("the same")
        self.gone, self.new = at, changed[0]

    def put_back(self):
        if self.new:
            self.base.ask("DELETE FROM %s WHERE ctid = '%s'" % (self.table, self.new))
        if self.gone:
            self.base.ask("INSERT INTO %s SELECT (jsonb_populate_record(NULL::%s, %s)).*" % (self.table, self.table, quoted(self.old)))


def places():
    """Every told column, and of every table a row gone and one twice."""
    found = []
    for table, (_, columns, key) in TOLD.items():
        found += [(table, column) for column in columns.split()] + [(table, "gone")] + ([(table, "twice")] if key else [])
    return found


# ---- whole stories -----------------------------------------------------------------------------


class Story:
    """Every told value that is one thing becomes another, in whatever column and text it stands."""

    def __init__(self, base, chance, files):
        self.base, self.chance, self.files = base, chance, files

    def everywhere(self, kind, old, new, swap=False):
        forms = {"fen": [("%d.%02d" % divmod(old, 100), "%d.%02d" % divmod(new, 100)), (":%d," % old, ":%d," % new)]} if kind == "bigint" else {}
        for table, (where, columns, _) in TOLD.items():
            for column in columns.split():
                its = self.base.types["%s.%s" % (table, column)]
                if its == "text":
                    self.text(table, where, column, forms.get("fen", [(old, new)]), swap)
                elif its == kind:
                    self.typed(table, where, column, old, new, swap)

    def text(self, table, where, column, pairs, swap):
        for old, new in pairs:
            value = "replace(%s, %s, %s)" % (column, quoted(old), quoted(new))
            if swap:
                value = "replace(replace(replace(%s, %s, E'\\x01'), %s, %s), E'\\x01', %s)" % (column, quoted(old), quoted(new), quoted(old), quoted(new))
            self.base.ask("UPDATE %s SET %s = %s WHERE %s AND %s <> %s" % (table, column, value, where, column, value))

    def typed(self, table, where, column, old, new, swap):
        old, new = ("'\\x%s'" % v if self.base.types["%s.%s" % (table, column)] == "bytea" else quoted(v) for v in (old, new))
        kind = self.base.types["%s.%s" % (table, column)]
        other_way = " WHEN %s THEN %s::%s" % (new, old, kind) if swap else ""
        self.base.ask("UPDATE %s SET %s = CASE %s WHEN %s THEN %s::%s%s END WHERE %s AND %s IN (%s, %s)"
                      % (table, column, column, old, new, kind, other_way, where, column, old, new if swap else old))

    def dropped(self):
        bid = self.chance.choice(sorted(rows_of(self.files, "bid")))
        for table, (where, _, _) in TOLD.items():
            if table not in ("tender", "decision"):
                self.base.ask("DELETE FROM %s x WHERE %s AND strpos(x::text, '%s') > 0" % (table, where, bid))
        return bid

    def late(self):
        bid, row = self.chance.choice(sorted(rows_of(self.files, "bid").items()))
        self.everywhere("timestamp with time zone", row["received"], "2099" + row["received"][4:])
        return bid

    def swapped(self):
        (one, a), (_, b) = self.chance.sample(sorted(rows_of(self.files, "bid").items()), 2)
        what, kind = self.chance.choice((("organisation", "uuid"), ("sha256", "bytea"), ("received", "timestamp with time zone")))
        if a[what] == b[what]:
            return self.late()
        self.everywhere(kind, a[what], b[what], swap=True)
        return one

    def repriced(self):
        name, row = self.chance.choice(sorted((n, r) for n, r in rows_of(self.files, "award").items() if r["fen"] > 0))
        self.everywhere("bigint", row["fen"], row["fen"] + 100 * self.chance.randrange(1, 100000))
        return name

    def repaid(self):
        payments = sorted(rows_of(self.files, "payment"))
        if not payments:
            return self.repriced()
        paid = self.chance.choice(payments)
        again = json.dumps({"id": other(self.chance, paid)})
        self.base.ask("INSERT INTO payment SELECT (jsonb_populate_record(x, '%s')).* FROM payment x WHERE id = '%s'" % (again, paid))
        for journal in self.base.ask("SELECT id FROM journal WHERE id IN %s AND source = '%s'" % (JOURNALS, paid)):
            self.posted_again(journal, json.loads(again)["id"])
        return paid

    def posted_again(self, journal, payment):
        """The journal once more, with its lines, event and place in the log, as if it had been another payment's."""
        new, event = other(self.chance, journal), other(self.chance, journal)
        self.base.ask("INSERT INTO journal SELECT (jsonb_populate_record(x, '{\"id\":\"%s\",\"source\":\"%s\"}')).* FROM journal x WHERE id = '%s'" % (new, payment, journal))
        self.base.ask("INSERT INTO posting SELECT (jsonb_populate_record(x, '{\"journal_id\":\"%s\"}')).* FROM posting x WHERE journal_id = '%s'" % (new, journal))
        self.base.ask("INSERT INTO event_queue SELECT (jsonb_populate_record(x, '{\"id\":\"%s\",\"subject\":\"%s\"}')).* FROM event_queue x "
                      "WHERE subject = '%s' AND act = 'log_journal'" % (event, new, journal))
        self.base.ask("INSERT INTO log_entry SELECT (SELECT max(idx) + 1 FROM log_entry), l.entry, l.office_id, '%s' FROM log_entry l "
                      "JOIN event_queue e ON e.id = l.event_id WHERE e.subject = '%s' AND e.act = 'log_journal'" % (event, journal))

    def redrawn(self):
        actors = self.base.ask("SELECT DISTINCT actor FROM event_queue WHERE tender_id = :T AND role = 'evaluator' AND actor IS NOT NULL ORDER BY 1")
        if not actors:
            return self.swapped()
        actor = self.chance.choice(actors)
        self.everywhere("uuid", actor, other(self.chance, actor))
        return actor


STORIES = ("dropped", "late", "swapped", "repriced", "repaid", "redrawn")


# ---- looking at it -----------------------------------------------------------------------------


class Judge:
    def __init__(self, options, work):
        self.options, self.work, self.count = options, work, 0
        self.checker = insider.Checker(options)

    def exported(self):
        """The folder of a bundle made now; its files, or what was said where none was given."""
        self.count += 1
        folder = os.path.join(self.work, "b%d" % self.count)
        done = subprocess.run([self.options.linli, "log", "bundle", "--into", folder, "--tender", self.options.tender], capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            return None, done.stderr
        pack = insider.Pack(folder)
        return folder, {name: pack.file(name) for name in pack.files}

    def found(self, folder, files, office, both):
        """What is wrong with being found; "" where nothing is."""
        o = self.options
        words = [o.linli, "verify", "--log", o.log, "--log-key", o.log_key, "--no-ask", "--quorum", str(o.quorum), "--bundle", folder]
        for witness in o.witness:
            words += ["--witness", witness]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        said = [line for line in done.stdout.split("\n") if line.startswith(("FAIL", "WHO"))]
        wrong = "" if any(s.startswith("FAIL") for s in said) else "NOT FOUND, exit %d" % done.returncode
        if not wrong and not blamed(said, office):
            wrong = "NOBODY NAMED " + " | ".join(said)
        if not wrong and both:
            code, second = self.checker.second(files)
            if not code or (code == 1) != (done.returncode == 1):
                wrong = "APART first %d %s second %d %s" % (done.returncode, said, code, second)
        return wrong


class Run:
    def __init__(self, options, work):
        self.options, self.chance = options, random.Random(options.seed)
        self.base, self.judge = Database(getattr(options, "super"), options.tender), Judge(options, work)
        self.tried, self.same, self.refused, self.withheld, self.missed = (collections.Counter() for _ in range(5))
        _, self.honest = self.judge.exported()
        self.office = json.loads(insider.lines_of(self.honest, "events")[0].split(" ", 2)[2])["office"]
        self.until = time.monotonic() + (options.minutes or 1000000) * 60
        self.pool, self.waiting = concurrent.futures.ThreadPoolExecutor(options.jobs), []

    def look(self, kind, what):
        """Exports, and has it judged meanwhile; whether it was a forgery of what is told."""
        folder, files = self.judge.exported()
        if folder is None:
            self.withheld[kind] += 1
        elif files == self.honest:
            shutil.rmtree(folder)
            return False
        self.tried[kind] += 1
        if folder:
            both = sum(self.tried.values()) % self.options.every == 0
            self.waiting.append((self.pool.submit(self.judge.found, folder, files, self.office, both), folder, kind, what))
        self.settle(4 * self.options.jobs)
        return True

    def settle(self, most):
        while len(self.waiting) > most:
            said, folder, kind, what = self.waiting.pop(0)
            if said.result():
                self.missed[kind] += 1
                print(said.result(), kind, what, flush=True)
                if self.options.keep:
                    shutil.copytree(folder, os.path.join(self.options.keep, os.path.basename(folder)))
            shutil.rmtree(folder)

    def singles(self):
        left, stories = places(), sum(self.tried.values())
        while sum(self.tried.values()) < self.options.single + stories and time.monotonic() < self.until:
            table, column = self.chance.choice(left)
            name = "%s.%s" % (table, column)
            try:
                one = Single(self.base, self.chance, table, column)
            except Refused:
                self.refused[name] += 1
                if self.refused[name] >= 20 and not self.tried[name]:
                    left.remove((table, column))
                continue
            if not self.look(name, one.old[:200]):
                self.same[name] += 1
                if self.same[name] >= 20 and not self.tried[name]:
                    left.remove((table, column))
            one.put_back()

    def stories(self):
        self.base.keep()
        until, i = sum(self.tried.values()) + self.options.stories, 0
        while sum(self.tried.values()) < until and time.monotonic() < self.until:
            kind = STORIES[i % len(STORIES)]
            i += 1
            what = getattr(Story(self.base, self.chance, self.honest), kind)()
            if not self.look(kind, what):
                self.same[kind] += 1
            self.base.put_back()

    def honest_still(self):
        folder, files = self.judge.exported()
        same = files == self.honest
        if folder:
            shutil.rmtree(folder)
        return same


def main():
    parser = argparse.ArgumentParser()
    for name in ("super", "tender", "linli", "log", "log-key"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--witness", action="append", default=[])
    parser.add_argument("--keep")
    for name, least in (("quorum", 0), ("single", 200), ("stories", 30), ("seed", 1), ("every", 10), ("jobs", 1), ("minutes", 0)):
        parser.add_argument("--" + name, type=int, default=least)
    options = parser.parse_args()
    assert UUID.fullmatch(options.tender)
    # Whoever exports waits for the disk at each file.
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as work:
        run = Run(options, work)
        run.stories()
        stories = sum(run.tried.values())
        run.singles()
        run.settle(0)
        good = run.honest_still()
    for title, counts in (("forged", run.tried), ("no bundle given out", run.withheld), ("left the bundle as it was", run.same), ("refused by the database", run.refused)):
        print("%s %d: %s" % (title, sum(counts.values()), json.dumps(counts, sort_keys=True)))
    print("put back, the bundle is%s the honest one" % ("" if good else " NOT"))
    singles = sum(run.tried.values()) - stories
    print("forged %d rows and %d stories; not found %d" % (singles, stories, sum(run.missed.values())))
    return 1 if run.missed or not good else 0


if __name__ == "__main__":
    sys.exit(main())
