#!/bin/sh
# Runs once, on an empty volume: the program gets a role of its own that is no superuser.
set -eu
password=$(cat /run/secrets/database_password)
psql --set=ON_ERROR_STOP=1 --set=password="$password" --username "$POSTGRES_USER" postgres <<'SQL'
CREATE ROLE vestige LOGIN PASSWORD :'password';
CREATE DATABASE vestige OWNER vestige;
SQL
