#!/bin/bash
# Runs once, when the database container makes its cluster: the two roles, and who owns the database.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname congress \
  --set owner_password="$OWNER_PASSWORD" --set application_password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE congress_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'owner_password';
CREATE ROLE congress_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'application_password';
ALTER DATABASE congress OWNER TO congress_owner;
REVOKE ALL ON DATABASE congress FROM PUBLIC;
SQL
