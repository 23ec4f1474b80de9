#!/bin/sh
# Install the browser that the tests of the web app drive: Debian's or Ubuntu's own Chromium, from their archive.
# Playwright's Python package drives it; its own browsers are not downloaded.
set -eu

if command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; then
    echo "Chromium is there already."
    exit 0
fi
as_root=""
if [ "$(id -u)" != 0 ]; then as_root="sudo"; fi
$as_root apt-get update
$as_root apt-get install --yes --no-install-recommends chromium fonts-dejavu-core
chromium --version
