-- The last pages that events, decisions and journals have now.
SELECT greatest(pg_relation_size('linli.event_queue') / current_setting('block_size')::bigint - 1, 0) AS events,
       greatest(pg_relation_size('linli.decision') / current_setting('block_size')::bigint - 1, 0) AS decisions,
       greatest(pg_relation_size('linli.journal') / current_setting('block_size')::bigint - 1, 0) AS journals
