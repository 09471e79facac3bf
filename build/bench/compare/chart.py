"""Bars as SVG: without a background and in middle tones, so that they can be read on a light page and on a dark one."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from contenders import LIMIT, OURS

TEXT, OWN, OTHER = "#7d8590", "#2f81f7", "#8b949e"
WIDTH, LEFT, RIGHT, LINE, BAR = 760, 110, 150, 22, 12


@dataclass
class Bar:
    label: str
    role: str
    value: float
    low: float
    high: float
    note: str


def chart(title: str, panels: list[tuple[str, list[Bar]]]) -> str:
    """A panel has a caption, and a scale of its own."""
    parts, y = [], 4
    for caption, bars in panels:
        scale = (WIDTH - LEFT - RIGHT) / max(bar.high for bar in bars)
        parts.append(text(LEFT, y + 14, caption, weight="bold"))
        y += LINE
        for bar in bars:
            parts.append(draw(bar, y, scale))
            y += LINE
        y += 8
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img" '
            f'font-family="system-ui, sans-serif" font-size="13"><title>{escape(title)}</title>\n' + "\n".join(parts) + "\n</svg>\n")


def draw(bar: Bar, y: float, scale: float) -> str:
    colour, middle = OWN if bar.role == OURS else OTHER, y + LINE / 2
    fill = 'fill="none"' if bar.role == LIMIT else f'fill="{colour}" fill-opacity="0.55"'
    outline = f' stroke="{colour}" stroke-dasharray="3 2"' if bar.role == LIMIT else ""
    low, high, end = (LEFT + scale * max(0, value) for value in (bar.low, bar.high, bar.value))
    return "".join([
        text(LEFT - 8, middle + 4.5, bar.label, anchor="end", weight="bold" if bar.role == OURS else "normal", colour=OWN if bar.role == OURS else TEXT),
        f'<rect x="{LEFT}" y="{middle - BAR / 2:g}" width="{max(1, end - LEFT):.1f}" height="{BAR}" {fill}{outline}/>',
        f'<path d="M{low:.1f} {middle:g}H{high:.1f}M{low:.1f} {middle - 3:g}v6M{high:.1f} {middle - 3:g}v6" stroke="{colour}" fill="none"/>',
        text(max(end, high) + 8, middle + 4.5, bar.note),
    ])


def text(x: float, y: float, content: str, anchor: str = "start", weight: str = "normal", colour: str = TEXT) -> str:
    return f'<text x="{x:.1f}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}" fill="{colour}">{escape(content)}</text>'
