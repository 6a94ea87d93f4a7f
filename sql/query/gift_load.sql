-- A gift of a fund, for who takes it back.
SELECT g.kind, g.reversed, g.recorded_by FROM linli.gift g WHERE g.office_id = $1::integer AND g.fund_id = $2::uuid AND g.id = $3::uuid
