#!/usr/bin/env bash
# Ask the advisories of PyPI and npm about every dependency that is locked.
#
#   bash tests/tools/audit.sh
#
# Exit status 0: nothing is known against any of them. 1: something is known, or one of the services could not be asked,
# which is said. It needs a network that reaches pypi.org and registry.npmjs.org, so it is no part of `tests/run`.
set -uo pipefail
cd "$(dirname "$0")/../.."

environment=.tools/audit
if [ ! -x "$environment/bin/pip-audit" ]; then
  mkdir -p .tools
  "${PYTHON:-python3}" -m venv "$environment" && "$environment/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit || exit 1
fi

status=0
for lock in server/requirements.lock tests/tools/editors.lock; do
  echo "audit: $lock"
  # A package about which nobody could be asked counts as a failure, not as safe.
  "$environment/bin/pip-audit" --strict --disable-pip --require-hashes --progress-spinner off -r "$lock" || status=1
done
for folder in vscode-extension tests/tools/code-server; do
  echo "audit: $folder/package-lock.json"
  npm audit --prefix "$folder" --package-lock-only || status=1
done
exit "$status"
