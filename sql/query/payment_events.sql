-- What one act did with many payments, an event of each: $3 who, $4 in which role, $5 the act as of a single payment, $6 what it says.
INSERT INTO linli.event_queue (office_id, id, at, actor, role, act, subject_kind, subject, tender_id, sealed, salt, payload)
SELECT p.office_id, u.id, $2::timestamptz, $3::uuid, $4::text, $5::text, 'payment', p.id, c.tender_id, false, decode(u.salt, 'hex'), $6::text
FROM unnest($7::uuid[], $8::uuid[], $9::text[]) AS u (payment, id, salt)
JOIN linli.payment p ON p.office_id = $1::integer AND p.id = u.payment
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
