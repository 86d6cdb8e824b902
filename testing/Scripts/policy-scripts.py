#!/usr/bin/env python3
"""Prints those of Zeek's own policy scripts that can be loaded together.

What changes how Zeek runs, or whether and how it writes logs, is left out, and so is
what cannot be parsed here.
"""

import pathlib
import subprocess

LEFT_OUT = (
    "cluster/", "management", "control", "supervisor", "dump-events", "json-logs", "deprecated", "extra-logging",
    "remove-", "disable-", "profiling", "spicy", "netcontrol", "catch-and-release", "unified2", "prometheus",
)  # fmt: skip


def parses(scripts):
    return subprocess.run(["zeek", "--parse-only", *scripts], capture_output=True).returncode == 0


def loadable(scripts, with_these):
    """Those of *scripts* that parse together with *with_these*, found by halving."""
    if not scripts or parses(with_these + scripts):
        return scripts
    if len(scripts) == 1:
        return []
    half = len(scripts) // 2
    first = loadable(scripts[:half], with_these)
    return first + loadable(scripts[half:], with_these + first)


def script_folder():
    for option in ("--script_dir", "--zeekpath", "--bropath"):
        told = subprocess.run(["zeek-config", option], capture_output=True, text=True).stdout
        for folder in told.strip().split(":"):
            if folder and (pathlib.Path(folder) / "policy").is_dir():
                return pathlib.Path(folder)
    raise SystemExit("no folder of Zeek's scripts found")


root = script_folder()
names = sorted(str(path.relative_to(root).with_suffix("")) for path in (root / "policy").rglob("*.zeek"))
wanted = [name for name in names if not name.endswith("__load__") and not any(part in name for part in LEFT_OUT)]
print("\n".join(loadable(wanted, [])))
