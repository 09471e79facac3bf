"""The origin: a private nginx on loopback, asked in several ways, and its own word on what it served."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from latency import Relay

STATUS, H1, H2, H1_BARE, H2_BARE = range(5)

CONFIGURATION = """
{user}
daemon off; worker_processes 2; worker_rlimit_nofile 16384; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  types {{ image/png png; }}
  root {root};
  sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3; uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
  log_format served "$status $body_bytes_sent $connection $server_protocol";
  access_log {folder}/access.log served buffer=1m;
  server {{ listen 127.0.0.1:{ports[0]}; access_log off; stub_status; }}
  server {{ listen 127.0.0.1:{ports[1]} backlog=4096; }}
  server {{ listen 127.0.0.1:{ports[2]} ssl http2 backlog=4096; }}
  server {{ listen 127.0.0.1:{ports[3]} backlog=4096; {bare} }}
  server {{ listen 127.0.0.1:{ports[4]} ssl http2 backlog=4096; {bare} }}
}}
"""

# An origin without validators: none are sent, none are heeded.
BARE = 'etag off; if_modified_since off; add_header Last-Modified "";'


@dataclass
class Served:
    statuses: Counter = field(default_factory=Counter)
    bytes: int = 0  # of bodies
    connections: int = 0
    protocols: set = field(default_factory=set)


class Origin:
    def __init__(self, folder: Path, root: Path):
        folder.mkdir()
        self.certificate = folder / "certificate.pem"
        self._log = folder / "access.log"
        self._read = 0
        self._own_requests = 0
        self._ports = free_ports(5)
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder / "key.pem", "-out", self.certificate)
        configuration = folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""  # else its workers could not read the work folder
        configuration.write_text(CONFIGURATION.format(user=user, folder=folder, root=root, ports=self._ports, bare=BARE))
        self._nginx = subprocess.Popen([nginx(), "-p", folder, "-e", folder / "error.log", "-c", configuration])
        until(lambda: self._nginx.poll() is None and is_open(self._ports[H2_BARE]), "nginx did not start")
        self._relays = {H1: Relay(self._ports[H1]), H2: Relay(self._ports[H2])}

    def url(self, protocol: str, bare: bool, distant: bool) -> str:
        server = {("h1", False): H1, ("h2", False): H2, ("h1", True): H1_BARE, ("h2", True): H2_BARE}[protocol, bare]
        port = self._relays[server].port if distant else self._ports[server]
        return f"{'https' if protocol == 'h2' else 'http'}://127.0.0.1:{port}"

    def set_round_trip(self, seconds: float):
        for relay in self._relays.values():
            relay.round_trip = seconds

    def served(self) -> Served:
        """What was served since the last call. nginx buffers its log, so it has to be complete: as many lines as requests."""
        lines = []

        def complete():
            self._nginx.send_signal(signal.SIGUSR1)  # reopens the log, and so writes out what is buffered
            time.sleep(0.005)
            requests = self._requests()
            with open(self._log) as log:
                lines[:] = log.read().splitlines()
            return len(lines) == requests

        until(complete, "nginx's log does not become complete")
        served, connections = Served(), set()
        for line in lines[self._read:]:
            status, count, connection, protocol = line.split()
            served.statuses[int(status)] += 1
            served.bytes += int(count)
            served.protocols.add(protocol)
            connections.add(connection)
        served.connections = len(connections)
        self._read = len(lines)
        return served

    def stop(self):
        self._nginx.send_signal(signal.SIGTERM)
        self._nginx.wait()

    def _requests(self) -> int:
        self._own_requests += 1
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"http://127.0.0.1:{self._ports[STATUS]}/") as status:
            counts = re.search(r"requests\s+(\d+) (\d+) (\d+)", status.read().decode())
        return int(counts[3]) - self._own_requests


def nginx() -> str:
    return shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") or "nginx"


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(condition, complaint: str):
    deadline = time.monotonic() + 10
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(complaint)
        time.sleep(0.01)
