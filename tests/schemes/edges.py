#!/usr/bin/env python3
"""The places where schemes are likely to be wrong, against plain fractions: few distinct prices and marks, so that ties, halves and
lines that are just met are common; findings that fail, intervals, least marks, low prices, caps, grants, half to even.

Usage: edges.py SCHEME_ASK PLUGIN_DIR [INSTANCES].  Prints TAP.  Also what is told: each bid the rule that put it before or behind an
equal one, and how many bids wait.
"""
import itertools
import json
from fractions import Fraction as F
from math import floor, isqrt

from exact import R, ask, half_up, lot, main, money, name, points, ranks, some_weights

PRICES = [1, 2, 3, 99, 100, 199, 200, 250, 300, 333, 400, 450, 500, 667, 1000]


def rounded(x, places, even):
    whole, rest = divmod(x * 10**places, 1)
    return F(whole + (rest > F(1, 2) or (rest == F(1, 2) and (not even or whole % 2))), 10**places)


def part(text):
    return F(text.rstrip("%")) / 100


def some_prices(bids):
    scale = R.choice([1, 1, 100, 99999])
    return [R.choice(PRICES) * scale for _ in range(bids)]


def mark_of(most):
    return R.choice([F(0), F(most, 4), F(most, 2), F(most, 2), F(most), F(most * R.randrange(0, 101), 100)])


def places_of(options, most=6):
    """Decimals and rounding, into the options; how to round by them."""
    places, even = R.randrange(0, most + 1), R.random() < 0.4
    options.update(decimals=places, rounding="half_even" if even else "half_up")
    return lambda x: rounded(x, places, even)


def findings(bids, rules):
    return [{"bid": b, "by": 90 + j, "rule": rule, "role": "evaluator", "passed": R.random() < 0.5}
            for b in range(1, bids + 1) for rule in rules for j in range(R.choice([0, 0, 0, 1, 1, 2, 3]))]


def found(checks, bid, rule):
    """None: nobody looked.  A draw is no pass."""
    said = [c["passed"] for c in checks if (c["bid"], c["rule"]) == (bid, rule)]
    return 2 * sum(said) > len(said) if said else None


# ---- what is compared -------------------------------------------------------------------------------------


class Bid:
    def __init__(self, key, price):
        self.key, self.price, self.compared = key, price, price
        self.out = self.waits = False
        self.parts, self.level = {}, None  # level: what it is ranked on, best first

    def total(self):
        return sum(self.parts.values(), F(0))

    def stands(self):
        return not self.out and not self.waits


def compare(scheme, facts, bids, says):
    """Asks, and holds standing, rank, total and what is told of ties against what they should be; says: a code for each level but the
    first, and one for those who share."""
    _, answer = ask(scheme, facts)
    got = {r["bid"]: r for r in answer.get("items", [])}
    wrong = lambda what: AssertionError("%s: %s\n%s\n%s" % (scheme, what, json.dumps(facts), json.dumps(answer)))  # noqa: E731
    for bid, rank in zip(bids, ranks([b.level if b.stands() else None for b in bids])):
        r = got[bid.key]
        want = ("out" if bid.out else "explain" if bid.waits else "ranked", rank, bid.total())
        if want != (r["standing"], r.get("rank", 0), F(r["total"])):
            raise wrong("bid %d, where %s is right" % (bid.key, want))
        decided = {next((i for i, (x, y) in enumerate(zip(bid.level, o.level)) if x != y), len(bid.level))
                   for o in bids if o is not bid and o.stands()} if bid.stands() else set()
        if bid.stands() and {w["code"] for w in r.get("why", [])} & set(says) != {says[i - 1] for i in decided if i > 0}:
            raise wrong("bid %d is told another rule than %s" % (bid.key, decided))
    waiting = [w["args"][0]["count"] for w in answer.get("why", []) if w["code"] == "provisional"]
    if waiting != [n for n in [sum(b.waits and not b.out for b in bids)] if n]:
        raise wrong("%s wait" % waiting)
    return got, answer


# ---- criteria ---------------------------------------------------------------------------------------------


def some_criteria(total, intervals):
    out = []
    for k, weight in enumerate(some_weights(R.randrange(1, 4), total)):
        most = R.choice([5, 7, 20, 50, 100])
        c = {"code": "c%d" % k, "name": name("c"), "weight": "%d%%" % weight, "max": str(most)}
        if R.random() < 0.2:
            c["objective"] = True
        if R.random() < 0.2:
            c["least"] = "1"
        if intervals and R.random() < 0.25:
            given = R.sample(range(most + 1), 3)
            c["levels"] = [{"from": f, "points": str(p)} for f, p in zip(sorted(R.sample(range(30), 3)), given)]
            if R.random() < 0.5:
                c["field"] = "f%d" % k
        out.append(c)
    return out


def marked(facts, criteria, bids):
    """Marks and offers, now and then such as cannot stand."""
    for b, c in itertools.product(range(1, bids + 1), criteria):
        most, levels = int(c["max"]), c.get("levels")
        if "field" in c:
            starts = [x["from"] for x in levels] + [0, 31, levels[0]["from"] + 1]
            facts["offers"] += [{"bid": b, "field": c["field"], "round": r, "unit": "count", "value": R.choice(starts)}
                                for r in (1, 2) if R.random() < 0.5]
            continue
        same = F(levels[0]["points"]) if levels else mark_of(most)
        for j in range(R.choice([0] + 7 * [1, 2, 3, 3, 5])):
            mark = F(R.choice([x["points"] for x in levels] + ["0"])) if levels else mark_of(most)
            mark = same if c.get("objective") and R.random() < 0.9 else mark
            mark = R.choice([F(most) + F(1, 100), F(1, 100)]) if R.random() < 0.01 else mark
            facts["marks"].append({"bid": b, "by": j + 1, "criterion": c["code"], "value": points(mark)})


def marks_on(facts, c, bid):
    """None: they cannot stand."""
    most, levels = F(c["max"]), [(x["from"], F(x["points"])) for x in c.get("levels", [])]
    if "field" in c:
        offers = [o for o in facts["offers"] if (o["bid"], o["field"]) == (bid, c["field"])]
        value = max(offers, key=lambda o: o["round"])["value"] if offers else -1
        return [([F(0)] + [p for f, p in levels if f <= value])[-1]]
    marks = [F(m["value"]) for m in facts["marks"] if (m["bid"], m["criterion"]) == (bid, c["code"])]
    between = levels and any(m != 0 and m not in [p for _, p in levels] for m in marks)
    if not marks or max(marks) > most or between or (c.get("objective") and len(set(marks)) > 1):
        return None
    return marks


def judge(facts, criteria, bid, keep):
    """The parts of a bid, without rounding where keep is."""
    for c in criteria:
        marks = marks_on(facts, c, bid.key)
        mean = sum(marks) / len(marks) if marks else F(0)
        bid.waits |= marks is None
        bid.out |= marks is not None and mean < F(c.get("least", "0"))
        bid.parts[c["code"]] = keep(mean / F(c["max"]) * part(c["weight"]) * 100)


# ---- prices -----------------------------------------------------------------------------------------------

LINES = {"abnormal_mean": F(1, 2), "abnormal_second": F(1, 2), "abnormal_ceiling": F(45, 100)}
DEDUCTIONS = [("small_enterprise", ["6%", "10%", "20%"]), ("joint", ["2%", "4%", "5.5555%"]), ("domestic", ["20%"])]


def review(facts, bids, raised):
    """Who asks abnormally little waits, or is out where it was not explained."""
    checks, ceiling = facts["checks"], int(F(facts["tender"]["budget"]) * 100)
    left = sorted(b.price for b in bids if not b.out)
    line = {code: F(65, 100) if code in raised else rate for code, rate in LINES.items()}
    for b in [b for b in bids if not b.out]:
        low = bool(found(checks, b.key, "price_suspected"))
        if facts["rules"]:
            low |= b.price * len(left) < sum(left) * line["abnormal_mean"] or b.price < ceiling * line["abnormal_ceiling"]
            low |= len(left) > 1 and b.price < left[1] * line["abnormal_second"]
        explained = found(checks, b.key, "price_explained")
        b.waits |= low and explained is None
        b.out |= low and explained is False


def deduct(facts, bids, deductions):
    """Of a small enterprise and a joint bid the larger alone; whatever else is found is added."""
    for b in bids:
        off = {d["check"]: int(half_up(b.price * part(d["rate"]), 0)) for d in deductions if found(facts["checks"], b.key, d["check"])}
        b.compared -= max(off.pop("small_enterprise", 0), off.pop("joint", 0)) + sum(off.values())


def priced_lot(options, gates):
    """A lot where prices are compared; its bids, reviewed and deducted from."""
    prices = some_prices(R.randrange(1, 7))
    bids = [Bid(i + 1, p) for i, p in enumerate(prices)]
    deductions = [{"check": c, "rate": R.choice(rates)} for c, rates in R.sample(DEDUCTIONS, R.randrange(0, 4))]
    checks = findings(len(bids), [c for c, _ in DEDUCTIONS] + gates + ["price_explained"] + R.choice([[], ["price_suspected"]]))
    rules = R.random() < 0.6
    raised = [code for code in LINES if rules and R.random() < 0.3]
    options.update({code: "65%" for code in raised}, deductions=deductions, **({"gates": gates} if gates else {}))
    facts = lot(prices, {}, options, checks=checks, offers=[])
    facts["rules"] = [{"code": c, "source": "x", "unit": "rate", "value": "%d%%" % (r * 100)} for c, r in LINES.items()] if rules else []
    facts["tender"]["budget"] = money(R.choice([max(prices), max(prices) * 2, 200 * max(prices) // 90 + 1]))
    for b, f in zip(bids, facts["bids"]):
        f.update(submitted="2026-11-20T09:00:0%d+08:00" % R.randrange(0, 3))
        b.out = any(found(checks, b.key, g) is False for g in gates)
    return facts, bids, lambda: (review(facts, bids, raised), deduct(facts, bids, deductions))


def scored(scheme):
    weight, two = R.randrange(1, 60), scheme == "two_stage_quote"
    criteria = some_criteria(100 - weight, True)
    options = {"price_weight": "%d%%" % weight, "criteria": criteria, "tie_criterion": R.choice(criteria)["code"]}
    keep = places_of(options)
    adjusted, exact = not two and R.random() < 0.5, not two and R.random() < 0.3
    options.update({} if two else {"tie_price": "adjusted" if adjusted else "quoted", "rank_on": "exact" if exact else "published"})
    facts, bids, prices = priced_lot(options, [] if two else ["g1", "g2"][:R.randrange(0, 3)])
    for b, f in zip(bids, facts["bids"]):
        f["round"] = R.choice([1, 2, 2, 2, 2]) if two else 1
        b.out |= f["round"] == 1 and two
    marked(facts, criteria, len(bids))
    prices()
    for b in [b for b in bids if not b.out]:
        judge(facts, criteria, b, keep)
    base = min([b.compared for b in bids if not b.out] or [0])
    for b in [b for b in bids if not b.out]:
        b.parts["price"] = keep(F(base * weight) / b.compared)
        total, b.parts_kept = b.total(), dict(b.parts)
        if exact:
            judge(facts, criteria, b, lambda x: x)
            total = b.total() - b.parts["price"] + F(base * weight) / b.compared
            b.parts = b.parts_kept
        b.level = (total, -(b.compared if adjusted else b.price), b.parts[options["tie_criterion"]])
    compare(scheme, facts, bids, ["by_price", "by_criterion", "tie"])


def lowest():
    ties = R.sample(["quoted", "earlier", "number"], R.randrange(0, 4))
    facts, bids, prices = priced_lot({"ties": ties}, ["g1", "g2"][:R.randrange(0, 3)])
    prices()
    for b, f in zip(bids, facts["bids"]):
        by = {"quoted": -b.price, "earlier": f["submitted"], "number": -b.key}
        b.level = (-b.compared,) + tuple(-int(by[t][18]) if t == "earlier" else by[t] for t in ties)
    compare("lowest_price", facts, bids, ["by_" + t for t in ties] + ["tie"])


# ---- quality first ----------------------------------------------------------------------------------------

SAYS = {"fixed_budget": ["by_cost", "tie"], "least_cost": ["by_technical", "tie"], "quality_based": ["tie"]}


def quality(scheme):
    criteria = some_criteria(100, False)
    share, relative = R.choice([50, 70, 80, 99]), R.random() < 0.5
    options = {"criteria": criteria, "minimum": R.choice(["0", "25", "50", "60"])}
    keep = places_of(options, 4)
    if scheme in ("qcbs", "rated_criteria"):
        options.update(technical_weight="%d%%" % share, price_weight="%d%%" % (100 - share), technical_score="relative" if relative else "raw")
    prices = some_prices(R.randrange(1, 7))
    facts, bids = lot(prices, {}, options, offers=[]), [Bid(i + 1, p) for i, p in enumerate(prices)]
    facts["tender"]["budget"] = money(R.choice(prices))
    marked(facts, criteria, len(bids))
    for b, f in zip(bids, facts["bids"]):
        judge(facts, criteria, b, keep)
        b.out |= b.stands() and b.total() < F(options["minimum"])
        if R.random() < 0.1:
            f.update(priced=False, price="0.00")
            b.waits |= b.stands() and scheme != "quality_based"
        b.out |= b.stands() and scheme == "fixed_budget" and b.price > int(F(facts["tender"]["budget"]) * 100)
    left = [b for b in bids if b.stands()]
    least, best = min([b.price for b in left] or [0]), max([b.total() for b in left] or [F(0)])
    for b in left:
        st = b.total()
        b.level = {"fixed_budget": (st, -b.price), "least_cost": (-b.price, st), "quality_based": (st,)}.get(scheme)
        if not b.level:
            b.parts = {"st": keep(st * share / (best if relative and best else 100)), "price": keep(F(least * (100 - share)) / b.price)}
            b.level = (b.total(), st, -b.price)
    compare(scheme, facts, bids, SAYS.get(scheme, ["by_technical", "by_cost", "tie"]))


# ---- grants down an order ---------------------------------------------------------------------------------


def amount_of(options, facts, bid, taken):
    """What it would be granted, and its grade."""
    grade, kind = None, options["amount"]
    if kind == "asked":
        amount = bid.price
    elif kind == "formula":
        amount = floor(bid.price * part(options["grant_share"]))
    elif kind == "panel":
        named = [m["value"] for m in facts["marks"] if (m["bid"], m["criterion"]) == (bid.key, "amount")]
        amount = sum(named) // len(named) if named else 0
    else:
        open_ = [i for i, g in enumerate(options["grades"]) if bid.total() >= F(g["from"]) and g["places"] in [0] + list(range(taken[i] + 1, 9))]
        grade = open_[0] if open_ else None
        amount = int(F(options["grades"][grade]["grant"]) * 100) if open_ else 0
    cap = int(F(options["cap"]) * 100)
    return min(amount, cap) if cap else amount, grade


def granted(options, facts, order):
    left, taken, out = int(F(facts["tender"]["budget"]) * 100), [0] * 9, {}
    for bid in order:
        amount, grade = amount_of(options, facts, bid, taken)
        if 0 < amount <= left and (not options["places"] or len(out) < options["places"]):
            left -= amount
            out[bid.key] = amount
            if grade is not None:
                taken[grade] += 1
    return out


def contest():
    ties = R.sample(["public", "donations", "earlier", "number"], R.randrange(0, 3))
    options = {"criteria": [{"code": "c", "name": name("c"), "weight": "100%"}], "trim": R.randrange(0, 2), "trim_from": 3, "ties": ties,
               "expert_share": "60%", "public_share": "20.0001%", "donation_share": "19.9999%", "online_share": R.choice(["0%", "33.3333%", "100%"]),
               "raised_per": "10.00", "raised_most": R.choice(["0", "2.5", "50"]), "bonuses": [{"check": "b1", "points": "0.5"}],
               "pass": R.choice(["0", "30"]), "amount": R.choice(["asked", "grades", "panel", "formula"]), "places": R.choice([0, 0, 1, 2]),
               "cap": R.choice(["0.00", "2.00"]), "grant_share": R.choice(["60%", "33.3333%"])}
    if options["amount"] == "grades":
        options["grades"] = [{"code": "g%d" % f, "name": name("g"), "from": str(f), "places": R.choice([0, 1, 2]), "grant": money(g)}
                             for f, g in ((60, 300), (30, 200), (0, 100))]
    keep, bids = places_of(options), [Bid(i + 1, p) for i, p in enumerate(some_prices(R.randrange(1, 6)))]
    judges = {b.key: R.sample(range(1, 6), R.choice([2, 3, 5])) for b in bids}
    marks = {b.key: [mark_of(100) for _ in judges[b.key]] for b in bids}
    given = {b.key: R.choice([0, 999, 1000, 2000, 2000]) for b in bids}
    votes = {s: {b.key: R.choice([0, 1, 2, 4]) for b in bids} for s in ("online", "paper")}
    facts = lot([b.price for b in bids], {}, options, checks=findings(len(bids), ["b1"]))
    facts["offers"] = [{"bid": k, "field": "donations", "round": 1, "unit": "money", "value": money(g)} for k, g in given.items()]
    facts["ballots"] = [{"voter": 10 * k + i, "weight": n, "area": "", "source": s, "choices": [{"bid": k, "rank": 1, "value": 1}]}
                        for i, (s, all_) in enumerate(votes.items()) for k, n in all_.items() if n]
    facts["marks"] = [{"bid": k, "by": j, "criterion": "c", "value": points(m)} for k in marks for j, m in zip(judges[k], marks[k])]
    if options["amount"] == "panel":
        facts["marks"] += [{"bid": k, "by": j, "criterion": "amount", "value": R.choice([0, 100, 200, 333])} for k in marks for j in judges[k]]
    facts["tender"]["budget"] = money(R.choice([1, 100, 300, 500, 10**6]))
    drawn = R.sample(range(1, len(bids) + 1), len(bids)) if R.random() < 0.5 else None
    facts["draws"] = [{"purpose": "order", "keys": drawn}] if drawn else []
    cut = options["trim"] if min(len(m) for m in marks.values()) >= 3 else 0
    share = lambda of, k: F(of[k], max(of.values()) or 1)  # noqa: E731
    for b, f in zip(bids, facts["bids"]):
        f["submitted"] = "2026-11-20T09:00:0%d+08:00" % R.randrange(0, 3)
        kept = sorted(keep(m) for m in marks[b.key])[cut:len(marks[b.key]) - cut]
        online, public = part(options["online_share"]), part(options["public_share"]) * 100
        b.parts = {"experts": keep(sum(kept) / len(kept) * F(60, 100)), "online": keep(share(votes["online"], b.key) * public * online),
                   "onsite": keep(share(votes["paper"], b.key) * public * (1 - online)), "donations": keep(share(given, b.key) * (40 - public)),
                   "raised": min(F(given[b.key] // 1000), F(options["raised_most"])), "b1": F(1, 2) * bool(found(facts["checks"], b.key, "b1"))}
        b.out = b.total() < F(options["pass"])
        by = {"public": b.parts["online"] + b.parts["onsite"], "donations": given[b.key], "earlier": -int(f["submitted"][18]), "number": -b.key}
        b.level = (b.total(),) + tuple(by[t] for t in ties) + (-drawn.index(b.key) if drawn else 0,)
    got, answer = compare("contest", facts, bids, ["by_" + t for t in ties] + ["by_draw", "tie"])
    groups = [list(g) for _, g in itertools.groupby(sorted([b for b in bids if b.stands()], key=lambda b: b.level, reverse=True), lambda b: b.level)]
    ways = [granted(options, facts, sum(map(list, order), [])) for order in itertools.product(*[itertools.permutations(g) for g in groups])]
    said = {k: int(F(r["grant"]) * 100) for k, r in got.items() if "grant" in r}
    assert answer.get("draws") or all(w == said for w in ways), "%s and not %s: %s" % (said, ways, json.dumps(facts))


# ---- orders and gifts -------------------------------------------------------------------------------------


def ranking():
    n, schulze, by_borda = R.randrange(1, 6), R.random() < 0.5, R.random() < 0.5
    orders = [(R.choice([1, 1, 2, 2000000]), {b: R.randrange(1, 4) for b in R.sample(range(n), R.randrange(0, n + 1))}) for _ in range(R.randrange(0, 7))]
    facts = lot([0] * n, {}, {"method": "schulze" if schulze else "borda", "by": "ballots", "tie": "borda" if by_borda else "draw"})
    facts["ballots"] = [{"voter": v + 1, "weight": w, "choices": [{"bid": b + 1, "rank": r, "value": 1} for b, r in places.items()]}
                        for v, (w, places) in enumerate(orders)]
    last = lambda places, b: places.get(b, 99)  # noqa: E731
    d = [[sum(w for w, o in orders if last(o, i) < last(o, j)) for j in range(n)] for i in range(n)]
    borda = [F(sum(w for w, _ in orders) * (n - 1) + sum(d[i]) - sum(row[i] for row in d), 2) for i in range(n)]
    path = [[d[i][j] if d[i][j] > d[j][i] else 0 for j in range(n)] for i in range(n)]
    for _, i, j, k in itertools.product(range(n), range(n), range(n), range(n)):
        path[i][j] = max(path[i][j], min(path[i][k], path[k][j]))
    beats = [[i != j and path[i][j] > path[j][i] for j in range(n)] for i in range(n)]
    bids, left, level = [Bid(i + 1, 0) for i in range(n)], set(range(n)), 0
    while left:
        first = {i for i in left if not any(beats[j][i] for j in left)}
        for i in first:
            bids[i].level = ((level,) + ((borda[i],) if by_borda else ())) if schulze else (borda[i],)
            bids[i].parts = {"place": F(sum(beats[i])) if schulze else borda[i]}
        left, level = left - first, level - 1
    compare("ranking", facts, bids, ["by_borda", "tie"] if schulze and by_borda else ["tie"])


def shared(claims, money_):
    """Largest remainders, to none of several equal ones they do not reach."""
    if sum(claims.values()) <= money_:
        return dict(claims)
    exact = {i: F(money_ * c, sum(claims.values())) for i, c in claims.items()}
    match = {i: floor(x) for i, x in exact.items()}
    left = money_ - sum(match.values())
    for rest in sorted({x % 1 for x in exact.values()} - {0}, reverse=True):
        equal = [i for i, x in exact.items() if x % 1 == rest]
        if len(equal) > left:
            break
        left -= len(equal)
        for i in equal:
            match[i] += 1
    return match


def quadratic():
    """Gifts of whole squares, so that every claim is whole."""
    n, square = R.randrange(1, 6), R.random() < 0.5
    options = {"basis": "square" if square else "claim", "cap": R.choice(["0.00", "1.00", "10.00"]), "redistribute": R.random() < 0.5,
               "gift_least": R.choice(["0.00", "0.04", "0.09"]), "contributors_least": R.choice([1, 1, 2, 3])}
    gifts = [{b: R.choice([0, 1, 4, 9, 100, 10000, R.randrange(1, 100)**2]) for b in R.sample(range(n), R.randrange(0, n + 1))} for _ in range(R.randrange(0, 12))]
    facts, pool = lot([0] * n, {}, options), R.choice([1, 7, 100, 1000, 10**6])
    facts["ballots"] = [{"voter": v + 1, "weight": 1, "choices": [{"bid": b + 1, "rank": 1, "value": g} for b, g in all_.items()]} for v, all_ in enumerate(gifts)]
    facts["tender"]["budget"] = money(pool)
    counted = [[g[b] for g in gifts if g.get(b) and g[b] >= int(F(options["gift_least"]) * 100)] for b in range(n)]
    claims = {b: sum(map(isqrt, c))**2 - (0 if square else sum(c)) for b, c in enumerate(counted) if len(c) >= options["contributors_least"]}
    cap, match, capped = int(F(options["cap"]) * 100), {}, {}
    while True:
        match = shared({b: c for b, c in claims.items() if b not in capped}, pool - cap * len(capped))
        over = [b for b, m in match.items() if cap and m > cap]
        capped.update((b, cap) for b in over)
        if not over or not options["redistribute"]:
            break
    match.update(capped)
    got, _ = ask("quadratic_match", facts)
    assert [int(F(got[b + 1].get("grant", "0")) * 100) for b in range(n)] == [match.get(b, 0) for b in range(n)], "%s: %s" % (match, json.dumps(facts))
    assert all((got[b + 1]["standing"] == "out") == (b not in claims) for b in range(n))


TESTS = [("comprehensive_score", lambda: scored("comprehensive_score"), 3), ("two_stage_quote", lambda: scored("two_stage_quote"), 2), ("lowest_price", lowest, 2)]
TESTS += [(s, lambda s=s: quality(s), 1) for s in ("qcbs", "rated_criteria", "fixed_budget", "least_cost", "quality_based")]
TESTS += [("contest, and its grants in every order of equals", contest, 2), ("ranking by ballots", ranking, 1), ("quadratic_match with caps and least gifts", quadratic, 1)]

if __name__ == "__main__":
    main(TESTS)
