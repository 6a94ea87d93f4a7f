-- What everybody may know of an organisation.  A shared thing: $1 is not used.
SELECT o.id, o.name, o.name_en, o.kind, o.uscc, o.uscc_doubtful, o.host_id, o.founded, o.created, o.ended, o.successor_id AS successor,
       (SELECT jsonb_agg(jsonb_build_object('name', c.name, 'kind', c.kind, 'reason', c.reason, 'other', c.other_id,
                                            'at', to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY c.at)
        FROM linli.organisation_change c WHERE c.organisation_id = o.id) AS changes,
       o.version AS _version
FROM linli.organisation o WHERE o.id = $2::uuid AND ($1::integer IS NOT NULL)
