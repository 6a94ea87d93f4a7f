-- Verify linli:910_rls on pg
BEGIN;
SELECT 1 / (NOT EXISTS (SELECT 1 FROM linli.tenant_tables() t JOIN pg_class c ON c.oid = t WHERE NOT c.relrowsecurity))::integer;
ROLLBACK;
