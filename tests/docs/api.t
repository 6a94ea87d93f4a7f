#!/bin/bash
# The examples of docs/api.md: every command, every answer.  api.t --write writes the answers anew.
. "$(dirname "$0")/lib.sh"
walk docs/api.md
