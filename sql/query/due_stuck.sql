-- Across offices: what could not be done and waits for its owner.
SELECT count(*) AS stuck FROM linli.due WHERE done IS NULL AND tries >= 5
