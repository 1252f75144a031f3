/**
 * Parameters that every process takes over at a reload.
 * One a line: name, then `bool`, `text`, `word` with the words, or `int`/`real` with least and greatest value and the unit that a bare
 * number counts in. From `pg_settings` of PostgreSQL 17, with what 14 to 18 have beside it.
 */
export const RELOAD_PARAMETERS = `
allow_alter_system bool
archive_cleanup_command text
archive_command text
archive_library text
archive_timeout int 0 1073741823 s
authentication_timeout int 1 600 s
autovacuum bool
autovacuum_analyze_scale_factor real 0 100
autovacuum_analyze_threshold int 0 2147483647
autovacuum_naptime int 1 2147483 s
autovacuum_vacuum_cost_delay real -1 100 ms
autovacuum_vacuum_cost_limit int -1 10000
autovacuum_vacuum_insert_scale_factor real 0 100
autovacuum_vacuum_insert_threshold int -1 2147483647
autovacuum_vacuum_max_threshold int -1 2147483647
autovacuum_vacuum_scale_factor real 0 100
autovacuum_vacuum_threshold int 0 2147483647
autovacuum_work_mem int -1 2147483647 kB
bgwriter_delay int 10 10000 ms
bgwriter_flush_after int 0 256 8kB
bgwriter_lru_maxpages int 0 1073741823
bgwriter_lru_multiplier real 0 10
checkpoint_completion_target real 0 1
checkpoint_flush_after int 0 256 8kB
checkpoint_timeout int 30 86400 s
checkpoint_warning int 0 2147483647 s
db_user_namespace bool
file_extend_method word posix_fallocate,write_zeros
fsync bool
full_page_writes bool
gss_accept_delegation bool
hot_standby_feedback bool
idle_replication_slot_timeout int 0 2147483647 s
io_workers int 1 32
krb_caseins_users bool
krb_server_keyfile text
log_autovacuum_min_duration int -1 2147483647 ms
log_checkpoints bool
log_destination text
log_directory text
log_file_mode int 0 511
log_filename text
log_hostname bool
log_line_prefix text
log_recovery_conflict_waits bool
log_rotation_age int 0 35791394 min
log_rotation_size int 0 2147483647 kB
log_startup_progress_interval int 0 2147483647 ms
log_timezone text
log_truncate_on_rotation bool
max_parallel_apply_workers_per_subscription int 0 1024
max_pred_locks_per_page int 0 2147483647
max_pred_locks_per_relation int -2147483648 2147483647
max_slot_wal_keep_size int -1 2147483647 MB
max_standby_archive_delay int -1 2147483647 ms
max_standby_streaming_delay int -1 2147483647 ms
max_sync_workers_per_subscription int 0 262143
max_wal_size int 2 2147483647 MB
min_wal_size int 2 2147483647 MB
oauth_validator_libraries text
pre_auth_delay int 0 60 s
primary_conninfo text
primary_slot_name text
promote_trigger_file text
recovery_end_command text
recovery_init_sync_method word fsync,syncfs
recovery_min_apply_delay int 0 2147483647 ms
recovery_prefetch word off,on,try
remove_temp_files_after_crash bool
restart_after_crash bool
restore_command text
send_abort_for_crash bool
send_abort_for_kill bool
ssl bool
ssl_ca_file text
ssl_cert_file text
ssl_ciphers text
ssl_crl_dir text
ssl_crl_file text
ssl_dh_params_file text
ssl_ecdh_curve text
ssl_groups text
ssl_key_file text
ssl_max_protocol_version word ,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
ssl_min_protocol_version word TLSv1,TLSv1.1,TLSv1.2,TLSv1.3
ssl_passphrase_command text
ssl_passphrase_command_supports_reload bool
ssl_prefer_server_ciphers bool
ssl_tls13_ciphers text
stats_temp_directory text
summarize_wal bool
sync_replication_slots bool
synchronized_standby_slots text
synchronous_standby_names text
syslog_facility word local0,local1,local2,local3,local4,local5,local6,local7
syslog_ident text
syslog_sequence_numbers bool
syslog_split_messages bool
vacuum_defer_cleanup_age int 0 1000000
wal_keep_size int 0 2147483647 MB
wal_receiver_create_temp_slot bool
wal_receiver_status_interval int 0 2147483 s
wal_receiver_timeout int 0 2147483647 ms
wal_retrieve_retry_interval int 1 2147483647 ms
wal_summary_keep_time int 0 35791394 min
wal_sync_method word fsync,fdatasync,open_sync,open_datasync
wal_writer_delay int 1 10000 ms
wal_writer_flush_after int 0 2147483647 8kB
`;
