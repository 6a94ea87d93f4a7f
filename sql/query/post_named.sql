-- A post, whether an approver may name who holds it, and whether the person holds it on a day other than as a delegate.
SELECT p.role, r.named, p.ended,
       EXISTS (SELECT FROM linli.posts_held($3::uuid, $4::date) h
               WHERE h.office_id = p.office_id AND h.post_id = p.id AND h.place <> 'delegate') AS own
FROM linli.post p JOIN linli.role r ON r.code = p.role
WHERE p.office_id = $1::integer AND p.id = $2::uuid
