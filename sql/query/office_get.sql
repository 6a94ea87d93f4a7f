SELECT o.office_id, o.parent_id, to_jsonb(o.path) AS path, o.kind, o.code, o.name, o.name_en, o.address, o.contact_person, o.phone, o.combined_duties, o.second_factor,
       o.second_check_fen, o.vouchers_first, o.version AS _version
FROM linli.office o WHERE o.office_id = $1::integer
