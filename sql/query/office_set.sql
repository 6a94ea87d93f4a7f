-- Switching the combination of duties off is left to those who then see to it that nobody combines them.
UPDATE linli.office SET combined_duties = coalesce($2::boolean, combined_duties), second_factor = coalesce($3::text[], second_factor),
       second_check_fen = coalesce($4::bigint, second_check_fen), vouchers_first = coalesce($5::boolean, vouchers_first), version = version + 1
WHERE office_id = $1::integer
RETURNING office_id
