"""
Compares whole processes: ImageSync, its peers, and what this machine allows; on loopback, in turns, every result verified.
Figures go to a folder, one file a scenario and size, so that a part can be measured anew; report.py makes the page of them.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from comparison import Comparison
from contenders import ALL, BASELINE, REPOSITORY
from machine import describe
from results import save, table
from scenario import NAMES, Scenario

MOST_DISTANT_IMAGES = 1_000


def main() -> int:
    arguments = parse_arguments()
    # The baseline has no result that could be wrong.
    contenders = [each for each in ALL if each.name in arguments.contenders and not (arguments.check and each.role == BASELINE)]
    missing = {each.name: each.missing() for each in contenders if each.missing()}
    for name, tools in missing.items():
        print(f"{name} is left out: no {', '.join(tools)}")
    faulty = bool(missing) and os.environ.get("IMAGESYNC_REQUIRE_SERVERS") == "1"
    for images in arguments.n:
        with tempfile.TemporaryDirectory(dir=arguments.work, prefix="imagesync-bench-") as folder:
            faulty |= compare([each for each in contenders if each.name not in missing], images, Path(folder), arguments)
    return 1 if faulty else 0


def compare(contenders: list, images: int, folder: Path, arguments) -> bool:
    comparison, faulty = Comparison(folder, contenders, images, arguments.connections, arguments.rtt / 1000), False
    try:
        for scenario in map(Scenario.parse, arguments.scenarios):
            if scenario.distant and images > MOST_DISTANT_IMAGES:
                continue
            result = comparison.measure(scenario, 1 if arguments.check else arguments.runs, warm_up=not arguments.check)
            if not result["contenders"]:
                continue
            print(f"\n{images} images, {result['bytes'] / 1e6:.1f} MB. {result['title']}\n", flush=True)
            print(outcome(result) if arguments.check else table(result), flush=True)
            for name, entry in result["contenders"].items():
                for fault in entry["faults"]:
                    faulty = True
                    print(f"! {name}: {fault}", flush=True)
            if not arguments.check:
                save(arguments.results, result | {"runs": arguments.runs, "load": round(os.getloadavg()[1], 1), "machine": describe()})
    finally:
        comparison.stop()
    return faulty


def outcome(result: dict) -> str:
    return "\n".join(f"{'FAILED' if entry['faults'] else 'ok'} {name}: {' '.join(f'{count} x {status}' for status, count in entry['rounds'][-1]['statuses'].items()) or 'no request'}"
                     for name, entry in result["contenders"].items())


def parse_arguments():
    names = [each.name for each in ALL]
    parser = argparse.ArgumentParser(prog="build/bench/run compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     epilog="contenders:\n" + "\n".join(f"  {each.name:12} {each.about}" for each in ALL))
    listed = lambda text: text.split(",")
    parser.add_argument("--n", type=lambda text: list(map(int, text.split(","))), default=[100, 1_000, 10_000], help="numbers of images, by commas (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="rounds that count, after one that does not (%(default)s)")
    parser.add_argument("--scenarios", type=listed, default=NAMES, help="by commas, of " + ",".join(NAMES))
    parser.add_argument("--contenders", type=listed, default=names, help="by commas (all)")
    parser.add_argument("--connections", type=int, default=16, help="of peers, at once: as many as ImageSync makes to one host (%(default)s)")
    parser.add_argument("--rtt", type=float, default=50, help="milliseconds to a distant origin and back (%(default)s)")
    parser.add_argument("--check", action="store_true", help="one round, for what is served and written alone; no figures")
    parser.add_argument("--results", type=Path, default=REPOSITORY / "artifacts/bench/compare")
    parser.add_argument("--work", type=Path, default=Path("/dev/shm") if Path("/dev/shm").is_dir() else None, help="where files are written; in memory, where that can be")
    arguments = parser.parse_args()
    for scenario in arguments.scenarios:
        Scenario.parse(scenario)
    if unknown := set(arguments.contenders) - set(names):
        parser.error(f"no such contender: {', '.join(unknown)}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
