SELECT o.id FROM linli.organisation o WHERE o.id = $1::uuid
