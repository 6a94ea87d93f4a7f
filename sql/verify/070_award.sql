-- Verify linli:070_award on pg
BEGIN;
SELECT 1 FROM linli.award WHERE false;
SELECT channel, reviews, taken, note FROM linli.objection WHERE false;
SELECT 1 FROM linli.contract WHERE false;
SELECT year_no, renews FROM linli.contract WHERE false;
SELECT 1 FROM linli.renewal WHERE false;
SELECT 1 FROM linli.contract_change WHERE false;
SELECT 1 FROM linli.tranche WHERE false;
SELECT 1 FROM linli.duty WHERE false;
SELECT act, content_hash, made FROM linli.behalf WHERE false;
SELECT way, served FROM linli.service WHERE false;
SELECT 1 FROM linli.delivery WHERE false;
SELECT 1 FROM linli.opinion WHERE false;
ROLLBACK;
