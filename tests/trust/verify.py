#!/usr/bin/env python3
"""A second verifier, written from docs/trust.md and the public formats alone; it shares no code with the first.

    verify.py log --log DIR --log-key KEY [--witness KEY]... [--quorum N] [--since FILE] [--bundle DIR]
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
import struct
import sys
from datetime import datetime

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Wrong(Exception):
    code = 1


class Missing(Wrong):
    code = 2


class Forged(Wrong):
    code = 4


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


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
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
        except InvalidSignature:
            raise Forged("the signature of %s does not fit" % name) from None
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


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Bundle:
    def __init__(self, folder):
        self.folder = folder
        head = file_of(folder, "tender").decode().split("\n")
        if head[0] != "linli/bundle/v1" or len(head) != 4:
            raise Wrong("no bundle")
        self.tender, self.salt = head[1].split("tender ")[1], bytes.fromhex(head[2].split("salt ")[1])
        self.events = []
        for line in file_of(folder, "events").decode().split("\n")[:-1]:
            index, salt, text = line.split(" ", 2)
            self.events.append((int(index), bytes.fromhex(salt), text, json.loads(text)))

    def payloads(self, entries):
        for index, salt, text, event in self.events:
            if index >= len(entries):
                raise Missing("the log ends before entry %d" % index)
            if sha256(b"linli/payload/v1\0", salt, text.encode()) != entries[index][52:84] or event["tender"] != self.tender:
                raise Wrong("entry %d: this event is not what the log committed to" % index)

    def complete(self, entries):
        commit = sha256(b"linli/ssalt/v1\0", self.salt).hex()
        if [e["payload"].get("salt_commit") for _, _, _, e in self.events if e["act"] == "log_tender"] != [commit]:
            raise Wrong("the salt is not the one committed to")
        tender = bytes.fromhex(self.tender.replace("-", ""))
        tags = [
            i
            for i, e in enumerate(entries)
            if hmac.digest(self.salt, b"linli/subject/v1\0" + struct.pack(">Q", i) + tender, "sha256") == e[84:116]
        ]
        if tags != [index for index, _, _, _ in self.events]:
            raise Wrong("the events are not the entries of the tender")

    def order(self):
        deadline, acts = None, [(e["act"], instant(e["at"]), e["payload"]) for _, _, _, e in self.events]
        for act, at, payload in acts:
            if act in ("tender_publish", "tender_extend"):
                if deadline and at >= deadline:
                    raise Wrong("the deadline was moved after it had passed")
                deadline = instant(payload["request"]["deadline"])
        names = [act for act, _, _ in acts]
        if not deadline:
            raise Missing("no event tells of the publication")
        for i, (act, at, _) in enumerate(acts):
            if act == "bid_submit" and (not {"log_tender", "tender_publish"} <= set(names[:i]) or at >= deadline):
                raise Wrong("a bid before the publication or after the deadline")

    def decisions(self):
        logged = {e["subject"]: e["payload"]["sha256"] for _, _, _, e in self.events if e["act"] == "log_decision"}
        for name, digest in logged.items():
            if hashlib.sha256(file_of(self.folder, "decisions/" + name)).hexdigest() != digest:
                raise Wrong("decision %s is not the one that was logged" % name)
        folder = os.path.join(self.folder, "decisions")
        if os.path.isdir(folder) and set(os.listdir(folder)) - set(logged):
            raise Wrong("there is a decision that was not logged")


class Report:
    def __init__(self):
        self.codes = set()

    def check(self, name, function, *arguments):
        try:
            result = function(*arguments)
            print("PASS", name)
            return result, True
        except Wrong as wrong:
            print("FAIL", name + ":", wrong)
            self.codes.add(wrong.code)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error) as wrong:
            print("FAIL", name + ": not of its form:", repr(wrong))
            self.codes.add(1)
        return None, False

    def exit(self):
        return next((code for code in (4, 1, 2) if code in self.codes), 0)


def log_run(options):
    report, log = Report(), Key(options.log_key)
    path = os.path.join(options.log, "checkpoint")
    signed, good = report.check("V1-2", checkpoint, path, log, [Key(w) for w in options.witness], options.quorum)
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
    if options.bundle:
        bundle, good = report.check("B", Bundle, options.bundle)
        if good:
            report.check("V7", bundle.payloads, entries)
            report.check("V8", bundle.complete, entries)
            report.check("V9", bundle.order)
            report.check("V19", bundle.decisions)
    return report.exit()


# ---- sealed bids: HPKE (RFC 9180) and SBX1 -------------------------------------------------


def extract(salt, data):
    return hmac.digest(salt or bytes(32), data, "sha256")


def expand(key, info, size):
    return HKDFExpand(hashes.SHA256(), size, info).derive(key)


def hpke_open(secret, enc, info, cipher, aad=b""):
    key = X25519PrivateKey.from_private_bytes(secret)
    mine = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"

    def l_extract(ids, salt, label, data):
        return extract(salt, b"HPKE-v1" + ids + label + data)

    def l_expand(ids, prk, label, data, size):
        return expand(prk, struct.pack(">H", size) + b"HPKE-v1" + ids + label + data, size)

    shared = l_extract(kem, b"", b"eae_prk", key.exchange(X25519PublicKey.from_public_bytes(enc)))
    shared = l_expand(kem, shared, b"shared_secret", enc + mine, 32)
    context = b"\0" + l_extract(suite, b"", b"psk_id_hash", b"") + l_extract(suite, b"", b"info_hash", info)
    secret = l_extract(suite, shared, b"secret", b"")
    nonce = l_expand(suite, secret, b"base_nonce", context, 12)
    return AESGCM(l_expand(suite, secret, b"key", context, 32)).decrypt(nonce, cipher, aad)


LOG, EXP = [0] * 256, [0] * 255
x = 1
for i in range(255):
    EXP[i], LOG[x] = x, i
    x ^= (x << 1) ^ (0x11B if x & 0x80 else 0)  # times three, a generator


def times(a, b):
    return EXP[(LOG[a] + LOG[b]) % 255] if a and b else 0


def combine(shares):
    secret = bytearray(32)
    for i, share in shares.items():
        weight = 1
        for j in shares:
            if j != i:
                weight = times(weight, times(j, EXP[-LOG[i ^ j] % 255]))
        for at in range(32):
            secret[at] ^= times(weight, share[at])
    return bytes(secret)


class Sealed:
    def __init__(self, raw):
        self.raw, self.header = raw, raw[:174]
        if raw[:10] != b"SBX1\x00\x20\x00\x01\x00\x02" or raw[13] != 0:
            raise Wrong("no sealed bid")
        self.k, self.n, self.flags = raw[10], raw[11], raw[12]
        self.records = [raw[174 + 113 * i : 287 + 113 * i] for i in range(self.n)]
        self.chunks_at = 174 + 113 * self.n + 12
        self.padded = int.from_bytes(raw[self.chunks_at - 8 : self.chunks_at], "big")
        chunks = (self.padded + 65535) // 65536
        if len(raw) != self.chunks_at + self.padded + 16 * chunks + 64:
            raise Wrong("of another size")
        try:
            signed = b"linli/sbx1/sign\0" + sha256(raw[:-64])
            Ed25519PublicKey.from_public_bytes(raw[46:78]).verify(raw[-64:], signed)
        except InvalidSignature:
            raise Forged("the signature is not the bidder's") from None

    def share(self, i, secret):
        record = self.records[i - 1]
        share = hpke_open(secret, record[1:33], b"linli/sbx1/share\0" + self.header + bytes([i]), record[33:81])
        if sha256(b"linli/share-commit/v1\0", sha256(self.header), bytes([i]), share) != record[81:113]:
            raise Wrong("the share is not the one committed to")
        return share

    def content(self, shares, co=None):
        cek = combine(dict(sorted(shares.items())[: self.k]))
        if sha256(b"linli/cek-commit/v1\0", cek) != self.header[110:142]:
            raise Wrong("not the key committed to")
        if self.flags & 1 and (co is None or sha256(b"linli/co-commit/v1\0", co) != self.header[142:174]):
            raise Wrong("not the co-key committed to")
        prk = extract(sha256(self.raw[: self.chunks_at]), cek + (co if self.flags & 1 else bytes(32)))
        both = expand(prk, b"linli/sbx1/content\0", 44)
        self.key, self.nonce = both[:32], both[32:]
        plain, at, left, j = b"", self.chunks_at, self.padded, 0
        while left:
            size = min(left, 65536)
            nonce = bytes(a ^ b for a, b in zip(self.nonce, bytes(4) + struct.pack(">Q", j)))
            aad = struct.pack(">Q?", j, size == left)
            plain += AESGCM(self.key).decrypt(nonce, self.raw[at : at + size + 16], aad)
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


def drawn(text, sources, secret=bytes(32)):
    """The seed, and the pool in the order in which it is drawn."""
    lines = text.decode().split("\n")
    left, order = lines[2:-1], []
    seed = [b"linli/draw-seed/v1\0", bytes.fromhex(lines[1][5:].replace("-", "")), sha256(text), secret]
    seed.append(struct.pack(">H", len(sources)))
    for source in sources:
        seed += [struct.pack(">H", len(source)), source]
    seed = sha256(*seed)
    while left:
        tries, limit = 0, 2**64 // len(left) * len(left)
        while True:
            number = sha256(b"linli/draw-sel/v1\0", seed, struct.pack(">II", len(order), tries))
            number, tries = int.from_bytes(number[:8], "big"), tries + 1
            if number < limit:
                break
        order.append(left.pop(number % len(left)))
    return seed, order


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
        whole += AESGCM(raw(seal["content_key"])).encrypt(raw(seal["base_nonce"]), plain, bytes(8) + b"\1")
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
    log.add_argument("--quorum", type=int, default=0)
    log.add_argument("--since")
    log.add_argument("--bundle")
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
    except InvalidTag:
        print("FAIL it does not decrypt")
        return 1


if __name__ == "__main__":
    sys.exit(main())
