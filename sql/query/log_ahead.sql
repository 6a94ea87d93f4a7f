-- Events dated after this instant (and what a sandbox adds to it) that are not in the log: somebody's clock was wrong.  At most a hundred an office.
SELECT count(*) AS events
FROM (SELECT o.office_id FROM linli.office o UNION ALL SELECT 0) o
CROSS JOIN LATERAL (SELECT e.id FROM linli.event_queue e
    WHERE e.office_id = o.office_id AND e.at > $1::timestamptz + coalesce((SELECT s.value::bigint FROM linli.setting s WHERE s.name = 'clock_offset_us'), 0) * interval '1 microsecond'
      AND NOT EXISTS (SELECT 1 FROM linli.log_entry l WHERE l.office_id = e.office_id AND l.event_id = e.id)
    LIMIT 100) x
