-- The container a bid's price is in, known once its other envelope is opened; not yet opened itself.
UPDATE linli.bid SET price_sha256 = $3::bytea WHERE office_id = $1::integer AND id = $2::uuid
