#!/usr/bin/env python3
"""What each scheme promises of any lot, on seeded random ones; and where a rule breaks a property, the smallest example.

Usage: properties.py SCHEME_ASK PLUGIN_DIR [INSTANCES].  Prints TAP.  The smallest examples are searched here, and are those that
docs/schemes.md tells.
"""
import itertools
import json
from fractions import Fraction as F

from exact import COUNT, R, ask, criteria_of, instance, lot, main, money, name, points, some_weights

# ---- a random lot of each scheme ------------------------------------------------------------------------------


def judged_lot(total=100, **options):
    n, weights, most, prices, marks = instance(total)
    return lot(prices, marks, dict(options, criteria=criteria_of(n, weights, most)))


def priced():
    weight = R.randrange(10, 50)
    return judged_lot(100 - weight, price_weight="%d%%" % weight, decimals=R.randrange(0, 5))


def two_shares():
    t = R.randrange(1, 100)
    return judged_lot(technical_weight="%d%%" % t, price_weight="%d%%" % (100 - t), minimum=str(R.randrange(0, 50)),
                      technical_score=R.choice(["raw", "relative"]))


def contest():
    trim = R.randrange(0, 2)
    return judged_lot(trim=trim, trim_from=2 * trim + R.randrange(1, 4))


def ranking(method):
    bids, judges = R.randrange(1, 7), R.randrange(1, 8)
    facts = lot([100] * bids, {}, {"method": method})
    facts["marks"] = [{"bid": b + 1, "by": j + 1, "criterion": "place", "value": R.randrange(1, bids + 1)} for j in range(judges) for b in range(bids)]
    return facts


def performance():
    bids, judges, weights = R.randrange(1, 6), R.randrange(1, 5), some_weights(R.randrange(2, 5))
    marks = {"c%d" % k: [[F(R.randrange(0, w * 100 + 1), 100) for _ in range(judges)] for _ in range(bids)] for k, w in enumerate(weights)}
    return lot([100] * bids, marks, {"indicators": [{"code": "c%d" % k, "name": name("i"), "group": "output", "points": str(w)}
                                                    for k, w in enumerate(weights)]})


def topsis():
    bids = R.randrange(1, 6)
    kinds = ["benefit", R.choice(["benefit", "cost"]), "cost"]
    criteria = [{"code": c, "name": name(c), "kind": k, "source": "price" if c == "price" else "marks", "weight": "%d%%" % w}
                for c, k, w in zip(("a", "b", "price"), kinds, some_weights(3))]
    return lot([R.randrange(1, 10**6) for _ in range(bids)], {c: [[F(R.randrange(1, 101))] for _ in range(bids)] for c in "ab"}, {"criteria": criteria})


def quadratic():
    bids, people = R.randrange(1, 6), R.randrange(1, 20)
    ballots = [{"voter": v + 1, "weight": 1, "area": "", "source": "online",
                "choices": [{"bid": b + 1, "rank": 1, "value": R.randrange(1, 10**5)} for b in sorted(R.sample(range(bids), R.randrange(1, bids + 1)))]}
               for v in range(people)]
    facts = lot([0] * bids, {}, {}, ballots=ballots)
    facts["tender"]["budget"] = money(R.randrange(1, 10**7))
    return facts


LOTS = {
    "lowest_price": lambda: lot([R.randrange(1, 30) for _ in range(R.randrange(1, 7))], {}, {}),
    "comprehensive_score": priced, "two_stage_quote": priced, "qcbs": two_shares, "rated_criteria": two_shares,
    "fixed_budget": lambda: judged_lot(minimum="0"), "least_cost": lambda: judged_lot(minimum="0"), "quality_based": lambda: judged_lot(minimum="0"),
    "contest": contest, "ranking by Borda": lambda: ranking("borda"), "ranking by Schulze": lambda: ranking("schulze"),
    "performance": performance, "ahp_topsis": topsis, "quadratic_match": quadratic,
}
SLOW = ("ahp_topsis", "quadratic_match")  # asked in a child each


def ranks_of(answer, n):
    return [(answer[b].get("rank", 0), F(answer[b]["total"]), answer[b].get("grant", "0.00")) for b in range(1, n + 1)]


# ---- promises ----------------------------------------------------------------------------------------------------

def permuted(title):
    """The same bids in another order: the same results, each with its bid."""
    scheme, facts = title.split()[0], LOTS[title]()
    n = len(facts["bids"])
    order = R.sample(range(1, n + 1), n)
    turned = json.loads(json.dumps(facts))
    for row in turned["bids"]:
        row["key"] = order[row["key"] - 1]
    for row in turned["marks"] + [c for b in turned.get("ballots", []) for c in b["choices"]]:
        row["bid"] = order[row["bid"] - 1]
    for rows in turned["bids"], turned["marks"], turned.get("ballots", []):
        R.shuffle(rows)
    before, after = ranks_of(ask(scheme, facts)[0], n), ranks_of(ask(scheme, turned)[0], n)
    if [after[order[b] - 1] for b in range(n)] != before:
        raise AssertionError(json.dumps([facts, turned, before, after], default=str))


def sums(title):
    """Parts make the total, nothing is granted beyond the budget, ranks follow totals where points rank."""
    scheme, facts = title.split()[0], LOTS[title]()
    answer, _ = ask(scheme, facts)
    for r in answer.values():
        assert sum(F(p["points"]) for p in r.get("parts", [])) == F(r["total"]), json.dumps([facts, r])
    assert sum(F(r.get("grant", "0")) for r in answer.values()) <= F(facts["tender"]["budget"]), json.dumps(facts)


def most_of(facts, mark):
    for c in facts["options"].get("criteria", []):
        if c["code"] == mark["criterion"]:
            return F(c.get("max", "100"))
    return F([i for i in facts["options"]["indicators"] if i["code"] == mark["criterion"]][0]["points"])


def better(title):
    """A better mark of one's own, and a lower price, never lower one's rank."""
    scheme, facts = title.split()[0], LOTS[title]()
    rank = lambda answer, b: answer[b].get("rank", 0) or 10**6  # noqa: E731
    b = R.randrange(1, len(facts["bids"]) + 1)
    before, _ = ask(scheme, facts)
    own = [m for m in facts["marks"] if m["bid"] == b]
    if own:
        mark = R.choice(own)
        if mark["criterion"] == "place":
            mark["value"] = R.randrange(1, mark["value"] + 1)
        else:
            cost = any(c["code"] == mark["criterion"] and c.get("kind") == "cost" for c in facts["options"].get("criteria", []))
            was, most = F(mark["value"]), most_of(facts, mark)
            mark["value"] = points(F(int(was * R.randrange(0, 101)), 100) if cost else was + F(int((most - was) * R.randrange(0, 101)), 100))
    else:
        bid = facts["bids"][b - 1]
        bid["price"] = money(max(1, int(F(bid["price"]) * R.randrange(0, 101))))
    after, _ = ask(scheme, facts)
    if rank(after, b) > rank(before, b):
        raise AssertionError("bid %d falls from %s to %s: %s" % (b, before[b], after[b], json.dumps(facts)))


def loser_added(scheme, facts):
    """Asks most, gets least, comes last in every order."""
    n = len(facts["bids"])
    facts = json.loads(json.dumps(facts))
    most = max(int(F(b["price"]) * 100) for b in facts["bids"])
    facts["bids"].append(dict(facts["bids"][0], key=n + 1, bidder=n + 1, number=n + 1, price=money(most + 1)))
    for c, j in sorted({(m["criterion"], m["by"]) for m in facts["marks"]}):
        facts["marks"].append({"bid": n + 1, "by": j, "criterion": c, "value": n + 1 if c == "place" else "0"})
    return facts


def loser(title):
    """Who loses in everything changes nothing among the others."""
    scheme, facts = title.split()[0], LOTS[title]()
    n = len(facts["bids"])
    order = lambda answer: [answer[b].get("rank", 0) for b in range(1, n + 1)]  # noqa: E731
    before, after = ask(scheme, facts)[0], ask(scheme, loser_added(scheme, facts))[0]
    if order(before) != order(after):
        raise AssertionError("%s and then %s: %s" % (order(before), order(after), json.dumps(facts)))


# ---- marks that cannot stand -----------------------------------------------------------------------------------------

def codes_of(result):
    return [w["code"] for w in result.get("why", [])] + [w["code"] for p in result.get("parts", []) for w in p["why"]]


def said(title, facts, bid, code, waits=True):
    result = ask(title.split()[0], facts)[0][bid]
    if code not in codes_of(result) or (result["standing"] == "explain") != waits:
        raise AssertionError("%s of bid %d: %s in %s" % (code, bid, json.dumps(result), json.dumps(facts)))
    return result


def unfit(title):
    """Marks missing, out of range, by a member with an interest, differing where they must not: found, said, and the bid waits."""
    facts = LOTS[title]()
    facts["options"]["minimum"] = "0"
    if title.split()[0] not in ("qcbs", "rated_criteria", "fixed_budget", "least_cost", "quality_based"):
        del facts["options"]["minimum"]
    mark = R.choice(facts["marks"])
    bid, criterion, place = mark["bid"], mark["criterion"], mark["criterion"] == "place"
    missing, wrong, interest, differ = (json.loads(json.dumps(facts)) for _ in range(4))
    missing["marks"] = [m for m in facts["marks"] if (m["bid"], m["criterion"]) != (bid, criterion)]
    if not place or missing["marks"]:
        said(title, missing, bid, "no_place" if place else "no_marks")
    for m in wrong["marks"]:
        if m == mark:
            m["value"] = len(facts["bids"]) + 1 if place else "100.01"
    said(title, wrong, bid, "place_range" if place else "mark_range")
    interest["checks"] = [{"bid": bid, "by": mark["by"], "rule": "conflict", "role": "evaluator", "passed": True}]
    said(title, interest, bid, "conflict")
    judged = [c for c in differ["options"].get("criteria", []) if c["code"] == criterion]
    if not judged or title in ("ahp_topsis", "contest"):  # which know no objective criteria
        return
    judged[0]["objective"] = True
    for m in differ["marks"]:
        if m["criterion"] == criterion:
            m["value"] = "0"
    differ["marks"].append({"bid": bid, "by": 99, "criterion": criterion, "value": "1"})
    said(title, differ, bid, "members_differ")


def outlier():
    """Who stands out is shown, and counts."""
    facts = priced()
    code, bid = facts["options"]["criteria"][0]["code"], 1
    facts["options"]["criteria"][0]["max"] = "100"
    facts["marks"] = [m for m in facts["marks"] if (m["bid"], m["criterion"]) != (bid, code)]
    facts["marks"] += [{"bid": bid, "by": j, "criterion": code, "value": v} for j, v in ((1, "90"), (2, "90"), (3, "20"))]
    without = ask("comprehensive_score", facts)[0][bid]
    facts["options"]["outlier"] = "30%"
    assert said("comprehensive_score", facts, bid, "outlier", False)["total"] == without["total"]


# ---- where a rule breaks a promise: the smallest example ------------------------------------------------------------

def order_of(answer, bids):
    return [answer[b].get("rank", 0) for b in bids]


def turned(scheme, make, a, b, c):
    """Is a before b, and b before a when c comes last?  Then the totals; else None."""
    two, three = ask(scheme, make([a, b]))[0], ask(scheme, make([a, b, c]))[0]
    if order_of(two, (1, 2)) != [1, 2] or order_of(three, (1, 2, 3)) != [2, 1, 3]:
        return None
    return [a, b, c], [F(two[k]["total"]) for k in (1, 2)], [F(three[k]["total"]) for k in (1, 2, 3)]


def hundredths(*texts):
    return [F(t) for t in texts]


def smallest_price():
    """Half for the price, half for one mark out of 100, in tens: the smallest sum of prices, then of marks."""
    def make(rows):
        return lot([p * 100 for p, _ in rows], {"c0": [[F(m)] for _, m in rows]},
                   {"price_weight": "50%", "criteria": [{"code": "c0", "name": name("c"), "weight": "50%"}]})

    def may_be(a, b, c):
        total = lambda x, low: F(low, x[0]) * 50 + F(x[1], 2)  # noqa: E731
        low2, low3 = min(a[0], b[0]), min(a[0], b[0], c[0])
        return total(a, low2) > total(b, low2) and total(b, low3) > total(a, low3) > total(c, low3)
    for most in range(3, 12):
        for prices in itertools.product(range(1, most - 1), repeat=3):
            for marks in sorted(itertools.product(range(0, 101, 10), repeat=3), key=sum) if sum(prices) == most else []:
                found = may_be(*zip(prices, marks)) and turned("comprehensive_score", make, *zip(prices, marks))
                if found:
                    return found
    return None


def smallest_topsis():
    """Two benefits of equal weight, whole numbers from 1 to 5: the smallest sum."""
    def make(rows):
        criteria = [{"code": c, "name": name(c), "source": "marks", "weight": "50%"} for c in "ab"]
        return lot([100] * len(rows), {c: [[F(r[k])] for r in rows] for k, c in enumerate("ab")}, {"criteria": criteria})

    def closeness(rows):  # only to find what may be one
        columns = list(zip(*rows))
        v = [[x / sum(y * y for y in col)**.5 for x, col in zip(row, columns)] for row in rows]
        far = lambda row, to: sum((x - t)**2 for x, t in zip(row, to))**.5  # noqa: E731
        best, worst = [max(c) for c in zip(*v)], [min(c) for c in zip(*v)]
        return [far(r, worst) / (far(r, worst) + far(r, best) or 1) for r in v]

    def may_be(a, b, c):
        two, three = closeness([a, b]), closeness([a, b, c])
        return two[0] > two[1] + 1e-9 and three[1] > three[0] + 1e-9 and three[0] > three[2] + 1e-9
    pairs = list(itertools.product(range(1, 6), repeat=2))
    for rows in sorted(itertools.product(pairs, repeat=3), key=lambda rows: (sum(map(sum, rows)), rows)):
        found = may_be(*rows) and turned("ahp_topsis", make, *rows)
        if found:
            return found
    return None


def smallest_borda():
    """The fewest orders of three that put B first, although A is before B in most and C is last."""
    orders = list(itertools.permutations((1, 2, 3)))

    def make(profile, bids):
        facts = lot([100] * bids, {}, {"method": "borda"})
        facts["marks"] = [{"bid": b, "by": j + 1, "criterion": "place", "value": [x for x in o if x <= bids].index(b) + 1}
                          for b in range(1, bids + 1) for j, o in enumerate(profile)]
        return facts
    for judges in range(2, 7):
        for profile in itertools.combinations_with_replacement(orders, judges):
            two, three = ask("ranking", make(profile, 2))[0], ask("ranking", make(profile, 3))[0]
            if order_of(two, (1, 2)) == [1, 2] and order_of(three, (1, 2, 3)) == [2, 1, 3]:
                return ["".join("ABC"[b - 1] for b in o) for o in profile]
    return None


def told(found, expected):
    assert found == expected, "docs/schemes.md tells %s, and the search finds %s" % (expected, found)


TESTS = []
for each in LOTS:
    share = 0.2 if each in SLOW else 1
    TESTS.append(("%s: the order of bids does not matter" % each, lambda t=each: permuted(t), share))
    TESTS.append(("%s: the parts make the total, and fit the budget" % each, lambda t=each: sums(t), share))
    if each != "quadratic_match":
        TESTS.append(("%s: better never lowers a rank" % each, lambda t=each: better(t), share))
    if each not in ("lowest_price", "quadratic_match"):
        TESTS.append(("%s: marks that cannot stand are found and said" % each, lambda t=each: unfit(t), share))
    if each not in ("ahp_topsis", "quadratic_match"):
        TESTS.append(("%s: who loses in everything changes nothing" % each, lambda t=each: loser(t), share))

TESTS += [
    ("comprehensive_score: a member who stands out is shown and counts", outlier, 0.2),
    ("a third bid turns relative prices round: the smallest example", lambda: told(
        smallest_price(), ([(2, 60), (3, 80), (1, 0)], hundredths("80", "73.33"), hundredths("55", "56.67", "50"))), 1.01 / COUNT),
    ("a third bid turns TOPSIS round: the smallest example", lambda: told(
        smallest_topsis(), ([(2, 2), (1, 3), (2, 1)], hundredths("61.72", "38.28"), hundredths("61.52", "61.59", "38.41"))), 1.01 / COUNT),
    ("a third bid turns Borda round: the smallest example", lambda: told(smallest_borda(), ["ABC", "ABC", "ABC", "BCA", "BCA"]), 1.01 / COUNT),
]

if __name__ == "__main__":
    main(TESTS)
