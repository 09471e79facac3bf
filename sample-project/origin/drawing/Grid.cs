namespace Drawing;

/// <summary>A point of a ribbon.</summary>
internal readonly record struct Bead(double X, double Y, double Width, Rgb Tone)
{
    public double Distance(double x, double y) => Math.Sqrt(((x - X) * (x - X)) + ((y - Y) * (y - Y)));
}

/// <summary>Beads by place, for finding near ones.</summary>
internal sealed class Grid(double cell)
{
    private readonly Dictionary<(int, int), List<Bead>> _cells = [];

    public void Add(Bead bead)
    {
        var key = Cell(bead.X, bead.Y);
        if (!_cells.TryGetValue(key, out var beads))
        {
            _cells.Add(key, beads = []);
        }
        beads.Add(bead);
    }

    /// <summary>The nearest bead within <paramref name="reach"/>, which must not exceed the size of a cell.</summary>
    public Bead? Nearest(double x, double y, double reach)
    {
        Bead? nearest = null;
        var (cx, cy) = Cell(x, y);
        for (var i = 0; i < 9; i++)
        {
            if (!_cells.TryGetValue((cx + (i % 3) - 1, cy + (i / 3) - 1), out var beads))
            {
                continue;
            }
            foreach (var bead in beads)
            {
                if (bead.Distance(x, y) is var distance && distance < reach)
                {
                    (nearest, reach) = (bead, distance);
                }
            }
        }
        return nearest;
    }

    private (int, int) Cell(double x, double y) => ((int)Math.Floor(x / cell), (int)Math.Floor(y / cell));
}
