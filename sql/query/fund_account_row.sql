SELECT a.id, a.fund_id AS fund, a.holder, a.bank_name, a.bank_code, a.account, a.entered, a.confirmed FROM linli.fund_account a
WHERE a.office_id = $1::integer AND a.id = $2::uuid
