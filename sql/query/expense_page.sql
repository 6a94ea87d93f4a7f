-- Every expense of a fund and every correction of one: when, to whom, for which project, how much of it this fund bore, what the
-- fund held after it, and the vouchers that are public.
WITH moved AS (
    SELECT j.id, j.at, j.kind, j.source, max(g.subject::text) FILTER (WHERE g.bucket = 'paid') AS contract_id,
           coalesce(sum(CASE g.side WHEN 'C' THEN g.amount_fen ELSE -g.amount_fen END) FILTER (WHERE g.bucket = 'paid'), 0) AS spent_fen,
           coalesce(sum(CASE g.side WHEN 'D' THEN g.amount_fen ELSE -g.amount_fen END) FILTER (WHERE g.bucket = 'authority'), 0) AS granted_fen
    FROM linli.appropriation y
    JOIN linli.posting g ON g.office_id = y.office_id AND g.appropriation_id = y.id AND g.bucket IN ('authority', 'paid')
    JOIN linli.journal j ON j.office_id = g.office_id AND j.id = g.journal_id
    WHERE y.office_id = $1::integer AND y.fund_id = $2::uuid
    GROUP BY j.id, j.at, j.kind, j.source),
run AS (SELECT m.*, sum(m.granted_fen - m.spent_fen) OVER (ORDER BY m.at, m.id) AS balance_fen FROM moved m)
SELECT CASE WHEN e.kind IN ('settle', 'bounce') THEN e.source END AS payment, e.at AS settled,
       CASE e.kind WHEN 'settle' THEN 'expense' WHEN 'bounce' THEN 'returned' WHEN 'recover' THEN 'recovered' ELSE 'reversed' END AS kind,
       coalesce(p.payee, o.name) AS payee, t.title AS project, t.number, c.number AS contract, r.code AS tranche, r.name AS purpose,
       e.spent_fen::bigint AS amount_fen, e.balance_fen::bigint AS balance_fen,
       (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'sha256', encode(v.sha256, 'hex')) ORDER BY v.added, v.id)
        FROM linli.attachment v WHERE v.office_id = $1::integer AND v.object_kind = 'payment' AND v.object_id = p.id AND v.public) AS vouchers,
       linli.vouchers_given($1::integer, p.tranche_id) AS papers,
       e.at AS _c0, e.id AS _c1
FROM run e
JOIN linli.contract c ON c.office_id = $1::integer AND c.id = e.contract_id::uuid
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.organisation o ON o.id = c.organisation_id
LEFT JOIN linli.payment p ON p.office_id = c.office_id AND p.id = e.source AND e.kind IN ('settle', 'bounce')
LEFT JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
WHERE e.spent_fen <> 0 AND ($3::timestamptz IS NULL OR (e.at, e.id) > ($3::timestamptz, $4::uuid))
ORDER BY e.at, e.id LIMIT $5::integer
