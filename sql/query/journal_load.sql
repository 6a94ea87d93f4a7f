-- A journal of an appropriation, and the receipt it may come from.
SELECT j.id, j.kind, j.source, x.recovery_id, x.amount_fen, r.contract_id,
       (SELECT o.id FROM linli.journal o WHERE o.office_id = j.office_id AND o.source = j.source AND o.kind = 'recredit') AS recredit
FROM linli.journal j
LEFT JOIN linli.receipt x ON x.office_id = j.office_id AND x.id = j.source
LEFT JOIN linli.recovery r ON r.office_id = x.office_id AND r.id = x.recovery_id
WHERE j.office_id = $1::integer AND j.id = $3::uuid
  AND EXISTS (SELECT 1 FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id AND p.appropriation_id = $2::uuid)
