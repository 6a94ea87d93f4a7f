-- Is it there, and which organisation is it of?
SELECT o.organisation_id FROM (
    SELECT 'need' AS kind, x.organisation_id FROM linli.need x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'project', NULL FROM linli.project x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'list', NULL FROM linli.list x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'entry', NULL FROM linli.list_entry x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'tender', NULL FROM linli.tender x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'lot', NULL FROM linli.lot x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'notice', NULL FROM linli.notice x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'question', NULL FROM linli.question x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'award', NULL FROM linli.award x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'objection', x.organisation_id FROM linli.objection x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'contract', x.organisation_id FROM linli.contract x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'tranche', c.organisation_id FROM linli.tranche x
              JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
              WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'delivery', c.organisation_id FROM linli.delivery x
              JOIN linli.tranche n ON n.office_id = x.office_id AND n.id = x.tranche_id
              JOIN linli.contract c ON c.office_id = x.office_id AND c.id = n.contract_id
              WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'payment', NULL FROM linli.payment x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'fund', NULL FROM linli.fund x WHERE x.office_id = $1::integer AND x.id = $3::uuid
    UNION ALL SELECT 'bid', x.organisation_id FROM linli.bid x
              WHERE x.office_id = $1::integer AND x.id = $3::uuid AND x.key IS NOT NULL
) o WHERE o.kind = $2::text
