#!/bin/bash
# The ledger under 64 clients whose connections are cut, and whose PostgreSQL is killed, in short; ./dev soak money is the long one.
exec "$(dirname "$0")/../soak/money" --journals 2500 --terminate 1 --kill 4
