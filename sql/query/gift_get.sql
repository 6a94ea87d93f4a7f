-- A gift as everybody may read it: without a name where the donor wants none.
SELECT g.id, g.fund_id AS fund, g.appropriation_id AS appropriation, g.kind, coalesce(g.shown, '匿名') AS donor, g.amount_fen,
       g.restriction, g.receipt, g.received, g.reversed, g.version AS _version
FROM linli.gift g WHERE g.office_id = $1::integer AND g.id = $2::uuid
