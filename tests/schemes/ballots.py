#!/usr/bin/env python3
"""participatory_budget against a plain count in fractions, on seeded random votes, and the properties its rules promise.

Usage: ballots.py SCHEME_ASK PLUGIN_DIR [INSTANCES].  Prints TAP.  Every rule, kind of ballot, utility, completion and tie rule
is written here a second time, without intervals, kinds of ballots or purses: a fraction for each voter.
"""
from fractions import Fraction as F

from exact import R, ask, half_up, main, money

TIES = ["low_cost", "high_cost", "votes"]


# ---- a vote ------------------------------------------------------------------------------------------------

class Vote:
    """costs and the budget in fen; ballots: lists of (project, value) in the voter's order."""

    def __init__(self, budget, costs, voters, options):
        self.budget, self.costs, self.ballots, self.options = budget, costs, voters, options
        self.numbers = list(range(1, len(costs) + 1))
        R.shuffle(self.numbers)
        self.drawn = None

    def facts(self):
        choices, listed = [], []
        for i, b in enumerate(self.ballots):
            listed.append({"voter": i + 1, "weight": 1,
                           "choices": [{"bid": p + 1, "rank": k + 1, "value": v} for k, (p, v) in enumerate(b)]})
        facts = {
            "linli": "facts/1", "now": "2026-11-22T09:00:00+08:00", "options": self.options,
            "tender": {"currency": "CNY", "budget": money(self.budget), "category": "public_good", "regime": "charity", "lot": 1, "lots": 1},
            "bids": [{"key": i + 1, "bidder": i + 1, "number": self.numbers[i], "round": 1, "open": True, "priced": True, "price": money(c)}
                     for i, c in enumerate(self.costs)],
            "ballots": listed,
        }
        if self.drawn:
            facts["draws"] = [{"purpose": "ties", "keys": [p + 1 for p in self.drawn]}]
        return facts

    def given(self, kind=None):
        """{project: value} for each voter."""
        kind = kind or self.options.get("ballots", "approval")
        if self.options["rule"] == "phragmen":
            kind = "approval"
        if kind == "ordinal":
            out = [{p: len(b) - 1 - i for i, (p, _) in enumerate(b)} for b in self.ballots]
        else:
            out = [{p: v if kind in ("cumulative", "scoring") else 1 for p, v in b} for b in self.ballots]
        return [{p: v for p, v in b.items() if v > 0} for b in out]

    def tie(self, votes):
        """The key by which equals are put in order."""
        rules = self.options["ties"]
        key = {"low_cost": lambda p: self.costs[p], "high_cost": lambda p: -self.costs[p], "votes": lambda p: -votes[p],
               "number": lambda p: self.numbers[p], "draw": lambda p: self.drawn.index(p)}
        return lambda p: [key[r](p) for r in rules]


# ---- the rules, plainly ------------------------------------------------------------------------------------

def support(vote):
    given = vote.given()
    n = range(len(vote.costs))
    votes = [sum(p in b for b in given) for p in n]
    score = [sum(b.get(p, 0) for b in given) for p in n]
    return given, votes, score


def greedily(vote, left, projects, per_cost, stop):
    _, votes, score = support(vote)
    tie = vote.tie(votes)
    order = sorted(projects, key=lambda p: ([-F(score[p], max(vote.costs[p], 1)) if per_cost else -score[p]] + tie(p)))
    taken = []
    for p in order:
        if vote.costs[p] <= left:
            left -= vote.costs[p]
            taken.append(p)
        elif stop and vote.costs[p] <= vote.budget:
            break
    return order, taken


def by_load(vote, left, projects, stop):
    """Projects in the order they are bought, and what each of their supporters carries then."""
    given, votes, _ = support(vote)
    tie = vote.tie(votes)
    load = [F(0)] * len(given)
    rest, bought = set(projects), []
    while rest:
        would = {p: (vote.costs[p] + sum(load[v] for v, b in enumerate(given) if p in b)) / F(votes[p]) for p in rest}
        least = min(would.values())
        turn = [p for p in rest if would[p] == least]
        if stop and any(vote.costs[p] > left for p in turn):
            break
        p = min(turn, key=tie)
        rest.discard(p)
        if vote.costs[p] > left:
            continue
        left -= vote.costs[p]
        bought.append((p, least))
        for v, b in enumerate(given):
            if p in b:
                load[v] = least
    return bought


def pays(money_of, given, cost, number=F):
    """The least payment for each point at which those behind the project reach its cost; None: they never do."""
    behind = sorted(((money_of[v] / value, v, value) for v, value in given), key=lambda t: t[0])
    rest, points = number(cost), number(sum(value for _, value in given))
    if sum(money_of[v] for v, _ in given) < cost:
        return None
    for most, v, value in behind:
        if most * points >= rest:
            return rest / points
        rest -= money_of[v]
        points -= value
    return None


def equal_shares(vote, share, projects, number=F):
    given, votes, _ = support(vote)
    tie = vote.tie(votes)
    have = [number(share)] * len(given)
    utility = vote.options["utility"]
    use = {p: {"cost": number(vote.costs[p]), "cardinality": number(1), "effort": number(vote.costs[p]) / max(votes[p], 1)}[utility] for p in projects}
    rest, bought = set(projects), []
    while True:
        asked = {}
        for p in rest:
            rate = pays(have, [(v, b[p]) for v, b in enumerate(given) if p in b], vote.costs[p], number)
            if rate is not None:
                asked[p] = rate
        if not asked:
            return bought, have
        least = min(asked[p] / use[p] for p in asked)
        p = min((p for p in asked if asked[p] / use[p] == least), key=tie)
        rest.discard(p)
        bought.append((p, asked[p]))
        for v, b in enumerate(given):
            if p in b:
                have[v] = max(number(0), have[v] - asked[p] * b[p])


def preferred(vote, funded_by_shares):
    """What is funded once both outcomes are compared; None: equal shares stand."""
    given = vote.given()
    by_votes = set(greedily(vote, vote.budget, alive(vote), False, vote.options["fit"] == "stop")[1])
    gets = lambda b, funded: sum(v for p, v in b.items() if p in funded)
    better = [(gets(b, by_votes) > gets(b, funded_by_shares)) - (gets(b, by_votes) < gets(b, funded_by_shares)) for b in given]
    return by_votes if sum(better) > 0 else None


def completed(vote, projects):
    """What equal shares come to with the completion asked for: [(project, payment)], the rest, what voters have left."""
    o, n = vote.options, len(vote.ballots)
    completion, step = o["completion"], 0
    outcome = equal_shares(vote, F(vote.budget, n), projects)
    spent = lambda out: sum(vote.costs[p] for p, _ in out[0])
    while completion in ("add1", "add1u"):
        if len(outcome[0]) == len(projects):
            break
        if o["reading"] == "first_exhaustive" and not any(vote.costs[p] <= vote.budget - spent(outcome) for p in projects
                                                          if p not in [q for q, _ in outcome[0]]):
            break
        step += 1
        further = equal_shares(vote, F(vote.budget, n) + step * int(F(o["increment"]) * 100), projects)
        if spent(further) > vote.budget:
            break
        outcome = further
    left, others = vote.budget - spent(outcome), [p for p in projects if p not in [q for q, _ in outcome[0]]]
    if completion in ("votes", "add1u"):
        return outcome, greedily(vote, left, others, False, False)[1]
    if completion == "phragmen":
        return outcome, [p for p, _ in by_load(vote, left, others, o["fit"] == "stop")]
    return outcome, []


# ---- random votes ------------------------------------------------------------------------------------------

def some_vote(rule, ballots=None, voters=None):
    n, kind = R.randrange(1, 8), ballots or R.choice(["approval", "approval", "cumulative", "scoring", "ordinal"])
    scale = R.choice([1, 100, 10007])
    costs = [R.randrange(1, 10) * scale for _ in range(n)]
    listed = []
    for _ in range(voters if voters is not None else R.randrange(1, 9)):
        named = R.sample(range(n), R.randrange(0, n + 1))
        listed.append([(p, R.randrange(1, 5) if kind in ("cumulative", "scoring") else 1) for p in named])
    ties = R.sample(TIES, R.randrange(0, 4)) + ["number"]
    options = {"rule": rule, "ballots": kind, "points": 50, "fit": R.choice(["skip", "stop"]), "ties": ties}
    if rule == "equal_shares":
        options.update(utility=R.choice(["cost", "cardinality", "effort"]), completion=R.choice(["none", "votes", "phragmen", "add1", "add1u"]),
                       reading=R.choice(["last_within_budget", "first_exhaustive"]), increment=money(max(1, scale // R.choice([1, 3, 10]))), compare=R.random() < 0.2)
    vote = Vote(R.randrange(1, 30) * scale + R.choice([0, 0, 1]), costs, listed, options)
    if R.random() < 0.3:
        vote.options["ties"] = ties[:-1] + ["draw"]
        vote.drawn = R.sample(range(n), n)
    return vote


def said(result, code):
    return next((line for line in result.get("why", []) if line["code"] == code), None)


def funded(items):
    return {b - 1 for b, r in items.items() if "grant" in r}


def check(vote, want, say):
    assert want == say, "%s\n%s where %s is right" % (vote.facts(), say, want)


def alive(vote):
    _, votes, _ = support(vote)
    return [p for p in range(len(vote.costs)) if votes[p] > 0]


def one_greedy():
    per_cost = R.random() < 0.5
    vote = some_vote("votes_per_cost" if per_cost else "votes")
    items, _ = ask("participatory_budget", vote.facts())
    order, taken = greedily(vote, vote.budget, alive(vote), per_cost, vote.options["fit"] == "stop")
    check(vote, set(taken), funded(items))
    check(vote, [i + 1 for i, _ in enumerate(order)], [items[p + 1]["rank"] for p in order])


def one_phragmen():
    vote = some_vote("phragmen")
    items, _ = ask("participatory_budget", vote.facts())
    bought = by_load(vote, vote.budget, [p for p in alive(vote) if vote.costs[p] <= vote.budget], vote.options["fit"] == "stop")
    check(vote, {p for p, _ in bought}, funded(items))
    for i, (p, load) in enumerate(bought):
        check(vote, (i + 1, half_up(load / 100, 2)), (items[p + 1]["rank"], F(said(items[p + 1], "loaded")["args"][3]["money"])))


def one_shares(kind=None, completion=None):
    vote = some_vote("equal_shares", kind)
    if completion:
        vote.options["completion"] = completion
    items, answer = ask("participatory_budget", vote.facts())
    given, votes, _ = support(vote)
    if any(line["code"] == "too_long" for line in answer["why"]):
        return
    (bought, have), rest = completed(vote, [p for p in alive(vote) if vote.costs[p] <= vote.budget])
    instead = preferred(vote, {p for p, _ in bought} | set(rest)) if vote.options["compare"] else None
    check(vote, {p for p, _ in bought} | set(rest) if instead is None else instead, funded(items))
    if instead is not None:
        return
    for i, (p, rate) in enumerate(bought):
        line = said(items[p + 1], "chosen") or said(items[p + 1], "chosen_points")
        check(vote, (i + 1, half_up(rate / 100, 2)), (items[p + 1]["rank"], F(line["args"][3]["money"])))
    for p in range(len(vote.costs)):
        line = said(items[p + 1], "short")
        if line:
            left = sum(have[v] for v, b in enumerate(given) if p in b)
            check(vote, F(left.__floor__(), 100), F(line["args"][0]["money"]))


# ---- what the rules promise --------------------------------------------------------------------------------

RULES = ["votes", "votes_per_cost", "phragmen", "equal_shares"]


def within():
    vote = some_vote(R.choice(RULES))
    items, answer = ask("participatory_budget", vote.facts())
    assert sum(F(r.get("grant", "0")) for r in items.values()) * 100 <= vote.budget
    for r in items.values():
        assert sum(F(p["points"]) for p in r["parts"]) == F(r["total"])
        assert r["why"] or answer.get("draws"), "every project is told why"


def permuted():
    """Neither the keys of the projects nor the order of the ballots means anything."""
    vote = some_vote(R.choice(RULES))
    before, _ = ask("participatory_budget", vote.facts())
    n = len(vote.costs)
    to = R.sample(range(n), n)
    costs, numbers = [0] * n, [0] * n
    for p in range(n):
        costs[to[p]], numbers[to[p]] = vote.costs[p], vote.numbers[p]
    ballots = [[(to[p], v) for p, v in b] for b in vote.ballots]
    R.shuffle(ballots)
    other = Vote(vote.budget, costs, ballots, dict(vote.options))
    other.numbers = numbers
    other.drawn = [to[p] for p in vote.drawn] if vote.drawn else None
    after, _ = ask("participatory_budget", other.facts())
    for p in range(n):
        check(vote, (before[p + 1]["rank"], before[p + 1].get("grant")), (after[to[p] + 1]["rank"], after[to[p] + 1].get("grant")))


def another_vote():
    """By votes and by votes per cost, one more vote for a funded project never costs it its money."""
    vote = some_vote(R.choice(RULES[:2]), "approval")
    vote.options["fit"] = "skip"
    before, _ = ask("participatory_budget", vote.facts())
    for p in funded(before):
        other = Vote(vote.budget, vote.costs, vote.ballots + [[(p, 1)]], dict(vote.options))
        other.numbers, other.drawn = vote.numbers, vote.drawn
        after, _ = ask("participatory_budget", other.facts())
        assert p in funded(after), vote.facts()


def a_loser():
    """By votes and by votes per cost, a project that nobody wants changes nothing among the others."""
    vote = some_vote(R.choice(RULES[:2]))
    before, _ = ask("participatory_budget", vote.facts())
    other = Vote(vote.budget, vote.costs + [1], vote.ballots, dict(vote.options))
    other.numbers = vote.numbers + [99]
    other.drawn = [len(vote.costs)] + vote.drawn if vote.drawn else None
    after, _ = ask("participatory_budget", other.facts())
    for p in range(len(vote.costs)):
        check(vote, (before[p + 1]["rank"], before[p + 1].get("grant")), (after[p + 1]["rank"], after[p + 1].get("grant")))


def unfunded():
    """What is not funded changes nothing among the others: without one of them the same are funded in the same order.  Not so where
    places are counted, a list is ended, or shares are raised until nothing more can be paid."""
    vote = some_vote(R.choice(RULES), R.choice(["approval", "cumulative", "scoring"]))
    vote.options.update(fit="skip")
    if vote.options["rule"] == "equal_shares":
        vote.options.update(completion="none", compare=False)
    before, _ = ask("participatory_budget", vote.facts())
    others = set(range(len(vote.costs))) - funded(before)
    if not others or len(vote.costs) == 1:
        return
    gone = R.choice(sorted(others))
    left = [p for p in range(len(vote.costs)) if p != gone]
    at = {p: i for i, p in enumerate(left)}
    other = Vote(vote.budget, [vote.costs[p] for p in left], [[(at[p], v) for p, v in b if p != gone] for b in vote.ballots], dict(vote.options))
    other.numbers = [vote.numbers[p] for p in left]
    other.drawn = [at[p] for p in vote.drawn if p != gone] if vote.drawn else None
    after, _ = ask("participatory_budget", other.facts())
    order = lambda items, of: [p for _, p in sorted((items[of(p) + 1]["rank"], p) for p in left if "grant" in items[of(p) + 1])]
    check(vote, order(before, lambda p: p), order(after, lambda p: at[p]))


def names():
    """The two short names ask the same scheme."""
    for short, rule in (("equal_shares", "equal_shares"), ("most_votes", "votes")):
        vote = some_vote(rule)
        full, _ = ask("participatory_budget", vote.facts())
        del vote.options["rule"]
        facts = vote.facts()
        vote.options["rule"] = rule
        brief, _ = ask(short, facts)
        assert full == brief


def floating():
    """Where binary floating point counts another set; the first such vote found stands in cases/exact.case."""
    while True:
        vote = some_vote("equal_shares", "approval")
        vote.options.update(completion="none", utility="cost", compare=False)
        projects = [p for p in alive(vote) if vote.costs[p] <= vote.budget]
        exact = {p for p, _ in equal_shares(vote, F(vote.budget, len(vote.ballots)), projects)[0]}
        rough = {p for p, _ in equal_shares(vote, vote.budget / len(vote.ballots), projects, float)[0]}
        if exact != rough:
            break
    items, _ = ask("participatory_budget", vote.facts())
    check(vote, exact, funded(items))


TESTS = [
    ("by votes and by votes per cost", one_greedy, 2),
    ("sequential Phragmen", one_phragmen, 2),
    ("equal shares, approval, no completion", lambda: one_shares("approval", "none"), 1),
    ("equal shares, points and places, no completion", lambda: one_shares(None, "none"), 2),
    ("equal shares, every completion", one_shares, 1),
    ("no more than the budget, parts and reasons", within, 1),
    ("permuting projects and ballots", permuted, 1),
    ("one more vote", another_vote, 0.2),
    ("a project nobody wants", a_loser, 0.5),
    ("without one that is not funded", unfunded, 1),
    ("equal_shares and most_votes are names of it", names, 0.1),
    ("where floating point funds another set", floating, 0.1),
]

main(TESTS)
