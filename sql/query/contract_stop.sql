-- Stops what is not released or paid yet; gives what is still committed.
WITH r AS (
    UPDATE linli.tranche SET state = 'stopped', version = version + 1
    WHERE office_id = $1::integer AND contract_id = $2::uuid AND state NOT IN ('released', 'paid', 'stopped') RETURNING 1)
SELECT coalesce((SELECT sum(credits - debits) FROM linli.account WHERE office_id = $1::integer AND bucket = 'committed' AND subject = $2::uuid), 0)::bigint AS committed_fen,
       (SELECT count(*) FROM r) AS stopped
