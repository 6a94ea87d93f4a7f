-- One agreed on may still be refused before its day has come: that is what the days are for.
UPDATE linli.organisation_account SET state = $3::text, decided = $4::timestamptz, decided_by = $5::uuid, valid_from = $6::timestamptz
WHERE id = $1::uuid AND organisation_id = $2::uuid AND (state = 'proposed' OR state = 'agreed' AND $3::text = 'refused' AND valid_from > $4::timestamptz)
