# A private PostgreSQL cluster. PostgreSQL refuses root, so root hands it to the system user postgres.
# shellcheck shell=bash

pg_bin() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -n "$newest" ] || die "no PostgreSQL server is installed"
  printf %s "$newest"
}

as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups -- "$@")
  else
    "$@"
  fi
}

# Where the cluster is: in DIR, or, where the system user cannot reach DIR (below /root), under /var/tmp.
pg_data() {
  if [ ! -s "$dir/run/pg_data" ]; then
    local data=$dir/postgres
    if [ "$(id -u)" = 0 ] && ! as_postgres test -x "$dir"; then
      data=/var/tmp/postel-sandbox-$(printf %s "$dir" | cksum | cut -d' ' -f1)
    fi
    printf %s "$data" >"$dir/run/pg_data"
  fi
  cat "$dir/run/pg_data"
}

postgres_running() { as_postgres "$(pg_bin)/pg_ctl" -D "$(pg_data)" status >/dev/null 2>&1; }

postgres_up() {
  local bin data
  bin=$(pg_bin)
  data=$(pg_data)
  if [ ! -f "$data/PG_VERSION" ]; then
    mkdir -p "$data"
    chmod 700 "$data"
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$data"
    local pwfile=$data.pw
    install -m 600 /dev/null "$pwfile"
    printf '%s\n' "$DATABASE_PASSWORD" >"$pwfile"
    [ "$(id -u)" != 0 ] || chown postgres "$pwfile"
    as_postgres "$bin/initdb" -D "$data" -U postel --pwfile="$pwfile" --auth=scram-sha-256 \
      --encoding=UTF8 --locale=C >"$dir/log/initdb.log" 2>&1 || { cat "$dir/log/initdb.log" >&2; die "initdb failed"; }
    rm -f "$pwfile"
    as_postgres tee -a "$data/postgresql.conf" >/dev/null <<EOF

# The sandbox's settings: durable as in production, sized for a laptop.
listen_addresses = '127.0.0.1'
port = $postgres_port
unix_socket_directories = ''
max_connections = 100
shared_buffers = 256MB
max_wal_size = 4GB
wal_compression = lz4
timezone = 'UTC'
log_timezone = 'UTC'
log_min_duration_statement = 500
EOF
  fi
  if ! postgres_running; then
    : >"$dir/log/postgres.log"
    [ "$(id -u)" != 0 ] || chown postgres "$dir/log/postgres.log"
    # Started with the log open, so that the log may stand where the system user cannot go.
    as_postgres "$bin/pg_ctl" -D "$data" -w -t 60 -s start >>"$dir/log/postgres.log" 2>&1 </dev/null ||
      { tail -20 "$dir/log/postgres.log" >&2; die "PostgreSQL does not start"; }
  fi
  if [ -z "$(PGPASSWORD=$DATABASE_PASSWORD psql -h 127.0.0.1 -p "$postgres_port" -U postel -d postgres -XAtc \
    "SELECT 1 FROM pg_database WHERE datname = 'postel'")" ]; then
    PGPASSWORD=$DATABASE_PASSWORD createdb -h 127.0.0.1 -p "$postgres_port" -U postel postel
  fi
  say "listening on 127.0.0.1:$postgres_port, data in $data"
}

postgres_down() {
  postgres_running || return 0
  as_postgres "$(pg_bin)/pg_ctl" -D "$(pg_data)" -w -t 60 -s -m fast stop
}
