#!/usr/bin/env bash
# Packages with known vulnerabilities, those that others bring in too: deploy/audit.sh
# Ends with 1 where there are any of a high or critical severity; says so where nothing could be looked at, and ends with 0.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/lib.sh"
[ $# = 0 ] || die "deploy/audit.sh takes nothing, not '$1'."
need_dotnet
need_curl

# A feed without advisories would be asked in vain, and its silence read as a clean bill.
advisories=''
while read -r feed; do
  if curl -fsSL --max-time 20 "$feed" 2>/dev/null | grep -q '"VulnerabilityInfo/'; then advisories=yes; fi
done < <(dotnet nuget list source --format short | sed -n 's/^E[A-Z]* *//p' | grep -E '^https?://')
if [ -z "$advisories" ]; then
  say "not looked at: no feed of packages that can be reached here has advisories."
  exit 0
fi

found=$(mktemp)
trap 'rm -f "$found"' EXIT
dotnet list "$root/Copilot.sln" package --vulnerable --include-transitive >"$found" 2>&1 ||
  { cat "$found" >&2; say "not looked at: the packages could not be listed (above)."; exit 0; }
grep -E '^ *> ' "$found" | sort -u >&2 || true
if grep -qE '^ *> .*(High|Critical)' "$found"; then die "packages with vulnerabilities of a high severity (above): take newer ones."; fi
say "no package with a vulnerability of a high severity is known."
