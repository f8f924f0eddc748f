#!/usr/bin/env bash
# Makes what can be installed: deploy/pack.sh [--out DIR] [--built DIR]
#   copilot-VERSION-linux-x64.tar.gz           unpack and run: the .NET runtime is inside
#   observability-copilot_VERSION_amd64.deb    for Debian and Ubuntu, with a systemd service
#   SHA256SUMS
#   --out DIR    where they go (else dist in the repository)
#   --built DIR  of what was published there before, without building
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/lib.sh"

out="$root/dist" built=''
while [ $# -gt 0 ]; do
  case $1 in
    --out) out=${2:?--out needs a folder}; shift ;;
    --out=*) out=${1#*=} ;;
    --built) built=${2:?--built needs a folder}; shift ;;
    --built=*) built=${1#*=} ;;
    -h|--help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "deploy/pack.sh has no option $1: it takes --out DIR and --built DIR." ;;
  esac
  shift
done
for program in dpkg-deb tar gzip sha256sum; do
  command -v "$program" >/dev/null || die "$program is missing: Debian's packages dpkg, tar, gzip and coreutils have them."
done

version=$(sed -n 's,.*<Version>\(.*\)</Version>.*,\1,p' "$root/Directory.Build.props")
[ -n "$version" ] || die "Directory.Build.props says no <Version>."
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The same commit makes the same files, whoever packs it and when.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}
umask 022

if [ -z "$built" ]; then
  need_dotnet
  built="$work/published"
  say "publishing (some minutes) …"
  for project in Web Cli Demo; do
    # Outputs of its own: a build of the repository stays as it is.
    restore_options=(-r linux-x64 -p:SelfContained=true --artifacts-path "$work/artifacts")
    restore "$root/src/Copilot.$project"
    dotnet publish "$root/src/Copilot.$project" -c Release --no-restore -v q -r linux-x64 --self-contained true \
      --artifacts-path "$work/artifacts" -o "$built" \
      -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:DebugType=none -p:GenerateDocumentationFile=false >"$work/log" 2>&1 ||
      { cat "$work/log" >&2; die "src/Copilot.$project cannot be published (above)."; }
  done
fi
for program in Copilot.Web copilot Copilot.Demo; do
  [ -x "$built/$program" ] || die "$built holds no program $program: it is no folder of what was published."
done

# Both have the same tree: what runs in lib/copilot, its names in bin.
lay() { # lay FOLDER
  mkdir -p "$1/bin" "$1/lib/copilot"
  cp -r "$built/." "$1/lib/copilot/"
  find "$1/lib/copilot" -name '*.pdb' -delete
  find "$1" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
  chmod 755 "$1/lib/copilot/"{Copilot.Web,copilot,Copilot.Demo}
  [ ! -f "$1/lib/copilot/createdump" ] || chmod 755 "$1/lib/copilot/createdump"
  ln -s ../lib/copilot/Copilot.Web "$1/bin/copilot-server"
  ln -s ../lib/copilot/copilot "$1/bin/copilot"
  ln -s ../lib/copilot/Copilot.Demo "$1/bin/copilot-demo"
}

name="copilot-$version-linux-x64"
lay "$work/$name"
cp "$root/LICENSE" "$root/CHANGELOG.md" "$root/README.md" "$work/$name/"
cp -r "$root/docs" "$work/$name/docs"
rm -rf "$work/$name/docs/decisions"
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$work" -cf - "$name" | gzip -n >"$out/$name.tar.gz"

deb="$work/deb"
lay "$deb/usr"
install -d "$deb/DEBIAN" "$deb/etc/observability-copilot" "$deb/usr/lib/systemd/system" "$deb/usr/share/doc/observability-copilot"
install -m 644 "$root/deploy/package/observability-copilot.service" "$deb/usr/lib/systemd/system/"
install -m 640 "$root/deploy/package/copilot.env" "$deb/etc/observability-copilot/"
cp -r "$work/$name/docs" "$deb/usr/share/doc/observability-copilot/docs"
install -m 644 "$root/LICENSE" "$deb/usr/share/doc/observability-copilot/copyright"
gzip -9nc "$root/CHANGELOG.md" >"$deb/usr/share/doc/observability-copilot/changelog.gz"
install -m 755 "$root/deploy/package/"{postinst,prerm,postrm} "$deb/DEBIAN/"
echo /etc/observability-copilot/copilot.env >"$deb/DEBIAN/conffiles"
sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$(du -sk "$deb" | cut -f1)/" "$root/deploy/package/control" >"$deb/DEBIAN/control"
(cd "$deb" && find etc usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
dpkg-deb --root-owner-group -Zgzip --build "$deb" "$out/observability-copilot_${version}_amd64.deb" >/dev/null

(cd "$out" && sha256sum "$name.tar.gz" "observability-copilot_${version}_amd64.deb" >SHA256SUMS)
say "made in $out:"
(cd "$out" && ls -lh "$name.tar.gz" "observability-copilot_${version}_amd64.deb" SHA256SUMS | awk '{ print "  " $5 "  " $9 }' >&2)
