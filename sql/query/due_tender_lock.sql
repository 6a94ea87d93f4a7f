-- Closing waits for bids that are being written; intake holds the same lock shared.
SELECT pg_advisory_xact_lock(hashtextextended($1::text, 23))
