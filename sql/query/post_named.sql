-- A post, whether an approver may name who holds it, and whether the person holds it on a day other than as a delegate.
SELECT p.role, r.named, p.ended,
       EXISTS (SELECT FROM linli.post_holder h WHERE h.office_id = p.office_id AND h.post_id = p.id AND h.person_id = $3::uuid
               AND h.place <> 'delegate' AND h.valid_from <= $4::date AND (h.valid_until IS NULL OR h.valid_until >= $4::date)) AS own
FROM linli.post p JOIN linli.role r ON r.code = p.role
WHERE p.office_id = $1::integer AND p.id = $2::uuid
