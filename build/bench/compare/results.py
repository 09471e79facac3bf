"""Figures of rounds: kept as JSON, a file a scenario and size, and summed up as rows of a table."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from contenders import ALL, BASELINE, LIMIT, OURS, PEER, MSBuild
from scenario import NAMES

MSBUILDS = {contender.name for contender in ALL if isinstance(contender, MSBuild)}

HEAD = ["", "wall s", "net s", "min–max", "× ImageSync", "CPU s", "peak MB", "200 / 304", "MB", "connections", "HTTP", "rewritten"]


@dataclass
class Row:
    name: str
    role: str
    wall: float
    net: float | None  # None where there is no baseline, and of the baseline itself
    net_low: float
    net_high: float
    cpu: float
    last: dict

    @property
    def received_mb(self) -> float:
        return self.last["received"] / 1e6


def save(folder: Path, result: dict):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result['scenario']}-{result['images']}.json").write_text(json.dumps(result, indent=1))


def load(folder: Path) -> list[dict]:
    results = [json.loads(file.read_text()) for file in folder.glob("*.json")]
    return sorted(results, key=lambda result: (NAMES.index(result["scenario"]), result["images"]))


def rows(result: dict) -> list[Row]:
    """Ours first, then the peers, fastest first, then the limits. Net is the wall time beyond that of the empty target in the same round."""
    entries = result["contenders"]
    baseline = next((entry["rounds"] for entry in entries.values() if entry["role"] == BASELINE), None)
    summed = []
    for name, entry in entries.items():
        rounds = entry["rounds"]
        if name in MSBUILDS:
            beyond = lambda key: [own[key] - base[key] for own, base in zip(rounds, baseline)] if baseline else []
        else:
            beyond = lambda key: [own[key] for own in rounds]
        nets = beyond("wall") if entry["role"] != BASELINE else []
        summed.append(Row(name, entry["role"], median(own["wall"] for own in rounds), median(nets) if nets else None, min(nets, default=0), max(nets, default=0),
                          median(beyond("cpu") or [0]), rounds[-1]))
    return sorted(summed, key=lambda row: ([OURS, PEER, LIMIT, BASELINE].index(row.role), row.net or 0))


def table(result: dict) -> str:
    own = next((row.net for row in rows(result) if row.role == OURS), None)
    lines = ["| " + " | ".join(HEAD) + " |", "|---" + "|---:" * (len(HEAD) - 1) + "|"]
    lines += ["| " + " | ".join(cells(row, own)) + " |" for row in rows(result)]
    return "\n".join(lines)


def ratio(row: Row, own: float | None) -> str:
    """How much longer than ImageSync; nothing where ImageSync's own time is lost in the noise."""
    return f"{row.net / own:.2f}" if own and own > 0 else ""


def cells(row: Row, own: float | None) -> list[str]:
    statuses = row.last["statuses"]
    return [
        f"**{row.name}**" if row.role == OURS else row.name,
        f"{row.wall:.3f}",
        "" if row.net is None else f"{row.net:.3f}",
        "" if row.net is None else f"{row.net_low:.3f}–{row.net_high:.3f}",
        "" if row.net is None else ratio(row, own),
        "" if row.net is None else f"{row.cpu:.2f}",
        "" if row.last["peak"] is None else f"{row.last['peak']:.0f}",
        f"{statuses.get('200', 0)} / {statuses.get('304', 0)}" if statuses else "",
        f"{row.received_mb:.1f}" if statuses else "",
        str(row.last["connections"]) if statuses else "",
        ", ".join(protocol.removeprefix("HTTP/").removesuffix(".0") for protocol in row.last["protocols"]),
        str(row.last["rewritten"]),
    ]
