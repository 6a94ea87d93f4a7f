SELECT b.act, b.target, b.organisation_id, b.person_id, b.channel, b.received, b.posted, b.content::text AS content, b.content_hash, b.entered_by, b.state,
       EXISTS (SELECT FROM linli.attachment a WHERE a.office_id = b.office_id AND a.object_kind = 'behalf' AND a.object_id = b.id) AS scanned
FROM linli.behalf b WHERE b.office_id = $1::integer AND b.id = $2::uuid
