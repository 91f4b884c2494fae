#!/bin/sh
# Checks public headers and sources with every other compiler that is installed: clang 19, mingw-w64 (Windows),
# emscripten (the browser). Nothing is run; a compiler that is not there is named, with the package that brings it.
set -u
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Header-only dependencies in a folder of their own: a cross compiler must not see this system's C headers.
for name in boost nlohmann pugixml.hpp pugiconfig.hpp; do
    for place in /usr/include /usr/local/include; do
        [ ! -e "$place/$name" ] || ln -sf "$place/$name" "$scratch/$name"
    done
done
find include -name '*.hpp' | sort | sed 's|^include/|#include <|; s|$|>|' >"$scratch/every_header.cpp"

checked=0
failed=0

# check_with LABEL PACKAGE COMMAND…
check_with() {
    label=$1 package=$2
    shift 2
    if ! command -v "$1" >/dev/null 2>&1; then
        echo "$label: not installed (apt-get install $package)"
        return
    fi
    checked=$((checked + 1))
    # Deprecation is left out: clang finds it in the insides of g++'s own library.
    if { echo "$scratch/every_header.cpp" && find src -name '*.cpp' | sort; } | xargs -P "$(nproc)" -n 1 \
        "$@" -std=c++20 -fsyntax-only -ffp-contract=off -Wall -Wextra -Werror -Wno-deprecated-declarations \
        -Iinclude -Isrc -isystem "$scratch"; then
        echo "$label: all headers and sources compile"
    else
        echo "$label: refused"
        failed=$((failed + 1))
    fi
}

check_with "clang 19" clang-19 clang++-19
check_with "mingw-w64" g++-mingw-w64-x86-64-posix x86_64-w64-mingw32-g++-posix
check_with "emscripten" emscripten em++ -fexceptions

echo "$((checked - failed)) passed, $failed failed"
[ $checked -gt 0 ] && [ $failed -eq 0 ]
