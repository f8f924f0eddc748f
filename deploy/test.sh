#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test project. The last line: "N passed, N failed, N skipped".
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/lib.sh"
cd "$root"

need_dotnet
need_postgres
need_curl
missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
command -v ip >/dev/null || missing+=(iproute2)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
command -v python3 >/dev/null || missing+=(python3)
[ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"

restore src/Copilot.Web Copilot.sln
dotnet build Copilot.sln -c Release --no-restore -v q -clp:NoSummary || die "the solution does not build (above)."

# Slack's own packages drive its double; where they cannot be had, those tests say that they are skipped.
(cd tests/Copilot.Slack.Tests/Official/node && npm ci --no-audit --no-fund --silent) ||
  printf '%s\n' "Slack's Node packages could not be installed: the tests that need them are skipped." >&2

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
run_one() { # run_one PROJECT-FOLDER
  local name
  name=$(basename "$1")
  timeout 1000 dotnet test "$1" -c Release --no-build --nologo -v q --blame-hang-timeout 8m >"$results/$name" 2>&1 </dev/null ||
    echo "ended with code $?" >>"$results/$name"
  # One write, so that two projects' lines do not mix.
  printf '%s\n' "== $name
$(grep -vE '^\s*$|^Test run for|^A total of|^Starting test|^VSTest' "$results/$name" || true)"
}
export -f run_one; export results

# Two at a time on the unit and Postgres tests; the browser and the scorer have the machine to themselves, since they measure.
ls -d tests/Copilot.*/ | grep -vE 'Copilot\.(EndToEnd|Testing|Benchmarks)/' | tr '\n' '\0' |
  xargs -0 -r -n 1 -P "${TEST_PARALLELISM:-2}" bash -c 'run_one "$1"' _
run_one tests/Copilot.EndToEnd/

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
