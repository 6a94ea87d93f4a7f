-- The reports of a tranche and what was found of them, for the office and the organisation.
SELECT d.id, d.tranche_id AS tranche, d.paper, d.body, d.reported, d.finding, d.finding_role, d.found, d.finding_reason, d.score_micro, d.value_fen,
       coalesce((d.reported AT TIME ZONE 'Asia/Shanghai')::date > r.due_on, false) AS late, d.figures, d.own, d.marks, d.answers, d.grade, d.factor_ppm,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('at', o.at, 'finding', o.finding, 'reason', o.reason) ORDER BY o.at, o.id), '[]')
        FROM linli.opinion o WHERE o.office_id = d.office_id AND o.delivery_id = d.id) AS opinions
FROM linli.delivery d
JOIN linli.tranche r ON r.office_id = d.office_id AND r.id = d.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
WHERE d.office_id = $1::integer AND d.tranche_id = $2::uuid
  AND (d.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[])
       OR (SELECT linli.parties_of(a.office_id, a.bid_id) FROM linli.award a WHERE a.office_id = c.office_id AND a.id = c.award_id) && $4::uuid[])
ORDER BY d.reported, d.id LIMIT 1001
