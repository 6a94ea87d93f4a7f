-- Verify linli:010_platform on pg
BEGIN;
SELECT 1 FROM linli.setting WHERE false;
SELECT 1 FROM linli.office WHERE false;
SELECT 1 FROM linli.person WHERE false;
SELECT 1 FROM linli.organisation WHERE false;
SELECT 1 FROM linli.membership WHERE false;
SELECT 1 FROM linli.post WHERE false;
SELECT 1 FROM linli.post_holder WHERE false;
SELECT 1 FROM linli.session WHERE false;
SELECT 1 FROM linli.token WHERE false;
SELECT 1 FROM linli.login_link WHERE false;
SELECT 1 FROM linli.claim WHERE false;
SELECT 1 FROM linli.blob WHERE false;
SELECT 1 FROM linli.plugin_copy WHERE false;
ROLLBACK;
