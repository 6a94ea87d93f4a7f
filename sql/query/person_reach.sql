-- Is the person's every membership at one of these offices, or in an organisation only?
SELECT NOT EXISTS (SELECT 1 FROM linli.membership m
                   WHERE m.person_id = $1::uuid AND m.office_id IS NOT NULL AND m.office_id <> ALL ($2::bigint[])) AS reached
