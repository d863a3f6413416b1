# Reads the command line, and refuses with exit code 2 what it does not know.
# shellcheck shell=bash disable=SC2034  # deploy/sandbox and the other files use what is set here

wrong() {
  printf 'sandbox: %s\n' "$*" >&2
  printf "See: deploy/sandbox --help\n" >&2
  exit 2
}

# read_arguments COMMAND...: sets command, dir, port_base, purge, fill (the options of postel-fill) and word
# (of logs and clock).
read_arguments() {
  command=${1:-}
  case "$command" in
    up | env | status | logs | clock | fill | down) shift ;;
    -h | --help | help) command=help; return ;;
    "") usage >&2; exit 2 ;;
    *) wrong "there is no command '$command'" ;;
  esac
  dir="" port_base="" purge=no fill=() word=""
  local option value
  while [ $# -gt 0 ]; do
    option=$1
    shift
    case "$option" in
      --*=*) value=${option#*=} option=${option%%=*} ;;
      --dir | --port-base | --domains | --reference)
        value=${1:-}
        [ $# -eq 0 ] || shift
        ;;
      *) value= ;;
    esac
    case "$command $option" in
      *" --dir") dir=$(directory_of "$value") ;;
      *" --port-base") port_base=$(port_base_of "$value") ;;
      "fill --domains" | "fill --reference") fill+=("$option" "$value") ;;
      "down --purge") purge=yes ;;
      *" -h" | *" --help") command=help; return ;;
      "logs "[!-]* | "clock "[!-]* | "clock "-[0-9]*)
        [ -z "$word" ] || wrong "$command: one word is enough, not '$word' and '$option'"
        word=$option
        ;;
      *) wrong "$command does not know '$option'" ;;
    esac
  done
  check_word
  [ "$command" != fill ] || [[ " ${fill[*]} " == *" --domains "[1-9]* ]] || wrong "fill needs --domains N, with N at least 1"
  default_dir=$(realpath -m -- "$root/var/sandbox")
  [ -n "$dir" ] || dir=$(directory_of "$default_dir")
  in_dir=
  [ "$dir" = "$default_dir" ] || in_dir=" --dir $(printf %q "$dir")"
}

check_word() {
  case "$command $word" in
    "logs " | "logs postgres" | "logs epp" | "logs whois" | "logs worker" | "logs zonegen" | "logs primary" | "logs named") ;;
    "logs "*) wrong "logs: '$word' is not one of postgres epp whois worker zonegen primary named" ;;
    "clock " | "clock reset" | "clock "[+-]* | "clock "[0-9]*) ;;
    "clock "*) wrong "clock: '$word' is neither a step such as +45d nor 'reset'" ;;
  esac
}

# The directory's one absolute name, however it was spelled. It appears in settings of several programs, each with a
# quoting of its own, so what would need escapes is refused.
directory_of() {
  case "$1" in "" | -*) wrong "--dir needs a directory" ;; esac
  [[ $1 != *[[:cntrl:]]* ]] || wrong "--dir: the path has a control character in it"
  local path
  path=$(realpath -m -- "$1")
  case "$path" in
    *[[:cntrl:]]* | *[\"\'\`\$\\{}]*) wrong "--dir: the path $path has one of \" ' \` \$ \\ { } in it; use another one" ;;
  esac
  printf %s "$path"
}

port_base_of() {
  [[ $1 =~ ^[0-9]{1,5}$ ]] && [ "$((10#$1))" -ge 1 ] && [ "$((10#$1))" -le 65526 ] ||
    wrong "--port-base needs a number from 1 to 65526 (ten ports are used), not '$1'"
  printf %s "$((10#$1))"
}
