-- Its own people, and offices that deal with it, see the whole.
SELECT o.id, o.name, o.name_en, o.kind, o.uscc, o.uscc_doubtful, o.host_id, o.representative, o.address, o.phone, o.bank_name,
       o.bank_code, o.bank_account, o.created, o.version AS _version
FROM linli.organisation o
WHERE o.id = $1::uuid AND (o.id = ANY ($2::uuid[]) OR cardinality($3::integer[]) > 0)
