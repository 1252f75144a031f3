/**
 * Parameters that are set once, when the postmaster starts: a change waits for a restart of each member.
 * One a line: name, then `bool`, `text`, `word` with the words, or `int`/`real` with least and greatest value and the unit that a bare
 * number counts in. From `pg_settings` of PostgreSQL 17, with what 14 to 18 have beside it.
 */
export const RESTART_PARAMETERS = `
archive_mode word always,on,off
autovacuum_freeze_max_age int 100000 2000000000
autovacuum_max_workers int 1 262143
autovacuum_multixact_freeze_max_age int 10000 2000000000
autovacuum_worker_slots int 1 262143
bonjour bool
bonjour_name text
cluster_name text
commit_timestamp_buffers int 0 131072 8kB
config_file text
data_directory text
data_sync_retry bool
debug_io_direct text
dynamic_shared_memory_type word posix,sysv,mmap
event_source text
external_pid_file text
hba_file text
hot_standby bool
huge_page_size int 0 2147483647 kB
huge_pages word off,on,try
ident_file text
ignore_invalid_pages bool
io_max_combine_limit int 1 128 8kB
io_max_concurrency int -1 1024
io_method word worker,sync,io_uring
jit_provider text
listen_addresses text
logging_collector bool
max_active_replication_origins int 0 262143
max_connections int 1 262143
max_files_per_process int 64 2147483647
max_locks_per_transaction int 10 2147483647
max_logical_replication_workers int 0 262143
max_notify_queue_pages int 64 2147483647
max_pred_locks_per_transaction int 10 2147483647
max_prepared_transactions int 0 262143
max_replication_slots int 0 262143
max_wal_senders int 0 262143
max_worker_processes int 0 262143
min_dynamic_shared_memory int 0 2147483647 MB
multixact_member_buffers int 16 131072 8kB
multixact_offset_buffers int 16 131072 8kB
notify_buffers int 16 131072 8kB
old_snapshot_threshold int -1 86400 min
port int 1 65535
recovery_target text
recovery_target_action word pause,promote,shutdown
recovery_target_inclusive bool
recovery_target_lsn text
recovery_target_name text
recovery_target_time text
recovery_target_timeline text
recovery_target_xid text
reserved_connections int 0 262143
serializable_buffers int 16 131072 8kB
shared_buffers int 16 1073741823 8kB
shared_memory_type word sysv,mmap
shared_preload_libraries text
subtransaction_buffers int 0 131072 8kB
superuser_reserved_connections int 0 262143
trace_connection_negotiation bool
track_activity_query_size int 100 1048576 B
track_commit_timestamp bool
transaction_buffers int 0 131072 8kB
unix_socket_directories text
unix_socket_group text
unix_socket_permissions int 0 511
wal_buffers int -1 262143 8kB
wal_decode_buffer_size int 65536 1073741823 B
wal_level word minimal,archive,hot_standby,replica,logical
wal_log_hints bool
`;
