#!/usr/bin/env bash
# Compares the collector with the plain way, one global_container_footprints()
# per run, on the Zeek that is on the PATH: pauses, heap growth, the heap of the
# package itself, CPU, and instructions.
#
# usage: run.sh [ENTRIES...]      default: 10000 100000 1000000 10000000
#
# REPEATS (5), CONNECTIONS (40000) and MINUTES (10) size the CPU part; of it,
# INSTRUCTIONS=0 leaves out what needs valgrind and many minutes. Needs cc and
# python3; ten million entries need about 8 GB of memory.
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
echo "with three lazy container fields. The longest pause of four runs by the clock, and the longest stretch between two"
echo "heartbeats in the same process in CPU time of its thread: in the median run, and in the worst. How much the heap grew."
printf '%12s %-6s %10s %14s %14s %12s\n' entries way 'clock ms' 'CPU ms, median' 'CPU ms, worst' 'heap KiB'

for n in "${sizes[@]}"; do
	for way in none ours plain; do
		script=()
		[ $way != ours ] || script=("$package")
		LD_PRELOAD=$work/getpid.so zeek "${script[@]}" "$here/grow.zeek" exit_only_after_terminate=T \
			Bench::entries="$n" Bench::way=$way >out
		awk -v n="$n" -v way=$way '
			$1 == "filled" { heap = $5; next }
			{ if ($3 > pause) pause = $3; beat[++beats] = $4; last = $5 }
			END {
				for (i = 1; i <= beats; i++)
					for (j = i + 1; j <= beats; j++)
						if (beat[j] < beat[i]) { swap = beat[i]; beat[i] = beat[j]; beat[j] = swap }
				printf "%12d %-6s %10.3f %14.3f %14.3f %12d\n", n, way, pause, beat[int((beats + 1) / 2)], beat[beats], last - heap
			}' out
	done
done

echo
echo "The heap of the package itself, default scripts, KiB in use in all, and more than without it."
for way in none ours; do
	script=()
	[ $way != ours ] || script=("$package")
	LD_PRELOAD=$work/getpid.so zeek "${script[@]}" "$here/heap.zeek" exit_only_after_terminate=T >"heap.$way"
done
awk 'NR == FNR { none[$1] = $2; next }
	{ base = $1 in none ? none[$1] : none["none"] }
	$1 != "none" { printf "%-8s %10d %+10d\n", $1, $2, $2 - base }' heap.none heap.ours

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

[ "${INSTRUCTIONS:-1}" != 0 ] || exit 0
command -v valgrind >/dev/null || { echo "No valgrind: no instructions counted."; exit 0; }

# Zeek is some fifty times slower there, and budgets of time must grow with it.
count() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null zeek "$@" 2>&1 >/dev/null |
		sed -n 's/.*Collected : //p'
}
echo 'event zeek_init() &priority=-1000000 { exit(0); }' >start-only.zeek
declare -A start total
mkdir -p counted && cd counted
for way in none ours plain; do
	case $way in
		none) script=() ;;
		ours) script=("$package" my_stats::max_pause=50msec) ;;
		plain) script=("$here/plain.zeek") ;;
	esac
	start[$way]=$(count "${script[@]}" ../start-only.zeek)
	total[$way]=$(count -C -r ../mixed.pcap "${script[@]}")
	[ ! -e my_stats_node.log ] || runs=$(grep -vc '^#' my_stats_node.log)
	rm -f *.log
done
echo
echo "Instructions, in millions, of the same trace ($((runs)) runs), counted by valgrind: in all, more than without measuring, of that"
echo "when Zeek starts, and how much that is of the whole."
printf '%-6s %10s %10s %10s %8s\n' way all more 'at start' more
for way in none ours plain; do
	awk -v way=$way -v n="${total[none]}" -v t="${total[$way]}" -v sn="${start[none]}" -v s="${start[$way]}" 'BEGIN {
		printf "%-6s %10.0f %10.0f %10.0f %7.2f%%\n", way, t / 1e6, (t - n) / 1e6, (s - sn) / 1e6, (t - n) / n * 100 }'
done
