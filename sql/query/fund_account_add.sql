INSERT INTO linli.fund_account (office_id, id, fund_id, holder, bank_name, bank_code, account, entered, entered_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::text, $7::text, $8::timestamptz, $9::uuid)
