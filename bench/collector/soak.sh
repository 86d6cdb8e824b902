#!/usr/bin/env bash
# Whether the collector leaves anything behind: a trace of connections that last
# and hold state is read without it, with it but no connections, with all of it,
# and with requests, gauges and options that change. Says how much the heap grew
# after the first ten runs, and how much of it the collector adds per 1,000 runs, once
# its sample of connections is full: from the third tenth of the runs to the last.
#
# usage: soak.sh [SECONDS] [RUNS]      of the trace; default: 3600 2000
#
# Needs cc and python3.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
package=$here/../../scripts
seconds=${1:-3600} runs=${2:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cc -shared -fPIC -O2 -o getpid.so "$here/getpid.c"
python3 "$here/../../testing/Scripts/make-pcap.py" soak soak.pcap "$seconds"
echo "$(zeek --version): $runs runs in $seconds s of a trace with connections that last, hold state, close and come again"
echo
echo "The heap in use in KiB after ten runs, halfway and at the end; how much it grew from ten runs on; and what the"
echo "collector adds per 1,000 runs: the heap less that without it at the same time, from the third tenth to the last."
printf '%-22s %9s %9s %9s %9s %14s\n' way 'run 10' half end grew 'per 1,000 runs'

for way in none no-connections all varied; do
	mkdir "$way" && cd "$way"
	args=()
	[ $way = none ] || args=("$package")
	[ $way != no-connections ] || args+=(my_stats::max_connections_sampled=0)
	LD_PRELOAD=$work/getpid.so zeek -C -r ../soak.pcap "${args[@]}" "$here/soak.zeek" Bench::way=$way \
		Bench::seconds_between_runs="$(awk "BEGIN { print $seconds / $runs }")" >../$way.heap 2>errors || { cat errors >&2; exit 1; }
	cat errors >&2
	cd ..
	# By median over tenths, since traffic comes and goes.
	paste none.heap $way.heap | awk -v way=$way '
		function median(from, to,   i, j, n, t) {
			n = 0
			for (i = from; i <= to; i++) sorted[++n] = extra[i]
			for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (sorted[j] < sorted[i]) { t = sorted[i]; sorted[i] = sorted[j]; sorted[j] = t }
			return sorted[int((n + 1) / 2)]
		}
		{ heap[NR] = $4; extra[NR] = $4 - $2 }
		END {
			tenth = int(NR / 10)
			grown = (median(NR - tenth + 1, NR) - median(2 * tenth + 1, 3 * tenth)) / (7 * tenth) * 1000
			printf "%-22s %9d %9d %9d %9d %14.1f\n", way, heap[10], heap[int(NR / 2)], heap[NR], heap[NR] - heap[10], grown
		}'
done
