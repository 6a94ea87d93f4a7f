SELECT o.id, o.name, o.ended FROM linli.organisation o WHERE o.id = $1::uuid
