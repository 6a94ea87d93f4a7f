SELECT n.state, n.person_id, n.title, n.field, n.beneficiaries, n.place
FROM linli.need n WHERE n.office_id = $1::integer AND n.id = $2::uuid
