-- I2: no account but authority was ever below zero; its journals are numbered without a gap, and what each left adds up.
WITH journal AS (
    SELECT p.office_id, p.appropriation_id, p.bucket, p.subject, p.nth, max(p.after_fen) AS after_fen, min(p.after_fen) AS least_fen,
           sum(CASE p.side WHEN 'C' THEN p.amount_fen::numeric ELSE -p.amount_fen::numeric END) AS change
    FROM linli.posting p GROUP BY p.office_id, p.appropriation_id, p.bucket, p.subject, p.nth),
run AS (
    SELECT j.*, sum(j.change) OVER w AS sum_fen, row_number() OVER w AS place
    FROM journal j WINDOW w AS (PARTITION BY j.office_id, j.appropriation_id, j.bucket, j.subject ORDER BY j.nth))
SELECT r.office_id, format('account %s of %s held %s fen after its journal %s (recorded: %s)', r.bucket, r.subject, r.sum_fen, r.nth, r.after_fen) AS what
FROM run r
WHERE r.place <> r.nth OR r.sum_fen <> r.after_fen OR r.least_fen <> r.after_fen OR r.bucket <> 'authority' AND r.sum_fen < 0
ORDER BY r.office_id, r.appropriation_id, r.bucket, r.subject, r.nth LIMIT 1000
