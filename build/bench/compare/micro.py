"""What BenchmarkDotNet has measured, as tables: a row a benchmark, or, where it has a parameter, a row a value of it."""

import json
from pathlib import Path


def tables(folder: Path) -> str:
    reports = [json.loads(file.read_text()) for file in sorted(folder.glob("results/*-report-brief.json"))]
    measured = [(report, [each for each in report["Benchmarks"] if each.get("Statistics")]) for report in reports]
    return "\n\n".join([*dict.fromkeys(host(report) for report, _ in measured), *(table(benchmarks) for _, benchmarks in measured if benchmarks)])


def host(report: dict) -> str:
    of = report["HostEnvironmentInfo"]
    return f"{of['ProcessorName']}, {of['LogicalCoreCount']} cores, {of['OsVersion']}; {of['RuntimeVersion']}; BenchmarkDotNet {of['BenchmarkDotNetVersion']}. Medians."


def table(benchmarks: list[dict]) -> str:
    title = f"`{benchmarks[0]['Type']}`"
    if not benchmarks[0]["Parameters"]:
        return lines([title, "time", "allocated"], [[each["Method"], *figures(each)] for each in benchmarks])
    methods = sorted({each["Method"] for each in benchmarks})
    by_value = {}
    for each in benchmarks:
        by_value.setdefault(value(each), {})[each["Method"]] = figures(each)
    return lines([title, *(cell for method in methods for cell in (method, "allocated"))],
                 [[row, *(cell for method in methods for cell in cells.get(method, ["", ""]))] for row, cells in by_value.items()])


def lines(head: list[str], body: list[list[str]]) -> str:
    return "\n".join(["| " + " | ".join(row) + " |" for row in (head, ["---", *["---:"] * (len(head) - 1)], *body)])


def figures(benchmark: dict) -> list[str]:
    return [duration(benchmark["Statistics"]["Median"]), size(benchmark["Memory"]["BytesAllocatedPerOperation"])]


def value(benchmark: dict) -> str:
    text = benchmark["Parameters"].partition("=")[2]
    return f"{int(text):,}" if text.isdigit() else text


def duration(nanoseconds: float) -> str:
    if nanoseconds < 1:
        return "< 1 ns"
    unit, length = next(((unit, length) for unit, length in (("ms", 1e6), ("µs", 1e3)) if nanoseconds >= length), ("ns", 1))
    return f"{nanoseconds / length:.3g} {unit}"


def size(count: float) -> str:
    return f"{count:,.0f} B" if count < 1e6 else f"{count / 1e6:,.1f} MB"
