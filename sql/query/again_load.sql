-- What an appropriation still holds of a contract or for a tender, and what budgeting it again in another waits for.  Locks the tender first, as the
-- acts on the contract do.
WITH t AS MATERIALIZED (
    SELECT t.id, t.regime, t.entry_id FROM linli.tender t
    WHERE t.office_id = $1::integer
      AND t.id = coalesce($6::uuid, (SELECT c.tender_id FROM linli.contract c WHERE c.office_id = $1::integer AND c.id = $4::uuid))
    FOR UPDATE OF t)
SELECT coalesce((SELECT sum(k.credits - k.debits) FROM linli.account k WHERE k.office_id = $1::integer AND k.appropriation_id = a.id
                 AND k.subject = coalesce($4::uuid, t.id) AND k.bucket IN ('committed', 'payable', 'reserved')), 0)::bigint AS held_fen,
       EXISTS (SELECT FROM linli.payment y JOIN linli.tranche r ON r.office_id = y.office_id AND r.id = y.tranche_id
               WHERE r.office_id = $1::integer AND r.contract_id = $4::uuid AND y.state IN ('ordered', 'approved')) AS ordered,
       coalesce(a.last_request < x.today, false) AS ended,
       b.year > a.year AND b.year <= extract(year FROM x.today) AS later,
       (a.origin = 'lottery') = (b.origin = 'lottery') AND t.regime = ANY (g.regimes)
       AND (b.restriction IS NULL OR b.restriction IS NOT DISTINCT FROM (SELECT e.field FROM linli.list_entry e
                                                                         WHERE e.office_id = $1::integer AND e.id = t.entry_id)) AS serves
FROM t
JOIN linli.appropriation a ON a.office_id = $1::integer AND a.id = $2::uuid
JOIN linli.appropriation b ON b.office_id = $1::integer AND b.id = $3::uuid
JOIN linli.fund g ON g.office_id = b.office_id AND g.id = b.fund_id
CROSS JOIN (SELECT (($5::timestamptz) AT TIME ZONE 'Asia/Shanghai')::date AS today) x
