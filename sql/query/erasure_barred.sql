SELECT linli.erasure_barred($1::uuid, $2::timestamptz) AS why
