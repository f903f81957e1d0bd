"""The forecast's replications once more, in plain numpy: what the planner's speed is compared with, and a second
opinion on its figures, written from the model's contract and sharing no line of code with it.

    python3 benches/numpy_model.py scenarios/oxfordshire-2017-07.ron [--replications N] [--against PLANNER]

Runs all replications side by side, one array operation for each step of a day. With --against, runs the planner on the
same file too and holds both against each other: chance of each target, and each month's mean and percentiles. Needs numpy.
"""

import argparse
import datetime
import json
import re
import subprocess
import sys
import time

import numpy

TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*|[-+0-9.]+|[()\[\]{}:,])')


def read(text):
    """A scenario file as dictionaries and lists. Variants with content become {name: content}."""
    tokens = TOKEN.findall(text)
    at = 0

    def peek(ahead=0):
        return tokens[at + ahead]

    def take():
        nonlocal at
        at += 1
        return tokens[at - 1]

    def members(end, member):
        found = []
        while peek() != end:
            found.append(member())
            if peek() == ",":
                take()
        take()
        return found

    def pair():
        key = take()
        take()  # the colon
        return key.strip('"'), value()

    def in_brackets():
        take()
        if peek() != ")" and peek(1) == ":" and not peek().startswith('"'):
            return dict(members(")", pair))
        content = members(")", value)
        return content[0] if len(content) == 1 else content

    def value():
        token = peek()
        if token == "(":
            return in_brackets()
        if token == "[":
            take()
            return members("]", value)
        if token == "{":
            take()
            return dict(members("}", pair))
        take()
        if token.startswith('"'):
            return json.loads(token)
        if token in ("true", "false"):
            return token == "true"
        if peek() == "(":
            return {token: in_brackets()}
        return token

    return value()


def figure(of, otherwise=0.0):
    """The number in a figure with its source."""
    return float(of["value"]) if of else otherwise


def first_day(financial_year):
    return datetime.date(int(financial_year[:4]), 4, 1)


def pert(draw, value, size):
    low, central, high = (float(value[part]) for part in ("low", "central", "high"))
    if low == high:
        return numpy.full(size, low)
    rise = 4 * (central - low) / (high - low)
    return low + (high - low) * draw.beta(1 + rise, 5 - rise, size)


class Plan:
    """What a day needs, read from the scenario."""

    def __init__(self, scenario):
        years = sorted(scenario["fund"]["grant"])
        self.start = first_day(years[0])
        self.years = [(year, first_day(year), first_day(f"{int(year[:4]) + 1}/00")) for year in years]
        self.days = (self.years[-1][2] - self.start).days
        dates = [self.start + datetime.timedelta(day) for day in range(self.days)]
        self.weekend = [date.weekday() >= 5 for date in dates]
        self.season = [(date.month - 4) % 12 for date in dates]
        self.month = [f"{date.year}-{date.month:02}" for date in dates]
        self.scenario = scenario

    def reached(self, scheme, name):
        """The day of a milestone: its own, or that of one that it follows if that is later."""
        milestones = {milestone["id"]: milestone for milestone in scheme.get("milestones", [])}
        days = []
        while name is not None:
            days.append(datetime.date.fromisoformat(milestones[name]["due"]["value"]))
            name = milestones[name].get("after")
        return max(days)

    def starts(self, scheme, effect):
        (kind, start), = effect["start"].items()
        return datetime.date.fromisoformat(start["value"]) if kind == "On" else self.reached(scheme, start)

    def strength(self, scheme, effect, late):
        """Multiples of the effect's money in force, by day and replication; `late` in days, one for each replication."""
        starts, per = self.starts(scheme, effect), figure(effect["per"])
        up, down = (int(effect[days]["value"]) for days in ("ramp_days", "fade_days"))
        if "whole_after" in effect:
            up += max((self.reached(scheme, effect["whole_after"]) - starts).days, 0)
        begins = (starts - self.start).days + late
        ends = renewed = numpy.zeros(late.size)
        if "renewal" in effect:
            renewal = effect["renewal"]
            ends = (datetime.date.fromisoformat(renewal["ends"]["value"]) - self.start).days + 1 + 0 * late
            renewed = (self.reached(scheme, renewal["with"]) - self.start).days + late
        strength = numpy.zeros((self.days, late.size))
        now, origin, target, since = (numpy.zeros(late.size) for _ in range(4))
        for year, first, after in self.years:
            if after <= starts:
                continue
            money = figure(scheme["allocations"].get(year))
            runs = (after - max(first, starts)).days
            aim = money * (after - first).days / runs / per
            opens = (first - self.start).days
            for day in range(opens, (after - self.start).days):
                runs_now = (day >= begins) & ~((day >= ends) & (day < renewed))
                turns = (target != aim * runs_now) | (day == opens)
                origin, since = numpy.where(turns, now, origin), numpy.where(turns, day, since)
                target = aim * runs_now
                over = numpy.where(target > origin, up, down)
                share = numpy.where(over > 0, numpy.clip((day - since) / numpy.maximum(over, 1), 0, 1), 1.0)
                strength[day] = origin + (target - origin) * share
                tomorrow = numpy.where(over > 0, numpy.clip((day + 1 - since) / numpy.maximum(over, 1), 0, 1), 1.0)
                now = origin + (target - origin) * tomorrow
        return strength

    def changes(self, draw, pathway, size, luck):
        """Places added, and the share that is left of everything else, by day and replication."""
        changes = {}
        for at, scheme in enumerate(self.scenario["schemes"]):
            for effect in scheme.get("effects", []):
                if effect["pathway"] != pathway:
                    continue
                late, delivered = luck[at]
                strength = self.strength(scheme, effect, late)
                most, drawn = figure(effect["most"]), pert(draw, effect["size"]["value"], size)
                if effect["change"] == "Places":
                    amount = numpy.minimum(drawn * delivered * strength, most)
                    changes["Places"] = changes.get("Places", 0.0) + amount
                else:
                    left = numpy.maximum((1 - numpy.minimum(drawn, 1)) ** (strength * delivered), 1 - min(most, 1))
                    changes[effect["change"]] = changes.get(effect["change"], 1.0) * left
        return changes

    def luck(self, draw, size):
        """How late each scheme starts and how much of it comes."""
        for scheme in self.scenario["schemes"]:
            risk = scheme.get("delivery_risk")
            if risk is None:
                yield numpy.zeros(size), numpy.ones(size)
            else:
                late = numpy.round(numpy.maximum(pert(draw, risk["slip_days"]["value"], size), 0))
                yield late, numpy.clip(pert(draw, risk["delivered"]["value"], size), 0, 1)


def whole(draw, people, size):
    return numpy.floor(people + draw.random(size)).astype(int)


def delayed(plan, draw, pathway, luck, size):
    """People delayed on one pathway at the end of each day, one row a day."""
    changes = plan.changes(draw, pathway["id"], size, luck)

    def left(change, day, nothing=1.0):
        return changes[change][day] if change in changes else nothing

    volatility = pathway.get("volatility")
    drift = numpy.ones(size)
    if volatility:
        spread, kept = figure(volatility["spread"]), numpy.exp(-1 / figure(volatility["persistence_days"]))
        deviate = draw.standard_normal(size)
    seasons = [float(factor) for factor in pathway["seasons"]["value"]] if "seasons" in pathway else [1.0] * 12
    growth = (1 + figure(pathway["growth"])) ** (1 / 365)
    (kind, service), = pathway["kind"].items()
    waiting = whole(draw, figure(pathway["waiting"]), size)
    if kind == "Service":
        cv = figure(service["stay_spread"])
        stages = int(min(max(round(1 / cv**2), 1), 8)) if cv > 0 else 8
        stay, places = figure(service["stay_days"]), figure(service["places"])
        undelivered, gap = 1 - figure(service["delivery"]), 1 - figure(service["weekend"])
        patience = 1 / figure(service["patience_days"]) if "patience_days" in service else 0.0
        full = min(places * (1 - undelivered), figure(pathway["referrals"]) / 7 * stay)
        occupied = whole(draw, figure(service.get("occupied"), full), size)
        stage = [occupied * (at + 1) // stages - occupied * at // stages for at in range(stages)]
        attrition, survival, fraction = figure(service["attrition"]), numpy.ones(size), draw.random(size)
    people = numpy.empty((plan.days, size))
    for day in range(plan.days):
        if volatility:
            if day > 0:
                deviate = kept * deviate + numpy.sqrt(1 - kept**2) * draw.standard_normal(size)
            drift = numpy.exp(spread * deviate - spread**2 / 2)
        referrals = figure(pathway["referrals"]) / 7 * growth**day * seasons[plan.season[day]]
        arrivals = referrals * left("Referrals", day) * drift
        if kind == "Process":
            days = numpy.maximum(figure(service["days"]) * left("Process", day), 1)
            waiting = waiting - draw.binomial(waiting, 1 / days, size) + draw.poisson(arrivals, size)
        else:
            passing = numpy.minimum(stages / (stay * left("Stay", day)), 1)
            for at in range(stages):
                passed = draw.binomial(stage[at], passing, size)
                stage[at] = stage[at] - passed
                if at > 0:
                    stage[at - 1] = stage[at - 1] + passed
            waiting = waiting - draw.binomial(waiting, patience, size) + draw.poisson(arrivals, size)
            if day > 0:
                survival = survival * (1 - attrition * left("Attrition", day)) ** (1 / 365)
            capacity = places * (1 - undelivered * left("Delivery", day)) * survival + left("Places", day, 0.0)
            free = numpy.maximum(numpy.floor(capacity + fraction).astype(int) - sum(stage), 0)
            begin = numpy.minimum(waiting, free)
            if plan.weekend[day]:
                begin = draw.binomial(begin, 1 - gap * left("Weekend", day), size)
            waiting, stage[-1] = waiting - begin, stage[-1] + begin
        people[day] = waiting
    return people


def run(plan, size, seed):
    """Each month's mean of people delayed as published, one row a month."""
    draw = numpy.random.default_rng(seed)
    luck = list(plan.luck(draw, size))
    people = sum(delayed(plan, draw, pathway, luck, size) for pathway in plan.scenario["pathways"])
    names = sorted(set(plan.month))
    month = numpy.array([names.index(name) for name in plan.month])
    means = numpy.array([people[month == at].mean(axis=0) for at in range(len(names))])
    noise = figure(plan.scenario.get("recording"))
    return names, means * numpy.exp(noise * draw.standard_normal(means.shape) - noise**2 / 2)


def compare(names, months, plan, planner, file, size):
    """Prints both programs' figures side by side; false if they differ by more than chance explains."""
    call = [planner, "forecast", file, "--replications", str(size), "--json"]
    began = time.perf_counter()
    theirs = json.loads(subprocess.run(call, check=True, capture_output=True).stdout)
    print(f"planner, the whole command: {time.perf_counter() - began:.3f} s")
    agree = True
    for target in theirs["targets"]:
        own = (months[names.index(target["month"])] <= float(target["at_most"])).mean()
        error = numpy.hypot(target["standard_error"], numpy.sqrt(own * (1 - own) / size))
        agree &= abs(own - target["chance"]) < 4 * error + 1e-9
        print(f"{target['month']}: met in {own:.1%} here, {target['chance']:.1%} there; {error:.2%} standard error")
    worst = 0.0
    for month, own in zip(theirs["months"], months):
        pairs = [(own.mean(), month["expected"])]
        pairs += [(numpy.percentile(own, at), month[f"p{at:02}"]) for at in (5, 10, 50, 90, 95)]
        worst = max(worst, *(abs(here - there) / own.std() for here, there in pairs))
    # A percentile in the tail is known to about 2/√n standard deviations; of 216 figures the worst may be 4 of those.
    bound = 4 * 2.1 * numpy.sqrt(2 / size)
    print(f"months' means and percentiles: at most {worst:.3f} standard deviations apart; {bound:.3f} is chance")
    return agree and worst < bound


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("file")
    arguments.add_argument("--replications", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--against", metavar="PLANNER")
    asked = arguments.parse_args()
    with open(asked.file, encoding="utf-8") as file:
        plan = Plan(read(file.read()))
    began = time.perf_counter()
    names, months = run(plan, asked.replications, asked.seed)
    print(f"numpy {numpy.__version__}: {asked.replications} replications of {plan.days} days, "
          f"{len(plan.scenario['pathways'])} pathways: {time.perf_counter() - began:.3f} s")
    if asked.against and not compare(names, months, plan, asked.against, asked.file, asked.replications):
        sys.exit("the two differ by more than chance")


if __name__ == "__main__":
    main()
