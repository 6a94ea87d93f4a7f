-- Who holds what must be unique across offices.
SELECT holder FROM linli.claim WHERE kind = $1::text AND value = $2::text
