#!/bin/bash
# The tour of README.md: every command, every answer.  tour.t --write writes the answers anew.
. "$(dirname "$0")/lib.sh"
walk README.md
