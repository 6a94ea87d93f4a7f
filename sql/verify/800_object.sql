-- Verify linli:800_object on pg
BEGIN;
SELECT 1 FROM linli.bids_of('{}') WHERE false;
SELECT 1 FROM linli.object_find(NULL, NULL, NULL) WHERE false;
SELECT 1 FROM linli.object_rights(NULL, NULL, NULL, NULL, NULL, NULL) WHERE false;
SELECT linli.shanghai(NULL), linli.dealt('{}', NULL), linli.told(NULL);
SELECT 1 FROM linli.tasks(NULL, NULL, NULL, NULL, NULL), linli.task_act(NULL, NULL, NULL, NULL, NULL, NULL) WHERE false;
ROLLBACK;
