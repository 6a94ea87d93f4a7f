-- What keeps the money of a tranche back; placed: by hand.
SELECT h.code, h.zh, h.en, h.article, h.placed FROM linli.holds_of($1::integer, $2::uuid, $3::timestamptz) h
