SELECT linli.lot_before($1::integer, $2::uuid, $3::integer) AS no
