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
    # Why a bid is void is kept in Chinese: whoever reads English is told what the catalogue pairs with it.
    my %paired = map { $_ => 1 } map { text($_) } $def =~ /^DETAIL\((?:"(?:[^"\\]|\\.)*"\s*)+,\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)/mg;
    my $void = qr/((?:"[^"\n]*[^\x00-\x7f][^"\n]*"\s*)+)/;
    my @where = (["core/service/open.c", qr/(?:reason = |return |\? |: |arena_printf\(a->arena, |content_fault\(a, (?:"[^"]*", )?)$void/],
                 ["core/service/opening.c", qr/(?:reason =\s+|return |arena_printf\(a->arena, )$void/],
                 ["sql/query/bid_related.sql", qr/void_reason = \x27([^\x27]+)\x27/], ["sql/query/bid_twice.sql", qr/void_reason = \x27([^\x27]+)\x27/]);
    for (@where) {
        my ($file, $said) = @$_;
        open my $c, "<", $file or die; my $code = join "", <$c>; my $missing = ""; my $found = 0;
        while ($code =~ /$said/g) {
            my $zh = $1; $zh = text($zh) if $zh =~ /^"/;
            (my $in = $zh) =~ s/：%s$|：\K不是本投标人的报价信封$//; $in .= "：" if $in ne $zh && $in !~ /：$/;
            $found++; $missing .= "\n#   $zh" unless $paired{$zh} || $paired{$in};
        }
        result("why a bid is void, in $file", $found ? $missing : "\n#   nothing found");
    }
    print "1..$n\n"; exit($bad ? 1 : 0)'
