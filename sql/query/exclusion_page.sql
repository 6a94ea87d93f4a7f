SELECT x.id, x.organisation_id AS organisation, o.name, x.ground, x.authority, x.document, x.reason, x.starts, x.ends, x.lifted, x.lifted_reason,
       x.starts AS _c0, x.id AS _c1
FROM linli.exclusion x JOIN linli.organisation o ON o.id = x.organisation_id
WHERE x.office_id = $1::integer AND ($2::timestamptz IS NULL OR (x.starts, x.id) < ($2::timestamptz, $3::uuid))
ORDER BY x.starts DESC, x.id DESC LIMIT $4::integer
