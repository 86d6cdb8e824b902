#!/usr/bin/env python3
"""Sorts the fields of the records in each line: before Zeek 7.1 they come in any order."""

import re
import sys

for line in sys.stdin:
    print(re.sub(r"\{([^{}]*)\}", lambda record: "{" + "; ".join(sorted(record[1].split("; "))) + "}", line), end="")
