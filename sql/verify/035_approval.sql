-- Verify linli:035_approval on pg
BEGIN;
SELECT 1 FROM linli.body_member WHERE false;
SELECT 1 FROM linli.bodies_headed(NULL, NULL) WHERE false;
SELECT 1 FROM linli.chain_step WHERE false;
SELECT 1 FROM linli.approval_step WHERE false;
ROLLBACK;
