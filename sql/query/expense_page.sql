-- Every expense of a fund: when, to whom, for which project, how much, and what the fund held after it.
WITH paid AS (
    SELECT p.id, p.settled, p.amount_fen, o.name AS payee, t.title AS project, t.number, r.code AS tranche, c.number AS contract,
           t.appropriation_id, a.fund_id, sum(p.amount_fen) OVER (ORDER BY p.settled, p.id) AS spent_fen
    FROM linli.payment p
    JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
    JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
    JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
    JOIN linli.appropriation a ON a.office_id = t.office_id AND a.id = t.appropriation_id
    JOIN linli.organisation o ON o.id = c.organisation_id
    WHERE p.office_id = $1::integer AND a.fund_id = $2::uuid AND p.state = 'settled')
SELECT e.id AS payment, e.settled, e.payee, e.project, e.number, e.contract, e.tranche, e.amount_fen,
       ((SELECT coalesce(sum(CASE g.side WHEN 'D' THEN g.amount_fen ELSE -g.amount_fen END), 0)
         FROM linli.posting g
         JOIN linli.journal j ON j.office_id = g.office_id AND j.id = g.journal_id
         JOIN linli.appropriation y ON y.office_id = g.office_id AND y.id = g.appropriation_id
         WHERE g.office_id = $1::integer AND y.fund_id = e.fund_id AND g.bucket = 'authority' AND j.at <= e.settled)
        - e.spent_fen)::bigint AS balance_fen,
       e.settled AS _c0, e.id AS _c1
FROM paid e
WHERE $3::timestamptz IS NULL OR (e.settled, e.id) > ($3::timestamptz, $4::uuid)
ORDER BY e.settled, e.id LIMIT $5::integer
