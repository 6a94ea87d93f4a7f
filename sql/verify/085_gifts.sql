-- Verify linli:085_gifts on pg
BEGIN;
SELECT 1 FROM linli.gift WHERE false;
ROLLBACK;
