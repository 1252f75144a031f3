-- Lets Matriarch read `pgbackrest info` over its own PostgreSQL connection: no agent, no SSH, no shell for the dashboard.
--
-- Run once on the primary, as a superuser, in the database that `postgres.database` of matriarch.yaml names:
--
--     psql -X -v ON_ERROR_STOP=1 -v reader=matriarch -f pgbackrest-info.sql
--
-- It reaches the standbys by replication, and works on them too: it creates nothing. (The usual way, COPY into a temporary
-- table, needs CREATE and therefore fails on a standby and in a read-only session.) Every member is asked for itself, because a
-- backup's lock is known only to the host that runs it, and because two hosts that see different backups are worth an alarm.
--
-- What it may do: run one fixed command line as the operating system's user of the server, and read back what that
-- command wrote. It takes no argument, so nothing that a caller sends reaches a shell. EXECUTE is for the reader alone.
-- What it needs: pgbackrest and timeout (coreutils) in the server's PATH, and a configuration that this user may read.
-- To remove it: DROP SCHEMA matriarch CASCADE;

\if :{?reader}
\else
  \set reader matriarch
\endif

BEGIN;

CREATE SCHEMA IF NOT EXISTS matriarch;
REVOKE ALL ON SCHEMA matriarch FROM PUBLIC;

CREATE OR REPLACE FUNCTION matriarch.pgbackrest_info() RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  -- Relative to the data directory, where backends run. PostgreSQL and backups both leave this folder's files out.
  answer constant text := format('pg_stat_tmp/matriarch-%s.json', pg_backend_pid());
  complaint constant text := answer || '.stderr';
  command constant text := format(
    '{ cat >/dev/null; umask 077; timeout 25 pgbackrest --output=json --log-level-console=off --log-level-file=off'
    ' --log-level-stderr=error info >%1$s 2>%2$s || echo "exit code $?" >>%2$s; }', answer, complaint);
  said text;
  found text;
BEGIN
  EXECUTE format('COPY (SELECT) TO PROGRAM %L', command);
  found := pg_read_file(answer);
  said := btrim(pg_read_file(complaint));
  EXECUTE format('COPY (SELECT) TO PROGRAM %L', format('cat >/dev/null; rm -f %s %s', answer, complaint));
  IF said <> '' THEN
    RAISE EXCEPTION USING ERRCODE = 'external_routine_exception', MESSAGE = 'pgbackrest: ' || left(said, 500);
  END IF;
  RETURN found;
END
$function$;

COMMENT ON FUNCTION matriarch.pgbackrest_info() IS 'The output of pgbackrest info, as JSON, seen from this host';

REVOKE ALL ON FUNCTION matriarch.pgbackrest_info() FROM PUBLIC;
GRANT USAGE ON SCHEMA matriarch TO :"reader";
GRANT EXECUTE ON FUNCTION matriarch.pgbackrest_info() TO :"reader";

COMMIT;
