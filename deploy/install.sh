#!/usr/bin/env bash
# Puts the command `copilot` on the PATH: deploy/install.sh [--prefix DIR] [--uninstall]
#   --prefix DIR  it goes to DIR/bin, what it needs to DIR/lib/copilot (else /usr/local for root, ~/.local for others)
#   --uninstall   takes both away again
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/lib.sh"

if [ "$(id -u)" = 0 ]; then prefix=/usr/local; else prefix=$HOME/.local; fi
uninstall=''
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=${2:?--prefix needs a folder}; shift ;;
    --prefix=*) prefix=${1#*=} ;;
    --uninstall) uninstall=yes ;;
    -h|--help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "deploy/install.sh has no option $1: it takes --prefix DIR and --uninstall." ;;
  esac
  shift
done

if [ -n "$uninstall" ]; then
  rm -rf "$prefix/lib/copilot" "$prefix/bin/copilot"
  say "copilot is gone from $prefix."
  exit 0
fi

need_dotnet
mkdir -p "$prefix/bin" "$prefix/lib" 2>/dev/null && [ -w "$prefix/bin" ] && [ -w "$prefix/lib" ] ||
  die "$prefix is not yours to write into: choose another with --prefix DIR."
prefix=$(cd "$prefix" && pwd)
say "building the command (a minute on a quiet machine the first time, ten and more on a busy one) …"
pulse building
restore "$root/src/Copilot.Cli"
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
dotnet build "$root/src/Copilot.Cli" -c Release --no-restore -v q -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false >"$made/log" 2>&1 ||
  { cat "$made/log" >&2; die "the command does not build (above)."; }
pulse

# Beside the old one first: whoever uses it meanwhile has the old or the new one whole.
rm -rf "$prefix/lib/copilot.new"
cp -r "$root/src/Copilot.Cli/bin/Release/net10.0" "$prefix/lib/copilot.new"
rm -rf "$prefix/lib/copilot"
mv "$prefix/lib/copilot.new" "$prefix/lib/copilot"
# This dotnet, wherever it is installed: a script that cron or a pipeline starts has another PATH.
printf '#!/bin/sh\nDOTNET_TieredPGO=0 exec "%s" "%s" "$@"\n' "$(command -v dotnet)" "$prefix/lib/copilot/copilot.dll" >"$made/copilot"
chmod 755 "$made/copilot"
mv "$made/copilot" "$prefix/bin/copilot"

case ":$PATH:" in
  *":$prefix/bin:"*) say "copilot is installed: copilot --help" ;;
  *) say "copilot is installed in $prefix/bin, which is not on your PATH: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
