#!/usr/bin/env bash
# Peak resident memory of a sync: 200 images of 5 MB each, against an empty target of the same project.
# Needs: dotnet, python3, GNU time. Usage: memory.sh [images [bytes]]
set -euo pipefail
cd "$(dirname "$0")/../.."
images=${1:-200} bytes=${2:-5000000}
limit=150 # MB above the empty target
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_NOLOGO=1 NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
[ -x /usr/bin/time ] || { echo "memory.sh: install GNU time (Debian: time)" >&2; exit 2; }

work=$(mktemp -d) origin=
trap '[ -z "$origin" ] || kill "$origin" 2>/dev/null; rm -rf "$work"' EXIT

build/bench/run build

cat >"$work/origin.py" <<'PY'
import http.server, os, sys
body = b"\x89PNG\r\n\x1a\n" + os.urandom(int(sys.argv[1]) - 8)
class Origin(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        known = self.headers["If-None-Match"] is not None
        self.send_response(304 if known else 200)
        self.send_header("ETag", '"v1"')
        if not known:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not known:
            self.wfile.write(body)
    def log_message(self, *arguments): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Origin)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
PY
python3 "$work/origin.py" "$bytes" >"$work/port" &
origin=$!
until [ -s "$work/port" ]; do sleep 0.05; done
port=$(<"$work/port")

mkdir "$work/app"
{
  echo "<Project><Import Project=\"$PWD/build/bench/consumer.props\" />"
  echo '<PropertyGroup><BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath></PropertyGroup><ItemGroup>'
  for ((i = 0; i < images; i++)); do echo "<RemoteImage Include=\"http://127.0.0.1:$port/$i.png\" />"; done
  echo "</ItemGroup><Target Name=\"Empty\" /><Import Project=\"$PWD/ImageSync.targets\" /></Project>"
} >"$work/app/p.proj"

measure() { # name, target; leaves the peak in KB in $peak
  (cd "$work/app" && /usr/bin/time -v -o "$work/time" dotnet msbuild p.proj -nologo -v:minimal -tl:off -nr:false "-t:$2" >"$work/log") || { cat "$work/log"; exit 1; }
  peak=$(sed -n 's/.*Maximum resident set size (kbytes): //p' "$work/time")
  printf '%-28s %5d MB  %s  %s\n' "$1" $((peak / 1000)) "$(sed -n 's/.*Elapsed (wall clock).*: //p' "$work/time")" "$(tail -n 1 "$work/log")"
}

measure "empty target" Empty
empty=$peak
measure "$images images, all new" SyncImages
above=$(((peak - empty) / 1000))
measure "$images images, not modified" SyncImages
unchanged=$(((peak - empty) / 1000))
echo "above the empty target: $above MB for new images, $unchanged MB for unchanged ones (limit $limit MB)"
[ "$above" -lt "$limit" ] && [ "$unchanged" -lt "$limit" ]
