#!/bin/bash
# Faults planted in the roads: the explorer finds each, by the shortest sequence of acts.  planted.t --write notes these;
# every third is tried, with --all every one.
exec python3 "$(dirname "$0")/planted.py" "$@"
