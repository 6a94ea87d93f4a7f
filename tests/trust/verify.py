#!/usr/bin/env python3
"""A second verifier, written from docs/verify.md and the public formats alone; standard library only; it shares no code with the first.

    verify.py log --log DIR --log-key KEY [--witness KEY]... [--quorum N] [--since FILE] [--bundle PATH] [--receipt FILE]
    verify.py open SEALED --openers FILE --key FILE [--key FILE]... [--co-key FILE]    prints price and files
    verify.py draw POOL --source TEXT [--source TEXT]...
    verify.py vectors FILE

Exit: 0 all true, 1 a contradiction, 2 something is missing, 3 usage, 4 a signature is wrong or missing.
Decisions are compared with their logged digests; asking them again is what `linli verify` does.
"""
import argparse
import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import struct
import sys
import tarfile
import zipfile
from datetime import datetime, timedelta, timezone

from primitives import Gcm, ed25519_good, hkdf_expand, x25519


class Wrong(Exception):
    """A contradiction; `act` is the logged act that is wrong, where it is one."""

    code = 1

    def __init__(self, text, act=None):
        super().__init__(text if act is None else "entry %d: %s" % (act.index, text))
        self.act = act


class Missing(Wrong):
    code = 2


class Forged(Wrong):
    code = 4


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def number(unit, shown):
    """A mark as it was written, in the smallest part of its unit."""
    if unit == "yes_no":
        return {"yes": 1, "no": 0}.get(shown)
    places = {"points": 6, "money": 2, "rate": 4}.get(unit, 0)
    if shown is None or not re.fullmatch(r"-?[0-9]+(\.[0-9]{1,%d})?%%?" % max(places, 1), shown) or unit is None:
        return None
    whole, _, part = shown.rstrip("%").lstrip("-").partition(".")
    return int(whole + part.ljust(places, "0")) * (-1 if shown[0] == "-" else 1)


def b64(text):
    try:
        raw = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise Wrong("not Base64") from None
    if base64.b64encode(raw).decode() != text:
        raise Wrong("not the one Base64 of anything")
    return raw


# ---- Merkle trees: RFC 9162, section 2.1 ---------------------------------------------------


def leaf_hash(entry):
    return sha256(b"\0", entry)


def root_of(leaves):
    """From the bottom up, pairing neighbours and carrying an odd one, unlike the definition's recursion."""
    level = list(leaves)
    if not level:
        return sha256(b"")
    while len(level) > 1:
        level = [sha256(b"\1", *level[i : i + 2]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0]


def included(leaf, index, size, path, root):
    if index >= size:
        return False
    node, last, here = leaf, size - 1, index
    for sibling in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            node = sha256(b"\1", sibling, node)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            node = sha256(b"\1", node, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and node == root


# ---- signed notes --------------------------------------------------------------------------


class Key:
    def __init__(self, text):
        try:
            self.name, tag, body = text.strip().split("+", 2)
        except ValueError:
            raise Wrong("no key: " + text) from None
        raw = b64(body)
        self.type, self.public, self.id = raw[0], raw[1:], bytes.fromhex(tag)
        if self.type not in (1, 4) or len(self.public) != 32 or sha256(self.name.encode(), b"\n", raw)[:4] != self.id:
            raise Wrong("no key: " + text)


def note_split(note):
    text, gap, tail = note.rpartition("\n\n")
    lines = []
    for line in tail.split("\n")[:-1]:
        words = line.split(" ")
        if len(words) != 3 or words[0] != "\u2014":
            raise Wrong("a line that is no signature")
        lines.append((words[1], b64(words[2])))
    if not gap or not lines or not tail.endswith("\n"):
        raise Wrong("no signed note")
    return text + "\n", lines


def note_signed(text, lines, key):
    """Whether this key signed; Forged where a line of it does not verify."""
    found = False
    for name, raw in lines:
        if name != key.name or raw[:4] != key.id:
            continue
        message, signature = text.encode(), raw[4:]
        if key.type == 4:
            message = b"cosignature/v1\ntime %d\n" % struct.unpack(">Q", raw[4:12]) + message
            signature = raw[12:]
        if not ed25519_good(key.public, signature, message):
            raise Forged("the signature of %s does not fit" % name)
        found = True
    return found


def checkpoint(path, log, witnesses=(), quorum=0):
    try:
        with open(path, encoding="utf-8", newline="") as file:
            note = file.read()
    except OSError:
        raise Missing("there is no checkpoint") from None
    try:
        text, lines = note_split(note)
        origin, size, root = text.split("\n")[:3]
    except ValueError:
        raise Wrong("no checkpoint") from None
    if not note_signed(text, lines, log) or origin != log.name:
        raise Forged("the log did not sign this")
    if sum(note_signed(text, lines, w) for w in witnesses) < quorum:
        raise Forged("too few witnesses")
    return int(size), b64(root)


# ---- the log -------------------------------------------------------------------------------


def tile_name(kind, n, width):
    groups = ["%03d" % (n % 1000)]
    while n >= 1000:
        n //= 1000
        groups.insert(0, "x%03d" % (n % 1000))
    return "tile/%s/%s%s" % (kind, "/".join(groups), ".p/%d" % width if width < 256 else "")


def file_of(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    except OSError:
        raise Missing(name + " is missing") from None


def tiles(count):
    return [(n, min(256, count - 256 * n)) for n in range((count + 255) // 256)]


def entries_of(folder, size):
    entries = []
    for n, width in tiles(size):
        raw, at = file_of(folder, tile_name("entries", n, width)), 0
        for _ in range(width):
            length = int.from_bytes(raw[at : at + 2], "big")
            entries.append(raw[at + 2 : at + 2 + length])
            at += 2 + length
        if at != len(raw) or any(len(e) != 116 or e[:3] != b"LE1" or e[3] > 1 for e in entries[256 * n :]):
            raise Wrong("a bundle holds something else than entries")
    return entries


def tiles_check(folder, leaves):
    level, hashes_here = 0, leaves
    while hashes_here:
        for n, width in tiles(len(hashes_here)):
            if file_of(folder, tile_name(level, n, width)) != b"".join(hashes_here[256 * n : 256 * n + width]):
                raise Wrong("%s does not hold the hashes of the entries" % tile_name(level, n, width))
        hashes_here = [root_of(hashes_here[i : i + 256]) for i in range(0, len(hashes_here) - 255, 256)]
        level += 1


def chain_check(entries, leaves):
    before, at = bytes(32), 0
    for i, e in enumerate(entries):
        index, time = struct.unpack(">QQ", e[4:20])
        if index != i or time < at or time >> 63 or e[20:52] != before:
            raise Wrong("entry %d does not follow the one before it" % i)
        before, at = leaves[i], time


# ---- a tender's bundle ---------------------------------------------------------------------


def single(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a member is there twice")
    return dict(pairs)


def no_real(text):
    raise ValueError(text + " is no integer")


def small(text):
    if not -(2**63) <= int(text) < 2**63:
        raise ValueError(text + " is too large")
    return int(text)


def depth(text):
    most = now = 0
    for mark in re.findall(r'[][{}]', re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
        now += 1 if mark in "[{" else -1
        most = max(most, now)
    return most


def loads(text):
    """JSON without reals, integers of more than 64 bits, constants, members twice or more than 32 levels: nobody reads it otherwise."""
    text = text.decode() if isinstance(text, bytes) else text
    if text.count("[") + text.count("{") > 32 and depth(text) > 32:
        raise ValueError("nested too deep")
    value = json.loads(text, object_pairs_hook=single, parse_int=small, parse_float=no_real, parse_constant=no_real)
    if "\\u" in text and "\\u0000" in canonical(value).encode().decode().replace("\\\\", ""):  # half a pair of UTF-16 is no UTF-8
        raise ValueError("a NUL in a text")
    return value


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def micros(at):
    since = at - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86400 + since.seconds) * 1000000 + since.microseconds


class Pack:
    """The files of a bundle: a folder, a tar or a zip."""

    def __init__(self, path):
        self.path, self.files = path, {}
        if os.path.isdir(path):
            for at, _, names in os.walk(path):
                for name in names:
                    if not os.path.islink(os.path.join(at, name)):
                        self.files[self.named(os.path.relpath(os.path.join(at, name), path))] = None
        elif not os.path.exists(path):
            raise Missing(path + " is missing")
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                self.keep((i.filename, archive.read(i)) for i in archive.infolist() if not i.is_dir())
        else:
            try:
                with tarfile.open(path) as archive:
                    self.keep((m.name, archive.extractfile(m).read()) for m in archive if m.isfile())
            except tarfile.TarError:
                raise Wrong("no folder or archive") from None

    def named(self, name):
        if not name or name.startswith("/") or ".." in name or "\n" in name or len(name.encode()) >= 500:
            raise Wrong("%r is no name of a file of a bundle" % name)
        return name

    def keep(self, files):
        for name, raw in files:
            name = self.named(name[2:] if name.startswith("./") else name)
            if name in self.files:
                raise Wrong(name + " is there twice")
            self.files[name] = raw

    def file(self, name):
        if name not in self.files:
            raise Missing(name + " is missing")
        if self.files[name] is None:
            self.files[name] = file_of(self.path, name)
        return self.files[name]


def inside(value, *path):
    for name in path:
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and isinstance(name, int) and name < len(value):
            value = value[name]
        else:
            return None
    return value


def fen(text):
    yuan, _, rest = text.partition(".")
    return int(yuan) * 100 + (-int(rest) if yuan.startswith("-") else int(rest))


def yuan(text):
    """Money as a bidder may write it."""
    if not isinstance(text, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]{1,2})?", text):
        raise ValueError("no sum")
    whole, _, rest = text.partition(".")
    return fen(whole + "." + rest.ljust(2, "0"))


def quantity(offer, shown):
    """A number, whichever of its lawful ways it is written in; None where it is none."""
    unit = offer.get("unit")
    if unit == "yes_no":
        return {"yes": 1, "no": 0, True: 1, False: 0}.get(shown)
    return number(unit, str(shown)) if not isinstance(shown, bool) else None


def bare(value):
    """A value without the members that hold nothing, which facts leave out."""
    if isinstance(value, list):
        return [bare(v) for v in value]
    if not isinstance(value, dict):
        return value
    return {k: v for k, v in ((k, bare(v)) for k, v in value.items()) if v not in (None, False, 0, "", [], {})}


class Event(dict):
    def __init__(self, index, salt=None, text=None):
        super().__init__(loads(text) if text else {})
        self.index, self.salt, self.text = index, salt, text
        self.at = instant(self["at"]) if text else None
        self.act, self.subject = self.get("act"), self.get("subject")

    def say(self, *path):
        return inside(self.get("payload"), *path)


class Bundle:
    def __init__(self, pack, prefix=""):
        self.pack, self.prefix = pack, prefix
        head = self.part("tender").decode().split("\n")
        if head[0] != "linli/bundle/v1" or len(head) != 5 or head[4]:
            raise Wrong("no bundle")
        words = dict(line.split(" ", 1) for line in head[1:4])
        self.tender, self.salt, self.level = words["tender"], bytes.fromhex(words["salt"]), words["level"]
        if len(self.salt) != 32 or self.level.split(" ")[0] not in ("public", "party", "supervisor"):
            raise Wrong("no bundle")
        self.events, self.hidden, self.erased, self.erasures, self.options = [], 0, [], [], {}
        if prefix + "erasures" in pack.files:
            for line in self.part("erasures").decode().split("\n")[:-1]:
                index, salt, text = line.split(" ", 2)
                self.erasures.append(Event(int(index), bytes.fromhex(salt), text))
        for line in self.part("events").decode().split("\n")[:-1]:
            index, rest = line.split(" ", 1)
            if rest == "withheld":
                self.hidden += 1
                self.events.append(Event(int(index)))
            elif rest == "erased":
                self.erased.append(int(index))
                self.events.append(Event(int(index)))
            else:
                salt, text = rest.split(" ", 1)
                self.events.append(Event(int(index), bytes.fromhex(salt), text))
        if any(a.index >= b.index for a, b in zip(self.events, self.events[1:])):
            raise Wrong("events out of order")
        self.recoveries = []
        if prefix + "recoveries" in pack.files:
            for line in self.part("recoveries").decode().split("\n")[:-1]:
                index, salt, text = line.split(" ", 2)
                self.recoveries.append(Event(int(index), bytes.fromhex(salt), text))
        self.rows = {}
        for line in self.part("rows").decode().split("\n")[:-1]:
            kind, name, text = line.split(" ", 2)
            if name in self.rows.setdefault(kind, {}):
                raise Wrong("%s %s is there twice" % (kind, name))
            self.rows[kind][name] = loads(text)
        opened = self.rows.get("award") or any(r["key"] is not None for r in self.rows.get("bid", {}).values())
        if self.hidden and opened and self.level == "supervisor":
            raise Wrong("a supervisor's bundle withholds nothing")
        lines = [line.split(" ", 1) for line in self.part("ledger").decode().split("\n")[:-1]]
        self.journals = [(name, text, loads(text)) for name, text in lines]

    def part(self, name):
        return self.pack.file(self.prefix + name)

    def below(self, folder):
        start = self.prefix + folder + "/"
        return [name[len(start) :] for name in sorted(self.pack.files) if name.startswith(start)]

    def of(self, *acts):
        return [e for e in self.events if e.act in acts]

    def row(self, kind, name):
        return self.rows.get(kind, {}).get(name)

    def asked(self, *questions):
        """The decisions that are here, in the order of the log: id, question, plug-in's id and digest, facts, answer."""
        for e in self.of("log_decision"):
            try:
                lines = self.part("decisions/" + e.subject).decode().split("\n")
            except Missing:
                continue
            words = dict(line.split(" ", 1) for line in lines[1:-1])
            plugin, self.options[e.subject] = words["plugin"].split(" "), loads(words["options"])
            if not questions or words["question"] in questions:
                yield e.subject, words["question"], plugin[0], plugin[2], words["facts"], words["answer"]

    # ---- V7, V8

    def payloads(self, entries):
        gone = {i for e in self.erasures if e.act == "erasure_approve" for i in e.say("entries") if i < e.index}
        for index in self.erased:
            if index not in gone:
                raise Wrong("entry %d: no act of the log erased this event" % index)
        for e in self.erasures + self.events:
            if e.index >= len(entries):
                raise Missing("the log ends before entry %d" % e.index)
            if e.text is None:
                continue
            if sha256(b"linli/payload/v1\0", e.salt, e.text.encode()) != entries[e.index][52:84] or e["tender"] != self.tender and e not in self.erasures:
                raise Wrong("entry %d: this event is not what the log committed to" % e.index)

    def recovered(self, entries, origin):
        """A log that went on after a loss says so: by two people, each loss after the one before, the last as this log."""
        before = None
        for e in self.recoveries:
            if e.index >= len(entries):
                raise Missing("the log ends before entry %d" % e.index)
            if sha256(b"linli/payload/v1\0", e.salt, e.text.encode()) != entries[e.index][52:84]:
                raise Wrong("entry %d: this event is not what the log committed to" % e.index)
            by, lost, left = e.say("by") or [], e.say("lost", "origin"), e.say("left")
            if e.act != "log_recover" or len(by) < 2 or by[0] == by[1]:
                raise Wrong("entry %d: no two people said that the log was lost" % e.index)
            if not lost or not e.say("new") or lost == e.say("new") or before not in (None, lost):
                raise Wrong("entry %d: another log was lost than the one before" % e.index)
            if not isinstance(left, int) or not isinstance(e.say("lost", "size"), int) or not 0 <= left <= e.index:
                raise Wrong("entry %d: more is said to be left than there was" % e.index)
            before = e.say("new")
        if before not in (None, origin):
            raise Wrong("the log goes on as %s, which this one is not" % before)

    def complete(self, entries):
        commit = sha256(b"linli/ssalt/v1\0", self.salt).hex()
        told = [e.say("salt_commit") for e in self.of("log_tender")]
        if not told:
            raise Missing("no event commits to the salt")
        if told != [commit]:
            raise Wrong("the salt is not the one committed to")
        tender = bytes.fromhex(self.tender.replace("-", ""))
        tags = [
            i
            for i, e in enumerate(entries)
            if hmac.digest(self.salt, b"linli/subject/v1\0" + struct.pack(">Q", i) + tender, "sha256") == e[84:116]
        ]
        if tags != [e.index for e in self.events]:
            raise Wrong("the events are not the entries of the tender")

    def told(self, entries):
        """What happened was told to the log within ten minutes; what was sealed, after the opening."""

        def done(e):
            due = e.act in ("lot_phase", "tender_recount", "approval_late", "recovery_overdue", "objection_due")
            return max(e.at, instant(e.say("done"))) if due and e.say("done") else e.at

        numbers = [r["no"] for r in self.rows.get("lot", {}).values()]
        openings = [done(e) for e in self.events if e.text and any("lot_%s" % n in (e.get("payload") or {}) for n in numbers)]
        for e in self.events:
            if not e.text or e.act.startswith("log_") or e.act in ("bid_requote", "bids_closed", "prices_closed"):
                continue
            if e["sealed"] and not openings:
                continue
            until = max(e.at, openings[0]) if e["sealed"] else done(e)
            if struct.unpack(">Q", entries[e.index][12:20])[0] > micros(until) + 600000000:
                raise Wrong("entry %d: the log was told of this long after it is said to have happened" % e.index)

    # ---- V9, VP

    def deadlines(self):
        return [
            (e, instant(e.say("request", "deadline")))
            for e in self.of("tender_publish", "tender_extend", "tender_amend")
            if e.say("request", "deadline")
        ]

    def order(self):
        published, before = self.of("tender_publish"), None
        if not published or not self.deadlines():
            raise Missing("no event tells of the publication")
        first = published[0]
        if len(published) > 1:
            raise Wrong("the tender was published twice", act=published[1])
        for e, moved in self.deadlines():
            if before and e.at >= before:
                raise Wrong("the deadline was moved after it had passed")
            before = moved
        told = min((e.index for e in self.of("log_tender")), default=None)
        for e in self.of("bid_submit"):
            if told is None or e.index < told or e.index < first.index or e.at < first.at:
                raise Wrong("entry %d: a bid before the publication" % e.index)
        row = self.row("tender", self.tender)
        if row is None:
            raise Missing("no row of the tender")
        numbers = [r["no"] for r in self.rows.get("lot", {}).values()]
        if len(self.rows["tender"]) > 1 or len(set(numbers)) < len(numbers):
            raise Wrong("there is a tender or a lot too many")
        now = [row.get(n) for n in ("number", "rule_set", "mechanism", "mechanism_sha256", "scheme", "scheme_sha256")]
        then = [first.say(*n) for n in (("number",), ("rule_set",), ("mechanism", "id"), ("mechanism", "sha256"), ("scheme", "id"), ("scheme", "sha256"))]
        if now != then or instant(row["published"]) != first.at:
            raise Wrong("the tender is not what was published")

    # Who answers which question.
    ANSWERS = {
        **dict.fromkeys(("plan", "step", "admit", "award", "schedule", "release", "refuse"), "mechanism"),
        **dict.fromkeys(("criteria", "evaluate", "preview"), "scheme"),
        "accept": "acceptance",
    }

    def builds(self):
        then = next((inside(loads(facts), "rules") for *_, facts, _ in self.asked("plan")), None)
        plan = next((bare(loads(answer)) for *_, answer in self.asked("plan")), None)
        for published in self.of("tender_publish")[:1]:
            for name, question, plugin, digest, facts, _ in self.asked():
                named = published.say(self.ANSWERS.get(question)) or {}
                if (named.get("id"), named.get("sha256")) != (plugin, digest):
                    raise Wrong("decision %s was asked of another plug-in or build than the one published" % name)
                if named.get("options") != hashlib.sha256(canonical(self.options[name]).encode()).hexdigest():
                    raise Wrong("decision %s was asked with other options than those published" % name)
                if then is not None and question != "accept" and inside(loads(facts), "rules") != then:
                    raise Wrong("decision %s rests on other rules than the plan" % name)
                had = inside(loads(facts), "plan")
                if plan is not None and had is not None and question not in ("plan", "accept") and bare(had) != plan:
                    raise Wrong("decision %s rests on another plan than the one answered" % name)

    # ---- V10

    def named(self, envelope="openers"):
        """Digests of the openers' texts that were logged: of the bid ("openers") or of its price ("price_openers")."""
        return [e.say(envelope) for e in self.of("openers_set", "tender_publish") if e.say(envelope)]

    def openers(self, envelope="openers"):
        digest = self.named(envelope)
        if not digest:
            return None
        note = self.part(envelope.replace("_", "-")).decode()
        text = note_split(note)[0] if "\n\n" in note else note
        if sha256(text.encode()).hex() != digest[-1] or "\ntender %s\n" % self.tender not in text:
            raise Wrong("the openers' text is not the one that was logged")
        published = [e.say("request", "deadline") for e in self.of("tender_publish") if e.say("request", "deadline")]
        if published and instant(text.split("\nnot-before ")[1].split("\n")[0]) != instant(published[-1]):
            raise Wrong("the openers might have opened at another time than the deadline")
        return text

    def openers_signed(self):
        for envelope in ("openers", "price_openers"):
            if not self.named(envelope) and self.prefix + envelope.replace("_", "-") in self.pack.files:
                raise Wrong("the log names nobody of " + envelope)
        keys = [self.openers_of(envelope) for envelope in ("openers", "price_openers")]
        if keys[0] & keys[1]:
            raise Wrong("one key opens both envelopes")

    def openers_of(self, envelope):
        text, sets = self.openers(envelope), [e for e in self.of("openers_set") if e.say(envelope)]
        if text is not None and sets:
            self.signed_by_all(envelope, sets[-1])
        return {line.split(" ")[2] for line in (text or "").split("\n") if line.startswith(("opener ", "p256 "))}

    def signed_by_all(self, envelope, named):
        published = self.of("tender_publish")
        if not published or named.index > published[-1].index:
            raise Wrong("the openers were named after the publication")
        text, lines = note_split(self.part(envelope.replace("_", "-")).decode())
        keys = (named.say("request", "signers") or "").split()
        if len(keys) != int(text.split("\n")[3].split(" ")[1]) or not all(note_signed(text, lines, Key(k)) for k in keys):
            raise Forged("not every opener signed")

    # ---- V11 to V13

    def in_time(self):
        if not self.deadlines():
            return
        last = self.deadlines()[-1][1]
        if any(e.at >= last for e in self.of("bid_submit")):
            raise Wrong("a bid came after the deadline")
        if self.of("bid_submit") and any(instant(b["received"]) >= last for b in self.rows.get("bid", {}).values()):
            raise Wrong("a bid is dated after the deadline")

    def handed(self):
        """Bids in the order of arrival, and whether each counts."""
        bids, gone = sorted(self.of("bid_submit"), key=lambda e: (e.at, e.index)), {e.subject for e in self.of("bid_withdraw")}
        last = {(e.say("lot"), e.say("organisation")): e for e in bids}
        return [(e, e.subject not in gone and (e.say("organisation") is None or last[e.say("lot"), e.say("organisation")] is e)) for e in bids]

    def listed(self, bids, closed):
        """Those that stood when their lot was closed, whoever left later."""
        gone = {e.subject for e in self.of("bid_withdraw") if e.index < closed.index}
        last = {b.say("organisation"): b for b, _ in bids if b.say("lot") == closed.say("lot")}
        return [b for b, _ in bids if b.say("lot") == closed.say("lot") and b.subject not in gone and (b.say("organisation") is None or last[b.say("organisation")] is b)]

    def closing(self):
        bids = self.handed()
        for e, counts in bids:
            row = self.row("bid", e.subject)
            if row is None:
                raise Wrong("bid %s came in and is gone" % e.subject)
            if any(row.get(n) != e.say(n) for n in ("lot", "sha256", "bytes", "organisation")) or row["received"] != e["at"]:
                raise Wrong("bid %s is not what came in" % e.subject)
            later = [b.subject for b, _ in bids if (b.at, b.index) > (e.at, e.index) and (b.say("lot"), b.say("organisation")) == (e.say("lot"), e.say("organisation"))]
            if (not row["withdrawn"] and row["replaced_by"] is None) != counts or row["replaced_by"] not in [None] + later[:1]:
                raise Wrong("bid %s was taken out or put back" % e.subject)
        if self.hidden:
            return
        keyed = sorted((r["lot"], name, r["key"]) for name, r in self.rows.get("bid", {}).items() if r["key"] is not None)
        places = {}
        for lot, name, key in keyed:
            places[lot] = places.get(lot, 0) + 1
            if key != places[lot]:
                raise Wrong("bid %s has a key that is not its place" % name)
        for e in self.of("bids_closed"):
            digests = sorted({b.say("sha256") for b in self.listed(bids, e)})
            root = root_of([leaf_hash(bytes.fromhex(d)) for d in digests]).hex()
            if (e.say("bids"), e.say("root")) != (len(digests), root):
                raise Wrong("the closing list of lot %s is not what came in" % e.say("lot"))
        for e in self.of("prices_closed"):
            digests = sorted({p["sha256"] for p in e.say("prices")})
            if (e.say("bids"), e.say("root")) != (len(digests), root_of([leaf_hash(bytes.fromhex(d)) for d in digests]).hex()):
                raise Wrong("the list of prices of lot %s does not agree with its root" % e.say("lot"))
        self.closed_first("openers", "bids_closed", "lot_%d")
        self.closed_first("price_openers", "prices_closed", "prices_%d")
        self.posts_in_order("openers", "bids_closed")
        self.posts_in_order("price_openers", "prices_closed")

    def closed_first(self, envelope, act, opening):
        """Where openers were named or bids came in sealed, what was opened had been closed, once, and after the deadline."""
        sealed = {e.say("lot") for e in self.of("bid_submit") if e["sealed"]} if envelope == "openers" else set()
        for name, row in self.rows.get("lot", {}).items():
            if not self.named(envelope) and row["no"] not in sealed:
                continue
            lists = [e for e in self.of(act) if e.say("lot") == row["no"]]
            opened = [e for e in self.events if opening % row["no"] in (e.get("payload") or {})]
            if len(lists) > 1:
                raise Wrong("lot %s was closed twice" % name)
            if opened and (not lists or lists[0].at > opened[0].at):
                raise Wrong("lot %s was opened and had not been closed" % name)
            if lists and envelope == "openers" and self.deadlines() and lists[0].at < self.deadlines()[-1][1]:
                raise Wrong("lot %s was closed before the deadline" % name)

    def posts_in_order(self, envelope, act):
        """What openers open is closed, then promised, then shown: in this order of the log."""
        text, prices = self.openers(envelope), envelope == "price_openers"
        closed, seen = set(), {}

        def which(e, *path):
            said, opener = e.say(*path, "envelope") or "bid", e.say(*path, "opener")
            lot = (1 if e.say(*path, "lot") is None else e.say(*path, "lot")) if prices else 0
            return (lot, opener) if (said == "price") == prices and opener in range(1, 16) and (lot in range(1, 101) or not prices) else None

        for e in self.events if text else ():
            if e.act == act:
                lot = e.say("lot") if prices else 0
                closed.add(lot)
                if seen.get(lot):
                    raise Wrong("a lot was closed once its openers had promised", act=e)
            elif e.act == "shares_promise" and which(e, "request"):
                lot, opener = which(e, "request")
                seen.setdefault(lot, set()).add(opener)
                if lot not in closed:
                    raise Wrong("shares were promised of what was not closed", act=e)
            elif e.act == "shares_post" and e.say("opener") and which(e):
                lot, opener = which(e)
                had = seen.get(lot, set())
                if opener not in had or len(had) < int(text.split("\n")[2].split(" ")[1]):
                    raise Wrong("shares were shown before enough openers had promised", act=e)

    def closed(self):
        if not self.hidden:
            lots, opened = self.rows.get("lot", {}), self.opened()
            for name, lot in lots.items():
                if any(sum(1 for e in self.events if kind % lot["no"] in (e.get("payload") or {})) > 1 for kind in ("lot_%d", "prices_%d")):
                    raise Wrong("lot %s was opened twice" % name)
            for e in self.of("bid_submit"):
                if e["sealed"] and (self.row("bid", e.subject) or {}).get("key") is not None and e.subject not in opened:
                    raise Wrong("bid %s has a key and was never opened" % e.subject)
            self.all_opened()
            self.prices_listed()
        for e in self.of("bids_closed"):
            if any(b.at >= e.at and b.say("lot") == e.say("lot") for b in self.of("bid_submit")):
                raise Wrong("a bid came in after the closing")
        for e in self.of("tender_open"):
            for name in (e.get("payload") or {}) if not self.hidden else ():
                closed = [p for p in self.of("prices_closed") if "prices_%d" % p.say("lot") == name and p.index < e.index]
                if name.startswith("prices_") and not any(s.at <= p.at and s.subject == p.subject for p in closed for s in self.of("panel_sign")):
                    raise Wrong("prices of lot %s were opened before the report was signed" % name[7:])

    # ---- VF

    # What may be below shares/: who showed it, and of which lot.
    SHOWN = re.compile(r"(price-)?(?:opener-(?P<key>[1-9][0-9]*)\.key|lot-(?P<lot>[1-9][0-9]*)|(?(1)lot-(?P<of>[1-9][0-9]*)-)opener-(?P<by>[1-9][0-9]*))")

    def shown_meant(self, name):
        """The openers or the signer show, whichever was named, and of lots there are."""
        named = self.SHOWN.fullmatch(name)
        if not named:
            return False
        envelope = "price_openers" if named[1] else "openers"
        people = any(e.say(envelope) for e in self.of("openers_set"))
        opener, lot = named["key"] or named["by"], named["lot"] or named["of"]
        if lot is not None and int(lot) not in [r["no"] for r in self.rows.get("lot", {}).values()] or not self.named(envelope):
            return False
        try:
            n = int((self.openers(envelope) or "").split("\n")[3].split(" ")[1])
        except Missing:
            return False
        return people and int(opener) <= n if opener else not people

    def told_of(self, folder, name):
        if folder == "bids":
            stand = {r["sha256"] for r in self.rows.get("bid", {}).values() if not r["withdrawn"] and r["replaced_by"] is None}
            return name in stand and hashlib.sha256(self.part("bids/" + name)).hexdigest() == name
        if folder == "draws":
            return any(name in (e.subject + ".pool", e.subject + ".excluded") for e in self.of("panel_draw"))
        if folder == "co-keys":
            return any(e.subject == name for e in self.of("co_key_show"))
        if folder == "decisions":
            return any(e.subject == name for e in self.of("log_decision"))
        return folder == "shares" and self.shown_meant(name)

    def files(self):
        """Nothing is in the bundle that nothing tells of."""
        for name in sorted(self.pack.files):
            if not name.startswith(self.prefix):
                continue
            folder, _, rest = name[len(self.prefix) :].partition("/")
            if not (self.told_of(folder, rest) if rest else folder in self.HEADS):
                raise Wrong("nothing tells of the file " + name)

    HEADS = ("tender", "events", "erasures", "recoveries", "ledger", "rows", "openers", "price-openers")

    def all_opened(self):
        """Of a lot that was opened each sealed bid that stood then is on the list: the last of its bidder, not taken back before."""
        opened, last = self.opened(), {}
        back = {e.subject: e.at for e in self.of("bid_withdraw")}
        for e, _ in self.handed():
            last[e.say("lot"), e.say("organisation") or e.subject] = e
        for (lot, _), e in last.items():
            at = next((o.at for o in self.events if isinstance((o.get("payload") or {}).get("lot_%s" % lot), list)), None)
            if e["sealed"] and at and e.at < at and e.subject not in opened and not (e.subject in back and back[e.subject] < at):
                raise Wrong("bid %s came in and is not on the list of the opening" % e.subject)

    def prices_listed(self):
        """Of two envelopes all prices are opened of who was admitted then and not put out on the marks alone, and nobody else's."""
        logged, answers = {e.subject: e.at for e in self.of("log_decision")}, {}
        for name, question, _, _, facts, answer in self.asked("admit", "preview"):
            answers[question, inside(loads(facts), "tender", "lot"), logged[name]] = loads(answer).get("items") or []
        for e in self.of("prices_closed"):
            then, lot = answers.get(("preview", e.say("lot"), e.at)), e.say("lot")
            keys = [i["bid"] for i in then if i.get("standing") != "out"] if then is not None else [i["bid"] for i in answers.get(("admit", lot, e.at), []) if i.get("admitted")]
            listed = {p["bid"] for p in e.say("prices")}
            if not listed <= {self.bid_of(lot, k) for k in keys} or any(b not in listed and not self.left(b, e.at) for b in (self.bid_of(lot, k) for k in keys)):
                raise Wrong("the prices of lot %s that were opened are not those of who was admitted" % lot)

    # ---- V14, V15

    def shares(self, envelope="openers"):
        found, prices = {}, envelope == "price_openers"
        for name in self.below("shares"):
            where = self.SHOWN.fullmatch(name)
            if not where or where["key"] or name.startswith("price-") != prices:
                continue
            try:
                *lines, rest = [line.split(" ") for line in self.part("shares/" + name).decode().split("\n")]
                opener, nonce = int(lines[2][1]), bytes.fromhex(lines[3][1])
                shown = [(line[1], bytes.fromhex(line[2])) for line in lines[4:] if line[0] == "share"]
                bad = [line[1] for line in lines[4:] if line[0] == "bad"]
                digest = self.named(envelope)
                good = rest == [""] and lines[0] == ["linli/shares/v1"] and lines[1] == ["openers"] + digest[-1:] and all(line[0] in ("share", "bad") for line in lines[4:]) and not re.search("[A-F]", str(lines))
            except (ValueError, IndexError):
                good = False
            if not good:
                raise Wrong("what %s showed cannot be read" % name)
            if where["by"] not in (None, str(opener)):
                raise Wrong("%s is what another opener showed" % name)
            promise = sha256(b"linli/share-post/v1\0", b"".join(bytes([opener]) + s for _, s in shown), nonce).hex()
            told = [e for e in self.of("shares_promise") if e.say("request", "opener") == opener and (e.say("request", "envelope") == "price") == prices]
            mine = [e for e in told if e.say("request", "promise") == promise]
            if where["of"]:
                mine = [e for e in mine if (1 if e.say("request", "lot") is None else e.say("request", "lot")) == int(where["of"])]
            if where["by"] and not mine:
                raise Wrong("opener %d showed other shares than it had promised" % opener)
            if mine and not self.promise_signed(envelope, digest[-1], opener, mine[0]):
                raise Wrong("opener %d did not sign what was promised for it" % opener)
            for sealed, share in shown + [(b, None) for b in bad]:
                found.setdefault(sealed, {})[opener] = share
        return found

    def promise_signed(self, envelope, openers, opener, promised):
        """With the key that signed who opens."""
        named = [e for e in self.of("openers_set") if e.say(envelope)]
        keys = (named[-1].say("request", "signers") or "").split() if named else []
        text = "linli/promise/v1\nopeners %s\nopener %d\npromise %s\n" % (openers, opener, promised.say("request", "promise"))
        then, last = instant((self.openers(envelope) or "").split("\nnot-before ")[1].split("\n")[0]), self.deadlines()[-1][1]
        if last != then:
            text += "deadline %s\n" % last.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        try:
            lines = note_split(text + "\n%s\n" % promised.say("request", "signature"))[1]
            return opener <= len(keys) and note_signed(text, lines, Key(keys[opener - 1]))
        except Wrong:
            return False

    def opened(self, lists="lot_"):
        return {
            bid["bid"]: bid
            for e in self.events
            for name, bids in (e.get("payload") or {}).items()
            if name.startswith(lists) and isinstance(bids, list)
            for bid in bids
        }

    def co_keys_until(self):
        """Mode K2: until when bidders show the keys they kept; None where they keep none."""
        minutes = [e.say("request", "co_key_minutes") for e in self.of("openers_set") if e.say("request", "co_key_minutes")]
        return self.deadlines()[-1][1] + timedelta(minutes=minutes[-1]) if minutes else None

    def co_key(self, sealed, bid):
        """The key that the bidder kept; None where it never showed it."""
        shown = [e for e in self.of("co_key_show") if e.subject == bid]
        if not shown:
            return None
        if any(not self.deadlines()[-1][1] <= e.at < self.co_keys_until() for e in shown):
            raise Wrong("the key of bid %s was taken out of time" % bid)
        text = self.part("co-keys/" + bid)
        if not re.fullmatch(rb"[0-9a-f]{64}", text) or sha256(b"linli/co-commit/v1\0", bytes.fromhex(text.decode())) != sealed.header[142:174]:
            raise Wrong("the key of bid %s is not the one it was sealed with" % bid)
        return bytes.fromhex(text.decode())

    def opener_keys(self, envelope, openers):
        """Keys that openers showed to settle whose fault a share is, by their number."""
        keys, start = {}, "price-opener-" if envelope == "price_openers" else "opener-"
        named = dict(line.split(" ", 1)[1].split(" ", 1) for line in (openers or "").split("\n") if line.startswith("opener "))
        for name in self.below("shares"):
            where = self.SHOWN.fullmatch(name)
            if where and where["key"] and name.startswith(start):
                opener, secret = name[len(start) : -4], bytes.fromhex(self.part("shares/" + name).decode())
                if named.get(opener) != base64.b64encode(x25519(secret)).decode():
                    raise Wrong("%s is not the key of that opener" % name)
                keys[int(opener)] = secret
        return keys

    def trust_of(self, envelope):
        """What it takes to open one of two envelopes: the openers' text, what was shown, and the keys."""
        openers = self.openers(envelope)
        return openers, self.shares(envelope), self.opener_keys(envelope, openers)

    def records_bad(self, sealed, shown, keys, n):
        """How many records are proven bad: by the signer alone, or by the key that their opener showed."""
        head, proven = sha256(sealed.header), 0
        for i, share in shown.items():
            fits = i <= sealed.n and share is not None and sha256(b"linli/share-commit/v1\0", head, bytes([i]), share) == sealed.records[i - 1][-32:]
            if fits:
                continue
            try:
                if n > 1 and (i not in keys or sealed.share(i, keys[i])):
                    continue
            except Wrong:
                pass
            proven += 1
        return proven

    def became(self, sealed, name, trust):
        """"opened" and its files, or why the container is void by its bidder's fault."""
        openers, shares, keys = trust
        k, n = sealed.k, sealed.n
        if openers is not None:
            lines = openers.split("\n")
            k, n = (int(lines[at].split(" ")[1]) for at in (2, 3))
            p256 = "\np256 1 " in openers
            if sealed.header[78:110] != sha256(openers.encode()) or sealed.header[14:30].hex() != self.tender.replace("-", ""):
                return "not meant", {}
            if (sealed.k, sealed.n) != (k, n) or sealed.enc == 65 and not p256:
                return "not meant", {}
        if (sealed.flags & 1 == 1) != (self.co_keys_until() is not None):
            raise Wrong("bid %s keeps a key where none is kept, or the other way round" % name)
        co = self.co_key(sealed, name) if sealed.flags & 1 else None
        if sealed.flags & 1 and co is None:
            return "not shown", {}
        head, shown = sha256(sealed.header), shares.get(hashlib.sha256(sealed.raw).hexdigest(), {})
        good = {
            i: s
            for i, s in shown.items()
            if s is not None and i <= n and sha256(b"linli/share-commit/v1\0", head, bytes([i]), s) == sealed.records[i - 1][-32:]
        }
        if len(good) < k:
            if openers is not None and self.records_bad(sealed, shown, keys, n) > n - k:
                return "not recorded", {}
            raise Missing("too few shares of bid %s are here" % name)
        try:
            _, manifest, files = sealed.content(good, co)
        except (Wrong, ValueError, KeyError, TypeError):
            return "not opened", {}
        return "opened", {m["name"]: f for m, f in zip(manifest["files"], files)}

    def said(self, raw, name, trust):
        """What a bid is: "plain" or what became of its container; the files; the container.  A container is what has the form and its
        bidder's signature, and nothing else."""
        try:
            sealed = Sealed(raw)
        except Wrong:
            return "plain", {"bid.json": raw}, None
        return *self.became(sealed, name, trust), sealed

    def price_file(self, raw, bid):
        """Of two envelopes the other one is the one that was closed."""
        digest = hashlib.sha256(raw or b"").hexdigest()
        if digest != next(p["sha256"] for e in self.of("prices_closed") for p in e.say("prices") if p["bid"] == bid):
            raise Wrong("the price envelope of bid %s is not the one it handed in" % bid)
        return raw or b""

    def price_said(self, raw, bid, trust):
        try:
            return self.became(Sealed(raw), bid, trust)
        except (Forged, Wrong) as wrong:
            if isinstance(wrong, Missing):
                raise
            return "not meant", {}

    def plan(self):
        """What was answered to `plan`; nothing where it is not here."""
        return next((loads(answer) for *_, answer in self.asked("plan")), {})

    def priced(self):
        """The field that the plan calls the price."""
        return next((f["code"] for f in self.plan().get("fields") or [] if f.get("priced") is True), "price")

    def read_out(self, bid, told, text, price_file=False):
        if told is None:
            return
        if text is None and (told["price"] is not None or told["void"] is None):
            raise Wrong("bid %s does not open, and was read out" % bid)
        if text is None or told["price"] is None:
            return
        try:
            price = inside(loads(text), "fields", self.priced())
            good = fen(told["price"]) == (0 if price is None else yuan(price))
        except ValueError:
            good = False
        if not good:
            raise Wrong("bid %s holds another price than the one read out" % bid)
        self.offered(bid, inside(loads(text), "fields"), price_file)

    def offered(self, bid, fields, price_file):
        """What evaluations and awards take for its first offers is in its file."""
        row = self.row("bid", bid) or {}
        plan = next((loads(answer).get("fields") or [] for *_, answer in self.asked("plan")), [])
        wanted = {f["code"] for f in plan if "by" not in f and (f.get("envelope") == 2) == price_file}
        for name, _, _, _, facts, _ in self.asked("evaluate", "award"):
            facts = loads(facts)
            for o in facts.get("offers") or [] if row.get("key") is not None and inside(facts, "tender", "lot") == row["lot"] else ():
                if (o["bid"], o["round"]) != (row["key"], 1):
                    continue
                told = inside(fields, o["field"])
                if told is None and o["field"] in wanted or told is not None and quantity(o, told) != quantity(o, o.get("value", 0)):
                    raise Wrong("decision %s rests on an offer that is not in the bid" % name)

    def signed_with(self, e, bidder):
        """A registered key in force where the log names one; where it names none, none was."""

        def in_force(row):
            until = instant(row["revoked"]) if row["revoked"] else None
            return row["organisation"] == e.say("organisation") and instant(row["registered"]) <= e.at and (until is None or e.at < until)

        rows, named = self.rows.get("key", {}), e.say("key")
        good = not any(in_force(r) for r in rows.values())
        if named is not None:
            row = rows.get(named)
            good = row is not None and in_force(row) and row["key"] == bidder.hex()
            if good:
                key, (text, lines) = Key(row["signer"]), note_split(row["note"])
                good = key.public == bidder and text == "linli/bidder-key/v1\norganisation %s\n" % row["organisation"] and note_signed(text, lines, key)
        if not good:
            raise Wrong("bid %s is not signed with a key its organisation had registered" % e.subject)

    def bids(self):
        for bid in self.below("co-keys"):
            if not any(e.subject == bid for e in self.of("co_key_show")):
                raise Wrong("the log tells of no key of bid %s" % bid)
        trust, of_price = self.trust_of("openers"), self.trust_of("price_openers")
        opened, priced = self.opened(), self.opened("prices_")
        closed = {p["bid"] for e in self.of("prices_closed") for p in e.say("prices")}
        for e, counts in self.handed():
            if not counts:
                continue
            try:
                raw = self.part("bids/" + e.say("sha256"))
            except Missing:
                row = self.row("bid", e.subject)
                if row and row["key"] is None and e.subject not in opened:
                    continue  # the tender ended before its opening: what was handed in stays its bidder's
                raise
            if hashlib.sha256(raw).hexdigest() != e.say("sha256"):
                raise Wrong("the file of bid %s is not what came in" % e.subject)
            try:
                _, files, sealed = self.said(raw, e.subject, trust)
                if sealed and e.say("organisation"):
                    self.signed_with(e, sealed.bidder)
                if e.subject in closed:
                    _, inner = self.price_said(self.price_file(files.get("price.sbx"), e.subject), e.subject, of_price)
                    self.read_out(e.subject, priced.get(e.subject), inner.get("price.json"), True)
                elif e.subject in priced:
                    raise Wrong("the price of bid %s was opened and never closed" % e.subject)
            except Missing:
                if self.hidden:
                    continue
                raise
            self.read_out(e.subject, opened.get(e.subject), files.get("bid.json"))

    NOT_SHOWN = "密封件不能开启：投标人未在规定时间内出示自留密钥"

    def opened_at(self, bid):
        return next(e.at for e in self.events for n, l in (e.get("payload") or {}).items() if n.startswith("lot_") and isinstance(l, list) and any(b["bid"] == bid for b in l))

    # How a reason begins that the formats decide, and what then became of the container.
    SEALS = {"密封件不符：": "not meant", "密封件不能按其承诺开启": "not opened", "密封记录不能用开启人的密钥解开": "not recorded", NOT_SHOWN: "not shown"}

    def holds(self, why, became, files, main):
        """Whether a reason of the seal holds; None: it is none."""
        for begins, state in self.SEALS.items():
            if why.startswith(begins):
                return became == state
        return became == "opened" and main not in files if why.startswith("密封件中没有投标文件") else None

    def content_holds(self, why, e, raw, price):
        """Of what was written: that it can be read, and whose bid and for which lot it says it is; None: another reason."""
        large, told = raw is not None and len(raw) > 1 << 20, None
        try:
            told = loads(raw) if raw is not None and not large else None
        except ValueError:
            pass
        told = told if isinstance(told, dict) else None
        another = told is not None and told.get("organisation") != e.say("organisation")
        elsewhere = told is not None and str(told.get("lot")) != str(e.say("lot"))
        if why.startswith("密封件中的投标文件"):
            return large
        if why.startswith("报价信封不能作为 JSON 读取" if price else "投标文件不能作为 JSON 读取"):
            return raw is not None and told is None
        if price:
            return (another or elsewhere) if why.startswith("报价信封中的投标人或者采购包与投标不一致") else None
        if why.startswith("投标文件中的投标人与提交人不一致"):
            return another
        return elsewhere if why.startswith("投标文件所投采购包与提交的不一致") else None

    def bid_holds(self, why, raw, name, trust, of_price):
        became, files, sealed = self.said(raw, name, trust)
        if why.startswith("投标文件缺失或者与其摘要不符"):
            return sealed is None and len(raw) > 1 << 20
        if why.startswith("技术信封中没有报价信封"):
            return became == "opened" and "price.sbx" not in files
        if why.startswith("报价信封不符："):
            return became == "opened" and "price.sbx" in files and not self.price_meant(files["price.sbx"], sealed, of_price)
        return self.holds(why, became, files, "bid.json")

    def price_meant(self, raw, outer, of_price):
        try:
            inner = Sealed(raw)
            return self.became(inner, "?", of_price)[0] != "not meant" and (inner.flags, inner.bidder) == (2, outer.bidder)
        except Missing:
            return (inner.flags, inner.bidder) == (2, outer.bidder)
        except Wrong:
            return False

    def voids(self):
        trust, of_price = self.trust_of("openers"), self.trust_of("price_openers")
        opened, priced = self.opened(), self.opened("prices_")
        for e, _ in self.handed():
            why = [(o.get(e.subject) or {}).get("void") for o in (opened, priced)]
            if not any(why):
                continue
            if (why[0] or "").startswith(self.NOT_SHOWN) and self.co_keys_until() and self.opened_at(e.subject) < self.co_keys_until():
                raise Wrong("bid %s was called void before its bidder's time was over" % e.subject)
            try:
                raw, held = self.part("bids/" + e.say("sha256")), None
                if why[0]:
                    held = self.bid_holds(why[0], raw, e.subject, trust, of_price)
                files = self.said(raw, e.subject, trust)[1]
                if why[0] and held is None:
                    held = self.content_holds(why[0], e, files.get("bid.json"), False)
                if why[1] and held is not False and "price.sbx" in files:
                    became, files = self.price_said(files["price.sbx"], e.subject, of_price)
                    held = self.holds(why[1], became, files, "price.json")
                    held = self.content_holds(why[1], e, files.get("price.json"), True) if held is None else held
            except Missing:
                continue
            if held is False:
                raise Wrong("bid %s was called void for what is not so" % e.subject)

    # ---- V16 to V18

    def promised(self, name, commitment):
        """A secret is the one that was promised: it was told, and never another."""
        told = {e.say(name) for e in self.events if e.say(name)}
        return told == {commitment}

    def draws(self):
        for e in self.of("tender_invite"):
            if e.say("secret"):
                self.invited(e)
        for e in self.of("panel_draw"):
            self.panel(e)
        for e in self.of("lot_draw"):
            self.tie(e)
        if not self.hidden:
            self.members()

    def invited(self, e):
        secret, order = bytes.fromhex(e.say("secret")), e.say("order")
        pool = ("linli/pool/v1\ndraw %s\n" % self.tender + "".join(o + "\n" for o in sorted(order))).encode()
        commit = sha256(b"linli/draw-commit/v1\0", secret).hex()
        if sha256(pool).hex() != e.say("pool") or not self.promised("invitation_commitment", commit) or drawn(pool, [], secret)[1] != order:
            raise Wrong("those invited were not drawn from what was promised", act=e)

    def panel(self, e):
        lot = e.subject
        frozen = [f for f in self.of("panel_freeze") if f.subject == lot]
        twice = [[d for d in self.of("panel_draw") if d.subject == lot], frozen]
        for same in twice:
            if len(same) > 1:
                raise Wrong("there is no second draw", act=same[1])
        if not frozen or frozen[0].index > e.index:
            raise Wrong("no pool was fixed before the draw", act=e)
        frozen = frozen[0]
        for name in ("excluded", "pool"):
            text = self.part("draws/%s.%s" % (lot, name))
            if sha256(text).hex() != frozen.say(name):
                raise Wrong("the pool of the draw of lot %s is not the one that was fixed" % lot)
        lines = text.decode().split("\n")
        if lines[:2] != ["linli/pool/v1", "draw " + lot] or lines[-1] or lines[2:-1] != sorted(set(lines[2:-1])) or "" in lines[2:-1]:
            raise Wrong("what was fixed is no pool of this lot", act=frozen)
        named, read, secret = frozen.say("request", "sources") or [], e.say("request", "values") or [], bytes(32)
        good = len(named) == len(read)
        if named:
            at = instant(frozen.say("request", "at"))
            good = good and e.at >= at and (at - frozen.at).total_seconds() >= 600
        else:
            secret = bytes.fromhex(e.say("secret") or "")
            commit = sha256(b"linli/draw-commit/v1\0", secret).hex()
            good = good and len(secret) == 32 and self.promised("panel_commitment_%d" % self.rows["lot"][lot]["no"], commit)
        if not good or drawn(text, [r.encode() for r in read], secret)[1] != e.say("order"):
            raise Wrong("the panel was not drawn from what was fixed and promised", act=e)
        self.seats(lot, e, frozen, len(lines) - 3)

    def seats(self, lot, e, frozen, places):
        """Who came in whose turn, and that nobody else acted as a member."""
        people, turns = set(frozen.say("request", "representatives") or []), 0
        before = len(people)
        for x in self.events:
            if x.index < e.index or x.subject != lot:
                continue
            while x.say("turn_%d" % (turns + 1)):
                turn = x.say("turn_%d" % (turns + 1))
                if turns == places or e.say("order", turns) != turn["expert"]:
                    raise Wrong("somebody came whose turn it was not", act=x)
                turns += 1
                if turn["outcome"] == "seated":
                    people.add(turn["person"])
            if x is e and len(people) - before != frozen.say("request", "experts") and turns < places:
                raise Wrong("another number sits than was to be drawn", act=x)
            hand = [x.say("request")] if x.act == "panel_replace" else x.say("request", "members") if x.act == "panel_assign" else []
            for one in hand:
                if one.get("kind") == "expert" and turns < places:
                    raise Wrong("an expert was named while there were others of the draw to come", act=x)
                people.add(one.get("person"))
            if x.act in ("panel_declare", "panel_sign", "marks_put", "marks_lock", "marks_commit", "marks_reveal") and x["actor"] not in people:
                raise Wrong("who was not drawn acted as a member", act=x)

    def members(self):
        """The rows of members are those who were ever given a seat."""
        seats = set()
        for lot in self.rows.get("lot", {}):
            turn, fixed = 1, []
            for e in self.events:
                if e.subject != lot:
                    continue
                if e.act == "panel_freeze":
                    fixed = e.say("request", "representatives") or []
                named = {"panel_draw": fixed, "panel_replace": [e.say("request", "person")]}.get(e.act, [])
                if e.act == "panel_assign":
                    named = [m["person"] for m in e.say("request", "members")]
                seats |= {(lot, person) for person in named}
                while e.say("turn_%d" % turn):
                    person = e.say("turn_%d" % turn, "person")
                    seats |= {(lot, person)} if person else set()
                    turn += 1
        rows = [(row["lot"], row["person"]) for row in self.rows.get("member", {}).values()]
        for name, row in self.rows.get("member", {}).items():
            if (row["lot"], row["person"]) not in seats or rows.count((row["lot"], row["person"])) > 1:
                raise Wrong("member %s was never given a seat" % name)
        for lot, person in sorted(seats - set(rows)):
            raise Wrong("person %s was given a seat of lot %s and has none" % (person, lot))

    def tie(self, e):
        row, purpose, order = self.row("lot", e.subject), e.say("request", "purpose"), e.say("order")
        if any((d.subject, d.say("request", "purpose"), d.index < e.index) == (e.subject, purpose, True) for d in self.of("lot_draw")):
            raise Wrong("there is no second draw", act=e)
        secret, participants = e.say("secret"), e.say("participants")
        if not (row and secret and participants and purpose):
            raise Wrong("a draw of the tender cannot be read", act=e)
        commit = sha256(("linli/draw-commit/v1\n%s\n%s" % (e.subject, secret)).encode()).hex()
        bids = sorted((b["key"], b["sha256"]) for b in self.rows.get("bid", {}).values() if b["lot"] == row["no"] and b["key"] is not None)
        took = sha256("".join("%d %s\n" % b for b in bids).encode()).hex()
        by = [sha256("\n".join(["linli/draw/v1", e.subject, secret, participants, purpose, str(key)]).encode()) for key in order]
        if not self.promised("draw_commitment_%d" % row["no"], commit) or not (self.hidden or took == participants) or by != sorted(set(by)):
            raise Wrong("the order is not the one drawn from what was promised", act=e)
        asked = self.hidden > 0
        for name, _, _, _, facts, answer in self.asked():
            facts, answer = loads(facts), loads(answer)
            if inside(facts, "tender", "lot") != row["no"]:
                continue
            asked = asked or any((d["purpose"], sorted(d["keys"])) == (purpose, sorted(order)) for d in answer.get("draws") or [])
            if any(d["purpose"] == purpose and d["keys"] != order for d in facts.get("draws") or []):
                raise Wrong("decision %s rests on another order than the one drawn" % name)
        if not asked:
            raise Wrong("nobody asked for this draw", act=e)

    def conflicts(self):
        for e in self.of("marks_put", "marks_lock", "marks_commit", "marks_reveal"):
            said = [
                d
                for d in self.of("panel_declare")
                if d.index < e.index and (d["actor"], d.subject) == (e["actor"], e.subject)
            ]
            out = set(said[-1].say("request", "bids") or []) if said else set()
            if not said or said[-1].say("request", "conflict") is not False and (not out or out & {m["bid"] for m in e.say("marks") or []}):
                raise Wrong("%s marked without having declared" % e["actor"])

    def bid_of(self, lot, key, facts=None):
        """Of a lot whose bids have no numbers: who came at the instant that these facts tell of the number they gave it."""
        bids = {name: r for name, r in self.rows.get("bid", {}).items() if r["lot"] == lot}
        found = next((name for name, r in bids.items() if r["key"] == key), None)
        at = next((b.get("submitted") for b in (facts or {}).get("bids") or [] if b["key"] == key), None)
        return found or next((name for name, r in bids.items() if at and r["key"] is None and r["received"] == at), None)

    def gone(self, lot, member, at):
        """The log told by then that a member had left the panel."""
        person = (self.row("member", member) or {}).get("person")
        for e in self.events:
            if e.subject == lot and e.at and e.at <= at:
                if e.act in ("panel_replace", "panel_next") and e.say("request", "member") == member:
                    return True
                left = e.act == "panel_decline" or e.act == "panel_declare" and e.say("request", "conflict") is True
                if left and person and e["actor"] == person:
                    return True
        return False

    def marks(self):
        if self.hidden:
            return
        for e in self.of("marks_put", "marks_lock", "marks_commit", "marks_reveal"):
            member = e.say("member")
            if member is not None and (self.row("member", member) or {}).get("person") != e["actor"]:
                raise Wrong("marks of member %s were given by somebody else" % member)
        logged = {e.subject: e.at for e in self.of("log_decision")}
        for name, question, _, _, facts, _ in self.asked("evaluate", "preview"):
            facts, told, locked = loads(facts), {}, {}
            no = inside(facts, "tender", "lot")
            lot = next((n for n, r in self.rows.get("lot", {}).items() if r["no"] == no), None)
            numbers = {r["no"]: n for n, r in self.rows.get("member", {}).items() if r["lot"] == lot}
            for m in facts.get("marks") or []:
                where = numbers.get(m["by"]), self.bid_of(no, m["bid"], facts), m["criterion"]
                if where in told or None in where:
                    raise Wrong("decision %s rests on marks of nobody, or twice" % name)
                told[where] = m.get("value", 0)
            sheets = [e for e in self.of("marks_lock", "marks_reveal") if e.subject == lot and e.at <= logged[name]]
            last = {e.say("member"): e.index for e in sheets}
            if question == "preview" and not told and self.unlocked(lot, last, logged[name]):
                continue
            for e in sheets:
                locked.update({(e.say("member"), m["bid"], m["criterion"]): m["value"] for m in e.say("marks")})
            if any(locked.get(where) != value for where, value in told.items()):
                raise Wrong("decision %s rests on marks that no member locked" % name)
            asked = {self.bid_of(no, b["key"]) for b in facts.get("bids") or []}
            for member, bid, criterion in locked:
                if (member, bid, criterion) not in told and bid in asked and not self.gone(lot, member, logged[name]):
                    raise Wrong("decision %s leaves out marks that member %s locked" % (name, member))
        self.scores()

    def unlocked(self, lot, last, at):
        """By then somebody had no locked sheet, or one that was opened again: then marks are nobody's to know."""
        sitting = [m for m, r in self.rows.get("member", {}).items() if r["lot"] == lot and not self.gone(lot, m, at)]
        again = [e.index for e in self.of("sheet_reopen", "lot_review_approve") if e.at <= at and e.say("lot") in (None, lot)]
        return any(m not in last for m in sitting) or any(i > n for i in again for n in last.values())

    # What lawfully opens sheets again, or brings somebody to the panel.
    OPENS = ("sheet_reopen", "lot_review_approve", "panel_replace", "panel_next", "panel_decline", "panel_declare", "panel_enter")

    def opened_between(self, a, b):
        return any(a.index < e.index < b.index for e in self.of(*self.OPENS))

    def unit_of(self, lot, code):
        unit = None
        for *_, facts, answer in self.asked("criteria"):
            if inside(loads(facts), "tender", "lot") in (None, 0, self.rows["lot"][lot]["no"]):
                for item in loads(answer)["items"]:
                    unit = item["unit"] if item["code"] == code else unit
        return unit

    def scores(self):
        """Marks committed to first; marks given blindly."""
        published = [e.index for e in self.of("tender_publish")]
        said = [e for e in self.of("scoring_set") if published and e.index < published[0]]
        committed, blind = (said[-1].say("request", "committed"), said[-1].say("request", "blind") or []) if said else (False, [])
        if committed and self.of("marks_lock"):
            raise Wrong("member %s locked marks that were not committed to" % self.of("marks_lock")[0].say("member"))
        gave = self.of("marks_lock", "marks_reveal")

        def blindly(e):
            return all(m["criterion"] in blind for m in e.say("marks") or [])

        def before(e, bid, criterion):
            for old in reversed([o for o in gave if o.index < e.index and (o.subject, o.say("member")) == (e.subject, e.say("member"))]):
                for m in old.say("marks"):
                    if (m["bid"], m["criterion"]) == (bid, criterion):
                        return m["value"]
            return None

        for e in self.of("marks_reveal"):
            member = e.say("member")
            for shown in e.say("revealed"):
                promises = [
                    (p, s)
                    for p in self.of("marks_commit")
                    for s in p.say("request", "sheets")
                    if p.index < e.index and (p.subject, p.say("member"), s["bid"]) == (e.subject, member, shown["bid"])
                ]
                if not promises:
                    raise Wrong("member %s revealed what was never committed to" % member)
                p, s = promises[-1]
                digest = sha256(b"linli/score-commit/v1\0", bytes.fromhex(shown["nonce"]), shown["sheet"].encode())
                sheet = loads(shown["sheet"])
                if digest.hex() != s["commitment"] or (sheet["evaluator"], sheet["proposal"]) != (member, shown["bid"]):
                    raise Wrong("member %s revealed other marks than those committed to" % member)
                if not ed25519_good(bytes.fromhex(p.say("request", "key")), bytes.fromhex(s["signature"]), b"linli/score/v1\0" + digest):
                    raise Wrong("member %s did not sign what it committed to" % member)
                for m in e.say("marks"):
                    if m["bid"] != shown["bid"]:
                        continue
                    if m["criterion"] not in sheet["criteria"] and m["criterion"] in blind:
                        good = before(e, m["bid"], m["criterion"]) == m["value"]
                    else:
                        good = number(self.unit_of(e.subject, m["criterion"]), sheet["criteria"].get(m["criterion"])) == m["value"]
                    if not good:
                        raise Wrong("member %s revealed other marks than were kept" % member)
                for old in self.of("marks_reveal"):
                    if old.subject == e.subject and blindly(old) == blindly(e) and old.index < p.index and not self.opened_between(old, p):
                        raise Wrong("member %s committed after marks were revealed" % member)
        for e in gave if blind else []:
            first = next(o for o in gave if (o.subject, o.say("member")) == (e.subject, e.say("member")))
            told = next((o.index for o in self.events if o.index >= first.index and o.subject == e.subject and o.say("unblinded") is True), None)
            if told is None or e.index <= told:
                if not blindly(e):
                    raise Wrong("member %s marked what is not blind before it was told whose bid is whose" % e.say("member"))
            elif any(m["criterion"] in blind and before(e, m["bid"], m["criterion"]) not in (None, m["value"]) for m in e.say("marks")):
                raise Wrong("member %s changed a mark that was given blindly" % e.say("member"))

    # ---- V19

    def decisions(self):
        logged = {e.subject: e.say("sha256") for e in self.of("log_decision")}
        for name in self.below("decisions"):
            if name not in logged:
                raise Wrong("decision %s was never logged" % name)
        for name, digest in logged.items():
            try:
                raw = self.part("decisions/" + name)
            except Missing:
                if self.level != "supervisor":
                    continue
                raise
            if hashlib.sha256(raw).hexdigest() != digest:
                raise Wrong("decision %s is not the one that was logged" % name)
            try:
                words = dict(line.split(" ", 1) for line in raw.decode().split("\n")[1:-1])
                for part in ("options", "facts", "answer"):
                    loads(words[part])
            except (ValueError, KeyError):
                raise Wrong("decision %s cannot be read" % name) from None

    def facts(self):
        opened, answers = {**self.opened(), **self.opened("prices_")}, [loads(a).get("items") for *_, a in self.asked("evaluate")]

        def short(items):
            return [[item.get(n) for n in ("bid", "rank", "total", "standing", "compared")] for item in items]

        awards, logged = {}, {e.subject: e.at for e in self.of("log_decision")}
        for name, question, _, _, facts, answer in self.asked("evaluate", "award"):
            facts = loads(facts)
            lot = inside(facts, "tender", "lot")
            if not self.hidden:
                self.known(name, question, facts, logged[name])
            for offer in facts.get("offers", []):
                price = opened.get(self.bid_of(lot, offer["bid"], facts), {}).get("price")
                if price and (offer["round"], offer["field"]) == (1, "price") and offer["value"] != price:
                    raise Wrong("decision %s rests on another price than the one read out" % name)
            if question == "evaluate":
                continue
            awards[name] = (lot, loads(answer).get("items") or [], facts)
            held = inside(facts, "evaluation", "items")
            if held and answers and short(held) not in [short(a) for a in answers if a]:
                raise Wrong("decision %s rests on an evaluation that was never answered" % name)
        for name, *_, facts, _ in self.asked("release") if not self.hidden else ():
            self.delivered(name, loads(facts), logged[name])
        for name, row in self.rows.get("award", {}).items():
            if row["decision"] not in awards:
                if self.hidden:
                    continue
                if row["decision"] in [e.subject for e in self.of("log_decision")]:
                    raise Missing("decision %s is missing" % row["decision"])
                raise Wrong("award %s rests on no decision" % name)
            lot, items, facts = awards[row["decision"]]
            if not self.hidden and not any(e.say("decision") == row["decision"] for e in self.of("lot_decide")):
                raise Wrong("award %s rests on a decision nobody acted on" % name)
            lots = [n for n, r in self.rows.get("lot", {}).items() if r["no"] == lot]
            same = [(self.bid_of(lot, i["bid"], facts), i["standing"], i.get("order"), fen(i["amount"])) for i in items if "amount" in i]
            seen = self.row("bid", row["bid"]) or not self.hidden
            if any(name not in e.say("rows") for e in self.of("lot_decide") if e.say("rows") and e.say("decision") == row["decision"]):
                raise Wrong("award %s is none of those decided" % name)
            if not any((row["bid"] if seen else i[0], row["standing"], row["order"], row["fen"]) == i for i in same) or row["lot"] not in lots:
                raise Wrong("award %s is not what the mechanism answered" % name)
        each = [(r["decision"], r["bid"]) for r in self.rows.get("award", {}).values()]
        if len(set(each)) < len(each):
            raise Wrong("a bid was awarded twice by decision %s" % max(each, key=each.count)[0])
        for e in self.of("lot_decide"):
            name = e.say("decision")
            if name in awards and not self.hidden:
                lot, items, facts = awards[name]
                held = {r["bid"] for r in self.rows.get("award", {}).values() if self.rows["lot"][r["lot"]]["no"] == lot}
                if any(i["standing"] in ("winner", "reserve") and self.bid_of(lot, i["bid"], facts) not in held for i in items):
                    raise Wrong("an award of decision %s is gone" % name)

    def delivered(self, name, facts, at):
        """What a release takes for accepted was found so, and worth so much; but of a contract that was changed."""
        wrong = 0
        for d in facts.get("deliveries") or []:
            worth, bid = fen(d.get("accepted", "0.00")), self.bid_of(inside(facts, "tender", "lot"), d["bid"], facts)
            if d["state"] != "accepted" and not worth:
                continue
            mine = {n for n, r in self.rows.get("award", {}).items() if bid and r["bid"] == bid}
            mine = {n for n, r in self.rows.get("contract", {}).items() if r["award"] in mine}
            mine = {n: r["contract"] for n, r in self.rows.get("tranche", {}).items() if r["contract"] in mine and r["code"] == d["tranche"]}
            found = {n: [fen(e.say("value")) for e in self.of("tranche_accept") if e.subject == n and e.at <= at and e.say("value")] for n in mine}
            changed = any(e.say("contract") in mine.values() for e in self.of("contract_change_approve"))
            wrong += not changed and not any(v and sum(v) == worth for v in found.values())
        if wrong > len(self.erased):
            raise Wrong("decision %s takes for accepted what nobody found so" % name)

    # ---- V19f: what the facts say is what the log tells

    def known(self, name, question, facts, at):
        lot = inside(facts, "tender", "lot")
        lot_id = next((n for n, r in self.rows.get("lot", {}).items() if r["no"] == lot), None)
        self.bids_known(name, facts, lot, at)
        self.quotes_known(name, facts, lot, at)
        self.findings_known(name, facts, lot, lot_id, at)
        for d in facts.get("draws") or []:
            if not any(e.at <= at and (e.subject, e.say("request", "purpose"), e.say("order")) == (lot_id, d["purpose"], d["keys"]) for e in self.of("lot_draw")):
                raise Wrong("decision %s rests on a draw that was never made" % name)
        self.answered_before(name, question, facts, lot, lot_id, at)

    def left(self, bid, at):
        """An act took the bid out once it was opened: its bidder's own, one about its award, or a change of its contract."""
        awards = [n for n, r in self.rows.get("award", {}).items() if r["bid"] == bid]
        contracts = [n for n, r in self.rows.get("contract", {}).items() if r["award"] in awards]
        own = [e for e in self.events if e.act and e.at <= at and (e.subject == bid and e.act == "bid_withdraw" or e.subject in awards and e.act.startswith("award_"))]
        return bool(own) or any(e.at <= at and e.say("contract") in contracts for e in self.of("contract_change_approve"))

    def bids_known(self, name, facts, lot, at):
        """Each bid opened before is there, as it was opened, with the price read out, or with the last one quoted."""
        bids, priced, field = {b["key"]: b for b in facts.get("bids") or []}, self.opened("prices_"), self.priced()
        for bid, said in self.opened().items():
            row = self.row("bid", bid) or {}
            if (row.get("lot"), row.get("key") is None) != (lot, False) or self.opened_at(bid) > at:
                continue
            told = bids.get(row["key"])
            if told is None:
                raise Wrong("decision %s leaves out bid %s" % (name, bid))
            said = [said] + ([priced[bid]] if bid in priced else [])
            void = any(x["void"] for x in said)
            if void != bool(told.get("invalid")) and not self.left(bid, at):
                raise Wrong("decision %s has bid %s as void, or not, and it was opened otherwise" % (name, bid))
            if void or self.left(bid, at):
                continue
            if told.get("open") is not True or told.get("withdrawn"):
                raise Wrong("decision %s has bid %s as not open" % (name, bid))
            last = max((o for o in facts.get("offers") or [] if (o["bid"], o["field"]) == (row["key"], field)), key=lambda o: o["round"], default={"round": 1})
            price = said[-1]["price"] if last["round"] == 1 else last.get("value", "0.00")
            if price is not None and fen(price) != fen(told.get("price", "0.00")):
                raise Wrong("decision %s has another price of bid %s than the one told" % (name, bid))

    def quotes_known(self, name, facts, lot, at):
        """Later offers are those quoted, the last of each field; of others there are no more than events were erased."""
        quotes = [e for e in self.of("bid_requote", "bid_allow") if e.at <= at]
        offers = [(self.bid_of(lot, o["bid"], facts), o) for o in facts.get("offers") or [] if o["round"] > 1]
        unsaid = set()
        for bid, o in offers:
            told = [e for e in quotes if e.subject == bid and e.at == instant(o["at"])]
            said = [inside(e.say("request", "fields"), o["field"]) for e in told]
            if not any(s is not None and quantity(o, s) == quantity(o, o.get("value", 0)) for s in said):
                unsaid.add((bid, o["at"]))
                if told or bid is None or len(unsaid) > len(self.erased):
                    raise Wrong("decision %s rests on an offer that nobody made" % name)
        for e in quotes:
            for field in e.say("request", "fields") or {} if (self.row("bid", e.subject) or {}).get("lot") == lot and not self.left(e.subject, at) else ():
                if e.say("request", "fields", field) is not None and not any(b == e.subject and o["field"] == field and instant(o["at"]) >= e.at for b, o in offers):
                    raise Wrong("decision %s leaves out an offer of bid %s" % (name, e.subject))

    def findings_known(self, name, facts, lot, lot_id, at):
        """Checks are what was found last, by each, in the role that the plan asks for; of who left the panel they may be missing."""
        found, roles = {}, {c["code"]: c.get("role") for c in self.plan().get("checks") or []}
        for e in self.of("checks_add", "bid_explained"):
            if e.at > at:
                continue
            said = e.say("request", "checks") if e.act == "checks_add" else [{"bid": e.subject, "rule": "price_explained", "passed": e.say("request", "accepted")}]
            for c in said or []:
                if (self.row("bid", c["bid"]) or {}).get("lot") == lot:
                    role = roles.get(c["rule"]) if e.act == "checks_add" else e.say("role")
                    found[c["bid"], c["rule"], e["actor"]] = (c["bid"], c["rule"], c["passed"], role)
        told = [(self.bid_of(lot, c["bid"], facts), c["rule"], c.get("passed", False), c.get("role")) for c in facts.get("checks") or []]
        rest = list(told)

        def may_miss(bid, person):
            seats = [m for m, r in self.rows.get("member", {}).items() if (r["lot"], r["person"]) == (lot_id, person)]
            return self.left(bid, at) or any(self.gone(lot_id, m, at) for m in seats)

        # Of findings that are alike, those that may not be missing come first.
        for (bid, rule, person), one in sorted(found.items(), key=lambda f: may_miss(f[0][0], f[0][2])):
            if one in rest:
                rest.remove(one)
            elif not may_miss(bid, person):
                raise Wrong("decision %s leaves out what was found of bid %s" % (name, bid))
        if rest:
            raise Wrong("decision %s rests on a finding about bid %s that nobody made" % (name, rest[0][0]))

    def answered_before(self, name, question, facts, lot, lot_id, at):
        """Who was admitted, and how bids compare, is what was answered last."""
        logged = {e.subject: e.at for e in self.of("log_decision")}
        ask = {"evaluate": "admit", "award": "evaluate"}[question]
        before = [(logged[n], n, loads(a)) for n, _, _, _, f, a in self.asked(ask) if inside(loads(f), "tender", "lot") == lot and logged[n] <= at]
        if question == "evaluate":
            last = [a for t, _, a in before if t == max(before, key=lambda b: b[:2])[0]] or [{"items": []}]
            if (facts.get("admitted") or []) not in [[i["bid"] for i in a["items"] if i.get("admitted")] for a in last]:
                raise Wrong("decision %s has others admitted than were" % name)
        if question == "award":
            last = max(before, default=None, key=lambda b: b[:2])
            again = last and any(e.say("lot") == lot_id and last[0] <= e.at <= at for e in self.of("lot_review_approve"))
            there = [inside(facts, "evaluation", "items") or [], last[2].get("items") or [] if last and not again else []]
            short = [[[i.get(n) for n in ("bid", "rank", "total", "standing", "compared")] for i in items] for items in there]
            if short[0] != short[1]:
                raise Wrong("decision %s rests on another evaluation than the last" % name)

    # ---- V20, V21

    def moved(self, kind, source):
        sums = [sum(x["fen"] for x in j["lines"] if x["side"] == "D") for _, _, j in self.journals if (j["kind"], j["source"]) == (kind, source)]
        return sum(sums), len(sums)

    def approved(self, contract, *kinds):
        return [e for e in self.of("contract_change_approve") if e.say("contract") == contract and e.say("kind") in kinds]

    def contracts(self):
        for name, row in self.rows.get("contract", {}).items():
            award = self.row("award", row["award"])
            if award is None:
                raise Wrong("contract %s rests on no award" % name)
            if award["standing"] != "winner":
                raise Wrong("contract %s is of a candidate that did not win" % name)
            bid = self.row("bid", award["bid"])
            won, took = bid and bid["organisation"], self.approved(name, "succeed")
            with_whom = {took[-1].say("organisation")} if took else {won} | {e.say("host") for e in self.of("contract_draft") if won and (e.subject, e.say("team")) == (name, won)}
            if won and row["organisation"] not in with_whom and not self.hidden:
                raise Wrong("contract %s is with another than who won" % name)
            self.sum_of(name, row, award)
            if not self.hidden and not any(e.at == instant(row["signed"]) for e in self.of("contract_sign") if e.subject == name):
                raise Wrong("contract %s was not signed when it says" % name)

    def sum_of(self, name, row, award):
        """What was awarded; of another year what was agreed for it; of an agreement nothing: so much is bound where anything is, and it has grown by supplements."""
        drawn, base = [e for e in self.of("contract_renew") if e.subject == name], award["fen"]
        if drawn:
            asked = drawn[-1].say("request", "amount")
            base = yuan(asked) if asked else base
        elif self.plan().get("contract") == "framework":
            base = 0
        (bound, many), (more, years) = self.moved("commit", name), self.moved("renew", name)
        held = any(j["kind"] == "reserve" for _, _, j in self.journals)
        if (years or not many and not self.plan()) and not drawn and self.hidden:
            return
        if many or years or held and base > 0:
            if bound + more != base:
                raise Wrong("contract %s bound another sum than was awarded" % name)
        if row["fen"] != base + sum(fen(e.say("amount")) for e in self.approved(name, "supplement")) and not self.hidden:
            raise Wrong("contract %s has another amount than was awarded" % name)

    def ledger(self):
        logged = [(e.subject, e.say("sha256")) for e in self.of("log_journal")]
        accounts = {}
        for name, text, j in self.journals:
            if j["id"] != name or (name, hashlib.sha256(text.encode()).hexdigest()) not in logged:
                raise Wrong("journal %s is not what was logged" % name)
        gone = {name for name, _ in logged} - {name for name, _, _ in self.journals}
        if gone or len(logged) != len(self.journals):
            raise Missing("journals were logged and are not here: " + ", ".join(sorted(gone)))
        for name, _, j in self.journals:
            sums = {}
            for x in j["lines"]:
                signed = x["fen"] if x["side"] == "C" else -x["fen"]
                sums[x["appropriation"]] = sums.get(x["appropriation"], 0) + signed
                accounts.setdefault((x["appropriation"], x["bucket"], x["subject"]), []).append((x["nth"], signed, x["after"], name))
                if x["fen"] <= 0:
                    raise Wrong("journal %s moves nothing" % name)
            if not sums or any(sums.values()):
                raise Wrong("journal %s does not balance" % name)
        for (owner, bucket, subject), lines in accounts.items():
            held, before = 0, 0
            for place, (nth, signed, after, name) in enumerate(sorted(lines), 1):
                held += signed
                if after < 0 and bucket != "authority":
                    raise Wrong("journal %s left an account below zero" % name)
                if (nth, after) != (place, held) if owner != subject else nth <= before:
                    raise Wrong("journal %s does not follow the one before it" % name)
                before = nth
        for kind in ("reserve", "commit", "payable", "settle", "withdraw"):
            sources = [j["source"] for _, _, j in self.journals if j["kind"] == kind]
            if len(set(sources)) < len(sources):
                raise Wrong("something was posted twice: " + kind)
        self.buckets()
        self.acts_there()
        self.rows_paid()

    # From where to where a kind of journal moves money.
    MOVES = {
        "appropriate": "authority available", "reserve": "available reserved", "release": "reserved available", "commit": "reserved committed",
        "uncommit": "committed available", "payable": "committed payable", "send": "payable in_transit", "settle": "in_transit paid",
        "return": "in_transit payable", "bounce": "paid payable", "supplement": "available committed", "renew": "available committed",
        "recover": "paid returned", "recredit": "returned available", "withdraw": "payable available",
    }

    def contract_of(self, source):
        """Whose money a journal moves: the contract of what it was posted for."""
        tranche = (self.row("payment", source) or {}).get("tranche", source)
        contract = (self.row("tranche", tranche) or {}).get("contract", source)
        return contract if self.row("contract", contract) else None

    def buckets(self):
        back = [j["reverses"] for _, _, j in self.journals if j["reverses"] is not None]
        if len(set(back)) < len(back):
            raise Wrong("journal %s was reversed twice" % max(back, key=back.count))
        for name, _, j in self.journals:
            if not any(x["subject"] == self.tender or self.row("contract", x["subject"]) for x in j["lines"]):
                raise Wrong("journal %s moves nothing of the tender's" % name)
            if (j["kind"] == "reverse") != (j["reverses"] is not None):
                raise Wrong("journal %s is the way back of none, or says so" % name)
            if j["kind"] in ("again", "reverse"):
                if not (self.budgeted_again(j) if j["kind"] == "again" else self.way_back(j)):
                    raise Wrong("journal %s moves money elsewhere than its kind" % name)
                continue
            if j["kind"] not in self.MOVES:
                raise Wrong("journal %s is of a kind that moves nothing of a tender" % name)
            parts, contract = self.MOVES[j["kind"]].split(" "), self.contract_of(j["source"])
            for x in j["lines"]:
                owner = x["appropriation"] if x["bucket"] in ("authority", "available") else self.tender if x["bucket"] == "reserved" else contract or x["subject"]
                if x["bucket"] != parts[x["side"] == "C"] or x["subject"] != owner:
                    raise Wrong("journal %s moves money elsewhere than its kind" % name)
            if len({x["subject"] for x in j["lines"] if x["bucket"] not in ("authority", "available", "reserved")}) > 1:
                raise Wrong("journal %s moves money from one contract to another" % name)

    def way_back(self, j):
        """Of money asked back: each line of that journal, the other way round."""
        of = next((k for n, _, k in self.journals if n == j["reverses"]), None)
        if of is None or of["kind"] not in ("recover", "recredit") or instant(of["at"]) > instant(j["at"]):
            return False

        def ends(journal, turn):
            return sorted((x["appropriation"], x["bucket"], x["subject"], x["fen"], (x["side"] == "D") != turn) for x in journal["lines"])

        return ends(j, False) == ends(of, True)

    def budgeted_again(self, j):
        """What one budget holds for the tender or a contract is free there or lapses, and another holds the same from what was free."""
        lines = j["lines"]
        held = [x for x in lines if x["bucket"] in ("committed", "payable", "reserved")]
        out, into = ([x for x in held if x["side"] == side] for side in "DC")
        budgets = [{x["appropriation"] for x in part} for part in (out, into)]
        if [len(b) for b in budgets] != [1, 1] or budgets[0] == budgets[1] or len({x["subject"] for x in held}) > 1:
            return False
        if any(x["subject"] != self.tender if x["bucket"] == "reserved" else not self.row("contract", x["subject"]) for x in held):
            return False
        if sorted((x["bucket"], x["fen"]) for x in out) != sorted((x["bucket"], x["fen"]) for x in into):
            return False
        ends = {(min(budgets[0]), "C", "available"), (min(budgets[0]), "C", "lapsed"), (min(budgets[1]), "D", "available")}
        return all(x["subject"] == x["appropriation"] and (x["appropriation"], x["side"], x["bucket"]) in ends for x in lines if x not in held)

    # The act by which a journal is posted, about its source and at its instant.
    DONE = {
        "send": "payment_approve", "settle": "payment_settle", "return": "payment_return", "bounce": "payment_return", "payable": "tranche_release",
        "commit": "contract_sign", "renew": "contract_sign",
    }

    def acts_there(self):
        """No more of them are missing than events were erased.  What a contract that was ended still owes is let out with its end, in a tranche of its own."""
        done = {(e.act, e.subject, e.at) for e in self.of(*self.DONE.values())}
        ended = {(e.say("contract"), e.at) for e in self.of("contract_change_approve") if e.say("kind") == "terminate"}
        missing = []
        for name, _, j in self.journals:
            at = instant(j["at"])
            if j["kind"] not in self.DONE or self.hidden and j["kind"] != "send" or (self.DONE[j["kind"]], j["source"], at) in done:
                continue
            part = self.row("tranche", j["source"]) or {}
            if j["kind"] != "payable" or part.get("code") != "settlement" or (part.get("contract"), at) not in ended:
                missing.append(name)
        if len(missing) > len(self.erased):
            raise Wrong("journal %s was posted by no act" % missing[-1])

    def rows_paid(self):
        tranches, payments = self.rows.get("tranche", {}), self.rows.get("payment", {})
        for name, row in tranches.items():
            settled = sum(self.moved("settle", p)[0] - self.moved("bounce", p)[0] for p, r in payments.items() if r["tranche"] == name)
            if self.moved("payable", name)[0] - self.moved("withdraw", name)[0] != row["released"] or row["released"] > row["fen"]:
                raise Wrong("tranche %s was let out by another sum than was posted" % name)
            if settled != row["paid"] or row["paid"] > row["released"]:
                raise Wrong("tranche %s was paid by another sum than was posted" % name)
        for name, row in self.rows.get("contract", {}).items():
            if sum(r["fen"] for r in tranches.values() if r["contract"] == name) > row["fen"]:
                raise Wrong("the tranches of contract %s come to more than it" % name)
        for name, row in payments.items():
            if self.moved("settle", name)[0] != row["fen"]:
                raise Wrong("payment %s was settled by another sum than was posted" % name)
            if any(e["at"] != row["settled"] for e in self.of("payment_settle") if e.subject == name):
                raise Wrong("payment %s was not settled when it says" % name)
        schedules = [[(i["code"], fen(i["amount"])) for i in loads(a)["items"]] for *_, a in self.asked("schedule")]
        for name in self.rows.get("contract", {}):
            mine = sorted((r["no"], r["code"], r["fen"]) for r in tranches.values() if r["contract"] == name)
            whole = [no for no, _, _ in mine] == list(range(1, len(mine) + 1))
            changed = self.approved(name, "change", "supplement", "terminate", "revoke")
            if schedules and not changed and not self.hidden and not (whole and [m[1:] for m in mine] in schedules):
                raise Wrong("the tranches of contract %s are not those the mechanism answered" % name)
        for kind, of in (("settle", "payment"), ("payable", "tranche"), ("withdraw", "tranche"), ("commit", "contract")):
            for name, _, j in self.journals:
                if j["kind"] == kind and self.row(of, j["source"]) is None:
                    raise Wrong("journal %s was posted for what is not there" % name)
        for e in self.of("tranche_release"):
            if e.say("released") is not None and self.moved("payable", e.subject)[0] != fen(e.say("released")):
                raise Wrong("tranche %s was let out by another sum than the act said" % e.subject)
            if not self.hidden and e.say("released") is not None:
                self.let_out(e, fen(e.say("released")))
        ordered = {(e.subject, e["actor"]) for e in self.of("payment_order")}
        for e in self.of("payment_approve"):
            if (e.subject, e["actor"]) in ordered:
                raise Wrong("a payment was approved by who had ordered it", act=e)
        for e in self.of("payment_settle"):
            if self.moved("settle", e.subject)[0] == 0:
                raise Wrong("payment %s was settled and not posted" % e.subject)

    def let_out(self, e, released):
        """Where nothing of the contract was changed, no more than was answered: what a contract takes off is off that."""
        row = self.row("tranche", e.subject) or {}
        contract = row.get("contract")
        bid = self.row("bid", (self.row("award", (self.row("contract", contract) or {}).get("award")) or {}).get("bid"))
        if not bid or not released or any(c.say("contract") == contract for c in self.of("contract_change_approve")):
            return
        logged = {d.subject: d.at for d in self.of("log_decision")}
        for name, *_, facts, answer in self.asked("release"):
            facts = loads(facts)
            lot = inside(facts, "tender", "lot")
            asked = [lot, self.row("bid", self.bid_of(lot, inside(facts, "asked", "award"), facts)), inside(facts, "asked", "tranche")]
            if logged[name] <= e.at and asked == [bid["lot"], bid, row["code"]] and fen(loads(answer).get("amount", "0.00")) >= released:
                return
        raise Wrong("more of tranche %s was let out than the mechanism answered" % e.subject)

    # ---- V22

    def receipt(self, words):
        """None, or why it cannot be told."""
        mine = [e for e in self.of("bid_submit") if e.subject == words["bid"]]
        for e in mine:
            if e.say("sha256") != words["sealed-sha256"] or e.at != instant(words["received"]):
                raise Wrong("the log tells otherwise of this bid: the receipt proves that it was changed")
            if words["log-index"] not in ("pending", str(e.index)):
                raise Wrong("the log tells of this bid at another entry than the receipt says")
        own = any(self.level == "party " + k["organisation"] and k["key"] == words["bidder-key"] for k in self.rows.get("key", {}).values())
        if not mine and (self.erased or self.hidden and not own):
            return "bids are not shown at this level, or this one is not"
        if not mine:
            raise Wrong("the log does not tell of this bid: the receipt proves that it was dropped")
        return None


def receipt_words(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read().split("\n\n")[0].split("\n")
    return {"kind": text[0], **dict(line.split(" ", 1) for line in text[1:] if " " in line)}


CHECKS = (
    ("V9", Bundle.order),
    ("VP", Bundle.builds),
    ("V10", Bundle.openers_signed),
    ("V11", Bundle.in_time),
    ("V12", Bundle.closing),
    ("V13", Bundle.closed),
    ("VF", Bundle.files),
    ("V14", Bundle.bids),
    ("V15", Bundle.voids),
    ("V16", Bundle.draws),
    ("V17", Bundle.conflicts),
    ("V18", Bundle.marks),
    ("V19", Bundle.decisions),
    ("V19f", Bundle.facts),
    ("V20", Bundle.contracts),
    ("V21", Bundle.ledger),
)


def tender_check(report, pack, prefix, entries):
    bundle, good = report.check("B", Bundle, pack, prefix)
    report.bundle = bundle
    if good:
        report.check("V7", bundle.payloads, entries)
        report.check("V8", bundle.complete, entries)
        report.check("V7t", bundle.told, entries)
        report.check("VR", bundle.recovered, entries, report.log)
        for name, run in CHECKS:
            report.check(name, run, bundle)
    report.bundle = None
    words = report.receipt
    if good and words and words["tender"] == bundle.tender and words["kind"] == "linli/receipt/v1":
        why, held = report.check("V22", bundle.receipt, words, quiet=True)
        report.told(why if held else None, held)
    return bundle if good else None


def year_files(pack):
    """Of an office and a year: the tenders that it names, each once, and nothing beside."""
    tenders = [line[7:] for line in pack.file("office").decode().split("\n") if line.startswith("tender ")]
    if len(set(tenders)) < len(tenders):
        raise Wrong("a tender is named twice")
    for name in pack.files:
        if name != "office" and not (name.startswith("tenders/") and name.split("/")[1] in tenders and name.count("/") > 1):
            raise Wrong("nothing tells of the file " + name)


class Report:
    def __init__(self, log=""):
        self.codes, self.log, self.bundle, self.receipt, self.of_receipt = set(), log, None, None, "its tender is another"

    def told(self, why, held):
        """What a bundle of the receipt's tender says of it: that it holds, not, or why it cannot be told."""
        self.of_receipt = why
        if held and why is None:
            print("PASS V22")

    def untold(self):
        if self.receipt and self.receipt["kind"] != "linli/receipt/v1":
            print("SKIP V22: a refusal: no entry of the log tells of it")
        elif self.receipt and self.of_receipt:
            print("SKIP V22:", self.of_receipt)
            self.codes.add(2)

    def check(self, name, function, *arguments, quiet=False):
        try:
            result = function(*arguments)
            if not quiet:
                print("PASS", name)
            return result, True
        except Wrong as wrong:
            print("FAIL", name + ":", wrong)
            self.codes.add(wrong.code)
            self.answerable(name, wrong)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error) as wrong:
            print("FAIL", name + ": not of its form:", repr(wrong))
            self.codes.add(1)
            self.answerable(name, wrong)
        return None, False

    def answerable(self, name, wrong):
        """Whose it is: of a logged act who did it; else the office, whose database gave out something else than was logged."""
        found, text = [], str(wrong)
        if self.bundle:
            act, entry = getattr(wrong, "act", None), re.match(r"entry (\d+):", text)
            if act is None and entry and name not in ("V7", "V8"):
                act = next((e for e in self.bundle.events if e.index == int(entry[1])), None)
            offices = [e["office"] for e in self.bundle.events if "office" in e]
            if act is not None and act.text:
                found.append("act %d %s %s %s" % (act.index, act.act, act["role"], act["actor"] or "-"))
            elif offices:
                found.append("office %d" % offices[0])
            actors = {e.get("actor") for e in self.bundle.events}
            bids = {e.subject: e.say("organisation") for e in self.bundle.of("bid_submit")}
            for one in re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
                bid = (self.bundle.row("award", one) or {}).get("bid", one)
                whose = (self.bundle.row("contract", one) or {}).get("organisation") or bids.get(bid)
                found += ["person " + one] if one in actors else ["organisation " + whose] if whose else []
        elif name in ("V3", "V3t", "V4-5", "VC", "V22") and self.log and wrong.__class__ is not Missing:
            found.append("log " + self.log)
        for party in found:
            print("WHO ", name, party)

    def exit(self):
        return next((code for code in (4, 1, 2) if code in self.codes), 0)


def log_run(options):
    log, witnesses = Key(options.log_key), [Key(w) for w in options.witness]
    quorum = len(witnesses) if options.quorum is None else options.quorum
    if quorum > len(witnesses) or len({w.public for w in [log, *witnesses]}) <= len(witnesses):
        print("--quorum asks for more witnesses than were given, or one is given twice", file=sys.stderr)
        return 3
    report = Report(log.name)
    path = os.path.join(options.log, "checkpoint")
    signed, good = report.check("V1-2", checkpoint, path, log, witnesses, quorum)
    if not good:
        return report.exit()

    def rooted():
        entries = entries_of(options.log, signed[0])
        leaves = [leaf_hash(e) for e in entries]
        if root_of(leaves) != signed[1]:
            raise Wrong("the entries do not make the root that was signed")
        return entries, leaves

    found, good = report.check("V3", rooted)
    if not good:
        return report.exit()
    entries, leaves = found
    report.check("V3t", tiles_check, options.log, leaves)
    report.check("V4-5", chain_check, entries, leaves)

    def consistent():
        size, root = checkpoint(options.since, log)
        if size > len(leaves) or root_of(leaves[:size]) != root:
            raise Wrong("the log does not begin with what was signed before")

    if options.since:
        report.check("VC", consistent)
    if options.receipt:
        report.receipt, _ = report.check("V22r", receipt_words, options.receipt)
    if options.bundle:
        pack, good = report.check("P", Pack, options.bundle)
        if good and "office" in pack.files:
            report.check("Y", year_files, pack)
            for line in pack.file("office").decode().split("\n"):
                if line.startswith("tender "):
                    tender_check(report, pack, "tenders/%s/" % line[7:], entries)
        elif good:
            tender_check(report, pack, "", entries)
        report.untold()
    return report.exit()


# ---- sealed bids: HPKE (RFC 9180) and SBX1 -------------------------------------------------


def extract(salt, data):
    return hmac.digest(salt or bytes(32), data, "sha256")


def expand(key, info, size):
    return hkdf_expand(key, info, size)


def decrypted(gcm, nonce, cipher, aad):
    plain = gcm.decrypt(nonce, cipher, aad)
    if plain is None:
        raise Wrong("it does not decrypt")
    return plain


# The curve P-256: y^2 = x^3 - 3x + B over the integers below P; G generates N points.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def point_add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    if a == b:
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) % P
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P) % P
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def point_times(k, point):
    out = None
    for bit in bin(k)[2:]:
        out = point_add(out, out)
        if bit == "1":
            out = point_add(out, point)
    return out


def point_bytes(point):
    return b"\x04" + point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def point_read(raw):
    x, y = int.from_bytes(raw[1:33], "big"), int.from_bytes(raw[33:], "big")
    if len(raw) != 65 or raw[0] != 4 or x >= P or y >= P or (y * y - x * x * x + 3 * x - B) % P:
        raise Wrong("no point of P-256")
    return x, y


def p256_scalar(secret):
    for n in range(256):
        k = int.from_bytes(hmac.digest(secret, b"linli/p256/v1\0" + bytes([n]), "sha256"), "big")
        if 0 < k < N:
            return k
    raise Wrong("no scalar")


def p256_good(x, signature, message):
    """ECDSA over SHA-256 by the point with this x and an even y."""
    x, r, s = int.from_bytes(x, "big"), int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    y = pow(x * x * x - 3 * x + B, (P + 1) // 4, P)
    if x >= P or (y * y - x * x * x + 3 * x - B) % P or not 0 < r < N or not 0 < s < N:
        return False
    y, w = (P - y if y & 1 else y), pow(s, -1, N)
    point = point_add(point_times(int.from_bytes(sha256(message), "big") * w % N, G), point_times(r * w % N, (x, y)))
    return point is not None and point[0] % N == r


def hpke_open(secret, enc, info, cipher, aad=b""):
    if len(enc) == 65:
        scalar = p256_scalar(secret)
        mine, both = point_bytes(point_times(scalar, G)), point_times(scalar, point_read(enc))[0].to_bytes(32, "big")
        kem, suite = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x02"
    else:
        mine, both = x25519(secret), x25519(secret, enc)
        kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"

    def l_extract(ids, salt, label, data):
        return extract(salt, b"HPKE-v1" + ids + label + data)

    def l_expand(ids, prk, label, data, size):
        return expand(prk, struct.pack(">H", size) + b"HPKE-v1" + ids + label + data, size)

    shared = l_extract(kem, b"", b"eae_prk", both)
    shared = l_expand(kem, shared, b"shared_secret", enc + mine, 32)
    context = b"\0" + l_extract(suite, b"", b"psk_id_hash", b"") + l_extract(suite, b"", b"info_hash", info)
    root = l_extract(suite, shared, b"secret", b"")
    nonce = l_expand(suite, root, b"base_nonce", context, 12)
    return decrypted(Gcm(l_expand(suite, root, b"key", context, 32)), nonce, cipher, aad)


LOG, EXP = [0] * 256, [0] * 255
x = 1
for i in range(255):
    EXP[i], LOG[x] = x, i
    x ^= (x << 1) ^ (0x11B if x & 0x80 else 0)  # times three, a generator


def times(a, b):
    return EXP[(LOG[a] + LOG[b]) % 255] if a and b else 0


def combine(shares, x=0):
    secret = bytearray(32)
    for i, share in shares.items():
        weight = 1
        for j in shares:
            if j != i:
                weight = times(weight, times(j ^ x, EXP[-LOG[i ^ j] % 255]))
        for at in range(32):
            secret[at] ^= times(weight, share[at])
    return bytes(secret)


class Sealed:
    def __init__(self, raw):
        self.raw, self.header = raw, raw[:174]
        if len(raw) < 174 or raw[:5] != b"SBX1\0" or raw[5:6] not in (b"\x20", b"\x10") or raw[6:10] != b"\x00\x01\x00\x02" or raw[13] != 0:
            raise Wrong("no sealed bid")
        p256 = raw[5] == 0x10
        self.enc, size = (65, 146) if p256 else (32, 113)
        self.k, self.n, self.flags, self.bidder = raw[10], raw[11], raw[12], raw[46:78]
        if not 1 <= self.k <= self.n <= 15 or self.flags > 7 or bool(self.flags & 1) != any(raw[142:174]):
            raise Wrong("no sealed bid")
        self.records = [raw[174 + size * i : 174 + size * (i + 1)] for i in range(self.n)]
        self.chunks_at = 174 + size * self.n + 12
        self.padded = int.from_bytes(raw[self.chunks_at - 8 : self.chunks_at], "big")
        chunks = (self.padded + 65535) // 65536
        if len(raw) != self.chunks_at + self.padded + 16 * chunks + 64 or not 4096 <= self.padded <= 640 << 20:
            raise Wrong("of another size")
        if any(r[0] != i for i, r in enumerate(self.records, 1)) or raw[self.chunks_at - 12 : self.chunks_at - 8] != b"\0\1\0\0":
            raise Wrong("of another form")
        if not (p256_good if p256 else ed25519_good)(raw[46:78], raw[-64:], b"linli/sbx1/sign\0" + sha256(raw[:-64])):
            raise Forged("the signature is not the bidder's")

    def share(self, i, secret):
        record, at = self.records[i - 1], 1 + self.enc
        share = hpke_open(secret, record[1:at], b"linli/sbx1/share\0" + self.header + bytes([i]), record[at : at + 48])
        if sha256(b"linli/share-commit/v1\0", sha256(self.header), bytes([i]), share) != record[at + 48 :]:
            raise Wrong("the share is not the one committed to")
        return share

    def content(self, shares, co=None):
        used, head = dict(sorted(shares.items())[: self.k]), sha256(self.header)
        cek = combine(used)
        if any(sha256(b"linli/share-commit/v1\0", head, bytes([i + 1]), combine(used, i + 1)) != r[-32:] for i, r in enumerate(self.records)):
            raise Wrong("the shares committed to are not of one key")
        if sha256(b"linli/cek-commit/v1\0", cek) != self.header[110:142]:
            raise Wrong("not the key committed to")
        if self.flags & 1 and (co is None or sha256(b"linli/co-commit/v1\0", co) != self.header[142:174]):
            raise Wrong("not the co-key committed to")
        prk = extract(sha256(self.raw[: self.chunks_at]), cek + (co if self.flags & 1 else bytes(32)))
        both = expand(prk, b"linli/sbx1/content\0", 44)
        self.key, self.nonce = both[:32], both[32:]
        plain, at, left, j, gcm = b"", self.chunks_at, self.padded, 0, Gcm(self.key)
        while left:
            size = min(left, 65536)
            nonce = bytes(a ^ b for a, b in zip(self.nonce, bytes(4) + struct.pack(">Q", j)))
            aad = struct.pack(">Q?", j, size == left)
            plain += decrypted(gcm, nonce, self.raw[at : at + size + 16], aad)
            at, left, j = at + size + 16, left - size, j + 1
        size = int.from_bytes(plain[:4], "big")
        manifest, at, files = json.loads(plain[4 : 4 + size]), 4 + size, []
        for file in manifest["files"]:
            files.append(plain[at : at + file["size"]])
            at += file["size"]
            if hashlib.sha256(files[-1]).hexdigest() != file["sha256"]:
                raise Wrong("a file is not what the manifest says")
        if any(plain[at:]):
            raise Wrong("the padding is not empty")
        return plain[4 : 4 + size].decode(), manifest, files


def open_run(options):
    with open(options.sealed, "rb") as file:
        sealed = Sealed(file.read())
    with open(options.openers, "rb") as file:
        openers = file.read()
    if sha256(openers) != sealed.header[78:110]:
        raise Wrong("sealed to other openers")
    keys = [line.split(b" ")[2] for line in openers.split(b"\n") if line.startswith(b"opener ")]
    shares, co = {}, None
    for path in options.key:
        with open(path, encoding="utf-8") as file:
            fields = dict(line.rstrip("\n").split(" ", 1) for line in file if " " in line)
        i = keys.index(fields["public"].encode()) + 1
        shares[i] = sealed.share(i, b64(fields["secret"]))
    if options.co_key:
        with open(options.co_key, encoding="utf-8") as file:
            co = bytes.fromhex(file.read().split()[1])
    _, manifest, files = sealed.content(shares, co)
    print("price", manifest.get("price_fen", "-"))
    for entry in manifest["files"]:
        print("file", entry["sha256"], entry["size"], entry["name"])
    return 0


# ---- draws ---------------------------------------------------------------------------------


def taken(pool, number):
    """Each of the pool in turn, by a number below how many are left."""
    left, order = list(pool), []
    while left:
        order.append(left.pop(number(len(order), len(left))))
    return order


def rfc3797(key):
    """The numbers of RFC 3797, whose example holds the way of taking to a published one."""

    def number(turn, left):
        at = struct.pack(">H", turn)
        return int.from_bytes(hashlib.md5(at + key + at, usedforsecurity=False).digest(), "big") % left

    return number


def drawn(text, sources, secret=bytes(32)):
    """The seed, and the pool in the order in which it is drawn."""
    lines = text.decode().split("\n")
    seed = [b"linli/draw-seed/v1\0", bytes.fromhex(lines[1][5:].replace("-", "")), sha256(text), secret]
    seed.append(struct.pack(">H", len(sources)))
    for source in sources:
        seed += [struct.pack(">H", len(source)), source]
    seed = sha256(*seed)

    def number(turn, left):
        tries, limit = 0, 2**64 // left * left
        while True:
            x = int.from_bytes(sha256(b"linli/draw-sel/v1\0", seed, struct.pack(">II", turn, tries))[:8], "big")
            if x < limit:
                return x % left
            tries += 1

    return seed, taken(lines[2:-1], number)


def draw_run(options):
    with open(options.pool, "rb") as file:
        text = file.read()
    seed, order = drawn(text, [s.encode() for s in options.source])
    print("pool-sha256 %s\nseed %s" % (sha256(text).hex(), seed.hex()))
    for i, name in enumerate(order):
        print(i + 1, name)
    return 0


# ---- the vectors ---------------------------------------------------------------------------


def vectors_run(options):
    with open(options.file, encoding="utf-8") as file:
        vectors = json.load(file)
    report, log, seal = Report(), vectors["log"], vectors["sbx1"]

    def same(got, expected):
        if got != expected:
            raise Wrong("%r is not %r" % (got, expected))

    raw = bytes.fromhex
    leaves = [raw(h) for h in log["leaf_hashes"]]
    ten = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    report.check("RFC 3797", lambda: same(taken(range(1, 26), rfc3797(b"9319./2.5.8.10.12./9.18.26.34.41.45./"))[:10], ten))
    report.check("leaf hashes", lambda: same([leaf_hash(raw(e)) for e in log["entries"]], leaves))
    report.check("roots", lambda: same([root_of(leaves[:4]).hex(), root_of(leaves).hex()], [log["root4"], log["root7"]]))
    for index in (6, 2):
        path = [raw(h) for h in log["inclusion_%d_of_7" % index]]
        report.check("inclusion of %d" % index, lambda i=index, p=path: same(included(leaves[i], i, 7, p, raw(log["root7"])), True))
        report.check("not of its neighbour", lambda i=index, p=path: same(included(leaves[i], i - 1, 7, p, raw(log["root7"])), False))
    report.check("chain", chain_check, [raw(e) for e in log["entries"]], leaves)
    text, lines = note_split(log["checkpoint"])
    for key in ("log_vkey", "witness_vkey"):
        report.check(key, lambda k=key: same(note_signed(text, lines, Key(log[k])), True))
    tender, salt = raw("0192f0c4a00070008000" + "00000000a001"), raw(log["subject_salt"])
    report.check("salt commitment", lambda: same(sha256(b"linli/ssalt/v1\0", salt).hex(), log["subject_salt_commit"]))
    for i, entry in enumerate(log["entries"]):
        payload = sha256(b"linli/payload/v1\0", raw(log["payload_salts"][i]), log["payloads"][i].encode())
        tag = hmac.digest(salt, b"linli/subject/v1\0" + struct.pack(">Q", i) + tender, "sha256")
        report.check("entry %d" % i, lambda e=entry, p=payload, t=tag: same(raw(e)[52:], p + t))

    def opened():
        """The container, put together from its parts, and opened again by the first and the third."""
        plain = struct.pack(">I", len(seal["manifest"])) + seal["manifest"].encode()
        plain += bytes(seal["padded_len"] - len(plain))
        whole = raw(seal["header"]) + raw(seal["records"]) + struct.pack(">IQ", 65536, len(plain))
        whole += Gcm(raw(seal["content_key"])).encrypt(raw(seal["base_nonce"]), plain, bytes(8) + b"\1")
        whole += raw(seal["signature"])
        same([len(whole), hashlib.sha256(whole).hexdigest()], [seal["file_len"], seal["sealed_sha256"]])
        sealed = Sealed(whole)
        shares = {i + 1: sealed.share(i + 1, raw(seal["opener_sk"][i])) for i in (0, 2)}
        same(sealed.content(shares)[0], seal["manifest"])
        same([sealed.key.hex(), sealed.nonce.hex()], [seal["content_key"], seal["base_nonce"]])

    header = raw(seal["header"])
    for i in range(3):
        record = raw(seal["records"])[113 * i : 113 * i + 113]
        info = b"linli/sbx1/share\0" + header + bytes([i + 1])
        report.check(
            "record %d" % (i + 1),
            lambda r=record, n=info, k=i: same(hpke_open(raw(seal["opener_sk"][k]), r[1:33], n, r[33:81]).hex(), seal["shares"][k]),
        )
    report.check("two of three shares", lambda: same(combine({1: raw(seal["shares"][0]), 3: raw(seal["shares"][2])}).hex(), seal["cek"]))
    report.check("the container", opened)
    draw = vectors["draw"]
    pool = b"linli/pool/v1\ndraw 0192f0c4-a002-7000-8000-00000000d001\n" + b"".join(b"E%04d\n" % i for i in range(1, 21))
    report.check("the pool", lambda: same(sha256(pool).hex(), draw["pool_text_sha256"]))
    seed, order = drawn(pool, [raw(draw["source1"])], raw(draw["server_secret"]))
    report.check("the seed", lambda: same(seed.hex(), draw["seed"]))
    report.check("who is drawn", lambda: same(order[:8], draw["selected_5_of_20"] + draw["next_alternates"]))
    score = vectors["score_commit"]
    report.check("marks", lambda: same(sha256(b"linli/score-commit/v1\0", raw(score["nonce"]), score["jcs"].encode()).hex(), score["commit"]))
    return report.exit()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.error = lambda message: (print(message, file=sys.stderr), sys.exit(3))
    commands = parser.add_subparsers(required=True)
    log = commands.add_parser("log")
    for name in ("log", "log-key"):
        log.add_argument("--" + name, required=True)
    log.add_argument("--witness", action="append", default=[])
    log.add_argument("--quorum", type=int)
    log.add_argument("--since")
    log.add_argument("--bundle")
    log.add_argument("--receipt")
    log.set_defaults(run=log_run)
    opening = commands.add_parser("open")
    opening.add_argument("sealed")
    opening.add_argument("--openers", required=True)
    opening.add_argument("--key", action="append", required=True)
    opening.add_argument("--co-key")
    opening.set_defaults(run=open_run)
    draw = commands.add_parser("draw")
    draw.add_argument("pool")
    draw.add_argument("--source", action="append", required=True)
    draw.set_defaults(run=draw_run)
    vectors = commands.add_parser("vectors")
    vectors.add_argument("file")
    vectors.set_defaults(run=vectors_run)
    options = parser.parse_args()
    try:
        return options.run(options)
    except Wrong as wrong:
        print("FAIL", wrong)
        return wrong.code


if __name__ == "__main__":
    sys.exit(main())
