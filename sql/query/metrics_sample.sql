-- Across offices: deadlines that have passed, those that failed and are not given up or done.
SELECT count(*) FILTER (WHERE at <= $1::timestamptz) AS due_waiting,
    count(*) FILTER (WHERE tries > 0) AS due_failed,
    greatest(coalesce(floor(extract(epoch FROM $1::timestamptz - min(at)))::bigint, 0), 0) AS due_late_s
FROM linli.due WHERE done IS NULL
