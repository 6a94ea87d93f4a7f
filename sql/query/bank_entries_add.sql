-- What it said, entry by entry; all are kept.  One fits where a payment of a batch of ours waits for exactly that: sent and settled or
-- failed or come back; each once.  What does not fit says why.  That settled money came back waits for a second person (payment_return).
WITH said AS (
    SELECT e.*, p.id AS known, p.state, p.amount_fen, p.batch_id, p.tranche_id, c.holder,
           row_number() OVER (PARTITION BY e.payment, e.outcome ORDER BY e.no) AS nth
    FROM unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::bigint[], $9::text[], $10::text[]) WITH ORDINALITY
         AS e(id, ref, reference, payment, outcome, fen, booked, reason, no)
    LEFT JOIN linli.payment p ON p.office_id = $1::integer AND p.id = e.payment
    LEFT JOIN linli.claim c ON c.kind = 'bank_ref' AND c.value = e.ref),
alone AS (      -- each by itself
    SELECT s.*, CASE WHEN s.known IS NULL THEN 'unknown'
                     WHEN s.batch_id IS NULL THEN 'unbatched'
                     WHEN s.fen <> 0 AND s.fen <> s.amount_fen THEN 'amount'
                     WHEN s.outcome = 'other' THEN 'pending'
                     WHEN s.state <> 'sent' AND (s.state <> 'settled' OR s.outcome <> 'returned' OR $2::uuid IS NULL) THEN 'state'
                     WHEN s.outcome = 'settled' AND s.holder IS DISTINCT FROM s.known::text THEN 'reference'
                     WHEN s.nth > 1 THEN 'twice' END AS unfit
    FROM said s),
beside AS (     -- and beside what else is said of its payment
    SELECT a.*, count(*) FILTER (WHERE a.unfit IS NULL AND a.outcome = 'settled') OVER (PARTITION BY a.payment) AS settling,
           count(*) FILTER (WHERE a.unfit IS NULL AND a.outcome = 'failed') OVER (PARTITION BY a.payment) AS failing
    FROM alone a),
judged AS (
    SELECT b.*, coalesce(b.unfit, CASE
        WHEN b.outcome = 'failed' AND b.settling > 0 THEN 'contradicts'
        WHEN b.outcome = 'returned' AND b.settling = 0 AND b.failing > 0 THEN 'contradicts'
        WHEN b.outcome = 'returned' AND r.recovered_fen > 0 THEN 'recovered'
        -- What is asked back must still have been paid.
        WHEN b.outcome = 'returned' AND b.state = 'settled'
             AND (SELECT sum(x.paid_fen - x.recovered_fen) FROM linli.tranche x WHERE x.office_id = r.office_id AND x.contract_id = r.contract_id)
                 - b.amount_fen
                 < (SELECT coalesce(sum(y.amount_fen - y.recovered_fen), 0) FROM linli.recovery y
                    WHERE y.office_id = r.office_id AND y.contract_id = r.contract_id AND y.state IN ('proposed', 'demanded')) THEN 'demanded'
        WHEN b.outcome = 'returned' AND (b.state = 'settled' OR b.settling > 0) THEN 'second' END) AS why
    FROM beside b LEFT JOIN linli.tranche r ON r.office_id = $1::integer AND r.id = b.tranche_id)
INSERT INTO linli.bank_entry (office_id, id, file_id, no, bank_ref, end_to_end, payment_id, outcome, amount_fen, booked, reason, fits, unfit, taken,
                              taken_by)
SELECT $1::integer, j.id, $2::uuid, j.no, j.ref, j.reference, j.known, j.outcome, CASE j.fen WHEN 0 THEN coalesce(j.amount_fen, 0) ELSE j.fen END,
       nullif(j.booked, '')::date, j.reason, j.why IS NULL, j.why, $11::timestamptz, $12::uuid
FROM judged j
RETURNING payment_id, unfit
