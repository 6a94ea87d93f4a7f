-- The roles of a cluster, made once by `linli migrate --bootstrap` as its administrator.  May be run again.
--
--   linli_owner   owns the schema; nobody logs in as it
--   linli_act     acts: reads and changes, within its offices (910_rls)
--   linli_read    public questions: public tables and columns only
--   linli_intake  hands in bids through one function and sees nothing
--   linli         the server logs in as this and becomes one of the three above
--   linli_admin   migrations and backups log in as this and become linli_owner
SELECT format('CREATE ROLE %I NOLOGIN', r) FROM unnest(ARRAY['linli_owner', 'linli_act', 'linli_read', 'linli_intake']) r
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) \gexec
SELECT format('CREATE ROLE %I LOGIN NOINHERIT', r) FROM unnest(ARRAY['linli', 'linli_admin']) r
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) \gexec
GRANT linli_act, linli_read, linli_intake TO linli;
GRANT linli_owner TO linli_admin;
