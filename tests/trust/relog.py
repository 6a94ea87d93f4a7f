#!/usr/bin/env python3
"""relog.py LOG KEY BUNDLE INTO CODE: the log and the bundle as a server would have made them that did something else and told of it as
if it were so: everything agrees with everything, signed with the log's own key (a file of `linli keygen log --plain`), so that
nothing but the rule that was broken can give it away.

CODE is Python; it changes `events` (by index; new ones at indices between), `files` (the bundle's, by name) and `rows` (kind and id to
values).  INTO/log and INTO/bundle are made.  Standard library only.
"""
import base64
import copy
import hashlib
import hmac
import json
import os
import struct
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.join(here, "..", "api")]
import verify  # noqa: E402
from resign import sign  # noqa: E402


def dumped(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def put(folder, name, raw):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(raw)


def log_put(folder, entries, key):
    leaves = [verify.leaf_hash(e) for e in entries]
    with open(key, encoding="utf-8") as file:
        words = dict(line.rstrip("\n").split(" ", 1) for line in file if " " in line)
    text = "%s\n%d\n%s\n" % (words["name"], len(entries), base64.b64encode(verify.root_of(leaves)).decode())
    public = b"\1" + base64.b64decode(words["public"])
    tag = hashlib.sha256(words["name"].encode() + b"\n" + public).digest()[:4]
    signature = base64.b64encode(tag + sign(base64.b64decode(words["secret"])[:32], text.encode())).decode()
    put(folder, "checkpoint", ("%s\n\u2014 %s %s\n" % (text, words["name"], signature)).encode())
    for n, width in verify.tiles(len(entries)):
        raw = b"".join(struct.pack(">H", len(e)) + e for e in entries[256 * n : 256 * n + width])
        put(folder, verify.tile_name("entries", n, width), raw)
    level = 0
    while leaves:
        for n, width in verify.tiles(len(leaves)):
            put(folder, verify.tile_name(level, n, width), b"".join(leaves[256 * n : 256 * n + width]))
        leaves = [verify.root_of(leaves[i : i + 256]) for i in range(0, len(leaves) - 255, 256)]
        level += 1


def digests(events, files, ledger):
    """What the log tells of decisions and journals is what they now are."""
    for e in events:
        if e["act"] == "log_decision" and "decisions/" + e["subject"] in files:
            e["payload"]["sha256"] = hashlib.sha256(files["decisions/" + e["subject"]]).hexdigest()
        if e["act"] == "log_journal" and e["subject"] in ledger:
            e["payload"]["sha256"] = hashlib.sha256(ledger[e["subject"]].encode()).hexdigest()


def main():
    log, key, bundle, into, code = sys.argv[1:6]
    with open(os.path.join(log, "checkpoint"), encoding="utf-8") as file:
        size = int(file.read().split("\n")[1])
    old = verify.entries_of(log, size)
    pack = verify.Pack(bundle)
    files = {name: pack.file(name) for name in pack.files}
    honest = verify.Bundle(pack)
    rows = copy.deepcopy(honest.rows)
    events = [copy.deepcopy(e) for e in honest.events]
    kept = {e.index for e in events}
    exec(code, {"events": events, "files": files, "rows": rows, "json": json, "hashlib": hashlib, "copy": copy, "verify": verify, "bundle": honest})  # noqa: S102
    digests(events, files, {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in files["ledger"].decode().split("\n")[:-1]})
    told = [(i, None) for i in range(size) if i not in kept] + [(e.index, e) for e in events]
    entries, lines, before, latest = [], [], bytes(32), 0
    tender = bytes.fromhex(honest.tender.replace("-", ""))
    for index, e in sorted(told, key=lambda one: one[0]):
        raw = old[index] if e is None else old[min(int(index), size - 1)]
        payload, tag, n = raw[52:84], raw[84:116], len(entries)
        if e is not None:
            text = dumped(dict(e))
            payload = hashlib.sha256(b"linli/payload/v1\0" + e.salt + text.encode()).digest()
            tag = hmac.digest(honest.salt, b"linli/subject/v1\0" + struct.pack(">Q", n) + tender, "sha256")
            lines.append("%d %s %s\n" % (n, e.salt.hex(), text))
        latest = max(latest, struct.unpack(">Q", raw[12:20])[0])
        entries.append(b"LE1" + raw[3:4] + struct.pack(">QQ", n, latest) + before + payload + tag)
        before = verify.leaf_hash(entries[-1])
    files["events"] = "".join(lines).encode()
    files["rows"] = "".join("%s %s %s\n" % (kind, name, dumped(row)) for kind in rows for name, row in rows[kind].items()).encode()
    log_put(os.path.join(into, "log"), entries, key)
    for name, raw in files.items():
        put(os.path.join(into, "bundle"), name, raw)


if __name__ == "__main__":
    main()
