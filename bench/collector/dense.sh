#!/usr/bin/env bash
# What the collector costs a node that is busy: Zeek on the PATH reads a trace
# made of real sessions (make-dense-pcap.py) without measuring, with the
# collector, and with the plain way.
#
# usage: dense.sh TRACES [CONNECTIONS_PER_SECOND] [SECONDS]      default: 200 600
#
# TRACES is the folder testing/btest/Traces of Zeek's source tree. First what start and runs
# take by themselves, in instructions, counted by valgrind (INSTRUCTIONS=0 leaves
# that out); then CPU time, REPEATS (3) times each way in turn. Needs python3.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
package=$(cd "$here/../../scripts" && pwd)
traces=$(cd "$1" && pwd) rate=${2:-200} seconds=${3:-600} repeats=${REPEATS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

way_of() { # the arguments of a way
	case $1 in
		none) ;;
		ours) echo "$package" ;;
		plain) echo "$here/plain.zeek" ;;
	esac
}

echo "$(zeek --version), $(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), load $(cut -d' ' -f1 /proc/loadavg)"

count() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null zeek "$@" 2>&1 >/dev/null |
		sed -n 's/.*Collected : //p'
}
if [ "${INSTRUCTIONS:-1}" != 0 ] && command -v valgrind >/dev/null; then
	# A packet now and then, so that there is nothing but runs: one, eleven, and a hundred of them.
	echo
	echo "Instructions, in millions: to parse, for all up to the end of a first run, for each further one."
	printf '%-6s %10s %16s %14s\n' way parse 'first run and all' 'a further run'
	for runs in 1 11 101; do
		python3 "$here/../../testing/Scripts/make-pcap.py" sparse "$runs.pcap" $((runs * 2 - 1)) 30
	done
	for way in none ours plain; do
		args=($(way_of $way))
		# Zeek is some fifty times slower there, and budgets of time must grow with it.
		[ $way != ours ] || args+=(my_stats::max_pause=50msec)
		parse=$(count --parse-only "${args[@]}")
		for runs in 1 11 101; do n[$runs]=$(count -C -r "$runs.pcap" "${args[@]}"); done
		[ $way != none ] || base=("$parse" "${n[1]}" "${n[11]}" "${n[101]}")
		echo "$way $parse ${n[1]} ${n[11]} ${n[101]} ${base[*]}"
	done | awk '{ printf "%-6s %10.1f %17.1f %14.2f\n", $1, ($2 - $6) / 1e6, ($3 - $7) / 1e6,
		(($5 - $9) - ($4 - $8)) / 90e6 }'
fi

echo
python3 "$here/make-dense-pcap.py" "$traces" dense.pcap "$rate" "$seconds"
core=$(($(nproc) - 1)) # of all: where Zeek runs alone, if nothing else does
TIMEFORMAT='%U %S'
for ((i = 0; i < repeats; i++)); do
	for way in none ours plain; do
		rm -rf logs && mkdir logs && cd logs
		{ time taskset -c $core zeek -C -r ../dense.pcap $(way_of $way) >/dev/null 2>&1; } 2>../time
		awk '{ print $1 + $2 }' ../time >>"../cpu.$way"
		[ ! -e my_stats_node.log ] || zeek-cut duration <my_stats_node.log |
			awk '{ s += $1 } END { print NR, s * 1000 }' >"../runs.$way"
		cd ..
	done
done
echo
echo "CPU time, seconds of user and system, $repeats times each in turn; the least, and how much more than the least without measuring."
printf '%-6s %10s %10s %10s %8s %20s\n' way least median most more 'runs, ms by the log'
for way in none ours plain; do
	sort -n "cpu.$way" | awk -v way=$way -v none="$(sort -n cpu.none | head -1)" -v runs="$(cat "runs.$way" 2>/dev/null || echo '- -')" '
		{ v[NR] = $1 }
		END { printf "%-6s %10.3f %10.3f %10.3f %7.2f%% %20s\n", way, v[1], v[int((NR + 1) / 2)], v[NR],
			(v[1] / none - 1) * 100, runs }'
done
