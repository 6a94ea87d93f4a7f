-- $2: of the row that set it.
SELECT s.id, s.code, s.threshold, s.cases, s.reason, s.at FROM linli.red_flag_set s WHERE s.office_id = $1::integer AND s.id = $2::uuid
