#!/usr/bin/env python3
"""Adds who was affected to a world's truth.json, and writes its questions.jsonl: both computed from the raw telemetry, by the terms of the ask API.

usage: questions.py FOLDER
"""
import collections
import gzip
import json
import pathlib
import sys
from datetime import datetime, timedelta, timezone

SERVER, CONSUMER, ERROR = 2, 5, 2


def ns(text):
    return int(datetime.fromisoformat(text).timestamp()) * 10**9


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def attributes(owner):
    return {a["key"]: a["value"]["stringValue"] for a in owner.get("attributes", [])}


class World:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.truth = json.loads((self.folder / "truth.json").read_text())
        self.spans, self.logs = [], []
        for line in lines(self.folder / "traces.otlp.jsonl.gz"):
            for resource in line["resourceSpans"]:
                process = attributes(resource["resource"])
                for span in resource["scopeSpans"][0]["spans"]:
                    span.update(process=process, service=process["service.name"], start=int(span["startTimeUnixNano"]), said=attributes(span))
                    span["ms"] = (int(span["endTimeUnixNano"]) - span["start"]) / 1e6
                    span["failed"] = span["status"]["code"] == ERROR
                    self.spans.append(span)
        if (self.folder / "logs.otlp.jsonl.gz").exists():
            for line in lines(self.folder / "logs.otlp.jsonl.gz"):
                for resource in line["resourceLogs"]:
                    service = attributes(resource["resource"])["service.name"]
                    self.logs += [(service, int(r["timeUnixNano"]), r["severityNumber"]) for r in resource["scopeLogs"][0]["logRecords"]]
        self.changes = [json.loads(line) for line in (self.folder / "changes.jsonl").read_text().splitlines()]
        self.traces = collections.defaultdict(list)
        for span in self.spans:
            self.traces[span["traceId"]].append(span)
        self.entries = [s for s in self.spans if s["kind"] in (SERVER, CONSUMER) or not s["parentSpanId"]]
        by_id = {(s["traceId"], s["spanId"]): s for s in self.spans}
        self.callees = collections.defaultdict(set)
        for span in self.spans:
            parent = by_id.get((span["traceId"], span["parentSpanId"]))
            if parent and parent["service"] != span["service"]:
                self.callees[parent["service"]].add(span["service"])
            if "server.address" in span["said"]:
                self.callees[span["service"]].add(span["said"]["server.address"])

    def requests(self, service, start, end):
        return [s for s in self.entries if s["service"] == service and start <= s["start"] < end]

    def reaches(self, service, causes):
        seen, todo = set(), [service]
        while todo:
            at = todo.pop()
            if at in causes:
                return True
            if at not in seen:
                seen.add(at)
                todo += self.callees[at]
        return False

    def affected(self, fault):
        if not fault["cause"]:
            return []
        causes = {fault["cause"]["service"], *fault["cause"]["also"]}
        window, before = span_of(fault), span_of(fault["baseline"])
        services = sorted({s["service"] for s in self.entries})
        return [s for s in services if self.reaches(s, causes) and worse(self.requests(s, *window), self.requests(s, *before))]


def span_of(window):
    return ns(window["from"]), ns(window["to"])


def rank(values, p):
    values = sorted(values)
    return values[max(0, -(-len(values) * p // 100) - 1)]


def worse(now, then):
    if len(now) < 8 or len(then) < 8:
        return False
    failed, rate, usual = sum(r["failed"] for r in now), share(now), share(then)
    pooled = (failed + sum(r["failed"] for r in then)) / (len(now) + len(then))
    error = (pooled * (1 - pooled) * (1 / len(now) + 1 / len(then))) ** 0.5
    p95, before = rank([r["ms"] for r in now], 95), rank([r["ms"] for r in then], 95)
    return failed >= 3 and rate > 3 * usual and rate > usual + 0.005 and rate - usual > 1.6 * error or p95 > 1.5 * before and p95 > before + 25


def share(requests):
    return sum(r["failed"] for r in requests) / len(requests)


class Questions:
    def __init__(self, world):
        self.world, self.items = world, []
        self.faults = world.truth["faults"]
        self.last = datetime.fromisoformat(world.truth["recorded"]["to"])

    def add(self, group, as_of, question, **expect):
        number = sum(i["group"] == group for i in self.items) + 1
        self.items.append({"id": f"{self.world.truth['world']}-{group}-{number:02}", "group": group, "asOf": as_of.strftime("%Y-%m-%dT%H:%M:%SZ"), "question": question, "expect": expect})

    def scalar(self, fault, service, name, unit, words, value, tol=0.02):
        start, end = clock(fault)
        group = "logs" if name == "log_count" else "scalar"
        self.add(group, at(fault["to"]), words.format(service=service, start=start, end=end), outcome="answered", kind="scalar", name=name, value=round(value, 6), unit=unit, tol=tol)

    def write(self):
        real = [f for f in self.faults if f["cause"]]
        self.causes(real)
        own = [f for f in real if any(s["service"] == f["cause"]["service"] for s in self.world.entries)]
        self.measures(own)
        self.comparisons(own)
        if any(s["failed"] for s in self.world.spans):
            self.failures(own[0])
        self.rest(own)
        text = "".join(json.dumps(i, ensure_ascii=False) + "\n" for i in self.items)
        (self.world.folder / "questions.jsonl").write_text(text)

    def causes(self, real):
        for fault in real:
            start, end = clock(fault)
            names = [fault["cause"]["service"], *fault["cause"]["also"]]
            wanted = [{"outcome": "answered", "kind": "services", "role": "cause", "set": [n], "order": [n]} for n in names]
            if len(names) > 2:   # one place of several services: any of them, or all
                wanted = [{"outcome": "answered", "kind": "services", "role": "cause", "set": [n], "optional": names} for n in names]
            self.add("cause", at(fault["to"]), f"what is the root cause of the trouble between {start} and {end}?", anyOf=wanted)
        for fault in (f for f in self.faults if not f["cause"]):
            start, end = clock(fault)
            none = [{"outcome": "answered", "kind": "services", "role": "cause", "set": []}, {"outcome": "answered", "kind": "none"}, {"outcome": "no_data"}]
            self.add("cause", at(fault["to"]), f"what is the root cause of the trouble between {start} and {end}?", anyOf=none)
        for fault in real[:3]:
            start, end = clock(fault)
            peers = [n for n in [fault["cause"]["service"], *fault["cause"]["also"]] if n not in fault["affected"]]
            self.add("services", at(fault["to"]), f"which services were affected between {start} and {end}?",
                     outcome="answered", kind="services", role="affected", set=fault["affected"], optional=peers)

    def measures(self, own):
        for number, fault in enumerate(own[:4]):
            service = fault["cause"]["service"]
            times = [r["ms"] for r in self.world.requests(service, *span_of(fault))]
            if not times:
                continue
            self.scalar(fault, service, "request_count", "count", ("how many requests did {service} get between {start} and {end}?", "{service} request count {start}-{end}")[number % 2], len(times), 0)
            if number % 2 == 0:
                self.scalar(fault, service, "p95", "ms", "p95 of {service} between {start} and {end}", rank(times, 95))
            else:
                self.scalar(fault, service, "mean_latency", "ms", "average latency of {service} from {start} to {end}", sum(times) / len(times))

    def comparisons(self, own):
        for fault in own[:3]:
            service, start = fault["cause"]["service"], at(fault["from"])
            windows = [(start - timedelta(minutes=2), start), (start, start + timedelta(minutes=2))]
            sides = [[r["ms"] for r in self.world.requests(service, *(int(t.timestamp()) * 10**9 for t in w))] for w in windows]
            if not all(sides):
                continue
            before, after = (f"{a:%H:%M} to {b:%H:%M}" for a, b in windows)
            self.add("comparison", at(fault["to"]), f"{service} p95: {before} vs {after}",
                     outcome="answered", kind="comparison", name="p95", unit="ms", before=round(rank(sides[0], 95), 6), after=round(rank(sides[1], 95), 6), tol=0.02)

    def failures(self, fault):
        service, (start, end), window = fault["cause"]["service"], clock(fault), span_of(fault)
        requests = self.world.requests(service, *window)
        self.scalar(fault, service, "error_rate", "1", "error rate of {service} between {start} and {end}?", share(requests))
        self.scalar(fault, service, "failed_count", "count", "how many requests to {service} failed since {start}", sum(r["failed"] for r in requests), 0)
        inside = sorted({r["traceId"] for r in requests})
        wide = [t for t in inside if any(s["failed"] for s in self.world.traces[t])]
        narrow = sorted({r["traceId"] for r in requests if r["failed"]})
        self.add("traces", at(fault["to"]), f"show me the failed traces of {service} {start}-{end}", outcome="answered", kind="traces", set=wide, total=len(wide), alt=[narrow])
        self.scalar(fault, service, "log_count", "count", "how many error logs did {service} write between {start} and {end}?",
                    sum(s == service and window[0] <= t < window[1] and severity >= 17 for s, t, severity in self.world.logs), 0)
        counts = collections.Counter(r["name"] for r in requests if r["failed"])
        if counts:
            self.add("operations", at(fault["to"]), f"top failing operation of {service} {start}-{end}", outcome="answered", kind="operations", top=[[service, counts.most_common(1)[0][0]]])
        change = next((c for c in self.world.changes if c["service"] == service and c["kind"] == "deploy"), None)
        if change:
            self.add("changes", at(fault["to"]), f"what changed before {service} started failing at {start}?", outcome="answered", kind="changes", mode="contains", set=[[service, change["time"]]])

    def rest(self, own):
        deploys = [[c["service"], c["time"]] for c in self.world.changes if c["kind"] == "deploy"]
        start = datetime.fromisoformat(self.world.truth["recorded"]["from"])
        both = deploys + [[c["service"], c["time"]] for c in self.world.changes if c["kind"] == "rollback"]
        self.add("changes", self.last, f"all deploys between {start:%H:%M} and {self.last:%H:%M}", anyOf=[
            {"outcome": "answered", "kind": "changes", "mode": "set", "set": s} for s in (deploys, both)])
        fault = own[1]
        slowest = max((s for s in self.world.entries if not s["parentSpanId"] and span_of(fault)[0] <= s["start"] < span_of(fault)[1]), key=lambda s: s["ms"])
        trace = self.world.traces[slowest["traceId"]]
        whole = (max(s["start"] + s["ms"] * 1e6 for s in trace) - min(s["start"] for s in trace)) / 1e6
        services = sorted({s["service"] for s in trace})
        self.add("trace", at(fault["to"]), f"explain trace {slowest['traceId']}", anyOf=[
            {"outcome": "answered", "kind": "trace", "traceId": slowest["traceId"], "durationMs": round(d, 6), "services": services, "tol": 0.02} for d in (whole, slowest["ms"])])
        service = own[0]["cause"]["service"]
        before = start - timedelta(days=2)
        self.add("no_data", self.last, f"p99 of {service} on {before:%Y-%m-%d} between 10:00 and 11:00", outcome="no_data")
        self.add("unsupported", self.last, f"restart the {service} pods", outcome="unsupported", proposal=False)
        self.add("clarify", self.last, "is it slow?", outcome="clarify")


def at(text):
    return datetime.fromisoformat(text).astimezone(timezone.utc)


def clock(window):
    return f"{at(window['from']):%H:%M}", f"{at(window['to']):%H:%M}"


def main():
    world = World(sys.argv[1])
    for fault in world.truth["faults"]:
        fault["affected"] = world.affected(fault)
    (world.folder / "truth.json").write_text(json.dumps(world.truth, indent=1) + "\n")
    questions = Questions(world)
    questions.write()
    print(world.truth["world"], len(world.spans), "spans;", len(questions.items), "questions;", {f["id"]: (f["kind"], f["affected"]) for f in world.truth["faults"]})


main()
