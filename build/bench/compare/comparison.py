"""Scenarios over one corpus: who takes part, in which turn, and what is to be true of each run."""

import shutil
from pathlib import Path

from contenders import OURS
from corpus import Corpus
from origin import Origin
from place import Place
from scenario import Scenario

SHARE_CHANGED = 0.01


class Comparison:
    def __init__(self, folder: Path, contenders: list, images: int, connections: int, round_trip: float):
        self._folder, self._contenders, self._connections, self._round_trip = folder, contenders, connections, round_trip
        self.corpus = Corpus(folder / "origin", images)
        self._origin = Origin(folder / "nginx", self.corpus.folder)
        self._way, self._places = None, {}

    def stop(self):
        self._origin.stop()

    def measure(self, scenario: Scenario, rounds: int, warm_up: bool) -> dict:
        """Runs all contenders in each round, another one first each time, so that nobody has the quiet minutes alone."""
        places = self._places_for(scenario)
        entries = {place.contender.name: {"role": place.contender.role, "rounds": [], "faults": []} for place in places}
        if scenario.kind != "cold":
            for place in places:
                entries[place.contender.name]["faults"] += self._bring_in_step(place)
        for number in range(0 if warm_up else 1, rounds + 1):
            changed = self.corpus.change(SHARE_CHANGED) if scenario.kind == "changed" else set()
            first = number % max(1, len(places))
            for place in places[first:] + places[:first]:
                figures, faults = self._run(place, scenario, changed)
                entry = entries[place.contender.name]
                entry["rounds"] += [figures] if number > 0 else []
                entry["faults"] += faults
        return {"scenario": scenario.name, "title": scenario.title(self._round_trip), "images": len(self.corpus.names), "bytes": self.corpus.bytes,
                "connections": self._connections, "contenders": entries}

    def _places_for(self, scenario: Scenario) -> list[Place]:
        if scenario.way != self._way:
            shutil.rmtree(self._folder / "places", ignore_errors=True)  # the files of 10,000 images are many
            self._way, self._places = scenario.way, {}
        taking_part = [each for each in self._contenders if each.takes_part(scenario.kind, len(self.corpus.names), scenario.distant)]
        for contender in taking_part:
            if contender.name not in self._places:
                place = Place(self._folder / "places" / contender.name, contender, self.corpus, self._origin.url(*scenario.way), self._origin.certificate, self._connections)
                self._places[contender.name] = place
                place.empty()
        return [self._places[contender.name] for contender in taking_part]

    def _bring_in_step(self, place: Place) -> list[str]:
        if place.in_step_with == self.corpus.version:
            return []
        place.contender.bring_in_step(place)
        place.in_step_with = self.corpus.version
        return self._faults_of_files(place)

    def _run(self, place: Place, scenario: Scenario, changed: set[str]) -> tuple[dict, list[str]]:
        contender = place.contender
        if scenario.kind == "cold":
            place.empty()
        before = place.stamps()
        self._origin.served()  # what was served until now
        self._origin.set_round_trip(self._round_trip if scenario.distant else 0)
        measured = place.run(contender.command(place, scenario.kind), contender.request(place))
        self._origin.set_round_trip(0)
        served = self._origin.served()
        after = place.stamps()
        rewritten = sum(after.get(name) != stamp for name, stamp in before.items() if name not in changed)

        faults = [] if measured.exit_code == 0 else [f"exit code {measured.exit_code}: {place.output[-300:]}"]
        faults += self._faults_of_files(place)
        expected = contender.expected(scenario.kind, len(self.corpus.names), len(changed))
        if served.statuses != expected:
            faults.append(f"the origin answered {dict(served.statuses)}, not {dict(expected)}")
        if contender.role == OURS and rewritten:
            faults.append(f"{rewritten} files were rewritten that had not changed")
        if contender.writes:
            place.in_step_with = self.corpus.version
        return {"wall": measured.wall, "cpu": measured.cpu, "peak": measured.peak, "statuses": {str(status): count for status, count in served.statuses.items()}, "received": served.bytes,
                "connections": served.connections, "protocols": sorted(served.protocols), "rewritten": rewritten}, faults

    def _faults_of_files(self, place: Place) -> list[str]:
        faults = self.corpus.faults(place.images) if place.contender.writes else []
        return faults[:2] + ([f"and {len(faults) - 2} more of the kind"] if len(faults) > 2 else [])
