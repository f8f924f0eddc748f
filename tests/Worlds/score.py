#!/usr/bin/env python3
"""Asks a running copilot a world's questions over the ask API, and tells how many answers are exact.

usage: score.py URL QUESTIONS OUT
OUT gets a list of {"id", "verdict", "ms"}. Verdicts: exact; wrong (an answer that is not what the raw telemetry says, or a proposal where none may
be); abstained (anything that claims nothing). There is no half-right here.
"""
import json
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime


def close(got, want, tol):
    return isinstance(got, (int, float)) and abs(got - want) <= max(abs(want) * tol, 1e-9)


def moment(text):
    head = str(text).replace("Z", "+00:00")
    if "." in head:   # seven decimals come from .NET, six are read
        start, rest = head.split(".", 1)
        head = start + "." + rest[:rest.index("+")][:6] + rest[rest.index("+"):]
    return datetime.fromisoformat(head).timestamp()


def scalar(result, want):
    return close(result.get("value"), want["value"], want["tol"])


def services(result, want):
    roles = {"affected": {"affected", "cause"}}.get(want["role"], {want["role"]})   # the cause suffers too
    names = [i["service"] for i in result["items"] if i.get("role") in roles]
    names = [n for n in dict.fromkeys(names) if n in want["set"] or n not in want.get("optional", [])]
    return set(names) == set(want["set"])


def traces(result, want):
    ids = {i["traceId"] for i in result["items"]}
    return any(ids == set(s) if len(s) <= 100 else result.get("total") == len(s) and len(ids) >= 100 and ids <= set(s) for s in [want["set"], *want.get("alt", [])])


def operations(result, want):
    return [[i["service"], i["operation"]] for i in result["items"]][:len(want["top"])] == want["top"]


def changes(result, want):
    got = [(i["service"], moment(i["time"])) for i in result["items"]]
    found = [any(s == service and abs(at - moment(t)) <= 2 for s, at in got) for service, t in want["set"]]
    return all(found) and len(got) <= len(found) + (3 if want["mode"] == "contains" else 0)


def comparison(result, want):
    return close(result.get("before"), want["before"], want["tol"]) and close(result.get("after"), want["after"], want["tol"])


def trace(result, want):
    names = {s["service"] if isinstance(s, dict) else s for s in result["services"]}
    return result["traceId"] == want["traceId"] and close(result["durationMs"], want["durationMs"], want["tol"]) and names == set(want["services"])


CHECKS = {f.__name__: f for f in (scalar, services, traces, operations, changes, comparison, trace)}


def judge(answer, want):
    if "anyOf" in want:
        return min((judge(answer, w) for w in want["anyOf"]), key=("exact", "abstained", "wrong").index)
    if want.get("proposal") is False and answer.get("proposal"):
        return "wrong"
    outcome, result = answer["outcome"], answer.get("result") or {}
    if outcome != want["outcome"]:
        return "wrong" if outcome == "answered" else "abstained"
    if outcome != "answered" or want["kind"] == "none" == result.get("kind"):
        return "exact"
    return "exact" if result.get("kind") == want["kind"] and CHECKS[want["kind"]](result, want) else "wrong"


def ask(url, item):
    body = json.dumps({"question": item["question"], "asOf": item["asOf"], "engine": "builtin"}).encode()
    request = urllib.request.Request(url.rstrip("/") + "/api/v1/ask", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as response:
        return json.load(response)


def main():
    url, questions, out = sys.argv[1:]
    rows = []
    with open(questions, encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            started = time.perf_counter()
            try:
                answer = ask(url, item)
            except urllib.error.HTTPError as error:
                answer = {"outcome": f"HTTP {error.code}"}
            verdict = judge(answer, item["expect"])
            rows.append({"id": item["id"], "verdict": verdict, "ms": (time.perf_counter() - started) * 1000})
            if verdict != "exact":
                print(f"{verdict} {item['id']} {item['question']!r}\n   expected {json.dumps(item['expect'])[:300]}\n   got {json.dumps(answer.get('result'))[:500]} {answer['outcome']}")
    with open(out, "w", encoding="utf-8") as file:
        json.dump(rows, file)
    print({v: sum(r["verdict"] == v for r in rows) for v in ("exact", "wrong", "abstained")}, "of", len(rows))


main()
