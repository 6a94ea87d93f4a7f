-- Verify linli:020_log on pg
BEGIN;
SELECT 1 FROM linli.event_queue WHERE false;
SELECT entry FROM linli.log_entry WHERE false;
SELECT salt FROM linli.log_salt WHERE false;
SELECT note FROM linli.log_checkpoint WHERE false;
SELECT 1 FROM linli.idempotency WHERE false;
SELECT 1 FROM linli.due WHERE false;
SELECT 1 FROM linli.node WHERE false;
SELECT linli.due_horizon(NULL, NULL);
SELECT 1 FROM linli.object_kind WHERE false;
SELECT side FROM linli.attachment WHERE false;
ROLLBACK;
