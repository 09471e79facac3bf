"""What is compared: what happened since the last sync, and how the origin is reached."""

from dataclasses import dataclass

KINDS = {
    "cold": "Nothing is there yet",
    "warm": "Nothing has changed",
    "changed": "1 % has changed",
    "novalidators": "Nothing has changed, but the origin sends no validators",
}

# In this order a scenario mostly finds in place what the one before it has left.
NAMES = ["cold-h1", "warm-h1", "changed-h1", "novalidators-h1", "cold-h2", "warm-h2", "cold-h1-rtt", "warm-h1-rtt", "cold-h2-rtt", "warm-h2-rtt"]


@dataclass(frozen=True)
class Scenario:
    name: str
    kind: str
    protocol: str
    distant: bool

    @staticmethod
    def parse(name: str) -> "Scenario":
        if name not in NAMES:
            raise ValueError(f"no such scenario: {name}; there are {', '.join(NAMES)}")
        kind, protocol, *distance = name.split("-")
        return Scenario(name, kind, protocol, bool(distance))

    @property
    def way(self) -> tuple:
        """Protocol, whether without validators, whether from afar: the same way means the same URLs, and so the same files."""
        return self.protocol, self.kind == "novalidators", self.distant

    def title(self, round_trip: float) -> str:
        protocol = "HTTP/1.1" if self.protocol == "h1" else "TLS and HTTP/2"
        return f"{KINDS[self.kind]}; {protocol}{f', {round_trip * 1000:.0f} ms away' if self.distant else ''}"
