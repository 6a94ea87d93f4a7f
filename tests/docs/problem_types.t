#!/bin/bash
# Each type of a problem has one status: what api/ and core/service answer is in core/base/problems.def, with that status.
cd "$(dirname "$0")/../.." || exit 2
perl -0e '
    my ($n, $bad, %of, %table) = (0, 0);
    sub result { my ($what, $wrong) = @_; $n++; print $wrong ? "not ok $n - $what\n#   $wrong\n" : "ok $n - $what\n"; $bad ||= $wrong; }
    sub text { open my $f, "<", $_[0] or die $_[0]; return scalar <$f>; }
    my $api = text("api/problem.c");
    $of{$1} = $2 while $api =~ /\{(E_\w+), (\d+)\}/g;
    my %own = $api =~ /strcmp\(err->type, "([^"]+)"\) == 0\)\s*return (\d+);/g;
    my $def = text("core/base/problems.def");
    $table{$1} = $own{$1} || $of{$2} while $def =~ /^PROBLEM\("([^"]+)", (E_\w+),/mg;
    result("the table is read", keys %table > 100 ? "" : "it is not");
    for my $file (glob("api/*.c core/service/*.c core/domain/panel.c core/host/ask.c core/host/child.c core/host/options.c core/money/*.c")) {
        my ($code, $wrong) = (text($file), "");
        while ($code =~ /(?:err_(?:set|both)\(\s*&?[\w>.-]+,\s*(E_\w+),\s*"([a-z_-]+\/[a-z_-]+)"|\{"([a-z_]+\/[a-z-]+)", (E_\w+),)/g) {
            my ($type, $status) = ($2 || $3, $of{$1 || $4});
            $status = $own{$type} if $own{$type};
            next if $status == 500 || $type eq "config/invalid";
            $wrong .= "$type is not in problems.def; " unless $table{$type};
            $wrong .= "$type is $table{$type} in problems.def and $status here; " if $table{$type} && $table{$type} != $status;
        }
        result($file, $wrong);
    }
    print "1..$n\n"; exit($bad ? 1 : 0)'
