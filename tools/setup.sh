# shellcheck shell=sh disable=SC2154
# Read by ./branchscore and ./test, which set $root to the clone's folder. POSIX sh.
# Speaks on stderr only, and only when there is something to do: stdout is the program's.

venv=$root/.venv

say() { printf 'branchscore: %s\n' "$@" >&2; }
die() { say "$@" && exit 1; }

# What .venv was made from: interpreter and pins (lines 1 and 2), the package's set-up (line 3).
# The names are absolute, so that a clone that was moved, whose .venv holds its old place, shows.
state() { readlink -f "$venv/bin/python"; sha256sum "$root/constraints/$1.txt" "$root/pyproject.toml"; }
ready() { [ -x "$venv/bin/python" ] && [ "$(state "$1")" = "$(cat "$venv/$1.stamp" 2>&1)" ]; }
pinned() { [ -x "$venv/bin/python" ] && [ "$(state "$1" | head -n 2)" = "$(head -n 2 "$venv/$1.stamp" 2>&1)" ]; }

# setup run: what branchscore needs. setup dev: what the tests need, which includes it.
setup() {
    if ready "$1"; then return; fi
    ( # Two calls at once must not write one .venv: the second waits, then finds it ready.
        if command -v flock >/dev/null; then flock 9; fi
        if ! ready "$1"; then make_venv "$1"; fi
    ) 9<"$root/constraints/run.txt"
}

# Python is called with -I throughout: nothing in the caller's folder may pass for a module.
make_venv() {
    python3 -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        die "需要 Python 3.11 或更高版本 · Python 3.11 or newer is needed; python3 here: $(python3 -V 2>/dev/null || echo -)"
    # Where there is no apt-get, WeasyPrint itself says what it lacks.
    if command -v apt-get >/dev/null && ! python3 -I -c 'import ctypes, sys; [ctypes.CDLL(n) for n in sys.argv[1:]]' \
        libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 2>/dev/null; then
        apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fi
    say "正在准备 .venv，约需一分钟 · setting up .venv, about a minute"
    # Other pins, another Python or another place: from nothing, so that nothing is left over.
    if ! pinned run || { [ -e "$venv/dev.stamp" ] && ! pinned dev; }; then
        python3 -I -m venv --clear "$venv" >&2 || die "请先运行 · please run first: sudo apt-get install -y python3-venv"
    fi
    pinned "$1" || pip_install --require-hashes -r "$root/constraints/$1.txt"
    pip_install --no-deps --no-build-isolation -e "$root"
    state run >"$venv/run.stamp"
    if [ "$1" = dev ]; then state dev >"$venv/dev.stamp"; fi
    say "准备完毕 · ready"
}

pip_install() { # PIP_USER: where somebody's settings ask for it, pip refuses to work in a .venv.
    PIP_USER=0 "$venv/bin/python" -I -m pip --disable-pip-version-check --no-input install -qq "$@" >&2 </dev/null ||
        die "安装失败，请检查网络后重试 · installing failed; check the network and try again"
}

apt_install() {
    hint="    sudo apt-get install -y $*"
    if [ "$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as="sudo -n"; else
        die "缺少系统软件包，请运行 · system packages are missing; please run:" "$hint"
    fi
    say "正在安装系统软件包 · installing system packages: $*"
    # A fresh machine has no package lists; and where one source fails, the others may do.
    $as apt-get update -qq >&2 </dev/null || true
    said=$($as env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" 2>&1 </dev/null) ||
        die "$said" "安装失败，请检查后运行 · installing failed; look into it, then run:" "$hint"
}
