-- Journals of one kind, each of a contract; one order for everybody.
SELECT count(linli.post($1::integer, x.id, $2::text, x.source, x.contract, $3::uuid, $4::timestamptz, x.fen)) AS posted
FROM (SELECT * FROM unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::bigint[]) AS l(id, source, contract, fen) ORDER BY l.contract, l.id) x
