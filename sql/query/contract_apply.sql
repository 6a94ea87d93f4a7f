-- $3: the tranche it may add.  Gives what an ended contract still owes.
SELECT linli.contract_apply($1::integer, $2::uuid, $3::uuid) AS owed_fen
