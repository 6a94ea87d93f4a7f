-- Verify linli:090_ledger on pg
BEGIN;
SELECT 1 FROM linli.account WHERE false;
SELECT 1 FROM linli.journal WHERE false;
SELECT 1 FROM linli.posting WHERE false;
SELECT 1 / (NOT has_table_privilege('linli_act', 'linli.account', 'INSERT'))::integer;
SELECT 1 / (to_regproc('linli.post') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.post_many') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.post_reverse') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.post_again') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.tranche_payers') IS NOT NULL)::integer;
ROLLBACK;
