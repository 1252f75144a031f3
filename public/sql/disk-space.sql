-- Lets Matriarch see how full the disks of PostgreSQL are, over its own PostgreSQL connection: no agent, no SSH. Optional: without
-- it the dashboard says nothing of disks, because PostgreSQL itself does not know how much space is left.
--
-- Run once on the primary, as a superuser, in the database that `postgres.database` of matriarch.yaml names:
--
--     psql -X -v ON_ERROR_STOP=1 -v reader=matriarch -f disk-space.sql
--
-- It reaches the standbys by replication, and works on them too: it creates nothing in the database. It is called once a minute.
--
-- What it may do: run one fixed command line as the operating system's user of the server, and read back what that command wrote.
-- It takes no argument, so nothing that a caller sends reaches a shell. EXECUTE is for the reader alone. What the command says
-- goes by memory (/dev/shm) where there is such a place, as it has to be told on a full disk too.
-- What it needs: sh, df and timeout (coreutils) in the server's PATH.
-- To remove it: DROP FUNCTION matriarch.disk_space();

\if :{?reader}
\else
  \set reader matriarch
\endif

BEGIN;

CREATE SCHEMA IF NOT EXISTS matriarch;
REVOKE ALL ON SCHEMA matriarch FROM PUBLIC;

CREATE OR REPLACE FUNCTION matriarch.disk_space() RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  answer constant text := format('%s/matriarch-%s',
    CASE WHEN (pg_stat_file('/dev/shm', true)).isdir THEN '/dev/shm' ELSE 'pg_stat_tmp' END, gen_random_uuid());
  -- Each path, and the line of df for it. Relative to the data directory, where backends run.
  command constant text := format(
    'cat >/dev/null; umask 077; set -C; for path in . pg_wal pg_tblspc/*/; do [ -d "$path" ] || continue;'
    ' LC_ALL=C timeout 1 df -kP "$path" 2>/dev/null | { read -r head; read -r line && echo "$path $line"; }; done >%s; true',
    answer);
  found text;
BEGIN
  EXECUTE format('COPY (SELECT) TO PROGRAM %L', command);
  found := pg_read_file(answer);
  EXECUTE format('COPY (SELECT) TO PROGRAM %L', format('cat >/dev/null; rm -f %s', answer));
  RETURN found;
END
$function$;

COMMENT ON FUNCTION matriarch.disk_space() IS 'What df says of the data directory, of pg_wal and of each tablespace, in KiB';

REVOKE ALL ON FUNCTION matriarch.disk_space() FROM PUBLIC;
GRANT USAGE ON SCHEMA matriarch TO :"reader";
GRANT EXECUTE ON FUNCTION matriarch.disk_space() TO :"reader";

COMMIT;
