-- $3: the tranche it may add.
SELECT linli.contract_apply($1::integer, $2::uuid, $3::uuid)
