#!/bin/bash
# Whoever asks in Chinese is told in Chinese what is wrong: every sentence of a refusal in api/ and core/service has its
# Chinese one, beside it (err_zh, err_both) or in the catalogue core/base/details.def, with the same arguments.
cd "$(dirname "$0")/../.." || exit 2
perl -0e '
    my ($n, $bad, %zh) = (0, 0);
    sub result { my ($what, $wrong) = @_; $n++; print $wrong ? "not ok $n - $what\n# $wrong\n" : "ok $n - $what\n"; $bad ||= $wrong; }
    sub text { my $t = join "", $_[0] =~ /"((?:[^"\\]|\\.)*)"/g; return $t; }
    sub slots { join " ", $_[0] =~ /%(?:\.\*)?[0-9.]*(?:ll|z|l)?[a-z]/g }
    open my $f, "<", "core/base/details.def" or die; my $def = <$f>;
    while ($def =~ /^DETAIL\(((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)/mg) {
        my ($en, $cn) = (text($1), text($2));
        result("$en", slots($en) eq slots($cn) ? "" : "other arguments in Chinese: $cn");
        $zh{$en} = 1;
    }
    for my $file (glob("api/*.c core/service/*.c core/store/pg.c")) {
        open my $c, "<", $file or die; my $code = <$c>; my $missing = "";
        while ($code =~ /err_set\(\s*&?[\w>.-]+,\s*(E_\w+),\s*"[^"]*",\s*((?:"(?:[^"\\]|\\.)*"\s*)+)([^;]*;[^;]*)/g) {
            my ($kind, $en, $after) = ($1, text($2), $3);
            next if $kind eq "E_BROKEN" || $kind eq "E_RETRY" || $en =~ /^%s( %s)?$/ || $en =~ /^(could not (start|listen)|the HTTP daemon|\[server\]|no memory)/ || $zh{$en} || $after =~ /err_zh/;
            $missing .= "\n#   $en";
        }
        result($file, $missing);
    }
    print "1..$n\n"; exit($bad ? 1 : 0)'
