"""Functions that look at many rows, months or people: from the members the trace lists, and who should be among them."""
from functions import MISSING, D, cut, rounded, shared
from sources import month_of, need, typed


class Many:
    """Part of Evaluator."""

    @staticmethod
    def members(node, kind):
        return [child for child in node.get("children", []) if child.get("kind") == kind]

    def plain(self, node):
        """The arguments that are evaluated once, by number."""
        return {child["argument"]: self.node(child) for child in node.get("children", []) if "op" in child}

    def rows(self, node):
        rows = self.members(node, "row")
        self.all_rows(node, rows)
        values = []
        for row in rows:
            parts = {child.get("role", "e"): self.node(child) for child in row.get("children", [])}
            kinds = {child.get("role", "e"): child for child in row.get("children", [])}
            need(row["fits"] == (parts["where"] is True if "where" in parts else True), f"whether the row at {row['source']} counts")
            if row["fits"]:
                values.append((parts, kinds))
        return ROWS[node["op"]](self, [parts for parts, _ in values])

    def all_rows(self, node, rows):
        """Every row of the person there is in the file, no other, in its order."""
        places = [(row["source"]["file"], row["source"]["line"]) for row in rows]
        need(len(set(places)) == len(places), "a row stands twice")
        names = self.sources.role(node["table"], "person")
        if not names or not rows:
            return
        for file in {file for file, _ in places}:
            at = next(i for fields in self.sources.rows(file).values() for i, field in enumerate(fields) if field.strip() in names)
            wanted = [(file, line) for line, fields in self.sources.rows(file).items() if line > 1 and len(fields) > at and fields[at].strip().strip("'\t") == self.trace["person"]["id"]]
            need([place for place in places if place[0] == file] == wanted, f"the person's rows in {file} are {wanted}")

    @staticmethod
    def latest(self, rows):
        best = None
        for parts in rows:
            if parts.get("by") is not MISSING and (best is None or parts["by"] > best[0]):
                best = (parts["by"], parts)
        need(best is None or "e" in best[1], "the latest row is not told")
        return best[1]["e"] if best else MISSING

    def month_values(self, node):
        """[(month, value)], each month's value from its own children; months follow each other."""
        found = []
        for child in self.members(node, "month"):
            month = month_of(child["month"])
            inner = [self.node(part, month) for part in child.get("children", [])]
            need(len(inner) <= 1, "a month with two expressions")
            need(child["fits"] or (not inner and child["value"] is None), "a month without books has a value")
            if inner:
                need(inner[0] == typed(child["children"][0]["type"], child["value"]), f"the value of {child['month']}")
            found.append((month, inner[0] if inner else MISSING, child))
        return found

    def history(self, node):
        op, n, found = node["op"], self.plain(node).get(1, D(1)), self.month_values(node)
        if n is MISSING or n < 1:
            return MISSING
        months, values = [month for month, _, _ in found], [value for _, value, _ in found]
        if op in ("previous", "ago"):
            need(months == [self.now - int(n)], f"{op} looked at {months}")
            return values[0]
        if op == "streak":
            return self.streak(found)
        first, last = self.span(op, int(n))
        earliest = min([*self.months, self.now])
        if months and first < months[0]:  # months before the person's first need not be told
            person = self.trace["person"]["id"]
            need(not any(person in ids for month, ids in self.months.items() if first <= month < months[0]), f"{op} left out a month")
            earliest = max(earliest, months[0])
        if op in ("last_sum", "last_average", "last_quarter_sum"):
            id_ = self.trace["person"]["id"]
            if MISSING in values or any(id_ not in self.months.get(m, ()) for m in range(first, last + 1) if m != self.now):
                return MISSING
            need(months == list(range(first, last + 1)), f"{op} looked at {months}")
            total = sum(values, D(0))
            return total / int(n) if op == "last_average" else total
        need(months == list(range(max(first, earliest), last + 1)), f"{op} looked at {months}")
        if op == "last_count":
            return sum(value is True for value in values)
        return sum((value for value in values if value is not MISSING), D(0))

    def span(self, op, n):
        now, quarter = self.now, self.now - self.now % 12 % 3
        if op.startswith("tax_"):
            year, first = self.days.pay_date(now).year, now
            while self.days.pay_date(first - 1).year == year:
                first -= 1
            return first, now - op.endswith("before")
        return {"ytd": (now - now % 12, now), "ytd_before": (now - now % 12, now - 1), "qtd": (quarter, now),
                "last_quarter_sum": (quarter - 3, quarter - 1)}.get(op, (now - n + 1, now))

    def streak(self, found):
        count, month, at = 0, self.now, 0
        while at < len(found):
            where = found[at] if any(part.get("role") == "where" for part in found[at][2].get("children", [])) or (
                at + 1 < len(found) and found[at + 1][0] == found[at][0]) else None
            need(found[at][0] == month, f"streak looked at {found[at][2]['month']}")
            month -= 1
            if where:
                at += 1
                if where[1] is True:
                    continue
            if found[at][1] is not True:
                need(at + 1 == len(found), "a broken streak goes on")
                break
            count, at = count + 1, at + 1
        return count

    def months_in_grade(self, node):
        own, count = self.trace["person"]["grade"], 1
        for i, child in enumerate(node.get("children", [])):
            need(month_of(child["month"]) == self.now - 1 - i, "months in grade follow each other")
            if child["fits"]:
                self.book(child["ledger"], "text", child["value"])
            if child["value"] != own:
                need(i + 1 == len(node["children"]), "another grade, and it goes on")
                break
            count += 1
        return count

    def people(self, node):
        found = []
        for child in self.members(node, "person"):
            inner = [self.node(part, person=child["person"]) for part in child["children"]]
            need(inner[0] == typed(child["children"][0]["type"], child["value"]), f"the value of {child['person']}")
            found.append((child["person"], inner[0], child["children"][0]))
        return found

    def group(self, node):
        op, found = node["op"], self.people(node)
        ids, values = [person for person, _, _ in found], [value for _, value, _ in found]
        need(len(set(ids)) == len(ids), "a person counts twice")
        self.members_of(op, ids, found)
        if op.endswith("rank"):
            own = self.plain(node)[0]
            return MISSING if own is MISSING else 1 + sum(value is not MISSING and value > own for value in values)
        if op.endswith("count"):
            return sum(value is True for value in values)
        if MISSING in values or (op.endswith("average") and not values):
            return MISSING
        total = sum(values, D(0))
        return total / len(values) if op.endswith("average") else total

    def members_of(self, op, ids, found):
        """Who counts, by the books' units and the table of units: all those that have the expression's figures, and no other."""
        everyone = self.everyone()
        under = {"unit": self.below([self.trace["person"]["unit"]]),
                 "led_": self.below([u for u, unit in self.units.items() if unit["head"] == self.trace["person"]["id"]])}
        wanted = {person for person, row in everyone.items() if op[:4] not in under or row["unit"] in under[op[:4]]}
        if op[:4] == "led_":
            wanted.discard(self.trace["person"]["id"])
        if op == "grade_rank":
            wanted = {person for person in wanted if everyone[person]["grade"] == self.trace["person"]["grade"]}
        need(set(ids) <= wanted, f"{sorted(set(ids) - wanted)} do not belong to {op}")
        names = {name for _, _, part in found for name in self.figures(part)}
        left = {person for person in wanted - set(ids) if not names or all(everyone[person][name] for name in names)}
        need(not left or not found, f"{sorted(left)[:5]} are left out of {op}")

    def figures(self, part):
        return ({part["name"]} if part["op"] == "figure" else set()).union(*(self.figures(c) for c in part.get("children", [])))

    def everyone(self):
        header, *rows = self.sources.rows(str(self.sources.books / self.trace["month"] / "ledger.csv")).values()
        rows = [dict(zip(header, row)) for row in rows]
        self.units = {row[0]: {"name": row[1], "parent": row[2], "head": row[3]}
                      for line, row in self.sources.rows(self.sources.input_file(self.trace["month"], "机构.csv")).items() if line > 1 and row}
        by_name = {unit["name"]: code for code, unit in self.units.items()}
        return {row["工号"]: {**row, "unit": by_name.get(row["部门"], row["部门"]), "grade": row["职级"]} for row in rows}

    def below(self, codes):
        found = set(codes)
        while more := {u for u, unit in self.units.items() if unit["parent"] in found} - found:
            found |= more
        return found

    def within(self, node, args):
        self.everyone()
        path, unit = [], self.trace["person"]["unit"]
        while unit:
            path += [unit, self.units[unit]["name"]]
            unit = self.units[unit]["parent"]
        need(node["units"] == path, f"the units above are {path}")
        return args[0] in path

    def share(self, node):
        found = self.people(node)
        by_argument = {n: [(p, v) for p, v, part in found if part["argument"] == n] for n in (0, 1)}
        ids = [person for person, _ in by_argument[1]]
        need(ids == sorted(ids) == [p for p, _ in by_argument[0]], "a pool is shared by id")
        self.members_of("company", ids, found)
        pool = by_argument[0][0][1]
        need(all(value == pool for _, value in by_argument[0]), "the pool differs")
        if pool is MISSING:
            return MISSING
        parts = shared(rounded(cut(pool), D("0.01"), "half-up"), D("0.01"), [weight for _, weight in by_argument[1]])
        return parts[ids.index(self.trace["person"]["id"])]

    def entries(self, node):
        key, total = self.plain(node)[0], D(0)
        if key is MISSING:
            return MISSING
        for entry in self.members(node, "entry"):
            if "item" in entry:
                need(node["op"] == "earned", "this month is not paid yet")
                item = self.items[entry["item"]["id"]]
                need(item["source"]["raw"].strip("'\t") == key, "an entry of another key")
                value = self.value(entry["item"])
                need(value == typed("number", entry["value"]), "the entry's value")
                if value is MISSING:
                    return MISSING
            else:
                self.leaves += 1
                row = self.sources.record(entry["ledger"])
                header = self.sources.header(entry["ledger"])
                row = dict(zip(header, row))
                need(row["id"] == self.trace["person"]["id"] and row["key"] == key == entry["key"], f"{entry['ledger']} is {row}")
                value = D(row["value"])
                need(value == D(entry["value"]), f"{entry['ledger']} holds {value}")
            total += value
        return total


def gathered(pick):
    """Missing where e is missing in a row that counts, or where there is no row."""
    def over(self, rows):
        values = [parts["e"] for parts in rows]
        return MISSING if MISSING in values or not values else pick(values)
    return over


ROWS = {
    "count": lambda self, rows: len(rows), "any": lambda self, rows: bool(rows),
    "all": lambda self, rows: all(parts.get("e") is True for parts in rows),
    "sum": lambda self, rows: MISSING if any(parts["e"] is MISSING for parts in rows) else sum((p["e"] for p in rows), D(0)),
    "average": gathered(lambda values: sum(values, D(0)) / len(values)), "min": gathered(min), "max": gathered(max),
    "only": lambda self, rows: rows[0]["e"] if len(rows) == 1 else MISSING, "latest": Many.latest,
}
