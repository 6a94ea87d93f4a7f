-- Locked, so that none of them is sent or refused by hand meanwhile.
-- The payments of a fund (of the first, where several of one holder pay together) that were ordered and wait, or those of them that were
-- named; then the batch they make up.  Whose they are says the money that was let out, where it stands since it was budgeted again.  Of several
-- holders the first would pay for all: what they pay together goes by itself.
WITH chosen AS MATERIALIZED (
    SELECT y.id, y.amount_fen, row_number() OVER (ORDER BY y.ordered, y.id) AS no FROM (
    SELECT p.id, p.amount_fen, p.ordered
    FROM linli.payment p
    JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
    JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
    CROSS JOIN LATERAL linli.tranche_payers(c.office_id, c.id, r.id) AS s(payers)
    JOIN linli.appropriation a ON a.office_id = c.office_id AND a.id = s.payers[1]
    JOIN linli.fund f ON f.office_id = a.office_id AND f.id = a.fund_id
    WHERE p.office_id = $1::integer AND a.fund_id = $3::uuid AND p.state = 'ordered' AND p.batch_id IS NULL
      AND p.payee IS NOT NULL AND p.payee_bank IS NOT NULL AND p.payee_account IS NOT NULL
      AND NOT EXISTS (SELECT FROM linli.appropriation b JOIN linli.fund g ON g.office_id = b.office_id AND g.id = b.fund_id
                      WHERE b.office_id = c.office_id AND b.id = ANY (s.payers) AND (g.holder_kind, g.holder) IS DISTINCT FROM (f.holder_kind, f.holder))
      AND ($4::uuid[] IS NULL OR p.id = ANY ($4::uuid[])) AND ($18::uuid IS NULL OR a.id = $18::uuid)
    ORDER BY p.ordered, p.id LIMIT 10000 FOR UPDATE OF p) y),
made AS (
    INSERT INTO linli.batch (office_id, id, year, number, fund_id, channel, state, payments, total_fen, indicator, functional_class,
                             economic_department, economic_government, project_code, payment_kind, method, procurement, payer_id, execute,
                             purpose, made, maker)
    SELECT $1::integer, $2::uuid, $5::integer, $6::integer, $3::uuid, $7::text, 'made', count(*), sum(x.amount_fen)::bigint, $8::text, $9::text,
           $10::text, $11::text, $12::text, $13::text, $14::text, $15::boolean, $16::uuid, $17::date, $19::text, $20::timestamptz, $21::uuid
    FROM chosen x HAVING count(*) > 0)
UPDATE linli.payment p SET batch_id = $2::uuid, batch_no = x.no FROM chosen x
WHERE p.office_id = $1::integer AND p.id = x.id
