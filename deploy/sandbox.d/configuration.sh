# Writes what each process reads. Made anew by every `up`, so it follows the checkout. Paths stand in quotes: they may have
# blanks in them, or a comment's #. What would need more (quotes, backslashes) is refused by arguments.sh.
# shellcheck shell=bash

# Lines `KEY = ADDRESS:PORT` for IPv4, and for IPv6 where this machine has it.
listen_lines() {
  printf '%s = 127.0.0.1:%s\n' "$1" "$2"
  ! grep -qs '^0\{31\}1 ' /proc/net/if_inet6 || printf '%s = [::1]:%s\n' "$1" "$2"
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
interval = 1s
max_shrink = all 20% 100
max_growth = all 0% 1000000000
reload_command = "rndc -c \\"$dir/named/rndc.conf\\" reload {tld}"
metrics_listen = 127.0.0.1:$((metrics_port + 3))
EOF
  cat >"$dir/postelctl" <<EOF
#!/bin/sh
# The operator's command line on this sandbox.
POSTEL_DATABASE='$database' exec '$postelctl' "\$@"
EOF
  chmod 700 "$dir/postelctl"
  chmod 600 "$dir"/etc/*.conf
  write_named_configuration
}

write_named_configuration() {
  local key tld
  [ -f "$dir/named/rndc.key" ] || openssl rand -base64 32 >"$dir/named/rndc.key"
  key=$(cat "$dir/named/rndc.key")
  cat >"$dir/named/rndc.conf" <<EOF
key "sandbox" { algorithm hmac-sha256; secret "$key"; };
options { default-key "sandbox"; default-server 127.0.0.1; default-port $rndc_port; };
EOF
  chmod 600 "$dir/named/rndc.conf" "$dir/named/rndc.key"
  {
    cat <<EOF
key "sandbox" { algorithm hmac-sha256; secret "$key"; };
controls { inet 127.0.0.1 port $rndc_port allow { 127.0.0.1; } keys { "sandbox"; }; };
options {
  directory "$dir/named";
  pid-file "$dir/run/named-own.pid";
  session-keyfile "$dir/named/session.key";
  listen-on port $dns_port { 127.0.0.1; };
  listen-on-v6 port $dns_port { ::1; };
  recursion no;
  notify no;
  allow-transfer { 127.0.0.1; ::1; };
  dnssec-validation no;
  empty-zones-enable no;
};
dnssec-policy "tld" {
  keys { ksk key-directory lifetime unlimited algorithm ecdsap256sha256;
         zsk key-directory lifetime P90D algorithm ecdsap256sha256; };
  nsec3param iterations 0 optout yes salt-length 0;
  signatures-validity P14D;
};
logging { channel all { stderr; severity info; print-time yes; }; category default { all; }; };
EOF
    for tld in org ngo ong; do
      cat <<EOF
zone "$tld" {
  type primary;
  file "$dir/zones/$tld.zone";
  key-directory "$dir/named";
  dnssec-policy "tld";
  inline-signing yes;
  masterfile-format text;
  journal "$dir/named/$tld.jnl";
};
EOF
    done
  } >"$dir/named/named.conf"
  chmod 600 "$dir/named/named.conf"
}
