SELECT h.code, h.zh, h.en, h.article, h.placed FROM linli.holds_of($1::integer, $2::uuid, $3::timestamptz) h
WHERE $1::integer = ANY ($4::integer[])
