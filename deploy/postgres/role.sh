#!/bin/sh
# Runs once, on an empty volume: one role owns the tables, another, which owns nothing, is the
# program's, a third the signer's; none is a superuser or may step past row-level security.
set -eu
owner=$(cat /run/secrets/database_password)
program=$(cat /run/secrets/program_database_password)
signer=$(cat /run/secrets/signer_database_password)
psql --set=ON_ERROR_STOP=1 --set=owner="$owner" --set=program="$program" --set=signer="$signer" \
  --username "$POSTGRES_USER" postgres <<'SQL'
CREATE ROLE vestige LOGIN PASSWORD :'owner';
CREATE DATABASE vestige OWNER vestige;
CREATE ROLE vestige_app NOLOGIN;
CREATE ROLE vestige_web LOGIN PASSWORD :'program' IN ROLE vestige_app;
GRANT vestige_app TO vestige;
CREATE ROLE vestige_ledger NOLOGIN;
CREATE ROLE vestige_signer LOGIN PASSWORD :'signer' IN ROLE vestige_ledger;
GRANT vestige_ledger TO vestige;
SQL
