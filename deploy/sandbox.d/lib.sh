# The sandbox's functions; deploy/sandbox reads this with $root, $here, $dir and $port_base set.
# shellcheck shell=bash

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

# Reads DIR/settings, or makes them: ports and passwords stay the same over the sandbox's life.
load_settings() {
  local asked=$port_base
  if [ -f "$dir/settings" ]; then
    # shellcheck disable=SC1091
    . "$dir/settings"
    [ -z "$asked" ] || [ "$asked" = "$PORT_BASE" ] ||
      die "$dir was made with --port-base $PORT_BASE; use another --dir for another one"
  elif [ "${1:-}" = make ]; then
    local base=${asked:-7700}
    [[ $base =~ ^[0-9]+$ ]] && [ "$base" -ge 1 ] && [ "$base" -le 65526 ] || die "--port-base: a port number"
    mkdir -p "$dir"
    (
      umask 077
      cat >"$dir/settings" <<EOF
PORT_BASE=$base
DATABASE_PASSWORD=$(openssl rand -hex 12)
PASSWORD1=$(openssl rand -hex 7)a1
PASSWORD2=$(openssl rand -hex 7)b2
EOF
    )
    # shellcheck disable=SC1091
    . "$dir/settings"
  else
    die "there is no sandbox in $dir; make one with: deploy/sandbox up"
  fi
  epp_port=$PORT_BASE
  whois_port=$((PORT_BASE + 1))
  rdap_port=$((PORT_BASE + 2))
  metrics_port=$((PORT_BASE + 3)) # epp; whois, worker and zonegen follow
  rndc_port=$((PORT_BASE + 7))
  postgres_port=$((PORT_BASE + 8))
  dns_port=$((PORT_BASE + 9))
  database="postgresql://postel:$DATABASE_PASSWORD@127.0.0.1:$postgres_port/postel"
  build=${POSTEL_BUILD:-$root/build/release}
  postelctl=$build/bin/postelctl
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
  local started=$SECONDS
  step "Installing missing packages"
  "$here/install-dependencies" build run
  load_settings make
  mkdir -p "$dir/log" "$dir/run" "$dir/zones" "$dir/named"
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
  "$here/sandbox.d/demo" "$dir"
  step "Ready after $((SECONDS - started)) s"
  print_endpoints
}

registry_up() {
  "$postelctl" --database "$database" migrate --sandbox --repository-id LROR
  local tld
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
  DNS      dig @127.0.0.1 -p $dns_port demo.org NS +dnssec
  Metrics  http://127.0.0.1:$metrics_port/metrics (whois $((metrics_port + 1)), worker $((metrics_port + 2)), zonegen $((metrics_port + 3)))
  Operator $dir/postelctl status

  Everything for scripts: eval "\$(deploy/sandbox env)"; stop: deploy/sandbox down
EOF
}

sandbox_clock() {
  load_settings
  case "${1:-}" in
    "") "$dir/postelctl" clock show ;;
    reset) "$dir/postelctl" clock reset ;;
    *) "$dir/postelctl" clock move -- "$1" ;;
  esac
}

sandbox_fill() {
  [[ ${1:-} =~ ^[0-9]+$ ]] && [ "$1" -ge 1 ] || die "fill needs --domains N"
  load_settings
  "$here/fill" --database "$database" --domains "$1"
}
