# Starting, stopping and watching the sandbox's processes. Each has DIR/run/NAME.pid and DIR/log/NAME.log.
# shellcheck shell=bash

postel_processes=(epp whois worker zonegen)

# The pid if NAME runs: the pid file may be old, so the command line must be ours as well.
pid_of() {
  local pid
  pid=$(cat "$dir/run/$1.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$dir/" || return 1
  printf %s "$pid"
}

start() {
  local name=$1
  shift
  if pid_of "$name" >/dev/null; then return 0; fi
  setsid "$@" >>"$dir/log/$name.log" 2>&1 </dev/null &
  printf %s $! >"$dir/run/$name.pid"
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

# await NAME DESCRIPTION COMMAND...: until the command succeeds, for 60 s; a process that died is reported at once.
await() {
  local name=$1 what=$2 i
  shift 2
  for ((i = 0; i < 600; ++i)); do
    if "$@" >/dev/null 2>&1; then
      say "$what"
      return 0
    fi
    pid_of "$name" >/dev/null || { tail -20 "$dir/log/$name.log" >&2; die "$name has ended; see $dir/log/$name.log"; }
    sleep 0.1
  done
  tail -20 "$dir/log/$name.log" >&2
  die "$name is not ready after 60 s; see $dir/log/$name.log"
}

# A program that was built anew since it was started is started again.
restart_if_older() {
  local name=$1 program=$2 pid
  pid=$(pid_of "$name") || return 0
  [ "$(readlink "/proc/$pid/exe")" = "$program" ] || stop "$name"
}

processes_up() {
  local name
  for name in "${postel_processes[@]}"; do restart_if_older "$name" "$(program_of "$name")"; done
  start zonegen "$(program_of zonegen)" watch --config "$dir/etc/zonegen.conf"
  start worker "$(program_of worker)" --config "$dir/etc/worker.conf"
  start epp "$(program_of epp)" --config "$dir/etc/epp.conf"
  start whois "$(program_of whois)" --config "$dir/etc/whois.conf"
  local tld
  for tld in org ngo ong; do
    await zonegen "zone file $tld" test -s "$dir/zones/$tld.zone"
  done
  start named "$(command -v named || echo /usr/sbin/named)" -f -c "$dir/named/named.conf"
  await named "DNS on 127.0.0.1:$dns_port" dns_answers
  await epp "EPP on 127.0.0.1:$epp_port" port_open "$epp_port"
  await whois "WHOIS on 127.0.0.1:$whois_port" port_open "$whois_port"
  await whois "RDAP on 127.0.0.1:$rdap_port" curl -sf "http://127.0.0.1:$rdap_port/help"
  await worker "worker" curl -sf "http://127.0.0.1:$((metrics_port + 2))/metrics"
}

program_of() { printf %s "$build/bin/postel-$1"; }

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

dns_answers() {
  dig @127.0.0.1 -p "$dns_port" org SOA +short +time=1 +tries=1 | grep -q . &&
    dig @127.0.0.1 -p "$dns_port" org DNSKEY +short +time=1 +tries=1 | grep -q .
}

sandbox_status() {
  load_settings
  local name pid all=0
  for name in epp whois worker zonegen named; do
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
  local name
  for name in ${1:-postgres epp whois worker zonegen named}; do
    [ -f "$dir/log/$name.log" ] || die "no log of '$name'"
    printf '== %s\n' "$dir/log/$name.log"
    tail -n 40 "$dir/log/$name.log"
  done
}

sandbox_down() {
  load_settings
  local name data
  for name in epp whois worker zonegen named; do stop "$name"; done
  postgres_down
  say "stopped"
  if [ "$1" = yes ]; then
    data=$(pg_data)
    rm -rf -- "$data" "$dir"
    say "deleted $dir"
  fi
}
