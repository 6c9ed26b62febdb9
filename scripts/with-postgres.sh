#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own, whose URL is in BACKEND_PATTERNS_DATABASE_URL: scripts/with-postgres.sh npm run test:full
# Debian's package is installed when there is no server. Without one the command runs all the same, and the tests that need it fail.
set -uo pipefail

find_programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

programs=$(find_programs)
if [ -z "$programs" ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
  programs=$(find_programs)
fi
# initdb refuses to run as root.
if [ "$(id -u)" = 0 ]; then as=(runuser -u postgres --); else as=(); fi

folder=$(mktemp -d)
[ "$(id -u)" = 0 ] && [ -n "$programs" ] && chown postgres "$folder"
stop() {
  [ -n "$programs" ] && "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$folder"
}
trap stop EXIT

if [ -n "$programs" ]; then
  cd_before=$PWD
  cd "$folder" || exit 1
  port=$(node -e "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })")
  "${as[@]}" "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C >"$folder/initdb.log" 2>&1 || cat "$folder/initdb.log" >&2
  if "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null; then
    export BACKEND_PATTERNS_DATABASE_URL="postgresql://postgres@127.0.0.1:$port/postgres"
  else
    echo 'PostgreSQL did not start:' >&2
    tail -20 "$folder/data/server.log" >&2
  fi
  cd "$cd_before" || exit 1
else
  echo 'There is no PostgreSQL server, and none could be installed.' >&2
fi
"$@"
