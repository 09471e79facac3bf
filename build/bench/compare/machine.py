"""What the figures were measured on and with."""

import os
import platform
import re
import subprocess
from datetime import date
from pathlib import Path

from contenders import REPOSITORY
from origin import nginx

VERSIONS = {".NET SDK": ["dotnet", "--version"], "nginx": [nginx(), "-v"], "curl": ["curl", "--version"], "wget": ["wget", "--version"],
            "wget2": ["wget2", "--version"], "h2load": ["h2load", "--version"]}


def describe() -> dict:
    return {
        "date": date.today().isoformat(),
        "product": product(),
        "processor": first_match(r"model name\s*: (.+)", "/proc/cpuinfo") or platform.processor(),
        "cores": os.cpu_count(),
        "system": (first_match(r'PRETTY_NAME="(.+)"', "/etc/os-release") or platform.system()),
        "tools": {name: version for name, command in VERSIONS.items() if (version := (re.search(r"\d+(\.\d+)+", said_by(command)) or [""])[0])},
    }


def product() -> str:
    """The commit that changed the product last; others change nothing of the figures."""
    of = ["--", "src/*.cs", "ImageSync.targets", "build/targets/*.targets"]
    return said_by(["git", "log", "-1", "--format=%h", *of]) + (" with changes" if said_by(["git", "status", "--porcelain", *of]) else "")


def said_by(command: list) -> str:
    try:
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        return (done.stdout + done.stderr).strip()
    except FileNotFoundError:
        return ""


def first_match(pattern: str, file: str) -> str | None:
    match = re.search(pattern, Path(file).read_text()) if Path(file).exists() else None
    return match and match[1].strip()
