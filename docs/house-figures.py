#!/usr/bin/env python3
"""Figures of the house: docs/house-figures.py [REVISION …]; without one, of the work tree. Needs git."""
import collections, os, re, statistics, subprocess, sys, tempfile

TYPE = re.compile(r"^(?:public|internal|file) (?:(?:sealed|static|abstract|partial|readonly|ref) )*"
                  r"(?:class|record struct|record|struct|interface|enum) (\w+(?:<\w+>)?)", re.M)
NAMESPACE = re.compile(r"^namespace (Copilot[\w.]*);", re.M)
USING = re.compile(r"^using (?:static )?(?:\w+ = )?(Copilot[\w.]*);", re.M)


def files(root):
    for folder, folders, names in os.walk(os.path.join(root, "src")):
        folders[:] = [f for f in folders if f not in ("bin", "obj", "node_modules")]
        yield from (os.path.join(folder, n) for n in names if n.endswith(".cs"))


def circles(sources):
    """Namespaces that reach themselves inside their room; what lies in a room's root composes the others and counts for nothing."""
    found = 0
    for room in {s["room"] for s in sources}:
        own = [s for s in sources if s["room"] == room]
        declared = collections.defaultdict(set)
        for s in own:
            for t in s["types"]:
                declared[t].add(s["namespace"])
        arrows = collections.defaultdict(set)
        for s in own:
            for word in s["words"]:
                for target in declared.get(word, ()):
                    seen = any(u == target or u.startswith(target + ".") for u in s["usings"])
                    if target != s["namespace"] and room not in (target, s["namespace"]) and (seen or s["namespace"].startswith(target + ".")):
                        arrows[s["namespace"]].add(target)
        for start in arrows:
            open_, known = list(arrows[start]), set()
            while open_:
                at = open_.pop()
                if at == start:
                    found += 1
                    break
                if at not in known:
                    known.add(at)
                    open_ += arrows.get(at, ())
    return found


def figures(root):
    lines, sources, over = {}, [], 0
    for path in files(root):
        text = open(path, encoding="utf-8").read()
        lines[path] = text.count("\n")
        over += sum(len(line) > 140 for line in text.split("\n"))
        namespace = NAMESPACE.search(text)
        if namespace:
            code = re.sub(r'//[^\n]*|"(?:[^"\\\n]|\\.)*"', "", text)
            sources.append({"namespace": namespace[1], "room": ".".join(namespace[1].split(".")[:2]), "types": TYPE.findall(text),
                            "public": re.findall(TYPE.pattern.replace("public|internal|file", "public"), text, re.M),
                            "words": set(re.findall(r"\b[A-Z]\w+", code)), "usings": USING.findall(text)})
    folders = collections.Counter(os.path.dirname(p) for p in lines)
    names, public = collections.defaultdict(set), collections.defaultdict(set)
    for s in sources:
        for t in s["types"]:
            names[t].add(s["namespace"])
        for t in s["public"]:
            public[t].add(s["namespace"])
    counts = sorted(lines.values())
    return {
        "rooms": len({s["room"] for s in sources}),
        "files": len(counts),
        "lines": sum(counts),
        "median lines of a file": int(statistics.median(counts)),
        "longest file": counts[-1],
        "files under 20 lines": sum(c < 20 for c in counts),
        "files under 40 lines": sum(c < 40 for c in counts),
        "folders": len(folders),
        "folders with three files or fewer": sum(1 for f in folders.values() if f <= 3),
        "lines over 140 characters": over,
        "type names declared twice": sum(len(n) > 1 for n in names.values()),
        "namespaces that lie in a circle": circles(sources),
    }


def main():
    columns = []
    for revision in sys.argv[1:] or [None]:
        if revision is None:
            root = subprocess.run(["git", "rev-parse", "--show-toplevel"], capture_output=True, text=True, check=True).stdout.strip()
            columns.append(("work tree", figures(root)))
            continue
        with tempfile.TemporaryDirectory() as folder:
            archive = subprocess.run(["git", "archive", revision, "src"], capture_output=True, check=True).stdout
            subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
            columns.append((revision, figures(folder)))
    print("| | " + " | ".join(name for name, _ in columns) + " |")
    print("| --- |" + " ---: |" * len(columns))
    for key in columns[0][1]:
        print(f"| {key} | " + " | ".join(f"{values[key]:,}" for _, values in columns) + " |")


main()
