-- Verify linli:086_delivery on pg
BEGIN;
SELECT 1 FROM linli.deduction, linli.payable, linli.bond, linli.contract_party, linli.subcontract, linli.spot_draw, linli.spot_secret, linli.site_check, linli.budget_line, linli.budget_shift WHERE false;
ROLLBACK;
