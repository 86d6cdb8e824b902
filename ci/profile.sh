#!/usr/bin/env bash
# Profiles a package in a job of GitHub Actions: the report goes to the job's summary and, where that is wanted, to a
# comment on the pull request. Its inputs are variables, see action.yml.
set -uo pipefail

report="${RUNNER_TEMP:-/tmp}/my-stats-profile.md"
errors="${RUNNER_TEMP:-/tmp}/my-stats-profile.txt"
args=(--zeek "$ZEEK" --timeout "$TIMEOUT")
while IFS= read -r line; do [ -z "$line" ] || args+=(--pcap "$line"); done <<<"$PCAP"
while IFS= read -r line; do [ -z "$line" ] || args+=(--load "$line"); done <<<"$LOAD"
[ -z "$AGAINST" ] || args+=(--against "$AGAINST")
# Without another version and without budgets, as for the first commit of a package, there is nothing to check.
has_budgets() { [ -n "$BUDGET" ] || [ -e my-stats.json ] || grep -qsE '"my-stats"[[:space:]]*:[[:space:]]*\{' package.json; }
if [ "$CHECK" = true ] && { [ -n "$AGAINST" ] || has_budgets; }; then
  args+=(--check --tolerance "$TOLERANCE")
  [ -z "$BUDGET" ] || args+=(--budget "$BUDGET")
fi

node "$ACTION_PATH/bin/my-stats" profile "${args[@]}" --markdown -- "$PACKAGE" >"$report" 2>"$errors"
status=$?
cat "$errors" >&2
# Where there is no report, the error is what there is to read.
[ -s "$report" ] || { echo '### my-stats profile'; echo; echo '```'; cat "$errors"; echo '```'; } >"$report"
cat "$report" >>"$GITHUB_STEP_SUMMARY"
echo "report=$report" >>"$GITHUB_OUTPUT"
if [ "$COMMENT" = true ] && [ -n "$PULL_REQUEST" ]; then
  # A comment that cannot be written, as from a fork, is no reason to fail.
  gh pr comment "$PULL_REQUEST" --repo "$GITHUB_REPOSITORY" --body-file "$report" ||
    echo 'my-stats: the comment could not be written' >&2
fi
exit $status
