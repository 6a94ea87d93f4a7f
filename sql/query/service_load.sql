SELECT s.way, s.sent, s.served, s.reference, s.note, s.object_kind, s.object_id,
       EXISTS (SELECT FROM linli.attachment a WHERE a.office_id = s.office_id AND a.object_kind = 'service' AND a.object_id = s.id) AS proved
FROM linli.service s WHERE s.office_id = $1::integer AND s.id = $2::uuid
