import type { Place } from "./place";

/** Half of them is for tenants that use up what they get. */
const maxConnections = 200;

/** Settings for many small databases of strangers, as options of the command line. */
export function serverOptions(place: Place, { port, fsync }: { port: number; fsync: boolean }): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: place.socket ?? "",
    unix_socket_permissions: "0700",
    password_encryption: "scram-sha-256",
    max_connections: maxConnections,
    superuser_reserved_connections: 10,
    shared_buffers: "128MB",
    max_wal_size: "2GB",
    // One tenant's sort cannot fill the disk.
    temp_file_limit: "2GB",
    jit: "off",
    // Each round visits every database.
    autovacuum_naptime: "5min",
    autovacuum_max_workers: 2,
    max_logical_replication_workers: 0,
    fsync: fsync ? "on" : "off",
    full_page_writes: fsync ? "on" : "off",
    logging_collector: "on",
    log_directory: "log",
    log_filename: "postgres-%a.log",
    log_truncate_on_rotation: "on",
    log_rotation_age: "1d",
    log_rotation_size: 0,
    log_file_mode: "0600",
    // Statements, their values and what is wrong with them are the tenants' own matter.
    log_statement: "none",
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_min_duration_statement: -1,
    log_checkpoints: "off",
    track_activity_query_size: 100,
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
