#!/bin/sh
# acts.sh ROUTES_DEF OUT_HEADER: declares act_<op> and form_<op> of every ACT row, and ACT_TITLES(X): X(op, zh, en) of each.
set -eu
{
    echo '/* Made from api/routes.def by cmake/acts.sh. */'
    echo '#ifndef GENERATED_ACTS_H'
    echo '#define GENERATED_ACTS_H'
    echo '#include "core/service/act.h"'
    sed -n 's/^ACT(\([a-z_]*\),.*BODY.*/int act_\1(struct act *a, struct err *err);\nextern const struct form form_\1;/p
            t
            s/^ACT(\([a-z_]*\),.*/int act_\1(struct act *a, struct err *err);/p' "$1"
    # shellcheck disable=SC1003
    echo '#define ACT_TITLES(X) \'
    sed -nE 's/^(ACT|DIRECT)\(([a-z_]*), (POST|PUT|PATCH|DELETE),.*, ("[^"]*", "[^"]*")\)$/    X(\2, \4) \\/p' "$1"
    echo
    echo '#endif'
} > "$2.new"
if cmp -s "$2.new" "$2"; then rm "$2.new"; touch "$2"; else mv "$2.new" "$2"; fi
