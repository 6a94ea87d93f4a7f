"""The stampede at a deadline: bids for many tenders, a quarter of them in the last second, some too late, some whose last byte
comes too late, some sent twice.  Each is sent as its time comes, over connections that each carry one at a time, and again under the
same key where a connection breaks.  What the server decides is held against what the sender knows: when it began to send and when
the last byte was with the kernel.

    stampede.py PLAN

PLAN is JSON: host, port, key (where a count of answers goes), tenders, bidders [{organisation, token}], deadline_us (legal),
seconds, bids, seed, clerk (token), move_s (by how much the clock is moved three and a half seconds before the deadline).  Makes a file "ready" once it has read the clock.  Prints
figures as JSON."""
import calendar
import heapq
import http.client
import json
import random
import selectors
import socket
import sys
import time

US = 1000000
DOUBT_US = 10000  # how well the two clocks are known to each other


def now_us():
    return time.time_ns() // 1000


def digest_of(n):
    return f"{n:064x}"


class Bid:
    def __init__(self, plan, n, at_us):
        bidder = plan["bidders"][n % len(plan["bidders"])]
        self.tender = plan["tenders"][n // len(plan["bidders"]) % len(plan["tenders"])]
        self.n, self.at_us, self.slow, self.twice = n, at_us, False, False
        self.first_us = self.last_us = 0
        self.misdated = False  # the kernel tells to some milliseconds when bytes came, less well where it has no time itself
        self.status, self.answer, self.replayed, self.took_us, self.tries = 0, None, None, 0, 0
        body = json.dumps({"organisation": bidder["organisation"], "sha256": digest_of(n), "bytes": 4096})
        self.bytes = (f"POST /api/v1/tenders/{self.tender}/bids HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {bidder['token']}\r\n"
                      f"Idempotency-Key: stampede-{plan['seed']}-{n:016d}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode()


class Line:
    """A connection and what it is at."""

    def __init__(self, run):
        self.socket = socket.create_connection((run.plan["host"], run.plan["port"]), 5)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.bid, self.got = None, b""
        run.selector.register(self.socket, selectors.EVENT_READ, self)


class Run:
    def __init__(self, plan):
        self.plan, self.selector, self.free = plan, selectors.DefaultSelector(), []
        self.due, self.order, self.open = [], 0, 0

    def push(self, at_us, what, *arguments):
        self.order += 1
        heapq.heappush(self.due, (at_us, self.order, what, arguments))

    def line(self):
        return self.free.pop() if self.free else Line(self)

    def drop(self, line):
        self.selector.unregister(line.socket)
        line.socket.close()

    def again(self, bid):
        bid.tries += 1
        self.push(now_us() + 100000, self.send, bid)

    def send(self, bid, part=None):
        """All of it, or all but the last byte first; what breaks is sent again."""
        try:
            line = self.line()
        except OSError:
            self.again(bid)
            return
        line.bid, line.got = bid, b""
        try:
            if part:
                line.socket.sendall(bid.bytes[:-1])
                bid.first_us = bid.first_us or now_us()
                self.push(bid.at_us, self.finish, line, bid)
                return
            self.finish(line, bid, bid.bytes)
        except OSError:
            self.drop(line)
            self.again(bid)

    def finish(self, line, bid, data=None):
        if line.bid is not bid:
            return  # the connection broke meanwhile, and the bid goes again
        begun = now_us()
        if data is not None or not bid.first_us or bid.slow:
            bid.first_us = bid.first_us if bid.first_us and not bid.slow else begun
        try:
            line.socket.sendall(bid.bytes[-1:] if data is None else data)
            bid.last_us = now_us()
        except OSError:
            line.bid = None
            self.drop(line)
            self.again(bid)

    def read(self, line):
        bid = line.bid
        try:
            piece = line.socket.recv(65536)
        except OSError:
            piece = b""
        if not piece:
            if line in self.free:
                self.free.remove(line)
            self.drop(line)
            line.bid = None
            if bid:
                self.again(bid)
            return
        line.got += piece
        head, gap, body = line.got.partition(b"\r\n\r\n")
        if not gap or not bid:
            return
        fields = dict(x.split(b": ", 1) for x in head.split(b"\r\n")[1:] if b": " in x)
        length = int(next((v for k, v in fields.items() if k.lower() == b"content-length"), b"0"))
        if len(body) >= length:
            self.answered(line, bid, int(head[9:12]), json.loads(body[:length] or b"{}"))

    def answered(self, line, bid, status, answer):
        line.bid = None
        self.free.append(line)
        if status == 503:
            self.again(bid)
            return
        if bid.status:
            bid.replayed = answer
            self.open -= 1
            return
        bid.status, bid.answer, bid.took_us = status, answer, now_us() - bid.last_us
        if bid.twice:
            self.push(now_us() + 200000, self.send, bid)
        else:
            self.open -= 1

    def move(self):
        """The clock, forward; whoever waits for it is sent a little later."""
        link = http.client.HTTPConnection(self.plan["host"], self.plan["port"], timeout=30)
        begun = now_us()
        to_us = begun + self.plan["offset_us"] + self.plan["move_s"] * US
        to = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(to_us // US)) + f".{to_us % US:06d}Z"
        link.request("POST", "/api/v1/clock", json.dumps({"to": to}), {"Content-Type": "application/json", "Idempotency-Key": f"move-{begun}-0123456789"})
        answer = link.getresponse()
        if answer.status != 200:
            sys.exit(f"the clock does not move: {answer.read()}")
        self.plan["moved"] = [begun, now_us(), self.plan["move_s"] * US]  # a few hundred us less: it is moved to, not by

    def go(self, bids):
        self.open = len(bids)
        if self.plan.get("move_s"):
            self.push(real_deadline(self.plan) - 1500000, self.move)
        for bid in bids:
            self.push(bid.at_us - (2 * US if bid.slow else 0), self.send, bid, bid.slow)
        until = max(bid.at_us for bid in bids) + 120 * US
        while self.open > 0 and now_us() < until:
            while self.due and self.due[0][0] <= now_us():
                _, _, what, arguments = heapq.heappop(self.due)
                what(*arguments)
            wait = (self.due[0][0] - now_us()) / US if self.due else 0.2
            for key, _ in self.selector.select(max(0, min(wait, 0.2))):
                self.read(key.data)


def bids_of(plan, deadline_us):
    chance, bids = random.Random(plan.get("seed", 1)), []
    for n in range(plan["bids"]):
        if n % 100 == 99:
            at_us = deadline_us + chance.randrange(1, US)
        elif n % 4 == 1:
            at_us = deadline_us - chance.randrange(1000, US)
        else:
            at_us = deadline_us - chance.randrange(US, plan["seconds"] * US)
        bid = Bid(plan, n, at_us)
        bid.slow, bid.twice = n % 20 == 7, n % 50 == 11
        if bid.slow:
            bid.at_us = deadline_us + chance.randrange(-US, US)
        bids.append(bid)
    return bids


def received_us(text):
    whole, _, part = text.rstrip("Z").partition(".")
    seconds = time.strptime(whole, "%Y-%m-%dT%H:%M:%S")
    return calendar.timegm(seconds) * US + int((part + "000000")[:6])


def offset_by_clock(plan):
    """Legal less real time: at least what an answer tells, which is a little old, less when it was here; the greatest is nearest."""
    link, best = http.client.HTTPConnection(plan["host"], plan["port"], timeout=30), -(1 << 62)
    for _ in range(50):
        link.request("GET", "/api/v1/clock")
        data = link.getresponse().read()
        ended = now_us()
        best = max(best, received_us(json.loads(data)["now"]) - ended)
    return best


def real_deadline(plan):
    return plan["deadline_us"] - plan["offset_us"] - plan.get("move_s", 0) * US


def legal(plan, real_us, late):
    """Of a real instant, as early or as late as it may be by what is known of the clock."""
    begun, ended, by_us = plan.get("moved", [1 << 62, 1 << 62, 0])
    moved = real_us >= (begun if late else ended + US // 2)
    return real_us + plan["offset_us"] + moved * by_us + (1 if late else -1) * DOUBT_US


def wrong(plan, bid):
    """What is not as it must be; "" where all is."""
    first, last, due = legal(plan, bid.first_us, False), legal(plan, bid.last_us, True), plan["deadline_us"]
    if bid.status == 201:
        received = received_us(bid.answer["received"])
        bid.misdated = not first <= received <= legal(plan, bid.last_us + bid.took_us, True)
        if received >= due or first >= due:
            return f"taken in at {received - due}, sent {first - due} to {last - due}"
        if bid.answer["sha256"] != digest_of(bid.n):
            return "another bid was answered"
    elif bid.status == 409 and bid.answer.get("type", "").endswith("bid/after-deadline"):
        if last < due:
            return f"refused as late, sent {first - due} to {last - due}"
    else:
        return f"answered {bid.status} {json.dumps(bid.answer)[:200]}"
    if bid.twice and bid.replayed is None:
        return "the second time was not answered"
    if bid.twice and bid.status == 201 and {k: v for k, v in bid.replayed.items() if k != "receipt"} != {k: v for k, v in bid.answer.items() if k != "receipt"}:
        return "the second time it was answered otherwise"
    return ""


def closing_wrong(plan, bids):
    """How many tenders tell another closing list than what was answered."""
    link, differs = http.client.HTTPConnection(plan["host"], plan["port"], timeout=30), 0
    for tender in plan["tenders"]:
        want = sorted(digest_of(b.n) for b in bids if b.tender == tender and b.status == 201)
        for _ in range(300):
            link.request("GET", f"/api/v1/tenders/{tender}/closing", headers={"Authorization": "Bearer " + plan["clerk"]})
            items = json.loads(link.getresponse().read()).get("items", [])
            if items or not want:
                break
            time.sleep(0.2)
        differs += sorted(i["sha256"] for i in items) != want
    return differs


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        plan = json.load(file)
    plan["offset_us"] = offset_by_clock(plan)
    open("ready", "w").close()
    run = Run(plan)
    bids = bids_of(plan, real_deadline(plan))
    run.go(bids)
    faults = [(b.n, w) for b in bids for w in [wrong(plan, b)] if w]
    for n, why in faults[:5]:
        print(f"# bid {n}: {why}", file=sys.stderr)
    took = sorted(b.took_us for b in bids if b.status and not b.tries) or [0]
    last = sum(1 for b in bids if 0 < plan["deadline_us"] - legal(plan, b.last_us, True) <= US)
    print(json.dumps({"bids": len(bids), "taken": sum(b.status == 201 for b in bids), "late": sum(b.status == 409 for b in bids),
                      "last_second": last, "twice": sum(b.replayed is not None for b in bids), "again": sum(b.tries > 0 for b in bids),
                      "wrong": len(faults), "misdated": sum(b.misdated for b in bids), "closing_wrong": closing_wrong(plan, bids),
                      "p50_ms": took[len(took) // 2] / 1000, "p99_ms": took[len(took) * 99 // 100] / 1000}))


main()
