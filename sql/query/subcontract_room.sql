-- What is given away of a contract already, in all and to this body; what the bid named it for (NULL: it named it not).
SELECT coalesce(sum(x.amount_fen), 0)::bigint AS given_fen,
       coalesce(sum(x.amount_fen) FILTER (WHERE x.organisation_id = $4::uuid OR x.name = $5::text), 0)::bigint AS to_it_fen,
       (SELECT max(p.share_ppm) FROM linli.bid_party p WHERE p.office_id = $1::integer AND p.bid_id = $3::uuid AND p.part = 'subcontractor'
        AND (p.organisation_id = $4::uuid OR p.name = $5::text)) AS share_ppm
FROM linli.subcontract x WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid AND x.state <> 'refused'
