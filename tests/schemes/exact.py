#!/usr/bin/env python3
"""Every scheme against plain fractions, on seeded random instances, and the properties it promises.

Usage: exact.py SCHEME_ASK PLUGIN_DIR [INSTANCES].  Prints TAP.  Each formula is written here a second time, from the
standards named in docs/schemes.md, with fractions.Fraction; nothing is taken from the plug-ins but their answers.
"""
import json
import random
import subprocess
import sys
from decimal import Decimal, getcontext
from fractions import Fraction as F
from math import floor

getcontext().prec = 80
ASK = subprocess.Popen(sys.argv[1:3], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 250
R = random.Random(20261121)


def ask(scheme, facts):
    ASK.stdin.write(scheme + " " + json.dumps(facts, ensure_ascii=False) + "\n")
    ASK.stdin.flush()
    answer = json.loads(ASK.stdout.readline())
    if "error" in answer:
        raise AssertionError(scheme + ": " + answer["error"] + " for " + json.dumps(facts))
    return {r["bid"]: r for r in answer["items"]}, answer


def half_up(x, places):
    return F(floor(x * 10**places + F(1, 2)), 10**places)


def money(fen):
    return "%d.%02d" % divmod(fen, 100)


def points(x):
    micro = x * 10**6
    assert micro.denominator == 1
    return "%d.%06d" % divmod(int(micro), 10**6)


def name(code):
    return {"zh": code, "en": code}


def lot(prices, marks, options, **more):
    """marks: {criterion: [[mark of each judge] of each bid]}"""
    facts = {
        "linli": "facts/1", "now": "2026-11-21T09:00:00+08:00", "options": options,
        "tender": {"currency": "CNY", "budget": "10000000.00", "category": "services", "regime": "sub_threshold", "lot": 1, "lots": 1},
        "bids": [{"key": i + 1, "bidder": i + 1, "number": i + 1, "round": 2, "open": True, "priced": True, "price": money(p)}
                 for i, p in enumerate(prices)],
        "marks": [{"bid": b + 1, "by": j + 1, "criterion": code, "value": points(m)}
                  for code, bids in marks.items() for b, judges in enumerate(bids) for j, m in enumerate(judges)],
    }
    facts.update(more)
    return facts


def some_marks(bids, judges, most):
    return [[F(R.randrange(0, most * 100 + 1), 100) for _ in range(judges)] for _ in range(bids)]


def some_weights(n, total=100):
    cuts = sorted(R.sample(range(1, total), n - 1))
    return [b - a for a, b in zip([0] + cuts, cuts + [total])]


def ranks(keys):
    """1, 1, 3; None is not ranked."""
    return [0 if k is None else 1 + sum(o is not None and o > k for o in keys) for k in keys]


def expect(scheme, facts, totals, keys):
    got, answer = ask(scheme, facts)
    for i, (total, rank) in enumerate(zip(totals, ranks(keys))):
        r = got[i + 1]
        said = (F(r["total"]), r.get("rank", 0))
        want = (total if total is not None else said[0], rank)
        if said != want:
            raise AssertionError("%s: bid %d is %s where %s is right\n%s\n%s" % (scheme, i + 1, said, want, json.dumps(facts), json.dumps(answer)))
        if sum(F(p["points"]) for p in r.get("parts", [])) != F(r["total"]):
            raise AssertionError(scheme + ": the parts do not make the total")
    return got, answer


# ---- prices and weights ------------------------------------------------------------------------------------

def criteria_of(n, weights, most):
    return [{"code": "c%d" % k, "name": name("c"), "weight": "%d%%" % weights[k], "max": str(most[k])} for k in range(n)]


def judged(n, weights, most, marks, places):
    """The published part of each bid on each criterion."""
    return [[half_up(sum(marks["c%d" % k][b]) / len(marks["c%d" % k][b]) / most[k] * weights[k], places) for k in range(n)]
            for b in range(len(marks["c0"]))]


def instance(total):
    bids, judges, n = R.randrange(1, 7), R.randrange(1, 6), R.randrange(1, 4)
    weights, most = some_weights(n, total), [R.choice([5, 20, 50, 100]) for _ in range(n)]
    prices = [R.choice([R.randrange(1, 10**9), R.randrange(1, 50) * 100000]) for _ in range(bids)]
    marks = {"c%d" % k: some_marks(bids, judges, most[k]) for k in range(n)}
    return n, weights, most, prices, marks


def deducted(prices, rate, small):
    return [p - int(half_up(F(p) * rate / 100, 0)) if s else p for p, s in zip(prices, small)]


def comprehensive(scheme="comprehensive_score"):
    weight, places = R.randrange(10, 50), R.randrange(0, 7)
    n, weights, most, prices, marks = instance(100 - weight)
    rate, small = R.randrange(1, 30), [R.random() < 0.3 for _ in prices]
    compared = deducted(prices, rate, small)
    options = {"price_weight": "%d%%" % weight, "decimals": places, "criteria": criteria_of(n, weights, most),
               "deductions": [{"check": "small_enterprise", "rate": "%d%%" % rate}]}
    checks = [{"bid": b + 1, "by": 90, "rule": "small_enterprise", "role": "office_clerk", "passed": True} for b, s in enumerate(small) if s]
    base = min(compared)
    totals = [half_up(F(base) / c * weight, places) + sum(p) for c, p in zip(compared, judged(n, weights, most, marks, places))]
    keys = [(t, -p) for t, p in zip(totals, prices)]
    facts = lot(prices, marks, options, checks=checks)
    expect(scheme, facts, totals, keys)
    return facts, keys


def exact_rank():
    weight = R.randrange(10, 50)
    n, weights, most, prices, marks = instance(100 - weight)
    options = {"price_weight": "%d%%" % weight, "decimals": 0, "rank_on": "exact", "criteria": criteria_of(n, weights, most)}
    keys = [(F(min(prices)) / p * weight + sum(sum(marks["c%d" % k][b]) / len(marks["c%d" % k][b]) / most[k] * weights[k] for k in range(n)), -p)
            for b, p in enumerate(prices)]
    expect("comprehensive_score", lot(prices, marks, options), [None] * len(prices), keys)


def lowest():
    _, _, _, prices, _ = instance(100)
    rate, small = R.randrange(1, 30), [R.random() < 0.3 for _ in prices]
    compared = deducted(prices, rate, small)
    checks = [{"bid": b + 1, "by": 90, "rule": "small_enterprise", "role": "office_clerk", "passed": True} for b, s in enumerate(small) if s]
    options = {"deductions": [{"check": "small_enterprise", "rate": "%d%%" % rate}]}
    expect("lowest_price", lot(prices, {}, options, checks=checks), [F(0)] * len(prices), [-c for c in compared])


# ---- quality and cost -----------------------------------------------------------------------------------------

def quality(scheme):
    n, weights, most, prices, marks = instance(100)
    places, minimum, t = R.randrange(0, 5), R.randrange(0, 60), R.randrange(1, 100)
    st = [sum(p) for p in judged(n, weights, most, marks, places)]
    options = {"criteria": criteria_of(n, weights, most), "decimals": places, "minimum": str(minimum)}
    passed = [s >= minimum for s in st]
    relative = R.random() < 0.5
    totals, keys = list(st), [None] * len(st)
    if scheme in ("qcbs", "rated_criteria"):
        options.update(technical_weight="%d%%" % t, price_weight="%d%%" % (100 - t), technical_score="relative" if relative else "raw")
        if any(passed):
            low, best = min(p for p, x in zip(prices, passed) if x), max(s for s, x in zip(st, passed) if x)
            for i, ok in enumerate(passed):
                if not ok:
                    continue
                technical = F(st[i]) * t / (best if relative and best else 100)
                totals[i] = half_up(technical, places) + half_up(F(low) / prices[i] * (100 - t), places)
                keys[i] = (totals[i], st[i], -prices[i])
    budget = 10**9 if scheme != "fixed_budget" else sorted(prices)[len(prices) // 2]
    for i, ok in enumerate(passed):
        if scheme == "fixed_budget" and ok and prices[i] <= budget:
            keys[i] = (st[i], -prices[i])
        if scheme == "least_cost" and ok:
            keys[i] = (-prices[i], st[i])
        if scheme == "quality_based" and ok:
            keys[i] = st[i]
    facts = lot(prices, marks, options)
    facts["tender"]["budget"] = money(budget)
    expect(scheme, facts, totals, keys)


# ---- contests -----------------------------------------------------------------------------------------------------

def contest():
    n, weights, most, prices, marks = instance(100)
    bids, judges = len(prices), len(marks["c0"][0])
    expert, public = R.choice([(100, 0), (60, 40), (60, 20), (0, 100)])
    online, places, trim = R.randrange(0, 101, 10), R.randrange(0, 5), R.randrange(0, 3)
    least = R.randrange(2 * trim + 1, 2 * trim + 4)
    votes = {s: [R.randrange(0, 30) for _ in range(bids)] for s in ("online", "paper")}
    given = [R.randrange(0, 10**6) for _ in range(bids)]
    options = {"criteria": criteria_of(n, weights, most), "trim": trim, "trim_from": least, "decimals": places, "online_share": "%d%%" % online,
               "expert_share": "%d%%" % expert, "public_share": "%d%%" % public, "donation_share": "%d%%" % (100 - expert - public)}
    ballots, v = [], 0
    for source, all_votes in votes.items():
        for b, k in enumerate(all_votes):
            for _ in range(k):
                v += 1
                ballots.append({"voter": v, "weight": 1, "area": "", "source": source, "choices": [{"bid": b + 1, "rank": 1, "value": 1}]})
    offers = [{"bid": b + 1, "field": "donations", "round": 1, "unit": "money", "value": money(g)} for b, g in enumerate(given)]
    totals = []
    for b in range(bids):
        total = F(0)
        if expert:
            each = sorted(sum(half_up(marks["c%d" % k][b][j] / most[k] * weights[k], places) for k in range(n)) for j in range(judges))
            kept = each[trim:len(each) - trim] if judges >= least else each
            total += half_up(F(sum(kept)) / len(kept) * expert / 100, places)
        for source, share in (("online", F(online, 100)), ("paper", 1 - F(online, 100))):
            if public and max(votes[source]):
                total += half_up(F(votes[source][b], max(votes[source])) * public * share, places)
        if expert + public < 100 and max(given):
            total += half_up(F(given[b], max(given)) * (100 - expert - public), places)
        totals.append(total)
    expect("contest", lot(prices, marks, options, ballots=ballots, offers=offers), totals, totals)


def grants():
    """Money granted fits the budget and goes down the order, whatever fits."""
    n, weights, most, prices, marks = instance(100)
    options = {"criteria": criteria_of(n, weights, most), "trim": 0, "amount": "formula", "grant_share": "60%", "cap": "5000000.00", "ties": ["number"]}
    facts = lot(prices, marks, options)
    left = R.randrange(1, 2 * sum(prices))
    facts["tender"]["budget"] = money(left)
    got, _ = ask("contest", facts)
    for r in sorted(got.values(), key=lambda r: r["rank"]):
        amount = min(floor(F(prices[r["bid"] - 1]) * 60 / 100), 500000000)
        want = amount if amount <= left else 0
        assert r.get("grant", "0.00") == money(want), (r, want)
        left -= want


# ---- orders -------------------------------------------------------------------------------------------------------

def ranking(method):
    bids, judges = R.randrange(1, 7), R.randrange(1, 8)
    places = [[R.randrange(1, bids + 1) for _ in range(bids)] for _ in range(judges)]
    facts = lot([100] * bids, {}, {"method": method})
    facts["marks"] = [{"bid": b + 1, "by": j + 1, "criterion": "place", "value": places[j][b]} for j in range(judges) for b in range(bids)]
    if method == "borda":
        totals = []
        for b in range(bids):
            total = F(0)
            for p in places:
                same = [x for x in range(bids) if p[x] == p[b]]
                better = sum(x < p[b] for x in p)
                total += F(sum(bids - 1 - better - i for i in range(len(same))), len(same))
            totals.append(total)
        expect("ranking", facts, totals, totals)
        return
    d = [[sum(p[i] < p[j] for p in places) for j in range(bids)] for i in range(bids)]

    def strongest(i, j):
        """The largest strength at which j can still be reached from i."""
        for least in range(judges, 0, -1):
            seen, todo = {i}, [i]
            while todo:
                x = todo.pop()
                for y in range(bids):
                    if y not in seen and d[x][y] > d[y][x] and d[x][y] >= least:
                        seen.add(y)
                        todo.append(y)
            if j in seen:
                return least
        return 0
    beats = [[i != j and strongest(i, j) > strongest(j, i) for j in range(bids)] for i in range(bids)]
    left, keys, level = set(range(bids)), [0] * bids, 0
    while left:
        first = {i for i in left if not any(beats[j][i] for j in left)}
        level -= 1
        for i in first:
            keys[i] = level
        left -= first
    got, _ = expect("ranking", facts, [F(sum(row)) for row in beats], keys)
    for i in range(bids):
        for j in range(bids):
            if beats[i][j]:
                assert got[i + 1]["rank"] < got[j + 1]["rank"]


# ---- performance ----------------------------------------------------------------------------------------------------

def performance():
    bids, judges, places = R.randrange(1, 4), R.randrange(1, 5), R.randrange(0, 4)
    share = R.randrange(0, 101, 10)
    w = [10, 30, 20, 30, 10]
    kinds = ["marked", "target", "met", "marked", "survey"]
    target = R.randrange(1, 600)
    indicators = [{"code": "i%d" % k, "name": name("i"), "group": "output", "method": kinds[k], "points": str(w[k]), "target": target} for k in range(5)]
    marks, ballots, offers, totals = [], [], [], []
    for b in range(bids):
        total = F(0)
        for k in (0, 3):
            each = [F(R.randrange(0, w[k] * 100 + 1), 100) for _ in range(judges)]
            own = F(R.randrange(0, w[k] * 100 + 1), 100) if R.random() < 0.5 else None
            mean = F(sum(each)) / judges
            if own is not None:
                offers.append({"bid": b + 1, "field": "i%d" % k, "round": 1, "unit": "points", "value": points(own)})
                mean = mean * (100 - share) / 100 + own * share / 100
            total += half_up(mean, places)
            marks += [{"bid": b + 1, "by": j + 1, "criterion": "i%d" % k, "value": points(m)} for j, m in enumerate(each)]
        reached = [R.randrange(0, 700) for _ in range(judges)]
        total += half_up(min(F(1), F(sum(reached), judges * target)) * 30, places)
        marks += [{"bid": b + 1, "by": j + 1, "criterion": "i1", "value": m} for j, m in enumerate(reached)]
        met = [R.randrange(0, 2) for _ in range(judges)]
        total += 20 if 2 * sum(met) > judges else 0
        marks += [{"bid": b + 1, "by": j + 1, "criterion": "i2", "value": m} for j, m in enumerate(met)]
        answers = [R.randrange(0, 6) for _ in range(R.randrange(1, 9))]
        total += half_up(F(sum(answers), 5 * len(answers)) * 10, places)
        ballots += [{"voter": 100 * b + i + 1, "weight": 1, "area": "", "source": "paper", "choices": [{"bid": b + 1, "rank": 1, "value": a}]}
                    for i, a in enumerate(answers)]
        totals.append(total)
    facts = lot([100] * bids, {}, {"indicators": indicators, "decimals": places, "self_share": "%d%%" % share}, ballots=ballots, offers=offers)
    facts["marks"] = marks
    got, _ = expect("performance", facts, totals, totals)
    for i, t in enumerate(totals):
        grade = "excellent" if t >= 90 else "good" if t >= 80 else "fair" if t >= 60 else "poor"
        assert grade in [line["code"] for line in got[i + 1]["why"]], (grade, t)


# ---- quadratic match --------------------------------------------------------------------------------------------------

def quadratic():
    bids, people, pool = R.randrange(1, 6), R.randrange(0, 30), R.randrange(1, 10**7)
    gifts = [(v + 1, b, R.choice([R.randrange(1, 10**5), R.randrange(1, 9)**2 * 2, R.randrange(1, 100)**2])) for v in range(people)
             for b in R.sample(range(bids), R.randrange(1, min(bids, 2) + 1))]
    by = {}
    for v, b, g in gifts:
        by[v, b] = by.get((v, b), 0) + g
    ballots = [{"voter": v + 1, "weight": 1, "area": "", "source": "online", "choices": [{"bid": b + 1, "rank": 1, "value": g} for x, b, g in gifts if x == v + 1]}
               for v in range(people)]
    claims = []
    for b in range(bids):
        mine = [g for (v, p), g in by.items() if p == b]
        cross = sum((2 * Decimal(x * y).sqrt() for i, x in enumerate(mine) for y in mine[:i]), Decimal(0))
        whole = cross.to_integral_value()
        claims.append(whole if abs(cross - whole) < Decimal("1e-40") else cross)
    total = sum(claims, Decimal(0))
    facts = lot([0] * bids, {}, {}, ballots=ballots)
    facts["tender"]["budget"] = money(pool)
    got, answer = ask("quadratic_match", facts)
    paid = [int(F(got[b + 1].get("grant", "0")) * 100) for b in range(bids)]
    assert sum(paid) <= pool
    for b in range(bids):
        share = claims[b] if total <= pool else claims[b] * pool / total
        least = int(share.to_integral_value(rounding="ROUND_FLOOR"))
        assert paid[b] in ((least,) if total <= pool else (least, least + 1)), (b, paid, share, pool, json.dumps(facts))
    if total > pool and len(set(claims)) == len(claims):
        assert sum(paid) == pool, (paid, pool)
    for x in range(bids):
        for y in range(bids):
            assert claims[x] != claims[y] or paid[x] == paid[y], "equal claims, equal money"


# ---- TOPSIS -----------------------------------------------------------------------------------------------------------

def topsis_of(values, weights, kinds):
    """Closeness of each bid in 80 digits."""
    n = len(weights)
    norm = [sum(v[k]**2 for v in values).sqrt() for k in range(n)]
    best = [(max if kinds[k] else min)(v[k] for v in values) for k in range(n)]
    worst = [(min if kinds[k] else max)(v[k] for v in values) for k in range(n)]

    def distance(v, to):
        return sum(((v[k] - to[k]) / norm[k] * weights[k])**2 for k in range(n) if norm[k]).sqrt()
    out = []
    for v in values:
        plus, minus = distance(v, best), distance(v, worst)
        out.append(Decimal(1) if plus == 0 else minus / (plus + minus))
    return out


def topsis():
    bids, places = R.randrange(1, 7), R.randrange(0, 5)
    weights = some_weights(3)
    kinds = [True, R.random() < 0.5, False]
    marks = {"a": some_marks(bids, 1, 100), "b": some_marks(bids, 1, 20)}
    prices = [R.randrange(1, 10**8) for _ in range(bids)]
    criteria = [{"code": c, "name": name(c), "kind": "benefit" if k else "cost", "source": "price" if c == "price" else "marks", "weight": "%d%%" % w}
                for c, k, w in zip(("a", "b", "price"), kinds, weights)]
    published = [[half_up(marks[c][b][0], places) for c in ("a", "b")] for b in range(bids)]
    values = [[Decimal(p[0].numerator) / p[0].denominator, Decimal(p[1].numerator) / p[1].denominator, Decimal(prices[b])] for b, p in enumerate(published)]
    closeness = topsis_of(values, [Decimal(w) for w in weights], kinds)
    totals = [half_up(F(c) * 100, places) for c in closeness]
    expect("ahp_topsis", lot(prices, marks, {"criteria": criteria, "decimals": places}), totals, totals)


def ahp():
    """Weights are right to the last of six places, lambda, CI and CR to the last of four, by a plain power iteration in 80 digits."""
    n = R.randrange(2, 6)
    times = {(i, j): F(R.choice([1, 2, 3, 4, 5, 7, 9]), R.choice([1, 1, 2, 3])) for i in range(n) for j in range(i + 1, n)}
    a = [[Decimal(1) if i == j else Decimal(times[i, j].numerator) / times[i, j].denominator if i < j
          else Decimal(times[j, i].denominator) / times[j, i].numerator for j in range(n)] for i in range(n)]
    x = [Decimal(1) / n] * n
    for _ in range(400):
        y = [sum(p * q for p, q in zip(row, x)) for row in a]
        x = [v / sum(y) for v in y]
    ppm = [int(v * 10**6) for v in x]
    rest = sorted(range(n), key=lambda i: (-(x[i] * 10**6 - ppm[i]), i))
    for i in rest[:10**6 - sum(ppm)]:
        ppm[i] += 1
    codes = ["c%d" % i for i in range(n)]
    options = {"criteria": [{"code": c, "name": name(c)} for c in codes], "consistency": "100%",
               "judgements": [{"more": codes[i], "than": codes[j], "times": t.numerator, "of": t.denominator} for (i, j), t in times.items()]}
    index = [None, None, "0", "0.58", "0.90", "1.12"][n]
    largest = sum(sum(p * q for p, q in zip(row, x)) for row in a)
    ci = (F(largest) - n) / (n - 1)
    try:
        got, answer = ask("ahp_topsis", lot([100], {c: [[F(1)]] for c in codes}, options))
    except AssertionError as e:
        assert "options" in str(e) or "invalid" in str(e), e
        return
    said = [int(F(line["args"][5]["rate"].rstrip("%")) * 10**4) for line in got[1]["parts"][0]["why"] if line["code"] == "value"]
    assert said == ppm, (said, ppm, json.dumps(options))
    if n > 2:
        args = [line["args"] for line in answer["why"] if line["code"] == "consistency"][0]
        assert F(args[0]["points"]) == half_up(F(largest), 4), (args, largest)
        assert F(args[1]["points"]) == half_up(ci, 4) and F(args[2]["points"]) == F(index), (args, ci)
        assert F(args[3]["rate"].rstrip("%")) == half_up(ci / F(index), 4) * 100, (args, ci)


# ---- properties -----------------------------------------------------------------------------------------------------------

def permuted():
    """The same bids in another order get the same results."""
    facts, _ = comprehensive()
    n = len(facts["bids"])
    order = R.sample(range(1, n + 1), n)
    before, _ = ask("comprehensive_score", facts)
    turned = json.loads(json.dumps(facts))
    for row in turned["bids"]:
        row["key"] = order[row["key"] - 1]
    for row in turned["marks"] + turned["checks"]:
        row["bid"] = order[row["bid"] - 1]
    after, _ = ask("comprehensive_score", turned)
    for b in range(1, n + 1):
        assert (before[b]["rank"], before[b]["total"]) == (after[order[b - 1]]["rank"], after[order[b - 1]]["total"])


def better_mark():
    """A higher mark of one's own never lowers one's rank."""
    facts, _ = comprehensive()
    mark = R.choice(facts["marks"])
    code = next(c for c in facts["options"]["criteria"] if c["code"] == mark["criterion"])
    before, _ = ask("comprehensive_score", facts)
    mark["value"] = points(min(F(code["max"]), F(mark["value"]) + R.randrange(0, 20)))
    after, _ = ask("comprehensive_score", facts)
    assert after[mark["bid"]]["rank"] <= before[mark["bid"]]["rank"]


def loser():
    """A bid that asks most and gets no marks changes nothing among the others."""
    facts, _ = comprehensive()
    n = len(facts["bids"])
    before, _ = ask("comprehensive_score", facts)
    most = max(int(F(b["price"]) * 100) for b in facts["bids"])
    facts["bids"].append({"key": n + 1, "bidder": n + 1, "number": n + 1, "round": 2, "open": True, "priced": True, "price": money(most + 1)})
    for c in facts["options"]["criteria"]:
        facts["marks"].append({"bid": n + 1, "by": 1, "criterion": c["code"], "value": "0"})
    after, _ = ask("comprehensive_score", facts)
    for b in range(1, n + 1):
        assert (before[b]["rank"], before[b]["total"]) == (after[b]["rank"], after[b]["total"])


TESTS = [
    ("comprehensive_score, published totals", comprehensive, 2),
    ("comprehensive_score, exact totals", exact_rank, 1),
    ("two_stage_quote", lambda: comprehensive("two_stage_quote"), 1),
    ("lowest_price", lowest, 1),
    ("qcbs", lambda: quality("qcbs"), 1),
    ("rated_criteria", lambda: quality("rated_criteria"), 1),
    ("fixed_budget", lambda: quality("fixed_budget"), 1),
    ("least_cost", lambda: quality("least_cost"), 1),
    ("quality_based", lambda: quality("quality_based"), 1),
    ("contest, order", contest, 1),
    ("contest, grants", grants, 1),
    ("ranking by Borda", lambda: ranking("borda"), 1),
    ("ranking by Schulze", lambda: ranking("schulze"), 1),
    ("performance", performance, 1),
    ("quadratic_match", quadratic, 1),
    ("ahp_topsis, closeness", topsis, 1),
    ("ahp_topsis, weights", ahp, 0.2),
    ("the order of bids does not matter", permuted, 0.5),
    ("a better mark never lowers a rank", better_mark, 0.5),
    ("who loses in everything changes nothing", loser, 0.5),
]


def main(tests):
    failed = 0
    for i, (title, test, share) in enumerate(tests):
        try:
            count = int(COUNT * share)
            for _ in range(count):
                test()
            print("ok %d - %s: %d instances" % (i + 1, title, count), flush=True)
        except AssertionError as e:
            failed += 1
            print("not ok %d - %s" % (i + 1, title))
            print("# " + str(e)[:3000].replace("\n", "\n# "), flush=True)
    print("1..%d" % len(tests))
    ASK.stdin.close()
    sys.exit(failed > 0)


if __name__ == "__main__":
    main(TESTS)
