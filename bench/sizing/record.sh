#!/usr/bin/env bash
# Fills structures in the Zeek that is on the PATH and prints what Zeek and the
# allocator say of each, as tab-separated values.
#
# usage: record.sh structures.zeek [literals] >truth.tsv
#
# With "literals", patterns as they are written in scripts are measured as well:
# what is made while Zeek parses keeps the place in the script it comes from.
#
# One column is Zeek's bytes: mallinfo2() before and after, without the cache
# that each thread keeps of freed chunks. Needs cc and about 2 GB of memory.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
script=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -shared -fPIC -O2 -o "$work/heap.so" "$here/heap.c"
cd "$work"

# Patterns, with the heap before and after each.
literals() {
	echo "module Truth;"
	for n in 1 10 100 1000 4000; do
		words=$(seq 1 $n | sed 's/$/abcdefgh/; s/\(.\{9\}\).*/\1/' | paste -sd'|')
		names=$(seq 1 $n | sed 's/.*/(^|\\.)host&\\.example\\.com$/' | paste -sd'|')
		classes=$(seq 1 $n | sed 's/.*/[a-z]+&[0-9a-f]{2}\\x20/' | paste -sd'|')
		for kind in words names classes; do
			printf 'global before_%s_%s = getpid();\nglobal %s_%s = /%s/;\nglobal after_%s_%s = getpid();\n' \
				$kind $n $kind $n "${!kind}" $kind $n
		done
	done
	echo 'event zeek_init() &priority=-1001 {'
	for n in 1 10 100 1000 4000; do
		for kind in words names classes; do
			echo "report(\"pattern in a script, $kind\", $n, ${kind}_$n, after_${kind}_$n - before_${kind}_$n);"
		done
	done
	echo '}'
}
[ "${2:-}" != literals ] || literals >literals.zeek
[ -e literals.zeek ] || echo >literals.zeek

echo "# $(zeek --version), $(ldd --version | sed -n 1p), $(uname -m), $(grep -m1 PRETTY_NAME /etc/os-release | cut -d'"' -f2), $(date -u +%F)"
printf 'structure\tmade\ttype\trecord_fields\tentries\tpeak\tsize\tunit\tbytes\tglobal_sizes\tcontents\n'
# print writes a tab as \x09.
GLIBC_TUNABLES=glibc.malloc.tcache_count=0 LD_PRELOAD=$work/heap.so zeek -b "$script" literals.zeek >rows
sed 's/\\x09/\t/g' rows | LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k2,2n
