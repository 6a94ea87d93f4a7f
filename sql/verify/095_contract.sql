-- Verify linli:095_contract on pg
BEGIN;
SELECT 1 / (to_regproc('linli.source_set') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.contract_renew') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.contract_apply') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.shares_fix') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.tranche_add') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.tranche_retain') IS NOT NULL)::integer;
SELECT 1 / (to_regproc('linli.holds_of') IS NOT NULL)::integer;
ROLLBACK;
