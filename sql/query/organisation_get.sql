-- What everybody may know of an organisation.  A shared thing: $1 is not used.
SELECT o.id, o.name, o.name_en, o.kind, o.uscc, o.uscc_doubtful, o.host_id, o.founded, o.created, o.version AS _version
FROM linli.organisation o WHERE o.id = $2::uuid AND ($1::integer IS NOT NULL)
