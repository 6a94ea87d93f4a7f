-- A file of an opened bid becomes an attachment of it, and is kept.
WITH used AS (UPDATE linli.blob SET used = true WHERE sha256 = $5::bytea AND NOT used),
     named AS (UPDATE linli.upload u SET used = true FROM linli.bid b
               WHERE u.sha256 = $5::bytea AND NOT u.used AND b.office_id = $1::integer AND b.id = $3::uuid
                 AND (u.person_id = b.person_id OR EXISTS (SELECT 1 FROM linli.membership m
                                                           WHERE m.organisation_id = b.organisation_id AND m.person_id = u.person_id)))
INSERT INTO linli.attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, side, added, added_by)
SELECT $1::integer, $2::uuid, 'bid', $3::uuid, $4::text, $7::text, f.sha256, false,
       coalesce('organisation:' || b.organisation_id, 'person:' || b.person_id), $6::timestamptz, b.person_id
FROM linli.blob f JOIN linli.bid b ON b.office_id = $1::integer AND b.id = $3::uuid
WHERE f.sha256 = $5::bytea
