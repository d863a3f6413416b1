# A certification authority with one server and two client certificates, for the sandbox only.
# shellcheck shell=bash

certificates_up() {
  local tls=$dir/tls
  mkdir -p "$tls"
  if [ ! -f "$tls/ca.pem" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -sha256 \
      -subj "/O=Postel sandbox/CN=Postel sandbox CA" -keyout "$tls/ca.key" -out "$tls/ca.pem" \
      -addext "basicConstraints=critical,CA:true" -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
  fi
  certificate server "epp.sandbox.example" serverAuth \
    "DNS:localhost,DNS:epp.sandbox.example,IP:127.0.0.1,IP:::1"
  certificate client1 gold clientAuth "DNS:gold.example"
  certificate client2 silver clientAuth "DNS:silver.example"
  say "in $tls"
}

certificate() {
  local name=$1 common_name=$2 usage=$3 alternative=$4 tls=$dir/tls
  [ ! -f "$tls/$name.pem" ] || return 0
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/O=Postel sandbox/CN=$common_name" \
    -keyout "$tls/$name.key" -out "$tls/$name.csr" 2>/dev/null
  openssl x509 -req -in "$tls/$name.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -days 3650 -sha256 \
    -set_serial "0x$(openssl rand -hex 8)" -out "$tls/$name.tmp" -extfile /dev/stdin 2>/dev/null <<EOF
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=$usage
subjectAltName=$alternative
EOF
  rm -f "$tls/$name.csr"
  mv "$tls/$name.tmp" "$tls/$name.pem"
}
