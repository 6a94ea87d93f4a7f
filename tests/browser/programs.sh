# Programs of node for the tests in a browser; sourced after tests/api/lib.sh.
#
#   have_programs FOLDER NAME    those of FOLDER/package-lock.json are in $programs (build/NAME); the test is skipped where there is no
#                                browser, or where they cannot be had
# shellcheck shell=bash disable=SC2154
have_programs() {
    local program
    for program in chromium node npm; do
        command -v "$program" >/dev/null || { echo "1..0 # SKIP there is no $program"; exit 0; }
    done
    programs=$here/build/$2
    mkdir -p "$programs"
    cmp -s "$1/package-lock.json" "$programs/installed" && return
    cp "$1"/{package.json,package-lock.json,.npmrc} "$programs/"
    (cd "$programs" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund >"$T/npm" 2>&1) || { echo '1..0 # SKIP npm ci has no network'; exit 0; }
    cp "$1/package-lock.json" "$programs/installed"
}
