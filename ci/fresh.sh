#!/bin/sh
# Fails where declarations have issues, or where generated/ is not what they declare. It needs no credentials.
# Used by ci/github/fresh.yml and ci/gitlab/review.yml; run by hand: ci/fresh.sh
set -eu
firebreak=${FIREBREAK:-npx firebreak}
slos=${SLOS:-slos/index.ts}
out=${OUT:-generated}
code=0
if [ -n "${GITHUB_ACTIONS:-}" ]; then
  $firebreak check --slos "$slos" --annotate github || code=$?
elif [ -n "${GITLAB_CI:-}" ]; then
  $firebreak check --slos "$slos" --annotate gitlab >firebreak-quality.json || code=$?
else
  $firebreak check --slos "$slos" || code=$?
fi
[ "$code" = 0 ] || exit "$code"
$firebreak build --slos "$slos" --out "$out" >/dev/null 2>&1
stale=$(git status --porcelain -- "$out")
[ -n "$stale" ] || exit 0
printf '%s\n' "$stale"
[ -z "${GITHUB_ACTIONS:-}" ] || echo "::error title=$out is stale::Run npx firebreak build, and commit $out."
echo "$out is not what $slos declares. Run npx firebreak build, and commit $out." >&2
exit 1
