-- A fee and who entered it; locked, so that it is decided once.
SELECT f.state, f.entered_by FROM linli.fee f WHERE f.office_id = $1::integer AND f.id = $2::uuid FOR UPDATE
