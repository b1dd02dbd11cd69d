"""A trace computed again from its leaves: every node from its children, every leaf against the file it names.

Nothing of the program is used but its JSON (gen/man/explain.md). Decimals have 34 digits, half-even, as decimal128;
an item's value is cut to 30 digits and then rounded as its `rounding` says.
"""
import datetime
import decimal
import unicodedata

from functions import D, PLAIN, cut, rounded, shared
from many import Many
from sources import MISSING, NUMERIC, Wrong, first_day, month_of, need, number_of, told, typed

ZERO = {"money": D(0), "number": D(0), "percent": D(0), "yesno": False}


class Evaluator(Many):
    """One trace. sources, days: what the leaves name; months: the ids in the books of each; seen: operations met, added to."""

    def __init__(self, trace, sources, days, months, seen):
        self.trace, self.sources, self.days, self.months, self.seen = trace, sources, days, months, seen
        self.now = month_of(trace["month"])
        self.items, self.leaves = {}, 0
        self.collect(trace)

    def collect(self, part):
        if isinstance(part, list):
            for each in part:
                self.collect(each)
        elif isinstance(part, dict):
            if "id" in part and "kind" in part:
                need(part["id"] not in self.items, f"item {part['id']} stands twice")
                self.items[part["id"]] = part
            for each in part.values():
                self.collect(each)

    def check(self):
        """Every item there is; raises Wrong."""
        for item in self.items.values():
            try:
                self.item(item)
            except (Wrong, KeyError, decimal.InvalidOperation, ValueError, TypeError, IndexError) as wrong:
                raise Wrong(f"{self.trace['month']} {self.trace['person']['id']} {item['name']}: {wrong!r}") from wrong
        if "movement" in self.trace:
            self.movement(self.trace["movement"])

    # ---- items ----

    def value(self, item):
        item = self.items[item["id"]]
        return typed(item["type"], item["value"])

    def holds(self, node):
        """A condition: missing is no."""
        return self.node(node) is True

    def item(self, item):
        self.seen.add(item["kind"])
        element = self.sources.element(item["policy"])
        need(element.attributes["name"] == item["name"] and element.name == item["kind"],
             f"{item['policy']} is {element.name} {element.attributes['name']}")
        if "formula" in item and item["kind"] != "check":
            need("".join(element.text.split()) == "".join(item["formula"].split()), "the formula is not the policy's")
        if "root" in item:
            need("".join(item["root"]["text"].split()) in "".join(element.text.split()), "the root is not of the formula")
        applies = all(self.holds(item[key]) for key in ("card-when", "when") if key in item)
        if item["kind"] == "check":
            need(item["speaks"] == applies, "a check speaks when its condition holds")
            return
        need(item["applies"] == applies, "its conditions say otherwise whether it applies")
        value = typed(item["type"], item["value"])
        need(value == self.result(item, element), f"its parts give {self.result(item, element)}, not {item['value']}")
        need(item["agrees"], "the program itself does not agree")
        if "ledger" in item:
            self.book(item["ledger"], item["type"], value, item["name"])

    def result(self, item, element):
        if not item["applies"]:
            return ZERO.get(item["type"], MISSING)
        exact = self.exact(item)
        if exact is MISSING or item["type"] not in NUMERIC:
            return exact
        exact = cut(exact)
        if "rounding" not in item:
            need(item["type"] != "money" or item["kind"] in ("kpi", "adjust", "scorecard"), "money is always rounded")
            return exact
        step = element.attributes.get("round", "0.01")
        told_ = item["rounding"]
        need(D(told_["step"]) == number_of(step) and told_["mode"] == element.attributes.get("rounding", "half-up"),
             "rounded other than the policy says")
        after = rounded(exact, D(told_["step"]), told_["mode"])
        need(D(told_["before"]) == exact and D(told_["after"]) == after and D(told_["dropped"]) == exact - after,
             f"rounding {exact} gives {after}, not {told_}")
        return self.split(item, after) if "split" in item else after

    def exact(self, item):
        if item["kind"] == "total":
            values = [self.value(part["item"]) for part in item["parts"]]
            return MISSING if MISSING in values else sum(values, D(0))
        if item["kind"] == "scorecard":
            return self.card(item)
        value = self.node(item["root"])
        return self.bounded(item, value) if item["kind"] == "kpi" else value

    @staticmethod
    def bounded(item, value):
        if value is MISSING:
            return value
        if "floor" in item:
            value = max(value, D(item["floor"]))
        return min(value, D(item["cap"])) if "cap" in item else value

    def card(self, item):
        kpis = [part for part in item["parts"] if "weight" in part]
        for part in kpis:
            need(part["applies"] == ("when" not in part or self.holds(part["when"])), f"kpi {part['name']} applies or not")
        valued = [(D(p["weight"]), self.value(p["item"])) for p in kpis if p["applies"]]
        need(sum(weight for weight, _ in valued) == 100, "the weights are not 100")
        if item["missing"] == "error" and any(value is MISSING for _, value in valued):
            return MISSING
        known = [(weight, value) for weight, value in valued if value is not MISSING]
        over = sum(weight for weight, _ in known) if item["missing"] == "renormalise" else D(100)
        if not over:
            return MISSING
        score = sum((weight * value for weight, value in known), D(0)) / over
        for part in item["parts"]:
            if "weight" not in part:
                value = self.value(part["item"])
                if value is MISSING and item["missing"] == "error":
                    return MISSING
                score += value or 0
        return self.bounded(item, score)

    def split(self, item, whole):
        need(D(item["whole"]) == whole, "the whole is not what the formula gives")
        rows = item["split"]
        need([r["person"] for r in rows] == sorted(r["person"] for r in rows), "rows of an order are by id")
        for row in rows:
            weight = self.cell(row["source"], "percent" if "%" in row["source"].get("raw", "%") else "number")
            need(weight == typed("number", row["weight"]), f"the weight of {row['person']}")
        parts = shared(whole, D(item["rounding"]["step"]), [typed("number", row["weight"]) for row in rows])
        need(parts == [typed("number", row["value"]) for row in rows], f"shared out it gives {parts}")
        return next(part for part, row in zip(parts, rows) if row["own"])

    def movement(self, movement):
        self.seen.add("movement")
        applies = movement["from-fits"] and movement["has-target"] and ("when" not in movement or self.holds(movement["when"]))
        need(applies == movement["applies"], "whether the movement applies")
        for criterion in movement["criteria"]:
            need(criterion["holds"] == self.holds(criterion["root"]), f"criterion {criterion['name']}")

    # ---- leaves ----

    def book(self, place, type_, value, name=None):
        """A cell of a ledger: this month's or an earlier one's."""
        self.leaves += 1
        if "column" not in place:
            need(value is MISSING and name not in self.sources.header(place), f"{place} has the column of {name}")
            return
        text = self.sources.cell(place)
        need(told(type_, text) == value, f"{place} holds '{text}', not {value}")
        if name:
            need(self.sources.header(place)[place["column"] - 1] == name, f"{place} is not the column of {name}")

    def cell(self, source, type_, grade=None):
        """A cell of an input file; blank or absent is the default or missing."""
        self.leaves += 1
        default = typed(type_, source.get("default"))
        if "absent" in source:
            need("raw" not in source, "an absent cell has text")
            return default if source["absent"] == "column" else MISSING
        text = self.sources.cell(source)
        need(text.strip().strip("'\t") == source["raw"].strip().strip("'\t"), f"{source} holds '{text}'")
        if type_ == "grade":
            need(not text or text in (grade["id"], grade["title"]), f"grade '{text}' read as {grade}")
            return grade["id"] if text else MISSING
        value = told(type_, text)
        if type_ == "percent" and value is not MISSING and "%" not in unicodedata.normalize("NFKC", text):
            unit = self.sources.column(source["table"], source["name"]).get("unit")
            need(unit in ("1", "100"), "a percent without its sign")
            value = value / D(unit)
        return default if value is MISSING else value

    def policy(self, node, type_):
        place = node["policy"]
        self.leaves += 1
        if not place["file"].endswith(".csv"):
            element = self.sources.element(place)
            if node["op"] == "parameter":
                rivals = [e for e in element.parent.children if month_of(e.attributes["from"]) <= self.month_at]
                need(element is max(rivals, key=lambda e: e.attributes["from"]), "not the value in force")
                return told(type_, element.text)
            need(element.attributes["id"] == node["grade-id"], "another grade")
            name = node["text"].split(".")[-1].strip()
            return told(type_, next((e.text for e in element.children if e.attributes["name"] == name), ""))
        if node["op"] == "grade-set":
            need(self.sources.by_name(place, "id") == node["grade-id"], "another grade")
            return told(type_, self.sources.by_name(place, node["text"].split(".")[-1].strip()))
        dated = [(month_of(row[self.sources.header(place).index("from")]), line)
                 for line, row in self.sources.rows(place["file"]).items() if line > 1 and row]
        need(max(pair for pair in dated if pair[0] <= self.month_at)[1] == place["line"], "not the value in force")
        return told(type_, self.sources.by_name(place, "值"))

    def literal(self, node):
        text = node["text"].strip()
        if node["type"] in NUMERIC:
            return number_of(text)
        if text[:1] in "“\"＂":
            grade = node.get("grade", {})
            return grade["id"] if text[1:-1] in (grade.get("id"), grade.get("title")) else text[1:-1]
        return told(node["type"], text)

    # ---- nodes ----

    month_at = None

    def node(self, node, month=None, person=None):
        """The value of a node, from its children's; it must be what the trace says."""
        keep = self.month_at
        self.month_at = self.now if month is None else month
        value = self.computed(node, person)
        self.month_at = keep
        if value is not MISSING and node["type"] in NUMERIC:
            value = D(value)
        wanted = typed(node["type"], node["value"])
        need(value == wanted and type(value) is type(wanted) or value == wanted and isinstance(value, (int, D)),
             f"'{node['text']}' ({node['op']}): its parts give {value}, not {node['value']}")
        return value

    def computed(self, node, person):
        op = node["op"]
        self.seen.add("grade-order" if "grade" in node else op)
        self.seen.add(op)
        if op in LEAVES:
            return LEAVES[op](self, node, person)
        if "class" in node and node["class"] != "scalar":
            return {"rows": self.rows, "history": self.history, "group": self.group, "share": self.share,
                    "line": self.entries}[node["class"]](node)
        if op == "months_in_grade":
            return self.months_in_grade(node)
        args = [self.node(child, self.month_at, person) for child in node.get("children", [])]
        if op in PLAIN:
            return MISSING if MISSING in args else PLAIN[op](*args)
        return ODD[op](self, node, args)

    def figure(self, node, person):
        type_, value = node["type"], typed(node["type"], node["value"])
        if "item" in node:
            need(node.get("month", self.trace["month"]) == self.trace["month"], "an item of another month")
            need(self.value(node["item"]) == value, "the item has another value")
        if "ledger" not in node:
            need("item" in node or value is MISSING, "a figure from nowhere")
            return value
        need(month_of(node["month"]) == self.month_at, f"a figure of {node['month']}")
        need(node["person"] == (person or self.trace["person"]["id"]), f"a figure of {node['person']}")
        self.book(node["ledger"], type_, value, node["name"])
        row = self.sources.record(node["ledger"])
        need(node["person"] in row, "the ledger's row is another person's")
        return value

    def column(self, node, person):
        if node["op"] == "ref":
            key = self.node(node["children"][0])
            if "source" not in node:
                need(key is MISSING, "a key leads nowhere")
                return MISSING
            if "absent" not in node["source"]:
                need(str(key) in self.sources.record(node["source"]), f"{node['source']} has not the key {key}")
        if "ledger" in node:
            value = node["value"]
            self.book(node["ledger"], "text", value)
            return value
        need("source" in node, "a column without source")
        return self.cell(node["source"], node["type"], node.get("grade"))

    def grade_set(self, node, person):
        if "children" in node:
            grade = self.node(node["children"][0])
            need(grade == node.get("grade-id") or grade is MISSING or node["children"][0].get("grade", {}).get("id") ==
                 node.get("grade-id"), "a set of another grade")
        if "policy" not in node:
            return MISSING
        return self.policy(node, node["type"])

    def parameter(self, node, person):
        return self.policy(node, node["type"]) if "policy" in node else MISSING

    # compare(): order, or None where there is none; a missing side is dealt with before.
    @staticmethod
    def compare(a, b, x, y, equality):
        one, two = a.get("grade"), b.get("grade")
        if a["type"] == "grade" or b["type"] == "grade":
            if one and two:
                if equality:
                    return 0 if one["id"] == two["id"] else 1
                return (one["order"] > two["order"]) - (one["order"] < two["order"]) if one["track"] == two["track"] else None
        if equality:
            return 0 if x == y else 1
        if isinstance(x, str):
            return None
        return (x > y) - (x < y)

    def comparison(self, node, args):
        if MISSING in args:
            return False
        order = self.compare(*node["children"], *args, node["op"] in ("=", "<>"))
        return order is not None and {"=": order == 0, "<>": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0,
                                      ">=": order >= 0}[node["op"]]

    def among(self, node, args):
        if args[0] is MISSING:
            return False
        head, rest = node["children"][0], node["children"][1:]
        found = any(y is not MISSING and self.compare(head, b, args[0], y, True) == 0 for b, y in zip(rest, args[1:]))
        return found if node["op"] == "in" else not found and MISSING not in args

    def rates(self, node, args):
        if MISSING in args:
            return MISSING
        need("matched" in node, "no rate matched")
        rows = node["rates"]
        fits = [all(self.key_fits(key, child, arg) for key, child, arg in zip(row["for"], node["children"], args)) for row in rows]
        for row in rows:
            self.rate_row(row, node["type"])
        need(not any(fits[:node["matched"]]), "an earlier rate matches")
        if node["matched"] == len(rows):
            return typed(node["type"], node["otherwise"])
        need(fits[node["matched"]], "the matched rate does not match")
        return typed(node["type"], rows[node["matched"]]["value"])

    def rate_row(self, row, type_):
        self.leaves += 1
        place = row["policy"]
        if place["file"].endswith(".csv"):
            text, keys = self.sources.by_name(place, "值"), self.sources.record(place)
            need(all(key in keys for key in row["for"]), f"{place} has not the keys {row['for']}")
        else:
            element = self.sources.element(place)
            text = element.text
            need([key.strip() for key in element.attributes["for"].replace("，", ",").split(",")] == row["for"],
                 f"{place} is for {element.attributes['for']}")
        need(told(type_, text) == typed(type_, row["value"]), f"{place} says '{text}'")

    @staticmethod
    def key_fits(key, child, arg):
        if key == "*":
            return True
        if child["type"] in NUMERIC:
            return number_of(key) == arg
        if child["type"] == "yesno":
            return (key in ("yes", "是")) == arg
        return key in (str(arg), child.get("grade", {}).get("id"), child.get("grade", {}).get("title"))

    def tiers(self, node, args):
        x, rows, mode = args[0], node["tiers"], node["mode"]
        if x is MISSING:
            return MISSING
        entry_type = node["type"] if mode in ("value", "linear") else "number"
        bounds = [D(row["over" if "over" in row else "from"]) for row in rows]
        entries = [typed(entry_type, row["entry"]) for row in rows]
        for row, bound, entry in zip(rows, bounds, entries):
            self.tier_row(row, bound, entry, node["type"])
        reached = [i for i, row in enumerate(rows) if (x > bounds[i] if "over" in row else x >= bounds[i])]
        self.seen.add("tiers-" + mode)
        if mode in ("marginal", "whole") and x < 0:
            need(node["negative"] != "error", "below zero")
            return D(0) if node["negative"] == "zero" else x * entries[0]
        if mode == "marginal":
            ends = bounds[1:] + [x]
            return sum(((min(x, end) - low) * rate for low, end, rate in zip(bounds, ends, entries) if x > low), D(0))
        if mode == "linear":
            at = [i for i, bound in enumerate(bounds) if x >= bound]
            if not at or at[-1] == len(rows) - 1:
                return entries[at[-1] if at else 0]
            i = at[-1]
            return entries[i] + (x - bounds[i]) * (entries[i + 1] - entries[i]) / (bounds[i + 1] - bounds[i])
        if not reached:
            return MISSING if mode == "value" else D(0)
        return entries[reached[-1]] if mode == "value" else x * entries[reached[-1]]

    def tier_row(self, row, bound, entry, type_):
        self.leaves += 1
        place, word = row["policy"], "over" if "over" in row else "from"
        numeric = not isinstance(entry, str) and not isinstance(entry, bool)
        if place["file"].endswith(".csv"):
            texts = (self.sources.by_name(place, word), self.sources.by_name(place, "值"))
        else:
            element = self.sources.element(place)
            texts = (element.attributes[word], element.text)
        need(number_of(texts[0]) == bound and (number_of(texts[1]) if numeric else told(type_, texts[1])) == entry,
             f"{place} says {texts}")

    def days_between(self, node, args):
        a, b = args
        if MISSING in args:
            return MISSING
        span = [a + datetime.timedelta(i) for i in range((b - a).days + 1)]
        odd = {entry["date"]: entry["kind"] for entry in node.get("calendar", [])}
        for day in span:
            kind = "statutory" if self.days.is_holiday(day) else "work" if self.days.works(day) else "off"
            plain = "work" if day.weekday() < 5 else "off"
            need(odd.get(day.isoformat(), plain) == kind, f"{day} is {kind} in the calendar")
        self.leaves += 1
        kinds = [odd.get(day.isoformat(), "work" if day.weekday() < 5 else "off") for day in span]
        return kinds.count("work" if node["op"] == "workdays" else "statutory")


def chosen(self, node, args):
    need([child["argument"] for child in node["children"]] == [0, 1 if args[0] is True else 2], "the side that was not chosen")
    return args[1]


def connected(self, node, args):
    stops = node["op"] == "or"
    need(len(args) == (1 if (args[0] is True) == stops else 2), "evaluated further than need be, or not far enough")
    return any(a is True for a in args) if stops else all(a is True for a in args)


def defaulted(self, node, args):
    need(len(args) == (2 if args[0] is MISSING else 1), "a default that was not needed")
    return args[-1]


ODD = {
    "if": chosen, "and": connected, "or": connected, "not": lambda self, node, args: args[0] is not True, "default": defaulted,
    "missing": lambda self, node, args: args[0] is MISSING, "in": Evaluator.among, "not-in": Evaluator.among,
    "rates": Evaluator.rates, "tiers": Evaluator.tiers, "workdays": Evaluator.days_between, "holidays": Evaluator.days_between,
    "within": Evaluator.within, **{op: Evaluator.comparison for op in ("=", "<>", "<", "<=", ">", ">=")},
    "month": lambda self, node, args: first_day(self.now), "month_start": lambda self, node, args: first_day(self.now),
    "month_end": lambda self, node, args: first_day(self.now + 1) - datetime.timedelta(1),
    "pay_date": lambda self, node, args: self.days.pay_date(self.now),
}
LEAVES = {"literal": lambda self, node, person: self.literal(node), "figure": Evaluator.figure, "line": Evaluator.figure,
          "parameter": Evaluator.parameter, "grade-set": Evaluator.grade_set, "column": Evaluator.column, "ref": Evaluator.column}
