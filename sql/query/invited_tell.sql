-- Who is invited, as publicity of the only supplier names it (财政部令第74号 §38).
SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', o.name, 'address', o.address)) ORDER BY v.place), '[]') AS suppliers
FROM linli.invitation v JOIN linli.organisation o ON o.id = v.organisation_id
WHERE v.office_id = $1::integer AND v.tender_id = $2::uuid AND v.invited
