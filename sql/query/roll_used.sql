-- A roll that a published tender counts on stays as it is.
SELECT EXISTS (SELECT 1 FROM linli.tender t WHERE t.office_id = $1::integer AND t.roll_id = $2::uuid AND t.state <> 'draft') AS used
