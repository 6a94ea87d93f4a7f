-- Who answered about the one it comes from answers about it, until the draft says otherwise.
UPDATE linli.tender t SET contact_person = o.contact_person, contact_phone = o.contact_phone
FROM linli.tender o WHERE o.office_id = $1::integer AND o.id = $3::uuid AND t.office_id = $1::integer AND t.id = $2::uuid
