-- Does the registry say that the second carries on what the first did: merged into it, or divided from it?
SELECT EXISTS (SELECT FROM linli.organisation o WHERE o.id = $1::uuid AND o.successor_id = $2::uuid)
    OR EXISTS (SELECT FROM linli.organisation_change c WHERE c.organisation_id = $1::uuid AND c.kind = 'divided' AND c.other_id = $2::uuid) AS yes
