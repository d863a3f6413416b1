# Starting, stopping and watching the sandbox's processes. Each has DIR/run/NAME.pid and DIR/log/NAME.log.
# shellcheck shell=bash

sandbox_processes=(epp whois worker zonegen primary named)

program_of() {
  case "$1" in
    named | primary) if apparmor_enabled; then printf %s "$dir/run/named"; else realpath "$(command -v named)"; fi ;;
    *) printf %s "$build/bin/postel-$1" ;;
  esac
}

# Debian's AppArmor profile of /usr/sbin/named lets it read /etc/bind and little else. It goes by the path, so the sandbox
# runs a copy.
apparmor_enabled() { grep -qs Y /sys/module/apparmor/parameters/enabled; }

copy_named() {
  apparmor_enabled || return 0
  local copy=$dir/run/named system
  system=$(command -v named)
  cmp -s "$system" "$copy" || { cp "$system" "$copy.new" && mv "$copy.new" "$copy"; }
}

settings_of() {
  case "$1" in
    named | primary) printf %s "$dir/$1/named.conf" ;;
    *) printf %s "$dir/etc/$1.conf" ;;
  esac
}

# The pid if NAME runs. The pid file may be old and the number given to another process, so the command line must be
# ours as well.
pid_of() {
  local name=$1 pid words wanted word
  pid=$(cat "$dir/run/$name.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] || return 1
  { mapfile -d '' -t words <"/proc/$pid/cmdline"; } 2>/dev/null || return 1
  wanted=$(settings_of "$name")
  case "$name ${words[0]:-}" in *" "*/"postel-$name" | named\ */named | primary\ */named) ;; *) return 1 ;; esac
  for word in "${words[@]}"; do
    [ "$word" != "$wanted" ] || { printf %s "$pid"; return 0; }
  done
  return 1
}

runs() { pid_of "$1" >/dev/null; }

# start NAME ARGUMENT...: returns when the program has begun, or has ended already.
start() {
  local name=$1 pid i
  shift
  if runs "$name"; then return 0; fi
  setsid "$(program_of "$name")" "$@" >>"$dir/log/$name.log" 2>&1 </dev/null &
  pid=$!
  printf %s "$pid" >"$dir/run/$name.pid"
  for ((i = 0; i < 500; ++i)); do
    ! runs "$name" && [ -d "/proc/$pid" ] || return 0
    sleep 0.01
  done
}

stop() {
  local name=$1 pid i
  pid=$(pid_of "$name") || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  for ((i = 0; i < 150; ++i)); do
    kill -0 "$pid" 2>/dev/null || { rm -f "$dir/run/$name.pid"; return 0; }
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  rm -f "$dir/run/$name.pid"
}

# await NAME DESCRIPTION COMMAND...: until the command succeeds, for 60 s. An answer counts only if the process is
# alive, lest another program has given it; a process that died is reported at once.
await() {
  local name=$1 what=$2 i
  shift 2
  for ((i = 0; i < 600; ++i)); do
    must_run "$name"
    if "$@" >/dev/null 2>&1; then
      must_run "$name"
      say "$what"
      return 0
    fi
    sleep 0.1
  done
  tail -20 "$dir/log/$name.log" >&2
  die "$name is not ready after 60 s; see $dir/log/$name.log"
}

must_run() {
  runs "$1" || { tail -20 "$dir/log/$1.log" >&2; die "$1 has ended; see $dir/log/$1.log"; }
}

# A program that was built anew since it was started is started again.
restart_if_older() {
  local name=$1 pid
  pid=$(pid_of "$name") || return 0
  [ "$(readlink "/proc/$pid/exe")" = "$(program_of "$name")" ] || stop "$name"
}

processes_up() {
  local name
  copy_named
  for name in "${sandbox_processes[@]}"; do restart_if_older "$name"; done
  write_name_server_configuration
  for name in worker epp whois; do start "$name" --config "$(settings_of "$name")"; done
  first_zones
  for name in primary named; do start "$name" -f -L "$dir/log/$name.log" -c "$(settings_of "$name")"; done
  await primary "signing primary on 127.0.0.1:$primary_port" dns_answers primary "$primary_port"
  start zonegen follow --config "$(settings_of zonegen)"
  await named "DNS on 127.0.0.1:$dns_port" dns_answers named "$dns_port"
  await epp "EPP on 127.0.0.1:$epp_port" listens epp "$epp_port"
  await whois "WHOIS on 127.0.0.1:$whois_port" listens whois "$whois_port"
  await whois "RDAP on 127.0.0.1:$rdap_port" curl -sf "http://127.0.0.1:$rdap_port/help"
  await worker "worker" curl -sf "http://127.0.0.1:$((metrics_port + 2))/metrics"
}

all_run() {
  local name
  for name in "${sandbox_processes[@]}"; do runs "$name" || return 1; done
  postgres_running
}

# Whether the process NAME itself listens on the port: the socket must be among its own.
listens() {
  local pid inode
  pid=$(pid_of "$1") || return 1
  for inode in $(awk -v port="$(printf :%04X "$2")" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' \
    /proc/net/tcp); do
    [ -z "$(find "/proc/$pid/fd" -lname "socket:\[$inode\]" -print -quit 2>/dev/null)" ] || return 0
  done
  return 1
}

# dns_answers NAME PORT
dns_answers() {
  listens "$1" "$2" && dig @127.0.0.1 -p "$2" org SOA +short +time=1 +tries=1 | grep -q . &&
    dig @127.0.0.1 -p "$2" org DNSKEY +short +time=1 +tries=1 | grep -q .
}

# The ports that this sandbox's processes hold already are its own; all others of BASE to BASE+9 must be free.
ports_of() {
  local base=$1 name
  for name in "${sandbox_processes[@]}" postgres; do
    if [ "$name" = postgres ]; then ! postgres_running || continue; else ! runs "$name" || continue; fi
    case "$name" in
      epp) echo "$base $((base + 3))" ;;
      whois) echo "$((base + 1)) $((base + 2)) $((base + 4))" ;;
      worker) echo "$((base + 5))" ;;
      zonegen) echo "$((base + 6))" ;;
      primary) echo "$((base + 7)) $((base + 7))/udp" ;;
      named) echo "$((base + 9)) $((base + 9))/udp" ;;
      postgres) echo "$((base + 8))" ;;
    esac
  done
}

# Tells the first of the ports that cannot be had on loopback; over TCP, or UDP where it says so.
port_taken() {
  python3 - "$@" <<'EOF'
import errno, socket, sys

for asked in sys.argv[1:]:
    port, _, udp = asked.partition("/")
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM if udp else socket.SOCK_STREAM) as probe:
                if not udp:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, int(port)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(print(port))
EOF
}

# check_ports BASE [HINT]: before anything is started or written, lest another program's answers are taken for ours.
check_ports() {
  local base=$1 port
  # shellcheck disable=SC2046  # numbers
  port=$(port_taken $(ports_of "$base"))
  [ -z "$port" ] || die "port $port is in use by another program; use --port-base${2:-}"
}

sandbox_status() {
  load_settings
  local name pid all=0
  for name in "${sandbox_processes[@]}"; do
    if pid=$(pid_of "$name"); then
      printf '%-10s running  pid %s\n' "$name" "$pid"
    else
      printf '%-10s stopped\n' "$name"
      all=1
    fi
  done
  if postgres_running; then
    printf '%-10s running  port %s\n\n' postgres "$postgres_port"
    "$dir/postelctl" status || all=1
  else
    printf '%-10s stopped\n' postgres
    all=1
  fi
  return $all
}

sandbox_logs() {
  load_settings
  local name names=(postgres "${sandbox_processes[@]}")
  [ -z "$1" ] || names=("$1")
  for name in "${names[@]}"; do
    [ -f "$dir/log/$name.log" ] || die "no log of '$name' yet"
    printf '== %s\n' "$dir/log/$name.log"
    tail -n 40 "$dir/log/$name.log"
  done
}

sandbox_down() {
  load_settings
  local name
  for name in "${sandbox_processes[@]}"; do stop "$name"; done
  postgres_down
  say "stopped"
  [ "$1" = no ] || purge
}

# Deletes what `up` has made, and the directory if nothing else is in it.
purge() {
  local part data
  data=$(pg_data)
  rm -rf -- "$data" "$data.new"
  for part in etc log named primary run tls zones postelctl rdap-audit.log settings; do rm -rf -- "${dir:?}/$part"; done
  [ ! -f "$dir/build/CMakeCache.txt" ] || rm -rf -- "$dir/build"
  if rmdir -- "$dir" 2>/dev/null; then
    say "deleted $dir"
  else
    say "deleted the sandbox; kept $dir, since there is more in it"
  fi
}
