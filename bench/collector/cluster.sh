#!/usr/bin/env bash
# What the collector costs in a cluster: zeekctl runs two loggers, a manager, a
# proxy and two workers on this machine, to which a trace of real sessions is
# sent at its own speed. Says for each node the longest pause of a run, by the
# clock and in processor time of the thread: in the median run, in 95 of 100, and
# at most; and what was in the longest slices.
#
# usage: cluster.sh TRACE [MINUTES]      default: 12 minutes
#
# TRACE is a pcap, as make-dense-pcap.py makes one. Needs root, zeekctl on the
# PATH, cc and python3. Changes nothing of Zeek's installation. KEEP=FOLDER keeps
# the logs.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
package=$(cd "$here/../../scripts" && pwd)
trace=$(realpath "$1") minutes=${2:-12}
prefix=$(dirname "$(dirname "$(command -v zeekctl)")")
work=$(mktemp -d)
mkdir -p "$work/etc" "$work/spool" "$work/logs" "$work/site"
cp "$prefix/share/zeek/site/local.zeek" "$work/site/local.zeek"
cc -shared -fPIC -O2 -o "$work/getpid.so" "$here/getpid.c"
printf '@load %s\n@load %s\n' "$package" "$here/slices.zeek" >>"$work/site/local.zeek"
{
	for node in logger-1:logger logger-2:logger manager:manager proxy-1:proxy worker-1:worker worker-2:worker; do
		printf '[%s]\ntype=%s\nhost=localhost\n' "${node%%:*}" "${node##*:}"
		[ "${node##*:}" != worker ] || printf 'interface=lo\n'
	done
} >"$work/etc/node.cfg"
echo '127.0.0.0/8' >"$work/etc/networks.cfg"
sed -E "s#^(LogDir|SpoolDir|CfgDir) .*##; s#^(SitePolicyScripts) .*##" "$prefix/etc/zeekctl.cfg" >"$work/etc/zeekctl.cfg"
cat >>"$work/etc/zeekctl.cfg" <<CONFIG
LogDir = $work/logs
SpoolDir = $work/spool
CfgDir = $work/etc
SitePolicyPath = $work/site
ZeekArgs = -C
Env_vars = LD_PRELOAD=$work/getpid.so,GETPID_ANSWERS=cpu
MailConnectionSummary = 0
LogRotationInterval = 300
CONFIG
# zeekctl knows no option for another configuration.
cat >"$work/zeekctl.py" <<PYTHON
import runpy
import sys

sys.path.insert(0, "$prefix/lib/zeek/python/zeekctl")
from ZeekControl import version

version.CFGFILE = "$work/etc/zeekctl.cfg"
runpy.run_path("$prefix/bin/zeekctl", run_name="__main__")
PYTHON
zeekctl() { $(head -n 1 "$prefix/bin/zeekctl" | cut -c 3-) "$work/zeekctl.py" "$@"; }
trap 'zeekctl stop >/dev/null 2>&1 || true; [ -n "${KEEP:-}" ] && cp -r "$work" "$KEEP"; rm -rf "$work"' EXIT

echo "$(zeek --version), $(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), load $(cut -d' ' -f1 /proc/loadavg)"
zeekctl deploy >"$work/deploy" 2>&1 || { cat "$work/deploy" >&2; exit 1; }
python3 "$here/replay.py" lo "$trace" $((minutes * 60))
zeekctl stop >/dev/null 2>&1
find "$work/spool" "$work/logs" -name 'stdout*' -print0 | xargs -0 zcat -f | grep -a '^slice ' >"$work/slices" || true
awk '{ k = $2 " " $3; if ($4 > cpu[k]) cpu[k] = $4; if ($5 > clock[k]) clock[k] = $5 }
	END { for (k in cpu) print k, cpu[k], clock[k] }' "$work/slices" >"$work/runs"
printf '%-10s %6s | %s | %s\n' node runs 'clock ms: median, 95 %, most' 'processor ms: median, 95 %, most'
for node in $(cut -d ' ' -f 1 "$work/runs" | sort -u) all; do
	quantiles() { awk -v node="$node" -v column="$1" 'node == "all" || $1 == node { print $column / 1000 }' "$work/runs" | sort -n |
		awk '{ v[NR] = $1 } END { printf "%8.2f %8.2f %8.2f", v[int((NR + 1) / 2)], v[int(NR * 0.95) < 1 ? 1 : int(NR * 0.95)], v[NR] }'; }
	printf '%-10s %6d |      %s  |     %s\n' "$node" "$(awk -v node="$node" 'node == "all" || $1 == node' "$work/runs" | wc -l)" "$(quantiles 4)" "$(quantiles 3)"
done
echo
echo "The longest slices, in processor time: node, run, microseconds of it, and by the clock."
sort -k4,4nr "$work/slices" | head -n 20
