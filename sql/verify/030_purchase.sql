-- Verify linli:030_purchase on pg
BEGIN;
SELECT 1 FROM linli.need WHERE false;
SELECT 1 FROM linli.project WHERE false;
SELECT 1 FROM linli.list WHERE false;
SELECT 1 FROM linli.list_entry WHERE false;
SELECT 1 FROM linli.list_edition WHERE false;
SELECT 1 FROM linli.negative WHERE false;
ROLLBACK;
