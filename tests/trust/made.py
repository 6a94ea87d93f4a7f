#!/usr/bin/env python3
"""made.py LINLI FOLDER [CASE...]: small logs and bundles made here from nothing, each with one thing wrong that everything else agrees with, and
what both verifiers say of them.  Prints TAP.  Standard library only.

No server can be made to write most of these: they are what its database, its keys and a hostile stranger could do together.
"""
import base64
import hashlib
import hmac
import json
import os
import re
import struct
import subprocess
import sys
from datetime import datetime, timedelta, timezone

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.join(here, "..", "api")]
import relog  # noqa: E402
import verify  # noqa: E402
from relog import dumped, put  # noqa: E402
from resign import sign  # noqa: E402

BEGIN = datetime(2026, 3, 1, 1, tzinfo=timezone.utc)
SECONDS = "20"
BUILD = {"mechanism": "a" * 64, "scheme": "b" * 64}


def uuid(n):
    return "0192f0c4-a000-7000-8000-%012x" % n


def sha(raw):
    return hashlib.sha256(raw).hexdigest()


def stamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


TENDER, LOT, APP, CONTRACT, AWARD = uuid(1), uuid(2), uuid(3), uuid(4), uuid(5)
CLERK, APPROVER, JUDGES = uuid(10), uuid(11), [uuid(12), uuid(13)]
ORGS, BIDS, MEMBERS = [uuid(20), uuid(21)], [uuid(30), uuid(31)], [uuid(40), uuid(41)]
MARKS = [[95, 80], [90, 85]]  # by member, of each bid
PRICES = ["900.00", "950.00"]
PLAN = {"checks": [{"code": "responsive", "role": "office_clerk"}, {"code": "small_enterprise", "role": "office_clerk"}], "fields": [{"code": "price", "priced": True}]}


class Tools:
    """The first program, and where its keys are."""

    linli = folder = ""

    @classmethod
    def run(cls, *words):
        done = subprocess.run([cls.linli, *words], capture_output=True, text=True, check=True, cwd=cls.folder)
        return done.stdout

    @classmethod
    def key(cls, kind, name):
        """A new key's public part and its secret bytes."""
        public = cls.run("keygen", kind, name, "--name", name, "--plain").strip()
        with open(os.path.join(cls.folder, name), encoding="utf-8") as file:
            words = dict(line.rstrip("\n").split(" ", 1) for line in file if " " in line)
        return public, base64.b64decode(words["secret"])[:32]


# Where a bundle tells of acts of no tender.
BESIDE = {"log_recover": "recoveries", "erasure_approve": "erasures"}


class Event(dict):
    salt = bytes(range(32))
    entered = None  # the time of its entry, where that is not its own
    hidden = erased = False


class Story:
    """A tender from its publication to a signed contract, and all that was logged of it."""

    def __init__(self):
        self.level, self.events, self.decisions, self.rows, self.files = "supervisor", [], {}, {}, {}
        self.journals, self.now, self.pairs, self.more = {}, BEGIN, [], ""
        self.salt = hashlib.sha256(b"salt").digest()
        self.tell()

    def act(self, act, subject, payload, actor=CLERK, role="office_clerk", kind="lot", sealed=False, minutes=1):
        self.now += timedelta(minutes=minutes)
        e = Event(
            act=act, actor=actor, at=stamp(self.now), id=uuid(1000 + len(self.events)), office=3, payload=payload, role=role, sealed=sealed,
            subject=subject, subject_kind=kind, tender=TENDER,
        )
        self.events.append(e)
        return e

    def row(self, kind, name, **values):
        self.rows.setdefault(kind, {})[name] = values

    def decide(self, question, of, facts, answer):
        name = uuid(2000 + len(self.decisions))
        self.decisions[name] = {
            "question": question, "plugin": "%s 1.0.0 %s" % ({"mechanism": "public_bidding", "scheme": "comprehensive_score"}[of], BUILD[of]),
            "options": dumped({"of": of}), "facts": dumped(facts), "answer": dumped(answer),
        }
        self.act("log_decision", name, {}, actor=None, role="system", kind="decision")
        return name

    def facts(self, **more):
        return {"rules": [{"code": "days", "value": 7}], "tender": {"lot": 1}, **more}

    def tell(self):
        self.act("log_tender", TENDER, {"salt_commit": sha(b"linli/ssalt/v1\0" + self.salt)}, actor=None, role="system", kind="tender")
        plugins = {
            of: {"id": name, "options": sha(dumped({"of": of}).encode()), "sha256": BUILD[of], "version": "1.0.0"}
            for of, name in (("mechanism", "public_bidding"), ("scheme", "comprehensive_score"))
        }
        deadline = BEGIN + timedelta(days=30)
        self.decide("plan", "mechanism", {"rules": [{"code": "days", "value": 7}]}, PLAN)
        published = self.act(
            "tender_publish", TENDER, {"number": "N1", "rule_set": "R1", "request": {"deadline": stamp(deadline)}, **plugins}, APPROVER, "office_approver", "tender"
        )
        self.row(
            "tender", TENDER, number="N1", rule_set="R1", published=published["at"], mechanism="public_bidding", mechanism_sha256=BUILD["mechanism"],
            scheme="comprehensive_score", scheme_sha256=BUILD["scheme"],
        )
        self.row("lot", LOT, no=1)
        self.bids()
        self.now = deadline
        self.act("bids_closed", LOT, {"lot": 1}, actor=None, role="clock", sealed=True, minutes=0)
        self.act("tender_open", TENDER, {"lot_1": [{"bid": b, "lot": 1, "price": p, "void": None} for b, p in zip(BIDS, PRICES)]}, kind="tender")
        self.judge()
        self.award()

    def bids(self):
        for i, bid in enumerate(BIDS):
            text = dumped({"fields": {"price": PRICES[i]}, "linli": "bid/1", "lot": 1, "organisation": ORGS[i]}).encode()
            self.files["bids/" + sha(text)] = text
            e = self.act("bid_submit", bid, {"bytes": len(text), "lot": 1, "organisation": ORGS[i], "sha256": sha(text)}, CLERK, "organisation", "bid", True)
            self.row("bid", bid, bytes=len(text), key=i + 1, lot=1, organisation=ORGS[i], received=e["at"], replaced_by=None, sha256=sha(text), withdrawn=False)

    def judge(self):
        self.act("panel_assign", LOT, {"request": {"members": [{"kind": "expert", "person": p} for p in JUDGES]}})
        for judge, member, marks in zip(JUDGES, MEMBERS, MARKS):
            self.row("member", member, lot=LOT, no=JUDGES.index(judge) + 1, person=judge)
            self.act("panel_declare", LOT, {"request": {"conflict": False}}, judge, "evaluator")
            told = [{"bid": b, "criterion": "technical", "value": m} for b, m in zip(BIDS, marks)]
            self.act("marks_lock", LOT, {"marks": told, "member": member}, judge, "evaluator")

    def award(self):
        bids = [{"key": k + 1} for k in range(len(BIDS))]
        marks = [{"bid": k + 1, "by": i + 1, "criterion": "technical", "value": m} for k in range(len(BIDS)) for i, m in enumerate(x[k] for x in MARKS)]
        offers = [{"bid": k + 1, "field": "price", "round": 1, "unit": "money", "value": p} for k, p in enumerate(PRICES)]
        items = [{"bid": k + 1, "rank": k + 1, "standing": "ranked"} for k in range(len(BIDS))]
        self.decide("criteria", "scheme", self.facts(), {"items": [{"code": "technical", "unit": "points"}]})
        self.decide("admit", "mechanism", self.facts(bids=bids), {"items": []})
        self.decide("evaluate", "scheme", self.facts(bids=bids, marks=marks, offers=offers), {"items": items})
        won = [{"amount": PRICES[0], "bid": 1, "order": 1, "standing": "winner"}]
        decision = self.decide("award", "mechanism", self.facts(bids=bids, evaluation={"items": items}, offers=offers), {"items": won})
        self.act("lot_decide", LOT, {"decision": decision, "rows": [AWARD]})
        self.row("award", AWARD, bid=BIDS[0], decision=decision, fen=90000, lot=LOT, order=1, standing="winner")
        signed = self.act("contract_sign", CONTRACT, {}, kind="contract")
        self.row("contract", CONTRACT, award=AWARD, fen=90000, organisation=ORGS[0], signed=signed["at"])
        self.post(3000, "reserve", TENDER, ("available", APP, 5, 10000), ("reserved", TENDER, 1, 90000))
        self.post(3001, "commit", CONTRACT, ("reserved", TENDER, 2, 0), ("committed", CONTRACT, 1, 90000), at=signed)

    def post(self, n, kind, source, *ends, fen=90000, at=None):
        """A journal between two accounts: of each bucket, whose, place and balance.  `at`: the act that posted it."""
        lines = [
            {"after": after, "appropriation": APP, "bucket": bucket, "fen": fen, "line": i + 1, "nth": nth, "side": "DC"[i], "subject": subject}
            for i, (bucket, subject, nth, after) in enumerate(ends)
        ]
        logged = self.act("log_journal", uuid(n), {}, actor=None, role="system", kind="journal")
        logged["at"] = at = at["at"] if at else logged["at"]
        self.journals[uuid(n)] = {"at": at, "id": uuid(n), "kind": kind, "lines": lines, "office": 3, "reverses": None, "source": source}

    # ---- what a case changes

    def of(self, act, n=0):
        return [e for e in self.events if e["act"] == act][n]

    def answered(self, question):
        return next(d for d in self.decisions.values() if d["question"] == question)

    def refact(self, question, change):
        d = self.answered(question)
        facts = json.loads(d["facts"])
        change(facts)
        d["facts"] = dumped(facts)

    def hide(self, *acts):
        self.level = "public"
        for e in self.events:
            e.hidden = e.hidden or e["act"] in acts

    # ---- written

    def bids_known(self):
        """Facts that name a bid by its key alone say of it what was read out."""
        opened = [e["payload"]["lot_1"] for e in self.events if "lot_1" in e["payload"]]
        for d in self.decisions.values():
            facts = json.loads(d["facts"])
            for b in facts.get("bids") or [] if opened and dumped(facts) == d["facts"] else []:
                said = next((x for x in opened[0] if x["bid"] == BIDS[b["key"] - 1]), None)
                if said and list(b) == ["key"]:
                    b.update(dict(invalid=True, open=True) if said["void"] else dict(open=True, price=said["price"], priced=True), round=1)
                    d["facts"] = dumped(facts)

    def texts(self):
        for name, d in self.decisions.items():
            self.files["decisions/" + name] = ("linli/decision/v1\n" + "".join("%s %s\n" % item for item in d.items())).encode()
        ledger = {name: dumped(j) for name, j in self.journals.items()}
        relog.digests(self.events, self.files, ledger)
        self.files["ledger"] = "".join("%s %s\n" % item for item in ledger.items()).encode()
        self.files["rows"] = "".join("%s %s %s\n" % (kind, name, dumped(row)) for kind in self.rows for name, row in self.rows[kind].items()).encode() + self.more.encode()
        self.files["tender"] = ("linli/bundle/v1\ntender %s\nsalt %s\nlevel %s\n" % (TENDER, self.salt.hex(), self.level)).encode()

    def write(self, into, key, beyond=0):
        """`beyond`: so many entries of others follow."""
        self.bids_known()
        if any(e["act"] == "bids_closed" and "root" not in e["payload"] for e in self.events):
            closing(self)
        self.texts()
        entries, lines, beside, before, latest = [], [], {}, bytes(32), 0
        tender = bytes.fromhex(TENDER.replace("-", ""))
        for n, e in enumerate(self.events):
            text, at = dumped(dict(e)), verify.micros(verify.instant(e.entered or e["at"]))
            latest = max(latest, at)
            payload = hashlib.sha256(b"linli/payload/v1\0" + e.salt + text.encode()).digest()
            tag = hmac.digest(self.salt if e["tender"] else bytes(32), b"linli/subject/v1\0" + struct.pack(">Q", n) + tender, "sha256")
            entries.append(b"LE1\0" + struct.pack(">QQ", n, latest) + before + payload + tag)
            before = verify.leaf_hash(entries[-1])
            line = "%d %s\n" % (n, "withheld" if e.hidden else "erased") if e.hidden or e.erased else "%d %s %s\n" % (n, e.salt.hex(), text)
            (lines if e["tender"] else beside.setdefault(BESIDE[e["act"]], [])).append(line)
        for n in range(len(entries), len(entries) + beyond):
            other = hashlib.sha256(struct.pack(">Q", n)).digest()
            entries.append(b"LE1\0" + struct.pack(">QQ", n, latest) + before + other + other)
            before = verify.leaf_hash(entries[-1])
        self.files["events"] = "".join(lines).encode()
        for name, told in beside.items():
            self.files[name] = "".join(told).encode()
        relog.log_put(os.path.join(into, "log"), entries, key)
        for name, raw in self.files.items():
            put(os.path.join(into, "bundle"), name, raw)


# ---- cases: what is wrong, and which check finds it (none: it is honest) -------------------------

CASES = []


def case(found, who=""):
    """What fails, and whom both verifiers name for it."""
    return lambda change: CASES.append((change, found, who)) or change


@case("")
def nothing_is_wrong(s):
    pass


@case("V16")
def a_seat_for_nobody(s):
    """A consistent draw whose representatives are no people; a member speaks afterwards."""
    pool = ("linli/pool/v1\ndraw %s\n%s\n" % (LOT, uuid(50))).encode()
    secret = bytes(32)
    order = verify.drawn(pool, [], secret)[1]
    at = s.events.index(s.of("panel_assign"))
    commit = sha(b"linli/draw-commit/v1\0" + secret)
    frozen = s.act("panel_freeze", LOT, {"excluded": sha(b""), "pool": sha(pool), "request": {"experts": 0, "representatives": [{}]}})
    drew = s.act("panel_draw", LOT, {"order": order, "panel_commitment_1": commit, "secret": secret.hex()})
    for e in (drew, frozen):
        s.events.remove(e)
        e["at"] = s.of("panel_assign")["at"]
        s.events.insert(at, e)
    s.files["draws/%s.pool" % LOT], s.files["draws/%s.excluded" % LOT] = pool, b""


@case("V18")
def blind_marks_of_nobody(s):
    e = s.of("marks_lock")
    del e["payload"]["member"]
    scoring = s.act("scoring_set", TENDER, {"request": {"blind": ["technical"], "committed": False}}, kind="tender")
    s.events.remove(scoring)
    scoring["at"] = s.events[0]["at"]
    s.events.insert(1, scoring)


@case("VP")
def reweighted(s):
    """The weights were changed once the bids were known."""
    s.answered("evaluate")["options"] = dumped({"of": "scheme", "price_weight": "90%"})


@case("VP")
def other_rules(s):
    s.refact("award", lambda f: f["rules"].clear())


@case("VP")
def another_mechanism(s):
    s.answered("award")["plugin"] = "single_source 1.0.0 " + BUILD["mechanism"]


@case("VP")
def asked_of_the_other(s):
    s.answered("evaluate").update(plugin="public_bidding 1.0.0 " + BUILD["mechanism"], options=dumped({"of": "mechanism"}))


@case("V18")
def one_sheet_for_two(s):
    """The second member's marks are those of the first."""
    s.refact("evaluate", lambda f: [m.update(value=MARKS[0][m["bid"] - 1]) for m in f["marks"]])


@case("V18")
def marks_left_out(s):
    s.refact("evaluate", lambda f: f.update(marks=[m for m in f["marks"] if m["by"] != 2]))


@case("V18")
def all_marks_left_out(s):
    s.refact("evaluate", lambda f: f.pop("marks"))


@case("")
def a_member_left(s):
    """Its marks are void, and may be missing."""
    s.refact("evaluate", lambda f: f.update(marks=[m for m in f["marks"] if m["by"] != 2]))
    s.events.insert(s.events.index(s.of("marks_lock", 1)) + 1, s.of("marks_lock", 1).__class__(
        {**s.of("panel_assign"), "act": "panel_replace", "at": s.of("marks_lock", 1)["at"], "payload": {"request": {"member": MEMBERS[1], "person": uuid(14)}}}))
    s.row("member", uuid(42), lot=LOT, no=3, person=uuid(14))


@case("V19")
def a_member_twice(s):
    """No program can say which of two values counts."""
    d = s.answered("award")
    d["facts"] = d["facts"][:-1] + ',"tender":{"lot":1}}'


@case("V7t")
def extended_later(s):
    """An extension of the deadline from an hour before it, that the log was told of a day after the bids were opened."""
    e = s.act("tender_extend", TENDER, {"request": {"deadline": stamp(BEGIN + timedelta(days=40))}}, kind="tender")
    e.entered, e["at"] = e["at"], stamp(BEGIN + timedelta(days=29))


@case("V7t")
def a_bid_after_the_prices(s):
    """A bid from before the deadline, told of after all prices were read out."""
    text = dumped({"fields": {"price": "800.00"}, "lot": 1}).encode()
    s.files["bids/" + sha(text)] = text
    at = stamp(BEGIN + timedelta(days=20))
    e = s.act("bid_submit", uuid(32), {"bytes": len(text), "lot": 1, "organisation": uuid(22), "sha256": sha(text)}, CLERK, "organisation", "bid", True, 30)
    e.entered, e["at"] = e["at"], at
    s.row("bid", uuid(32), bytes=len(text), key=None, lot=1, organisation=uuid(22), received=at, replaced_by=None, sha256=sha(text), withdrawn=False)


@case("V13")
def a_bid_nobody_opened(s):
    """The same, told of in time, with a key, and on no list of the opening."""
    a_bid_after_the_prices(s)
    e = s.events.pop()
    e.entered = None
    s.events.insert(s.events.index(s.of("tender_open")), e)
    s.rows["bid"][uuid(32)]["key"] = 3


@case("V13")
def a_bid_of_nothing_after_the_closing(s):
    """Its event tells of no file."""
    e = s.act("bid_submit", uuid(34), {"lot": 1}, CLERK, "organisation", "bid")
    s.events.remove(e)
    e["at"] = s.of("bids_closed")["at"]
    s.events.insert(s.events.index(s.of("tender_open")), e)


@case("V13")
def opened_again(s):
    s.act("tender_open", TENDER, s.of("tender_open")["payload"], kind="tender")


@case("V20")
def swapped_after_a_request(s):
    """Asked for, and never approved; the contractor is another."""
    s.act("contract_change", CONTRACT, {"request": {"ends": "2027-01-01"}}, kind="contract")
    s.rows["contract"][CONTRACT]["organisation"] = ORGS[1]


@case("V20")
def grown_after_a_request(s):
    s.act("contract_supplement", CONTRACT, {"request": {"amount": "10.00"}}, kind="contract")
    s.rows["contract"][CONTRACT]["fen"] = 91000


@case("")
def taken_over(s):
    s.act("contract_change_approve", uuid(60), {"contract": CONTRACT, "kind": "succeed", "organisation": ORGS[1]}, APPROVER, "office_approver", "contract")
    s.act("contract_change_approve", uuid(61), {"amount": "10.00", "contract": CONTRACT, "kind": "supplement"}, APPROVER, "office_approver", "contract")
    s.rows["contract"][CONTRACT].update(organisation=ORGS[1], fen=91000)


@case("V20")
def taken_over_by_another(s):
    taken_over(s)
    s.rows["contract"][CONTRACT]["organisation"] = uuid(23)


@case("")
def taken_over_unseen(s):
    """The same in a bundle that shows the winner's bid and no changes of the contract."""
    taken_over(s)
    s.hide("contract_change_approve", "marks_lock", "panel_assign", "panel_declare", "contract_sign")
    s.level = "party " + ORGS[0]
    s.rows.pop("member")


# ---- what is handed in, and how it is opened

def rebid(s, i, raw, price=None, void=None):
    """Another file was handed in, and so it was opened."""
    e, row = s.of("bid_submit", i), s.rows["bid"][BIDS[i]]
    del s.files["bids/" + row["sha256"]]
    s.files["bids/" + sha(raw)] = raw
    for told in (e["payload"], row):
        told.update(sha256=sha(raw), bytes=len(raw))
    s.of("tender_open")["payload"]["lot_1"][i].update(price=price, void=void)


def openers_named(s, closed=True):
    """The signer opens (K0): named with the publication; the lot is closed at the deadline."""
    public, s.secret = Tools.key("opener", "opener-%d" % len(os.listdir(Tools.folder)))
    text = Tools.run("openers", "--tender", TENDER, "--threshold", "1", "--not-before", "2026-03-31T01:00:00Z", public)
    s.files["openers"] = text.encode()
    s.of("tender_publish")["payload"]["openers"] = sha(text.encode())
    if not closed:
        s.events.remove(s.of("bids_closed"))


def note_line(public, seed, text):
    """The line with which who has this key signs a text."""
    key = verify.Key(public)
    return "\u2014 %s %s" % (key.name, base64.b64encode(key.id + sign(seed, text.encode())).decode())


def two_openers(s, then="2026-03-31T01:00:00Z", promised=None):
    """Two people open, together (K1), and said so before the publication; the second bid is a container, opened by both.  `promised`: the deadline
    that they sign, where it was moved."""
    n = len(os.listdir(Tools.folder))
    s.openers = [Tools.key("opener", "opener-%d-%d" % (n, i)) for i in (1, 2)]
    s.signers = [Tools.key("evaluator", "signer-%d-%d" % (n, i)) for i in (1, 2)]
    text = Tools.run("openers", "--tender", TENDER, "--threshold", "2", "--not-before", then, *(public for public, _ in s.openers))
    s.files["openers"] = (text + "\n" + "".join(note_line(*key, text) + "\n" for key in s.signers)).encode()
    e = s.act("openers_set", TENDER, {"openers": sha(text.encode()), "request": {"signers": "\n".join(public for public, _ in s.signers)}}, kind="tender")
    s.events.remove(e)
    e["at"] = s.events[0]["at"]
    s.events.insert(1, e)
    raw, _ = sealed(s, text)
    rebid(s, 1, raw, PRICES[1])
    at = s.events.index(s.of("tender_open"))
    s.events[at:at] = [both_showed(s, i, raw, text, s.of("bids_closed")["at"], promised) for i in (1, 2)]


def both_showed(s, i, raw, text, at, deadline):
    """What an opener shows, and its promise."""
    share, nonce = verify.Sealed(raw).share(i, s.openers[i - 1][1]), bytes([i]) * 32
    s.files["shares/opener-%d" % i] = ("linli/shares/v1\nopeners %s\nopener %d\nnonce %s\nshare %s %s\n" % (sha(text.encode()), i, nonce.hex(), sha(raw), share.hex())).encode()
    promise = sha(b"linli/share-post/v1\0" + bytes([i]) + share + nonce)
    told = "linli/promise/v1\nopeners %s\nopener %d\npromise %s\n" % (sha(text.encode()), i, promise) + ("deadline %s\n" % deadline if deadline else "")
    e = s.act("shares_promise", TENDER, {"request": {"opener": i, "promise": promise, "signature": note_line(*s.signers[i - 1], told)}}, kind="tender")
    s.events.remove(e)
    e["at"] = at
    return e


def closing(s):
    """The list of the lot, as it stands now."""
    digests = sorted({row["sha256"] for row in s.rows.get("bid", {}).values() if row["lot"] == 1 and not row["withdrawn"] and not row["replaced_by"]})
    s.of("bids_closed")["payload"].update(bids=len(digests), root=verify.root_of([verify.leaf_hash(bytes.fromhex(d)) for d in digests]).hex())


def sealed(s, openers=None, text=None):
    """The second bidder's file, or another text, in a container; and its key's seed."""
    name = "bidder-%d" % len(os.listdir(Tools.folder))
    folder = os.path.join(Tools.folder, name + ".d")
    _, seed = Tools.key("bidder", name)
    put(folder, "openers", (openers or s.files["openers"].decode()).encode())
    put(folder, "bid.json", text or s.files["bids/" + s.rows["bid"][BIDS[1]]["sha256"]])
    Tools.run("seal", "--openers", folder + "/openers", "--key", name, "-o", folder + "/sbx", folder + "/bid.json")
    with open(folder + "/sbx", "rb") as file:
        return file.read(), seed


def shown(s, raw, bad=False):
    line = "bad " + sha(raw) if bad else "share %s %s" % (sha(raw), verify.Sealed(raw).share(1, s.secret).hex())
    s.files["shares/lot-1"] = ("linli/shares/v1\nopeners %s\nopener 1\nnonce %s\n%s\n" % (sha(s.files["openers"]), "00" * 32, line)).encode()


def spoiled(raw, seed, at):
    """The bidder itself changes a byte, and signs again."""
    body = bytearray(raw[:-64])
    body[at] ^= 1
    return bytes(body) + sign(seed, b"linli/sbx1/sign\0" + hashlib.sha256(body).digest())


@case("B")
def a_row_twice(s):
    """Nobody can say which of the two counts."""
    s.more = "bid %s %s\n" % (BIDS[1], dumped(s.rows["bid"][BIDS[1]]))


@case("V12")
def many_and_one_out_of_its_place(s):
    """So many that whoever compares each with each does not come to an end (first program: in SECONDS)."""
    for i in range(20000):
        s.row("bid", uuid(100000 + i), **{**s.rows["bid"][BIDS[0]], "key": i + 1 + (i == 19999), "lot": 2})


@case("B")
def hidden_from_the_supervisor(s):
    s.hide("panel_declare")
    s.level = "supervisor"


@case("")
def never_opened(s):
    """It ended before its opening: nobody is told who handed in what."""
    at = s.events.index(s.of("bids_closed"))
    del s.events[at:]
    s.now = BEGIN + timedelta(days=20)
    s.act("tender_cancel", TENDER, {}, APPROVER, "office_approver", "tender")
    s.hide("bid_submit")
    s.level = "supervisor"
    s.decisions = {n: d for n, d in s.decisions.items() if d["question"] == "plan"}
    s.journals.clear()
    for kind in ("award", "contract", "member"):
        s.rows.pop(kind)
    for row in s.rows["bid"].values():
        s.files.pop("bids/" + row["sha256"])
        row.update(key=None, organisation=None)


@case("")
def closed_and_opened(s):
    openers_named(s)


@case("V12")
def opened_without_a_closing(s):
    openers_named(s, closed=False)


@case("V12")
def closed_early(s):
    openers_named(s)
    s.of("bids_closed")["at"] = stamp(BEGIN + timedelta(days=29))


@case("V12")
def closed_twice(s):
    openers_named(s)
    closing(s)
    s.events.insert(s.events.index(s.of("bids_closed")), Event(s.of("bids_closed")))


@case("V12")
def plain_and_never_closed(s):
    """Nobody was named who opens: the signer was away. Its bidders hold receipts all the same."""
    s.events.remove(s.of("bids_closed"))


@case("V12")
def plain_and_closed_with_another(s):
    """The list had a bid that is gone."""
    closing(s)
    digests = sorted([row["sha256"] for row in s.rows["bid"].values()] + [sha(b"gone")])
    s.of("bids_closed")["payload"].update(bids=len(digests), root=verify.root_of([verify.leaf_hash(bytes.fromhex(d)) for d in digests]).hex())


@case("")
def left_once_it_was_closed(s):
    """Whoever leaves the talks was on the list all the same."""
    closing(s)
    s.act("bid_withdraw", BIDS[1], {}, CLERK, "organisation", "bid")
    row = s.rows["bid"][BIDS[1]]
    row.update(withdrawn=True)
    s.files.pop("bids/" + row["sha256"], None)


@case("V12")
def off_the_list_before_it_left(s):
    left_once_it_was_closed(s)
    closing(s)


@case("V12")
def plain_and_closed_early(s):
    s.of("bids_closed")["at"] = stamp(BEGIN + timedelta(days=29))


@case("")
def open_from_the_beginning(s):
    """What everybody may read at once needs no list."""
    s.events.remove(s.of("bids_closed"))
    for i in range(len(BIDS)):
        s.of("bid_submit", i)["sealed"] = False


@case("")
def a_container(s):
    openers_named(s)
    raw, _ = sealed(s)
    rebid(s, 1, raw, PRICES[1])
    shown(s, raw)


@case("")
def two_opened_it(s):
    two_openers(s)


def extended(s, promised):
    """The deadline is a day later than it was published."""
    s.of("tender_publish")["payload"]["request"]["deadline"] = stamp(BEGIN + timedelta(days=29))
    e = s.act("tender_extend", TENDER, {"request": {"deadline": stamp(BEGIN + timedelta(days=30))}}, kind="tender")
    s.events.remove(e)
    e["at"] = s.of("bid_submit", 1)["at"]
    s.events.insert(s.events.index(s.of("bids_closed")), e)
    two_openers(s, "2026-03-30T01:00:00Z", promised)


@case("")
def promised_for_the_new_deadline(s):
    extended(s, stamp(BEGIN + timedelta(days=30)))


@case("V14")
def promised_for_the_old_deadline(s):
    """What openers signed before the deadline was moved opens nothing after it."""
    extended(s, None)


@case("V14")
def promised_for_another_deadline(s):
    extended(s, stamp(BEGIN + timedelta(days=31)))


def posted(s, *openers):
    """Shares are shown after their promises."""
    at = s.events.index(s.of("tender_open"))
    for i in openers:
        e = s.act("shares_post", TENDER, {"envelope": "bid", "lot": 0, "opener": i}, kind="tender")
        s.events.remove(e)
        e["at"] = s.of("bids_closed")["at"]
        s.events.insert(at, e)
        at += 1


@case("")
def promised_then_shown(s):
    two_openers(s)
    posted(s, 1, 2)


@case("V12")
def promised_before_the_closing(s):
    """The list was closed once it was known what the openers would show."""
    two_openers(s)
    e = s.of("bids_closed")
    s.events.remove(e)
    s.events.insert(s.events.index(s.of("shares_promise")) + 1, e)


@case("V12")
def closed_again_after_the_promise(s):
    """Another lot, closed after an opener had promised for all of them."""
    two_openers(s)
    s.row("lot", uuid(6), no=2)
    closing(s)
    e = Event(s.of("bids_closed"))
    e.update(subject=uuid(6), payload={"bids": 0, "lot": 2, "root": sha(b"")})
    s.events.insert(s.events.index(s.of("shares_promise")) + 1, e)


@case("V12")
def shown_before_the_second_promise(s):
    """The second opener promised once it had seen what the first showed."""
    two_openers(s)
    posted(s, 1, 2)
    e = s.of("shares_promise", 1)
    s.events.remove(e)
    s.events.insert(s.events.index(s.of("shares_post", 1)), e)


@case("V12")
def shown_by_who_did_not_promise(s):
    two_openers(s)
    posted(s, 3)


@case("V14")
def a_promise_of_somebody_else(s):
    """The office promised in the second opener's name."""
    two_openers(s)
    first, second = (s.of("shares_promise", n)["payload"]["request"] for n in (0, 1))
    second["signature"] = first["signature"]


@case("V14")
def shares_never_promised(s):
    two_openers(s)
    s.events.remove(s.of("shares_promise", 1))


@case("V10")
def openers_told_as_those_of_prices(s):
    """One text is missing, which is exit 2, and one is nobody's, which is exit 1 and goes before it."""
    two_openers(s)
    s.files["price-openers"] = s.files.pop("openers")


@case("V10", "office")
def openers_lost(s):
    """What their keys showed is then nobody's, which is exit 1."""
    two_openers(s)
    del s.files["openers"]


@case("V14")
def shown_under_another_number(s):
    two_openers(s)
    s.files["shares/opener-3"] = s.files.pop("shares/opener-2")


@case("V14")
def shown_once_more(s):
    two_openers(s)
    s.files["shares/opener-3"] = s.files["shares/opener-1"]


@case("V14")
def shown_with_something_behind(s):
    two_openers(s)
    s.files["shares/opener-2"] += b"x"


@case("VF")
def a_file_of_nothing(s):
    """What stands beside the bids and is none of them."""
    s.files["bids/opinion.pdf"] = b"%PDF"


@case("VF")
def a_bid_nobody_handed_in(s):
    s.files["bids/" + sha(b"{}")] = b"{}"


@case("VF")
def a_bid_under_another_digest(s):
    """It was taken over from another tender, whose log tells what it was; here its name says another digest than it has."""
    s.row("bid", uuid(33), bytes=2, key=None, lot=2, organisation=ORGS[0], received=s.rows["bid"][BIDS[0]]["received"], replaced_by=None, sha256="ab" * 32, withdrawn=False)
    s.files["bids/" + "ab" * 32] = b"{}"


@case("VF")
def a_bid_that_was_replaced(s):
    """What no longer counts is its bidder's alone."""
    text, old = b"{}", Event(s.of("bid_submit"))
    old.update(subject=uuid(33), payload={**old["payload"], "bytes": 2, "sha256": sha(text)})
    s.events.insert(s.events.index(s.of("bid_submit")), old)
    s.row("bid", uuid(33), **{**s.rows["bid"][BIDS[0]], "bytes": 2, "key": None, "replaced_by": BIDS[0], "sha256": sha(text)})
    s.files["bids/" + sha(text)] = text


@case("VF")
def a_pool_nobody_drew_from(s):
    s.files["draws/%s.pool" % LOT] = ("linli/pool/v1\ndraw %s\n%s\n" % (LOT, uuid(50))).encode()


@case("VF")
def a_key_of_no_opener(s):
    two_openers(s)
    s.files["shares/opener-01.key"] = s.openers[0][1].hex().encode()


@case("VF")
def shown_beside_the_openers(s):
    """As the signer alone would show it, where it does not open: nobody promised this."""
    two_openers(s)
    s.files["shares/lot-1"] = s.files["shares/opener-1"]


@case("VF")
def shown_under_a_name_of_nothing(s):
    two_openers(s)
    s.files["shares/late-opener-2"] = s.files["shares/opener-2"]


@case("VF")
def shown_of_a_lot_there_is_not(s):
    a_container(s)
    s.files["shares/lot-2"] = s.files["shares/lot-1"]


def price_openers(s, lot="1"):
    """Two others open the prices, of which there are none: what they showed is of the `lot` that their files name."""
    two_openers(s)
    bids = s.openers
    n = len(os.listdir(Tools.folder))
    s.openers = [Tools.key("opener", "opener-%d-%d" % (n, i)) for i in (1, 2)]
    text = Tools.run("openers", "--tender", TENDER, "--threshold", "2", "--not-before", "2026-03-31T01:00:00Z", *(public for public, _ in s.openers))
    s.files["price-openers"] = (text + "\n" + "".join(note_line(*key, text) + "\n" for key in s.signers)).encode()
    e = Event(s.of("openers_set"))
    e["payload"] = {"price_openers": sha(text.encode()), "request": e["payload"]["request"]}
    s.events.insert(s.events.index(s.of("openers_set")), e)
    s.row("lot", uuid(6), no=2)
    s.act("prices_closed", LOT, {"bids": 0, "lot": 1, "prices": [], "root": sha(b"")}, actor=None, role="clock")
    for i, (public, seed) in enumerate(s.signers, 1):
        shown = "linli/shares/v1\nopeners %s\nopener %d\nnonce %s\n" % (sha(text.encode()), i, "07" * 32)
        s.files["shares/price-lot-%s-opener-%d" % (lot, i)] = shown.encode()
        promise = sha(b"linli/share-post/v1\0" + bytes.fromhex("07" * 32))
        told = "linli/promise/v1\nopeners %s\nopener %d\npromise %s\n" % (sha(text.encode()), i, promise)
        request = {"envelope": "price", "lot": 1, "opener": i, "promise": promise, "signature": note_line(public, seed, told)}
        s.act("shares_promise", TENDER, {"request": request}, kind="tender")
    s.openers = bids


@case("")
def prices_of_the_lot(s):
    price_openers(s)


@case("V14")
def prices_of_another_lot(s):
    """What was promised of the first lot is given out as shown of the second."""
    price_openers(s, "2")


@case("VF")
def prices_of_a_lot_there_is_not(s):
    price_openers(s)
    s.files["shares/price-lot-3"] = s.files["shares/price-lot-1-opener-1"]


@case("V14")
def a_key_nobody_kept(s):
    a_container(s)
    s.files["co-keys/" + BIDS[1]] = b"00" * 32


@case("V10")
def price_openers_of_nobody(s):
    two_openers(s)
    s.files["price-openers"] = s.files["openers"]


@case("V10")
def openers_of_nobody(s):
    s.files["openers"] = b"linli/openers/v1\n"


@case("V19f")
def an_award_under_another_name(s):
    """And its contract with it."""
    s.rows["award"][uuid(7777)] = s.rows["award"].pop(AWARD)
    s.rows["contract"][CONTRACT]["award"] = uuid(7777)


@case("V14")
def a_container_of_another_price(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1]["price"] = "800.00"


@case("V15")
def called_void_and_opens(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void="密封件不能按其承诺开启，系投标人过错：x")


@case("V15")
def called_void_for_its_record(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void="密封记录不能用开启人的密钥解开，系投标人过错")


@case("V15")
def called_void_for_its_openers(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void="密封件不符：密封投标的开启人与名单不符")


@case("V15")
def called_missing(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void="投标文件缺失或者与其摘要不符")


@case("")
def a_record_that_opens_nothing(s):
    openers_named(s)
    raw = spoiled(*sealed(s), 174 + 40)
    rebid(s, 1, raw, void="密封记录不能用开启人的密钥解开，系投标人过错")
    shown(s, raw, bad=True)


@case("V14")
def a_record_that_opens_nothing_read_out(s):
    a_record_that_opens_nothing(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=PRICES[1], void=None)


@case("")
def content_that_does_not_open(s):
    openers_named(s)
    raw = spoiled(*sealed(s), -100)
    rebid(s, 1, raw, void="密封件不能按其承诺开启，系投标人过错：内容不能用所承诺的密钥解密")
    shown(s, raw)


@case("")
def for_other_openers(s):
    openers_named(s)
    other = s.files["openers"].decode().replace("not-before 2026-03-31", "not-before 2026-03-30")
    raw, _ = sealed(s, other)
    rebid(s, 1, raw, void="密封件不符：密封投标的开启人与名单不符")


@case("")
def no_container_though_it_begins_as_one(s):
    """What has neither form nor signature is a plain file, which is void by its content."""
    openers_named(s)
    rebid(s, 1, b"SBX1" + bytes(5000), void="投标文件不能作为 JSON 读取：不是有效的 JSON：第 1 行第 1 列")


UNREADABLE = "投标文件不能作为 JSON 读取：不是有效的 JSON：第 1 行第 2 列"


@case("")
def opens_to_what_nobody_can_read(s, text=b"{not JSON}", why=UNREADABLE):
    openers_named(s)
    raw, _ = sealed(s, text=text)
    rebid(s, 1, raw, void=why)
    shown(s, raw)


@case("V15")
def called_unreadable(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void=UNREADABLE)


@case("V15")
def a_plain_one_called_unreadable(s):
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void=UNREADABLE)


@case("V14")
def unreadable_and_read_out(s):
    opens_to_what_nobody_can_read(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price="0.00", void=None)


@case("V14")
def ended_by_a_nul_and_read_out(s):
    """What stands before it could be read; all of it cannot."""
    opens_to_what_nobody_can_read(s, dumped({"fields": {"price": PRICES[1]}, "lot": 1}).encode() + b"\0{}")
    s.of("tender_open")["payload"]["lot_1"][1].update(price=PRICES[1], void=None)


@case("")
def a_text_with_a_nul_in_it(s):
    opens_to_what_nobody_can_read(s, b'{"fields":{"price":"950.00"},"lot":1,"linli":"bid/1\\u0000"}')


@case("")
def half_a_pair_of_utf_16(s):
    opens_to_what_nobody_can_read(s, b'{"fields":{"price":"950.00"},"lot":1,"linli":"\\ud800"}')


@case("V15")
def a_backslash_is_no_nul(s):
    opens_to_what_nobody_can_read(s, b'{"fields":{"price":"950.00"},"lot":1,"linli":"\\\\u0000"}')


@case("")
def of_somebody_else(s):
    """It says that it is another's bid."""
    text = dumped({"fields": {"price": PRICES[1]}, "lot": 1, "organisation": ORGS[0]}).encode()
    opens_to_what_nobody_can_read(s, text, "投标文件中的投标人与提交人不一致")


@case("V15")
def called_somebody_elses(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void="投标文件中的投标人与提交人不一致")


@case("")
def for_another_lot(s):
    text = dumped({"fields": {"price": PRICES[1]}, "lot": 2, "organisation": ORGS[1]}).encode()
    opens_to_what_nobody_can_read(s, text, "投标文件所投采购包与提交的不一致")


@case("V15")
def called_for_another_lot(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void="投标文件所投采购包与提交的不一致")


@case("V15")
def called_too_large(s):
    a_container(s)
    s.of("tender_open")["payload"]["lot_1"][1].update(price=None, void="密封件中的投标文件 bid.json 过大")


@case("V14")
def a_price_from_nowhere(s):
    """A bid without a price; the lowest one was read out for it."""
    rebid(s, 1, dumped({"fields": {"days": 30}, "lot": 1}).encode(), "100.00")
    s.refact("evaluate", lambda f: f["offers"].pop())
    s.refact("award", lambda f: f["offers"].pop())


@case("V14")
def a_price_under_another_name(s):
    """The plan calls the price otherwise; what stands under `price` is none."""
    s.answered("plan")["answer"] = dumped({**PLAN, "fields": [{"code": "total", "priced": True}]})


@case("V14")
def another_offer(s):
    """The days that the evaluation counts are not those of the bid."""
    rebid(s, 1, dumped({"fields": {"days": 30, "price": PRICES[1]}, "lot": 1}).encode(), PRICES[1])
    s.refact("evaluate", lambda f: f["offers"].append({"bid": 2, "field": "days", "round": 1, "unit": "count", "value": "20"}))


@case("")
def the_same_offer(s):
    """However it is written."""
    rebid(s, 1, dumped({"fields": {"days": 30, "price": PRICES[1], "near": True, "none": 0, "off": "5.00%"}, "lot": 1}).encode(), PRICES[1])
    told = (("days", "count", "30"), ("near", "yes_no", "yes"), ("off", "rate", "5%"))
    s.refact("evaluate", lambda f: f["offers"].extend({"bid": 2, "field": n, "round": 1, "unit": u, "value": v} for n, u, v in told))
    s.refact("evaluate", lambda f: f["offers"].append({"bid": 2, "field": "none", "round": 1, "unit": "count"}))


@case("")
def no_points_at_all(s):
    """Of a mark of nothing there is no member in the facts."""
    s.of("marks_lock", 1)["payload"]["marks"][1]["value"] = 0
    s.refact("evaluate", lambda f: next(m for m in f["marks"] if (m["bid"], m["by"]) == (2, 2)).pop("value"))


@case("")
def grants_in_public(s):
    """Everybody reads what grants were decided on, and nobody whose proposal is which."""
    s.hide("bid_submit", "marks_lock", "panel_assign", "panel_declare", "panel_sign", "tender_open")
    for row in s.rows.pop("bid").values():
        s.files.pop("bids/" + row["sha256"])
    s.rows.pop("member")


@case("V14")
def an_offer_from_nowhere(s):
    """The plan asks bidders for days; this one said none."""
    s.answered("plan")["answer"] = dumped({**PLAN, "fields": [{"code": "price", "priced": True}, {"code": "days", "unit": "count"}]})
    s.refact("award", lambda f: f["offers"].append({"bid": 2, "field": "days", "round": 1, "unit": "count", "value": "20"}))


@case("")
def nothing_asked_for(s):
    rebid(s, 1, dumped({"fields": {}, "lot": 1}).encode(), "0.00")
    s.refact("evaluate", lambda f: f["offers"].pop())
    s.refact("award", lambda f: f["offers"].pop())


@case("")
def recovered(s, **other):
    """Two administrators went on from an older copy, under another name."""
    payload = {"by": [uuid(70), uuid(71)], "left": 2, "lost": {"origin": "log.example/old", "root": "00" * 32, "size": 9}, "new": "log.example", "reason": "disk"}
    e = s.act("log_recover", uuid(72), {**payload, **other}, uuid(70), "administrator", "log")
    e.update(tender=None, office=0)


@case("VR")
def recovered_by_one(s):
    recovered(s, by=[uuid(70), uuid(70)])


@case("VR")
def recovered_as_another(s):
    recovered(s, new="log.example/new")


@case("VR")
def recovered_with_more_than_there_was(s):
    recovered(s, left=10**6)


# ---- facts that are not what was logged, and money that goes elsewhere


def won_by_two(s, price=PRICES[1]):
    """The second bid has the award, and all that follows agrees."""
    s.answered("award")["answer"] = dumped({"items": [{"amount": price, "bid": 2, "order": 1, "standing": "winner"}]})
    fen = int(price.replace(".", ""))
    s.rows["award"][AWARD].update(bid=BIDS[1], fen=fen)
    s.rows["contract"][CONTRACT].update(fen=fen, organisation=ORGS[1])
    for line, after in zip((x for n in (3000, 3001) for x in s.journals[uuid(n)]["lines"]), (10000, fen, 0, fen)):
        line.update(fen=fen, after=after)


def insert(s, e, at):
    """Told where another event was."""
    s.events.remove(e)
    e["at"] = at["at"]
    s.events.insert(s.events.index(at), e)
    return e


@case("V13")
def a_bid_that_was_passed_over(s):
    """The best bid came in in time, and is on no list."""
    text = dumped({"fields": {"price": "700.00"}, "lot": 1}).encode()
    e = s.act("bid_submit", uuid(32), {"bytes": len(text), "lot": 1, "organisation": uuid(22), "sha256": sha(text)}, CLERK, "organisation", "bid", True)
    insert(s, e, s.of("tender_open"))["at"] = s.of("bid_submit", 1)["at"]
    s.row("bid", uuid(32), bytes=len(text), key=None, lot=1, organisation=uuid(22), received=e["at"], replaced_by=None, sha256=sha(text), withdrawn=False)


@case("V13")
def taken_back_once_it_was_opened(s):
    a_bid_that_was_passed_over(s)
    s.act("bid_withdraw", uuid(32), {}, CLERK, "organisation", "bid")
    s.rows["bid"][uuid(32)].update(withdrawn=True)


@case("V13")
def a_price_that_stayed_closed(s):
    """Both were admitted; the price of one alone was listed to be opened."""
    items = [{"admitted": True, "bid": k} for k in (1, 2)]
    s.answered("admit")["answer"] = dumped({"items": items})
    s.refact("evaluate", lambda f: f.update(admitted=[1, 2]))
    asked = next(e for e in s.events if e["subject"] == next(n for n, d in s.decisions.items() if d["question"] == "admit"))
    digest = sha(b"price")
    told = {"bids": 1, "lot": 1, "prices": [{"bid": BIDS[0], "sha256": digest}], "root": verify.leaf_hash(bytes.fromhex(digest)).hex()}
    insert(s, s.act("prices_closed", LOT, told, None, "clock"), asked)


@case("V9")
def published_twice(s):
    e = s.act("tender_publish", TENDER, dict(s.of("tender_publish")["payload"]), APPROVER, "office_approver", "tender")
    insert(s, e, s.of("bid_submit"))


@case("V18", "office")
def marked_for_another(s):
    """The first member locks the sheet of the second once more: or so it is told, whose seat it is stands in a row alone."""
    told = [{"bid": b, "criterion": "technical", "value": m} for b, m in zip(BIDS, (10, 100))]
    insert(s, s.act("marks_lock", LOT, {"marks": told, "member": MEMBERS[1]}, JUDGES[0], "evaluator"), s.events[s.events.index(s.of("marks_lock", 1)) + 1])
    s.refact("evaluate", lambda f: [m.update(value=told[m["bid"] - 1]["value"]) for m in f["marks"] if m["by"] == 2])
    won_by_two(s)


@case("V19f")
def a_bid_nobody_asked_about(s):
    """The best bid is not among the facts."""

    def without(f):
        f["bids"] = f["bids"][1:]
        for n in ("marks", "offers"):
            f[n] = [x for x in f.get(n, []) if x["bid"] != 1]
        f["evaluation"] = {"items": [{"bid": 2, "rank": 1, "standing": "ranked"}]}

    for question in ("evaluate", "award"):
        s.refact(question, without)
    s.answered("evaluate")["answer"] = dumped({"items": [{"bid": 2, "rank": 1, "standing": "ranked"}]})
    won_by_two(s)


@case("V19f")
def a_bid_that_does_not_stand(s):
    s.refact("award", lambda f: f["bids"][0].update(open=False, round=1))
    won_by_two(s)


@case("V19f")
def a_bid_called_void(s):
    s.refact("award", lambda f: f["bids"][0].update(invalid=True, open=True, round=1))
    won_by_two(s)


@case("V19f")
def a_price_beside_the_offers(s):
    """Offers say what was read out, the bids something else."""
    s.refact("evaluate", lambda f: f["bids"][1].update(open=True, price="1.00", priced=True, round=1))
    won_by_two(s)


@case("V19f")
def an_offer_nobody_made(s):
    for question in ("evaluate", "award"):
        s.refact(question, lambda f: f["offers"].append({"at": stamp(BEGIN + timedelta(days=31)), "bid": 2, "field": "price", "round": 2, "unit": "money", "value": "1.00"}))
        s.refact(question, lambda f: f["bids"][1].update(open=True, price="1.00", priced=True, round=2))
    won_by_two(s, "1.00")


def quoted_again(s, field="price"):
    return insert(s, s.act("bid_requote", BIDS[1], {"request": {"fields": {field: "800.00"}}}, CLERK, "organisation", "bid"), s.of("log_decision", 1))


@case("")
def an_offer_made_later(s):
    e = quoted_again(s)
    for question in ("evaluate", "award"):
        s.refact(question, lambda f: f["offers"].append({"at": e["at"], "bid": 2, "field": "price", "round": 2, "unit": "money", "value": "800.00"}))
        s.refact(question, lambda f: f["bids"][1].update(open=True, price="800.00", priced=True, round=2))
    won_by_two(s, "800.00")


@case("V19f")
def an_offer_left_out(s):
    quoted_again(s)


def found(s, **facts):
    """A clerk found that both bids meet the documents."""
    checks = [{"bid": b, "passed": True, "rule": "responsive"} for b in BIDS]
    insert(s, s.act("checks_add", LOT, {"request": {"checks": checks}}), s.of("panel_assign"))
    told = [{"bid": k, "by": 1, "passed": True, "role": "office_clerk", "rule": "responsive"} for k in (1, 2)]
    for question in ("evaluate", "award"):
        s.refact(question, lambda f: f.update(checks=told))
    return told


@case("")
def both_passed(s):
    found(s)


@case("")
def an_agency_found_it(s):
    """It acts for the clerk whom the plan asks."""
    found(s)
    s.of("checks_add")["role"] = "agent"


@case("V19f")
def an_agency_found_otherwise(s):
    an_agency_found_it(s)
    s.of("checks_add")["payload"]["request"]["checks"][0]["passed"] = False


@case("V19f")
def one_did_not_pass(s):
    told = found(s)
    del told[0]["passed"]
    s.refact("evaluate", lambda f: f.update(checks=told))
    won_by_two(s)


@case("V19f")
def what_nobody_found(s):
    told = found(s)
    s.refact("evaluate", lambda f: f.update(checks=told + [{**told[1], "rule": "small_enterprise"}]))
    won_by_two(s)


@case("V19f")
def others_were_admitted(s):
    s.refact("evaluate", lambda f: f.update(admitted=[2]))
    won_by_two(s)


@case("V19f")
def an_evaluation_of_before(s):
    """Evaluated once more, the other way round; the award rests on the first."""
    again = s.decide("evaluate", "scheme", json.loads(s.answered("evaluate")["facts"]), {"items": [{"bid": b, "rank": n + 1, "standing": "ranked"} for n, b in enumerate((2, 1))]})
    insert(s, s.events[-1], next(e for e in s.events if e["subject"] == s.rows["award"][AWARD]["decision"]))
    assert again


@case("V19f")
def a_draw_nobody_made(s):
    s.refact("award", lambda f: f.update(draws=[{"keys": [2, 1], "purpose": "tie"}]))
    won_by_two(s)


@case("")
def asked_with_the_plan(s):
    """Facts leave out what holds nothing."""
    s.refact("award", lambda f: f.update(plan={**PLAN, "fields": [{"code": "price", "priced": True, "source": ""}], "papers": []}))


@case("VP")
def another_plan(s):
    s.refact("award", lambda f: f.update(plan={**PLAN, "award": {"most": 2}}))


@case("V19f")
def decided_and_not_acted_on(s):
    """A second decision is logged; the contract rests on it, and nobody decided so."""
    other = s.decide("award", "mechanism", json.loads(s.answered("award")["facts"]), {"items": [{"amount": PRICES[1], "bid": 2, "order": 1, "standing": "winner"}]})
    won = dict(s.rows["award"][AWARD])
    s.row("award", uuid(6), bid=BIDS[1], decision=other, fen=95000, lot=LOT, order=1, standing="winner")
    answer = s.answered("award")["answer"]
    won_by_two(s)
    s.answered("award")["answer"] = answer
    s.rows["award"][AWARD] = won
    s.rows["contract"][CONTRACT].update(award=uuid(6))


@case("V20")
def signed_with_a_reserve(s):
    d = s.answered("award")
    d["answer"] = dumped({"items": json.loads(d["answer"])["items"] + [{"amount": PRICES[1], "bid": 2, "order": 2, "standing": "reserve"}]})
    answer, won = d["answer"], dict(s.rows["award"][AWARD])
    won_by_two(s)
    d["answer"], s.rows["award"][AWARD] = answer, won
    s.row("award", uuid(6), bid=BIDS[1], decision=won["decision"], fen=95000, lot=LOT, order=2, standing="reserve")
    s.of("lot_decide")["payload"]["rows"].append(uuid(6))
    s.rows["contract"][CONTRACT].update(award=uuid(6))


@case("V20")
def hosted_by_a_word_elsewhere(s):
    """What names a team and a host is no draft of this contract."""
    s.act("contract_draft", uuid(77), {"host": uuid(23), "team": ORGS[0]}, kind="award")
    s.rows["contract"][CONTRACT].update(organisation=uuid(23))


def paid(s, answered="900.00", **facts):
    """The contract's one tranche is let out and paid: its journals after that which bound the money."""
    tranche, payment, fen = uuid(300), uuid(301), 90000
    s.decide("schedule", "mechanism", s.facts(), {"items": [{"amount": "900.00", "code": "all"}]})
    asked = {"amount": "900.00", "award": 1, "awarded": "900.00", "tranche": "all"}
    s.decide("release", "mechanism", s.facts(asked=asked, **facts), {"amount": answered, "kind": "pay_out"})
    released = s.act("tranche_release", tranche, {"released": "900.00"}, kind="tranche")
    s.act("payment_order", payment, {"request": {}}, kind="payment")
    approved = s.act("payment_approve", payment, {}, APPROVER, "office_approver", "payment")
    settled = s.act("payment_settle", payment, {"request": {}}, kind="payment")
    s.row("tranche", tranche, code="all", contract=CONTRACT, fen=fen, no=1, paid=fen, released=fen)
    s.row("payment", payment, fen=fen, settled=settled["at"], tranche=tranche)
    s.post(3002, "payable", tranche, ("committed", CONTRACT, 2, 0), ("payable", CONTRACT, 1, fen), at=released)
    s.post(3003, "send", payment, ("payable", CONTRACT, 2, 0), ("in_transit", CONTRACT, 1, fen), at=approved)
    s.post(3004, "settle", payment, ("in_transit", CONTRACT, 2, 0), ("paid", CONTRACT, 1, fen), at=settled)


@case("")
def paid_in_full(s):
    paid(s)


@case("V21")
def more_than_the_mechanism_let_out(s):
    paid(s, "600.00")


@case("V21")
def paid_on_the_account_of_another(s):
    paid(s)
    s.journals[uuid(3004)]["lines"][1]["subject"] = uuid(99)


@case("V21")
def bound_for_another(s):
    s.journals[uuid(3001)]["lines"][1]["subject"] = uuid(98)


@case("V21")
def let_out_past_the_contract(s):
    """What was let out goes to the budget instead of the contract's account of what is due."""
    paid(s)
    s.journals[uuid(3002)]["lines"][1].update(bucket="available", subject=APP)

@case("V21")
def paid_and_nobody_approved(s):
    """The ledger moves, and no act of anybody says that it may."""
    paid(s)
    s.events.remove(s.of("payment_approve"))


@case("V21")
def approved_by_who_ordered_it(s):
    """One person pays, where two have to."""
    paid(s)
    s.of("payment_approve")["actor"] = CLERK


@case("V21")
def approved_at_another_time(s):
    """What was approved was another sending of it."""
    paid(s)
    s.of("payment_approve")["at"] = s.of("tranche_release")["at"]


@case("V21")
def paid_and_never_settled(s):
    """The bank's word is nobody's."""
    paid(s)
    s.events.remove(s.of("payment_settle"))


@case("V21")
def approved_for_another_payment(s):
    paid(s)
    s.of("payment_approve")["subject"] = uuid(302)


@case("V21")
def came_back_by_nobodys_word(s):
    """A payment on its way is taken back and the sum is free to be paid again."""
    paid(s)
    s.events.remove(s.of("payment_settle"))
    unpost(s, 3004)
    s.rows.pop("payment")
    s.rows["tranche"][uuid(300)]["paid"] = 0
    s.post(3005, "return", uuid(301), ("in_transit", CONTRACT, 2, 0), ("payable", CONTRACT, 3, 90000))


@case("")
def came_back(s):
    came_back_by_nobodys_word(s)
    e = s.act("payment_return", uuid(301), {"request": {"reason": "account closed"}}, kind="payment")
    s.journals[uuid(3005)]["at"] = e["at"]


def accepted(s, *values, told="900.00"):
    """What was delivered was found good, in so many parts, before it is let out."""
    for value in values:
        s.act("tranche_accept", uuid(300), {"request": {"finding": "accepted", "reason": "done"}, "value": value}, kind="tranche")
    s.act("tranche_accept", uuid(300), {"request": {"finding": "accepted", "reason": "I like it"}}, uuid(92), "resident", "tranche")
    paid(s, deliveries=[{"accepted": told, "bid": 1, "planned": "900.00", "state": "accepted", "tranche": "all"}])


@case("")
def found_good(s):
    accepted(s, "900.00")


@case("")
def found_good_in_parts(s):
    accepted(s, "400.00", "500.00")


@case("V19f")
def found_good_by_residents_alone(s):
    """Their word is no acceptance."""
    accepted(s)


@case("V19f")
def found_good_for_less(s):
    accepted(s, "600.00")


@case("V19f")
def found_good_of_nothing(s):
    """No value is told, and the state says that it was accepted."""
    accepted(s, told="0.00")


def ended(s, kind="terminate", code="settlement"):
    """What was done by then is let out with what was approved, in a tranche of its own."""
    paid(s)
    s.rows["tranche"][uuid(300)]["code"] = code
    e = s.act("contract_change_approve", uuid(62), {"contract": CONTRACT, "kind": kind}, APPROVER, "office_approver", "contract")
    released = s.of("tranche_release")
    e["at"] = released["at"]
    s.events.remove(e)
    s.events[s.events.index(released)] = e


@case("")
def accepted_by_its_end(s):
    """Deliveries of a contract that was changed are not asked for."""
    accepted(s)
    e = s.act("contract_change_approve", uuid(62), {"contract": CONTRACT, "kind": "terminate"}, APPROVER, "office_approver", "contract")
    insert(s, e, s.of("tranche_release"))


@case("")
def settled_at_its_end(s):
    """What was done when the contract ended is owed as it was agreed."""
    ended(s)


@case("V21")
def let_out_with_another_change(s):
    """Nobody let it out: the contract was only changed at that instant."""
    ended(s, "change")


@case("V21")
def let_out_as_what_it_is_not(s):
    """With its end a tranche is let out that it had before."""
    ended(s, code="all")


def unpost(s, n):
    """A journal that never was."""
    s.journals.pop(uuid(n))
    s.events.remove(next(e for e in s.events if e["subject"] == uuid(n)))


@case("V20")
def grown_and_never_bound(s):
    """Money was held for the tender, and the contract over another sum bound none of it."""
    unpost(s, 3001)
    s.rows["contract"][CONTRACT]["fen"] = 5000000


@case("V20")
def signed_and_never_bound(s):
    unpost(s, 3001)


@case("V20")
def grown_where_nobody_pays(s):
    unpost(s, 3001)
    unpost(s, 3000)
    s.rows["contract"][CONTRACT]["fen"] = 5000000


@case("")
def signed_where_nobody_pays(s):
    unpost(s, 3001)
    unpost(s, 3000)


def renewed(s, amount="500.00", fen=50000, bound=50000):
    """The contract of the second year, over another sum, from that year's money."""
    next_id = uuid(8)
    s.act("contract_renew", next_id, {"request": {**({"amount": amount} if amount else {}), "appropriation": uuid(9), "reason": "good"}}, kind="contract")
    signed = s.act("contract_sign", next_id, {}, kind="contract")
    s.row("contract", next_id, award=AWARD, fen=fen, organisation=ORGS[0], signed=signed["at"])
    s.post(3010, "renew", next_id, ("available", APP, 6, 10000), ("committed", next_id, 1, bound), fen=bound, at=signed)


@case("")
def renewed_for_less(s):
    renewed(s)


@case("")
def renewed_for_the_same(s):
    renewed(s, None, 90000, 90000)


@case("V20")
def renewed_for_another_sum(s):
    renewed(s, fen=60000)


@case("V20")
def renewed_and_bound_for_more(s):
    renewed(s, bound=60000)


@case("V20")
def renewed_by_nobody(s):
    """A second contract of the award, which no act drew up."""
    renewed(s)
    s.events.remove(s.of("contract_renew"))


def agreement(s, fen=0):
    """An agreement spends nothing; what is called off under it does."""
    s.answered("plan")["answer"] = dumped({**PLAN, "contract": "framework"})
    unpost(s, 3001)
    unpost(s, 3000)
    s.rows["contract"][CONTRACT]["fen"] = fen


@case("")
def an_agreement(s):
    agreement(s)


@case("V20")
def an_agreement_over_a_sum(s):
    agreement(s, 90000)


@case("V20")
def called_an_agreement(s):
    """Only the plan makes one."""
    agreement(s)
    s.answered("plan")["answer"] = dumped({**PLAN, "contract": "purchase"})


def plan_unseen(s):
    """It knows of bidders, as after a prequalification: at this level nobody sees it."""
    s.hide("marks_lock", "panel_assign", "panel_declare")
    s.decisions.pop(next(n for n, d in s.decisions.items() if d["question"] == "plan"))


@case("")
def an_agreement_whose_plan_is_not_shown(s):
    """Something was reserved, and it may be a framework's."""
    s.rows["contract"][CONTRACT]["fen"] = 0
    unpost(s, 3001)
    plan_unseen(s)


@case("V20")
def bound_for_more_and_the_plan_not_shown(s):
    """Who binds money has no framework: it is what was awarded."""
    s.journals[uuid(3001)]["lines"][0].update(fen=95000, after=-5000)
    s.journals[uuid(3001)]["lines"][1].update(fen=95000, after=95000)
    plan_unseen(s)


def undecided(s, question):
    """A decision that never was."""
    name = next(n for n, d in s.decisions.items() if d["question"] == question)
    del s.decisions[name]
    s.events.remove(next(e for e in s.events if e["subject"] == name))


@case("V19f")
def an_evaluation_nobody_made(s):
    """The award rests on a comparison that no scheme was asked for."""
    items = [{"bid": b, "rank": n + 1, "standing": "ranked"} for n, b in enumerate((2, 1))]
    undecided(s, "evaluate")
    s.refact("award", lambda f: f.update(evaluation={"items": items}))
    won_by_two(s)


@case("V19f")
def an_evaluation_left_out(s):
    s.refact("award", lambda f: f.pop("evaluation"))
    won_by_two(s)


@case("V19f")
def an_evaluation_nobody_kept(s):
    """It is to be evaluated again, and the award rests on the one before."""
    reviewed(s)
    s.refact("award", lambda f: f.update(evaluation={"items": [{"bid": k + 1, "rank": k + 1, "standing": "ranked"} for k in range(2)]}))


def reviewed(s):
    """To be evaluated again, and not yet done."""
    e = s.act("lot_review_approve", uuid(80), {"lot": LOT}, APPROVER, "office_approver", "review")
    insert(s, e, next(e for e in s.events if e["subject"] == s.rows["award"][AWARD]["decision"]))
    s.refact("award", lambda f: f.pop("evaluation"))


@case("")
def decided_while_it_is_reviewed(s):
    reviewed(s)


@case("V19f")
def admitted_by_nobody(s):
    undecided(s, "admit")
    s.refact("evaluate", lambda f: f.update(admitted=[2]))
    won_by_two(s)


@case("V19f")
def found_in_another_role(s):
    """What the office's clerk found is told as a judge's."""
    told = found(s)
    told[0]["role"] = "evaluator"
    s.refact("evaluate", lambda f: f.update(checks=told))


def explained(s, role, told):
    """A low price was found to be sound."""
    insert(s, s.act("bid_explained", BIDS[1], {"request": {"accepted": True, "reason": "own kitchen"}, "role": role}, JUDGES[0], "evaluator", "bid"), s.of("log_decision", 1))
    checks = [{"bid": 2, "by": 1, "passed": True, "role": told, "rule": "price_explained"}]
    for question in ("evaluate", "award"):
        s.refact(question, lambda f: f.update(checks=checks))


@case("")
def the_panel_found_it_sound(s):
    explained(s, "evaluator", "evaluator")


@case("V19f")
def the_office_found_it_sound(s):
    explained(s, "evaluator", "office_clerk")


def erased(s, n=1):
    """Events of the tender of which nobody has the text any more."""
    gone = [s.act("question_ask", TENDER, {}, uuid(90 + i), "resident", "tender") for i in range(n)]
    for e in gone:
        e.erased = True
    e = s.act("erasure_approve", uuid(95), {"entries": [s.events.index(e) for e in gone]}, uuid(96), "administrator", "erasure")
    e.update(tender=None, office=0)


def offered(s, *days):
    """Offers of a second round that facts tell of and nothing shown does."""
    for question in ("evaluate", "award"):
        s.refact(question, lambda f: f["offers"].extend({"at": stamp(BEGIN + timedelta(days=d)), "bid": 2, "field": "price", "round": n + 2, "unit": "money", "value": "1.00"}
                                                       for n, d in enumerate(days)))
        s.refact(question, lambda f: f["bids"][1].update(open=True, price="1.00", priced=True, round=len(days) + 1))
    won_by_two(s, "1.00")


@case("")
def an_offer_that_was_erased(s):
    """Its event may be the erased one: that is told as not checked."""
    offered(s, 31)
    erased(s)


@case("V19f")
def more_offers_than_were_erased(s):
    offered(s, 31, 32)
    erased(s)


@case("V19f")
def an_offer_left_out_beside_an_erasure(s):
    """What is shown is not unsaid by what is not."""
    quoted_again(s)
    erased(s)


def previewed(s, change):
    """Asked before the prices are opened, with marks that were changed."""
    facts = json.loads(s.answered("evaluate")["facts"])
    change(facts)
    s.decide("preview", "scheme", facts, {"items": []})
    insert(s, s.events[-1], next(e for e in s.events if e["subject"] == next(n for n, d in s.decisions.items() if d["question"] == "evaluate")))


@case("")
def previewed_as_locked(s):
    previewed(s, lambda f: None)


@case("V18")
def previewed_with_other_marks(s):
    previewed(s, lambda f: f["marks"][0].update(value=10))


@case("V18")
def previewed_without_a_member(s):
    previewed(s, lambda f: f.update(marks=[m for m in f["marks"] if m["by"] != 2]))


@case("V18")
def previewed_without_marks(s):
    previewed(s, lambda f: f.pop("marks"))


@case("")
def previewed_while_a_sheet_is_open(s):
    """Marks are nobody's to know before all are locked again."""
    previewed_without_marks(s)
    e = s.act("sheet_reopen", uuid(81), {}, APPROVER, "office_approver", "sheet")
    insert(s, e, next(e for e in s.events if e["act"] == "log_decision" and s.decisions[e["subject"]]["question"] == "criteria"))


@case("V18")
def previewed_while_another_lot_is_reviewed(s):
    """Whose sheets are open is told: not these."""
    previewed_without_marks(s)
    for act in ("sheet_reopen", "lot_review_approve"):
        e = s.act(act, uuid(82), {"lot": uuid(83)}, APPROVER, "office_approver", "sheet")
        insert(s, e, next(e for e in s.events if e["act"] == "log_decision" and s.decisions[e["subject"]]["question"] == "criteria"))


@case("V18")
def previewed_often_beside_many_marks(s):
    """Whoever sorts all sheets for each of them does not come to the one that is wrong (first program: in SECONDS)."""
    s.of("marks_lock")["payload"]["marks"] += [{"bid": uuid(33), "criterion": "c%d" % i, "value": 1} for i in range(100000)]
    previewed_while_a_sheet_is_open(s)
    for _ in range(1500):
        previewed_without_marks(s)
    previewed_with_other_marks(s)


# ---- money that goes from one budget to another


def again(s, bucket="committed", whose=CONTRACT):
    """What the contract bound in a year that has ended is budgeted again."""
    sides = [(APP, bucket, whose, "D", 2, 0), (APP, "lapsed", APP, "C", 1, 90000), (uuid(9), "available", uuid(9), "D", 3, 10000), (uuid(9), bucket, whose, "C", 1, 90000)]
    lines = [
        {"after": after, "appropriation": app, "bucket": b, "fen": 90000, "line": n + 1, "nth": nth, "side": side, "subject": subject}
        for n, (app, b, subject, side, nth, after) in enumerate(sides)
    ]
    s.post(3020, "again", uuid(97))
    s.journals[uuid(3020)]["lines"] = lines
    return lines


@case("")
def budgeted_again(s):
    again(s)


@case("V21")
def budgeted_again_for_another(s):
    """It is bound for a contract that there is not."""
    again(s)[3].update(subject=uuid(98))


@case("V21")
def budgeted_again_as_paid(s):
    again(s)[3].update(bucket="paid")


@case("V21")
def budgeted_again_from_what_is_reserved(s):
    again(s)[2].update(bucket="reserved", subject=TENDER, nth=1)


@case("V21")
def moved_as_nothing_known(s):
    """A kind that the ledger does not have moves what it likes."""
    paid(s)
    s.journals[uuid(3004)]["kind"] = "gift"


@case("V21")
def transferred_within_a_tender(s):
    """Between budgets, and told of as this tender's."""
    s.post(3021, "lapse", uuid(97), ("available", APP, 6, 9000), ("lapsed", APP, 1, 1000), fen=1000)


@case("V21")
def transferred_from_the_contract(s):
    s.post(3021, "transfer", uuid(97), ("committed", CONTRACT, 2, 0), ("available", APP, 6, 100000))


def recovered_money(s):
    """The contractor gave everything back."""
    paid(s)
    s.post(3030, "recover", uuid(310), ("paid", CONTRACT, 2, 0), ("returned", CONTRACT, 1, 90000))
    s.post(3031, "recredit", uuid(310), ("returned", CONTRACT, 2, 0), ("available", APP, 6, 100000))


def reversed_money(s):
    """It was no receipt: both journals are taken back, the last one first."""
    recovered_money(s)
    s.post(3032, "reverse", uuid(311), ("available", APP, 7, 10000), ("returned", CONTRACT, 3, 90000))
    s.post(3033, "reverse", uuid(311), ("returned", CONTRACT, 4, 0), ("paid", CONTRACT, 3, 90000))
    s.journals[uuid(3032)]["reverses"], s.journals[uuid(3033)]["reverses"] = uuid(3031), uuid(3030)


@case("")
def a_receipt_taken_back(s):
    reversed_money(s)


@case("V21")
def reversed_and_never_posted(s):
    reversed_money(s)
    s.journals[uuid(3032)]["reverses"] = uuid(3999)


@case("V21")
def reversed_twice(s):
    reversed_money(s)
    s.journals[uuid(3033)]["reverses"] = uuid(3031)


@case("V21")
def reversed_to_elsewhere(s):
    """Money that was paid is free again, and nobody gave it back."""
    paid(s)
    s.post(3032, "reverse", uuid(311), ("paid", CONTRACT, 2, 0), ("available", APP, 6, 100000))
    s.journals[uuid(3032)]["reverses"] = uuid(3004)


@case("V21")
def reversed_for_another_sum(s):
    recovered_money(s)
    s.post(3032, "reverse", uuid(311), ("available", APP, 7, 60000), ("returned", CONTRACT, 3, 40000), fen=40000)
    s.journals[uuid(3032)]["reverses"] = uuid(3031)


def checks_of(text, said):
    """Names of the checks that say so; of the second verifier V1-2 and V4-5 are one."""
    return sorted({line.split()[1].rstrip(":") for line in text.split("\n") if line.startswith(said)})


def main():
    linli, folder = Tools.linli, Tools.folder = sys.argv[1:3]
    public, key, wrong = Tools.key("log", "log.example")[0], os.path.join(folder, "log.example"), 0
    only = sys.argv[3:]  # names of cases
    CASES[:] = [c for c in CASES if not only or c[0].__name__ in only]
    for n, (change, found, who) in enumerate(CASES, 1):
        story, into = Story(), os.path.join(folder, change.__name__)
        change(story)
        story.write(into, key)
        asked = ["--log", os.path.join(into, "log"), "--log-key", public, "--bundle", os.path.join(into, "bundle")]
        first = subprocess.run([linli, "verify", "--no-ask", "--seconds", SECONDS, *asked], capture_output=True, text=True, check=False)
        second = subprocess.run([sys.executable, os.path.join(here, "verify.py"), "log", *asked], capture_output=True, text=True, check=False)
        # Without being asked again decisions are not the same: that is 2, and of an honest bundle all there is.
        good = all(found in (checks_of(p.stdout, "FAIL") or [""]) for p in (first, second))
        good = good and (first.returncode, second.returncode) == ((1, 1) if found else (2, 0))
        good = good and all(not who or "WHO %s %s" % (found, who) in re.sub(" +", " ", p.stdout) for p in (first, second))
        wrong += not good
        print("%sok %d - %s: %s" % ("" if good else "not ", n, change.__name__.replace("_", " "), found or "nothing"))
        if not good:
            for p in (first, second):
                print("# exit", p.returncode, *[x for x in p.stdout.split("\n") + p.stderr.split("\n") if not x.startswith(("PASS", "SKIP"))], sep="\n#   ")
    print("1..%d" % len(CASES))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
