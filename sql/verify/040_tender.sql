-- Verify linli:040_tender on pg
BEGIN;
SELECT contact_person, contact_phone FROM linli.tender WHERE false;
SELECT linli.notice_contacts(NULL, NULL) WHERE false;
SELECT 1 FROM linli.lot WHERE false;
SELECT 1 FROM linli.deadline WHERE false;
SELECT 1 FROM linli.milestone WHERE false;
SELECT 1 FROM linli.decision WHERE false;
SELECT 1 FROM linli.notice WHERE false;
SELECT 1 FROM linli.question WHERE false;
SELECT 1 FROM linli.invitation_secret WHERE false;
SELECT 1 FROM linli.invitation WHERE false;
SELECT 1 FROM linli.series WHERE false;
ROLLBACK;
