# @TEST-DOC: Hundreds of runs leave nothing behind, with connections that last, hold state, close and come again, and what these held is given back.
# @TEST-REQUIRES: which cc
# @TEST-EXEC: $SOAK 1200 1200 >table
# @TEST-EXEC: cat table
# So short a soak varies by some 60 KiB; a value that is kept per connection looked into was 17 MB.
# @TEST-EXEC: awk '/^(no-connections|all|varied)/ { print $1, ($NF <= 256 ? "leaves nothing behind" : "leaves " $NF " KiB per 1,000 runs") }' table >out
# @TEST-EXEC: btest-diff out
