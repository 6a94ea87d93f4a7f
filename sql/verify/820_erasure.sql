-- Verify linli:820_erasure on pg
BEGIN;
SELECT 1 FROM linli.retention, linli.erasure WHERE false;
SELECT linli.erasure_barred(NULL, NULL) WHERE false;
ROLLBACK;
