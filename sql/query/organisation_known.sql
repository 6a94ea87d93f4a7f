SELECT o.id, o.ended FROM linli.organisation o WHERE o.id = $1::uuid
