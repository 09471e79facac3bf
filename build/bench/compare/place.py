"""Where one contender works on one scenario, and how its runs are measured."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
GNU_TIME = Path("/usr/bin/time")


@dataclass
class Measured:
    exit_code: int
    wall: float  # seconds
    cpu: float  # seconds, of the process and all that it waited for
    peak: float | None  # MB, of the largest process


class Place:
    def __init__(self, folder: Path, contender, corpus, origin_url: str, certificate: Path, connections: int):
        self.contender, self.corpus, self.certificate, self.connections = contender, corpus, certificate, connections
        self.folder = folder
        self.project, self.state = folder / "project", folder / "state"
        self.images, self.urls = self.project / "images", self.state / "urls"
        self.h2 = origin_url.startswith("https:")
        self.images_by_url = [(f"{origin_url}/{name}", name) for name in corpus.names]
        self.in_step_with = None  # the version of the corpus whose files are here
        self._environment = {name: value for name, value in os.environ.items() if name.lower() not in PROXIES} | {
            "SSL_CERT_FILE": str(certificate),  # whom .NET trusts on Linux
            "MSBUILDDISABLENODEREUSE": "1", "DOTNET_CLI_USE_MSBUILD_SERVER": "0", "DOTNET_NOLOGO": "1", "DOTNET_CLI_TELEMETRY_OPTOUT": "1"}

    def empty(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.images.mkdir(parents=True)
        self.state.mkdir()
        self.contender.prepare(self)
        self.in_step_with = None

    def write_urls(self, urls: list[str]):
        self.urls.write_text("\n".join(urls) + "\n")

    def stamps(self) -> dict[str, tuple]:
        """What a rewritten file would not have kept."""
        return {entry.name: (entry.inode(), entry.stat().st_mtime_ns) for entry in os.scandir(self.images)}

    def run(self, command: list, request: Path | None = None) -> Measured:
        """Runs a command; one that takes a request is done with it at the line "done", and then ends with its input."""
        # A process inherits its parent's peak, and Python's is larger than curl's; GNU time's is not.
        peak = self.folder / "peak"
        wrapper = [GNU_TIME, "-f", "%M", "-o", peak] if GNU_TIME.exists() else []
        with open(self.folder / "output", "wb") as output:
            start = time.perf_counter()
            process = subprocess.Popen([*wrapper, *command], cwd=self.project, env=self._environment, stderr=output,
                                       stdin=subprocess.PIPE if request else subprocess.DEVNULL, stdout=subprocess.PIPE if request else output)
            if request:
                self._converse(process, request.read_bytes(), output)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        return Measured(process.returncode, wall, usage.ru_utime + usage.ru_stime, int(peak.read_text().split()[-1]) / 1000 if wrapper else None)

    @staticmethod
    def _converse(process, request: bytes, output):
        with process.stdin as ask, process.stdout as answer:
            ask.write(request)
            ask.flush()
            end = b""
            while (part := os.read(answer.fileno(), 1 << 16)) and b"\ndone" not in end + part:
                output.write(part)
                end = part[-8:]

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text(errors="replace").strip()
