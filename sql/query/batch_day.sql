UPDATE linli.batch SET execute = $3::date WHERE office_id = $1::integer AND id = $2::uuid AND exported IS NULL
