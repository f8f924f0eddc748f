#!/usr/bin/env bash
# Makes the repository's worlds again: the telemetry and what was planted by the generator of made-up systems
# (tests/Copilot.Analysis.Tests/Recording), the rest of truth.json and the questions from the raw files by questions.py.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
COPILOT_RECORD_WORLDS=$here dotnet test "$here/../Copilot.Analysis.Tests" -c Release --filter FullyQualifiedName~RecordingTests
for world in "$here"/*/; do
  python3 "$here/questions.py" "$world"
done
