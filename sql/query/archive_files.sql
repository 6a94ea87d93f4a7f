-- The original files of a tender's archive, as far as the actor reads them: bids that were opened, and attachments of whatever
-- belongs to the tender, by what they belong to; one more than an archive may hold.
SELECT f.kind, f.name, encode(f.sha256, 'hex') AS digest FROM (
    SELECT 'bid' AS kind, '投标-' || b.number || '.json' AS name, b.sha256, b.received AS at, b.id
    FROM linli.bid b WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.key IS NOT NULL
    UNION ALL
    SELECT a.object_kind, a.name, a.sha256, a.added, a.id
    FROM linli.attachment a
    CROSS JOIN LATERAL linli.object_rights(a.office_id, a.object_kind, a.object_id, $3::text[], '{}', $4::uuid) r
    WHERE a.office_id = $1::integer AND r.tender_id = $2::uuid AND r.reads
      AND NOT EXISTS (SELECT FROM linli.objection x WHERE x.office_id = a.office_id AND x.id = a.object_id AND x.channel = 'report')
) f ORDER BY f.kind, f.at, f.id
LIMIT 50001
