DELETE FROM linli.session WHERE hash = $1::bytea
