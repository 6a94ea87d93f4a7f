-- One sequencer at a time; the key of log_entry is the second net.
SELECT pg_advisory_xact_lock(7160, 1)::text AS locked
