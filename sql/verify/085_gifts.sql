-- Verify linli:085_gifts on pg
BEGIN;
SELECT reversed FROM linli.gift WHERE false;
ROLLBACK;
