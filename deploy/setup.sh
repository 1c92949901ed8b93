#!/bin/sh
# Makes what the stores of docker-compose.yml need and no file may hold: passwords, an authority, and a certificate per
# KurrentDB node. Runs before them, once and at every start: what is there stays, what runs out within 30 days is renewed.
#   authority-key/  ca.key              for nobody but this script; keep a copy elsewhere
#   authority/      ca.crt              for everybody
#   kurrentdb/      <node>/, passwords  for the KurrentDB nodes
#   postgres/       password            for PostgreSQL
#   seatledger/     postgres_url, kurrentdb_url, kurrentdb_cluster_url
set -eu
umask 077
to=${1:-/made}
nodes="kurrentdb kurrentdb-1 kurrentdb-2 kurrentdb-3"
mkdir -p "$to/authority-key" "$to/authority" "$to/kurrentdb" "$to/postgres" "$to/seatledger"

# Letters and digits only: a password stands in addresses.
password() {
  [ -s "$1" ] || openssl rand -hex 24 > "$1"
}
password "$to/postgres/password"
password "$to/kurrentdb/admin_password"
password "$to/kurrentdb/ops_password"

certificate=$to/authority/ca.crt
key=$to/authority-key/ca.key
if [ ! -s "$certificate" ] || [ ! -s "$key" ]; then
  openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/O=Seatledger/CN=Seatledger stores" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$key" -out "$certificate" 2> /dev/null
  chmod 755 "$to/authority"
  chmod 644 "$certificate"
  echo "an authority was made"
fi

# A KurrentDB node is server and client with one certificate, and takes another node for one of its own by the common
# name, which is therefore the same on all.
for node in $nodes; do
  folder=$to/kurrentdb/$node
  mkdir -p "$folder"
  if openssl x509 -in "$folder/node.crt" -noout -checkend 2592000 > /dev/null 2>&1 &&
    openssl verify -CAfile "$certificate" "$folder/node.crt" > /dev/null 2>&1; then continue; fi
  openssl req -newkey rsa:2048 -nodes -subj "/CN=kurrentdb-node" -keyout "$folder/node.key" -out "$folder/node.csr" 2> /dev/null
  printf '%s\n' "subjectAltName=DNS:$node,DNS:localhost,IP:127.0.0.1" "basicConstraints=critical,CA:FALSE" \
    "keyUsage=critical,digitalSignature,keyEncipherment" "extendedKeyUsage=serverAuth,clientAuth" > "$folder/node.ext"
  openssl x509 -req -in "$folder/node.csr" -CA "$certificate" -CAkey "$key" -CAcreateserial -CAserial "$to/authority-key/ca.srl" \
    -days 397 -extfile "$folder/node.ext" -out "$folder/node.crt.new" 2> /dev/null
  mv "$folder/node.crt.new" "$folder/node.crt"
  rm "$folder/node.csr" "$folder/node.ext"
  echo "a certificate for $node was made"
done

# The addresses follow from the passwords, at every start: a password that was changed in the store is written to its file
# above, never into an address.
admin=$(cat "$to/kurrentdb/admin_password")
options="tls=true&tlsCAFile=/authority/ca.crt"
echo "postgres://seatledger:$(cat "$to/postgres/password")@postgres:5432/seatledger" > "$to/seatledger/postgres_url"
echo "kurrentdb://admin:$admin@kurrentdb:2113?$options" > "$to/seatledger/kurrentdb_url"
echo "kurrentdb://admin:$admin@kurrentdb-1:2113,kurrentdb-2:2113,kurrentdb-3:2113?$options" > "$to/seatledger/kurrentdb_cluster_url"

# The users of the images, by number: this script runs as root for these lines and for nothing else.
if [ "$(id -u)" = 0 ]; then
  chown -R "${KURRENTDB_USER:-1000}:${KURRENTDB_USER:-1000}" "$to/kurrentdb"
  chown -R "${POSTGRES_USER_ID:-999}:${POSTGRES_USER_ID:-999}" "$to/postgres"
  chown -R "${SEATLEDGER_USER:-1000}:${SEATLEDGER_USER:-1000}" "$to/seatledger"
fi
