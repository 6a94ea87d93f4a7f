SELECT s.sha256, s.k, s.n, s.note, t.must_seal FROM linli.opener_set s
JOIN linli.tender t ON t.office_id = s.office_id AND t.id = s.tender_id
WHERE s.office_id = $1::integer AND s.tender_id = $2::uuid
