#!/bin/sh
# install_system_packages.sh PYTHON [PACKAGE…]
# Makes sure the Debian packages the build needs are there: installs them where that is allowed, otherwise prints the
# one line to type and stops. Says nothing and uses no network when nothing is missing.
set -eu

python=${1:-python3}
[ $# -eq 0 ] || shift
packages="g++ cmake ninja-build libboost-dev nlohmann-json3-dev catch2 libpugixml-dev $*"

# Debian splits Python: headers and ensurepip are packages of their own. Other Pythons bring them along.
if ! command -v "$python" >/dev/null 2>&1; then
    packages="$packages python3 python3-dev python3-venv"
elif ! "$python" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))'; then
    echo "goldenthread needs Python 3.11 or newer; '$python' is $("$python" --version 2>&1)." >&2
    echo "Name another one: make PYTHON=python3.12 …" >&2
    exit 1
else
    "$python" -c 'import ensurepip, venv' 2>/dev/null || packages="$packages python3-venv"
    "$python" -c 'import pathlib, sysconfig
raise SystemExit(not (pathlib.Path(sysconfig.get_path("include")) / "Python.h").exists())' ||
        packages="$packages python3-dev"
fi

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "Not a Debian system. Debian's names for what the build needs: $packages" >&2
    exit 0
fi

is_there() {
    case $1 in
        g++ | cmake) command -v "$1" >/dev/null 2>&1 ;; # a newer one from elsewhere is as good
        ninja-build) command -v ninja >/dev/null 2>&1 ;;
        *) dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -q '^installed$' ;;
    esac
}
missing=""
for package in $packages; do
    is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
        echo "System packages are missing, and only an administrator may install them. Type this, then make again:" >&2
        echo >&2
        echo "    sudo apt-get update && sudo apt-get install --yes --no-install-recommends$missing" >&2
        echo >&2
        exit 1
    fi
    as_root=sudo
fi

echo "Installing system packages:$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update </dev/null
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $missing </dev/null
