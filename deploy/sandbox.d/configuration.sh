# Writes what each process reads. Made anew by every `up`, so it follows the checkout. Paths stand in quotes: they may have
# blanks in them, or a comment's #. What would need more (quotes, backslashes) is refused by arguments.sh.
# shellcheck shell=bash

# Empty on a machine without IPv6.
has_ipv6=$(grep -s '^0\{31\}1 ' /proc/net/if_inet6 || true)

# Lines `KEY = ADDRESS:PORT` for IPv4, and for IPv6 where this machine has it.
listen_lines() {
  printf '%s = 127.0.0.1:%s\n' "$1" "$2"
  [ -z "$has_ipv6" ] || printf '%s = [::1]:%s\n' "$1" "$2"
}

write_configuration() {
  mkdir -p "$dir/etc"
  cat >"$dir/etc/epp.conf" <<EOF
$(listen_lines listen "$epp_port")
server_id = Postel sandbox
certificate = "$dir/tls/server.pem"
certificate_key = "$dir/tls/server.key"
client_ca = "$dir/tls/ca.pem"
database = $database
max_connections = 6000
max_sessions = 6000
max_sessions_per_registrar = 1000
max_connections_per_address = 6000
metrics_listen = 127.0.0.1:$metrics_port
EOF
  cat >"$dir/etc/whois.conf" <<EOF
$(listen_lines whois_listen "$whois_port")
$(listen_lines rdap_listen "$rdap_port")
rdap_base_url = http://127.0.0.1:$rdap_port
whois_host = whois.sandbox.example
database = $database
max_connections_per_address = 1000
rate_limit = 0
token_rate_limit = 0
audit_log = "$dir/rdap-audit.log"
metrics_listen = 127.0.0.1:$((metrics_port + 1))
EOF
  cat >"$dir/etc/worker.conf" <<EOF
database = $database
metrics_listen = 127.0.0.1:$((metrics_port + 2))
EOF
  cat >"$dir/etc/zonegen.conf" <<EOF
database = $database
directory = "$dir/zones"
tld = org
tld = ngo
tld = ong
max_shrink = all 20% 100
max_growth = all 0% 1000000000
primary = "hidden 127.0.0.1:$primary_port $dir/primary/follow.key"
metrics_listen = 127.0.0.1:$((metrics_port + 3))
EOF
  cat >"$dir/postelctl" <<EOF
#!/bin/sh
# The operator's command line on this sandbox.
POSTEL_DATABASE='$database' exec '$postelctl' "\$@"
EOF
  chmod 700 "$dir/postelctl"
  chmod 600 "$dir"/etc/*.conf
}

# The hidden primary, which signs and takes what `follow` sends, and the secondary that everybody asks.
write_name_server_configuration() {
  local key tlds=(--tld org --tld ngo --tld ong) own
  mkdir -p "$dir/primary/keys"
  for key in follow transfer; do
    [ -f "$dir/primary/$key.key" ] || "$here/dns-config" key "$key" "$dir/primary/$key.key"
  done
  own=(--server bind "${tlds[@]}" --transfer-key "$dir/primary/transfer.key" --user none --control none)
  name_server primary primary "${own[@]}" --follow-key "$dir/primary/follow.key" \
    --listen "127.0.0.1:$primary_port" --secondary "127.0.0.1:$dns_port"
  name_server named secondary "${own[@]}" --primary "127.0.0.1:$primary_port" \
    --listen "127.0.0.1:$dns_port" ${has_ipv6:+--listen "[::1]:$dns_port"}
}

# name_server NAME ROLE OPTION...: one that runs with other settings is stopped.
name_server() {
  local name=$1 folder=$dir/$1 before=
  shift
  [ ! -f "$folder/named.conf" ] || before=$(cat "$folder/named.conf" && rm "$folder/named.conf")
  "$here/dns-config" "$@" --out "$folder" --state "$folder" --run "$folder" >/dev/null
  [ -z "$before" ] || [ "$before" = "$(cat "$folder/named.conf")" ] || stop "$name"
}

# What a primary begins with; from then on the file is BIND's.
first_zones() {
  local tld zone
  for tld in org ngo ong; do
    zone=$dir/primary/$tld.zone
    [ ! -s "$zone" ] || continue
    "$build/bin/postel-zonegen" full --config "$dir/etc/zonegen.conf" --tld "$tld" --out "$dir/zones/$tld.zone" \
      --force "the first zone of the sandbox's primary" 2>>"$dir/log/zonegen.log"
    named-compilezone -q -F raw -i local -o "$zone.new" "$tld" "$dir/zones/$tld.zone"
    mv "$zone.new" "$zone"
  done
}
