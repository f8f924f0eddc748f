#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test project. What could not be tested here is told before the
# last line, which is "N passed, N failed, N skipped".
#   --fast  only the tests that need neither Postgres nor Chromium nor Node nor minutes; installs nothing. Left out are the
#           projects that need them as a whole (below) and the classes with [Trait("needs", "…")].
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/lib.sh"
cd "$root"

fast=''
case ${1:-} in
  '') ;;
  --fast) fast=yes ;;
  *) die "deploy/test.sh takes --fast or nothing, not '$1'" ;;
esac

need_dotnet
if [ -z "$fast" ]; then
  need_postgres
  need_curl
  missing=()
  command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
  command -v ip >/dev/null || missing+=(iproute2)
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  command -v python3 >/dev/null || missing+=(python3)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
fi

restore src/Copilot.Web Copilot.sln
dotnet tool restore >/dev/null && dotnet csharpier check . >/dev/null ||
  die "the code is not laid out as the formatter does it: dotnet tool restore && dotnet csharpier format ."
# One compiler for all projects, which leaves with the build: a process that stayed would hold this script's output open.
built=yes
dotnet build Copilot.sln -c Release --no-restore -v q -clp:NoSummary -p:UseSharedCompilation=true || built=''
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
[ -n "$built" ] || die "the solution does not build (above)."
[ -n "$fast" ] || deploy/audit.sh

# Slack's own packages drive its double, MCP's own client the server; where they cannot be had, those tests say that they are skipped.
for node in tests/Copilot.Slack.Tests/Official/node tests/Copilot.Mcp.Tests/node; do
  [ -n "$fast" ] || (cd "$node" && npm ci --no-audit --no-fund --silent) ||
    printf '%s\n' "The Node packages of $node could not be installed: the tests that need them are skipped." >&2
done

results=$(mktemp -d)
reports=$(mktemp -d)
trap 'rm -rf "$results" "$reports"' EXIT
run_one() { # run_one PROJECT-FOLDER
  local name
  name=$(basename "$1")
  timeout 2400 dotnet test "$1" -c Release --no-build --nologo -v q --blame-hang-timeout 8m \
    --logger "trx;LogFileName=$reports/$name.trx" --filter "$left" >"$results/$name" 2>&1 </dev/null ||
    echo "ended with code $?" >>"$results/$name"
  # One write, so that two projects' lines do not mix.
  printf '%s\n' "== $name
$(grep -vE '^\s*$|^Test run for|^A total of|^Starting test|^VSTest|^Results File:|\[SKIP\]$' "$results/$name" || true)"
}
# What only makes figures is run when somebody wants them.
left='needs!=figures'
[ -z "$fast" ] || left='needs!=postgres&needs!=node&needs!=minutes&needs!=figures'
export -f run_one; export results reports fast left
# A test that would start a Postgres all the same is told to say so.
[ -z "$fast" ] || export COPILOT_TESTS=fast

# Two at a time on the unit and Postgres tests, those that take longest first, so that none of them runs on alone at the end; then the
# browser's, which take their own turns: beside the others they wait too long for a page.
longest='Web Diagnosis Analysis Models Store Cli Language Ingest Instrument Slack Answers Demo'
{ for name in $longest; do echo "tests/Copilot.$name.Tests"; done; ls tests/Copilot.*/*.csproj | xargs -n 1 dirname; } | awk '!seen[$0]++' |
  sed "s,$,/," | grep -vE "Copilot\.(EndToEnd|Testing|Benchmarks${fast:+|Store.Tests|Faults})/" | tr '\n' '\0' |
  xargs -0 -r -n 1 -P "${TEST_PARALLELISM:-2}" bash -c 'run_one "$1"' _
[ -n "$fast" ] || run_one tests/Copilot.EndToEnd/

# What failed, with its message: the platform's quiet output has names alone.
command -v python3 >/dev/null && python3 - "$reports" <<'PY' || true
import pathlib, sys, xml.etree.ElementTree as xml
ns = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"
for report in sorted(pathlib.Path(sys.argv[1]).glob("*.trx")):
    for result in xml.parse(report).iter(ns + "UnitTestResult"):
        if result.get("outcome") == "Failed":
            said = (result.findtext(f".//{ns}Message") or "no message").strip().splitlines()
            print("failed:", result.get("testName"), *["  " + line[:300] for line in said[:4] + said[4:][-8:]], sep="\n")
PY

# "not tested here: NAME (needs X)", one line a test, from the test platform's reports.
awk '
  /<UnitTestResult / { name = ""; if (match($0, /testName="[^"]*"/)) name = substr($0, RSTART + 10, RLENGTH - 11); skipped = /outcome="NotExecuted"/ }
  skipped && match($0, /<Message>.*<\/Message>/) {
    why = substr($0, RSTART + 9, RLENGTH - 19)
    gsub(/&quot;/, "\"", why); gsub(/&lt;/, "<", why); gsub(/&gt;/, ">", why); gsub(/&amp;/, "\\&", why)
    printf "not tested here: %s (%s)\n", name, why; skipped = 0
  }
' "$reports"/*.trx | sort || true

# "Passed!  - Failed:     0, Passed:    10, Skipped:     0, Total: …"; a project that ended badly without such a line failed once.
awk '
  FNR == 1 { if (NR > 1) close_project(); ended = 0; summed = 0 }
  /Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+/ {
    summed = 1
    for (i = 1; i < NF; i++) { if ($i == "Failed:") { failed += $(i + 1); bad = $(i + 1) + 0 } if ($i == "Passed:") passed += $(i + 1); if ($i == "Skipped:") skipped += $(i + 1) }
    if (bad > 0) explained = 1
  }
  /^ended with code/ { ended = 1 }
  function close_project() { if (ended && !explained) failed++; explained = 0 }
  END { close_project(); printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 }
' "$results"/*
