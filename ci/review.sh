#!/bin/sh
# Builds what a pull request means: comment.md, review.html and the exit code of the policy. It needs no credentials.
# Used by ci/github/action.yml and ci/gitlab/review.yml; run by hand: ci/review.sh origin/main... out loosened,unrouted
set -eu
base=$1
out=$2
policy=${3:-}
firebreak=${FIREBREAK:-npx firebreak}
slos=${SLOS:-slos/index.ts}
mkdir -p "$out"
$firebreak review "$base" --slos "$slos" --out "$out" >/dev/null
code=0
$firebreak diff "$base" --slos "$slos" --format markdown ${policy:+--fail-on "$policy"} >"$out/comment.md" || code=$?
# Markdown that says nothing is a comment that is removed.
[ ! -s "$out/comment.md" ] || printf '\n<!-- firebreak:%s -->\n' "${STACK:-default}" >>"$out/comment.md"
printf '%s\n' "$code" >"$out/policy"
printf '%s\n' "${STACK:-default}" >"$out/stack"
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$out/comment.md" >>"$GITHUB_STEP_SUMMARY"
