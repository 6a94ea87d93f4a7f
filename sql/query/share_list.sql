-- Who pays how much of each tranche of a signed contract, where that was fixed, and how much of it went out.
SELECT r.id AS tranche, r.no, r.code, h.appropriation_id AS appropriation, p.name, p.origin, h.amount_fen,
       coalesce((SELECT sum(g.amount_fen) FROM linli.journal j JOIN linli.posting g ON g.office_id = j.office_id AND g.journal_id = j.id
                 WHERE j.office_id = r.office_id AND j.source = r.id AND j.kind = 'payable' AND g.side = 'C' AND g.appropriation_id = h.appropriation_id), 0)::bigint AS released_fen
FROM linli.tranche r
JOIN linli.tranche_share h ON h.office_id = r.office_id AND h.tranche_id = r.id
JOIN linli.appropriation p ON p.office_id = h.office_id AND p.id = h.appropriation_id
WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid
ORDER BY r.no, p.id
