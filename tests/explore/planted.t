#!/bin/bash
# Faults planted in the roads: the explorer finds each, by the shortest sequence of acts.  planted.t --write notes these.
exec python3 "$(dirname "$0")/planted.py" "$@"
