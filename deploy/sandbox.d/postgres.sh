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
  local inside=$dir/postgres outside
  outside=/var/tmp/postel-sandbox-$(printf %s "$dir" | cksum | cut -d' ' -f1)
  if [ ! -e "$inside" ] && { [ -e "$outside" ] || { [ "$(id -u)" = 0 ] && ! as_postgres test -x "$dir"; }; }; then
    printf %s "$outside"
  else
    printf %s "$inside"
  fi
}

postgres_running() { as_postgres "$(pg_bin)/pg_ctl" -D "$(pg_data)" status >/dev/null 2>&1; }

# Made beside its place and moved there when it is whole, so that an interrupted `up` leaves no half of one.
# POSTEL_SANDBOX_POSTGRES names a file of lines for postgresql.conf, which are put behind the sandbox's own and so
# prevail; it counts when the cluster is made. deploy/bench uses it.
make_cluster() {
  local bin=$1 data=$2 new=$2.new
  rm -rf -- "$new"
  mkdir -m 700 -- "$new"
  (umask 077 && printf '%s\n' "$DATABASE_PASSWORD" >"$new/password")
  [ "$(id -u)" != 0 ] || chown -R postgres:postgres "$new"
  as_postgres "$bin/initdb" -D "$new/data" -U postel --pwfile="$new/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C >"$dir/log/initdb.log" 2>&1 || { cat "$dir/log/initdb.log" >&2; die "initdb failed"; }
  as_postgres tee -a "$new/data/postgresql.conf" >/dev/null <<EOF

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
  [ -z "${POSTEL_SANDBOX_POSTGRES:-}" ] ||
    as_postgres tee -a "$new/data/postgresql.conf" >/dev/null <"$POSTEL_SANDBOX_POSTGRES"
  mv -T -- "$new/data" "$data"
  rm -rf -- "$new"
}

postgres_up() {
  local bin data
  bin=$(pg_bin)
  data=$(pg_data)
  [ -e "$data" ] || make_cluster "$bin" "$data"
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

# A cluster whose sandbox was deleted by hand: nobody knows its password any more.
discard_orphan() {
  local data
  data=$(pg_data)
  [ -e "$data" ] || return 0
  postgres_down
  rm -rf -- "$data"
}
