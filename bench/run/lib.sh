# What deploy/bench does; it reads this with its options set.
# shellcheck shell=bash

bench_main() {
  build=${POSTEL_BUILD:-$root/build/release}
  "$here/install-dependencies" build run bench
  [ -n "${POSTEL_BUILD:-}" ] || build_programs
  if [ "$only" = micro ]; then
    "$build/bin/postel-microbench"
    return
  fi
  work=$(mktemp -d /tmp/postel-bench-XXXXXX)
  chmod 755 "$work"
  dir=$work/registry
  trap 'POSTEL_BUILD=$build "$here/sandbox" down --dir "$dir" --purge >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
  start_registry
  measure_all
  python3 "$root/bench/run/report.py" "$work/results.jsonl" "$root/bench/results" \
    "domains=$domains" "sessions=$sessions" "rounds=$rounds" "seconds=$seconds"
}

build_programs() {
  [ -f "$build/build.ninja" ] || (cd "$root" && cmake --preset release -B "$build" >/dev/null)
  cmake --build "$build" --target executables | tail -1
}

free_port_base() {
  local base port
  for ((base = 21000; base < 60000; base += 10)); do
    for ((port = base; port < base + 10; ++port)); do
      ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue 2
    done
    printf %s "$base"
    return
  done
}

start_registry() {
  echo "Starting a registry with $domains domains ..."
  POSTEL_BUILD=$build "$here/sandbox" up --dir "$dir" --port-base "$(free_port_base)" >"$work/up.log" 2>&1 ||
    { cat "$work/up.log" >&2; exit 1; }
  eval "$("$here/sandbox" env --dir "$dir")"
  "$here/sandbox" fill --domains "$domains" --dir "$dir"
  psql "$DATABASE_URL" -Xqv ON_ERROR_STOP=1 -f "$root/bench/classical/prepare.sql"
  psql "$DATABASE_URL" -Xqc "VACUUM ANALYZE" -c "CHECKPOINT"
}

measure_all() {
  local what round count
  for ((round = 1; round <= rounds; ++round)); do
    for what in create renew check info; do
      [ "$only" = all ] || [ "$only" = "$what" ] || continue
      printf 'round %d of %d: %-7s' "$round" "$rounds" "$what"
      measure_postel "$what" "$sessions"
      [ "$what" != create ] || measure_postel "$what" 1
      for count in 1 $clients; do measure_classical "$what" "$count"; done
      printf '\n'
    done
  done
}

measure_postel() {
  local what=$1 count=$2
  "$build/bin/epp-load" --host "$EPP_HOST" --port "$EPP_PORT" --ca "$EPP_CA" --cert "$EPP_CERT" --key "$EPP_KEY" \
    --user "$EPP_USER" --password "$EPP_PASS" --tld "$EPP_TLD" --command "$what" --registrant demo-contact \
    --name-servers ns1.demo.org,ns2.demo.org --sessions "$count" --seconds "$seconds" --names 20000 >"$work/line" ||
    { cat "$work/line" >&2; exit 1; }
  sed 's/^{/{"side": "postel", /' "$work/line" >>"$work/results.jsonl"
  printf ' postel/%s' "$count"
}

# pgbench's own figures, in the same form as the load driver's.
measure_classical() {
  local what=$1 count=$2
  pgbench "$DATABASE_URL" -n -M prepared -f "$root/bench/classical/$what.sql" -c "$count" -j 2 -T "$seconds" \
    -D "run=$RANDOM$RANDOM" -l --log-prefix="$work/pgbench" >"$work/pgbench.out" 2>"$work/pgbench.err" ||
    { cat "$work/pgbench.err" >&2; exit 1; }
  python3 "$root/bench/run/pgbench_line.py" "$what" "$count" "$work/pgbench.out" "$work"/pgbench.[0-9]* >>"$work/results.jsonl"
  rm -f "$work"/pgbench.[0-9]*
  printf ' sql/%s' "$count"
}
