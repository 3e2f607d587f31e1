# Which stacks this machine can build. Sourced by ./run and ./test after machine.sh; expects $root.

# The stack that is compiled in addition: as the build calls it, as the program does, and where it is built.
further=Elsa
further_name=elsa
further_artifacts=$root/artifacts/stack-$further

further_props=$root/src/PeerReview.Server/Stacks/$further/$further.props
# Holds where its packages were looked for in vain, and how that is said.
further_absent=$root/artifacts/stack-$further.absent

# The packages it needs, as in "One 1.2.3, Other 4.5.6".
further_packages() {
    sed -n 's/.*<PackageVersion Include="\([^"]*\)" Version="\[*\([^]"]*\).*/\1 \2/p' "$further_props" | paste -s -d , - | sed 's/,/, /g'
}

# What the answer depends on: another source, or another version, asks again.
further_key() {
    {
        cat "$further_props"
        (cd "$root" && dotnet nuget list source)
        echo "${RestoreSources:-} ${RestoreAdditionalProjectSources:-} ${NUGET_PACKAGES:-} ${NUGET_FALLBACK_PACKAGES:-}"
    } | cksum
}

# Whether its packages were looked for on these sources already, in vain. Then $why_not says it.
further_is_absent() {
    [ -e "$further_absent" ] && [ "$(sed -n 1p "$further_absent")" = "$(further_key)" ] || return 1
    why_not=$(sed -n 2p "$further_absent")
}

# Restores a project with it: one try, from the NuGet sources of this machine, within a minute. Where that fails
# $why_not says why; that packages are not there is remembered, a source that does not answer is asked again next time.
restore_further() {
    mkdir -p "$root/artifacts"
    said=$(mktemp)
    status=0
    (
        cd "$root" || exit 1
        # NuGet would try six times by itself.
        export NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=2 NUGET_ENHANCED_NETWORK_RETRY_DELAY_MILLISECONDS=500
        set -- dotnet restore "$1" "-p:Stack=$further" -v q --nologo --disable-build-servers
        if command -v timeout >/dev/null; then
            set -- timeout 60 "$@"
        fi
        exec "$@"
    ) >"$said" 2>&1 || status=$?
    if [ "$status" = 0 ]; then
        rm -f "$further_absent"
    elif [ "$status" = 124 ]; then
        why_not="the NuGet sources of this machine did not answer within a minute"
    elif grep -q 'NU1301' "$said"; then
        why_not="a NuGet source of this machine does not answer"
    elif grep -q 'NU110[123]' "$said"; then
        why_not="its packages are not on this machine's NuGet sources"
        { further_key; echo "$why_not"; } >"$further_absent"
    else
        why_not="its packages cannot be restored: $(grep -m 1 -o 'error .*' "$said" || tail -n 1 "$said")"
    fi
    rm -f "$said"
    return "$status"
}
