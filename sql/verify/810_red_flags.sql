-- Verify linli:810_red_flags on pg
BEGIN;
SELECT 1 FROM linli.red_flag, linli.red_flag_set WHERE false;
SELECT 1 FROM linli.red_flags_of(1), linli.flags_of_bids(1, NULL), linli.flags_of_evaluators(1, NULL) WHERE false;
ROLLBACK;
