# The sandbox's functions; deploy/sandbox reads this with $root and $here set, and calls read_arguments first.
# shellcheck shell=bash

. "$here/sandbox.d/arguments.sh"
. "$here/sandbox.d/postgres.sh"
. "$here/sandbox.d/certificates.sh"
. "$here/sandbox.d/processes.sh"
. "$here/sandbox.d/configuration.sh"

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
die() {
  printf 'sandbox: %s\n' "$*" >&2
  exit 1
}

is_sandbox() { grep -qs '^DATABASE_PASSWORD=' "$dir/settings"; }

# Whether this user may write to the path, or make it.
writable() {
  local path=$1
  while [ ! -e "$path" ]; do path=$(dirname "$path"); done
  [ -d "$path" ] && [ -w "$path" ] && [ -x "$path" ]
}

# DIR must be a sandbox of this user, or a place where nothing is yet.
check_directory() {
  if [ -e "$dir" ] && [ ! -d "$dir" ]; then die "$dir is not a directory"; fi
  writable "$dir" || die "$(id -un) cannot write to $dir; use --dir DIR with a directory of your own"
  if [ -d "$dir" ] && ! is_sandbox && [ -n "$(ls -A "$dir")" ]; then
    die "$dir has files in it and is no sandbox; use --dir DIR with a new or empty directory"
  fi
}

# Ports and passwords stay the same over the sandbox's life.
make_settings() {
  mkdir -p "$dir"
  (
    umask 077
    cat >"$dir/settings" <<EOF
PORT_BASE=$1
DATABASE_PASSWORD=$(openssl rand -hex 12)
PASSWORD1=$(openssl rand -hex 7)a1
PASSWORD2=$(openssl rand -hex 7)b2
EOF
  )
}

load_settings() {
  [ ! -e "$dir/settings" ] || [ -r "$dir/settings" ] || die "$(id -un) cannot read $dir/settings: the sandbox is another user's"
  is_sandbox || die "there is no sandbox in $dir; make one with: deploy/sandbox up$in_dir"
  # shellcheck disable=SC1091
  . "$dir/settings"
  [ -z "$port_base" ] || [ "$port_base" = "$PORT_BASE" ] ||
    die "$dir was made with --port-base $PORT_BASE; use another --dir for another one"
  epp_port=$PORT_BASE
  whois_port=$((PORT_BASE + 1))
  rdap_port=$((PORT_BASE + 2))
  metrics_port=$((PORT_BASE + 3)) # epp; whois, worker and zonegen follow
  primary_port=$((PORT_BASE + 7))
  postgres_port=$((PORT_BASE + 8))
  dns_port=$((PORT_BASE + 9))
  database="postgresql://postel:$DATABASE_PASSWORD@127.0.0.1:$postgres_port/postel"
  build=$(build_folder)
  postelctl=$build/bin/postelctl
}

# The programs: as POSTEL_BUILD says, else built in the checkout, or in DIR by who may not write to the checkout.
build_folder() {
  if [ -n "${POSTEL_BUILD:-}" ]; then
    realpath -m -- "$POSTEL_BUILD"
  elif writable "$root/build/release"; then
    printf %s "$root/build/release"
  else
    printf %s "$dir/build"
  fi
}

build_all() {
  step "Building (release)"
  (
    cd "$root"
    [ -f "$build/build.ninja" ] || cmake --preset release -B "$build" -DPOSTEL_TESTS=OFF -DPOSTEL_BENCH=OFF >"$dir/log/cmake.log" 2>&1 ||
      { cat "$dir/log/cmake.log" >&2; exit 1; }
    cmake --build "$build" --target executables
  )
}

sandbox_up() {
  local started=$SECONDS shown=0
  check_directory
  step "Installing missing packages"
  "$here/install-dependencies" build run
  if is_sandbox; then
    load_settings
    check_ports "$PORT_BASE" " with another --dir (this one stays with --port-base $PORT_BASE)"
  else
    discard_orphan
    check_ports "${port_base:-7700}"
    make_settings "${port_base:-7700}"
    load_settings
  fi
  mkdir -p "$dir/log" "$dir/run" "$dir/zones" "$dir/named" "$dir/primary"
  [ -n "${POSTEL_BUILD:-}" ] || build_all
  step "PostgreSQL"
  postgres_up
  step "Certificates"
  certificates_up
  step "Schema, TLDs and registrars"
  registry_up
  step "Processes"
  write_configuration
  processes_up
  step "One domain, through the real protocols"
  "$here/sandbox.d/demo" "$dir" "$build/bin/postel-zonegen" || shown=$?
  if [ "$shown" = 3 ]; then
    say "sandbox: warning: demo.org is not shown, since it was changed; the registry itself runs"
  fi
  step "Ready after $((SECONDS - started)) s"
  print_endpoints
  all_run || die "not everything runs: deploy/sandbox status$in_dir"
  [ "$shown" = 0 ] || [ "$shown" = 3 ] || die "the demonstration failed (see above); the logs: deploy/sandbox logs$in_dir"
}

registry_up() {
  "$postelctl" --database "$database" migrate --sandbox --repository-id LROR
  local table tld
  for table in "$here"/idn/*.txt; do
    "$postelctl" --database "$database" idn apply "$table" >/dev/null
  done
  for tld in org ngo ong; do
    "$postelctl" --database "$database" tld apply "$here/tlds/$tld.conf" >/dev/null
  done
  registrar_up gold "Gold Registrar Inc." 9995 "$PASSWORD1" client1
  registrar_up silver "Silver Names Ltd." 9996 "$PASSWORD2" client2
}

registrar_up() {
  local id=$1 name=$2 iana=$3 password=$4 certificate=$5
  if ! "$postelctl" --database "$database" registrar show "$id" >/dev/null 2>&1; then
    "$postelctl" --database "$database" registrar create "$id" --password-file - --name "$name" \
      --iana-id "$iana" --street "1 Sample Street" --city Sampletown --state QC --postal-code H0H0H0 \
      --country CA --phone +1.5555550100 --email "contact@$id.example" --url "https://www.$id.example/" \
      --whois-server "whois.$id.example" --rdap-base "https://rdap.$id.example/" \
      --abuse-email "abuse@$id.example" --abuse-phone +1.5555550101 --max-sessions 1000 \
      >/dev/null <<<"$password"
    "$postelctl" --database "$database" registrar deposit "$id" 100000000.00 --reference "sandbox credit" >/dev/null
  fi
  "$postelctl" --database "$database" registrar certificate "$id" add "$dir/tls/$certificate.pem" >/dev/null
}

sandbox_env() {
  load_settings
  cat <<EOF
EPP_HOST=127.0.0.1
EPP_PORT=$epp_port
EPP_CA=$(printf %q "$dir/tls/ca.pem")
EPP_CERT=$(printf %q "$dir/tls/client1.pem")
EPP_KEY=$(printf %q "$dir/tls/client1.key")
EPP_USER=gold
EPP_PASS=$PASSWORD1
EPP_CERT2=$(printf %q "$dir/tls/client2.pem")
EPP_KEY2=$(printf %q "$dir/tls/client2.key")
EPP_USER2=silver
EPP_PASS2=$PASSWORD2
EPP_TLD=org
RDAP_BASE=http://127.0.0.1:$rdap_port
WHOIS_HOST=127.0.0.1
WHOIS_PORT=$whois_port
DNS_HOST=127.0.0.1
DNS_PORT=$dns_port
METRICS_URL=http://127.0.0.1:$metrics_port/metrics
DATABASE_URL=$database
POSTELCTL=$(printf %q "$dir/postelctl")
EOF
}

print_endpoints() {
  cat <<EOF
  EPP      127.0.0.1:$epp_port (TLS; client certificate $dir/tls/client1.pem)
           login gold, password $PASSWORD1
  WHOIS    whois -h 127.0.0.1 -p $whois_port demo.org
  RDAP     curl http://127.0.0.1:$rdap_port/domain/demo.org
  Page     http://127.0.0.1:$rdap_port/?q=demo.org
  DNS      dig @127.0.0.1 -p $dns_port demo.org NS +dnssec
  Metrics  http://127.0.0.1:$metrics_port/metrics (whois $((metrics_port + 1)), worker $((metrics_port + 2)), zonegen $((metrics_port + 3)))
  Primary  127.0.0.1:$primary_port (hidden, signs; TSIG keys in $dir/primary)
  Operator $(printf %q "$dir/postelctl") status

  Everything for scripts: eval "\$(deploy/sandbox env$in_dir)"
  Stop: deploy/sandbox down$in_dir
EOF
}

needs_database() {
  load_settings
  postgres_running || die "the sandbox is stopped: deploy/sandbox up$in_dir"
}

sandbox_clock() {
  needs_database
  case "$1" in
    "") "$dir/postelctl" clock show ;;
    reset) "$dir/postelctl" clock reset ;;
    *) "$dir/postelctl" clock move -- "$1" ;;
  esac
}

# Says by itself what is wrong with its options.
sandbox_fill() {
  needs_database
  if [ ! -x "$build/bin/postel-fill" ]; then
    [ -f "$build/build.ninja" ] || die "there is no postel-fill in $build/bin"
    cmake --build "$build" --target postel-fill || die "postel-fill cannot be built"
  fi
  POSTEL_DATABASE=$database "$build/bin/postel-fill" "$@"
}
