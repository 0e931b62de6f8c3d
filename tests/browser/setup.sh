#!/bin/sh
# See to it that there is a Chromium for the page's tests: setup.sh PYTHON
#
# One on the machine; else Debian's packages, where they may be installed; else the test driver's own download.
# tests/conftest.py looks for it in the same places.
set -eu
python=$1

works() {
    for name in "${KG_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        # A name alone proves nothing: some systems ship a stub that only says how to install it.
        [ -n "$name" ] && "$name" --version >/dev/null 2>&1 && return 0
    done
    return 1
}

works && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo 'Installing Chromium for the tests of the page (once) …'
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1 || true
    works && exit 0
fi

"$python" -m playwright install chromium >/dev/null && exit 0
echo 'No Chromium for the tests of the page: install one, or set KG_CHROMIUM to its path.' >&2
exit 1
