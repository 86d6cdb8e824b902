# @TEST-DOC: Zeek's script optimizer changes nothing.
# @TEST-REQUIRES: $AT_LEAST 8.0
# @TEST-EXEC: zeek $PACKAGE %DIR/large.zeek >plain
# @TEST-EXEC: zeek -O ZAM $PACKAGE %DIR/large.zeek >optimized 2>errors
# @TEST-EXEC: cat errors; diff plain optimized
