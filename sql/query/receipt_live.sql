-- A receipt that stands under this reference.
SELECT x.id FROM linli.receipt x WHERE x.office_id = $1::integer AND x.bank_ref = $2::text AND x.state IN ('entered', 'confirmed')
