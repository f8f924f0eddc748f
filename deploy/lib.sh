# What run.sh and test.sh share. Sourced; expects $root to be the repository's folder.
# shellcheck shell=bash

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Nothing that a script of ours started stays behind: no build servers, no reused MSBuild nodes.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

say() { printf '%s\n' "$*" >&2; }
# Says every half minute that something still goes on, until it is called without a word.
pulse() {
  [ -z "${beat:-}" ] || { kill "$beat" 2>/dev/null; wait "$beat" 2>/dev/null || true; beat=''; }
  [ $# -gt 0 ] || return 0
  # It ends with the script, and holds neither its output nor its locks open.
  (n=0; while sleep 30 >/dev/null 2>&1 && kill -0 "$$" 2>/dev/null; do n=$((n + 30)); say "still $1, $n s"; done) 8>&- 9>&- &
  beat=$!
}
die() { pulse; say "error: $*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo -n "$@" 2>/dev/null || sudo "$@"
  else die "'$*' needs root and there is no sudo: run it as root, then start again."
  fi
}

apt_install() {
  command -v apt-get >/dev/null || die "missing: $*. This is no Debian: install them by hand, then start again."
  say "installing: $*"
  if [ "${apt_updated:-}" != yes ]; then
    as_root apt-get update -qq >&2 || die "apt-get update failed: is there a network?"
    apt_updated=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null </dev/null ||
    die "apt-get could not install: $*"
}

need_dotnet() {
  command -v dotnet >/dev/null || die "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
  (cd "$root" && dotnet --version >/dev/null 2>&1) || die "global.json asks for the .NET 10 SDK; installed: $(dotnet --list-sdks | tr '\n' ' ')"
}

need_postgres() {
  # initdb tells a server's folder from a client's.
  command -v initdb >/dev/null && command -v postgres >/dev/null && return
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && return
  # The app runs a server of its own on its own data: Debian's default cluster would only take up memory.
  apt_install postgresql-common
  as_root sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  apt_install postgresql
}

need_curl() { command -v curl >/dev/null || apt_install curl ca-certificates; }

# blazor.web.js: the official package where the registry holds it, else taken out of the older runtime (build/Blazor.targets).
# What this restores decides for every later build on this machine.
restore() { # [restore_options=(…)] restore PROJECT…
  local log project
  log=$(mktemp)
  for project in "$@"; do
    if ! dotnet restore "$project" -v q ${restore_options[@]+"${restore_options[@]}"} >"$log" 2>&1; then
      if grep -q 'Microsoft.AspNetCore.App.Internal.Assets' "$log" &&
         dotnet restore "$project" -v q ${restore_options[@]+"${restore_options[@]}"} -p:BlazorScript=extracted >"$log" 2>&1; then continue; fi
      cat "$log" >&2; rm -f "$log"; die "packages of $project do not restore (above)."
    fi
  done
  rm -f "$log"
}

# up_to_date STAMP FOLDER…: no file in the folders is newer than the stamp; bin and obj do not count, and folders neither:
# a build that makes its obj folder touches the folder above it.
up_to_date() {
  local stamp=$1; shift
  [ -f "$stamp" ] || return 1
  [ -z "$(find "$@" \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -newer "$stamp" -not -name '*.csproj.user' -print -quit)" ]
}
