SELECT state, proposed_by, valid_from FROM linli.organisation_account WHERE id = $1::uuid AND organisation_id = $2::uuid
