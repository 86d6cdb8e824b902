#!/usr/bin/env bash
# Which operations of the Zeek on the PATH never give back memory: each that the
# collector uses, and resize(), which it avoids, is done up to 100,000 times.
#
# usage: leaks.sh [TIMES]      default: 100000
#
# Needs cc.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cc -shared -fPIC -O2 -o getpid.so "$here/getpid.c"
echo "$(zeek --version): KiB of heap that are left in use"
LD_PRELOAD=$work/getpid.so zeek "$here/leaks.zeek" Bench::times="${1:-100000}" |
	awk -F '; ' '{ printf "%-42s %8d times %9d KiB\n", $1, $2, $3 }'
