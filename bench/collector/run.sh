#!/usr/bin/env bash
# Compares the collector with the plain way, one global_container_footprints()
# per run, on the Zeek that is on the PATH: pauses, heap growth, CPU.
#
# usage: run.sh [ENTRIES...]      default: 10000 100000 1000000 10000000
#
# REPEATS (5), CONNECTIONS (40000) and MINUTES (10) size the CPU part. Needs cc
# and python3; ten million entries need about 8 GB of memory.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
package=$here/../../scripts
make_pcap=$here/../../testing/Scripts/make-pcap.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(10000 100000 1000000 10000000)

cc -shared -fPIC -O2 -o getpid.so "$here/getpid.c"
echo "$(zeek --version), $(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), load $(cut -d' ' -f1 /proc/loadavg)"
echo
echo "Pauses and heap: N entries, a third each in table[addr] of count, set[string], table[count] of record"
echo "with three lazy container fields. The longest pause of three runs as the collector says, as a heartbeat"
echo "in the same process saw it, and how much the heap grew."
printf '%12s %-6s %16s %16s %14s\n' entries way 'pause ms' 'heartbeat ms' 'heap KiB'

for n in "${sizes[@]}"; do
	for way in none ours plain; do
		script=()
		[ $way != ours ] || script=("$package")
		LD_PRELOAD=$work/getpid.so zeek "${script[@]}" "$here/grow.zeek" exit_only_after_terminate=T \
			Bench::entries="$n" Bench::way=$way >out
		awk -v n="$n" -v way=$way '
			$1 == "filled" { heap = $5; next }
			{ if ($3 > pause) pause = $3; if ($4 > beat) beat = $4; last = $5 }
			END { printf "%12d %-6s %16.3f %16.3f %14d\n", n, way, pause, beat, last - heap }' out
	done
done

connections=${CONNECTIONS:-40000} minutes=${MINUTES:-10} repeats=${REPEATS:-5}
python3 "$make_pcap" mixed mixed.pcap "$connections" $((minutes * 60))
echo
echo "CPU: a trace of $connections connections in $minutes minutes, default scripts; seconds of user and system time,"
echo "$repeats times each in turn."
printf '%-6s %10s %10s %10s %16s %8s\n' way least median most 'runs took s' rows

TIMEFORMAT='%U %S'
for ((i = 0; i < repeats; i++)); do
	for way in none ours plain; do
		rm -rf logs && mkdir logs && cd logs
		case $way in
			none) script=() ;;
			ours) script=("$package") ;;
			plain) script=("$here/plain.zeek") ;;
		esac
		{ time zeek -C -r ../mixed.pcap "${script[@]}" >/dev/null 2>&1; } 2>../time
		awk '{ print $1 + $2 }' ../time >>"../cpu.$way"
		for log in my_stats.log plain.log; do
			[ ! -e $log ] || grep -vc '^#' $log >"../rows.$way"
		done
		[ ! -e my_stats_node.log ] || zeek-cut duration <my_stats_node.log | awk '{ s += $1 } END { print s }' >"../took.$way"
		cd ..
	done
done
for way in none ours plain; do
	sort -n "cpu.$way" | awk -v way=$way -v rows="$(cat "rows.$way" 2>/dev/null || echo 0)" \
		-v took="$(cat "took.$way" 2>/dev/null || echo -)" '
		{ v[NR] = $1 }
		END { printf "%-6s %10.3f %10.3f %10.3f %16s %8d\n", way, v[1], v[int((NR + 1) / 2)], v[NR], took, rows }'
done
