-- Counted in a transaction of its own, whatever becomes of the try.
UPDATE linli.second_factor SET failed = failed + 1 WHERE person_id = $1::uuid AND failed < 1000000
