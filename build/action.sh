#!/usr/bin/env bash
# The step of action.yml. Reads the inputs from INPUT_* variables, writes SARIF, outputs and the summary, and only then
# ends with the exit code of `policylint scan` (3 when nothing could be judged, also because the tool could not be had).
set -euo pipefail

main() {
    cd "$GITHUB_WORKSPACE"
    local sarif=${INPUT_SARIF_FILE:-$RUNNER_TEMP/policylint.sarif}
    local options=() paths=() policylint="" code=0 said=0
    read_inputs || fail 2 "$problem"
    install || fail 3 "PolicyLint could not be installed, so nothing was judged"

    mkdir -p "$(dirname "$sarif")"
    rm -f "$sarif" # an old report must not pass for this one
    "$policylint" scan "${paths[@]}" "${options[@]}" --format=sarif --output="$sarif" || code=$?
    "$policylint" scan "${paths[@]}" "${options[@]}" --format="${INPUT_FORMAT:-github}" || said=$?
    # Every format gives the same code. Should they ever differ, the worse one counts; above 3 the tool was killed.
    if ((said > code)); then code=$said; fi
    if ((code > 3)); then code=3; fi
    if [[ ! -s $sarif ]]; then
        sarif=""
        if ((code < 2)); then code=3; fi
    fi
    report
    exit "$code"
}

# Fills `paths` and `options`. Values go behind `=`, so that one which starts with a dash stays a value.
read_inputs() {
    local line id
    while read_line; do
        if [[ $line == -* ]]; then line=./$line; fi
        paths+=("$line")
    done <<<"${INPUT_PATHS:-.}"
    if ((${#paths[@]} == 0)); then paths=(.); fi

    single profile "${INPUT_PROFILE:-}" && single fail-on "${INPUT_FAIL_ON:-}" && single unknown "${INPUT_UNKNOWN:-}" && single account "${INPUT_ACCOUNT:-}" &&
        single region "${INPUT_REGION:-}" && single parameters "${INPUT_PARAMETERS:-}" &&
        single config "${INPUT_CONFIG:-}" && no_newline sarif-file "$sarif" && no_newline version "${INPUT_VERSION:-}" ||
        return 1
    while read_line; do options+=("--rules=$line"); done <<<"${INPUT_RULES:-}"
    for id in $(tr ',\r\n' '   ' <<<"${INPUT_RULE:-}"); do options+=("--rule=$id"); done
    for id in $(tr ',\r\n' '   ' <<<"${INPUT_SKIP:-}"); do options+=("--skip=$id"); done
    while read_line; do options+=("$line"); done <<<"${INPUT_ARGS:-}"
}

# The next line that is not blank into `line`, without white space around it.
read_line() {
    while read -r line; do
        line=${line%$'\r'}
        line=${line%"${line##*[![:space:]]}"}
        if [[ -n $line ]]; then return 0; fi
    done
    return 1
}

single() {
    no_newline "$1" "$2" || return 1
    if [[ -n $2 ]]; then options+=("--$1=$2"); fi
}

no_newline() {
    if [[ $2 != *[$'\r\n']* ]]; then return 0; fi
    problem="the input \`$1\` must be one line"
    return 1
}

# Sets `policylint` to the tool: the package when a version is given, else this action's own source. The folder of the
# action is the working directory, because a global.json or a NuGet configuration of the workspace is not meant for it.
install() {
    local source=$GITHUB_ACTION_PATH
    local folder=$RUNNER_TEMP/policylint/${INPUT_VERSION:-$(cksum <<<"$source" | cut -d ' ' -f 1)}
    policylint=$folder/policylint
    if [[ -x $policylint ]]; then return 0; fi
    echo "::group::Install PolicyLint"
    if [[ -n ${INPUT_VERSION:-} ]]; then
        (cd "$source" && dotnet tool install policylint --version "$INPUT_VERSION" --tool-path "$folder")
    else
        # Another compiler than ours may know warnings that ours does not; they are not the user's concern.
        (cd "$source" && dotnet publish src/PolicyLint.Cli --configuration Release --output "$folder" \
            --artifacts-path "$folder-build" -p:RestoreLockedMode=true \
            -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false)
    fi || return 1
    echo "::endgroup::"
}

report() {
    local facts=()
    if [[ -n $sarif ]] && command -v jq >/dev/null; then
        mapfile -t facts < <(jq -r "$counts" "$sarif")
    fi
    {
        echo "exit-code=$code"
        echo "sarif-file=$sarif"
        if ((${#facts[@]} > 0)); then printf '%s\n' "${facts[@]}"; fi
    } >>"$GITHUB_OUTPUT"
    {
        echo "## PolicyLint: $(meaning "$code")"
        echo
        if ((${#facts[@]} > 0)); then
            jq -r "$table" "$sarif"
        elif [[ -n $sarif ]]; then
            echo "There is no jq on this runner to count with; the report is in \`$sarif\`."
        else
            echo "There is no report; the log of this step says why."
        fi
    } >>"$GITHUB_STEP_SUMMARY"
}

meaning() {
    case $1 in
        0) echo "no findings at or above the threshold" ;;
        1) echo "findings at or above the threshold" ;;
        2) echo "wrong usage, or a broken rule or configuration" ;;
        *) echo "could not judge" ;;
    esac
}

fail() {
    code=$1
    sarif=""
    echo "::error title=PolicyLint::$2"
    report
    exit "$code"
}

# A result's level is its own, else its rule's default; undecided results are of kind open.
# shellcheck disable=SC2016 # the dollars are jq's
results='[.runs[] | .tool.driver.rules as $rules | .results[]?
    | {
        rule: .ruleId,
        level: (.level // (if .ruleIndex then $rules[.ruleIndex].defaultConfiguration.level else null end) // "warning"),
        open: ((.kind // "fail") == "open"),
        suppressed: ((.suppressions // []) | length > 0),
        text: .message.text,
        resource: (.locations[0].logicalLocations[0].name // ""),
        file: (.locations[0].physicalLocation.artifactLocation.uri // ""),
        line: (.locations[0].physicalLocation.region.startLine // 1)
      }]
    | map(select(.suppressed)) as $suppressed
    | map(select(.suppressed | not)) as $live
    | ($live | map(select(.open))) as $open
    | ($live | map(select(.open | not))) as $findings
    | def of($level): $findings | map(select(.level == $level)) | length;'

# shellcheck disable=SC2016
counts="$results"'
    "findings=\($findings | length)", "errors=\(of("error"))", "warnings=\(of("warning"))", "notes=\(of("note"))",
    "unknown=\($open | length)", "suppressed=\($suppressed | length)"'

# Text of a template ends up in the second table. It is HTML, because inside it nothing is read as Markdown.
# shellcheck disable=SC2016
table="$results"'
    def cell: tostring | gsub("[\r\n]+"; " ") | @html | gsub("`(?<code>[^`]*)`"; "<code>\(.code)</code>") | "<td>\(.)</td>";
    "| errors | warnings | notes | undecided | suppressed |", "| ---: | ---: | ---: | ---: | ---: |",
    "| \(of("error")) | \(of("warning")) | \(of("note")) | \($open | length) | \($suppressed | length) |",
    if $live == [] then empty else
        "", "<table>", "<tr><th></th><th>where</th><th>resource</th><th>rule</th><th>what</th></tr>",
        ($live[:50][] | [(if .open then "undecided" else .level end), "\(.file):\(.line)", .resource, .rule, .text]
            | "<tr>\(map(cell) | add)</tr>"),
        "</table>",
        if ($live | length) > 50 then "", "… and \(($live | length) - 50) more, in the SARIF report." else empty end
    end'

main
