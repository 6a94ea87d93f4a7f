DELETE FROM linli.node WHERE id = $1::uuid
