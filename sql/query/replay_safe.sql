-- Writes to the log of PostgreSQL, so that the commit waits for the synchronous standby: what was done before is there, too.
SELECT pg_logical_emit_message(true, 'linli', '') AS at
