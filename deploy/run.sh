#!/usr/bin/env bash
# Starts the copilot: deploy/run.sh [--empty] [--port N] [--data DIR]
#   --empty     without the demo shop
#   --port N    browser, API and OTLP/HTTP on N, OTLP/gRPC on N + 1000 (else 5080, 4318 and 4317)
#   --data DIR  where the database lives (else .data in the repository)
#   --listen ADDRESS, --listen-intake ADDRESS  other machines too, or their telemetry alone: docs/security.md
#   --Section:Name=VALUE  a setting: docs/settings.md
# Ctrl-C stops everything it started.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/lib.sh"

empty='' port='' data="$root/.data" pass=()
while [ $# -gt 0 ]; do
  case $1 in
    --empty) empty=--empty ;;
    --port) port=${2:?--port needs a number}; shift ;;
    --port=*) port=${1#*=} ;;
    --data) data=${2:?--data needs a folder}; shift ;;
    --data=*) data=${1#*=} ;;
    -h|--help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    --listen|--listen-intake) pass+=("$1" "${2:?$1 needs an IP address}"); shift ;;
    --listen=*|--listen-intake=*|--*:*=*|--*__*=*) pass+=("$1") ;;
    --*:*|--*__*) pass+=("$1" "${2:?$1 needs a value}"); shift ;;
    *) die "deploy/run.sh has no option $1: it takes --empty, --port N, --data DIR, --listen ADDRESS, --listen-intake ADDRESS and --Section:Name=VALUE." ;;
  esac
  shift
done
case $port in *[!0-9]*) die "--port takes a number, not '$port'" ;; esac

need_dotnet
[ -n "${ConnectionStrings__Copilot:-}" ] || need_postgres
need_curl
# A folder that is there already is closed by the app, which knows whether all in it is its own.
[ -d "$data" ] || { mkdir -p "$(dirname "$data")"; (umask 077; mkdir -p "$data"); }
data=$(cd "$data" && pwd)

# What would end the start is told before anything is built, and before the log of the copilot that runs already is touched.
if [ -e "$data/copilot.lock" ] && command -v flock >/dev/null && ! flock -n "$data/copilot.lock" true; then
  holder=$(cat "$data/copilot.lock")
  if [ -n "$holder" ] && kill -0 "$holder" 2>/dev/null; then
    die "another copilot (process $holder) uses the data folder $data. Stop it, or choose another folder with --data."
  fi
fi
for taken in ${port:-5080 4318 4317} ${port:+$((port + 1000))}; do
  if (exec 3<>"/dev/tcp/127.0.0.1/$taken") 2>/dev/null; then
    die "port $taken on 127.0.0.1 is taken: end what listens there (ss -ltnp 'sport = :$taken' shows it), or choose another port with --port N."
  fi
done

stamp="$root/src/Copilot.Web/obj/release.stamp"
projects=("$root/src/Copilot.Web" "$root/src/Copilot.Demo")
build() {
  up_to_date "$stamp" "$root/src" "$root/build" "$root/migrations" "$root/prompts" "$root/Directory.Build.props" \
    "$root/Directory.Packages.props" "$root/global.json" "$root/.editorconfig" && return
  say "building (a minute on a quiet machine the first time, ten and more on a busy one) …"
  pulse building
  restore "${projects[@]}"
  local project started
  started=$(mktemp)
  # Style is for those who change the code (deploy/test.sh checks it); a start only needs what runs.
  for project in "${projects[@]}"; do
    dotnet build "$project" -c Release --no-restore -v q -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false >"$started.log" 2>&1 ||
      { cat "$started.log" >&2; rm -f "$started" "$started.log"; die "$project does not build (above)."; }
  done
  pulse
  # As of the start of the build, so that a file saved meanwhile is not taken for built.
  touch -r "$started" "$stamp"; rm -f "$started" "$started.log"
}
# Two starts at once share one build.
exec 8>"$root/deploy/.build.lock"; flock 8; build; exec 8>&-

app='' demo=''
stop() {
  trap - EXIT INT TERM HUP
  [ -z "$demo" ] || kill "$demo" 2>/dev/null || true
  [ -z "$app" ] || kill "$app" 2>/dev/null || true
  [ -z "$demo" ] || wait "$demo" 2>/dev/null || true
  [ -z "$app" ] || wait "$app" 2>/dev/null || true
}
trap 'stop; exit 0' INT TERM HUP
trap stop EXIT

# keep_log FILE: it goes on from start to start, so that what a crash said can still be read; above 10 MB it steps aside, and three stay.
keep_log() {
  local number
  if [ -f "$1" ] && [ "$(wc -c <"$1")" -gt $((10 * 1024 * 1024)) ]; then
    for number in 2 1; do [ ! -f "$1.$number" ] || mv -f "$1.$number" "$1.$((number + 1))"; done
    mv -f "$1" "$1.1"
  fi
  printf '== started %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$1"
  chmod 600 "$1"
}
# What it said since this start.
since_start() { tail -c "+$((log_start + 1))" "$log"; }
last_said() { since_start | tail -n 40 >&2; }

# Data and logs are for this user alone; what was built above need not be.
umask 077
log="$data/app.log"
keep_log "$log"
log_start=$(wc -c <"$log")
dotnet "$root/src/Copilot.Web/bin/Release/net10.0/Copilot.Web.dll" --data "$data" ${port:+--port "$port"} $empty ${pass[@]+"${pass[@]}"} \
  >>"$log" 2>&1 </dev/null &
app=$!

url="http://127.0.0.1:${port:-5080}"
for ((i = 0; ; i++)); do
  kill -0 "$app" 2>/dev/null || { last_said; die "the app did not start; its whole log: $log"; }
  # Its own answer, not that of another server on the port: it says itself when it listens.
  if since_start | grep -x 'Ready\.' >/dev/null && curl -fsS -o /dev/null --max-time 2 "$url/healthz" 2>/dev/null && kill -0 "$app" 2>/dev/null; then break; fi
  [ $i -lt 600 ] || { last_said; die "not ready after two minutes; its whole log: $log"; }
  sleep 0.2
done

if [ -z "$empty" ]; then
  keep_log "$data/demo.log"
  dotnet "$root/src/Copilot.Demo/bin/Release/net10.0/Copilot.Demo.dll" --copilot "$url" --otlp "http://127.0.0.1:${port:-4318}" >>"$data/demo.log" 2>&1 </dev/null &
  demo=$!
fi

echo "The copilot is ready: $url"
echo "Telemetry: OTLP/HTTP to http://127.0.0.1:${port:-4318}, OTLP/gRPC to http://127.0.0.1:$((${port:-3317} + 1000)); nothing arrives? docs/nothing-arrives.md"
since_start | grep -E '^(Open|Note|Model): ' || true
[ -n "$empty" ] || echo "The demo shop is running; something goes wrong in it within a minute or two. Ask: what is going wrong and who should fix it?"
echo "Log: $log. Ctrl-C stops everything."

# Interrupted by the traps; ends with the app's own code when the app ends first.
code=0; wait "$app" || code=$?
app=''
[ "$code" = 0 ] || { last_said; say "the app ended with code $code; its whole log: $log"; }
exit "$code"
