-- Nobody else is working on this key now?
SELECT pg_try_advisory_xact_lock(hashtextextended($1::text || '/' || $2::text, 20)) AS free
