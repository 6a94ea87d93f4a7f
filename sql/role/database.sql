-- Rights on the database itself; run in it by `linli migrate --bootstrap`.
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO linli, linli_admin', current_database()) \gexec
SELECT format('GRANT CONNECT, CREATE ON DATABASE %I TO linli_owner', current_database()) \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;
-- A new function is nobody's until it is granted.
ALTER DEFAULT PRIVILEGES FOR ROLE linli_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
