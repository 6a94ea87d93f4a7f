-- Verify linli:086_delivery on pg
BEGIN;
SELECT 1 FROM linli.deduction, linli.payable, linli.bond WHERE false;
ROLLBACK;
