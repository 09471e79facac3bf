"""What BenchmarkDotNet has measured, as tables."""

import json
from pathlib import Path

HEAD = "| {} | {} | allocated |\n|---|---:|---:|"


def tables(folder: Path) -> str:
    parts = []
    for file in sorted(folder.glob("results/*-report-brief.json")):
        benchmarks = [each for each in json.loads(file.read_text())["Benchmarks"] if each.get("Statistics")]
        if benchmarks:
            lines = [f"| {name(each)} | {duration(each['Statistics']['Median'])} | {size(each['Memory']['BytesAllocatedPerOperation'])} |" for each in benchmarks]
            parts.append(HEAD.format(f"`{benchmarks[0]['Type']}`", "median") + "\n" + "\n".join(lines))
    return "\n\n".join(parts)


def name(benchmark: dict) -> str:
    parameters = benchmark["Parameters"].partition("=")[2]
    return benchmark["Method"] + (f", {int(parameters):,}" if parameters.isdigit() else f", {parameters}" if parameters else "")


def duration(nanoseconds: float) -> str:
    for unit, length in (("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= length:
            return f"{nanoseconds / length:.3g} {unit}" if nanoseconds < 1000 * length else f"{nanoseconds / length:.0f} {unit}"
    return f"{nanoseconds:.3g} ns"


def size(bytes_: float) -> str:
    return f"{bytes_:,.0f} B" if bytes_ < 1e6 else f"{bytes_ / 1e6:,.1f} MB"
