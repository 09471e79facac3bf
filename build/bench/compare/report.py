"""Writes the figures that were measured last into docs/performance.md, and their charts into docs/images."""

import re
import sys
from pathlib import Path

import micro
from chart import Bar, chart
from contenders import ALL, BASELINE, OURS, REPOSITORY
from results import Row, load, ratio, rows, table
from scenario import NAMES

PAGE = REPOSITORY / "docs/performance.md"
IMAGES = REPOSITORY / "docs/images"
RESULTS = REPOSITORY / "artifacts/bench"


def main() -> int:
    results = load(RESULTS / "compare")
    page = PAGE.read_text()
    if results:
        for old in IMAGES.glob("performance-*.svg"):
            old.unlink()
        page = fill(page, "compare", "\n\n".join([measured_on(results), at_a_glance(results), *(section(name, of(results, name)) for name in NAMES if of(results, name))]))
    if tables := micro.tables(RESULTS / "micro"):
        page = fill(page, "micro", tables)
    PAGE.write_text(page)
    return 0


def of(results: list[dict], scenario: str) -> list[dict]:
    return [result for result in results if result["scenario"] == scenario]


def fill(page: str, name: str, content: str) -> str:
    begin, end = f"<!-- {name}: written by build/bench/run report -->", f"<!-- {name}: end -->"
    filled, count = re.subn(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: f"{begin}\n\n{content}\n\n{end}", page, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{PAGE.name} has {count} places for {name}")
    return filled


def measured_on(results: list[dict]) -> str:
    lines = {}
    for result in results:
        machine = result["machine"]
        tools = ", ".join(f"{name} {version}" for name, version in machine["tools"].items())
        line = (f"{machine['date']}, the product as of {machine['product']}: {machine['processor']}, {machine['cores']} cores, {machine['system']}; {tools}. "
                f"Medians of {result['runs']} rounds.")
        lines.setdefault(line, []).append((result["load"], machine["cores"]))
    return "\n\n".join(f"{line} Load average {min(loads)[0]}–{max(loads)[0]}{busy(*max(loads))}." for line, loads in lines.items())


def busy(load: float, cores: int) -> str:
    return "; others had more of the machine than the benchmark had, so believe no more than the order of magnitude" if load > 2 * cores else ""


def at_a_glance(results: list[dict]) -> str:
    """For each number of images one table of all net times, a row a contender."""
    parts = []
    for images in sorted({result["images"] for result in results}):
        nets = {result["scenario"]: {row.name: row for row in rows(result)} for result in results if result["images"] == images}
        lines = [f"| {images:,} images, net s | " + " | ".join(nets) + " |", "|---|" + "---:|" * len(nets)]
        for contender in (each for each in ALL if each.role != BASELINE and any(each.name in row for row in nets.values())):
            shown = [seconds(nets[scenario].get(contender.name)) for scenario in nets]
            lines.append(f"| {contender.name if contender.role != OURS else f'**{contender.name}**'} | " + " | ".join(shown) + " |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def seconds(row: Row | None) -> str:
    return "" if row is None or row.net is None else f"{row.net:.3f}"


def section(scenario: str, results: list[dict]) -> str:
    title = results[0]["title"]
    file = IMAGES / f"performance-{scenario}.svg"
    file.write_text(chart(title, [(f"{result['images']:,} images", bars(result)) for result in results]))
    tables = "\n\n".join(f"{result['images']:,} images, {result['bytes'] / 1e6:.1f} MB:\n\n{table(result)}{faults(result)}" for result in results)
    return (f"### {title}\n\n![Net seconds of each contender](images/{file.name})\n\n"
            f"<details><summary><code>{scenario}</code>: all figures</summary>\n\n{tables}\n\n</details>")


def bars(result: dict) -> list[Bar]:
    shown = [row for row in rows(result) if row.net is not None]
    own = next((row.net for row in shown if row.role == OURS), None)
    return [Bar(row.name, row.role, row.net, row.net_low, row.net_high, f"{row.net:.3f} s" + (f"  × {ratio(row, own)}" if ratio(row, own) and row.role != OURS else "")) for row in shown]


def faults(result: dict) -> str:
    told = [f"- {name}: {fault}" for name, entry in result["contenders"].items() for fault in entry["faults"]]
    return "\n\nFaults:\n\n" + "\n".join(told) if told else ""


if __name__ == "__main__":
    sys.exit(main())
