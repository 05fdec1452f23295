#!/usr/bin/env bash
# shellcheck disable=SC2016 # dollars and backticks that must stay what they are
# Runs build/action.sh as a runner does: first with a stub in the tool's place, then with the real tool on a sample.
# Exit code 1 when a check failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# A `dotnet` that installs the stub instead of building, and the stub: it notes its arguments, writes a report and ends
# with the code that the case asks for.
mkdir "$work/bin"
cat >"$work/bin/dotnet" <<'STUB'
#!/usr/bin/env bash
echo "$PWD: $*" >>"$CASE/dotnet"
[[ -z ${STUB_NO_DOTNET:-} ]] || exit 1
while (($# > 0)); do
    case $1 in --output | --tool-path) folder=$2 ;; esac
    shift
done
mkdir -p "$folder" && cp "$(dirname "$0")/policylint" "$folder/policylint"
STUB
cat >"$work/bin/policylint" <<'STUB'
#!/usr/bin/env bash
printf '<%s>' "$@" >>"$CASE/calls"
echo >>"$CASE/calls"
last=${*: -1}
if [[ $last != --output=* ]]; then exit "${STUB_SAID:-${STUB_EXIT:-0}}"; fi
if [[ -z ${STUB_NO_SARIF:-} ]]; then printf '%s' "$STUB_SARIF" >"${last#*=}"; fi
exit "${STUB_EXIT:-0}"
STUB
chmod +x "$work"/bin/*
export STUB_SARIF='{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"policylint","rules":[{"id":"a"},
  {"id":"b","defaultConfiguration":{"level":"note"}}]}},"results":[
  {"ruleId":"a","level":"error","message":{"text":"<b>bad</b> | `x`\n@everyone"},"locations":[{"physicalLocation":
    {"artifactLocation":{"uri":"a b.yaml"},"region":{"startLine":7}},"logicalLocations":[{"name":"Site"}]}]},
  {"ruleId":"b","ruleIndex":1,"message":{"text":"note by default"}},
  {"ruleId":"a","message":{"text":"warning by default"}},
  {"ruleId":"a","kind":"open","level":"none","message":{"text":"not known"}},
  {"ruleId":"a","level":"error","suppressions":[{"kind":"external"}],"message":{"text":"accepted"}}]}]}'

# run NAME [VARIABLE=VALUE…]: one step in a new workspace; its exit code is in `code`, its files under `CASE`.
run() {
    name=$1
    shift
    export CASE=$work/$name
    mkdir -p "$CASE/a workspace" "$CASE/temp"
    : >"$CASE/outputs"
    code=0
    env PATH="$work/bin:$PATH" GITHUB_WORKSPACE="$CASE/a workspace" RUNNER_TEMP="$CASE/temp" \
        GITHUB_ACTION_PATH="$root" GITHUB_OUTPUT="$CASE/outputs" GITHUB_STEP_SUMMARY="$CASE/summary" \
        "$@" bash "$root/build/action.sh" >"$CASE/log" 2>&1 || code=$?
}

expect() {
    if [[ $2 == "$3" ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s, %s:\n  expected %s\n  got      %s\n' "$name" "$1" "$3" "$2"
        sed 's/^/  | /' "$CASE/log"
    fi
}

output() { sed -n "s/^$1=//p" "$CASE/outputs"; }
holds() { if grep -qF -- "$2" "$1"; then echo yes; else echo no; fi; }

for exit in 0 1 2 3; do
    run "exit-$exit" STUB_EXIT=$exit
    expect "exit code" $code $exit
    expect "exit-code output" "$(output exit-code)" $exit
    expect "the report is named" "$(output sarif-file)" "$CASE/temp/policylint.sarif"
    expect "the report is there" "$(cat "$CASE/temp/policylint.sarif")" "$STUB_SARIF"
done

run counts STUB_EXIT=1
expect "findings" "$(output findings)" 3
expect "errors" "$(output errors)" 1
expect "warnings" "$(output warnings)" 1
expect "notes" "$(output notes)" 1
expect "unknown" "$(output unknown)" 1
expect "suppressed" "$(output suppressed)" 1
expect "the summary counts" "$(holds "$CASE/summary" '| 1 | 1 | 1 | 1 | 1 |')" yes
expect "the summary cannot be written into" "$(holds "$CASE/summary" \
    '<tr><td>error</td><td>a b.yaml:7</td><td>Site</td><td>a</td><td>&lt;b&gt;bad&lt;/b&gt; | <code>x</code> @everyone</td></tr>')" yes

run inputs INPUT_PATHS=$'infra/one template.yaml\r\n\n  stacks  \n-odd\n' INPUT_FORMAT=text INPUT_PROFILE=security INPUT_FAIL_ON=warning \
    INPUT_UNKNOWN=fail INPUT_RULES=$'my rules\nmore' INPUT_RULE='a, b' INPUT_SKIP=$'c\nd' INPUT_ACCOUNT=111122223333 \
    INPUT_REGION='$(touch ran)' INPUT_PARAMETERS='p q.json' INPUT_CONFIG=--verbose INPUT_ARGS=$'--verbose\n--x=y z' \
    INPUT_SARIF_FILE='out/the report.sarif'
expect "exit code" $code 0
arguments='<scan><infra/one template.yaml><stacks><./-odd><--profile=security><--fail-on=warning><--unknown=fail><--account=111122223333>'
arguments+='<--region=$(touch ran)><--parameters=p q.json><--config=--verbose><--rules=my rules><--rules=more><--rule=a>'
arguments+='<--rule=b><--skip=c><--skip=d><--verbose><--x=y z>'
expect "arguments" "$(cat "$CASE/calls")" "$arguments<--format=sarif><--output=out/the report.sarif>
$arguments<--format=text>"
expect "nothing of an input is run" "$(find "$CASE" -name ran)" ""
expect "the report is named" "$(output sarif-file)" "out/the report.sarif"

run defaults
expect "arguments" "$(cat "$CASE/calls")" "<scan><.><--format=sarif><--output=$CASE/temp/policylint.sarif>
<scan><.><--format=github>"
expect "built from the action's own source" "$(cut -d ' ' -f 1-3 "$CASE/dotnet")" "$root: publish src/PolicyLint.Cli"

run version INPUT_VERSION=0.1.0
expect "installed as a package" "$(cat "$CASE/dotnet")" \
    "$root: tool install policylint --version 0.1.0 --tool-path $CASE/temp/policylint/0.1.0"
run version INPUT_VERSION=0.1.0
expect "installed once a job" "$(wc -l <"$CASE/dotnet")" 1

run no-tool STUB_NO_DOTNET=1
expect "exit code" $code 3
expect "exit-code output" "$(output exit-code)" 3
expect "the summary says so" "$(holds "$CASE/summary" 'PolicyLint: could not judge')" yes

run no-report STUB_NO_SARIF=1
expect "clean without a report is not clean" $code 3
expect "no report is named" "$(output sarif-file)" ""
run no-report-usage STUB_NO_SARIF=1 STUB_EXIT=2
expect "exit code" $code 2

mkdir -p "$work/old/temp" && echo old >"$work/old/temp/policylint.sarif"
run old STUB_NO_SARIF=1 STUB_EXIT=3
expect "an old report is not passed on" "$(output sarif-file)" ""

run differ STUB_EXIT=1 STUB_SAID=3
expect "exit 3 is never masked" $code 3
run killed STUB_EXIT=137
expect "a killed tool could not judge" $code 3

run two-lines INPUT_ACCOUNT=$'1\n2'
expect "exit code" $code 2
expect "the log says why" "$(holds "$CASE/log" '::error title=PolicyLint::the input `account` must be one line')" yes

rm "$work/bin/dotnet"
run real INPUT_PATHS=samples INPUT_FORMAT=text GITHUB_WORKSPACE="$root" NO_COLOR=1
expect "exit code on the samples" $code 1
expect "the report is valid" "$(node build/validate-sarif.mjs "$CASE/temp/policylint.sarif" >"$CASE/log" 2>&1; echo $?)" 0
expect "there are errors" "$([[ $(output errors) -gt 0 ]]; echo $?)" 0

echo "$passed of $((passed + failed)) checks of the action passed"
((failed == 0))
