#!/usr/bin/env bash
# The data as one file: deploy/data.sh backup FILE | restore FILE [--data DIR]
#   backup FILE   the whole store as it is now; the copilot may run meanwhile
#   restore FILE  into a folder (or a Postgres of your own) that holds none yet; then start the copilot on it
#   --data DIR    where the database lives (else .data in the repository; ConnectionStrings__Copilot comes first)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/lib.sh"

usage="deploy/data.sh takes backup FILE or restore FILE, and --data DIR."
case ${1:-} in
  backup|restore) what=$1 ;;
  -h|--help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
  *) die "$usage" ;;
esac
file=${2:?$usage}
shift 2
data="$root/.data"
while [ $# -gt 0 ]; do
  case $1 in
    --data) data=${2:?--data needs a folder}; shift ;;
    --data=*) data=${1#*=} ;;
    *) die "$usage Not $1." ;;
  esac
  shift
done

app="$root/src/Copilot.Web/bin/Release/net10.0/Copilot.Web.dll"
[ -f "$app" ] || die "the copilot is not built: start it once with deploy/run.sh."
exec dotnet "$app" --data "$data" "--$what" "$file"
