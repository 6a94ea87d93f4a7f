-- What was let out of a tranche is taken back whole: nothing more is paid of it.
UPDATE linli.tranche SET released_fen = 0, state = 'stopped', version = version + 1 WHERE office_id = $1::integer AND id = $2::uuid AND state = 'released'
