-- Verify linli:080_money on pg
BEGIN;
SELECT 1 FROM linli.fund WHERE false;
SELECT 1 FROM linli.appropriation WHERE false;
SELECT 1 FROM linli.source WHERE false;
SELECT 1 FROM linli.tranche_share WHERE false;
SELECT 1 FROM linli.transfer WHERE false;
SELECT 1 FROM linli.promise WHERE false;
SELECT 1 FROM linli.evidence WHERE false;
SELECT 1 FROM linli.payment WHERE false;
SELECT 1 FROM linli.recovery WHERE false;
SELECT 1 FROM linli.receipt WHERE false;
SELECT 1 FROM linli.withdrawal WHERE false;
SELECT 1 FROM linli.reversal WHERE false;
ROLLBACK;
