#!/usr/bin/env python3
"""Asks a running copilot what is going wrong, every so many seconds of a recorded world, and compares that with what was planted.

    moments.py URL TRUTH [SECONDS]

A fault counts from 45 s after its beginning to its end; a moment is quiet from 30 s after a fault with a cause on, up to the next."""
import collections, datetime as dt, json, re, sys, urllib.request

url, truth = sys.argv[1], json.load(open(sys.argv[2]))
step = dt.timedelta(seconds=int(sys.argv[3]) if len(sys.argv) > 3 else 30)
FIRST, SEEN, AFTER = dt.timedelta(minutes=6), dt.timedelta(seconds=45), dt.timedelta(seconds=30)


def time(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def ask(at):
    body = json.dumps({"question": "what is going wrong right now?", "asOf": at.strftime("%Y-%m-%dT%H:%M:%SZ")}).encode()
    request = urllib.request.Request(url + "/api/v1/ask", body, {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=120))


def names(fault):
    cause = fault["cause"]
    also = cause.get("alsoAccept") or cause.get("also") or []
    return {cause.get("service"), cause.get("peer"), *([also] if isinstance(also, str) else also)} - {None}


faults = [(time(f["from"]), time(f["to"]), names(f), f["id"]) for f in truth["faults"] if f.get("to") and f.get("cause")]
right, counted = collections.Counter(), collections.Counter()


def note(what, is_right, told):
    counted[what] += 1
    right[what] += is_right
    if not is_right:
        print(f"{what}: {told}")


at, end = time(truth["recorded"]["from"]) + FIRST, time(truth["recorded"]["to"])
while at <= end:
    lasting = [f for f in faults if f[0] + SEEN <= at <= f[1]]
    if lasting or not any(f[0] <= at <= f[1] + AFTER for f in faults):
        answer = ask(at)
        items = (answer.get("result") or {}).get("items") or []
        causes = [i["service"] for i in items if isinstance(i, dict) and i.get("role") == "cause"]
        is_on = bool(causes) and not re.search("Nothing is going wrong right now|seems to be over|cannot be told", answer["answer"][:300])
        told = f"{at:%H:%M:%S} {[f[3] for f in lasting]} {causes} {answer['answer'][:100]!r}"
        if lasting:
            note("told as going on", is_on, told)
            note("named first", bool(causes) and any(causes[0] in f[2] for f in lasting), told)
            if len(lasting) > 1:
                note("both named while two last", all(f[2] & set(causes) for f in lasting), told)
        else:
            note("quiet moments in which nothing is told as going on", not is_on, told)
    at += step
for what in counted:
    print(f"{what}: {right[what]} of {counted[what]}")
