/**
 * Parameters that a session may have for itself (some for superusers only, some only at its start); the value here is the default.
 * One a line: name, then `bool`, `text`, `word` with the words, or `int`/`real` with least and greatest value and the unit that a bare
 * number counts in. From `pg_settings` of PostgreSQL 17, with what 14 to 18 have beside it.
 */
export const SESSION_PARAMETERS = `
allow_in_place_tablespaces bool
allow_system_table_mods bool
application_name text
array_nulls bool
backend_flush_after int 0 256 8kB
backslash_quote word safe_encoding,on,off
backtrace_functions text
bytea_output word escape,hex
check_function_bodies bool
client_connection_check_interval int 0 2147483647 ms
client_encoding text
client_min_messages word debug5,debug4,debug3,debug2,debug1,log,notice,warning,error,debug,info
commit_delay int 0 100000
commit_siblings int 0 1000
compute_query_id word auto,regress,on,off
constraint_exclusion word partition,on,off
cpu_index_tuple_cost real 0 1.79769e+308
cpu_operator_cost real 0 1.79769e+308
cpu_tuple_cost real 0 1.79769e+308
createrole_self_grant text
cursor_tuple_fraction real 0 1
DateStyle text
deadlock_timeout int 1 2147483647 ms
debug_discard_caches int 0 0
debug_logical_replication_streaming word buffered,immediate
debug_parallel_query word off,on,regress
debug_pretty_print bool
debug_print_parse bool
debug_print_plan bool
debug_print_rewritten bool
default_statistics_target int 1 10000
default_table_access_method text
default_tablespace text
default_text_search_config text
default_toast_compression word pglz,lz4
default_transaction_deferrable bool
default_transaction_isolation word serializable,repeatable read,read committed,read uncommitted
default_transaction_read_only bool
dynamic_library_path text
effective_cache_size int 1 2147483647 8kB
effective_io_concurrency int 0 1000
enable_async_append bool
enable_bitmapscan bool
enable_distinct_reordering bool
enable_gathermerge bool
enable_group_by_reordering bool
enable_hashagg bool
enable_hashjoin bool
enable_incremental_sort bool
enable_indexonlyscan bool
enable_indexscan bool
enable_material bool
enable_memoize bool
enable_mergejoin bool
enable_nestloop bool
enable_parallel_append bool
enable_parallel_hash bool
enable_partition_pruning bool
enable_partitionwise_aggregate bool
enable_partitionwise_join bool
enable_presorted_aggregate bool
enable_self_join_elimination bool
enable_seqscan bool
enable_sort bool
enable_tidscan bool
escape_string_warning bool
event_triggers bool
exit_on_error bool
extension_control_path text
extra_float_digits int -15 3
file_copy_method word copy,clone
force_parallel_mode word off,on,regress
from_collapse_limit int 1 2147483647
geqo bool
geqo_effort int 1 10
geqo_generations int 0 2147483647
geqo_pool_size int 0 2147483647
geqo_seed real 0 1
geqo_selection_bias real 1.5 2
geqo_threshold int 2 2147483647
gin_fuzzy_search_limit int 0 2147483647
gin_pending_list_limit int 64 2147483647 kB
hash_mem_multiplier real 1 1000
icu_validation_level word disabled,debug5,debug4,debug3,debug2,debug1,log,notice,warning,error
idle_in_transaction_session_timeout int 0 2147483647 ms
idle_session_timeout int 0 2147483647 ms
ignore_checksum_failure bool
ignore_system_indexes bool
IntervalStyle word postgres,postgres_verbose,sql_standard,iso_8601
io_combine_limit int 1 128 8kB
jit bool
jit_above_cost real -1 1.79769e+308
jit_debugging_support bool
jit_dump_bitcode bool
jit_expressions bool
jit_inline_above_cost real -1 1.79769e+308
jit_optimize_above_cost real -1 1.79769e+308
jit_profiling_support bool
jit_tuple_deforming bool
join_collapse_limit int 1 2147483647
lc_messages text
lc_monetary text
lc_numeric text
lc_time text
lo_compat_privileges bool
local_preload_libraries text
lock_timeout int 0 2147483647 ms
log_connections text
log_disconnections bool
log_duration bool
log_error_verbosity word terse,default,verbose
log_executor_stats bool
log_lock_failures bool
log_lock_waits bool
log_min_duration_sample int -1 2147483647 ms
log_min_duration_statement int -1 2147483647 ms
log_min_error_statement word debug5,debug4,debug3,debug2,debug1,info,notice,warning,error,log,fatal,panic,debug
log_min_messages word debug5,debug4,debug3,debug2,debug1,info,notice,warning,error,log,fatal,panic,debug
log_parameter_max_length int -1 1073741823 B
log_parameter_max_length_on_error int -1 1073741823 B
log_parser_stats bool
log_planner_stats bool
log_replication_commands bool
log_statement word none,ddl,mod,all
log_statement_sample_rate real 0 1
log_statement_stats bool
log_temp_files int -1 2147483647 kB
log_transaction_sample_rate real 0 1
logical_decoding_work_mem int 64 2147483647 kB
maintenance_io_concurrency int 0 1000
maintenance_work_mem int 64 2147483647 kB
max_parallel_maintenance_workers int 0 1024
max_parallel_workers int 0 1024
max_parallel_workers_per_gather int 0 1024
max_stack_depth int 100 2147483647 kB
md5_password_warnings bool
min_parallel_index_scan_size int 0 715827882 8kB
min_parallel_table_scan_size int 0 715827882 8kB
output_plugin_libraries text
parallel_leader_participation bool
parallel_setup_cost real 0 1.79769e+308
parallel_tuple_cost real 0 1.79769e+308
password_encryption word md5,scram-sha-256
plan_cache_mode word auto,force_generic_plan,force_custom_plan
post_auth_delay int 0 2147 s
quote_all_identifiers bool
random_page_cost real 0 1.79769e+308
recursive_worktable_factor real 0.001 1e+06
restrict_nonsystem_relation_kind text
row_security bool
scram_iterations int 1 2147483647
search_path text
seq_page_cost real 0 1.79769e+308
session_preload_libraries text
session_replication_role word origin,replica,local
standard_conforming_strings bool
statement_timeout int 0 2147483647 ms
stats_fetch_consistency word none,cache,snapshot
synchronize_seqscans bool
synchronous_commit word local,remote_write,remote_apply,on,off
tcp_keepalives_count int 0 2147483647
tcp_keepalives_idle int 0 2147483647 s
tcp_keepalives_interval int 0 2147483647 s
tcp_user_timeout int 0 2147483647 ms
temp_buffers int 100 1073741823 8kB
temp_file_limit int -1 2147483647 kB
temp_tablespaces text
TimeZone text
timezone_abbreviations text
trace_notify bool
trace_sort bool
track_activities bool
track_cost_delay_timing bool
track_counts bool
track_functions word none,pl,all
track_io_timing bool
track_wal_io_timing bool
transaction_deferrable bool
transaction_isolation word serializable,repeatable read,read committed,read uncommitted
transaction_read_only bool
transaction_timeout int 0 2147483647 ms
transform_null_equals bool
update_process_title bool
vacuum_buffer_usage_limit int 0 16777216 kB
vacuum_cost_delay real 0 100 ms
vacuum_cost_limit int 1 10000
vacuum_cost_page_dirty int 0 10000
vacuum_cost_page_hit int 0 10000
vacuum_cost_page_miss int 0 10000
vacuum_failsafe_age int 0 2100000000
vacuum_freeze_min_age int 0 1000000000
vacuum_freeze_table_age int 0 2000000000
vacuum_max_eager_freeze_failure_rate real 0 1
vacuum_multixact_failsafe_age int 0 2100000000
vacuum_multixact_freeze_min_age int 0 1000000000
vacuum_multixact_freeze_table_age int 0 2000000000
vacuum_truncate bool
wal_compression word pglz,lz4,zstd,on,off
wal_consistency_checking text
wal_init_zero bool
wal_recycle bool
wal_sender_timeout int 0 2147483647 ms
wal_skip_threshold int 0 2147483647 kB
work_mem int 64 2147483647 kB
xmlbinary word base64,hex
xmloption word content,document
zero_damaged_pages bool
`;
