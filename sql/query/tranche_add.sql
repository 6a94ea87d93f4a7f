-- A planned tranche; refused where the tranches would exceed their contract.
SELECT linli.tranche_add($1::integer, $2::uuid, $3::uuid, $4::integer, $5::text, $6::text, $7::text, $8::bigint, $9::text,
                         $10::date, $11::boolean) AS id
