#!/bin/bash
# The files of the pages against browsers of 2020 (targets.py).
exec python3 "$(dirname "$0")/targets.py"
